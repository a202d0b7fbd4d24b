"""Turns values into spreadsheet cells that are text, number or date, and never a formula."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from openpyxl.compat import safe_string
from openpyxl.utils.datetime import to_excel

from jimo_lint.report.addresses import link_target
from jimo_lint.report.phrases import FORMULA_STARTS
from jimo_lint.report.views.table import Linked, Marked, Pictured, Value

# Limit of the file format: UTF-16 code units in a cell.
MAX_TEXT = 32_767
CUT_NOTE = "……（内容过长，已截断）"

RED = "C00000"

# What XML 1.0 cannot hold; a lone surrogate cannot even be encoded.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# The format reads _x0041_ as the letter A, so text that happens to look so has its underscore escaped.
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def clean(text: str, room: int = MAX_TEXT) -> str:
    """`text` without what the file format cannot hold, cut with a note to `room` UTF-16 code units."""
    # Nearly all text is printable throughout, which is known at once.
    if not text.isprintable():
        text = _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if "_x" in text:
        text = _ESCAPE_LIKE.sub("_x005F_", text)
    # Only characters beyond the basic plane take two units, so half the room in characters always fits.
    if len(text) > room // 2 and len(units := text.encode("utf-16-le")) > 2 * room:
        kept = max(room - len(CUT_NOTE), 0)
        return (units[: 2 * kept].decode("utf-16-le", "ignore") + CUT_NOTE)[:room]
    return text


@dataclass(frozen=True, slots=True)
class Style:
    """A prepared look of cells. plain: its number in the workbook; quoted: that of the same look with the mark that
    keeps a leading = + - @ text when it is edited. font, size: of its text."""

    plain: int
    quoted: int
    font: str
    size: float

    def run(self, *, red: bool = False) -> str:
        """The beginning of a part of a text of which some is red."""
        bold = f'<b val="1"/><color rgb="00{RED}"/>' if red else ""
        return f'<r><rPr><rFont val="{self.font}"/>{bold}<sz val="{self.size:g}"/></rPr>'


class Cells:
    """Makes the cells of one sheet, as they stand in its part of the file.

    links: places and addresses of the link objects made so far, at most `max_links`.
    """

    def __init__(self, link_style: Style, max_links: int) -> None:
        self._link_style = link_style
        self._max_links = max_links
        self.links: list[tuple[str, str]] = []

    def make(self, value: Value, style: Style, place: str) -> str:
        """The cell at a place such as B7. Strings are always written as strings, whatever they begin with."""
        if isinstance(value, str):
            return _text(value, style, place)
        if value is None:
            return f'<c r="{place}" s="{style.plain}"/>'
        if isinstance(value, Linked):
            return self._linked(value, style, place)
        if isinstance(value, Marked):
            return _marked(value, style, place)
        if isinstance(value, Pictured):
            return _text(value.text, style, place)
        if isinstance(value, date):
            if value.year < 1900:
                return _text(value.isoformat(), style, place)
            value = to_excel(value)  # type: ignore[no-untyped-call]
        return f'<c r="{place}" s="{style.plain}"><v>{safe_string(value)}</v></c>'

    def _linked(self, value: Linked, style: Style, place: str) -> str:
        target = link_target(value.url) if len(self.links) < self._max_links else None
        if target is None:
            return self.make(None if value.text else value.url, style, place)
        self.links.append((place, target))
        return _text(value.text or value.url, self._link_style, place)


def _text(text: str, style: Style, place: str) -> str:
    # Only as a string of its own is a leading = no formula, and #N/A no error value.
    text = clean(text)
    if not text:
        return f'<c r="{place}" s="{style.plain}"/>'
    look = style.quoted if text.startswith(FORMULA_STARTS) else style.plain
    return f'<c r="{place}" s="{look}" t="inlineStr"><is>{_escaped(text)}</is></c>'


def _marked(marked: Marked, style: Style, place: str) -> str:
    if not 0 <= marked.start < marked.end <= len(marked.text):
        return _text(marked.text, style, place)
    before, hit = marked.text[: marked.start], marked.text[marked.start : marked.end]
    before, hit = clean(before, MAX_TEXT // 4), clean(hit, MAX_TEXT // 2)
    after = clean(marked.text[marked.end :], MAX_TEXT - _units(before) - _units(hit))
    look = style.quoted if (before or hit).startswith(FORMULA_STARTS) else style.plain
    parts = ((before, False), (hit, True), (after, False))
    runs = "".join([f"{style.run(red=red)}{_escaped(part)}</r>" for part, red in parts if part])
    return f'<c r="{place}" s="{look}" t="inlineStr"><is>{runs}</is></c>' if runs else _text("", style, place)


def _escaped(text: str) -> str:
    """Text as XML, with the blanks around it."""
    kept = "" if text.strip() == text else ' xml:space="preserve"'
    return f"<t{kept}>{text.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')}</t>"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
