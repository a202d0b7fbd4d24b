"""Finds the dates that a list tells in attributes and scripts: `title="发布日期：…"`, `data-time`, `document.write`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache

from jimo_lint.extract.dates import machine_times, text_dates
from jimo_lint.extract.dates.partial import Mark
from jimo_lint.extract.markup.layout import MAIN, Layout

# Of when something was published; what is called after an end or a start may be a deadline.
_NAMES = (
    *("datetime", "data-time", "data-date", "data-datetime", "data-timestamp", "data-pubtime", "data-pubdate"),
    *("data-pub-time", "data-pub-date", "data-publish", "data-published", "data-publishtime", "data-publishdate"),
    *("data-publish-time", "data-publish-date", "data-createtime", "data-create-time", "data-release-time", "title"),
)
_NAMED = frozenset(_NAMES)
_LONGEST_SCRIPT = 300
_LONGEST_TITLE = 600
_LABEL = re.compile(r"\W*(?:(?:发布|发表|更新)?(?:日期|时间)\W*)?")
_SECONDS = re.compile(r"(?<![\d.])1\d{9}(?:\d{3})?(?![\d.])")
_ROWS = frozenset(("li", "tr", "dl", "dd", "article"))
_LEVELS = 3


def told(layout: Layout) -> Iterator[Mark]:
    """The dates of the main part that nobody sees, or that a script writes in their place."""
    tree, last = layout.tree, len(layout.tree.texts) - 1
    for element, attrs in enumerate(tree.attrs):
        if attrs and not _NAMED.isdisjoint(attrs) and layout.roles[element] == MAIN:
            moments = (_said(name, attrs[name] or "") for name in _NAMES if name in attrs)
            if moment := next((moment for moment in moments if moment), None):
                yield Mark(min(tree.firsts[element], last), element, moment)
    for element, script in zip(tree.by_tag.get("script", ()), tree.scripts, strict=False):
        if "document.write" in script and len(script) <= _LONGEST_SCRIPT and layout.roles[element] == MAIN:
            found = [moment for _, _, moment in text_dates.dates(script)]
            found += [moment for one in _SECONDS.findall(script) if (moment := machine_times.parse(one))]
            if len(found) == 1:
                yield Mark(min(tree.firsts[element], last), element, found[0])


def row(layout: Layout, element: int) -> range:
    """The runs of the row that an element stands in, of what is around it where no row does."""
    tree, above = layout.tree, element
    for _ in range(_LEVELS):
        if tree.tags[above] in _ROWS or tree.parents[above] < 0:
            break
        above = tree.parents[above]
    if tree.tags[above] not in _ROWS:
        above = max(tree.parents[element], 0)
    return range(tree.firsts[above], max(tree.lasts[above], tree.firsts[above] + 1))


@lru_cache(maxsize=2048)
def _said(name: str, value: str) -> datetime | None:
    if name != "title":
        return text_dates.stamp(value) if value else None
    if not 8 <= len(value) <= _LONGEST_TITLE:
        return None
    for start, end, moment in text_dates.dates(value):
        if start == 0 and (whole := machine_times.parse(value)):
            return whole
        if _LABEL.fullmatch(value[:start]) and not re.search(r"\w", value[end:]):
            return moment
        break
    return text_dates.labelled(value)
