"""What goes to a worker and what comes back: one site to inspect, and what came of it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from jimo_lint.fleet.sites import FleetSite
from jimo_lint.values import dataclass


class State(StrEnum):
    """How it stands with a site; the values are those of the journal."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    PARTIAL = "partial"
    FAILED = "failed"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """As people are told."""
        return _LABELS[self]

    @property
    def finished(self) -> bool:
        """Whether a report of the site is there, so that a run that goes on need not look again."""
        return self in (State.DONE, State.PARTIAL)


_LABELS = {
    State.WAITING: "等待",
    State.RUNNING: "正在检查",
    State.DONE: "完成",
    State.PARTIAL: "没有查全",
    State.FAILED: "未完成",
    State.CLOSED: "已关停",
}


@dataclass(frozen=True, slots=True)
class Order:
    """One site to inspect. run: name of the fleet's run; storage, shared, time_limit: as of `Fleet`.

    version: of the program that gives the order. last: of the attempts at it. links: whether links are asked.
    """

    site: FleetSite
    run: str
    inspection: str
    as_of: date
    storage: str
    shared: tuple[str, ...]
    time_limit: float
    version: str
    last: bool = False
    links: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an order. reason: "" where all went well. report: the report as JSON, compressed, b"" for none.

    findings: whether something was found that a single inspection would end with 1 for. seconds, cpu: of the
    inspection; 0 where an earlier attempt had done it and only its report had not arrived. worker: which machine and
    process did it. clock: its time at the end, in seconds since 1970.
    """

    state: State
    reason: str = ""
    report: bytes = b""
    findings: bool = False
    seconds: float = 0.0
    cpu: float = 0.0
    worker: str = ""
    version: str = ""
    clock: float = 0.0
