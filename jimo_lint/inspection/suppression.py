"""What authors of pages and Markdown say in comments is not to be reported, each time with a reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from jimo_lint.model import Finding, Problem, ProblemCode, Severity

_COMMENT = re.compile(r"<!--\s*+jimo-lint-(disable-next-line|disable-line|disable|enable)\b([^<>]*?)-->")
# The rules, and behind a colon of either width why they do not hold here.
_SAID = re.compile(r"([A-Za-z0-9,，、\s-]*+)(?:[:：](.*))?", re.S)
_BETWEEN = re.compile(r"[,，、\s]+")


@dataclass(slots=True)
class _Directive:
    """place: file and line. rules: as written, none for all. first, last: the lines for which it holds."""

    place: str
    rules: tuple[str, ...]
    reason: str
    first: int
    last: float
    used: int = 0

    def covers(self, finding: Finding) -> bool:
        position = finding.position
        return (
            position is not None
            and self.first <= position.line <= self.last
            and any(_named(finding, rule) for rule in self.rules)
        )


@dataclass(slots=True)
class _Tally:
    hidden: int = 0
    grave: int = 0
    problems: list[Problem] = field(default_factory=list)


def applied(
    findings: Iterable[Finding], files: Iterable[str], lines: Callable[[str], Sequence[str]]
) -> tuple[tuple[Finding, ...], tuple[Problem, ...]]:
    """The findings that no comment in their file speaks against, and what is to be said of those comments.

    files: those that were read; lines: of a file, empty where it has none. A comment without rules or reason holds
    nothing back and is told, and so is one that found nothing to hold back.
    """
    directives = {file: found for file in files if (found := list(_directives(file, lines(file))))}
    tally = _Tally()
    kept = []
    for finding in findings:
        directive = next((one for one in directives.get(finding.url, ()) if one.reason and one.covers(finding)), None)
        if directive is None:
            kept.append(finding)
            continue
        directive.used += 1
        tally.hidden += 1
        tally.grave += finding.severity is Severity.VETO
    for one in (one for found in directives.values() for one in found):
        if not one.reason or not one.rules:
            tally.problems.append(Problem(ProblemCode.SUPPRESSION_UNREASONED, one.place))
        elif not one.used:
            tally.problems.append(Problem(ProblemCode.SUPPRESSION_UNUSED, one.place, {"rules": "、".join(one.rules)}))
    if tally.hidden:
        args = {"count": tally.hidden, "grave": tally.grave}
        tally.problems.insert(0, Problem(ProblemCode.SUPPRESSED, "文中的说明", args))
    return tuple(kept), tuple(tally.problems)


def _directives(file: str, lines: Sequence[str]) -> Iterator[_Directive]:
    """Those of a file; a `disable` holds until the `enable` of the same rules, or of all, or to the end."""
    opened: list[_Directive] = []
    for number, line in enumerate(lines, 1):
        if "jimo-lint-" not in line:
            continue
        for found in _COMMENT.finditer(line):
            kind = found[1]
            said = _SAID.fullmatch(found[2])
            rules = tuple(filter(None, _BETWEEN.split(said[1]))) if said else ()
            if kind == "enable":
                for one in opened:
                    if one.last == float("inf") and (not rules or set(one.rules) <= set(rules)):
                        one.last = number
                continue
            first = number + (kind == "disable-next-line")
            last = float("inf") if kind == "disable" else first
            one = _Directive(f"{file}:{number}", rules, (said[2] or "").strip() if said else "", first, last)
            opened.append(one)
    yield from opened


def _named(finding: Finding, rule: str) -> bool:
    return rule.upper() == "ALL" or finding.code.startswith(rule.upper()) or finding.name == rule
