"""What openpyxl has no public way for; its version is capped in pyproject.toml, and nothing else reaches into it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.chart._chart import ChartBase
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Font
from openpyxl.styles.cell_style import StyleArray
from openpyxl.worksheet.header_footer import _HeaderFooterPart
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.constants import ARC_CORE
from openpyxl.xml.functions import tostring

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


class _Package(ZipFile):
    """Leaves the properties out, so that they can be written when all other parts are known."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *given: Any, **more: Any) -> None:
        if zinfo_or_arcname != ARC_CORE:
            super().writestr(zinfo_or_arcname, data, *given, **more)

    def finish(self, properties: DocumentProperties) -> None:
        """Write the properties."""
        super().writestr(ARC_CORE, tostring(properties.to_tree()))


def pack(workbook: Workbook, path: Path, seal: Callable[[list[ZipInfo]], str]) -> None:
    """What `Workbook.save` does, with a seal over all parts as the document's identifier.

    No open package is left behind where the disk is full: Python would close that one last, fail again and print a
    traceback that nobody can catch.
    """
    package = _Package(path, "w", ZIP_DEFLATED)
    try:
        ExcelWriter(workbook, package).write_data()
        workbook.properties.identifier = seal(package.infolist())
        package.finish(workbook.properties)
        package.close()
    finally:
        with suppress(OSError, ValueError):
            package.close()
