"""What the store holds of one year: dated items of some columns, and the annual reports that the site shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from jimo_lint.evidence.annual_reports import INFORMATION, WEBSITE, calls_itself_report
from jimo_lint.evidence.gathering import whole
from jimo_lint.evidence.readings import Listing, column_reading, row_day
from jimo_lint.model import Column
from jimo_lint.network.address import normalise
from jimo_lint.store import ListPage, Store

# Rows at the foot of the last page read that must all be of former years: one that is out of order says nothing.
_TAIL = 3
_OWN_DAY = ("meta", "label")
_CUT = ("…", "...")


@dataclass(frozen=True, slots=True)
class Titled:
    """An item or a report. day: None where neither its list nor its page shows one."""

    title: str
    url: str
    day: date | None


@dataclass(frozen=True, slots=True)
class ColumnYear:
    """A column's items of one year, and those without a date. whole: all of the year's were read; reason: why not, or
    why nothing can be said at all (then there are no items)."""

    column: Column
    items: tuple[Titled, ...] = ()
    whole: bool = True
    reason: str = ""


@dataclass(frozen=True, slots=True)
class YearReading:
    """What one crawl tells of a year. seen: the day of the crawl; reports: all that call themselves annual reports, of
    whatever year; whole: so much of the site was read that what was not found is not there."""

    seen: date
    columns: tuple[ColumnYear, ...]
    reports: tuple[Titled, ...]
    whole: bool


def read(store: Store, columns: Sequence[Column], year: int, as_of: date) -> YearReading | None:
    """Read these columns and the titles of the site; None where the site was never crawled."""
    seen = store.crawled_on()
    if seen is None:
        return None
    finished = store.finished()
    return YearReading(
        seen,
        tuple(_column(store, column, year, as_of, finished=finished) for column in columns),
        tuple(_reports(store, year - 1)),
        finished and whole(tuple(store.problems("site")), len(store.read("site"))),
    )


def _column(store: Store, column: Column, year: int, as_of: date, *, finished: bool) -> ColumnYear:
    listing = Listing.of(column, store)
    reading = column_reading(listing, {}, as_of)
    reason = reading.reason or ("入口页，没有自己的列表" if reading.landing else "")
    if reason or not (reading.read_pages or listing.rows):
        return ColumnYear(column, (), False, reason or "没有读到栏目页")
    items = tuple(_items(store, listing, year))
    if (finished and (reading.complete or _all_stated(listing.pages))) or _reaches_back(listing.pages, year):
        return ColumnYear(column, items)
    return ColumnYear(column, items, False, f"只读了 {reading.read_pages} 页，没有读到上一年的信息")


def _items(store: Store, listing: Listing, year: int) -> Iterator[Titled]:
    """Those of the year, by the article's own day where the list leaves the year out or shows none."""
    for address, row in listing.rows.items():
        if row.published and row.published.year != year:
            continue
        page = store.page(address) if row.url else None
        own = page.published.date() if page and page.published and page.published_from in _OWN_DAY else None
        day = row_day(row.published, own)
        if day is None or day.year == year:
            title = page.title if page and page.title and row.title.endswith(_CUT) else row.title
            yield Titled(title, row.url or listing.column.url, day)


def _all_stated(pages: Sequence[ListPage]) -> bool:
    """Whether as many pages were read as the list says it has: its last one may have no way back to tell that it is."""
    read = sum(200 <= page.status < 300 for page in pages)
    return not any(page.problem for page in pages) and 0 < max(page.known for page in pages) <= read


def _reaches_back(pages: Sequence[ListPage], year: int) -> bool:
    """Whether the last page that was read goes back beyond the year: lists stand newest first, pinned rows on top."""
    rows = [row for page in pages for row in page.rows][-_TAIL:]
    return bool(rows) and all(row.published is not None and row.published.year < year for row in rows)


def _reports(store: Store, year: int) -> list[Titled]:
    """Every annual report that the site shows, once: by address, with the longest of its titles.

    Rows and links tell of nearly all; the pages themselves are asked only where one of that year was not among them.
    """
    found: dict[str, Titled] = {}
    _add(found, ((title, url, shown.date() if shown else None) for title, url, shown in store.titles("报")))
    if not all(_has(found.values(), pattern, year) for pattern in (INFORMATION, WEBSITE)):
        pages = store.documents("site")
        _add(found, ((page.title, page.url, page.published.date() if page.published else None) for page in pages))
    return list(found.values())


def _add(found: dict[str, Titled], met: Iterable[tuple[str, str, date | None]]) -> None:
    for title, url, day in met:
        if not calls_itself_report(title):
            continue
        key = normalise(url) if url else title
        former = found.get(key, Titled("", url, None))
        longest = max(former.title, " ".join(title.split()), key=len)
        found[key] = Titled(longest, former.url, former.day or day)


def _has(reports: Iterable[Titled], pattern: str, year: int) -> bool:
    return any(str(year) in one.title and re.search(pattern, one.title) for one in reports)
