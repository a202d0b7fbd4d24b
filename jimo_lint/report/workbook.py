"""The shared parts of both workbooks: styles, sheets with print setup, and saving whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, cast
from zipfile import ZIP_DEFLATED, ZipFile

from lxml.etree import SerialisationError
from openpyxl import Workbook
from openpyxl.chart._chart import ChartBase
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.formatting.rule import Rule as FormatRule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from jimo_lint.errors import ReportError, cause
from jimo_lint.report.cells import Cells, Linked, Marked, Style, Value, clean
from jimo_lint.report.styles import BODY_FONT, BODY_SIZE, TONES, prepare

# Limits of the file format: rows of a sheet, and link objects of a sheet (65,530, with some to spare).
MAX_ROWS = 1_048_576
MAX_LINKS = 65_000

# Points of a line of body text and of the space around it; longer texts are read in the cell.
_LINE = 14.0
_PADDING = 5.0
_MAX_LINES = 9
_TALLEST = 409.0
_LONG_WORD = re.compile(r"[A-Za-z0-9]{9,24}")
_POINTS_PER_CM = 72 / 2.54


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a table. width: in characters of the body font; style: a key of `Book.styles`."""

    title: str
    width: float
    style: str = "text"


class Book:
    """A workbook being written row by row, so that memory does not grow with the number of cells."""

    def __init__(self, site: str, title: str, moment: datetime) -> None:
        """site and title stand in the print header; moment (naive) is the creation time in the properties."""
        self._workbook = Workbook(write_only=True)
        # The default font, in which column widths are measured, has no public setter.
        self._workbook._fonts[0] = Font(name=BODY_FONT, size=BODY_SIZE, family=3)  # type: ignore[attr-defined]
        self._workbook.properties.creator = "jimo-lint"
        self._workbook.properties.title = clean(f"{site}{title}", 200)
        self._workbook.properties.created = moment
        self._header = f"{site}{title}"
        self.sheets: dict[str, Sheet] = {}
        self.styles: dict[str, Style] = {}

    def sheet(self, name: str, widths: Sequence[float], *, freeze: str = "", grid: bool = False) -> Sheet:
        """A new sheet after the others. freeze: the first cell that scrolls, such as D2."""
        worksheet = cast(Worksheet, self._workbook.create_sheet(name))
        if not self.styles:
            self.styles = prepare(worksheet)
        sheet = Sheet(worksheet, self.styles, widths, self._header, freeze, grid)
        self.sheets[name] = sheet
        return sheet

    def save(self, path: Path) -> None:
        """Write to `path`, replacing what was there only when all is written; its folder is created."""
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.stem[:40]}-", suffix=".tmp", dir=path.parent)
        os.close(handle)
        temporary = Path(name)
        try:
            _pack(self._workbook, temporary)
            # mkstemp makes files only their owner can read; a workbook is read by colleagues.
            mask = os.umask(0)
            os.umask(mask)
            temporary.chmod(0o666 & ~mask)
            temporary.replace(path)
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)

    def abandon(self) -> None:
        """Give up: close and delete the temporary files of the sheets, whatever state they are in."""
        for sheet in self.sheets.values():
            sheet.abandon()


def _pack(workbook: Workbook, path: Path) -> None:
    """What `Workbook.save` does, without leaving an open package behind where the disk is full.

    Python would close that one last, fail again and print a traceback that nobody can catch.
    """
    package = ZipFile(path, "w", ZIP_DEFLATED)
    try:
        ExcelWriter(workbook, package).save()
    finally:
        with suppress(OSError, ValueError):
            package.close()


@contextmanager
def writing(path: Path, site: str, title: str, moment: datetime) -> Iterator[Book]:
    """A book that is saved to `path` when the block ends well. ReportError where it cannot be written.

    Rows already go to temporary files while the block runs, so a full disk may show at any row.
    """
    book = Book(site, title, moment)
    saved = False
    try:
        yield book
        book.save(path)
        saved = True
    except OSError as fault:
        raise ReportError(str(path), *_explain(fault)) from fault
    except SerialisationError as fault:
        # What lxml raises where a temporary file cannot be written: IO_ENOSPC, IO_EFBIG, IO_WRITE.
        raise ReportError(str(path), *_FULL) from fault
    finally:
        if not saved:
            book.abandon()


