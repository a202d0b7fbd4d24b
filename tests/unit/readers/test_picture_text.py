"""The text in the pictures of a file: long and large ones, each once, in time, and nothing personal in a cut-out."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from collections.abc import Callable

import pytest
from PIL import Image

from jimo_lint import privacy
from jimo_lint.model import Block, Document, Region
from jimo_lint.readers.attachments.pictures import ocr, picture_text
from jimo_lint.readers.contents import Picture
from tests.conftest import ROOT
from tests.support.drawing import canvas, lines, write, write_han

pytestmark = pytest.mark.slow

NUMBER = "11010519491231002X"


def read(*images: Image.Image) -> picture_text.PictureText:
    """What pictures say, with all the time there is."""
    pictures = [Picture(f"图 {number}", lambda image=image: image) for number, image in enumerate(images, start=1)]
    return picture_text.read(pictures, time.monotonic() + 1000)


def texts(*images: Image.Image) -> list[str]:
    """The lines of pictures."""
    return [block.text for block in read(*images).blocks]


def finished(image: Image.Image) -> Document:
    """A document with the text of a picture, masked, with its cut-outs."""
    found = read(image)
    before = Block("body", f"ID {NUMBER}", "正文")
    return found.with_cutouts(privacy.mask(Document("a", "a", "file", "", (before, *found.blocks))))


def shown(block: Block) -> str:
    """What can be read in the cut-out of a block."""
    assert isinstance(block.spot, Region)
    image = Image.open(io.BytesIO(block.spot.cutout)).convert("RGB")
    corners = ((0.0, 0.0), (image.width, 0.0), (image.width, image.height), (0.0, image.height))
    return ocr.read_line(image, corners).text


def test_a_long_poster_is_read_once_from_top_to_bottom() -> None:
    """Each line of 5,000 pixels, in order, none twice and none lost where windows meet."""
    wanted = [f"Line {number:03} of this poster" for number in range(90)]
    assert texts(lines(wanted)) == wanted


def test_what_is_larger_than_the_overlap_of_windows_is_read_once() -> None:
    """A title as high as an eighth of a window, wherever the edge of the window crosses it, and as wide as two."""
    image = canvas((3000, 2600))
    write(image, "GIANT TITLE", (40, 1600), 420)
    write(image, "small print below", (40, 2300), 40)
    assert [one.replace(" ", "") for one in texts(image)] == ["GIANTTITLE", "smallprintbelow"]


def test_a_vertical_line_longer_than_a_window_is_read_once() -> None:
    """It is not read in two pieces that both hold what lies in the overlap."""
    image = canvas((400, 3400))
    column = "田中王工上十日土三口" * 3
    write_han(image, column, (120, 20), 100, down=True)
    said = "".join(texts(image))
    assert abs(len(said) - len(column)) <= 3
    assert said[:4] == column[:4] and said[-2:] == column[-2:]


def test_vertical_columns_are_read_from_the_right() -> None:
    """As they are written."""
    image = canvas((500, 700))
    for number, column in enumerate(("田中王工上十日土三", "中日田口王三工上中")):
        write_han(image, column, (300 - number * 80, 20), down=True)
    assert texts(image) == ["田中王工上十日土三", "中日田口王三工上中"]


@pytest.mark.parametrize("degrees", [90, 180])
def test_a_page_scanned_the_wrong_way_round_is_read_in_order(degrees: int) -> None:
    """Upside down, or on its side, its first line comes first."""
    wanted = [f"Line {number} of a page" for number in range(6)]
    assert texts(lines(wanted).rotate(degrees, expand=True)) == wanted


def test_equal_pictures_are_read_once_and_icons_not_at_all() -> None:
    """A logo on every page says nothing new; an icon has no room for text and is not counted as unread."""
    logo, icon, rule = lines(["Logo 2026"], width=300), canvas((24, 24), "red"), canvas((900, 3), "black")
    found = read(logo, icon, logo.copy(), rule)
    assert [block.text for block in found.blocks] == ["Logo 2026"]
    assert found.unread == ()


def fails() -> Image.Image:
    """A picture that cannot be decoded."""
    raise OSError("broken data stream")


def too_large() -> Image.Image:
    """A picture of more pixels than are decoded."""
    return Image.new("1", (10_000, 6_000))


def bomb() -> Image.Image:
    """What Pillow itself refuses to open."""
    raise Image.DecompressionBombError


@pytest.mark.parametrize(
    ("load", "said"),
    [(fails, "1 张打不开的图片"), (too_large, "1 张过大的图片"), (bomb, "1 张过大的图片")],
)
def test_a_picture_that_cannot_be_read_is_named_and_the_rest_read(load: Callable[[], Image.Image], said: str) -> None:
    """One bad picture costs itself only."""
    good = lines(["Still read"], width=300)
    found = picture_text.read([Picture("图 1", load), Picture("图 2", lambda: good)], time.monotonic())
    assert [(block.text, block.locator) for block in found.blocks] == [("Still read", "图 2")]
    assert found.unread == (said,)


def test_pictures_for_which_no_time_is_left_are_named() -> None:
    """The file's own time was used up before."""
    pictures = [Picture(f"图 {number}", fails) for number in range(12)]
    found = picture_text.read(pictures, time.monotonic() - picture_text.SECONDS - 1)
    assert not found.blocks
    assert found.unread == ("12 张没有读完的图片",)


