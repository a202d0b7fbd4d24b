"""Working days follow the published holiday arrangements, and an unknown year is said to be one."""

from __future__ import annotations

from datetime import date

import pytest

from jimo_lint.workdays import Due, due


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
    """Beyond the known years Monday to Friday are counted, and the result is not called certain."""
    assert due(date(2098, 12, 30), 3) == Due(date(2099, 1, 2), False)
    # Friday, Monday: neither Saturday nor Sunday counts.
    assert due(date(2099, 1, 1), 2) == Due(date(2099, 1, 5), False)
    assert due(date(2026, 12, 29), 2) == Due(date(2026, 12, 31))
    assert not due(date(2098, 12, 30), 1).certain
