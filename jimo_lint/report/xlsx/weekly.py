"""Lays 周检 out as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from openpyxl.chart import BarChart, LineChart, Reference

from jimo_lint.model import AccountResult, Report
from jimo_lint.report import phrases
from jimo_lint.report.views import owners
from jimo_lint.report.views.pace import Calendar
from jimo_lint.report.views.weekly import AGE, LIMIT, NAME, Weekly
from jimo_lint.report.views.weekly import weekly as view
from jimo_lint.report.xlsx.book import Book, writing
from jimo_lint.report.xlsx.charts import bars, dress
from jimo_lint.report.xlsx.notes import notes_sheet
from jimo_lint.report.xlsx.sheet import Sheet
from jimo_lint.report.xlsx.since import since_sheet

_COVER_WIDTHS = (24, 24, 24, 24, 24, 24)
_TILES = tuple((number, number) for number in range(1, 7))
_SIGNED = ((1, 2), (3, 4), (5, 6))

# More bars than this cannot be told apart on a page; the rows are sorted gravest first, so the chart has the worst.
_CHARTED = 20
_CHART_HEIGHT = 8.5
_BARS = {"超期未更新": "C0504D", "账号无内容": "C0504D", "即将超期": "E0A030", "未能判定": "A6A6A6"}

# The calendar: who, the days of the weeks, and the sums.
_WHO = (("主办单位", 18.0), ("平台", 9.0), ("账号", 18.0))
_SUMS = (("五周发文", 8.0), ("最长间隔", 8.0))
_DAY_WIDTH = 3.1
_WEEKDAYS = "一二三四五六日"


def write(report: Report, path: Path, *, unit_by_sheet: bool = False) -> Path:
    """Write the workbook to `path`, whole or not at all, and return where it is. ReportError where it cannot be.

    Where a person has written into the one at `path`, that is kept and the new one stands beside it.

    unit_by_sheet: a sheet of its own for every responsible unit that has something to correct.
    """
    said = view(report)
    with writing(path, report.run.site, report.run.title, phrases.china_time(report.run.finished)) as book:
        cover = _cover(book, said)
        accounts = book.table(said.accounts)
        if said.results:
            _chart(cover, accounts, said)
        cover.gap(12)
        cover.spread(["检查人：", "审核人：", "日期：　　　　年　　月　　日"], "text", _SIGNED, 26)
        book.table(said.findings)
        _calendar(book, said.calendar)
        for table in (said.links, said.unchecked, said.rectification, said.publications):
            if table is not None:
                book.table(table)
        since_sheet(book, report)
        if unit_by_sheet:
            for table in owners.by_unit(report):
                book.table(table)
        notes_sheet(book, said.notes)
    return book.path


def _cover(book: Book, said: Weekly) -> Sheet:
    """The page that a section chief reads: the result in a sentence, six figures, who has to act, the ages."""
    sheet = book.sheet("封面与结论", _COVER_WIDTHS)
    sheet.band(said.title, "title", 34)
    sheet.band(said.subtitle, "subtitle", 18)
    sheet.band(said.verdict, "verdict", 24)
    for line in said.warnings:
        sheet.line(line)
    sheet.tiles(said.figures, _TILES)
    sheet.gap()
    for line in said.to_do:
        sheet.line(line)
    sheet.gap(6)
    return sheet


def _chart(sheet: Sheet, source: Sheet, said: Weekly) -> None:
    """Days since the last post by account, with the limit as a line where all limits are in days."""
    shown = said.results[:_CHARTED]
    titles = [field.title for field in said.accounts.fields]
    first, last = 2, 1 + len(shown)

    def cells(title: str, *, headed: bool) -> Reference:
        column = 1 + titles.index(title)
        return Reference(source.worksheet, min_col=column, min_row=first - headed, max_row=last)

    chart = BarChart()
    chart.type = "col"
    chart.add_data(cells(AGE, headed=True), titles_from_data=True)
    chart.set_categories(cells(NAME, headed=False))
    bars(chart, map(_colour, shown))
    more = f"（最重的 {_CHARTED} 个）" if len(said.results) > _CHARTED else ""
    dress(chart, f"各账号距最近更新的天数{more}", _CHART_HEIGHT)
    if all(result.limit and not result.limit.months for result in shown):
        line = LineChart()
        line.add_data(cells(LIMIT, headed=True), titles_from_data=True)
        line.series[0].graphicalProperties.line.solidFill = "C00000"
        line.series[0].graphicalProperties.line.dashStyle = "dash"
        line.series[0].marker.symbol = "none"
        chart += line
    sheet.chart(chart, sheet.room(_CHART_HEIGHT))


def _colour(result: AccountResult) -> str:
    return _BARS.get(result.conclusion, "")


def _calendar(book: Book, calendar: Calendar) -> None:
    """更新情况: who published how much on which day, darker where it was more."""
    days, first = calendar.days, len(_WHO) + 1
    last = len(_WHO) + len(days)
    widths = [*(width for _, width in _WHO), *[_DAY_WIDTH] * len(days), *(width for _, width in _SUMS)]
    sheet = book.sheet("更新情况", widths, freeze=f"{chr(ord('A') + len(_WHO))}4")
    sheet.band(calendar.note, "note")
    spans = [(first + 7 * number, first + 7 * number + 6) for number in range(len(calendar.weeks))]
    sheet.spread(["", *calendar.weeks, ""], "head", [(1, len(_WHO)), *spans, (last + 1, len(widths))], 20)
    heads = [*_names(_WHO), *(f"{_WEEKDAYS[day.weekday()]}\n{day.day}" for day in days), *_names(_SUMS)]
    styles = ["head"] * len(_WHO) + ["head-day"] * len(days) + ["head"] * len(_SUMS)
    head = sheet.add(heads, styles, 30)
    marks = ("void" if day > calendar.as_of else "day" for day in days)
    row_styles = ["text", "centre", "strong", *marks, "number", "number"]
    for pace in calendar.accounts:
        account = pace.account
        row = [account.owner, account.platform.label, account.name, *pace.posts, pace.total, pace.pause]
        sheet.add(row, row_styles)
    if calendar.accounts:
        sheet.shade((first, last), range(head + 1, sheet.row + 1))
    sheet.repeat(head - 1, head)


def _names(columns: Sequence[tuple[str, float]]) -> list[str]:
    return [name for name, _ in columns]
