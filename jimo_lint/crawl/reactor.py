"""Runs spiders of Scrapy to their end, with what they may ask and what they must not swallow; once a process."""

from __future__ import annotations

import asyncio
import logging
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit
from urllib.request import getproxies

from scrapy import signals
from scrapy.crawler import CrawlerProcess
from scrapy.downloadermiddlewares.retry import RetryMiddleware, get_retry_request
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import Request, Response
from scrapy.resolver import CachingThreadedResolver
from scrapy.settings import default_settings
from twisted.internet.error import DNSLookupError

from jimo_lint.crawl.failures import OversizedError, RobotsUnreadError
from jimo_lint.crawl.headers import is_part
from jimo_lint.domains import netloc
from jimo_lint.network import packing
from jimo_lint.network.address import normalise
from jimo_lint.network.reach import USER_AGENT, is_metadata, is_public
from jimo_lint.network.retry_after import MAX_RETRY_AFTER, PAUSE, seconds_to_wait
from jimo_lint.network.robots_txt import RobotsTxt
from jimo_lint.runtime import memory
from jimo_lint.settings.sections import Crawl

MAX_PAGE_BYTES = 10 * 1024 * 1024

_ENDED = re.compile(r"\bmax-age=[-0]|\bexpires=[^;]{0,40}\b(?:1970|1601)\b", re.I)  # a cookie that is taken back

# What of Scrapy a crawl has no use for; most of it would run once a page. Scrapy loads what is switched off by None all
# the same, with what that needs, as the console with SSH: six megabytes. So it is left out of what Scrapy begins with.
_UNUSED = {
    "DOWNLOADER_MIDDLEWARES": (
        "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware",
        "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware",
        "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware",
        "scrapy.downloadermiddlewares.cookies.CookiesMiddleware",
        "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware",
        "scrapy.downloadermiddlewares.stats.DownloaderStats",
        "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware",
        "scrapy.downloadermiddlewares.retry.RetryMiddleware",
    ),
    "SPIDER_MIDDLEWARES": (
        "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware",
        "scrapy.spidermiddlewares.referer.RefererMiddleware",
        "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware",
        "scrapy.spidermiddlewares.depth.DepthMiddleware",
        "scrapy.spidermiddlewares.start.StartSpiderMiddleware",
        "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware",
    ),
    "EXTENSIONS": (
        "scrapy.extensions.telnet.TelnetConsole",
        "scrapy.extensions.memusage.MemoryUsage",
        "scrapy.extensions.memdebug.MemoryDebugger",
        "scrapy.extensions.closespider.CloseSpider",
        "scrapy.extensions.remote_control.RemoteControl",
        "scrapy.extensions.corestats.CoreStats",
        "scrapy.extensions.logcount.LogCount",
        "scrapy.extensions.logstats.LogStats",
        "scrapy.extensions.feedexport.FeedExporter",
        "scrapy.extensions.spiderstate.SpiderState",
    ),
}
_SETTINGS: Mapping[str, Any] = {
    "SPIDER_MODULES": ["jimo_lint.spiders"],
    "USER_AGENT": USER_AGENT,
    "CONCURRENT_ITEMS": 2,
    "DOWNLOAD_MAXSIZE": MAX_PAGE_BYTES,
    "DOWNLOAD_WARNSIZE": 0,
    "RETRY_TIMES": 2,
    "COOKIES_ENABLED": False,
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    "LOGSTATS_INTERVAL": 0,
    "STATS_DUMP": False,
    "LOG_ENABLED": False,
    "LOG_INSTALL_ROOT_HANDLER": False,
    "MEMUSAGE_ENABLED": False,
    "WARN_ON_GENERATOR_RETURN_VALUE": False,
    "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",
    "STATS_CLASS": "scrapy.statscollectors.DummyStatsCollector",
    "SCHEDULER_PRIORITY_QUEUE": "scrapy.pqueues.ScrapyPriorityQueue",
    "DEFAULT_REQUEST_HEADERS": {
        "Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5",
        "Accept-Language": "zh",
        "Accept-Encoding": packing.CODINGS,
    },
    **{
        f"{place}_BASE": {
            name: order for name, order in getattr(default_settings, f"{place}_BASE").items() if name not in names
        }
        for place, names in _UNUSED.items()
    },
}


def _settings(crawl: Crawl) -> dict[str, Any]:
    return {
        **_SETTINGS,
        "DOWNLOADER_MIDDLEWARES": {_Robots: 100, _Retries: 550, _Unpacking: 590, _Cookies: 600},
        "ROBOTSTXT_PARSER": RobotsTxt,
        "ROBOTSTXT_OBEY": crawl.obey_robots,
        "DOWNLOAD_DELAY": crawl.delay,
        "AUTOTHROTTLE_ENABLED": crawl.delay > 0,
        "AUTOTHROTTLE_START_DELAY": crawl.delay,
        "AUTOTHROTTLE_MAX_DELAY": max(10.0, crawl.delay),
        "AUTOTHROTTLE_TARGET_CONCURRENCY": float(crawl.concurrency),
        "CONCURRENT_REQUESTS_PER_DOMAIN": crawl.concurrency,
        "CONCURRENT_REQUESTS": max(16, crawl.concurrency),
        "DOWNLOAD_TIMEOUT": crawl.timeout,
        "TWISTED_DNS_RESOLVER": _OwnResolver if crawl.allow_private else _PublicResolver,
    }


