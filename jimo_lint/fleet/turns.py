"""Says which site is next: those that one machine answers for share its patience, whoever inspects them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping


class Turns:
    """The sites that wait. addresses: of each site the hosts and network addresses that answer for it.

    No more than `per_address` sites of an address are under way at a time. Sites of the addresses with the most
    sites come first, so that what must be done one by one is begun with; else the given order is kept.
    """

    def __init__(self, addresses: Mapping[str, Iterable[str]], per_address: int = 1) -> None:
        self._addresses = {site: tuple(dict.fromkeys(those)) for site, those in addresses.items()}
        self._per_address = per_address
        self._busy: Counter[str] = Counter()
        load = Counter(address for those in self._addresses.values() for address in those)
        crowd = {site: max((load[one] for one in those), default=0) for site, those in self._addresses.items()}
        self._waiting = dict.fromkeys(sorted(self._addresses, key=lambda site: -crowd[site]))

    def __len__(self) -> int:
        """How many wait."""
        return len(self._waiting)

    def begin(self) -> str | None:
        """The next site, which is under way from here on; None where none may be begun now."""
        for site in self._waiting:
            if all(self._busy[address] < self._per_address for address in self._addresses[site]):
                del self._waiting[site]
                self._busy.update(self._addresses[site])
                return site
        return None

    def end(self, site: str, *, again: bool = False) -> None:
        """The site is no longer under way. again: it waits once more, behind the others."""
        self._busy.subtract(self._addresses[site])
        if again:
            self._waiting[site] = None
