"""Crawls a site, or collects the archives of accounts, into the store; one of the two, once a process."""

from __future__ import annotations

import socket
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from jimo_lint import privacy
from jimo_lint.crawl import unchanged
from jimo_lint.crawl.reactor import Errand, run_spiders
from jimo_lint.errors import CrawlError, InputError, InternalHostError, StoreError
from jimo_lint.model import (
    Account,
    Column,
    Document,
    FetchResult,
    Obstacle,
    Problem,
    ProblemCode,
    QueuedUrl,
    unreadable,
)
from jimo_lint.model.problems import THE_CRAWL
from jimo_lint.network.address import normalise
from jimo_lint.network.reach import is_metadata, is_public
from jimo_lint.readers.archives.digests import archive_digests
from jimo_lint.runtime import timelimit
from jimo_lint.settings.config import Config
from jimo_lint.store import Store
from jimo_lint.store.readings import Readings

Progress = Callable[[int, int], None]

# What is lost at most when the process is killed, and fetched again by --resume.
_BATCH = 50
_BATCH_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class CrawlOutcome:
    """How a crawl ended. pages: stored with text, in this and resumed processes; failed: addresses with a problem.

    ends: why it ended before all addresses within the bounds were asked, host by host, or without a start page.
    """

    pages: int
    failed: int
    ends: tuple[Problem, ...] = ()

    @property
    def finished(self) -> bool:
        """All addresses within the bounds were asked and a start page could be read."""
        return not self.ends


def crawl_site(
    config: Config,
    store: Store,
    *,
    as_of: date,
    resume: bool,
    progress: Progress | None = None,
    spider: str = "site",
    full: bool = False,
) -> CrawlOutcome:
    """Crawl the configured site into the store; `progress` gets (done, pending). full: read what did not change, too.

    spider: site reads all pages, menus what may be a column, samples the configured columns' first pages only.

    CrawlError: nothing to crawl, or a host that may not be asked (on this machine, an internal network, a cloud's).
    StoreError: cannot be written. KeyboardInterrupt after Ctrl-C, once what is in flight was stored.
    """
    hosts = hosts_of(config)
    if not hosts:
        raise CrawlError(
            str(config.path or "jimo-lint.toml"), "没有写要抓取的网站", '请在 [site] 里写 start = ["https://…/"]'
        )
    for host in hosts:
        refuse(host, allow_private=config.crawl.allow_private)
    crawl = store.begin_crawl("site", as_of, resume=resume)
    starts = {normalise(url) for url in config.site.start}
    pending, elsewhere = _seeds(config, hosts)
    barred = [one for one in pending if privacy.mask_url(one.url) != one.url]
    store.enqueue(crawl, [one for one in pending if one not in barred])
    store.record(elsewhere, [Problem(ProblemCode.PERSONAL_START, privacy.mask_url(one.url)) for one in barred])
    writer = _Writer(store, progress, starts)
    arguments = {
        "hosts": hosts,
        "pending": store.pending(crawl),
        "seen": store.seen(crawl),
        "fetched": store.fetched(crawl) - len(elsewhere),
        "as_of": as_of,
        "homes": config.site.start,
        "bounds": config.crawl,
        "former": None if full else Readings(store, as_of),
    }
    try:
        [reason] = run_spiders(config.crawl, [Errand(spider, writer.take, arguments)])
    finally:
        writer.flush()
    if writer.fault:
        raise writer.fault
    if reason == "shutdown":
        raise KeyboardInterrupt
    pages, failed = store.tally(crawl)
    if reason != "finished" or writer.given_up:
        stopped = Problem(ProblemCode.STOPPED, THE_CRAWL, {"reason": reason})
        return CrawlOutcome(pages, failed, tuple(writer.given_up.values()) or (stopped,))
    store.finish_crawl(crawl)
    if not pages or (starts and len(writer.unread) == len(starts)):
        nothing = Problem(ProblemCode.NOTHING_READ, hosts[0])
        return CrawlOutcome(pages, failed, tuple(writer.unread.values()) or (nothing,))
    return CrawlOutcome(pages, failed)


