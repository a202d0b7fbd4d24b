"""Says why an address brought no page, by the status of the answer or what Scrapy raised, as the code of a problem."""

from __future__ import annotations

from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)

from jimo_lint.model import FetchResult, Obstacle, Problem, ProblemCode, QueuedUrl
from jimo_lint.model.problems import Args

Failure = tuple[ProblemCode, Args]

# 412 and 521 are script challenges of protections that Chinese sites use; 202 comes with one in place of the page.
_STATUS = {
    202: ProblemCode.SCRIPT_CHECK,
    401: ProblemCode.LOGIN,
    403: ProblemCode.FORBIDDEN,
    404: ProblemCode.GONE,
    410: ProblemCode.DELETED,
    412: ProblemCode.BLOCKED,
    429: ProblemCode.TOO_OFTEN,
    521: ProblemCode.BLOCKED,
}
OBSTACLES = {
    ProblemCode.SCRIPT_CHECK: Obstacle.CHALLENGE,
    ProblemCode.LOGIN: Obstacle.LOGIN,
    ProblemCode.FORBIDDEN: Obstacle.CHALLENGE,
    ProblemCode.GONE: Obstacle.GONE,
    ProblemCode.DELETED: Obstacle.GONE,
    ProblemCode.BLOCKED: Obstacle.CHALLENGE,
    ProblemCode.LOGIN_PAGE: Obstacle.LOGIN,
    ProblemCode.CHALLENGE_PAGE: Obstacle.CHALLENGE,
    ProblemCode.GONE_PAGE: Obstacle.GONE,
    ProblemCode.REDIRECT_HOME: Obstacle.HOME,
}
GATES = {
    Obstacle.LOGIN: ProblemCode.LOGIN_PAGE,
    Obstacle.CHALLENGE: ProblemCode.CHALLENGE_PAGE,
    Obstacle.GONE: ProblemCode.GONE_PAGE,
    Obstacle.UNREAD: ProblemCode.NO_SITE_PAGE,
}


class OversizedError(IgnoreRequest):  # type: ignore[misc]
    """A body that is small as sent and too large when unpacked."""


class RobotsUnreadError(IgnoreRequest):  # type: ignore[misc]
    """The host's robots.txt is there, or may be, and could not be read: nothing of the host is asked (RFC 9309)."""


def proxy_of(url: str) -> str:
    """Host and port of the proxy that the environment has this address asked through, as Scrapy does; "" for none."""
    parts = urlsplit(url)
    written = getproxies().get(parts.scheme, "")
    if not written or not parts.hostname or proxy_bypass(parts.hostname):
        return ""
    return urlsplit(written if "://" in written else f"//{written}").netloc.rpartition("@")[2]  # no password


def of_status(status: int) -> Failure:
    """The code for an answer that is no page, with its args."""
    code = _STATUS.get(status) or (ProblemCode.SERVER_FAULT if status >= 500 else ProblemCode.STATUS)
    return code, {"status": status}


def of_fault(fault: BaseException, host: str, timeout: float, proxy: str = "") -> Failure:
    """The code for a download that failed, with its args. proxy: host and port of the one that it went through."""
    if proxy and not isinstance(fault, IgnoreRequest | DownloadCancelledError | ResponseDataLossError):
        # What connects, resolves or waits then is between here and the proxy; of the site nothing was seen.
        return ProblemCode.PROXY, {"proxy": proxy}
    if isinstance(fault, CannotResolveHostError):
        return ProblemCode.NO_HOST, {"host": host}
    if isinstance(fault, DownloadConnectionRefusedError):
        return ProblemCode.REFUSED, {"host": host}
    if isinstance(fault, DownloadTimeoutError):
        return ProblemCode.TIMEOUT, {"seconds": f"{timeout:g}"}
    if isinstance(fault, OversizedError):
        return ProblemCode.OVERSIZED_UNPACKED, {}
    if isinstance(fault, RobotsUnreadError):
        return ProblemCode.ROBOTS_UNREAD, {}
    if isinstance(fault, IgnoreRequest):  # what Scrapy's middleware for robots.txt raises
        return ProblemCode.ROBOTS, {}
    if isinstance(fault, DownloadCancelledError):
        return ProblemCode.OVERSIZED, {}
    if isinstance(fault, ResponseDataLossError):
        return ProblemCode.CUT_SHORT, {}
    return ProblemCode.DISCONNECTED, {"host": host}


def unread(
    asked: QueuedUrl, status: int, code: ProblemCode, args: Args | None = None, *, waived: bool = False
) -> FetchResult:
    """A visit that brought nothing, and why."""
    problem = Problem(code, asked.url, args or {}, waived=waived, column=asked.column or "")
    return FetchResult(asked, status, problem=problem, obstacle=OBSTACLES.get(code, Obstacle.UNREAD))


def exposed(asked: QueuedUrl, status: int, masked: str) -> FetchResult:
    """A visit that led on to an address with personal data, which is not asked for."""
    return unread(asked, status, ProblemCode.REDIRECT_PERSONAL, {"target": masked}, waived=by_the_way(asked))


def by_the_way(asked: QueuedUrl) -> bool:
    """True for a page met on the way: start pages and columns were asked for by the user and must be read."""
    return asked.depth > 0 and asked.column is None
