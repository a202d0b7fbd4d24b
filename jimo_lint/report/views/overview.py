"""What every inspection that collects says of itself, so that a page and a 通报 need not know which one it was.

The view of an inspection is the module of its code: it has `ABOUT` and `overview(report) -> Overview`.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import NamedTuple

from jimo_lint.model import Report
from jimo_lint.report.views.table import Line, Table, Tile


class About(NamedTuple):
    """what: is inspected, as titles say it. objects: that its results are about. read: what its documents are, "" where
    it reads none. passes: of what a result is in order, where that is not the want of errors."""

    what: str
    objects: str
    read: str = ""
    passes: str = ""


class Overview(NamedTuple):
    """The sentences, the figures and the table of results. by: the field whose words the figures count. beside: other
    tables that the sentences name."""

    lines: tuple[Line, ...]
    figures: tuple[Tile, ...]
    table: Table | None
    by: str = "结论"
    beside: tuple[Table, ...] = ()


def about(inspection: str) -> About | None:
    """None for checks, which have no objects of their own."""
    name = f"jimo_lint.report.views.{inspection}"
    found: About | None = getattr(import_module(name), "ABOUT", None) if find_spec(name) else None
    return found


def overview(report: Report) -> Overview | None:
    """As `about`, with what was found."""
    if about(report.run.inspection) is None:
        return None
    made: Overview = import_module(f"jimo_lint.report.views.{report.run.inspection}").overview(report)
    return made
