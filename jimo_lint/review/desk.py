"""The reviewers' desk beside an inspection: what was decided goes in, what changed since the last run comes out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import fields, replace
from datetime import date
from functools import cache, partial
from itertools import chain
from operator import attrgetter

from jimo_lint.model import (
    Context,
    Decision,
    Document,
    Finding,
    History,
    Past,
    Report,
    Rule,
    Severity,
    Silenced,
    Since,
    SiteReading,
    State,
)
from jimo_lint.review.compare import Before, Comparison, Now, Standing
from jimo_lint.review.effect import effects, lapsed, silence
from jimo_lint.review.historian import Historian
from jimo_lint.review.looked import Looked, outermost
from jimo_lint.review.rulehash import rule_hashes
from jimo_lint.runtime.memory import paused_collector
from jimo_lint.settings.config import Config
from jimo_lint.store import Store, attachments, decisions, runs
from jimo_lint.store.finding_codec import pack_finding, pack_history, with_history
from jimo_lint.store.reading import ARCHIVE, SITE
from jimo_lint.store.runs import Changes
from jimo_lint.store.texts import Texts

_SOURCES = {"weekly": ARCHIVE, "columns": SITE}

# Runs that a trend shows.
_TREND = 12


class Desk:
    """One run's. day: of it. fresh: it has collected anew; asked: and asked links; whole: and looks for all that the
    configuration asks for.

    looked: to be told of all that is judged. Call `silence` with the rows of the report, and `close` with the report.
    """

    def __init__(
        self,
        config: Config,
        store: Store,
        inspection: str,
        day: date,
        *,
        fresh: bool,
        asked: bool = True,
        whole: bool = False,
    ) -> None:
        self.looked = Looked(Texts(store), config.folder, fresh, asked)
        self._store = store
        self._inspection = inspection
        self._source = source_of(inspection)
        self._whole = whole
        self._given = decisions.decisions(store, inspection)
        self._silence = silence(self._given, day)
        self._silenced: list[Finding] = []

    def silence(self, rows: Iterable[Finding]) -> tuple[Finding, ...]:
        """The rows without those that a 误报 in force keeps silent."""
        kept: list[Finding] = []
        for row in rows:
            (self._silenced if self._silence.covers(row) else kept).append(row)
        return tuple(kept)

    def close(self, report: Report, rules: Sequence[Rule], context: Context, site: SiteReading | None = None) -> Report:
        """Compare the run with those before it, keep it, and say in the report what changed.

        rules: those in force, whole. site: as it was read, where it was. StoreError as of the store.
        """
        with paused_collector():
            return self._close(report, rules, context, site)

    def _close(self, report: Report, rules: Sequence[Rule], context: Context, site: SiteReading | None) -> Report:
        looked, store, day = self.looked, self._store, report.run.as_of
        looked.conclude(report, site)
        former = runs.runs(store, self._inspection)
        in_force = effects(self._given, day)
        decided = {key: one for key, one in in_force.items() if isinstance(one, Decision)}
        lives = tuple(runs.lives(store, self._inspection, bare=True))
        stands = chain.from_iterable(looked.stands.values())
        numbers = runs.place_numbers(store, chain(looked.others, stands))
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
        found = chain(report.findings, self._silenced)
        standing, left = comparison.standings(found, {finding.fingerprint for finding in self._silenced})
        # What a 误报 keeps silent is no news either where it is gone.
        news = [one for one in left if one.finding is None or not self._silence.covers(one.finding)]
        historian = Historian(day, report.deadlines, in_force, lapsed(self._given, day))
        mine = standing[: len(report.findings)]
        findings = tuple(
            told(finding, historian.history(one.life, finding.severity, one.places, one.clean))
            for finding, one in zip(report.findings, mine, strict=True)
        )
        lines = _lines(findings)
        number = runs.record(
            store,
            Changes(
                run=report.run,
                narrowed=report.partial,
                complete=report.complete,
                rules=hashes,
                places={numbers[place] for place in looked.others},
                findings=lines,
                lives=[one.life for one in (*standing, *left)],
                found=len(mine),
                new=sum(one.life.state in (State.NEW, State.RETURNED) for one in mine),
                gone=sum(one.life.state.gone for one in news),
                whole=self._whole and report.run.complete,
                texts=looked.texts,
            ),
        )
        last = former[-1] if former else None
        since = Since(
            run=last.number if last else 0,
            before=last.as_of if last else None,
            past=tuple(past(news, historian)),
            silenced=tuple(counted(self._silenced)),
            trend=tuple((one.as_of, one.found, one.new, one.gone) for one in former[-_TREND:]),
        )
        return replace(report, run=replace(report.run, number=number), findings=findings, since=since)


def source_of(inspection: str) -> str:
    """Whose documents an inspection judges, as the store names them; "" for one that judges none of the store's."""
    return _SOURCES.get(inspection, "")


def texts(store: Store, source: str, looked: Looked, names: Collection[str]) -> dict[str, str]:
    """The texts of documents by their names; those of one address together."""
    found: dict[str, str] = {}
    for document in chain(store.documents(source), attached(store, names) if source == SITE else ()):
        name = looked.name(document)
        if name in names:
            found[name] = f"{found[name]}\n{document.text}" if name in found else document.text
    return found


def attached(store: Store, names: Collection[str]) -> Iterator[Document]:
    """What stands in the attachments among these, and in the files inside them."""
    return (one.unpack() for one in attachments.documents(store, {outermost(name) for name in names}))


def past(standings: Iterable[Standing], historian: Historian) -> Iterable[Past]:
    """What is no longer found; findings that were rewritten stand among those that are there."""
    for one in standings:
        if one.finding is not None:
            history = historian.history(one.life, one.finding.severity, one.places, one.clean)
            yield Past(told(one.finding, history), one.reason)


_PARTS = attrgetter(*(one.name for one in fields(Finding) if one.name != "history"))


def told(finding: Finding, history: History) -> Finding:
    """As `replace`, which takes three times as long, for tens of thousands."""
    return Finding(*(*_PARTS(finding), history))


def _lines(findings: Iterable[Finding]) -> Iterator[bytes]:
    """The packed findings with their histories, of which most are alike."""
    packed: dict[int, bytes] = {}
    for finding in findings:
        history = finding.history
        if history is not None:
            if (part := packed.get(id(history))) is None:
                part = packed[id(history)] = pack_history(history)
            yield with_history(pack_finding(finding), part)


def counted(findings: Sequence[Finding]) -> Iterable[Silenced]:
    """Silenced findings by rule; vetoes are named."""
    counts = Counter((finding.code, finding.title) for finding in findings)
    for (code, title), count in sorted(counts.items()):
        grave = [one.subject for one in findings if one.code == code and one.severity is Severity.VETO]
        yield Silenced(code, title, count, tuple(dict.fromkeys(grave)))
