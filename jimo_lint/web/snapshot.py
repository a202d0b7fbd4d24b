"""The stored text of a page, in blocks, with the place of a finding marked: plain text, cut where it is long."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from jimo_lint.language.printing import printable
from jimo_lint.model import Document, Finding

# Code points shown on both sides of the place.
_AROUND = 8_000
# Characters of the excerpt beside the place by which it is known again.
_BESIDE = 12

_KINDS = {
    "meta": "网页说明（meta）", "alt": "图片的替代文字", "table": "表格", "attachment": "附件",
    "footer": "页脚", "comment": "批注", "aside": "提示、输入框等里的文字", "frame": "提示、输入框等里的文字",
}  # fmt: skip


class Piece(NamedTuple):
    """A stretch of text. marked: it is the place."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of the page. kind: as in `Block`."""

    kind: str
    pieces: tuple[Piece, ...]

    @property
    def head(self) -> str:
        """What it is, where a reader would not see that."""
        return _KINDS.get(self.kind, "")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A page as it was stored. found: whether the place was found in it; moved: elsewhere than when it was reported.

    before, after: code points left out.
    """

    title: str
    paragraphs: tuple[Paragraph, ...]
    found: bool
    moved: bool
    before: int
    after: int

    @property
    def titled(self) -> bool:
        """Whether the page's title stands at the beginning of its text."""
        return bool(self.paragraphs) and self.paragraphs[0].kind == "title"


def snapshot(document: Document, finding: Finding) -> Snapshot:
    """The part of the page around the place of a finding, or its beginning where that is not found.

    Of a link, whose page does not say where it stands, the words are marked that lead there.
    """
    text = document.text
    if finding.kind == "link":
        words = next((link.text for link in document.links if link.url == finding.subject), "")
        finding = replace(finding, matched=words, span=None, excerpt="", excerpt_start=0)
    start = _place(text, finding)
    end = start + len(finding.matched) if start >= 0 else 0
    low, high = max(start - _AROUND, 0), min(max(end, 0) + _AROUND, len(text))
    return Snapshot(
        title=document.title,
        paragraphs=tuple(_paragraphs(document, start, end, low, high)),
        found=start >= 0,
        moved=start >= 0 and finding.span is not None and start != finding.span.start,
        before=low,
        after=len(text) - high,
    )


def _place(text: str, finding: Finding) -> int:
    """Where the finding stands in the text; -1 where it does not, as when the page was read again and has changed."""
    words, span = finding.matched, finding.span
    if not words:
        return -1
    if span and text[span.start : span.end] == words:
        return span.start
    at = finding.excerpt_start
    before = finding.excerpt[max(at - _BESIDE, 0) : at].lstrip("…")
    after = finding.excerpt[at + len(words) : at + len(words) + _BESIDE].rstrip("…")
    for front, back in ((before, after), (before, ""), ("", after)):
        found = text.find(f"{front}{words}{back}") if front or back else -1
        if found >= 0:
            return found + len(front)
    return text.find(words)


def _paragraphs(document: Document, start: int, end: int, low: int, high: int) -> Iterator[Paragraph]:
    offset, text = 0, document.text
    pieces: list[Piece] = []
    kind = ""
    for block in document.blocks:
        first, last = max(offset, low), min(offset + len(block.text), high)
        if first < last:
            if pieces and not block.continues:
                yield Paragraph(kind, tuple(pieces))
                pieces = []
            kind = block.kind
            for piece_start, piece_end, marked in _cut(first, last, start, end):
                pieces.append(Piece(_lines(text[piece_start:piece_end]), marked))
        offset += len(block.text) + 1
    if pieces:
        yield Paragraph(kind, tuple(pieces))


def _cut(first: int, last: int, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """The stretches of [first, last) before, in and behind [start, end), none that is empty."""
    inside = max(first, min(start, last)), max(first, min(end, last))
    for low, high, marked in ((first, inside[0], False), (*inside, True), (inside[1], last, False)):
        if low < high:
            yield low, high, marked


def _lines(text: str) -> str:
    """The text fit to be shown; its line breaks stay."""
    return "\n".join(map(printable, text.split("\n")))