_FULL = ("磁盘已满，工作簿没有写成", "请腾出空间（包括临时文件夹）后加 --no-collect 重新运行，不必重新采集")


def _explain(fault: OSError) -> tuple[str, str]:
    if fault.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return _FULL
    if fault.errno in (errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY):
        return "没有权限写入，或文件正在 Excel、WPS 中打开", "请关闭该文件，或检查文件夹权限，或换一个输出位置"
    if fault.errno in (errno.ENOTDIR, errno.EEXIST, errno.EISDIR):
        return "输出位置不对（应为文件的地方是文件夹，或反之）", "请换一个输出位置"
    if fault.errno == errno.EROFS:
        return "所在磁盘只读", "请换一个输出位置"
    if fault.errno == errno.ENAMETOOLONG:
        return "文件名过长", "请换一个较短的文件名"
    return f"写不出（{cause(fault)}）", "请换一个输出位置"


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
        self._cells = Cells(worksheet, styles["link"], MAX_LINKS)
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

    def abandon(self) -> None:
        """Close and delete the temporary file; left to the garbage collector, openpyxl would print a traceback."""
        writer: Any = getattr(self._worksheet, "_writer", None)
        streams: tuple[Any, ...] = getattr(self._worksheet, "_rows", None), getattr(writer, "xf", None)
        for stream in streams:
            with suppress(Exception):
                stream.close()
        with suppress(Exception):
            writer.cleanup()

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
            height = max(map(self._height, values, styles, spans), default=_LINE + _PADDING)
        self._worksheet.row_dimensions[self.row].height = height
        cells = []
        for value, look, (first, last) in zip(values, styles, spans, strict=True):
            cells += [self._cells.make(value, look), *(self._cells.make(None, look) for _ in range(last - first))]
            if last > first:
                joined = f"{get_column_letter(first)}{self.row}:{get_column_letter(last)}{self.row}"
                self._worksheet.merged_cells.add(joined)
        self._worksheet.append(cells)
        return self.row

    def band(self, text: str, style: str, height: float | None = None) -> int:
        """A row of one text across all columns."""
        return self.spread([text], style, [(1, self.columns)], height)

    def gap(self, height: float = 8) -> None:
        """An empty row."""
        self.row += 1
        self._worksheet.row_dimensions[self.row].height = height
        self._worksheet.append([])

    def tiles(self, tiles: Sequence[tuple[str, int, bool]], spans: Sequence[tuple[int, int]]) -> None:
        """Key figures: labels above numbers. A tile is label, number and whether a number above 0 is bad."""
        self.spread([label for label, _, _ in tiles], "label", spans, 17)
        styles = ["figure-bad" if bad and number else "figure" for _, number, bad in tiles]
        self.spread([number for _, number, _ in tiles], styles, spans, 32)

    def table(self, fields: Sequence[Field], rows: Iterable[Sequence[Value]], *, filtered: bool = True) -> range:
        """A header and its rows; returns the numbers of the rows. Cut with a note where the format has no more."""
        head = self.add([field.title for field in fields], "head", 30)
        styles = [field.style for field in fields]
        for values in rows:
            if self.row >= MAX_ROWS - 1:
                self.add(["…", "行数已到表格上限，其余未列出，请看 JSON 报告", *[None] * (len(fields) - 2)], "text")
                break
            self.add(values, styles)
        if filtered:
            last = get_column_letter(len(fields))
            self._worksheet.auto_filter.ref = f"A{head}:{last}{max(self.row, head)}"
        return range(head + 1, self.row + 1)

    def tint(self, column: int, rows: range, words: Iterable[str]) -> None:
        """Colour the cells of a column that hold one of `words`; follows when a person changes the cell."""
        if not rows:
            return
        letter = get_column_letter(column)
        cells = f"{letter}{rows[0]}:{letter}{rows[-1]}"
        for word in words:
            ink, fill = TONES[word]
            look = DifferentialStyle(font=Font(color=ink), fill=PatternFill(bgColor=fill, fill_type="solid"))
            rule = FormatRule(type="cellIs", operator="equal", formula=[f'"{word}"'], dxf=look)
            self._worksheet.conditional_formatting.add(cells, rule)

    def alarm(self, column: int, rows: range) -> None:
        """Show the numbers of a column that are above 0 red and bold."""
        if not rows:
            return
        letter = get_column_letter(column)
        look = DifferentialStyle(font=Font(color="C00000", bold=True))
        rule = FormatRule(type="cellIs", operator="greaterThan", formula=["0"], dxf=look)
        self._worksheet.conditional_formatting.add(f"{letter}{rows[0]}:{letter}{rows[-1]}", rule)

    def choices(self, column: int, rows: range, words: Sequence[str]) -> None:
        """Offer `words` in a drop-down list in the cells of a column, for a person to fill in."""
        if not rows:
            return
        letter = get_column_letter(column)
        listed = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True, showErrorMessage=False)
        listed.add(f"{letter}{rows[0]}:{letter}{rows[-1]}")
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

    def print_only(self, columns: int) -> None:
        """Print the leading columns only; the others are for filtering on screen."""
        self._worksheet.print_area = f"A1:{get_column_letter(columns)}{max(self.row, 1)}"

    def fit_pages(self, rows: int, per_page: int) -> None:
        """Print `rows` rows on as few pages as `per_page` says, smaller where they are a little too long."""
        self._worksheet.page_setup.fitToHeight = -(-max(rows, 1) // per_page)

    def end_page(self) -> None:
        """Begin a new page after the last row."""
        self._worksheet.row_breaks.append(Break(id=self.row))

    def room(self, height: float) -> int:
        """A row high enough for a chart of `height` centimetres: programs never break a page inside a row."""
        self.gap(min(height * _POINTS_PER_CM, _TALLEST))
        return self.row

    def chart(self, chart: ChartBase, row: int) -> None:
        """Put a chart on a row made by `room`, across all columns whatever the font makes of their width."""
        # Markers count from 0: from the upper left corner of this row to that of the next one.
        corners = AnchorMarker(row=row - 1), AnchorMarker(col=self.columns, row=row)
        chart.anchor = TwoCellAnchor("oneCell", *corners)  # type: ignore[assignment]
        self._worksheet.add_chart(chart)

    def _height(self, value: Value, style: Style, span: tuple[int, int]) -> float:
        # Not every program fits rows by itself when it opens a file, so each row gets its height here.
        if isinstance(value, Linked):
            return 2 * 12 + _PADDING if len(value.text) > self._widths[span[0] - 1] else _LINE + _PADDING
        if isinstance(value, str | Marked):
            text = value if isinstance(value, str) else value.text
            return _fit(text, sum(self._widths[span[0] - 1 : span[1]]), style.size)
        return _LINE + _PADDING


def _fit(text: str, width: float, size: float) -> float:
    """Points that `text` of font size `size` takes when wrapped to `width` characters, at most nine lines."""
    # The length in GBK is what it takes in a Chinese font: 1 for ASCII, 2 for Chinese letters and punctuation.
    room = max(int((width - 1.5) * BODY_SIZE / size), 1)
    lines = 0
    for line in text[: _MAX_LINES * room].split("\n"):
        length = len(line.encode("gbk", "replace"))
        if length > room:
            # A long Latin word is not broken, and leaves on average half of itself empty at the end of a line.
            length += sum(len(word) // 2 for word in _LONG_WORD.findall(line))
        lines += max(1, -(-length // room))
    return min(lines, _MAX_LINES) * max(_LINE * size / BODY_SIZE, 12) + _PADDING


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
    head.left = _HeaderFooterPart(clean(header, 80).replace("&", "&&").replace("\n", " "), font, 9)
    head.right = _HeaderFooterPart(worksheet.title, font, 9)
    foot.center = _HeaderFooterPart("第 &P 页，共 &N 页", font, 9)
    worksheet.HeaderFooter.oddHeader, worksheet.HeaderFooter.oddFooter = head, foot
