"""Rules that are regular expressions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from typing import Any

from jimo_lint.language.matcher import Matcher
from jimo_lint.lint.checks.base import params
from jimo_lint.lint.checks.example_texts import draft
from jimo_lint.lint.checks.wording.guards import Expression, Guards
from jimo_lint.model import Context, Document, Hit, Rule, Span
from jimo_lint.settings.toml import Table
from jimo_lint.values import replace


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
    `join` (code points, 0 unless given): matches of a rule no further apart on one line become one hit, with the
    suggestions put in, so that a sentence full of the same fault is one finding.
    """

    def __init__(self, rules: Sequence[Rule], _context: Context) -> None:
        read = [_read(rule) for rule in rules]
        self._joins = [join for join, _ in read]
        patterns = [pattern for _, patterns in read for pattern in patterns]
        # By rule, and there in their order.
        self._places = {
            pattern: (number, at) for number, (_, each) in enumerate(read) for at, pattern in enumerate(each)
        }
        needs = [(need, pattern) for pattern in patterns for need in pattern.needs]
        self._always = frozenset(pattern for pattern in patterns if not pattern.needs)
        # Of a single character the text is full, and it is found at once.
        self._single: defaultdict[str, list[_Pattern]] = defaultdict(list)
        for need, pattern in needs:
            if len(need) == 1:
                self._single[need].append(pattern)
        self._longer = Matcher((need, pattern) for need, pattern in needs if len(need) > 1)

    def hits(self, subject: Document) -> Iterator[Hit]:
        """Hits by start; those of one rule do not overlap."""
        text = subject.text
        found: list[Hit] = []
        for number, patterns in groupby(sorted(self._likely(text), key=self._places.__getitem__), key=self._rule):
            found += _joined(_apply(patterns, text), text, self._joins[number])
        yield from sorted(found, key=_start)

    def _rule(self, pattern: _Pattern) -> int:
        return self._places[pattern][0]

    def _likely(self, text: str) -> set[_Pattern]:
        """The patterns that may match: the text holds one of their `needs`, or they have none.

        There are hundreds of patterns: one look for all that they need spares most of them the search.
        """
        likely = set(self._always)
        likely.update(self._longer.held(text))
        for need, patterns in self._single.items():
            if need in text:
                likely.update(patterns)
        return likely

    @staticmethod
    def example(given: Mapping[str, Any]) -> Document:
        """A draft; see `checks.drafts`."""
        return draft(given)


def _start(hit: Hit) -> int:
    return hit.span.start if hit.span else 0


def _apply(patterns: Iterable[_Pattern], text: str) -> list[Hit]:
    hits: list[Hit] = []
    taken: set[int] = set()  # code points inside earlier matches
    for pattern in patterns:
        for match in pattern.regex.finditer(text):
            start, end = match.span(pattern.group)
            if start == end or not taken.isdisjoint(range(start, end)):
                continue
            if any(guards.silence(text, start, end) for guards in pattern.guards):
                continue
            taken.update(range(start, end))
            suggestions = (match.expand(pattern.suggestion),) if pattern.suggestion else ()
            hits.append(Hit(pattern.code, Span(start, end), {"note": pattern.note}, suggestions))
    return hits


def _joined(hits: list[Hit], text: str, join: int) -> Iterator[Hit]:
    """Neighbouring hits as one. Those without a suggestion stay alone: what to write there, nobody can say."""
    if not join:
        yield from hits
        return
    cluster: list[Hit] = []
    for hit in sorted(hits, key=_start):
        if cluster and not _neighbours(cluster[-1], hit, text, join):
            yield _merged(cluster, text)
            cluster = []
        cluster.append(hit)
    if cluster:
        yield _merged(cluster, text)


def _neighbours(one: Hit, other: Hit, text: str, join: int) -> bool:
    if not (one.span and other.span and one.suggestions and other.suggestions):
        return False
    return other.span.start - one.span.end <= join and "\n" not in text[one.span.end : other.span.start]


def _merged(cluster: Sequence[Hit], text: str) -> Hit:
    first, last = cluster[0].span, cluster[-1].span
    if len(cluster) == 1 or first is None or last is None:
        return cluster[0]
    parts: list[str] = []
    done = first.start
    for hit in cluster:
        if hit.span:
            parts += [text[done : hit.span.start], hit.suggestions[0]]
            done = hit.span.end
    return replace(cluster[0], span=Span(first.start, last.end), suggestions=("".join(parts),))


def _read(rule: Rule) -> tuple[int, list[_Pattern]]:
    table = params(rule)
    common = Guards.read(table)
    join = table.integer("join", 0, low=0, high=99)
    patterns = [_Pattern(rule.code, one, common) for one in table.tables("patterns")]
    table.finish()
    if not patterns:
        raise table.fail("patterns", "为空", "请写出至少一个 [[params.patterns]]")
    return join, patterns
