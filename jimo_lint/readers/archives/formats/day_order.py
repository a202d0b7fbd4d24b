"""Decides for a whole column whether 12/01/2026 is the first of December or the twelfth of January."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from itertools import pairwise

# The two readings of a cell: month first, day first; None where that is no day.
Ways = tuple[datetime | None, datetime | None]
# Different days before their order says anything: of so many, one in sixty stands in order by chance.
_ENOUGH = 5


def settle(column: Sequence[Ways], as_of: date) -> list[datetime | None]:
    """The moment of each cell; None where both readings stay possible.

    The column is written in one way: the one in which all its cells are days, of two the one without days after
    `as_of`, of two the one whose rows are in order. Where each way has cells that are none, every cell speaks for
    itself.
    """
    if not column:
        return []
    first, second = ([one[0] for one in column], [one[1] for one in column])
    ways = [moments for way in (first, second) if len(moments := [one for one in way if one]) == len(column)]
    if len(ways) > 1:
        ways = [way for way in ways if max(way).date() <= as_of] or ways
    if len(ways) > 1:
        ways = [way for way in ways if _in_order(way)] or ways
    if len(ways) == 1:
        return list(ways[0])
    return [one or other if not (one and other) or one == other else None for one, other in column]


def _in_order(moments: Sequence[datetime]) -> bool:
    """Whether the rows go on from the oldest to the newest, or back."""
    days = [one.date() for one in moments]
    return len(set(days)) >= _ENOUGH and (
        all(one <= other for one, other in pairwise(days)) or all(one >= other for one, other in pairwise(days))
    )
