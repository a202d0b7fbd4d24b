"""窗口巡检 as data: what is concluded of each window, and which are without a telephone."""

from __future__ import annotations

from collections.abc import Iterator

from jimo_lint.model import Report
from jimo_lint.report.views import since
from jimo_lint.report.views.overview import About, Overview
from jimo_lint.report.views.scope import scope
from jimo_lint.report.views.standing import FAILED, PASSED, Standing
from jimo_lint.report.views.table import Field, Line, Table, Tile

ABOUT = About("受理窗口", "窗口", passes="受理窗口以写了电话的为合格")
_FIELDS = (
    Field("序号", 6, "number"),
    Field("窗口", 26, "strong"),
    Field("责任单位", 26),
    Field("电话", 20),
    Field("结论", 12, "centre"),
    Field("清单位置", 30, "small"),
)


def overview(report: Report) -> Overview:
    """Those without a telephone, beside all."""
    lacking = sum(not one.phone for one in report.windows)
    figures = (Tile("窗口", len(report.windows)), Tile("缺电话", lacking, bad=True))
    return Overview(tuple(_lines(report, lacking)), figures, table(report))


def standings(report: Report) -> Iterator[Standing]:
    """A window without a telephone fails."""
    for one in report.windows:
        yield Standing(one.NOUN, one.name, one.owner, PASSED if one.phone else FAILED, int(not one.phone))


def table(report: Report) -> Table:
    """逐个窗口, in the order of the list."""
    rows = [
        (number, one.name, one.owner, one.phone, one.conclusion, one.place)
        for number, one in enumerate(report.windows, 1)
    ]
    return Table("逐个窗口", _FIELDS, rows, frozen=2)


def _lines(report: Report, lacking: int) -> Iterator[Line]:
    if report.windows:
        yield Line(f"受理窗口 {len(report.windows)} 个，缺电话的 {lacking} 个。", "verdict")
    yield from scope(report)
    if line := since.line(report):
        yield Line(line, "verdict")
