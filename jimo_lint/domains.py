"""Tells whose a host is: the site's own, a government's, or somebody else's."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from urllib.parse import urlsplit

# Second-level labels under which names are registered in .cn and other national domains.
_SHARED = frozenset(["com", "net", "org", "gov", "edu", "ac", "mil", "co"])
# .gov.cn and the two Chinese domains kept for government (.政务, .政务.cn), as written and in punycode.
_GOVERNMENT = (".gov.cn", ".政务.cn", ".政务", ".xn--zfr164b.cn", ".xn--zfr164b")
_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}|\[.*\]")


@lru_cache(maxsize=4096)
def netloc(url: str) -> str:
    """Host and port of an http address, lower case and without user; "" for what is none."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return parts.netloc.rpartition("@")[2].lower() if parts.scheme in ("http", "https") else ""


def encoded(place: str) -> str:
    """Host and port as they are sent: a Chinese name, as 例子.政务.cn, in punycode; as it is where that cannot be."""
    if place.isascii():
        return place
    try:
        return place.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return place


def bare(place: str) -> str:
    """The host of host and port."""
    return place if place.endswith("]") else place.partition(":")[0] if place[:1] != "[" else place.rpartition(":")[0]


@lru_cache(maxsize=4096)
def registered(place: str) -> str:
    """The domain that somebody registered: `example.gov.cn` of `www.example.gov.cn:8080`; of an IP address all of it.

    Two ports of one address are two sites, as far as anybody can tell.
    """
    host = bare(place)
    if _ADDRESS.fullmatch(host):
        return place
    labels = host.rstrip(".").split(".")
    count = 3 if len(labels) > 2 and labels[-2] in _SHARED and len(labels[-1]) == 2 else 2
    return ".".join(labels[-count:])


def is_address(place: str) -> bool:
    """True where the host is an IP address."""
    return _ADDRESS.fullmatch(bare(place)) is not None


def governmental(place: str) -> bool:
    """True for the domains that only authorities can register."""
    return bare(place).rstrip(".").endswith(_GOVERNMENT)


@lru_cache(maxsize=4096)
def foreign(place: str, own: str) -> bool:
    """True where `place` belongs neither to the site `own` nor to an authority; both are hosts, `own` may be ""."""
    return "." in place and not governmental(place) and registered(place) != registered(own)


def related(place: str, hosts: Collection[str]) -> bool:
    """True where `place` is one of `hosts` or lies in the domain that one of them is registered under."""
    return place in hosts or registered(place) in {registered(host) for host in hosts}


def listed(place: str, hosts: frozenset[str]) -> bool:
    """True where the host or a domain above it is one of `hosts`."""
    labels = bare(place).rstrip(".").split(".")
    return any(".".join(labels[start:]) in hosts for start in range(len(labels) - 1))
