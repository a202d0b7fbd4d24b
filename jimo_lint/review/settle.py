"""What a recheck settles: findings whose places it has seen are mended, still there, or back; the others stay open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from jimo_lint.model import Conflict, Context, Decision, Finding, Opinion, Past, Report, Rule, Since, State
from jimo_lint.review.compare import Before, Comparison, Now, Standing
from jimo_lint.review.desk import counted, past, source_of, texts, told
from jimo_lint.review.effect import effects, lapsed, silence
from jimo_lint.review.historian import Historian
from jimo_lint.review.looked import Looked, is_web, outermost
from jimo_lint.review.rulehash import rule_hashes
from jimo_lint.store import Store, decisions, runs
from jimo_lint.store.runs import Place


def settle(
    store: Store,
    looked: Looked,
    report: Report,
    rules: Sequence[Rule],
    context: Context,
    gone: Mapping[str, bool],
) -> Report:
    """The report with what became of the findings of former runs at the places looked at, which the store keeps.

    rules: whole, those that were judged. gone: addresses that answered 404 or 410, and whether that is confirmed. No
    run is recorded: what was not looked at is as it was.
    """
    day = report.run.as_of
    known: dict[str, Finding] = {}
    gone_by: list[Past] = []
    silent: dict[str, Finding] = {}
    kept = runs.runs(store)
    if not kept:
        return report
    hashes = rule_hashes(rules, context)
    for inspection in dict.fromkeys(run.inspection for run in kept):
        given = decisions.decisions(store, inspection)
        in_force, dismissed = effects(given, day), silence(given, day)
        silent |= {finding.fingerprint: finding for finding in report.findings if dismissed.covers(finding)}
        days = {run.number: run.as_of for run in kept if run.inspection == inspection}
        here, left = _standings(store, inspection, looked, report, hashes, in_force, gone, days)
        historian = Historian(day, report.deadlines, in_force, lapsed(given, day))
        for finding, one in here:
            history = historian.history(one.life, finding.severity, one.places, one.clean)
            known[finding.fingerprint] = told(finding, history)
        gone_by += past(left, historian)
    findings = tuple(
        known.get(finding.fingerprint, finding) for finding in report.findings if finding.fingerprint not in silent
    )
    last = kept[-1]
    since = Since(last.number, last.as_of, tuple(gone_by), tuple(counted(tuple(silent.values()))))
    return replace(report, findings=findings, since=since)


def _standings(
    store: Store,
    inspection: str,
    looked: Looked,
    report: Report,
    hashes: Mapping[str, str],
    in_force: Mapping[str, Decision | Conflict],
    gone: Mapping[str, bool],
    days: Mapping[int, date],
) -> tuple[list[tuple[Finding, Standing]], list[Standing]]:
    """Of the findings that former runs had: what was found again, and what was looked for and not found."""
    known = {life.fingerprint: life for life in runs.lives(store, inspection, bare=True)}
    named = runs.named(store, {number for life in known.values() for number in life.places})
    seen = {number for number, place in named.items() if _saw(looked, gone, place)}
    found = {finding.fingerprint for finding in report.findings}
    concerned = {key: life for key, life in known.items() if key in found or not seen.isdisjoint(life.places)}
    before = {key: (life.state, life.last_run) for key, life in concerned.items()}
    numbers = runs.place_numbers(store, [place for stands in looked.stands.values() for place in stands])
    comparison = Comparison(
        Before(runs.rules_of(store, inspection), days, lambda _place: ()),
        Now(
            report.run.as_of, hashes, looked, gone, partial(texts, store, source_of(inspection), looked), complete=False
        ),
        concerned.values(),
        partial(runs.last_found, store),
        {key: one for key, one in in_force.items() if isinstance(one, Decision)},
        named | {number: place for place, number in numbers.items()},
        numbers,
    )
    standings, left = comparison.standings(report.findings, ())
    # What no run has had yet is for the next run to keep; a finding that was only reworded is none of those.
    pairs = zip(report.findings, standings, strict=True)
    here = [(finding, one) for finding, one in pairs if one.life.id or one.life.first_run]
    for one in (*(one for _, one in here), *left):
        life = one.life
        state, last_run = before.get(life.fingerprint, (life.state, life.first_run))
        life.last_run = life.last_run or last_run
        if life.state is State.UNCHECKED:  # elsewhere it may stand as before
            life.state = State.PARTLY if one.clean else state
    runs.put_lives(store, inspection, [one.life for one in (*(one for _, one in here), *left)])
    return here, left


def _saw(looked: Looked, gone: Mapping[str, bool], place: Place) -> bool:
    if place.kind == "document":
        outer = outermost(place.name)
        return place.name in looked.texts or outer in looked.texts or outer in gone
    return place in looked.others or looked.links.get(place.name, False)


def claimed(store: Store, day: date) -> tuple[tuple[Finding, tuple[str, ...]], ...]:
    """The findings that a decision in force says are mended, and that nobody has found gone yet; where each stands.

    What to look at: the pages, the link's target, the account by its name, or the column by its address.
    """
    found = []
    for inspection in dict.fromkeys(run.inspection for run in runs.runs(store)):
        in_force = effects(decisions.decisions(store, inspection), day)
        for life in runs.lives(store, inspection):
            decision = in_force.get(life.fingerprint)
            if not isinstance(decision, Decision) or decision.opinion is not Opinion.MENDED or life.gone is not None:
                continue
            finding = life.finding()
            named = (outermost(place.name) for place in runs.named(store, life.places).values())
            places = tuple(dict.fromkeys(name for name in named if is_web(name)))
            found.append((finding, (finding.account_name,) if finding.account else places or (finding.url,)))
    return tuple(found)
