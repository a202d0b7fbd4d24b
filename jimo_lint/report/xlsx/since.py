"""Lays 与上次相比 out: the runs until now with their chart, and what was found before and is not any more."""

from __future__ import annotations

from openpyxl.chart import BarChart, LineChart, Reference

from jimo_lint.model import Report
from jimo_lint.report.views import since
from jimo_lint.report.xlsx.book import Book
from jimo_lint.report.xlsx.charts import dress

# Widths of the sheet's columns; blocks join them.
_WIDTHS = (10.0, 12.0, 12.0, 12.0, 16.0, 16.0, 16.0, 14.0, 12.0, 14.0, 16.0, 16.0)
_HEIGHT = 7.0


def since_sheet(book: Book, report: Report) -> None:
    """The sheet, where there is something to compare with."""
    trend, past = since.trend(report), since.past(report)
    if trend is None:
        return
    sheet = book.sheet("与上次相比", _WIDTHS)
    sheet.band(since.line(report), "verdict", 24)
    rows = sheet.block(trend)
    place = sheet.room(_HEIGHT)

    def series(column: int) -> Reference:
        return Reference(sheet.worksheet, min_col=column, min_row=rows[0] - 1, max_row=rows[-1])

    chart, lines = BarChart(), LineChart()
    chart.type = "col"
    for column, colour in ((4, "C0504D"), (5, "7FB77E")):
        chart.add_data(series(column), titles_from_data=True)
        chart.series[-1].graphicalProperties.solidFill = colour
    lines.add_data(series(3), titles_from_data=True)
    lines.series[0].graphicalProperties.line.solidFill = "1F4E79"
    chart.set_categories(Reference(sheet.worksheet, min_col=1, min_row=rows[0], max_row=rows[-1]))
    dress(chart, "历次检查的问题数", _HEIGHT)
    chart += lines
    sheet.chart(chart, place)
    if past:
        sheet.gap()
        sheet.block(past, 30)
