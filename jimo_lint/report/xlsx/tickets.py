"""Lays the error reports by the public out as a workbook: the list that is worked off, and how to read it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from jimo_lint.model.tickets import TicketReport
from jimo_lint.report.views import tickets as view
from jimo_lint.report.xlsx.book import writing

TITLE = "找错办理"
_WIDTHS = (16, 100)


def write(report: TicketReport, path: Path, moment: datetime) -> Path:
    """Write the workbook to `path`, whole or not at all, and return where it is. ReportError where it cannot be.

    Where a person has written into the one at `path`, that is kept and the new one stands beside it. moment: naive, of
    the making.
    """
    with writing(path, report.site, TITLE, moment) as book:
        book.table(view.table(report))
        sheet = book.sheet("说明", _WIDTHS)
        sheet.band("说明", "title", 30)
        for label, value in view.facts(report):
            sheet.add([label, value], ["label", "text"])
        sheet.gap()
        sheet.band("一、怎样看", "section", 22)
        for number, line in enumerate(view.reading(report), 1):
            sheet.band(f"{number}. {line}", "note")
        sheet.gap()
        sheet.band("二、本程序的规则先发现了多少", "section", 22)
        for line in view.recall(report.recall):
            sheet.band(line, "note")
    return book.path
