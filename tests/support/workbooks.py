"""Reads workbooks back."""

from pathlib import Path
from unittest.mock import patch

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.merge import MergedCellRange


def opened(path: Path, *, rich_text: bool = False) -> Workbook:
    """The workbook as it was written.

    openpyxl would draw the border of every merged range anew, which takes two thirds of its time.
    """
    with patch.object(MergedCellRange, "format", lambda _: None):
        return load_workbook(path, rich_text=rich_text)
