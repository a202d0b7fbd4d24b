"""Names of files inside others: decoded as their writer meant them, and safe to be shown as a place."""

from __future__ import annotations

import re
import unicodedata

# Far above the names that people give; what goes on beyond is shown in part.
_LONGEST = 200
_TAIL = 40  # kept of its end, where the suffix stands
# What systems put beside the files that were meant.
_LITTER = re.compile(r"(?:^|/)(?:__MACOSX(?:/|$)|\._[^/]*$|(?:\.DS_Store|Thumbs\.db|desktop\.ini)$)", re.I)
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
# Bytes that are letters in the character set of the first PCs; the others there are frames and mathematics.
_LETTERS = frozenset(range(0x80, 0xA6))


def decoded(raw: bytes) -> str:
    """A name that does not say what it is written in: UTF-8, GB 18030, or what the first PCs had.

    Two bytes of GB 2312 may be valid UTF-8 for something Greek or Arabic, and a name in French valid GB 18030.
    """
    if raw.isascii():
        return raw.decode("ascii")
    readings: list[str] = []
    for charset in ("utf-8", "gb18030"):
        try:
            readings.append(raw.decode(charset))
        except UnicodeDecodeError:
            continue
        latin = charset == "gb18030" and all(byte < 0x80 or byte in _LETTERS for byte in raw)
        if _HAN.search(readings[-1]) and not latin:
            return readings[-1]
        if latin:
            readings.pop()
    return readings[0] if readings else raw.decode("cp437")


def shown(name: str) -> str:
    """A name as messages may print it: one line, no controls, of bounded length; with the folders as written.

    It never becomes a path: nothing is written to a disk under it.
    """
    name = "".join(one if one.isprintable() else _stand_in(one) for one in name.replace("\\", "/"))
    name = name.replace("›", ">").strip() or "（没有名称）"
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - _TAIL]}…{name[-_TAIL:]}"


def _stand_in(character: str) -> str:
    return " " if unicodedata.category(character) == "Zs" else "�"


def is_litter(name: str) -> bool:
    """Whether a system has put it there, not a person: nothing of it is shown to anybody."""
    return _LITTER.search(name.replace("\\", "/")) is not None
