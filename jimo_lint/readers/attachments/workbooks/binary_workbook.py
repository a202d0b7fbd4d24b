"""Reads the values of .xlsb, the workbook of Excel in binary parts; all else in it is named as not read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from jimo_lint.errors import InputError
from jimo_lint.model import Mark
from jimo_lint.readers.attachments.office import properties
from jimo_lint.readers.attachments.workbooks import calamine
from jimo_lint.readers.attachments.workbooks.cells import Budget, Hidden, passages, table_of
from jimo_lint.readers.attachments.workbooks.sheet_notes import is_usual
from jimo_lint.readers.contents import FileContents, Passage, contents
from jimo_lint.readers.opc import Package
from jimo_lint.readers.source import Source
from jimo_lint.readers.tables import workbook

MAIN = "xl/workbook.bin"
_STATES = {"Hidden": "隐藏的工作表", "VeryHidden": "深度隐藏的工作表"}
_UNREAD = "批注、页眉页脚、图形和行列的隐藏状态（.xlsb 只读单元格）"
_ROW, _CELLS, _ERRORS, _DIMENSION = 0, range(1, 12), (3, 11), 148  # records ([MS-XLSB] 2.3.2)


def read(source: Source) -> FileContents:
    """The values of all sheets. InputError: damaged, too large, or empty."""
    workbook.refuse(source)
    budget = Budget()
    states: list[Mark] = []
    with Package(source, "工作簿") as package:
        if package.ambiguous:
            raise workbook.broken(source)
        parts = [one.target for one in package.relations(MAIN) if one.kind.lower().endswith("sheet")]
        sizes, errors = zip(*(_cells(package.read(part) or b"") for part in parts), strict=True) if parts else ((), ())
        if any(size > calamine.MOST_CELLS for size in sizes):
            raise InputError(source.place, "工作表太大，未读", "请另存为 .xlsx", mark="oversized")
        about = properties.of_package(package)
        macro = "xl/vbaproject.bin" in package
    with source.open() as stream:
        found = contents(source, _passages(source, stream, budget, states), marks=states, title=about.title)
    marks = (*about.marks, *found.document.file_facts.marks, *([Mark("macro")] if macro else ()))
    facts = replace(found.document.file_facts, marks=marks)
    if not found.document.blocks:
        raise InputError(source.place, "工作簿里没有内容", "请核对", mark="empty")
    shown_wrong = f"{sum(errors)} 格显示的错误值（#REF!、#DIV/0! 之类）" if any(errors) else ""
    unread = "、".join(filter(None, (budget.stopped, shown_wrong, _UNREAD, *about.told())))
    return FileContents(replace(found.document, facts=facts), unread, properties=about.said)


def _passages(source: Source, stream: Any, budget: Budget, states: list[Mark]) -> Iterator[Passage]:
    found = calamine.opened(stream)
    if found is None:
        raise workbook.broken(source)
    for number, sheet in enumerate(found.sheets_metadata):
        table = table_of(sheet.name)
        if not is_usual(sheet.name):
            yield Passage(sheet.name, f"{table}的名称")
        rows = calamine.rows(found, number)
        if rows is None:
            raise workbook.broken(source)
        hidden = Hidden(_STATES.get(str(sheet.visible).rpartition(".")[2], ""))
        yield from passages(table, rows, hidden, budget)
        states += hidden.marks(table)


def _cells(part: bytes) -> tuple[int, int]:
    """Cells from A1 to the last that is there or that the sheet says it has; and how many of them show an error."""
    at = rows = columns = errors = 0
    while at + 2 <= len(part):
        kind, at = _number(part, at, 2)
        length, at = _number(part, at, 4)
        if kind == _ROW:
            rows = max(rows, int.from_bytes(part[at : at + 4], "little") + 1)
        elif kind in _CELLS or kind == _DIMENSION:
            last = at + 12 * (kind == _DIMENSION)
            columns = max(columns, int.from_bytes(part[last : last + 4], "little") + 1)
        errors += kind in _ERRORS
        at += length
    return rows * columns, errors


def _number(part: bytes, at: int, most: int) -> tuple[int, int]:
    """A number of seven bits a byte, and where it ends."""
    number = 0
    for place in range(most):
        byte = part[at] if at < len(part) else 0
        number |= (byte & 0x7F) << 7 * place
        at += 1
        if not byte & 0x80:
            break
    return number, at
