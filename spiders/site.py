"""Crawls one government site: every page of its hosts once, and every list page of its columns."""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, Self
from urllib.parse import urljoin, urlsplit

import scrapy
from scrapy import signals
from scrapy.exceptions import (
    CannotResolveHostError,
    CloseSpider,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    StopDownload,
)
from scrapy.http import Request, Response

from jimo_lint.extract import Page, decode, normalise, read_page
from jimo_lint.frontier import MAX_LIST_PAGES, Frontier
from jimo_lint.model import Pending, Problem, Visit

_logger = logging.getLogger(__name__)

_PAGE_TYPES = ("text/html", "application/xhtml", "text/xml", "application/xml", "text/plain")
_ROBOTS = "robots.txt "
FOLLOWED = frozenset({"page", "frame", "local"})

_INDEX = re.compile(r"/(?:index|default)\.s?html?$")

# 412 and 521 are script challenges of protections that Chinese sites use; 202 comes with one in place of the page.
_STATUS = {
    202: "网站要求先过脚本验证，没有读到内容（HTTP 202），不等于失效",
    401: "需要登录（HTTP 401）",
    403: "网站拒绝访问（HTTP 403），多为防护拦截，不等于失效",
    404: "页面不存在（HTTP 404）",
    410: "页面已删除（HTTP 410）",
    412: "被网站防护拦截（HTTP 412），不等于失效",
    429: "访问过于频繁被限制（HTTP 429），请在 [crawl] 里调大 delay",
    521: "被网站防护拦截（HTTP 521），不等于失效",
}


class SiteSpider(scrapy.Spider):  # type: ignore[misc]
    """Yields a `Visit` for every address asked for and, at the end, a `Problem` for every bound reached.

    hosts: as in the configuration. pending: where to begin; seen: all addresses known to the crawl, `pending`
    among them; fetched: how many of them were dealt with by an earlier process. halt: set from outside to end
    the crawl with this reason.
    """

    name = "site"
    most_list_pages = MAX_LIST_PAGES  # of one column
    halt = ""

    def __init__(
        self,
        *,
        hosts: Iterable[str],
        pending: Iterable[Pending],
        seen: Iterable[str],
        fetched: int,
        as_of: date,
        max_pages: int,
        max_depth: int,
        per_host: int,
        **settings: Any,
    ) -> None:
        super().__init__(**settings)
        self.frontier = Frontier(hosts, max_pages=max_pages, max_depth=max_depth, per_host=per_host, year=as_of.year)
        for url in seen:
            self.frontier.remember(url)
        for one in pending:
            self.frontier.restore(one)
        self.frontier.asked = fetched
        self._as_of = as_of

    @classmethod
    def from_crawler(cls, crawler: Any, *args: Any, **kwargs: Any) -> Self:
        """Connect what stops a download of something that is not a page."""
        spider: Self = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.headers_received, signal=signals.headers_received)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """The first requests; answers bring the others, so only a handful wait inside Scrapy."""
        for request in self._requests():
            yield request
        if not self.frontier.in_flight:
            for problem in self._notes():
                yield problem

    def headers_received(self, headers: Any, request: Request) -> None:
        """Do not download what is no page: documents, archives, films behind addresses that look like pages."""
        if isinstance(request.cb_kwargs.get("asked"), Pending) and not _is_page(headers):
            raise StopDownload(fail=False)

    def parse(self, response: Response, asked: Pending) -> Iterator[Any]:
        """Turn an answer into a visit and ask for what comes next."""
        yield from self._arrived(asked, lambda: self._visit(response, asked), answered=True)

    def failed(self, failure: Any) -> Iterator[Any]:
        """Turn a download that failed into a visit that says why."""
        asked = failure.request.cb_kwargs["asked"]
        reason = _fault(failure.value, _host(asked.url), self.settings.getfloat("DOWNLOAD_TIMEOUT"))
        answered = isinstance(failure.value, IgnoreRequest | DownloadCancelledError | ResponseDataLossError)
        excused = isinstance(failure.value, IgnoreRequest) and _ROBOTS in reason and _by_the_way(asked)
        yield from self._arrived(asked, lambda: Visit(asked, 0, problem=reason, excused=excused), answered=answered)

    def _arrived(self, asked: Pending, visit: Callable[[], Visit], *, answered: bool) -> Iterator[Any]:
        # An address asked for as an ordinary page and meanwhile found to be a list page comes again as the latter.
        if asked.column is not None or not self.frontier.is_list(asked.url):
            try:
                yield visit()
            except Exception as fault:  # one odd page must not cost the other twenty thousand
                _logger.exception("reading %s", asked.url)
                yield Visit(asked, 0, problem=f"程序没能读懂这个页面（{type(fault).__name__}），请把网址报告给开发者")
        if self.halt:
            raise CloseSpider(self.halt)
        self.frontier.done(asked, answered=answered)
        yield from self._requests()
        if not self.frontier.in_flight:
            yield from self._notes()

    def _requests(self) -> Iterator[Request]:
        for asked in self.frontier.ready():
            yield Request(
                asked.url,
                callback=self.parse,
                errback=self.failed,
                cb_kwargs={"asked": asked},
                # Redirects are decided on here, since they may leave the site.
                meta={"dont_redirect": True},
                dont_filter=True,
                priority=int(asked.column is not None),
            )

    def _notes(self) -> Iterator[Problem]:
        yield from (Problem(*note) for note in self.frontier.notes)

    def _visit(self, response: Response, asked: Pending) -> Visit:
        status = response.status
        location = response.headers.get("Location")
        if 300 <= status < 400 and location:
            return self._redirected(asked, status, location)
        if not 200 <= status < 300 or status == 202:
            return Visit(asked, status, problem=_status(status))
        if not _is_page(response.headers):
            kind = _content_type(response.headers)
            # An attachment behind an ordinary address is checked as a link; a column must be a page.
            return Visit(asked, status, problem=f"栏目地址不是网页（{kind}）" if asked.column else "")
        html = decode(response.body, response.headers.get("Content-Type", b"").decode("latin-1"))
        page = read_page(html, asked.url, as_of=self._as_of, fetched=datetime.now(UTC), status=status)
        return self._read(asked, status, page)

    def _redirected(self, asked: Pending, status: int, location: bytes) -> Visit:
        try:
            target = normalise(urljoin(asked.url, location.decode("utf-8", "replace").strip()))
        except ValueError:
            return Visit(asked, status, problem="重定向的目标不是网址")
        if not self.frontier.here(target):
            where = _host(target) or target
            said = f"重定向到站外（{where}），没有跟随；若也属本站，请写进 [site] hosts"
            return Visit(asked, status, problem=said, excused=_by_the_way(asked))
        if target == normalise(asked.url):
            return Visit(asked, status, problem="重定向到自身，没有读到内容")
        onward = self.frontier.offer(target, asked.depth + 1, asked.column, asked.page)
        if onward is None and asked.column is not None:
            return Visit(asked, status, problem=f"栏目地址重定向到另一个已读的栏目页（{target}）")
        return Visit(asked, status, follow=(onward,) if onward else ())

    def _read(self, asked: Pending, status: int, page: Page) -> Visit:
        document = page.document
        onward, complete = self._list_pages(asked, page)
        if page.refresh:
            onward.append(self.frontier.offer(page.refresh, asked.depth + 1, asked.column, asked.page))
        onward.extend(self._links(asked, page))
        if asked.column is not None:
            document = replace(document, column=asked.column)
        return Visit(
            asked,
            status,
            document,
            rows=page.rows if asked.column is not None else (),
            complete=complete,
            landing=page.landing,
            follow=tuple(one for one in onward if one),
            blank_notice=page.blank_notice,
            scripted=page.scripted,
        )

    def _links(self, asked: Pending, page: Page) -> Iterator[Pending | None]:
        """What else the page leads to: every page of the site. Lighter spiders follow less."""
        for link in page.document.links:
            if link.kind in FOLLOWED:
                yield self.frontier.offer(link.url, asked.depth + 1)

    def _list_pages(self, asked: Pending, page: Page) -> tuple[list[Pending | None], bool]:
        """The next pages of a list, and whether all of them can be read."""
        if asked.column is None:
            return [self.frontier.offer(url, asked.depth + 1) for url in page.next_pages], page.complete
        found: list[Pending | None] = []
        complete = page.complete
        number = asked.page
        for url in page.next_pages:
            if _first_page(url) == _first_page(normalise(asked.column)):
                continue
            if number >= self.most_list_pages or not self.frontier.here(url):
                complete = False
                break
            taken = self.frontier.offer(url, asked.depth, asked.column, number + 1)
            if taken:
                number += 1
                found.append(taken)
        return found, complete


