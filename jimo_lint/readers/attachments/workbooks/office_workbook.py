"""Reads .xlsx and its kin (ECMA-376 part 1, 18): all sheets, hidden ones too, notes, margins, drawings and links."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import PurePath
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from jimo_lint.errors import InputError
from jimo_lint.model import Mark
from jimo_lint.readers.attachments.office import custom_data
from jimo_lint.readers.attachments.office.properties import of_package
from jimo_lint.readers.attachments.workbooks import caches, calamine, properties, sheet_notes, worksheet
from jimo_lint.readers.attachments.workbooks import sheet_drawings as drawings
from jimo_lint.readers.attachments.workbooks.cells import Budget, Hidden, Uncalculated, passages, table_of
from jimo_lint.readers.attachments.workbooks.worksheet import elements, local
from jimo_lint.readers.contents import FileContents, Member, Passage, Picture, contents, links_of
from jimo_lint.readers.opc import Package, Relation
from jimo_lint.readers.source import Source
from jimo_lint.readers.tables import workbook
from jimo_lint.readers.tables.bounds import MOST_SHEETS, too_many_sheets

TITLE = "工作簿"
USUAL = "xl/workbook.xml"
# In the media types of main parts; the second is that of workbooks and templates with macros.
_KINDS = ("spreadsheetml", "ms-excel.sheet.macro", "ms-excel.template.macro", "ms-excel.addin.macro")
_BINARY = "ms-excel.sheet.binary"
_LARGEST_STRINGS = 100 * 1024 * 1024  # bytes of all texts, which have to be held at once
_STRINGS = "xl/sharedStrings.xml"  # where calamine looks for them
_COUNT = re.compile(rb"""uniqueCount\s*=\s*["']\s*\+?0*(\d{1,99})""")
_STATES = {"hidden": "隐藏的工作表", "veryHidden": "深度隐藏的工作表"}
# Parts whose words are not read, by the end of their relation's type.
_UNREAD = {
    f"{caches.PIVOT} unread": "份数据透视表的缓存",
    f"{caches.OTHER} unread": "份外部工作簿的缓存",
    "drawing unread": "份图形（已损坏）",
    "chart unread": "个图表",
    "table unread": "份表格的说明（已损坏）",
    "comments unread": "份批注（已损坏）",
    "control": "个控件",
    "dialogsheet": "张对话框表",
    "xlMacrosheet": "张宏表",
    "xlIntlMacrosheet": "张宏表",
    "vmlDrawing": "份读不出的旧式图形",
}


class _Sheet(NamedTuple):
    """A sheet as the workbook lists it. kind: of its relation; state: how it is hidden, "" where it is not."""

    name: str
    kind: str
    part: str
    state: str


def sign(source: Source) -> str:
    """The name of the main part where a package is a workbook, "" where it is another. InputError: damaged."""
    with Package(source, TITLE) as package:
        main = package.main(USUAL)
        known = package.kind(main)
        if main.lower().endswith(".bin"):
            return main if _BINARY in known else ""
        return main if main in package and (not known or any(one in known for one in _KINDS)) else ""


def is_binary(source: Source) -> bool:
    """Whether its parts are those of .xlsb. InputError: damaged."""
    with Package(source, TITLE) as package:
        return _BINARY in package.kind(package.main(USUAL))


def read(source: Source, base: str) -> FileContents:
    """What it holds. InputError: damaged, too large inside, with a DTD, or empty."""
    workbook.refuse(source)
    with Package(source, TITLE) as package, ExitStack() as stack:
        reading = _Reading(source, package, stack)
        found = contents(
            source,
            reading.passages(),
            marks=reading.told(),  # known when the passages have been read
            title=reading.about.title,
        )
        links = links_of(dict.fromkeys(reading.links), base)
        pictures, members = tuple(reading.pictures()), tuple(reading.members)
        unread = "、".join(filter(None, (*reading.unread(), reading.budget.stopped)))
    document = replace(found.document, links=links)
    if not (document.blocks or links or pictures or members or unread):
        raise InputError(source.place, "工作簿里没有内容", "请核对", mark="empty")
    return FileContents(document, unread, pictures, members, reading.about.said)


