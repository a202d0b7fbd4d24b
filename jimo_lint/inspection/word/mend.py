"""Puts words right in a Word document: their runs and all formatting stay, and so does every byte that is not wrong.

A word may be cut into several runs: the first one that holds a part of it takes the right one, the others lose theirs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count, groupby, pairwise
from operator import itemgetter
from typing import NamedTuple
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from jimo_lint.inspection.mending import Change
from jimo_lint.inspection.word.bars import PARTING
from jimo_lint.inspection.word.document import Place, WordDocument, places
from jimo_lint.inspection.word.markup import Markup, Splice
from jimo_lint.inspection.word.package import rebuilt
from jimo_lint.readers.word.docx import OURSELVES
from jimo_lint.readers.word.docx_text import SPACES, names_of, tags

COMMENT, DRAWN, ODD, PARTED = "批注里", "图形、图表、图片里", "写法特殊的文件里", "脚注号、图片或段落两边"

_RUN, _PROPERTIES, _INSERTED = tags("r"), tags("rPr"), tags("ins")
_PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"
_ID = names_of("id")


def signed(prefix: str, number: int, moment: datetime) -> str:
    """The attributes of a tracked change or comment of ours. prefix: with its colon."""
    # Word shows the digits as they are, whatever zone they claim.
    written = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    return f'{prefix}id="{number}" {prefix}author="{OURSELVES}" {prefix}date="{written}"'


def obstacle(document: WordDocument, change: Change) -> str:
    """Why a change is not made unseen, "" where it may be."""
    if document.passages[change.passage].kind == "comment":
        return COMMENT
    copies = document.copies(change.passage)
    if not copies:
        return DRAWN
    reasons = (_of_copy(document, copy.part, places(copy, change.start, change.end)) for copy in copies)
    return next(filter(None, reasons), "")


def _of_copy(document: WordDocument, part: str, held: Sequence[Place]) -> str:
    elements = list(dict.fromkeys(element for element, _ in held))
    for element in elements:
        if why := document.reason(part, element):
            return why
    try:
        markup = document.markup(part)
        for element in elements:
            markup.characters(element)
    except ValueError:
        return ODD
    order = [markup.order[element] for element in elements]
    for before, after in pairwise(order):
        if any(one.tag in PARTING for one in markup.elements[before + 1 : after]):
            return PARTED
    return ""


def mend(document: WordDocument, changes: Sequence[Change], moment: datetime | None) -> bytes:
    """The package with changes that have no obstacle and do not overlap.

    moment: of tracked changes, None to replace the words. ValueError: its parts cannot be written anew.
    """
    by_part: dict[str, dict[Element, list[_Piece]]] = defaultdict(lambda: defaultdict(list))
    for change in changes:
        for copy in document.copies(change.passage):
            text = change.text
            for element, group in groupby(places(copy, change.start, change.end), key=itemgetter(0)):
                inside = [number for _, number in group]
                by_part[copy.part][element].append(_Piece(inside[0], inside[-1] + 1, text))
                text = ""
    numbers = count(highest(document) + 1)
    parts = {}
    for part, held in by_part.items():
        markup = document.markup(part)
        writing = _Writing(markup, moment, numbers)
        splices = [splice for element, pieces in held.items() for splice in writing.splices(element, pieces)]
        parts[part] = markup.spliced(splices)
    return rebuilt(document.source.body, parts)


class _Piece(NamedTuple):
    """The characters [start, end) of an element's text become others."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Writing:
    markup: Markup
    moment: datetime | None
    numbers: Iterator[int]

    def splices(self, element: Element, pieces: Sequence[_Piece]) -> Iterator[Splice]:
        """What makes the changes in one element."""
        ends = self.markup.characters(element)
        if self.moment:
            for one in pieces:
                start, end = ends[one.start], ends[one.end]
                yield Splice(start, end, self._tracked(element, self.markup.body[start:end], one.text, self.moment))
            first = min(one.start for one in pieces)
            yield from preserving(self.markup, element, (element.text or "")[:first])
            return
        for one in pieces:
            yield Splice(ends[one.start], ends[one.end], escape(one.text).encode())
        yield from preserving(self.markup, element, _replaced(element.text or "", pieces))

    def _tracked(self, element: Element, wrong: bytes, right: str, moment: datetime) -> bytes:
        """Ends the run, writes what goes and what comes as runs of its format, and begins it again."""
        cut = Cut(self.markup, element)
        name, prefix = cut.name, cut.prefix
        deleted = f"{name.removesuffix('t')}delText"
        gone = (
            f"<{cut.own('del')} {signed(cut.held, next(self.numbers), moment)}>".encode()
            + cut.run
            + f'<{deleted} xml:space="preserve">'.encode()
            + wrong
            + f"</{deleted}></{cut.run_name}></{prefix}del>".encode()
        )
        come = b""
        if right:
            come = (
                f"<{cut.own('ins')} {signed(cut.held, next(self.numbers), moment)}>".encode()
                + cut.run
                + f'<{name} xml:space="preserve">{escape(right)}</{name}></{cut.run_name}></{prefix}ins>'.encode()
            )
        # What somebody else inserted stays theirs: our insertion stands beside it.
        outer = self.markup.parents[cut.element]
        if come and outer.tag in _INSERTED:
            come = f"</{self.markup.spot(outer).name}>".encode() + come + self.markup.tag(outer)
        return cut.end + gone + come + cut.begin


