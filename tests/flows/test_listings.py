"""Every family of lists, crawled from a server that turns its pages as real systems do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from types import SimpleNamespace

import pytest

from jimo_lint.evidence.readings import Listing, Shelf, column_reading
from jimo_lint.model import Column as ConfiguredColumn
from jimo_lint.model import ColumnReading, Paging
from jimo_lint.store import Store
from tests.flows.test_site_spider import AS_OF
from tests.support import listings
from tests.support.crawling import Job, Reply, Site, site


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    """One crawl of the site with a column of each family."""
    folder = tmp_path_factory.mktemp("listings")
    serving: list[Site] = []

    def answer(path: str) -> Reply | None:
        return listings.at(serving[0].host)(path)

    with site(answer) as server:
        serving.append(server)
        columns = {column.name: server.url + column.path for column in listings.COLUMNS}
        outcome = Job(folder, (f"{server.url}/",), columns, settings={"concurrency": 4}).run()
        assert outcome["finished"], outcome
        with Store.open(folder / ".jimo-lint" / "store.sqlite3", writing=False) as store:
            read = {name: Listing.of(ConfiguredColumn(url, name, url), store) for name, url in columns.items()}
            yield SimpleNamespace(
                server=server,
                listings=read,
                readings={name: column_reading(listing, {}, AS_OF) for name, listing in read.items()},
                documents={one.id.removeprefix(server.url): one for one in store.documents("site")},
                problems=[one for one in store.problems("site") if not one.excused],
            )


every = pytest.mark.parametrize("column", listings.COLUMNS, ids=lambda column: column.name)


@every
def test_all_items_and_dates_are_read(crawled: SimpleNamespace, column: listings.Column) -> None:
    """Each row of the list is read once, with the date that the list shows and its whole title."""
    rows = crawled.listings[column.name].rows
    found = {
        (url.removeprefix(crawled.server.url), row.title, row.published.date() if row.published else None)
        for url, row in rows.items()
    }
    assert found == {(item.path, item.title, item.day) for item in column.items}
    assert len(rows) == len(column.items)


@every
def test_the_newest_date_is_not_that_of_the_first_row(crawled: SimpleNamespace, column: listings.Column) -> None:
    """An old item pinned on top and rows without a date leave the newest date as it is."""
    reading = crawled.readings[column.name]
    assert (reading.newest, reading.oldest) == (listings.NEWEST, listings.PINNED)
    assert reading.undated == sum(item.day is None for item in column.items)


@every
def test_how_the_list_goes_on_is_told(crawled: SimpleNamespace, column: listings.Column) -> None:
    """The reading names the family, counts the pages read and says whether they are all."""
    reading: ColumnReading = crawled.readings[column.name]
    assert (reading.paging, reading.read_pages, reading.complete) == (column.paging, column.pages, column.complete)
    assert reading.known_pages >= reading.read_pages
    assert not reading.reason


def test_page_two_of_one_family_is_page_three_of_the_other(crawled: SimpleNamespace) -> None:
    """index_2.html is page 2 of a static list and page 3 of TRS, on the same site."""
    numbers = {
        name: {page.url.rpartition("/")[2]: page.page for page in crawled.listings[name].pages}
        for name in ("静态", "TRS")
    }
    assert numbers["静态"]["index_2.html"] == 2
    assert numbers["TRS"]["index_2.html"] == 3
    assert "index_5.html" in numbers["静态"] and "index_5.html" not in numbers["TRS"]
    assert crawled.server.hits["/trs/index_5.html"] == 0


def test_pages_that_are_not_published_are_said_to_be_unread(crawled: SimpleNamespace) -> None:
    """A script that counts 53 pages where 50 are published leaves three addresses that answer 404."""
    reading = crawled.readings["TRS 封顶"]
    assert (reading.read_pages, reading.known_pages, reading.complete) == (50, 53, False)
    assert not [problem for problem in crawled.problems if "/capped/" in problem.place]


def test_what_an_interface_lists_is_crawled(crawled: SimpleNamespace) -> None:
    """Articles that no page links to are read because an answer or a script lists them."""
    for name in ("大汉", "大汉 jpaas", "开普甲", "TRS 脚本行"):
        column = next(one for one in listings.COLUMNS if one.name == name)
        assert {item.path for item in column.items} <= crawled.documents.keys()


def test_nothing_is_asked_twice(crawled: SimpleNamespace) -> None:
    """Each page and each question to an interface is asked once."""
    shared = {"/gkmlpt/index"}  # the page of both categories: what stands behind # is not sent
    assert {path: hits for path, hits in crawled.server.hits.items() if hits > 1 and path not in shared} == {}


def test_a_pager_for_browsers_is_said_to_be_unread(crawled: SimpleNamespace) -> None:
    """javascript:goPage cannot be followed: one page is read, six are known."""
    reading = crawled.readings["脚本翻页"]
    assert (reading.paging, reading.read_pages, reading.known_pages) == (Paging.SCRIPT, 1, 6)


def test_the_list_dates_what_does_not_date_itself(crawled: SimpleNamespace) -> None:
    """An article gets the day of its list, also beside its own; a day that lies ahead is shown and not believed."""
    column = next(one for one in listings.COLUMNS if one.name == "大汉")
    item = next(one for one in column.items if one.day == listings.NEWEST)
    document = crawled.documents[item.path]
    books = Shelf(tuple(crawled.listings.values()), frozenset(), AS_OF)
    placed = books.place(document)
    assert placed.page_facts.list_date == date(2026, 1, 30)
    assert (placed.published and placed.published.date(), placed.published_from) == (listings.NEWEST, "list")
    own = replace(document, published=datetime(2026, 1, 2), published_from="label")
    kept = books.place(own)
    assert (kept.published, kept.page_facts.list_date) == (own.published, date(2026, 1, 30))
    early = Shelf(tuple(crawled.listings.values()), frozenset(), date(2026, 1, 1)).place(document)
    assert (early.published, early.page_facts.list_date) == (None, date(2026, 1, 30))
