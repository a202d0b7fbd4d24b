"""Goes through text of OpenDocument by paragraphs: what each shows, and in which cell, box, note or comment."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element

from jimo_lint.model import Cell

_SPACE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
TEXT, TABLE, DRAW, OFFICE, STYLE, SVG, SHOW, CHART = (
    _SPACE % name for name in ("text", "table", "drawing", "office", "style", "svg-compatible", "presentation", "chart")
)
LINK = "{http://www.w3.org/1999/xlink}href"

_PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")
_TABLE, _ROW, _CELL, _COVERED = (f"{TABLE}{one}" for one in ("table", "table-row", "table-cell", "covered-table-cell"))
_FRAME, _NOTE = f"{DRAW}frame", f"{TEXT}note"
_COMMENT = "}annotation"  # newer programs write it in a space of their own, too
# Nobody is shown them: what was deleted, guides above the line, how indexes are made, who said something when, forms.
_LEFT_OUT = {
    *(f"{TEXT}{one}" for one in ("tracked-changes", "ruby-text", "note-citation", "script", "hidden-paragraph")),
    *(f"{TEXT}{one}" for one in ("sequence-decls", "user-field-decls", "variable-decls", "bibliography-configuration")),
    *(f"{OFFICE}{one}" for one in ("forms", "event-listeners", "binary-data", "scripts")),
    *(f"{SVG}{one}" for one in ("title", "desc")),
    *(f"{{http://purl.org/dc/elements/1.1/}}{one}" for one in ("creator", "date")),
}
_SOURCES = "-source"  # how the names of the elements end that say how an index is made
_TIP = f"{OFFICE}title"
_OF_TABLE = (f"{TABLE}title", f"{TABLE}desc")
_VALUE = f"{TEXT}string-value"
# Words that are shown in another case, or to whoever asks for them: where they stand, and what says them.
_ASIDES = {
    f"{TEXT}placeholder": ("窗体域的提示", (f"{TEXT}description",)),
    f"{TEXT}text-input": ("窗体域的提示", (f"{TEXT}description",)),
    f"{TEXT}drop-down": ("窗体域的提示", (f"{TEXT}help",)),
    f"{TEXT}label": ("下拉选项", (f"{TEXT}value",)),
    f"{TEXT}hidden-text": ("隐藏的文字", (_VALUE,)),
    f"{TEXT}conditional-text": ("域里的文字", (f"{_VALUE}-if-true", f"{_VALUE}-if-false")),
    f"{TEXT}variable-set": ("文档变量", (f"{OFFICE}string-value",)),
    f"{TEXT}alphabetical-index-mark": ("索引项", (_VALUE,)),
    f"{TEXT}user-index-mark": ("索引项", (_VALUE,)),
    f"{TEXT}toc-mark": ("目录项", (_VALUE,)),
}
# Places of words that the text may show elsewhere.
KEPT = ("域里的文字", "文档变量", "索引项", "目录项")
# Attributes of controls that say something.
_OF_CONTROLS = tuple(f"{_SPACE % 'form'}{name}" for name in ("label", "title", "value", "current-value"))
_TITLES = {"footnote": "脚注", "endnote": "尾注"}
_FIELD = "{urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0}"
_SIGNS = {f"{TEXT}tab": " ", f"{TEXT}line-break": "\n"}
_BLANKS = re.compile(r"[ \t\r\n]+")
_MOST = 1000  # blanks, rows or columns that one element may stand for


class Paragraph(NamedTuple):
    """text: what it shows, "" for a blank one. number: among those of its text, from 1. cell, place: where it stands.

    place: `文本框 1`, `脚注 2`, "" in the text itself. number: of a note that of the paragraph that it belongs to.
    """

    text: str
    number: int
    kind: str = "body"
    place: str = ""
    cell: Cell | None = None
    hidden: bool = False


@dataclass(slots=True)
class _Table:
    name: str
    row: int = 0
    next_row: int = 1
    column: int = 1
    hidden: bool = False


# Said once, since of cells there are many.
_DISPLAY, _STYLE_NAME = f"{TEXT}display", f"{TEXT}style-name"
_ROWS_REPEATED, _COLUMNS_REPEATED = f"{TABLE}number-rows-repeated", f"{TABLE}number-columns-repeated"
_VISIBILITY = f"{TABLE}visibility"


class _Spot(NamedTuple):
    table: _Table | None = None
    cell: Cell | None = None
    place: str = ""
    kind: str = "body"
    hidden: bool = False


@dataclass(slots=True)
class _Line:
    texts: list[str] = field(default_factory=list)
    inner: list[Element] = field(default_factory=list)
    hidden: bool = False


_NOWHERE = _Spot()


class Walk:
    """Goes through texts. hidden: names of the styles that hide what has them.

    drawings, links, asides: what was met on the way: frames and shapes, address and words of links, place and words of
    what is said to whoever asks.
    """

    def __init__(self, hidden: Collection[str]) -> None:
        self._hidden = hidden
        self.drawings: list[Element] = []
        self.links: list[tuple[str, str]] = []
        self.asides: list[tuple[str, str]] = []
        self.comments = 0

    def paragraphs(self, root: Element, before: str = "", *, prompts: bool = True) -> Iterator[Paragraph]:
        """All of a text; boxes come behind the paragraph that holds them, notes and comments behind all others.

        before: what the names of its tables begin with. prompts: also of shapes that stand for what pages put there.
        """
        number, counted = 0, Counter[str]()
        later: list[tuple[Element, _Spot, int]] = []
        waiting = [(root, _NOWHERE)]
        while waiting:
            element, spot = waiting.pop()
            if element.tag == _CELL and spot.table and _is_plain(element):  # as most are
                cell = _next_cell(element, spot.table)
                number += 1
                hidden = spot.hidden or self._veils(element[0])
                if hidden:
                    cell = cell._replace(hidden=True)
                text = _flat(element[0].text).strip()
                yield Paragraph(text, number, spot.kind, spot.place, cell, hidden)
                continue
            if element.tag in _PARAGRAPHS:
                line = _Line(hidden=spot.hidden)
                self._take(element, line)
                number += 1
                text = "".join(line.texts).rstrip()
                yield Paragraph(text, number, spot.kind, spot.place, _in_cell(spot, line), line.hidden)
                boxes: list[tuple[Element, _Spot]] = []
                for inner in line.inner:
                    if noted := self._noted(inner, before, counted):
                        later.append((inner, noted, number))
                    else:
                        boxes.append((inner, spot))
                waiting.extend(reversed(boxes))
                continue
            if noted := self._noted(element, before, counted):
                later.append((element, noted, max(number, 1)))
                continue
            step = self._step(element, spot, before, counted, prompts=prompts)
            if step is not None:
                children, spot = step
                waiting.extend([(child, spot) for child in reversed(children)])
        for element, spot, at in later:
            yield from self._inside(element, spot, at)

    def _inside(self, element: Element, spot: _Spot, number: int) -> Iterator[Paragraph]:
        """The paragraphs of a note or comment."""
        for one in element.iter():
            if one.tag in _PARAGRAPHS:
                line = _Line()
                self._take(one, line)
                yield Paragraph("".join(line.texts).rstrip(), number, spot.kind, spot.place, None, line.hidden)

    def _noted(self, element: Element, before: str, counted: Counter[str]) -> _Spot | None:
        """The place of a note or comment, None for anything else."""
        if element.tag == _NOTE:
            title = _TITLES.get(element.get(f"{TEXT}note-class", ""), "脚注")
            counted[title] += 1
            return _Spot(place=f"{title} {counted[title]}")
        if element.tag.endswith(_COMMENT):
            counted["批注"] += 1
            self.comments += 1
            return _Spot(place=f"{before}批注 {counted['批注']}", kind="comment")
        return None

    def _step(
        self, element: Element, spot: _Spot, before: str, counted: Counter[str], *, prompts: bool
    ) -> tuple[list[Element], _Spot] | None:
        """What is to be gone through of an element, and where that stands; None for nothing."""
        tag = element.tag
        if tag in _LEFT_OUT or tag.endswith(_SOURCES):
            return None
        if tag.startswith(DRAW):
            if not prompts and element.get(f"{SHOW}class"):
                return None
            self.drawings.append(element)
            if tag == f"{DRAW}a":
                self.links.append((element.get(LINK, ""), ""))
                self.asides.append(("链接提示", element.get(_TIP, "")))
            if tag == _FRAME:
                return _shown_of_frame(element), spot
            if not before and any(child.tag in _PARAGRAPHS and (child.text or len(child)) for child in element):
                counted["文本框"] += 1
                return list(element), _Spot(place=f"文本框 {counted['文本框']}", hidden=spot.hidden)
        elif tag == _TABLE:
            said = (one.text or "" for one in element if one.tag in _OF_TABLE)
            self.asides += (("表格的替代文字", one) for one in said)
            counted["表"] += 1
            spot = spot._replace(table=_Table(f"{before}表 {counted['表']}"))
        elif tag == _ROW and spot.table:
            spot.table.row, spot.table.column = spot.table.next_row, 1
            spot.table.next_row += number_of(element, _ROWS_REPEATED)
            spot.table.hidden = element.get(_VISIBILITY, "visible") != "visible"
        elif tag in (_CELL, _COVERED) and spot.table:
            cell = _next_cell(element, spot.table)
            if tag == _COVERED:
                return None
            spot = spot._replace(cell=cell)
        elif element.get(_DISPLAY) == "none":
            spot = spot._replace(hidden=True)
        return list(element), spot

    def _take(self, paragraph: Element, line: _Line) -> None:
        """Add what a paragraph shows to a line, and what stands in it and has paragraphs of its own."""
        if not len(paragraph):  # as in most cells
            line.texts.append(_flat(paragraph.text).lstrip())
            line.hidden = line.hidden or self._veils(paragraph)
            return
        open_links: list[tuple[str, int]] = []
        waiting: list[tuple[Element, Iterator[Element]]] = []
        line.texts.append(_flat(paragraph.text).lstrip())
        waiting.append((paragraph, iter(paragraph)))
        veiled = int(self._veils(paragraph))
        line.hidden = line.hidden or bool(veiled)
        while waiting:
            element, children = waiting[-1]
            child = next(children, None)
            if child is None:
                waiting.pop()
                if waiting:
                    if element.tag == f"{TEXT}a":
                        address, start = open_links.pop()
                        self.links.append((address, "".join(line.texts[start:])))
                    veiled -= self._veils(element)
                    line.texts.append(_flat(element.tail))
                continue
            if self._is_inner(child):
                line.inner.append(child)
            elif child.tag not in _LEFT_OUT:
                if child.tag == f"{TEXT}s":
                    line.texts.append(" " * number_of(child, f"{TEXT}c"))
                elif child.tag in _SIGNS:
                    line.texts.append(_SIGNS[child.tag])
                elif child.tag == f"{_FIELD}fieldmark":
                    line.texts.append(_chosen(child))
                elif child.tag == f"{TEXT}a":
                    open_links.append((child.get(LINK, ""), len(line.texts)))
                    self.asides.append(("链接提示", child.get(_TIP, "")))
                elif child.tag in _ASIDES:
                    place, names = _ASIDES[child.tag]
                    said = (child.get(name, "") for name in names)
                    self.asides += ((place, one) for one in said if one != child.text)
                veiled += self._veils(child)
                text = _flat(child.text)
                line.hidden = line.hidden or bool(veiled and text.strip())
                line.texts.append(text)
                waiting.append((child, iter(child)))
                continue
            line.texts.append(_flat(child.tail))

    def _veils(self, element: Element) -> bool:
        return bool(self._hidden) and element.get(_STYLE_NAME, "") in self._hidden

    @staticmethod
    def _is_inner(element: Element) -> bool:
        return element.tag == _NOTE or element.tag.startswith(DRAW) or element.tag.endswith(_COMMENT)


def of_controls(forms: Element) -> Iterator[str]:
    """What the controls of forms say, and what they were filled in with; each once."""
    said = (one.get(name, "").strip() for one in forms.iter() for name in _OF_CONTROLS)
    paragraphs = ("".join(one.itertext()).strip() for one in forms.iter(f"{TEXT}p"))
    yield from filter(None, dict.fromkeys((*said, *paragraphs)))


def _chosen(field: Element) -> str:
    """What a field of a form shows that is a list to choose from; "" for all others."""
    said = [(one.get(f"{_FIELD}name", "").rpartition("_")[2], one.get(f"{_FIELD}value", "")) for one in field]
    entries = [value for name, value in said if name == "ListEntry"]
    chosen = next((value for name, value in said if name == "Selected"), "0")
    return entries[int(chosen[:9])] if chosen.isdecimal() and int(chosen[:9]) < len(entries) else ""


def _is_plain(cell: Element) -> bool:
    """Whether a cell holds one paragraph, and that nothing but text."""
    if len(cell) != 1:
        return False
    inner = cell[0]
    return inner.tag in _PARAGRAPHS and not len(inner)


def _next_cell(element: Element, table: _Table) -> Cell:
    # Half of the time that Cell(…) takes.
    cell: Cell = tuple.__new__(Cell, (table.name, table.row, table.column, table.hidden))
    table.column += number_of(element, _COLUMNS_REPEATED) if _COLUMNS_REPEATED in element.attrib else 1
    return cell


def _in_cell(spot: _Spot, line: _Line) -> Cell | None:
    return spot.cell._replace(hidden=True) if spot.cell and line.hidden else spot.cell


def _shown_of_frame(frame: Element) -> list[Element]:
    """What a frame shows: the first of what it holds; the rest are pictures of that for other programs."""
    held = [one for one in frame if one.tag.startswith((DRAW, TABLE))]
    held.sort(key=lambda one: one.get(LINK, "").endswith(".svg"))  # drawn by lines, which nobody decodes
    return held[:1]


def number_of(element: Element, name: str) -> int:
    """How often an element stands for itself, 1 where it does not say."""
    written = element.get(name)
    if written is None:
        return 1
    return min(max(int(written), 1), _MOST) if written.isdecimal() and len(written) < 9 else 1


def _flat(text: str | None) -> str:
    """Text with runs of blanks and line breaks as one blank, as OpenDocument has it."""
    if not text:
        return ""
    # Most have nothing but single blanks, which is told in a third of the time.
    return text if text.isprintable() and "  " not in text else _BLANKS.sub(" ", text)
