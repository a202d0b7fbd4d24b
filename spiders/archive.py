"""Reads the archives of accounts: files and folders directly, feeds from their address."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import scrapy
from jimo_lint.spiders.reasons import ROBOTS_UNREAD, of_fault, proxy_of
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response

from jimo_lint.model import Account, Problem
from jimo_lint.readers import archive

# A feed is small; more than this is no feed.
_MAX_BYTES = 10 * 1024 * 1024


class ArchiveSpider(scrapy.Spider):  # type: ignore[misc]
    """Yields the posts of each account as Documents, and Problems whose place begins with the account's archive.

    Posts come one by one as they are read. An archive that several accounts share is read once. An account
    without an archive yields nothing.
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
                for value in archive.read(accounts, Path(place), self.as_of):
                    yield value

    def parse(self, response: Response, place: str, accounts: Sequence[Account]) -> Iterator[Any]:
        """Posts of a feed. The place is the configured address, wherever it was redirected to."""
        if response.status != 200:
            yield Problem(place, f"订阅地址返回 {response.status}。请在浏览器里核对")
            return
        yield from archive.read_bytes(accounts, place, response.body, self.as_of)

    def failed(self, failure: Any) -> Iterator[Any]:
        """A feed that gave no answer."""
        place = failure.request.cb_kwargs["place"]
        if isinstance(failure.value, IgnoreRequest) and "unread" in str(failure.value):
            yield Problem(place, f"{ROBOTS_UNREAD}，或改用导出的文件")
        elif isinstance(failure.value, IgnoreRequest):
            yield Problem(place, "订阅地址的 robots.txt 不允许读取。请改用导出的文件")
        elif proxy := proxy_of(place):
            yield Problem(place, of_fault(failure.value, place, 0, proxy).replace("；", "。"))
        else:
            yield Problem(place, "订阅地址没有应答。请检查网络和地址后重新运行")


def _is_address(place: str) -> bool:
    return urlsplit(place).scheme in ("http", "https")
