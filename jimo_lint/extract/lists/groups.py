"""Sorts the rows of a page into lists, and picks the one that is the page's own."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from jimo_lint.extract.links.page_links import Anchor
from jimo_lint.extract.lists.headings import Heading, heading
from jimo_lint.extract.markup.layout import MAIN, Layout
from jimo_lint.extract.markup.tree import Tree

_STATE = re.compile(
    r"\b(?:active|on|off|cur|current|first|last|hide|hidden|show|selected|odd|even|clearfix|fl|fr|left|right)\b|\d+"
)
ROW_TAGS = frozenset(("li", "tr", "dd", "dl"))


class Row(NamedTuple):
    """A row found: its anchor, the date beside it, the element that holds both, that date as the title shows it."""

    anchor: Anchor
    published: datetime | None
    element: int
    edge: str = ""


class Group:
    """Rows of one list. container: the element that holds them; strength: 1 for the page's own, less beside it."""

    __slots__ = ("container", "rows", "score", "strength")

    def __init__(self, container: int) -> None:
        self.container = container
        self.rows: list[Row] = []
        self.score = 0.0
        self.strength = 1.0


class Sorter:
    """Groups the rows of one page. url: the page's address; name: its `<title>`."""

    def __init__(self, layout: Layout, url: str, name: str) -> None:
        self.layout = layout
        self.tree = layout.tree
        self.folder = url.rpartition("/")[0] + "/"
        self.name = name

    def choose(self, rows: list[Row], titles: Sequence[int]) -> list[Group]:
        """The strongest group of rows, with those built the same way (split lists, tabs, boxes of one page).

        titles: the elements of the page's links that may be titles, in order.
        """
        groups = self.grouped(rows)
        if not groups:
            return []
        self._rate(groups, titles)
        for group in groups:
            group.score = sum(10 + min(len(row.anchor.text), 30) for row in group.rows)
        best = max(groups, key=lambda group: (group.strength, group.score))
        return [best] + [
            group
            for group in groups
            if group is not best and group.strength == best.strength and self._belongs(group, best)
        ]

    def _belongs(self, group: Group, best: Group) -> bool:
        """True for a container built like the best one's or right beside it, and for a row alone in such a list."""
        if self._signature(group.container) == self._signature(best.container) or self._adjoins(group, best):
            return True
        element = group.rows[0].element
        if len(group.rows) > 1 or self._signature(element) != self._signature(best.rows[0].element):
            return False
        group.container = self.tree.parents[element]
        return True

    def _adjoins(self, group: Group, best: Group) -> bool:
        """True for the two halves of a list in columns: neighbours with nothing shown between their rows."""
        tree = self.tree
        one, other = sorted((group, best), key=lambda half: half.container)
        if tree.parents[one.container] != tree.parents[other.container]:
            return False
        between = tree.texts[tree.lasts[one.container] : tree.firsts[other.rows[0].element]]
        return tree.tags[one.container] == tree.tags[other.container] and not "".join(between).strip()

    def grouped(self, rows: list[Row]) -> list[Group]:
        parents, ends = self.tree.parents, self.tree.ends
        places = [row.anchor.element for row in rows]
        last = len(places) - 1
        groups: dict[int, Group] = {}
        for row in rows:
            element = row.element
            while True:
                first = bisect_left(places, element)
                parent = parents[element]
                if (first < last and places[first + 1] < ends[element]) or parent < 0:  # two rows or more inside
                    break
                if len(rows) == 1:
                    element = parent
                    break
                element = parent
            groups.setdefault(element, Group(element)).rows.append(row)
        for group in groups.values():
            if len(group.rows) == 1 and (entry := row_of(self.tree, group.rows[0].element)) > 0:
                group.container = parents[entry]
        return list(groups.values())

    def _rate(self, groups: list[Group], titles: Sequence[int]) -> None:
        """Give each group its strength: less outside the main part, below 热门 and the like, and for the boxes of
        other columns beside a list that the page's own name or breadcrumb heads."""
        roles = self.layout.roles
        others: list[Group] = []
        owned: set[tuple[str, ...]] = set()
        for group in groups:
            first = group.rows[0].element
            if roles[group.container] != MAIN or roles[first] != MAIN:
                group.strength = 0.2
                continue
            headed = max(heading(self.layout, titles, element, self.name) for element in (group.container, first))
            if headed is Heading.BOX:
                group.strength = 0.3
            elif headed is Heading.OWN:
                owned.add(self._signature(group.container))
            elif headed is Heading.OTHER and not any(row.anchor.url.startswith(self.folder) for row in group.rows):
                others.append(group)
        for group in others if owned else ():
            if self._signature(group.container) not in owned:
                group.strength = 0.3

    def _signature(self, container: int) -> tuple[str, ...]:
        found: list[str] = []
        for _ in range(3):
            if container < 0:
                break
            written = self.tree.attrs[container].get("class") or ""
            found += [self.tree.tags[container], _STATE.sub("", written).strip()]
            container = self.tree.parents[container]
        return tuple(found)


def row_of(tree: Tree, element: int) -> int:
    """The row of a list or table that an element stands in, -1 where it stands in none."""
    while element >= 0 and tree.tags[element] not in ROW_TAGS:
        element = tree.parents[element]
    return element
