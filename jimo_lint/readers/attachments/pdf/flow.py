"""Joins the pieces of a PDF page to paragraphs, and rows of cells; the lines of a file say nothing of either."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from statistics import median_low
from typing import NamedTuple

from jimo_lint.language.text import goes_on
from jimo_lint.readers.attachments.pdf.text import Piece

# In sizes of the type: how far the next line of a paragraph may lie below, and how much farther than the closest.
_FARTHEST = 2.6
_LOOSER = 1.3
_SAME_SIZE = 0.85
# A column of text is wider than the first; of the second a line that reaches its edge surely goes on.
_COLUMN = 8.0
_WIDE = 15.0
_CELLS_TOUCH = 0.3
_LEVEL = 0.85  # that one of two on a line may be higher: beside a cell of two lines the others are set in the middle
_INDENT = 1.2
_RAGGED = 0.3
_HEADING = 1.15

_HANGING = "，。、；：？！）》”’"
_TOKEN = r"[A-Za-z0-9.,/:%@_&=?#+-]+"
# What programs keep on one line: a word, a character with the marks around it, and a number behind those.
_TOGETHER = re.compile(
    rf"[（《“‘【〈「『(]*(?:{_TOKEN}|.)(?:[“”‘’](?:{_TOKEN}|.)?|[，。、；：？！）》】〉」』,.;:?!)](?:{_TOKEN})?)*"
)
_LAST_NUMBER = re.compile(r"(?<![0-9])[0-9]++[Xx]?$")
_FIRST_NUMBER = re.compile(r"[0-9]*[0-9Xx](?![0-9A-Za-z])")
# Of lists and tables of contents, whose lines all reach the edge.
_LISTED = re.compile(r"\d{1,3}(?:[.．、) ）]|[^\x00-\x7f])")
_LEADERS = re.compile(r"(?:(?<![.·․‥…．])[.·․‥…．]{4,}+|\t) *+\d++$")
_DAY = re.compile(
    r"\s*(?:\d{4}|[二〇○零一三四五六七八九]{4}) *年[\d 一二三四五六七八九十]{1,4}月[\d 一二三四五六七八九十]{1,4}日\s*"
)
# Numbers that are data of persons, whole: they are broken where a cell is too narrow for them.
_WHOLE = re.compile(r"[1-9][0-9]{16}[0-9Xx]|1[3-9][0-9]{9}|[3-6][0-9]{15,18}")
_ID_DIGITS = 18
_ID = re.compile(r"[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])[0-3][0-9]{4}[0-9Xx]")
_ID_BEGUN = re.compile(r"[1-9][0-9]{3,7}")
_ID_LINES = (3, 4, 5)
_WORD_END = re.compile(r"[A-Za-z0-9,.;:%)]")
_WORD_START = re.compile(r"[A-Za-z0-9(]")
_END = ("。", "！", "？", "；", "：", "!", "?", ";", ":")


class Cell(NamedTuple):
    """The text of a cell, or of a whole paragraph, and how far it reaches."""

    text: str
    left: float
    right: float


class Paragraph(NamedTuple):
    """cells: of a row, else one. edge, wall: where the lines around it begin and end.

    continues: it goes on from the one before, which stands in another column.
    """

    cells: tuple[Cell, ...]
    first: Piece
    last: Piece
    edge: float
    wall: float
    continues: bool = False

    @property
    def text(self) -> str:
        """All of it, the cells of a row parted by tabs."""
        return "\t".join(cell.text for cell in self.cells)

    @property
    def is_row(self) -> bool:
        """Whether it is a row of cells."""
        return len(self.cells) > 1

    @property
    def is_narrow(self) -> bool:
        """Whether it is no wider than a cell may be."""
        return self.wall - self.edge < _COLUMN * self.last.size


class _Run(NamedTuple):
    """Lines below each other: how far they reach, how close they lie, whether some begin with an indent."""

    edge: float
    wall: float
    pitch: float
    indents: bool


def paragraphs(pieces: Sequence[Piece]) -> list[Paragraph]:
    """The paragraphs of a page, in the order of the file."""
    if not pieces:
        return []
    pieces = _whole(pieces)
    page = _Page(pieces)
    found: list[Paragraph] = []
    open_ = _Open(pieces[0], page.runs[0])
    for number, piece in enumerate(pieces[1:], 1):
        joint = "\t" if open_.has_beside(piece) else page.joint(open_.last, piece, number)
        if joint is None:
            found.append(open_.closed(found))
            open_ = _Open(piece, page.runs[number])
        else:
            open_.add(joint, piece)
    found.append(open_.closed(found))
    return found


def _whole(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, with those as one that pdfium parts although they touch: where the height of type changes."""
    found: list[Piece] = []
    for piece in pieces:
        above = found[-1] if found else None
        if above and piece.left - above.right < _CELLS_TOUCH * above.size and _is_beside(above, piece):
            found[-1] = piece._replace(
                text=f"{above.text}{' ' if above.blank else ''}{piece.text}",
                left=above.left,
                base=above.base,
                size=max(above.size, piece.size),
            )
        else:
            found.append(piece)
    return found


