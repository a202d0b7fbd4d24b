"""Reads .ods (OpenDocument 1.3, part 3): all sheets, hidden ones too, with notes, margins, drawings and links.

Not by calamine: it makes room for all cells between the first and the last, repeated ones counted, and knows neither
what is hidden nor what stands beside the values; all sheets are in one part, and looking at it twice costs double.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import IO
from xml.etree.ElementTree import Element, iterparse

from jimo_lint.errors import InputError
from jimo_lint.model import Mark
from jimo_lint.readers.attachments.office.open_office import PARTS
from jimo_lint.readers.attachments.office.open_text import of_controls
from jimo_lint.readers.attachments.office.properties import About, of_meta
from jimo_lint.readers.attachments.workbooks import sheet_drawings as drawings
from jimo_lint.readers.attachments.workbooks.cells import (
    Budget,
    Hidden,
    Uncalculated,
    name_of,
    passages,
    shown,
    table_of,
)
from jimo_lint.readers.attachments.workbooks.sheet_notes import is_usual
from jimo_lint.readers.contents import FileContents, Passage, Picture, contents, links_of
from jimo_lint.readers.opc import Package
from jimo_lint.readers.source import Source
from jimo_lint.readers.tables.bounds import BEYOND, MOST_COLUMNS, MOST_SHEETS, too_many_sheets

MIMETYPE = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
_TITLE = "工作簿"
_LARGEST = 300 * 1024 * 1024  # bytes of the part that holds the sheets, unpacked
_SPACE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TABLE, _TEXT, _OFFICE, _STYLE = (_SPACE % name for name in ("table", "text", "office", "style"))
_META = _SPACE % "meta"
_HREF = "{http://www.w3.org/1999/xlink}href"
_DC = "{http://purl.org/dc/elements/1.1/}"
_SHEET, _ROW, _COLUMN, _CELL, _COVERED = (
    f"{_TABLE}{name}" for name in ("table", "table-row", "table-column", "table-cell", "covered-table-cell")
)
_COLUMNS_REPEATED, _KIND = f"{_TABLE}number-columns-repeated", f"{_OFFICE}value-type"
_PARAGRAPH, _NOTE = f"{_TEXT}p", f"{_OFFICE}annotation"
_DESCRIBED = tuple(f"{_SPACE % 'svg-compatible'}{name}" for name in ("title", "desc"))
_FORMULA = f"{_TABLE}formula"
# Where a value stands that is not written as it shows.
_VALUES = {
    "string": f"{_OFFICE}string-value",
    "boolean": f"{_OFFICE}boolean-value",
    "time": f"{_OFFICE}time-value",
    "percentage": f"{_OFFICE}value",
}
_NUMBERS = ("float", "currency")
_UNSEEN = ("collapse", "filter")
# What a field in a header stands for differs from page to page.
_FIELDS = frozenset(
    f"{_TEXT}{name}" for name in ("page-number", "page-count", "sheet-name", "file-name", "date", "time", "title")
)
_MARGINS = {"header": "页眉", "footer": "页脚"}


def sign(source: Source) -> str:
    """What the file says it is, where that is a workbook."""
    return "application/vnd.oasis.opendocument.spreadsheet" if MIMETYPE in source.head[:128] else ""


def read(source: Source, base: str) -> FileContents:
    """What it holds. InputError: damaged, with a password, too large inside, with a DTD, or empty."""
    with Package(source, _TITLE) as package:
        if b"encryption-data" in (package.read("META-INF/manifest.xml") or b""):
            raise InputError(source.place, "工作簿已加密（有密码），读不出", "请去掉密码后另存", mark="locked")
        reading = _Reading(source, package)
        found = contents(source, reading.passages(), marks=reading.told(), title=reading.about.title)
        pictures = tuple(reading.pictures())
    document = replace(found.document, links=links_of(dict.fromkeys(reading.links), base))
    unread = "、".join(filter(None, (reading.budget.stopped, *reading.unread())))
    if not (document.blocks or document.links or pictures or unread):
        raise InputError(source.place, "工作簿里没有内容", "请核对", mark="empty")
    return FileContents(document, unread, pictures, properties=reading.about.said)


class _Reading:
    """The reading of one workbook; what turns up besides the passages gathers here."""

    def __init__(self, source: Source, package: Package) -> None:
        self._source, self._package = source, package
        self._styles: dict[str, Element] = {}
        self._places: dict[str, str] = {}  # pictures by part
        self._changes = 0
        self._objects = self._charts = 0
        self._damaged: list[str] = []
        self._beyond = False
        self._uncalculated = Uncalculated()
        self.budget = Budget()
        self.links: list[tuple[str, str]] = []
        self.marks: list[Mark] = []
        meta, styles = package.whole("meta.xml"), package.whole("styles.xml")
        for name, root in (("meta.xml", meta), ("styles.xml", styles)):
            if root is None and name in package:
                self._damaged.append(f"1 {PARTS[name]}")
        self.about = About([], of_meta(meta.iter() if meta is not None else ()), [])
        names: dict[str, None] = {}
        for element in meta.iter() if meta is not None else ():
            said = (element.text or "").strip()
            if said and element.tag in (f"{_DC}creator", f"{_META}initial-creator"):
                names[said] = None
        self.marks += (Mark("author", "文档属性", name) for name in names)
        if any(name.startswith("basic/") and not name.endswith("script-lc.xml") for name in package.names):
            self.marks.append(Mark("macro"))
        self._masters = dict(_masters(styles))

    def passages(self) -> Iterator[Passage]:
        """All that the workbook says, sheet by sheet."""
        damaged = InputError(self._source.place, "不是完好的 .ods 工作簿", "请打开后另存为 .xlsx")
        if "content.xml" not in self._package:
            raise damaged
        if self._package.size("content.xml") > _LARGEST:
            raise InputError(
                self._source.place, "工作簿解压后超过 300 MB，未读", "请拆成几个较小的文件", mark="oversized"
            )
        try:
            with self._package.open("content.xml") as stream:
                if b"<!DOCTYPE" in stream.read(2048):
                    raise InputError(self._source.place, "工作簿里有 DTD，未读", "请打开后另存为 .xlsx")
                stream.seek(0)
                yield from self._all(stream)
        except InputError:
            raise
        except Exception:  # noqa: BLE001 - ParseError, BadZipFile, zlib.error, RuntimeError of an encrypted part …
            raise damaged from None

    def told(self) -> Iterator[Mark]:
        """The marks, once the passages have been read."""
        yield from self.marks

    def unread(self) -> Iterator[str]:
        """What else is there, in words."""
        yield from self._uncalculated.told()
        if self._changes:
            yield f"{self._changes} 处修订记录"
        if self._objects:
            yield f"{self._objects} 个嵌入的对象"
        if self._charts:
            yield f"{self._charts} 个图表"
        yield from self._damaged
        if self._beyond:
            yield BEYOND

    def pictures(self) -> Iterator[Picture]:
        """Those that are shown at their places, and whatever else of pictures the package has."""
        others = 0
        for part in self._package.names:
            if part.startswith("pictures/") and not part.endswith("/"):
                place = self._places.get(part, "")
                others += not place
                yield drawings.picture(self._source, part, place or f"图 {others}")

    def _all(self, stream: IO[bytes]) -> Iterator[Passage]:
        sheets = 0
        events = iterparse(stream, ("start", "end"))
        for event, element in events:
            if event == "end" and element.tag == f"{_STYLE}style":
                self._styles[element.get(f"{_STYLE}name", "")] = element
            elif event == "end" and element.tag == f"{_TABLE}tracked-changes":
                self._changes += len(element)
                self.marks.append(Mark("tracked", "", f"{len(element)} 处"))
            elif event == "end" and element.tag == f"{_TABLE}content-validation":
                yield from _prompts(element)
            elif event == "start" and element.tag == _SHEET:
                sheets += 1
                if sheets > MOST_SHEETS:
                    raise too_many_sheets(self._source.place)
                yield from self._sheet(element, events)
                if self.budget.stopped:
                    return

    def _sheet(self, sheet: Element, events: Iterator[tuple[str, Element]]) -> Iterator[Passage]:
        name = sheet.get(f"{_TABLE}name", "")
        table = table_of(name)
        if not is_usual(name):
            yield Passage(name, f"{table}的名称")
        style = self._styles.get(sheet.get(f"{_TABLE}style-name", ""))
        properties = style.find(f"{_STYLE}table-properties") if style is not None else None
        concealed = properties is not None and properties.get(f"{_TABLE}display") == "false"
        columns: set[int] = set()
        rows: set[int] = set()
        hidden = Hidden("隐藏的工作表" if concealed else "", rows, columns)
        beside: list[Passage] = []
        yield from passages(table, self._rows(table, events, rows, columns, beside), hidden, self.budget)
        self.marks += hidden.marks(table)
        notes = sum(one.kind == "comment" for one in beside)
        if notes:
            self.marks.append(Mark("comments", table, f"{notes} 处"))
        yield from beside
        master = style.get(f"{_STYLE}master-page-name", "") if style is not None else ""
        for kind, text in self._masters.get(master, ()):
            yield Passage(text, f"{table}{kind}")

    def _rows(
        self,
        table: str,
        events: Iterator[tuple[str, Element]],
        hidden_rows: set[int],
        hidden_columns: set[int],
        beside: list[Passage],
    ) -> Iterator[tuple[int, list[str | None]]]:
        number = column = depth = 0
        drawn = [0]
        above: list[Element] = []
        for event, element in events:
            if event == "start" and (depth or element.tag != _ROW):
                depth += element.tag == _SHEET
                above.append(element)
                continue
            if event == "start":
                _read_to_end(element, events)
                times = _times(element, "rows")
                values = self._cells(table, number + 1, element, beside, drawn)
                if element.get(f"{_TABLE}visibility") in _UNSEEN and values:
                    hidden_rows.update(range(number + 1, number + min(times, 100_000) + 1))
                for repeated in range(times if values else 0):
                    yield number + repeated + 1, values
                number += times
                element.clear()
                if above:
                    del above[-1][:]
                continue
            if not above:
                return  # the end of the sheet itself
            above.pop()
            if element.tag == _SHEET:
                depth -= 1
            elif element.tag == _COLUMN and not depth:
                times = _times(element, "columns")
                if element.get(f"{_TABLE}visibility") in _UNSEEN:
                    hidden_columns.update(range(column + 1, min(column + times, MOST_COLUMNS) + 1))
                column += times
            elif element.tag == f"{_TABLE}scenario" and (text := element.get(f"{_TABLE}comment", "").strip()):
                beside.append(Passage(text, f"{table}方案", kind="aside"))
            elif element.tag == f"{_OFFICE}forms":
                beside += (Passage(text, f"{table}控件", kind="aside") for text in of_controls(element))
            elif element.tag == f"{_TABLE}shapes":
                beside += self._shapes(table, element, drawn)
                element.clear()

    def _cells(
        self, table: str, row: int, element: Element, beside: list[Passage], drawn: list[int]
    ) -> list[str | None]:
        values: list[str | None] = []
        empty = 0
        for cell in element:
            if cell.tag not in (_CELL, _COVERED):
                continue
            times = min(_times(cell, "columns"), MOST_COLUMNS) if cell.get(_COLUMNS_REPEATED) else 1
            value = None
            if len(cell) == 1 and cell[0].tag == _PARAGRAPH and cell.tag == _CELL:  # nearly all of them
                plain = cell.get(_KIND) == "string" and not len(cell[0])
                value = cell[0].text or None if plain else self._value(cell)
            elif len(cell):
                # What a merged cell covers is not seen.
                value = self._value(cell) if cell.tag == _CELL else None
                at = len(values) + empty + 1
                for part in cell:
                    if part.tag == _NOTE:
                        text = "\n".join(_said(one) for one in part if one.tag == _PARAGRAPH).strip()
                        if text:
                            beside.append(Passage(text, f"{table}{name_of(row, at)} 的批注", row, "comment"))
                    elif part.tag != _PARAGRAPH:
                        beside += self._shapes(table, part, drawn)
            elif cell.get(_KIND) and cell.tag == _CELL:  # a value that nobody wrote as it shows
                value = self._value(cell)
            if value is None and cell.get(_FORMULA) and cell.get(_KIND) != "string" and cell.tag == _CELL:
                place = f"{table}{name_of(row, len(values) + empty + 1)}"
                self._uncalculated.add(place, times * _times(element, "rows"))
            if value is None:
                empty += times
            elif len(values) + empty < MOST_COLUMNS:
                values += [None] * empty
                values += [value] * times
                empty = 0
            else:
                self._beyond = True
        return values

    def _value(self, cell: Element) -> str | None:
        kind = cell.get(_KIND, "")
        text = "\n".join(_said(part, self.links) for part in cell if part.tag == _PARAGRAPH)
        text = text or cell.get(_VALUES.get(kind, ""), "")
        if kind == "date":
            return cell.get(f"{_OFFICE}date-value", text).replace("T00:00:00", "").replace("T", " ")
        if kind in _NUMBERS and not text.isdecimal():  # digits as shown have the zeros in front that a format adds
            try:
                return shown(float(cell.get(f"{_OFFICE}value", "")))
            except ValueError:
                return text or None
        return text or None

    def _shapes(self, table: str, element: Element, drawn: list[int]) -> Iterator[Passage]:
        """Words in shapes, pictures, charts and other objects."""
        paragraphs = [_said(one) for one in element.iter(_PARAGRAPH)]
        text = "\n".join(one for one in paragraphs if one.strip())
        if text:
            drawn[0] += 1
            yield Passage(text, f"{table}文本框 {drawn[0]}")
        for one in element.iter():
            target = one.get(_HREF, "").removeprefix("./").lower()
            if one.tag in _DESCRIBED and (one.text or "").strip():
                yield Passage((one.text or "").strip(), f"{table}图形的替代文字", kind="alt")
            elif target.startswith("pictures/"):
                place = f"{table}图 {sum(known.startswith(table) for known in self._places.values()) + 1}"
                self._places.setdefault(target, place)
            elif one.tag.endswith("}object") and f"{target}/content.xml" in self._package:
                chart = self._package.whole(f"{target}/content.xml")
                self._charts += chart is None
                said = (_said(part).strip() for part in chart.iter(_PARAGRAPH)) if chart is not None else ()
                yield from (Passage(text, f"{table}图表") for text in dict.fromkeys(said) if text)
            elif one.tag.endswith(("}object", "}object-ole", "}plugin")):
                self._objects += 1


def _read_to_end(row: Element, events: Iterator[tuple[str, Element]]) -> None:
    """Have all of a row parsed; there is nothing to be done at each of the cells in it."""
    for event, element in events:
        if element is row and event == "end":
            return


def _prompts(element: Element) -> Iterator[Passage]:
    for message in element:
        if title := message.get(f"{_TABLE}title", "").strip():
            yield Passage(title, "单元格的输入提示")
        text = "\n".join(_said(one) for one in message.iter(_PARAGRAPH)).strip()
        if text:
            yield Passage(text, "单元格的输入提示")
    condition = element.get(f"{_TABLE}condition", "")
    if "cell-content-is-in-list(" in condition:
        listed = condition.partition("cell-content-is-in-list(")[2].rstrip(")").split(";")
        yield from (Passage(one.strip('"'), "单元格的下拉选项") for one in listed if one.strip('" '))


def _masters(root: Element | None) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The headers and footers of each kind of page, by its name."""
    for page in root.iter(f"{_STYLE}master-page") if root is not None else ():
        said: dict[tuple[str, str], None] = {}
        for part in page:
            kind = _MARGINS.get(part.tag.rpartition("}")[2].partition("-")[0], "")
            if kind and part.get(f"{_STYLE}display") != "false":
                texts = (_said(one, fields=False).strip() for one in part.iter(_PARAGRAPH))
                said.update(dict.fromkeys((kind, text) for text in texts if text))
        yield page.get(f"{_STYLE}name", ""), list(said)


def _said(part: Element, links: list[tuple[str, str]] | None = None, *, fields: bool = True) -> str:
    """What a paragraph says: runs of blanks, tabs and breaks are elements; the guide to a pronunciation is left out."""
    said = part.text or ""
    for child in part:
        name = child.tag.rpartition("}")[2]
        if name == "s":
            said += " " * min(int(child.get(f"{_TEXT}c", "1")), 1000)
        elif name == "tab":
            said += "\t"
        elif name == "line-break":
            said += "\n"
        elif name not in ("ruby-text", "annotation") and (fields or child.tag not in _FIELDS):
            words = _said(child, links, fields=fields)
            if name == "a" and links is not None and child.get(_HREF):
                links.append((child.get(_HREF, ""), words))
            said += words
        said += child.tail or ""
    return said


def _times(element: Element, what: str) -> int:
    written = element.get(f"{_TABLE}number-{what}-repeated", "")
    return max(int(written), 1) if written.isdecimal() and len(written) < 9 else 1
