"""Reads .xls, the workbook of Excel 97 to 2003 and of WPS, merged cells filled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from jimo_lint.errors import InputError
from jimo_lint.readers.headers import Cells
from jimo_lint.readers.sheets import Sheet
from jimo_lint.readers.source import Source
from jimo_lint.readers.workbook import filled

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def sheets(source: Source) -> Iterator[Sheet]:
    """The visible sheets. InputError where it has a password, is no workbook or is damaged."""
    import python_calamine

    with source.open() as file:
        try:
            # An encrypted .xlsx is an OLE file with this stream.
            if _ENCRYPTED in source.body:
                raise python_calamine.PasswordError
            book = python_calamine.load_workbook(file)
            for known in book.sheets_metadata:
                if known.visible == python_calamine.SheetVisibleEnum.Visible:
                    sheet = book.get_sheet_by_name(known.name)
                    top, left = sheet.start or (0, 0)
                    merged = [
                        (first[0] + 1, last[0] + 1, first[1] - left, last[1] - left)
                        for first, last in sheet.merged_cell_ranges or ()
                        if first[1] >= left
                    ]
                    yield Sheet(known.name, filled(_cells(sheet.iter_rows(), top), merged))
        except python_calamine.PasswordError:
            raise InputError(source.place, "工作簿已加密（有密码），读不出", "请去掉密码后另存为 .xlsx") from None
        except InputError:
            raise
        except BaseException as fault:
            # The library panics, outside of Exception, where a damaged file leads it astray.
            if not isinstance(fault, Exception) and type(fault).__name__ != "PanicException":
                raise
            raise InputError(
                source.place,
                f"不是完好的 .xls 工作簿（{type(fault).__name__}）",
                "如果是 Word 或其他文件，请导出为表格；如果是表格，请用 Excel 或 WPS 打开，另存为 .xlsx",
            ) from None


def _cells(rows: Iterable[Sequence[object]], top: int) -> Iterator[tuple[int, Cells]]:
    for number, cells in enumerate(rows, top + 1):
        if any(cell != "" for cell in cells):
            yield number, tuple(None if cell == "" else cell for cell in cells)
