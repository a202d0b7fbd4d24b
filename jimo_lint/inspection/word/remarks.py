"""What authors of a Word document say, in comments and names of bookmarks, is not to be reported, and of which text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element

from jimo_lint.inspection.word.document import WordDocument
from jimo_lint.readers.source import Source
from jimo_lint.readers.word.docx import BOOKMARK, REMARK, Copy
from jimo_lint.readers.word.docx_text import ID, attribute, names_of, tags

_PARAGRAPH, _COMMENT = tags("p"), tags("comment")
_MARK, _NAME = tags("bookmarkStart"), names_of("name")
_KINDS = {
    **dict.fromkeys(tags("commentRangeStart"), "start"),
    **dict.fromkeys(tags("commentRangeEnd"), "end"),
    **dict.fromkeys(tags("commentReference"), "reference"),
    **dict.fromkeys(tags("bookmarkEnd"), "bookmark"),
}
_RULE = re.compile(r"[A-Za-z][0-9]{0,3}|all", re.I)


class Remark(NamedTuple):
    """place: `批注 1`, `书签 jimo_lint_T101_原文`. said: rules, and behind a colon the reason, as in a page.

    ranges: of `Document.text`, [start, end) each. own: where the remark itself stands in that.
    """

    place: str
    said: str
    ranges: list[tuple[int, int]]
    own: list[tuple[int, int]]


def remarks(path: Path) -> Iterator[Remark]:
    """Those of a document, comments first. InputError: it is none; OSError: it cannot be read."""
    document = WordDocument(Source(str(path), path.read_bytes()))
    parts = [_Part(document, name, root) for name, root in document.roots.items()]
    for numbers, identity in _commenting(document):
        first = document.passages[numbers[0]]
        if found := REMARK.match(first.text):
            said = "".join(document.passages[number].text for number in numbers)[found.end() :]
            own = [(document.offset(number), document.offset(number + 1) - 1) for number in numbers]
            yield Remark(first.place, said, [one for part in parts for one in part.commented(identity)], own)
    for part in parts:
        for name, ranges in part.bookmarked():
            yield Remark(f"书签 {name}", _of_name(name), ranges, [])


def _commenting(document: WordDocument) -> Iterator[tuple[list[int], str]]:
    """The passages of each comment, and its id."""
    found: dict[Element, list[int]] = {}
    for number, passage in enumerate(document.passages):
        for copy in document.shown(number) if passage.kind == "comment" else ():
            element: Element | None = copy.pieces[0][1]
            parents = document.parents(copy.part)
            while element is not None and element.tag not in _COMMENT:
                element = parents.get(element)
            if element is not None:
                found.setdefault(element, []).append(number)
    for comment, numbers in found.items():
        yield numbers, attribute(comment, ID)


class _Part:
    """A part, in which remarks stand at some of its text."""

    def __init__(self, document: WordDocument, name: str, root: Element) -> None:
        self._document, self._name = document, name
        self._elements = list(root.iter())
        self._order = {element: number for number, element in enumerate(self._elements)}
        self._marks: dict[tuple[str, str], int] = {}  # the first of each kind and id
        for number, element in enumerate(self._elements):
            if kind := _KINDS.get(element.tag):
                self._marks.setdefault((kind, attribute(element, ID)), number)

    def commented(self, identity: str) -> list[tuple[int, int]]:
        """The text that a comment is about: what it is put around, else the paragraph that it stands in."""
        anchor = self._marks.get(("start", identity), self._marks.get(("reference", identity)))
        return self._between(anchor, self._marks.get(("end", identity))) if anchor is not None else []

    def bookmarked(self) -> Iterator[tuple[str, list[tuple[int, int]]]]:
        """The bookmarks that are remarks, each with its text; of one without text, that of its paragraph."""
        for number, element in enumerate(self._elements):
            if element.tag in _MARK and (name := attribute(element, _NAME)).startswith(BOOKMARK):
                yield name, self._between(number, self._marks.get(("bookmark", attribute(element, ID))))

    def _between(self, first: int, last: int | None) -> list[tuple[int, int]]:
        found = list(self._ranges(first, last)) if last is not None else []
        if found:
            return found
        parents = self._document.parents(self._name)
        paragraph: Element | None = self._elements[first]
        while paragraph is not None and paragraph.tag not in _PARAGRAPH:
            paragraph = parents.get(paragraph)
        if paragraph is None:
            return []
        first = self._order[paragraph]
        return list(self._ranges(first, first + sum(1 for _ in paragraph.iter())))

    def _ranges(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        for number in range(len(self._document.passages)):
            for copy in self._document.shown(number):
                if copy.part == self._name and (inside := _inside(copy, self._order, first, last)):
                    start, end = self._document.offset(number), self._document.offset(number + 1) - 1
                    yield start + inside[0], min(start + inside[1], end)


def _inside(copy: Copy, order: Mapping[Element, int], first: int, last: int) -> tuple[int, int] | None:
    """What of a passage is shown by elements between two others."""
    at, found = 0, []
    for piece, element in copy.pieces:
        if first < order[element] < last and piece:
            found += [at, at + len(piece)]
        at += len(piece)
    return (found[0], found[-1]) if found else None


def _of_name(name: str) -> str:
    """Of a name in which nothing but letters, digits and low lines may stand."""
    words = name.removeprefix(BOOKMARK).split("_")
    rules = next((number for number, word in enumerate(words) if not _RULE.fullmatch(word)), len(words))
    return f"{','.join(words[:rules])}:{'_'.join(words[rules:])}"
