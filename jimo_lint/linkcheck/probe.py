"""Opens the start addresses once, with a watch in hand: one visit of the week that 站点无法访问 is judged by."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime

from jimo_lint.linkcheck.addresses import wire
from jimo_lint.linkcheck.client import Client
from jimo_lint.linkcheck.egress import Route
from jimo_lint.linkcheck.follow import walk
from jimo_lint.model import Probe
from jimo_lint.network.reach import is_public

# Seconds that resolving, connecting and waiting for an answer may take each. Longer than the 15 seconds of the
# standard, so that what is measured is the site's slowness and not our patience; and seconds for all together.
_PATIENCE = 20.0
_LONGEST = 90.0

# Hosts that are practically always there. Where not one of them takes a connection, the fault is on this side.
WITNESSES = (("www.gov.cn", 443), ("www.people.com.cn", 443), ("www.baidu.com", 443))
_WITNESS_PATIENCE = 5.0


def probe_sites(
    urls: Sequence[str], *, allow_private: bool, witnesses: Sequence[tuple[str, int]] = WITNESSES
) -> tuple[Probe, ...]:
    """Visit every address once, all at the same time.

    The time runs from the first look-up through redirects until the beginning of the page (64 KiB, or all of it) has
    arrived: when a browser shows something. Pictures and scripts are not waited for.
    """
    return asyncio.run(_sound(urls, allow_private=allow_private, witnesses=witnesses))


async def _sound(
    urls: Sequence[str], *, allow_private: bool, witnesses: Sequence[tuple[str, int]]
) -> tuple[Probe, ...]:
    async with Client(timeout=_PATIENCE, allow_private=allow_private, route=Route("", None)) as client:
        return tuple(await asyncio.gather(*(_visit(url, client, witnesses) for url in urls)))


async def _visit(url: str, client: Client, witnesses: Sequence[tuple[str, int]]) -> Probe:
    target, clock = wire(url), asyncio.get_running_loop().time
    at, started = datetime.now(UTC), clock()
    if target is None:
        return Probe(url, at, 0.0, 0, "invalid-url")
    reason, status = "timeout-read", 0
    with suppress(TimeoutError):
        async with asyncio.timeout(_LONGEST):
            outcome = await walk(target, client.ask, get_only=True)
            reason, status = outcome.reason, outcome.status
    seconds = round(clock() - started, 3)
    # A refusal came from somewhere, and an address of this network needs no way out of it.
    answered = status or reason in ("refused", "private-address", "invalid-url") or _is_near(target.host or "")
    offline = not answered and not await _reaches_any(witnesses)
    return Probe(url, at, seconds, status, reason, offline)


def _is_near(host: str) -> bool:
    looks_like_address = ":" in host or host.rpartition(".")[2].isdigit()
    return host == "localhost" or (looks_like_address and not is_public(host))


async def _reaches_any(witnesses: Sequence[tuple[str, int]]) -> bool:
    return any(await asyncio.gather(*(_reaches(host, port) for host, port in witnesses)))


async def _reaches(host: str, port: int) -> bool:
    try:
        async with asyncio.timeout(_WITNESS_PATIENCE):
            _, writer = await asyncio.open_connection(host, port)
    except OSError:  # TimeoutError is one
        return False
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()
    return True
