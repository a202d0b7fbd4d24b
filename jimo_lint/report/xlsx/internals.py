"""What openpyxl has no public way for; its version is capped in pyproject.toml, and nothing else reaches into it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.chart._chart import ChartBase
from openpyxl.styles import Font
from openpyxl.styles.cell_style import StyleArray
from openpyxl.worksheet.header_footer import _HeaderFooterPart
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

__all__ = ["ChartBase", "StyleArray", "abandon", "header_part", "pack", "set_default_font", "style_of"]


def set_default_font(workbook: Workbook, font: Font) -> None:
    """The font in which the widths of columns are measured."""
    workbook._fonts[0] = font  # type: ignore[attr-defined]


def style_of(cell: Cell) -> StyleArray:
    """The style of a cell as it is stored, to be given to others at a fraction of the time of setting it."""
    made: StyleArray = cell._style  # type: ignore[attr-defined]
    return made


def header_part(text: str, font: str, size: int) -> _HeaderFooterPart:
    """One of the three parts of a printed header or footer."""
    return _HeaderFooterPart(text, font, size)


def abandon(worksheet: Worksheet) -> None:
    """Close and delete the temporary file; left to the garbage collector, openpyxl would print a traceback."""
    writer: Any = getattr(worksheet, "_writer", None)
    streams: tuple[Any, ...] = getattr(worksheet, "_rows", None), getattr(writer, "xf", None)
    for stream in streams:
        with suppress(Exception):
            stream.close()
    with suppress(Exception):
        writer.cleanup()


def pack(workbook: Workbook, path: Path) -> None:
    """What `Workbook.save` does, without leaving an open package behind where the disk is full.

    Python would close that one last, fail again and print a traceback that nobody can catch.
    """
    package = ZipFile(path, "w", ZIP_DEFLATED)
    try:
        ExcelWriter(workbook, package).save()
    finally:
        with suppress(OSError, ValueError):
            package.close()