class Errand(NamedTuple):
    """A spider to run, by its name. take: gets item, and spider if it wants. arguments: of the spider."""

    spider: str
    take: Callable[..., None]
    arguments: Mapping[str, Any]


def run_spiders(crawl: Crawl, errands: Sequence[Errand]) -> list[str]:
    """Run spiders side by side to their end; the reason Scrapy gives for each (finished, shutdown …).

    An exception that Scrapy would only log is raised when the spiders were stopped.
    """
    process = CrawlerProcess(_settings(crawl))
    # A second Ctrl-C stops the reactor before a spider could close.
    reasons = ["shutdown"] * len(errands)
    faults: list[BaseException] = []
    kept = []  # Scrapy refers to handlers of signals weakly
    for number, errand in enumerate(errands):
        crawler = process.create_crawler(errand.spider)
        closed = _noting(reasons, number)
        kept.append(closed)
        crawler.signals.connect(errand.take, signal=signals.item_scraped)
        crawler.signals.connect(closed, signal=signals.spider_closed)
        process.crawl(crawler, **errand.arguments).addErrback(lambda failure: faults.append(failure.value))
    memory.keep_freed()
    with memory.calm_collector(), _unswallowed(faults, process.stop):
        process.start()
    if faults:
        raise faults[0]
    return reasons


def _noting(reasons: list[str], number: int) -> Callable[[str], None]:
    def closed(reason: str) -> None:
        reasons[number] = reason

    return closed


