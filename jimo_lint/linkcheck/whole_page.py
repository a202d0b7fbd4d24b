"""Fetches one page whole, for reading the links that stand on it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from yarl import URL

from jimo_lint.errors import InputError
from jimo_lint.linkcheck.addresses import wire
from jimo_lint.linkcheck.client import Answer, Client
from jimo_lint.linkcheck.content import is_page
from jimo_lint.linkcheck.download import Whole
from jimo_lint.linkcheck.egress import Route
from jimo_lint.linkcheck.follow import walk
from jimo_lint.model.reasons import link_reason
from jimo_lint.settings.sections import Crawl, Links

# Bytes of a page; longer ones hold no more links that a person put there.
LONGEST = 4 * 1024 * 1024


def fetch(address: str, crawl: Crawl, links: Links) -> tuple[bytes, str, str]:
    """The page at an address, its `Content-Type`, and the address where it was found.

    InputError: it is no page, or not there.
    """
    return asyncio.run(_fetch(address, crawl, links))


async def _fetch(address: str, crawl: Crawl, links: Links) -> tuple[bytes, str, str]:
    url = wire(address)
    if url is None:
        raise InputError(address, link_reason("invalid-url"), "请核对网址")
    route = Route(links.proxy, links.ca_bundle)
    async with Client(timeout=crawl.timeout, allow_private=crawl.allow_private, route=route, limit=LONGEST) as client:
        answer = Answer()

        async def ask(
            method: str, url: URL, cookies: Mapping[str, str], *, part: bool = False, whole: Whole | None = None
        ) -> Answer:
            nonlocal answer
            answer = await client.ask(method, url, cookies, part=part, whole=whole)
            return answer

        outcome = await walk(url, ask)
        if outcome.reason != "ok":
            refused = outcome.reason == "private-address" and not crawl.allow_private
            allowed = "；如确要检查内网网页，请加 --allow-private" if refused else ""
            raise InputError(
                address, f"网页读不到（{link_reason(outcome.reason)}）", f"请核对网址，或稍后再试{allowed}"
            )
    if not answer.whole:  # half of a page holds half of its links
        raise InputError(address, f"网页读不到（{link_reason('cut-short')}）", "请核对网址，或稍后再试")
    if not is_page(answer.body, answer.type):
        raise InputError(
            address, "不是网页", "要检查单个地址，请把它写进一个文本文件，或用管道送入：echo 网址 | jimo-lint links -"
        )
    return answer.body, answer.type, str(outcome.url)
