"""Reads the archives of accounts: files and folders directly, feeds from their address."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import scrapy
from scrapy.http import Request, Response

from jimo_lint.crawl.failures import of_fault, proxy_of
from jimo_lint.model import Account, Document, Problem, ProblemCode
from jimo_lint.model.problems import Args
from jimo_lint.readers.archives import archive

# A feed is small; more than this is no feed.
_MAX_BYTES = 10 * 1024 * 1024
# Values that are one item of Scrapy's, which passes each item through tasks and signals of its own.
_TOGETHER = 50

# Why a feed was not read; for all else there was no answer.
_FAILURES = {
    ProblemCode.ROBOTS: ProblemCode.FEED_ROBOTS,
    ProblemCode.ROBOTS_UNREAD: ProblemCode.FEED_ROBOTS_UNREAD,
    ProblemCode.OVERSIZED: ProblemCode.FEED_OVERSIZED,
    ProblemCode.OVERSIZED_UNPACKED: ProblemCode.FEED_OVERSIZED,
    ProblemCode.CUT_SHORT: ProblemCode.FEED_CUT_SHORT,
}


class ArchiveSpider(scrapy.Spider):  # type: ignore[misc]
    """Yields the posts of each account as Documents, and Problems with the accounts that they concern: some dozens of
    them are one item, a tuple.

    They come as they are read. An archive that several accounts share is read once. An account without an archive
    yields nothing.
    """

    name = "archive"

    def __init__(self, *, accounts: Sequence[Account], as_of: date, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.accounts = accounts
        self.as_of = as_of

    async def start(self) -> AsyncIterator[Any]:
        """Feeds are asked for first, so that they load while files are read."""
        sharing: dict[str, list[Account]] = {}
        for account in self.accounts:
            if account.archive:
                sharing.setdefault(account.archive, []).append(account)
        for place, accounts in sharing.items():
            if _is_address(place):
                yield Request(
                    place,
                    callback=self.parse,
                    errback=self.failed,
                    cb_kwargs={"place": place, "accounts": accounts},
                    meta={"download_maxsize": _MAX_BYTES, "handle_httpstatus_all": True},
                    dont_filter=True,
                )
        for place, accounts in sharing.items():
            if not _is_address(place):
                for item in _items(archive.read(accounts, Path(place), self.as_of)):
                    yield item

    def parse(self, response: Response, place: str, accounts: Sequence[Account]) -> Iterator[Any]:
        """Posts of a feed. The place is the configured address, wherever it was redirected to."""
        if response.status != 200:
            yield (_problem(ProblemCode.FEED_STATUS, place, accounts, {"status": response.status}),)
            return
        yield from _items(archive.read_bytes(accounts, place, response.body, self.as_of))

    def failed(self, failure: Any) -> Iterator[Any]:
        """A feed that gave no answer."""
        asked = failure.request.cb_kwargs
        code, args = of_fault(failure.value, "", 0, proxy_of(asked["place"]))
        if code is ProblemCode.PROXY:
            yield (_problem(code, **asked, args=args),)
        else:
            yield (_problem(_FAILURES.get(code, ProblemCode.FEED_SILENT), **asked),)


def _items(values: Iterator[Document | Problem]) -> Iterator[tuple[Document | Problem, ...]]:
    while item := tuple(islice(values, _TOGETHER)):
        yield item


def _problem(code: ProblemCode, place: str, accounts: Sequence[Account], args: Args | None = None) -> Problem:
    return Problem(code, place, args or {}, accounts=tuple(account.id for account in accounts))


def _is_address(place: str) -> bool:
    return urlsplit(place).scheme in ("http", "https")
