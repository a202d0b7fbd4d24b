"""Reads a Word document (.docx) as Word shows it with all tracked changes accepted, in every part that holds text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from xml.etree.ElementTree import Element

from jimo_lint.errors import InputError
from jimo_lint.model import Mark
from jimo_lint.readers.attachments.office.belongings import Belongings
from jimo_lint.readers.contents import Passage
from jimo_lint.readers.opc import Package, Relation
from jimo_lint.readers.source import Source
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
_TYPE = names_of("type")  # of a note: the line above the notes, which is no note


def read(source: Source) -> WordText:
    """The paragraphs in the order of the document, tables and text boxes included, then notes, comments and margins.

    Paragraphs without a word are left out, but counted. InputError: damaged, too large, with a DTD, or no Word.
    """
    with Package(source, _TITLE) as package:
        main = package.main(_USUAL)
        root = package.xml(main)
        if root is None or root.tag not in _DOCUMENT:
            raise InputError(source.place, f"不是 {_TITLE}", "请用 Word 或 WPS 另存为 .docx", mark="damaged")
        reading = _Reading(source, package, package.relations(main))
        reading.body(root)
        for kind, target in dict.fromkeys((one.kind, one.target) for one in reading.related if not one.external):
            part = package.xml(target) if kind in _NOTES or kind in _MARGINS else None
            if part is not None:
                reading.part(kind, target, part)
        return reading.done()


def sign(source: Source) -> str:
    """The name of the main part where a package is a Word document, "" where it is another. InputError: damaged."""
    with Package(source, _TITLE) as package:
        main = package.main(_USUAL)
        known = package.kind(main)
        return main if main in package and (not known or any(one in known for one in _WORD_KINDS)) else ""


class _Reading:
    """What was found so far. related: what the main part refers to."""

    def __init__(self, source: Source, package: Package, related: Sequence[Relation]) -> None:
        self._package, self.related = package, related
        self._walk = Walk()
        self._passages: list[Passage] = []
        self._links: list[tuple[str, str]] = []
        self._besides = Belongings(source, package, _TITLE)
        self._hidden: list[str] = []
        self._changes = 0
        self._comments: set[str] = set()

    def body(self, root: Element) -> None:
        """Read the main part."""
        found = self._look(root, self.related)
        for one in self._walk.paragraphs(root):
            if one.text:
                self._passage(one, f"文本框 {one.box}" if one.box else f"第 {one.number} 段", one.number)
        self._take(found, self.related, "")

    def part(self, kind: str, name: str, root: Element) -> None:
        """Read notes, a header or a footer."""
        relations = self._package.relations(name)
        found = self._look(root, relations)
        title = _NOTES[kind][1] if kind in _NOTES else _MARGINS[kind]
        if kind in _NOTES:
            self._notes(root, kind)
        else:
            for one in self._walk.paragraphs(root, f"{title} "):
                if one.text:
                    self._passage(one, f"{title} 文本框 {one.box}" if one.box else title, 1)
        self._take(found, relations, f"{title} ")

    def done(self) -> WordText:
        """All of it."""
        marks = [
            *hidden_marks(self._hidden),
            *([Mark("tracked", "", f"{self._changes} 处")] if self._changes else ()),
            *([Mark("comments", "", f"{len(self._comments)} 条")] if self._comments else ()),
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

    def _look(self, root: Element, relations: Sequence[Relation]) -> Finds:
        found = look(root, relations)
        hiding = self._hiding if found.vanishes or found.styled else frozenset[str]()
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
                for one in self._walk.paragraphs(note, f"{place} "):
                    if one.text:
                        self._passage(one, place, line, "comment" if kind == "comments" else "")
                if kind == "comments":
                    self._comments.add(place)

    def _take(self, found: Finds, relations: Sequence[Relation], before: str) -> None:
        """Take in what stands in a part besides its paragraphs. before: what its places begin with."""
        self._links += found.links
        self._changes += found.changes
        places = {target: self._besides.picture(target, before) for target in found.pictures}
        for target, words in found.alternatives:
            place = f"{places[target]} " if target else f"{before}图形"
            self._passages.append(Passage(words, f"{place}的替代文字", 1, "alt"))
        self._passages += [
            Passage(words, f"{before}艺术字 {number}") for number, words in enumerate(found.art, 1) if words.strip()
        ]
        self._passages += self._besides.take(relations, before, 1)
