"""Lays 窗口巡检 out as a workbook."""

from __future__ import annotations

from pathlib import Path

from jimo_lint.model import Report
from jimo_lint.report import phrases
from jimo_lint.report.views import windows as view
from jimo_lint.report.views.findings import findings
from jimo_lint.report.views.notes import notes
from jimo_lint.report.views.unread import unread
from jimo_lint.report.xlsx.book import writing
from jimo_lint.report.xlsx.notes import notes_sheet
from jimo_lint.report.xlsx.since import since_sheet

_READING = ("“逐个窗口”一行一个窗口，按清单的次序。",)


def write(report: Report, path: Path) -> Path:
    """Write the workbook to `path`, whole or not at all, and return where it is. ReportError where it cannot be.

    Where a person has written into the one at `path`, that is kept and the new one stands beside it.
    """
    with writing(path, report.run.site, report.run.title, phrases.china_time(report.run.finished)) as book:
        sheet = book.sheet("结论", (100,))
        sheet.band(f"{report.run.site}{report.run.title}", "title", 34)
        for line in view.overview(report).lines:
            sheet.line(line)
        book.table(view.table(report))
        book.table(findings(report, "窗口"))
        since_sheet(book, report)
        if missed := unread(report):
            book.table(missed)
        notes_sheet(book, notes(report, _READING))
    return book.path
