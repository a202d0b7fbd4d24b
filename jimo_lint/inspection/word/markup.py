"""A part of a package as its bytes: where each element lies, and changes that leave every other byte as it was."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError, fromstring
from xml.parsers import expat

_TAG = re.compile(rb"""<(?:"[^"]*+"|'[^']*+'|[^>"'])*+>""")
# What stands for one character: an entity, a line end, and what UTF-8 makes of any other.
_CHARACTER = re.compile(rb"&[^;&]*+;|\r\n|[\x00-\x7f]|[\xc0-\xff][\x80-\xbf]*+")
_CODECS = ("utf-8", "us-ascii", "ascii")


class Splice(NamedTuple):
    """The bytes [start, end) become others."""

    start: int
    end: int
    content: bytes


class Spot(NamedTuple):
    """Where an element lies. start, inside: of its start tag, and behind it; close, end: the same of its end tag.

    The two tags are one where it is empty: then inside, close and end are equal. name: as it is written, with prefix.
    """

    start: int
    inside: int
    close: int
    end: int
    name: str

    @property
    def prefix(self) -> str:
        """That of the name, with its colon; "" where there is none."""
        return "".join(self.name.rpartition(":")[:2])


class Markup:
    """A part. root: as it was parsed; elements: all of it, in the order of the bytes.

    ValueError: it is in another charset than UTF-8, or not what was parsed.
    """

    def __init__(self, body: bytes, root: Element) -> None:
        self.body, self.root = body, root
        spots = _spots(body)
        self.elements = list(root.iter())
        if len(spots) != len(self.elements):
            raise ValueError("not what was parsed")
        self._spots = dict(zip(self.elements, spots, strict=True))
        self._characters: dict[Element, list[int]] = {}
        self.order = {element: number for number, element in enumerate(self.elements)}

    @cached_property
    def parents(self) -> dict[Element, Element]:
        """The element that holds each."""
        return {child: parent for parent in self.root.iter() for child in parent}

    def spot(self, element: Element) -> Spot:
        """Where it lies."""
        return self._spots[element]

    def raw(self, element: Element) -> bytes:
        """All of it, as it is written."""
        spot = self._spots[element]
        return self.body[spot.start : spot.end]

    def tag(self, element: Element) -> bytes:
        """Its start tag, as it is written."""
        spot = self._spots[element]
        return self.body[spot.start : spot.inside]

    def characters(self, element: Element) -> list[int]:
        """Where each character of its text begins, and where the last one ends. ValueError: more than text is in it."""
        if held := self._characters.get(element):  # the same for each of the words in a long one
            return held
        spot = self._spots[element]
        content = self.body[spot.inside : spot.close]
        ends = [spot.inside, *(spot.inside + found.end() for found in _CHARACTER.finditer(content))]
        if b"<" in content or len(ends) != len(element.text or "") + 1:
            raise ValueError("not plain text")
        self._characters[element] = ends
        return ends

    def append(self, element: Element, content: bytes) -> Splice:
        """What puts something in behind all else that an element holds."""
        spot = self._spots[element]
        if spot.close != spot.inside or self.body[spot.inside - 2 : spot.inside] != b"/>":
            return Splice(spot.close, spot.close, content)
        tag = self.tag(element).removesuffix(b"/>") + b">"
        return Splice(spot.start, spot.end, tag + content + f"</{spot.name}>".encode())

    def spliced(self, splices: Iterable[Splice]) -> bytes:
        """The bytes with changes that do not overlap; those at one place stay in their order.

        ValueError: they overlap, or where they stand a prefix means nothing that does where it was taken from.
        """
        parts, at = [], 0
        for start, end, content in sorted(splices, key=lambda one: one[:2]):
            if start < at:
                raise ValueError("changes overlap")
            parts += [self.body[at:start], content]
            at = end
        whole = b"".join((*parts, self.body[at:]))
        try:
            fromstring(whole)
        except ParseError as fault:
            raise ValueError(str(fault)) from None
        return whole


def _spots(body: bytes) -> list[Spot]:
    """Those of all elements, in the order in which they begin."""
    spots: list[Spot | None] = []
    opened: list[tuple[int, int, int, str]] = []
    parser = expat.ParserCreate()

    def declared(_version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.lower() not in _CODECS:
            raise ValueError(encoding)

    def began(name: str, _attributes: object) -> None:
        start = parser.CurrentByteIndex
        found = _TAG.match(body, start)
        if found is None:
            raise ValueError("not UTF-8")
        opened.append((len(spots), start, found.end(), name))
        spots.append(None)

    def ended(name: str) -> None:
        number, start, inside, _ = opened.pop()
        if body[inside - 2 : inside] == b"/>":
            spots[number] = Spot(start, inside, inside, inside, name)
            return
        close = parser.CurrentByteIndex
        spots[number] = Spot(start, inside, close, body.index(b">", close) + 1, name)

    parser.XmlDeclHandler, parser.StartElementHandler, parser.EndElementHandler = declared, began, ended
    try:
        parser.Parse(body, True)
    except expat.ExpatError as fault:
        raise ValueError(str(fault)) from None
    return [one for one in spots if one]
