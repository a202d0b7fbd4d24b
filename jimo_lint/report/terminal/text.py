"""Writes a report for the screen: the findings line by line, or the summary of what a workbook holds in full."""

from __future__ import annotations

from jimo_lint.model import Report
from jimo_lint.report import Showing
from jimo_lint.report.terminal import plain


def lists(report: Report) -> bool:
    """Whether the findings are listed, where no workbook holds them; then what was not read is left to stderr."""
    return report.run.inspection in ("check", "links", "recheck", "watch")


def render(report: Report, showing: Showing) -> str:
    """Each finding of a check, with its line and a caret; of an inspection the summary."""
    if lists(report):
        return plain.text(report, showing.texts, showing.width, showing.colour)
    from jimo_lint.report.terminal import summary  # loads rich, for which a check of a draft has no use

    return summary.render(report, showing)
