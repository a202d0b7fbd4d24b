"""Reads single pages, whole columns and the archives of accounts again, without a crawl: nothing is stored here."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from jimo_lint import privacy
from jimo_lint.crawl.reactor import Errand, run_spiders
from jimo_lint.crawl.run import Progress, masked, refuse
from jimo_lint.domains import netloc
from jimo_lint.errors import CrawlError, InputError
from jimo_lint.model import FetchResult, Obstacle, Problem, ProblemCode, QueuedUrl, unreadable
from jimo_lint.network.address import normalise
from jimo_lint.settings.config import Config

# What a host is not: blanks, controls, and what browsers refuse in it.
_NO_HOST = re.compile(r"[\s\x00-\x1f\x7f\\<>\"'{}|^`@%]")
# Blocks that say what a page is about, or where no script runs: a page that scripts fill has them, too.
_ABOUT = ("title", "meta", "aside", "frame")
_GONE = (ProblemCode.GONE, ProblemCode.DELETED, ProblemCode.GONE_PAGE)


@dataclass(frozen=True, slots=True)
class Sight:
    """What one address shows in the end. visit: the last on the way to it, None where nothing was asked.

    gone: its server said, once, that nothing is there. why: why nothing can be said, "" where it can. moved: it led
    to another address.
    """

    visit: FetchResult | None = None
    gone: bool = False
    why: str = ""
    moved: bool = False


@dataclass(slots=True)
class Answers:
    """What came of asking. visits: by address, masked; leads: where redirects and refreshes led.

    silent: the hosts that stopped answering, so that what is not among the visits was not asked. notes: where a bound
    cut something off, and clocks that do not agree. later: as in `WatchSpider`.
    """

    visits: dict[str, FetchResult] = field(default_factory=dict)
    leads: Mapping[str, str] = field(default_factory=dict)
    silent: Mapping[str, Problem] = field(default_factory=dict)
    notes: list[Problem] = field(default_factory=list)
    later: int = 0

    def note(self, problem: Problem) -> None:
        """Keep what is to be told once: crawl and link check come upon the same."""
        if problem not in self.notes:
            self.notes.append(problem)

    def way(self, url: str) -> Iterator[FetchResult]:
        """The visits from an address on, through redirects, to where it ends."""
        passed: set[str] = set()
        while url in self.visits and url not in passed:
            passed.add(url)
            yield self.visits[url]
            url = self.leads.get(url, "")

    def sight(self, url: str) -> Sight:
        """What an address that was asked for shows."""
        way = list(self.way(url))
        if not way:
            silent = self.silent.get(netloc(url))
            count = silent.args["count"] if silent else 0
            return Sight(why=f"所在主机连续 {count} 个地址连接不上，没有再问" if silent else "没有问到")
        last, moved = way[-1], len(way) > 1
        if last.problem:
            gone = last.problem.code in _GONE
            return Sight(last, gone, last.problem.message, moved)
        if last.obstacle is Obstacle.GONE:
            return Sight(last, True, ProblemCode.GONE_PAGE.sentence, moved)
        if onward := self.leads.get(last.asked.url):
            return Sight(last, why=f"转到了 {privacy.mask_url(onward)}，没有跟随", moved=True)
        if last.document is None:
            return Sight(last, why="不是网页，请下载后检查文件", moved=moved)
        empty = not any(block.text.strip() for block in last.document.blocks if block.kind not in _ABOUT)
        return Sight(last, why="打开的页面除了标题没有文字，多半由脚本生成" if empty else "", moved=moved)


def canonical(address: str) -> str:
    """An address that a user gives as it is asked for. InputError where it is none, or none that may be asked."""
    url = normalise(address)
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or _NO_HOST.search(parts.netloc):
        raise InputError(address, "不是网址", "请写完整的网址，如 https://www.example.gov.cn/a.html")
    if privacy.mask_url(url) != url:
        raise InputError(privacy.mask_url(url), "网址里有身份证号、手机号等个人信息，没有访问", "请换成不带号码的网址")
    return url


def ask(
    config: Config,
    hosts: Sequence[str],
    wanted: Sequence[QueuedUrl],
    *,
    as_of: date,
    known: Collection[str] = (),
    beside: Sequence[Errand] = (),
    progress: Progress | None = None,
    watching: Mapping[str, Any] | None = None,
) -> Answers:
    """Ask for pages and for all list pages of columns, politely as a crawl does; once a process.

    hosts: those that redirects may lead to. known: as in `AgainSpider`. beside: other spiders to run meanwhile.
    watching: what `WatchSpider` needs, which reads less of the columns and what is new in them; None for `AgainSpider`.
    What may not be asked is among the visits, with its problem. KeyboardInterrupt after Ctrl-C.
    """
    answers = Answers()
    barred = dict(_barred({netloc(one.url) for one in wanted} | set(hosts), config))
    pending = []
    for one in wanted:
        if fault := barred.get(netloc(one.url)):
            problem = unreadable(InputError(one.url, fault.fault, fault.remedy))
            answers.visits[one.url] = masked(FetchResult(one, 0, problem=problem))
        else:
            pending.append(one)

    def take(item: FetchResult | Problem, spider: Any) -> None:
        answers.leads, answers.silent, answers.later = spider.leads, spider.frontier.given_up, spider.later
        if isinstance(item, Problem):
            answers.note(privacy.mask_problem(item))
        else:
            answers.visits[item.asked.url] = masked(item)
            if progress:
                progress(len(answers.visits), spider.frontier.asked + spider.frontier.waiting)

    arguments = {
        "hosts": [host for host in hosts if host not in barred],
        "pending": pending,
        "seen": (),
        "fetched": 0,
        "as_of": as_of,
        "homes": config.site.start,
        "bounds": config.crawl,
        "known": known,
        **(watching or {}),
    }
    errands = [*([Errand("again" if watching is None else "watch", take, arguments)] if pending else []), *beside]
    if errands and "shutdown" in run_spiders(config.crawl, errands):
        raise KeyboardInterrupt
    return answers


def page(url: str) -> QueuedUrl:
    """A page as it is asked for."""
    return QueuedUrl(normalise(url))


def _barred(hosts: Iterable[str], config: Config) -> Iterator[tuple[str, CrawlError]]:
    """The hosts that may not be asked, and why."""
    for host in sorted(hosts):
        try:
            refuse(host, allow_private=config.crawl.allow_private)
        except CrawlError as fault:
            yield host, fault
