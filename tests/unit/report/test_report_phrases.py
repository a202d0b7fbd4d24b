"""The wording and the order that all writers share."""

from __future__ import annotations

from jimo_lint.model import ColumnKind, UpdateStatus
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
