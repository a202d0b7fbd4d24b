"""Keeps from asking what the site's own robots.txt forbids (RFC 9309), as its crawl does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection

from yarl import URL

from jimo_lint.domains import netloc
from jimo_lint.linkcheck.addresses import location
from jimo_lint.linkcheck.client import Answer
from jimo_lint.linkcheck.follow import REDIRECTS, Ask
from jimo_lint.model import Problem
from jimo_lint.model.reasons import ROBOTS, ROBOTS_UNREAD
from jimo_lint.network.retry_after import MAX_RETRY_AFTER
from jimo_lint.network.robots_txt import RobotsTxt

_PATH = "/robots.txt"
_MOST_REDIRECTS = 5  # RFC 9309 §2.3.1.2; behind more there is no robots.txt
_TRIES = 2

# Nothing of the host can be asked then, and the links themselves will tell why.
_NO_CONNECTION = frozenset(
    {"dns", "dns-temporary", "timeout-dns", "timeout-connect", "refused", "unreachable", "private-address", "proxy"}
)


class Robots:
    """The robots.txt of each of `hosts` (of none where the configuration does not obey them), read once when needed.

    pause: seconds before one that a server failed to give is asked for again. delay: configured, between requests to a
    host; told: gets what is to be said of the pace that one wants.
    """

    def __init__(self, hosts: Collection[str], pause: float, delay: float, told: Callable[[Problem], object]) -> None:
        self._hosts = frozenset(hosts)
        self._pause = pause
        self._delay = delay
        self._told = told
        self._known: dict[URL, asyncio.Future[RobotsTxt | str]] = {}
        self._paces: dict[tuple[str | None, int | None], float] = {}

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
        return "" if rules.allowed(str(url)) else ROBOTS

    def pace(self, url: URL) -> float:
        """Seconds that the host of an address wants between two requests, as far as is known by now."""
        return self._paces.get((url.raw_host, url.port), 0.0)

    async def _read(self, place: URL, ask: Ask) -> RobotsTxt | str:
        answer = await _final(place, ask)
        for _ in range(_TRIES - 1):
            wait = self._pause if answer.retry_after is None else answer.retry_after
            if not _may_come(answer) or wait > MAX_RETRY_AFTER:
                break
            await asyncio.sleep(wait)
            answer = await _final(place, ask)
        if _may_come(answer) or (200 <= answer.status < 300 and not answer.whole):
            return ROBOTS_UNREAD
        if not 200 <= answer.status < 300:
            return ""
        rules = RobotsTxt(answer.body)
        self._paces[place.raw_host, place.port] = rules.pace
        if problem := rules.told(netloc(str(place)), self._delay):
            self._told(problem)
        return rules


def _may_come(answer: Answer) -> bool:
    """Whether another time there may be one: a server that fails, or is asked too often (RFC 6585), says nothing of
    what it allows, which RFC 9309 holds true of all other 4xx."""
    return answer.reason not in _NO_CONNECTION and not (200 <= answer.status < 500 and answer.status != 429)


async def _final(place: URL, ask: Ask) -> Answer:
    answer = await ask("GET", place, {})
    for _ in range(_MOST_REDIRECTS):
        target = location(answer.location, place) if answer.status in REDIRECTS else None
        if target is None or target.scheme not in ("http", "https"):
            break
        place = target
        answer = await ask("GET", place, {})
    return answer
