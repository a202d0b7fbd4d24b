"""The parts that views are made of: values of cells, fields, tables, figures and lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Marked:
    """Text whose part [start, end) is shown red and bold."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Linked:
    """An address that opens with a click, where it is one that a spreadsheet accepts.

    text: the word to be clicked, shown only where it leads somewhere; where empty the address itself is shown.
    """

    url: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Pictured:
    """A small picture. image: as WebP; text: what stands there where none can be shown."""

    image: bytes
    text: str


Value = str | int | float | date | datetime | Marked | Linked | Pictured | None
Row = Sequence[Value]

GRADES = ("否决", "错误", "警告", "提示")


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a table. width: in characters of the body font; style: a look that the layout knows by this name.

    tint: words that are coloured by what they say; alarm: numbers above 0 are faults; choices: what a person may
    choose from; dated: a person writes a day there; printed: False for what is of use on the screen only - such fields
    stand last; hidden: for programs, not for people.
    """

    title: str
    width: float
    style: str = "text"
    tint: tuple[str, ...] = ()
    alarm: bool = False
    choices: tuple[str, ...] = ()
    dated: bool = False
    printed: bool = True
    hidden: bool = False


class Total(NamedTuple):
    """The last row of a table: what is summed, the title of the field that holds the sum, and the sum."""

    label: str
    field: str
    value: Value


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a sheet of its own.

    rows: gone through once. frozen: how many fields stay in view when the others scroll. notes: lines below it.
    filtered: whether its head offers filters. compact: printed a little smaller rather than with an orphan row.
    """

    name: str
    fields: tuple[Field, ...]
    rows: Iterable[Row]
    frozen: int = 0
    notes: tuple[str, ...] = ()
    filtered: bool = True
    compact: bool = False
    total: Total | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A table among others on one sheet. The widths of its fields are columns of that sheet."""

    title: str
    fields: tuple[Field, ...]
    rows: tuple[Row, ...]


class Tile(NamedTuple):
    """A key figure. bad: a number above 0 is a fault. number: a word where nobody looked."""

    label: str
    number: int | str
    bad: bool = False


class Line(NamedTuple):
    """A sentence with its weight: verdict, alarm or note."""

    text: str
    style: str = "note"
