"""Rules that are regular expressions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from jimo_lint.checks.base import params
from jimo_lint.checks.drafts import draft
from jimo_lint.checks.guards import Guards, any_of, expression
from jimo_lint.model import Context, Document, Hit, Rule, Span
from jimo_lint.toml import Table


@dataclass(frozen=True, slots=True)
class _Pattern:
    """One `[[params.patterns]]`. needs: strings of which the text must hold one, or the regex is not tried."""

    code: str
    regex: re.Pattern[str]
    group: int
    suggestion: str
    needs: tuple[str, ...]
    note: str
    guards: tuple[Guards, ...]


class PatternCheck:
    r"""Reports the matches of the rules' patterns.

    Params of a rule: `[[params.patterns]]` with `regex`, `group` (what is reported; 0, the whole match, unless
    given), `suggestion` (a template: `\1`, `\g<name>`), `needs`, `note` and the guards of `Guards.read`; guards
    beside `patterns` hold for all of them. Earlier patterns of a rule take precedence where matches overlap.
    """

    subject: ClassVar[type] = Document

    def __init__(self, rules: Sequence[Rule], context: Context) -> None:
        self._rules = [_read(rule) for rule in rules]

    def hits(self, subject: Document) -> Iterator[Hit]:
        """Hits by start; those of one rule do not overlap."""
        text = subject.text
        found = [hit for patterns in self._rules for hit in _apply(patterns, text)]
        yield from sorted(found, key=_start)

    @staticmethod
    def example(given: Mapping[str, Any], as_of: date) -> Document:
        """A draft; see `checks.drafts`."""
        return draft(given, as_of)


def _start(hit: Hit) -> int:
    return hit.span.start if hit.span else 0


def _apply(patterns: Sequence[_Pattern], text: str) -> list[Hit]:
    hits: list[Hit] = []
    taken: list[tuple[int, int]] = []
    for pattern in patterns:
        if not any_of(pattern.needs, text):
            continue
        for match in pattern.regex.finditer(text):
            start, end = match.span(pattern.group)
            if start == end or any(start < b and a < end for a, b in taken):
                continue
            if any(guards.silence(text, start, end) for guards in pattern.guards):
                continue
            taken.append((start, end))
            suggestions = (match.expand(pattern.suggestion),) if pattern.suggestion else ()
            hits.append(Hit(pattern.code, Span(start, end), {"note": pattern.note}, suggestions))
    return hits


def _read(rule: Rule) -> list[_Pattern]:
    table = params(rule)
    common = Guards.read(table)
    patterns = [_read_pattern(rule.code, one, common) for one in table.tables("patterns")]
    table.finish()
    if not patterns:
        raise table.fail("patterns", "为空", "请写出至少一个 [[params.patterns]]")
    return patterns


def _read_pattern(code: str, table: Table, common: Guards) -> _Pattern:
    regex = expression(table, "regex", table.text("regex"))
    pattern = _Pattern(
        code=code,
        regex=regex,
        group=table.integer("group", 0, low=0, high=regex.groups),
        suggestion=table.text("suggestion", ""),
        needs=table.texts("needs", ()),
        note=table.text("note", ""),
        guards=(common, Guards.read(table)),
    )
    table.finish()
    _check_template(table, pattern)
    return pattern


def _check_template(table: Table, pattern: _Pattern) -> None:
    """Raise where the suggestion names a group that the regex does not have."""
    try:
        # `sub` compiles the template against the regex before it looks for a match.
        pattern.regex.sub(pattern.suggestion, "")
    except (re.error, IndexError) as fault:
        raise table.fail("suggestion", f"“{pattern.suggestion}” 与正则不符（{fault}）", "请检查组号") from None
