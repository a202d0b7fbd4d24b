"""What is read of a Word document, whichever of its two formats it has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from jimo_lint.model import Cell, Mark
from jimo_lint.readers.contents import Member, Passage, Picture

# The instruction of a field that is a link; `\l` leads to a place of the same document.
_LINK_FIELD = re.compile(r"\s*+HYPERLINK\b", re.I)
_LINK = re.compile(r'\s*+HYPERLINK\s++(?!\\)(?:"([^"]*+)"|(\S++))', re.I)
# What is shown of it when one points at it.
_TIP = re.compile(r'\\o\s*+"([^"]*+)"', re.I)
_MOST_HIDDEN = 100  # places that are named; a document that hides more is no other case
# Ruby text and characters in a circle as fields: what is drawn over the text, then the text.
_OVERSTRUCK = re.compile(r"\s*+EQ\b(?:[^\\]++|\\(?!o))*+\\o\s*+(?:\\a[a-z]\s*+)?\((.*)\)\s*+$", re.I | re.S)
# Characters of two lines in the room of one, which the dialogue writes as one text above the line and one below it.
_LINES = re.compile(r"\\s\s*+\\(?:up|do)\s*+\d*+\s*+\(([^()\\]*+)\)", re.I)
_BELOW = re.compile(r"\\s\s*+\\do\s*+\d*+\s*+\([^()]*+\)\s*+$", re.I)
_BUTTON = re.compile(r"\s*+(?:MACRO|GOTO)BUTTON\s++\S++\s++(.*)", re.I | re.S)
_LONGEST = 500  # of the instruction of such a field
_SIGN = re.compile(r'\s*+SYMBOL\s++(\S++)(?:[^"\\]++|\\(?!f))*+\\f\s*+"([^"]*+)"', re.I)
# What fields keep between quotation marks that the text does not show, and what it is.
_KEPT = re.compile(r"\s*+(XE|TC|IF|ASK|FILLIN|SET)\b", re.I)
_KEPT_AS = {"XE": "索引项", "TC": "目录项"}
_QUOTED = re.compile('["“]([^"“”]*+)["”]')
# The signs of fonts of signs that forms are filled in with.
_SIGNS = {
    "wingdings": {0xFE: "☑", 0xFD: "☒", 0xFC: "✓", 0xFB: "✗", 0xA8: "☐", 0x6F: "□", 0x6E: "■"},
    "wingdings 2": {0x52: "☑", 0x53: "☒", 0x54: "☒", 0x50: "✓", 0x4F: "✗", 0xA3: "☐", 0x2A: "☐"},
}


class WordText(NamedTuple):
    """passages: those that have a word in them. unread: what else stands in it, in words (`3 个图表`), or "".

    links: the address of each link, and its words. pictures, members, properties: as in `FileContents`.
    """

    passages: list[Passage]
    unread: str
    links: list[tuple[str, str]]
    marks: Sequence[Mark] = ()
    pictures: Sequence[Picture] = ()
    members: Iterable[Member] = ()
    properties: Sequence[tuple[str, str]] = ()


class CellCounter:
    """Counts the cells of the tables of a text, those in tables as well, where only their ends are marked.

    before: what the names of the tables begin with. depth: 1 in a table, 2 in a table in it, 0 outside.
    """

    def __init__(self, before: str = "") -> None:
        self._before = before
        self._count = 0
        self._open: list[list[int]] = []  # number, row and column of each, from the outermost

    def place(self, depth: int, *, ends: bool) -> Cell | None:
        """Where the next paragraph stands, None outside of tables. ends: it is the last of its cell."""
        table = self._at(depth)
        if table is None:
            return None
        number, row, column = table
        table[2] += ends
        return Cell(f"{self._before}表 {number}", row, column)

    def end_row(self, depth: int) -> None:
        """Go on with the next row."""
        if table := self._at(depth):
            table[1:] = [table[1] + 1, 1]

    def _at(self, depth: int) -> list[int] | None:
        del self._open[depth:]
        while len(self._open) < depth:
            self._count += 1
            self._open.append([self._count, 1, 1])
        return self._open[-1] if self._open else None


def linked(fields: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Address and words of the fields that are links, of the instruction and the words of each."""
    for instruction, words in fields:
        if found := _LINK.match(instruction):
            yield (found[1] or found[2] or "").replace("\\\\", "\\"), words


def tooltip(instruction: str) -> str:
    """What the instruction of a field that is a link says to whoever points at it; "" for all others."""
    found = _TIP.search(instruction) if _LINK_FIELD.match(instruction) else None
    return found[1].strip() if found else ""


def shown_by(instruction: str) -> str:
    """What a field that has no result shows by its instruction: text under a guide, in a circle or in two lines …"""
    if len(instruction) > _LONGEST:
        return ""
    if button := _BUTTON.match(instruction):
        return button[1].strip()
    if sign := _SIGN.match(instruction):
        return symbol(sign[2], sign[1])
    found = _OVERSTRUCK.match(instruction)
    if found and _BELOW.search(found[1]):
        return "".join(_LINES.findall(found[1])).strip()
    base = re.split("[,;，；]", found[1])[-1] if found else ""
    return "" if "\\" in base else base.strip()


def kept_by(instruction: str, words: str) -> Iterator[tuple[str, str]]:
    """Place and words of what a field keeps for an index, for another case or to ask with, and does not show itself."""
    if found := _KEPT.match(instruction):
        place = _KEPT_AS.get(found[1].upper(), "域里的文字")
        yield from ((place, one) for one in _QUOTED.findall(instruction) if one.strip() and one not in words)


def symbol(font: str, code: str, base: int = 10) -> str:
    """The sign of a font of signs, "" where it is none that says something. code: its number, written to this base."""
    try:
        return _SIGNS.get(font.lower(), {}).get(int(code[:9], base) & 0xFF, "")
    except ValueError:
        return ""


def in_cell(cell: Cell) -> str:
    """The place of text in a cell: `表 1 第 2 行第 3 列`."""
    return f"{cell.table} 第 {cell.row} 行第 {cell.column} 列"


def hidden_marks(places: Iterable[str]) -> list[Mark]:
    """A mark for each place where text is hidden."""
    return [Mark("hidden", place) for place in list(dict.fromkeys(places))[:_MOST_HIDDEN]]
