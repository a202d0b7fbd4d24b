"""Reads the tables of a web page: what many office systems export and call .xls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import repeat

from selectolax.lexbor import LexborHTMLParser, LexborNode

from jimo_lint.errors import InputError
from jimo_lint.extract.markup.charset import decode
from jimo_lint.readers.source import Source
from jimo_lint.readers.tables.bounds import MOST_COLUMNS, MOST_FILLED
from jimo_lint.readers.tables.headers import Cells
from jimo_lint.readers.tables.sheet import Sheet

# What browsers take a larger colspan and rowspan for (HTML, "table model").
_WIDEST = 1000
_TALLEST = 65_534
_GROUPS = frozenset(("tbody", "thead", "tfoot"))


def sheets(source: Source) -> Iterator[Sheet]:
    """Each table as a sheet, cells that span rows or columns filled; none where the page has no table."""
    if b"<tr" not in source.body and b"<TR" not in source.body:
        return
    tree = LexborHTMLParser(decode(source.body))
    for number, table in enumerate(tree.css("table"), 1):
        yield Sheet(f"表格 {number}", _rows(table, source.place))


def _rows(table: LexborNode, place: str) -> Iterator[tuple[int, Cells]]:
    """The table's own rows; those of a table inside a cell are a sheet of their own."""
    below: dict[int, tuple[str, int]] = {}  # column to value and number of rows that it still spans
    budget = MOST_FILLED
    for number, row in enumerate(_own_rows(table), 1):
        cells: list[str] = []
        spanning: dict[int, tuple[str, int]] = {}
        own = 0
        written = [cell for cell in row.iter() if cell.tag in ("td", "th")]
        fresh = _expanded(written)
        last = max(below, default=-1)
        while len(cells) <= MOST_COLUMNS:
            above = below.get(len(cells))
            value, rows = above or next(fresh, ("", 0))
            if not rows and len(cells) > last:
                break
            own += above is None and rows > 0
            if rows > 1:
                spanning[len(cells)] = (value, rows - 1)
            cells.append(value)
        below = spanning
        budget -= len(cells) - len(written)
        if budget < 0:
            raise InputError(place, f"合并单元格太多，第 {number} 行起没有读", "请取消合并单元格后另存")
        if own and any(cells):
            yield number, tuple(cells)


def _own_rows(table: LexborNode) -> Iterator[LexborNode]:
    for part in table.iter():
        if part.tag == "tr":
            yield part
        elif part.tag in _GROUPS:
            yield from (row for row in part.iter() if row.tag == "tr")


def _expanded(cells: Iterable[LexborNode]) -> Iterator[tuple[str, int]]:
    """Text and rows of each column of a row's own cells."""
    for cell in cells:
        spans = cell.attributes
        value = _text(cell), _span(spans.get("rowspan"), _TALLEST)
        yield from repeat(value, _span(spans.get("colspan"), _WIDEST))


def _text(cell: LexborNode) -> str:
    first = cell.first_child
    if first is not None and first.next is None and first.tag == "-text":
        return (first.text_content or "").strip()
    if cell.css_first("table"):
        return ""
    return cell.text(separator="\n" if cell.css_first("br, p") else "").strip()


def _span(written: str | None, most: int) -> int:
    return min(int(written[:9]), most) or 1 if written and written.isdecimal() else 1
