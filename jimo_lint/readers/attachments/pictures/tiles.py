"""Finds the lines of a picture of any size: through windows that overlap, each line once."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from jimo_lint.readers.attachments.pictures import ocr
from jimo_lint.readers.attachments.pictures.ocr import Quad
from jimo_lint.readers.attachments.pictures.pixels import Surface

# A picture is looked at through windows of this size, and once more through larger ones for what is larger than the
# overlap, as titles and vertical lines are. Half the size is enough for letters of 12 px, a sixth for those of 60.
_WINDOW = 2 * ocr.DETECTION_SIDE
_LARGE_WINDOW = 6 * ocr.DETECTION_SIDE
_OVERLAP = 0.1
_EDGE = 8  # pixels from the edge of a window at which a line may go on beyond it
# A line of which so much lies within lines already taken is one of them.
_SHARE = 0.4
_ROWS = 256  # pixels; boxes are looked for among those of the same rows


class Rectangle(NamedTuple):
    """Around a line."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def area(self) -> float:
        return max(self.right - self.left, 0) * max(self.bottom - self.top, 0)

    def common(self, other: Rectangle) -> float:
        """The area that both cover."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return width * height if width > 0 and height > 0 else 0.0


def around(quad: Quad) -> Rectangle:
    """The upright rectangle around four corners."""
    across, down = [x for x, _ in quad], [y for _, y in quad]
    return Rectangle(min(across), min(down), max(across), max(down))


def find(surface: Surface, end: float) -> tuple[list[Quad], bool]:
    """The corners of all lines, in no order, and whether the whole picture was looked at before `end`."""
    found: list[tuple[tuple[bool, bool], Quad]] = []
    sizes = [_WINDOW] if max(surface.width, surface.height) <= _WINDOW else [_WINDOW, _LARGE_WINDOW]
    for size in sizes:
        for left, right in _windows(surface.width, size):
            for top, bottom in _windows(surface.height, size):
                if time.monotonic() > end:
                    return _once(found), False
                inner = Rectangle(
                    left + _EDGE if left else -1,
                    top + _EDGE if top else -1,
                    right - _EDGE if right < surface.width else right + 1,
                    bottom - _EDGE if bottom < surface.height else bottom + 1,
                )
                reduction = size // _WINDOW  # what the engine makes of a picture takes three times as much again
                for quad in ocr.find_lines(surface.part((left, top, right, bottom), reduction)):
                    moved = tuple((x * reduction + left, y * reduction + top) for x, y in quad)
                    box = around(moved)
                    cut = box.common(inner) < box.area
                    found.append(((cut, size != _WINDOW), moved))
    return _once(found), True


def _windows(length: int, size: int) -> Iterator[tuple[int, int]]:
    """Where windows begin and end along one side."""
    if length <= size:
        yield 0, length
        return
    overlap = round(size * _OVERLAP)
    number = -(-(length - overlap) // (size - overlap))
    for index in range(number):
        start = (length - size) * index // (number - 1)
        yield start, start + size


def _once(found: Iterable[tuple[tuple[bool, bool], Quad]]) -> list[Quad]:
    """Each line once: whole ones before those that a window cuts, those seen close before the others."""
    taken: list[Quad] = []
    rows: defaultdict[int, list[Rectangle]] = defaultdict(list)
    for _, quad in sorted(found, key=lambda one: one[0]):
        box = around(quad)
        touched = range(int(box.top) // _ROWS, int(box.bottom) // _ROWS + 1)
        near = {other for row in touched for other in rows[row]}
        if sum(box.common(other) for other in near) <= _SHARE * box.area:
            taken.append(quad)
            for row in touched:
                rows[row].append(box)
    return taken
