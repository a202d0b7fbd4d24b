"""Rules that are word lists: all of them share one automaton and one pass over a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from jimo_lint.errors import RuleError
from jimo_lint.language import wordlists
from jimo_lint.language.expressions import compiled
from jimo_lint.language.matcher import Matcher
from jimo_lint.language.text import Folded, fold, goes_on, segment, unwrap
from jimo_lint.lint.checks.base import params
from jimo_lint.lint.checks.example_texts import draft
from jimo_lint.lint.checks.wording.guards import Guards, within
from jimo_lint.model import Context, Document, Hit, Rule, Span, TermEntry
from jimo_lint.settings.toml import Table
from jimo_lint.values import dataclass

# Shorter terms are not looked for across gaps: two words of a table or a menu meet there too often. Across a line
# break in the middle of a paragraph they are where the segmenter sees them as well.
_SHORTEST_BROKEN = 4
# In a cell, what lines shorter than eight characters make together is a word from four characters on.
_PHRASE, _PROSE = 4, 8
_SENTENCE_END = compiled(r"[。！？；\n]")
_YEAR = compiled(r"(?<!\d)((?:19|20)\d\d)(?=\s?年|[-./]\d|[〕\])）])")


class Undated(StrEnum):
    """What a dated row says of a document without a publish date, of which it is never sure (`Hit.doubtful`).

    A draft is written now, so FILE (the default) reports in local files only; an undated page of a site may be
    older than the change, and a false alarm costs more trust than a miss. A file may be old as well: one that names
    no year as late as the change was written before it.
    """

    FILE = "file"
    REPORT = "report"
    SILENT = "silent"


class Own(StrEnum):
    """Which rows of the user's own lists a rule reports: those that propose nothing, or those that do."""

    NONE = "none"
    TERMS = "terms"
    PAIRS = "pairs"

    def takes(self, word: TermEntry) -> bool:
        """True where the row is this rule's to report."""
        return self is not Own.NONE and bool(word.suggestions) is (self is Own.PAIRS)


