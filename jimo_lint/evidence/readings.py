"""What the store holds of a site's columns: where each page belongs, and what the rules judge of a column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from jimo_lint.model import (
    Column,
    ColumnKind,
    ColumnReading,
    Document,
    ListItem,
    Obstacle,
    PageClass,
    Paging,
)
from jimo_lint.network.address import normalise
from jimo_lint.settings.config import Config
from jimo_lint.store import ListPage, Store

# The day of publishing that a page shows, then the one in its metas, come before the date that a list shows for it;
# what else a page says (成文日期, a date near the title or in the address) comes after.
_BEFORE_LIST = ("label", "meta")
_LATER_PAGE = re.compile(r"(?<!\d)(?:[2-9]|[1-9]\d+)(?:\.\w{2,6})?$")


@dataclass(frozen=True, slots=True)
class Listing:
    """The rows of one column over all its list pages read. twins: names of other columns with its address."""

    column: Column
    pages: tuple[ListPage, ...]
    rows: Mapping[str, ListItem]
    twins: tuple[str, ...] = ()

    @classmethod
    def of(cls, column: Column, store: Store, twins: tuple[str, ...] = ()) -> Listing:
        """Read a column's list pages; a row that stands on two pages counts once."""
        pages = tuple(_distinct(tuple(store.list_pages(column.url))))
        rows: dict[str, ListItem] = {}
        for page in pages:
            for row in page.rows:
                key = normalise(row.url) if row.url else f"{page.url}#{row.title}"
                if key not in rows or rows[key].published is None:
                    rows[key] = row
        return cls(column, pages, rows, twins)


def _distinct(pages: Sequence[ListPage]) -> Iterator[ListPage]:
    """The list pages, the first one once where it was read under a second address (`/x/` and `/x/list_1.html`)."""
    first = next((page for page in pages if page.rows), None)
    for page in pages:
        again = first is not None and page is not first and page.rows == first.rows
        if not again or page.paging.by_interface or _LATER_PAGE.search(page.url):
            yield page


@dataclass(slots=True)
class Shelf:
    """Where each article belongs: which column lists it, and the date that the list gives it."""

    listings: tuple[Listing, ...]
    starts: frozenset[str]
    as_of: date
    _column_of: dict[str, str] = field(default_factory=dict)
    _listed: dict[str, datetime] = field(default_factory=dict)
    _titles: dict[str, str] = field(default_factory=dict)
    _kinds: dict[str, ColumnKind] = field(default_factory=dict)
    _prefixes: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for listing in self.listings:
            self._kinds[listing.column.id] = listing.column.kind
            for url, row in listing.rows.items():
                self._column_of.setdefault(url, listing.column.id)
                self._titles.setdefault(url, row.title)
                if row.published:
                    self._listed.setdefault(url, row.published)
            folder = listing.column.url.rsplit("/", 1)[0] + "/"
            self._prefixes.append((folder, listing.column.id))
        # The deepest folder wins: an article below /zwgk/tzgg/ belongs to 通知公告, not to 政务公开.
        self._prefixes.sort(key=lambda pair: -len(pair[0]))

    def column_of(self, url: str) -> str | None:
        """The column that lists this address, else the one whose folder it lies in; the site's root owns nothing."""
        key = normalise(url)
        if key in self._column_of:
            return self._column_of[key]
        for folder, column in self._prefixes:
            if key.startswith(folder) and urlsplit(folder).path != "/":
                return column
        return None

    def kind_of(self, url: str) -> ColumnKind | None:
        """The kind of the column that an address belongs to."""
        return self._kinds.get(self.column_of(url) or "")

    def place(self, document: Document) -> Document:
        """The document with its column, and with the list's date where the page's own is worth less.

        Its facts tell what it is, and what the list and the column say of it.
        """
        key = normalise(document.url)
        listed = self._listed.get(key)
        published, source = document.published, document.published_from
        if listed and source not in _BEFORE_LIST and listed.date() <= self.as_of + timedelta(days=1):
            published, source = listed, "list"
        column = document.column or self.column_of(document.url)
        facts = replace(
            document.page_facts,
            page_class=self._class_of(key, document),
            list_title=self._titles.get(key, ""),
            list_date=row_day(listed, published.date() if published else None) if listed else None,
            column_kind=self._kinds.get(column or ""),
        )
        return replace(document, column=column, published=published, published_from=source, facts=facts)

    def titles(self) -> Iterator[tuple[str, date | None]]:
        """Title and date of every row of the configured columns."""
        for listing in self.listings:
            for row in listing.rows.values():
                yield row.title, row.published.date() if row.published else None

    def _class_of(self, key: str, document: Document) -> PageClass:
        """What a page is. An article is what a list shows or what reads like one."""
        looks, home = document.page_facts.looks, document.page_facts.home
        if home or (key in self.starts and home is None):
            return PageClass.HOME
        if document.column or looks is PageClass.LIST:
            return PageClass.LIST
        return PageClass.ARTICLE if key in self._column_of or looks is PageClass.ARTICLE else PageClass.OTHER


