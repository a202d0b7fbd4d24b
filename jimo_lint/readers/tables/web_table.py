"""Reads the tables of a web page: what many office systems export and call .xls."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from jimo_lint.extract import decode
from jimo_lint.readers.source import Source
from jimo_lint.readers.tables.headers import Cells
from jimo_lint.readers.tables.sheet import Sheet

_WIDEST = 1000
_TALLEST = 10_000


def sheets(source: Source) -> Iterator[Sheet]:
    """Each table as a sheet, cells that span rows or columns filled; none where the page has no table."""
    if b"<tr" not in source.body and b"<TR" not in source.body:
        return
    tree = LexborHTMLParser(decode(source.body))
    for number, table in enumerate(tree.css("table"), 1):
        yield Sheet(f"表格 {number}", _rows(table))


def _rows(table: LexborNode) -> Iterator[tuple[int, Cells]]:
    below: dict[int, tuple[str, int]] = {}  # column to value and number of rows that it still spans
    for number, row in enumerate(table.css("tr"), 1):
        own = [
            (_text(cell), _span(cell.attributes.get("rowspan"), _TALLEST))
            for cell in row.css("td, th")
            for _ in range(_span(cell.attributes.get("colspan"), _WIDEST))
        ]
        cells: list[str] = []
        spanning: dict[int, tuple[str, int]] = {}
        fresh = iter(own)
        last = max(below, default=-1)
        while True:
            value, rows = below.get(len(cells)) or next(fresh, ("", 0))
            if not rows and len(cells) > last:
                break
            if rows > 1:
                spanning[len(cells)] = (value, rows - 1)
            cells.append(value)
        below = spanning
        if any(cells):
            yield number, tuple(cells)


def _text(cell: LexborNode) -> str:
    return cell.text(separator="\n" if cell.css_first("br, p") else "").strip()


def _span(written: str | None, most: int) -> int:
    return min(int(written), most) if written and written.isdecimal() and int(written) else 1
