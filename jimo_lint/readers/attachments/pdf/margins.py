"""Tells running heads, feet and page numbers of a PDF from its text: what stands at the same place on several pages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from jimo_lint.readers.attachments.pdf.text import PageText, Piece

# Of the height of a page: official documents have margins of an eighth.
_MARGIN = 0.13
_SAME_PLACE = 3.0  # points
_DIGITS = re.compile(r"\d+")
# What is a page number wherever it stands at the edge. A bare number has to be that of its page.
_PAGE_NUMBER = re.compile(
    r"\s*+(?:[-—–―·~]++\s*+(\d{1,4})\s*+[-—–―·~]++|第\s*+(\d{1,4})\s*+页[\s/，,]*+(?:共\s*+\d{1,5}\s*+页)?"
    r"|(\d{1,4})\s*+/\s*+\d{1,5}|Page\s++(\d{1,4})(?:\s++of\s++\d{1,5})?)\s*+",
    re.I,
)
_PROSE = 15.0  # sizes of the type
_COLUMNS = 3  # a line of so many cells above another heads a table


class Margin(NamedTuple):
    """A running head or foot or a watermark, where it is first seen. page: its index. name: 页眉, 页脚, 水印."""

    page: int
    name: str
    text: str


class _Line(NamedTuple):
    page: int
    name: str
    base: float
    text: str
    pieces: tuple[int, ...]  # their indices on the page


def split(pages: Sequence[PageText]) -> tuple[list[Margin], list[list[Piece]]]:
    """The margins, each once, and of each page the pieces between them."""
    groups: defaultdict[tuple[str, str], list[_Line]] = defaultdict(list)
    for number, page in enumerate(pages):
        for line in _lines(page, number):
            groups[line.name, _DIGITS.sub("#", line.text)].append(line)
    apart: defaultdict[int, set[int]] = defaultdict(set)
    margins = []
    for group in groups.values():
        running = _running(group)
        for line in running:
            apart[line.page].update(line.pieces)
        if running:
            margins.append(Margin(running[0].page, running[0].name, running[0].text))
    bodies = [
        [piece for index, piece in enumerate(page.pieces) if index not in apart[number]]
        if number in apart
        else list(page.pieces)
        for number, page in enumerate(pages)
    ]
    return sorted(margins, key=lambda one: (one.page, one.name != "页眉")), bodies


def _running(group: Sequence[_Line]) -> list[_Line]:
    """Those of the lines, alike but for digits, that are no text."""
    if group[0].name == "水印":
        return list(group)
    place, _ = Counter(round(line.base / _SAME_PLACE) for line in group).most_common(1)[0]
    same = [line for line in group if abs(line.base - place * _SAME_PLACE) <= _SAME_PLACE]
    if len({line.page for line in same}) > 1 and _counts_on(same):
        return same
    return [line for line in group if _is_page_number(line)]


def _counts_on(lines: Sequence[_Line]) -> bool:
    """Whether all that differs are numbers that grow with the page."""
    numbers = zip(*(_DIGITS.findall(line.text) for line in lines), strict=True)
    return all(_is_steady(values, lines) for values in numbers)


def _is_steady(values: Sequence[str], lines: Sequence[_Line]) -> bool:
    if len(set(values)) == 1:
        return True
    if max(map(len, values)) > 6:
        return False
    return len({int(value) - line.page for value, line in zip(values, lines, strict=True)}) == 1


def _is_page_number(line: _Line) -> bool:
    found = _PAGE_NUMBER.fullmatch(line.text)
    return found is not None or line.text.strip() == str(line.page + 1)


def _lines(page: PageText, number: int) -> Iterator[_Line]:
    margin = (page.top - page.bottom) * _MARGIN
    found: dict[str, dict[int, list[int]]] = {"页眉": {}, "页脚": {}}
    for index, piece in enumerate(page.pieces):
        if piece.slanted:
            yield _Line(number, "水印", 0.0, piece.text, (index,))
        elif piece.base > page.top - margin:
            found["页眉"].setdefault(round(piece.base), []).append(index)
        elif piece.base < page.bottom + margin:
            found["页脚"].setdefault(round(piece.base), []).append(index)
    widest = max((piece.right - piece.left for piece in page.pieces), default=0.0)
    for name, rows in found.items():
        for base, indices in sorted(rows.items(), reverse=name == "页眉"):
            if len(indices) >= _COLUMNS and _is_above_cells(page, base):
                break
            if len(indices) == 1 and _is_prose(page.pieces[indices[0]], widest):
                break  # the text has begun
            pieces = sorted(indices, key=lambda index: page.pieces[index].left)
            yield _Line(number, name, base, "\t".join(_texts(page, pieces)), tuple(pieces))


def _texts(page: PageText, indices: Iterable[int]) -> Iterator[str]:
    return (page.pieces[index].text for index in indices)


def _is_prose(piece: Piece, widest: float) -> bool:
    """Whether it is a line of a paragraph: full, from edge to edge."""
    width = piece.right - piece.left
    return width > 0.9 * widest and width > _PROSE * piece.size


def _is_above_cells(page: PageText, base: int) -> bool:
    """Whether the next line below has cells too."""
    below = [round(piece.base) for piece in page.pieces if piece.base < base - _SAME_PLACE]
    return bool(below) and below.count(max(below)) >= _COLUMNS
