"""One sheet of a workbook: rows, tables with their filters and colours, charts, and how it is printed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.formatting.rule import Rule as FormatRule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from jimo_lint.report.views.table import Block, Field, Line, Linked, Marked, Pictured, Table, Tile, Value
from jimo_lint.report.xlsx import internals, pictures
from jimo_lint.report.xlsx.cells import Cells, Style, clean
from jimo_lint.report.xlsx.styles import BODY_FONT, BODY_SIZE, TONES

# Limits of the file format: rows of a sheet, and link objects of a sheet (65,530, with some to spare).
MAX_ROWS = 1_048_576
MAX_LINKS = 65_000

# Points of a line of body text, of the space around it, and of the tallest row that the format has.
_LINE = 14.0
_PADDING = 5.0
_TALLEST = 409.0
# What is printed is printed whole, as far as a row can grow; what stands on the screen only is read in the cell.
_ALL_LINES, _FEW_LINES = 34, 9
_LONG_WORD = re.compile(r"[A-Za-z0-9]{9,24}")
_POINTS_PER_CM = 72 / 2.54
# Days that a person may write: 2020-01-01 to 2099-12-31, as spreadsheets count them.
_FIRST_DAY, _LAST_DAY = "43831", "73050"
# Rows of a form that a page can hold and still be read; one that is a little longer is made smaller.
_PER_PAGE = 36


class Sheet:
    """One sheet, filled from the top. Rows and columns count from 1."""

    def __init__(
        self,
        worksheet: Worksheet,
        styles: Mapping[str, Style],
        widths: Sequence[float],
        header: str,
        freeze: str,
        grid: bool,
    ) -> None:
        self._worksheet = worksheet
        self._styles = styles
        self._widths = tuple(widths)
        self._cells = Cells(styles["link"], MAX_LINKS)
        self.body = internals.Body(self._cells.links)
        self._pictures = 0
        self.row = 0
        self.columns = len(self._widths)
        for number, width in enumerate(self._widths, 1):
            worksheet.column_dimensions[get_column_letter(number)].width = width
        worksheet.sheet_view.showGridLines = grid
        worksheet.sheet_view.zoomScale = 100
        if freeze:
            worksheet.freeze_panes = freeze
        _set_up_page(worksheet, header)

    @property
    def worksheet(self) -> Worksheet:
        """The sheet itself, for charts that refer to its cells."""
        return self._worksheet

    def add(self, values: Sequence[Value], style: str | Sequence[str] = "text", height: float | None = None) -> int:
        """Append a row and return its number. style: one for all cells, or one a cell; height: points."""
        spans = [(number, number) for number in range(1, len(values) + 1)]
        return self.spread(values, style, spans, height)

    def spread(
        self,
        values: Sequence[Value],
        style: str | Sequence[str],
        spans: Sequence[tuple[int, int]],
        height: float | None = None,
    ) -> int:
        """Append a row in which each value takes the columns (first, last) of its span, joined to one cell."""
        self.row += 1
        names = [style] * len(values) if isinstance(style, str) else style
        styles = [self._styles[name] for name in names]
        if height is None:
            widths = [sum(self._widths[first - 1 : last]) for first, last in spans]
            fits = [_fit(width, look.size) for width, look in zip(widths, styles, strict=True)]
            height = max(map(_height, values, fits), default=_LINE + _PADDING)
        cells = []
        for value, look, (first, last) in zip(values, styles, spans, strict=True):
            places = [f"{get_column_letter(column)}{self.row}" for column in range(first, last + 1)]
            cells += [self._cells.make(value, look, places[0])]
            cells += [self._cells.make(None, look, place) for place in places[1:]]
            if last > first:
                self._worksheet.merged_cells.add(f"{places[0]}:{places[-1]}")
        self.body.row(self.row, height, "".join(cells))
        return self.row

    def band(self, text: str, style: str, height: float | None = None) -> int:
        """A row of one text across all columns."""
        return self.spread([text], style, [(1, self.columns)], height)

    def gap(self, height: float = 8) -> None:
        """An empty row."""
        self.row += 1
        self.body.row(self.row, height, "")

    def line(self, line: Line, height: float | None = None) -> int:
        """A sentence across all columns."""
        return self.band(line.text, line.style, height)

    def tiles(self, tiles: Sequence[Tile], spans: Sequence[tuple[int, int]]) -> None:
        """Key figures: labels above numbers."""
        self.spread([tile.label for tile in tiles], "label", spans, 17)
        styles = ["figure-bad" if tile.bad and tile.number else "figure" for tile in tiles]
        styles = ["label" if isinstance(tile.number, str) else style for tile, style in zip(tiles, styles, strict=True)]
        self.spread([tile.number for tile in tiles], styles, spans, 32)

    def table(self, table: Table) -> range:
        """The only table of the sheet, with what belongs to it; returns the numbers of its rows.

        Cut with a note where the format has no more.
        """
        fields = table.fields
        for column, field in enumerate(fields, 1):
            self._worksheet.column_dimensions[get_column_letter(column)].hidden = field.hidden
        head = self.add([field.title for field in fields], "head", 30)
        looks = [self._styles[field.style] for field in fields]
        letters = [get_column_letter(number) for number in range(1, len(fields) + 1)]
        fits = [
            _fit(field.width, look.size, 0 if field.hidden else _ALL_LINES if field.printed else _FEW_LINES)
            for field, look in zip(fields, looks, strict=True)
        ]
        make = self._cells.make
        for values in table.rows:
            if self.row >= MAX_ROWS - 1:
                self.add(["…", "行数已到表格上限，其余未列出，请看 JSON 报告", *[None] * (len(fields) - 2)], "text")
                break
            shown = self._shown(values)
            heights = (*map(_height, values, fits), *(one.points for one in shown.values()))
            # What a picture says it says alone.
            values = [None if column in shown else value for column, value in enumerate(values, 1)]
            self.row += 1
            places = [f"{letter}{self.row}" for letter in letters]
            self.body.row(self.row, max(heights), "".join(map(make, values, looks, places)))
            for column, picture in shown.items():
                picture.put(self._worksheet, self.row, column)
        rows = range(head + 1, self.row + 1)
        if table.filtered:
            last = get_column_letter(len(fields))
            self._worksheet.auto_filter.ref = f"A{head}:{last}{max(self.row, head)}"
        for column, field in enumerate(fields, 1):
            self._mark(field, column, rows)
        if table.total:
            place = 1 + [field.title for field in fields].index(table.total.field)
            values = (table.total.label, table.total.value, None)
            self.spread(
                values, ("strong", "points", "points"), ((1, place - 1), (place, place), (place + 1, len(fields)))
            )
        for note in table.notes:
            self.band(note, "note")
        self.repeat(head)
        if len(printed := [field for field in fields if field.printed]) < len(fields):
            self._worksheet.print_area = f"A1:{get_column_letter(len(printed))}{max(self.row, 1)}"
        if table.compact:
            self._worksheet.page_setup.fitToHeight = -(-max(len(rows), 1) // _PER_PAGE)
        return rows

    def _shown(self, values: Sequence[Value]) -> dict[int, pictures.Fitted]:
        """The pictures of a row by column, as many as the sheet still takes."""
        shown: dict[int, pictures.Fitted] = {}
        for column, value in enumerate(values, 1):
            image = value.image if isinstance(value, Pictured) else b""
            if image and self._pictures < pictures.MOST and (picture := pictures.fit(image)):
                shown[column] = picture
                self._pictures += 1
        return shown

    def block(self, block: Block, head: float = 22) -> range:
        """A table among others, each field as wide as it has columns; returns the numbers of its rows."""
        self.band(block.title, "section", 22)
        spans: list[tuple[int, int]] = []
        for field in block.fields:
            first = spans[-1][1] + 1 if spans else 1
            spans.append((first, first + int(field.width) - 1))
        self.spread([field.title for field in block.fields], "head", spans, head)
        first = self.row + 1
        for row in block.rows:
            self.spread(row, [field.style for field in block.fields], spans)
        rows = range(first, self.row + 1)
        for field, (column, _) in zip(block.fields, spans, strict=True):
            self._mark(field, column, rows)
        return rows

    def _mark(self, field: Field, column: int, rows: range) -> None:
        """Colours and choices of a column; the colours follow when a person changes the cell."""
        if not rows:
            return
        letter = get_column_letter(column)
        cells = f"{letter}{rows[0]}:{letter}{rows[-1]}"
        for word in field.tint:
            ink, fill = TONES[word]
            look = DifferentialStyle(font=Font(color=ink), fill=PatternFill(bgColor=fill, fill_type="solid"))
            rule = FormatRule(type="cellIs", operator="equal", formula=[f'"{word}"'], dxf=look)
            self._worksheet.conditional_formatting.add(cells, rule)
        if field.alarm:
            look = DifferentialStyle(font=Font(color="C00000", bold=True))
            rule = FormatRule(type="cellIs", operator="greaterThan", formula=["0"], dxf=look)
            self._worksheet.conditional_formatting.add(cells, rule)
        if field.dated:
            days = DataValidation(type="date", operator="between", formula1=_FIRST_DAY, formula2=_LAST_DAY)
            days.allow_blank, days.errorStyle, days.showErrorMessage = True, "warning", True
            days.errorTitle, days.error = "日期", "这里写日期，如 2026-12-01。"
            days.add(cells)
            self._worksheet.data_validations.append(days)
        if field.choices:
            words = ",".join(field.choices)
            listed = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True, showErrorMessage=False)
            listed.add(cells)
            self._worksheet.data_validations.append(listed)

    def shade(self, columns: tuple[int, int], rows: range) -> None:
        """Colour numbers above 0 green, darker from 3 and from 10 on."""
        first, last = (get_column_letter(column) for column in columns)
        cells = f"{first}{rows[0]}:{last}{rows[-1]}"
        for least, fill in ((10, "7FB77E"), (3, "B5D6B2"), (1, "E0EFDC")):
            look = DifferentialStyle(fill=PatternFill(bgColor=fill, fill_type="solid"))
            rule = FormatRule(type="cellIs", operator="greaterThanOrEqual", formula=[str(least)], dxf=look)
            rule.stopIfTrue = True
            self._worksheet.conditional_formatting.add(cells, rule)

    def repeat(self, row: int, last: int | None = None) -> None:
        """Print a row (or the rows up to `last`) again at the top of every page."""
        self._worksheet.print_title_rows = f"{row}:{last or row}"

    def end_page(self) -> None:
        """Begin a new page after the last row."""
        self._worksheet.row_breaks.append(Break(id=self.row))

    def room(self, height: float) -> int:
        """A row high enough for a chart of `height` centimetres: programs never break a page inside a row."""
        self.gap(min(height * _POINTS_PER_CM, _TALLEST))
        return self.row

    def chart(self, chart: internals.ChartBase, row: int) -> None:
        """Put a chart on a row made by `room`, across all columns whatever the font makes of their width."""
        # Markers count from 0: from the upper left corner of this row to that of the next one.
        corners = AnchorMarker(row=row - 1), AnchorMarker(col=self.columns, row=row)
        chart.anchor = TwoCellAnchor("oneCell", *corners)  # type: ignore[assignment]
        self._worksheet.add_chart(chart)


class _Fit(NamedTuple):
    """What cells have room for. room: characters of a line, of which a Chinese one takes two; line: points of a line;
    most: lines that are shown."""

    room: int
    line: float
    most: int


@cache
def _fit(width: float, size: float, most: int = _ALL_LINES) -> _Fit:
    """Of cells as wide as so many characters of the body font, with text of the font size `size`."""
    return _Fit(max(int((width - 1.5) * BODY_SIZE / size), 1), max(_LINE * size / BODY_SIZE, 12), most)


def _height(value: Value, fit: _Fit) -> float:
    """Points of a row that shows the value: not every program fits rows by itself when it opens a file."""
    if not isinstance(value, str):
        if isinstance(value, Linked):
            value = value.text or value.url
        elif isinstance(value, Marked):
            value = value.text
        else:
            return _LINE + _PADDING
    room, points, most = fit
    if 2 * len(value) <= room and "\n" not in value:
        return min(most, 1) * points + _PADDING
    # The length in GBK is what it takes in a Chinese font: 1 for ASCII, 2 for Chinese letters and punctuation.
    lines = 0
    for line in value[: most * room].split("\n"):
        length = len(line.encode("gbk", "replace"))
        if length > room:
            # A long Latin word is not broken, and leaves on average half of itself empty at the end of a line.
            length += sum(len(word) // 2 for word in _LONG_WORD.findall(line))
        lines += max(1, -(-length // room))
    return min(min(lines, most) * points + _PADDING, _TALLEST)


def _set_up_page(worksheet: Worksheet, header: str) -> None:
    """A4 landscape, one page wide, page numbers, site and sheet name in the header."""
    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    worksheet.page_setup.orientation = "landscape"
    worksheet.page_setup.paperSize = 9
    worksheet.page_setup.fitToWidth = 1
    worksheet.page_setup.fitToHeight = 0
    worksheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.6, bottom=0.6, header=0.3, footer=0.3)
    worksheet.print_options.horizontalCentered = True
    # & starts a code in headers, so it is doubled; the whole header may hold 255 characters.
    head, foot = HeaderFooterItem(), HeaderFooterItem()
    font = f"{BODY_FONT},Regular"
    head.left = internals.header_part(clean(header, 80).replace("&", "&&").replace("\n", " "), font, 9)
    head.right = internals.header_part(worksheet.title, font, 9)
    foot.center = internals.header_part("第 &P 页，共 &N 页", font, 9)
    worksheet.HeaderFooter.oddHeader, worksheet.HeaderFooter.oddFooter = head, foot
