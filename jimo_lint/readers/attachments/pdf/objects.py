"""What is drawn on a PDF page besides text: its pictures, and whether it is one picture as a whole."""

from __future__ import annotations

import ctypes
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from jimo_lint.readers.attachments.pdf.text import direct

if TYPE_CHECKING:
    from PIL.Image import Image

_DPI = 150
_MOST_PIXELS = 16_000_000  # of a picture that is decoded: 50 MB, and as much again for its copy
_MOST_OBJECTS = 50_000
_DEEPEST = 3  # of groups within groups
# Pixels. What is smaller is a mark, a line or a seal's corner: nobody writes in it.
_SMALLEST_SIDE, _SMALLEST_AREA = 48, 20_000
# A page without text that has so many lines and areas may show letters drawn as outlines.
_OUTLINES = 200
_COVERED = 0.5
_BEHIND_TEXT = 0.7
_INVISIBLE = 3  # the way of writing of a layer of text on a scan

# pypdfium2 divides by sizes that are none, and trusts what the file says.
_BROKEN = (pypdfium2.PdfiumError, ArithmeticError)

_COUNT = direct(pdfium.FPDFPage_CountObjects, ctypes.c_int, ctypes.c_void_p)
_OBJECT = direct(pdfium.FPDFPage_GetObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_KIND = direct(pdfium.FPDFPageObj_GetType, ctypes.c_int, ctypes.c_void_p)
_INNER_COUNT = direct(pdfium.FPDFFormObj_CountObjects, ctypes.c_int, ctypes.c_void_p)
_INNER = direct(pdfium.FPDFFormObj_GetObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_ulong)
_WRITTEN = direct(pdfium.FPDFTextObj_GetTextRenderMode, ctypes.c_int, ctypes.c_void_p)


class Drawn(NamedTuple):
    """A picture. path: its index on the page, and in the groups that hold it. key: the same for the same picture."""

    path: tuple[int, ...]
    key: tuple[int, ...]
    share: float


@dataclass
class Drawing:
    """pictures: those that are not small. covered: by pictures, as a share of the page. outlines: lines and areas.

    layered: its text is one that nobody sees, on or under a picture of the same.
    """

    pictures: list[Drawn] = field(default_factory=list)
    covered: float = 0.0
    outlines: int = 0
    layered: bool = False

    def is_page(self, characters: int, fewest: int) -> bool:
        """Whether the page is a picture: it has fewer characters of text than a scan may bear."""
        if characters == 0 and (self.covered > 0 or self.outlines >= _OUTLINES):
            return True
        return characters < fewest and self.covered >= _COVERED


class _Thing(NamedTuple):
    """path: as in `Drawn`."""

    path: tuple[int, ...]
    handle: int
    kind: int


def drawing(page: pypdfium2.PdfPage) -> Drawing:
    """What is drawn on a page."""
    left, bottom, right, top = page.get_bbox()
    area = max((right - left) * (top - bottom), 1.0)
    found = Drawing()
    visible = covering = False
    for thing in _things(page):
        if thing.kind == pdfium.FPDF_PAGEOBJ_PATH:
            found.outlines += 1
        elif thing.kind == pdfium.FPDF_PAGEOBJ_TEXT:
            visible = visible or _WRITTEN(thing.handle) != _INVISIBLE
        elif thing.kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            drawn = _drawn(thing, area)
            found.covered += drawn.share
            if drawn.share >= _BEHIND_TEXT:
                covering, visible = True, False  # what stands below it is not seen
            if min(drawn.key[:2]) >= _SMALLEST_SIDE and drawn.key[0] * drawn.key[1] >= _SMALLEST_AREA:
                found.pictures.append(drawn)
    found.layered = covering and not visible
    return found


def _things(page: pypdfium2.PdfPage) -> Iterator[_Thing]:
    handle = ctypes.cast(page.raw, ctypes.c_void_p).value
    left = _MOST_OBJECTS
    for index in range(min(_COUNT(handle), left)):
        thing = _OBJECT(handle, index)
        kind = _KIND(thing)
        yield _Thing((index,), thing, kind)
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            yield from _inside(_Thing((index,), thing, kind))


def _inside(group: _Thing) -> Iterator[_Thing]:
    for index in range(min(_INNER_COUNT(group.handle), _MOST_OBJECTS // 10)):
        inner = _INNER(group.handle, index)
        thing = _Thing((*group.path, index), inner, _KIND(inner))
        yield thing
        if thing.kind == pdfium.FPDF_PAGEOBJ_FORM and len(thing.path) <= _DEEPEST:
            yield from _inside(thing)


def _drawn(thing: _Thing, area: float) -> Drawn:
    handle = _handle(thing.handle)
    width, height = ctypes.c_uint(), ctypes.c_uint()
    pdfium.FPDFImageObj_GetImagePixelSize(handle, width, height)
    size = pdfium.FPDFImageObj_GetImageDataRaw(handle, None, 0)
    check = 0
    if size < 300_000:  # a logo; of scans two are never of the same size
        data = ctypes.create_string_buffer(size)
        pdfium.FPDFImageObj_GetImageDataRaw(handle, data, size)
        check = zlib.crc32(data.raw)
    return Drawn(thing.path, (width.value, height.value, size, check), _share(handle, area))


def _share(handle: pdfium.FPDF_PAGEOBJECT, area: float) -> float:
    edges = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(handle, *edges):
        return 0.0
    left, bottom, right, top = (edge.value for edge in edges)
    return min((right - left) * (top - bottom) / area, 1.0)


def _handle(address: int) -> pdfium.FPDF_PAGEOBJECT:
    return ctypes.cast(address, pdfium.FPDF_PAGEOBJECT)


def rendered(pdf: pypdfium2.PdfDocument, number: int) -> Image:
    """A page as a picture, of no more than so many pixels. ValueError where it cannot be drawn."""
    try:
        page = pdf[number]
        try:
            width, height = page.get_size()
            scale = min(_DPI / 72, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
            image: Image = page.render(scale=scale).to_pil().convert("RGB")
        finally:
            page.close()
    except _BROKEN as fault:
        raise ValueError(f"第 {number + 1} 页画不出（{fault}）") from None
    return image


def picture(pdf: pypdfium2.PdfDocument, number: int, path: tuple[int, ...]) -> Image:
    """A picture of a page. ValueError where it cannot be decoded or is too large."""
    try:
        page = pdf[number]
        try:
            raw = pdfium.FPDFPage_GetObject(page, path[0])
            for index in path[1:]:
                raw = pdfium.FPDFFormObj_GetObject(raw, index)
            found = pypdfium2.PdfImage(raw, page=page, pdf=pdf)
            width, height = found.get_px_size()
            if width * height > _MOST_PIXELS * 4:
                raise ValueError(f"图片有 {width} × {height} 个像素，过大")
            # Drawn as it is shown, so that what is masked out is not black.
            shown = found.get_bitmap(render=width * height <= _MOST_PIXELS, scale_to_original=True).to_pil()
            image = _on_white(shown)
        finally:
            page.close()
    except _BROKEN as fault:
        raise ValueError(f"图片解不开（{fault}）") from None
    return image


def _on_white(shown: Image) -> Image:
    if shown.mode != "RGBA":
        return shown.convert("RGB")
    ground = shown.convert("RGB")
    ground.paste((255, 255, 255), (0, 0, *ground.size))
    ground.paste(shown, mask=shown.getchannel("A"))
    return ground
