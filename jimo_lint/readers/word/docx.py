"""Reads a Word document (.docx) as Word shows it with all tracked changes accepted, in every part that holds text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from xml.etree.ElementTree import Element

from jimo_lint.errors import InputError
from jimo_lint.readers.contents import Passage
from jimo_lint.readers.opc import Package, Relation
from jimo_lint.readers.source import Source
from jimo_lint.readers.word.word_text import WordText, linked

_TITLE = "Word 文档"
_USUAL = "word/document.xml"
# In the media types of main parts; the second is that of documents with macros.
_WORD_KINDS = ("wordprocessingml", "ms-word.document", "ms-word.template")

# Transitional and strict files differ in their namespace alone (ISO/IEC 29500-1 and -4).
_SPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)


def _tags(*names: str) -> frozenset[str]:
    return frozenset(f"{{{space}}}{name}" for space in _SPACES for name in names)


_DOCUMENT, _PARAGRAPH, _ROW, _TEXT = _tags("document"), _tags("p"), _tags("tr"), _tags("t")
# What may stand between two paragraphs and is nothing that a reader sees.
_POINTS = _tags(
    "bookmarkStart", "bookmarkEnd", "proofErr", "commentRangeStart", "commentRangeEnd", "permStart", "permEnd"
)
# What Word shows in place of an element.
_SHOWN: Mapping[str, str] = {
    **dict.fromkeys(_tags("br", "tab", "cr", "ptab"), " "),
    **dict.fromkeys(_tags("noBreakHyphen"), "-"),
}
# Deleted, or moved away: in whatever element the words stand. The guide of ruby text stands above the line. A drawing's
# text stands twice: as Word draws it, and once more for older programs.
_LEFT_OUT = _tags("del", "moveFrom", "rt", "pPr", "rPr", "sectPr", "tblPr", "tcPr") | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}
_PARAGRAPH_PROPERTIES, _RUN_PROPERTIES, _ROW_PROPERTIES = _tags("pPr"), _tags("rPr"), _tags("trPr")
_GONE = _tags("del", "moveFrom")
_REFERENCES: Mapping[str, str] = {
    f"{{{space}}}{name}Reference": kind
    for space in _SPACES
    for name, kind in (("footnote", "footnotes"), ("endnote", "endnotes"), ("comment", "comments"))
}
_NOTES = {
    "footnotes": (_tags("footnote"), "脚注"),
    "endnotes": (_tags("endnote"), "尾注"),
    "comments": (_tags("comment"), "批注"),
}
_MARGINS = {"header": "页眉", "footer": "页脚"}
_ID = tuple(f"{{{space}}}id" for space in _SPACES)
_LINK, _INSTRUCTION, _MARK, _WHOLE = _tags("hyperlink"), _tags("instrText"), _tags("fldChar"), _tags("fldSimple")
_LINK_ID = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
_PARTS = 1000  # of a link: far more than the words of one are cut into
_INSTRUCTIONS = tuple(f"{{{space}}}instr" for space in _SPACES)
_MARKS = tuple(f"{{{space}}}fldCharType" for space in _SPACES)
_TYPE = tuple(f"{{{space}}}type" for space in _SPACES)  # of a note: the line above the notes, which is no note

# Parts whose words are not read.
_UNREAD = {
    "image": "张图片",
    "chart": "个图表",
    "diagramData": "个图示",
    "package": "个嵌入的文件",
    "oleObject": "个嵌入的对象",
    "aFChunk": "段嵌入的网页",
}


def read(source: Source) -> WordText:
    """The paragraphs in the order of the document, tables and text boxes included, then notes, comments and margins.

    Paragraphs without a word are left out, but counted. InputError: damaged, too large, with a DTD, or no Word.
    """
    with Package(source, _TITLE) as package:
        main = package.main(_USUAL)
        root = package.xml(main)
        if root is None or root.tag not in _DOCUMENT:
            raise InputError(source.place, f"不是 {_TITLE}", "请用 Word 或 WPS 另存为 .docx")
        noted: dict[tuple[str, str], tuple[int, int]] = {}
        found = [
            Passage(text, f"第 {number} 段", number) for number, text in enumerate(_paragraphs(root, noted), 1) if text
        ]
        relations = package.relations(main)
        links = [*_links(root, relations)]
        related = [(one.kind, one.target) for one in relations if not one.external]
        for kind, target in dict.fromkeys(related):
            part = package.xml(target) if kind in _NOTES or kind in _MARGINS else None
            if part is not None:
                found += _notes(part, kind, noted) if kind in _NOTES else _margin(part, kind)
                links += _links(part, package.relations(target))
    counted = Counter(kind for kind, _ in related)
    unread = "、".join(f"{counted[kind]} {words}" for kind, words in _UNREAD.items() if counted[kind])
    # Each section has its own header, mostly alike.
    return WordText(list({(one.text, one.place): one for one in found}.values()), unread, list(dict.fromkeys(links)))


def sign(source: Source) -> str:
    """The name of the main part where a package is a Word document, "" where it is another. InputError: damaged."""
    with Package(source, _TITLE) as package:
        main = package.main(_USUAL)
        known = package.kind(main)
        return main if main in package and (not known or any(one in known for one in _WORD_KINDS)) else ""


def _notes(root: Element, kind: str, noted: Mapping[tuple[str, str], tuple[int, int]]) -> Iterator[Passage]:
    """The notes of a part, numbered as the text refers to them; Word does not show those that nothing refers to."""
    tag, title = _NOTES[kind]
    for note in root:
        at = noted.get((kind, _attribute(note, _ID)))
        if note.tag in tag and at is not None and not _attribute(note, _TYPE):
            number, line = at
            for text in _paragraphs(note):
                if text:
                    yield Passage(text, f"{title} {number}", line, "comment" if kind == "comments" else "body")


def _margin(root: Element, kind: str) -> Iterator[Passage]:
    for text in _paragraphs(root):
        if text:
            yield Passage(text, _MARGINS[kind], 1)


def _links(root: Element, relations: Iterable[Relation]) -> Iterator[tuple[str, str]]:
    """Address and words of the links of a part: those that it has as relations, and those that are fields."""
    words: dict[str, str] = {}
    for element in root.iter():
        if element.tag in _LINK:
            words.setdefault(_attribute(element, _LINK_ID), _words(element))
    for one in relations:
        if one.external and one.kind == "hyperlink":
            yield one.target, words.get(one.id, "")
    yield from linked(_fields(root))


def _fields(root: Element) -> Iterator[tuple[str, str]]:
    """Instruction and words of each field; words inside another field are that one's alone."""
    opened: list[tuple[list[str], list[str]]] = []
    shown: list[bool] = []  # of each open field, whether its words have begun
    for element in root.iter():
        if element.tag in _WHOLE:
            yield _attribute(element, _INSTRUCTIONS), _words(element)
        elif element.tag in _MARK:
            mark = _attribute(element, _MARKS)
            if mark == "begin":
                opened.append(([], []))
                shown.append(False)
            elif mark == "separate" and shown:
                shown[-1] = True
            elif mark == "end" and opened:
                instruction, words = opened.pop()
                shown.pop()
                yield "".join(instruction), "".join(words)
        elif opened and element.tag in (_TEXT if shown[-1] else _INSTRUCTION):
            opened[-1][shown[-1]].append(element.text or "")


