"""Puts the text of a page of an OFD file into lines and paragraphs, by where its pieces stand on the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise, repeat
from typing import NamedTuple
from xml.etree.ElementTree import Element

_Matrix = tuple[float, float, float, float, float, float]
_STILL: _Matrix = (1, 0, 0, 1, 0, 0)
_SIZE = 3.5  # mm, of text that does not say how large it is; about that of print in documents
_DEEPEST = 8  # units inside each other
_MOST = 100_000  # steps of one piece of text
_FARTHEST = 1e9  # mm; what is farther, or no number, is no place
_USUAL = 200  # characters of a line, and of what says where they stand
# In sizes of the text: what is so far apart is of one line, is parted by a blank, begins a paragraph, is of the next.
_LEVEL, _APART, _INDENT, _BELOW = 0.5, 1.0, 1.2, 3.0
# A line is full that ends so near the margin, and is no name in a list of names.
_FULL, _SHORT = 1.6, 12
_WIDE = 3.0  # a step within one piece that is a blank
_new = tuple.__new__  # half of the time that Piece(…) takes
_NUMBER = re.compile(
    r"[—\-–－·\s]*+(?:第\s*+)?\d{1,5}(?:\s*+页)?(?:\s*+[/／,，共]++\s*+\d{1,5}(?:\s*+页)?)?[—\-–－·\s]*+"
)


class Piece(NamedTuple):
    """Text that stands together. left, top: where it begins on the page, in mm; upright: it runs downwards."""

    text: str
    left: float
    top: float
    right: float
    size: float
    upright: bool = False


class Line(NamedTuple):
    """A line. size: of its text, in mm. full: it reaches to the right margin; flush: it begins at the left one.

    continues: it goes on from the line before. number: it only tells the number of the page.
    """

    text: str
    size: float
    full: bool
    flush: bool
    continues: bool = False
    number: bool = False

    def goes_on_in(self, other: Line) -> bool:
        """Whether another is the next of the same paragraph, where nothing stands between them."""
        return self.full and other.flush and abs(self.size - other.size) < other.size / 10


class _Steps(NamedTuple):
    """The steps between the characters of a piece, the longest of them, and all together."""

    each: Sequence[float] = ()
    longest: float = 0.0
    length: float = 0.0


_NO_STEPS = _Steps()


class Shown(NamedTuple):
    """What a page shows. pictures: the ids of their resources; shapes: it has drawings; hidden: pieces nobody sees."""

    pieces: list[Piece]
    pictures: list[str]
    shapes: int
    hidden: int


@lru_cache(maxsize=256)  # a document has a dozen
def named(tag: str) -> str:
    """The name of an element by its tag, whatever that is prefixed with."""
    return tag.rpartition("}")[2]


def local(element: Element) -> str:
    """The same of the element."""
    return named(element.tag)


def shown(roots: Iterable[Element], units: Mapping[str, Element]) -> Shown:
    """What stands on a page. units: by their ids, what stands on many pages."""
    found = Shown([], [], 0, 0)
    shapes = hidden = 0
    waiting: list[tuple[Element, float, float, int, bool]] = [(root, 0.0, 0.0, 0, True) for root in roots][::-1]
    while waiting:
        element, left, top, depth, seen = waiting.pop()
        name = named(element.tag)
        if seen and (visible := element.get("Visible")) is not None:
            seen = visible.lower() not in ("false", "0")
        if name == "TextObject":
            pieces = _pieces(element, left, top)
            found.pieces.extend(pieces)
            hidden += 0 if seen else len(pieces)
        elif name == "ImageObject":
            found.pictures.append(element.get("ResourceID", ""))
        elif name == "PathObject":
            shapes += 1
        elif name == "CompositeObject":
            unit = units.get(element.get("ResourceID", ""))
            if unit is not None and depth < _DEEPEST:
                box = _numbers(element.get("Boundary"))
                more = (box[0], box[1]) if len(box) >= 2 else (0.0, 0.0)
                waiting += [(one, left + more[0], top + more[1], depth + 1, seen) for one in reversed(unit)]
        else:
            waiting += [(one, left, top, depth, seen) for one in reversed(element)]
    return found._replace(shapes=shapes, hidden=hidden)


def _pieces(element: Element, left: float, top: float) -> list[Piece]:
    """The pieces of a text object [GB/T 33190 11.3]: each begins where it says, or where the one before did."""
    found: list[Piece] = []
    box = _numbers(element.get("Boundary"))
    if len(box) >= 2:
        left, top = left + box[0], top + box[1]
    matrix = _matrix(element.get("CTM"))
    size = _first(element.get("Size")) or _SIZE
    x = y = 0.0
    for code in element:
        if named(code.tag) != "TextCode":
            continue
        x = x if (here := _first(code.get("X"))) is None else here
        y = y if (here := _first(code.get("Y"))) is None else here
        written = "".join(code.itertext()) if len(code) else code.text or ""
        if not written or written.isspace():
            continue
        steps = _steps(code.get("DeltaX"), len(written))
        down = code.get("DeltaY") is not None and not any(steps.each)
        text = _spaced(written, steps, size)
        width = size if down and size else _width(written, steps, size)
        if matrix is _STILL:
            start = left + x
            found.append(_new(Piece, (text, start, top + y, start + width, size, down)))
            continue
        a, b, c, d, e, f = matrix
        scale = (c**2 + d**2) ** 0.5 or 1.0
        start, end = left + a * x + c * y + e, left + a * (x + width) + c * y + e
        turned = down or abs(b) > abs(a)
        found.append(Piece(text, start, top + b * x + d * y + f, end, size * scale, turned))
    return found


def _spaced(written: str, steps: _Steps, size: float) -> str:
    """The text, with a blank where the next character stands far away, as in another cell of a table."""
    wide = _WIDE * size
    if steps.longest <= wide:
        return " ".join(written.split()) if "\n" in written else written
    parted = (f"{one} " if step > wide else one for one, step in zip(written, steps.each, strict=False))
    return "".join(parted) + written[len(steps.each) :]


def _width(written: str, steps: _Steps, size: float) -> float:
    rest = written[len(steps.each) :]
    if len(rest) == 1:  # as nearly always: there are as many steps as characters that another follows
        return steps.length + (size if rest > "\u2e80" else size / 2)
    return steps.length + sum(size if one > "\u2e80" else size / 2 for one in rest)


def _steps(value: str | None, most: int) -> _Steps:
    """The steps between characters; `g 3 2.5` stands for `2.5 2.5 2.5`."""
    if not value:
        return _NO_STEPS
    return _usual_steps(value, most) if max(most, len(value)) <= _USUAL else _read_steps(value, most)


def _read_steps(value: str, most: int) -> _Steps:
    found: list[float] = []
    words = iter(value.split())
    for word in words:
        try:
            if word == "g":
                count, step = int(next(words, "0")), _number(next(words, "0"))
                found += repeat(step, max(0, min(count, most, _MOST)))
            else:
                found.append(_number(word))
        except ValueError:
            continue
        if len(found) >= most:
            break
    found = found[: max(most - 1, 0)]
    return _Steps(found, max(found, default=0.0), sum(found))


_usual_steps = lru_cache(maxsize=256)(_read_steps)  # most lines of a page are alike


def _first(value: str | None) -> float | None:
    if not value:
        return None
    return _usual_first(value) if len(value) <= _USUAL else _read_first(value)


def _read_first(value: str) -> float | None:
    return next(iter(_numbers(value)), None)


_usual_first = lru_cache(maxsize=256)(_read_first)  # sizes, and where lines begin


def _numbers(value: str | None) -> list[float]:
    try:
        found = list(map(float, (value or "").split()))
    except ValueError:
        return []
    near = sum(map(abs, found)) <= _FARTHEST  # not so where one is no number
    return found if near or all(abs(one) <= _FARTHEST for one in found) else []


def _number(word: str) -> float:
    """The number, or ValueError: of inf and nan too, which `float` reads."""
    number = float(word)
    if not abs(number) <= _FARTHEST:
        raise ValueError(word)
    return number


def _matrix(value: str | None) -> _Matrix:
    if value is None:
        return _STILL
    numbers = _numbers(value)
    return (*numbers[:6],) if len(numbers) >= 6 else _STILL  # type: ignore[return-value]


def lines(pieces: Iterable[Piece]) -> list[Line]:
    """The lines from the top down, the pieces of each from left to right."""
    rows: list[list[Piece]] = []
    # What is to look bold is written twice by some programs, hardly beside itself.
    once = {(one.text, round(one.left), round(one.top)): one for one in pieces}
    # Columns that run downwards follow each other from the right.
    row: list[Piece] = []
    for piece in sorted(once.values(), key=lambda one: (one.top, -one.left if one.upright else one.left)):
        if row and not piece.upright and not row[0].upright and _is_level(row[0], piece):
            row.append(piece)
        else:
            row = [piece]
            rows.append(row)
    for row in rows:
        if len(row) > 1:
            row.sort(key=lambda one: one.left)
    left = min((row[0].left for row in rows), default=0.0)
    right = max((one.right for one in once.values()), default=0.0)
    found: list[Line] = []
    above = 0.0
    for row in rows:
        _, start, top, _, size, upright = row[0]
        end = row[-1].right
        level = not upright and not _is_parted(row)
        full = level and end >= right - _FULL * size and end - start >= _SHORT * size
        line = Line(_joined(row), size, full, level and start <= left + _INDENT * size)
        if row is rows[-1] and _NUMBER.fullmatch(line.text):
            line = line._replace(number=True)
        elif found and top - above <= _BELOW * size and found[-1].goes_on_in(line):
            line = Line(*line[:4], continues=True)
        found.append(line)
        above = top
    return found


def _is_level(one: Piece, other: Piece) -> bool:
    return abs(one.top - other.top) <= _LEVEL * max(one.size, other.size)


def _is_parted(row: list[Piece]) -> bool:
    """Whether it is a row of a table, or lines of columns beside each other: cells go on in no other row."""
    return len(row) > 1 and any(_is_apart(one, other) for one, other in pairwise(row))


def _is_apart(one: Piece, other: Piece) -> bool:
    return other.left - one.right > _APART * other.size


def _joined(row: list[Piece]) -> str:
    if len(row) == 1:
        return row[0].text.strip()
    texts: list[str] = []
    for number, piece in enumerate(row):
        if number and _is_apart(row[number - 1], piece):
            texts.append(" ")
        texts.append(piece.text)
    return "".join(texts).strip()
