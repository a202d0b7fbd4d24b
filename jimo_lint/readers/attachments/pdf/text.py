"""Reads the text of a PDF page as it is: pieces of lines with their places, without the blanks that pdfium makes up."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

# In sizes of the type. A gap so wide parts cells, or columns of one line. Where no blank is written, a narrower one
# does, one narrower still if something else begins at the same place below or above. What word processors leave between
# Han and a digit is a quarter; so wide is a blank that was left out as well.
_CELL = 1.2
_CELL_UNWRITTEN = 0.7
_CELL_IN_PROSE = 2.5
_AUTOSPACE = 0.42
_QUARTER = 0.33
_ALIGNED = 2.0  # points
_LETTERSPACE = 1.6  # a heading set wide
# What fonts without a table of their characters come out as: control characters and private ones.
_ODD = re.compile("[\x00\x01\x03-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff]")
_GARBLED = 0.1  # so many of the characters; a bullet of Wingdings is one among hundreds
# pdfium's signs for a hyphen at the end of a line, and what nobody sees.
_HYPHENS = "\x02\ufffe"
_LINE_ENDS = f" \t\xa0\u3000{_HYPHENS}"
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u2060\ufeff\ufffe]")
_LINE = re.compile(r"[^\r\n]+")
# Blanks, but for the one between Latin words.
_GAP = re.compile(r"[ \t\xa0](?:[ \t\xa0]+|(?![A-Za-z])|(?<![A-Za-z,;][ \t\xa0]))")
_WIDE = "\u2018-\u201d\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60\U00020000-\U000323af"
# Han at a blank, and on its other side Han too or a number or word.
_AT_HAN = re.compile(f"[{_WIDE}][ \t\xa0][{_WIDE}0-9A-Za-z]|[0-9A-Za-z%][ \t\xa0][{_WIDE}]")
# Begins with what is rare: a pattern that begins with a look behind is tried at every character.
_BLANK_AT_HAN = re.compile(
    f"[ \t\xa0](?:(?<=[{_WIDE}][ \t\xa0])(?=[{_WIDE}0-9A-Za-z])|(?<=[0-9A-Za-z%][ \t\xa0])(?=[{_WIDE}]))"
)
_BLANK = re.compile("[ \t\xa0]+")
_SPACED = re.compile(f"[{_WIDE}](?: [{_WIDE}])+")
_SLANTED = 0.2
_FALL = 0.6  # of the height of a character; lines lie farther apart
_PROSE = 15  # characters of a line


class Piece(NamedTuple):
    """Text that stands together on one line of a page: a line, a cell's line.

    left, right: along the line; bottom, top: across, greater above, and base: what its type stands on; in points,
    turned where the line runs down or up the page. size: of its type, about. hyphen: it ends in one that was put there
    because the line is full. line: its number among those of the page.
    """

    text: str
    left: float
    right: float
    bottom: float
    top: float
    base: float
    size: float
    line: int
    blank: bool = False
    hyphen: bool = False
    slanted: bool = False

    @property
    def middle(self) -> float:
        """Half way up."""
        return (self.bottom + self.top) / 2


class PageText(NamedTuple):
    """pieces: in the order of the file. garbled: there are characters, none of them such as could be read.

    bottom, top: of the page, as those of its pieces.
    """

    pieces: tuple[Piece, ...]
    garbled: bool
    bottom: float
    top: float


class _Box(NamedTuple):
    left: float
    bottom: float
    right: float
    top: float


_Turn = Callable[[_Box], _Box]


def direct(function: object, result: type, *arguments: type) -> Callable[..., int]:
    """The native function with plain numbers for handles: half the cost of a call, of which a page takes hundreds."""
    address = ctypes.cast(function, ctypes.c_void_p).value  # type: ignore[arg-type]  # a function of the library
    return ctypes.CFUNCTYPE(result, *arguments)(address)  # type: ignore[arg-type]


_AT = (ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
_BOX = direct(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, *_AT)
_MATRIX = direct(pdfium.FPDFText_GetMatrix, ctypes.c_int, *_AT)
_ORIGIN = direct(
    pdfium.FPDFText_GetCharOrigin, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p
)
_FONT_SIZE: Callable[..., float] = direct(pdfium.FPDFText_GetFontSize, ctypes.c_double, ctypes.c_void_p, ctypes.c_int)
_IS_GENERATED = direct(pdfium.FPDFText_IsGenerated, ctypes.c_int, ctypes.c_void_p, ctypes.c_int)


def page_text(page: pypdfium2.PdfPage, textpage: pypdfium2.PdfTextPage) -> PageText:
    """The text of a page. PdfiumError where it cannot be read."""
    rotation = page.get_rotation()
    box = _TURNS.get(rotation, _level)(_Box(*page.get_bbox()))
    pieces = _Reader(textpage, rotation).read()
    return PageText(pieces or (), pieces is None, box.bottom, box.top)


class _Gap(NamedTuple):
    """Blanks [start, end). written: they are in the file. width: in sizes of the type. begin: where text goes on."""

    start: int
    end: int
    written: bool
    width: float
    begin: int


class _Line(NamedTuple):
    """Characters [start, end) of one line; see `Piece`. first, last: their boxes, turned. prose: rather than cells."""

    start: int
    end: int
    number: int
    turn: _Turn
    first: _Box
    last: _Box
    base: float
    size: float
    prose: bool
    blank: bool
    hyphen: bool
    gaps: list[_Gap]


class _Reader:
    """Of one page. Offsets are those of its text; pdfium counts characters that are left out of it."""

    def __init__(self, textpage: pypdfium2.PdfTextPage, rotation: int) -> None:
        self._textpage = textpage
        self._rotation = rotation
        self._upright = _TURNS.get(rotation, _level)
        self._handle = ctypes.cast(textpage.raw, ctypes.c_void_p).value
        self._rect = pdfium.FS_RECTF()
        self._address = ctypes.addressof(self._rect)
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._at_x, self._at_y = ctypes.addressof(self._x), ctypes.addressof(self._y)
        self._matrix = pdfium.FS_MATRIX()
        self._at_matrix = ctypes.addressof(self._matrix)
        self._begins: Counter[int] = Counter()
        self._types: dict[tuple[_Turn, bool, float], tuple[float, float]] = {}
        self._text: str = textpage.get_text_range()
        self._same = len(self._text) == textpage.count_chars()

    def read(self) -> tuple[Piece, ...] | None:
        """The pieces; None where what comes out are no characters."""
        text = self._text
        if len(text) - len(_ODD.sub("", text)) > max(len(text) * _GARBLED, 2):
            return None
        # What gaps mean shows when all lines are known.
        found = (one.span() for one in _LINE.finditer(text))
        lines = [line for number, span in enumerate(found) for line in self._lines(*span, number)]
        pieces: list[Piece] = []
        for line in lines:
            if isinstance(line, Piece):
                pieces.append(line)
            else:
                pieces.extend(self._pieces(line))
        if _UNSEEN.search(text):
            pieces = [piece._replace(text=_UNSEEN.sub("", piece.text)) for piece in pieces]
        return tuple(pieces)

    def _lines(self, start: int, end: int, number: int) -> Sequence[Piece | _Line]:
        """A line, as a piece where nothing of it can be a cell; none for blanks, several where pdfium joined them."""
        text = self._text[start:end]
        blank = hyphen = False
        if text[-1] in _LINE_ENDS or text[0] in _LINE_ENDS:
            blank = text[-1] == " " and _IS_GENERATED(self._handle, self._index(end - 1)) == 0
            hyphen = text[-1] in _HYPHENS
            begun = text.rstrip().rstrip(_HYPHENS)
            text = begun.lstrip()
            start += len(begun) - len(text)
            end = start + len(text)
            if not text:
                return ()
        first, last = self._box(start), self._box(end - 1)
        blanks = text.count(" ")
        if blanks and _is_elsewhere(first, last, self._upright) and (cuts := list(self._falls(start, end))):
            ends = zip((start, *cuts), (*cuts, end), strict=True)
            return [line for span in ends for line in self._lines(*span, number)]
        turn = _turn(first, last, self._rotation)
        if turn is not _level:
            first, last = turn(first), turn(last)
        size, base = self._type(start, first, turn)
        left, bottom, _, top = first
        _, lower, right, upper = last
        self._begins[int(left / _ALIGNED)] += 1
        # Measuring each gap costs as much as all the rest; a line of prose has room for no more than its characters.
        wide = (len(text.encode("utf-8", "replace")) - len(text)) // 2
        prose = wide >= _PROSE
        full = prose and right - left < size * (wide + 0.6 * (len(text) - wide - blanks) + 0.3 * blanks + 1)
        slanted = abs(lower - bottom) > max(size, _SLANTED * (right - left))
        if full or slanted or not _GAP.search(text):
            written = self._without_made_up(text, start) if blanks else text
            bottom, top = bottom if bottom < lower else lower, top if top > upper else upper
            return (Piece(written, left, right, bottom, top, base, size, number, blank, hyphen, slanted),)
        gaps = list(self._gaps(start, end, turn, size))
        return (_Line(start, end, number, turn, first, last, base, size, prose, blank, hyphen, gaps),)

    def _falls(self, start: int, end: int) -> Iterator[int]:
        """Where text goes on that pdfium put a blank in front of though it begins another line, as it does where that
        begins with a single character: the number of a row. None in text that slants."""
        if not _MATRIX(self._handle, self._index(start), self._at_matrix):
            return
        along, across = self._matrix.a, self._matrix.b
        turn = _level if along > 0 else _upside_down
        if abs(across) > abs(along):
            turn, along, across = _running_up if across > 0 else _running_down, across, along
        if abs(across) > _SLANTED * abs(along):
            return
        for blank in _BLANK.finditer(self._text, start, end):
            before, behind = blank.start() - 1, blank.end()
            if before >= start and behind < end and _is_elsewhere(self._box(before), self._box(behind), turn):
                yield behind

    def _without_made_up(self, text: str, start: int) -> str:
        """A line without the blanks between Han and digits that are not in the file."""
        handle, index = self._handle, self._index

        def written(blank: re.Match[str]) -> str:
            return "" if _IS_GENERATED(handle, index(start + blank.start())) else " "

        return _BLANK_AT_HAN.sub(written, text)

    def _gaps(self, start: int, end: int, turn: _Turn, size: float) -> Iterator[_Gap]:
        """Those that are more than the one blank between Latin words."""
        rect = self._rect
        for blanks in _GAP.finditer(self._text, start, end):
            at, behind = blanks.span()
            index = at if self._same else self._index(at)
            # The boxes of characters, hundreds of times a page: no objects for them where the line is level.
            if turn is _level and self._same:
                _BOX(self._handle, at - 1, self._address)
                right = rect.right
                _BOX(self._handle, behind, self._address)
                left = rect.left
            else:
                right, left = turn(self._box(at - 1)).right, turn(self._box(behind)).left
            width = abs(left - right) / size
            written = behind - at > 1 or (width < _CELL and _IS_GENERATED(self._handle, index) == 0)
            begin = int(left / _ALIGNED)
            if width > _QUARTER:
                self._begins[begin] += 1
            yield _Gap(at, behind, written, width, begin)

    def _pieces(self, line: _Line) -> Iterator[Piece]:
        text = self._text
        spaced = line.end - line.start == 2 * len(line.gaps) + 1 and _is_spaced(text, line)
        begin, first, base = line.start, line.first, line.base
        parts: list[str] = []
        for gap in line.gaps:
            parts.append(text[begin : gap.start])
            begin = gap.end
            if spaced:
                continue
            if self._parts_cells(gap, line):
                yield _piece("".join(parts), first, line.turn(self._box(gap.start - 1)), base, line)
                parts, first = [], line.turn(self._box(gap.end))
                base = self._type(gap.end, first, line.turn)[1]
            elif gap.written or gap.width > _AUTOSPACE or not _AT_HAN.match(text, gap.start - 1):
                parts.append(text[gap.start : gap.end])
        parts.append(text[begin : line.end])
        last = _piece("".join(parts), first, line.last, base, line)
        yield last._replace(blank=line.blank, hyphen=line.hyphen)

    def _parts_cells(self, gap: _Gap, line: _Line) -> bool:
        sure, least = (_CELL, _CELL) if gap.written else (_CELL_UNWRITTEN, _QUARTER)
        if line.prose:  # justified, it may have wide ones
            sure, least = _CELL_IN_PROSE, sure
        if gap.width >= sure or gap.width <= least:
            return gap.width >= sure
        begins = self._begins
        return begins[gap.begin - 1] + begins[gap.begin] + begins[gap.begin + 1] > 1

    def _type(self, at: int, box: _Box, turn: _Turn) -> tuple[float, float]:
        """The size of a character's type, at least a tenth of a point, and what it stands on, of its box as turned.

        Both go with the height of its box: asked for once, since a question costs as much as a line.
        """
        key = (turn, self._text[at].isascii(), int((box.top - box.bottom) * 64))
        known = self._types.get(key)
        if known is None:
            index = self._index(at)
            size, matrix = 10.0, self._matrix
            if _MATRIX(self._handle, index, self._at_matrix):
                size = _FONT_SIZE(self._handle, index) * math.hypot(matrix.c, matrix.d)
            _ORIGIN(self._handle, index, self._at_x, self._at_y)
            x, y = self._x.value, self._y.value
            known = self._types[key] = max(size, 0.1), turn(_Box(x, y, x, y)).bottom - box.bottom
        return known[0], box.bottom + known[1]

    def _box(self, at: int) -> _Box:
        if not _BOX(self._handle, at if self._same else self._index(at), self._address):
            return _Box(0.0, 0.0, 0.0, 0.0)
        rect = self._rect
        return _Box(rect.left, rect.bottom, rect.right, rect.top)

    def _index(self, at: int) -> int:
        return at if self._same else max(pdfium.FPDFText_GetCharIndexFromTextIndex(self._textpage, at), 0)


def _piece(text: str, first: _Box, last: _Box, base: float, line: _Line) -> Piece:
    bottom, top = min(first.bottom, last.bottom), max(first.top, last.top)
    return Piece(text, first.left, last.right, bottom, top, base, line.size, line.number)


def _is_spaced(text: str, line: _Line) -> bool:
    """Whether a few Han characters are set wide, all with the same gap."""
    widths = [gap.width for gap in line.gaps]
    if not widths or max(widths) > _LETTERSPACE or max(widths) - min(widths) > 0.25:
        return False
    return not any(gap.written for gap in line.gaps) and _SPACED.fullmatch(text, line.start, line.end) is not None


def _turn(first: _Box, last: _Box, rotation: int) -> _Turn:
    """What turns boxes so that the line runs from left to right; one of a single character runs as the page does."""
    along = (last.left + last.right) - (first.left + first.right)
    across = (last.bottom + last.top) - (first.bottom + first.top)
    if along == across == 0:
        return _TURNS.get(rotation, _level)
    if abs(across) <= abs(along):
        return _level if along > 0 else _upside_down
    return _running_up if across > 0 else _running_down


def _is_elsewhere(one: _Box, other: _Box, turn: _Turn) -> bool:
    """Whether two characters stand on different lines, which run from left to right once turned."""
    if turn is not _level:
        one, other = turn(one), turn(other)
    return abs(other.bottom - one.bottom) > _FALL * (one.top - one.bottom)


def _level(box: _Box) -> _Box:
    return box


def _running_down(box: _Box) -> _Box:
    return _Box(-box.top, box.left, -box.bottom, box.right)


def _running_up(box: _Box) -> _Box:
    return _Box(box.bottom, -box.right, box.top, -box.left)


def _upside_down(box: _Box) -> _Box:
    return _Box(-box.right, -box.top, -box.left, -box.bottom)


_TURNS = {90: _running_up, 180: _upside_down, 270: _running_down}
