"""Writes a report with one line a finding, as other linters do: for terminals, grep and editors."""

from __future__ import annotations

from jimo_lint.model import Report
from jimo_lint.report import Showing
from jimo_lint.report.terminal import plain


def render(report: Report, showing: Showing) -> str:
    """The lines, and the summary behind them."""
    return plain.text(report, colour=showing.colour, context=False)
