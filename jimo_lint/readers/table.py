"""Reads the rows of a table, csv, tsv or xlsx, and finds its header row by the names of its columns."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import chain, islice
from weakref import WeakKeyDictionary

from jimo_lint.errors import InputError
from jimo_lint.readers.headers import HEADER_ROWS, Aliases, Cells, find_header, name
from jimo_lint.readers.source import Source

# A workbook may unpack to this much: bombs are refused before anything is parsed.
MAX_UNPACKED = 300 * 1024 * 1024
MAX_CELL = 200_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
# Every table format asks for the same rows; a workbook is opened once for all of them.
_known_heads: WeakKeyDictionary[Source, list[list[tuple[int, Cells]]]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name ("" for csv) and its rows from the first, read as they are asked for."""

    name: str
    rows: Iterator[tuple[int, Cells]]


def sheets(source: Source) -> Iterator[Sheet]:
    """The sheets of a table. InputError where it is a workbook that cannot be read; nothing where it is no table."""
    if source.body.startswith(_OLE):
        raise _ole(source)
    if source.body.startswith(_ZIP):
        yield from _workbook(source)
    elif not source.head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", b"{", b"[")):
        yield from _text(source)


def recognises(source: Source, aliases: Aliases, required: Iterable[str]) -> bool:
    """True where some sheet has a header with all the required fields."""
    wanted = set(required)
    found = (find_header(head, aliases) for head in _heads(source))
    return any(one and wanted <= one.columns.keys() for one in found)


def _heads(source: Source) -> list[list[tuple[int, Cells]]]:
    if source not in _known_heads:
        _known_heads[source] = [list(islice(sheet.rows, HEADER_ROWS)) for sheet in sheets(source)]
    return _known_heads[source]


def records(source: Source, aliases: Aliases, required: Iterable[str]) -> Iterator[tuple[str, dict[str, object]]]:
    """Rows below the headers as (place, field to value); sheets without the required columns are left out.

    A row that repeats the header, and one without any value in a known column, is no record.
    """
    wanted = set(required)
    for sheet in sheets(source):
        head = list(islice(sheet.rows, HEADER_ROWS))
        found = find_header(head, aliases)
        if not found or not wanted <= found.columns.keys():
            continue
        for number, cells in chain(head, sheet.rows):
            if number <= found.row:
                continue
            record = {field: cells[index] for field, index in found.columns.items() if index < len(cells)}
            if all(value is None or not str(value).strip() for value in record.values()):
                continue
            if all(name(value) == name(found.written[field]) for field, value in record.items()):
                continue
            place = f"{source.place} {sheet.name} 第 {number} 行" if sheet.name else f"{source.place} 第 {number} 行"
            yield place, record


def text(value: object) -> str:
    """A cell as text: whole numbers without `.0`, lines kept, `-` alone is nothing."""
    if value is None:
        return ""
    if isinstance(value, float) and value == int(value) and abs(value) < 1e15:
        return str(int(value))
    written = str(value).strip()
    return "" if written in ("-", "--", "—", "无", "nan", "None", "NULL") else written[:MAX_CELL]


def _text(source: Source) -> Iterator[Sheet]:
    try:
        content = source.text
    except ValueError:
        return
    lines = [line for line in content[:20_000].splitlines() if line.strip()][:HEADER_ROWS]
    # The separator is the one that most lines have; commas in Chinese text are full-width and do not disturb.
    separator = max(
        "\t,;|", key=lambda one: (sum(one in line for line in lines), sum(line.count(one) for line in lines))
    )
    yield Sheet("", _csv(source, content, separator))


def _csv(source: Source, content: str, separator: str) -> Iterator[tuple[int, Cells]]:
    csv.field_size_limit(max(csv.field_size_limit(), 10 * MAX_CELL))
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=separator)
    line = 1
    try:
        for cells in reader:
            if any(cells):
                yield line, tuple(cells)
            line = reader.line_num + 1
    except csv.Error as fault:
        raise InputError(source.place, f"第 {reader.line_num} 行起表格已损坏（{fault}）", "请重新导出") from None


def _workbook(source: Source) -> Iterator[Sheet]:
    _refuse_bomb(source)
    from openpyxl import load_workbook  # half a second to import

    try:
        book = load_workbook(io.BytesIO(source.body), read_only=True, data_only=True)
    except Exception as fault:  # openpyxl lets whatever its parsers raise through: KeyError, ValueError, ParseError …
        raise _broken(source, fault) from None
    with closing(book):
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                # Many exporters write a dimension of A1 only, which openpyxl would believe.
                sheet.reset_dimensions()
                yield Sheet(sheet.title, _cells(source, sheet.iter_rows(values_only=True)))


def _cells(source: Source, rows: Iterator[Cells]) -> Iterator[tuple[int, Cells]]:
    number = 0
    try:
        for number, cells in enumerate(rows, 1):
            if any(cell is not None for cell in cells):
                yield number, cells
    except InputError:
        raise
    except Exception as fault:
        raise _broken(source, fault, number) from None


def _broken(source: Source, fault: Exception, row: int = 0) -> InputError:
    where = f"第 {row + 1} 行起" if row else ""
    return InputError(
        source.place, f"{where}不是完好的工作簿（{type(fault).__name__}）", "请用 Excel 或 WPS 打开，另存为 .xlsx"
    )


def _refuse_bomb(source: Source) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(source.body)) as archive:
            members = archive.infolist()
            if sum(member.file_size for member in members) > MAX_UNPACKED:
                raise InputError(source.place, "工作簿解压后超过 300 MB，未读", "请删去多余的行列或图片后另存")
            names = {member.filename for member in members}
            if "xl/workbook.xml" not in names:
                other = "Word 文档" if "word/document.xml" in names else "压缩包"
                raise InputError(source.place, f"是{other}，不是工作簿", "请导出为 .xlsx 或 .csv")
            for member in members:
                if member.filename.endswith(".xml"):
                    with archive.open(member) as part:
                        if b"<!DOCTYPE" in part.read(2048):
                            raise InputError(source.place, "工作簿里有 DTD，未读", "请用 Excel 或 WPS 另存为 .xlsx")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as fault:
        raise _broken(source, fault) from None


def _ole(source: Source) -> InputError:
    # An encrypted .xlsx is an OLE file with this stream; anything else with the mark is an old .xls or .doc.
    if "EncryptedPackage".encode("utf-16-le") in source.body:
        return InputError(source.place, "工作簿有密码，读不出", "请去掉密码后另存为 .xlsx")
    return InputError(source.place, "是旧式 .xls 工作簿", "请用 Excel 或 WPS 打开，另存为 .xlsx")
