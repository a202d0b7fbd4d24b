"""Lays the checklist of answers out as a workbook: a summary, and a block an answer for the second reader to sign."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from jimo_lint.report.views import answers as view
from jimo_lint.report.xlsx.book import writing

TITLE = "告知书核对表"
_SIGNING = ((1, 2), (3, 4), (5, 6), (7, 8), (9, 10), (11, 12))


def write(checked: Sequence[view.Checked], path: Path, site: str, moment: datetime) -> Path:
    """Write the workbook to `path`, whole or not at all, and return where it is. ReportError where it cannot be.

    Where a person has written into the one at `path`, that is kept and the new one stands beside it. moment: naive.
    """
    with writing(path, site, TITLE, moment) as book:
        book.table(view.summary(checked))
        sheet = book.sheet("逐件核对", view.GRID)
        sheet.band(TITLE, "title", 30)
        for number, one in enumerate(checked, 1):
            sheet.gap()
            sheet.band(view.heading(number, one), "strong", 24)
            sheet.block(view.parts(one))
            sheet.block(view.findings(one))
            sheet.spread(view.signing(), ["label", "centre"] * 3, _SIGNING, 28)
    return book.path
