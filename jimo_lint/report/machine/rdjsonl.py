"""Writes Reviewdog's Diagnostic Format with one diagnostic a line (rdjsonl)."""

from __future__ import annotations

import json

from jimo_lint.model import Report
from jimo_lint.report import Showing
from jimo_lint.report.machine.rdjson import rows


def render(report: Report, showing: Showing) -> str:
    """One object a line, nothing where there is none."""
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows(report, showing))
