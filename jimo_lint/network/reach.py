"""Tells which IP addresses may be asked, which never, whatever is allowed; and by which name we ask."""

from __future__ import annotations

import ipaddress
from functools import lru_cache

from jimo_lint import __version__

# One name for crawl and link check: robots.txt and the firewalls of sites know us by it.
USER_AGENT = f"jimo-lint/{__version__} (content inspection of government sites)"

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")  # NAT64, RFC 6052

# Where clouds answer their machines outside of 169.254.0.0/16: Alibaba, Azure, Oracle, and AWS in IPv6.
_METADATA = frozenset(map(ipaddress.ip_address, ("100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::254")))


@lru_cache(maxsize=4096)
def is_public(text: str) -> bool:
    """Whether an IP address is of the public internet; also looks at the address inside a tunnel's address."""
    found = _meant(text)
    return bool(found) and all(each.is_global and not each.is_multicast for each in found)


@lru_cache(maxsize=4096)
def is_metadata(text: str) -> bool:
    """Whether an IP address is link-local or a cloud's: no site stands there, but keys of the machine may.

    They are not asked even where private addresses are.
    """
    return any(each.is_link_local or each in _METADATA for each in _meant(text))


def _meant(text: str) -> list[Address]:
    """The address and those that it stands for: mapped, 6to4, Teredo, NAT64; nothing where it is none."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return []
    found: list[Address] = [address]
    if isinstance(address, ipaddress.IPv6Address):
        found.extend(each for each in (address.ipv4_mapped, address.sixtofour) if each is not None)
        found.extend(address.teredo or ())
        if address in _TRANSLATED:
            found.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return found