def goes_on_after(before: Paragraph, after: Paragraph) -> bool:
    """Whether a paragraph goes on at the top of the next column or page."""
    last, first = before.last, after.first
    size = last.size
    return (
        not (before.is_narrow or after.is_narrow or before.is_row or after.is_row)
        and _is_same_size(last, first)
        and last.right >= before.wall - _needed(first.text) * size
        and first.left <= after.edge + _INDENT * size
        and not last.text.endswith(_END)
        and (goes_on(last.text, first.text) or not _both_han(last, first))
    )


class _Open:
    """A paragraph that more pieces may belong to."""

    def __init__(self, piece: Piece, run: _Run) -> None:
        self._first = self._cell = self.last = piece
        self._parts = [piece.text]
        self._left, self._right = piece.left, piece.right
        self._cells: list[Cell] = []
        self._run = run

    def has_beside(self, piece: Piece) -> bool:
        """Whether a piece begins the next cell of a row whose last has several lines."""
        if self.last is self._cell or piece.left <= self.last.left:
            return False
        if not self._cells and self._run.wall - self._run.edge >= _COLUMN * piece.size:
            return False  # a column of text
        return _is_beside(self._cell, piece) or _is_beside(self._first, piece)

    def add(self, joint: str, piece: Piece) -> None:
        if joint == "\t":
            self._cells.append(Cell("".join(self._parts), self._left, self._right))
            self._parts = [piece.text]
            self._left, self._right = piece.left, piece.right
            self._cell = piece
        else:
            self._parts += (joint, piece.text)
            self._left, self._right = min(self._left, piece.left), max(self._right, piece.right)
        self.last = piece

    def closed(self, before: Sequence[Paragraph]) -> Paragraph:
        cells = (*self._cells, Cell("".join(self._parts), self._left, self._right))
        done = Paragraph(cells, self._first, self.last, self._run.edge, self._run.wall)
        above = before[-1] if before else None
        # The top of the next column; a row of cells begins beside, and no higher.
        higher = above is not None and self._first.bottom > above.last.top and self._first.left > above.edge
        return done._replace(continues=True) if above and higher and goes_on_after(above, done) else done


class _Page:
    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._pieces = pieces
        self.runs = _runs(pieces)

    @cached_property
    def _size(self) -> float:
        """Of the type of most of the page."""
        return median_low([piece.size for piece in self._pieces])

    @cached_property
    def _heights(self) -> list[float]:
        return sorted(piece.middle for piece in self._pieces)

    def joint(self, before: Piece, piece: Piece, number: int) -> str | None:
        """What stands between two pieces of a paragraph or of a row; None where another begins."""
        if _is_beside(before, piece):
            return "\t"
        run = self.runs[number]
        if run is not self.runs[number - 1] or not self._is_wrapped(before, piece, run) or self._heads(before, number):
            return None
        return "" if number in self._broken else self._wrap(before, piece, run)

    def _heads(self, before: Piece, number: int) -> bool:
        """Whether a line stands over more than the first of the cells below it, as the title of a table does."""
        beside = self._pieces[number + 1] if number + 1 < len(self._pieces) else None
        return beside is not None and before.right > beside.left and _is_beside(self._pieces[number], beside)

    @cached_property
    def _broken(self) -> set[int]:
        """The pieces that go on with an ID that takes more than two lines of a narrow cell."""
        texts = [piece.text for piece in self._pieces]
        found: set[int] = set()
        for start in [at for at, text in enumerate(texts) if _ID_BEGUN.fullmatch(text)]:
            for lines in _ID_LINES:
                parts = texts[start : start + lines]
                # The last line is the shortest; numbers below each other are as long as each other.
                lengths = list(map(len, parts))
                if _ID.fullmatch("".join(parts)) and len(set(lengths[:-1])) == 1 and lengths[-1] < lengths[0]:
                    found.update(range(start + 1, start + lines))
        return found

    def _is_wrapped(self, before: Piece, piece: Piece, run: _Run) -> bool:
        """Whether the line above is as long as it can be, as far as places tell."""
        size = before.size
        if before.base - piece.base > run.pitch * _LOOSER:
            return False
        if piece.left <= run.edge + _INDENT * size and (
            before.right >= run.wall - size or before.right >= run.wall - _needed(piece.text) * size
        ):
            return True
        # A heading of two lines is set in the middle.
        centred = abs(before.left + before.right - piece.left - piece.right) < size
        return centred and size > self._size * _HEADING and goes_on(before.text, piece.text)

    def _wrap(self, before: Piece, piece: Piece, run: _Run) -> str | None:
        width = (run.wall - run.edge) / before.size
        first = _FIRST_NUMBER.match(piece.text)
        last = _LAST_NUMBER.search(before.text) if first else None
        if first and last:
            listed = _LISTED.match(piece.text) or _LEADERS.search(before.text)
            return _number(last[0], first[0], wide=width >= _COLUMN and not listed)
        if _DAY.fullmatch(piece.text):
            return None  # below the name of an office
        if width < _COLUMN and not self._is_in_row(before):
            return None  # a list of names
        if _WORD_START.match(piece.text) and _WORD_END.match(before.text[-1:]):
            return "" if before.hyphen else " "
        if before.blank and not _both_han(before, piece):
            return " "
        if width < _WIDE and not run.indents and before.text.endswith(_END):
            return None
        return "" if width >= _WIDE or goes_on(before.text, piece.text) or not _both_han(before, piece) else None

    def _is_in_row(self, piece: Piece) -> bool:
        """Whether something else stands at the same height."""
        around = piece.size / 2
        heights = self._heights
        return bisect_right(heights, piece.middle + around) - bisect_left(heights, piece.middle - around) > 1


