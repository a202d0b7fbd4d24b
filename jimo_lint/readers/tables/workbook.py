"""Reads .xlsx as a stream, merged cells filled; refuses bombs before anything is parsed."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from xml.etree.ElementTree import iterparse

from jimo_lint.errors import InputError
from jimo_lint.readers.source import Source
from jimo_lint.readers.tables.bounds import MOST_SHEETS, Range, filled, too_many_sheets
from jimo_lint.readers.tables.headers import Cells
from jimo_lint.readers.tables.sheet import Sheet

# A workbook may unpack to this much.
MAX_UNPACKED = 300 * 1024 * 1024
_CHUNK = 1024 * 1024
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^<>]*?\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_MOST_MERGED = 100_000


def sheets(source: Source) -> Iterator[Sheet]:
    """The visible sheets. InputError where it is no workbook, broken from the start or too large inside."""
    _refuse(source)
    from openpyxl import load_workbook  # half a second to import
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

    # It would read each sheet for its size, to the end where no size is written, a thousand times where a thousand
    # sheets are made of one part. The size is not used: exporters that write A1 only are common.
    ReadOnlyWorksheet._get_size = _ignore  # type: ignore[attr-defined]
    with source.open() as file:
        try:
            book = load_workbook(file, read_only=True, data_only=True)
        except Exception:  # openpyxl lets whatever its parsers raise through: KeyError, ValueError, ParseError …
            raise broken(source) from None
        with closing(book):
            read: set[str] = set()
            for sheet in book.worksheets:
                part = sheet._worksheet_path  # type: ignore[attr-defined]
                if sheet.sheet_state == "visible" and part not in read:
                    read.add(part)  # a second sheet made of the same part would say the same
                    merged = _merged(source, part)
                    yield Sheet(
                        sheet.title, filled(_cells(source, sheet), merged, source.place), book.epoch.year == 1904
                    )


def _ignore(sheet: object) -> None:
    """Stands in place of what is not wanted of the library."""


def broken(source: Source, row: int = 0) -> InputError:
    """What is said of a workbook that cannot be read, or not beyond a row."""
    fault = f"工作簿第 {row + 1} 行起已损坏，读不出" if row else "不是完好的工作簿"
    return InputError(source.place, fault, "请用 Excel 或 WPS 打开，另存为 .xlsx")


def _cells(source: Source, sheet: Any) -> Iterator[tuple[int, Cells]]:
    """The rows that are there. openpyxl's own would make up those that are left out, a million before the last row."""
    from openpyxl.worksheet._reader import DATA_TAG, ROW_TAG, WorkSheetParser

    number, book = 0, sheet.parent
    try:
        with book._archive.open(sheet._worksheet_path) as part:
            parser = WorkSheetParser(
                part, sheet._shared_strings, True, book.epoch, book._date_formats, book._timedelta_formats
            )
            for _, element in iterparse(part):
                if element.tag == ROW_TAG:
                    number, row = parser.parse_row(element)  # type: ignore[arg-type]
                    element.clear()
                    values = {cell["column"]: cell["value"] for cell in row if cell["value"] is not None}
                    if values:
                        cells = [None] * max(values)
                        for column, value in values.items():
                            cells[column - 1] = value
                        yield number, tuple(cells)
                elif element.tag == DATA_TAG:
                    break
    except InputError:
        raise
    except Exception:
        raise broken(source, number) from None


def _merged(source: Source, part: str) -> list[Range]:
    """The merged ranges of more than one row or column; they stand behind the rows, so the part is read once before."""
    found: list[Range] = []
    with source.open() as file, zipfile.ZipFile(file) as archive:
        try:
            with archive.open(part.lstrip("/")) as content:
                rest = b""
                while chunk := content.read(_CHUNK):
                    rest += chunk
                    end = 0
                    for one in _MERGED.finditer(rest):
                        found.append((int(one[2]), int(one[4]), _index(one[1]), _index(one[3])))
                        end = one.end()
                    rest = rest[max(end, len(rest) - 200) :]
                    if len(found) > _MOST_MERGED:
                        fault = f"合并单元格超过 {_MOST_MERGED:,} 处，未读"
                        raise InputError(source.place, fault, "请取消合并单元格后另存")
        except InputError:
            raise
        except Exception:  # zlib.error, KeyError, BadZipFile …
            return found  # reading the rows tells what is wrong
    return found


def _index(letters: bytes) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + letter - 64
    return index - 1


def _refuse(source: Source) -> None:
    try:
        with source.open() as file, zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            if sum(member.file_size for member in members) > MAX_UNPACKED:
                raise InputError(source.place, "工作簿解压后超过 300 MB，未读", "请删去多余的行列或图片后另存")
            names = {member.filename for member in members}
            if "xl/workbook.xml" not in names:
                word = "word/document.xml" in names
                what, remedy = ("Word 文档", "请导出为 .xlsx 或 .csv") if word else ("压缩包", "请解压后再用里面的文件")
                raise InputError(source.place, f"是{what}，不是工作簿", remedy)
            if archive.read("xl/workbook.xml").count(b"sheetId=") > MOST_SHEETS:
                raise too_many_sheets(source.place)
            for member in members:
                if member.filename.endswith(".xml"):
                    with archive.open(member) as part:
                        if b"<!DOCTYPE" in part.read(2048):
                            raise InputError(source.place, "工作簿里有 DTD，未读", "请用 Excel 或 WPS 另存为 .xlsx")
    except zipfile.BadZipFile:
        raise InputError(source.place, "不是完好的工作簿，多半没有下载或复制完", "请重新导出或复制") from None
    except InputError:
        raise
    except Exception:  # zlib.error, struct.error, NotImplementedError …
        raise broken(source) from None
