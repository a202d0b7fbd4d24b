"""Reads the XML workbook of Excel 2003, which older office systems export and call .xls."""

from __future__ import annotations

import io
from collections.abc import Iterator
from xml.etree import ElementTree

from jimo_lint.errors import InputError
from jimo_lint.extract.markup.charset import decode
from jimo_lint.readers.source import Source
from jimo_lint.readers.tables.bounds import MOST_COLUMNS, MOST_SHEETS, WIDEST, Range, filled, too_many_sheets
from jimo_lint.readers.tables.sheet import UNCALCULATED, Sheet

_SPACE = "{urn:schemas-microsoft-com:office:spreadsheet}"


def sheets(source: Source) -> Iterator[Sheet]:
    """Its sheets, merged cells filled. InputError where it is damaged."""
    try:
        if b"<!ENTITY" in source.body:
            raise InputError(source.place, "表格里有实体定义，可能是恶意内容，未读", "请用 Excel 或 WPS 另存为 .xlsx")
        # expat knows few charsets: the text is decoded first, and its declaration taken away.
        text = decode(source.body).partition("?>")[2]
        found = list(ElementTree.parse(io.BytesIO(text.encode())).iter(f"{_SPACE}Worksheet"))
    except ElementTree.ParseError as fault:
        raise InputError(source.place, f"XML 表格第 {fault.position[0]} 行起不完整或已损坏", "请重新导出") from None
    if len(found) > MOST_SHEETS:
        raise too_many_sheets(source.place)
    for sheet in found:
        rows = ((number, tuple(value for value, _ in cells)) for number, cells in _rows(sheet))
        yield Sheet(sheet.get(f"{_SPACE}Name", ""), filled(rows, _merged(sheet), source.place))


def _merged(sheet: ElementTree.Element) -> Iterator[Range]:
    for number, cells in _rows(sheet):
        for start, (_, span) in enumerate(cells):
            if span:
                yield number, number + span[0], start, start + span[1]


def _rows(sheet: ElementTree.Element) -> Iterator[tuple[int, list[tuple[object, tuple[int, int] | None]]]]:
    """Number and cells of the rows: the value, and how many rows and columns beyond its own it covers."""
    number = 0
    for row in sheet.iter(f"{_SPACE}Row"):
        number = _number(row, "Index", number + 1)
        cells: list[tuple[object, tuple[int, int] | None]] = []
        for cell in row.iter(f"{_SPACE}Cell"):
            start = min(_number(cell, "Index", len(cells) + 1), MOST_COLUMNS + 1) - 1
            cells += [(None, None)] * (start - len(cells))
            data = cell.find(f"{_SPACE}Data")
            value: object = "".join(data.itertext()).strip() or None if data is not None else None
            if data is None and cell.get(f"{_SPACE}Formula"):
                value = UNCALCULATED
            across, down = min(_number(cell, "MergeAcross", 0), WIDEST), _number(cell, "MergeDown", 0)
            cells.append((value, (down, across) if across or down else None))
            cells += [(None, None)] * across
            if len(cells) > MOST_COLUMNS:
                break  # more than is read of any table, which is told where the row is taken
        if any(value is not None for value, _ in cells):
            yield number, cells


def _number(element: ElementTree.Element, name: str, default: int) -> int:
    written = element.get(f"{_SPACE}{name}", "")
    return int(written) if written.isdecimal() and len(written) < 8 else default
