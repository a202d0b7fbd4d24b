"""Looks at the settings of all sites before any is inspected: which are broken, and which machines answer for whom."""

from __future__ import annotations

import socket
import tempfile
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from jimo_lint.errors import ConfigError, JimoLintError
from jimo_lint.fleet.sites import Fleet, FleetSite, Unfit
from jimo_lint.fleet.storage import Storage, faults
from jimo_lint.inspection import INSPECTIONS
from jimo_lint.settings import config as settings

# Asking for a name takes a server's time, not this machine's.
_AT_A_TIME = 16


class Survey(NamedTuple):
    """addresses: by key of a site, the hosts that it is asked at and their network addresses. unfit: as of `Fleet`."""

    addresses: Mapping[str, tuple[str, ...]]
    unfit: tuple[Unfit, ...]


def survey(fleet: Fleet, inspection: str, resolve: Callable[[str], Iterable[str]] | None = None) -> Survey:
    """Look at each. StoreError where the storage cannot be read. resolve: the network addresses of a host."""
    storage = Storage(fleet.storage)
    hosts: dict[str, tuple[str, ...]] = {}
    unfit: list[Unfit] = []
    with tempfile.TemporaryDirectory(prefix="jimo-lint-survey-") as folder, faults(fleet.storage):
        below = Path(folder).resolve()
        for path in fleet.shared:
            storage.fetch(path, below)
        for site in fleet.sites:
            try:
                hosts[site.key] = _hosts(storage, site, inspection, below)
            except JimoLintError as fault:
                said = str(fault).replace(f"{below}/", "")
                outside = "没有这个文件" in said and "jimo-lint.toml：没有" not in said
                hint = "；若是各站点共用的文件，请写进 [fleet] shared" if outside else ""
                unfit.append(Unfit(site, f"{said}{hint}"))
    known = sorted({host for those in hosts.values() for host in those})
    with ThreadPoolExecutor(_AT_A_TIME) as pool:
        found = dict(zip(known, pool.map(resolve or addresses_of, known), strict=True))
    return Survey(
        {key: (*those, *dict.fromkeys(one for host in those for one in found[host])) for key, those in hosts.items()},
        tuple(unfit),
    )


def addresses_of(host: str) -> tuple[str, ...]:
    """The network addresses of a host; none where the name is unknown here, as behind a proxy."""
    try:
        return tuple(dict.fromkeys(str(one[4][0]) for one in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)))
    except (OSError, UnicodeError):
        return ()


def _hosts(storage: Storage, site: FleetSite, inspection: str, below: Path) -> tuple[str, ...]:
    """The hosts, without port, of a site's settings, or of its address where it has none. ConfigError."""
    path = f"{site.folder}/{settings.FILE_NAME}"
    content = storage.read(path)
    if content is None:
        if not site.address:
            raise ConfigError(
                path,
                "没有这个文件，清单里也没有网址",
                "请用 jimo-lint init 网址 写一份",
            )
        return _without_ports([site.address])
    file = below / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    config = settings.load(file)
    if inspection in INSPECTIONS and not INSPECTIONS[inspection].asked(config):
        known = INSPECTIONS[inspection]
        raise ConfigError(path, f"没有写 {known.needs}", f"请补上，或不在{known.title}的清单里写它")
    accounts = [account.archive for account in config.accounts if "://" in account.archive]
    return _without_ports([*config.site.start, *(accounts if inspection == "weekly" else ())])


def _without_ports(urls: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(host for url in urls if (host := urlsplit(url).hostname)))