def collect_archives(
    config: Config, store: Store, *, as_of: date, progress: Progress | None = None, full: bool = False
) -> None:
    """Read the archives of all configured accounts into the store, and drop accounts no longer configured.

    Files that are as they were when they were last read are not read again, unless `full`. An archive that cannot be
    read leaves a Problem. StoreError and KeyboardInterrupt as in `crawl_site`.
    """
    store.begin_archives()
    digests = archive_digests(config.accounts)
    unchanged = frozenset() if full else store.unchanged(digests, as_of)
    changed = [one for one in config.accounts if one.id not in unchanged]
    collector = Collector(store, changed, progress)
    if changed and run_spiders(config.crawl, [collector.errand(changed, as_of)]) == ["shutdown"]:
        raise KeyboardInterrupt
    collector.finish()
    # An archive that several share is read for all of them at once.
    passing = {digest for key, digest in digests.items() if key not in unchanged and not collector.lasts(key)}
    store.replace_archives({key: digest for key, digest in digests.items() if digest not in passing}, as_of)


class Collector:
    """Masks the posts that the spider of archives brings, and adds them to the store in batches.

    accounts: those whose posts are kept. posts: how many came of each; problems: what was not read, by the first
    account that it concerns.
    """

    def __init__(self, store: Store, accounts: Sequence[Account], progress: Progress | None) -> None:
        self.problems: dict[str, list[Problem]] = {account.id: [] for account in accounts}
        self.posts: Counter[str] = Counter()
        self._store = store
        self._accounts = accounts
        self._progress = progress
        self._done = 0
        self._attached: set[str] = set()
        self._waiting: list[Document] = []  # of one account: hundreds with some posts each would be many
        self._faults: list[StoreError] = []

    def errand(self, accounts: Sequence[Account], as_of: date) -> Errand:
        """What is to be run. accounts: all whose archives are read."""
        return Errand("archive", self.take, {"accounts": accounts, "as_of": as_of})

    def take(self, item: Sequence[Document | Problem]) -> None:
        """Handler of Scrapy's item_scraped."""
        for value in item:
            if isinstance(value, Problem):
                self.problems[value.accounts[0]].append(privacy.mask_problem(value))
            elif value.account in self.problems:
                self._keep(value, value.account)

    def _keep(self, post: Document, account: str) -> None:
        if len(self._waiting) >= _BATCH or (self._waiting and self._waiting[0].account != account):
            self._flush()
        self._waiting.append(privacy.mask(post))
        if post.source == "attachment":
            self._attached.add(account)
        else:
            self.posts[account] += 1
        if self._progress:
            self._done += 1
            self._progress(self._done, 0)

    def lasts(self, account: str) -> bool:
        """Whether its archive, unchanged, gives the same on any later day: not where something is to be told of it, as
        of posts that lay ahead of the day, nor where posts have files attached."""
        return not self.problems[account] and account not in self._attached

    def finish(self) -> None:
        """Store the last posts, and what was not read. StoreError: what could not be written on the way, too."""
        self._flush()
        if self._faults:
            raise self._faults[0]
        for account in self._accounts:
            if account.archive:  # else nothing was read: no later run may take its silence for an empty archive
                self._store.add_posts(account.id, (), self.problems[account.id])

    def _flush(self) -> None:
        if self._waiting and not self._faults:
            try:
                self._store.add_posts(self._waiting[0].account or "", self._waiting)
            except StoreError as fault:  # Scrapy swallows what signal handlers raise
                self._faults.append(fault)
        self._waiting.clear()


