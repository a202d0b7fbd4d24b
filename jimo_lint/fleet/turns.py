"""Says which site is next: those that one machine answers for share its patience, whoever inspects them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping


class Turns:
    """The sites that wait. addresses: of each site the hosts and network addresses that answer for it.

    No more than `per_address` sites of an address are under way at a time. Those of the address for which most sites
    wait come first, since what must be done one by one takes longest; else the given order is kept.
    """

    def __init__(self, addresses: Mapping[str, Iterable[str]], per_address: int = 1) -> None:
        self._addresses = {site: tuple(dict.fromkeys(those)) for site, those in addresses.items()}
        self._per_address = per_address
        self._busy: Counter[str] = Counter()
        self._crowd = Counter(address for those in self._addresses.values() for address in those)
        self._waiting = dict.fromkeys(self._addresses)

    def __len__(self) -> int:
        """How many wait."""
        return len(self._waiting)

    def begin(self) -> str | None:
        """The next site, which is under way from here on; None where none may be begun now."""
        best, most = None, -1
        for site in self._waiting:
            those = self._addresses[site]
            crowd = max((self._crowd[address] for address in those), default=0)
            if crowd > most and all(self._busy[address] < self._per_address for address in those):
                best, most = site, crowd
        if best is not None:
            del self._waiting[best]
            self._busy.update(self._addresses[best])
            self._crowd.subtract(self._addresses[best])
        return best

    def end(self, site: str, *, again: bool = False) -> None:
        """The site is no longer under way. again: it waits once more, behind the others."""
        self._busy.subtract(self._addresses[site])
        if again:
            self._waiting[site] = None
            self._crowd.update(self._addresses[site])
