"""What openpyxl has no public way for; its version is capped in pyproject.toml, and nothing else reaches into it.

openpyxl writes all of a workbook but the rows of its sheets and their links. For these it makes objects of every cell,
border and link, which took four fifths of the time of a large workbook and most of its memory.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from shutil import copyfileobj
from typing import Any
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.chart._chart import ChartBase
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.packaging.core import DocumentProperties
from openpyxl.packaging.relationship import get_rels_path
from openpyxl.styles import Font
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.header_footer import _HeaderFooterPart
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.constants import ARC_CORE, PKG_REL_NS, REL_NS
from openpyxl.xml.functions import Element, tostring

__all__ = ["Body", "ChartBase", "header_part", "pack", "set_default_font"]

# Where rows and links go in what openpyxl makes of a sheet that has none.
_PLACES = re.compile(rb"<(?:sheetData|hyperlinks) ?/>")
# Bytes of a part beyond which the package must be told beforehand.
_LARGE = 1 << 30


def set_default_font(workbook: Workbook, font: Font) -> None:
    """The font in which the widths of columns are measured."""
    workbook._fonts[0] = font  # type: ignore[attr-defined]


def header_part(text: str, font: str, size: int) -> _HeaderFooterPart:
    """One of the three parts of a printed header or footer."""
    return _HeaderFooterPart(text, font, size)


class Body:
    """The rows of a sheet as XML, in a temporary file without a name, and its links: places and addresses."""

    def __init__(self, links: Sequence[tuple[str, str]]) -> None:
        self.rows = tempfile.TemporaryFile()  # noqa: SIM115 - open until the workbook is written
        self.links = links

    def row(self, number: int, height: float, cells: str) -> None:
        """Append a row; height: points."""
        self.rows.write(f'<row r="{number}" ht="{height:.16g}" customHeight="1">{cells}</row>'.encode())

    def close(self) -> None:
        """Delete the file; left to the garbage collector, one on a full disk would print a traceback."""
        with suppress(OSError):
            self.rows.close()


class _Around(WorksheetWriter):
    """Writes what stands around rows and links."""

    def write_rows(self) -> None:
        self.xf.send(Element("sheetData"))

    def write_hyperlinks(self) -> None:
        self.xf.send(Element("hyperlinks"))


class _Writer(ExcelWriter):
    """Writes the parts of a workbook, its sheets with their bodies."""

    def __init__(self, workbook: Workbook, package: ZipFile, bodies: Sequence[Body]) -> None:
        super().__init__(workbook, package)
        self._bodies = bodies

    def _write_worksheets(self) -> None:
        sheets: Sequence[Any] = self.workbook.worksheets
        for number, (sheet, body) in enumerate(zip(sheets, self._bodies, strict=True), 1):
            sheet._id = number
            self._write_worksheet(sheet, body)

    def _write_worksheet(self, sheet: Any, body: Body) -> None:
        package: ZipFile = self._archive  # type: ignore[attr-defined]
        written = BytesIO()
        around: Any = _Around(sheet, written)
        around.write()
        # The links' numbers follow those that it has given.
        relations, first = around._rels, len(around._rels) + 1
        head, between, tail = _PLACES.split(written.getvalue())
        with package.open(sheet.path[1:], "w", force_zip64=body.rows.tell() > _LARGE) as part:
            part.write(head + b"<sheetData>")
            body.rows.seek(0)
            copyfileobj(body.rows, part)
            part.write(b"</sheetData>" + between)
            part.writelines(_links(body.links, first))
            part.write(tail)
        body.close()
        self.manifest.append(sheet)
        drawing = SpreadsheetDrawing()
        drawing.charts, drawing.images = sheet._charts, sheet._images
        if drawing:
            self._write_drawing(drawing)  # type: ignore[attr-defined]
            [relation] = relations
            relation.Target = drawing.path
        if relations or body.links:
            place: str = get_rels_path(sheet.path)  # type: ignore[no-untyped-call]
            with package.open(place[1:], "w") as part:
                part.write(f'<Relationships xmlns="{PKG_REL_NS}">'.encode())
                part.writelines(tostring(relation.to_tree()) for relation in relations)
                part.writelines(_targets(body.links, first))
                part.write(b"</Relationships>")


def _links(links: Sequence[tuple[str, str]], first: int) -> Iterator[bytes]:
    if links:
        yield f'<hyperlinks xmlns:r="{REL_NS}">'.encode()
        for number, (place, _) in enumerate(links, first):
            yield f'<hyperlink ref="{place}" r:id="rId{number}"/>'.encode()
        yield b"</hyperlinks>"


def _targets(links: Sequence[tuple[str, str]], first: int) -> Iterator[bytes]:
    for number, (_, target) in enumerate(links, first):
        kind = f'Type="{REL_NS}/hyperlink" TargetMode="External"'
        yield f'<Relationship Id="rId{number}" {kind} Target={quoteattr(target)}/>'.encode()


class _Package(ZipFile):
    """Leaves the properties out, so that they can be written when all other parts are known."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *given: Any, **more: Any) -> None:
        if zinfo_or_arcname != ARC_CORE:
            super().writestr(zinfo_or_arcname, data, *given, **more)

    def finish(self, properties: DocumentProperties) -> None:
        """Write the properties."""
        super().writestr(ARC_CORE, tostring(properties.to_tree()))


def pack(workbook: Workbook, bodies: Sequence[Body], path: Path, seal: Callable[[list[ZipInfo]], str]) -> None:
    """What `Workbook.save` does, with a seal over all parts as the document's identifier. bodies: one a sheet.

    No open package is left behind where the disk is full: Python would close that one last, fail again and print a
    traceback that nobody can catch.
    """
    package = _Package(path, "w", ZIP_DEFLATED)
    try:
        _Writer(workbook, package, bodies).write_data()
        workbook.properties.identifier = seal(package.infolist())
        package.finish(workbook.properties)
        package.close()
    finally:
        with suppress(OSError, ValueError):
            package.close()
