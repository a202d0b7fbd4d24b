"""Writes SARIF 2.1.0 (OASIS), which GitHub, Azure DevOps and editors show beside the lines."""

from __future__ import annotations

import json
from typing import Any

from jimo_lint.model import Edit, Report, Rule, Severity
from jimo_lint.report import Showing
from jimo_lint.report.machine.diagnostics import NOT_READ, Diagnostic, diagnostics, uri

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.VETO: "error", Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note"}
# The second is the only one by which GitHub knows an alert again. Where it is missing, its action makes one of the line
# in the file, which it cannot of a document of Word.
_PRINTS = ("jimoLint/v1", "primaryLocationLineHash")


def render(report: Report, showing: Showing) -> str:
    """One log with one run. Columns count code points; what was not read are notifications of the invocation."""
    found = list(diagnostics(report))
    results = [one for one in found if one.code != NOT_READ]
    numbers = {rule.code: number for number, rule in enumerate(report.rules)}
    run = {
        "tool": {
            "driver": {
                "name": "jimo-lint",
                "version": report.run.version,
                "rules": [_rule(rule) for rule in report.rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "language": "zh-CN",
        "invocations": [_invocation(report, [one for one in found if one.code == NOT_READ])],
        "results": [_result(one, numbers, showing) for one in results],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    said = [rule.why, f"改法：{rule.fix}" if rule.fix else "", *(f"依据：{basis}" for basis in rule.basis)]
    if rule.false_alarms:
        said.append(f"已知误报：{rule.false_alarms}")
    return {
        "id": rule.code,
        "name": "".join(part.capitalize() for part in rule.name.split("-")),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why or rule.title},
        "help": {"text": "\n".join(filter(None, said))},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.family], "severity": rule.severity.label},
    }


def _result(one: Diagnostic, numbers: dict[str, int], showing: Showing) -> dict[str, Any]:
    location = _location(one)
    # GitHub shows no result without a line: the first stands for the file.
    location["physicalLocation"].setdefault("region", {"startLine": 1})
    result: dict[str, Any] = {
        "ruleId": one.code,
        "level": _LEVELS[one.severity],
        "message": {"text": one.message},
        "locations": [location],
        "partialFingerprints": dict.fromkeys(_PRINTS, one.identity),
    }
    if one.code in numbers:
        result["ruleIndex"] = numbers[one.code]
    # A file without lines is no text: what is replaced in it by place would no longer be a document.
    if one.edits and showing.lines(one.path):
        change = {
            "artifactLocation": {"uri": uri(one.path)},
            "replacements": [_replacement(edit) for edit in one.edits],
        }
        result["fixes"] = [{"description": {"text": one.message}, "artifactChanges": [change]}]
    return result


def _location(one: Diagnostic) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri(one.path)}}
    if one.line:
        physical["region"] = _region(one.line, one.column, one.end_line, one.end_column)
    return {"physicalLocation": physical}


def _region(line: int, column: int, end_line: int, end_column: int) -> dict[str, int]:
    region = {"startLine": line, "endLine": end_line}
    return {**region, "startColumn": column, "endColumn": end_column} if column else region


def _replacement(edit: Edit) -> dict[str, Any]:
    place = edit.position
    return {
        "deletedRegion": _region(place.line, place.column, place.end_line, place.end_column),
        "insertedContent": {"text": edit.text},
    }


def _invocation(report: Report, unread: list[Diagnostic]) -> dict[str, Any]:
    invocation: dict[str, Any] = {
        "executionSuccessful": report.run.complete and all(one.excused for one in unread),
        "startTimeUtc": _utc(report.run.started.isoformat()),
        "endTimeUtc": _utc(report.run.finished.isoformat()),
    }
    if unread:
        invocation["toolExecutionNotifications"] = [
            {
                "level": "note" if one.excused else "error",
                "message": {"text": f"{one.title}：{one.message}"},
                "locations": [_location(one)],
            }
            for one in unread
        ]
    return invocation


def _utc(written: str) -> str:
    return written.replace("+00:00", "Z")
