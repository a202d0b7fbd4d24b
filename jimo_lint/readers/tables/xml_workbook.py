"""Reads the XML workbook of Excel 2003, which older office systems export and call .xls."""

from __future__ import annotations

import io
from collections.abc import Iterator
from xml.etree import ElementTree

from jimo_lint.errors import InputError
from jimo_lint.extract import decode
from jimo_lint.readers.source import Source
from jimo_lint.readers.tables.headers import Cells
from jimo_lint.readers.tables.sheet import Sheet
from jimo_lint.readers.tables.workbook import Range, filled

_SPACE = "{urn:schemas-microsoft-com:office:spreadsheet}"
_WIDEST = 1000


def sheets(source: Source) -> Iterator[Sheet]:
    """Its sheets, merged cells filled. InputError where it is damaged."""
    try:
        if b"<!ENTITY" in source.body:
            raise InputError(source.place, "表格里有实体定义，可能是恶意内容，未读", "请用 Excel 或 WPS 另存为 .xlsx")
        # expat knows few charsets: the text is decoded first, and its declaration taken away.
        text = decode(source.body).partition("?>")[2]
        for sheet in ElementTree.parse(io.BytesIO(text.encode())).iter(f"{_SPACE}Worksheet"):
            merged: list[Range] = []
            rows = list(_rows(sheet, merged))
            yield Sheet(sheet.get(f"{_SPACE}Name", ""), filled(rows, merged))
    except ElementTree.ParseError as fault:
        raise InputError(source.place, f"XML 表格第 {fault.position[0]} 行起不完整或已损坏", "请重新导出") from None


def _rows(sheet: ElementTree.Element, merged: list[Range]) -> Iterator[tuple[int, Cells]]:
    number = 0
    for row in sheet.iter(f"{_SPACE}Row"):
        number = _number(row, "Index", number + 1)
        cells: list[object] = []
        for cell in row.iter(f"{_SPACE}Cell"):
            start = min(_number(cell, "Index", len(cells) + 1), _WIDEST) - 1
            cells += [None] * (start - len(cells))
            data = cell.find(f"{_SPACE}Data")
            cells.append("".join(data.itertext()).strip() or None if data is not None else None)
            across, down = min(_number(cell, "MergeAcross", 0), _WIDEST), _number(cell, "MergeDown", 0)
            if across or down:
                merged.append((number, number + down, start, start + across))
            cells += [None] * across
        if any(cell is not None for cell in cells):
            yield number, tuple(cells)


def _number(element: ElementTree.Element, name: str, default: int) -> int:
    written = element.get(f"{_SPACE}{name}", "")
    return int(written) if written.isdecimal() and len(written) < 8 else default
