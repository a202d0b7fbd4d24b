"""How much of a table is read: what the formats themselves allow, and of repeated cells what a person would write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jimo_lint.errors import InputError
from jimo_lint.readers.tables.headers import Cells

# Rows and columns of a sheet in .xlsx, the largest of the formats (Excel's own limits); .xls has 65,536 and 256.
MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384

# Sheets of a workbook. The formats have no limit; one for each account of a province is some hundreds.
MOST_SHEETS = 1000

# Columns up to which the value of merged cells is repeated, and cells of a sheet that are filled so in all.
WIDEST = 1000
MOST_FILLED = 2_000_000

# First and last row, from 1, first and last column, from 0.
Range = tuple[int, int, int, int]


def bounded(rows: Iterable[tuple[int, Cells]], place: str) -> Iterator[tuple[int, Cells]]:
    """The rows within the bounds. InputError at the first that is not, so that nobody takes the rest for read."""
    for number, cells in rows:
        if number > MOST_ROWS:
            raise InputError(place, f"第 {MOST_ROWS:,} 行以后还有内容，没有读", "请拆成几个较小的表格")
        if len(cells) > MOST_COLUMNS:
            fault = f"第 {number} 行超过 {MOST_COLUMNS:,} 列，从这一行起没有读"
            raise InputError(place, fault, "请删去多余的列后另存")
        yield number, cells


# What is said of cells beyond, which no program but the one that made them could show.
BEYOND = f"第 {MOST_ROWS:,} 行或第 {MOST_COLUMNS:,} 列以外的内容"


def too_many_sheets(place: str) -> InputError:
    """What is said of a workbook with more sheets than are read."""
    return InputError(place, f"工作表超过 {MOST_SHEETS:,} 张，未读", "请拆成几个工作簿")


def filled(rows: Iterable[tuple[int, Cells]], merged: Iterable[Range], place: str) -> Iterator[tuple[int, Cells]]:
    """The rows with the value of merged cells in each of them; rows without a value of their own stay out.

    InputError where so many cells would be filled that no person merged them.
    """
    waiting = sorted(merged, reverse=True)
    spanning: dict[int, tuple[object, int]] = {}  # by column: value and last row
    budget = MOST_FILLED
    for number, cells in rows:
        while waiting and waiting[-1][0] <= number:
            top, bottom, left, right = waiting.pop()
            if top == number and left < len(cells):
                right = min(right, WIDEST)
                spanning.update(dict.fromkeys(range(left, right + 1), (cells[left], bottom)))
                budget -= right - left
        if spanning:
            spanning = {column: one for column, one in spanning.items() if one[1] >= number}
            budget -= len(spanning)
            if budget < 0:
                fault = f"合并单元格太多，第 {number} 行起没有读"
                raise InputError(place, fault, "请取消合并单元格后另存")
            row = list(cells)
            row += [None] * (max(spanning, default=-1) + 1 - len(row))
            for column, (value, _) in spanning.items():
                row[column] = value
            cells = tuple(row)
        yield number, cells
