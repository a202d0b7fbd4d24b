"""Reads slides of PowerPoint (.pptx): each slide with its tables, notes and comments, and the masters' own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple
from xml.etree.ElementTree import Element

from jimo_lint.errors import InputError
from jimo_lint.model import Cell, Mark
from jimo_lint.readers import compound
from jimo_lint.readers.attachments.office import custom_data, drawings, embedded
from jimo_lint.readers.attachments.office.belongings import Belongings
from jimo_lint.readers.contents import FileContents, Passage, contents, links_of, unsaid
from jimo_lint.readers.opc import ALTERNATIVES, SIGNATURE, Package, Relation, chosen
from jimo_lint.readers.source import Source
from jimo_lint.values import replace

_TITLE = "PowerPoint 幻灯片"
_USUAL = "ppt/presentation.xml"
# In the media types of main parts; the second is that of slides with macros.
_KINDS = ("presentationml", "ms-powerpoint")
_REMEDY = "请用 PowerPoint 或 WPS 另存为 .pptx"

_SHAPES = ("sp", "pic", "graphicFrame", "grpSp", "cxnSp")
# Placeholders of notes that say nothing: the picture of the slide, its number and day. What stands in the margins of
# all notes is read once; masters of notes and handouts say themselves what is to be typed in their body.
_NO_NOTES = ("sldImg", "sldNum", "dt")
_MARGINS = ("hdr", "ftr")
_NAMED = {"section": "节的名称", "custShow": "自定义放映的名称"}
# LibreOffice writes into masters where a header will stand.
_PROMPT = re.compile(r"<[a-z/ -]+>")
_PRINTED = {"notesMaster": "备注母版", "handoutMaster": "讲义母版"}


def sign(source: Source) -> str:
    """The name of the main part of slides, "" where a package is none, or damaged."""
    if not source.head.startswith(SIGNATURE):
        return ""
    try:
        with Package(source, _TITLE) as package:
            main = package.main(_USUAL)
            known = package.kind(main)
            return main if main in package and any(one in known for one in _KINDS) else ""
    except InputError:
        return ""


def read(source: Source, base: str, _as_of: date) -> FileContents:
    """Each slide in the order of the show. InputError: damaged, with a password, or no slides."""
    if compound.is_locked(source):
        raise compound.locked(source, _TITLE, _REMEDY)
    with Package(source, _TITLE) as package:
        main = package.main(_USUAL)
        root = package.xml(main)
        if root is None or _local(root) != "presentation":
            raise InputError(source.place, f"不是 {_TITLE}", _REMEDY, mark="damaged")
        reading = _Reading(source, package)
        relations = package.relations(main)
        targets = {one.id: one.target for one in relations if one.kind == "slide"}
        shows = [targets.get(_id(one), "") for one in root.iter() if _local(one) == "sldId"]
        for number, part in enumerate(shows, 1):
            reading.slide(number, part)
        reading.masters(relations)
        reading.package(root, relations)
        return reading.done(base)


class _Place(NamedTuple):
    """What is gone through: what places begin with, the number of the slide, and what of shapes is left out.

    only: the placeholders that are read, where nothing else is.
    """

    name: str
    number: int
    skipped: tuple[str, ...] = ()
    placeholders: bool = True
    only: tuple[str, ...] = ()


class _Reading:
    """What was found so far."""

    def __init__(self, source: Source, package: Package) -> None:
        self._source, self._package = source, package
        self._passages: list[Passage] = []
        self._links: list[tuple[str, str]] = []
        self._besides = Belongings(source, package, _TITLE)
        self._layouts: dict[str, None] = {}
        self._comments = 0
        self._hidden: dict[str, None] = {}

    def slide(self, number: int, part: str) -> None:
        """Read a slide and what belongs to it."""
        root = self._part(part, "张幻灯片")
        if root is None:
            return
        place = _Place(f"幻灯片 {number}", number)
        if root.get("show") in ("0", "false"):
            self._hidden[place.name] = None
        relations = self._package.relations(part)
        self._sheet(root, relations, place)
        before = self._comments
        for one in relations:
            kind = _last(one)
            if kind == "slideLayout":
                self._layouts[one.target] = None
            elif kind == "notesSlide" and (notes := self._part(one.target, "页备注")) is not None:
                at = _Place(f"{place.name} 备注", number, _NO_NOTES + _MARGINS)
                self._sheet(notes, self._package.relations(one.target), at)
                self._sheet(notes, (), _Place("备注页的页眉、页脚", 1, only=_MARGINS))
            elif kind == "comments" and (comments := self._part(one.target, "份批注")) is not None:
                self._remarks(comments, place, before)

    def _part(self, name: str, words: str) -> Element | None:
        """The root of a part; one that is missing or damaged is counted."""
        root = self._package.whole(name) if name else None
        if root is None:
            self._besides.not_read(f"{words}（缺失或已损坏）")
        return root

    def masters(self, relations: Sequence[Relation]) -> None:
        """Read what layouts and masters show by themselves on every slide, page of notes or handout made after them."""
        for one in relations:
            if name := _PRINTED.get(_last(one)):
                root = self._part(one.target, f"份{name}")
                if root is not None:
                    place = _Place(name, 1, (*_NO_NOTES, "body"))
                    self._sheet(root, self._package.relations(one.target), place)
        parts = dict.fromkeys(self._layouts)
        for layout in self._layouts:
            parts |= {one.target: None for one in self._package.relations(layout) if one.kind == "slideMaster"}
        for part in parts:
            root = self._part(part, "份母版")
            if root is not None:
                self._sheet(root, self._package.relations(part), _Place("母版", 1, placeholders=False))

    def package(self, root: Element, relations: Sequence[Relation]) -> None:
        """Take in what the whole show refers to, and what its sections and shorter shows are called."""
        named = ((_NAMED[_local(one)], one.get("name", "")) for one in root.iter() if _local(one) in _NAMED)
        self._passages += [Passage(name, place, 1, "aside") for place, name in named if name.strip()]
        self._passages += unsaid(list(custom_data.passages(self._package, relations)), self._passages)
        self._besides.take(relations, "", 1)

    def done(self, base: str) -> FileContents:
        """All of it."""
        found = contents(
            self._source,
            dict.fromkeys(self._passages),
            marks=[
                *(Mark("hidden", place) for place in self._hidden),
                *([Mark("comments", "", f"{self._comments} 条")] if self._comments else ()),
                *self._besides.marks(),
            ],
            links=links_of(dict.fromkeys(self._links), base),
            unread=self._besides.unread,
            pictures=self._besides.pictures,
            members=self._besides.members,
        )
        return replace(found, properties=self._besides.about.said)

    def _sheet(self, root: Element, relations: Sequence[Relation], place: _Place) -> None:
        """Read the shapes of a slide, of notes, of a layout or master, and what they refer to."""
        words: dict[str, str] = {}
        tables, told = 0, ""
        targets = {one.id: one.target for one in relations if one.kind == "image" and not one.external}
        for element, hidden in _shapes(root, place):
            local = _local(element)
            if hidden:
                self._hidden[place.name] = None
            if local == "tbl":
                tables += 1
                self._table(element, f"{place.name} 表 {tables}", place, words)
            elif local == "p":
                self._paragraph(element, place.name, place.number, words)
            elif local == "blip":
                if part := targets.get(_id(element, "embed")):
                    self._alternative(told, f"{self._besides.picture(part, f'{place.name} ')} 的替代文字", place)
                    told = ""
            else:
                self._alternative(told, f"{place.name} 图形的替代文字", place)
                told = embedded.described(element.get("title", ""), element.get("descr", ""))
        self._alternative(told, f"{place.name} 图形的替代文字", place)
        tips = (one.get("tooltip", "") for one in root.iter() if _local(one) in ("hlinkClick", "hlinkHover"))
        said = (one for one in tips if one.strip() and not embedded.is_address(one))
        self._passages += (Passage(one, f"{place.name} 链接提示", place.number, "aside") for one in said)
        self._links += [
            (one.target, words.get(one.id, "")) for one in relations if one.external and one.kind == "hyperlink"
        ]
        self._passages += self._besides.take(relations, f"{place.name} ", place.number)

    def _alternative(self, text: str, at: str, place: _Place) -> None:
        if text:
            self._passages.append(Passage(text, at, place.number, "alt"))

    def _paragraph(
        self, paragraph: Element, place: str, line: int, words: dict[str, str], cell: Cell | None = None
    ) -> None:
        text = drawings.shown(paragraph)
        if text and not (place in _PRINTED.values() and _PROMPT.fullmatch(text)):
            self._passages.append(Passage(text, place, line, "table" if cell else "body", cell))
        for run in paragraph:
            for one in run.iter():
                if one.tag.endswith("hlinkClick") and _local(one) == "hlinkClick":  # hardly any is
                    words[_id(one)] = words.get(_id(one), "") + drawings.shown(run)

    def _table(self, table: Element, name: str, place: _Place, words: dict[str, str]) -> None:
        """Read the cells of a table: those that a merged one covers are in the file, and hold nothing that is seen."""
        rows = (one for one in table if _local(one) == "tr")
        for row, line in enumerate(rows, 1):
            for column, one in enumerate((one for one in line if _local(one) == "tc"), 1):
                cell = Cell(name, row, column)
                for paragraph in one.iter():
                    if paragraph.tag in drawings.PARAGRAPH:
                        at = f"{name} 第 {row} 行第 {column} 列"
                        self._paragraph(paragraph, at, place.number, words, cell)

    def _remarks(self, root: Element, place: _Place, before: int) -> None:
        """Comments, of which there are two formats: a text, or paragraphs as in shapes. before: how many there were."""
        for one in root.iter():
            self._comments += _local(one) == "cm"
            text = (one.text or "").strip() if _local(one) == "text" else ""
            if one.tag in drawings.PARAGRAPH:
                text = drawings.shown(one)
            if text:
                at = f"{place.name} 批注 {self._comments - before}"
                self._passages.append(Passage(text, at, place.number, "comment"))


def _shapes(root: Element, place: _Place) -> Iterator[tuple[Element, bool]]:
    """Paragraphs, tables, pictures and descriptions of shapes, and whether the shape is hidden, in their order."""
    waiting = [(root, False)]
    while waiting:
        element, hidden = waiting.pop()
        local = _local(element)
        if local in _SHAPES:
            inner, placeholder = _properties(element)
            if placeholder is not None and (not place.placeholders or placeholder in place.skipped):
                continue
            if place.only and placeholder not in place.only and local != "grpSp":
                continue
            hidden = hidden or (inner is not None and inner.get("hidden") in ("1", "true"))
            if inner is not None:
                yield inner, hidden
        elif local in ("p", "tbl", "blip"):
            yield element, hidden
            continue
        inside = chosen(element) if element.tag == ALTERNATIVES else element
        waiting.extend((child, hidden) for child in reversed(inside))


def _properties(shape: Element) -> tuple[Element | None, str | None]:
    """The description of a shape, and of what kind the place is that it takes; None for a shape of its own."""
    description: Element | None = None
    for outer in shape:
        if _local(outer).startswith("nv"):
            for one in outer:
                if _local(one) == "cNvPr":
                    description = one
                elif _local(one) == "nvPr":
                    for mark in one:
                        if _local(mark) == "ph":
                            return description, mark.get("type", "")
    return description, None


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _last(relation: Relation) -> str:
    """The kind of a relation; newer ones are written with spaces of their own."""
    return relation.kind.rpartition("/")[2]


def _id(element: Element, name: str = "id") -> str:
    """What an element calls the part that it refers to; its plain `id` is another thing."""
    return next((value for key, value in element.items() if key.endswith("}" + name)), "")
