"""Knows the list of few entries with summaries, whose text and dates look like those of one article."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jimo_lint.extract.dates import text_dates
from jimo_lint.extract.lists.groups import Row
from jimo_lint.extract.lists.main_list import Listing
from jimo_lint.extract.lists.row_titles import ONWARD
from jimo_lint.extract.markup.layout import MAIN, Layout

_OWN_TEXT = 40  # characters of running text that stand in no entry, from which the page has a text of its own
_BEFORE = 40  # characters before the title of an entry: a date with its label
# 首页 and other ways elsewhere lead on as well, but not to the text of the entry.
_ONWARD = re.compile(rf"\W*{ONWARD}\W*")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "dt"))


def alone(listing: Listing, layout: Layout, own: int, url: str) -> bool:
    """True where all that a page says and dates stands in the entries of its list, behind their titles.

    own: code points of running text on the page. An entry by itself must show that it leads to its text: by a heading
    that is a link, or by 查看全文.
    """
    entries = listing.entries
    if not entries or not listing.dated or listing.strength < 1:
        return False
    plain, firsts = layout.plain, layout.tree.firsts
    spans = [_span(layout, row, entries[place + 1 : place + 2]) for place, row in enumerate(entries)]
    # Rows that share one element, as those of a table with several rows each, begin where the one before ends.
    spans = [
        (max(start, end), after) for (start, after), end in zip(spans, (0, *(end for _, end in spans)), strict=False)
    ]
    if any(
        plain[firsts[row.anchor.element]] - plain[start] > _BEFORE
        for row, (start, _) in zip(entries, spans, strict=True)
    ):
        return False
    if own - sum(plain[end] - plain[start] for start, end in spans) >= _OWN_TEXT or not _hold_the_dates(layout, spans):
        return False
    return len(entries) > 1 or (entries[0].anchor.url not in ("", url) and _leads_on(layout, entries[0]))


def _span(layout: Layout, row: Row, following: Sequence[Row]) -> tuple[int, int]:
    """First and after-last run of an entry. Its summary and date may stand in the next rows of the same table."""
    tree, element = layout.tree, row.element
    start, end = tree.firsts[element], tree.lasts[element]
    if tree.tags[element] == "tr":
        end = tree.lasts[tree.parents[element]]
        if following and start < tree.firsts[following[0].element] < end:
            end = tree.firsts[following[0].element]
    elif following and following[0].element == element:
        end = tree.firsts[following[0].anchor.element]
    return start, end


def _hold_the_dates(layout: Layout, spans: Sequence[tuple[int, int]]) -> bool:
    """True where no date with a label stands in the main part but in the entries, and in each of them if in one."""
    dated: set[int] = set()
    for line in layout.lines:
        if layout.roles[line.element] == MAIN and text_dates.labelled(line.text):
            inside = [start for start, end in spans if start <= line.first < end]
            if not inside:
                return False
            dated.update(inside)
    return len(dated) in (0, len(spans))


def _leads_on(layout: Layout, row: Row) -> bool:
    tree = layout.tree
    title = row.anchor.element
    if tree.tags[tree.parents[title]] in _HEADINGS or not _HEADINGS.isdisjoint(tree.tags[title : tree.ends[title]]):
        return True
    start, end = _span(layout, row, ())
    links = (element for element in tree.by_tag.get("a", ()) if start <= tree.firsts[element] < end)
    return any(_ONWARD.fullmatch(layout.text_in(element)) for element in links)
