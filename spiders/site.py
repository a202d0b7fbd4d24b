"""Crawls one government site: every page of its hosts once, and every list page of its columns."""

from __future__ import annotations

import logging
import re
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from traceback import format_exc
from typing import Any, Self
from urllib.parse import urljoin, urlsplit

import scrapy
from scrapy import signals
from scrapy.exceptions import (
    CloseSpider,
    DownloadCancelledError,
    IgnoreRequest,
    ResponseDataLossError,
    StopDownload,
)
from scrapy.http import Request, Response

from jimo_lint.crawl.failures import GATES, by_the_way, exposed, of_fault, of_status, proxy_of, unread
from jimo_lint.crawl.frontier import MAX_LIST_PAGES, Frontier
from jimo_lint.crawl.headers import Clocks, is_page, leads_to, other_than_page
from jimo_lint.crawl.unchanged import Former, Unchanged, to_keep
from jimo_lint.domains import netloc
from jimo_lint.errors import InputError
from jimo_lint.extract.dates import text_dates
from jimo_lint.extract.families import Answer, read_answer
from jimo_lint.extract.lists.main_list import plain_address
from jimo_lint.extract.markup.charset import read_text
from jimo_lint.extract.pages.page import Page, read_page
from jimo_lint.model import (
    FetchResult,
    ListItem,
    Obstacle,
    Paging,
    Problem,
    ProblemCode,
    QueuedUrl,
    Reading,
    unreadable,
)
from jimo_lint.network.address import kind_of, normalise
from jimo_lint.privacy import mask_text, mask_url
from jimo_lint.runtime import timelimit
from jimo_lint.settings.sections import Crawl

_logger = logging.getLogger(__name__)

FOLLOWED = frozenset({"page", "frame", "local"})

# Redirects and refreshes that are followed from one address on, as browsers and the link check do.
MAX_REDIRECTS = 10
# Code points up to which a page that leads on has no words of its own.
BARE = 200

_LOGIN_ADDRESS = re.compile(r"(?://|[/.])(?:sso|cas|passport|login|auth|signin)\b", re.I)


