"""The order in which the lines of a picture are read, and which of them go on in the middle of a sentence."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from jimo_lint.readers.attachments.pictures.reading_order import Box, continuing, in_order


def row(top: float, *cells: tuple[float, float], height: float = 30) -> list[Box]:
    """Boxes beside each other, each from a left to a right edge."""
    return [Box(left, top, right, top + height) for left, right in cells]


def column(right: float, *pieces: tuple[float, float], width: float = 40) -> list[Box]:
    """Boxes below each other, each from an upper to a lower edge."""
    return [Box(right - width, top, right, bottom) for top, bottom in pieces]


TABLE = [box for number in range(6) for box in row(50 * number, (0, 60), (80, 200), (220, 500), (520, 700))]
TWO_COLUMNS = [box for left in (0, 460) for number in range(8) for box in row(44 * number, (left, left + 430))]
# A title over two columns, a line below them.
NEWSPAPER = [
    *row(0, (200, 700), height=60),
    *(Box(box.left, box.top + 100, box.right, box.bottom + 100) for box in TWO_COLUMNS),
    *row(600, (0, 890)),
]
VERTICAL = [box for number in range(5) for box in column(500 - 70 * number, (100, 700))]
# Each column in pieces, of which some are as wide as high.
PIECES = [
    box for number in range(4) for box in column(500 - 70 * number, (100, 140), (150, 400), (410, 450), (470, 700))
]
TITLED = [*row(0, (20, 600), height=50), *VERTICAL]
DIGITS = [box for number in range(6) for box in row(50 * number, (0, 18), (80, 98), (160, 178), height=36)]
SLANTED = [
    box
    for number in range(6)
    for box in (Box(0, 40 * number, 300, 40 * number + 30), Box(310, 40 * number + 8, 600, 40 * number + 38))
]


@pytest.mark.parametrize(
    "boxes",
    [TABLE, TWO_COLUMNS, NEWSPAPER, VERTICAL, PIECES, TITLED, DIGITS, SLANTED],
    ids=[
        "table",
        "two columns",
        "newspaper",
        "vertical",
        "vertical pieces",
        "vertical with title",
        "digits",
        "slanted",
    ],
)
def test_lines_are_read_as_a_person_does(boxes: Sequence[Box]) -> None:
    """Whatever order they are found in: by rows in a table, by columns in text, from the right where it is vertical."""
    assert in_order(boxes) == list(boxes)
    assert in_order(boxes[::-1]) == list(boxes)
    assert in_order(sorted(boxes, key=lambda box: (box.left * 7 + box.top * 13) % 101)) == list(boxes)


def test_any_number_of_lines_is_ordered() -> None:
    """None, one, and thousands that lie on each other; each comes once."""
    assert in_order([]) == []
    many = [Box(number % 70, number % 90, number % 70 + 50, number % 90 + 20, number) for number in range(3000)]
    assert sorted(box.number for box in in_order(many)) == list(range(3000))


PARAGRAPH = [Box(86, 0, 800, 30), Box(30, 48, 800, 78), Box(30, 96, 798, 126), Box(30, 144, 300, 174)]
SAID = [
    "各镇街要把防汛工作摆在突出位置落实二十四小时值",
    "班制度各部门要抓好落实确保群众安全度汛不得有误中华人民共",
    "和国成立以来坚持以人民为中心的发展思想抓好关键环",
    "节落实责任",
]


def test_lines_of_a_paragraph_go_on() -> None:
    """The first is indented, the last is short."""
    assert continuing(PARAGRAPH, SAID) == [False, True, True, True]


def test_a_single_word_on_the_last_line_goes_on() -> None:
    """Nothing else ends where the line before it ends, but that is indented, and it is not."""
    assert continuing([Box(86, 0, 800, 30), Box(30, 48, 90, 78), Box(86, 96, 500, 126)], SAID[:3]) == [
        False,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("boxes", "texts"),
    [
        (PARAGRAPH, [f"{text[:-1]}。" for text in SAID]),
        ([box._replace(left=30, right=800 - 120 * number) for number, box in enumerate(PARAGRAPH)], SAID),
        ([box._replace(top=box.top * 2, bottom=box.top * 2 + 30) for box in PARAGRAPH], SAID),
        ([box._replace(bottom=box.top + 30 + 12 * (number % 2)) for number, box in enumerate(PARAGRAPH)], SAID),
        (PARAGRAPH, ["名单第一行"] * 4),
        ([box._replace(right=box.left + 200) for box in PARAGRAPH], SAID),
        (VERTICAL[:4], SAID),
    ],
    ids=["sentences end", "a list", "far apart", "of two sizes", "short", "narrow cells", "vertical"],
)
def test_lines_that_may_stand_alone_do_not_go_on(boxes: Sequence[Box], texts: Sequence[str]) -> None:
    """A word is read over two lines only where they surely belong together."""
    assert not any(continuing(boxes, texts))
