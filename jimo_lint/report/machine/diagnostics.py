"""Findings and what was not read as the diagnostics that other programs take in: file, place, code, level, identity."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import quote

from jimo_lint.language.printing import encodable, printable
from jimo_lint.model import Edit, Position, Problem, Report, Severity
from jimo_lint.report.phrases import beside, place

# A line of a file, as places name it; an address with a port is none.
_LINE = re.compile(r"((?!.*://).+):(\d+)")
# Of what may stand in an address these stay as they are.
_SAFE = "/:?#[]@!$&'()*+,;=~%-._"
NOT_READ = "unread"


class Diagnostic(NamedTuple):
    """A finding, or a file that was not read.

    path: as the report names the file or page. line, column, end_line, end_column: from 1, in code points, the end
    exclusive; 0 where that is not known, as in what has no lines that a person could count: there the message begins
    with the place. code: of the rule, `NOT_READ` for what was not read. excused: that which was
    left out by rule. identity: the same in every run, and of no other diagnostic of this report.
    """

    path: str
    code: str
    title: str
    severity: Severity
    message: str
    identity: str
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0
    excused: bool = False
    edits: tuple[Edit, ...] = ()


def diagnostics(report: Report) -> Iterator[Diagnostic]:
    """One for each finding, then one for each problem."""
    seen = Counter[str]()
    for finding in report.findings:
        held = place(finding)
        position = (None if held else finding.position) or Position(0, 0, 0, 0)
        yield Diagnostic(
            path=file(finding.url or finding.subject),
            code=finding.code,
            title=_text(finding.title),
            severity=finding.severity,
            message=_text((f"{held}：" if held else beside(finding)) + finding.message),
            identity=_identity(seen, finding.fingerprint, finding.url or finding.subject),
            line=position.line,
            column=position.column,
            end_line=position.end_line,
            end_column=position.end_column,
            edits=() if held else finding.edits,
        )
    for problem in report.problems:
        yield _unread(problem, seen)


def uri(path: str) -> str:
    """The path or address as a URI reference; that of a path is relative where the path is."""
    if "://" in path:
        return quote(path, safe=_SAFE)
    return ("file://" if path.startswith("/") else "") + quote(path)


def _unread(problem: Problem, seen: Counter[str]) -> Diagnostic:
    found = _LINE.fullmatch(problem.place)
    path, line = (found[1], int(found[2])) if found else (problem.place, 0)
    return Diagnostic(
        path=file(path),
        code=NOT_READ,
        title="未能检查" if problem.unread else "提示",
        severity=Severity.NOTICE if problem.excused else Severity.ERROR,
        message=_text(problem.message),
        identity=_identity(seen, problem.code.value, problem.place, problem.message),
        line=line,
        end_line=line,
        excused=problem.excused,
    )


def _identity(seen: Counter[str], *parts: str) -> str:
    """Of equal ones the second, third … have their number: consumers take two of one identity for one."""
    plain = sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()
    seen[plain] += 1
    if seen[plain] == 1:
        return plain
    return sha256(f"{plain}\0{seen[plain]}".encode()).hexdigest()


def file(path: str) -> str:
    """The path as consumers compare it with those of a repository: `/` between folders on Windows as well, no `./`."""
    return _text(path.replace(os.sep, "/").removeprefix("./")) or "."


def _text(text: str) -> str:
    """Without what acts on a terminal, or cannot stand in XML or UTF-8."""
    return encodable(printable(text)).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
