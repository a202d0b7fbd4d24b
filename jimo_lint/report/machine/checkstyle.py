"""Writes the XML of Checkstyle, which Jenkins and many other programs read."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from jimo_lint.model import Report, Severity
from jimo_lint.report import Showing
from jimo_lint.report.machine.diagnostics import diagnostics

_LEVELS = {Severity.VETO: "error", Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "info"}


def render(report: Report, _: Showing) -> str:
    """One `file` for each that has something."""
    root = Element("checkstyle", version="4.3")
    found = sorted(diagnostics(report), key=attrgetter("path"))
    for path, group in groupby(found, attrgetter("path")):
        file = SubElement(root, "file", name=path)
        for one in group:
            place = {"line": str(max(one.line, 1)), **({"column": str(one.column)} if one.column else {})}
            said = f"{one.title}：{one.message}"
            SubElement(
                file, "error", place, severity=_LEVELS[one.severity], message=said, source=f"jimo-lint.{one.code}"
            )
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'
