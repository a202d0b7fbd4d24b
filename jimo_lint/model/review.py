"""What becomes of findings from one run to the next: states, reviewers' decisions, and what a report says of both.

The rules that they follow are those of 发现—整改—复查—销号 as the closed platforms have it; `review` applies them.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from enum import StrEnum

from jimo_lint.values import NamedTuple, dataclass

_ID = re.compile(r"\s*(\d{1,9})-([0-9a-f]{16})-([0-9a-f]{4})\s*", re.I)


class State(StrEnum):
    """How a finding stands in a run, seen from the runs before it."""

    NEW = "new"
    FIRST = "first"
    STILL = "still"
    REWORDED = "reworded"
    PARTLY = "partly"
    RETURNED = "returned"
    UNDONE = "undone"
    MENDED = "mended"
    OFFLINE = "offline"
    CLOSED = "closed"
    UNCHECKED = "unchecked"

    @property
    def label(self) -> str:
        """The Chinese word that reports print."""
        return _STATES[self.value][0]

    @property
    def meaning(self) -> str:
        """When it is so, in a sentence for 说明."""
        return _STATES[self.value][1]

    @property
    def gone(self) -> bool:
        """Looked at and not found any more; found again it has returned."""
        return self in (State.MENDED, State.OFFLINE, State.CLOSED)


_STATES = {
    "new": ("新增", "以前用这条规则查过这里，当时没有"),
    "first": ("首次检查", "这个地方或这条规则是第一次检查，不算新出现的问题"),
    "still": ("仍在", "上次就有，这次还在"),
    "reworded": ("改写仍在", "同一页面同一处词语，前后文字改过，问题还在"),
    "partly": ("部分整改", "同一问题出现在多处，有的已经改好，有的还在"),
    "returned": ("复现", "曾经改好或下线，这次又出现，天数重新计算"),
    "undone": ("整改未到位", "报过已整改，这次检查还在"),
    "mended": ("已改", "原来各处都重新查过，没有再发现"),
    "offline": ("已下线", "原来的页面已经撤下（两次确认打不开：404、410）"),
    "closed": ("已销号", "报过已整改，这次查过，确实没有了"),
    "unchecked": ("未复查", "这次没有查到那里，不知道改没改"),
}


class Opinion(StrEnum):
    """What a reviewer (人工审核) decides of a finding."""

    CONFIRMED = "confirmed"
    FALSE_ALARM = "false-alarm"
    MENDED = "mended"
    DEFERRED = "deferred"

    @property
    def label(self) -> str:
        """The Chinese word that workbooks offer and reports print."""
        return {"confirmed": "确认", "false-alarm": "误报", "mended": "已整改", "deferred": "暂缓"}[self.value]


class Scope(StrEnum):
    """How far a 误报 reaches: one finding, a rule's word everywhere, or a rule in one column or account."""

    FINDING = "finding"
    WORD = "word"
    COLUMN = "column"

    @property
    def label(self) -> str:
        """The Chinese words that reports print."""
        return {"finding": "这一条", "word": "这条规则的这个词", "column": "这条规则在这个栏目（账号）"}[self.value]


@dataclass(frozen=True, slots=True)
class Decision:
    """One opinion of one person. Decisions are only ever added; `undone` ones have no effect.

    inspection, fingerprint: which finding. run: number of the run whose report was looked at, 0 where unknown.
    reviewer: as written, "" where nobody signed. day: its own date (Beijing); a later one of the same person replaces
    the former. due: 整改期限, or until when it is deferred. progress: 整改情况 in the reviewer's words. source: file
    and row, or the browser session. code, word, column: what scope `word` (code and word) and `column` (code and the
    column's or account's name) reach. stored: aware UTC, when it came into the store; id: its number there.
    """

    inspection: str
    fingerprint: str
    opinion: Opinion
    day: date
    reviewer: str = ""
    reason: str = ""
    due: date | None = None
    progress: str = ""
    source: str = ""
    scope: Scope = Scope.FINDING
    run: int = 0
    code: str = ""
    word: str = ""
    column: str = ""
    stored: datetime | None = None
    id: int = 0
    undone: bool = False


class Conflict(NamedTuple):
    """Two persons of different opinions on one finding: neither takes effect until one of them changes theirs."""

    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class History:
    """How a finding came to stand as it does. A part of `Finding`, None where no runs are kept.

    first_seen: the day of the run that first had it. since: from when its days count: as first_seen, or the day on
    which it returned. days: from `since` to the run. due: 整改期限 by the profile or the reviewer, None where there is
    none; certain: False where that year's 放假安排 is not published yet. overdue: working days over it, 0 if not.
    returns: how often it has returned. places, clean: of the places where it stood, how many there are and how many
    were looked at and free of it. decision: that which is in force; disputed: two reviewers contradict each other.
    """

    state: State
    first_seen: date
    since: date
    days: int = 0
    due: date | None = None
    certain: bool = True
    overdue: int = 0
    returns: int = 0
    places: int = 1
    clean: int = 0
    decision: Decision | None = None
    disputed: bool = False


def finding_id(run: int, fingerprint: str) -> str:
    """The number of a finding that workbooks carry and reviewers give back: run, fingerprint, check digits."""
    return f"{run}-{fingerprint}-{_check(run, fingerprint)}"


def read_finding_id(text: str) -> tuple[int, str] | None:
    """Run and fingerprint of a finding's number; None where it is none or its check digits do not fit."""
    found = _ID.fullmatch(text)
    if not found:
        return None
    run, fingerprint = int(found[1]), found[2].lower()
    return (run, fingerprint) if _check(run, fingerprint) == found[3].lower() else None


def _check(run: int, fingerprint: str) -> str:
    from hashlib import blake2b

    return blake2b(f"{run}-{fingerprint}".encode(), digest_size=2).hexdigest()
