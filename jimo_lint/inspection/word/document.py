"""A Word document (.docx, .docm, .dotx) that is to be written into: what its text stands in, and what forbids it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from xml.etree.ElementTree import Element

from jimo_lint.inspection.word.bars import barred, code_styles
from jimo_lint.inspection.word.markup import Markup
from jimo_lint.model.radicals import unify
from jimo_lint.readers.opc import Package
from jimo_lint.readers.source import Source
from jimo_lint.readers.word import docx
from jimo_lint.readers.word.docx import Copy
from jimo_lint.readers.word.docx_text import VALUE, Walk, attribute, names_of, tags

SIGNED, PROTECTED = "有电子签名的文件", "设了保护的文件"

_TITLE = "Word 文档"
_SIGNATURE = "package/2006/relationships/digital-signature/origin"
_TRACK, _PROTECTION = tags("trackRevisions"), tags("documentProtection")
_ENFORCED, _KIND = names_of("enforcement"), names_of("edit")
_ON = ("", "1", "true", "on")
_CHOICE, _FALLBACK = (
    f"{{http://schemas.openxmlformats.org/markup-compatibility/2006}}{name}" for name in ("Choice", "Fallback")
)

# A character of a passage: the element that shows it, and its number in the text of that.
Place = tuple[Element, int]


class WordDocument:
    """signed: with a signature that any change breaks. forbidden: why nothing is to be changed, "" where it may be.

    tracking: changes are to be written as tracked ones. texts: of the passages as `Document.text` has them. main: the
    name of the main part; related: what that refers to; roots: as in `docx.Traced`. InputError: it is none, or damaged.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        traced = docx.trace(source)
        self.main, self.passages, self.roots = traced.main, traced.passages, traced.roots
        self._copies = traced.copies
        self.texts = [unify(one.text) for one in self.passages]
        self._starts = [0, *accumulate(len(one) + 1 for one in self.texts)]
        self._read: dict[str, Markup] = {}
        self._parents: dict[str, dict[Element, Element]] = {}
        self._barred: dict[str, dict[Element, str]] = {}
        self._twins: dict[str, dict[Element, Copy]] = {}
        self.tracking = False
        self._code = frozenset[str]()
        with Package(source, _TITLE) as package:
            self.signed = any(one.kind.endswith(_SIGNATURE) for one in package.relations())
            self.forbidden = SIGNED if self.signed else ""
            self.related = package.relations(self.main)
            for one in self.related:
                if one.kind == "settings" and not one.external:
                    self._settle(package.whole(one.target))
                elif one.kind == "styles" and not one.external:
                    root = package.whole(one.target)
                    self._code = code_styles(root) if root is not None else self._code
            self._bodies = {name: package.read(name) or b"" for name in self.roots}

    def _settle(self, settings: Element | None) -> None:
        for one in settings if settings is not None else ():
            if one.tag in _TRACK and attribute(one, VALUE) in _ON:
                self.tracking = True
            elif one.tag in _PROTECTION and attribute(one, _ENFORCED) in _ON[1:]:
                if attribute(one, _KIND) == "trackedChanges":
                    self.tracking = True
                elif attribute(one, _KIND) != "none":
                    self.forbidden = self.forbidden or PROTECTED

    def part(self, name: str) -> bytes | None:
        """The bytes of a part, None where there is none of this name."""
        with Package(self.source, _TITLE) as package:
            return package.read(name)

    def markup(self, part: str) -> Markup:
        """The bytes of a part that has paragraphs. ValueError as of `Markup`."""
        if part not in self._read:
            self._read[part] = Markup(self._bodies[part], self.roots[part])
        return self._read[part]

    def locate(self, start: int, end: int) -> tuple[int, int, int] | None:
        """The number of the passage that holds [start, end) of `Document.text`, and where in it; None for none."""
        number = bisect_right(self._starts, start) - 1
        if number >= len(self.texts):
            return None
        first = self._starts[number]
        return (number, start - first, end - first) if end - first <= len(self.texts[number]) else None

    def offset(self, passage: int) -> int:
        """Where a passage begins in `Document.text`."""
        return self._starts[passage]

    def copies(self, passage: int) -> list[Copy]:
        """All that has to be changed for a change in a passage, what older programs are shown instead included."""
        found = self._copies[passage]
        twins = (self._twin(one) for one in found)
        return [*found, *(one for one in twins if one is not None)]

    def shown(self, passage: int) -> list[Copy]:
        """Where a passage stands; none for one that stands in no paragraph."""
        return self._copies[passage]

    def parents(self, part: str) -> dict[Element, Element]:
        """The element that holds each other one of a part."""
        if part not in self._parents:
            self._parents[part] = {child: parent for parent in self.roots[part].iter() for child in parent}
        return self._parents[part]

    def reason(self, part: str, element: Element) -> str:
        """Why what an element shows is not changed; "" where it may be."""
        if part not in self._barred:
            self._barred[part] = barred(self.roots[part], self._code)
        return self._barred[part].get(element, "制表符、换行、连字符处")

    def _twin(self, copy: Copy) -> Copy | None:
        """The same words once more, for programs that cannot show the newer kind of text box."""
        if copy.part not in self._twins:
            self._twins[copy.part] = dict(_twins(copy.part, self.roots[copy.part]))
        return self._twins[copy.part].get(copy.pieces[0][1])


def places(copy: Copy, start: int, end: int) -> list[Place]:
    """The characters [start, end) of a passage."""
    found: list[Place] = []
    held = slice(bisect_right(copy.starts, start) - 1, bisect_left(copy.starts, end))
    for at, (piece, element) in zip(copy.starts[held], copy.pieces[held], strict=False):
        first, last = max(start - at, 0), min(end - at, len(piece))
        found += ((element, index) for index in range(first, last))
    return found


def _twins(part: str, root: Element) -> Iterable[tuple[Element, Copy]]:
    """By the first element of a paragraph in a newer text box, the same paragraph in the older one beside it."""
    for holder in root.iter():
        choices = [one for one in holder if one.tag == _CHOICE]
        older = [child for one in holder if one.tag == _FALLBACK for child in one]
        if choices and older:
            for (text, pieces), (other, others) in zip(_lines(part, choices), _lines(part, older), strict=False):
                if text == other:
                    yield pieces.pieces[0][1], others


def _lines(part: str, roots: Sequence[Element]) -> list[tuple[str, Copy]]:
    return [
        (one.text, Copy(part, list(zip(one.pieces, one.sources, strict=True))))
        for root in roots
        for one in Walk().paragraphs(root)
        if one.text
    ]
