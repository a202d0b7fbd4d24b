"""One list page of a column, as the store has it."""

from __future__ import annotations

from jimo_lint.model import ListItem, Obstacle, Paging, Problem
from jimo_lint.values import dataclass


@dataclass(frozen=True, slots=True)
class ListPage:
    """One list page of a column as read; fields as in `Visit`. page: from 1."""

    url: str
    page: int
    rows: tuple[ListItem, ...] = ()
    status: int = 200
    complete: bool = True
    landing: bool = False
    problem: Problem | None = None
    blank_notice: bool = False
    scripted: bool = False
    paging: Paging = Paging.SINGLE
    known: int = 0
    obstacle: Obstacle = Obstacle.NONE
