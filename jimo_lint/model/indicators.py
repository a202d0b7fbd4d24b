"""The indicators of an inspection standard, and what a run says about each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from jimo_lint.model.rules import Basis
from jimo_lint.model.terms import MaxAge
from jimo_lint.values import dataclass, field


class Part(StrEnum):
    """The parts of 国办秘函〔2019〕19号: vetoes for every site and account, points for portals only."""

    VETO = "veto"
    DEDUCTION = "deduction"
    BONUS = "bonus"

    @property
    def label(self) -> str:
        """The Chinese word that reports print."""
        return {"veto": "单项否决", "deduction": "扣分", "bonus": "加分"}[self.value]


class Judge(StrEnum):
    """Who decides: the machine, the machine with a person to confirm what it found, or a person alone."""

    MACHINE = "machine"
    ASSISTED = "assisted"
    PERSON = "person"

    @property
    def label(self) -> str:
        """The Chinese word that reports print."""
        return {"machine": "机器", "assisted": "机器初查，人工认定", "person": "人工"}[self.value]


class Measure(StrEnum):
    """What the machine counts for an indicator.

    findings: distinct problems of the indicator's rules. stale, blank: columns. home, account: age of the newest
    item. availability: visits that failed, in per cent.
    """

    FINDINGS = "findings"
    STALE = "stale"
    BLANK = "blank"
    HOME = "home"
    ACCOUNT = "account"
    AVAILABILITY = "availability"


class IndicatorStatus(StrEnum):
    """What a run says about an indicator. OPEN: only a person can say. UNCHECKED: its rules were switched off."""

    REACHED = "reached"
    CLEAR = "clear"
    UNKNOWN = "unknown"
    OPEN = "open"
    UNCHECKED = "unchecked"

    @property
    def label(self) -> str:
        """The Chinese word that reports print."""
        return {
            "reached": "达到",
            "clear": "未达到",
            "unknown": "未能判定",
            "open": "待人工核查",
            "unchecked": "未检",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of the standard. area: 一级指标; name: 二级指标; point: 考察点 in a few words, unique in its profile.

    weekly: judged by the weekly inspection of accounts, not by that of the site's columns. measure: None where only
    a person can judge. rules: codes that feed it. threshold: inclusive count, in `unit`. limits: ages by column
    kind, or under `home` and `account`; the profile's limits for findings may be stricter than these. deduction:
    points for each thing counted, None where the source does not give them; never more than `cap` together.
    params: further numbers of the measure. note: what a person should know when judging.
    """

    key: str
    part: Part
    area: str
    name: str
    point: str
    basis: Basis
    judged: Judge
    weekly: bool = False
    measure: Measure | None = None
    rules: tuple[str, ...] = ()
    threshold: float | None = None
    unit: str = ""
    limits: Mapping[str, MaxAge] = field(default_factory=dict)
    deduction: float | None = None
    cap: float | None = None
    params: Mapping[str, float] = field(default_factory=dict)
    note: str = ""

    @property
    def bar(self) -> str:
        """The threshold as reports print it: `≥ 5 个`; "" where there is none."""
        if self.threshold is None:
            return ""
        return f"≥ {self.threshold:g}" + ("%" if self.unit == "%" else f" {self.unit}".rstrip())


@dataclass(frozen=True, slots=True)
class IndicatorResult:
    """What a run says about one indicator.

    count: as `Indicator.threshold`, None where nothing was counted. deduction: points taken off by what the machine
    found, 0 where nothing is. arithmetic: the sum in words that a reader can redo, or why there is none. evidence:
    columns, pages or addresses by name.
    """

    indicator: Indicator
    standing: IndicatorStatus
    count: float | None = None
    deduction: float = 0
    arithmetic: str = ""
    evidence: tuple[str, ...] = ()

    @property
    def reached(self) -> bool:
        """True where the count passes the threshold; for a veto a person confirms."""
        return self.standing is IndicatorStatus.REACHED


@dataclass(frozen=True, slots=True)
class Probe:
    """One timed visit to a start address, as `jimo-lint probe` makes it. at: aware UTC.

    seconds: from the request until the page's text was there, or until giving up. status: of the last answer, 0
    where there was none. reason: a code of `LINK_REASONS`, which tells the phase that failed. offline: the visitor's
    own network was down, so the visit says nothing about the site.
    """

    url: str
    at: datetime
    seconds: float
    status: int
    reason: str
    offline: bool = False
