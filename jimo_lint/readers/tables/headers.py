"""Finds the header of a table by the names of its columns: below title rows, over two rows where cells are merged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from jimo_lint.model.documents import HEADER_ROWS as HEADER_ROWS

Cells = tuple[object, ...]
# A field name of ours to the names of columns that mean it, the most telling first.
Aliases = Mapping[str, Iterable[str]]

_BLANKS = re.compile(r"[\s\u200b\ufeff*＊]+")
_OPENING, _CLOSING = re.compile(r"[(（\[【]"), (")", "）", "]", "】")  # of a note


@dataclass(frozen=True, slots=True)
class Header:
    """Where the columns are. row: the header's last row, from 1; columns: field to index from 0.

    written: field to the column's name as written; unused: the names that mean none of the fields.
    """

    row: int
    columns: Mapping[str, int]
    written: Mapping[str, str]
    unused: tuple[str, ...] = ()


def find_header(rows: Iterable[tuple[int, Cells]], aliases: Aliases) -> Header | None:
    """The row, or the two rows joined by merged cells, with most known names; None where no row has two.

    rows: (number, cells) of the table's first rows. Each field takes the alias that stands first in its list.
    """
    known = _folded(aliases)
    names = {alias for aliases in known.values() for alias in aliases}
    listed = [(number, cells) for number, cells in rows if any(isinstance(cell, str) for cell in cells)]
    best: Header | None = None
    for number, cells in listed:
        best = _better(best, _mapped(number, cells, known))
    for (above, upper), (number, lower) in pairwise(listed):
        if joined := _joined(upper, lower, names):
            mapped = _mapped(number, joined, known)
            # Where they know as much as one row of them, both are header all the same. Not where they stand again below
            # rows, as on each page of a print: those rows would be above the header.
            alike = best is not None and best.row in (above, number) and len(mapped.columns) == len(best.columns)
            best = mapped if alike else _better(best, mapped)
    return best


def meanings(names: Iterable[str], aliases: Aliases) -> dict[str, str]:
    """Field to the name that means it, of names that are no header: keys of an object, columns of a database."""
    return dict(_mapped(1, tuple(names), _folded(aliases)).written)


def name(cell: object) -> str:
    """A column's name without blanks, stars and a note in brackets at its end: `发布时间（必填）` is `发布时间`."""
    return _name(str(cell))


@lru_cache(maxsize=512)  # each format asks of the same rows whether they are its header
def _name(cell: str) -> str:
    plain = _BLANKS.sub("", cell)
    note = _OPENING.search(plain) if plain.endswith(_CLOSING) else None
    return plain[: note.start()] if note and note.start() else plain


def mapping(header: Header, labels: Mapping[str, str]) -> str:
    """How the columns were understood, for a person: `标题←推文题目（B 列）`. labels: Chinese names of the fields."""
    return "，".join(
        f"{labels.get(field, field)}←{' '.join(header.written[field].split())}（{letter(index)} 列）"
        for field, index in header.columns.items()
    )


def letter(index: int) -> str:
    """What a spreadsheet calls the column: A, B … Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _folded(aliases: Aliases) -> dict[str, list[str]]:
    return {field: [alias.casefold() for alias in names] for field, names in aliases.items()}


def _better(best: Header | None, other: Header) -> Header | None:
    return other if len(other.columns) > (len(best.columns) if best else 1) else best


def _mapped(number: int, cells: Sequence[object], known: Mapping[str, Sequence[str]]) -> Header:
    indexes: dict[str, int] = {}
    for index, cell in enumerate(cells):
        if isinstance(cell, str) and cell.strip():
            indexes.setdefault(name(cell).casefold(), index)
    columns: dict[str, int] = {}
    for field, names in known.items():
        for alias in names:
            index = indexes.get(alias, -1)
            if index >= 0 and index not in columns.values():
                columns[field] = index
                break
    taken = set(columns.values())
    unused = [str(cells[index]).strip() for index in indexes.values() if index not in taken]
    return Header(number, columns, {field: str(cells[index]) for field, index in columns.items()}, tuple(unused))


def _both(above: object, below: object, names: set[str]) -> str:
    """A name that is one only with the heading over it: 补正 over 收到日期; "" where the two make none."""
    if not isinstance(above, str) or not isinstance(below, str) or above == below:
        return ""
    joined = name(above) + name(below)
    return joined if joined.casefold() in names else ""


def _joined(upper: Cells, lower: Cells, names: set[str]) -> list[object]:
    """A header of two rows as one; empty where the lower row is none, as it has values of its own below a name."""
    width = max(len(upper), len(lower))
    pairs = [
        (upper[index] if index < len(upper) else None, lower[index] if index < len(lower) else None)
        for index in range(width)
    ]
    joined: list[object] = []
    from_upper = from_lower = 0
    heading: object = None
    for index, (above, below) in enumerate(pairs):
        right = pairs[index + 1][0] if index + 1 < width else above
        left = pairs[index - 1][0] if index else None
        heading = heading if above in (None, "") else above  # csv repeats no merged cells
        if both := _both(heading, below, names):
            from_lower += 1
            from_upper += 1
            joined.append(both)
        elif isinstance(below, str) and name(below).casefold() in names:
            from_lower += below != above
            from_upper += below == above
            joined.append(below)
        elif isinstance(above, str) and name(above).casefold() in names:
            # Below a name that spans both rows there is nothing, or the name again where merged cells were filled.
            if below in (None, "", above):
                from_upper += 1
                joined.append(above)
            elif right in (None, "", above) or left == above:  # a heading over columns with names of their own
                joined.append(below)
            else:
                return []
        else:
            joined.append(below or above)
    return joined if from_upper and from_lower else []
