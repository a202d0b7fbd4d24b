"""Rules that find near misses of fixed phrases and idioms: characters missing, doubled, swapped or wrong."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Any

from jimo_lint.language import wordlists
from jimo_lint.language.edits import Miss
from jimo_lint.language.idioms import SIZE, near_idioms
from jimo_lint.language.set_phrases import SHORTEST, NearMisses
from jimo_lint.lint.checks.base import params
from jimo_lint.lint.checks.example_texts import draft
from jimo_lint.lint.checks.wording.guards import Guards
from jimo_lint.model import Context, Document, Hit, Rule, Span
from jimo_lint.values import dataclass

# Shorter lines hold no near miss: an idiom has as many characters, and the shortest phrase one more.
_SHORTEST_LINE = min(SIZE, SHORTEST - 1)
# Between lines that do not stand beside one another, more than is looked at around a place (see `edits`).
_APART = "\n" * 4
# Characters of lines that are remembered, beyond which all are forgotten.
_KEPT = 2_000_000


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
        # Whether a line may hold a near miss. The pages of a site have most of their lines in common, and the posts of
        # an account their ends: each is looked at once. None until a second document shows that there are several.
        self._lines: dict[str, bool] | None = None
        self._kept = 0

    def hits(self, subject: Document) -> Iterator[Hit]:
        """Hits by start."""
        text = subject.text
        for miss, rule in sorted(self._found(text), key=lambda pair: pair[0].start):
            if rule.guards.silence(text, miss.start, miss.end) or _listed(text, miss, rule.known):
                continue
            slips = "、".join(dict.fromkeys(edit.kind.value for edit in miss.edits))
            yield Hit(rule.code, Span(miss.start, miss.end), {"slips": slips}, (miss.phrase,))

    def _found(self, text: str) -> Iterator[tuple[Miss, _Rule]]:
        """All near misses, and whose they are."""
        if self._lines is None:
            self._lines = {}
            yield from self._misses_of(text)
            return
        lines = text.split("\n")
        known = self._known(lines)
        start = 0
        for line in lines:
            end = start + len(line)
            if known.get(line):
                # Its neighbours may explain it: a word broken by the layout lacks no character.
                low = max(start - len(_APART), 0)
                for miss, rule in self._misses_of(text[low : end + len(_APART)]):
                    if start <= low + miss.start < end:
                        yield miss.moved(low), rule
            start = end + 1

    def _known(self, lines: Sequence[str]) -> Mapping[str, bool]:
        """Whether each of the lines may hold a near miss, alone as it is: beside others it holds no more."""
        if self._lines is None or self._kept > _KEPT:
            self._lines, self._kept = {}, 0
        new = [one for one in dict.fromkeys(lines) if len(one) >= _SHORTEST_LINE and one not in self._lines]
        if new:
            starts = list(accumulate((len(one) + len(_APART) for one in new), initial=0))
            missing = {bisect_right(starts, miss.start) - 1 for miss, _ in self._misses_of(_APART.join(new))}
            self._lines.update((line, number in missing) for number, line in enumerate(new))
            self._kept += starts[-1]
        return self._lines

    def _misses_of(self, text: str) -> Iterator[tuple[Miss, _Rule]]:
        for miss in self._misses.find(text):
            yield miss, self._owners[miss.phrase]
        for rule in self._idioms:
            for miss in near_idioms(text):
                yield miss, rule

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
