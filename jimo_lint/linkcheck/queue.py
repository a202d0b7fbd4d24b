"""Asks many links at once: a queue for each host, so that a slow host holds up nobody but itself."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from math import inf

from yarl import URL

from jimo_lint.linkcheck.addresses import wire
from jimo_lint.linkcheck.client import Answer, Client
from jimo_lint.linkcheck.download import Whole
from jimo_lint.linkcheck.egress import Route
from jimo_lint.linkcheck.follow import Outcome, walk
from jimo_lint.linkcheck.robots import Robots
from jimo_lint.linkcheck.soft404 import Controls
from jimo_lint.linkcheck.verdict import GONE, invalid, judge
from jimo_lint.model import LinkResult, Problem
from jimo_lint.network.retry_after import MAX_RETRY_AFTER
from jimo_lint.runtime.memory import calm_collector
from jimo_lint.settings.sections import Crawl, Links

# Seconds before a missing page, or one that failed in a way that passes, is asked for once more.
CONFIRM_PAUSE = 2.0

# Failures in a row to get any answer out of a host after which its other links are not asked one by one.
SILENT_AFTER = 5

_SILENT = frozenset({"timeout-dns", "timeout-connect", "timeout-read", "unreachable", "dns-temporary"})
_ABSENT = frozenset({"dns", "refused"})  # true of every link of the host
_UNANSWERED = _SILENT | _ABSENT

# Failures of the moment, which a second request often does not meet.
_PASSING = frozenset({"disconnected", "cut-short", "bad-answer", "http-500", "http-502", "http-503", "http-504"})

# What a machine sees whose own network is down; told from what is wrong with a host by asking somebody else.
_OFFLINE = _UNANSWERED | {"disconnected", "host-silent", "proxy"}
_OFFLINE_HOSTS = 3  # that all fail, where nobody is known to answer

Done = Callable[[LinkResult | Problem], None]


@dataclass(frozen=True, slots=True)
class Target:
    """A link to ask. kind: as in `Link`, which decides how much of the target is read; text: its words.

    whole: of an attachment that is wanted whole, who takes it.
    """

    url: str
    kind: str = "page"
    text: str = ""
    whole: Whole | None = None


@dataclass(slots=True)
class _Job:
    """One address and the links that mean it. first: what it brought when it has to be asked again."""

    url: URL
    targets: list[Target]
    first: Outcome | None = None
    not_before: float = 0.0

    @property
    def kind(self) -> str:
        """The kind that reads most of the target, where several links mean it."""
        if len(self.targets) == 1:
            return self.targets[0].kind
        kinds = {target.kind for target in self.targets}
        return next((kind for kind in ("page", "frame", "attachment") if kind in kinds), self.targets[0].kind)

    @property
    def whole(self) -> Whole | None:
        """Who takes the file, where one does and it is fetched as one."""
        return (
            next((target.whole for target in self.targets if target.whole), None) if self.kind == "attachment" else None
        )


@dataclass(slots=True)
class _Host:
    """The queue of a host and what was learnt about it.

    booked: when the last request is sent; free_at: until when it asked to wait. failures: in a row, without any
    answer. left: why the rest of its links are not asked in this run, "" where they are.
    """

    jobs: deque[_Job] = field(default_factory=deque)
    booked: float = -inf
    free_at: float = 0.0
    failures: int = 0
    left: str = ""
    get_only: bool = False


def check_links(
    targets: Sequence[Target],
    *,
    crawl: Crawl,
    links: Links,
    known: Mapping[str, LinkResult],
    done: Done,
    witness: str = "",
    own: Collection[str] = (),
    pause: float = CONFIRM_PAUSE,
) -> bool:
    """Probe each distinct http(s) address among `targets` once; other schemes are left out.

    `done` gets each result as it comes, so that an interrupted run keeps what it has, and what is to be said of the
    pace that a robots.txt wants; what `done` raises ends the run. `known` holds earlier results: some failures count
    as DEAD only after several runs.
    witness: an address that answers if this machine's network works. Where it does not, False is returned, and
    what failed for that reason was not judged. own: hosts of the site itself, whose robots.txt is obeyed where the
    configuration says so. pause: seconds between the two times that a page is asked for.
    ConfigError where the file with certificates cannot be used.
    """
    robots = Robots(own if crawl.obey_robots else (), pause, links.delay, done)
    run = _Run(crawl, links, known, done, pause, Route(links.proxy, links.ca_bundle), robots)
    try:
        with calm_collector():
            return asyncio.run(run.check(targets, witness))
    except _EndedError:
        assert run.fault is not None
        raise run.fault from None


class _EndedError(Exception):
    """`done` raised. What it raised is kept aside: asyncio would wrap or, for an interrupt, lose and log it."""


class _Run:
    def __init__(
        self,
        crawl: Crawl,
        links: Links,
        known: Mapping[str, LinkResult],
        done: Done,
        pause: float,
        route: Route,
        robots: Robots,
    ) -> None:
        self._crawl = crawl
        self._links = links
        self._route = route
        self._robots = robots
        self._known = known
        self._done = done
        self._pause = pause
        self._hosts: dict[tuple[str | None, int | None], _Host] = {}
        self._controls = Controls()
        # Failures since the last answer from anywhere: it may be our own network that fails.
        self._held: list[tuple[_Job, Outcome]] = []
        self._answered: URL | None = None
        self.fault: BaseException | None = None

    async def check(self, targets: Sequence[Target], witness: str) -> bool:
        self._clock = asyncio.get_running_loop().time
        jobs = self._jobs(targets)
        for job in jobs:
            self._host(job.url).jobs.append(job)
        queues = list(self._hosts.values())
        async with Client(
            timeout=self._crawl.timeout, allow_private=self._crawl.allow_private, route=self._route
        ) as client:
            try:
                async with asyncio.TaskGroup() as group:
                    for host in queues:
                        for _ in range(min(self._links.concurrency, len(host.jobs))):
                            group.create_task(self._work(host, client))
            except BaseExceptionGroup as faults:
                raise faults.exceptions[0] from None  # which task it was tells a caller nothing
            if self._held and await self._offline(client, wire(witness) if witness else None):
                return False
        self._release()
        return True

    async def _offline(self, client: Client, witness: URL | None) -> bool:
        """Whether what failed last failed for want of a network: who answered before does no longer."""
        asked = [url for url in (self._answered, witness) if url is not None]
        if not asked:
            return len({job.url.host for job, _ in self._held}) >= _OFFLINE_HOSTS
        return all([(await walk(url, client.ask, kind="")).reason in _OFFLINE for url in asked])

    def _jobs(self, targets: Sequence[Target]) -> list[_Job]:
        """One job an address: links that differ only in fragment or in how they are encoded share it."""
        jobs: dict[URL, _Job] = {}
        for target in dict.fromkeys(targets):
            if target.url.strip().partition(":")[0].lower() not in ("http", "https"):
                continue
            url = wire(target.url)
            if url is None:
                self._hand_over(invalid(target.url, self._known.get(target.url), datetime.now(UTC)))
            else:
                jobs.setdefault(url, _Job(url, [])).targets.append(target)
        return list(jobs.values())

    def _host(self, url: URL) -> _Host:
        key = (url.raw_host, url.port)
        host = self._hosts.get(key)
        if host is None:
            host = self._hosts[key] = _Host()
        return host

    async def _work(self, host: _Host, client: Client) -> None:
        async def ask(
            method: str, url: URL, cookies: Mapping[str, str], *, part: bool = False, whole: Whole | None = None
        ) -> Answer:
            if self._robots.concerns(url) and (barred := await self._robots.bars(url, send)):
                return Answer(reason=barred)
            return await send(method, url, cookies, part=part, whole=whole)

        async def send(
            method: str, url: URL, cookies: Mapping[str, str], *, part: bool = False, whole: Whole | None = None
        ) -> Answer:
            # Without a wait, sleeping still lets the others come as far: requests are sent one after another, and
            # answers judged one after another. What the processor just did it does again in half of the time, so
            # a quarter of the whole is saved.
            await asyncio.sleep(self._turn(url))
            answer = await client.ask(method, url, cookies, part=part, whole=whole)
            await asyncio.sleep(0)
            return answer

        while host.jobs:
            # Jobs that wait stand at the end, so where one comes up nothing else is left to do meanwhile.
            job = host.jobs.popleft()
            if (wait := job.not_before - self._clock()) > 0:
                await asyncio.sleep(wait)
            if host.left:
                self._deliver(job, Outcome(host.left, job.url))
                continue
            whole = job.whole
            outcome = await walk(job.url, ask, kind=job.kind, get_only=host.get_only, whole=whole)
            outcome = await self._controls.settle(job.url, outcome, [target.text for target in job.targets], ask)
            self._learn(host, outcome)
            again = self._wait(job.first, outcome)
            if again is None:
                if whole:
                    await whole.take(outcome)
                self._deliver(job, outcome)
            else:
                if outcome.file:
                    outcome.file.drop()
                host.jobs.append(replace(job, first=outcome, not_before=self._clock() + again))

    def _turn(self, url: URL) -> float:
        """Seconds until the host may be sent another request, which is booked; redirects are counted so, too."""
        host, now = self._host(url), self._clock()
        host.booked = max(host.booked + max(self._links.delay, self._robots.pace(url)), host.free_at, now)
        return host.booked - now

    def _learn(self, host: _Host, outcome: Outcome) -> None:
        host.get_only = host.get_only or outcome.head_refused
        last = self._host(outcome.url)
        if last is not host:
            host.failures = 0  # it answered with a redirect
        if outcome.reason in _UNANSWERED:
            last.failures += 1
            if last.failures >= SILENT_AFTER:
                last.left = outcome.reason if outcome.reason in _ABSENT else "host-silent"
        else:
            last.failures = 0
        if outcome.status == 429 and outcome.retry_after is not None:
            if outcome.retry_after > MAX_RETRY_AFTER:
                last.left = "host-wait"
            else:
                last.free_at = max(last.free_at, self._clock() + outcome.retry_after)

    def _wait(self, first: Outcome | None, outcome: Outcome) -> float | None:
        """Seconds after which to ask again; None where the outcome stands."""
        if outcome.reason in GONE:
            return None if first and first.reason in GONE else self._pause
        if first is None and outcome.reason in _PASSING and outcome.retry_after is None:
            return self._pause
        if first is None and outcome.reason != "ok" and outcome.retry_after is not None:
            return outcome.retry_after if outcome.retry_after <= MAX_RETRY_AFTER else None
        return None

    def _deliver(self, job: _Job, outcome: Outcome) -> None:
        # A redirect on the way shows that the network is there.
        if outcome.reason in _OFFLINE and not outcome.chain:
            self._held.append((job, outcome))
            return
        if outcome.status:
            self._answered = outcome.url
            self._release()
        self._judge(job, outcome)

    def _release(self) -> None:
        """Judge what waited: an answer came after it, so the network was there."""
        if not self._held:
            return
        held, self._held = self._held, []
        for job, outcome in held:
            self._judge(job, outcome)

    def _judge(self, job: _Job, outcome: Outcome) -> None:
        now = datetime.now(UTC)
        for url in dict.fromkeys(target.url for target in job.targets):
            self._hand_over(judge(url, outcome, self._known.get(url), now, self._links.confirm))

    def _hand_over(self, result: LinkResult) -> None:
        if self.fault is not None:
            raise _EndedError
        try:
            self._done(result)
        except BaseException as fault:  # noqa: BLE001 - raised again by `check`, which the loop would not let through
            self.fault = fault
            raise _EndedError from None
