"""Reads the XML workbook of Excel 2003, which older office systems export and call .xls."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element, ParseError, parse

from jimo_lint.errors import InputError
from jimo_lint.extract.markup.charset import decode
from jimo_lint.model import Mark
from jimo_lint.readers.attachments.office.properties import About, of_old_xml
from jimo_lint.readers.attachments.workbooks.cells import (
    Budget,
    Hidden,
    Uncalculated,
    name_of,
    passages,
    shown,
    table_of,
)
from jimo_lint.readers.attachments.workbooks.sheet_notes import is_usual, sections
from jimo_lint.readers.contents import FileContents, Passage, contents, links_of
from jimo_lint.readers.source import Source
from jimo_lint.readers.tables.bounds import BEYOND, MOST_COLUMNS, MOST_ROWS, MOST_SHEETS, too_many_sheets

SPACE = b"urn:schemas-microsoft-com:office:spreadsheet"
_SHEET = f"{{{SPACE.decode()}}}"
_EXCEL = "{urn:schemas-microsoft-com:office:excel}"
_OFFICE = "{urn:schemas-microsoft-com:office:office}"
_STATES = {"SheetHidden": "隐藏的工作表", "SheetVeryHidden": "深度隐藏的工作表"}


def read(source: Source, base: str) -> FileContents:
    """What it holds. InputError: damaged, with entities, or empty."""
    if b"<!ENTITY" in source.body:
        raise InputError(source.place, "表格里有实体定义，可能是恶意内容，未读", "请用 Excel 或 WPS 另存为 .xlsx")
    try:
        # expat knows few charsets: the text is decoded first, and its declaration taken away.
        root = parse(io.BytesIO(decode(source.body).partition("?>")[2].encode())).getroot()
    except ParseError as fault:
        raise InputError(source.place, f"XML 表格第 {fault.position[0]} 行起不完整或已损坏", "请重新导出") from None
    reading = _Reading(source, root)
    said = of_old_xml(root)
    title = About([], said, []).title
    found = contents(source, reading.passages(), marks=reading.told(), title=title)
    links = links_of(dict.fromkeys(reading.links), base)
    unread = "、".join(reading.unread())
    if not (found.document.blocks or links):
        raise InputError(source.place, "工作簿里没有内容", "请核对", mark="empty")
    return FileContents(replace(found.document, links=links), unread, properties=said)


class _Reading:
    """The reading of one workbook; what turns up besides the passages gathers here."""

    def __init__(self, source: Source, root: Element) -> None:
        self._source, self._root = source, root
        self._beyond = False
        self._uncalculated = Uncalculated()
        self.budget = Budget()
        self.links: list[tuple[str, str]] = []
        names = (root.findtext(f".//{_OFFICE}{name}") or "" for name in ("Author", "LastAuthor"))
        self.marks = [Mark("author", "文档属性", name) for name in dict.fromkeys(names) if name.strip()]

    def told(self) -> Iterator[Mark]:
        """The marks, once the passages have been read."""
        yield from self.marks

    def unread(self) -> Iterator[str]:
        """What else is there, in words."""
        yield from self._uncalculated.told()
        if self.budget.stopped:
            yield self.budget.stopped
        if self._beyond:
            yield BEYOND

    def passages(self) -> Iterator[Passage]:
        """All that the workbook says, sheet by sheet."""
        sheets = list(self._root.iter(f"{_SHEET}Worksheet"))
        if len(sheets) > MOST_SHEETS:
            raise too_many_sheets(self._source.place)
        for sheet in sheets:
            name = sheet.get(f"{_SHEET}Name", "")
            table = table_of(name)
            if not is_usual(name):
                yield Passage(name, f"{table}的名称")
            state = _STATES.get(sheet.findtext(f"{_EXCEL}WorksheetOptions/{_EXCEL}Visible") or "", "")
            rows: set[int] = set()
            hidden = Hidden(state, rows, frozenset(_hidden_columns(sheet)))
            notes: list[Passage] = []
            yield from passages(table, self._rows(table, sheet, rows, notes), hidden, self.budget)
            self.marks += hidden.marks(table)
            if notes:
                self.marks.append(Mark("comments", table, f"{len(notes)} 处"))
            yield from notes
            for part, kind in (("Header", "页眉"), ("Footer", "页脚")):
                for element in sheet.iter(f"{_EXCEL}{part}"):
                    yield from (Passage(said, f"{table}{kind}") for said in sections(element.get(f"{_EXCEL}Data", "")))
            if self.budget.stopped:
                return

    def _rows(
        self, table: str, sheet: Element, hidden: set[int], notes: list[Passage]
    ) -> Iterator[tuple[int, list[str | None]]]:
        number = 0
        for row in sheet.iter(f"{_SHEET}Row"):
            number = _times(row, "Index", number + 1)
            if row.get(f"{_SHEET}Hidden") == "1" or row.get(f"{_SHEET}Height", "1").strip("0.") == "":
                hidden.add(number)
            if number <= MOST_ROWS:
                yield number, self._cells(table, number, row, notes)
            elif len(row):
                self._beyond = True
            number += _times(row, "Span", 0)

    def _cells(self, table: str, number: int, row: Element, notes: list[Passage]) -> list[str | None]:
        cells: list[str | None] = []
        for cell in row.iter(f"{_SHEET}Cell"):
            start = _times(cell, "Index", len(cells) + 1)
            if start > MOST_COLUMNS:
                self._beyond = True
                break
            cells += [None] * (start - 1 - len(cells))
            data, note = cell.find(f"{_SHEET}Data"), cell.find(f"{_SHEET}Comment")
            cells.append(_said(data) if data is not None else None)
            empty = data is None or not (data.text or len(data) or data.get(f"{_SHEET}Type") == "String")
            if empty and cell.get(f"{_SHEET}Formula"):
                self._uncalculated.add(f"{table}{name_of(number, start)}")
            cells += [None] * min(_times(cell, "MergeAcross", 0), MOST_COLUMNS)
            text = "".join(note.itertext()).strip() if note is not None else ""
            if text:
                notes.append(Passage(text, f"{table}{name_of(number, start)} 的批注", number, "comment"))
            if address := cell.get(f"{_SHEET}HRef"):
                self.links.append((address, cells[start - 1] or ""))
        return cells


def _said(data: Element) -> str:
    text = "".join(data.itertext())
    kind = data.get(f"{_SHEET}Type")
    if kind == "Number":
        try:
            return shown(float(text))
        except ValueError:
            return text
    if kind == "DateTime":
        return text.removesuffix(".000").replace("T00:00:00", "").replace("T", " ")
    return text


def _hidden_columns(sheet: Element) -> Iterator[int]:
    number = 0
    for column in sheet.iter(f"{_SHEET}Column"):
        number = _times(column, "Index", number + 1)
        span = min(_times(column, "Span", 0), MOST_COLUMNS)
        if column.get(f"{_SHEET}Hidden") == "1" or column.get(f"{_SHEET}Width", "1").strip("0.") == "":
            yield from range(number, min(number + span, MOST_COLUMNS) + 1)
        number += span


def _times(element: Element, name: str, default: int) -> int:
    written = element.get(f"{_SHEET}{name}", "")
    return int(written) if written.isdecimal() and len(written) < 8 else default
