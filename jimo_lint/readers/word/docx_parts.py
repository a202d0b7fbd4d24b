"""Takes in what stands in a part of a Word document besides its paragraphs: links, pictures, changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from xml.etree.ElementTree import Element

from jimo_lint.readers.attachments.office.embedded import described
from jimo_lint.readers.opc import RELATION_SPACES, Relation
from jimo_lint.readers.word.docx_numbers import NUMBERED, number_of
from jimo_lint.readers.word.docx_text import (
    FIELD_MARK,
    MARK_KIND,
    STYLES,
    TEXT,
    VALUE,
    VANISHED,
    attribute,
    names_of,
    tags,
    unchosen,
)
from jimo_lint.readers.word.word_text import kept_by, linked, tooltip

_PARTS = 1000  # of a link: far more than the words of one are cut into
_INSTRUCTIONS, _NAME = names_of("instr"), names_of("name")
_VML = "{urn:schemas-microsoft-com:vml}"
_DRAWING = tuple(
    f"{{{space}}}docPr"
    for space in (
        "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
    )
)
_BLIPS = tuple(
    f"{{{space}}}blip"
    for space in ("http://schemas.openxmlformats.org/drawingml/2006/main", "http://purl.oclc.org/ooxml/drawingml/main")
)
_CLICKED = tuple(f"{one.removesuffix('blip')}{name}" for one in _BLIPS for name in ("hlinkClick", "hlinkHover"))
# As `_DRAWING`, of what stands in a group, or of the picture in its frame, which mostly says the same once more.
_INNER = tuple(
    f"{{http://{space}}}cNvPr"
    for space in (
        "schemas.openxmlformats.org/drawingml/2006/picture",
        "purl.oclc.org/ooxml/drawingml/picture",
        "schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    )
)
# Words that are shown when one points at something, or asks for it; where they stand, and what says them.
_TIP = "链接提示"
_ASIDES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    **dict.fromkeys(_CLICKED, (_TIP, ("tooltip",))),
    **dict.fromkeys(tags("tblCaption", "tblDescription"), ("表格的替代文字", VALUE)),
    **dict.fromkeys(tags("helpText", "statusText"), ("窗体域的提示", VALUE)),
    **dict.fromkeys(tags("alias"), ("内容控件的名称", VALUE)),
    **dict.fromkeys(tags("listItem"), ("下拉选项", names_of("displayText"))),
}
_TOOLTIP = names_of("tooltip")
_EMBEDDED = tuple(f"{{{space}}}{name}" for space in RELATION_SPACES for name in ("embed", "id", "link"))
_LINK_ID = tuple(f"{{{space}}}id" for space in RELATION_SPACES)
_CHANGES = tags(
    *("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge", "rPrChange", "pPrChange", "sectPrChange"),
    *("tblPrChange", "trPrChange", "tcPrChange", "numberingChange"),
)

# What is looked at, by element, so that all others cost one question.
_KINDS = {
    **dict.fromkeys(tags("hyperlink"), "link"),
    **dict.fromkeys(tags("fldSimple"), "whole"),
    **dict.fromkeys(FIELD_MARK, "mark"),
    **dict.fromkeys(tags("instrText"), "instruction"),
    **dict.fromkeys(TEXT, "text"),
    **dict.fromkeys(_CHANGES, "change"),
    **dict.fromkeys(tags("bookmarkStart"), "bookmark"),
    **dict.fromkeys(VANISHED, "vanished"),
    **dict.fromkeys(STYLES, "styled"),
    **dict.fromkeys(NUMBERED, "numbered"),
    **dict.fromkeys((*_BLIPS, f"{_VML}imagedata"), "picture"),
    **dict.fromkeys(_DRAWING, "drawing"),
    **dict.fromkeys(_INNER, "inner"),
    **dict.fromkeys(_ASIDES, "aside"),
    f"{_VML}shape": "shape",
    f"{_VML}textpath": "art",
}
_OF_FIELDS = ("text", "instruction", "mark", "whole")


@dataclass(slots=True)
class Finds:
    """What was found in a part. pictures: of its relations, in the order of the part; alternatives: the picture, ""
    for another drawing, and words. art: words that are drawn. bookmarks: their names. vanishes: something is
    formatted as hidden; styles: what something has. numbered: of which lists, at which level. asides: where words stand
    that are shown when they are asked for, and the words."""

    links: list[tuple[str, str]] = field(default_factory=list)
    pictures: dict[str, None] = field(default_factory=dict)
    alternatives: list[tuple[str, str]] = field(default_factory=list)
    art: list[str] = field(default_factory=list)
    asides: list[tuple[str, str]] = field(default_factory=list)
    bookmarks: list[str] = field(default_factory=list)
    changes: int = 0
    vanishes: bool = False
    styles: set[str] = field(default_factory=set)
    numbered: set[tuple[str, str]] = field(default_factory=set)


def look(root: Element, relations: Iterable[Relation]) -> Finds:
    """Go through a part once."""
    found, fields = Finds(), _Fields()
    relations = list(relations)
    targets = {one.id: one.target for one in relations if one.kind == "image" and not one.external}
    words: dict[str, str] = {}
    told = ""  # of a drawing whose picture is still to come
    for element in root.iter():
        kind = _KINDS.get(element.tag)
        if kind is None:
            continue
        if kind in _OF_FIELDS:
            fields.take(kind, element)
        elif kind == "link":
            words.setdefault(attribute(element, _LINK_ID), _words(element))
            found.asides.append((_TIP, attribute(element, _TOOLTIP)))
        elif kind == "change":
            found.changes += 1
        elif kind == "styled":
            found.styles.add(attribute(element, VALUE))
        elif kind == "numbered":
            found.numbered.add(number_of(element))
        elif kind == "vanished":
            found.vanishes = True
        elif kind == "picture":
            told = _picture(targets.get(attribute(element, _EMBEDDED), ""), told, found)
        elif kind == "bookmark":
            found.bookmarks.append(attribute(element, _NAME))
        elif kind == "art":
            found.art.append(element.get("string", ""))
        elif kind == "aside":
            place, names = _ASIDES[element.tag]
            found.asides.append((place, attribute(element, names)))
        else:
            told = _drawing(kind, element, told, found)
    if told:
        found.alternatives.append(("", told))
    found.links = [(one.target, words.get(one.id, "")) for one in relations if one.external and one.kind == "hyperlink"]
    found.links += linked(fields.found)
    found.asides += ((_TIP, tooltip(instruction)) for instruction, _ in fields.found)
    found.asides += (one for field in fields.found for one in kept_by(*field))
    found.asides += (("下拉选项", one) for one in fields.unchosen)
    return found


class _Fields:
    """Instruction and words of each field; words inside another field are that one's alone."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []
        self.unchosen: list[str] = []  # of lists to choose from
        self._open: list[tuple[list[str], list[str]]] = []
        self._shown: list[bool] = []  # of each open field, whether its words have begun

    def take(self, kind: str, element: Element) -> None:
        """Take in an element that may belong to a field."""
        if kind == "whole":
            self.found.append((attribute(element, _INSTRUCTIONS), _words(element)))
        elif kind == "mark":
            self._mark(attribute(element, MARK_KIND))
            self.unchosen += unchosen(element) if len(element) else ()
        elif self._open and self._shown[-1] == (kind == "text"):
            self._open[-1][self._shown[-1]].append(element.text or "")

    def _mark(self, mark: str) -> None:
        if mark == "begin":
            self._open.append(([], []))
            self._shown.append(False)
        elif mark == "separate" and self._shown:
            self._shown[-1] = True
        elif mark == "end" and self._open:
            instruction, words = self._open.pop()
            self._shown.pop()
            self.found.append(("".join(instruction), "".join(words)))


def _drawing(kind: str, element: Element, told: str, found: Finds) -> str:
    """What is told of a drawing, where no picture has taken what was told before; what is left of that, else."""
    said = described(element.get("title", ""), element.get("alt" if kind == "shape" else "descr", ""))
    if kind == "inner" and said in ("", told):
        return told
    if told:
        found.alternatives.append(("", told))
    return said


def _picture(target: str, told: str, found: Finds) -> str:
    """Take in a picture, which has the alternative text that was told before it; what is left of that to be told."""
    if not target:
        return told
    found.pictures.setdefault(target)
    if told:
        found.alternatives.append((target, told))
    return ""


def _words(element: Element) -> str:
    """What an element shows; only so many parts of it are looked at, since it may hold others of its kind."""
    return "".join(one.text or "" for one in islice(element.iter(), _PARTS) if one.tag in TEXT)
