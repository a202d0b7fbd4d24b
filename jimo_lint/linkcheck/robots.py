"""Keeps from asking what the site's own robots.txt forbids (RFC 9309), as its crawl does."""

from __future__ import annotations

import asyncio
from collections.abc import Collection

from protego import Protego
from yarl import URL

from jimo_lint.domains import netloc
from jimo_lint.linkcheck.addresses import location
from jimo_lint.linkcheck.client import Answer
from jimo_lint.linkcheck.follow import REDIRECTS, Ask
from jimo_lint.model.reasons import ROBOTS, ROBOTS_UNREAD
from jimo_lint.network.reach import USER_AGENT

_PATH = "/robots.txt"
_MOST_REDIRECTS = 5  # RFC 9309 §2.3.1.2; behind more there is no robots.txt
_TRIES = 2

# Nothing of the host can be asked then, and the links themselves will tell why.
_NO_CONNECTION = frozenset(
    {"dns", "dns-temporary", "timeout-dns", "timeout-connect", "refused", "unreachable", "private-address", "proxy"}
)


class Robots:
    """The robots.txt of each of `hosts` (of none where the configuration does not obey them), read once when needed.

    pause: seconds before one that a server failed to give is asked for again.
    """

    def __init__(self, hosts: Collection[str], pause: float) -> None:
        self._hosts = frozenset(hosts)
        self._pause = pause
        self._known: dict[URL, asyncio.Future[Protego | str]] = {}

    def concerns(self, url: URL) -> bool:
        """Whether a robots.txt has a say about an address."""
        return bool(self._hosts) and netloc(str(url)) in self._hosts and url.path != _PATH

    async def bars(self, url: URL, ask: Ask) -> str:
        """Why an address that it concerns is not to be asked, as a code of `model.reasons`; "" where it may be."""
        place = url.origin().with_path(_PATH)
        known = self._known.get(place)
        if known is None:
            known = self._known[place] = asyncio.get_running_loop().create_future()
            try:
                known.set_result(await self._read(place, ask))
            except BaseException:
                known.cancel()
                raise
        rules = await known
        if isinstance(rules, str):
            return rules
        return "" if rules.can_fetch(str(url), USER_AGENT) else ROBOTS

    async def _read(self, place: URL, ask: Ask) -> Protego | str:
        answer = await _final(place, ask)
        for _ in range(_TRIES - 1):
            if 200 <= answer.status < 500 or answer.reason in _NO_CONNECTION:
                break
            await asyncio.sleep(self._pause)
            answer = await _final(place, ask)
        if answer.reason in _NO_CONNECTION or 300 <= answer.status < 500:
            return ""
        if not 200 <= answer.status < 300 or not answer.whole:
            return ROBOTS_UNREAD
        return Protego.parse(answer.body.decode("utf-8-sig", "ignore"))


async def _final(place: URL, ask: Ask) -> Answer:
    answer = await ask("GET", place, {})
    for _ in range(_MOST_REDIRECTS):
        target = location(answer.location, place) if answer.status in REDIRECTS else None
        if target is None or target.scheme not in ("http", "https"):
            break
        place = target
        answer = await ask("GET", place, {})
    return answer