def _words(element: Element) -> str:
    """What an element shows; only so many parts of it are looked at, since it may hold others of its kind."""
    return "".join(one.text or "" for one in islice(element.iter(), _PARTS) if one.tag in _TEXT)


def _attribute(element: Element, names: Iterable[str]) -> str:
    return next((value for name in names if (value := element.get(name)) is not None), "")


def _paragraphs(root: Element, noted: dict[tuple[str, str], tuple[int, int]] | None = None) -> Iterator[str]:
    """The text of each paragraph; one inside another, as in a text box, comes behind the one that holds it.

    A paragraph whose end was deleted goes on with the next one. noted: gets, by kind and id, the number of each note
    among those of its kind and the paragraph that refers to it.
    """
    number, counted = 1, Counter[str]()
    open_texts: list[str] = []  # of paragraphs whose end was deleted
    open_inner: list[Element] = []
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element.tag in _LEFT_OUT or (element.tag in _ROW and _marked(element, _ROW_PROPERTIES)):
            continue
        if element.tag not in _PARAGRAPH:
            waiting.extend(reversed(element))
            continue
        for inside in _inside(element, open_texts):
            if inside.tag in _PARAGRAPH:
                open_inner.append(inside)
            elif noted is not None:
                kind = _REFERENCES[inside.tag]
                counted[kind] += 1
                noted.setdefault((kind, _attribute(inside, _ID)), (counted[kind], number))
        while waiting and waiting[-1].tag in _POINTS:
            waiting.pop()
        if _unended(element) and waiting and waiting[-1].tag in _PARAGRAPH:
            continue
        yield "".join(open_texts).rstrip()
        number += 1
        waiting.extend(reversed(open_inner))
        open_texts, open_inner = [], []


def _inside(paragraph: Element, texts: list[str]) -> Iterator[Element]:
    """Add the texts of a paragraph to `texts`; yield the paragraphs that stand inside it, and references to notes."""
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        if element.tag in _PARAGRAPH or element.tag in _REFERENCES:
            yield element
        elif element.tag not in _LEFT_OUT:
            if element.tag in _TEXT:
                texts.append(element.text or "")
            elif element.tag in _SHOWN:
                texts.append(_SHOWN[element.tag])
            waiting.extend(reversed(element))


def _unended(paragraph: Element) -> bool:
    """Whether a tracked change deletes, or moves away, the end of a paragraph."""
    return any(
        _marked(properties, _RUN_PROPERTIES) for properties in paragraph if properties.tag in _PARAGRAPH_PROPERTIES
    )


def _marked(element: Element, properties: frozenset[str]) -> bool:
    """Whether the properties of an element say that it is deleted."""
    return any(mark.tag in _GONE for child in element if child.tag in properties for mark in child)
