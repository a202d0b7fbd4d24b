"""The order in which a person reads the lines of a picture: rows, columns, vertical text from right to left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

# A line is taken for lower than its box by this share, above and below: boxes have a margin around the letters.
_MARGIN = 0.15
# Side by side with so many lines each, that fill so much of their side, are two columns of text; else a table.
_COLUMN_LINES = 3
_COLUMN_FILLED = 0.7
_GUTTER = 0.8  # the least space between them, in heights of a line
_COLUMN_LENGTH = 8.0  # in heights of a line: about as many characters
# How many times as high as wide the highest of vertical lines is.
_COLUMN_SLENDER = 2.5
# Cuts within cuts; pages have three or four.
_DEEPEST = 12


class Box(NamedTuple):
    """Around a line, upright. number: its place in what was given."""

    left: float
    top: float
    right: float
    bottom: float
    number: int = 0

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def vertical(self) -> bool:
        """It holds a line from top to bottom, of two characters or more."""
        return self.height >= 1.5 * self.width

    def turned(self, degrees: int) -> Box:
        """Where it is once the picture is turned to the left by 90, 180 or 270 degrees."""
        left, top, right, bottom, number = self
        if degrees == 90:
            return Box(top, -right, bottom, -left, number)
        if degrees == 180:
            return Box(-right, -bottom, -left, -top, number)
        return Box(-bottom, left, -top, right, number)

    @property
    def flat(self) -> bool:
        """It holds a line from left to right, of two characters or more."""
        return self.width >= 1.5 * self.height


def in_order(boxes: Sequence[Box], depth: int = 0) -> list[Box]:
    """The boxes as a person reads them."""
    if len(boxes) < 2:
        return list(boxes)
    if depth < _DEEPEST:
        for parts in (_columns_of_text(boxes), _bands(boxes), _stripes(boxes)):
            if len(parts) > 1:
                return [box for part in parts for box in in_order(part, depth + 1)]
    if not _is_vertical(boxes):
        return _by_rows(boxes)
    # As rows, after a quarter turn.
    rows = [box._replace(number=place).turned(90) for place, box in enumerate(boxes)]
    return [boxes[row.number] for row in _by_rows(rows)]


def _is_vertical(boxes: Sequence[Box]) -> bool:
    """Whether most of it is vertical text. A single narrow digit is as high as that, but no column."""
    area = sum(box.width * box.height for box in boxes)
    upright = [box for box in boxes if box.vertical]
    return (
        sum(box.width * box.height for box in upright) * 2 > area
        and max(box.height / box.width for box in upright) >= _COLUMN_SLENDER
    )


def _columns_of_text(boxes: Sequence[Box]) -> list[list[Box]]:
    """Left and right of a gap from top to bottom, where both sides are running text; one part where there is none."""
    if len(boxes) < 2 * _COLUMN_LINES or any(box.vertical for box in boxes):
        return [list(boxes)]
    gap = median(box.height for box in boxes) * _GUTTER / 2
    parts = _parts(boxes, lambda box: (box.left - gap, box.right + gap), 0.0)
    return parts if len(parts) > 1 and all(map(_is_running_text, parts)) else [list(boxes)]


def _is_running_text(boxes: Sequence[Box]) -> bool:
    width = max(box.right for box in boxes) - min(box.left for box in boxes)
    filling = [box for box in boxes if box.width >= _COLUMN_FILLED * width]
    height = median(box.height for box in boxes)
    return len(filling) >= max(_COLUMN_LINES, len(boxes) / 2) and width >= _COLUMN_LENGTH * height


def _bands(boxes: Sequence[Box]) -> list[list[Box]]:
    """Cut where nothing stands from the left to the right, but not through columns."""
    bands: list[list[Box]] = []
    for part in _parts(boxes, lambda box: (box.top, box.bottom), _MARGIN):
        if bands and not any(box.flat for box in (*bands[-1], *part)) and _is_vertical([*bands[-1], *part]):
            bands[-1] += part
        else:
            bands.append(part)
    return _with_columns_whole(bands)


def _with_columns_whole(bands: Sequence[list[Box]]) -> list[list[Box]]:
    """The bands, those between which a gap goes through that parts columns of text as one."""
    joined: list[list[Box]] = []
    start = 0
    while start < len(bands):
        end, covered = start, list[tuple[float, float]]()
        while end < len(bands) and len(wider := _covered(covered, bands[end])) > 1:
            covered = wider
            end += 1
        run = [box for band in bands[start:end] for box in band]
        if end - start > 1 and len(_columns_of_text(run)) > 1:
            joined.append(run)
        else:
            end = max(end, start + 1)
            joined += bands[start:end]
        start = end
    return joined


def _covered(covered: Sequence[tuple[float, float]], band: Sequence[Box]) -> list[tuple[float, float]]:
    """What boxes cover from left to right, with those of another band."""
    spans: list[tuple[float, float]] = []
    for left, right in sorted([*covered, *((box.left, box.right) for box in band)]):
        if spans and left <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(right, spans[-1][1]))
        else:
            spans.append((left, right))
    return spans


def _stripes(boxes: Sequence[Box]) -> list[list[Box]]:
    """Cut where nothing stands from top to bottom: vertical lines are read from the right."""
    vertical = _is_vertical(boxes)
    parts = _parts(boxes, lambda box: (box.left, box.right), _MARGIN if vertical else 0.0)
    return parts[::-1] if vertical else parts


def _parts(boxes: Sequence[Box], ends: Callable[[Box], tuple[float, float]], margin: float) -> list[list[Box]]:
    """The boxes in groups that do not overlap along one direction, from the lower end."""
    parts: list[list[Box]] = []
    reached = float("-inf")
    for box in sorted(boxes, key=ends):
        low, high = ends(box)
        spare = margin * min(box.width, box.height)
        if low + spare >= reached - spare:
            parts.append([])
        parts[-1].append(box)
        reached = max(reached, high)
    return parts


def _by_rows(boxes: Sequence[Box]) -> list[Box]:
    """Lines that slant, or cells of different heights: a row ends where the next begins below its middle."""
    rows: list[list[Box]] = []
    for box in sorted(boxes, key=lambda box: box.top + box.bottom):
        middle = (box.top + box.bottom) / 2
        if not rows or middle > max(rows[-1][-1].bottom, rows[-1][0].bottom) - rows[-1][0].height * 0.3:
            rows.append([])
        rows[-1].append(box)
    return [box for row in rows for box in sorted(row, key=lambda box: box.left)]


def continuing(boxes: Sequence[Box], texts: Sequence[str]) -> list[bool]:
    """For each line whether it surely goes on in the middle of a paragraph from the one before it in the list."""
    going = [False] * len(boxes)
    for number, (after, box) in enumerate(pairwise(boxes), start=1):
        if _is_next_line(box, after) and _is_broken_off(texts[number - 1]):
            # A paragraph, not a list: its first line is indented, or the lines around end where it ends.
            indented = after.left - box.left >= 1.2 * after.height
            around = [one for one in boxes[max(number - 4, 0) : number + 4] if one is not after]
            ends = [one for one in around if abs(one.right - after.right) <= 0.8 * after.height]
            beyond = [one for one in around if one.left < after.right < one.right - after.height]
            going[number] = bool(texts[number]) and (indented or bool(ends)) and not beyond
    return going


def _is_next_line(box: Box, after: Box) -> bool:
    height = after.height
    return (
        not (box.vertical or after.vertical)
        and abs(box.height - height) <= 0.2 * height
        and -0.6 * height <= after.left - box.left <= 2.8 * height  # a paragraph begins two characters further right
        and -0.4 * height <= box.top - after.bottom <= 1.2 * height
        and after.width >= 10 * height
    )


def _is_broken_off(text: str) -> bool:
    return len(text) >= 12 and text[-1] not in "。！？；：…"
