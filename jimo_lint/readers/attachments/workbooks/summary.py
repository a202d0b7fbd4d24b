"""Reads what a compound file says of its document: title and names ([MS-OLEPS] 2.21, [MS-OSHARED] 2.3.3.2.1).

Not by olefile, which goes through as many properties as a damaged count claims, four billion of them.
"""

from __future__ import annotations

import struct

STREAM = "\x05SummaryInformation"
_NAMES = {2: "title", 4: "author", 8: "last_saved_by"}
_CHARSET = 1
_MOST = 100  # properties; the format has 18
_SHORT, _NARROW, _WIDE = 0x02, 0x1E, 0x1F


def properties(stream: bytes) -> dict[str, str]:
    """`title`, `author` and `last_saved_by`, those that are there. struct.error where it is damaged."""
    (begin,) = struct.unpack_from("<I", stream, 44)
    count = min(struct.unpack_from("<I", stream, begin + 4)[0], _MOST)
    places = dict(struct.unpack_from("<II", stream, begin + 8 + 8 * number) for number in range(count))
    charset = "gb18030"
    if _CHARSET in places:
        kind, page = struct.unpack_from("<IH", stream, begin + places[_CHARSET])
        charset = _charset(page) if kind == _SHORT else charset
    said: dict[str, str] = {}
    for number, name in _NAMES.items():
        if number in places:
            at = begin + places[number]
            kind, length = struct.unpack_from("<II", stream, at)
            if kind == _WIDE:
                text = stream[at + 8 : at + 8 + 2 * length].decode("utf-16-le", "replace")
            elif kind == _NARROW:
                text = _decoded(stream[at + 8 : at + 8 + length], charset)
            else:
                continue
            text = text.partition("\0")[0].strip()
            if text:
                said[name] = text
    return said


def _charset(page: int) -> str:
    return {65001: "utf-8", 1200: "utf-16-le", 936: "gb18030"}.get(page, f"cp{page}")


def _decoded(body: bytes, charset: str) -> str:
    try:
        return body.decode(charset, "replace")
    except LookupError:
        return body.decode("gb18030", "replace")
