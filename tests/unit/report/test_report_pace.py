"""The calendar of accounts: posts by days, totals and pauses."""

from __future__ import annotations

from datetime import date, timedelta

from jimo_lint.model import Account, AccountReading, Platform
from jimo_lint.report.views.pace import Pace, pace

AS_OF = date(2026, 11, 22)
DAYS = [AS_OF - timedelta(days=ago) for ago in (3, 2, 1, 0)]


def reading(name: str, **posts: int) -> AccountReading:
    """An account with posts on the days of November that are given as `d19=2`."""
    days = {date(2026, 11, int(day[1:])): number for day, number in posts.items()}
    return AccountReading(Account(name, name, Platform.WECHAT), days=days)


def paces(*readings: AccountReading) -> list[Pace]:
    """The pace of each account over the four days."""
    return [pace(one, DAYS, AS_OF) for one in readings]


def test_posts_stand_on_their_days() -> None:
    """A day without posts is blank and not nought, and days outside the table are neither shown nor counted."""
    one, other = paces(reading("甲", d1=7, d19=2, d22=1), reading("乙", d20=3))
    assert (one.posts, one.total) == ((2, None, None, 1), 3)
    assert (other.posts, other.total) == ((None, 3, None, None), 3)


def test_the_longest_pause_counts_days_outside_and_the_present_one() -> None:
    """From the first to the nineteenth are eighteen days; who posted on the second last is silent for twenty."""
    one, other, third = paces(reading("甲", d1=7, d19=2, d22=1), reading("乙", d2=3), reading("丙", d22=1))
    assert (one.pause, other.pause, third.pause) == (18, 20, 0)


def test_accounts_without_posts_have_no_pace() -> None:
    """Nothing published is blank on every day, nought in all and no pause."""
    (silent,) = paces(reading("甲"))
    assert silent[1:] == ((None, None, None, None), 0, None)
