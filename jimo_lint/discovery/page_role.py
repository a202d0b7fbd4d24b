"""Tells what a menu leads to: a column, an empty page, a single page, a landing page above columns."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from itertools import groupby
from urllib.parse import urlsplit

from jimo_lint.discovery import naming
from jimo_lint.evidence.readings import Listing
from jimo_lint.model import ColumnReading, Document, Obstacle, PageClass
from jimo_lint.network.address import normalise

_NAME = 12  # characters of a line that may be a heading

# Address → the candidates that list it, and itself where it is such a list.
Owners = Mapping[str, frozenset[str]]


class Nature(Enum):
    """EMPTY: nothing stands on it, so that it is a blank column where its like are columns; PAGE: one text."""

    COLUMN = auto()
    EMPTY = auto()
    PAGE = auto()
    LANDING = auto()
    UNREAD = auto()


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address that a menu leads to. page: None where it could not be read; texts: of the links that lead to it."""

    address: str
    listing: Listing
    reading: ColumnReading
    page: Document | None
    texts: Mapping[str, int]


def owners(candidates: Iterable[Candidate]) -> Owners:
    """Who lists what, over all candidates."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in candidates:
        if one.page is not None and one.page.page_facts.looks is PageClass.LIST:
            found[normalise(one.page.url)].add(one.address)
            for url in one.listing.rows:
                found[url].add(one.address)
    return {url: frozenset(addresses) for url, addresses in found.items()}


def template(pages: Iterable[Document]) -> frozenset[str]:
    """The texts that stand on more than one page: menus, notices, footers."""
    counted = Counter(text for page in pages for text in {block.text for block in page.blocks})
    return frozenset(text for text, number in counted.items() if number > 1)


def nature(one: Candidate, listed_by: Owners, repeated: frozenset[str]) -> Nature:
    """What the candidate is, by what stands on its page, what other lists show and what the template `repeated` is."""
    page, reading = one.page, one.reading
    if page is None:
        return Nature.UNREAD
    if page.metas.get("articletitle") or (page.page_facts.looks is PageClass.ARTICLE and reading.items < 2):
        return Nature.PAGE
    if reading.landing or _gathers(one, listed_by):
        return Nature.LANDING
    if reading.items:
        return Nature.COLUMN if reading.newest or not _turns_in_place(one) else Nature.PAGE
    bare = _bare(page, repeated)
    # A guide of one sentence has a breadcrumb that ends in its title, as a column without rows has.
    if any(listed.blank_notice for listed in one.listing.pages) or (bare and _says_what_it_is(page)):
        return Nature.COLUMN
    if reading.obstacle not in (Obstacle.NONE, Obstacle.SCRIPT):
        return Nature.UNREAD
    return Nature.EMPTY if bare and _called_alike(one) else Nature.PAGE


def shape(url: str) -> str:
    """An address without what differs between columns side by side: its numbers and its last name."""
    parts = urlsplit(url)
    folders, _, page = parts.path.rpartition("/")
    if not page or re.match(r"(?:index|default|list)\b", page):
        folders = f"{folders.rpartition('/')[0]}/*"
    else:
        page = re.sub(r"^[^.]+", "*", page)
    return re.sub(r"\d+", "0", f"{parts.netloc}{folders}/{page}?{parts.query}")


def _gathers(one: Candidate, listed_by: Owners) -> bool:
    """True for a landing page: its rows are columns, or the first rows of several columns, box after box.

    Such boxes follow one another, each with rows of one column; a column that takes in all rows of its sub-columns
    has them mixed by date, and mostly goes on to a second page.
    """
    if one.reading.known_pages > 1 or not one.reading.complete:
        return False
    shown = [listed_by.get(url, frozenset()) - {one.address} for url in one.listing.rows]
    boxes = [next(iter(sorted(others)), "") for others in shown]
    told = [box for box in boxes if box]
    runs = [box for box, _ in groupby(told)]
    return len(set(told)) > 1 and len(runs) == len(set(told)) and len(told) * 2 > len(boxes)


def _turns_in_place(one: Candidate) -> bool:
    """True where the rows are the page itself with other parameters: a calendar, a filter."""
    path = urlsplit(one.address)[:3]
    return all(urlsplit(url)[:3] == path for url in one.listing.rows)


def _says_what_it_is(page: Document) -> bool:
    """True for a page that calls itself a column: by ColumnName, or with a breadcrumb that ends in its title."""
    last = page.page_facts.crumbs[-1] if page.page_facts.crumbs else ""
    return bool(page.metas.get("columnname")) or bool(last and naming.clean(last) == naming.clean(page.title))


def _bare(page: Document, repeated: frozenset[str]) -> bool:
    """True for a page with no text of its own but names and its breadcrumb."""
    own = (block.text for block in page.blocks if block.kind in ("body", "table") and block.text not in repeated)
    trail = _letters("".join(page.page_facts.crumbs))
    return all(len(text) <= _NAME or _is_trail(_letters(text), trail) for text in own)


def _is_trail(text: str, trail: str) -> bool:
    """True for a line that leads to the page and no further: 当前位置：首页 > 应急管理."""
    return bool(trail) and text.endswith(trail) and len(text) <= len(trail) + _NAME


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def _called_alike(one: Candidate) -> bool:
    """True where the page's title begins or ends with what a menu calls it."""
    title = one.page.title if one.page else ""
    return any(
        (name and title.startswith(name)) or title.endswith(name) for name in map(naming.clean, one.texts) if name
    )
