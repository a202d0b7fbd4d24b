"""Lays the forms of mock calls and mystery requests, and what came back, out as workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from jimo_lint.model.mystery import Ask, Round
from jimo_lint.report.views import mystery as view
from jimo_lint.report.views.table import Table
from jimo_lint.report.xlsx.book import writing

TITLE = "模拟呼叫和模拟暗访"
_WIDTHS = (110,)


def write_forms(asks: Sequence[Ask], planned: Sequence[str], site: str, path: Path, moment: datetime) -> Path:
    """Write the forms to `path`, whole or not at all, and return where they are. ReportError where they cannot be.

    Where a person has written into the one at `path`, that is kept and the new one stands beside it. moment: naive.
    """
    return _write(view.forms(asks), (*planned, *view.READING), site, path, moment)


def write_results(found: Round, site: str, path: Path, moment: datetime) -> Path:
    """Write what came back, as `write_forms` does."""
    return _write(view.results(found), view.READING, site, path, moment)


def _write(tables: Sequence[Table], reading: Sequence[str], site: str, path: Path, moment: datetime) -> Path:
    with writing(path, site, TITLE, moment) as book:
        for table in tables:
            book.table(table)
        sheet = book.sheet("说明", _WIDTHS)
        sheet.band("说明", "title", 30)
        for number, line in enumerate(reading, 1):
            sheet.band(f"{number}. {line}", "note")
    return book.path
