"""Gives charts the plain look of an office document."""

from __future__ import annotations

from collections.abc import Iterable

from openpyxl.chart import BarChart
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.legend import Legend
from openpyxl.chart.marker import DataPoint
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties, RegularTextRun

# Centimetres; about the width of the tables on both 汇总 sheets.
_WIDTH = 31.5


def dress(chart: BarChart, title: str, height: float) -> None:
    """Set title, size (centimetres), quiet grid lines, axes and a legend below."""
    chart.width, chart.height = _WIDTH, height  # type: ignore[assignment]  # the stub says int, the XML holds EMU
    chart.gapWidth = 60
    heading = CharacterProperties(sz=1200, b=True, solidFill="1F4E79")
    run = RegularTextRun(rPr=heading, t=title)
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=heading), r=[run])
    # Without `overlay` newer programs draw title and legend over the bars, without `delete` they hide the axes.
    chart.title = Title(tx=Text(rich=RichText(p=[paragraph])), overlay=False)
    chart.legend = Legend()
    chart.legend.position, chart.legend.overlay = "b", False
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.number_format = "0"
    chart.y_axis.majorGridlines = ChartLines(spPr=GraphicalProperties(ln=LineProperties(solidFill="E3E3E3")))
    chart.graphical_properties = GraphicalProperties(ln=LineProperties(solidFill="D9D9D9"))
    small = CharacterProperties(sz=900, solidFill="404040")
    for axis in (chart.x_axis, chart.y_axis):
        axis.txPr = RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=small), endParaRPr=small)])


def bars(chart: BarChart, colours: Iterable[str]) -> None:
    """Colour the bars of the first series one by one, "" for the quiet one, and write their values above them."""
    series = chart.series[0]
    series.graphicalProperties.solidFill = "5B84B1"
    for index, colour in enumerate(colours):
        if colour:
            point = DataPoint(idx=index)
            point.graphicalProperties.solidFill = colour
            series.dPt.append(point)
    series.dLbls = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False)
