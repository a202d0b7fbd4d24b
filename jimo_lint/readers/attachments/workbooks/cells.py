"""Turns the cells of a sheet into passages: what a person sees in each, where it stands, and whether it is hidden."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from jimo_lint.model import Cell, Mark
from jimo_lint.readers.contents import Passage
from jimo_lint.readers.tables.headers import letter

# Cells and characters that are read of a file: some 600 bytes of memory a cell, and the lists that offices publish
# have a few thousand rows.
MOST_CELLS = 250_000
MOST_CHARACTERS = 10_000_000
# Excel keeps 15 digits of a number and shows zeros for the rest; of numbers larger than any identifier it shows powers.
_DIGITS = 15
_EXACT = 10**_DIGITS
_LARGEST = 10**21
_NOWHERE: frozenset[int] = frozenset()
_Row = tuple[int, Sequence[object]]


@dataclass(slots=True)
class Budget:
    """What may still be read of a file. stopped: where reading stopped, in words, "" where it did not."""

    cells: int = MOST_CELLS
    characters: int = MOST_CHARACTERS
    stopped: str = ""


@dataclass(slots=True)
class Uncalculated:
    """Formulas without a result, as programs write them that do not calculate. first: the place of the first."""

    count: int = 0
    first: str = ""

    def add(self, place: str, count: int = 1) -> None:
        """So many more, the first of them at this place."""
        self.first = self.first or place
        self.count += count

    def told(self) -> Iterator[str]:
        """In words, where there are any: nobody sees what they say before the workbook is saved by one that does."""
        if self.count:
            yield f"{self.count} 格公式没有存结果（{self.first} 起；用 Excel 或 WPS 打开后保存，就能检查）"


@dataclass(slots=True)
class Hidden:
    """What of a sheet nobody is shown. whole: how the sheet itself is hidden, "" where it is not.

    rows, columns: from 1. seen_rows, seen_columns: those of them that hold something.
    """

    whole: str = ""
    rows: Container[int] = _NOWHERE
    columns: Container[int] = _NOWHERE
    seen_rows: set[int] = field(default_factory=set)
    seen_columns: set[int] = field(default_factory=set)

    def marks(self, table: str) -> Iterator[Mark]:
        """What is told of it: only what hides something, as columns that nobody needs are often hidden."""
        if self.whole:
            yield Mark("hidden", table, self.whole)
            return
        if self.seen_columns:
            yield Mark("hidden", table, f"隐藏的列 {_runs(self.seen_columns, lambda column: letter(column - 1))}")
        if self.seen_rows:
            yield Mark("hidden", table, f"隐藏的行 {_runs(self.seen_rows, str)}")


def table_of(sheet: str) -> str:
    """The place of a sheet."""
    return f"工作表“{sheet}”"


def name_of(row: int, column: int) -> str:
    """What a spreadsheet calls a cell; row and column from 1."""
    return f"{letter(column - 1)}{row}"


def passages(table: str, rows: Iterable[_Row], hidden: Hidden, budget: Budget) -> Iterator[Passage]:
    """The cells that say something, a passage each. rows: number and values from column A, None for none."""
    new = tuple.__new__  # named tuples made by their names cost twice as much, and of cells there are many
    letters: list[str] = []
    whole, hidden_rows, columns = bool(hidden.whole), hidden.rows, hidden.columns
    cells, characters = budget.cells, budget.characters
    for number, values in rows:
        while len(letters) < len(values):
            letters.append(f"{table}{letter(len(letters))}")
        if cells < len(values):
            budget.stopped = f"{table}第 {number} 行起的内容（一个文件最多读 {MOST_CELLS:,} 格）"
            return
        row_hidden = number in hidden_rows
        row = str(number)
        column = 0
        for place, value in zip(letters, values, strict=False):
            column += 1
            if value is None or value == "":
                continue
            said = value if type(value) is str else shown(value)
            if not said or (said[0] <= "\u3000" and said.isspace()):
                continue
            unseen = whole
            if row_hidden or column in columns:
                unseen = True
                if row_hidden:
                    hidden.seen_rows.add(number)
                if column in columns:
                    hidden.seen_columns.add(column)
            cells -= 1
            characters -= len(said)
            if characters < 0:
                budget.stopped = f"{place}{row} 起的内容（一个文件最多读 {MOST_CHARACTERS:,} 字）"
                return
            cell = new(Cell, (table, number, column, unseen))
            yield new(Passage, (said, place + row, number, "table", cell, False))
        budget.cells, budget.characters = cells, characters


def shown(value: object) -> str:
    """A value as a person sees it in the cell: no exponent, no `.0`, days as 2026-01-05."""
    if type(value) is float:
        return str(int(value)) if -_EXACT < value < _EXACT and value.is_integer() else _number(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return _number(value)
    if isinstance(value, datetime):
        if value.time() == time():
            return value.date().isoformat()
        return value.replace(microsecond=0).isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.replace(microsecond=0).isoformat()
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return str(value)


def _number(value: float) -> str:
    if isinstance(value, int) and abs(value) < _EXACT:
        return str(value)
    if _EXACT <= abs(value) < _LARGEST:
        return f"{Decimal(f'{value:.{_DIGITS - 1}e}'):.0f}"
    written = f"{value:.{_DIGITS}g}"
    return f"{Decimal(written):f}" if "e-" in written and abs(value) > 1e-9 else written


def _runs(numbers: Iterable[int], called: Callable[[int], str]) -> str:
    """Numbers with those that follow one another as `3–10`, at most ten runs."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    said = [called(first) if first == last else f"{called(first)}–{called(last)}" for first, last in runs[:10]]
    return "、".join(said) + (" 等" if len(runs) > 10 else "")
