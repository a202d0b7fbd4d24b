"""What the store holds of columns: which page belongs where, by which date, and what is read of each column."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from jimo_lint.evidence.readings import Listing, Shelf, column_reading, row_day
from jimo_lint.model import (
    Column,
    ColumnKind,
    Document,
    FetchResult,
    ListItem,
    Obstacle,
    PageClass,
    PageFacts,
    Paging,
    QueuedUrl,
)
from jimo_lint.store import ListPage, Store
from tests.support.problems import problem

DAY = date(2026, 11, 22)
HOST = "https://www.example.gov.cn"


def column(path: str, kind: ColumnKind = ColumnKind.NEWS) -> Column:
    """A column of the site."""
    return Column(HOST + path, path, HOST + path, kind)


def row(path: str, published: date | None = None, title: str = "列表标题") -> ListItem:
    """A row that leads to a page of the site."""
    return ListItem(HOST + path, title, published and datetime(published.year, published.month, published.day))


def listing(held: Column, *rows: ListItem, pages: Iterable[ListPage] | None = None) -> Listing:
    """A column with these rows, read on one page unless told otherwise."""
    read = (ListPage(held.url, 1, rows),) if pages is None else tuple(pages)
    return Listing(held, read, {one.url: one for one in rows})


def shelf(*listings: Listing) -> Shelf:
    """The columns of a site that begins at its root."""
    return Shelf(listings, frozenset({f"{HOST}/"}), DAY)


def page(path: str, published: date | None = None, source: str = "", **known: Any) -> Document:
    """A page of the site with a date of its own."""
    moment = published and datetime(published.year, published.month, published.day, 9, 30)
    url, facts = HOST + path, PageFacts(**known)
    return Document(url, url, "site", "页", published=moment, published_from=source, facts=facts)


def test_a_page_belongs_to_the_column_that_lists_it() -> None:
    """The list goes before the folder, and of folders the deepest one counts."""
    books = shelf(
        listing(column("/zwgk/"), row("/zwgk/tzgg/9.html")),
        listing(column("/zwgk/tzgg/index.html")),
    )
    assert books.column_of(f"{HOST}/zwgk/tzgg/9.html") == f"{HOST}/zwgk/"
    assert books.column_of(f"{HOST}/zwgk/tzgg/1.html") == f"{HOST}/zwgk/tzgg/index.html"
    assert books.column_of(f"{HOST}/zwgk/zcwj/1.html") == f"{HOST}/zwgk/"
    assert books.column_of(f"{HOST}/other/1.html") is None


def test_a_column_at_the_root_of_the_site_owns_only_what_it_lists() -> None:
    """Else every page of the site that no column lists would be its own."""
    books = shelf(listing(column("/index.html", ColumnKind.NOTICE), row("/a/1.html")))
    assert books.kind_of(f"{HOST}/a/1.html") is ColumnKind.NOTICE
    assert books.kind_of(f"{HOST}/a/2.html") is None


@pytest.mark.parametrize(
    ("source", "listed", "published", "from_where"),
    [
        ("title", date(2026, 11, 20), date(2026, 11, 20), "list"),
        ("", date(2026, 11, 20), date(2026, 11, 20), "list"),
        ("meta", date(2026, 11, 20), date(2026, 11, 18), "meta"),
        ("label", date(2026, 11, 20), date(2026, 11, 18), "label"),
        # A day ahead may be a clock's difference; a date further ahead is a slip.
        ("title", date(2026, 11, 23), date(2026, 11, 23), "list"),
        ("title", date(2026, 11, 24), date(2026, 11, 18), "title"),
        ("title", None, date(2026, 11, 18), "title"),
    ],
)
def test_the_date_of_the_list_goes_before_a_guess(
    source: str, listed: date | None, published: date, from_where: str
) -> None:
    """What metas and labels say stands; what was found in a title or nowhere gives way to the list."""
    books = shelf(listing(column("/tzgg/"), row("/tzgg/1.html", listed)))
    placed = books.place(page("/tzgg/1.html", date(2026, 11, 18), source))
    assert placed.published is not None
    assert (placed.published.date(), placed.published_from) == (published, from_where)


def test_what_the_list_says_goes_with_the_page() -> None:
    """Title, day and kind of its column; a page that no list has bears none of them."""
    books = shelf(listing(column("/zcjd/", ColumnKind.INTERPRETATION), row("/zcjd/1.html", date(2026, 11, 20))))
    placed = books.place(page("/zcjd/1.html", date(2026, 11, 18), "meta"))
    assert placed.column == f"{HOST}/zcjd/"
    assert placed.page_facts == PageFacts(
        page_class=PageClass.ARTICLE,
        list_title="列表标题",
        list_date=date(2026, 11, 20),
        column_kind=ColumnKind.INTERPRETATION,
    )
    assert books.place(page("/about.html")).facts == PageFacts(page_class=PageClass.OTHER)


@pytest.mark.parametrize(
    ("path", "known", "kind"),
    [
        ("/", {}, "home"),
        ("/", {"home": False}, "other"),
        ("/portal/", {"home": True}, "home"),
        ("/tzgg/1.html", {}, "article"),
        ("/x/1.html", {"looks": PageClass.ARTICLE}, "article"),
        ("/x/", {"looks": PageClass.LIST}, "list"),
        ("/x/", {}, "other"),
    ],
)
def test_what_a_page_is(path: str, known: dict[str, Any], kind: str) -> None:
    """Home is where the site starts, or the page that its start leads on to; an article is listed or looks like one."""
    books = shelf(listing(column("/tzgg/"), row("/tzgg/1.html")))
    assert books.place(page(path, **known)).page_facts.page_class == kind


def test_a_page_of_a_list_is_a_list() -> None:
    """The crawl knows which pages it read as a column's list."""
    stored = replace(page("/tzgg/"), column=f"{HOST}/tzgg/")
    assert shelf(listing(column("/tzgg/"))).place(stored).page_facts.page_class == "list"


