"""Joins the copies of a row: one list for wide screens with cut titles, another for phones with full ones."""

from __future__ import annotations

from collections.abc import Iterable

from jimo_lint.model import ListItem

_ALIKE = 4  # characters by which two titles of one address are known as the same, where one is cut with dots
_ALIKE_WITHOUT = 12  # the same where it is cut without; names of departments are shorter


def joined(found: Iterable[ListItem]) -> tuple[ListItem, ...]:
    """The rows, each once: with the fuller of its titles and the first of its dates.

    Rows of one address with different titles are different rows: a department's address stands for many.
    """
    items = tuple(found)
    addresses = [item.url.partition("://")[2] or item.title for item in items]  # http and https are the same
    if len(set(addresses)) == len(addresses):
        return items
    rows: list[ListItem] = []
    places: dict[str, list[int]] = {}
    for address, item in zip(addresses, items, strict=True):
        known = places.setdefault(address, [])
        place = next((place for place in known if alike(rows[place].title, item.title)), None)
        if place is None:
            known.append(len(rows))
            rows.append(item)
        else:
            row = rows[place]
            rows[place] = ListItem(row.url, fuller(row.title, item.title), row.published or item.published)
    return tuple(rows)


def is_cut(title: str) -> bool:
    """True for a title that ends in dots."""
    return title.endswith(("…", "...", "···"))


def fuller(one: str, other: str) -> str:
    """Of two titles of the same row, the one that is not cut, else the longer one."""
    return max(one, other, key=lambda title: (not is_cut(title), len(title)))


def alike(one: str, other: str) -> bool:
    """True for two titles that are one but for where they are cut."""
    if one == other:
        return True
    first, second = (title.rstrip(".…·").rstrip() for title in (one, other))
    cut = min(len(first), len(second))
    least = _ALIKE if is_cut(one) or is_cut(other) else _ALIKE_WITHOUT
    return cut >= least and first[:cut] == second[:cut]
