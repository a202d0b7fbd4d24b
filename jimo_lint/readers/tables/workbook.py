"""Reads .xlsx as a stream, merged cells filled; refuses bombs before anything is parsed."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing

from jimo_lint.errors import InputError
from jimo_lint.readers.source import Source
from jimo_lint.readers.tables.headers import Cells
from jimo_lint.readers.tables.sheet import Sheet

# A workbook may unpack to this much.
MAX_UNPACKED = 300 * 1024 * 1024
_CHUNK = 1024 * 1024
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^<>]*?\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_MOST_MERGED = 20_000
_WIDEST = 1000

# First and last row, from 1, first and last column, from 0.
Range = tuple[int, int, int, int]


def sheets(source: Source) -> Iterator[Sheet]:
    """The visible sheets. InputError where it is no workbook, broken from the start or too large inside."""
    _refuse(source)
    from openpyxl import load_workbook  # half a second to import

    with source.open() as file:
        try:
            book = load_workbook(file, read_only=True, data_only=True)
        except Exception:  # openpyxl lets whatever its parsers raise through: KeyError, ValueError, ParseError …
            raise broken(source) from None
        with closing(book):
            for sheet in book.worksheets:
                if sheet.sheet_state == "visible":
                    # Many exporters write a dimension of A1 only, which openpyxl would believe.
                    sheet.reset_dimensions()
                    merged = _merged(source, sheet._worksheet_path)  # type: ignore[attr-defined]
                    rows = _cells(source, sheet.iter_rows(values_only=True))
                    yield Sheet(sheet.title, filled(rows, merged), book.epoch.year == 1904)


def filled(rows: Iterable[tuple[int, Cells]], merged: Iterable[Range]) -> Iterator[tuple[int, Cells]]:
    """The rows with the value of merged cells in each of them; rows without a value of their own stay out."""
    waiting = sorted(merged, reverse=True)
    open_ranges: list[tuple[Range, object]] = []
    for number, cells in rows:
        while waiting and waiting[-1][0] <= number:
            one = waiting.pop()
            if one[0] == number and one[2] < len(cells):
                open_ranges.append((one, cells[one[2]]))
        open_ranges = [(one, value) for one, value in open_ranges if one[1] >= number]
        if open_ranges:
            row = list(cells)
            for (_, _, left, right), value in open_ranges:
                right = min(right, _WIDEST)
                row += [None] * (right + 1 - len(row))
                row[left : right + 1] = [value] * (right + 1 - left)
            cells = tuple(row)
        yield number, cells


def broken(source: Source, row: int = 0) -> InputError:
    """What is said of a workbook that cannot be read, or not beyond a row."""
    fault = f"工作簿第 {row + 1} 行起已损坏，读不出" if row else "不是完好的工作簿"
    return InputError(source.place, fault, "请用 Excel 或 WPS 打开，另存为 .xlsx")


def _cells(source: Source, rows: Iterator[Cells]) -> Iterator[tuple[int, Cells]]:
    number = 0
    try:
        for number, cells in enumerate(rows, 1):
            if any(cell is not None for cell in cells):
                yield number, cells
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
                        break
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
