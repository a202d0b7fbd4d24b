"""Writes Reviewdog's Diagnostic Format (rdjson), whose columns count bytes of UTF-8."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from jimo_lint.model import Report, Severity
from jimo_lint.report import Showing
from jimo_lint.report.machine.diagnostics import Diagnostic, diagnostics

_LEVELS = {Severity.VETO: "ERROR", Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.NOTICE: "INFO"}


def render(report: Report, showing: Showing) -> str:
    """All diagnostics in one object."""
    written = {"source": {"name": "jimo-lint"}, "diagnostics": list(rows(report, showing))}
    return json.dumps(written, ensure_ascii=False, indent=2) + "\n"


def rows(report: Report, showing: Showing) -> Iterator[dict[str, Any]]:
    """Each diagnostic as an object."""
    for one in diagnostics(report):
        lines = showing.lines(one.path)
        row: dict[str, Any] = {
            "message": one.message,
            "location": {"path": one.path, **_range(lines, one.line, one.column, one.end_line, one.end_column)},
            "severity": _LEVELS[one.severity],
            "code": {"value": one.code},
        }
        if suggestions := list(_suggestions(one, lines)):
            row["suggestions"] = suggestions
        yield row


def _suggestions(one: Diagnostic, lines: list[str]) -> Iterator[dict[str, Any]]:
    for edit in one.edits:
        place = edit.position
        found = _range(lines, place.line, place.column, place.end_line, place.end_column)
        if found and "column" in found["range"]["start"]:
            yield {**found, "text": edit.text}


def _range(lines: list[str], line: int, column: int, end_line: int, end_column: int) -> dict[str, Any]:
    """Where it stands; without columns where the lines of the file are not known, as in a document of Word."""
    if not line:
        return {}
    if not column or max(line, end_line) > len(lines):
        return {"range": {"start": {"line": line}, "end": {"line": end_line}}}
    start = {"line": line, "column": _byte(lines[line - 1], column)}
    return {"range": {"start": start, "end": {"line": end_line, "column": _byte(lines[end_line - 1], end_column)}}}


def _byte(line: str, column: int) -> int:
    return len(line[: column - 1].encode("utf-8", "replace")) + 1
