"""Follows one link to where it ends: redirects by hand, HEAD first, GET where HEAD brings nothing good."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from yarl import URL

from jimo_lint.linkcheck.addresses import location
from jimo_lint.linkcheck.exchange import Answer

MAX_REDIRECTS = 10

_REDIRECTS = frozenset({301, 302, 303, 307, 308})

# Without a connection a GET would fail as the HEAD did; and a server that is told to slow down is not asked twice.
_SAME_FOR_GET = frozenset(
    {
        "dns",
        "dns-temporary",
        "timeout-dns",
        "timeout-connect",
        "refused",
        "unreachable",
        "tls",
        "tls-handshake",
        "private-address",
        "invalid-url",
        "http-429",
    }
)

Ask = Callable[[str, URL, Mapping[str, str]], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a walk ended. reason: `ok`, `http-NNN` or another code of `model.reasons`; url: where; status: last.

    retry_after: seconds the server asks to wait. head_refused: HEAD failed where GET succeeded.
    """

    reason: str
    url: URL
    status: int = 0
    retry_after: float | None = None
    head_refused: bool = False


async def walk(start: URL, ask: Ask, *, get_only: bool = False) -> Outcome:
    """Where a link leads. With `get_only`, HEAD is left out (its host is known to refuse it)."""
    if get_only:
        return await _follow(start, ask, "GET")
    outcome = await _follow(start, ask, "HEAD")
    if outcome.reason == "ok" or outcome.reason in _SAME_FOR_GET:
        return outcome
    again = await _follow(start, ask, "GET")
    return Outcome(again.reason, again.url, again.status, again.retry_after, head_refused=again.reason == "ok")


async def _follow(url: URL, ask: Ask, method: str) -> Outcome:
    cookies: dict[str, dict[str, str]] = {}  # by host: some sites redirect to themselves until their cookie is back
    seen: set[tuple[URL, tuple[tuple[str, str], ...]]] = set()
    while True:
        held = cookies.setdefault(url.host or "", {})
        seen.add((url, tuple(held.items())))
        answer = await ask(method, url, held)
        if not answer.status:
            return Outcome(answer.reason, url)
        if answer.status not in _REDIRECTS or not answer.location:
            return Outcome(_reason(answer.status), url, answer.status, answer.retry_after)
        held.update(answer.cookies)
        target = location(answer.location, url)
        if target is None:
            return Outcome("bad-answer", url, answer.status)
        if target.scheme not in ("http", "https"):
            return Outcome("redirect-scheme", url, answer.status)
        if (target, tuple(cookies.get(target.host or "", {}).items())) in seen:
            return Outcome("redirect-loop", url, answer.status)
        if len(seen) > MAX_REDIRECTS:
            return Outcome("redirect-many", url, answer.status)
        url = target


def _reason(status: int) -> str:
    # 202 is how some protections hand out their script challenge: nothing was seen of the page.
    return "ok" if 200 <= status < 300 and status != 202 else f"http-{status}"
