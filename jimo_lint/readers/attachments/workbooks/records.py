"""Walks the records of an .xls workbook ([MS-XLS]) for what libraries leave out: hidden parts, notes, margins."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

_PAIR = struct.Struct("<HH")
_BOF, _EOF, _CONTINUE = 0x0809, 0x000A, 0x003C
_FILEPASS, _CODEPAGE, _BOUNDSHEET, _SUPBOOK, _GROUP = 0x002F, 0x0042, 0x0085, 0x01AE, 0x00EB
_COLINFO, _ROW, _HEADER, _FOOTER, _NOTE, _OBJECT, _TEXT = 0x007D, 0x0208, 0x0014, 0x0015, 0x001C, 0x005D, 0x01B6
_FOREIGN = 0x005A  # CRN: cells of another workbook
_LINK, _SERIES, _CHOICE, _HINT = 0x01B8, 0x100D, 0x01BE, 0x0800
_IS_LIST, _WRITTEN = 3, b"\x17"  # valType of DV, PtgStr
_CELLS = frozenset((0x0006, 0x0203, 0x0204, 0x0205, 0x00D6, 0x00FD, 0x027E, 0x00BD))
BIFF8 = 0x0600
# Before an address in a link ([MS-OSHARED] 2.3.7.6); its length in bytes follows.
_URL = bytes.fromhex("e0c9ea79f9bace118c8200aa004ba90b")


@dataclass(slots=True)
class SheetRecords:
    """Of one sheet. state: 0 shown, 1 hidden, 2 very hidden; kind: 0 sheet, 1 macros, 2 chart, 6 Visual Basic.

    rows, columns: hidden ones, from 1. notes: row and column from 1, and text; prompts, choices, hints: the same of
    data validations and of links. unread: data validations that cannot be read.
    """

    name: str
    state: int
    kind: int
    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    headers: list[str] = field(default_factory=list)
    footers: list[str] = field(default_factory=list)
    notes: list[tuple[int, int, str]] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    prompts: list[tuple[int, int, str]] = field(default_factory=list)
    choices: list[tuple[int, int, str]] = field(default_factory=list)
    hints: list[tuple[int, int, str]] = field(default_factory=list)
    unread: int = 0


@dataclass(slots=True)
class BookRecords:
    """Of the workbook. drawings: the records that hold its pictures, joined; paths: of other workbooks.

    foreign: of how many of these it keeps cells.
    """

    version: int
    locked: bool = False
    sheets: list[SheetRecords] = field(default_factory=list)
    drawings: bytes = b""
    paths: list[str] = field(default_factory=list)
    foreign: int = 0


def walk(stream: bytes) -> BookRecords:
    """All of a stream. ValueError where it does not begin as one of Excel 5 or later does."""
    if len(stream) < 8 or _PAIR.unpack_from(stream)[0] != _BOF:
        raise ValueError("no workbook stream")
    book = BookRecords(_PAIR.unpack_from(stream, 4)[0])
    begins: list[int] = []
    charset = "gb18030"
    group: list[bytes] = []
    before = 0
    kept = False  # whether cells of the last other workbook were met
    for code, body in _records(stream, 0):
        if code == _FILEPASS:
            book.locked = True
            return book
        if code == _CODEPAGE and len(body) >= 2:
            charset = "gb18030" if (page := body[0] | body[1] << 8) == 936 else f"cp{page}"
        elif code == _BOUNDSHEET and len(body) >= 8:
            begins.append(struct.unpack_from("<I", body)[0])
            name = _short(body[6:], charset, wide=book.version == BIFF8)
            book.sheets.append(SheetRecords(name, body[4] & 3, body[5]))
        elif code == _SUPBOOK and len(body) > 4 and book.version == BIFF8:
            book.paths.append(_long(body[2:]))
            kept = False
        elif code == _FOREIGN:
            book.foreign += not kept
            kept = True
        elif code == _GROUP or (code == _CONTINUE and before == _GROUP):
            group.append(body)
            code = _GROUP
        before = code
    book.drawings = b"".join(group)
    for begin, sheet in zip(begins, book.sheets, strict=True):
        _sheet(stream, begin, sheet, book.version == BIFF8)
    return book


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Code and content of the records of a substream, and of those inside it, to its end."""
    depth, end = 0, len(stream) - 4
    unpack = _PAIR.unpack_from
    while at <= end:
        code, length = unpack(stream, at)
        at += 4
        if code == _BOF:
            depth += 1
        elif code == _EOF:
            depth -= 1
            if not depth:
                return
        yield code, stream[at : at + length]
        at += length


