"""Reads what a document of Word 97 to 2003 (.doc) writes before the paragraphs of its lists besides their numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from struct import error as struct_error
from struct import unpack_from
from typing import NamedTuple

from jimo_lint.readers.word.docx_numbers import has_words

# Offsets and codes as in [MS-DOC]; its names stand beside them.
_LISTS, _OVERRIDES = 0x2E2, 0x2EA  # fcPlfLst, fcPlfLfo
_LIST_SIZE, _OVERRIDE_SIZE, _LEVEL_SIZE = 28, 16, 28  # LSTF, LFO, LVLF
_SIMPLE = 1  # fSimpleList: it has one level, else there are nine
_NO_STYLE = 0xFFF  # in rgistdPara
_LEVELS = 9  # placeholders of numbers are the characters below


class Used(NamedTuple):
    """What the paragraphs have: numbers of lists (ilfo), each with a level, and of styles (istd)."""

    lists: Collection[tuple[int, int]]
    styles: Collection[int]


def words(main: bytes, table: bytes, used: Used) -> list[str]:
    """What stands around the numbers of the lists, with 1 for each, where it has a word; each once."""
    try:
        return list(dict.fromkeys(filter(has_words, _texts(main, table, used))))
    except (struct_error, IndexError):  # damaged; the text itself is none of it
        return []


def _texts(main: bytes, table: bytes, used: Used) -> Iterator[str]:
    at, size = unpack_from("<II", main, _LISTS)
    if not size:
        return
    shown = _shown(main, table, used)
    (count,) = unpack_from("<H", table, at)
    level_at = at + size  # all levels stand behind all lists
    for number in range(count):
        one = at + 2 + _LIST_SIZE * number
        identity, *styles, flags = unpack_from("<I4x9HB", table, one)
        for level in range(1 if flags & _SIMPLE else _LEVELS):
            text, level_at = _level(table, level_at)
            style = styles[level]
            if (identity, level) in shown or (style != _NO_STYLE and style in used.styles):
                yield text


def _shown(main: bytes, table: bytes, used: Used) -> set[tuple[int, int]]:
    """The lists, by what they call themselves, with their levels, that paragraphs name by a number."""
    at, size = unpack_from("<II", main, _OVERRIDES)
    count = unpack_from("<I", table, at)[0] if size else 0
    return {
        (unpack_from("<I", table, at + 4 + _OVERRIDE_SIZE * (number - 1))[0], level)
        for number, level in used.lists
        if 0 < number <= count
    }


def _level(table: bytes, at: int) -> tuple[str, int]:
    """The text of a level (LVL), and where it ends."""
    at += _LEVEL_SIZE + table[at + 24] + table[at + 25]  # cbGrpprlChpx, cbGrpprlPapx
    (length,) = unpack_from("<H", table, at)
    end = at + 2 + 2 * length
    text = table[at + 2 : end].decode("utf-16-le", "replace")
    return "".join("1" if ord(one) < _LEVELS else one for one in text).strip(), end
