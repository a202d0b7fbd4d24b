"""模拟呼叫 and 模拟暗访: what is asked for, what the people who asked wrote down, and what that comes to."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from jimo_lint.values import dataclass

CALLS, VISITS = "模拟呼叫", "模拟暗访"


class Ask(NamedTuple):
    """A row of a form that is to be filled in. number: with check digits that hold it and its unit together.

    kind: `CALLS` or `VISITS`. where: of a call where the telephone stands, of a visit how the request is sent.
    """

    number: str
    kind: str
    unit: str
    where: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """A row that somebody filled in. place: of the row. answers: by the names of the columns, "" where nothing stands;
    sent, replied: days of a visit, None also where what is written is no day: then `unclear` names it. doubts: what in
    it cannot be understood, each with what to do."""

    ask: Ask
    place: str
    answers: dict[str, str]
    sent: date | None = None
    replied: date | None = None
    doubts: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()


class Point(NamedTuple):
    """One thing that was looked at. share: 0 to 1, None where nothing can be said yet, for the reason in `why`."""

    name: str
    share: float | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Scored:
    """A filled row with what was looked at."""

    row: Answered
    points: tuple[Point, ...]

    @property
    def score(self) -> float | None:
        """0 to 100: the mean of what can be said; None where nothing can."""
        shares = [one.share for one in self.points if one.share is not None]
        return 100 * sum(shares) / len(shares) if shares else None


@dataclass(frozen=True, slots=True)
class Round:
    """What came back. rows: filled in; left: asked for and not filled in; faults: rows that could not be read."""

    rows: tuple[Scored, ...]
    left: tuple[Ask, ...]
    faults: tuple[str, ...]
