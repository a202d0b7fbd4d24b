"""Writes the workbook of an inspection, and those of its responsible units where they are wanted."""

from __future__ import annotations

from pathlib import Path

from jimo_lint.model import Report
from jimo_lint.report import Showing, columns, owners, weekly


def write(report: Report, path: Path, showing: Showing) -> Path:
    """Write to `path`; units' own workbooks into the folder beside it. ReportError where it cannot be."""
    if report.run.inspection == "columns":
        columns.write(report, path)
        return path
    weekly.write(report, path, unit_by_sheet=showing.by_unit == "sheet")
    if showing.by_unit == "owner":
        for owner, part in owners.parts(report):
            weekly.write(part, path.with_suffix("") / f"{owner}.xlsx")
    return path
