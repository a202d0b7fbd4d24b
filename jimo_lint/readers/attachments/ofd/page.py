"""Puts the text of a page of an OFD file into lines and paragraphs, by where its pieces stand on the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, pairwise, repeat
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


class Shown(NamedTuple):
    """What a page shows. pictures: the ids of their resources; shapes: it has drawings; hidden: pieces nobody sees."""

    pieces: list[Piece]
    pictures: list[str]
    shapes: int
    hidden: int


def local(element: Element) -> str:
    """The name of an element, whatever it is prefixed with."""
    return _local(element.tag) if isinstance(element.tag, str) else ""


@lru_cache(maxsize=256)  # a document has a dozen
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def shown(roots: Iterable[Element], units: Mapping[str, Element]) -> Shown:
    """What stands on a page. units: by their ids, what stands on many pages."""
    found = Shown([], [], 0, 0)
    shapes = hidden = 0
    waiting: list[tuple[Element, float, float, int, bool]] = [(root, 0.0, 0.0, 0, True) for root in roots][::-1]
    while waiting:
        element, left, top, depth, seen = waiting.pop()
        name = local(element)
        if seen and (visible := element.get("Visible")) is not None:
            seen = visible.lower() not in ("false", "0")
        if name == "TextObject":
            pieces = list(_pieces(element, left, top))
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


def _pieces(element: Element, left: float, top: float) -> Iterator[Piece]:
    """The pieces of a text object [GB/T 33190 11.3]: each begins where it says, or where the one before did."""
    box = _numbers(element.get("Boundary"))
    left, top = (left + box[0], top + box[1]) if len(box) >= 2 else (left, top)
    matrix = _matrix(element.get("CTM"))
    size = _first(element.get("Size")) or _SIZE
    scale = 1.0 if matrix is _STILL else (matrix[2] ** 2 + matrix[3] ** 2) ** 0.5 or 1.0
    x = y = 0.0
    for code in element:
        if local(code) != "TextCode":
            continue
        x = x if (here := _first(code.get("X"))) is None else here
        y = y if (here := _first(code.get("Y"))) is None else here
        written = "".join(code.itertext()) if len(code) else code.text or ""
        if not written.strip():
            continue
        steps = _steps(code.get("DeltaX"), len(written))
        down = "DeltaY" in code.attrib and not any(steps)
        text = _spaced(written, steps, size)
        width = size * (1 if down else 0) or _width(written, steps, size)
        if matrix is _STILL:
            yield Piece(text, left + x, top + y, left + x + width, size, down)
            continue
        a, b, c, d, e, f = matrix
        yield Piece(
            text,
            left + a * x + c * y + e,
            top + b * x + d * y + f,
            left + a * (x + width) + c * y + e,
            size * scale,
            down or abs(b) > abs(a),
        )


def _spaced(written: str, steps: Sequence[float], size: float) -> str:
    """The text, with a blank where the next character stands far away, as in another cell of a table."""
    if max(steps, default=0.0) <= _WIDE * size:
        return " ".join(written.split()) if "\n" in written else written
    parted = (f"{one} " if step > _WIDE * size else one for one, step in zip(written, steps, strict=False))
    return "".join(parted) + written[len(steps) :]


def _width(written: str, steps: Sequence[float], size: float) -> float:
    known = sum(steps[: len(written) - 1])
    rest = written[len(steps) :]
    return known + sum(size if one > "\u2e80" else size / 2 for one in rest)


def _steps(value: str | None, most: int) -> Sequence[float]:
    """The steps between characters; `g 3 2.5` stands for `2.5 2.5 2.5`."""
    if not value:
        return ()
    return _usual_steps(value, most) if max(most, len(value)) <= _USUAL else _read_steps(value, most)


def _read_steps(value: str, most: int) -> Sequence[float]:
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
    return found[: max(most - 1, 0)]


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
        return list(map(_number, (value or "").split()))
    except ValueError:
        return []


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
    for piece in sorted(once.values(), key=lambda one: (one.top, -one.left if one.upright else one.left)):
        row = rows[-1] if rows else []
        if row and not piece.upright and not row[0].upright and _is_level(row[0], piece):
            row.append(piece)
        else:
            rows.append([piece])
    for row in rows:
        row.sort(key=lambda one: one.left)
    left = min((row[0].left for row in rows), default=0.0)
    right = max((piece.right for piece in chain.from_iterable(rows)), default=0.0)
    found: list[Line] = []
    for number, row in enumerate(rows):
        line = _line(row, left, right)
        if row is rows[-1] and _NUMBER.fullmatch(line.text):
            line = line._replace(number=True)
        elif number and row[0].top - rows[number - 1][0].top <= _BELOW * line.size and found[-1].goes_on_in(line):
            line = line._replace(continues=True)
        found.append(line)
    return found


def _line(row: list[Piece], left: float, right: float) -> Line:
    """A row as a line; left, right: where the lines of the page begin and end."""
    size, start, end = row[0].size, row[0].left, row[-1].right
    level = not row[0].upright and not _is_parted(row)
    full = level and end >= right - _FULL * size and end - start >= _SHORT * size
    return Line(_joined(row), size, full, level and start <= left + _INDENT * size)


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
