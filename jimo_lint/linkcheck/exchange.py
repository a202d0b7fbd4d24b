"""One request and its answer, or the reason why there was none."""

from __future__ import annotations

import asyncio
import errno
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType

import aiohttp
from yarl import URL

from jimo_lint.linkcheck.addresses import PrivateAddressError, Resolver, SlowNameError, check_literal

# What may be read of a body, in bytes: enough to judge a page and to reuse the connection after a small one.
BODY_LIMIT = 64 * 1024

# Requests in flight over all hosts. Larger than any plausible number of slow hosts times workers a host, so that
# slow ones never use up all places; below the usual limit of 1,024 open files.
IN_FLIGHT = 512

_HEADERS = {
    "User-Agent": "Mozilla/5.0 (compatible; jimo-lint; link checker)",
    "Accept": "*/*",
    "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What one request brought. status 0: no answer, and `reason` says why.

    retry_after: seconds, None where the server named none. cookies: those that the answer sets.
    """

    status: int = 0
    reason: str = ""
    location: str = ""
    retry_after: float | None = None
    cookies: Mapping[str, str] = field(default_factory=dict)


class Client:
    """Sends requests, follows nothing, keeps no cookies, and never reads more than `BODY_LIMIT`."""

    def __init__(self, *, timeout: float, allow_private: bool) -> None:
        self._timeout = timeout
        self._allow_private = allow_private
        self._in_flight = asyncio.Semaphore(IN_FLIGHT)
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=0,  # a limit here would count waiting for a free connection as slowness of the server
                resolver=Resolver(allow_private=allow_private, timeout=timeout),
                ttl_dns_cache=600,
                ssl=_lenient_tls(),
            ),
            timeout=aiohttp.ClientTimeout(total=None, connect=None, sock_connect=timeout, sock_read=timeout),
            headers=_HEADERS,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,  # nothing is unpacked, so nothing can be a bomb
            max_line_size=32 * 1024,
            max_field_size=64 * 1024,
        )

    async def __aenter__(self) -> Client:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()

    async def ask(self, method: str, url: URL, cookies: Mapping[str, str]) -> Answer:
        """Send one request. Never raises for what the other side does."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())} if cookies else {}
        try:
            if not self._allow_private:
                check_literal(url)
            # Besides the limits by phase: a server that sends its head byte by byte resets the read timeout
            # with each. Resolving, connecting and reading may take one timeout each.
            async with self._in_flight, asyncio.timeout(3 * self._timeout + 1):
                return await self._send(method, url, headers)
        except (aiohttp.ClientError, OSError, ValueError) as fault:  # TimeoutError is an OSError
            return Answer(reason=_reason(fault))

    async def _send(self, method: str, url: URL, headers: Mapping[str, str]) -> Answer:
        async with self._session.request(method, url, headers=headers, allow_redirects=False) as response:
            answer = Answer(
                status=response.status,
                location=response.headers.get("Location", ""),
                retry_after=_seconds(response.headers.get("Retry-After", "")),
                cookies={name: morsel.value for name, morsel in response.cookies.items()},
            )
            if method == "GET":
                await self._drain(response)
            return answer

    async def _drain(self, response: aiohttp.ClientResponse) -> None:
        """Read the rest of a small body, so that its connection can be used again; give up a large or slow one."""
        try:
            async with asyncio.timeout(self._timeout):
                read = 0
                while read < BODY_LIMIT and (piece := await response.content.read(BODY_LIMIT - read)):
                    read += len(piece)
        except (aiohttp.ClientError, OSError):
            response.close()
        else:
            if read >= BODY_LIMIT:
                response.close()


def _reason(fault: Exception) -> str:
    match fault:
        case aiohttp.ClientConnectorDNSError() | PrivateAddressError():
            return _name_reason(fault)
        case aiohttp.ClientConnectorCertificateError():
            return "tls"
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


def _seconds(header: str) -> float | None:
    """`Retry-After`: seconds or a date (RFC 9110 §10.2.3)."""
    header = header.strip()
    if header.isascii() and header.isdigit():
        return float(header[:9])
    try:
        moment = parsedate_to_datetime(header)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max((moment - datetime.now(UTC)).total_seconds(), 0.0)


def _lenient_tls() -> ssl.SSLContext:
    """Certificates are verified, but old protocols and short keys will do: browsers of the offices open such sites,

    and nothing confidential is sent.
    """
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    context.options |= getattr(ssl, "OP_LEGACY_SERVER_CONNECT", 0x4)
    context.set_ciphers("DEFAULT:@SECLEVEL=1")
    return context
