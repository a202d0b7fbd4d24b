"""Lays 栏目体检 out as a workbook."""

from __future__ import annotations

from pathlib import Path

from openpyxl.chart import BarChart, LineChart, Reference

from jimo_lint.model import ColumnResult, Report
from jimo_lint.report import phrases
from jimo_lint.report.views.columns import AGE, LIMIT, Columns
from jimo_lint.report.views.columns import columns as view
from jimo_lint.report.views.table import Block
from jimo_lint.report.xlsx.book import Book, writing
from jimo_lint.report.xlsx.charts import bars, dress
from jimo_lint.report.xlsx.notes import notes_sheet
from jimo_lint.report.xlsx.sheet import Sheet
from jimo_lint.report.xlsx.since import since_sheet

# The cover: twelve columns, joined as each part needs them.
_COVER = (12.0,) * 12
_FACTS = ((1, 2), (3, 6), (7, 8), (9, 12))
_TILES = tuple((first, first + 1) for first in range(1, 12, 2))
_SIGNED = ((1, 4), (5, 8), (9, 12))
_DECISION = "人工认定：□ 未发现单项否决情形　　□ 存在单项否决情形（项目：　　　　　　　　　　）　　□ 需复查"
# Rows of the three tables behind the cover that fit on one page.
_BESIDE = 27
_CHART_HEIGHT = 9.2
_BARS = {"更新不及时": "C0504D", "即将超期": "E0A030"}


def write(report: Report, path: Path) -> Path:
    """Write the workbook to `path`, whole or not at all, and return where it is. ReportError where it cannot be.

    Where a person has written into the one at `path`, that is kept and the new one stands beside it.
    """
    said = view(report)
    with writing(path, report.run.site, report.run.title, phrases.china_time(report.run.finished)) as book:
        _cover(book, said)
        for table in (
            said.vetoes,
            said.points,
            said.columns,
            said.findings,
            said.elements,
            said.to_check,
            said.rectification,
            said.links,
        ):
            book.table(table)
        since_sheet(book, report)
        for further in (said.exchanges, said.promises, said.unread):
            if further:
                book.table(further)
        notes_sheet(book, said.notes)
    return book.path


def _cover(book: Book, said: Columns) -> None:
    """The page that is signed - object, result, figures, ages - and behind it the tables by age, kind and unit."""
    sheet = book.sheet("封面与结论", _COVER)
    sheet.band(said.title, "title", 32)
    sheet.gap(2)
    for facts in said.facts:
        sheet.spread(facts, ("label", "text", "label", "text"), _FACTS, 20)
    sheet.gap(4)
    for line in said.conclusion:
        sheet.line(line)
    sheet.gap(2)
    sheet.tiles(said.figures, _TILES)
    sheet.gap(4)
    place = sheet.room(_CHART_HEIGHT) if said.aged else 0
    sheet.gap(4)
    sheet.band(_DECISION, "text", 24)
    sheet.spread(["检查人：", "复核人：", "日期：　　　　年　　月　　日"], "text", _SIGNED, 26)
    beside = 0
    for block in (said.ages, said.kinds, said.owners):
        if block.rows:
            beside = _go_on(sheet, beside, len(block.rows))
            rows = sheet.block(block)
            if block is said.ages:
                _chart(sheet, rows, said, place)


def _go_on(sheet: Sheet, beside: int, rows: int) -> int:
    """Begin a new page where a table of so many rows does not fit under the others; the rows that are then on it.

    beside: those already there; none of them are on the cover, which has a page to itself.
    """
    if not beside or beside + rows > _BESIDE:
        sheet.end_page()
        return rows
    sheet.gap()
    return beside + rows


def _chart(sheet: Sheet, rows: range, said: Columns, place: int) -> None:
    """On the cover, what the table of ages says: bars for ages, a dash for each limit."""
    cells = sheet.worksheet

    def series(title: str) -> Reference:
        column = _column(said.ages, title)
        return Reference(cells, min_col=column, min_row=rows[0] - 1, max_row=rows[-1])

    chart = BarChart()
    chart.type = "col"
    chart.add_data(series(AGE), titles_from_data=True)
    chart.set_categories(Reference(cells, min_col=1, min_row=rows[0], max_row=rows[-1]))
    bars(chart, map(_colour, said.aged))
    dress(chart, f"距上次更新最久的 {len(said.aged)} 个栏目（天）", _CHART_HEIGHT)
    limits = LineChart()
    limits.add_data(series(LIMIT), titles_from_data=True)
    line = limits.series[0]
    line.graphicalProperties.line.noFill = True
    line.marker.symbol, line.marker.size = "dash", 9
    line.marker.graphicalProperties.solidFill = line.marker.graphicalProperties.line.solidFill = "C00000"
    chart += limits
    sheet.chart(chart, place)


def _column(block: Block, title: str) -> int:
    """Where a field of a block begins, from 1."""
    titles = [field.title for field in block.fields]
    return 1 + sum(int(field.width) for field in block.fields[: titles.index(title)])


def _colour(result: ColumnResult) -> str:
    return _BARS.get(result.conclusion, "")
