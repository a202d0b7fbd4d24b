"""Reads a document of Word 97 to 2003 (.doc), the format that WPS writes as .wps, in every part that holds text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from operator import itemgetter
from struct import unpack_from
from typing import NamedTuple

from jimo_lint.errors import InputError
from jimo_lint.readers import compound
from jimo_lint.readers.contents import Passage
from jimo_lint.readers.source import Source
from jimo_lint.readers.word.word_text import WordText, linked

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # of the compound files of Microsoft

# Offsets and codes as in [MS-DOC], the published description of the format; its names stand beside them.
_WORD_97 = 0xA5EC  # wIdent
_ENCRYPTED, _TABLE_1 = 0x0100, 0x0200  # fEncrypted, fWhichTblStm
_LENGTHS = 0x4C  # ccpText and, behind it, those of the parts that follow the main text
# What the parts behind the main text are called, in their order; of macros there is no text to read.
_PARTS = ("", "脚注", "页眉页脚", None, "批注", "尾注", "", "页眉页脚")
_CLX, _CHARACTERS = 0x1A2, 0xFA  # fcClx, fcPlcfBteChpx
_NARROW = 0x40000000  # fCompressed: one byte a character
_PAGE = 512  # bytes of a page of character properties
_PAGE_NUMBER = 0x3FFFFF  # pn of PnFkpChpx
_DELETED = 0x0800  # sprmCFRMarkDel
_OPERANDS = (1, 1, 2, 4, 2, 2, 0, 3)  # bytes, by the top three bits of a property; 0: the first of them says

_PICTURE = "\x01"
_FIELD = re.compile("([\x13\x14\x15])")  # begin, separator, end
_RESULT = re.compile("\x13([^\x13-\x15]*+)\x14([^\x13-\x15]*+)")  # the innermost: instruction, and what is shown
# Ends of cells, pages and columns; line breaks and tabs; a hyphen. Others are anchors of pictures, notes and the like.
_ENDS = dict.fromkeys(map(ord, "\x07\x0c\x0e"), "\r") | dict.fromkeys(map(ord, "\x0b\t\n"), " ")
_PLAIN = dict.fromkeys(range(0x20)) | {0x0D: "\r", 0x1E: "-"} | _ENDS


def read(source: Source) -> WordText:
    """The paragraphs of the main text, a table's cells one by one, then text boxes, notes, comments and margins.

    Paragraphs without a word are left out, but counted; so is what tracked changes delete. InputError: damaged, with
    a password, or no Word.
    """
    try:
        with compound.opened(source.body) as package:
            if package.exists("EncryptedPackage"):
                raise _locked(source)
            if not package.exists("WordDocument"):
                raise InputError(source.place, "不是 Word 文档", "请用 Word 或 WPS 另存为 .docx")
            main = package.openstream("WordDocument").read()
            ident, flags = unpack_from("<H8xH", main)
            if ident != _WORD_97:
                raise InputError(source.place, "是 Word 97 以前的旧格式", "请用 Word 或 WPS 另存为 .docx")
            if flags & _ENCRYPTED:
                raise _locked(source)
            table = package.openstream("1Table" if flags & _TABLE_1 else "0Table").read()
        return _read(main, table)
    except InputError:
        raise
    except Exception:  # noqa: BLE001 - struct.error, IndexError, OSError of a chain that leads nowhere …
        raise _damaged(source) from None


def sign(source: Source) -> str:
    """The name of the stream that holds the text, "" where the compound file is none of Word. InputError: damaged."""
    try:
        with compound.opened(source.body) as package:
            return "WordDocument" if package.exists("WordDocument") else ""
    except InputError:
        raise
    except Exception:  # noqa: BLE001 - as in `read`
        raise _damaged(source) from None


def _damaged(source: Source) -> InputError:
    return InputError(
        source.place, "Word 文档已损坏，多半没有下载或复制完", "请重新复制，或用 Word 或 WPS 另存为 .docx"
    )


def _locked(source: Source) -> InputError:
    return InputError(source.place, "Word 文档加了密码，未读", "请去掉密码，用 Word 或 WPS 另存为 .docx")


def _read(main: bytes, table: bytes) -> WordText:
    lengths = unpack_from(f"<{len(_PARTS)}I", main, _LENGTHS)
    starts = [0, *accumulate(lengths)]
    pieces, deleted = list(_pieces(main, table)), _deleted(main, table)
    found: list[Passage] = []
    links: list[tuple[str, str]] = []
    number = pictures = 0
    # The main text and its boxes first: their paragraphs are counted as those of one text.
    for index in sorted(range(len(_PARTS)), key=lambda index: bool(_PARTS[index])):
        title = _PARTS[index]
        text = "".join(_shown(main, piece, deleted, starts[index], starts[index + 1]) for piece in pieces)
        if title is None or not text:
            continue
        links += linked((field[1], field[2]) for field in _RESULT.finditer(text))
        text = _results(text)
        pictures += text.count(_PICTURE)
        for paragraph in text.translate(_PLAIN).removesuffix("\r").split("\r"):
            number += not title
            if shown := paragraph.rstrip():
                kind = "comment" if title == "批注" else "body"
                found.append(Passage(shown, title or f"第 {number} 段", 1 if title else number, kind))
    return WordText(found, f"{pictures} 张图片" if pictures else "", list(dict.fromkeys(links)))


class _Piece(NamedTuple):
    """Characters that lie together. first, last: their numbers, `last` the one behind; width: bytes of each."""

    first: int
    last: int
    offset: int
    width: int


def _pieces(main: bytes, table: bytes) -> Iterator[_Piece]:
    """Where in the main stream the text lies."""
    (at,) = unpack_from("<I", main, _CLX)
    while table[at] == 1:  # formats that pieces refer to
        at += 3 + int(unpack_from("<H", table, at + 1)[0])
    (size,) = unpack_from("<I", table, at + 1)
    number = (size - 4) // 12
    borders = unpack_from(f"<{number + 1}I", table, at + 5)
    if table[at] != 2 or list(borders) != sorted(borders) or borders[-1] > len(main):
        raise ValueError("no table of pieces")
    for index in range(number):
        (offset,) = unpack_from("<I", table, at + 5 + 4 * (number + 1) + 8 * index + 2)
        narrow = offset & _NARROW
        yield _Piece(borders[index], borders[index + 1], (offset ^ narrow) // 2 if narrow else offset, 2 - bool(narrow))


def _shown(main: bytes, piece: _Piece, deleted: Sequence[tuple[int, int]], start: int, end: int) -> str:
    """The characters of a piece that are numbered from `start` to `end`, without the deleted ones."""
    at = piece.offset + (max(piece.first, start) - piece.first) * piece.width
    stop = piece.offset + (min(piece.last, end) - piece.first) * piece.width
    kept: list[bytes] = []
    for index in range(bisect_right(deleted, at, key=itemgetter(1)), len(deleted)):
        low, high = deleted[index]
        if low >= stop:
            break
        kept.append(main[at:low])
        at = high
    kept.append(main[at:stop])
    return b"".join(kept).decode("utf-16-le" if piece.width > 1 else "cp1252", "replace")


def _deleted(main: bytes, table: bytes) -> list[tuple[int, int]]:
    """Where in the main stream the characters lie that tracked changes delete: offsets, in order."""
    at, size = unpack_from("<II", main, _CHARACTERS)
    number = max(size - 4, 0) // 8
    if number > len(main) // _PAGE:
        raise ValueError("more pages than there are")
    found: list[tuple[int, int]] = []
    for page in unpack_from(f"<{number}I", table, at + 4 * (number + 1)):
        start = (page & _PAGE_NUMBER) * _PAGE
        runs = main[start + _PAGE - 1]
        borders = unpack_from(f"<{runs + 1}I", main, start)
        for run in range(runs):
            place = start + 2 * main[start + 4 * (runs + 1) + run]
            if place > start and _deletes(main[place + 1 : place + 1 + main[place]]):
                found.append((borders[run], borders[run + 1]))
    return sorted(found)


def _deletes(properties: bytes) -> bool:
    at = 0
    while at + 2 < len(properties):
        (code,) = unpack_from("<H", properties, at)
        if code == _DELETED and properties[at + 2] & 1:
            return True
        at += 2 + (_OPERANDS[code >> 13] or 1 + properties[at + 2])
    return False


def _results(text: str) -> str:
    """The text with what fields show in place of what they are: of a link the words, not the address."""
    shown: list[str] = []
    fields: list[bool] = []  # whether each open field is still at its instruction
    instructions = 0
    for piece in _FIELD.split(text):
        if piece == "\x13":
            fields.append(True)
            instructions += 1
        elif piece in ("\x14", "\x15") and fields:
            instructions -= fields.pop()
            if piece == "\x14":
                fields.append(False)
        elif not instructions:
            shown.append(piece)
    return text if fields else "".join(shown)  # a field without an end must not swallow the rest
