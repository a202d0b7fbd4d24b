"""Writes the workbook of an inspection, and those of its responsible units where they are wanted."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from jimo_lint.model import Report
from jimo_lint.report import Showing
from jimo_lint.report.views import owners
from jimo_lint.report.xlsx import columns, weekly


def write(report: Report, path: Path, showing: Showing) -> Mapping[Path, Path]:
    """Write to `path`; units' own workbooks into the folder beside it. ReportError where it cannot be."""
    if report.run.inspection == "columns":
        return {path: columns.write(report, path)}
    written = {path: weekly.write(report, path, unit_by_sheet=showing.by_unit == "sheet")}
    if showing.by_unit == "owner":
        for owner, part in owners.parts(report):
            place = written[path].with_suffix("") / f"{owner}.xlsx"
            written[place] = weekly.write(part, place)
    return written
