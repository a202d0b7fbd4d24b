"""Lays 周调度 out as a workbook."""

from __future__ import annotations

from pathlib import Path

from openpyxl.chart import BarChart, LineChart, Reference

from jimo_lint.evidence.request_years import COLUMNS, NAMES, OUTCOMES, WAYS
from jimo_lint.model import Report
from jimo_lint.model.requests import Decision, YearTable
from jimo_lint.report import phrases
from jimo_lint.report.views.requests import Requests
from jimo_lint.report.views.requests import requests as view
from jimo_lint.report.views.table import Block, Field, Row
from jimo_lint.report.xlsx.book import Book, writing
from jimo_lint.report.xlsx.charts import dress
from jimo_lint.report.xlsx.notes import notes_sheet
from jimo_lint.report.xlsx.since import since_sheet

_COVER = (11.0,) * 12
_TILES = tuple((first, first + 1) for first in range(1, 12, 2))
_SIGNED = ((1, 4), (5, 8), (9, 12))
_CHART_HEIGHT = 7.0
# The tables of the year: a group, a row, and seven numbers; below them the fifteen of the other table.
_YEAR = (8.5,) * 15
_YEARS_SHOWN = 2
_ROW = (
    Field("", 2, "centre"),
    Field("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 6, "small"),
)


def write(report: Report, path: Path) -> Path:
    """Write the workbook to `path`, whole or not at all, and return where it is. ReportError where it cannot be.

    Where a person has written into the one at `path`, that is kept and the new one stands beside it.
    """
    said = view(report)
    with writing(path, report.run.site, report.run.title, phrases.china_time(report.run.finished)) as book:
        _cover(book, said)
        book.table(said.due)
        book.table(said.findings)
        book.table(said.rows)
        if said.answers:
            book.table(said.answers)
        for year in reversed((report.requests.years if report.requests else ())[-_YEARS_SHOWN:]):
            _year(book, year, report)
        for table in (said.comparison, said.phones):
            if table:
                book.table(table)
        since_sheet(book, report)
        if said.unread:
            book.table(said.unread)
        notes_sheet(book, said.notes)
    return book.path


def _cover(book: Book, said: Requests) -> None:
    """The page that is handed round on Monday: figures, who has to act, the units; the weeks on the next page."""
    sheet = book.sheet("封面与结论", _COVER)
    sheet.band(said.title, "title", 34)
    sheet.band(said.subtitle, "subtitle", 18)
    for line in said.lines:
        sheet.line(line)
    sheet.tiles(said.figures, _TILES)
    sheet.gap()
    for line in said.to_do:
        sheet.line(line)
    sheet.gap(4)
    if said.units.rows:
        sheet.block(said.units)
    sheet.gap(4)
    sheet.spread(["调度人：", "审核人：", "日期：　　　　年　　月　　日"], "text", _SIGNED, 26)
    if said.trend.rows:
        sheet.end_page()
        rows = sheet.block(said.trend)
        sheet.gap()
        place = sheet.room(_CHART_HEIGHT)

        def series(column: int) -> Reference:
            return Reference(sheet.worksheet, min_col=column, min_row=rows[0] - 1, max_row=rows[-1])

        chart, lines = BarChart(), LineChart()
        chart.type = "col"
        for column, colour in ((5, "5B84B1"), (7, "7FB77E")):
            chart.add_data(series(column), titles_from_data=True)
            chart.series[-1].graphicalProperties.solidFill = colour
        for column, colour in ((9, "1F4E79"), (11, "C00000")):
            lines.add_data(series(column), titles_from_data=True)
            lines.series[-1].graphicalProperties.line.solidFill = colour
            lines.series[-1].smooth = False
        chart.set_categories(Reference(sheet.worksheet, min_col=1, min_row=rows[0], max_row=rows[-1]))
        dress(chart, "近 13 周的申请", _CHART_HEIGHT)
        chart += lines
        sheet.chart(chart, place)


def _year(book: Book, year: YearTable, report: Report) -> None:
    """Both tables of a year as the form has them, and what they leave out."""
    sheet = book.sheet(f"年报表{year.year}", _YEAR)
    whole = year.year < report.run.as_of.year
    sheet.band(f"{year.year} 年收到和处理政府信息公开申请情况{'' if whole else '（截至统计日）'}", "title", 30)
    fields = (*_ROW, *(Field(column, 1, "count") for column in COLUMNS))
    rows: list[Row] = []
    groups: set[str] = set()
    number = 0
    for key, name in NAMES.items():
        group = Decision(key).group if key in set(Decision) else ""
        number = number + 1 if group in groups else 1
        shown = group if group not in groups else ""
        groups.add(group)
        rows.append((shown, f"{number}.{name}" if group else name, *year.rows[key]))
    sheet.block(Block("三、收到和处理政府信息公开申请情况", fields, tuple(rows)), 46)
    sheet.gap()
    heads = tuple(Field(f"{way}\n{outcome}", 1, "count") for way in WAYS.values() for outcome in OUTCOMES.values())
    counts = tuple(year.disputes[f"{way}-{outcome}"] for way in WAYS for outcome in OUTCOMES)
    sheet.block(Block("四、政府信息公开行政复议、行政诉讼情况", heads, (counts,)), 62)
    sheet.gap()
    if year.unplaced:
        named = "；".join(f"{number}（{why}）" for number, why in year.unplaced[:12])
        more = f"等 {len(year.unplaced)} 件" if len(year.unplaced) > 12 else ""
        sheet.band(f"没有计入上表的某一行，请补正台账后重新运行：{named}{more}。", "alarm")
    sheet.band("按台账数出，只供填报年报时核对；复议诉讼按台账里答复年份计。", "note")
    sheet.worksheet.page_setup.fitToHeight = 1
