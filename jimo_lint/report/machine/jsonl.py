"""Writes a report as one JSON object a line, which programs read while it grows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from jimo_lint.language.printing import encodable
from jimo_lint.model import Report
from jimo_lint.report import Showing
from jimo_lint.report.machine.json import link_order, rows


def pieces(report: Report, _: Showing) -> Iterator[str]:
    """All lines of a report."""
    return (f"{line}\n" for line in lines(report))


def lines(report: Report) -> Iterator[str]:
    """One object a line, without newline: findings in order (`type` finding), then problems (`type` problem).

    A check of links has every link between the two (`type` link).
    """
    links = sorted(report.links, key=link_order) if report.run.inspection == "links" else []
    parts: list[tuple[str, Iterable[Any]]] = [
        ("finding", report.findings),
        ("link", links),
        ("problem", report.problems),
    ]
    for kind, values in parts:
        for row in rows(values, report):
            yield encodable(json.dumps({"type": kind, **row}, ensure_ascii=False, separators=(",", ":")))
