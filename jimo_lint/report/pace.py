"""The sheets about updating and coverage: a small calendar of every account, and what was not inspected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from jimo_lint.model import AccountResult, Report, UpdateStatus
from jimo_lint.report import phrases
from jimo_lint.report.cells import Value
from jimo_lint.report.tables import paces
from jimo_lint.report.workbook import Book, Field

# Five weeks of days fit the width of a page.
_WEEKS = 5
_WEEKDAYS = "一二三四五六日"
_DAY_WIDTH = 3.1
_BEFORE = (("主办单位", 18.0), ("平台", 9.0), ("账号", 18.0))
_AFTER = (("五周发文", 8.0), ("最长间隔", 8.0))
_FIRST_DAY = len(_BEFORE) + 1
_LAST_DAY = len(_BEFORE) + 7 * _WEEKS

_UNCHECKED = (
    Field("序号", 6, "number"),
    Field("主办单位", 24),
    Field("平台", 12, "centre"),
    Field("账号", 24, "strong"),
    Field("没有检查到什么", 60),
    Field("补查情况", 20),
)


def pace_sheet(book: Book, report: Report, results: Sequence[AccountResult]) -> None:
    """更新情况: posts a day over five weeks, Monday to Sunday, and the longest pause of twelve weeks in days."""
    widths = [width for _, width in _BEFORE] + [_DAY_WIDTH] * (7 * _WEEKS) + [width for _, width in _AFTER]
    sheet = book.sheet("更新情况", widths, freeze=f"{chr(ord('A') + len(_BEFORE))}4")
    as_of = report.run.as_of
    monday = as_of - timedelta(days=as_of.weekday() + 7 * (_WEEKS - 1))
    days = [monday + timedelta(days=number) for number in range(7 * _WEEKS)]
    sheet.band("近五周逐日发文数（空白为当日没有发文，整行空白为没有读到内容；灰色为检查日之后）", "note")
    weeks = [_week(days[7 * number]) for number in range(_WEEKS)]
    spans = [(_FIRST_DAY + 7 * number, _FIRST_DAY + 7 * number + 6) for number in range(_WEEKS)]
    sheet.spread(["", *weeks, ""], "head", [(1, len(_BEFORE)), *spans, (_LAST_DAY + 1, len(widths))], 20)
    heads = [name for name, _ in _BEFORE] + [f"{_WEEKDAYS[day.weekday()]}\n{day.day}" for day in days]
    styles = ["head"] * len(_BEFORE) + ["head-day"] * len(days) + ["head"] * len(_AFTER)
    sheet.add([*heads, *(name for name, _ in _AFTER)], styles, 30)
    first = sheet.row + 1
    row_styles = ["text", "centre", "strong", *("void" if day > as_of else "day" for day in days), "number", "number"]
    for result, pace in zip(results, paces([one.reading for one in results], days, as_of), strict=True):
        account = result.reading.account
        total = None if result.unread else pace.total
        sheet.add([account.owner, account.platform.label, account.name, *pace.posts, total, pace.pause], row_styles)
    if results:
        sheet.shade((_FIRST_DAY, _LAST_DAY), range(first, sheet.row + 1))
    sheet.repeat(2, 3)


def _week(monday: date) -> str:
    sunday = monday + timedelta(days=6)
    return f"第{monday.isocalendar().week}周 {monday.month}.{monday.day}—{sunday.month}.{sunday.day}"


def coverage_sheet(book: Book, report: Report, results: Sequence[AccountResult]) -> None:
    """未检账号: every account that could not be judged, posts whose pictures nobody read, files not read."""
    sheet = book.sheet("未检账号", [field.width for field in _UNCHECKED], freeze="A2")
    rows = list(_unchecked(report, results))
    sheet.table(_UNCHECKED, ((number, *row, None) for number, row in enumerate(rows, 1)))
    unknown = sum(1 for result in results if result.status is UpdateStatus.UNKNOWN)
    checked = f"登记的 {len(results)} 个账号中，本周已检查 {len(results) - unknown} 个"
    sheet.band(f"{checked}，未能判定 {unknown} 个。没有读到的内容没有参加检查，请补查。", "note")
    sheet.repeat(1)


def _unchecked(report: Report, results: Sequence[AccountResult]) -> Iterator[tuple[Value, ...]]:
    accounts = {result.reading.account.id: result.reading.account for result in results}
    for result in results:
        account, reading = result.reading.account, result.reading
        whom = (account.owner, account.platform.label, account.name)
        if result.status is UpdateStatus.UNKNOWN:
            yield *whom, result.reason
        if reading.pictures:
            yield *whom, f"{reading.pictures:,} 篇的内容在图片里，图中文字没有检查"
        if reading.untold:
            yield *whom, f"{reading.untold:,} 篇在档案里只有标题，正文没有检查"
    told = {result.reason for result in results}
    for problem in report.problems:
        holder = next((accounts[one] for one in problem.accounts if one in accounts), None)
        line = problem.within(holder.archive if holder else "")
        if line in told:
            continue
        named = (holder.owner, holder.platform.label, holder.name) if holder else (None, None, None)
        yield *named, phrases.printable(line)