class SiteSpider(scrapy.Spider):  # type: ignore[misc]
    """Yields a `FetchResult` for every address asked for and, at the end, a `Problem` for every bound reached.

    hosts: as in the configuration. pending: where to begin; seen: all addresses known to the crawl, `pending`
    among them; fetched: how many of them were dealt with by an earlier process. homes: the site's start pages.
    bounds: how far to go, of the configuration. former: pages as they were read before, None to read all anew.
    halt: set from outside to end the crawl with this reason.
    """

    name = "site"
    most_list_pages = MAX_LIST_PAGES  # of one column
    halt = ""

    def __init__(
        self,
        *,
        hosts: Iterable[str],
        pending: Iterable[QueuedUrl],
        seen: Iterable[str],
        fetched: int,
        as_of: date,
        homes: Iterable[str],
        bounds: Crawl,
        former: Former | None = None,
        **settings: Any,
    ) -> None:
        super().__init__(**settings)
        self.frontier = Frontier(
            hosts,
            max_pages=bounds.max_pages,
            max_depth=bounds.max_depth,
            per_host=bounds.concurrency,
            year=as_of.year,
        )
        for url in seen:
            self.frontier.remember(url)
        for one in pending:
            self.frontier.restore(one)
        self.frontier.asked = fetched
        self._as_of = as_of
        self._homes = {plain_address(normalise(url)) for url in homes}
        self._ways: dict[str, tuple[str, ...]] = {}  # of an address that others led to: these, the first one first
        self._clocks = Clocks()
        self.paces: list[Problem] = []  # that hosts want to be asked at, as the reactor finds them
        self._told: list[Problem] = []
        self._rows: defaultdict[str, set[int]] = defaultdict(set)  # of lists that an interface turns
        self._unchanged = Unchanged(former)

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
        asked = request.cb_kwargs.get("asked")
        if isinstance(asked, QueuedUrl):
            self._clocks.compare(netloc(asked.url), headers.get("Date"))
            if not is_page(headers, asked.api):
                raise StopDownload(fail=False)

    def parse(self, response: Response, asked: QueuedUrl) -> Iterator[Any]:
        """Turn an answer into a visit and ask for what comes next."""
        if response.status == 304 and self._unchanged.doubted(asked, home=self._is_start(asked)):
            yield self._request(asked)
            return
        yield from self._arrived(asked, lambda: self._visit(response, asked), answered=True)

    def failed(self, failure: Any) -> Iterator[Any]:
        """Turn a download that failed into a visit that says why."""
        asked = failure.request.cb_kwargs["asked"]
        timeout = self.settings.getfloat("DOWNLOAD_TIMEOUT")
        code, args = of_fault(failure.value, netloc(asked.url), timeout, proxy_of(asked.url))
        answered = isinstance(failure.value, IgnoreRequest | DownloadCancelledError | ResponseDataLossError)
        visit = unread(asked, 0, code, args, waived=code is ProblemCode.ROBOTS and by_the_way(asked))
        yield from self._arrived(asked, lambda: visit, answered=answered)

    def _arrived(self, asked: QueuedUrl, visit: Callable[[], FetchResult], *, answered: bool) -> Iterator[Any]:
        # An address asked for as an ordinary page and meanwhile found to be a list page comes again as the latter.
        if asked.column is not None or not self.frontier.is_list(asked.url):
            try:
                item = visit()
            except Exception as fault:  # noqa: BLE001 - one odd page must not cost the other twenty thousand
                trace = mask_text(format_exc())  # values of a page may be in it
                _logger.error("程序没能读懂 %s，请报告给开发者：\n%s", asked.url, trace)
                item = unread(asked, 0, ProblemCode.PAGE_NOT_UNDERSTOOD, {"error": type(fault).__name__})
            # Before the page, which may be stored at once: who resumes the crawl does not meet what was cut off again.
            yield from self._notes()
            yield item
        if self.halt:
            raise CloseSpider(self.halt)
        for one in self._unchanged.withdrawn():
            self.frontier.restore(one)
        self.frontier.done(asked, answered=answered)
        yield from self._requests()
        if not self.frontier.in_flight:
            yield from self._notes()

    def _requests(self) -> Iterator[Request]:
        for asked in self.frontier.ready():
            yield self._request(asked, self._unchanged.conditions(asked))

    def _request(self, asked: QueuedUrl, conditions: Mapping[str, str] | None = None) -> Request:
        # Interfaces answer where they believe to be asked by the page itself.
        referer = {"Referer": asked.column} if asked.api else {}
        return Request(
            asked.url,
            callback=self.parse,
            errback=self.failed,
            cb_kwargs={"asked": asked},
            # Redirects are decided on here, since they may leave the site.
            meta={"dont_redirect": True},
            dont_filter=True,
            headers={**referer, **(conditions or {})},
            priority=int(asked.column is not None),
        )

    def _notes(self) -> Iterator[Problem]:
        """What is to be told of hosts and bounds, each once."""
        notes = (*self.paces, *self._clocks.notes.values(), *self.frontier.notes, *self._unchanged.notes)
        if len(notes) > len(self._told):
            new = [note for note in notes if note not in self._told]
            self._told += new
            yield from new

    def _visit(self, response: Response, asked: QueuedUrl) -> FetchResult:
        status = response.status
        if status == 304 and (before := self._unchanged.taken(asked)):
            return self._again(asked, *before)
        if target := leads_to(response):
            return self._redirected(asked, status, target)
        if not 200 <= status < 300 or status == 202:
            code, args = of_status(status)
            return unread(asked, status, code, args, waived=code is ProblemCode.LOGIN and asked.column is not None)
        if other := other_than_page(response.headers, asked.api, response.body):
            # An attachment behind an ordinary address is checked as a link; a column must be a page.
            if asked.column is None:
                return FetchResult(asked, status, obstacle=Obstacle.UNREAD)
            return unread(asked, status, ProblemCode.NOT_A_PAGE, {"type": other})
        mark = self._unchanged.mark(response)
        if same := self._unchanged.same(asked, mark, home=self._is_start(asked)):
            return self._again(asked, *same)
        try:
            # Only what keeps nothing: the frontier must not be left with half of what a page leads to.
            with timelimit.limited(asked.url, "请在浏览器里核对，并把网址报告给开发者"), text_dates.turning() as turns:
                text, charset = read_text(response.body, response.headers.get("Content-Type", b"").decode("latin-1"))
                read = self._answer(asked, text) if asked.api else self._page(asked, status, text, charset)
        except InputError as fault:
            return FetchResult(asked, status, problem=unreadable(fault), obstacle=Obstacle.UNREAD)
        if not isinstance(read, Page):
            return self._answered(asked, status, read)
        visit = self._read(asked, status, read)
        return replace(visit, reading=to_keep(read, visit, mark, turns)) if visit.document else visit

    def _again(self, asked: QueuedUrl, page: Page, reading: Reading) -> FetchResult:
        """A page that is as it was read before: it leads where it did."""
        visit = self._read(asked, page.document.status, page)
        return replace(visit, reading=reading) if visit.document else visit

    def _page(self, asked: QueuedUrl, status: int, text: str, charset: str) -> Page:
        return read_page(text, asked.url, as_of=self._as_of, fetched=datetime.now(UTC), status=status, charset=charset)

    def _answer(self, asked: QueuedUrl, text: str) -> Answer | None:
        try:
            return read_answer(asked.api or Paging.SINGLE, text, asked.url, asked.column or "", self._as_of)
        except (ValueError, RecursionError):
            return None

    def _redirected(self, asked: QueuedUrl, status: int, location: str) -> FetchResult:
        try:
            target = normalise(urljoin(asked.url, location))
        except ValueError:
            return unread(asked, status, ProblemCode.REDIRECT_MALFORMED)
        if not self.frontier.here(target):
            if asked.column and _LOGIN_ADDRESS.search(target):
                return unread(asked, status, ProblemCode.LOGIN_PAGE)
            where = netloc(target) or target
            return unread(asked, status, ProblemCode.REDIRECT_AWAY, {"where": where}, waived=by_the_way(asked))
        if target == normalise(asked.url):
            return unread(asked, status, ProblemCode.REDIRECT_SELF)
        if asked.column and self._is_home(target):
            return unread(asked, status, ProblemCode.REDIRECT_HOME)
        if (masked := mask_url(target)) != target:
            return exposed(asked, status, masked)
        self._lead_home(asked, target)
        if endless := self._endless(asked, status, target):
            return endless
        onward = self._lead_on(asked, target)
        if onward is None and asked.column is not None:
            return unread(asked, status, ProblemCode.REDIRECT_TWIN, {"target": target})
        return FetchResult(asked, status, follow=(onward,) if onward else ())

    def _endless(self, asked: QueuedUrl, status: int, target: str) -> FetchResult | None:
        """What comes of a redirect or refresh that is not followed any more; None where it is."""
        way = (*self._ways.get(asked.url, ()), asked.url)
        if target not in way and len(way) <= MAX_REDIRECTS:
            return None
        start = mask_url(way[0])
        if target in way:
            return unread(asked, status, ProblemCode.REDIRECT_LOOP, {"start": start})
        return unread(asked, status, ProblemCode.REDIRECT_MANY, {"start": start, "most": MAX_REDIRECTS})

    def _lead_on(self, asked: QueuedUrl, target: str) -> QueuedUrl | None:
        """Queue what an address leads on to at once; None where it is known or out of bounds."""
        onward = self.frontier.offer(target, asked.depth + 1, asked.column, asked.page, asked.api)
        if onward:
            self._ways[onward.url] = (*self._ways.get(asked.url, ()), asked.url)
        return onward

    def _is_start(self, asked: QueuedUrl) -> bool:
        return plain_address(asked.url) in self._homes

    def _is_home(self, url: str) -> bool:
        return urlsplit(url).path in ("", "/") or plain_address(url) in self._homes

    def _lead_home(self, asked: QueuedUrl, target: str) -> None:
        """Where a start page leads on at once, the page behind it is the home page."""
        if asked.column is None and plain_address(asked.url) in self._homes:
            self._homes.add(plain_address(target))

    def _read(self, asked: QueuedUrl, status: int, page: Page) -> FetchResult:
        document, refresh, obstacle = page.document, page.refresh, page.obstacle
        if obstacle is Obstacle.GONE and not asked.column and plain_address(asked.url) not in self._homes:
            return FetchResult(asked, status, obstacle=obstacle)  # the link check asks again, and compares
        if obstacle is Obstacle.CHALLENGE or (obstacle and asked.column):
            return unread(asked, status, GATES[obstacle])
        if asked.column and refresh and self._is_home(normalise(refresh)):
            return unread(asked, status, ProblemCode.REDIRECT_HOME)
        onward, complete = self._list_pages(asked, page)
        if plain_address(asked.url) in self._homes:
            document = replace(document, facts=replace(document.page_facts, home=not refresh))
        bare = not page.rows and len(document.text) <= BARE
        if refresh and bare and (masked := mask_url(normalise(refresh))) != normalise(refresh):
            return exposed(asked, status, masked)
        if refresh and (endless := self._endless(asked, status, normalise(refresh))):
            # A page with words or rows of its own only loads itself anew.
            if bare:
                return endless
        elif refresh:
            self._lead_home(asked, normalise(refresh))
            onward.append(self._lead_on(asked, refresh))
        onward.extend(self._links(asked, page))
        rows: tuple[ListItem, ...] = ()
        if asked.column is not None:
            document = replace(document, column=asked.column)
            rows = page.rows
        return FetchResult(
            asked,
            status,
            document,
            rows=rows,
            complete=complete,
            landing=page.landing,
            follow=tuple(one for one in onward if one),
            blank_notice=page.blank_notice,
            scripted=page.scripted,
            paging=page.turning.family,
            known=page.turning.known,
        )

    def _links(self, asked: QueuedUrl, page: Page) -> Iterator[QueuedUrl | None]:
        """What else the page leads to: every page of the site. Lighter spiders follow less."""
        for link in page.document.links:
            if link.kind in FOLLOWED:
                yield self.frontier.offer(link.url, asked.depth + 1)
        if asked.column is not None:
            yield from self._articles(asked, page.rows)

    def _articles(self, asked: QueuedUrl, rows: Sequence[ListItem]) -> Iterator[QueuedUrl | None]:
        """What the rows of a list lead to: those that scripts write are no links of the page."""
        for row in rows:
            if kind_of(row.url) == "page":
                yield self.frontier.offer(row.url, asked.depth + 1)

    def _list_pages(self, asked: QueuedUrl, page: Page) -> tuple[list[QueuedUrl | None], bool]:
        """The next pages of a list, and whether all of them can be read."""
        turning = page.turning
        if asked.column is None:
            pages = () if turning.family.by_interface else turning.pages
            return [self.frontier.offer(url, asked.depth + 1) for url in pages], turning.complete
        api = turning.family if turning.family.by_interface else None
        if api:
            self._rows[asked.column].update(map(hash, page.rows))
        if turning.own:
            self.frontier.is_same(turning.own)
        found: list[QueuedUrl | None] = []
        complete = turning.complete
        for url in turning.pages:
            if plain_address(url) == plain_address(asked.column):
                continue
            if not self.frontier.here(url):
                complete = False
            elif self.frontier.full(asked.column, self.most_list_pages):
                # Its pages are linked from one another: nothing is gained by reading them as ordinary pages instead.
                complete = complete and self.frontier.is_list(url)
                self.frontier.leave(url)
            else:
                found.append(self.frontier.turn(url, asked, api))
        return found, complete

    def _answered(self, asked: QueuedUrl, status: int, answer: Answer | None) -> FetchResult:
        """Rows that the interface of a list answered with; None where it is no list."""
        family, column = asked.api or Paging.SINGLE, asked.column or ""
        if answer is None:
            visit = unread(asked, status, ProblemCode.NOT_A_LIST, {"family": family.label})
            return replace(visit, complete=False, paging=family)
        met = self._rows[column]
        before = len(met)
        met.update(map(hash, answer.rows))
        complete = True
        follow = list(self._articles(asked, answer.rows))
        if answer.following:
            # An interface that answers the same again and again has not been understood.
            complete = len(met) > before and not self.frontier.full(column, self.most_list_pages)
            if complete:
                follow.append(self.frontier.turn(answer.following, asked, family))
        return FetchResult(
            asked,
            status,
            rows=answer.rows,
            complete=complete,
            follow=tuple(one for one in follow if one),
            scripted=answer.unclear,
            paging=family,
            known=answer.known,
        )
