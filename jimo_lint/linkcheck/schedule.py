"""Asks many links at once: a queue for each host, so that a slow host holds up nobody but itself."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from yarl import URL

from jimo_lint.config import Crawl
from jimo_lint.linkcheck.addresses import wire
from jimo_lint.linkcheck.exchange import Answer, Client
from jimo_lint.linkcheck.verdict import GONE, invalid, judge
from jimo_lint.linkcheck.walk import Outcome, walk
from jimo_lint.model import LinkResult

# Seconds between the two times that a missing page is asked for.
CONFIRM_PAUSE = 2.0

# A server that says 429 and asks to wait longer than this many seconds is left for another run.
MAX_RETRY_AFTER = 10.0

# Failures in a row to get any answer out of a host after which its other links are not asked one by one.
SILENT_AFTER = 5

_SILENT = frozenset({"timeout-dns", "timeout-connect", "timeout-read", "unreachable", "dns-temporary"})
_ABSENT = frozenset({"dns", "refused"})  # true of every link of the host

Done = Callable[[LinkResult], None]


@dataclass(slots=True)
class _Job:
    """One address and the links that mean it. first: what it brought when it has to be asked again."""

    url: URL
    targets: list[str]
    first: Outcome | None = None
    not_before: float = 0.0


@dataclass(slots=True)
class _Host:
    """The queue of a host and what was learnt about it.

    free_at: when it may be sent the next request. failures: in a row, without any answer. left: why the rest of
    its links are not asked in this run, "" where they are.
    """

    jobs: deque[_Job] = field(default_factory=deque)
    free_at: float = 0.0
    failures: int = 0
    left: str = ""
    get_only: bool = False


def check_links(
    targets: Sequence[str], *, crawl: Crawl, known: Mapping[str, LinkResult], done: Done, pause: float = CONFIRM_PAUSE
) -> None:
    """Probe each distinct http(s) address among `targets` once; other schemes are left out.

    `done` gets each result as it comes, so that an interrupted run keeps what it has; what `done` raises ends
    the run. `known` holds earlier results: some failures count as DEAD only after several runs.
    pause: seconds between the two times that a missing page is asked for.
    """
    run = _Run(crawl, known, done, pause)
    try:
        asyncio.run(run.check(targets))
    except _EndedError:
        assert run.fault is not None
        raise run.fault from None


class _EndedError(Exception):
    """`done` raised. What it raised is kept aside: asyncio would wrap or, for an interrupt, lose and log it."""


class _Run:
    def __init__(self, crawl: Crawl, known: Mapping[str, LinkResult], done: Done, pause: float) -> None:
        self._crawl = crawl
        self._known = known
        self._done = done
        self._pause = pause
        self._hosts: dict[tuple[str, int], _Host] = {}
        self.fault: BaseException | None = None

    async def check(self, targets: Sequence[str]) -> None:
        jobs = self._jobs(targets)
        for job in jobs:
            self._host(job.url).jobs.append(job)
        queues = list(self._hosts.values())
        async with Client(timeout=self._crawl.timeout, allow_private=self._crawl.allow_private) as client:
            try:
                async with asyncio.TaskGroup() as group:
                    for host in queues:
                        for _ in range(min(self._crawl.concurrency, len(host.jobs))):
                            group.create_task(self._work(host, client))
            except BaseExceptionGroup as faults:
                raise faults.exceptions[0] from None  # which task it was tells a caller nothing

    def _jobs(self, targets: Sequence[str]) -> list[_Job]:
        """One job an address: links that differ only in fragment or in how they are encoded share it."""
        jobs: dict[URL, _Job] = {}
        for target in dict.fromkeys(targets):
            if target.strip().partition(":")[0].lower() not in ("http", "https"):
                continue
            url = wire(target)
            if url is None:
                self._hand_over(invalid(target, self._known.get(target), datetime.now(UTC)))
            else:
                jobs.setdefault(url, _Job(url, [])).targets.append(target)
        return list(jobs.values())

    def _host(self, url: URL) -> _Host:
        return self._hosts.setdefault((url.host or "", url.port or 0), _Host())

    async def _work(self, host: _Host, client: Client) -> None:
        loop = asyncio.get_running_loop()

        async def ask(method: str, url: URL, cookies: Mapping[str, str]) -> Answer:
            await self._turn(url)
            return await client.ask(method, url, cookies)

        while host.jobs:
            # Jobs that wait stand at the end, so where one comes up nothing else is left to do meanwhile.
            job = host.jobs.popleft()
            await asyncio.sleep(max(job.not_before - loop.time(), 0))
            if host.left:
                self._deliver(job, Outcome(host.left, job.url))
                continue
            outcome = await walk(job.url, ask, get_only=host.get_only)
            self._learn(host, outcome)
            wait = self._wait(job.first, outcome)
            if wait is None:
                self._deliver(job, outcome)
            else:
                host.jobs.append(replace(job, first=outcome, not_before=loop.time() + wait))

    async def _turn(self, url: URL) -> None:
        """Wait until the host may be sent another request; also counts those that a redirect brings."""
        host = self._host(url)
        now = asyncio.get_running_loop().time()
        turn = max(host.free_at, now)
        host.free_at = turn + self._crawl.delay
        await asyncio.sleep(turn - now)

    def _learn(self, host: _Host, outcome: Outcome) -> None:
        host.get_only = host.get_only or outcome.head_refused
        last = self._host(outcome.url)
        if last is not host:
            host.failures = 0  # it answered with a redirect
        if outcome.reason in _SILENT | _ABSENT:
            last.failures += 1
            if last.failures >= SILENT_AFTER:
                last.left = outcome.reason if outcome.reason in _ABSENT else "host-silent"
        else:
            last.failures = 0
        if outcome.status == 429 and outcome.retry_after is not None:
            if outcome.retry_after > MAX_RETRY_AFTER:
                last.left = "host-wait"
            else:
                last.free_at = max(last.free_at, asyncio.get_running_loop().time() + outcome.retry_after)

    def _wait(self, first: Outcome | None, outcome: Outcome) -> float | None:
        """Seconds after which to ask again; None where the outcome stands."""
        if outcome.reason in GONE:
            return None if first and first.reason in GONE else self._pause
        if first is None and outcome.reason != "ok" and outcome.retry_after is not None:
            return outcome.retry_after if outcome.retry_after <= MAX_RETRY_AFTER else None
        return None

    def _deliver(self, job: _Job, outcome: Outcome) -> None:
        now = datetime.now(UTC)
        for target in job.targets:
            self._hand_over(judge(target, outcome, self._known.get(target), now))

    def _hand_over(self, result: LinkResult) -> None:
        if self.fault is not None:
            raise _EndedError
        try:
            self._done(result)
        except BaseException as fault:
            self.fault = fault
            raise _EndedError from None
