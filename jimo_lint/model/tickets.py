"""Error reports by the public (我为政府网站找错): what was reported, what became of it, and what our rules knew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from jimo_lint.model.profiles import ReplyTerm


class Complaint(StrEnum):
    """What a report is about, as far as a machine can check it."""

    WORDING = "wording"
    LINK = "link"
    COLUMN = "column"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The Chinese word that reports print."""
        return {"wording": "文字", "link": "链接", "column": "栏目", "other": "其他"}[self.value]


class Outcome(StrEnum):
    """What looking again came to. What was not looked at is never mended."""

    STILL = "still"
    MENDED = "mended"
    UNREACHABLE = "unreachable"
    UNVERIFIED = "unverified"

    @property
    def label(self) -> str:
        """The Chinese words that reports print."""
        return _OUTCOMES[self.value]


_OUTCOMES = {"still": "仍在", "mended": "已改", "unreachable": "打不开", "unverified": "无法自动核实"}


class Knowledge(StrEnum):
    """Whether our own rules had found what a report is about."""

    BEFORE = "before"
    AFTER = "after"
    MISSED = "missed"
    UNSEEN = "unseen"
    VAGUE = "vague"

    @property
    def label(self) -> str:
        """The Chinese words that reports print."""
        return {
            "before": "收到前已发现",
            "after": "收到后才发现",
            "missed": "检查过，没有发现",
            "unseen": "没有检查过那里",
            "vague": "没有写明错处，无法对照",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Ticket:
    """One report as the exports tell of it, personal data masked; "" and None where they say nothing.

    number: 编号; of a row without one, made of what it says. received: the day from which its days count. category:
    错误类型 as written; said: 问题描述; answered: by its state, its answer or its day of closing. limit: a day that the
    export itself sets (延期 is granted by people, not by this program). source: file and row that it came from last.
    """

    number: str
    received: date | None = None
    site: str = ""
    url: str = ""
    category: str = ""
    said: str = ""
    owner: str = ""
    state: str = ""
    reply: str = ""
    closed: date | None = None
    limit: date | None = None
    answered: bool = False
    source: str = ""


class Wording(NamedTuple):
    """One fault of wording. wrong: the words that a report quotes, those that tell most first; right: what should stand
    there, "" where it does not say."""

    wrong: tuple[str, ...]
    right: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a report says is wrong. links: addresses that it names; named: words of links or names of columns that it
    means. elsewhere: it speaks of a picture or an attachment, which no reader opens.
    """

    complaint: Complaint
    faults: tuple[Wording, ...] = ()
    links: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    elsewhere: bool = False
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """One look at what a report complains of. day: of what was looked at (Beijing), None where nothing was.

    why: in a sentence that stands by itself. live: the page was asked for this; else it is what the store held.
    """

    outcome: Outcome
    why: str
    day: date | None = None
    live: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What our rules knew of a report. codes: of the rules that had found it; since: the day on which first."""

    knowledge: Knowledge
    codes: tuple[str, ...] = ()
    since: date | None = None


@dataclass(frozen=True, slots=True)
class TicketResult:
    """A report with all that is known of it on a day.

    due: None where the day of receipt is not known; certain: False where that year's 放假安排 is not published. left:
    working days until then, below 0 when it is over; of an answered one None, and late says by how many it was late
    (None where its day of closing is not known). reply: a draft, "" for an answered one.
    """

    ticket: Ticket
    complaint: Complaint
    check: Check
    known: Known
    due: date | None = None
    certain: bool = True
    left: int | None = None
    late: int | None = None
    reply: str = ""


@dataclass(frozen=True, slots=True)
class Recall:
    """How many real complaints our rules had found, each number with what it is out of.

    before: found before they came, of those whose place had been looked at before (`looked_before`). standing: those
    whose fault the last crawl still shows; reported: of them, those that the last run reports. apart: how many were
    left out of each reckoning, by the reason.
    """

    before: int = 0
    looked_before: int = 0
    reported: int = 0
    standing: int = 0
    apart: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TicketReport:
    """All reports of a site on a day: overdue ones first. term: by which the days were reckoned."""

    as_of: date
    site: str
    term: ReplyTerm
    results: tuple[TicketResult, ...] = ()
    recall: Recall = field(default_factory=Recall)