class Cut:
    """How a run is ended within an element that shows its words, and begun again.

    name, run_name: of both, as they are written; run: how the run begins, with its format. prefix: of elements that
    are put between; held: of their attributes, which need one. element: the run.
    """

    def __init__(self, markup: Markup, element: Element) -> None:
        self.element = markup.parents[element]
        if self.element.tag not in _RUN:
            raise ValueError("words outside of a run")
        spot, words = markup.spot(self.element), markup.spot(element)
        self.name, self.run_name, self.prefix = words.name, spot.name, spot.prefix
        self.held = self.prefix or "w:"
        self._space = next(space for space in SPACES if self.element.tag.startswith(f"{{{space}}}"))
        properties = next((one for one in self.element if one.tag in _PROPERTIES), None)
        self.run = markup.tag(self.element) + (markup.raw(properties) if properties is not None else b"")
        self.end = f"</{self.name}></{self.run_name}>".encode()
        self.begin = self.run + f'<{self.name} xml:space="preserve">'.encode()

    def own(self, name: str) -> str:
        """How a start tag of ours begins; where words have no prefix, one for attributes is declared in it."""
        return f"{self.prefix}{name}" if self.prefix else f'{name} xmlns:w="{self._space}"'


def preserving(markup: Markup, element: Element, text: str) -> Iterator[Splice]:
    """What keeps blanks at the ends of a text, where there were none before and programs would drop them."""
    before = element.text or ""
    if text != text.strip() and before == before.strip() and element.get(_PRESERVE) is None:
        inside = markup.spot(element).inside - 1
        yield Splice(inside, inside, b' xml:space="preserve"')


def _replaced(text: str, pieces: Sequence[_Piece]) -> str:
    for start, end, right in sorted(pieces, reverse=True):
        text = text[:start] + right + text[end:]
    return text


def highest(document: WordDocument) -> int:
    """The highest number that anything has which is numbered: changes, comments, bookmarks."""
    found = (value for root in document.roots.values() for one in root.iter() for value in map(one.get, _ID) if value)
    return max((int(value) for value in found if value.isascii() and value.isdigit() and len(value) < 10), default=0)


def applied(texts: Sequence[str], changes: Sequence[Change]) -> list[str]:
    """The texts of passages with changes that do not overlap."""
    after = list(texts)
    for passage, start, end, text in sorted(changes, reverse=True):
        after[passage] = after[passage][:start] + text + after[passage][end:]
    return after
