"""Lays the roll-up of a fleet out as a workbook."""

from __future__ import annotations

from pathlib import Path

from openpyxl.chart import BarChart, Reference

from jimo_lint.model.rollup import Rollup
from jimo_lint.report.views.rollup import RollupBook
from jimo_lint.report.views.rollup import rollup as view
from jimo_lint.report.xlsx.book import Book, writing
from jimo_lint.report.xlsx.charts import dress
from jimo_lint.report.xlsx.sheet import Sheet

_OVERVIEW = (12.0,) * 12
_TILES = tuple((first, first + 1) for first in range(1, 12, 2))
_CHART_HEIGHT = 6.5
# Cities that a chart can still tell apart.
_CHARTED = 21
_BARS = (("合格", "8DB48A"), ("不合格", "C0504D"), ("未能作出结论", "E0A030"), ("未检查", "A6A6A6"))
_NAME, _OF_ACCOUNTS = "市", {"合格": "账号合格", "不合格": "账号不合格", "未能作出结论": "账号未能作出结论"}


def write(given: Rollup, path: Path) -> Path:
    """Write the workbook to `path`, whole or not at all, and return where it is. ReportError where it cannot be.

    Where a person has written into the one at `path`, that is kept and the new one stands beside it.
    """
    said = view(given)
    with writing(path, "", said.title, given.made) as book:
        sheet, place = _overview(book, said)
        first, *others = said.tables
        source = book.table(first)
        if place:
            sheet.chart(_chart(source, said), place)
        for table in others:
            book.table(table)
        _notes(book, said)
    return book.path


def _overview(book: Book, said: RollupBook) -> tuple[Sheet, int]:
    """The page that a leader reads. The second value is the row for the chart, 0 where there is none."""
    sheet = book.sheet("概览", _OVERVIEW)
    sheet.band(said.title, "title", 34)
    sheet.band(said.subtitle, "subtitle", 18)
    for line in said.lines:
        sheet.line(line)
    for board in said.boards:
        sheet.gap(6)
        sheet.band(board.title, "section", 22)
        sheet.tiles(board.figures, _TILES)
    sheet.gap()
    place = sheet.room(_CHART_HEIGHT) if 1 < len(said.cities.rows) <= _CHARTED else 0
    sheet.gap()
    sheet.block(said.cities, 30)
    return sheet, place


def _chart(source: Sheet, said: RollupBook) -> BarChart:
    """The sites of each city by conclusion, or its accounts where no sites were inspected."""
    table = said.tables[0]
    titles = [field.title for field in table.fields]
    last = 1 + len(said.cities.rows)
    sites = any(row[1] for row in said.cities.rows)
    chart = BarChart()
    chart.type, chart.grouping, chart.overlap = "col", "stacked", 100
    for word, colour in _BARS:
        wanted = word if sites else _OF_ACCOUNTS.get(word)
        if wanted:
            column = 1 + titles.index(wanted)
            numbers = Reference(source.worksheet, min_col=column, min_row=1, max_row=last)
            chart.add_data(numbers, titles_from_data=True)
            chart.series[-1].graphicalProperties.solidFill = colour
    column = 1 + titles.index(_NAME)
    chart.set_categories(Reference(source.worksheet, min_col=column, min_row=2, max_row=last))
    dress(chart, f"各市{'网站' if sites else '账号'}的结论（个）", _CHART_HEIGHT)
    return chart


def _notes(book: Book, said: RollupBook) -> None:
    sheet = book.sheet("说明", _OVERVIEW)
    sheet.band("说明", "title", 30)
    for number, line in enumerate(said.reading, 1):
        sheet.band(f"{number}. {line}", "note")
