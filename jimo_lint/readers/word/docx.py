"""Reads a Word document (.docx) as Word shows it with all tracked changes accepted, in every part that holds text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple, TypeVar
from xml.etree.ElementTree import Element

from jimo_lint.errors import InputError
from jimo_lint.model import Mark
from jimo_lint.readers.attachments.office.belongings import Belongings
from jimo_lint.readers.attachments.office.embedded import is_address
from jimo_lint.readers.contents import Passage, unsaid
from jimo_lint.readers.opc import Package, Relation
from jimo_lint.readers.source import Source
from jimo_lint.readers.word import docx_besides, docx_numbers
from jimo_lint.readers.word.docx_parts import Finds, look
from jimo_lint.readers.word.docx_text import ID, Paragraph, Walk, attribute, hiding_styles, names_of, tags
from jimo_lint.readers.word.word_text import WordText, hidden_marks, in_cell

_TITLE = "Word 文档"
_USUAL = "word/document.xml"
# In the media types of main parts; the second is that of documents with macros.
_WORD_KINDS = ("wordprocessingml", "ms-word.document", "ms-word.template")

_DOCUMENT = tags("document")
_NOTES = {
    "footnotes": (tags("footnote"), "脚注"),
    "endnotes": (tags("endnote"), "尾注"),
    "comments": (tags("comment"), "批注"),
}
_MARGINS = {"header": "页眉", "footer": "页脚"}
# Whose comments say what we found, in the words that we found; what comments, and bookmarks, that hold findings back
# begin with.
OURSELVES = "jimo-lint"
REMARK = re.compile(r"jimo-lint-disable\b")
BOOKMARK = "jimo_lint_"
AUTHOR = names_of("author")
_R = TypeVar("_R", bound="_Reading")
_TYPE = names_of("type")  # of a note: the line above the notes, which is no note


def read(source: Source) -> WordText:
    """The paragraphs in the order of the document, tables and text boxes included, then notes, comments and margins.

    Paragraphs without a word are left out, but counted. InputError: damaged, too large, with a DTD, or no Word.
    """
    with Package(source, _TITLE) as package:
        return _whole(source, package, _Reading).done()


def trace(source: Source) -> Traced:
    """As `read`, with where each passage stands in the package. InputError as there."""
    with Package(source, _TITLE) as package:
        return _whole(source, package, _Tracing).traced()


def sign(source: Source) -> str:
    """The name of the main part where a package is a Word document, "" where it is another. InputError: damaged."""
    with Package(source, _TITLE) as package:
        main = package.main(_USUAL)
        known = package.kind(main)
        return main if main in package and (not known or any(one in known for one in _WORD_KINDS)) else ""


@dataclass(frozen=True)
class Copy:
    """One of the places of a passage. part: its name; pieces: as in `Paragraph`, with the elements that show them."""

    part: str
    pieces: Sequence[tuple[str, Element]]

    @cached_property
    def starts(self) -> list[int]:
        """Where each of the pieces begins in the text, and where the last one ends."""
        return [0, *accumulate(len(piece) for piece, _ in self.pieces)]


class Traced(NamedTuple):
    """passages: as in `WordText`; copies: of each, several where what is alike is read once, none where it stands in no
    paragraph. main: the name of the main part; roots: those of the parts that have paragraphs, by their names.
    """

    passages: list[Passage]
    copies: list[list[Copy]]
    main: str
    roots: Mapping[str, Element]


def _whole(source: Source, package: Package, kind: type[_R]) -> _R:
    main = package.main(_USUAL)
    root = package.xml(main)
    if root is None or root.tag not in _DOCUMENT:
        raise InputError(source.place, f"不是 {_TITLE}", "请用 Word 或 WPS 另存为 .docx", mark="damaged")
    reading = kind(source, package, package.relations(main))
    reading.body(main, root)
    for what, target in dict.fromkeys((one.kind, one.target) for one in reading.related if not one.external):
        if (what in _NOTES or what in _MARGINS) and target in package:
            reading.part(what, target, package.whole(target))
    return reading


class _Reading:
    """What was found so far. related: what the main part refers to."""

    def __init__(self, source: Source, package: Package, related: Sequence[Relation]) -> None:
        self._package, self.related = package, related
        self._walk = Walk()
        self._passages: list[Passage] = []
        self._links: list[tuple[str, str]] = []
        self._besides = Belongings(source, package, _TITLE)
        self._hidden: list[str] = []
        self._styles: set[str] = set()
        self._numbered: set[tuple[str, str]] = set()
        self._changes = 0
        self._comments: set[str] = set()
        self._remarks: list[str] = []

    def body(self, _name: str, root: Element) -> None:
        """Read the main part."""
        found = self._look(root, self.related)
        for one in self._walk.paragraphs(root):
            if one.text:
                self._passage(one, f"文本框 {one.box}" if one.box else f"第 {one.number} 段", one.number)
        self._take(found, self.related, "")

    def part(self, kind: str, name: str, root: Element | None) -> None:
        """Read notes, a header or a footer; None for one that is damaged."""
        title = _NOTES[kind][1] if kind in _NOTES else _MARGINS[kind]
        if root is None:
            self._besides.not_read(f"份{title}（已损坏）")
            return
        relations = self._package.relations(name)
        found = self._look(root, relations)
        if kind in _NOTES:
            self._notes(root, kind)
        else:
            for one in self._walk.paragraphs(root, f"{title} "):
                if one.text:
                    self._passage(one, f"{title} 文本框 {one.box}" if one.box else title, 1)
        self._take(found, relations, f"{title} ")

    def done(self) -> WordText:
        """All of it."""
        self._passages += [Passage(text, "编号", 1, "aside") for text in self._before_numbers()]
        besides = docx_besides.passages(self._package, self.related, self._besides.not_read)
        self._passages += unsaid(list(besides), self._passages)  # fields and controls show some of it
        marks = [
            *hidden_marks(self._hidden),
            *([Mark("tracked", "", f"{self._changes} 处")] if self._changes else ()),
            *([Mark("comments", "", f"{len(self._comments)} 条")] if self._comments else ()),
            *(Mark("remark", place) for place in self._remarks),
            *self._besides.marks(),
        ]
        return WordText(
            # Each section has its own header, mostly alike.
            list({(one.text, one.place): one for one in self._passages}.values()),
            self._besides.unread,
            list(dict.fromkeys(self._links)),
            marks,
            self._besides.pictures,
            self._besides.members,
            self._besides.about.said,
        )

    @cached_property
    def _hiding(self) -> frozenset[str]:
        """The styles that hide what has them."""
        styles = frozenset[str]()
        for one in self.related:
            # Nearly no document has one, and the part may be large.
            if one.kind == "styles" and b"vanish" in (self._package.read(one.target) or b""):
                root = self._package.xml(one.target)
                styles |= hiding_styles(root) if root is not None else styles
        return styles

    def _before_numbers(self) -> list[str]:
        """What stands around the numbers of lists, which is in no paragraph."""
        parts = {one.kind: one.target for one in self.related if one.kind in ("numbering", "styles")}
        numbering = self._package.whole(parts["numbering"]) if "numbering" in parts else None
        if numbering is None:
            return []
        if b"numPr" in (self._package.read(parts.get("styles", "")) or b""):
            styles = self._package.whole(parts["styles"])
            self._numbered.update(docx_numbers.of_styles(styles, self._styles) if styles is not None else ())
        return docx_numbers.words(numbering, self._numbered)

    def _look(self, root: Element, relations: Sequence[Relation]) -> Finds:
        found = look(root, relations)
        hiding = self._hiding if found.vanishes or found.styles else frozenset[str]()
        self._styles |= found.styles
        self._numbered |= found.numbered
        self._walk.hiding = hiding if found.vanishes or hiding else None
        return found

    def _passage(self, one: Paragraph, place: str, line: int, kind: str = "") -> None:
        if one.cell:
            place = in_cell(one.cell)
        if one.hidden:
            self._hidden.append(place)
        self._passages.append(Passage(one.text, place, line, kind or ("table" if one.cell else "body"), one.cell))

    def _notes(self, root: Element, kind: str) -> None:
        """The notes of a part, numbered as the text refers to them; Word does not show those that nothing refers to."""
        tag, title = _NOTES[kind]
        for note in root:
            at = self._walk.noted.get((kind, attribute(note, ID)))
            if note.tag in tag and at is not None and not attribute(note, _TYPE):
                number, line = at
                place = f"{title} {number}"
                ours = kind == "comments" and attribute(note, AUTHOR) == OURSELVES
                for one in self._walk.paragraphs(note, f"{place} "):
                    if one.text and not ours:
                        self._passage(one, place, line, "comment" if kind == "comments" else "")
                        if kind == "comments" and REMARK.match(one.text):
                            self._remarks.append(place)
                if kind == "comments":
                    self._comments.add(place)

    def _take(self, found: Finds, relations: Sequence[Relation], before: str) -> None:
        """Take in what stands in a part besides its paragraphs. before: what its places begin with."""
        self._links += found.links
        self._changes += found.changes
        self._remarks += (f"书签 {name}" for name in found.bookmarks if name.startswith(BOOKMARK))
        places = {target: self._besides.picture(target, before) for target in found.pictures}
        for target, words in found.alternatives:
            place = f"{places[target]} " if target else f"{before}图形"
            self._passages.append(Passage(words, f"{place}的替代文字", 1, "alt"))
        self._passages += [
            Passage(words, f"{before}艺术字 {number}") for number, words in enumerate(found.art, 1) if words.strip()
        ]
        self._passages += [
            Passage(words.strip(), before + place, 1, "aside")
            for place, words in found.asides
            if words.strip() and not is_address(words)
        ]
        self._passages += self._besides.take(relations, before, 1)


class _Tracing(_Reading):
    """As it, and notes where what it reads stands."""

    def __init__(self, source: Source, package: Package, related: Sequence[Relation]) -> None:
        super().__init__(source, package, related)
        self._roots: dict[str, Element] = {}
        self._part = ""
        self._copies: dict[tuple[str, str], list[Copy]] = {}

    def body(self, name: str, root: Element) -> None:
        """Read the main part."""
        self._roots[name], self._part = root, name
        super().body(name, root)

    def part(self, kind: str, name: str, root: Element | None) -> None:
        """Read notes, a header or a footer; None for one that is damaged."""
        self._part = name
        self._roots |= {name: root} if root is not None else {}
        super().part(kind, name, root)

    def traced(self) -> Traced:
        """All of it."""
        passages = self.done().passages
        copies = [self._copies.get((one.text, one.place), []) for one in passages]
        return Traced(passages, copies, next(iter(self._roots)), self._roots)

    def _passage(self, one: Paragraph, place: str, line: int, kind: str = "") -> None:
        super()._passage(one, place, line, kind)
        passage = self._passages[-1]
        copy = Copy(self._part, list(zip(one.pieces, one.sources, strict=True)))
        self._copies.setdefault((passage.text, passage.place), []).append(copy)
