"""Working days follow the published holiday arrangements, and an unknown year is said to be one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from jimo_lint.errors import ConfigError
from jimo_lint.inspection.context import context
from jimo_lint.model.workdays import Due, due, last, published, until
from jimo_lint.settings.config import load


@pytest.mark.parametrize(
    ("start", "days", "last"),
    [
        # Friday, Monday, Tuesday.
        (date(2024, 4, 11), 3, date(2024, 4, 16)),
        # The day itself is not counted, a weekend as little.
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 11, 22), 0, date(2026, 11, 22)),
        # National Day 2024: off from 1 to 7 October, and Saturday the 12th is worked.
        (date(2024, 9, 30), 1, date(2024, 10, 8)),
        (date(2024, 10, 8), 4, date(2024, 10, 12)),
        # Sunday 29 September 2024 is worked for it.
        (date(2024, 9, 27), 1, date(2024, 9, 29)),
        # Spring Festival 2020 was made longer.
        (date(2020, 1, 23), 1, date(2020, 2, 3)),
    ],
)
def test_counts_working_days(start: date, days: int, last: date) -> None:
    """Holidays are skipped and make-up workdays counted."""
    assert due(start, days) == Due(last)


def test_a_year_without_an_arrangement_is_estimated_and_says_so() -> None:
    """Beyond the known years weekends and the statutory holidays are left out, and the result is not called certain."""
    # New Year's Day is a Thursday, so Friday and Monday are the second and third day.
    assert due(date(2098, 12, 30), 3) == Due(date(2099, 1, 5), False)
    # Friday, Monday: neither Saturday nor Sunday counts.
    assert due(date(2099, 1, 1), 2) == Due(date(2099, 1, 5), False)
    assert due(date(2026, 12, 29), 2) == Due(date(2026, 12, 31))
    assert not due(date(2098, 12, 30), 2).certain


@pytest.mark.parametrize(
    ("start", "last"),
    [
        # 元旦, a Monday of 2063.
        (date(2062, 12, 29), date(2063, 1, 2)),
        # 春节 of 2096: 除夕 is Tuesday 24 January, three days follow, Friday the last of them.
        (date(2096, 1, 23), date(2096, 1, 30)),
        # 清明 of 2060 is Sunday 4 April, for which Monday is given.
        (date(2060, 4, 2), date(2060, 4, 6)),
        # 劳动节 has two days.
        (date(2059, 4, 30), date(2059, 5, 5)),
        # 端午 of 2099 is Tuesday 23 June.
        (date(2099, 6, 22), date(2099, 6, 24)),
        # 中秋 of 2099 is Tuesday 29 September.
        (date(2099, 9, 28), date(2099, 9, 30)),
        # 国庆 has three days; of 2099 the third is a Saturday, for which Monday is given.
        (date(2099, 9, 30), date(2099, 10, 6)),
    ],
)
def test_statutory_holidays_of_years_to_come(start: date, last: date) -> None:
    """The first working day after each of the seven holidays, by sun or moon."""
    assert due(start, 1) == Due(last, False)


def test_the_offices_own_days() -> None:
    """Days off and days of work of the office go before those of the country, in known years and others."""
    # Monday 23 November 2026 is off here, Sunday the 22nd is worked.
    assert due(date(2026, 11, 20), 1, [date(2026, 11, 23)]) == Due(date(2026, 11, 24))
    assert due(date(2026, 11, 20), 1, (), [date(2026, 11, 22)]) == Due(date(2026, 11, 22))
    assert due(date(2099, 9, 30), 1, (), [date(2099, 10, 1)]) == Due(date(2099, 10, 1))


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        # 国庆 2026: off from 1 to 7 October; Sunday 20 September and Saturday 10 October are worked.
        (date(2026, 9, 30), date(2026, 10, 7), 0),
        (date(2026, 9, 30), date(2026, 10, 8), 1),
        (date(2026, 9, 30), date(2026, 10, 10), 3),
        (date(2026, 9, 30), date(2026, 10, 11), 3),
        # 春节 2026: off from 15 to 23 February; Saturdays 14 and 28 are worked.
        (date(2026, 2, 13), date(2026, 2, 14), 1),
        (date(2026, 2, 14), date(2026, 2, 23), 0),
        (date(2026, 2, 14), date(2026, 2, 28), 5),
        (date(2026, 2, 14), date(2026, 3, 1), 5),
        (date(2026, 11, 22), date(2026, 11, 22), 0),
        (date(2026, 11, 22), date(2026, 11, 1), 0),
    ],
)
def test_working_days_until_a_day(start: date, end: date, days: int) -> None:
    """The first day is not counted, the last one is; holidays are left out, make-up workdays are not."""
    assert until(start, end) == (days, True)


@pytest.mark.parametrize(
    ("end", "day"),
    [
        # A Saturday; a Wednesday; a Saturday that is worked.
        (date(2026, 1, 31), date(2026, 1, 30)),
        (date(2026, 3, 31), date(2026, 3, 31)),
        (date(2026, 2, 28), date(2026, 2, 28)),
        # 31 January 2025 lies in 春节; the Sunday before it was worked, and so was the Monday.
        (date(2025, 1, 31), date(2025, 1, 27)),
        (date(2025, 1, 26), date(2025, 1, 26)),
        (date(2026, 10, 7), date(2026, 9, 30)),
    ],
)
def test_the_last_working_day_before_a_day_off(end: date, day: date) -> None:
    """What is due on a day off is to be done before it."""
    assert last(end) == Due(day)


def test_days_left_of_a_year_to_come() -> None:
    """They are estimated, and said to be; the office's own days are certain."""
    assert published(2026) and not published(2099)
    assert until(date(2099, 9, 30), date(2099, 10, 6)) == (1, False)
    assert last(date(2099, 10, 4)) == Due(date(2099, 9, 30), False)
    assert last(date(2099, 10, 4), (), [date(2099, 10, 3)]) == Due(date(2099, 10, 3), False)
    assert last(date(2099, 10, 3), (), [date(2099, 10, 3)]) == Due(date(2099, 10, 3))
    assert until(date(2026, 11, 22), date(2026, 11, 27), [date(2026, 11, 27)], [date(2026, 11, 28)]) == (4, True)


def test_the_configuration_names_them(tmp_path: Path) -> None:
    """As TOML dates or as text; they reach the deadlines that reports print."""
    (tmp_path / "jimo-lint.toml").write_text(
        '[calendar]\nholidays = [2026-11-23, "2026-11-24"]\nworkdays = [2026-11-22]\n', encoding="utf-8"
    )
    deadlines = context(load(tmp_path / "jimo-lint.toml"), date(2026, 11, 20)).profile.deadlines
    assert deadlines.holidays == (date(2026, 11, 23), date(2026, 11, 24))
    assert deadlines.workdays == (date(2026, 11, 22),)
    assert due(date(2026, 11, 20), 2, deadlines.holidays, deadlines.workdays) == Due(date(2026, 11, 25))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('holidays = ["下周一"]', "不是日期"),
        ("holidays = [2026-11-23T08:00:00]", "不是日期"),
        ("holidays = [20261123]", "不是日期"),
        ("holidays = [2026-11-23]\nworkdays = [2026-11-23]", "也在 holidays 里"),
        ("holiday = [2026-11-23]", "holidays"),
    ],
)
def test_days_that_cannot_be_meant(written: str, said: str, tmp_path: Path) -> None:
    """What is no date, or is off and worked at once, is told with its place."""
    (tmp_path / "jimo-lint.toml").write_text(f"[calendar]\n{written}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=said):
        load(tmp_path / "jimo-lint.toml")
