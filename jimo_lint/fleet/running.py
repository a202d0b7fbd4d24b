"""Runs an inspection of all sites of a fleet: gives orders, tries again what failed, keeps what came of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext, suppress
from datetime import UTC, date, datetime
from typing import NamedTuple, Protocol

from jimo_lint import __version__
from jimo_lint.errors import CrawlError, JimoLintError
from jimo_lint.fleet import lease
from jimo_lint.fleet.cluster import Ended, SchedulerLostError
from jimo_lint.fleet.journal import Journal, Standing
from jimo_lint.fleet.orders import Order, Outcome, State
from jimo_lint.fleet.sites import Fleet, FleetSite
from jimo_lint.fleet.storage import Storage
from jimo_lint.fleet.task import lane
from jimo_lint.fleet.turns import Turns
from jimo_lint.model.terms import CHINA

# Tried again at most twice.
ATTEMPTS = 3
# A wait for workers that is not told of is a riddle.
_NO_WORKERS = 60.0
# Of clocks that are kept right the difference is less than a second.
_CLOCKS = 60.0


class Workers(Protocol):
    """What orders are given to; see `cluster.Cluster`."""

    def free(self) -> list[str]: ...
    def fit(self) -> list[str]: ...
    def give(self, order: Order, worker: str) -> None: ...
    def ended(self, seconds: float) -> Iterable[Ended]: ...
    def wait_for_scheduler(self) -> None: ...


class Asked(NamedTuple):
    """What is to be done: which inspection, for which day, and whether links are asked."""

    inspection: str
    as_of: date
    links: bool = True


class Run:
    """A run. addresses: what answers for each site, by key, as `Turns` has it. tell: takes a line for the user.

    step: called with each change of a site's standing.
    """

    def __init__(
        self,
        fleet: Fleet,
        asked: Asked,
        journal: Journal,
        addresses: Mapping[str, Iterable[str]],
        tell: Callable[[str], None],
        step: Callable[[Standing], None],
    ) -> None:
        self._fleet = fleet
        self._asked = asked
        self._journal = journal
        self._sites = {site.key: site for site in fleet.sites}
        self._turns = Turns(addresses, fleet.per_address)
        self._tell = tell
        self._step = step
        self._under_way: dict[str, Standing] = {}
        self._attempts: dict[str, int] = {}
        self._tried: dict[str, set[str]] = {}
        self._clocks: set[str] = set()
        self._storage = Storage(fleet.storage)
        self._alone = time.monotonic()

    def go(self, workers: Workers) -> None:
        """Until all sites are done with. ReportError, CrawlError; after these and after Ctrl-C it can be resumed."""
        try:
            while self._turns or self._under_way:
                try:
                    self._begin(workers)
                    for ended in workers.ended(1.0):
                        self._end(ended)
                except SchedulerLostError:
                    self._tell("与调度进程断开了，正在等它回来；正在检查的站点随后重做，做完的不重做")
                    self._give_up("scheduler-lost")
                    workers.wait_for_scheduler()
                    self._tell("调度进程回来了，接着做")
        except BaseException:
            self._give_up("interrupted")
            raise
        self._journal.note("finished")

    def _begin(self, workers: Workers) -> None:
        free = workers.free()
        if free or self._under_way:
            self._alone = time.monotonic()
        elif not workers.fit() and time.monotonic() - self._alone > _NO_WORKERS:
            raise CrawlError(
                "fleet", f"{_NO_WORKERS:.0f} 秒里没有可用的 worker", "请启动同一版本的 dask worker，再加 --resume 运行"
            )
        held: list[str] = []
        while free and (key := self._turns.begin()) is not None:
            tried = self._tried.get(key, set())
            worker = next((one for one in free if one not in tried), None)
            if worker is None and not tried.issuperset(workers.fit()):
                held.append(key)  # another worker than before will be free in time
                continue
            worker = worker or free[0]
            free.remove(worker)
            self._give(key, worker, workers)
        for key in held:
            self._turns.end(key, again=True)

    def _give(self, key: str, worker: str, workers: Workers) -> None:
        site, fleet, asked = self._sites[key], self._fleet, self._asked
        attempt = self._attempts[key] = self._attempts.get(key, 0) + 1
        self._tried.setdefault(key, set()).add(worker)
        standing = Standing(site, State.RUNNING, attempts=attempt, started=now(), worker=worker)
        self._under_way[key] = standing
        self._journal.started(site, attempt, worker)
        order = Order(
            site,
            self._journal.folder.name,
            asked.inspection,
            asked.as_of,
            fleet.storage,
            fleet.shared,
            fleet.time_limit,
            __version__,
            attempt == ATTEMPTS,
            asked.links,
        )
        workers.give(order, worker)
        self._step(standing)

    def _end(self, ended: Ended) -> None:
        standing = self._under_way.pop(ended.key)
        outcome = ended.outcome or Outcome(State.FAILED, f"检查它的 worker（{ended.worker}）中途没有了")
        self._compare_clocks(outcome)
        again = outcome.state is State.FAILED and standing.attempts < ATTEMPTS
        if again:
            self._journal.note("again", site=ended.key, reason=outcome.reason, attempts=standing.attempts)
            self._turns.end(ended.key, again=True)
            self._step(standing._replace(state=State.WAITING, reason=outcome.reason))
            return
        self._turns.end(ended.key)
        if outcome.report:
            self._journal.keep(standing.site, self._asked.inspection, outcome)
        standing = standing._replace(
            state=outcome.state,
            reason=outcome.reason,
            ended=now(),
            cpu=outcome.cpu,
            worker=outcome.worker or standing.worker,
            version=outcome.version,
            findings=outcome.findings,
        )
        self._journal.ended(standing, self._asked.inspection)
        self._step(standing)

    def _compare_clocks(self, outcome: Outcome) -> None:
        """All times are by the clock of this machine; one that goes wrong elsewhere is told of once."""
        host = outcome.worker.rpartition(":")[0]
        apart = outcome.clock - time.time()
        if outcome.clock and abs(apart) > _CLOCKS and host not in self._clocks:
            self._clocks.add(host)
            how = "快" if apart > 0 else "慢"
            self._tell(f"{host} 的时钟比这里{how} {abs(apart):.0f} 秒。检查日和起止时间都按这里的；请校准它的时钟")

    def _give_up(self, event: str) -> None:
        """Let go of what is under way: whoever is at it stops within a beat, and it waits again."""
        sites = [standing.site for standing in self._under_way.values()]
        for site in sites:
            self._turns.end(site.key, again=True)
            self._attempts[site.key] -= 1
        self._under_way.clear()
        # Where a full disk ended the run, that is what the user is to hear of.
        with suppress(JimoLintError) if event == "interrupted" else nullcontext():
            self._journal.note(event)
            release(self._storage, sites, self._asked.inspection, self._journal.folder.name)
            if sites and event != "interrupted":
                time.sleep(2 * lease.BEAT)
                release(self._storage, sites, self._asked.inspection, self._journal.folder.name)


def release(storage: Storage, sites: Iterable[FleetSite], inspection: str, run: str) -> bool:
    """Take the folders of sites from whoever still has them for this run, who stop within a beat; whether any had."""
    held = [lease.revoke(storage, site.folder, lane(inspection), run) for site in sites]
    return any(held)


def now() -> datetime:
    """The time in China."""
    return datetime.now(UTC).astimezone(CHINA)
