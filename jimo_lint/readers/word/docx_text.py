"""Goes through a part of a Word document (.docx) by paragraphs: what each shows, and in which cell or text box."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element

from jimo_lint.model import Cell
from jimo_lint.readers.opc import ALTERNATIVES, chosen
from jimo_lint.readers.word.word_text import shown_by, symbol

# Transitional and strict files differ in their namespace alone (ISO/IEC 29500-1 and -4).
SPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)


def tags(*names: str) -> frozenset[str]:
    """Elements of Word by their names, of transitional and of strict files."""
    return frozenset(f"{{{space}}}{name}" for space in SPACES for name in names)


def attribute(element: Element, names: Iterable[str]) -> str:
    """The value of an attribute, by whichever of its names the element has it; "" where it has none."""
    return next((value for name in names if (value := element.get(name)) is not None), "")


def names_of(name: str) -> tuple[str, ...]:
    """An attribute of Word, of transitional and of strict files."""
    return tuple(f"{{{space}}}{name}" for space in SPACES)


VALUE, ID = names_of("val"), names_of("id")
REFERENCES: Mapping[str, str] = {
    f"{{{space}}}{name}Reference": kind
    for space in SPACES
    for name, kind in (("footnote", "footnotes"), ("endnote", "endnotes"), ("comment", "comments"))
}
_FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
TEXT = tags("t") | {_FORMULA}
FIELD_MARK, MARK_KIND = tags("fldChar"), names_of("fldCharType")

_PARAGRAPH, _ROW, _TABLE, _CELL, _BOX = tags("p"), tags("tr"), tags("tbl"), tags("tc"), tags("txbxContent")
# What may stand between two paragraphs and is nothing that a reader sees.
_POINTS = tags(
    "bookmarkStart", "bookmarkEnd", "proofErr", "commentRangeStart", "commentRangeEnd", "permStart", "permEnd"
)
# What Word shows in place of an element.
_SHOWN: Mapping[str, str] = {
    **dict.fromkeys(tags("tab", "ptab"), " "),
    **dict.fromkeys(tags("br", "cr"), "\n"),
    **dict.fromkeys(tags("noBreakHyphen"), "-"),
}
_SYMBOL, _SYMBOL_FONT, _SYMBOL_CODE = tags("sym"), names_of("font"), names_of("char")  # a sign of a font of signs
_PARAGRAPH_PROPERTIES, _RUN_PROPERTIES = tags("pPr"), tags("rPr")
_ROW_PROPERTIES, _CELL_PROPERTIES = tags("trPr"), tags("tcPr")
# Deleted, or moved away: in whatever element the words stand. The guide of ruby text stands above the line.
_LEFT_OUT = (
    tags("del", "moveFrom", "rt", "sectPr", "tblPr", "tblGrid")
    | _PARAGRAPH_PROPERTIES
    | _RUN_PROPERTIES
    | _ROW_PROPERTIES
    | _CELL_PROPERTIES
)
# What an element within a paragraph is, so that it takes one question; None for what only holds others.
_SAYS, _OUT, _SIGN, _INNER, _FIELD, _CODE, _REFERS, _EITHER = range(1, 9)
_INLINE: Mapping[str, int] = {
    **dict.fromkeys(TEXT, _SAYS),
    **dict.fromkeys(_LEFT_OUT, _OUT),
    **dict.fromkeys((*_SHOWN, *_SYMBOL), _SIGN),
    **dict.fromkeys(_PARAGRAPH | _BOX, _INNER),
    **dict.fromkeys(FIELD_MARK, _FIELD),
    **dict.fromkeys(tags("instrText"), _CODE),
    **dict.fromkeys(REFERENCES, _REFERS),
    ALTERNATIVES: _EITHER,
}
_GONE, _GONE_CELL = tags("del", "moveFrom"), tags("cellDel")
_HIDDEN_ROW, VANISHED = tags("hidden"), tags("vanish")
STYLES = tags("rStyle", "pStyle")
_BEFORE, _SPAN = tags("gridBefore"), tags("gridSpan")
_FRAME, _DROPPED = tags("framePr"), names_of("dropCap")
_CHOICES, _CHOSEN, _USUAL, _ENTRY = tags("ddList"), tags("result"), tags("default"), tags("listEntry")
_NO = ("0", "false", "off", "none")
_WIDEST = 10_000  # columns that one cell may span


class Paragraph(NamedTuple):
    """text: what it shows, "" for a blank one. number: among those of its part, from 1. cell, box: where it stands.

    hidden: words of it are formatted as hidden, or it stands in a hidden row. pieces: what `text` is put together from,
    blanks behind it included; sources: the element that shows each.
    """

    text: str
    number: int
    cell: Cell | None = None
    box: int = 0
    hidden: bool = False
    pieces: Sequence[str] = ()
    sources: Sequence[Element] = ()


@dataclass(slots=True)
class _Table:
    """A table as it is gone through, by the columns of its grid: a merged cell takes several."""

    name: str
    row: int = 0
    column: int = 1
    hidden: bool = False


class _Spot(NamedTuple):
    table: _Table | None = None
    cell: Cell | None = None
    box: int = 0


@dataclass(slots=True)
class _Line:
    """A paragraph as it is gone through. inner: what stands in it and has paragraphs of its own.

    sources: the element that shows each of the texts.
    """

    texts: list[str] = field(default_factory=list)
    sources: list[Element] = field(default_factory=list)
    inner: list[tuple[Element, _Spot]] = field(default_factory=list)
    hidden: bool = False
    choice: str = ""  # what is chosen in the last field that is a list


_NOWHERE = _Spot()


class Walk:
    """Goes through parts, each by itself. hiding: styles that hide what has them, None where nothing is hidden.

    noted: by kind and id, the number of each note among those of its kind, and the paragraph that refers to it.
    """

    def __init__(self) -> None:
        self.hiding: frozenset[str] | None = None
        self.noted: dict[tuple[str, str], tuple[int, int]] = {}

    def paragraphs(self, root: Element, before: str = "") -> Iterator[Paragraph]:
        """All of a part; those inside another, as in a text box, come behind the one that holds them.

        A paragraph whose end was deleted goes on with the next one. before: what the names of its tables begin with.
        """
        number, tables, boxes, notes = 1, 0, 0, Counter[str]()
        line = _Line()
        waiting = [(root, _NOWHERE)]
        while waiting:
            element, spot = waiting.pop()
            tag = element.tag
            if tag in _PARAGRAPH:
                self._take(element, spot, line, notes, number)
                while waiting and waiting[-1][0].tag in _POINTS:
                    waiting.pop()
                if _goes_on(element) and waiting and waiting[-1][0].tag in _PARAGRAPH:
                    continue
                cell = spot.cell._replace(hidden=True) if spot.cell and line.hidden else spot.cell
                hidden = line.hidden or (cell is not None and cell.hidden)
                text = "".join(line.texts).rstrip()
                yield Paragraph(text, number, cell, spot.box, hidden, line.texts, line.sources)
                number += 1
                waiting.extend(reversed(line.inner))
                line = _Line()
                continue
            if _INLINE.get(tag) is _OUT:
                continue
            if tag in _TABLE:
                tables += 1
                spot = spot._replace(table=_Table(f"{before}表 {tables}"))
            elif tag in _ROW and spot.table:
                if not _begin_row(element, spot.table):
                    continue
            elif tag in _CELL and spot.table:
                place = _cell(element, spot.table)
                if place is None:
                    continue
                spot = spot._replace(cell=place)
            elif tag in _BOX:
                boxes += 1
                spot = _Spot(box=boxes)
            inside = chosen(element) if tag == ALTERNATIVES else element
            waiting.extend((child, spot) for child in reversed(inside))

    def _take(self, paragraph: Element, spot: _Spot, line: _Line, notes: Counter[str], number: int) -> None:
        """Add what a paragraph shows to a line, and give their numbers to the notes it refers to."""
        texts, sources = line.texts, line.sources
        fields: list[int] = []  # where in `texts` the open ones began; of those past their instruction ~where
        instruction: list[str] = []  # of the innermost field, as far as it was read
        veiled = False  # whether the words that come next are formatted as hidden
        waiting = list(reversed(paragraph))
        while waiting:
            element = waiting.pop()
            kind = _INLINE.get(element.tag)
            if kind is None:
                veiled = False
                self._enter(element, line, waiting)
            elif kind is _SAYS:
                texts.append(element.text or "")
                sources.append(element)
                line.hidden = line.hidden or veiled
            elif kind is _OUT:
                if self.hiding is not None and self._hides(element):
                    veiled = element.tag in _RUN_PROPERTIES
                    line.hidden = line.hidden or not veiled
            elif kind is _SIGN:
                texts.append(_SHOWN.get(element.tag) or _sign(element))
                sources.append(element)
            elif kind is _INNER:
                line.inner.append((element, spot))
            elif kind is _FIELD:
                _pass_field(element, fields, line, instruction)
                instruction = []
            elif kind is _CODE:
                instruction.append(element.text or "")
            elif kind is _EITHER:  # a drawing's text stands twice: as Word draws it, and once more for older programs
                waiting.extend(reversed(chosen(element)))
            else:
                note = REFERENCES[element.tag]
                notes[note] += 1
                self.noted.setdefault((note, attribute(element, ID)), (notes[note], number))

    def _enter(self, element: Element, line: _Line, waiting: list[Element]) -> None:
        """Go into an element that only holds others. Nearly all are runs with nothing but their format and text."""
        if self.hiding is None:
            for index, child in enumerate(element):
                kind = _INLINE.get(child.tag)
                if kind is _SAYS:
                    line.texts.append(child.text or "")
                    line.sources.append(child)
                elif kind is not _OUT:
                    waiting.extend(reversed(element[index:]))
                    return
        else:
            waiting.extend(reversed(element))

    def _hides(self, properties: Element) -> bool:
        if properties.tag not in _RUN_PROPERTIES and properties.tag not in _PARAGRAPH_PROPERTIES:
            return False
        return any(
            (one.tag in VANISHED and attribute(one, VALUE) not in _NO)
            or (one.tag in STYLES and attribute(one, VALUE) in (self.hiding or ()))
            for one in properties
        )


def _sign(element: Element) -> str:
    return symbol(attribute(element, _SYMBOL_FONT), attribute(element, _SYMBOL_CODE), 16)


def hiding_styles(root: Element) -> frozenset[str]:
    """The styles that hide what has them, by their ids."""
    identity = names_of("styleId")
    return frozenset(
        attribute(style, identity)
        for style in root
        if any(
            one.tag in VANISHED and attribute(one, VALUE) not in _NO
            for child in style
            if child.tag in _RUN_PROPERTIES
            for one in child
        )
    )


def _begin_row(row: Element, table: _Table) -> bool:
    """Whether the next row of a table is shown: a tracked change may delete it."""
    column, hidden = 1, False
    for properties in row:
        if properties.tag in _ROW_PROPERTIES:
            for one in properties:
                if one.tag in _GONE:
                    return False
                if one.tag in _BEFORE:
                    column += _number(attribute(one, VALUE))
                elif one.tag in _HIDDEN_ROW:
                    hidden = attribute(one, VALUE) not in _NO
    table.row, table.column, table.hidden = table.row + 1, column, hidden
    return True


def _cell(cell: Element, table: _Table) -> Cell | None:
    """Where the next cell of a row stands, None where a tracked change deletes it."""
    span = 1
    for properties in cell:
        if properties.tag in _CELL_PROPERTIES:
            for one in properties:
                if one.tag in _GONE_CELL:
                    return None
                if one.tag in _SPAN:
                    span = max(_number(attribute(one, VALUE)), 1)
    place = Cell(table.name, table.row, table.column, table.hidden)
    table.column += span
    return place


def _number(written: str) -> int:
    return min(int(written), _WIDEST) if written.isdecimal() and len(written) < 9 else 0


def _goes_on(paragraph: Element) -> bool:
    """Whether a tracked change deletes, or moves away, the end of a paragraph, or it is a letter before the next."""
    properties = next(iter(paragraph), None)  # which come first
    if properties is None or properties.tag not in _PARAGRAPH_PROPERTIES:
        return False
    return any(
        attribute(one, _DROPPED) in ("drop", "margin")
        if one.tag in _FRAME
        else one.tag in _RUN_PROPERTIES and any(mark.tag in _GONE for mark in one)
        for one in properties
    )


def _pass_field(element: Element, fields: list[int], line: _Line, instruction: list[str]) -> None:
    """Begin or end a field, or its instruction: what other fields showed within that is not shown.

    A field whose instruction goes on beyond the paragraph hides nothing: it may have no end.
    """
    mark, texts = attribute(element, MARK_KIND), line.texts
    if mark == "begin":
        fields.append(len(texts))
        line.choice = _choice(element)
    elif fields:
        start = fields.pop()
        base = line.choice
        if start >= 0:
            del texts[start:], line.sources[start:]
            base = base or shown_by("".join(instruction))
        if mark == "separate":
            fields.append(~len(texts))
        elif mark == "end" and base and len(texts) == max(start, ~start) and not any(one >= 0 for one in fields):
            texts.append(base)
            line.sources.append(element)


def _choice(element: Element) -> str:
    """What a field of a form shows that is a list to choose from; "" for all others."""
    entries, chosen = _choices(element)
    return entries[chosen] if chosen < len(entries) else ""


def unchosen(element: Element) -> list[str]:
    """The entries of such a list that the field does not show."""
    entries, chosen = _choices(element)
    return entries[:chosen] + entries[chosen + 1 :]


def _choices(element: Element) -> tuple[list[str], int]:
    """The entries, and the number of the one that is chosen."""
    for choices in (one for one in element.iter() if one.tag in _CHOICES):
        said = {one.tag: attribute(one, VALUE) for one in choices if one.tag in _CHOSEN | _USUAL}
        chosen = next((said[tag] for tags in (_CHOSEN, _USUAL) for tag in tags if tag in said), "0")
        return [attribute(one, VALUE) for one in choices if one.tag in _ENTRY], _number(chosen)
    return [], 0
