"""Pictures with text that a test draws: letters and digits in Pillow's own font, Han of a few strokes without any.

The machines that tests run on have no Chinese font.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from PIL import Image, ImageDraw, ImageFont

# On a square of 10 by 10 the strokes of characters that are all straight lines: from x, y to x, y.
_STROKES: dict[str, tuple[tuple[float, float, float, float], ...]] = {
    "一": ((0.5, 5, 9.5, 5),),
    "二": ((2, 2.5, 8, 2.5), (0.5, 8, 9.5, 8)),
    "三": ((1.5, 1.5, 8.5, 1.5), (2.2, 5, 7.8, 5), (0.5, 9, 9.5, 9)),
    "十": ((0.5, 4.5, 9.5, 4.5), (5, 0.5, 5, 9.7)),
    "工": ((1.5, 1.5, 8.5, 1.5), (5, 1.5, 5, 8.8), (0.5, 8.8, 9.5, 8.8)),
    "王": ((1, 1.3, 9, 1.3), (1.6, 5, 8.4, 5), (5, 1.3, 5, 9), (0.5, 9, 9.5, 9)),
    "中": ((1.2, 2.2, 8.8, 2.2), (1.2, 6.2, 8.8, 6.2), (1.2, 2.2, 1.2, 7), (8.8, 2.2, 8.8, 7), (5, 0, 5, 10)),
    "日": ((2, 0.8, 8, 0.8), (2, 5, 8, 5), (2, 9, 8, 9), (2, 0.8, 2, 9.8), (8, 0.8, 8, 9.8)),
    "田": ((1, 1, 9, 1), (1, 5, 9, 5), (1, 9, 9, 9), (1, 1, 1, 9.8), (9, 1, 9, 9.8), (5, 1, 5, 9)),
    "口": ((1.5, 1.5, 8.5, 1.5), (1.5, 8, 8.5, 8), (1.5, 1.5, 1.5, 9), (8.5, 1.5, 8.5, 9)),
    "上": ((4.6, 0.5, 4.6, 9), (4.6, 4.2, 8.6, 4.2), (0.5, 9, 9.5, 9)),
    "土": ((1.6, 3.8, 8.4, 3.8), (5, 0.5, 5, 9), (0.5, 9, 9.5, 9)),
}


def canvas(size: tuple[int, int], ground: str = "white") -> Image.Image:
    """An empty picture."""
    return Image.new("RGB", size, ground)


def write(image: Image.Image, text: str, at: tuple[float, float], size: int = 28, ink: Any = "black") -> Image.Image:
    """Text from left to right, its upper left corner at a place."""
    ImageDraw.Draw(image).text(at, text, font=ImageFont.load_default(size), fill=ink)
    return image


def write_han(
    image: Image.Image, text: str, at: tuple[float, float], size: int = 40, ink: str = "black", *, down: bool = False
) -> Image.Image:
    """Han from left to right or from top to bottom."""
    draw = ImageDraw.Draw(image)
    for number, character in enumerate(text):
        left, top = at[0] + (0 if down else number * size * 1.1), at[1] + (number * size * 1.1 if down else 0)
        for stroke in _STROKES[character]:
            ends = [(left if index % 2 == 0 else top) + value * size / 10 for index, value in enumerate(stroke)]
            draw.line(ends, fill=ink, width=max(size // 12, 1))
    return image


def lines(
    texts: Sequence[str], size: int = 28, width: int = 700, ground: str = "white", ink: str = "black"
) -> Image.Image:
    """Lines from the top."""
    image = canvas((width, round((len(texts) + 0.5) * size * 2)), ground)
    for number, text in enumerate(texts):
        write(image, text, (30, (number + 0.5) * size * 2), size, ink)
    return image


def packed(image: Image.Image, form: str = "PNG", **options: Any) -> bytes:
    """The picture as a file."""
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()
