"""Keeps tests off the internet: an audit hook that refuses other addresses and names than this machine's own.

Named `sitecustomize` so that Python loads it by itself in the sub-processes that tests start: `conftest.py`
imports it and puts its folder on PYTHONPATH. An audit hook sits below every library and cannot be patched away.
"""

import errno
import ipaddress
import os
import socket
import sys
from typing import Any

refused: list[str] = []


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def _refuse(what: str) -> None:
    refused.append(what)
    # OSError, as where there is no network: what is tested then takes its usual way, and `conftest.py` fails the
    # test by what was noted here.
    raise OSError(errno.ENETUNREACH, f"tests may not reach {what}")


def _look_up(host: object) -> None:
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    if not isinstance(name, str) or not name:
        return
    name = name.rstrip(".").lower()
    if name.endswith(".invalid"):  # never exists (RFC 6761): answered here, so that a test can have such a name
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    if name in ("localhost", socket.gethostname().lower()) or _is_address(name):
        return
    _refuse(f"the name {name}")


def _connect(address: object) -> None:
    if isinstance(address, tuple) and isinstance(address[0], str):
        host = address[0]
        if not (host in ("", "localhost") or _is_loopback(host)):
            _refuse(f"the address {host}")


def _hook(event: str, args: tuple[Any, ...]) -> None:
    if not event.startswith("socket."):
        return
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        _connect(args[1])
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        _look_up(args[0])


if "JIMO_LINT_TESTS" in os.environ:
    sys.addaudithook(_hook)
