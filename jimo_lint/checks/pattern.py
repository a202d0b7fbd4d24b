"""Rules that are regular expressions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from jimo_lint.checks.base import params
from jimo_lint.checks.drafts import draft
from jimo_lint.checks.guards import Expression, Guards, any_of
from jimo_lint.model import Context, Document, Hit, Rule, Span
from jimo_lint.toml import Table


class _Pattern:
    """One `[[params.patterns]]`. needs: strings of which the text must hold one, or the regex is not tried."""

    def __init__(self, code: str, table: Table, common: Guards) -> None:
        self.code = code
        self.expression = Expression(table, "regex", table.text("regex"))
        self.group = table.integer("group", 0, low=0, high=99)
        self.suggestion = table.text("suggestion", "")
        self.needs = table.texts("needs", ())
        self.note = table.text("note", "")
        self.guards = (common, Guards.read(table))
        self._table = table
        table.finish()

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The regex, checked against `group` and `suggestion`; RuleError where they do not fit."""
        regex = self.expression.compiled
        if self.group > regex.groups:
            raise self._table.fail("group", f"= {self.group}，而正则只有 {regex.groups} 个组", "请改正组号")
        try:
            regex.sub(self.suggestion, "")  # compiles the template even where nothing matches
        except (re.error, IndexError) as fault:
            raise self._table.fail("suggestion", f"“{self.suggestion}” 与正则不符（{fault}）", "请检查组号") from None
        return regex


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
    patterns = [_Pattern(rule.code, one, common) for one in table.tables("patterns")]
    table.finish()
    if not patterns:
        raise table.fail("patterns", "为空", "请写出至少一个 [[params.patterns]]")
    return patterns
