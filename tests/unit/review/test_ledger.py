"""The ledger as the store gives it: what is open, since when, how far over its limit, and what decisions make of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from jimo_lint.errors import StoreError
from jimo_lint.model import Deadlines, Decision, Opinion, Run, Scope, Severity, State
from jimo_lint.model.ledger import Entry, Ledger
from jimo_lint.review.ledger import read
from jimo_lint.store import Store, decisions, runs
from jimo_lint.store.runs import Changes, Life
from tests.support.report_samples import word_finding

TITLES = {"weekly": "周检", "columns": "栏目体检"}
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store.sqlite3", writing=True) as opened:
        yield opened


def life(number: int = 1, since: date = date(2026, 11, 2), state: State = State.STILL, **given: object) -> Life:
    """A finding that some run had. gone, first_seen, returns: as of `Life`; the rest is of the finding."""
    own = {key: given.pop(key) for key in ("gone", "first_seen", "returns") if key in given}
    finding = replace(word_finding(fingerprint=f"{number:016x}"), **given)  # type: ignore[arg-type]
    made = Life(finding.fingerprint, finding.code, state, 0, since, since, 0, since, now=finding)
    for key, value in own.items():
        setattr(made, key, value)
    return made


def keep(
    store: Store, *lives: Life, day: date = date(2026, 11, 2), inspection: str = "weekly", complete: bool = True
) -> int:
    """A run in the store that left these lives; its number. Those that are gone were there before."""
    run = Run(inspection, "周检", day, "云溪区", "0.1.0", "标准", NOW, NOW)
    gone = [one for one in lives if one.gone]
    if gone:
        runs.record(store, Changes(run, False, complete, {}, (), [], gone))
    return runs.record(store, Changes(run, False, complete, {}, (), [], lives))


def ledger(store: Store, as_of: date = date(2026, 11, 22), deadlines: Deadlines | None = None) -> Ledger:
    """All of it as of a day."""
    return read(store, "云溪区", deadlines or Deadlines(), as_of, as_of.year, TITLES)


def decide(
    store: Store, number: int, opinion: Opinion, reviewer: str = "赵审", day: date = date(2026, 11, 3), **given: object
) -> None:
    """A decision on a finding."""
    one = Decision("weekly", f"{number:016x}", opinion, day, reviewer, **given)  # type: ignore[arg-type]
    assert decisions.add(store, [one])


def only(store: Store, as_of: date = date(2026, 11, 22), deadlines: Deadlines | None = None) -> Entry:
    """The entry of a store that has one."""
    [entry] = ledger(store, as_of, deadlines).entries
    return entry


@pytest.mark.parametrize(
    ("since", "as_of", "due", "overdue"),
    [
        # National Day 2024: off from 1 to 7 October, Sunday 29 September and Saturday 12 October worked.
        (date(2024, 9, 29), date(2024, 10, 9), date(2024, 10, 9), 0),
        (date(2024, 9, 29), date(2024, 10, 12), date(2024, 10, 9), 3),
        (date(2024, 9, 29), date(2024, 10, 13), date(2024, 10, 9), 3),
        (date(2024, 9, 28), date(2024, 10, 8), date(2024, 10, 8), 0),
        # Spring Festival 2025: off from 28 January to 4 February, Sunday 26 January and Saturday 8 February worked.
        (date(2025, 1, 24), date(2025, 2, 4), date(2025, 2, 5), 0),
        (date(2025, 1, 24), date(2025, 2, 6), date(2025, 2, 5), 1),
        (date(2025, 1, 24), date(2025, 2, 8), date(2025, 2, 5), 3),
        (date(2025, 1, 24), date(2025, 2, 9), date(2025, 2, 5), 3),
    ],
)
def test_days_over_the_limit_are_counted_across_holidays(
    since: date, as_of: date, due: date, overdue: int, store: Store
) -> None:
    """Three working days from the day after it was seen; what is over it counts working days, as_of among them."""
    keep(store, life(since=since), day=since)
    history = only(store, as_of).history
    assert (history.due, history.overdue, history.certain) == (due, overdue, True)


def test_the_offices_own_days_count(store: Store) -> None:
    """A day off of its own moves the limit, and a day worked is one over it."""
    keep(store, life(since=date(2024, 9, 29)), day=date(2024, 9, 29))
    own = Deadlines(holidays=(date(2024, 10, 8),), workdays=(date(2024, 10, 13),))
    history = only(store, date(2024, 10, 13), own).history
    assert (history.due, history.overdue) == (date(2024, 10, 10), 3)


def test_a_year_without_an_arrangement_is_marked(store: Store) -> None:
    """Its limit is not certain."""
    keep(store, life(since=date(2031, 9, 29)), day=date(2031, 9, 29))
    assert only(store, date(2031, 10, 20)).history.certain is False


@pytest.mark.parametrize(
    ("severity", "code", "due"),
    [
        (Severity.VETO, "S104", date(2026, 11, 2)),
        (Severity.ERROR, "P103", date(2026, 11, 2)),
        (Severity.ERROR, "T101", date(2026, 11, 5)),
        (Severity.WARNING, "L105", date(2026, 11, 5)),
        (Severity.ERROR, "C102", date(2026, 11, 9)),
        (Severity.NOTICE, "T104", None),
    ],
)
def test_limits_are_those_of_the_standard(severity: Severity, code: str, due: date | None, store: Store) -> None:
    """At once, three or five working days, and none for a notice."""
    keep(store, life(severity=severity, code=code))
    history = only(store).history
    assert history.due == due
    assert (history.overdue > 0) == (due is not None)


def test_a_reviewers_limit_wins_and_a_confirmation_starts_the_clock(store: Store) -> None:
    """Of the decision's own day where it names none."""
    keep(store, life(1), life(2), life(3))
    decide(store, 1, Opinion.CONFIRMED, due=date(2026, 11, 30))
    decide(store, 2, Opinion.CONFIRMED, day=date(2026, 11, 10))
    assert [entry.history.due for entry in ledger(store).entries] == [
        date(2026, 11, 30), date(2026, 11, 13), date(2026, 11, 5),
    ]  # fmt: skip


