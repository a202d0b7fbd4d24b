"""Writes findings as GitHub workflow commands, which a pull request shows beside the line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from jimo_lint.language.printing import printable
from jimo_lint.model import Finding, Problem, Report, Severity
from jimo_lint.report import Showing
from jimo_lint.report.machine.diagnostics import file
from jimo_lint.report.phrases import beside, place

# A line of a file, as places name it; an address with a port is none.
_LINE = re.compile(r"((?!.*://).+):(\d+)")
_LEVELS = {Severity.VETO: "error", Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "notice"}


def render(report: Report, _: Showing) -> str:
    """All commands of a report, one a line."""
    return "".join(f"{line}\n" for line in lines(report))


def lines(report: Report) -> Iterator[str]:
    """One `::error file=…,line=…,col=…,endColumn=…,title=…::message` a finding, then one a problem."""
    for finding in report.findings:
        yield _finding(finding)
    for problem in report.problems:
        yield _problem(problem)


def _finding(finding: Finding) -> str:
    where = {
        "file": file(finding.url or finding.subject),
        **_position(finding),
        "title": f"{finding.code} {finding.title}",
    }
    held = place(finding)
    return _command(_LEVELS[finding.severity], where, (f"{held}：" if held else beside(finding)) + finding.message)


def _position(finding: Finding) -> dict[str, str]:
    """Where it stands in the file, nothing where that is not known."""
    position = finding.position
    if position is None or place(finding):
        return {}
    start = {"line": str(position.line), "col": str(position.column)}
    # Columns are shown within one line only.
    return {**start, "endColumn": str(position.end_column)} if position.end_line == position.line else start


def _problem(problem: Problem) -> str:
    line = _LINE.fullmatch(problem.place)
    where = {"file": file(line[1]), "line": line[2]} if line else {"file": file(problem.place)}
    where["title"] = "未能检查"
    return _command("notice" if problem.excused else "error", where, problem.message)


def _command(level: str, where: Mapping[str, str], message: str) -> str:
    properties = ",".join(f"{key}={_property(value)}" for key, value in where.items())
    return f"::{level} {properties}::{_data(message)}"


def _data(text: str) -> str:
    # A newline is part of the command syntax when escaped, so it is kept; other controls are made visible.
    parts = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "%0A".join(printable(part).replace("%", "%25") for part in parts)


def _property(text: str) -> str:
    return printable(text).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
