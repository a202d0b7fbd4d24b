"""What a finding shows of a picture: the line, cut out, with personal data painted over."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

    from jimo_lint.readers.attachments.pictures.ocr import Reading

# A cut-out lies in the store and in the workbook beside each finding.
MOST_BYTES = 3 * 1024
_HEIGHTS = (40, 32, 24, 18)
_QUALITY = 35
_WIDEST = 4000
# What may be a number of a person that the engine misread, so that it was not masked: digits and letters that look like
# them. It is painted over in the picture, which would show the right one.
_DOUBTFUL = re.compile(r"(?:[0-9OoQDlI|zZSsBbGg*xX](?: ?)){11,}")
_GREY = 128


def shrunk(strip: Image) -> Image:
    """A line as it is kept until it is known what must not be seen of it."""
    import PIL.Image

    strip = strip.convert("L")
    scale = min(_HEIGHTS[0] / strip.height, _WIDEST / strip.width, 1.0)
    size = (max(round(strip.width * scale), 1), max(round(strip.height * scale), 1))
    return strip if scale == 1.0 else strip.resize(size, PIL.Image.Resampling.LANCZOS)


def cut_out(read: Reading, shown: str) -> bytes:
    """The line as WebP, without what `shown`, its text after masking, hides; b"" where it cannot be made small."""
    import PIL.Image
    from PIL import ImageDraw

    strip = read.strip.copy()
    draw = ImageDraw.Draw(strip)
    for left, right in _hidden(read, shown):
        draw.rectangle((left * strip.width, 0, right * strip.width, strip.height), fill=_GREY)
    for height in _HEIGHTS:
        if height <= strip.height or height == _HEIGHTS[-1]:
            width = max(round(strip.width * min(height / strip.height, 1.0)), 1)
            small = strip.resize((width, min(height, strip.height)), PIL.Image.Resampling.LANCZOS)
            packed = io.BytesIO()
            small.save(packed, "WEBP", quality=_QUALITY, method=2)
            if packed.tell() <= MOST_BYTES:
                return packed.getvalue()
    return b""


def _hidden(read: Reading, shown: str) -> Iterator[tuple[float, float]]:
    """The shares of the line's length that are painted over; all of it where it cannot be told where they are."""
    hidden = {place for place, (one, other) in enumerate(zip(read.text, shown, strict=True)) if one != other}
    for number in _DOUBTFUL.finditer(read.text):
        places = range(*number.span())
        if hidden.isdisjoint(places):
            hidden.update(places)
    if hidden and len(read.columns) != len(read.text):
        yield 0.0, 1.0
        return
    for first, last in _runs(sorted(hidden)):
        yield _ends(read.columns, first, last)


def _runs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    for _, run in groupby(enumerate(places), lambda pair: pair[1] - pair[0]):
        ends = [place for _, place in run]
        yield ends[0], ends[-1]


def _ends(columns: Sequence[float], first: int, last: int) -> tuple[float, float]:
    """From the middle of the character before to the middle of that behind: the engine's places are about right."""
    left = columns[first - 1] if first else 0.0
    right = columns[last + 1] if last + 1 < len(columns) else 1.0
    return left, right
