"""How often a duty should have been done by a day, when it is due next, and how it stands."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from jimo_lint.lint import pace
from jimo_lint.model.duties import Standing


@pytest.mark.parametrize(
    ("times", "year", "day", "owed"),
    [
        (20, 2026, date(2026, 1, 1), 0),
        (20, 2026, date(2026, 12, 31), 20),
        (20, 2026, date(2026, 12, 30), 19),
        (30, 2026, date(2026, 11, 22), 26),
        # 400 a year are more than one a day; the first day has its share.
        (400, 2026, date(2026, 1, 1), 1),
        # Twice a year: when the halves are over, not a day before.
        (2, 2026, date(2026, 6, 29), 0),
        (2, 2026, date(2026, 6, 30), 1),
        (2, 2026, date(2026, 12, 30), 1),
        # Four times: with the quarters. Monthly: with February's end, which differs.
        (4, 2026, date(2026, 3, 30), 0),
        (4, 2026, date(2026, 3, 31), 1),
        (12, 2027, date(2027, 2, 28), 2),
        (12, 2028, date(2028, 2, 28), 1),
        (12, 2028, date(2028, 2, 29), 2),
        # Of a past year all is owed, of one to come nothing.
        (20, 2026, date(2027, 1, 1), 20),
        (20, 2026, date(2025, 12, 31), 0),
    ],
)
def test_what_is_owed_by_a_day(times: int, year: int, day: date, owed: int) -> None:
    """Linear over months and the days of a month, whole ones only; the last day owes all."""
    assert pace.expected(times, year, day) == owed


@pytest.mark.parametrize("year", [2026, 2028])
@pytest.mark.parametrize("times", [1, 2, 3, 20, 30, 53])
def test_due_days_are_those_on_which_more_is_owed(times: int, year: int) -> None:
    """The day of the n-th is the first that owes n; the last one's is the end of the year; they only go on."""
    days = [pace.due_day(times, number, year) for number in range(1, times + 1)]
    assert days == sorted(days) and days[-1] == date(year, 12, 31)
    for number, day in enumerate(days, 1):
        assert pace.expected(times, year, day) >= number > pace.expected(times, year, day - timedelta(days=1))


@pytest.mark.parametrize(
    ("year", "weeks", "first", "last"),
    [
        # 53 weeks, the first of which begins in December and the last of which ends in January.
        (2026, 53, date(2025, 12, 29), date(2026, 12, 28)),
        # 1 January 2027 is a Friday, and of the year before.
        (2027, 52, date(2027, 1, 4), date(2027, 12, 27)),
        (2024, 52, date(2024, 1, 1), date(2024, 12, 23)),
        (2020, 53, date(2019, 12, 30), date(2020, 12, 28)),
    ],
)
def test_weeks_of_a_year(year: int, weeks: int, first: date, last: date) -> None:
    """ISO weeks, Monday to Sunday; each day of a year is in one week of one year."""
    mondays = pace.mondays(year)
    assert (len(mondays), mondays[0], mondays[-1]) == (weeks, first, last)
    assert pace.mondays(year + 1)[0] == pace.sunday(last) + timedelta(days=1)


BOTH = date(2026, 11, 22)  # 17 of 20 are owed


@pytest.mark.parametrize(
    ("done", "most", "standing"),
    [
        (16, 16, Standing.BEHIND),
        (17, 17, Standing.EVEN),
        (18, 18, Standing.AHEAD),
        (20, 20, Standing.DONE),
        (23, 23, Standing.DONE),
        # Two without a date: 15 to 17, which may be enough; 14 to 16 is not.
        (15, 17, Standing.UNKNOWN),
        (14, 16, Standing.BEHIND),
        # Nobody knows how many more: what is there counts, what is not says nothing.
        (0, None, Standing.UNKNOWN),
        (16, None, Standing.UNKNOWN),
        (17, None, Standing.EVEN),
        (20, None, Standing.DONE),
    ],
)
def test_over_the_year(done: int, most: int | None, standing: Standing) -> None:
    """Behind only where even the most that it may be is too little."""
    assert pace.over_the_year(20, done, most, 2026, (BOTH, BOTH)) is standing


def test_what_was_counted_some_days_ago() -> None:
    """Between the day that was counted up to and the day asked about more may have been done."""
    counted = date(2026, 10, 31)  # 16 were owed by then
    assert pace.over_the_year(20, 16, 16, 2026, (counted, BOTH)) is Standing.EVEN
    assert pace.over_the_year(20, 15, 15, 2026, (counted, BOTH)) is Standing.BEHIND
    assert pace.over_the_year(20, 17, 17, 2026, (counted, BOTH)) is Standing.EVEN


def test_before_and_after_the_year() -> None:
    """A year to come owes nothing yet; what a past one lacks is late; a column that nobody reads stays unknown."""
    before, after, end = date(2025, 12, 31), date(2027, 1, 1), date(2026, 12, 31)
    assert pace.over_the_year(20, 0, 0, 2026, (before, before)) is Standing.WAITING
    assert pace.over_the_year(20, 0, None, 2026, (before, before)) is Standing.UNKNOWN
    assert pace.over_the_year(20, 0, None, 2026, (date(2026, 1, 1),) * 2) is Standing.UNKNOWN
    assert pace.over_the_year(20, 19, 19, 2026, (end, after)) is Standing.OVERDUE
    assert pace.over_the_year(20, 19, 19, 2026, (end, end)) is Standing.BEHIND
    assert pace.over_the_year(20, 19, 20, 2026, (end, after)) is Standing.UNKNOWN


DEADLINE = date(2026, 1, 31)  # a Saturday


@pytest.mark.parametrize(
    ("done", "most", "as_of", "standing"),
    [
        (0, 0, date(2026, 1, 30), Standing.WAITING),
        # A day off does not move it: the day itself is still in time, the Monday after is not.
        (0, 0, date(2026, 1, 31), Standing.WAITING),
        (0, 0, date(2026, 2, 1), Standing.OVERDUE),
        (1, 1, date(2026, 2, 1), Standing.DONE),
        (0, None, date(2026, 1, 30), Standing.UNKNOWN),
        (0, None, date(2026, 2, 1), Standing.UNKNOWN),
        (0, 1, date(2026, 2, 1), Standing.UNKNOWN),
        (1, None, date(2026, 2, 1), Standing.DONE),
        (0, 0, date(2025, 12, 31), Standing.WAITING),
    ],
)
def test_by_a_day(done: int, most: int | None, as_of: date, standing: Standing) -> None:
    """Up to and on the day; what was not read is neither done nor late."""
    assert pace.by_a_day(1, done, most, DEADLINE, (as_of, as_of)) is standing


def test_a_deadline_that_passed_since_the_site_was_read() -> None:
    """A site read before the day says nothing of the day."""
    before, after = date(2026, 1, 16), date(2026, 2, 2)
    assert pace.by_a_day(1, 0, 0, DEADLINE, (before, after)) is Standing.UNKNOWN
    assert pace.by_a_day(1, 0, 0, DEADLINE, (DEADLINE, after)) is Standing.OVERDUE


def test_by_weeks() -> None:
    """A week that is over cannot be made up for."""
    assert pace.by_weeks(53, 46, 0) is Standing.EVEN
    assert pace.by_weeks(53, 53, 0) is Standing.DONE
    assert pace.by_weeks(53, 52, 1) is Standing.BEHIND
