"""Which site is next."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from jimo_lint.fleet.turns import Turns


def test_sites_of_one_address_are_inspected_one_by_one() -> None:
    """Also where they have further addresses of their own; others go on beside them."""
    turns = Turns({"a": ["h1", "10.0.0.1"], "b": ["h2", "10.0.0.1"], "c": ["h3"]})
    assert [turns.begin(), turns.begin(), turns.begin()] == ["a", "c", None]
    turns.end("c")
    assert turns.begin() is None and len(turns) == 1
    turns.end("a")
    assert turns.begin() == "b"


def test_the_most_crowded_address_is_begun_with() -> None:
    """What must be done one by one takes longest; else the given order is kept."""
    turns = Turns({"x": ["1"], "y": ["2"], "p": ["3"], "q": ["3"], "r": ["3"]})
    assert [turns.begin(), turns.begin(), turns.begin()] == ["p", "x", "y"]


def test_a_site_that_waits_again_is_behind_the_others() -> None:
    """Another worker, and another time."""
    turns = Turns({"a": ["1"], "b": ["2"]})
    assert turns.begin() == "a"
    turns.end("a", again=True)
    assert [turns.begin(), turns.begin(), turns.begin()] == ["b", "a", None]


@pytest.mark.parametrize("per_address", [1, 3])
def test_no_address_is_ever_asked_for_more_sites_than_allowed(per_address: int) -> None:
    """Whatever order sites end in, and all have their turn."""
    chosen = random.Random(7)
    addresses = {f"s{one}": [f"h{chosen.randrange(6)}", f"i{chosen.randrange(4)}"] for one in range(60)}
    turns = Turns(addresses, per_address)
    under_way: list[str] = []
    ended: list[str] = []
    while turns or under_way:
        while (site := turns.begin()) is not None:
            under_way.append(site)
        load = Counter(address for one in under_way for address in addresses[one])
        assert max(load.values()) <= per_address
        ended.append(under_way.pop(chosen.randrange(len(under_way))))
        turns.end(ended[-1])
    assert sorted(ended) == sorted(addresses)


def test_a_site_without_known_addresses_waits_for_nobody() -> None:
    """A name that is unknown here may be known to the proxy."""
    turns = Turns({"a": [], "b": []})
    assert [turns.begin(), turns.begin()] == ["a", "b"]


def test_platforms_come_to_their_ends_together() -> None:
    """Else the last ones are done one by one while most workers have nothing to do."""
    turns = Turns({f"{one}{number}": [one] for one in "abc" for number in range(4)})
    under_way = [turns.begin(), turns.begin()]
    rounds = 0
    while any(under_way):
        rounds += 1
        for site in under_way:
            if site:
                turns.end(site)
        under_way = [turns.begin(), turns.begin()]
    assert rounds == 6