class _Reading:
    """The reading of one workbook; what turns up besides the passages gathers here."""

    def __init__(self, source: Source, package: Package, stack: ExitStack) -> None:
        self._source, self._package, self._stack = source, package, stack
        main = package.main(USUAL)
        root = package.xml(main)
        if root is None or local(root.tag) != "workbook":
            raise InputError(source.place, "不是完好的工作簿", "请用 Excel 或 WPS 打开，另存为 .xlsx")
        self._root, self._relations = root, package.relations(main)
        self._sheets = list(self._listed())
        self._parts: Counter[str] = Counter()
        self._seen: dict[str, str] = {}  # pictures by part, with their places
        self._uncalculated = Uncalculated()
        self.budget = Budget()
        self.about = of_package(package)
        self.marks = [one._replace(place="文档属性") for one in self.about.marks]
        self.marks += properties.marks(package, root, self._relations)
        self.links: list[tuple[str, str]] = []
        self.members: list[Member] = []

    def passages(self) -> Iterator[Passage]:
        """All that the workbook says, sheet by sheet, then what it keeps of other data."""
        kept = [(one, cache) for one in self._relations if (cache := caches.read(self._package, one))]
        if not kept:
            yield from self._shown()
            return
        said: set[str] = set()
        for passage in self._shown():
            said.add(passage.text)
            yield passage
        numbers = Counter[str]()
        for relation, cache in kept:
            numbers[cache.title] += 1
            self._parts[f"{relation.kind.rpartition('/')[2]} unread"] += cache.unread
            yield from cache.passages(numbers[cache.title], said)

    def _shown(self) -> Iterator[Passage]:
        for relation in self._relations:
            self._parts[relation.kind.rpartition("/")[2]] += not relation.external
        strings = sum(self._package.size(one.target) for one in self._relations if one.kind == "sharedStrings")
        if strings > _LARGEST_STRINGS:
            raise InputError(self._source.place, "工作簿里的文字过多，未读", "请拆成几个较小的文件", mark="oversized")
        values: Any = None
        if not self._package.ambiguous and _counts_rightly(self._package.read(_STRINGS) or b""):
            values = calamine.opened(self._stack.enter_context(self._source.open()))
        if values is not None and values.sheet_names != [sheet.name for sheet in self._sheets]:
            values = None  # it knows parts by fixed names
        yield from sheet_notes.names(self._root)
        yield from caches.connections(self._package, self._relations)
        yield from custom_data.passages(self._package, self._relations)
        for number, sheet in enumerate(self._sheets):
            if not self.budget.stopped:
                yield from self._sheet(number, sheet, values)
            elif sheet.kind == "worksheet":
                self._parts["worksheet unread"] += 1

    def told(self) -> Iterator[Mark]:
        """The marks."""
        yield from self.marks

    def pictures(self) -> Iterator[Picture]:
        """Those of drawings at their places, and whatever else of pictures the package has."""
        others = 0
        for part in self._package.names:
            if "/media/" in f"/{part}":
                others += part not in self._seen
                yield drawings.picture(self._source, part, self._seen.get(part) or f"图 {others}")

    def unread(self) -> Iterator[str]:
        """What else is there, in words."""
        yield from self._uncalculated.told()
        yield from self.about.told()
        if self._parts["worksheet unread"]:
            yield f"后面 {self._parts['worksheet unread']} 张工作表"
        for kind, words in _UNREAD.items():
            if self._parts[kind]:
                yield f"{self._parts[kind]} {words}"

    def _listed(self) -> Iterator[_Sheet]:
        parts = {one.id: one for one in self._relations}
        children = list(elements(self._root, "sheets", "sheet"))
        if len(children) > MOST_SHEETS:
            raise too_many_sheets(self._source.place)
        for child in children:
            relation = parts.get(next((value for key, value in child.items() if key.endswith("}id")), ""))
            if relation is None or relation.target not in self._package:
                raise workbook.broken(self._source)
            state = child.get("state", "visible")
            yield _Sheet(child.get("name", ""), relation.kind, relation.target, _STATES.get(state, ""))

    def _sheet(self, number: int, sheet: _Sheet, values: Any) -> Iterator[Passage]:
        table = table_of(sheet.name)
        if not sheet_notes.is_usual(sheet.name):
            yield Passage(sheet.name, f"{table}的名称")
        if sheet.kind == "chartsheet":
            yield from self._beside(table, self._package.xml(sheet.part), sheet, Hidden(sheet.state))
        elif sheet.kind == "worksheet":
            found = self._scanned(sheet)
            rows: Iterable[tuple[int, Sequence[Any]]] | None = None
            if values is not None and not found.errors and found.cells <= calamine.MOST_CELLS:
                rows = calamine.rows(values, number)
            if rows is None:
                book = workbook.Book.read(self._source, self._package)
                rows = workbook.cells(self._source, self._package, sheet.part, book)
            yield from passages(table, rows, found.hidden, self.budget)
            for name in found.uncalculated:
                self._uncalculated.add(f"{table}{name}")
            self.links += ((address, "") for address in found.addresses)
            yield from self._beside(table, found.rest, sheet, found.hidden)

    def _scanned(self, sheet: _Sheet) -> worksheet.Worksheet:
        damaged = workbook.broken(self._source)
        try:
            with self._package.open(sheet.part) as stream:
                return worksheet.scan(stream, sheet.state, damaged)
        except InputError:
            raise
        except Exception:  # noqa: BLE001 - BadZipFile, zlib.error, RuntimeError of an encrypted part …
            raise damaged from None

    def _beside(self, table: str, root: Element | None, sheet: _Sheet, hidden: Hidden) -> Iterator[Passage]:
        """What stands around the cells."""
        relations = self._package.relations(sheet.part)
        self.marks += hidden.marks(table)
        if root is not None:
            yield from sheet_notes.margins(table, root)
            yield from sheet_notes.prompts(table, root)
            yield from sheet_notes.hints(table, root)
            yield from sheet_notes.scenarios(table, root)
            self.links += sheet_notes.links(root, relations)
        notes = list(sheet_notes.notes(table, self._package, relations, self._parts))
        if notes:
            self.marks.append(Mark("comments", table, f"{len(notes)} 处"))
        yield from notes
        self._embedded(relations)
        for kind, part in ((one.kind, one.target) for one in relations if not one.external):
            if kind.rpartition("/")[2] in ("slicer", "table", "timeline"):
                caption = self._package.whole(part)
                self._parts["table unread"] += caption is None
                yield from sheet_notes.captions(table, caption)
        for part in _internal(relations, "drawing"):
            drawn = drawings.read(table, self._package, part)
            self._seen.update(drawn.pictures)
            self._embedded(drawn.relations)
            self._parts += drawn.unread
            yield from drawn.passages
        for part in _internal(relations, "vmlDrawing"):
            controls = drawings.controls(table, self._package, part)
            self._parts["vmlDrawing"] += controls is None
            yield from controls or ()

    def _embedded(self, relations: Iterable[Relation]) -> None:
        for relation in relations:
            if not relation.external and relation.kind in ("package", "oleObject"):
                body = self._package.read(relation.target)
                if body is not None:
                    self.members.append(Member(PurePath(relation.target).name, body))
            elif relation.kind == "control":
                self._parts["control"] += 1


def _counts_rightly(strings: bytes) -> bool:
    """Whether there is room in the part for as many texts as it says it has: calamine makes room for them all."""
    return max(map(int, _COUNT.findall(strings)), default=0) <= len(strings) // len("<si/>")


def _internal(relations: Iterable[Relation], kind: str) -> list[str]:
    return list(dict.fromkeys(one.target for one in relations if one.kind == kind and not one.external))
