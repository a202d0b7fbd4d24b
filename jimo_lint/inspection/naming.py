"""Names archives, posts and places as the configuration beside them does: by their paths below its folder."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from jimo_lint.model import Account, AccountReading, Finding
from jimo_lint.privacy import mask_text


def beside(reading: AccountReading, folder: Path) -> AccountReading:
    """The reading as a report shows it: archives as the configuration beside it writes them, and masked."""

    def shown(account: Account) -> Account:
        return replace(account, archive=mask_text(below(account.archive, folder)))

    return replace(reading, account=shown(reading.account), siblings=tuple(map(shown, reading.siblings)))


def finding_below(finding: Finding, folder: Path) -> Finding:
    """The finding, naming a post without an address by its file below the configuration's folder."""
    return replace(
        finding,
        subject=below(finding.subject, folder),
        url=below(finding.url, folder),
        samples=all_below(finding.samples, folder),
        offered_by=below(finding.offered_by, folder),
    )


def all_below(places: Iterable[str], folder: Path) -> tuple[str, ...]:
    """Places as `below` names them."""
    return tuple(below(place, folder) for place in places)


def below(place: str, folder: Path) -> str:
    """A place as a report names it: a file below the folder without it."""
    return place.removeprefix(f"{folder}/")