def test_what_is_deferred_is_open_but_not_over_its_limit_until_its_day(store: Store) -> None:
    """From that day on nothing is decided, and it is late from the next day on: not from before it was put off."""
    keep(store, life())
    decide(store, 1, Opinion.DEFERRED, due=date(2026, 11, 20))
    before, after = only(store, date(2026, 11, 19)), only(store, date(2026, 11, 20))
    assert (before.is_open, before.history.overdue) == (True, 0)
    assert before.history.decision and before.history.decision.opinion is Opinion.DEFERRED
    assert after.history.decision is None and (after.history.due, after.history.overdue) == (date(2026, 11, 20), 0)
    assert only(store, date(2026, 11, 23)).history.overdue == 1


def test_persons_who_contradict_each_other_are_both_kept(store: Store) -> None:
    """Neither is in force; it stays open."""
    keep(store, life())
    decide(store, 1, Opinion.FALSE_ALARM, "钱审")
    decide(store, 1, Opinion.CONFIRMED, "孙审")
    entry = only(store)
    assert entry.history.disputed and entry.history.decision is None and entry.is_open
    assert [one.reviewer for one in entry.claims] == ["钱审", "孙审"]


def test_a_false_alarm_is_silent_and_so_is_what_a_wide_one_covers(store: Store) -> None:
    """By finding, by word, by column; one that was taken back is not."""
    keep(store, life(1), life(2, matched="座无虚席席"), life(3, account_name="云溪三农"), life(4, code="T103"))
    decide(store, 1, Opinion.FALSE_ALARM)
    decide(store, 9, Opinion.FALSE_ALARM, scope=Scope.WORD, code="T101", word="座无虚席席")
    decide(store, 8, Opinion.FALSE_ALARM, scope=Scope.COLUMN, code="T101", column="云溪三农")
    assert [entry.silenced for entry in ledger(store).entries] == [True, True, True, False]
    decisions.undo(store, [1])
    assert [entry.silenced for entry in ledger(store).entries] == [False, True, True, False]


def test_only_what_was_looked_for_and_gone_is_closed(store: Store) -> None:
    """已改, 已下线 and 已销号 with their day; 未复查 stays open, though its page was missing once."""
    day = date(2026, 11, 16)
    gone = [life(n, state=state, gone=day) for n, state in enumerate((State.MENDED, State.OFFLINE, State.CLOSED), 1)]
    keep(store, *gone, life(4, state=State.UNCHECKED))
    entries = ledger(store).entries
    assert [entry.closed for entry in entries] == [day, day, day, None]
    assert [entry.is_open for entry in entries] == [False, False, False, True]
    assert all(entry.history.overdue == 0 for entry in entries[:3])


def test_a_sentence_that_was_rewritten_is_one_problem(store: Store) -> None:
    """The finding that took its place goes on; the former is no line of its own."""
    keep(store, life(1, state=State.REWORDED, gone=date(2026, 11, 16)), life(2, state=State.REWORDED))
    assert [entry.finding.fingerprint for entry in ledger(store).entries] == [f"{2:016x}"]


def test_all_inspections_are_in_it_each_with_its_last_run(store: Store) -> None:
    """Its titles and days, and whether it saw all."""
    keep(store, life(1))
    keep(store, life(2), inspection="columns", complete=False)
    keep(store, day=date(2026, 11, 9))
    known = ledger(store)
    assert [entry.inspection for entry in known.entries] == ["weekly", "columns"]
    assert known.runs["weekly"] == ("周检", date(2026, 11, 9), True)
    assert known.runs["columns"] == ("栏目体检", date(2026, 11, 2), False)


def test_a_store_without_runs_says_so(store: Store) -> None:
    """And what to do first."""
    with pytest.raises(StoreError, match="还没有检查过。请先运行 jimo-lint inspect"):
        ledger(store)


def test_a_day_before_the_last_run_is_refused(store: Store) -> None:
    """How things stood then is not kept."""
    keep(store, life())
    with pytest.raises(StoreError, match="最近一次检查是 2026-11-02"):
        ledger(store, date(2026, 11, 1))
