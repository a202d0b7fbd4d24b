"""A picture as a file: every format, whatever its colours; bad ones; without the extra nothing passes for read."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from datetime import date

import pytest
from PIL import Image

from jimo_lint.model import Document, Problem, Region
from jimo_lint.readers import reading
from jimo_lint.readers.attachments.pictures import ocr
from jimo_lint.readers.source import Source
from tests.support.drawing import canvas, lines, packed, write

pytestmark = pytest.mark.slow

NUMBER = "11010519491231002X"
MASKED = "11**************2X"


def read(content: bytes, name: str = "poster.png", *, told: bool = False) -> tuple[list[Document], list[Problem]]:
    """Documents and problems of a file."""
    suffix = f".{name.rpartition('.')[2]}"
    found = list(reading.read(Source(name, content), suffix, reading.Asked(date(2026, 1, 31), told=told)))
    return [one for one in found if isinstance(one, Document)], [one for one in found if isinstance(one, Problem)]


def drawn(ground: str = "white", ink: str = "black") -> Image.Image:
    """A picture with a line that holds the number."""
    return lines([f"ID {NUMBER}"], ground=ground, ink=ink)


def transparent(ink: str) -> Image.Image:
    """Letters on nothing."""
    image = Image.new("RGBA", (700, 84), (0, 0, 0, 0))
    return write(image, f"ID {NUMBER}", (30, 28), ink=ink)


def deep() -> Image.Image:
    """Grey of 16 bits, of which only the lowest third is used."""
    return drawn().convert("I").point(lambda value: value * 85).convert("I;16")


def turned(times: int) -> bytes:
    """A photograph of a camera held askew, which notes that."""
    orientation = {1: 6, 2: 3, 3: 8}[times]
    exif = Image.Exif()
    exif[0x0112] = orientation
    return packed(drawn().rotate(90 * times, expand=True), "JPEG", exif=exif.tobytes())


def pages(form: str) -> bytes:
    """Two pages, of which the second holds the number."""
    return packed(lines(["Page one"]), form, save_all=True, append_images=[drawn()])


PICTURES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "PNG": ("a.png", lambda: packed(drawn())),
    "JPEG": ("a.jpg", lambda: packed(drawn(), "JPEG", quality=60)),
    "JPEG in CMYK": ("a.jpeg", lambda: packed(drawn("#a00", "white").convert("CMYK"), "JPEG")),
    "progressive JPEG": ("a.jpg", lambda: packed(drawn(), "JPEG", progressive=True)),
    "WebP": ("a.webp", lambda: packed(drawn(), "WEBP")),
    "BMP": ("a.bmp", lambda: packed(drawn(), "BMP")),
    "TIFF": ("a.tif", lambda: packed(drawn(), "TIFF")),
    "TIFF of 1 bit": ("a.tiff", lambda: packed(drawn().convert("1"), "TIFF", compression="group4")),
    "second page of TIFF": ("a.tif", lambda: pages("TIFF")),
    "GIF": ("a.gif", lambda: packed(drawn(), "GIF")),
    "second frame of GIF": ("a.gif", lambda: pages("GIF")),
    "grey of 16 bits": ("a.png", lambda: packed(deep())),
    "palette": ("a.png", lambda: packed(drawn("#a00", "#ffd").quantize(8))),
    "grey": ("a.png", lambda: packed(drawn().convert("L"))),
    "black on nothing": ("a.png", lambda: packed(transparent("black"))),
    "white on nothing": ("a.png", lambda: packed(transparent("white"))),
    "grey on nothing": ("a.png", lambda: packed(transparent("black").convert("LA"))),
    "white on red": ("a.png", lambda: packed(drawn("#c8102e", "white"))),
    "small letters": ("a.png", lambda: packed(lines([f"ID {NUMBER}"], 13, 300))),
    "one line and no margin": ("a.png", lambda: packed(drawn().crop((20, 24, 380, 66)))),
    "camera turned once": ("a.jpg", lambda: turned(1)),
    "camera turned twice": ("a.jpg", lambda: turned(2)),
    "camera turned thrice": ("a.jpg", lambda: turned(3)),
    "upside down": ("a.png", lambda: packed(drawn().rotate(180))),
    "sideways": ("a.png", lambda: packed(drawn().rotate(90, expand=True))),
    "askew": ("a.png", lambda: packed(drawn().rotate(3, Image.Resampling.BICUBIC, expand=True, fillcolor="white"))),
}


@pytest.mark.parametrize("kind", PICTURES)
def test_the_number_is_found_and_masked_in_every_format(kind: str) -> None:
    """Whatever colours, depth and direction a picture has, its number is found, and nobody is shown it."""
    name, made = PICTURES[kind]
    (document,), problems = read(made(), name)
    assert not problems
    assert MASKED in document.text.replace(" ", "")
    assert [one.what for one in document.personal] == ["resident-id"]
    assert document.file_facts.format == "picture"


def test_lines_tell_their_picture_and_region() -> None:
    """The locator is the page; the region lies around the letters, in pixels of the picture."""
    (document,), _ = read(pages("TIFF"), "scan.tif")
    block = document.blocks[-1]
    assert (block.kind, block.locator) == ("picture", "第 2 页")
    assert isinstance(block.spot, Region)
    assert block.spot.picture == "第 2 页"
    assert 20 <= block.spot.left <= 32 and 15 <= block.spot.top <= 35
    assert 320 <= block.spot.width <= 360 and 25 <= block.spot.height <= 50
    assert 0.9 < block.spot.confidence <= 1


def test_a_picture_without_text_gives_no_text_and_no_problem() -> None:
    """Nothing stands in it, and that was looked at."""
    image = canvas((300, 200), "#8ac")
    (document,), problems = read(packed(image))
    assert not document.blocks and not problems


def test_frames_beyond_the_bound_are_named() -> None:
    """Of a moving picture the first ten frames are read."""
    frames = [lines([f"Frame {number}"], width=300) for number in range(12)]
    (document,), (problem,) = read(packed(frames[0], "GIF", save_all=True, append_images=frames[1:]), "a.gif")
    assert document.text.split("\n")[-1] == "Frame 9"
    assert problem.args["parts"] == "2 帧画面"


def head(width: int, height: int) -> bytes:
    """A PNG that only says how large it is."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    size = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


