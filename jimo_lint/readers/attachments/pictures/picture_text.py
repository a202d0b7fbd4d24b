"""Reads the text in the pictures of a file: lines in reading order, and by name what was not read."""

from __future__ import annotations

import math
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from jimo_lint.model import Block, Document, Region
from jimo_lint.readers.attachments.pictures import ocr
from jimo_lint.readers.attachments.pictures.pixels import FAULTS, Surface, TooLargeError, quietly, upright
from jimo_lint.readers.attachments.pictures.reading_order import Box, continuing, in_order
from jimo_lint.readers.contents import Picture

if TYPE_CHECKING:
    from PIL.Image import Image

    from jimo_lint.readers.attachments.pictures.ocr import Quad, Reading

# Seconds from the beginning of a file after which no further line is read: at 60 its process is ended and all is lost.
SECONDS = 45.0
# Below it the engine guesses at patterns, leaves and faces.
_LEAST_CONFIDENCE = 0.5
# Icons, rules and spacers: no name and no number that can be read has room on them, and every page has dozens.
_ICON = 32
_RULE = 8
# A number of the form of a resident ID, of which the engine may have misread a digit, so that its check digit is wrong.
_MISREAD_ID = re.compile(
    r"(?<![0-9])([1-9][0-9])([0-9]{4}(?:19|20)[0-9]{2}[01][0-9][0-3][0-9][0-9]{2})([0-9][0-9Xx])(?![0-9])"
)

# A line, and where it stands in its picture.
_Line: TypeAlias = "tuple[Box, Reading]"


class PictureText(NamedTuple):
    """blocks: what the pictures say, not masked. readings: of each of them what its cut-out is made from. unread: what
    was not read, in words."""

    blocks: tuple[Block, ...] = ()
    readings: tuple[Reading, ...] = ()
    unread: tuple[str, ...] = ()

    def with_cutouts(self, document: Document) -> Document:
        """The document, masked, with the cut-outs of these blocks, which stand at its end.

        Nothing that masking hides can be seen in them. Numbers that are resident IDs but for a digit are masked too.
        """
        if not self.readings:
            return document
        from jimo_lint.readers.attachments.pictures.cutouts import cut_out

        blocks = list(document.blocks)
        for place, line in enumerate(self.readings, start=len(blocks) - len(self.blocks)):
            block = blocks[place]
            assert isinstance(block.spot, Region)
            shown = _MISREAD_ID.sub(lambda found: f"{found[1]}{'*' * len(found[2])}{found[3]}", block.text)
            blocks[place] = block._replace(text=shown, spot=block.spot._replace(cutout=cut_out(line, shown)))
        return replace(document, blocks=tuple(blocks))


def read(pictures: Sequence[Picture], begun: float) -> PictureText:
    """What the pictures say, each of equal ones once. begun: when the file was, by `time.monotonic`."""
    if not ocr.is_there():
        return PictureText(unread=(f"{len(pictures)} 张图片",))
    end = begun + SECONDS
    blocks: list[Block] = []
    readings: list[Reading] = []
    unread: Counter[str] = Counter()
    known: set[bytes] = set()
    with ocr.room(), quietly():
        for number, picture in enumerate(pictures):
            if time.monotonic() > end:
                unread["没有读完"] += len(pictures) - number
                break
            try:
                image = _image(picture)
                if _is_small(image) or not _is_new(image, known):
                    continue
                lines, whole = _lines(Surface(image), end)
            except TooLargeError:
                unread["过大"] += 1
            except (*FAULTS, MemoryError, ocr.EngineError):
                unread["打不开"] += 1
            else:
                unread["没有读完"] += not whole
                blocks += _blocks(picture.place, lines, len(blocks))
                readings += [line for _, line in lines]
    said = (f"{count} 张{why}的图片" for why, count in unread.items() if count)
    return PictureText(tuple(blocks), tuple(readings), tuple(said))


def _image(picture: Picture) -> Image:
    from PIL.Image import DecompressionBombError

    try:
        return upright(picture.load())
    except DecompressionBombError:
        raise TooLargeError from None


def _is_small(image: Image) -> bool:
    return max(image.size) <= _ICON or min(image.size) < _RULE


def _is_new(image: Image, known: set[bytes]) -> bool:
    """Whether no picture of the same pixels was there before."""
    told = blake2b(repr((image.mode, image.size, image.getpalette())).encode())
    for top in range(0, image.height, 512):
        told.update(image.crop((0, top, image.width, min(top + 512, image.height))).tobytes())
    new = told.digest() not in known
    known.add(told.digest())
    return new


def _lines(surface: Surface, end: float) -> tuple[list[_Line], bool]:
    """The lines of a picture in reading order, and whether all of them could be read in time."""
    from jimo_lint.readers.attachments.pictures.cutouts import shrunk
    from jimo_lint.readers.attachments.pictures.tiles import around, find

    quads, whole = find(surface, end)
    lines: list[_Line] = []
    for box in in_order([Box(*around(quad), number) for number, quad in enumerate(quads)]):
        if time.monotonic() > end:
            whole = False
            break
        line = ocr.read_line(*_part(surface, quads[box.number], box))
        if line.confidence >= _LEAST_CONFIDENCE and line.text.strip():
            lines.append((box, line._replace(strip=shrunk(line.strip))))
    return _upright(lines), whole


def _upright(lines: list[_Line]) -> list[_Line]:
    """The lines of a page that was scanned upside down or sideways, in the order that they have once it is turned."""
    turn, number = Counter(line.turn for _, line in lines).most_common(1)[0] if lines else (0, 0)
    if turn not in (180, 270) or number * 2 <= len(lines):  # at 90 degrees it may be vertical text
        return lines
    boxes = [box._replace(number=place).turned(turn) for place, (box, _) in enumerate(lines)]
    return [lines[box.number] for box in in_order(boxes)]


def _part(surface: Surface, quad: Quad, box: Box) -> tuple[Image, Quad]:
    """What lies around a line, with the line's corners in it."""
    left, top = max(math.floor(box.left) - 2, 0), max(math.floor(box.top) - 2, 0)
    right, bottom = min(math.ceil(box.right) + 2, surface.width), min(math.ceil(box.bottom) + 2, surface.height)
    return surface.part((left, top, right, bottom)), tuple((x - left, y - top) for x, y in quad)


def _blocks(place: str, lines: Sequence[_Line], before: int) -> Iterator[Block]:
    """before: how many lines other pictures of the file gave."""
    going = continuing([box for box, _ in lines], [line.text for _, line in lines])
    for number, (box, line) in enumerate(lines):
        left, top, right, bottom = map(round, box[:4])
        region = Region(place, left, top, right - left, bottom - top, round(line.confidence, 3))
        yield Block("picture", line.text, place, ((0, before + number + 1, 1),), going[number], spot=region)
