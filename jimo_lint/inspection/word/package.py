"""Writes a package anew with some of its parts changed: the others are copied as they are packed, in their order."""

from __future__ import annotations

import copy
import io
from collections.abc import Mapping
from itertools import pairwise
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

# A part that is new has the time that programs give which do not tell it.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_UTF_8 = 0x800


def canonical(name: str) -> str:
    """The name of a part as readers have it: without regard to case and kind of slash."""
    return name.replace("\\", "/").lstrip("/").lower()


def rebuilt(body: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The bytes of a package with these parts, by their names, in place of its own or behind them.

    ValueError: a name in it is written in a way that only its own program knows.
    """
    contents = {canonical(name): content for name, content in parts.items()}
    target = io.BytesIO()
    with ZipFile(io.BytesIO(body)) as old, ZipFile(target, "w") as new:
        new.comment = old.comment
        members = old.infolist()
        borders = sorted({*(one.header_offset for one in members), old.start_dir})
        behind = dict(pairwise(borders))
        for member in members:
            if not (member.filename.isascii() or member.flag_bits & _UTF_8):
                raise ValueError(member.filename)
            content = contents.get(canonical(member.filename))
            if content is None:
                _copied(new, member, body[member.header_offset : behind[member.header_offset]])
            else:
                _written(new, member, content)
        held = {canonical(one.filename) for one in members}
        for name, content in parts.items():
            if canonical(name) not in held:
                made = ZipInfo(name, _NO_TIME)
                made.compress_type = ZIP_DEFLATED
                new.writestr(made, content)
    return target.getvalue()


def _copied(new: ZipFile, member: ZipInfo, packed: bytes) -> None:
    """As it is packed, with its own header; only the directory says where it now begins."""
    stream, member = new.fp, copy.copy(member)
    assert stream is not None
    stream.seek(new.start_dir)
    member.header_offset = new.start_dir
    stream.write(packed)
    new.start_dir += len(packed)
    new.filelist.append(member)
    new.NameToInfo[member.filename] = member


def _written(new: ZipFile, member: ZipInfo, content: bytes) -> None:
    made = ZipInfo(member.filename, member.date_time)
    made.compress_type, made.external_attr, made.comment = member.compress_type, member.external_attr, member.comment
    new.writestr(made, content)
