"""Turns values into spreadsheet cells that are text, number or date, and never a formula."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from openpyxl.cell.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Color
from openpyxl.worksheet.worksheet import Worksheet

from jimo_lint.report.addresses import link_target
from jimo_lint.report.phrases import FORMULA_STARTS
from jimo_lint.report.views.table import Linked, Marked, Pictured, Value
from jimo_lint.report.xlsx.internals import StyleArray

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
    text = _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _ESCAPE_LIKE.sub("_x005F_", text)
    # Only characters beyond the basic plane take two units, so half the room in characters always fits.
    if len(text) > room // 2 and len(units := text.encode("utf-16-le")) > 2 * room:
        kept = max(room - len(CUT_NOTE), 0)
        return (units[: 2 * kept].decode("utf-16-le", "ignore") + CUT_NOTE)[:room]
    return text


@dataclass(frozen=True, slots=True)
class Style:
    """A prepared cell style, and the same with the mark that keeps a leading = + - @ text when it is edited."""

    plain: StyleArray
    quoted: StyleArray
    font: str
    size: float


class Cells:
    """Makes the cells of one sheet. `links` counts the link objects made so far, at most `max_links`."""

    def __init__(self, sheet: Worksheet, link_style: Style, max_links: int) -> None:
        self._sheet = sheet
        self._link_style = link_style
        self._max_links = max_links
        self.links = 0
        self._empty: dict[int, Cell] = {}  # by style: written at once, so that one of them does for all

    def make(self, value: Value, style: Style) -> Cell:
        """One cell. Strings are always written as strings, whatever they begin with."""
        if value is None:
            if (empty := self._empty.get(id(style))) is None:
                empty = self._empty[id(style)] = Cell(self._sheet, 1, 1, None, style.plain)
            return empty
        if isinstance(value, Linked):
            target = link_target(value.url) if self.links < self._max_links else None
            if target is None:
                return self.make(None if value.text else value.url, style)
            self.links += 1
            cell = self._text(value.text or value.url, self._link_style)
            cell.hyperlink = target
            return cell
        if isinstance(value, Marked):
            return self._marked(value, style)
        if isinstance(value, Pictured):
            value = value.text
        if isinstance(value, date) and value.year < 1900:
            value = value.isoformat()
        if isinstance(value, str):
            return self._text(value, style)
        return Cell(self._sheet, 1, 1, value, style.plain)

    def _text(self, text: str, style: Style) -> Cell:
        text = clean(text)
        cell = Cell(self._sheet, 1, 1, text, style.quoted if text.startswith(FORMULA_STARTS) else style.plain)
        # Without this a leading = makes a formula, and #N/A an error value.
        cell.data_type = "s"
        return cell

    def _marked(self, marked: Marked, style: Style) -> Cell:
        if not 0 <= marked.start < marked.end <= len(marked.text):
            return self._text(marked.text, style)
        before, hit = marked.text[: marked.start], marked.text[marked.start : marked.end]
        before, hit = clean(before, MAX_TEXT // 4), clean(hit, MAX_TEXT // 2)
        after = clean(marked.text[marked.end :], MAX_TEXT - _units(before) - _units(hit))
        wrong = InlineFont(rFont=style.font, sz=style.size, b=True, color=Color(rgb=f"00{RED}"))
        base = InlineFont(rFont=style.font, sz=style.size)
        runs = [TextBlock(font, part) for font, part in ((base, before), (wrong, hit), (base, after)) if part]
        quoted = (before or hit).startswith(FORMULA_STARTS)
        cell = Cell(self._sheet, 1, 1, None, style.quoted if quoted else style.plain)
        if runs:
            cell.value = CellRichText(runs)
        return cell


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
