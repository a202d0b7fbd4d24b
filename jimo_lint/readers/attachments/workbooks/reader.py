"""Reads a workbook, of whichever program and age, by what its content is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import PurePath

from jimo_lint.errors import InputError
from jimo_lint.model import Mark
from jimo_lint.readers.contents import FileContents
from jimo_lint.readers.opc import SIGNATURE
from jimo_lint.readers.source import Source

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_XML = b"urn:schemas-microsoft-com:office:spreadsheet"
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
# What the programs of today, of before 2007, and LibreOffice call their own: Excel warns of one called otherwise.
_SUFFIXES = {
    "Excel 2007 以后的工作簿": (".xlsx", ".xlsm", ".xltx", ".xltm", ".et", ".ett"),
    "二进制工作簿": (".xlsb",),
    "Excel 97-2003 工作簿": (".xls", ".xlt", ".et", ".ett"),
    "OpenDocument 工作簿": (".ods", ".ots"),
    "Excel 2003 的 XML 表格": (".xml",),
}


def sign(source: Source) -> str:
    """The part, stream or namespace that tells a workbook; "" for what is none, and for a damaged package."""
    # Each way of writing a workbook has a module of its own, imported when it is met.
    if source.head.startswith(_OLE):
        from jimo_lint.readers.attachments.workbooks import excel_97

        return excel_97.sign(source)
    if not source.head.startswith(SIGNATURE):
        return _XML.decode() if _XML in source.head else ""
    if _OPEN_DOCUMENT in source.head[:128]:
        return _OPEN_DOCUMENT.decode().removeprefix("mimetype")
    from jimo_lint.readers.attachments.workbooks import office_workbook

    try:
        return office_workbook.sign(source)
    except InputError:
        return ""


def read(source: Source, base: str, _as_of: date) -> FileContents:
    """What it holds. InputError: damaged, with a password, too large inside, or empty; also where it is no workbook."""
    title, found = _read(source, base)
    suffix = PurePath(source.place).suffix.lower()
    if any(suffix in own for own in _SUFFIXES.values()) and suffix not in _SUFFIXES[title]:
        facts = replace(
            found.document.file_facts, marks=(*found.document.file_facts.marks, Mark("misnamed", "", title))
        )
        found = replace(found, document=replace(found.document, facts=facts))
    return found


def _read(source: Source, base: str) -> tuple[str, FileContents]:
    if source.head.startswith(_OLE):
        from jimo_lint.readers.attachments.workbooks import excel_97

        return "Excel 97-2003 工作簿", excel_97.read(source, base)
    if source.head.startswith(SIGNATURE) and _OPEN_DOCUMENT in source.head[:128]:
        from jimo_lint.readers.attachments.workbooks import open_workbook

        return "OpenDocument 工作簿", open_workbook.read(source, base)
    if source.head.startswith(SIGNATURE):
        from jimo_lint.readers.attachments.workbooks import office_workbook

        if office_workbook.is_binary(source):
            from jimo_lint.readers.attachments.workbooks import binary_workbook

            return "二进制工作簿", binary_workbook.read(source)
        return "Excel 2007 以后的工作簿", office_workbook.read(source, base)
    if _XML in source.head:
        from jimo_lint.readers.attachments.workbooks import excel_2003

        return "Excel 2003 的 XML 表格", excel_2003.read(source, base)
    if not source.head:
        raise InputError(source.place, "文件是空的（0 字节）", "请核对，或重新保存", mark="empty")
    raise InputError(source.place, "不是工作簿，未检查", "请用 Excel 或 WPS 打开，另存为 .xlsx", mark="damaged")
