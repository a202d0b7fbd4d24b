"""Cells as they stand in the file: any text is read back as it was, and nothing is ever anything but text."""

from __future__ import annotations

from datetime import date, datetime
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.datetime import from_excel

from jimo_lint.report.views.table import Linked, Marked, Pictured, Value
from jimo_lint.report.xlsx.cells import Cells, Style, clean

LOOK, LINK = Style(3, 4, "宋体", 10.5), Style(5, 6, "宋体", 9)


def cell(value: Value, links: int = 9) -> ElementTree.Element:
    """One in B7, read as XML."""
    return ElementTree.fromstring(Cells(LINK, links).make(value, LOOK, "B7"))


def said(made: ElementTree.Element) -> str:
    """The text of a cell; only the two elements that may hold any."""
    assert {one.tag for one in made.iter() if one.text} <= {"t", "v"}
    return "".join(one.text or "" for one in made.iter("t"))


# Controls, escapes of the format, marks of XML, blanks around, characters beyond the basic plane, halves of them.
_texts = st.text(st.sampled_from("\x00\x07\x0b\r\n\t \x7f\x9f\ufffe\ud800😀汉a<>&\"'_x0D4=+-@＝{}%"), max_size=30)


@given(_texts)
def test_any_text_is_read_back(text: str) -> None:
    """It is well-formed, a string, and says what `clean` leaves of the text."""
    made = cell(text)
    assert said(made) == clean(text)
    assert made.get("t") == ("inlineStr" if clean(text) else None)
    assert made.get("s") == ("4" if clean(text).startswith(("=", "+", "-", "@", "＝", "\t", "\n")) else "3")


@given(_texts, _texts, _texts)
def test_any_marked_text_is_read_back(before: str, hit: str, after: str) -> None:
    """The parts are cleaned one by one, and exactly the middle one is bold."""
    made = cell(Marked(before + hit + after, len(before), len(before + hit)))
    if hit:
        assert said(made) == clean(before) + clean(hit) + clean(after)
        assert [run.findtext("t") for run in made.iter("r") if run.find("rPr/b") is not None] == [clean(hit)] * bool(
            clean(hit)
        )
    else:
        assert said(made) == clean(before + after)


@pytest.mark.parametrize("text", ["关于_x000D_的通知", "_x005F_x0041_", "a_x0009_"])
def test_what_looks_like_an_escape_is_escaped(text: str) -> None:
    """Programs read _x000D_ as a line break: the underscore before it is written as an escape of its own."""
    assert said(cell(text)) == text.replace("_x", "_x005F_x")


def test_blanks_around_stay() -> None:
    """Only with the mark of XML are they kept; inside they need none."""
    assert [one.attrib for one in cell(" 前后 ").iter("t")] == [
        {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}
    ]
    assert [one.attrib for one in cell("中 间").iter("t")] == [{}]


@pytest.mark.parametrize(
    ("value", "number"),
    [(0, "0"), (12, "12"), (4.17, "4.17"), (date(2026, 12, 2), "46358"), (datetime(2026, 12, 2, 12), "46358.5")],
)
def test_numbers_and_days_are_numbers(value: Value, number: str) -> None:
    """They have no type, which is a number's; days count as spreadsheets count them."""
    made = cell(value)
    assert (made.findtext("v"), made.get("t"), made.get("s")) == (number, None, "3")
    if isinstance(value, datetime):
        assert from_excel(float(number)) == value


@pytest.mark.parametrize("value", [None, "", "\x00", Marked("", 0, 0), Pictured(b"", "")])
def test_nothing_is_an_empty_cell_with_its_look(value: Value) -> None:
    """Neither a value nor a string without one, which programs show in different ways."""
    made = cell(value)
    assert (len(made), made.get("t"), made.get("s")) == (0, None, "3")


def test_days_before_spreadsheets_are_text() -> None:
    """1900 is where their calendar begins."""
    assert said(cell(date(1899, 12, 31))) == "1899-12-31"


def test_links_are_told_by_place() -> None:
    """Each with its target; past the limit, and where it is no web address, the cell has a text or nothing."""
    cells = Cells(LINK, 1)
    made = [
        ElementTree.fromstring(cells.make(value, LOOK, place))
        for place, value in (
            ("A1", Linked("javascript:x", "打开")),
            ("A2", Linked("https://www.qingtan.example/a?b=1&c=2", "打开")),
            ("A3", Linked("https://www.qingtan.example/b")),
        )
    ]
    assert cells.links == [("A2", "https://www.qingtan.example/a?b=1&c=2")]
    assert [(said(one), one.get("s")) for one in made] == [
        ("", "3"),
        ("打开", "5"),
        ("https://www.qingtan.example/b", "3"),
    ]
