"""What was looked at: whether anything was, and 复查结果, every place that was to be looked at again."""

from __future__ import annotations

from jimo_lint.model import Outcome, Report, UpdateStatus
from jimo_lint.report.views.table import Field, Table

_FIELDS = (Field("地方", 30, "strong"), Field("结论", 10, "centre"), Field("情况", 60, "small"))


def looked(report: Report) -> Table:
    """A row a place, in the order in which they were asked for."""
    rows = [(one.name, one.outcome.label, one.note) for one in report.looked]
    return Table("复查结果", _FIELDS, rows)


def anything(report: Report) -> bool:
    """Whether anything was looked at at all: without that there is nothing to be said of what was found."""
    if report.looked:
        return any(one.outcome is not Outcome.UNSEEN for one in report.looked)
    if any(link.result for link in report.links):
        return True
    # A check of links reads lists and drafts only for the links in them.
    if report.run.documents and report.run.inspection != "links":
        return True
    judged = (*(one.status for one in report.accounts), *(one.status for one in report.columns))
    return any(status is not UpdateStatus.UNKNOWN for status in judged)
