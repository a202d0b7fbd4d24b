"""Writes GitLab's Code Quality report: an array in which no two fingerprints are equal."""

from __future__ import annotations

import json

from jimo_lint.model import Report, Severity
from jimo_lint.report import Showing
from jimo_lint.report.machine.diagnostics import diagnostics

_LEVELS = {Severity.VETO: "blocker", Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTICE: "info"}


def render(report: Report, _: Showing) -> str:
    """The array, empty where nothing was found: GitLab takes a missing report for one that says nothing changed."""
    written = [
        {
            "description": f"{one.title}：{one.message}",
            "check_name": one.code,
            "fingerprint": one.identity,
            "severity": _LEVELS[one.severity],
            # A line is demanded; the first stands for the file.
            "location": {"path": one.path, "lines": {"begin": max(one.line, 1), "end": max(one.end_line, 1)}},
        }
        for one in diagnostics(report)
    ]
    return json.dumps(written, ensure_ascii=False, indent=2) + "\n"