class _Robots(RobotsTxtMiddleware):  # type: ignore[misc]
    """Scrapy's own, which takes an error of the server for leave to ask everything, in the way of RFC 9309; and a host
    is asked no faster than its robots.txt wants."""

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        self._unread: dict[str, Exception] = {}
        self._paces: dict[str, float] = {}  # by what Scrapy's queues are called by
        crawler.signals.connect(self._take_pace, signal=signals.robots_parsed)

    def _take_pace(self, robotparser: RobotsTxt, request: Request) -> None:
        downloader, spider = self.crawler.engine.downloader, self.crawler.spider
        delay = self.crawler.settings.getfloat("DOWNLOAD_DELAY")
        problem = robotparser.told(netloc(request.url), delay)
        if problem and hasattr(spider, "paces"):  # feeds of archives are one request each
            spider.paces.append(problem)
        key = downloader.get_slot_key(request)
        pace = max(robotparser.pace, self._paces.get(key, 0.0))
        if not pace:
            return
        if not self._paces:
            # Scrapy sets the delay by the speed of answers, and did so before, since its extensions connected first.
            self.crawler.signals.connect(self._keep_pace, signal=signals.response_downloaded)
        self._paces[key] = pace
        # Of queues that are made anew, too; and without Scrapy's chance, which would come back in half of the time.
        delay = max(pace, delay)
        downloader.per_slot_settings[key] = {"delay": delay, "jitter": 0.0}
        if slot := downloader.slots.get(key):
            slot.delay, slot.jitter = max(slot.delay, delay), 0.0

    def _keep_pace(self, request: Request) -> None:
        key = request.meta.get("download_slot", "")
        slot = self.crawler.engine.downloader.slots.get(key)
        if slot and (pace := self._paces.get(key)):
            slot.delay = max(slot.delay, pace)

    def process_request_2(self, rp: Any, request: Request) -> None:
        """Raise what forbids the request, if anything does."""
        if fault := self._unread.get(urlsplit(request.url).netloc):
            raise fault
        super().process_request_2(rp, request)

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500 or response.status == 429:
            self._unread[netloc] = RobotsUnreadError(f"HTTP {response.status}")
        if response.status >= 400:
            response = response.replace(body=b"")  # the words of an error page are no rules
        await super()._parse_robots(response, netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        # Without a connection nothing of the host can be read, and its pages will tell why.
        if not isinstance(exc, IgnoreRequest | CannotResolveHostError | DownloadConnectionRefusedError):
            self._unread[netloc] = RobotsUnreadError(str(exc))
        super()._robots_error(exc, netloc)


class _Retries(RetryMiddleware):  # type: ignore[misc]
    """Scrapy's own, which asks a server at once again that says 429: it is asked too often. It is waited for."""

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        """The answer, or the request to send again; the answer, too, of a server that asks to wait for too long."""
        again = super().process_response(request, response)
        if again is response or response.status != 429:
            return again
        said = seconds_to_wait((response.headers.get("Retry-After") or b"").decode("latin-1"))
        wait = PAUSE if said is None else said
        if wait > MAX_RETRY_AFTER:
            return response
        await asyncio.sleep(wait)
        return again


class _Cookies:
    """Sends back what a host sets with a redirect: some redirect everybody to the same address until it is.

    What pages set is left alone: nobody logs in here, and Scrapy's jar looks at every answer.
    """

    _MOST = 3  # cookies that a host may want one after the other before its page

    def __init__(self) -> None:
        self._jars: defaultdict[str, dict[str, str]] = defaultdict(dict)

    def process_request(self, request: Request) -> None:
        """Add what the host has set so far."""
        if self._jars and (jar := self._jars.get(urlsplit(request.url).netloc)):
            request.headers["Cookie"] = _cookie_header(jar)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """The answer; the same request again where it leads to itself with a cookie that was not sent yet."""
        if not 300 <= response.status < 400 or not response.headers.get("Set-Cookie"):
            return response
        jar = self._jars[urlsplit(request.url).netloc]
        for line in response.headers.getlist("Set-Cookie"):
            pair, _, rest = line.decode("latin-1").partition(";")
            name, _, value = pair.strip().partition("=")
            if _ENDED.search(rest):
                jar.pop(name, None)
            else:
                jar[name] = value
        target = urljoin(request.url, response.headers.get("Location", b"").decode("latin-1"))
        tried = request.meta.get("cookies_tried", 0)
        # Several requests may have met the redirect at once: what counts is what this one sent.
        news = _cookie_header(jar) != (request.headers.get("Cookie") or b"")
        if not news or tried >= self._MOST or normalise(target) != normalise(request.url):
            return response
        return request.replace(meta={**request.meta, "cookies_tried": tried + 1}, dont_filter=True)


def _cookie_header(jar: Mapping[str, str]) -> bytes:
    return "; ".join(f"{name}={value}" for name, value in jar.items()).encode("latin-1")


class _Unpacking:
    """Unpacks bodies, in place of Scrapy's own way, which hands on what was cut off as if it were whole."""

    def __init__(self, crawler: Any) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Any) -> _Unpacking:
        """As Scrapy makes its middlewares."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """The answer unpacked; another try where it is not whole, and like a broken connection after the last."""
        codings = response.headers.getlist("Content-Encoding")
        part = is_part(response)
        if not response.body or not (codings or part):  # not downloaded, or a redirect
            return response
        try:
            body, whole = packing.unpack(response.body, b",".join(codings).decode("latin-1"), MAX_PAGE_BYTES + 1)
        except ValueError:
            whole = False
        whole = whole and not part
        if not whole:
            again = get_retry_request(request, spider=self._crawler.spider, reason="cut off")
            if again is None:
                raise ResponseDataLossError("the packed body has no end")
            return again
        if len(body) > MAX_PAGE_BYTES:
            raise OversizedError("too large when unpacked")
        del response.headers["Content-Encoding"]
        return response.replace(body=body)


class _Swallowed(logging.Handler):
    """Keeps the exceptions that Scrapy and Twisted catch and only log, the program's own ones among them.

    Callbacks, handlers of signals and the start of a spider end so, and a site would look smaller than it is. What
    goes wrong with a page is reported as its problem; it is of Twisted's or Scrapy's types, or about robots.txt.
    """

    def __init__(self, faults: list[BaseException], stop: Callable[[], Any]) -> None:
        super().__init__(logging.ERROR)
        self._faults = faults
        self._stop = stop

    def emit(self, record: logging.LogRecord) -> None:
        fault = record.exc_info[1] if record.exc_info else None
        if fault is None or record.name.endswith(".robotstxt"):
            return
        if type(fault).__module__.partition(".")[0] not in ("twisted", "scrapy", "OpenSSL"):
            if not self._faults:
                self._stop()
            self._faults.append(fault)


@contextmanager
def _unswallowed(faults: list[BaseException], stop: Callable[[], Any]) -> Iterator[None]:
    """Add to `faults` what is swallowed meanwhile. Scrapy's own words would only clutter stderr."""
    handler = _Swallowed(faults, stop)
    loggers = [logging.getLogger(name) for name in ("scrapy", "twisted")]
    for logger in loggers:
        logger.setLevel(logging.ERROR)
        logger.propagate = False
        logger.addHandler(handler)
    yield
    for logger in loggers:
        logger.removeHandler(handler)


class _OwnResolver(CachingThreadedResolver):  # type: ignore[misc]
    """Refuses hosts whose name leads to an address that is never to be asked, at the moment of connecting."""

    refused: Callable[[str], bool] = staticmethod(is_metadata)

    def getHostByName(self, name: str, timeout: Any = ()) -> Any:  # noqa: N802
        """Resolve, then look at what came of it."""
        return super().getHostByName(name, timeout).addCallback(self._checked, name)

    def _checked(self, address: str, name: str) -> str:
        # The office's own proxy stands in its own network.
        if self.refused(address) and name not in _proxies():
            raise DNSLookupError(f"{name} is {address}")
        return address


@cache
def _proxies() -> frozenset[str | None]:
    """The hosts of the proxies that the environment names."""
    return frozenset(urlsplit(one if "://" in one else f"//{one}").hostname for one in getproxies().values())


class _PublicResolver(_OwnResolver):
    """Refuses also those that lead to this machine or an internal network."""

    @staticmethod
    def refused(address: str) -> bool:
        """True for whatever is not of the public internet."""
        return not is_public(address)
