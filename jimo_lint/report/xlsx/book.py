"""A workbook that is written row by row and saved whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import cast

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from jimo_lint.report import kept, packages
from jimo_lint.report.views.table import Table
from jimo_lint.report.xlsx import internals
from jimo_lint.report.xlsx.cells import Style, clean
from jimo_lint.report.xlsx.sheet import Sheet
from jimo_lint.report.xlsx.styles import BODY_FONT, BODY_SIZE, prepare

# What a sheet may not be called, and how long its name may be.
_BAD_IN_NAME = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_LONGEST_NAME = 31


class Book:
    """A workbook being written row by row, so that memory does not grow with the number of cells."""

    def __init__(self, path: Path, site: str, title: str, moment: datetime) -> None:
        """path: where it is to be written; once saved, where it is.

        site and title stand in the print header; moment (naive) is the creation time in the properties.
        """
        self.path = path
        self._workbook = Workbook(write_only=True)
        internals.set_default_font(self._workbook, Font(name=BODY_FONT, size=BODY_SIZE, family=3))
        self._workbook.properties.creator = "jimo-lint"
        self._workbook.properties.title = clean(f"{site}{title}", 200)
        self._workbook.properties.created = moment
        self._header = f"{site}{title}"
        self.sheets: dict[str, Sheet] = {}
        self.styles: dict[str, Style] = {}

    def sheet(self, name: str, widths: Sequence[float], *, freeze: str = "", grid: bool = False) -> Sheet:
        """A new sheet after the others, its name made fit and told apart. freeze: the first cell that scrolls."""
        name = self._free(name)
        worksheet = cast(Worksheet, self._workbook.create_sheet(name))
        if not self.styles:
            self.styles = prepare(worksheet)
        sheet = Sheet(worksheet, self.styles, widths, self._header, freeze, grid)
        self.sheets[name] = sheet
        return sheet

    def table(self, table: Table) -> Sheet:
        """A sheet for a table."""
        widths = [field.width for field in table.fields]
        sheet = self.sheet(table.name, widths, freeze=f"{get_column_letter(table.frozen + 1)}2")
        sheet.table(table)
        return sheet

    def _free(self, wanted: str) -> str:
        used = {name.casefold() for name in self.sheets}
        plain = _BAD_IN_NAME.sub(" ", wanted).strip() or "—"
        name, number = plain[:_LONGEST_NAME], 2
        while name.casefold() in used:
            name, number = f"{plain[: _LONGEST_NAME - 4]} {number}", number + 1
        return name

    def save(self) -> None:
        """Write the file, replacing what was there only when all is written; its folder is created.

        What a person has been at is not replaced: the workbook then stands beside it.
        """
        bodies = [sheet.body for sheet in self.sheets.values()]
        self.path = packages.put(self.path, lambda path: internals.pack(self._workbook, bodies, path, kept.seal))

    def close(self) -> None:
        """Delete the temporary files of the sheets, whatever state they are in."""
        for sheet in self.sheets.values():
            sheet.body.close()


@contextmanager
def writing(path: Path, site: str, title: str, moment: datetime) -> Iterator[Book]:
    """A book that is saved to `path` when the block ends well. ReportError where it cannot be written.

    Rows already go to temporary files while the block runs, so a full disk may show at any row.
    """
    book = Book(path, site, title, moment)
    try:
        with packages.faults(path):
            yield book
            book.save()
    finally:
        book.close()
