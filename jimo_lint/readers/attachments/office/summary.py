"""Reads what a compound file says of its document ([MS-OLEPS] 2.21, [MS-OSHARED] 2.3.3.2): title, names, words of one's
own.

Not by olefile, which goes through as many properties as a damaged count claims, four billion of them.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping

STREAM, MORE = "\x05SummaryInformation", "\x05DocumentSummaryInformation"
# What is read of the first stream, and of the second.
OF_STREAM = {2: "title", 3: "subject", 4: "author", 5: "keywords", 6: "description", 7: "template", 8: "last_saved_by"}
OF_MORE = {2: "category", 14: "manager", 15: "company", 27: "status"}
_NAMES_OF, _CHARSET = 0, 1
_MOST = 100  # properties; the format has 18
_SHORT, _NARROW, _WIDE = 0x02, 0x1E, 0x1F
_UTF_16 = "utf-16-le"


def properties(stream: bytes, names: Mapping[int, str]) -> dict[str, str]:
    """Those that are there, by these names. struct.error where it is damaged."""
    (begin,) = struct.unpack_from("<I", stream, 44)
    places, charset = _section(stream, begin)
    found = {name: _text(stream, begin + places[one], charset) for one, name in names.items() if one in places}
    return {name: text for name, text in found.items() if text}


def custom(stream: bytes) -> dict[str, str]:
    """The texts that somebody added, by the names that they gave them. struct.error where it is damaged."""
    sections, begin = struct.unpack_from("<I", stream, 24)[0], 0
    if sections < 2:
        return {}
    (begin,) = struct.unpack_from("<I", stream, 64)
    places, charset = _section(stream, begin)
    if _NAMES_OF not in places:
        return {}
    at = begin + places[_NAMES_OF]
    count, at = min(struct.unpack_from("<I", stream, at)[0], _MOST), at + 4
    found: dict[str, str] = {}
    for _ in range(count):
        number, length = struct.unpack_from("<II", stream, at)
        size = 2 * length if charset == _UTF_16 else length
        name = _decoded(stream[at + 8 : at + 8 + size], charset).partition("\0")[0]
        at += 8 + size + (-size % 4 if charset == _UTF_16 else 0)
        text = _text(stream, begin + places[number], charset) if number in places else ""
        if text:
            found[name] = text
    return found


def _section(stream: bytes, begin: int) -> tuple[dict[int, int], str]:
    """Where each property begins, by its number, and what the narrow ones are written in."""
    count = min(struct.unpack_from("<I", stream, begin + 4)[0], _MOST)
    places = dict(struct.unpack_from("<II", stream, begin + 8 + 8 * number) for number in range(count))
    charset = "gb18030"
    if _CHARSET in places:
        kind, page = struct.unpack_from("<IH", stream, begin + places[_CHARSET])
        charset = _charset(page) if kind == _SHORT else charset
    return places, charset


def _text(stream: bytes, at: int, charset: str) -> str:
    """The text at a place, "" where something else stands there."""
    kind, length = struct.unpack_from("<II", stream, at)
    if kind == _WIDE:
        text = stream[at + 8 : at + 8 + 2 * length].decode(_UTF_16, "replace")
    elif kind == _NARROW:
        text = _decoded(stream[at + 8 : at + 8 + length], charset)
    else:
        return ""
    return text.partition("\0")[0].strip()


def _charset(page: int) -> str:
    return {65001: "utf-8", 1200: _UTF_16, 936: "gb18030"}.get(page, f"cp{page}")


def _decoded(body: bytes, charset: str) -> str:
    try:
        return body.decode(charset, "replace")
    except LookupError:
        return body.decode("gb18030", "replace")
