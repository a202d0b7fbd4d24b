"""Follows one link to where it ends: redirects by hand, and of the end as much as its verdict needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from yarl import URL

from jimo_lint.errors import InputError
from jimo_lint.extract.pages.preview import Glance
from jimo_lint.linkcheck import content
from jimo_lint.linkcheck.addresses import location
from jimo_lint.linkcheck.client import Answer
from jimo_lint.linkcheck.download import Fetched, Whole
from jimo_lint.model.reasons import OVERLONG, PERSONAL, ROBOTS, ROBOTS_UNREAD
from jimo_lint.network.address import extension_of
from jimo_lint.privacy import mask_url
from jimo_lint.runtime import timelimit

MAX_REDIRECTS = 10

REDIRECTS = frozenset({301, 302, 303, 307, 308})

# Kinds of links whose page is looked at, so that HEAD alone would not do.
_PAGES = frozenset({"page", "frame"})

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
        "tls-expired",
        "tls-host",
        "tls-self-signed",
        "tls-chain",
        "private-address",
        "invalid-url",
        "proxy",
        "proxy-refused",
        "http-429",
        PERSONAL,
        ROBOTS,
        ROBOTS_UNREAD,
    }
)

# Segments of a path from which an address is that of something inside a site, not of a part of it.
_DEEP = 2
_INDEX = ("/", "/index.html", "/index.htm", "/index.shtml", "/index.jsp", "/index.php", "/index.aspx", "/index.do")


class Ask(Protocol):
    """Sends one request, as `Client.ask` does, when the host may be sent one."""

    async def __call__(
        self, method: str, url: URL, cookies: Mapping[str, str], *, part: bool = False, whole: Whole | None = None
    ) -> Answer: ...


class Outcome(NamedTuple):
    """How a walk ended. reason: `ok`, `http-NNN` or another code of `model.reasons`; url: where; status: last.

    retry_after: seconds the server asks to wait. head_refused: HEAD failed where GET succeeded. chain: the redirects
    on the way (status, address that redirected; 200 for a page's own refresh). page: what was seen of a web page.
    remark: what is wrong with a certificate on the way. file: what came of a file that was wanted whole, None where
    it led to an address whose files are not. Others as in `LinkResult`.
    """

    reason: str
    url: URL
    status: int = 0
    retry_after: float | None = None
    head_refused: bool = False
    chain: tuple[tuple[int, str], ...] = ()
    error: str = ""
    size: int = 0
    seconds: float = 0.0
    remark: str = ""
    page: Glance | None = None
    file: Fetched | None = None


async def walk(
    start: URL, ask: Ask, *, kind: str = "page", get_only: bool = False, whole: Whole | None = None
) -> Outcome:
    """Where a link leads. Pages are read, of attachments the first bytes, and HEAD does for the rest.

    kind: as in `Link`. With `get_only`, HEAD is left out (its host is known to refuse it). whole: attachments are
    fetched so; the outcome's file is the caller's to drop.
    """
    if kind == "attachment":
        outcome = await _follow(start, ask, "GET", part=True, whole=whole)
        # Of an empty file no part can be had; some servers refuse parts of any.
        return await _follow(start, ask, "GET", file=True) if outcome.status == 416 else outcome
    if kind in _PAGES or get_only:
        return await _follow(start, ask, "GET")
    outcome = await _follow(start, ask, "HEAD")
    if outcome.reason == "ok" or outcome.reason in _SAME_FOR_GET:
        return outcome
    again = await _follow(start, ask, "GET")
    return again._replace(head_refused=again.reason == "ok")


async def _follow(
    start: URL, ask: Ask, method: str, *, part: bool = False, file: bool = False, whole: Whole | None = None
) -> Outcome:
    cookies: dict[str | None, dict[str, str]] = {}  # by host: some sites redirect to themselves until it is back
    seen: set[tuple[URL, tuple[tuple[str, str], ...]]] = set()
    chain: tuple[tuple[int, str], ...] = ()
    url, seconds, remark = start, 0.0, ""
    while True:
        held = cookies.setdefault(url.host, {})
        wanted = whole if whole and whole.own(url) else None
        answer = await ask(method, url, held, part=part and not wanted, whole=wanted)
        seconds += answer.seconds
        remark = remark or answer.remark
        reason, page, onward = answer.reason, None, ""
        if answer.status:
            onward = answer.location if answer.status in REDIRECTS else ""
            if not onward:
                reason = "ok" if answer.status == 304 and answer.file else _reason(answer.status)
                if reason == "ok" and answer.reason:
                    reason = answer.reason
                elif method == "GET":
                    try:
                        with timelimit.limited(url):
                            reason, page = _arrived(reason, answer, start, url, moved=bool(chain), file=part or file)
                            # The old address of a page that moved; one with words of its own only loads itself anew.
                            onward = page.refresh if page and reason == "ok" and content.is_bare(page) else ""
                    except InputError:
                        reason = OVERLONG
        outcome = Outcome(
            reason, url, answer.status, answer.retry_after, chain=chain, error=answer.error,
            size=answer.size, seconds=round(seconds, 3), remark=remark, page=page, file=answer.file,
        )  # fmt: skip
        if not onward:
            return outcome
        if answer.file:
            answer.file.drop()
        seen.add((url, tuple(held.items())))
        held.update(answer.cookies)
        target = location(onward, url)
        if target is None:
            return outcome._replace(reason="bad-answer")
        if target.scheme not in ("http", "https"):
            return outcome._replace(reason="redirect-scheme")
        if (target, tuple(cookies.get(target.host, {}).items())) in seen:
            # A page that refreshes itself is there; a redirect to itself leads nowhere.
            return outcome if page else outcome._replace(reason="redirect-loop")
        if len(seen) > MAX_REDIRECTS:
            return outcome._replace(reason="redirect-many")
        chain += ((answer.status, str(url)),)
        if mask_url(str(target)) != str(target):
            # The number would stand in the server's log once more, and nothing that is behind it may be kept.
            return outcome._replace(reason=PERSONAL, url=target, status=0, chain=chain, page=None)
        url = target


def _arrived(
    reason: str, answer: Answer, start: URL, url: URL, *, moved: bool, file: bool
) -> tuple[str, Glance | None]:
    """The reason that what a GET brought leads to, by its status first (`reason`), and the page if it is one."""
    page = None
    if answer.body and content.is_page(answer.body, answer.type):
        page = Glance(answer.body, answer.type)
        if reason in ("ok", "http-404", "http-410") and content.is_challenge(answer.body, page):
            return "challenge", page
    if reason != "ok":
        return reason, page
    if answer.status == 200 and not answer.body and not answer.size and not answer.error:
        reason = "empty-file" if file else "empty-page"
    elif file and not (page and content.says_missing(page)):
        reason = content.unfitting(extension_of(str(start)), answer.body) or reason
    elif moved and _is_home(url) and _is_deep(start):
        reason = "redirect-home"
    return reason, page


def _reason(status: int) -> str:
    # 202 is how some protections hand out their script challenge: nothing was seen of the page.
    return "ok" if 200 <= status < 300 and status != 202 else f"http-{status}"


def _is_home(url: URL) -> bool:
    return url.path.lower() in _INDEX and not url.query_string


def _is_deep(url: URL) -> bool:
    """True for the address of one page: `/zt/2018/` or `/a.html`, not `/portal` or `/`."""
    segments = [segment for segment in url.path.split("/") if segment]
    return not _is_home(url) and (len(segments) >= _DEEP or bool(url.query_string) or "." in "".join(segments[-1:]))
