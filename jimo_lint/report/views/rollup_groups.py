"""The rounds of a fleet by city and by unit: how many stand how, and what they have of faults."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple

from jimo_lint.model.rollup import AccountStand, Rollup, Round, Seat, Share, SiteResult, SiteStanding

NO_CITY, NO_UNIT = "（未填地市）", "（未填主办单位）"


class Group(NamedTuple):
    """Sites and accounts that have a city or a unit in common. unseen: sites whose accounts were not looked at."""

    name: str
    cities: tuple[str, ...]
    sites: tuple[SiteResult, ...]
    accounts: tuple[AccountStand, ...]
    unseen: int

    @property
    def of_sites(self) -> Share:
        """How the sites stand."""
        return Share.of(one.standing for one in self.sites)

    @property
    def of_accounts(self) -> Share:
        """How the accounts stand that were looked at."""
        return Share.of(one.standing for one in self.accounts)

    @property
    def vetoes(self) -> int:
        """单项否决 indicators reached by sites."""
        return sum(one.vetoes for one in self.sites)

    @property
    def grave(self) -> int:
        """Veto findings of sites and accounts."""
        return sum(one.grave for one in self.sites) + sum(one.grave for one in self.accounts)

    @property
    def errors(self) -> int:
        """Errors of sites and accounts."""
        return sum(one.errors for one in self.sites) + sum(one.errors for one in self.accounts)


def of_sites(given: Rollup) -> Round | None:
    """The round that judges sites; None where there is none."""
    return next((one for one in given.rounds if not one.of_accounts), None)


def of_accounts(given: Rollup) -> Round | None:
    """The round that judges accounts; None where there is none."""
    return next((one for one in given.rounds if one.of_accounts), None)


def by_city(given: Rollup) -> list[Group]:
    """Cities, the best first: by 合格率 of sites, then of accounts, then the fewer veto findings and errors."""
    return sorted(_groups(given, city), key=lambda one: (*_worth(one), one.name))


def by_unit(given: Rollup) -> list[Group]:
    """Units, the worst first: those with what fails, then with what was not seen, by the number of faults."""
    return sorted(_groups(given, unit), key=_weight)


def city(seat: Seat) -> str:
    """The name of the city, or that there is none."""
    return seat.city or NO_CITY


def unit(seat: Seat) -> str:
    """The name of the unit, or that there is none."""
    return seat.unit or NO_UNIT


def ranks(groups: Iterable[Group]) -> list[int | None]:
    """The rank of each: equal ones share it; None of those of which nothing was looked at."""
    made: list[int | None] = []
    before: object = None
    for number, one in enumerate(groups, 1):
        if not one.of_sites.seen and not one.of_accounts.seen:
            made.append(None)
            continue
        worth = _worth(one)
        made.append(made[-1] if made and worth == before else number)
        before = worth
    return made


def _worth(one: Group) -> tuple[bool, float, float, int, int]:
    sites, accounts = one.of_sites, one.of_accounts
    nothing = not sites.seen and not accounts.seen
    return nothing, -(sites.rate or 0), -(accounts.rate or 0), one.vetoes + one.grave, one.errors


def _weight(one: Group) -> tuple[int, int, int, int, str]:
    sites, accounts = one.of_sites, one.of_accounts
    return (
        -(sites.failed + accounts.failed),
        -(one.vetoes + one.grave),
        -(sites.unseen + sites.unknown + accounts.unknown + one.unseen),
        -one.errors,
        one.name,
    )


def _groups(given: Rollup, name: Callable[[Seat], str]) -> list[Group]:
    sites: defaultdict[str, list[SiteResult]] = defaultdict(list)
    accounts: defaultdict[str, list[AccountStand]] = defaultdict(list)
    unseen: defaultdict[str, int] = defaultdict(int)
    cities: defaultdict[str, dict[str, None]] = defaultdict(dict)
    judging, posting = of_sites(given), of_accounts(given)
    for result in judging.sites if judging else ():
        sites[name(result.seat)].append(result)
        cities[name(result.seat)][city(result.seat)] = None
    for result in posting.sites if posting else ():
        unseen[name(result.seat)] += result.standing is SiteStanding.UNSEEN
        cities[name(result.seat)][city(result.seat)] = None
    for account in posting.accounts if posting else ():
        accounts[name(account.seat)].append(account)
    return [
        Group(word, tuple(places), tuple(sites[word]), tuple(accounts[word]), unseen[word])
        for word, places in cities.items()
    ]
