"""Writes the XML of JUnit, which every CI shows: a finding is a failed test, a file that was not read an error."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from jimo_lint.model import Report, Severity
from jimo_lint.report import Showing
from jimo_lint.report.machine.diagnostics import NOT_READ, Diagnostic, diagnostics


def render(report: Report, _: Showing) -> str:
    """One suite. A notice passes, with its words as output; where there is nothing at all, one case says so."""
    run = report.run
    found = list(diagnostics(report))
    cases = [_case(one) for one in found] or [Element("testcase", classname=run.title, name="没有发现问题")]
    counts = {
        "tests": str(len(cases)),
        "failures": str(sum(case.find("failure") is not None for case in cases)),
        "errors": str(sum(case.find("error") is not None for case in cases)),
    }
    seconds = f"{(run.finished - run.started).total_seconds():.3f}"
    root = Element("testsuites", counts, name="jimo-lint", time=seconds)
    skipped = str(sum(case.find("skipped") is not None for case in cases))
    suite = SubElement(root, "testsuite", counts, name=run.title or run.inspection, skipped=skipped, time=seconds)
    suite.extend(cases)
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _case(one: Diagnostic) -> Element:
    where = f"（第 {one.line} 行{f'第 {one.column} 列' if one.column else ''}）" if one.line else ""
    case = Element("testcase", classname=one.path, name=f"{one.code} {one.title}{where}", file=one.path)
    if one.line:
        case.set("line", str(one.line))
    if one.code == NOT_READ:
        said = SubElement(case, "skipped" if one.excused else "error", message=one.message)
        if not one.excused:
            said.set("type", NOT_READ)
    elif one.severity > Severity.NOTICE:
        SubElement(case, "failure", message=one.message, type=one.code).text = f"{one.path}{where}：{one.message}"
    else:
        SubElement(case, "system-out").text = one.message
    return case