def _number(last: str, first: str, *, wide: bool) -> str | None:
    """Between two numbers, of which the second begins a line."""
    if _WHOLE.fullmatch(last) or _WHOLE.fullmatch(first):
        return None
    # Numbers of telephones below each other are as long as each other.
    if _WHOLE.fullmatch(last + first) and (len(last) != len(first) or len(last + first) == _ID_DIGITS):
        return ""
    return "" if wide else None


def _both_han(before: Piece, piece: Piece) -> bool:
    return "\u3400" <= before.text[-1:] <= "\u9fff" and "\u3400" <= piece.text[:1] <= "\u9fff"


def _needed(text: str) -> float:
    """The room that the beginning of a line would have taken on the line above, in sizes of the type."""
    found = _TOGETHER.match(text[:60])
    head = found[0] if found else ""
    wide = (len(head.encode("utf-8", "replace")) - len(head)) // 2
    return wide + 0.6 * (len(head) - wide) + _RAGGED


def _right(piece: Piece) -> float:
    """How far a line reaches; a mark at its end may hang out."""
    return piece.right - piece.size if piece.text[-1:] in _HANGING else piece.right


def _is_beside(before: Piece, piece: Piece) -> bool:
    """Whether both stand on one line, the second to the right."""
    if piece.left < before.right - _CELLS_TOUCH * before.size:
        return False
    return abs(before.base - piece.base) < _LEVEL * max(before.size, piece.size)


def _is_same_size(one: Piece, other: Piece) -> bool:
    return one.size >= _SAME_SIZE * other.size and other.size >= _SAME_SIZE * one.size


def _is_below(before: Piece, piece: Piece) -> bool:
    drop = before.base - piece.base
    if not 0.5 * before.size < drop <= _FARTHEST * before.size or not _is_same_size(before, piece):
        return False
    shared = min(before.right, piece.right) - max(before.left, piece.left)
    return shared > 0.5 * min(before.right - before.left, piece.right - piece.left)


def _runs(pieces: Sequence[Piece]) -> list[_Run]:
    """Of each piece the run that it belongs to."""
    runs: list[_Run] = []
    start = 0
    for number in range(1, len(pieces) + 1):
        if number == len(pieces) or not _is_below(pieces[number - 1], pieces[number]):
            run = _run(pieces[start:number])
            runs += [run] * (number - start)
            start = number
    return runs


def _run(lines: Sequence[Piece]) -> _Run:
    first = lines[0]
    if len(lines) == 1:
        return _Run(first.left, _right(first), 0.0, indents=False)
    lefts = [line.left for line in lines]
    bases = [line.base for line in lines]
    edge, room = min(lefts), _INDENT * first.size
    pitch = min(above - below for above, below in pairwise(bases))
    indents = any(room < left - edge < 2 * room for left in lefts)
    return _Run(edge, max(map(_right, lines)), pitch, indents)