@dataclass(frozen=True, slots=True)
class _Rule:
    """A word rule ready to be applied. order: its place among the rules, so that results are stable."""

    order: int
    code: str
    guards: Guards
    undated: Undated
    broken: bool


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A term that was found. view: the text without line breaks in which it stands at [low, high), else None."""

    start: int
    end: int
    rule: _Rule
    word: TermEntry
    view: Folded | None = None
    low: int = 0
    high: int = 0


class WordsCheck:
    """Reports the terms of the rules' lists.

    Params of a rule: `lists` (names of word lists) or `own` (which rows of the user's own lists, see `Own`),
    `broken` (also find terms broken by blanks or invisible characters), `undated` (see `Undated`), and the guards
    of `Guards.read`.
    """

    def __init__(self, rules: Sequence[Rule], context: Context) -> None:
        terms: list[tuple[str, tuple[_Rule, TermEntry | bytes]]] = []
        for order, rule in enumerate(rules):
            table = params(rule)
            own = table.choice("own", Own, Own.NONE)
            lists = table.texts("lists", None if own is Own.NONE else ())
            ready = _Rule(
                order=order,
                code=rule.code,
                guards=Guards.read(table),
                undated=table.choice("undated", Undated, Undated.FILE),
                broken=table.flag("broken", False),
            )
            table.finish()
            if not lists and own is Own.NONE:
                raise table.fail("lists", "为空", "请写出至少一个词表的名称")
            terms += [(term, (ready, row)) for name in lists for term, row in _rows(name, table)]
            terms += [(word.term, (ready, word)) for word in context.own if own.takes(word)]
        self._matcher = Matcher(terms)
        self._broken = any(rule.broken for _, (rule, _) in terms)

    def hits(self, subject: Document) -> Iterator[Hit]:
        """Hits by start; those of one rule do not overlap."""
        text = subject.text
        found: dict[str, list[_Candidate]] = {}
        for candidate in self._candidates(subject):
            found.setdefault(candidate.rule.code, []).append(candidate)
        dated = any(one.word.changed for candidates in found.values() for one in candidates)
        newest = _newest_year(text) if dated and subject.published is None else None
        reported = [
            candidate
            for candidates in found.values()
            for candidate in _without_overlaps(
                one for one in _without_inner(candidates) if _stands(one, subject, newest)
            )
        ]
        for one in sorted(reported, key=lambda one: (one.start, one.rule.order)):
            note = one.word.note
            yield Hit(
                code=one.rule.code,
                span=Span(one.start, one.end),
                args={"note": note, "remark": f"（{note}）" if note else ""},
                suggestions=one.word.suggestions,
                doubtful=one.word.changed is not None and subject.published is None,
            )

    def _candidates(self, subject: Document) -> Iterator[_Candidate]:
        text = subject.text
        for start, end, (rule, row) in self._matcher.iter(text):
            yield _Candidate(start, end, rule, wordlists.word(row))
        inside = [at for at in subject.breaks if goes_on(text[max(at - 3, 0) : at], text[at + 1 : at + 13])]
        unwrapped = unwrap(text, sorted((*subject.wraps, *inside)) if inside else subject.wraps)
        if unwrapped is not None:
            for start, end, (rule, row) in self._matcher.iter(unwrapped.text):
                if unwrapped.broken(start, end) and not _of_names(subject, *unwrapped.original(start, end)):
                    word = wordlists.word(row)
                    yield _Candidate(*unwrapped.original(start, end), rule, word, unwrapped, start, end)
        folded = fold(text) if self._broken else None
        if folded is None:
            return
        for start, end, (rule, row) in self._matcher.iter(folded.text):
            if rule.broken and end - start >= _SHORTEST_BROKEN and folded.broken(start, end):
                yield _Candidate(*folded.original(start, end), rule, wordlists.word(row))

    @staticmethod
    def example(given: Mapping[str, Any]) -> Document:
        """A draft; see `checks.drafts`."""
        return draft(given)


def _of_names(subject: Document, start: int, end: int) -> bool:
    """True for a short word that short lines of a cell make together: names stand there, one below the other."""
    begin = subject.text.rfind("\n", 0, start) + 1
    return end - start - 1 < _PHRASE and start - begin < _PROSE and subject.block_at(start)[0].kind == "table"


def _rows(name: str, table: Table) -> Iterable[tuple[str, TermEntry | bytes]]:
    """Those of the list; RuleError naming the rule's file where there is none of this name."""
    try:
        return wordlists.rows(name)
    except RuleError as fault:
        if fault.place != wordlists.FOLDER:
            raise
        raise table.fail("lists", fault.fault, fault.remedy) from None


def _without_inner(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """Without those that lie inside a longer one: a guard that silences the longer silences them as well."""
    kept: list[_Candidate] = []
    for one in sorted(candidates, key=lambda one: (one.start, -one.end)):
        # Sorted by start, a candidate is inside an earlier one exactly if some earlier one ends at or behind it.
        if not kept or one.end > kept[-1].end:
            kept.append(one)
    return kept


def _without_overlaps(candidates: Iterable[_Candidate]) -> Iterator[_Candidate]:
    """Of overlapping candidates, sorted by start, the leftmost."""
    end = 0
    for one in candidates:
        if one.start >= end:
            end = one.end
            yield one


def _stands(one: _Candidate, document: Document, newest: int | None) -> bool:
    """True where no guard of the row or the rule speaks against the candidate. newest: year that the text names."""
    word = one.word
    text, start, end = document.text, one.start, one.end
    if one.view is not None:
        text, start, end = one.view.text, one.low, one.high
    if word.unless_before and text.endswith(word.unless_before, max(start - 12, 0), start):
        return False
    if word.unless_after and text.startswith(word.unless_after, end):
        return False
    if any(within(text, start, end, context) for context in word.unless_in):
        return False
    if word.term.isascii() and _in_longer_word(text, start, end):
        return False
    if word.changed is not None and not _in_force(word.changed, one.rule.undated, document, newest):
        return False
    if one.rule.guards.silence(text, start, end):
        return False
    doubtful = word.segment or (one.view is not None and end - start < _SHORTEST_BROKEN)
    return not doubtful or _on_borders(text, start, end)


def _in_longer_word(text: str, start: int, end: int) -> bool:
    """True where letters go on before or behind the letters found, or digits the digits: OTC in HOTCAKE."""
    return _go_on(text[max(start - 1, 0) : start + 1]) or _go_on(text[end - 1 : end + 1])


def _go_on(pair: str) -> bool:
    return len(pair) == 2 and pair.isascii() and (pair.isalpha() or pair.isdigit())


def _newest_year(text: str) -> int | None:
    return max((int(year[1]) for year in _YEAR.finditer(text)), default=None)


def _in_force(changed: date, undated: Undated, document: Document, newest: int | None) -> bool:
    if document.published is not None:
        return document.published.date() >= changed
    if newest is not None and newest < changed.year:
        return False
    return undated is Undated.REPORT or (undated is Undated.FILE and document.source == "file")


def _on_borders(text: str, start: int, end: int) -> bool:
    """True where the segmenter sees word borders at both ends; only the sentence is segmented."""
    begin = max((match.end() for match in _SENTENCE_END.finditer(text, max(start - 100, 0), start)), default=-1)
    begin = begin if begin >= 0 else max(start - 100, 0)
    stop = _SENTENCE_END.search(text, end, end + 100)
    sentence = text[begin : stop.start() if stop else end + 100]
    spans = segment(sentence)
    return any(begin + a == start for a, _ in spans) and any(begin + b == end for _, b in spans)
