"""Rules that find near misses of fixed phrases and idioms: characters missing, doubled, swapped or wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from jimo_lint.language import wordlists
from jimo_lint.language.edits import Miss
from jimo_lint.language.idioms import near_idioms
from jimo_lint.language.set_phrases import NearMisses
from jimo_lint.lint.checks.base import params
from jimo_lint.lint.checks.example_texts import draft
from jimo_lint.lint.checks.wording.guards import Guards
from jimo_lint.model import Context, Document, Hit, Rule, Span, TermEntry
from jimo_lint.values import dataclass


@dataclass(frozen=True)
class _Rule:
    """A rule with what finds its misses. listed: names of the lists whose terms other rules report."""

    code: str
    guards: Guards
    find: Callable[[str], Iterator[Miss]]
    listed: tuple[str, ...]

    @cached_property
    def known(self) -> tuple[TermEntry, ...]:
        """The wrong forms that word rules report, read when the first near miss turns up."""
        return tuple(word for name in self.listed for word in wordlists.load(name).words)


class NearMissCheck:
    """Reports near misses of the rules' phrases.

    Params of a rule: `phrases` (word lists whose terms are right, with the column `allow`) or `idioms` (true: the
    phrases of four characters, see `jimo_lint.language.idioms`), `listed` (word lists of
    wrong forms: where one of their terms overlaps a near miss, the word rule that reads the list reports the place
    and this one is silent, whether that rule is selected or not) and the guards of `Guards.read`.
    """

    def __init__(self, rules: Sequence[Rule], _context: Context) -> None:
        self._rules = [_read(rule) for rule in rules]

    def hits(self, subject: Document) -> Iterator[Hit]:
        """Hits by start; those of one rule do not overlap."""
        text = subject.text
        for rule in self._rules:
            for miss in rule.find(text):
                if rule.guards.silence(text, miss.start, miss.end) or _listed(text, miss, rule.known):
                    continue
                slips = "、".join(dict.fromkeys(edit.kind.value for edit in miss.edits))
                yield Hit(rule.code, Span(miss.start, miss.end), {"slips": slips}, (miss.phrase,))

    @staticmethod
    def example(given: Mapping[str, Any]) -> Document:
        """A draft; see `checks.drafts`."""
        return draft(given)


def _listed(text: str, miss: Miss, words: Sequence[TermEntry]) -> bool:
    """True where a listed wrong form overlaps the miss."""
    low = max(miss.start - 8, 0)
    around = text[low : miss.end + 8]
    for word in words:
        at = around.find(word.term)
        if at >= 0 and low + at < miss.end and low + at + len(word.term) > miss.start:
            return True
    return False


def _read(rule: Rule) -> _Rule:
    table = params(rule)
    idioms = table.flag("idioms", False)
    names, listed = table.texts("phrases", () if idioms else None), table.texts("listed", ())
    guards = Guards.read(table)
    table.finish()
    if idioms:
        return _Rule(rule.code, guards, near_idioms, tuple(listed))
    if not names:
        raise table.fail("phrases", "为空", "请写出至少一个词表的名称")
    phrases = {word.term: word.allow for name in names for word in wordlists.load(name).words}
    try:
        misses = NearMisses(phrases)
    except ValueError as fault:
        raise table.fail("phrases", f"中的词表有误：{fault}", "请删去过短的词语") from None
    return _Rule(rule.code, guards, misses.find, tuple(listed))
