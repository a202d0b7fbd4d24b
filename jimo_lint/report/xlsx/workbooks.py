"""Writes the workbook of an inspection, and those of its responsible units where they are wanted."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

from jimo_lint.model import Report
from jimo_lint.report import Showing
from jimo_lint.report.views import owners


def write(report: Report, path: Path, showing: Showing) -> Mapping[Path, Path]:
    """Write to `path`; units' own workbooks into the folder beside it. ReportError where it cannot be.

    Says where each is, by where it was wanted: what a person has been at is kept, and the new one stands beside it.
    The workbook of an inspection is written by the module of its code.
    """
    book = import_module(f"jimo_lint.report.xlsx.{report.run.inspection}")
    by_sheet = {"unit_by_sheet": True} if showing.by_unit == "sheet" else {}
    written: dict[Path, Path] = {path: book.write(report, path, **by_sheet)}
    if showing.by_unit == "owner":
        for owner, part in owners.parts(report):
            place = written[path].with_suffix("") / f"{owner}.xlsx"
            written[place] = book.write(part, place)
    return written