BAD = {
    "20,000 x 20,000": (head(20_000, 20_000), "oversized"),
    "9,000 x 9,000": (head(9_000, 9_000), "oversized"),
    "no pixels": (head(0, 5), "damaged"),
    "cut off PNG": (packed(drawn())[:400], "damaged"),
    "cut off JPEG": (packed(drawn(), "JPEG")[:1500], "damaged"),
    "cut off GIF": (packed(drawn(), "GIF")[:300], "damaged"),
    "cut off TIFF": (packed(drawn(), "TIFF", compression="tiff_lzw")[:300], "damaged"),
    "cut off BMP": (packed(drawn(), "BMP")[:1000], "damaged"),
    "cut off WebP": (packed(drawn(), "WEBP")[:200], "damaged"),
    "eight bytes": (b"\x89PNG\r\n\x1a\n", "damaged"),
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_pictures_are_one_problem(kind: str) -> None:
    """What cannot be decoded, or only with more memory than there is, is named and marked."""
    content, mark = BAD[kind]
    (document,), (problem,) = read(content, told=True)
    assert [one.kind for one in document.file_facts.marks] == [mark]
    assert not document.blocks
    assert problem.place == "poster.png"


@pytest.mark.parametrize(("name", "text"), [("a.txt", "BM25 算法说明"), ("b.txt", "RIFF 格式说明"), ("c.txt", "II*与")])
def test_texts_that_begin_like_pictures_are_texts(name: str, text: str) -> None:
    """The first letters alone tell no picture."""
    (document,), problems = read(text.encode(), name)
    assert document.text == text and not problems


def test_without_the_extra_a_picture_does_not_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    """The problem says what to install; a picture that nobody looked at has no document."""
    monkeypatch.setattr(ocr, "is_there", lambda: False)
    documents, (problem,) = read(packed(drawn()))
    assert not documents
    assert "pip install 'jimo-lint[ocr]'" in problem.message


def test_what_is_no_picture_inside_is_told_by_its_suffix_only() -> None:
    """A text that is called .png is no picture, and is named as damaged."""
    documents, (problem,) = read("这是一段文字".encode())
    assert not documents
    assert "已损坏" in problem.message
