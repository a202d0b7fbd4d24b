"""What the rounds of a fleet come to: how each site and account stands, and what was not looked at."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

from jimo_lint.model.terms import Platform, Severity
from jimo_lint.values import dataclass


class SiteStanding(StrEnum):
    """What is concluded of a site or an account in one round.

    FAILED: a 单项否决 is reached or something may be one; a person confirms. UNKNOWN: it was looked at, but not so that
    it could be said to pass. UNSEEN: it was not looked at. Only PASSED counts as 合格.
    """

    FAILED = "failed"
    UNKNOWN = "unknown"
    PASSED = "passed"
    UNSEEN = "unseen"

    @property
    def label(self) -> str:
        """As reports say it."""
        return {"failed": "不合格", "unknown": "未能作出结论", "passed": "合格", "unseen": "未检查"}[self.value]


@dataclass(frozen=True, slots=True)
class Seat:
    """Which site it is. key: its name in the fleet; code: 网站标识码; unit: 主办单位."""

    key: str
    code: str
    name: str
    city: str
    unit: str


@dataclass(frozen=True, slots=True)
class SiteResult:
    """How one site stands in one round.

    why: what it fails for, or why nothing is concluded. state: of its task, as the journal has it, or `unreadable`
    where its report could not be read. vetoes: 单项否决 indicators reached; grave: veto findings, of which an indicator
    may count several. documents: pages or posts; problems: places that were not read. unprobed: nobody timed enough
    visits to say whether the site can be reached. before: of the round before, None where it was not in it. last: the
    last day before this round on which it was looked at.
    """

    seat: Seat
    standing: SiteStanding
    why: str = ""
    state: str = "done"
    as_of: date | None = None
    profile: str = ""
    version: str = ""
    documents: int = 0
    problems: int = 0
    vetoes: int = 0
    grave: int = 0
    errors: int = 0
    warnings: int = 0
    notices: int = 0
    columns: int = 0
    stale: int = 0
    blank: int = 0
    dead_links: int = 0
    accounts: int = 0
    accounts_passed: int = 0
    accounts_failed: int = 0
    unprobed: bool = False
    before: SiteStanding | None = None
    last: date | None = None

    @property
    def seen(self) -> bool:
        """Whether the round looked at it."""
        return self.standing is not SiteStanding.UNSEEN

    @property
    def unreadable(self) -> bool:
        """Whether its report is there and could not be read."""
        return self.state == "unreadable"


@dataclass(frozen=True, slots=True)
class AccountStand:
    """How one account stands. age: days since its newest post; None where nothing was read."""

    seat: Seat
    name: str
    platform: Platform
    owner: str
    standing: SiteStanding
    why: str
    newest: date | None
    age: int | None
    grave: int
    errors: int


@dataclass(frozen=True, slots=True)
class ReachedVeto:
    """A 单项否决 indicator that a site reaches. evidence: the mark of its basis; samples: what it was counted from."""

    seat: Seat
    name: str
    point: str
    count: float | None
    arithmetic: str
    samples: str
    basis: str
    evidence: str


@dataclass(frozen=True, slots=True)
class GraveFinding:
    """A finding of the level 否决."""

    seat: Seat
    code: str
    title: str
    message: str
    matched: str
    whom: str
    owner: str
    url: str
    first_seen: date | None


@dataclass(frozen=True, slots=True)
class FaultKind:
    """The findings of one rule. sites: on how many they are; cities: in how many."""

    code: str
    title: str
    severity: Severity
    count: int
    sites: int
    cities: int


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """What one round came to. passed, failed, unknown, unseen: sites, or accounts where the inspection is of these."""

    run: str
    day: date
    passed: int
    failed: int
    unknown: int
    unseen: int
    grave: int
    errors: int


@dataclass(frozen=True, slots=True)
class Round:
    """One inspection of the whole fleet.

    run: its name; title: of the inspection; ended: it came to its end. of_accounts: what it judges are accounts, not
    sites. grave: the first of `grave_total` findings. trend: of the rounds up to this one, oldest first. left: sites of
    the round before that are not in this one; closed: those that are no longer run, which are not among `sites`.
    """

    run: str
    inspection: str
    title: str
    day: date
    ended: bool
    of_accounts: bool
    sites: tuple[SiteResult, ...]
    accounts: tuple[AccountStand, ...] = ()
    vetoes: tuple[ReachedVeto, ...] = ()
    grave: tuple[GraveFinding, ...] = ()
    grave_total: int = 0
    kinds: tuple[FaultKind, ...] = ()
    trend: tuple[TrendPoint, ...] = ()
    left: tuple[Seat, ...] = ()
    closed: tuple[Seat, ...] = ()


@dataclass(frozen=True, slots=True)
class Rollup:
    """The rounds that a report is about. area: whose fleet it is, "" where that was not told. made: naive, China."""

    area: str
    made: datetime
    rounds: tuple[Round, ...]

    @property
    def day(self) -> date:
        """The newest day of all rounds."""
        return max(one.day for one in self.rounds)


@dataclass(frozen=True, slots=True)
class Share:
    """合格率: the passed among those looked at; what was not concluded is looked at, too."""

    passed: int = 0
    failed: int = 0
    unknown: int = 0
    unseen: int = 0

    @classmethod
    def of(cls, standings: Iterable[SiteStanding]) -> Share:
        """Of sites or of accounts."""
        count = dict.fromkeys(SiteStanding, 0)
        for one in standings:
            count[one] += 1
        return cls(*(count[SiteStanding(word)] for word in ("passed", "failed", "unknown", "unseen")))

    @property
    def seen(self) -> int:
        """The denominator."""
        return self.passed + self.failed + self.unknown

    @property
    def all(self) -> int:
        """With those that were not looked at."""
        return self.seen + self.unseen

    @property
    def rate(self) -> float | None:
        """0 to 1; None where none was looked at."""
        return self.passed / self.seen if self.seen else None

    @property
    def said(self) -> str:
        """`82.1%（23/28）`, a dash where none was looked at."""
        return "—" if self.rate is None else f"{self.rate:.1%}（{self.passed}/{self.seen}）"
