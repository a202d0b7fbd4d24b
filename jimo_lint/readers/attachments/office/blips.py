"""Finds the pictures in what office programs before 2007 drew ([MS-ODRAW])."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

_HEAD = struct.Struct("<HHI")  # version and instance, type, length
_STORE_ENTRY = 0xF007
_ENTRY_SIZE, _DELAYED_AT = 36, 28  # bytes of an entry's own, and where it says where its picture lies
_CONTAINERS = (0xF000, 0xF001)
# Pictures that are drawn by lines are packed in formats of Windows, which nobody else decodes.
_BITMAPS = (0xF01D, 0xF01E, 0xF01F, 0xF029, 0xF02A)
_DRAWN = (0xF01A, 0xF01B, 0xF01C)


class Record(NamedTuple):
    """holds: whether it is made of records. start, end: where its content lies, without its head."""

    holds: bool
    instance: int
    kind: int
    start: int
    end: int


def records(body: bytes, start: int, end: int) -> Iterator[Record]:
    """The records of a stretch of bytes, as far as they are whole."""
    while start + _HEAD.size <= end:
        version, kind, length = _HEAD.unpack_from(body, start)
        start += _HEAD.size
        if start + length > end:
            return
        yield Record(version & 0xF == 0xF, version >> 4, kind, start, start + length)
        start += length


def pictures(body: bytes, start: int, end: int, delayed: bytes = b"") -> Iterator[bytes]:
    """The pictures of a stretch of records, b"" for one of a kind that nobody decodes.

    delayed: the stream in which the pictures of a store lie that are not in it.
    """
    for one in records(body, start, end):
        if one.kind in _CONTAINERS:
            yield from pictures(body, one.start, one.end, delayed)
        elif one.kind == _STORE_ENTRY and one.end - one.start >= _ENTRY_SIZE:
            inside = list(pictures(body, one.start + _ENTRY_SIZE + body[one.start + 33], one.end))
            (at,) = struct.unpack_from("<I", body, one.start + _DELAYED_AT)
            if not inside and at < len(delayed):
                inside = [next(pictures(delayed, at, len(delayed)), b"")]
            yield from inside
        elif one.kind in _DRAWN:
            yield b""
        elif one.kind in _BITMAPS:
            # One or two checksums and a byte stand before the picture.
            yield body[one.start + (33 if one.instance & 1 else 17) : one.end]