def test_a_picture_broken_off_in_the_middle_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was read of it by then is kept."""
    clock = iter(range(10_000))
    monkeypatch.setattr(picture_text.time, "monotonic", lambda: float(next(clock)))
    image = lines([f"Line {number}" for number in range(60)])
    found = picture_text.read([Picture("图 1", lambda: image)], 0.0)
    assert 10 < len(found.blocks) < 60
    assert found.unread == ("1 张没有读完的图片",)


def test_without_the_extra_pictures_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """None of them is decoded."""
    monkeypatch.setattr(ocr, "is_there", lambda: False)
    found = picture_text.read([Picture("图 1", fails)] * 3, time.monotonic())
    assert found == picture_text.PictureText(unread=("3 张图片",))


PERSONAL = {
    "a number": f"Name ABC, ID {NUMBER}, done",
    "two numbers": f"{NUMBER} and 13800138000",
    "a number in groups": "ID 110105 19491231 002X",
    "only a number": NUMBER,
    "a mobile": "Tel 138 0013 8000 ask Mr A",
    "a number with a digit misread": "ID 110105194912310031",
    "a mobile with a digit too many": "Tel 138001380001",
}


@pytest.mark.parametrize("kind", PERSONAL)
@pytest.mark.parametrize("size", [16, 28, 60])
def test_nothing_personal_can_be_read_in_a_cutout(kind: str, size: int) -> None:
    """The cut-out, read again, shows no more of a number than the masked text, whatever the engine made of it."""
    document = finished(lines([PERSONAL[kind]], size, size * 25))
    (block,) = document.blocks[1:]
    again = shown(block)
    assert "19491231" not in document.text
    assert len([character for character in again if character.isdigit()]) <= 10
    written = PERSONAL[kind]
    pieces = {written[place : place + 6] for place in range(len(written) - 5)}
    assert not [piece for piece in pieces if piece.isdigit() and piece in again]


def test_a_cutout_shows_the_rest_of_the_line() -> None:
    """What is not personal can be read, the code of an organisation and the number of a counter too."""
    document = finished(lines(["Counter 0571-88886666 open", f"Mr A {NUMBER} approved"]))
    open_line, masked_line = document.blocks[1:]
    assert shown(open_line).replace(" ", "") == "Counter0571-88886666open"
    assert "Mr" in shown(masked_line) and "approved" in shown(masked_line)


def test_a_number_in_vertical_text_is_painted_over() -> None:
    """Sideways, from top to bottom."""
    document = finished(lines([f"Mr A {NUMBER} approved"]).rotate(270, expand=True))
    (block,) = document.blocks[1:]
    assert isinstance(block.spot, Region) and block.spot.height > block.spot.width
    again = shown(block)
    assert "approved" in again and "1949" not in again


def test_cutouts_are_small() -> None:
    """At most 40 pixels high and 3 KiB, be the line as long as it may."""
    image = canvas((2400, 300))
    write(image, "The quick brown fox jumps over the lazy dog and runs away from all the other animals", (10, 40), 50)
    (block,) = finished(image).blocks[1:]
    assert isinstance(block.spot, Region)
    assert 0 < len(block.spot.cutout) <= 3 * 1024
    assert Image.open(io.BytesIO(block.spot.cutout)).height <= 40


_APART = """
import sys, resource, time
sys.path[:0] = [{root!r}, {guard!r}]
import sitecustomize as guard
from PIL import Image
from jimo_lint.readers import processes
from jimo_lint.readers.attachments.pictures import picture_text
from jimo_lint.readers.contents import Picture
from tests.support.drawing import write
processes.allow(processes.MEMORY)
image = Image.new("RGB", (6000, 5000), "white")
for row in range(12):
    write(image, "The quick brown fox jumps over the lazy dog 2026", (50, 400 * row), 60)
found = picture_text.read([Picture("1", lambda: image)], time.monotonic() + 500)
# Not ru_maxrss: it begins with what the process that started this one had grown to.
with open("/proc/self/status") as status:
    peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) // 1024
assert len(found.blocks) == 12 and not found.unread, found
assert peak < 700, peak
assert not guard.refused, guard.refused
limit, _ = resource.getrlimit(resource.RLIMIT_DATA)
assert limit < peak * 1024 ** 2 + processes.MEMORY + 200 * 1024 ** 2
"""


def test_the_engine_is_silent_offline_and_bounded(tmp_path: object) -> None:
    """A fresh process reads a picture of 30 megapixels without the network, a word, or 700 MB."""
    guard = str(ROOT / "tests" / "support" / "guard")
    env = {**os.environ, "HOME": str(tmp_path), "JIMO_LINT_TESTS": "1"}
    script = _APART.format(root=str(ROOT), guard=guard)
    ended = subprocess.run(
        [sys.executable, "-c", script], check=False, capture_output=True, text=True, timeout=250, env=env
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
