"""The reviewers' desk beside an inspection: what was decided goes in, what changed since the last run comes out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from functools import cache, partial
from operator import attrgetter

from jimo_lint.model import (
    Conflict,
    Context,
    Decision,
    Finding,
    History,
    Opinion,
    Past,
    Report,
    Rule,
    Scope,
    Severity,
    Silenced,
    Since,
    SiteReading,
    State,
)
from jimo_lint.model.families import family
from jimo_lint.review.compare import Before, Comparison, Now, Standing
from jimo_lint.review.effect import effect
from jimo_lint.review.looked import Looked
from jimo_lint.review.rulehash import rule_hashes
from jimo_lint.settings.config import Config
from jimo_lint.store import Store, decisions, runs
from jimo_lint.store.finding_codec import pack_finding, with_history
from jimo_lint.store.runs import Changes
from jimo_lint.workdays import due, late

# Runs that a trend shows.
_TREND = 12


class Desk:
    """One run's. source: whose documents it judges, as the store names them. fresh: it has collected anew; whole: and
    looks for all that the configuration asks for.

    looked: to be told of all that is judged. Call `silence` with the rows of the report, and `close` with the report.
    """

    def __init__(
        self, config: Config, store: Store, inspection: str, source: str, *, fresh: bool, whole: bool = False
    ) -> None:
        self.looked = Looked(config.folder, fresh)
        self._store = store
        self._inspection = inspection
        self._source = source
        self._whole = whole
        self._given = decisions.decisions(store, inspection)
        self._silenced: list[Finding] = []

    def silence(self, rows: Iterable[Finding], as_of: date) -> tuple[Finding, ...]:
        """The rows without those that a 误报 in force keeps silent."""
        kept = []
        one, wide = _false_alarms(self._given, as_of)
        for row in rows:
            whom = row.column_name or row.account_name
            keys = ((Scope.WORD, row.code, row.matched), (Scope.COLUMN, row.code, whom))
            if row.fingerprint in one or not wide.isdisjoint(keys):
                self._silenced.append(row)
            else:
                kept.append(row)
        return tuple(kept)

    def close(self, report: Report, rules: Sequence[Rule], context: Context, site: SiteReading | None = None) -> Report:
        """Compare the run with those before it, keep it, and say in the report what changed.

        rules: those in force, whole. site: as it was read, where it was. StoreError as of the store.
        """
        looked, store, day = self.looked, self._store, report.run.as_of
        looked.conclude(report, site)
        former = runs.runs(store, self._inspection)
        in_force = effects(self._given, day)
        decided = {key: one for key, one in in_force.items() if isinstance(one, Decision)}
        lives = tuple(runs.lives(store, self._inspection, bare=True))
        kept = looked.kept()
        numbers = runs.place_numbers(store, (*kept, *(place for stands in looked.stands.values() for place in stands)))
        named = {number: place for place, number in numbers.items()}
        named |= runs.named(store, {number for life in lives for number in life.places} - named.keys())
        of_rules = runs.rules_of(store, self._inspection)
        hashes = rule_hashes(rules, context)
        before = Before(
            of_rules, {one.number: one.as_of for one in former}, cache(lambda at: runs.looked_before(store, at))
        )
        now = Now(
            day,
            hashes,
            looked,
            store.missing(self._source),
            partial(texts, store, self._source, looked),
            report.complete,
        )
        comparison = Comparison(before, now, lives, partial(runs.last_found, store), decided, named, numbers)
        found = [(finding, pack_finding(finding)) for finding in (*report.findings, *self._silenced)]
        standing, past = comparison.standings(found, {finding.fingerprint for finding in self._silenced})
        historian = Historian(report, in_force)
        mine = standing[: len(report.findings)]
        findings = tuple(
            _told(finding, historian.history(one, finding.severity))
            for finding, one in zip(report.findings, mine, strict=True)
        )
        lines = (
            with_history(line, one.history) for one, (_, line) in zip(findings, found, strict=False) if one.history
        )
        number = runs.record(
            store,
            Changes(
                run=report.run,
                narrowed=report.partial,
                complete=report.complete,
                rules=hashes,
                places={numbers[place]: text for place, text in kept.items()},
                findings=lines,
                lives=[one.life for one in (*standing, *past)],
                found=len(mine),
                new=sum(one.life.state in (State.NEW, State.RETURNED) for one in mine),
                gone=sum(one.life.state.gone for one in past),
                whole=self._whole and report.run.complete,
            ),
        )
        last = former[-1] if former else None
        since = Since(
            run=last.number if last else 0,
            before=last.as_of if last else None,
            past=tuple(historian.past(past)),
            silenced=tuple(_counted(self._silenced)),
            trend=tuple((one.as_of, one.found, one.new, one.gone) for one in former[-_TREND:]),
        )
        return replace(report, run=replace(report.run, number=number), findings=findings, since=since)


def effects(given: Iterable[Decision], day: date) -> dict[str, Decision | Conflict]:
    """What is in force on single findings, by their fingerprints."""
    of: defaultdict[str, list[Decision]] = defaultdict(list)
    for one in given:
        if one.scope is Scope.FINDING:
            of[one.fingerprint].append(one)
    found = {key: effect(decided, day) for key, decided in of.items()}
    return {key: one for key, one in found.items() if one is not None}


def texts(store: Store, source: str, looked: Looked, names: Collection[str]) -> dict[str, str]:
    """The texts of documents by their names; those of one address together."""
    found: dict[str, str] = {}
    for document in store.documents(source):
        name = looked.name(document.url or document.id)
        if name in names:
            found[name] = f"{found[name]}\n{document.text}" if name in found else document.text
    return found


def _false_alarms(given: Iterable[Decision], day: date) -> tuple[set[str], set[tuple[Scope, str, str]]]:
    """What 误报 keeps silent: fingerprints, and rules with their word or their column."""
    of: defaultdict[tuple[Scope, str, str], list[Decision]] = defaultdict(list)
    for one in given:
        rest = {Scope.WORD: one.word, Scope.COLUMN: one.column}.get(one.scope, "")
        of[one.scope, one.code if rest else one.fingerprint, rest].append(one)
    silent = set()
    for key, decided in of.items():
        in_force = effect(decided, day)
        if isinstance(in_force, Decision) and in_force.opinion is Opinion.FALSE_ALARM:
            silent.add(key)
    return {key[1] for key in silent if key[0] is Scope.FINDING}, {key for key in silent if key[0] is not Scope.FINDING}


class Historian:
    """Tells of findings what the store knows, in the terms of the report's day."""

    def __init__(self, report: Report, effects: Mapping[str, Decision | Conflict]) -> None:
        self._report = report
        self._effects = effects
        self._due = cache(due)
        self._late = cache(late)

    def history(self, one: Standing, severity: Severity) -> History:
        """Of one finding. Its clock runs from the day that it was confirmed on, else from that it was first seen on."""
        life, day = one.life, self._report.run.as_of
        given = self._effects.get(life.fingerprint)
        decision = given if isinstance(given, Decision) else None
        limit = decision.due if decision else None
        certain, own = True, self._report.deadlines
        if limit is None:
            days = own.days(family(life.code).term, severity)
            start = max(life.since, decision.day) if decision and decision.opinion is Opinion.CONFIRMED else life.since
            if days is not None:
                limit, certain = (last := self._due(start, days, own.holidays, own.workdays)).day, last.certain
        waits = decision is not None and decision.opinion is Opinion.DEFERRED
        over = 0 if limit is None or waits or life.state.gone else self._late(limit, day, own.holidays, own.workdays)
        return History(
            state=life.state,
            first_seen=life.first_seen,
            since=life.since,
            days=max((day - life.since).days, 0),
            due=limit,
            certain=certain,
            overdue=over,
            returns=life.returns,
            places=one.places,
            clean=one.clean,
            decision=decision,
            disputed=isinstance(given, Conflict),
        )

    def past(self, standings: Iterable[Standing]) -> Iterable[Past]:
        """What is no longer found; findings that were rewritten stand among those that are there."""
        for one in standings:
            if one.finding is not None:
                yield Past(_told(one.finding, self.history(one, one.finding.severity)), one.reason)


_PARTS = attrgetter(*(one.name for one in fields(Finding) if one.name != "history"))


def _told(finding: Finding, history: History) -> Finding:
    """As `replace`, which takes three times as long, for tens of thousands."""
    return Finding(*(*_PARTS(finding), history))


def _counted(findings: Sequence[Finding]) -> Iterable[Silenced]:
    """Silenced findings by rule; vetoes are named."""
    counts = Counter((finding.code, finding.title) for finding in findings)
    for (code, title), count in sorted(counts.items()):
        grave = [one.subject for one in findings if one.code == code and one.severity is Severity.VETO]
        yield Silenced(code, title, count, tuple(dict.fromkeys(grave)))
