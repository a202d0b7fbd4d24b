"""Prints the summary of an inspection with rich: counts, what is worst, vetoes, problems, where the workbook is."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from jimo_lint.model import Report
from jimo_lint.report.phrases import printable


def summary(report: Report, console: Console, workbook: Path | None = None) -> None:
    """Print the report's summary, fit to the console's width. workbook: where the workbook was written."""
    console.print(printable(report.run.site), markup=False)
