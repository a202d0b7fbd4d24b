"""Puts small pictures into cells; they need Pillow, which comes with the extra `ocr` that finds text in pictures."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO
from typing import NamedTuple

from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.worksheet.worksheet import Worksheet

# Pictures of a sheet: each is a part of the file, and programs load them all.
MOST = 200
# Pixels that one is shown in at most; points of a row are three quarters of them.
_WIDEST, _HIGHEST = 178, 120
_EDGE = 3
_POINTS, _UNITS = 0.75, 9525  # points, and units of drawings, of a pixel


class Fitted(NamedTuple):
    """A picture for a cell, as PNG. width, height: pixels in which it is shown."""

    png: bytes
    width: int
    height: int

    @property
    def points(self) -> float:
        """The height of a row that shows it whole."""
        return (self.height + 2 * _EDGE) * _POINTS

    def put(self, worksheet: Worksheet, row: int, column: int) -> None:
        """Into the upper left corner of a cell, where it moves with it."""
        image = Image(BytesIO(self.png))
        edge = _EDGE * _UNITS
        corner = AnchorMarker(col=column - 1, colOff=edge, row=row - 1, rowOff=edge)
        size = XDRPositiveSize2D(self.width * _UNITS, self.height * _UNITS)
        image.anchor = OneCellAnchor(_from=corner, ext=size)
        worksheet.add_image(image)


def fit(image: bytes) -> Fitted | None:
    """The picture as spreadsheets have it; None where it is none, or nothing here can read it."""
    try:
        from PIL import Image as Pictures  # of the extra `ocr`
    except ImportError:
        return None
    with suppress(OSError, ValueError, Pictures.DecompressionBombError):
        with Pictures.open(BytesIO(image), formats=["WEBP"]) as picture:
            size = picture.size
            written = BytesIO()
            picture.convert("RGB").save(written, "PNG", optimize=True)
        scale = min(_WIDEST / size[0], _HIGHEST / size[1], 1)
        return Fitted(written.getvalue(), max(round(size[0] * scale), 1), max(round(size[1] * scale), 1))
    return None
