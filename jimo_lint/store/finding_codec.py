"""Findings as the lines of JSON in which runs are kept: quick, since a run of a city may have fifty thousand."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import Any

import orjson

from jimo_lint.model import Decision, Edit, Finding, History, Opinion, Position, Region, Scope, Severity, Span, State
from jimo_lint.store.codec import instant, moment

# The texts, in the order in which they stand in a line.
_TEXTS = ("code", "name", "title", "message", "subject", "url", "kind", "matched", "excerpt", "locator", "basis")
_OWNERS = ("fingerprint", "column_name", "account_name", "owner", "account")
# Texts that are each finding's own.
_OWN = frozenset({"message", "excerpt", "fingerprint"})
_DECODE = json.JSONDecoder().raw_decode


def pack_finding(finding: Finding) -> bytes:
    """One line of JSON in UTF-8; lone surrogates become question marks, as everywhere in the store."""
    span, position, published = finding.span, finding.position, finding.published
    return _written(
        [
            finding.code, finding.name, finding.title, _lent(finding.message), _lent(finding.subject), finding.url,
            finding.kind, _lent(finding.matched), _lent(finding.excerpt), _lent(finding.locator), finding.basis,
            finding.fingerprint, finding.column_name, finding.account_name, finding.owner, finding.account,
            int(finding.severity), [span.start, span.end] if span else None, _place(position) if position else None,
            [_lent(one) for one in finding.suggestions], finding.excerpt_start, finding.pages, finding.samples,
            published.isoformat() if published else None,
            [[edit.span.start, edit.span.end, _place(edit.position), _lent(edit.text)] for edit in finding.edits],
            *_attached(finding),
        ]
    )  # fmt: skip


def _lent(text: str) -> str:
    """The same text in memory of its own: orjson leaves the UTF-8 of what it writes with it for as long as it lives, a
    fifth of what a finding takes."""
    return text if text.isascii() else f"{text} "[:-1]


def _written(row: list[Any]) -> bytes:
    try:
        # Copied: of what orjson gives itself, tracemalloc counts four kilobytes each.
        return bytes(memoryview(orjson.dumps(row)))
    except TypeError:  # a lone surrogate
        return json.dumps(row, ensure_ascii=False, separators=(",", ":"), default=str).encode("utf-8", "replace")


def _attached(finding: Finding) -> tuple[list[Any], ...]:
    """What only findings in attached files and in pictures have."""
    if not (finding.offered_by or finding.region):
        return ()
    region = finding.region
    return ([finding.offered_by, [*region[:-1], b64encode(region.cutout).decode()] if region else None],)


def with_history(line: bytes, history: bytes) -> bytes:
    """The line of a finding with how it stood in one run, as `pack_history` gives that."""
    return b"%b,%b]" % (line[:-1], history)


def pack_history(history: History) -> bytes:
    """How a finding stood, as it stands in its line."""
    return _written(
        [
            history.state.value, history.first_seen, history.since, history.days, history.due, history.certain,
            history.overdue, history.returns, history.places, history.clean, history.disputed,
            _decision(history.decision) if history.decision else None,
        ]
    )  # fmt: skip


def unpack_finding(line: str | bytes) -> Finding:
    """Inverse of `pack_finding` and `with_history`. ValueError where it is no such line."""
    return _finding(json.loads(line), Shared())


def packed_exactly(findings: Iterable[Finding]) -> list[str]:
    """Lines of which each gives the very finding back. ValueError where one does not: half a character, as names of
    files may hold, is lost on the way."""
    lines = []
    for finding in findings:
        line = pack_finding(finding).decode()
        if unpack_finding(line) != finding:
            raise ValueError(f"{finding.code} does not come back as it is")
        lines.append(line)
    return lines


def unpack_findings(lines: str, shared: Shared | None = None) -> tuple[Finding, ...]:
    """Of lines put together as one JSON array with nothing between them but commas.

    What many say alike they share, with those of other calls that were given the same `shared`: names of rules, owners,
    addresses.
    """
    return tuple(_each(lines, shared or Shared()))


def _each(lines: str, shared: Shared) -> Iterator[Finding]:
    place, end = 1, len(lines) - 1
    while place < end:
        # One after another, since the lists of all take more memory than the findings.
        row, place = _DECODE(lines, place)
        place += 1
        yield _finding(row, shared)


class Shared:
    """Texts, days and histories of which many findings have the same."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._lists: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._histories: dict[tuple[Any, ...], History] = {}
        self.moment = cache(moment)

    def text(self, text: str) -> str:
        return self._texts.setdefault(text, text)

    def texts(self, texts: list[str]) -> tuple[str, ...]:
        made = tuple(map(self.text, texts))
        return self._lists.setdefault(made, made)

    def history(self, row: list[Any]) -> History:
        if row[-1]:  # a decision, which is about one of them
            return _history(row)
        key = tuple(row)
        if (known := self._histories.get(key)) is None:
            known = self._histories[key] = _history(row)
        return known


def _finding(row: list[Any], shared: Shared) -> Finding:
    texts = {
        name: text if name in _OWN else shared.text(text) for name, text in zip((*_TEXTS, *_OWNERS), row, strict=False)
    }
    severity, span, position, suggestions, start, pages, samples, published, edits, *more = row[len(texts) :]
    # Both may be left out; they are told apart by their length.
    offered_by, region = next((one for one in more if len(one) == 2), ("", None))
    history = next((one for one in more if len(one) != 2), None)
    return Finding(
        **texts,
        severity=Severity(severity),
        span=Span(*span) if span else None,
        position=Position(*position) if position else None,
        suggestions=shared.texts(suggestions),
        excerpt_start=start,
        pages=pages,
        samples=tuple(map(shared.text, samples)),
        published=shared.moment(published),
        edits=tuple(Edit(Span(low, high), Position(*place), text) for low, high, place, text in edits),
        offered_by=shared.text(offered_by),
        region=Region._make((*region[:-1], b64decode(region[-1]))) if region else None,
        history=shared.history(history) if history else None,
    )


def _history(row: list[Any]) -> History:
    state, first_seen, since, days, due, certain, overdue, returns, places, clean, disputed, decision = row
    return History(
        state=State(state),
        first_seen=date.fromisoformat(first_seen),
        since=date.fromisoformat(since),
        days=days,
        due=_day(due),
        certain=certain,
        overdue=overdue,
        returns=returns,
        places=places,
        clean=clean,
        disputed=disputed,
        decision=_decided(decision) if decision else None,
    )


def _decision(one: Decision) -> list[Any]:
    return [
        one.inspection, one.fingerprint, one.opinion.value, one.day.isoformat(), one.reviewer, one.reason,
        one.due.isoformat() if one.due else None, one.progress, one.source, one.scope.value, one.run, one.code,
        one.word, one.column, instant(one.stored), one.id,
    ]  # fmt: skip


def _decided(row: list[Any]) -> Decision:
    inspection, fingerprint, opinion, day, reviewer, reason, due, progress, source, scope, *rest, stored, number = row
    run, code, word, column = rest
    return Decision(
        inspection, fingerprint, Opinion(opinion), date.fromisoformat(day), reviewer, reason, _day(due), progress,
        source, Scope(scope), run, code, word, column, moment(stored), number,
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _place(position: Position) -> tuple[int, int, int, int]:
    return position.line, position.column, position.end_line, position.end_column
