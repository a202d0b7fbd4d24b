"""Opens a table as sheets of rows, by its content: workbook old or new, page with a table, or text with separators."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from jimo_lint.readers.source import Source
from jimo_lint.readers.tables.bounds import bounded
from jimo_lint.readers.tables.sheet import Sheet

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_XML_WORKBOOK = b"urn:schemas-microsoft-com:office:spreadsheet"
_ZIP = b"PK\x03\x04"
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"


def sheets(source: Source, *, hidden: bool = False) -> Iterator[Sheet]:
    """The visible sheets of a table. hidden: the others as well.

    InputError where it is a workbook that cannot be read; nothing where it is no table.

    Rows stay within the bounds; InputError where a sheet goes on beyond them.
    """
    for sheet in _sheets(source, hidden):
        yield replace(sheet, rows=bounded(sheet.rows, f"{source.place} {sheet.name}".strip()))


def _sheets(source: Source, hidden: bool) -> Iterator[Sheet]:
    # Each way of writing a table has a module of its own, imported when it is met.
    if source.head.startswith(_OLE):
        from jimo_lint.readers.tables import old_workbook

        yield from old_workbook.sheets(source, hidden=hidden)
    elif source.head.startswith(_ZIP) and _OPEN_DOCUMENT in source.head[:128]:
        from jimo_lint.readers.tables import open_document

        yield from open_document.sheets(source, hidden=hidden)
    elif source.head.startswith(_ZIP):
        from jimo_lint.readers.tables import workbook

        yield from workbook.sheets(source, hidden=hidden)
    elif source.start.startswith(b"<") and _XML_WORKBOOK in source.head:
        from jimo_lint.readers.tables import xml_workbook

        yield from xml_workbook.sheets(source)
    elif source.start.startswith(b"<"):
        from jimo_lint.readers.tables import web_table

        yield from web_table.sheets(source)
    elif not source.start.startswith((b"{", b"[", b"SQLite format 3")):
        from jimo_lint.readers.tables import separated

        yield from separated.sheets(source)
