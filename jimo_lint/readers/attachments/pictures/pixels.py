"""Pictures as they come: decoded within bounds, the right way up, and any part of them as plain red, green and blue."""

from __future__ import annotations

import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

# Pixels of a picture that are decoded, 120 MB in most; 20,000 x 20,000 are ten times as many.
MOST_PIXELS = 40_000_000
# Decoded at a fraction of their size; what is progressive is held whole all the same, so these have a bound, too.
_MOST_REDUCED = 600_000_000

# What Pillow raises for content that is broken.
FAULTS = (OSError, ValueError, SyntaxError, EOFError, LookupError, TypeError, ArithmeticError, struct.error, zlib.error)

_LIGHT = 215  # of 255, on average: letters that are to stand on something dark
_DARK = (64, 64, 64)
_WHITE = (255, 255, 255)


class TooLargeError(Exception):
    """A picture of more pixels than are decoded."""


@contextmanager
def quietly() -> Iterator[None]:
    """A context in which Pillow does not say on the error output what it thinks of a file."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def bound(image: Image) -> None:
    """See to it, before it is decoded, that a picture can be. TooLargeError where it has too many pixels."""
    pixels = image.width * image.height
    plain_jpeg = image.format == "JPEG" and not image.info.get("progressive")
    if MOST_PIXELS < pixels <= _MOST_REDUCED and plain_jpeg:
        image.draft(None, (image.width // 4, image.height // 4))
        pixels = image.width * image.height
    if pixels > MOST_PIXELS:
        raise TooLargeError


def upright(image: Image) -> Image:
    """A picture, decoded, as its maker held the camera. FAULTS, TooLargeError."""
    from PIL import ImageOps

    bound(image)
    image.load()
    ImageOps.exif_transpose(image, in_place=True)
    return image


class Surface:
    """A decoded picture, of whichever mode, as a person sees it."""

    def __init__(self, image: Image) -> None:
        if image.mode == "P" and "transparency" in image.info:
            image = image.convert("RGBA")
        if image.mode.startswith(("I", "F")):
            image = _grey(image)
        self.width, self.height = image.size
        self._image = image
        self._ground = _WHITE
        if image.mode in ("LA", "PA", "La", "RGBA", "RGBa"):
            self._ground = _DARK if _is_light(image) else _WHITE

    def part(self, box: tuple[int, int, int, int], reduction: int = 1) -> Image:
        """What lies within left, top, right, lower edge, in RGB, so many times smaller."""
        import PIL.Image

        if self._image.mode == "RGB":  # as most: no copy of what may be a hundred megabytes
            return self._image.reduce(reduction, box) if reduction > 1 else self._image.crop(box)
        part = self._image.crop(box)
        if part.mode in ("LA", "PA", "La", "RGBA", "RGBa"):
            part = part.convert("RGBA")
            ground = PIL.Image.new("RGBA", part.size, self._ground)
            part = PIL.Image.alpha_composite(ground, part)
        part = part.convert("RGB")
        return part.reduce(reduction) if reduction > 1 else part


def _grey(image: Image) -> Image:
    """A picture of more than 8 bits, from black to white."""
    image = image.convert("F")
    lowest, highest = image.getextrema()
    assert isinstance(lowest, float) and isinstance(highest, float)
    scale = 255 / max(highest - lowest, 1e-9)
    return image.point(lambda value: value * scale - lowest * scale).convert("L")


def _is_light(image: Image) -> bool:
    """Whether what is not transparent is so light that it would not be seen on white."""
    import PIL.Image

    size = (min(image.width, 256), min(image.height, 256))
    image = image.resize(size, PIL.Image.Resampling.BOX).convert("RGBA")
    weights = image.getchannel("A")
    if weights.getextrema() == (255, 255):
        return False
    seen = weights.point(lambda value: 255 * (value > 40))  # thin letters are half transparent at this size
    lights = image.convert("L").histogram(seen)
    total = sum(lights)
    return bool(total) and sum(light * count for light, count in enumerate(lights)) / total > _LIGHT
