"""Reads the values of a workbook with calamine: where a sheet, with all that lies between its cells, fits in memory.

What calamine gives was compared with files of LibreOffice, of openpyxl and made by hand: shared, inline and rich text
(without the phonetic guide), escapes such as _x000D_, the cached results of formulas, days in the built-in formats of
Chinese Excel and since 1904 are right. It knows nothing of hidden rows and columns, comments, headers, drawings and
links; a cell that shows an error is empty to it; of a number it keeps neither digits beyond the 15th nor leading zeros
that only a format adds; it makes room for every cell of the rectangle between the first and the last, 4 GB for two of
them in opposite corners; and of a workbook whose main part has another name than usual it says that it has no sheets.
So the readers beside this one look at the structure themselves, ask it only for sheets whose rectangle is small, and
read the others row by row.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

# Cells of a sheet's rectangle: 1,048,576 rows of one column, 20,000 of 50; 24 bytes each, and what texts take.
MOST_CELLS = 1_100_000


def opened(stream: BinaryIO) -> Any:
    """A workbook, to be asked for its sheets; None where calamine cannot read it."""
    from python_calamine import CalamineWorkbook

    try:
        return CalamineWorkbook.from_filelike(stream)
    except BaseException as fault:  # noqa: BLE001 - errors of its own, and panics, which are no Exception
        _let_through(fault)
        return None


def rows(book: Any, index: int) -> Iterator[tuple[int, list[Any]]] | None:
    """Number and values of the rows of a sheet, "" for none; None where calamine cannot read it.

    Row by row, as all of them would take six times the memory. Its rows count from the first of the sheet, but their
    cells from the first column that holds something.
    """
    try:
        sheet = book.get_sheet_by_index(index)
        before = [""] * (sheet.start[1] if sheet.start else 0)
        return ((number, before + values) for number, values in enumerate(sheet.iter_rows(), 1))
    except BaseException as fault:  # noqa: BLE001 - as above
        _let_through(fault)
        return None


def _let_through(fault: BaseException) -> None:
    """Raise what is no fault of the file: an interruption, a time limit, the end of memory."""
    if isinstance(fault, MemoryError) or not (isinstance(fault, Exception) or type(fault).__name__ == "PanicException"):
        raise fault
