"""Reads what is drawn on a sheet: words in shapes, titles and labels of charts, pictures and their descriptions."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple
from xml.etree.ElementTree import Element

from jimo_lint.errors import InputError
from jimo_lint.readers.attachments.office.drawings import drawn_on
from jimo_lint.readers.attachments.office.embedded import described, is_address
from jimo_lint.readers.attachments.workbooks.worksheet import local
from jimo_lint.readers.contents import Passage, Picture
from jimo_lint.readers.opc import ALTERNATIVES, Package, Relation, chosen
from jimo_lint.readers.source import Source

if TYPE_CHECKING:
    from PIL.Image import Image  # of the extra `ocr`

_TITLE = "工作簿"
_EMBEDDED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
_SIGNS = {"br": "\n", "tab": " "}
_STRINGS = ("strCache", "strLit", "multiLvlStrCache", "dlblRangeCache")
_GRAPHICS = {"chart": "图表", "diagramData": "图示", "chartEx": "图表"}


class Drawn(NamedTuple):
    """passages; pictures: part to place; relations: of the drawing; unread: by kind, parts that are damaged."""

    passages: list[Passage]
    pictures: dict[str, str]
    relations: list[Relation]
    unread: Counter[str]


def read(table: str, package: Package, part: str) -> Drawn:
    """What a drawing shows."""
    drawn = Drawn([], {}, package.relations(part), Counter())
    root = package.whole(part)
    if root is None:
        drawn.unread["drawing unread"] += part in package
        return drawn
    targets = {one.id: one.target for one in drawn.relations if not one.external}
    shapes = 0
    for element in _shown(root):
        kind = local(element.tag)
        if kind == "sp":
            text = said(element)
            shapes += bool(text)
            if text:
                drawn.passages.append(Passage(text, f"{table}文本框 {shapes}"))
        elif kind == "blip" and (target := targets.get(element.get(_EMBEDDED, ""))):
            drawn.pictures.setdefault(target, f"{table}图 {len(drawn.pictures) + 1}")
        elif kind == "cNvPr" and (words := described(element.get("title", ""), element.get("descr", ""))):
            drawn.passages.append(Passage(words, f"{table}图形的替代文字", kind="alt"))
        elif (
            kind in ("hlinkClick", "hlinkHover") and (tip := element.get("tooltip", "").strip()) and not is_address(tip)
        ):
            drawn.passages.append(Passage(tip, f"{table}链接提示"))
    graphics = [one for one in drawn.relations if _kind(one) in _GRAPHICS and not one.external]
    for number, one in enumerate(graphics, 1):
        graphic = package.whole(one.target)
        drawn.unread["chart unread"] += graphic is None and one.target in package
        labels = _labels(graphic) if graphic is not None else ()
        for text in dict.fromkeys(chain(labels, drawn_on(package, one.target))):
            drawn.passages.append(Passage(text, f"{table}{_GRAPHICS[_kind(one)]} {number}"))
    return drawn


def controls(table: str, package: Package, part: str) -> list[Passage] | None:
    """The words of controls and boxes in the way of Excel before 2007; None where it is not well-formed, as is usual.

    The notes of cells stand there too, and their words in a part of their own.
    """
    try:
        root = package.xml(part)
    except InputError:
        return None
    found: list[Passage] = []
    for shape in root.iter() if root is not None else ():
        if local(shape.tag) == "shape" and not any(one.get("ObjectType") == "Note" for one in shape):
            boxes = (one for one in shape if local(one.tag) == "textbox")
            text = " ".join("".join(one for box in boxes for one in box.itertext()).split())
            if text:
                found.append(Passage(text, f"{table}控件 {len(found) + 1}"))
    return found


def picture(source: Source, part: str, place: str) -> Picture:
    """A picture of the package, unpacked when it is asked for."""

    def load() -> Image:
        from PIL import Image

        with Package(source, _TITLE) as package:
            return Image.open(io.BytesIO(package.read(part) or b""))

    return Picture(place, load)


def said(element: Element) -> str:
    """The paragraphs of a shape, a line each."""
    lines = (
        "".join(_SIGNS.get(local(part.tag), part.text or "") for part in _shown(paragraph) if _is_text(part))
        for paragraph in _shown(element)
        if local(paragraph.tag) == "p"
    )
    return "\n".join(line for line in lines if line.strip())


def _is_text(element: Element) -> bool:
    return local(element.tag) in ("t", *_SIGNS)


def _labels(root: Element) -> Iterator[str]:
    """Titles of a chart and the names of its series and categories, words of a diagram."""
    for element in _shown(root):
        if local(element.tag) == "tx":
            yield from ((one.text or "").strip() for one in element if local(one.tag) == "v" and one.text)
        elif local(element.tag) in _STRINGS:
            yield from ((one.text or "").strip() for one in element.iter() if local(one.tag) == "v" and one.text)
        elif local(element.tag) == "p":
            text = "".join(part.text or "" for part in _shown(element) if local(part.tag) == "t").strip()
            if text:
                yield text


def _shown(element: Element) -> Iterator[Element]:
    """All below an element, without what stands in for a shape where a program does not know it."""
    for child in chosen(element) if element.tag == ALTERNATIVES else element:
        yield child
        yield from _shown(child)


def _kind(relation: Relation) -> str:
    return relation.kind.rpartition("/")[2]
