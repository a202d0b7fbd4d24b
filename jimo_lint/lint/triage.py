"""Turns findings into rows: one for each distinct problem, gravest first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any

from jimo_lint.model import Finding, Severity

_SAMPLES = 5
_NAMES = Finding.__match_args__
_PARTS = attrgetter(*_NAMES)
# What many findings say alike.
_ALIKE = frozenset(
    {
        "code", "name", "title", "subject", "url", "kind", "matched", "suggestions", "locator", "basis", "column_name",
        "account_name", "owner", "account", "offered_by",
    }
)  # fmt: skip
# What an answer to a link tells of a file, the file itself tells better where it was read.
_OF_LINK = "L107"
_OF_FILE = "W"


@dataclass(slots=True)
class _Row:
    """The first finding of a problem and where else it stands. last: address of the latest document counted."""

    finding: Finding
    pages: int
    samples: tuple[str, ...]
    last: str

    def add(self, finding: Finding) -> None:
        # Documents arrive one after another, so a repetition within one is next to its first occurrence.
        if finding.url == self.last or finding.url in self.samples:
            return
        self.pages += finding.pages
        self.last = finding.url
        if len(self.samples) < _SAMPLES:
            self.samples += (finding.url,)


def triage(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """One row a problem (equal fingerprints), with the number of pages and at most five samples.

    A file whose content was judged is not told of again by what the link to it gave. Sorted gravest first, then by
    code, subject and place. Memory grows with the distinct problems only.
    """
    rows: dict[str, _Row] = {}
    shared: dict[Any, Any] = {}
    for finding in findings:
        row = rows.get(finding.fingerprint)
        if row is None:
            finding = _sharing(finding, shared)
            samples = finding.samples[:_SAMPLES] or (finding.url,) * bool(finding.url)
            rows[finding.fingerprint] = _Row(finding, finding.pages, samples, finding.url)
        else:
            row.add(finding)
    read = {row.finding.url for row in rows.values() if row.finding.code.startswith(_OF_FILE)}
    return tuple(sorted(_merged(rows, read), key=_order))


def _sharing(finding: Finding, shared: dict[Any, Any]) -> Finding:
    """The finding itself, with what others say as well held once: what another process found shares nothing."""
    parts = zip(_NAMES, _PARTS(finding), strict=True)
    return Finding(*(shared.setdefault(part, part) if name in _ALIKE else part for name, part in parts))


def _merged(rows: dict[str, _Row], read: Collection[str]) -> Iterator[Finding]:
    """What is to be told, in no order. The rows are emptied on the way: tens of thousands are not there twice."""
    while rows:
        _, row = rows.popitem()
        if row.finding.code != _OF_LINK or row.finding.subject not in read:
            yield replace(row.finding, pages=row.pages, samples=row.samples)


def _order(finding: Finding) -> tuple[int, str, str, str, int, str]:
    start = finding.span.start if finding.span else -1
    return -finding.severity, finding.code, finding.subject, finding.url, start, finding.fingerprint


def count(findings: Iterable[Finding]) -> dict[str, int]:
    """Findings by the name of their severity, gravest first; every severity is there, 0 included."""
    counts = {severity.name.lower(): 0 for severity in sorted(Severity, reverse=True)}
    for finding in findings:
        counts[finding.severity.name.lower()] += 1
    return counts
