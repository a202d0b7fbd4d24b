"""Writes the workbook."""

from __future__ import annotations

from pathlib import Path

from jimo_lint.model import Report


def write(report: Report, path: Path) -> None:
    """Write the workbook to `path`, whole or not at all; its folder is created. ReportError where it cannot be."""
    path.parent.mkdir(parents=True, exist_ok=True)
