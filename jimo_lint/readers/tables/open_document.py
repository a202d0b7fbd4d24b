"""Reads .ods, the workbook of LibreOffice, which WPS and Excel write too; merged cells filled."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from xml.etree.ElementTree import Element, ParseError, iterparse

from jimo_lint.errors import InputError
from jimo_lint.readers.opc import Package
from jimo_lint.readers.source import Source
from jimo_lint.readers.tables import bounds
from jimo_lint.readers.tables.bounds import MOST_COLUMNS, MOST_ROWS, Range
from jimo_lint.readers.tables.headers import Cells
from jimo_lint.readers.tables.sheet import UNCALCULATED, Sheet

_SPACE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TABLE, _TEXT, _OFFICE, _STYLE = (_SPACE % name for name in ("table", "text", "office", "style"))
_SHEET, _ROW, _CELL, _COVERED = (
    f"{_TABLE}{name}" for name in ("table", "table-row", "table-cell", "covered-table-cell")
)


def sheets(source: Source, *, hidden: bool = False) -> Iterator[Sheet]:
    """The visible sheets. hidden: the others as well.

    InputError where it is damaged, has a password or is too large inside.
    """
    with Package(source, "表格") as package:
        body = package.read("content.xml")
    if body is None:
        raise _broken(source)
    if b"<!DOCTYPE" in body[:2048]:
        raise InputError(source.place, "工作簿里有 DTD，未读", "请用 Excel 或 WPS 另存为 .xlsx")
    styles: set[str] = set()  # of hidden sheets
    count = 0
    try:
        for _, element in iterparse(io.BytesIO(body)):
            if element.tag == f"{_STYLE}style":
                properties = element.find(f"{_STYLE}table-properties")
                if properties is not None and properties.get(f"{_TABLE}display") == "false":
                    styles.add(element.get(f"{_STYLE}name", ""))
            elif element.tag == _SHEET:
                count += 1
                if count > bounds.MOST_SHEETS:
                    raise bounds.too_many_sheets(source.place)
                unseen = element.get(f"{_TABLE}style-name", "") in styles
                if hidden or not unseen:
                    rows, merged = _rows(element, source)
                    filled = bounds.filled(rows, merged, source.place)
                    yield Sheet(element.get(f"{_TABLE}name", ""), filled, hidden=unseen)
                element.clear()
    except (ParseError, ValueError, RecursionError):
        raise _broken(source) from None


def _broken(source: Source) -> InputError:
    return InputError(source.place, "表格已损坏或有密码，读不出", "请打开后另存为 .xlsx")


def _rows(sheet: Element, source: Source) -> tuple[list[tuple[int, Cells]], list[Range]]:
    rows: list[tuple[int, Cells]] = []
    merged: list[Range] = []
    number, budget = 0, bounds.MOST_FILLED
    for row in sheet.iter(_ROW):
        times = _times(row, "number-rows-repeated")
        cells, spans = _cells(row)
        if cells:
            budget -= len(cells) * (times - 1)
            if budget < 0 or number + times > MOST_ROWS:
                raise InputError(source.place, f"第 {number + 1} 行起重复的行太多，没有读", "请删去多余的行后另存")
            rows += [(at, cells) for at in range(number + 1, number + times + 1)]
            merged += [(number + 1, number + 1 + down, left, right) for down, left, right in spans]
        number += times
    return rows, merged


def _cells(row: Element) -> tuple[Cells, list[tuple[int, int, int]]]:
    """The values up to the last, and of merged cells the rows below, first and last column."""
    cells: list[object] = []
    spans = []
    empty = 0
    for cell in row:
        if cell.tag not in (_CELL, _COVERED):
            continue
        times = _times(cell, "number-columns-repeated")
        # What a merged cell covers is not seen.
        value = _value(cell) if cell.tag == _CELL else None
        if value is None:
            empty += times
            continue
        cells += [None] * min(empty, MOST_COLUMNS + 1)
        empty = 0
        left = len(cells)
        cells += [value] * min(times, MOST_COLUMNS + 1)
        across, down = _times(cell, "number-columns-spanned"), _times(cell, "number-rows-spanned")
        if across > 1 or down > 1:
            spans.append((down - 1, left, left + across - 1))
        if len(cells) > MOST_COLUMNS:
            break  # more than is read of any table, which is told where the row is taken
    return tuple(cells), spans


def _times(element: Element, name: str) -> int:
    written = element.get(f"{_TABLE}{name}", "")
    return max(int(written), 1) if written.isdecimal() and len(written) < 9 else 1


def _value(cell: Element) -> object:
    kind = cell.get(f"{_OFFICE}value-type", "")
    if kind == "date":
        try:
            return datetime.fromisoformat(cell.get(f"{_OFFICE}date-value", ""))
        except ValueError:
            pass  # of years that Python does not have: as it is shown
    elif kind in ("float", "percentage", "currency"):
        return float(cell.get(f"{_OFFICE}value", "nan"))
    # Not what a note beside the cell says.
    said = "\n".join(_text(part) for part in cell if part.tag == f"{_TEXT}p")
    return said or (UNCALCULATED if not kind and cell.get(f"{_TABLE}formula") else None)


def _text(part: Element) -> str:
    """What a paragraph says: runs of blanks, tabs and breaks are elements."""
    said = part.text or ""
    for child in part:
        if child.tag == f"{_TEXT}s":
            said += " " * min(int(child.get(f"{_TEXT}c", "1")), 1000)
        elif child.tag == f"{_TEXT}tab":
            said += "\t"
        elif child.tag == f"{_TEXT}line-break":
            said += "\n"
        else:
            said += _text(child)
        said += child.tail or ""
    return said
