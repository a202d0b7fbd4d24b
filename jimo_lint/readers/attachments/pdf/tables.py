"""Tells which columns the cells of a PDF's tables are in: a file says only where text stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from jimo_lint.readers.attachments.pdf.flow import Cell, Paragraph

_FEWEST_ROWS = 2
_LONGEST = 120  # characters of a cell; what is longer is prose with a wide gap in it
_BETWEEN = 2  # pieces of cells that could not be told to belong to a row


class Row(NamedTuple):
    """A row of a table. table, number: counted from 1. columns: of each cell, from 1."""

    table: int
    number: int
    columns: tuple[int, ...]


def rows(paragraphs: Sequence[Paragraph]) -> dict[int, Row]:
    """The rows among the paragraphs of a file, by their index. A table goes on over pages."""
    found: dict[int, Row] = {}
    for table, indices in enumerate(_tables(paragraphs), 1):
        columns = _columns([paragraphs[index] for index in indices])
        for number, index in enumerate(indices, 1):
            found[index] = Row(table, number, _placed(paragraphs[index].cells, columns))
    return found


def _tables(paragraphs: Sequence[Paragraph]) -> Iterator[list[int]]:
    table: list[int] = []
    for index, paragraph in enumerate(paragraphs):
        if paragraph.is_row and max(len(cell.text) for cell in paragraph.cells) <= _LONGEST:
            if table and index - table[-1] > _BETWEEN + 1:
                yield from [table] if len(table) >= _FEWEST_ROWS else []
                table = []
            table.append(index)
        elif paragraph.is_row or not paragraph.is_narrow:
            yield from [table] if len(table) >= _FEWEST_ROWS else []
            table = []
    yield from [table] if len(table) >= _FEWEST_ROWS else []


def _columns(table: Sequence[Paragraph]) -> list[tuple[float, float]]:
    """How far the columns reach, as the rows with the most cells show."""
    most = max(len(row.cells) for row in table)
    fullest = [row for row in table if len(row.cells) == most]
    return [
        (min(row.cells[at].left for row in fullest), max(row.cells[at].right for row in fullest)) for at in range(most)
    ]


def _placed(cells: Sequence[Cell], columns: Sequence[tuple[float, float]]) -> tuple[int, ...]:
    """Of each cell the column that it shares most with, each later than the one before."""
    if len(cells) == len(columns):
        return tuple(range(1, len(cells) + 1))
    placed: list[int] = []
    for at, cell in enumerate(cells):
        least = placed[-1] if placed else 0
        room = range(least, len(columns) - (len(cells) - at - 1))
        placed.append(max(room, key=lambda column: _shared(cell, columns[column])) + 1)
    return tuple(placed)


def _shared(cell: Cell, column: tuple[float, float]) -> float:
    """How much of a cell lies in a column; less than none, the farther it is away."""
    return min(cell.right, column[1]) - max(cell.left, column[0])
