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


def test_a_deadline_counts_from_when_the_finding_came() -> None:
    """Where that is known: one that stands for three weeks has not three more days; what a reviewer set goes before."""
    report, finding = samples.weekly(), samples.word_finding()
    assert phrases.deadline(finding, report) == "3 个工作日\n（11月25日前）"
    seen = date(2026, 11, 2)
    history = History(State.STILL, seen, seen, 20, date(2026, 11, 5), overdue=12)
    assert phrases.deadline(replace(finding, history=history), report) == "3 个工作日\n（11月5日前）"
    uncertain = replace(history, certain=False)
    assert phrases.deadline(replace(finding, history=uncertain), report) == "3 个工作日\n（约11月5日前）"
    given = Decision("weekly", "", Opinion.CONFIRMED, seen, "甲", due=date(2026, 12, 10))
    decided = replace(history, due=given.due, decision=given)
    assert phrases.deadline(replace(finding, history=decided), report) == "12月10日前"