@pytest.mark.parametrize(
    ("listed", "own", "day"),
    [
        (datetime(2026, 11, 20), date(2025, 11, 20), date(2025, 11, 20)),
        (datetime(2026, 11, 20), date(2025, 11, 21), date(2026, 11, 20)),
        (datetime(2026, 11, 20), date(2025, 10, 20), date(2026, 11, 20)),
        (datetime(2026, 11, 20), None, date(2026, 11, 20)),
        (None, date(2025, 11, 20), date(2025, 11, 20)),
        (None, None, None),
    ],
)
def test_the_article_settles_a_year_that_its_list_leaves_out(
    listed: datetime | None, own: date | None, day: date | None
) -> None:
    """Only where both agree on month and day; else what the list shows stands."""
    assert row_day(listed, own) == day


def test_dates_ahead_are_no_news() -> None:
    """Of dates ahead only tomorrow's is believed; where all lie further ahead, the newest is told as it is."""
    held = column("/yw/")
    rows = (
        row("/yw/1.html", date(2026, 11, 23)),
        row("/yw/2.html", date(2026, 11, 24)),
        row("/yw/3.html", date(2026, 1, 5)),
        row("/yw/4.html"),
    )
    reading = column_reading(listing(held, *rows), {}, DAY)
    assert (reading.newest, reading.oldest, reading.future) == (date(2026, 11, 23), date(2026, 1, 5), 1)
    assert (reading.items, reading.undated) == (4, 1)
    ahead = column_reading(listing(held, rows[1], rows[3]), {}, DAY)
    assert (ahead.newest, ahead.future) == (date(2026, 11, 24), 1)


def test_a_landing_page_with_rows_is_a_list() -> None:
    """Only a page of sub-columns without a row of its own is no list."""
    held = column("/zwgk/")
    lands = [ListPage(held.url, 1, landing=True)]
    assert column_reading(listing(held, pages=lands), {}, DAY).landing
    assert not column_reading(listing(held, row("/zwgk/1.html", DAY), pages=lands), {}, DAY).landing


def test_pages_read_and_known() -> None:
    """Pages with a problem are not read; the list's own count is believed where it is larger."""
    held = column("/tzgg/")
    read = [
        ListPage(held.url, 1, paging=Paging.STATIC, known=3),
        ListPage(f"{held.url}index_1.html", 2, paging=Paging.STATIC),
        ListPage(f"{held.url}index_2.html", 3, status=0, problem=problem(f"{held.url}index_2.html", "15 秒内没有读完")),
    ]
    reading = column_reading(listing(held, row("/tzgg/1.html", DAY), pages=read), {}, DAY)
    assert (reading.read_pages, reading.known_pages, reading.complete, reading.paging) == (2, 3, False, Paging.STATIC)
    reading = column_reading(listing(held, row("/tzgg/1.html", DAY), pages=read[:2]), {}, DAY)
    assert (reading.read_pages, reading.complete, reading.reason) == (2, True, "")


@pytest.mark.parametrize(
    ("pages", "obstacle", "reason"),
    [
        ([], Obstacle.UNREAD, "本次采集没有读到这个栏目页"),
        ([ListPage("a", 1, status=503)], Obstacle.UNREAD, "栏目地址返回 503"),
        ([ListPage("a", 1, status=404, obstacle=Obstacle.GONE)], Obstacle.GONE, "栏目地址返回 404"),
        (
            [ListPage("a", 1, status=200, problem=problem("a", "需要登录"), obstacle=Obstacle.LOGIN)],
            Obstacle.LOGIN,
            "需要登录",
        ),
        # The address redirects: what was met in the end says why.
        ([ListPage("a", 1, status=301), ListPage("b", 1, status=404)], Obstacle.UNREAD, "栏目地址返回 404"),
        (
            [ListPage("a", 1, scripted=True)],
            Obstacle.SCRIPT,
            "列表由脚本生成，或内容是图片、音视频、附件、表单，机器读不出",
        ),
        ([ListPage("a", 1)], Obstacle.NONE, ""),
    ],
)
def test_why_a_column_was_not_read(pages: list[ListPage], obstacle: Obstacle, reason: str) -> None:
    """Each cause has its code and its words; a list that was read and is empty has neither."""
    reading = column_reading(listing(column("/tzgg/"), pages=pages), {}, DAY)
    assert (reading.obstacle, reading.reason) == (obstacle, reason)


@pytest.mark.parametrize("dated_first", [True, False])
def test_a_row_on_two_pages_counts_once_with_its_date(dated_first: bool, tmp_path: Path) -> None:
    """A row that is pinned above the list without a date is the row of the list that has one."""
    held = column("/tzgg/")
    pinned, dated = row("/tzgg/1.html"), row("/tzgg/1.html", DAY)
    first, second = (dated, pinned) if dated_first else (pinned, dated)
    with Store.open(tmp_path / "store.sqlite3", writing=True) as store:
        store.begin_crawl("site", DAY, resume=False)
        for number, one in ((1, first), (2, second)):
            url = f"{held.url}index_{number}.html"
            asked = QueuedUrl(url, column=held.url, page=number)
            store.record([FetchResult(asked, 200, Document(url, url, "site", "通知公告", column=held.url), (one,))])
        [found] = Listing.of(held, store).rows.values()
    assert found.published == datetime(2026, 11, 22)
