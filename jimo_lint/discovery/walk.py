"""Walks a site lightly and says what columns it has: nothing is kept but what the caller is given."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from jimo_lint.crawl.run import CrawlOutcome, crawl_site
from jimo_lint.discovery.survey import Survey, survey
from jimo_lint.errors import CrawlError, InputError, InternalHostError
from jimo_lint.model import Problem, ProblemCode
from jimo_lint.model.problems import CHALLENGES
from jimo_lint.network.address import normalise
from jimo_lint.runtime.progress import Progress
from jimo_lint.settings.config import Config
from jimo_lint.settings.sections import Crawl, Site
from jimo_lint.store import Store

_OBEYED = "若是本单位网站，请自己写 jimo-lint.toml，并在 [crawl] 里写 obey_robots = false"


@dataclass(frozen=True, slots=True)
class Walk:
    """What came of it. cut: it ended since enough pages were read; finished: it did not end before its time."""

    survey: Survey
    config: Config
    cut: bool
    finished: bool


def configuration(address: str, *, max_pages: int, allow_private: bool) -> Config:
    """The configuration to walk a site with. InputError where `address` is none; `http://` may be left out."""
    written = address.strip()
    if "://" not in written:
        written = f"http://{written}"
    try:
        parts = urlsplit(written)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or any(character.isspace() or character in "\"'<>\\^`{|}" for character in parts.netloc):
        raise InputError(address, "不是网址", "请写网站首页的网址，如 https://www.example.gov.cn/")
    start = normalise(parts._replace(path=parts.path or "/", fragment="").geturl())
    return Config(
        site=Site(start=(start,), hosts=(urlsplit(start).netloc,)),
        # Politeness is for servers of others; one on this machine serves nobody else.
        crawl=Crawl(max_pages=max_pages, allow_private=allow_private, delay=0 if _loopback(start) else Crawl().delay),
    )


def walk(config: Config, *, as_of: date, progress: Progress) -> Walk:
    """Crawl and survey. CrawlError: the start page could not be read, no column was found, an internal address."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="jimo-lint-")))
        store = stack.enter_context(Store.open(folder / "store.sqlite3", writing=True))
        with progress.stage("查找栏目") as step:
            outcome = _crawl(config, store, as_of, step)
        if not outcome.pages:
            raise _unread(config, next(iter(outcome.ends), None))
        found = survey(config, store, as_of)
        cut = any(problem.code is ProblemCode.MAX_PAGES for problem in store.problems("site"))
        scripted = not found.columns and outcome.pages <= 2
    if not found.columns:
        raise CrawlError(
            config.site.start[0],
            f"读了 {outcome.pages} 页，没有找到栏目",
            "首页的菜单可能由脚本生成，没有浏览器读不到；请换网站地图页的网址再试，或按台账用 jimo-lint columns import"
            if scripted
            else "请换网站首页或网站地图页的网址再试",
        )
    return Walk(found, config, cut, outcome.finished)


def _crawl(config: Config, store: Store, as_of: date, step: Callable[[int, int], None] | None) -> CrawlOutcome:
    try:
        return crawl_site(config, store, as_of=as_of, resume=False, progress=step, spider="menus")
    except InternalHostError as fault:
        raise CrawlError(fault.place, fault.fault, "如确要读内网网站，请加 --allow-private") from None


def _loopback(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    return host in ("localhost", "::1") or host.startswith("127.")


def _unread(config: Config, end: Problem | None) -> CrawlError:
    place = config.site.start[0]
    if end is None:
        return CrawlError(place, "没有读到任何页面", "请在浏览器里核对网址")
    if end.code is ProblemCode.ROBOTS:
        return CrawlError(place, "robots.txt 不允许抓取，没有读", _OBEYED)
    if end.code is ProblemCode.PROXY:
        fault, _, remedy = end.message.partition("；")
        return CrawlError(place, fault, remedy)
    if end.code is ProblemCode.REDIRECT_AWAY:
        return CrawlError(place, f"重定向到站外（{end.args['where']}）", "请换成那个网址重新运行")
    if end.code in CHALLENGES:
        return CrawlError(
            place, end.message, "请网站的运维把本机加进防护的白名单再试，或按台账用 jimo-lint columns import"
        )
    return CrawlError(place, end.message, "请在浏览器里核对网址")
