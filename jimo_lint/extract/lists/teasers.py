"""Finds the titles of entries that are no links themselves: only 查看全文 below them is one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from jimo_lint.extract.links.page_links import Anchor
from jimo_lint.extract.lists.row_titles import ONWARD, is_heading
from jimo_lint.extract.markup.layout import Layout

_ONWARD = re.compile(rf"[\[【(（<《]*+\s*+(?!.*(?:更多|全部)){ONWARD}\s*[\]】)）>》»›.…]*")
_LEVELS = 4  # from the link up to the element that holds the entry
_SHORT, _LONGEST = 12, 120  # code points of such a link, and of a heading


def titles(layout: Layout, anchors: Sequence[Anchor]) -> list[Anchor]:
    """The headings that stand in one entry with such a link and no other, each with the address of that link."""
    return [
        anchor._replace(element=heading, text=layout.text_in(heading))
        for anchor in anchors
        if anchor.url
        and len(anchor.text) <= _SHORT
        and _leads_on(anchor.text)
        and (heading := _heading(layout, anchors, anchor)) >= 0
    ]


@lru_cache(maxsize=2048)
def _leads_on(text: str) -> bool:
    return _ONWARD.fullmatch(text) is not None


def _heading(layout: Layout, anchors: Sequence[Anchor], anchor: Anchor) -> int:
    tree = layout.tree
    around = anchor.element
    for _ in range(_LEVELS):
        around = tree.parents[around]
        if around < 0:
            break
        first = bisect_left(anchors, around, key=lambda one: one.element)
        last = bisect_left(anchors, tree.ends[around], key=lambda one: one.element)
        if any(one.url != anchor.url or one.text != anchor.text for one in anchors[first:last]):
            break
        for element in range(around, anchor.element):
            if (
                is_heading(layout, element)
                and tree.ends[element] <= anchor.element
                and 1 < len(layout.text_in(element)) <= _LONGEST
            ):
                return element
    return -1
