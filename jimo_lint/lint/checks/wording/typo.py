"""Rules that report likely typos, found by statistics: one tier of the model's scores a rule."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from jimo_lint.language import wordlists
from jimo_lint.language.matcher import Matcher
from jimo_lint.lint.checks.base import params
from jimo_lint.lint.checks.example_texts import draft
from jimo_lint.lint.checks.wording.guards import Guards
from jimo_lint.model import Context, Document, Hit, Rule, Span
from jimo_lint.values import dataclass

if TYPE_CHECKING:
    from jimo_lint.language.typo.speller import Speller


class Tier(StrEnum):
    """How sure the model is, surest first."""

    LIKELY = "likely"
    POSSIBLE = "possible"
    # Not a matter of the score: see `language.typo.slips`.
    SLIP = "slip"


@dataclass(frozen=True)
class _Rule:
    """A rule of the kind. lists: the word lists whose terms are left to other rules. shortest: in characters."""

    code: str
    guards: Guards
    lists: tuple[str, ...]
    shortest: int

    @cached_property
    def known(self) -> Matcher[None]:
        """The terms of `lists`: read when something is found, since most drafts have no typo."""
        return Matcher((word.term, None) for name in self.lists for word in wordlists.load(name).words)

    def silent(self, text: str, start: int, end: int, taken: dict[str, list[tuple[int, int]]]) -> bool:
        """True where a guard or another rule speaks for the place. taken: what other rules report, by code."""
        if self.guards.silence(text, start, end):
            return True
        if self.code not in taken:
            taken[self.code] = [(first, last) for first, last, _ in self.known.iter(text)]
        return any(first < end and start < last for first, last in taken[self.code])


class TypoCheck:
    """Reports what the model takes for typos, and slips in wordings that are always the same.

    Params of a rule: `tier`, `known` (word lists whose terms other rules report already), `shortest` (length of what
    may be reported, default 1), and the guards of `Guards.read`.
    """

    def __init__(self, rules: Sequence[Rule], _context: Context) -> None:
        self._rules: dict[str, _Rule] = {}
        for rule in rules:
            table = params(rule)
            tier = table.choice("tier", Tier)
            lists = table.texts("known", ())
            shortest = table.integer("shortest", 1, low=1, high=10)
            for name in lists:
                if name not in wordlists.names():
                    raise table.fail("known", f"中没有词表 {name}", f"可用：{'、'.join(wordlists.names())}")
            guards = Guards.read(table)
            table.finish()
            if tier in self._rules:
                raise table.fail("tier", f"“{tier}” 已由 {self._rules[tier].code} 使用", "请每级只用于一条规则")
            self._rules[tier] = _Rule(rule.code, guards, lists, shortest)

    def expect(self, subjects: Sequence[Document]) -> None:
        """As in `Anticipating`."""
        _speller().expect(subject.text for subject in subjects)

    def hits(self, subject: Document) -> Iterator[Hit]:
        """Hits by start; they do not overlap."""
        text = subject.text
        if text.isascii():  # nothing that the model knows: not even loaded
            return
        taken: dict[str, list[tuple[int, int]]] = {}
        surer = list(self._slips(text, taken))
        scored = self._scored(text, taken) if self._rules.keys() - {Tier.SLIP} else ()
        free = [one for one in scored if not any(_meet(one.span, slip.span) for slip in surer)]
        yield from sorted((*surer, *free), key=lambda hit: hit.span.start if hit.span else 0)

    def _slips(self, text: str, taken: dict[str, list[tuple[int, int]]]) -> Iterator[Hit]:
        rule = self._rules.get(Tier.SLIP)
        for found in _speller().slips(text) if rule else ():
            if rule and not rule.silent(text, found.start, found.end, taken):
                yield Hit(rule.code, Span(found.start, found.end), {"slip": found.slip}, (found.meant,))

    def _scored(self, text: str, taken: dict[str, list[tuple[int, int]]]) -> Iterator[Hit]:
        for found in _speller().read(text):
            # A rule also reports what is surer than its tier where no other rule does.
            rules = (self._rules[tier] for tier in (Tier.LIKELY, Tier.POSSIBLE)[found.tier :] if tier in self._rules)
            rule = next((one for one in rules if found.end - found.start >= one.shortest), None)
            if rule is not None and not rule.silent(text, found.start, found.end, taken):
                yield Hit(rule.code, Span(found.start, found.end), {}, (found.meant,))

    @staticmethod
    def example(given: Mapping[str, Any]) -> Document:
        """A draft; see `checks.drafts`."""
        return draft(given)


def _meet(one: Span | None, other: Span | None) -> bool:
    return bool(one and other and one.start < other.end and other.start < one.end)


@lru_cache(maxsize=1)
def _speller() -> Speller:
    """The model, loaded when a document is first read: it needs numpy and a file of 130 MB."""
    # The model looks up and adds; numpy's linear algebra would start threads for nothing, at 20 ms a start.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from jimo_lint.language.typo.speller import Speller
    from jimo_lint.language.typo.storage import load

    return Speller(load())