class _Writer:
    """Masks what the spider brings and stores it in batches.

    unread: start pages that brought nothing, with the reason; given_up: hosts that stopped answering. A fault of
    the store stops the spider and is kept in `fault`, since Scrapy swallows what signal handlers raise.
    """

    def __init__(self, store: Store, progress: Progress | None, starts: set[str]) -> None:
        self.unread: dict[str, Problem] = {}
        self.given_up: Mapping[str, Problem] = {}
        self.fault: StoreError | None = None
        self._store = store
        self._progress = progress
        self._starts = starts
        self._visits: list[FetchResult] = []
        self._problems: list[Problem] = []
        self._flushed = monotonic()

    def take(self, item: FetchResult | Problem, spider: Any) -> None:
        """Handler of Scrapy's item_scraped."""
        self.given_up = spider.frontier.given_up
        if isinstance(item, Problem):
            self._problems.append(privacy.mask_problem(item))
            return
        if item.problem and item.asked.url in self._starts:
            self.unread[item.asked.url] = privacy.mask_problem(item.problem)
        self._visits.append(masked(item))
        if len(self._visits) >= _BATCH or monotonic() - self._flushed > _BATCH_SECONDS:
            try:
                self.flush()
            except StoreError as fault:
                self.fault = fault
                spider.halt = "store"
        if self._progress:
            frontier = spider.frontier
            self._progress(frontier.asked - frontier.in_flight, frontier.asked + frontier.waiting)

    def flush(self) -> None:
        """Store what has come so far."""
        visits, self._visits = self._visits, []
        problems, self._problems = self._problems, []
        self._flushed = monotonic()
        if (visits or problems) and self.fault is None:
            self._store.record(visits, problems)


def masked(visit: FetchResult) -> FetchResult:
    """The visit without personal data; what cannot be looked through for it is given up, not stored."""
    if visit.reading and visit.reading.content:
        return visit
    try:
        with timelimit.limited(visit.asked.url, "请在浏览器里核对，并把网址报告给开发者"):
            reading = visit.reading and unchanged.masked(visit.reading)
            document = privacy.mask(visit.document) if visit.document else None
            if document and visit.document and document.links != visit.document.links:
                reading = None  # it would lead to other addresses
            return replace(
                visit,
                document=document,
                reading=reading,
                problem=privacy.mask_problem(visit.problem) if visit.problem else None,
                rows=tuple(
                    replace(row, url=privacy.mask_url(row.url), title=privacy.mask_text(row.title))
                    for row in visit.rows
                ),
            )
    except InputError as fault:
        unread = unreadable(fault)
        return FetchResult(visit.asked, visit.status, problem=unread, obstacle=Obstacle.UNREAD, follow=visit.follow)


def hosts_of(config: Config) -> tuple[str, ...]:
    """The hosts of the site, those of its columns where it names none."""
    return config.site.hosts or tuple(dict.fromkeys(urlsplit(column.url).netloc.lower() for column in config.columns))


def first_page(column: Column) -> QueuedUrl:
    """The first list page of a column; what stands behind # tells the lists of some platforms apart."""
    page, mark, part = column.url.partition("#")
    return QueuedUrl(normalise(page) + mark + part, 1, column.url, 1)


def _seeds(config: Config, hosts: tuple[str, ...]) -> tuple[list[QueuedUrl], list[FetchResult]]:
    """Where a crawl begins, and the columns that it cannot read since they lie elsewhere."""
    pending = [QueuedUrl(normalise(url)) for url in config.site.start]
    elsewhere = []
    for column in {column.url: column for column in config.columns}.values():
        asked = first_page(column)
        host = urlsplit(asked.url).netloc
        if host in hosts:
            pending.append(asked)
        else:
            foreign = Problem(ProblemCode.FOREIGN_COLUMN, asked.url, {"host": host}, column=column.url)
            elsewhere.append(FetchResult(asked, 0, problem=foreign))
    return pending, elsewhere


def refuse(host: str, *, allow_private: bool) -> None:
    """CrawlError where a host is one that may not be asked."""
    name = urlsplit(f"//{host}").hostname or host
    for address in _addresses(name):
        if is_metadata(address):
            raise CrawlError(host, f"是云主机的内部地址（{address}），不是网站", "请核对网址")
        if not allow_private and not is_public(address):
            raise InternalHostError(
                host, f"是本机或内网地址（{address}）", "如确要检查内网网站，请在 [crawl] 里写 allow_private = true"
            )


def _addresses(name: str) -> Iterator[str]:
    try:
        found = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return  # the crawl itself reports a host that is not there
    yield from dict.fromkeys(str(entry[4][0]) for entry in found)
