"""One request and its answer, or the reason why there was none."""

from __future__ import annotations

import asyncio
import errno
import re
import socket
import ssl
from collections.abc import Callable, Mapping
from types import MappingProxyType, TracebackType
from typing import Any, NamedTuple

import aiohttp
from aiohttp.connector import Connection
from aiohttp.tracing import Trace
from yarl import URL

from jimo_lint.linkcheck.addresses import NameResolver, PrivateAddressError, SlowNameError, check_literal
from jimo_lint.linkcheck.deadlines import Patience, Task, current
from jimo_lint.linkcheck.download import SLOWEST, Download, End, Fetched, Whole
from jimo_lint.linkcheck.egress import Route, certificate_fault
from jimo_lint.network.address import private
from jimo_lint.network.packing import CODINGS, unpack
from jimo_lint.network.reach import USER_AGENT
from jimo_lint.network.retry_after import seconds_to_wait

# What may be read of a page, in bytes, both as it comes and unpacked: its head and its first words stand in it.
BODY_LIMIT = 128 * 1024

# What is read of anything else: enough for the signature of a file.
SIGNATURE_LIMIT = 4 * 1024

# Requests in flight over all hosts. Larger than any plausible number of slow hosts times workers a host, so that
# slow ones never use up all places; below the usual limit of 1,024 open files.
IN_FLIGHT = 512

_HEADERS = {
    "User-Agent": USER_AGENT,
    "Accept": "*/*",
    "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5",
    "Accept-Encoding": CODINGS,
}
_RANGE = {"Range": f"bytes=0-{SIGNATURE_LIMIT - 1}"}
_WHOLE_SIZE = re.compile(r"bytes\s+(?:\d+-\d+|\*)/(\d+)")
_PAGE_TYPES = ("text/", "application/xhtml", "application/xml", "application/json")
_LONGEST_ERROR = 200
_NONE: Mapping[str, str] = MappingProxyType({})


class Answer(NamedTuple):
    """What one request brought. status 0: no answer, and `reason` says why, `error` in the network's words.

    With a status, `reason` says that what came is not to be judged: it was cut off. whole: no part of the body that
    was waited for is missing.

    retry_after: seconds, None where the server named none. cookies: those that the answer sets. body: its first
    bytes, unpacked; size: bytes of the whole, as far as known. remark: what is wrong with the certificate, "" if
    nothing. seconds: between sending and the last byte read. file: where it was wanted whole, what came of that.
    """

    status: int = 0
    reason: str = ""
    error: str = ""
    location: str = ""
    retry_after: float | None = None
    cookies: Mapping[str, str] = _NONE
    type: str = ""
    body: bytes = b""
    size: int = 0
    remark: str = ""
    seconds: float = 0.0
    whole: bool = True
    file: Fetched | None = None


