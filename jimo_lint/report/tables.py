"""Counts what sheets show as tables: the posts of every account by days, and its pauses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

import pandas as pd

from jimo_lint.model import AccountReading


class Pace(NamedTuple):
    """How one account published. posts: on each of the days, None for none; total: over these days.

    pause: days of the longest pause between two posts of the last twelve weeks, the present one included; None
    where nothing was published in them.
    """

    posts: tuple[int | None, ...]
    total: int
    pause: int | None


def paces(readings: Sequence[AccountReading], days: Sequence[date], as_of: date) -> Iterator[Pace]:
    """The pace of every account, in the order given."""
    known = pd.DataFrame([reading.days for reading in readings], dtype="Int64")
    posts = known.reindex(columns=list(days))
    totals = posts.sum(axis="columns")
    for number, reading in enumerate(readings):
        row = tuple(None if pd.isna(count) else int(count) for count in posts.iloc[number])
        yield Pace(row, int(totals.iloc[number]), _longest(reading, as_of))


def _longest(reading: AccountReading, as_of: date) -> int | None:
    if not reading.days:
        return None
    pauses = pd.Series(pd.to_datetime([*sorted(reading.days), as_of])).diff()
    return int(pauses.max().days)
