"""Lays 整改台账 out as a workbook, and one of its own for each responsible unit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from openpyxl.chart import BarChart, Reference

from jimo_lint.model.ledger import Ledger
from jimo_lint.report.views import ledger as view
from jimo_lint.report.views.ledger import LedgerBook
from jimo_lint.report.views.owners import file_names
from jimo_lint.report.views.year import MONTHS
from jimo_lint.report.xlsx.book import Book, writing
from jimo_lint.report.xlsx.charts import dress
from jimo_lint.report.xlsx.sheet import Sheet

_OVERVIEW = (12.0,) * 12
_TILES = tuple((first, first + 1) for first in range(1, 12, 2))
_CHART_HEIGHT = 6.5
_COLOURS = ("8DB48A", "C0504D")
_YEAR = (20.0, 9.0, 9.5, *(6.5,) * (len(MONTHS) - 1), 8.0)


def write(ledger: Ledger, path: Path, moment: datetime, *, by_owner: bool = False) -> Mapping[Path, Path]:
    """Write the ledger to `path`; units' own into the folder beside it. ReportError where it cannot be.

    moment: naive, for the properties. Says where each is, by where it was wanted: what a person has been at is kept.
    """
    written = {path: _write(ledger, path, moment)}
    if by_owner:
        units = dict(view.parts(ledger))
        for owner, name in file_names(units):
            place = written[path].with_suffix("") / f"{name}.xlsx"
            written[place] = _write(units[owner], place, moment)
    return written


def _write(ledger: Ledger, path: Path, moment: datetime) -> Path:
    said = view.ledger(ledger)
    with writing(path, "", said.title, moment) as book:
        overview, place = _overview(book, said)
        book.table(said.open)
        book.table(said.closed)
        year, rows = _year(book, said)
        if rows:
            overview.chart(_chart(year, rows), place)
        book.table(said.rows)
        _notes(book, said)
    return book.path


def _overview(book: Book, said: LedgerBook) -> tuple[Sheet, int]:
    """The page that a leader reads: one sentence, six figures, the months, and who has to act.

    The second value is the row for the chart.
    """
    sheet = book.sheet("概览", _OVERVIEW)
    sheet.band(said.title, "title", 34)
    sheet.band(said.subtitle, "subtitle", 18)
    sheet.band(said.verdict.text, said.verdict.style, 24)
    for line in said.warnings:
        sheet.line(line)
    sheet.tiles(said.figures, _TILES)
    sheet.gap()
    place = sheet.room(_CHART_HEIGHT) if any(block.rows for block in said.year) else 0
    sheet.gap()
    if said.units.rows:
        sheet.block(said.units, 30)
    return sheet, place


def _year(book: Book, said: LedgerBook) -> tuple[Sheet, range]:
    """The sums; the second value is the rows of all: found, mended and open."""
    sheet = book.sheet("年度统计", _YEAR)
    sheet.band(said.year_note, "note")
    drawn = []
    for block in said.year:
        if block.rows:
            if block is said.year[-1]:
                sheet.end_page()
            sheet.gap()
            drawn.append(sheet.block(block))
    return sheet, drawn[0] if drawn else range(0)


def _chart(source: Sheet, rows: range) -> BarChart:
    """What was found in each month, parted into what is mended and what is open."""
    chart = BarChart()
    chart.type, chart.grouping, chart.overlap = "col", "stacked", 100
    first, last = 3, 2 + len(MONTHS)
    _, *results = rows
    for row, colour in zip(results, _COLOURS, strict=True):
        numbers = Reference(source.worksheet, min_col=first - 1, max_col=last, min_row=row)
        chart.add_data(numbers, from_rows=True, titles_from_data=True)
        chart.series[-1].graphicalProperties.solidFill = colour
    heads = Reference(source.worksheet, min_col=first, max_col=last, min_row=rows[0] - 1)
    chart.set_categories(heads)
    dress(chart, "各月发现的问题：已办结、未办结", _CHART_HEIGHT)
    return chart


def _notes(book: Book, said: LedgerBook) -> None:
    sheet = book.sheet("说明", _OVERVIEW)
    sheet.band("说明", "title", 30)
    for number, line in enumerate(said.reading, 1):
        sheet.band(f"{number}. {line}", "note")
