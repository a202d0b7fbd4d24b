"""What authors say in their files is not to be reported, each time with a reason: in comments, and in bookmarks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from jimo_lint.errors import InputError
from jimo_lint.inspection.baseline import Looked
from jimo_lint.model import Finding, Problem, ProblemCode, Severity
from jimo_lint.model.families import family
from jimo_lint.readers.drafts import markdown, markup

_COMMENT = re.compile(r"<!--\s*+jimo-lint-(disable-next-line|disable-line|disable|enable)\b(?!-)([^<>]*?)-->")
# What is meant for one and is none: a slip of the pen would have no effect without a word.
_MEANT = re.compile(r"<!--\s*+jimo[-_ ]?lint(?:\s*+[-_:：]|\s)\s*+(?:dis|en|ignor|off|no|忽略|不[报查])", re.I)
# The rules, and behind a colon of either width why they do not hold here.
_SAID = re.compile(r"([A-Za-z0-9,，、\s-]*+)(?:[:：](.*))?", re.S)
_BETWEEN = re.compile(r"[,，、\s]+")


@dataclass(slots=True)
class _Directive:
    """place: file and line. rules: as written. first, last: the lines for which it holds."""

    place: str
    rules: tuple[str, ...]
    reason: str
    first: int = 0
    last: float = 0
    enabled: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)  # from which line on, and which rules
    used: int = 0

    example: ClassVar[str] = "<!-- jimo-lint-disable-line T101: 原因 -->"

    def says(self, _finding: Finding) -> bool:
        """Whether it is about the wording of the directive itself, which nobody publishes."""
        return False

    def covers(self, finding: Finding) -> bool:
        return (
            self.reaches(finding)
            and any(_named(finding, rule) for rule in self.rules)
            and not any(
                finding.position is not None and finding.position.line > line and _named(finding, rule)
                for line, rules in self.enabled
                for rule in rules
            )
        )

    def reaches(self, finding: Finding) -> bool:
        position = finding.position
        return position is not None and self.first <= position.line <= self.last


@dataclass(slots=True)
class _OfWord(_Directive):
    """In a Word document, whose texts have no lines. ranges: of its text, for which it holds; own: its own words."""

    ranges: Sequence[tuple[int, int]] = ()
    own: Sequence[tuple[int, int]] = ()

    example: ClassVar[str] = "jimo-lint-disable T101: 原因（批注），或 jimo_lint_T101_原因（书签）"

    def reaches(self, finding: Finding) -> bool:
        return _meets(finding, self.ranges)

    def says(self, finding: Finding) -> bool:
        return family(finding.code).allowable and _meets(finding, self.own)


@dataclass(slots=True)
class _Tally:
    hidden: int = 0
    grave: int = 0
    problems: list[Problem] = field(default_factory=list)


def applied(
    findings: Iterable[Finding],
    files: Iterable[str],
    lines: Callable[[str], Sequence[str]],
    documents: Iterable[str],
    looked: Looked,
    meant: Callable[[str], frozenset[str]],
) -> tuple[tuple[Finding, ...], tuple[Problem, ...]]:
    """The findings that no comment in their file speaks against, and what is to be said of those comments.

    files: those that were read; lines: of a file, empty where it has none. documents: of Word, that have such remarks.
    meant: the codes of the rules that a comment names so. A comment without rules or reason holds nothing back and is
    told, and so is one that found nothing to hold back, where all that it means was looked for.
    """
    directives = {file: found for file in files if (found := list(_directives(file, lines(file))))}
    directives |= {file: list(_of_word(file)) for file in documents}
    tally = _Tally()
    sought: Mapping[str, frozenset[str]] | None = None
    kept = []
    for finding in findings:
        said = directives.get(finding.url, ())
        if any(one.says(finding) for one in said):
            continue
        directive = next((one for one in said if one.reason and one.covers(finding)), None)
        if directive is None:
            kept.append(finding)
            continue
        directive.used += 1
        tally.hidden += 1
        tally.grave += finding.severity is Severity.VETO
    for file, one in ((file, one) for file, found in directives.items() for one in found):
        if not one.reason or not one.rules:
            tally.problems.append(Problem(ProblemCode.SUPPRESSION_UNREASONED, one.place, {"example": one.example}))
        elif not one.used:
            sought = looked() if sought is None else sought
            if file not in sought or not all(meant(rule) <= sought[file] for rule in one.rules):
                continue
            tally.problems.append(Problem(ProblemCode.SUPPRESSION_UNUSED, one.place, {"rules": "、".join(one.rules)}))
    if tally.hidden:
        args = {"count": tally.hidden, "grave": tally.grave}
        tally.problems.insert(0, Problem(ProblemCode.SUPPRESSED, "文中的说明", args))
    return tuple(kept), tuple(tally.problems)


def _directives(file: str, lines: Sequence[str]) -> Iterator[_Directive]:
    """Those of a file; a `disable` holds until the `enable` of the same rules, or of all, or to the end.

    What cannot be understood comes as one without rules.
    """
    opened: list[_Directive] = []
    for number, comment in _comments(file, lines):
        found = _COMMENT.fullmatch(comment)
        if found is None:
            if _MEANT.match(comment):
                yield _Directive(f"{file}:{number}", (), "")
            continue
        kind = found[1]
        begun, number = number, number + comment.count("\n")
        rules, reason = _read(found[2])
        if kind == "enable":
            for one in opened:
                if one.last == float("inf"):
                    one.enabled.append((number, rules or ("ALL",)))
            continue
        first = number + (kind == "disable-next-line")
        last = float("inf") if kind == "disable" else first
        opened.append(_Directive(f"{file}:{begun}", rules, reason, first, last))
    yield from opened


def _comments(file: str, lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The line of each comment, and the comment. What shows one as an example, or works as a script, has none."""
    if not any("jimo" in line.lower() for line in lines):
        return
    text = "\n".join(lines)
    if file.lower().endswith((".md", ".markdown")):
        yield from markdown.comments(text)
        return
    at = 0
    number = 1
    for start, comment in markup.comments(text):
        number += text.count("\n", at, start)
        at = start
        yield number, comment


def _of_word(file: str) -> Iterator[_Directive]:
    from jimo_lint.inspection.word.remarks import remarks  # hardly a document has one

    try:
        for one in remarks(Path(file)):
            yield _OfWord(f"{file} {one.place}", *_read(one.said), ranges=one.ranges, own=one.own)
    except (InputError, OSError):  # it lies in an archive
        return


def _read(said: str) -> tuple[tuple[str, ...], str]:
    """Rules and reason."""
    found = _SAID.fullmatch(said)
    return (tuple(filter(None, _BETWEEN.split(found[1]))), (found[2] or "").strip()) if found else ((), "")


def _meets(finding: Finding, ranges: Iterable[tuple[int, int]]) -> bool:
    span = finding.span
    return span is not None and any(span.start < end and start < span.end for start, end in ranges)


def _named(finding: Finding, rule: str) -> bool:
    return rule.upper() == "ALL" or finding.code.startswith(rule.upper()) or finding.name == rule