def shelf(config: Config, store: Store, as_of: date) -> Shelf:
    """Read all configured columns from the store."""
    listings = []
    for column in config.columns:
        twins = tuple(one.name for one in config.columns if one.url == column.url and one.id != column.id)
        listings.append(Listing.of(column, store, twins))
    return Shelf(tuple(listings), frozenset(normalise(url) for url in config.site.start), as_of)


def row_day(listed: datetime | None, own: date | None) -> date | None:
    """The day of a row by what its list shows and what the article says of itself (`own`).

    Lists that show 11-20 alone leave the year to be guessed, and a column idle for a year would look fresh: where
    the article agrees on the day, its year counts.
    """
    if listed is None:
        return own
    day = listed.date()
    return own if own and (own.month, own.day) == (day.month, day.day) else day


def column_reading(listing: Listing, dates: Mapping[str, date], as_of: date) -> ColumnReading:
    """What a column's rows say. dates: of the articles themselves, for rows that show none or leave out the year."""
    pages = listing.pages
    shown = [row_day(row.published, dates.get(url)) for url, row in listing.rows.items()]
    known = [day for day in shown if day is not None]
    # A date in the future is a slip or a forgery; it must not make an idle column look fresh.
    past = [day for day in known if day <= as_of + timedelta(days=1)]
    read_pages = sum(1 for page in pages if _came(page))
    obstacle, reason = _obstacle(listing)
    return ColumnReading(
        column=listing.column,
        newest=max(past or known, default=None),
        oldest=min(known, default=None),
        items=len(listing.rows),
        undated=len(shown) - len(known),
        read_pages=read_pages,
        complete=all(page.complete and not page.problem for page in pages),
        landing=any(page.landing for page in pages) and not listing.rows,
        reason=reason,
        obstacle=obstacle,
        twins=listing.twins,
        future=len(known) - len(past),
        paging=next((page.paging for page in pages if page.paging is not Paging.SINGLE), Paging.SINGLE),
        known_pages=max(read_pages, *(page.known for page in pages)) if pages else 0,
    )


def _came(page: ListPage) -> bool:
    """True for a list page that was read: 200, or the 203 and 206 that caches make of it."""
    return page.status in (200, 203, 206) and not page.problem


def _obstacle(listing: Listing) -> tuple[Obstacle, str]:
    """Why nothing can be said about the column, as a code and in words; NONE and "" where it was read."""
    if not listing.pages:
        return Obstacle.UNREAD, "本次采集没有读到这个栏目页"
    # An address that redirects has an entry of its own before the page it leads to.
    readable = [page for page in listing.pages if _came(page)]
    # Nor is a page that only leads on to others the column.
    if not listing.rows and all(page.landing for page in readable):
        last = next((page for page in listing.pages if page.problem), listing.pages[-1])
        if last.problem or not readable:
            return last.obstacle or Obstacle.UNREAD, (
                last.problem.message if last.problem else f"栏目地址返回 {last.status}"
            )
    if not listing.rows and any(page.scripted for page in readable):
        return Obstacle.SCRIPT, "列表由脚本生成，或内容是图片、音视频、附件、表单，机器读不出"
    return Obstacle.NONE, ""