def _first_page(url: str) -> str:
    """The address with /index.html taken off: pagers link page 1 as that where the column's address is the folder."""
    return _INDEX.sub("/", url)


def _content_type(headers: Any) -> str:
    value: bytes = headers.get("Content-Type") or b""
    return value.decode("latin-1").partition(";")[0].strip().lower()


def _is_page(headers: Any) -> bool:
    kind = _content_type(headers)
    return not kind or kind.startswith(_PAGE_TYPES)


def _status(status: int) -> str:
    if status in _STATUS:
        return _STATUS[status]
    if status >= 500:
        return f"服务器出错（HTTP {status}），试了 3 次"
    return f"没有读到内容（HTTP {status}）"


def _fault(fault: BaseException, host: str, timeout: float) -> str:
    """Why a download failed, with what the user can do about it."""
    if isinstance(fault, CannotResolveHostError):
        return f"找不到主机 {host}，请检查网址是否写对、网络是否通"
    if isinstance(fault, DownloadConnectionRefusedError):
        return f"{host} 拒绝连接，请检查网址和端口，或稍后再试"
    if isinstance(fault, DownloadTimeoutError):
        return f"{timeout:g} 秒内没有读完，请稍后再试，或在 [crawl] 里调大 timeout"
    if isinstance(fault, IgnoreRequest):
        if "robots" in str(fault):
            return f"{_ROBOTS}不允许抓取；若是本单位网站，可写 obey_robots = false"
        return "解压后超过 10 MB，没有读"
    if isinstance(fault, DownloadCancelledError):
        return "页面超过 10 MB，没有读"
    if isinstance(fault, ResponseDataLossError):
        return "连接中断，页面没有传完"
    return f"连接 {host} 失败，请检查网址和网络，或稍后再试"


def _by_the_way(asked: Pending) -> bool:
    """True for a page met on the way: start pages and columns were asked for by the user and must be read."""
    return asked.depth > 0 and asked.column is None


def _host(url: str) -> str:
    return urlsplit(url).netloc
