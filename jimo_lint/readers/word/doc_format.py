"""Finds in a document of Word 97 to 2003 (.doc) where its characters lie, and how these are formatted."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from struct import error as struct_error
from struct import unpack_from
from typing import NamedTuple

# Offsets and codes as in [MS-DOC], the published description of the format; its names stand beside them.
_CLX, _CHARACTERS, _PARAGRAPHS = 0x1A2, 0xFA, 0x102  # fcClx, fcPlcfBteChpx, fcPlcfBtePapx
_NARROW = 0x40000000  # fCompressed: one byte a character
_PAGE = 512  # bytes of a page of properties
_PAGE_NUMBER = 0x3FFFFF  # pn of PnFkpChpx
_OPERANDS = (1, 1, 2, 4, 2, 2, 0, 3)  # bytes, by the top three bits of a property; 0: the first of them says
_FORM_FIELD, _DROPPED = 0x0806, 0x442C  # sprmCFData, sprmPDcs
_LIST, _NONE_CHOSEN = 2, 25  # iType and iRes of FFData
_DELETED, _INSERTED, _VANISHED, _PICTURE_AT = 0x0800, 0x0801, 0x083C, 0x6A03  # sprmCFRMarkDel, sprmCFRMark …
_LIST_NUMBER, _LIST_LEVEL = 0x460B, 0x260A  # sprmPIlfo, sprmPIlvl
_IN_TABLE, _ROW_END, _DEPTH = 0x2416, 0x2417, 0x6649  # sprmPFInTable, sprmPFTtp, sprmPItap
_INNER_CELL, _INNER_ROW = 0x244B, 0x244C  # sprmPFInnerTableCell, sprmPFInnerTtp
_TABLE, _ELSEWHERE = 0xD608, (0x6646, 0x6645)  # sprmTDefTable, sprmPHugePapx and its older code
_DEEPEST = 9  # of tables in tables: one digit

# Marks that the text gets, of characters that stand in no text: behind the end of a paragraph in a table, and around
# hidden words.
IN_TABLE, HIDDEN, SHOWN = "\x10", "\x16", "\x17"
_OURS = dict.fromkeys(map(ord, (IN_TABLE, HIDDEN, SHOWN)))


class Piece(NamedTuple):
    """Characters that lie together. first, last: their numbers, `last` the one behind; width: bytes of each."""

    first: int
    last: int
    offset: int
    width: int


@dataclass(slots=True)
class Format:
    """deleted: where the characters lie that tracked changes delete, in order. marks: what is to be put in where.

    changes: how many stretches are inserted or deleted. pictures: where in the stream of data those of the text lie.
    lists: those of paragraphs, by their numbers, with the level; styles: the numbers of theirs.
    """

    deleted: list[tuple[int, int]] = field(default_factory=list)
    marks: list[tuple[int, str]] = field(default_factory=list)
    changes: int = 0
    pictures: list[int] = field(default_factory=list)
    lists: set[tuple[int, int]] = field(default_factory=set)
    styles: set[int] = field(default_factory=set)


def pieces(main: bytes, table: bytes) -> Iterator[Piece]:
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
        yield Piece(borders[index], borders[index + 1], (offset ^ narrow) // 2 if narrow else offset, 2 - bool(narrow))


def shown(main: bytes, piece: Piece, form: Format, start: int, end: int) -> str:
    """The characters of a piece that are numbered from `start` to `end`, without the deleted ones, with the marks."""
    at = piece.offset + (max(piece.first, start) - piece.first) * piece.width
    stop = piece.offset + (min(piece.last, end) - piece.first) * piece.width
    kept: list[str] = []
    for index in range(bisect_right(form.deleted, at, key=itemgetter(1)), len(form.deleted)):
        low, high = form.deleted[index]
        if low >= stop:
            break
        kept.append(_marked(main, at, low, piece.width, form.marks))
        at = high
    kept.append(_marked(main, at, stop, piece.width, form.marks))
    return "".join(kept)


def read_format(main: bytes, table: bytes, data: bytes) -> Format:
    """How characters and paragraphs are formatted. data: the stream of that name, where large formats lie."""
    form = Format()
    before = (0, 0)  # where the last changed stretch ended, and how it was changed
    for start, end, properties in _runs(main, table, _CHARACTERS):
        said = dict(_properties(properties))
        if _is_set(said, _DELETED):
            form.deleted.append((start, end))
        changed = 1 if _is_set(said, _DELETED) else 2 if _is_set(said, _INSERTED) else 0
        if changed:
            form.changes += before != (start, changed)
            before = (end, changed)
        if _is_set(said, _VANISHED):
            form.marks += [(start, HIDDEN), (end, SHOWN)]
        if _is_set(said, _FORM_FIELD) and _PICTURE_AT in said:
            # As if it were the result of the field, which has none; a link has its data there too.
            if choice := _choice(data, unpack_from("<I", said[_PICTURE_AT])[0]):
                form.marks.append((end, f"\x14{choice}"))
        elif _PICTURE_AT in said and changed != 1:
            form.pictures += unpack_from("<I", said[_PICTURE_AT])
    for _, end, properties in _runs(main, table, _PARAGRAPHS):
        said = dict(_properties(properties[2:]))
        form.styles.add(int.from_bytes(properties[:2], "little"))
        if _LIST_NUMBER in said:
            form.lists.add((int.from_bytes(said[_LIST_NUMBER], "little"), said.get(_LIST_LEVEL, b"\0")[0]))
        if said.get(_DROPPED, b"\0")[0] & 7:  # a large letter in a frame of its own begins the next paragraph
            form.deleted.append((end - 1 if main[end - 1 : end] == b"\r" else end - 2, end))
        if mark := _in_table(said, data):
            form.marks.append((end, IN_TABLE + mark))
    form.deleted.sort()
    form.marks.sort()
    return form


def _choice(data: bytes, at: int) -> str:
    """What is chosen in a field of a form (NilPICFAndBinData), "" where it is no list or damaged."""
    try:
        at += unpack_from("<H", data, at + 4)[0] + 4
        (bits,) = unpack_from("<H", data, at)
        if bits & 3 != _LIST:
            return ""
        at = _behind(data, at + 6)  # its name
        (usual,) = unpack_from("<H", data, at)
        at += 2
        for _ in range(5):  # format, help, status, macros
            at = _behind(data, at)
        _, count, _, first = unpack_from("<4H", data, at)
        at += 6 if first else 8  # the count may take four bytes
        number = usual if bits >> 2 & 31 == _NONE_CHOSEN else bits >> 2 & 31
        for _ in range(number):
            at += 2 + 2 * unpack_from("<H", data, at)[0]
        (length,) = unpack_from("<H", data, at)
        return data[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace") if number < count else ""
    except struct_error:
        return ""


def _behind(data: bytes, at: int) -> int:
    """Where a string that ends with a zero ends (Xstz)."""
    return at + 4 + 2 * int(unpack_from("<H", data, at)[0])


def _marked(main: bytes, start: int, end: int, width: int, marks: Sequence[tuple[int, str]]) -> str:
    charset = "utf-16-le" if width > 1 else "cp1252"
    found: list[str] = []
    for index in range(bisect_right(marks, start, key=itemgetter(0)), len(marks)):
        place, mark = marks[index]
        if place > end:
            break
        found += (main[start:place].decode(charset, "replace").translate(_OURS), mark)
        start = max(place, start)
    if start < end:
        found.append(main[start:end].decode(charset, "replace").translate(_OURS))
    return "".join(found)


def _runs(main: bytes, table: bytes, at: int) -> Iterator[tuple[int, int, bytes]]:
    """Stretches of the main stream with their properties, of those that have any: start, end, properties.

    Of paragraphs the number of their style comes before these.
    """
    of_paragraphs = at == _PARAGRAPHS
    at, size = unpack_from("<II", main, at)
    number = max(size - 4, 0) // 8
    if number > len(main) // _PAGE:
        raise ValueError("more pages than there are")
    width = 13 if of_paragraphs else 1
    for page in unpack_from(f"<{number}I", table, at + 4 * (number + 1)):
        start = (page & _PAGE_NUMBER) * _PAGE
        runs = main[start + _PAGE - 1]
        borders = unpack_from(f"<{runs + 1}I", main, start)
        for run in range(runs):
            place = start + 2 * main[start + 4 * (runs + 1) + width * run]
            if place <= start:
                continue
            length = main[place]
            if of_paragraphs:  # counted in words, and of an odd number of bytes where it is told before a zero
                length = 2 * length - 1
                if length < 0:
                    place += 1
                    length = 2 * main[place]
            yield borders[run], borders[run + 1], main[place + 1 : place + 1 + length]


def _properties(body: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 2 < len(body):
        (code,) = unpack_from("<H", body, at)
        at += 2
        length = _OPERANDS[code >> 13]
        if code == _TABLE:
            length = 1 + int(unpack_from("<H", body, at)[0]) if at + 2 <= len(body) else len(body)
        elif not length:
            length = 1 + body[at]
        yield code, body[at : at + length]
        at += length


def _is_set(properties: dict[int, bytes], code: int) -> bool:
    return bool(properties.get(code, b"\0")[0] & 1)


def _in_table(said: dict[int, bytes], data: bytes) -> str:
    """The depth of a paragraph in tables and what its end is: of a row, of a cell, or of neither; "" outside."""
    for code in _ELSEWHERE:
        if code in said:
            (at,) = unpack_from("<I", said[code])
            if at + 2 <= len(data):
                (length,) = unpack_from("<H", data, at)
                said |= dict(_properties(data[at + 2 : at + 2 + length]))
    if not _is_set(said, _IN_TABLE):
        return ""
    depth = min(max(unpack_from("<i", said[_DEPTH])[0], 1), _DEEPEST) if _DEPTH in said else 1
    if _is_set(said, _ROW_END) or _is_set(said, _INNER_ROW):
        return f"{depth}r"
    return f"{depth}{'c' if _is_set(said, _INNER_CELL) else 'p'}"