class Client:
    """Sends requests, follows nothing, keeps no cookies, and reads and unpacks `limit` bytes of a page at most."""

    def __init__(self, *, timeout: float, allow_private: bool, route: Route, limit: int = BODY_LIMIT) -> None:
        self._timeout = timeout
        self._limit = limit
        self._allow_private = allow_private
        self._route = route
        self._clock = asyncio.get_running_loop().time
        self._patience = Patience(timeout)
        self._in_flight = asyncio.Semaphore(IN_FLIGHT)
        self._remarks: dict[tuple[str | None, int | None], str] = {}
        self._direct = self._session(NameResolver(allow_private=allow_private, timeout=timeout))
        # Through a proxy only the proxy's own name is resolved here, and that stands in the office's network.
        self._proxied = self._session(NameResolver(allow_private=True, timeout=timeout))

    def _session(self, resolver: NameResolver) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(
            connector=_Connector(
                self._sent,
                limit=0,  # a limit here would count waiting for a free connection as slowness of the server
                resolver=resolver,
                ttl_dns_cache=600,
            ),
            # What comes behind connecting is timed by `_patience`.
            timeout=aiohttp.ClientTimeout(total=None, connect=None, sock_connect=self._timeout, sock_read=None),
            headers=_HEADERS,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,  # unpacked here, within bounds
            max_line_size=32 * 1024,
            max_field_size=64 * 1024,
        )

    async def __aenter__(self) -> Client:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._patience.close()
        await self._direct.close()
        await self._proxied.close()

    async def ask(
        self, method: str, url: URL, cookies: Mapping[str, str], *, part: bool = False, whole: Whole | None = None
    ) -> Answer:
        """Send one request; part: ask for the first bytes only; whole: for a file. Never raises for what the other
        side does.

        Where the certificate does not verify, the same is asked once more without looking at it, and the answer
        carries the remark.
        """
        headers = {**_RANGE} if part else whole.headers if whole else {}
        if cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        remark = self._remarks.get((url.raw_host, url.port), "") if self._remarks else ""
        answer = await self._send(method, url, headers, whole, lenient=bool(remark))
        if answer.reason.startswith("tls") and answer.reason != "tls-handshake" and not remark:
            remark = self._remarks[url.raw_host, url.port] = answer.reason
            again = await self._send(method, url, headers, whole, lenient=True)
            if not again.status:
                return answer
            answer = again._replace(error=answer.error)
        return answer._replace(remark=remark) if remark else answer

    async def _send(
        self, method: str, url: URL, headers: Mapping[str, str], whole: Whole | None, *, lenient: bool
    ) -> Answer:
        task, started = current(), self._clock()
        try:
            proxy = self._route.proxy(url)
            check_literal(url, allow_private=self._allow_private)
            # A proxy resolves by itself, and its `localhost` and `oa` are as private as ours.
            if proxy and not self._allow_private and private(url.host or ""):
                raise PrivateAddressError(url.host)
            async with self._in_flight:
                started = self._clock()
                # Resolving and connecting keep to a timeout each.
                self._patience.allow(task, 3 * self._timeout + 1)
                response = await (self._proxied if proxy else self._direct).request(
                    method, url, headers=headers, allow_redirects=False, proxy=proxy, ssl=self._trust(url, lenient)
                )
                try:
                    if whole is not None and response.status in (200, 304):
                        return await self._fetched(response, task, started, whole)
                    return await self._received(response, task, started)
                finally:
                    response.release()
        except asyncio.CancelledError:
            if not self._patience.is_out(task):
                raise
            seconds = round(self._clock() - started, 3)
            return Answer(reason="timeout-read", error=f"TimeoutError: no answer for {seconds:g} s", seconds=seconds)
        except (aiohttp.ClientError, OSError, ValueError) as fault:  # TimeoutError is an OSError
            said = f"{type(fault).__name__}: {fault}"[:_LONGEST_ERROR]
            return Answer(reason=_reason(fault), error=said, seconds=round(self._clock() - started, 3))
        finally:
            self._patience.done(task)

    def _sent(self) -> None:
        """A connection is there: its server has one timeout for the head of its answer."""
        self._patience.allow(current(), self._timeout)

    def _trust(self, url: URL, lenient: bool) -> ssl.SSLContext | bool:
        if url.scheme != "https":
            return True
        return self._route.lenient if lenient else self._route.trusting

    async def _received(self, response: aiohttp.ClientResponse, task: Task, started: float) -> Answer:
        given = response.headers
        kind = given.get("Content-Type", "")
        body, whole, cut = b"", True, False
        if response.method == "GET":
            paged = not kind or kind.lower().startswith(_PAGE_TYPES)
            limit = self._limit if paged else SIGNATURE_LIMIT
            body, whole = await self._read(response, task, limit)
            if body and "Content-Encoding" in given:
                left = len(body) >= limit or response.status == 206  # more may come than was asked for
                try:
                    body, ended = unpack(body, given["Content-Encoding"], self._limit)
                except ValueError:
                    body, ended = b"", True
                cut = whole and not ended and not left
        return Answer(
            status=response.status,
            reason="cut-short" if cut else "",
            error="" if whole and not cut else "正文没有收完",
            location=given.get("Location", ""),
            retry_after=seconds_to_wait(given["Retry-After"]) if "Retry-After" in given else None,
            cookies=_cookies(response) if "Set-Cookie" in given else _NONE,
            type=kind,
            body=body,
            size=max(_size(given), len(body)),
            seconds=round(self._clock() - started, 3),
            whole=whole and not cut,
        )

    async def _fetched(self, response: aiohttp.ClientResponse, task: Task, started: float, whole: Whole) -> Answer:
        """A file, as it comes; of one that is not to be had, or not whole, its head."""
        given = response.headers
        kind, size = given.get("Content-Type", ""), _size(given)
        if response.status == 304:
            return Answer(status=304, type=kind, seconds=round(self._clock() - started, 3), file=Fetched(End.UNCHANGED))
        paged = not kind or kind.lower().startswith(_PAGE_TYPES)
        download = Download(whole, given, size, self._limit if paged else SIGNATURE_LIMIT)
        broken = await self._stream(response, task, download)
        file = download.finish(broken)
        return Answer(
            status=200,
            reason="cut-short" if file.end is End.CUT else "",
            error="" if file.end is End.WHOLE else "正文没有收完",
            cookies=_cookies(response) if "Set-Cookie" in given else _NONE,
            type=kind,
            body=download.head,
            size=file.size,
            seconds=round(self._clock() - started, 3),
            whole=file.end is End.WHOLE,
            file=file,
        )

    async def _stream(self, response: aiohttp.ClientResponse, task: Task, download: Download) -> End | None:
        """Take a body in; why it came to no end, None where it did or no more was wanted."""
        began, broken, piece = self._clock(), None, b""
        try:
            while download.going:
                left = self._timeout + download.came / SLOWEST - (self._clock() - began)
                self._patience.allow(task, min(self._timeout, max(left, 0)))
                if not (piece := await response.content.readany()):
                    break
                download.take(piece)
        except asyncio.CancelledError:
            if not self._patience.is_out(task):
                download.finish(End.CUT)
                raise
            broken = End.SLOW
        except (aiohttp.ClientError, OSError):
            broken = End.CUT
        if broken or piece:
            response.close()  # the connection of the rest is given up
        return broken

    async def _read(self, response: aiohttp.ClientResponse, task: Task, limit: int) -> tuple[bytes, bool]:
        """The first `limit` bytes of a body, and whether they came in time; the connection of the rest is given up."""
        pieces: list[bytes] = []
        read, whole = 0, True
        self._patience.allow(task, self._timeout)
        try:
            while read < limit and (piece := await response.content.read(limit - read)):
                pieces.append(piece)
                read += len(piece)
        except asyncio.CancelledError:
            if not self._patience.is_out(task):
                raise
            whole = False
        except (aiohttp.ClientError, OSError):
            whole = False
        if not whole or read >= limit:
            response.close()
        return pieces[0] if len(pieces) == 1 else b"".join(pieces), whole


