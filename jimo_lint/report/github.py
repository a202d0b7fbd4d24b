"""Writes findings as GitHub workflow commands, which a pull request shows beside the line."""

from __future__ import annotations

from collections.abc import Iterator

from jimo_lint.model import Finding, Report, Severity
from jimo_lint.report.phrases import printable

_LEVELS = {Severity.VETO: "error", Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "notice"}


def lines(report: Report) -> Iterator[str]:
    """One `::error file=…,line=…,col=…,endColumn=…,title=…::message` a finding, then one a problem."""
    for finding in report.findings:
        yield _finding(finding)
    for problem in report.problems:
        yield f"::error file={_property(problem.place)},title={_property('未能检查')}::{_data(problem.message)}"


def _finding(finding: Finding) -> str:
    where = {"file": finding.url or finding.subject}
    if finding.line is not None:
        where["line"] = str(finding.line)
        if finding.column is not None:
            where["col"] = str(finding.column)
            if finding.matched and "\n" not in finding.matched:
                where["endColumn"] = str(finding.column + len(finding.matched))
    where["title"] = f"{finding.code} {finding.title}"
    properties = ",".join(f"{key}={_property(value)}" for key, value in where.items())
    return f"::{_LEVELS[finding.severity]} {properties}::{_data(finding.message)}"


def _data(text: str) -> str:
    # A newline is part of the command syntax when escaped, so it is kept; other controls are made visible.
    parts = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "%0A".join(printable(part).replace("%", "%25") for part in parts)


def _property(text: str) -> str:
    return printable(text).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
