"""Lays 年度计划 out as a workbook."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from jimo_lint.model.duties import YearPlan
from jimo_lint.report.views.plan import plan as view
from jimo_lint.report.xlsx.book import writing

_COVER = (10.5,) * 16
_TILES = ((1, 2), (3, 4), (5, 7), (8, 9), (10, 11), (12, 13), (14, 16))


def write(made: YearPlan, path: Path, moment: datetime) -> Path:
    """Write the workbook to `path`, whole or not at all, and return where it is. ReportError where it cannot be.

    moment: naive, of its making. What a person has written into is kept and the new one stands beside it.
    """
    said = view(made)
    with writing(path, made.site, f"{made.year}年度计划", moment) as book:
        sheet = book.sheet("年度计划", _COVER)
        sheet.band(said.title, "title", 32)
        sheet.band(said.subtitle, "subtitle", 18)
        sheet.gap(4)
        for line in said.lines:
            sheet.line(line)
        sheet.gap(4)
        sheet.tiles(said.figures, _TILES)
        sheet.gap(4)
        sheet.block(said.duties)
        sheet.gap()
        sheet.band("怎样看", "section", 22)
        for number, text in enumerate(said.reading, 1):
            sheet.band(f"{number}. {text}", "note")
        for table in (said.deeds, *said.weeks):
            book.table(table)
    return book.path
