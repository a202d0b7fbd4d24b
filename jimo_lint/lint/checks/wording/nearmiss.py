"""Rules that find near misses of fixed phrases and idioms: characters missing, doubled, swapped or wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from jimo_lint.language import wordlists
from jimo_lint.language.edits import Miss
from jimo_lint.language.idioms import near_idioms
from jimo_lint.language.set_phrases import SHORTEST, NearMisses
from jimo_lint.lint.checks.base import params
from jimo_lint.lint.checks.example_texts import draft
from jimo_lint.lint.checks.wording.guards import Guards
from jimo_lint.model import Context, Document, Hit, Rule, Span
from jimo_lint.values import dataclass


@dataclass(frozen=True)
class _Rule:
    """A rule. phrases: with their allowed neighbours. listed: names of the lists whose terms other rules report."""

    code: str
    guards: Guards
    phrases: Mapping[str, Sequence[str]]
    inner: bool
    idioms: bool
    listed: tuple[str, ...]

    @cached_property
    def known(self) -> tuple[str, ...]:
        """The wrong forms that word rules report, read when the first near miss turns up."""
        return tuple(term for name in self.listed for term in wordlists.terms(name))


class NearMissCheck:
    """Reports near misses of the rules' phrases.

    Params of a rule: `phrases` (word lists whose terms are right, with the column `allow`) or `idioms` (true: the
    phrases of four characters, see `jimo_lint.language.idioms`), `inner` (true: one slip, and not at the ends, see
    `NearMisses`), `listed` (word lists of
    wrong forms: where one of their terms overlaps a near miss, the word rule that reads the list reports the place
    and this one is silent, whether that rule is selected or not) and the guards of `Guards.read`.
    """

    def __init__(self, rules: Sequence[Rule], _context: Context) -> None:
        read = [_read(rule) for rule in rules]
        self._idioms = [rule for rule in read if rule.idioms]
        # All phrases share one automaton. What two rules know is the first one's.
        self._owners = {phrase: rule for rule in reversed(read) for phrase in rule.phrases}
        phrases = {phrase: rule.phrases[phrase] for phrase, rule in self._owners.items()}
        inner = {phrase for phrase, rule in self._owners.items() if rule.inner}
        self._misses = NearMisses(phrases, inner)

    def hits(self, subject: Document) -> Iterator[Hit]:
        """Hits by start."""
        text = subject.text
        found = [(miss, self._owners[miss.phrase]) for miss in self._misses.find(text)]
        found += [(miss, rule) for rule in self._idioms for miss in near_idioms(text)]
        for miss, rule in sorted(found, key=lambda pair: pair[0].start):
            if rule.guards.silence(text, miss.start, miss.end) or _listed(text, miss, rule.known):
                continue
            slips = "、".join(dict.fromkeys(edit.kind.value for edit in miss.edits))
            yield Hit(rule.code, Span(miss.start, miss.end), {"slips": slips}, (miss.phrase,))

    @staticmethod
    def example(given: Mapping[str, Any]) -> Document:
        """A draft; see `checks.drafts`."""
        return draft(given)


def _listed(text: str, miss: Miss, terms: Sequence[str]) -> bool:
    """True where a listed wrong form overlaps the miss."""
    low = max(miss.start - 8, 0)
    around = text[low : miss.end + 8]
    for term in terms:
        at = around.find(term)
        if at >= 0 and low + at < miss.end and low + at + len(term) > miss.start:
            return True
    return False


def _read(rule: Rule) -> _Rule:
    table = params(rule)
    idioms, inner = table.flag("idioms", False), table.flag("inner", False)
    names, listed = table.texts("phrases", () if idioms else None), table.texts("listed", ())
    guards = Guards.read(table)
    table.finish()
    if not names and not idioms:
        raise table.fail("phrases", "为空", "请写出至少一个词表的名称")
    phrases = {term: allow for name in names for term, allow in wordlists.phrases(name).items()}
    for phrase in phrases:
        if len(phrase) < SHORTEST:
            raise table.fail("phrases", f"中的词表有误：“{phrase}”短于 {SHORTEST} 字", "请删去过短的词语")
    return _Rule(rule.code, guards, phrases, inner, idioms, tuple(listed))
