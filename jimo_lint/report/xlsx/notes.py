"""The sheet 说明, which both workbooks have."""

from __future__ import annotations

from jimo_lint.report.views.notes import Notes
from jimo_lint.report.xlsx.book import Book

_WIDTHS = (9, 22, 10, 52, 42, 36)


def notes_sheet(book: Book, said: Notes) -> None:
    """What was run, how to read the workbook, limits with their clauses, and the rules."""
    sheet = book.sheet("说明", _WIDTHS)
    sheet.band("说明", "title", 30)
    sheet.gap()
    sheet.band("一、本次检查", "section", 22)
    for label, value in said.facts:
        sheet.spread([label, value], ["label", "text"], [(1, 2), (3, 6)])
    sheet.gap()
    sheet.band("二、怎样看", "section", 22)
    for number, line in enumerate(said.reading, 1):
        sheet.band(f"{number}. {line}", "note")
    for block in (said.limits, said.rules):
        sheet.gap()
        sheet.block(block)
    sheet.band(said.evidence, "note")
    if said.off:
        sheet.gap()
        sheet.block(said.off)
    sheet.gap()
    sheet.band("六、怎样填写和导入审核意见" if said.off else "五、怎样填写和导入审核意见", "section", 22)
    for number, line in enumerate(said.reviewing, 1):
        sheet.band(f"{number}. {line}", "note")
