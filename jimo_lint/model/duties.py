"""The duties of a year: what is owed, what was done of it, and how that stands on a day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Duty:
    """What an office owes in a year. key: as the configuration names it.

    times: how often, 0 where it is not owed; weekly: once in every ISO week instead; by: month and day up to and on
    which it is done. What counts is one of: inspection: complete runs of it; report: titles on the site of that sort of
    annual report (of the year before); columns: items of these columns, all of which must be there; usual: the same of
    those of these names that are there. Where all are empty, a person says when it was done. unless: items and
    reports with one of these words in the title do not count; only: only those with one of these do.

    basis: document and clause, fit to be printed; evidence: its mark, "" where the office itself has set it.
    """

    key: str
    name: str
    times: int = 0
    weekly: bool = False
    by: tuple[int, int] | None = None
    inspection: str = ""
    report: str = ""
    columns: tuple[str, ...] = ()
    usual: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    basis: str = ""
    evidence: str = ""
    note: str = ""

    @property
    def by_hand(self) -> bool:
        """Whether nothing but a person's word counts."""
        return not (self.inspection or self.report or self.columns or self.usual)

    def deadline(self, year: int) -> date | None:
        """The last day in that year; of 29 February in a common year the 28th."""
        if self.by is None:
            return None
        month, day = self.by
        try:
            return date(year, month, day)
        except ValueError:
            return date(year, month, 28)


class Record(NamedTuple):
    """A person's word that a duty was done on these days. duty: its key."""

    duty: str
    days: tuple[date, ...]
    note: str = ""


class Ran(NamedTuple):
    """A kept run. inspection: its code; day: its `as_of`; whole: it came to its end and left nothing out that the
    configuration asks for; complete: and everything could be read."""

    inspection: str
    day: date
    whole: bool
    complete: bool = True


class Source(StrEnum):
    """How a deed is known."""

    RUN = "run"
    COLUMN = "column"
    SITE = "site"
    RECORD = "record"

    @property
    def label(self) -> str:
        """The Chinese word that reports print."""
        return {"run": "本程序检查", "column": "栏目", "site": "全站标题", "record": "人工登记"}[self.value]


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing done, or met and not counted. day: None where unknown; what: title or note.

    place: the name of the column, "" elsewhere. against: why it does not count, "" where it does.
    """

    day: date | None
    what: str
    source: Source
    place: str = ""
    url: str = ""
    against: str = ""


class Standing(StrEnum):
    """How a duty stands; UNKNOWN is never shown as not done, nor as done."""

    DONE = "done"
    AHEAD = "ahead"
    EVEN = "even"
    WAITING = "waiting"
    BEHIND = "behind"
    OVERDUE = "overdue"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The Chinese word that reports print."""
        return _STANDING_LABELS[self.value]


_STANDING_LABELS = {
    "done": "已完成",
    "ahead": "超前",
    "even": "按进度",
    "waiting": "未到期",
    "behind": "落后",
    "overdue": "逾期",
    "unknown": "无法统计",
}


@dataclass(frozen=True, slots=True)
class Next:
    """When a duty is due next. day: may be past; workdays: working days after the day of the plan up to and on it,
    None where it is past; last: the last working day up to and on it. certain: false where the holidays of that year
    are not published yet."""

    day: date
    workdays: int | None
    last: date
    certain: bool = True


@dataclass(frozen=True, slots=True)
class DutyState:
    """A duty on the day of the plan.

    done: how often it was done, None where nobody can say; exact: false where it may be more. owed: how often in the
    whole year; expected: how often by now. until: the day up to which was counted. counted, uncounted: what was met.
    gaps: Mondays of past weeks of which nothing is on record. reason: what a reader has to know.
    """

    duty: Duty
    standing: Standing
    done: int | None
    owed: int
    expected: int
    until: date
    exact: bool = True
    counted: tuple[Deed, ...] = ()
    uncounted: tuple[Deed, ...] = ()
    gaps: tuple[date, ...] = ()
    reason: str = ""
    next: Next | None = None


@dataclass(frozen=True, slots=True)
class YearPlan:
    """The duties of one year as of a day. seen: the day of the crawl that was counted from, None where there is none.

    dropped: names of duties that the office does not have. published: whether the holidays of the year are.
    """

    site: str
    year: int
    as_of: date
    duties: tuple[DutyState, ...] = ()
    seen: date | None = None
    dropped: tuple[str, ...] = field(default=())
    published: bool = True
