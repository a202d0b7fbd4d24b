"""更新情况 and 未检账号: a small calendar of every account, and what was not inspected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from jimo_lint.language.printing import printable
from jimo_lint.model import Account, AccountReading, AccountResult, Problem, Report, UpdateStatus
from jimo_lint.report.views.table import Field, Row, Table
from jimo_lint.report.views.unread import problems, unopened_files, unshown

# Five weeks of days fit the width of a page.
_WEEKS = 5

_UNCHECKED = (
    Field("序号", 6, "number"),
    Field("主办单位", 24),
    Field("平台", 12, "centre"),
    Field("账号", 24, "strong"),
    Field("没有检查到什么", 60),
    Field("补查情况", 20),
)


class Pace(NamedTuple):
    """How one account published. posts: on each of the days, None for none; total: over these days, None where nothing
    of it was read.

    pause: days of the longest pause between two posts of the last twelve weeks, the present one included; None
    where nothing was published in them.
    """

    account: Account
    posts: tuple[int | None, ...]
    total: int | None
    pause: int | None


class Calendar(NamedTuple):
    """Posts a day over whole weeks, Monday to Sunday. Days after `as_of` are still to come."""

    as_of: date
    weeks: tuple[str, ...]
    days: tuple[date, ...]
    accounts: tuple[Pace, ...]
    note: str = "近五周逐日发文数（空白为当日没有发文，整行空白为没有读到内容；灰色为检查日之后）"


def calendar(report: Report, results: Sequence[AccountResult]) -> Calendar:
    """The last five weeks, that of the inspection the last of them."""
    as_of = report.run.as_of
    monday = as_of - timedelta(days=as_of.weekday() + 7 * (_WEEKS - 1))
    days = tuple(monday + timedelta(days=number) for number in range(7 * _WEEKS))
    paces = tuple(pace(result.reading, days, as_of, unread=result.unread) for result in results)
    return Calendar(as_of, tuple(_week(days[7 * number]) for number in range(_WEEKS)), days, paces)


def pace(reading: AccountReading, days: Sequence[date], as_of: date, *, unread: bool = False) -> Pace:
    """The pace of one account over these days."""
    posts = tuple(reading.days.get(day) for day in days)
    total = None if unread else sum(count for count in posts if count)
    return Pace(reading.account, posts, total, _longest(reading, as_of))


def _longest(reading: AccountReading, as_of: date) -> int | None:
    pauses = ((later - earlier).days for earlier, later in pairwise([*sorted(reading.days), as_of]))
    return max(pauses, default=None)


def _week(monday: date) -> str:
    sunday = monday + timedelta(days=6)
    return f"第{monday.isocalendar().week}周 {monday.month}.{monday.day}—{sunday.month}.{sunday.day}"


def unchecked(report: Report, results: Sequence[AccountResult]) -> Table:
    """未检账号: every account that could not be judged, posts whose pictures nobody read, files not read."""
    unknown = sum(1 for result in results if result.status is UpdateStatus.UNKNOWN)
    checked = f"登记的 {len(results)} 个账号中，本周已检查 {len(results) - unknown} 个"
    rows = [(number, *row, None) for number, row in enumerate(_unchecked(report, results), 1)]
    note = f"{checked}，未能判定 {unknown} 个。没有读到的内容没有参加检查，请补查。"
    return Table("未检账号", _UNCHECKED, rows, notes=(note,))


def _unchecked(report: Report, results: Sequence[AccountResult]) -> Iterator[Row]:
    unopened: dict[str, list[str]] = {}
    for files in report.unopened:
        unopened.setdefault(files.account, []).append(" ".join(unopened_files(files)))
    for result in results:
        account, reading = result.reading.account, result.reading
        whom = (account.owner, account.platform.label, account.name)
        if result.status is UpdateStatus.UNKNOWN:
            yield *whom, result.reason
        for count, what in unshown(reading):
            yield *whom, f"{count:,} {what}"
        if account.id in unopened:
            yield *whom, f"{'、'.join(unopened[account.id])}没有打开，内容没有检查"
    accounts = {result.reading.account.id: result.reading.account for result in results}
    told = {result.reason for result in results}
    yield from (row for problem in problems(report) for row in _problem(problem, accounts, told))


def _problem(problem: Problem, accounts: Mapping[str, Account], told: set[str]) -> Iterator[Row]:
    """What was not read, beside the account whose archive it stands in; nothing where its row says so already."""
    holder = next((accounts[one] for one in problem.accounts if one in accounts), None)
    line = problem.within(holder.archive if holder else "")
    if line not in told:
        named = (holder.owner, holder.platform.label, holder.name) if holder else (None, None, None)
        yield *named, printable(line)
