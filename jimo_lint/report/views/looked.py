"""复查结果: every place that was to be looked at again."""

from __future__ import annotations

from jimo_lint.model import Report
from jimo_lint.report.views.table import Field, Table

_FIELDS = (Field("地方", 30, "strong"), Field("结论", 10, "centre"), Field("情况", 60, "small"))


def looked(report: Report) -> Table:
    """A row a place, in the order in which they were asked for."""
    rows = [(one.name, one.outcome.label, one.note) for one in report.looked]
    return Table("复查结果", _FIELDS, rows)
