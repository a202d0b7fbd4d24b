"""What every inspection that collects says of itself, so that a page and a 通报 need not know which one it was.

The view of an inspection is the module of its code: it has `ABOUT` and `overview(report) -> Overview`, and where its
results are neither accounts nor columns `standings(report)`, which says of each what a 通报 concludes (see `standing`).
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import NamedTuple

from jimo_lint.model import Report
from jimo_lint.report.views.table import Line, Table, Tile

_NAME = "jimo_lint.report.views.{}"


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
    found: About | None = getattr(view(inspection), "ABOUT", None)
    return found


def overview(report: Report) -> Overview | None:
    """As `about`, with what was found."""
    if about(report.run.inspection) is None:
        return None
    made: Overview = import_module(_NAME.format(report.run.inspection)).overview(report)
    return made


def view(inspection: str) -> ModuleType | None:
    """The module of an inspection's code; None where there is none."""
    name = _NAME.format(inspection)
    return import_module(name) if find_spec(name) else None
