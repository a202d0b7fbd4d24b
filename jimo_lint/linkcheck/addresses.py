"""Turns links into what is sent, and names into addresses that may be asked (no private ones unless allowed)."""

from __future__ import annotations

import asyncio
import ipaddress
import re
import socket
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from urllib.parse import quote_from_bytes

from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from jimo_lint.network.address import Resolver, is_canonical, sent, trimmed
from jimo_lint.network.reach import is_metadata, is_public

# getaddrinfo blocks its thread; a name server that is slow for some names must not hold up the others.
_RESOLVER_THREADS = 32

# Host names as they are met, underscores included.
_HOST = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
_LONGEST_LABEL = 63
_LONGEST = 64 * 1024  # code points of a redirect's target: those of logins carry tickets

_PRINTABLE = bytes(range(0x21, 0x7F)).decode("ascii")


class PrivateAddressError(OSError):
    """The host is, or resolves to, an address that is not of the public internet."""


class SlowNameError(OSError):
    """The name was not resolved within its time."""


def wire(target: str) -> URL | None:
    """What is sent for a link: host in IDNA, other non-ASCII percent-encoded once, no fragment.

    None where no browser could send it either. `%E4…` that is already encoded, in whatever charset, stays, and so
    does what yarl would mend by itself: `%u516C`, a backslash in the query, an empty query.
    """
    if is_canonical(target):
        url = URL(target, encoded=True)
        host = url.raw_host or ""
        if _is_address(host) or (_is_name(host) and not host.rpartition(".")[2].isdigit()):
            return url
    target = trimmed(target).partition("#")[0]
    # The address as a browser has it: yarl finds its host, and takes path and query as they are.
    front, mark, query = target.partition("?")
    front = front.replace("\\", "/")
    slash = front.find("/", front.find("//") + 2)
    try:
        url = URL(front)
        path, query = sent(front[slash:] if slash > 0 else "/", query)
        if mark and not query:
            path += mark  # yarl has no empty query
        url = URL.build(scheme=url.scheme, authority=url.raw_authority, path=path, query_string=query, encoded=True)
        host = url.raw_host or ""
        if not _is_address(host) and host.rpartition(".")[2].isdigit():
            # `127.1` and `2130706433` are 127.0.0.1 to browsers and to the system; written out here, because
            # aiohttp takes such hosts for addresses and would pass the resolver by.
            url = url.with_host(socket.inet_ntoa(socket.inet_aton(host)))
    except (ValueError, OSError):
        return None
    return url if _is_address(host) or _is_name(host) else None


@lru_cache(maxsize=4096)
def _is_name(host: str) -> bool:
    return bool(_HOST.fullmatch(host)) and all(len(label) <= _LONGEST_LABEL for label in host.split("."))


def location(header: str, base: URL) -> URL | None:
    """The address of a `Location` header, which may hold raw UTF-8 or raw GBK; None where it is not one."""
    raw = header.strip().encode("utf-8", "surrogateescape")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        # Raw GBK: browsers send the bytes back as they came.
        text = quote_from_bytes(raw, safe=_PRINTABLE)
    try:
        named = URL(text)
    except ValueError:
        return None
    if named.scheme not in ("", "http", "https"):
        return named
    joined = Resolver(str(base)).resolve(text, longest=_LONGEST) if text.partition("#")[0] else str(base)
    return wire(joined) if joined else None


def check_literal(url: URL, *, allow_private: bool) -> None:
    """PrivateAddressError where the host is written as an address not to be asked: aiohttp asks no resolver then."""
    host = url.host or ""
    if _is_address(host) and not _may_ask(host, allow_private=allow_private):
        raise PrivateAddressError(host)


def _may_ask(address: str, *, allow_private: bool) -> bool:
    return not is_metadata(address) if allow_private else is_public(address)


@lru_cache(maxsize=4096)
def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


class NameResolver(AbstractResolver):
    """Resolves names in threads, and lets no private address through unless allowed, and a cloud's own never.

    The connection goes to the very addresses that were looked at here, so a name that answers differently the
    second time (DNS rebinding) gains nothing.
    """

    def __init__(self, *, allow_private: bool, timeout: float) -> None:
        self._allow_private = allow_private
        self._timeout = timeout
        self._threads = ThreadPoolExecutor(_RESOLVER_THREADS, thread_name_prefix="jimo-lint-dns")
        self._free = asyncio.Semaphore(_RESOLVER_THREADS)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Addresses of `host`. OSError: not found, too slow, or none but private ones."""
        async with self._free:
            lookup = asyncio.get_running_loop().run_in_executor(self._threads, self._look_up, host, port, family)
            try:
                found = await asyncio.wait_for(lookup, self._timeout)
            except TimeoutError:
                raise SlowNameError(host) from None
        found = [row for row in found if _may_ask(row["host"], allow_private=self._allow_private)]
        if not found:
            raise PrivateAddressError(host)
        return found

    @staticmethod
    def _look_up(host: str, port: int, family: socket.AddressFamily) -> list[ResolveResult]:
        rows = socket.getaddrinfo(host, port, family, socket.SOCK_STREAM)
        return [
            ResolveResult(
                hostname=host,
                host=str(address[0]),
                port=port,
                family=kind,
                proto=proto,
                flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            )
            for kind, _, proto, _, address in rows
        ]

    async def close(self) -> None:
        """Give the threads back; those that still wait for a name server are not waited for."""
        self._threads.shutdown(wait=False, cancel_futures=True)
