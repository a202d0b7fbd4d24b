"""Reads .xls, the workbook of Excel 97 to 2003 and of WPS, merged cells filled."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from jimo_lint.errors import InputError
from jimo_lint.readers.source import Source
from jimo_lint.readers.tables.bounds import MOST_SHEETS, filled, too_many_sheets
from jimo_lint.readers.tables.headers import Cells
from jimo_lint.readers.tables.sheet import Sheet

# An encrypted .xlsx is an OLE file with this stream.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def sheets(source: Source, *, hidden: bool = False) -> Iterator[Sheet]:
    """The visible sheets. hidden: the others as well.

    InputError where it has a password, is no workbook or is damaged.
    """
    if _ENCRYPTED in source.body:
        raise encrypted(source)
    try:
        book = opened(source)
        if book.nsheets > MOST_SHEETS:
            raise too_many_sheets(source.place)
        read: set[int] = set()
        for number in range(book.nsheets):
            # A second sheet at the same place of the file would say the same.
            at = book._sh_abs_posn[number]
            unseen = book._sheet_visibility[number] != 0
            if (hidden or not unseen) and at not in read:
                read.add(at)
                sheet = book.sheet_by_index(number)
                merged = [(top + 1, bottom, left, right - 1) for top, bottom, left, right in sheet.merged_cells]
                rows = filled(cells(sheet, book.datemode), merged, source.place)
                yield Sheet(sheet.name, rows, book.datemode == 1, unseen)
                book.unload_sheet(number)
    except InputError:
        raise
    except Exception as fault:  # noqa: BLE001 - the library lets through whatever its parsing raises
        if "encrypted" in str(fault):
            raise encrypted(source) from None
        raise InputError(
            source.place,
            "不是完好的 .xls 工作簿",
            "请用 Excel 或 WPS 打开，另存为 .xlsx；如果是 Word 文件，请另存为 .docx",
        ) from None


def opened(source: Source, *, merged: bool = True) -> Any:
    """The workbook of xlrd. merged: with its merged cells. Whatever the library raises where it is damaged."""
    import xlrd

    # What links and names cover is of no use here, and a few bytes of them can keep xlrd busy without end: it keeps
    # an entry for each of the 4 billion cells that a link may say it covers, and computes names from one another.
    xlrd.sheet.Sheet.handle_hlink = xlrd.sheet.Sheet.handle_quicktip = xlrd.book.Book.names_epilogue = _ignore
    # Merged cells are only told of together with the formats. What the library remarks is of no use here. Without
    # ragged rows it would make up all cells that the widest and the last row leave room for.
    return xlrd.open_workbook(
        file_contents=source.body, formatting_info=merged, logfile=io.StringIO(), on_demand=True, ragged_rows=True
    )


def _ignore(*given: object) -> None:
    """Stands in place of what is not wanted of the library."""


def cells(sheet: Any, datemode: int) -> Iterator[tuple[int, Cells]]:
    """Number and values of the rows that have one; errors as Excel shows them, #N/A."""
    from xlrd import XL_CELL_NUMBER, XL_CELL_TEXT

    plain = {XL_CELL_TEXT, XL_CELL_NUMBER}
    for number in range(sheet.nrows):
        kinds, values = sheet.row_types(number), sheet.row_values(number)
        if plain.issuperset(kinds):
            cells = tuple([None if value == "" else value for value in values])
        else:
            cells = tuple(_value(kind, value, datemode) for kind, value in zip(kinds, values, strict=True))
        if any(cell is not None for cell in cells):
            yield number + 1, cells


def _value(kind: int, value: Any, datemode: int) -> Any:
    import xlrd

    if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) or value == "":
        return None
    if kind == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(value, "#N/A")
    if kind == xlrd.XL_CELL_DATE:
        try:
            return xlrd.xldate_as_datetime(value, datemode)
        except (ValueError, OverflowError):
            return value
    return value


def encrypted(source: Source) -> InputError:
    """What is said of a workbook with a password."""
    return InputError(source.place, "工作簿已加密（有密码），读不出", "请去掉密码后另存为 .xlsx", mark="locked")