class _Connector(aiohttp.TCPConnector):
    """Tells when a request has its connection. aiohttp's tracing does so too, at a cost for each request."""

    def __init__(self, connected: Callable[[], None], **settings: Any) -> None:
        super().__init__(**settings)
        self._connected = connected

    async def connect(
        self, req: aiohttp.ClientRequest, traces: list[Trace], timeout: aiohttp.ClientTimeout
    ) -> Connection:
        """A connection for `req`, its own or one that is free."""
        connection = await super().connect(req, traces, timeout)
        self._connected()
        return connection


def _cookies(response: aiohttp.ClientResponse) -> dict[str, str]:
    return {name: morsel.value for name, morsel in response.cookies.items()}


def _size(headers: Mapping[str, str]) -> int:
    """The length of the whole body that the head names, 0 where it names none."""
    found = _WHOLE_SIZE.match(headers["Content-Range"]) if "Content-Range" in headers else None
    named = found[1] if found else headers.get("Content-Length", "")
    return int(named[:18]) if named.isascii() and named.isdigit() else 0


def _reason(fault: Exception) -> str:
    match fault:
        case aiohttp.ClientHttpProxyError():
            return "proxy-refused"
        case aiohttp.ClientProxyConnectionError():
            return "proxy"
        case aiohttp.ClientConnectorDNSError() | PrivateAddressError():
            return _name_reason(fault)
        case aiohttp.ClientConnectorCertificateError():
            return certificate_fault(fault.certificate_error)  # type: ignore[arg-type]
        case aiohttp.ClientSSLError() | ssl.SSLError():
            return "tls-handshake"
        case aiohttp.ConnectionTimeoutError():
            return "timeout-connect"
        case TimeoutError():
            return "timeout-read"
        case aiohttp.InvalidURL():
            return "invalid-url"
        case aiohttp.ClientConnectorError():
            return _connect_reason(fault.os_error)
        case aiohttp.ServerDisconnectedError() | aiohttp.ClientOSError() | OSError():
            return "disconnected"
        case _:
            return "bad-answer"


def _name_reason(fault: Exception) -> str:
    cause = fault.os_error if isinstance(fault, aiohttp.ClientConnectorDNSError) else fault
    if isinstance(cause, PrivateAddressError):
        return "private-address"
    if isinstance(cause, SlowNameError):
        return "timeout-dns"
    if isinstance(cause, socket.gaierror) and cause.errno in (socket.EAI_NONAME, socket.EAI_NODATA):
        return "dns"
    return "dns-temporary"


def _connect_reason(fault: OSError) -> str:
    if fault.errno == errno.ECONNREFUSED:
        return "refused"
    if fault.errno in (errno.ECONNRESET, errno.EPIPE):
        return "disconnected"
    if fault.errno == errno.ETIMEDOUT:
        return "timeout-connect"
    return "unreachable"
