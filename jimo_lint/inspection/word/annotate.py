"""Writes what was found in a Word document into a copy of it, as comments at the words themselves."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element, fromstring
from xml.sax.saxutils import escape, quoteattr

from jimo_lint.errors import InputError
from jimo_lint.inspection.word.bars import CONTROL, FIELD, FORMULA, RUBY
from jimo_lint.inspection.word.document import WordDocument, places
from jimo_lint.inspection.word.markup import Markup, Splice
from jimo_lint.inspection.word.mend import ODD, Cut, highest, preserving, signed
from jimo_lint.inspection.word.package import rebuilt
from jimo_lint.language.printing import printable
from jimo_lint.model import INSIDE, Finding, Report
from jimo_lint.model.terms import CHINA
from jimo_lint.privacy import is_masked, mask_text
from jimo_lint.readers import opc
from jimo_lint.readers.source import Source
from jimo_lint.readers.word import docx
from jimo_lint.readers.word.docx import AUTHOR, OURSELVES
from jimo_lint.readers.word.docx_text import ID, REFERENCES, SPACES, TEXT, attribute, tags

OTHER_FORMAT, UNREADABLE, DONE = "不是 docx", "读不出", "已经有 jimo-lint 的批注"
PACKED, PERSONAL = "在压缩包、邮件等里面", "名称里有号码（请先改名）"

# Where no mark may stand within: LibreOffice takes the words of a comment for those of the field that it stands in.
_APART = (CONTROL, FIELD, RUBY, FORMULA)
_TYPES = "[Content_Types].xml"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_DECLARED = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARAGRAPH, _BOX, _RUN = tags("p"), tags("txbxContent"), tags("r")
_PROPERTIES, _PARAGRAPH_PROPERTIES = tags("rPr"), tags("pPr")
_NOTE = tags("footnote", "endnote", "comment")


class Annotated(NamedTuple):
    """A document with findings. content: of the copy, b"" where there is none; reason: why. noted: of how many."""

    path: Path
    content: bytes
    noted: int
    reason: str = ""


def annotated(report: Report) -> Iterator[Annotated]:
    """Each local file with findings. Personal data is masked in what the comments say."""
    by_file: dict[str, list[Finding]] = {}
    for finding in report.findings:
        by_file.setdefault(finding.url, []).append(finding)
    fixes = {rule.code: rule.fix for rule in report.rules}
    moment = report.run.started.astimezone(CHINA)
    for name, found in by_file.items():
        path = Path(name)
        try:
            content, reason = _file(path, found, fixes, moment)
        except (OSError, InputError):
            content, reason = b"", _unread(name)
        except ValueError:
            content, reason = b"", ODD
        yield Annotated(path, content, len(found), reason)


def _unread(name: str) -> str:
    if INSIDE in name:
        return PACKED
    if name.startswith(("http://", "https://")):
        return OTHER_FORMAT
    return PERSONAL if is_masked(name) else UNREADABLE


def _file(path: Path, findings: Sequence[Finding], fixes: Mapping[str, str], moment: datetime) -> tuple[bytes, str]:
    source = Source(str(path), path.read_bytes())
    if not (source.body.startswith(opc.SIGNATURE) and docx.sign(source)):
        return b"", OTHER_FORMAT
    document = WordDocument(source)
    if document.signed:
        return b"", document.forbidden
    # One of our own copies: a folder that is checked once more would have a copy of each of them, and so on.
    if any(
        one.tag in _NOTE and attribute(one, AUTHOR) == OURSELVES for root in document.roots.values() for one in root
    ):
        return b"", DONE
    numbers = count(highest(document) + 1)
    body = _Body(document)
    comments = []
    for finding in findings:
        number = next(numbers)
        beside = body.mark(finding, number)
        comments.append(_comment(finding, fixes.get(finding.code, ""), number, moment, beside=beside))
    parts = {document.main: body.markup.spliced(body.splices())}
    return rebuilt(source.body, parts | dict(_parts(document, comments))), ""


class _Comment(NamedTuple):
    """lines: what it says, a paragraph each."""

    number: int
    moment: datetime
    lines: list[str]

    def written(self, prefix: str, space: str) -> bytes:
        """As an element; without a prefix it declares one for its attributes."""
        held = prefix or "w:"
        declared = "" if prefix else f' xmlns:w="{space}"'
        paragraphs = "".join(
            f'<{prefix}p><{prefix}r><{prefix}t xml:space="preserve">{escape(line)}</{prefix}t></{prefix}r></{prefix}p>'
            for line in self.lines
        )
        told = signed(held, self.number, self.moment)
        return f'<{prefix}comment{declared} {told} {held}initials="jl">{paragraphs}</{prefix}comment>'.encode()


def _comment(finding: Finding, fix: str, number: int, moment: datetime, *, beside: bool) -> _Comment:
    place = f"（{finding.locator}）" if beside and finding.locator else ""
    proposed = "、".join(finding.suggestions)
    lines = [
        f"{finding.code} {finding.severity.label}{place}：{finding.message}",
        *([f"建议：{proposed}"] if any(one not in finding.message for one in finding.suggestions) else ()),
        *([f"改法：{fix}"] if fix and not finding.suggestions else ()),
        *([f"依据：{finding.basis}"] if finding.basis else ()),
    ]
    return _Comment(number, moment, [printable(mask_text(line)) for line in lines])


@dataclass(slots=True)
class _Point:
    """What is put in at one place. end: up to where it takes the place of what is there, between `before` and `after`.

    ends and starts: of ranges.
    """

    end: int
    before: bytes = b""
    after: bytes = b""
    ends: list[bytes] = field(default_factory=list)
    starts: list[bytes] = field(default_factory=list)

    def splice(self, start: int) -> Splice:
        """As a change."""
        return Splice(start, self.end, b"".join((self.before, *self.ends, *self.starts, self.after)))


class _Body:
    """The main part: the only one in which every program shows comments."""

    def __init__(self, document: WordDocument) -> None:
        self._document = document
        self.markup = document.markup(document.main)
        self._points: dict[int, _Point] = {}
        self._first_cut: dict[Element, int] = {}
        self._noted = {
            (REFERENCES[one.tag], attribute(one, ID)): one for one in self.markup.elements if one.tag in REFERENCES
        }

    def mark(self, finding: Finding, number: int) -> bool:
        """Put the marks of a comment around what was found; whether it stands elsewhere, and they only near it."""
        span = finding.span
        place = self._document.locate(span.start, span.end) if span else None
        if place:
            for copy in self._document.shown(place[0]):
                held = places(copy, place[1], place[2])
                words = [one for one in held if one[0].tag in TEXT]
                if copy.part == self._document.main and words and self._is_plain(words[0][0], words[-1][0]):
                    self._put(number, self._at(*words[0]), self._at(words[-1][0], words[-1][1] + 1))
                    return False
                if held and (paragraph := self._near(copy.part, held[0][0])) is not None:
                    self._around(number, paragraph)
                    return copy.part != self._document.main or self._is_boxed(held[0][0])
        self._around(number, self._first())
        return True

    def splices(self) -> Iterator[Splice]:
        """The changes."""
        yield from (point.splice(start) for start, point in self._points.items())
        for element, first in self._first_cut.items():
            yield from preserving(self.markup, element, (element.text or "")[:first])

    def _is_plain(self, *elements: Element) -> bool:
        return not any(
            self.markup.parents[one].tag not in _RUN
            or self._document.reason(self._document.main, one) in _APART
            or self._is_boxed(one)
            for one in elements
        )

    def _is_boxed(self, element: Element) -> bool:
        return any(one.tag in _BOX for one in _above(element, self.markup.parents))

    def _near(self, part: str, element: Element) -> Element | None:
        """The paragraph of the main text that holds an element, or refers to the note that does."""
        if part != self._document.main:
            note = next((one for one in _above(element, self._document.parents(part)) if one.tag in _NOTE), None)
            kind = f"{note.tag.rpartition('}')[2]}s" if note is not None else ""
            reference = self._noted.get((kind, attribute(note, ID))) if note is not None else None
            if reference is None:
                return None
            element = reference
        above = list(_above(element, self.markup.parents))
        return next((one for one in reversed(above) if one.tag in _PARAGRAPH), None)

    def _first(self) -> Element:
        found = next((one for one in self.markup.elements if one.tag in _PARAGRAPH), None)
        if found is None:
            raise ValueError("no paragraph")
        return found

    def _at(self, element: Element, character: int) -> _Point:
        """The place before a character of an element, or behind its last one: outside its run where it can be."""
        run = self.markup.parents[element]
        content = [one for one in run if one.tag not in _PROPERTIES]
        length, spot = len(element.text or ""), self.markup.spot(run)
        if character == 0 and content[0] is element:
            return self._point(spot.start, spot.start)
        if character == length and content[-1] is element:
            return self._point(spot.end, spot.end)
        offset = self.markup.characters(element)[character]
        self._first_cut[element] = min(character, self._first_cut.get(element, character))
        cut = Cut(self.markup, element)
        return self._point(offset, offset, cut.end, cut.begin)

    def _around(self, number: int, paragraph: Element) -> None:
        spot = self.markup.spot(paragraph)
        if spot.inside == spot.end:  # empty
            tag = self.markup.tag(paragraph).removesuffix(b"/>") + b">"
            point = self._point(spot.start, spot.end, tag, f"</{spot.name}>".encode())
            self._put(number, point, point)
            return
        properties = next((one for one in paragraph if one.tag in _PARAGRAPH_PROPERTIES), None)
        start = spot.inside if properties is None else self.markup.spot(properties).end
        self._put(number, self._point(start, start), self._point(spot.close, spot.close))

    def _point(self, start: int, end: int, before: bytes = b"", after: bytes = b"") -> _Point:
        return self._points.setdefault(start, _Point(end, before, after))

    def _put(self, number: int, first: _Point, last: _Point) -> None:
        root = self.markup.root
        prefix, space = self.markup.spot(root).prefix, root.tag[1:].partition("}")[0]
        held, declared = (prefix, "") if prefix else ("w:", f' xmlns:w="{space}"')
        told = f'{declared} {held}id="{number}"'
        first.starts.append(f"<{prefix}commentRangeStart{told}/>".encode())
        end = f"<{prefix}commentRangeEnd{told}/>"
        reference = f"<{prefix}r><{prefix}commentReference{told}/></{prefix}r>"
        (last.starts if first is last else last.ends).append((end + reference).encode())


def _above(element: Element, parents: Mapping[Element, Element]) -> Iterator[Element]:
    while (parent := parents.get(element)) is not None:
        yield parent
        element = parent


def _parts(document: WordDocument, comments: Iterable[_Comment]) -> Iterator[tuple[str, bytes]]:
    """The part with the comments, and where it is new what tells of it."""
    root = document.markup(document.main).root
    space = next(one for one in SPACES if root.tag.startswith(f"{{{one}}}"))
    name = next((one.target for one in document.related if one.kind == "comments" and not one.external), "")
    if held := document.roots.get(name):
        markup = document.markup(name)
        prefix = markup.spot(held).prefix
        yield name, markup.spliced([markup.append(held, b"".join(one.written(prefix, space) for one in comments))])
        return
    folder, _, file = document.main.rpartition("/")
    if not name:
        names = (posixpath.join(folder, f"comments{number or ''}.xml") for number in count())
        name = next(one for one in names if document.part(one) is None)
        relations = posixpath.join(folder, "_rels", f"{file}.rels")
        yield relations, _related(document, document.part(relations), name, space)
    written = b"".join(one.written("w:", space) for one in comments)
    yield name, _DECLARED + f'<w:comments xmlns:w="{space}">'.encode() + written + b"</w:comments>"
    types = document.part(_TYPES)
    if types and quoteattr(f"/{name}").encode() not in types:
        markup = Markup(types, fromstring(types))
        prefix = markup.spot(markup.root).prefix
        override = f'<{prefix}Override PartName={quoteattr(f"/{name}")} ContentType="{_KIND}"/>'
        yield _TYPES, markup.spliced([markup.append(markup.root, override.encode())])


def _related(document: WordDocument, body: bytes | None, name: str, space: str) -> bytes:
    """The relations of the main part, with one more."""
    ids = {one.id for one in document.related}
    identity = next(one for one in map("rId{}".format, count(1)) if one not in ids)
    kind = f"{opc.RELATION_SPACES[SPACES.index(space)]}/comments"
    told = f'Relationship Id="{identity}" Type="{kind}" Target={quoteattr(f"/{name}")}/>'
    if body is None:
        return _DECLARED + f'<Relationships xmlns="{_RELATIONS}"><{told}</Relationships>'.encode()
    markup = Markup(body, fromstring(body))
    prefix = markup.spot(markup.root).prefix
    return markup.spliced([markup.append(markup.root, f"<{prefix}{told}".encode())])
