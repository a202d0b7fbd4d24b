"""The wording and the order that all writers share."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from jimo_lint.model import ColumnKind, Decision, History, Opinion, State, UpdateStatus
from jimo_lint.report import phrases
from tests.support import report_samples as samples
from tests.support.problems import problem


def test_many_places_with_the_same_fault_are_one_line() -> None:
    """Three are named one by one, four are counted; an excused problem is never thrown together with another."""
    three = [problem(f"{number}.docx", "读不出") for number in range(3)]
    assert phrases.together(three) == three
    four = [*three, problem("3.docx", "读不出")]
    assert phrases.together(four) == [problem("0.docx 等 4 处", "读不出")]
    mixed = [*three, problem("3.docx", "读不出", excused=True)]
    assert phrases.together(mixed) == mixed


def test_key_columns_stand_before_others_that_are_as_bad() -> None:
    """The conclusion goes first, then key columns, then the longest silence."""
    stale = UpdateStatus.STALE
    results = [
        samples.column("甲", ColumnKind.NEWS, "", 90, stale),
        samples.column("乙", ColumnKind.NEWS, "", 20, stale, key=True),
        samples.column("丙", ColumnKind.NEWS, "", 0, key=True),
        samples.column("丁", ColumnKind.NEWS, "", 99, stale),
    ]
    ordered = sorted(results, key=phrases.column_order)
    assert [result.reading.column.name for result in ordered] == ["乙", "丁", "甲", "丙"]


def test_a_deadline_does_not_move_from_run_to_run() -> None:
    """It is the day from which the problem counts as overdue; a reviewer's own day stands alone."""
    report, finding = samples.columns(), samples.word_finding()
    assert phrases.deadline(finding, report) == "3 个工作日\n（11月25日前）"
    seen = date(2026, 11, 9)
    known = History(State.STILL, seen, seen, 13, date(2026, 11, 12), overdue=7)
    assert phrases.deadline(replace(finding, history=known), report) == "3 个工作日\n（11月12日前）"
    doubtful = replace(known, certain=False)
    assert phrases.deadline(replace(finding, history=doubtful), report) == "3 个工作日\n（约11月12日前）"
    own = Decision("columns", finding.fingerprint, Opinion.CONFIRMED, seen, due=date(2026, 11, 30))
    decided = replace(known, due=own.due, decision=own)
    assert phrases.deadline(replace(finding, history=decided), report) == "11月30日前"
