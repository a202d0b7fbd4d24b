"""Writes the roll-up of a fleet as one page that a browser shows and prints; figures lead to the rows they count."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from jimo_lint import __version__
from jimo_lint.model.rollup import Rollup
from jimo_lint.report.html.content import Board, Figure
from jimo_lint.report.html.grids import Grid, grid
from jimo_lint.report.html.page import filled
from jimo_lint.report.phrases import chinese_date
from jimo_lint.report.views import rollup as view
from jimo_lint.report.views.rollup_tables import ACCOUNTS, GRAVE, SITES, STANDINGS, UNSEEN, VETOES
from jimo_lint.report.views.table import Line, Table

# Ids of the tables, by their names; those of sites and accounts are grouped by what is concluded.
_IDS = {"分市情况": "cities", "分单位情况": "units", ACCOUNTS: "accounts", VETOES: "vetoes", GRAVE: "grave"}
_IDS |= {"问题种类": "kinds", UNSEEN: "unseen", "变化趋势": "trend"}
_CONCLUDED = "结论"
_ORDER = tuple(STANDINGS)
# Where figures lead that are no conclusion.
_LEADS = {"达到的单项否决": "vetoes", "否决级问题": "grave", "未检查": "unseen", "账号未检查的网站": "unseen"}


class Page(NamedTuple):
    """The parts in their order."""

    title: str
    facts: tuple[tuple[str, str], ...]
    verdicts: tuple[Line, ...]
    boards: tuple[Board, ...]
    lines: tuple[Line, ...]
    grids: tuple[Grid, ...]
    reading: tuple[str, ...]


def render(given: Rollup) -> str:
    """The whole page, ending in a newline."""
    return filled("rollup.html", page=page(given), day=given.day, version=__version__, workbook="")


def page(given: Rollup) -> Page:
    """All that the page says."""
    said = view.rollup(given)
    grids = tuple(_grids(said.tables))
    return Page(
        title=said.title,
        facts=(
            *((one.title, chinese_date(one.day)) for one in given.rounds),
            ("汇总时间", f"{given.made:%Y-%m-%d %H:%M}"),
        ),
        verdicts=tuple(line for line in said.lines if line.style == "verdict"),
        boards=tuple(
            Board(board.title, tuple(_figures(board, grids, of_accounts=one.of_accounts)))
            for board, one in zip(said.boards, given.rounds, strict=True)
        ),
        lines=tuple(line for line in said.lines if line.style != "verdict"),
        grids=grids,
        reading=said.reading,
    )


def _grids(tables: tuple[Table, ...]) -> Iterator[Grid]:
    for number, table in enumerate(tables):
        name = _IDS.get(table.name) or ("sites" if table.name == SITES else f"sites-{number}")
        concluded = any(field.title == _CONCLUDED for field in table.fields)
        without = [field.title for field in table.fields if field.style.startswith("entry")]
        yield grid(
            name,
            table,
            by=_CONCLUDED if concluded else "",
            order=_ORDER if concluded else (),
            without=without,
        )


def _figures(board: view.Board, grids: tuple[Grid, ...], *, of_accounts: bool) -> Iterator[Figure]:
    """Each leads to the rows that it counts."""
    wanted = "accounts" if of_accounts else "sites"
    held = next((one for one in grids if one.id.startswith(wanted)), None)
    for tile in board.figures:
        where = _LEADS.get(tile.label) or (held.group(tile.label) or held.id if held else "")
        yield Figure(tile.label, tile.number, where, tile.bad)
