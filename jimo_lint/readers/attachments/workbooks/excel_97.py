"""Reads .xls and .et, workbooks of Excel 5 to 2003 and WPS: hidden sheets, rows and columns, notes, margins, shapes.

Values are read by xlrd, and not by calamine: that asks for as much memory as a damaged record claims to need, and where
there is not so much it ends the process.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from jimo_lint.errors import InputError
from jimo_lint.model import Mark
from jimo_lint.readers import compound
from jimo_lint.readers.attachments.office import properties
from jimo_lint.readers.attachments.office.embedded import is_address
from jimo_lint.readers.attachments.workbooks import records, sheet_notes
from jimo_lint.readers.attachments.workbooks.cells import Budget, Hidden, name_of, passages, table_of
from jimo_lint.readers.attachments.workbooks.properties import is_own
from jimo_lint.readers.contents import FileContents, Passage, Picture, contents, links_of
from jimo_lint.readers.source import Source
from jimo_lint.readers.tables import old_workbook
from jimo_lint.readers.tables.bounds import MOST_SHEETS, too_many_sheets

if TYPE_CHECKING:
    from PIL.Image import Image  # of the extra `ocr`

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS = ("Workbook", "Book")
_ENCRYPTED = "EncryptedPackage"
_STATES = {1: "隐藏的工作表", 2: "深度隐藏的工作表"}
_PIVOTED = "_SX_DB_CUR"  # the storage of the caches of pivoted tables, a stream each
_SHEET, _MACROS, _CHART, _BASIC = 0, 1, 2, 6
# How pictures begin that can be shown as they are, and what their record is called ([MS-ODRAW] 2.2.23).
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_BLIPS = range(0xF01A, 0xF02A)


def sign(source: Source) -> str:
    """The stream that holds the sheets; "" for another file."""
    try:
        with compound.opened(source.body) as file:
            return next((name for name in _STREAMS if file.exists(name)), "")
    except Exception:  # noqa: BLE001 - the library lets through whatever its parsing raises
        return ""


def read(source: Source, base: str) -> FileContents:
    """What it holds. InputError: damaged, with a password, or empty."""
    reading = _Reading(source)
    found = contents(source, reading.passages(), marks=reading.marks(), title=reading.about.title)
    links = links_of(((address, "") for address in dict.fromkeys(reading.links)), base)
    pictures, others = _pictures(reading.book.drawings)
    unread = "、".join(reading.unread(others))
    if not (found.document.blocks or links or pictures or unread):
        raise InputError(source.place, "工作簿里没有内容", "请核对", mark="empty")
    document = replace(found.document, links=links)
    return FileContents(document, unread, pictures, properties=reading.about.said)


class _Reading:
    """The reading of one workbook."""

    def __init__(self, source: Source) -> None:
        self._source = source
        try:
            with compound.opened(source.body) as file:
                if file.exists(_ENCRYPTED):
                    raise old_workbook.encrypted(source)
                stream = file.openstream(next(name for name in _STREAMS if file.exists(name))).read()
                listed, streams = file.listdir(streams=False, storages=True), file.listdir()
                self.about = properties.of_compound(file)
            self.book = records.walk(stream)
        except InputError:
            raise
        except Exception:  # noqa: BLE001 - as above
            raise _damaged(source) from None
        if self.book.locked:
            raise old_workbook.encrypted(source)
        if len(self.book.sheets) > MOST_SHEETS:
            raise too_many_sheets(source.place)
        self._macros = any(path[0].startswith("_VBA_PROJECT") for path in listed)
        self._pivoted = sum(len(path) == 2 and path[0] == _PIVOTED for path in streams)
        self._embedded = sum(len(path) == 1 and path[0].startswith(("MBD", "LNK")) for path in listed)
        self.links: list[str] = []
        self._marks: list[Mark] = []
        self._budget = Budget()
        self._skipped = 0

    def passages(self) -> Iterator[Passage]:
        """All that the workbook says, sheet by sheet."""
        opened: Any = None
        for number, sheet in enumerate(self.book.sheets):
            if sheet.kind not in (_SHEET, _CHART):
                continue
            if self._budget.stopped:
                self._skipped += 1
                continue
            table = table_of(sheet.name)
            hidden = Hidden(_STATES.get(sheet.state, ""), sheet.rows, sheet.columns)
            if not sheet_notes.is_usual(sheet.name):
                yield Passage(sheet.name, f"{table}的名称")
            if sheet.kind == _SHEET:
                opened = opened or self._opened()
                yield from passages(table, self._rows(opened, number), hidden, self._budget)
            self._marks += hidden.marks(table)
            yield from self._beside(table, sheet)

    def marks(self) -> Iterator[Mark]:
        """What is told besides, once the passages have been read."""
        yield from (one._replace(place="文档属性") for one in self.about.marks)
        if self._macros or any(sheet.kind in (_MACROS, _BASIC) for sheet in self.book.sheets):
            yield Mark("macro")
        yield from (Mark("path", "文档属性", path) for path in dict.fromkeys(self.book.paths) if is_own(path))
        yield from self._marks

    def unread(self, pictures: int) -> Iterator[str]:
        """What else is there, in words."""
        if self._budget.stopped:
            yield self._budget.stopped
        for count, words in (
            (self._skipped, "张后面的工作表"),
            (pictures, "张矢量图片"),
            (self._embedded, "个嵌入的对象"),
            (sum(sheet.unread for sheet in self.book.sheets), "处数据有效性"),
            (sum(sheet.kind == _MACROS for sheet in self.book.sheets), "张宏表"),
            (self._pivoted, "份数据透视表的缓存"),
            (self.book.foreign, "份外部工作簿的缓存"),
        ):
            if count:
                yield f"{count} {words}"
        yield from self.about.told()

    def _beside(self, table: str, sheet: records.SheetRecords) -> Iterator[Passage]:
        self.links += sheet.addresses
        for texts, kind in ((sheet.headers, "页眉"), (sheet.footers, "页脚")):
            for text in texts:
                yield from (Passage(said, f"{table}{kind}") for said in sheet_notes.sections(text))
        for row, column, text in sheet.notes:
            if text:
                yield Passage(text, f"{table}{name_of(row, column)} 的批注", row, "comment")
        if sheet.notes:
            self._marks.append(Mark("comments", table, f"{len(sheet.notes)} 处"))
        told = (sheet.prompts, "输入提示"), (sheet.choices, "下拉选项"), (sheet.hints, "链接提示")
        for row, column, text, kind in ((*one, kind) for found, kind in told for one in found):
            if not (kind == "链接提示" and is_address(text)):
                yield Passage(text.strip(), f"{table}{name_of(row, column)} 的{kind}", row)
        for number, text in enumerate(sheet.boxes, 1):
            yield Passage(text, f"{table}文本框 {number}")
        for text in dict.fromkeys(filter(str.strip, sheet.labels)):
            yield Passage(text, f"{table}图表")

    def _opened(self) -> Any:
        try:
            return old_workbook.opened(self._source, merged=False)
        except Exception:  # noqa: BLE001 - the library lets through whatever its parsing raises
            raise _damaged(self._source) from None

    def _rows(self, book: Any, number: int) -> Iterator[Any]:
        try:
            yield from old_workbook.cells(book.sheet_by_index(number), book.datemode)
            book.unload_sheet(number)
        except Exception:  # noqa: BLE001 - as above
            raise _damaged(self._source) from None


def _damaged(source: Source) -> InputError:
    return InputError(source.place, "不是完好的 .xls 工作簿", "请用 Excel 或 WPS 打开，另存为 .xlsx")


def _pictures(drawings: bytes) -> tuple[list[Picture], int]:
    """The pictures of a workbook in the order in which it keeps them, and how many cannot be shown as they are."""
    found: list[Picture] = []
    others = 0
    for body in _blips(drawings, 0, len(drawings)):
        start = next((at for one in _PICTURES if (at := body.find(one, 0, 64)) >= 0), -1)
        if start < 0:
            others += 1
        else:
            found.append(Picture(f"图 {len(found) + 1}", _loader(body[start:])))
    return found, others


def _blips(body: bytes, at: int, end: int) -> Iterator[bytes]:
    """The records of pictures: those of a container lie in it, one behind the other."""
    while at + 8 <= end:
        version, kind = int.from_bytes(body[at : at + 2], "little"), int.from_bytes(body[at + 2 : at + 4], "little")
        length = int.from_bytes(body[at + 4 : at + 8], "little")
        at += 8
        if version & 0xF == 0xF:
            continue  # what follows is inside it
        if kind == 0xF007:  # an entry: 36 bytes, then the picture
            at += 36 + (body[at + 33] if at + 33 < end else 0)
            continue
        if kind in _BLIPS:
            yield body[at : min(at + length, end)]
        at += length


def _loader(body: bytes) -> Any:
    def load() -> Image:
        from PIL import Image

        return Image.open(io.BytesIO(body))

    return load
