"""Turns tables of views into tables of a page: rows under the heads of what they have in common, not too many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from jimo_lint.report.addresses import link_target
from jimo_lint.report.views.table import Block, Field, Linked, Marked, Pictured, Row, Table, Value
from jimo_lint.report.views.tones import TONES

# Rows of one group that are shown: who wants more sorts and filters, for which there is the workbook.
SHOWN = 300
_NUMBER = "序号"


class Cell(NamedTuple):
    """What stands in a cell: text whose `marked` part is the one that matters. href: where a click leads.

    tone: how the word is coloured, "" for not at all.
    """

    text: str = ""
    marked: str = ""
    after: str = ""
    href: str = ""
    tone: str = ""

    def __bool__(self) -> bool:
        return bool(self.text or self.marked)


class Head(NamedTuple):
    """A column. look: a class; on_screen: of no use on paper; row: its cells say what their row is about."""

    title: str
    look: str
    on_screen: bool
    row: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that have a word in common. left: how many more there are than are shown."""

    id: str
    word: str
    tone: str
    count: int
    rows: tuple[tuple[Cell, ...], ...]
    left: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of the page. groups: one without a word where its rows have nothing in common."""

    id: str
    title: str
    heads: tuple[Head, ...]
    groups: tuple[Group, ...]
    notes: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """All rows, with those that are not shown."""
        return sum(group.count for group in self.groups)

    def group(self, *words: str) -> str:
        """The id of the first group with one of these words; "" where there is none."""
        return next((group.id for group in self.groups if group.word in words), "")


def grid(
    name: str,
    table: Table | Block,
    *,
    by: str = "",
    order: Sequence[str] = (),
    leading: Mapping[str, str] | None = None,
    without: Iterable[str] = (),
) -> Grid:
    """A table as the page shows it; fields that say nothing in any row are left out.

    So are the numbers of the rows, which are those of a sheet.

    by: title of the field whose equal values are a group; it is then not shown. order: which of them come first.
    leading: titles of fields, each with that of the field which holds the address that it leads to. without: titles.
    """
    fields = table.fields
    places = {field.title: place for place, field in enumerate(fields)}
    leads = {places[title]: places[held] for title, held in (leading or {}).items()}
    dropped = {places[title] for title in (_NUMBER, by, *without) if title in places} | set(leads.values())
    shown = [place for place in range(len(fields)) if place not in dropped]
    held: dict[str, list[Row]] = {word: [] for word in order}
    for row in table.rows:
        held.setdefault(str(row[places[by]]) if by else "", []).append(row)
    groups = [
        _group(f"{name}-{number}", word, rows, fields, shown, leads)
        for number, (word, rows) in enumerate(((word, rows) for word, rows in held.items() if rows), 1)
    ]
    used = [at for at in range(len(shown)) if any(row[at] for group in groups for row in group.rows)]
    named = next((place for place in shown if fields[place].style == "strong"), None)
    return Grid(
        name,
        table.name if isinstance(table, Table) else table.title,
        tuple(_head(fields[shown[at]], shown[at] == named) for at in used),
        tuple(replace(one, rows=tuple(tuple(row[at] for at in used) for row in one.rows)) for one in groups),
        table.notes if isinstance(table, Table) else (),
    )


def _group(
    name: str, word: str, rows: list[Row], fields: tuple[Field, ...], shown: list[int], leads: Mapping[int, int]
) -> Group:
    made = tuple(
        tuple(cell(row[place], fields[place], row[leads[place]] if place in leads else None) for place in shown)
        for row in rows[:SHOWN]
    )
    return Group(name, word, TONES.get(word, ""), len(rows), made, len(rows) - len(made))


def _head(field: Field, named: bool) -> Head:
    return Head(field.title, field.style, not field.printed, named)


def cell(value: Value, field: Field | None = None, lead: Value = None) -> Cell:
    """A cell. field: whose it is; lead: the address that it leads to."""
    if isinstance(value, Linked):
        return Cell(value.text or value.url, href=_href(value)) if _href(value) or not value.text else Cell()
    if isinstance(value, Marked):
        return marked(value)
    said, href = text(value), _href(lead)
    if said and field and field.style == "days" and isinstance(value, int):
        said = f"{said} 天"
    if field and field.style == "share" and isinstance(value, float):
        said = f"{value:.1%}"
    if not said and href:
        said = text(lead.url if isinstance(lead, Linked) else lead)
    return Cell(said, href=href, tone=TONES.get(said, "") if field and field.tint else "")


def marked(value: Marked) -> Cell:
    """The part that matters apart from what stands around it, nothing apart where the places are not in the text."""
    if not 0 <= value.start < value.end <= len(value.text):
        return Cell(value.text)
    return Cell(value.text[: value.start], value.text[value.start : value.end], value.text[value.end :])


def text(value: Value) -> str:
    """A value as people read it."""
    match value:
        case None:
            return ""
        case Pictured():
            return value.text
        case datetime():
            return f"{value:%Y-%m-%d %H:%M}" if value.time() else f"{value:%Y-%m-%d}"
        case date():
            return value.isoformat()
        case int():
            return f"{value:,}"
        case float():
            return f"{value:g}"
    return str(value)


def _href(value: Value) -> str:
    """The address that a click may open; "" where it is none."""
    url = value.url if isinstance(value, Linked) else value
    return link_target(url) or "" if isinstance(url, str) and url else ""