def _sheet(stream: bytes, at: int, sheet: SheetRecords, wide: bool) -> None:
    objects: dict[int, str] = {}  # by number: the words in it
    notes: list[tuple[int, int, int]] = []
    number = wanted = 0
    unpack = _PAIR.unpack_from
    for code, body in _records(stream, at):
        if code in _CELLS:
            continue
        if code == _ROW and len(body) >= 16:
            if body[12] & 0x20:
                sheet.rows.add(unpack(body)[0] + 1)
        elif code == _COLINFO and len(body) >= 10:
            first, last = unpack(body)
            if body[8] & 1 or not unpack(body, 4)[0]:
                sheet.columns.update(range(first + 1, min(last, 255) + 2))
        elif code == _OBJECT and len(body) >= 8:
            number = unpack(body, 6)[0]
        elif code == _TEXT and len(body) >= 12:
            wanted = unpack(body, 10)[0]
        elif code == _CONTINUE and wanted and body:
            said = _letters(body[1:], bool(body[0] & 1), wanted)
            objects[number] = objects.get(number, "") + said
            wanted -= len(said)
        elif code == _NOTE and len(body) >= 8 and wide:
            notes.append((unpack(body)[0] + 1, unpack(body)[1] + 1, unpack(body, 6)[0]))
        else:
            _beside(code, body, sheet, wide)
    for row, column, one in notes:
        sheet.notes.append((row, column, objects.pop(one, "").strip()))
    sheet.boxes += (said.strip() for said in objects.values() if said.strip())


def _beside(code: int, body: bytes, sheet: SheetRecords, wide: bool) -> None:
    if code in (_HEADER, _FOOTER) and len(body) > 3:
        said = _long(body) if wide else _short(body, "gb18030", wide=False)
        (sheet.headers if code == _HEADER else sheet.footers).append(said)
    elif code == _LINK and (found := body.find(_URL)) > 0:
        length = int.from_bytes(body[found + 16 : found + 20], "little")
        written = body[found + 20 : found + 20 + length].decode("utf-16-le", "replace")
        sheet.addresses.append(written.partition("\0")[0])
    elif code == _SERIES and len(body) > 3:
        sheet.labels.append(_short(body[2:], "gb18030", wide=wide))
    elif code == _CHOICE:
        try:
            _validation(body, sheet)
        except (struct.error, IndexError):
            sheet.unread += 1
    elif code == _HINT and len(body) > 10:
        row, column = struct.unpack_from("<HxxH", body, 2)
        sheet.hints.append((row + 1, column + 1, body[10:].decode("utf-16-le", "replace").partition("\0")[0]))


def _validation(body: bytes, sheet: SheetRecords) -> None:
    """What a cell tells the one who fills it in, and the words it may be filled with (DV)."""
    at, said = 4, list[str]()
    for _ in range(4):  # titles and texts of prompt and error
        said.append(_long(body[at:]).strip("\0"))
        at += 3 + int.from_bytes(body[at : at + 2], "little") * (1 + (body[at + 2] & 1))
    length, second = struct.unpack_from("<H", body, at)[0], at + 4
    formula, second = body[second : second + length], second + length
    at = second + 4 + int(struct.unpack_from("<H", body, second)[0])
    count, row, column = struct.unpack_from("<HHxxH", body, at)
    if not count:
        return
    sheet.prompts += ((row + 1, column + 1, one) for one in said if one.strip())
    if body[0] & 0xF == _IS_LIST and formula[:1] == _WRITTEN:
        listed = _short(formula[1:], "", wide=True).split("\0")
        sheet.choices += ((row + 1, column + 1, one) for one in listed if one.strip())


def _letters(body: bytes, double: bool, count: int) -> str:
    return body[: 2 * count].decode("utf-16-le", "replace") if double else body[:count].decode("latin-1")


def _short(body: bytes, charset: str, *, wide: bool) -> str:
    """A string whose length is a byte. wide: of Excel 97 and later, where another byte says how it is written."""
    if wide:
        return _letters(body[2:], bool(body[1] & 1), body[0])
    try:
        return body[1 : 1 + body[0]].decode(charset, "replace")
    except LookupError:
        return body[1 : 1 + body[0]].decode("gb18030", "replace")


def _long(body: bytes) -> str:
    """A string of Excel 97 and later whose length is two bytes."""
    return _letters(body[3:], bool(body[2] & 1), int.from_bytes(body[:2], "little"))
