"""What one crawl tells of a year: a column's items of it, whether all were read, and the annual reports of the site."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from jimo_lint.evidence.yearly import ColumnYear, Titled, YearReading, read
from jimo_lint.model import Column, Document, FetchResult, Link, ListItem, Obstacle, Paging, QueuedUrl
from jimo_lint.network.address import normalise
from jimo_lint.store import Store
from tests.support.problems import problem

HOME = "https://www.qingtan.example/"
SEEN = date(2026, 11, 22)
OPINIONS = Column(f"{HOME}yjzj/", "意见征集", f"{HOME}yjzj/")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store in which a crawl of 22 November has begun."""
    with Store.open(tmp_path / "store.sqlite3", writing=True) as opened:
        opened.begin_crawl("site", SEEN, resume=False)
        yield opened


def row(name: str, day: str = "", title: str = "") -> ListItem:
    """A row of the column; its title is the name unless told otherwise."""
    return ListItem(f"{HOME}yjzj/{name}.html", title or name, datetime.fromisoformat(day) if day else None)


def listed(*rows: ListItem, page: int = 1, **known: object) -> FetchResult:
    """A list page of the column."""
    url = OPINIONS.url if page == 1 else f"{OPINIONS.url}index_{page}.html"
    document = Document(url, url, "site", "意见征集", column=OPINIONS.id)
    return FetchResult(QueuedUrl(url, 1, OPINIONS.url, page), 200, document, rows, **known)  # type: ignore[arg-type]


def article(name: str, title: str, published: str = "", source: str = "label", **known: object) -> FetchResult:
    """A page of the site."""
    url = HOME + name
    moment = datetime.fromisoformat(published) if published else None
    own = {"published": moment, "published_from": source if moment else "", **known}
    page = Document(normalise(url), url, "site", title, **own)  # type: ignore[arg-type]
    return FetchResult(QueuedUrl(url), 200, page)


def year(store: Store, number: int = 2026, *, finish: bool = True) -> YearReading:
    """What the store tells of a year, the crawl finished unless told otherwise."""
    if finish:
        store.finish_crawl(1)
    found = read(store, [OPINIONS], number, SEEN)
    assert found is not None
    return found


def column(store: Store, number: int = 2026, *, finish: bool = True) -> ColumnYear:
    """What it tells of the column."""
    (found,) = year(store, number, finish=finish).columns
    return found


def names(found: ColumnYear) -> list[str]:
    """The titles of the items."""
    return [item.title for item in found.items]


def test_only_what_is_dated_in_the_year(store: Store) -> None:
    """Items of the years before and after are not of it, its first and last day are; undated ones may be."""
    store.record(
        [
            listed(
                row("甲", "2027-01-01"),
                row("乙", "2026-12-31"),
                row("丙", "2026-01-01"),
                row("丁", "2025-12-31"),
                row("戊"),
            )
        ]
    )
    found = column(store)
    assert [(item.title, item.day) for item in found.items] == [
        ("乙", date(2026, 12, 31)),
        ("丙", date(2026, 1, 1)),
        ("戊", None),
    ]
    assert found.whole and not found.reason


def test_the_article_tells_the_year_that_the_list_leaves_out(store: Store) -> None:
    """A list of 11-20 alone is guessed to be of this year; where the page agrees on the day, its year counts."""
    store.record(
        [
            listed(row("甲", "2026-11-20"), row("乙", "2026-10-10"), row("丙"), row("丁")),
            article("yjzj/甲.html", "甲", "2025-11-20 09:30"),
            # Another day: that of a migration. A date from the address: worth less than the list.
            article("yjzj/乙.html", "乙", "2025-03-01"),
            article("yjzj/丙.html", "丙", "2026-05-05"),
            article("yjzj/丁.html", "丁", "2025-05-05", "url"),
        ]
    )
    assert [(item.title, item.day) for item in column(store).items] == [
        ("乙", date(2026, 10, 10)),
        ("丙", date(2026, 5, 5)),
        ("丁", None),
    ]


def test_a_cut_title_is_told_whole(store: Store) -> None:
    """Lists cut titles, and what stands behind the cut may say that the item does not count."""
    store.record(
        [
            listed(row("1", "2026-11-20", "关于公开征求《办法》意见..."), row("2", "2026-11-19", "关于征求意见的公告")),
            article("yjzj/1.html", "关于公开征求《办法》意见采纳情况的反馈", "2026-11-20"),
            article("yjzj/2.html", "青潭区人民政府", "2026-11-19"),
        ]
    )
    assert names(column(store)) == ["关于公开征求《办法》意见采纳情况的反馈", "关于征求意见的公告"]


def test_a_list_that_goes_on_unread(store: Store) -> None:
    """It is whole for a year if its last rows are older; a pinned old row on top says nothing."""
    store.record(
        [
            listed(row("置顶", "2019-05-04"), row("甲", "2026-11-20"), row("乙", "2026-10-20")),
            listed(row("丙", "2026-02-20"), row("丁", "2025-12-01"), page=2, complete=False),
        ]
    )
    found = column(store)
    assert not found.whole and "只读了 2 页" in found.reason and len(found.items) == 3
    assert column(store, 2027, finish=False).whole  # none of these are


def test_a_list_that_reaches_back(store: Store) -> None:
    """What is unread is older still."""
    rows = [row("甲", "2026-11-20"), *(row(f"旧{number}", f"2025-12-0{number}") for number in (3, 2, 1))]
    store.record([listed(*rows, complete=False, paging=Paging.SCRIPT)])
    assert column(store).whole and names(column(store)) == ["甲"]


@pytest.mark.parametrize(("known", "whole"), [(2, True), (3, False), (0, False)])
def test_a_list_whose_last_page_has_no_way_on(store: Store, known: int, whole: bool) -> None:
    """共 2 页 and two were read: that is all, though nothing on the last page tells that it is the last."""
    first = listed(row("甲", "2026-11-20"), paging=Paging.STATIC, known=known)
    store.record([first, listed(row("乙", "2026-10-20"), page=2, complete=False, paging=Paging.SCRIPT, known=known)])
    assert column(store).whole is whole


def test_a_crawl_that_was_cut_short(store: Store) -> None:
    """The further pages may be among those still to be read."""
    store.record([listed(row("甲", "2026-11-20"))])
    assert not column(store, finish=False).whole
    assert column(store).whole


def test_a_blank_column_was_read(store: Store) -> None:
    """Nothing is what it has."""
    store.record([listed()])
    assert column(store) == ColumnYear(OPINIONS)


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({"landing": True}, "入口页"),
        ({"scripted": True, "complete": False}, "由脚本生成"),
        ({"problem": problem(OPINIONS.url, "15 秒内没有读完"), "obstacle": Obstacle.UNREAD}, "没有读完"),
    ],
)
def test_a_column_that_cannot_be_read(store: Store, known: dict[str, object], said: str) -> None:
    """It is not empty: nothing can be said of it."""
    store.record([listed(**known)])
    found = column(store)
    assert not found.whole and not found.items and said in found.reason


def test_a_column_that_the_crawl_never_met(store: Store) -> None:
    """It was configured after the crawl."""
    store.record([article("", "首页")])
    assert not column(store).whole and "没有读到" in column(store).reason


def test_no_crawl(tmp_path: Path) -> None:
    """Accounts may have been read and the site never."""
    with Store.open(tmp_path / "other.sqlite3", writing=True) as opened:
        assert read(opened, [OPINIONS], 2026, SEEN) is None


def test_reports_stand_once_by_address(store: Store) -> None:
    """Rows, links and pages of one address are one report, with the longest title and the date that is known."""
    link = Link(f"{HOME}nb/1.html", "青潭区2025年政府信息公开工作年度...")
    store.record(
        [
            listed(ListItem(f"{HOME}nb/1.html", "青潭区2025年政府信息公开工作年度报告", datetime(2026, 3, 20))),
            article("a.html", "首页", links=(link, Link(f"{HOME}nb/2.html", "2025年政府网站工作年度报表"))),
            article("nb/1.html", "青潭区2025年政府信息公开工作年度报告", "2026-03-20"),
            article("tz.html", "关于做好2025年政府信息公开工作年度报告的通知", "2026-01-05"),
        ]
    )
    found = year(store)
    assert set(found.reports) == {
        Titled("青潭区2025年政府信息公开工作年度报告", f"{HOME}nb/1.html", date(2026, 3, 20)),
        Titled("2025年政府网站工作年度报表", f"{HOME}nb/2.html", None),
    }
    assert found.seen == SEEN and found.whole


def test_a_report_that_only_its_page_names(store: Store) -> None:
    """A picture leads there: the page's own title tells."""
    link = Link(f"{HOME}nb/2.html", "")
    store.record(
        [article("a.html", "首页", links=(link,)), article("nb/2.html", "2025年政府网站工作年度报表", "2026-01-20")]
    )
    assert year(store).reports == (Titled("2025年政府网站工作年度报表", f"{HOME}nb/2.html", date(2026, 1, 20)),)


def test_a_site_that_was_not_read_whole(store: Store) -> None:
    """What is not found on it may be on the pages that were not read."""
    store.record([article("a.html", "首页")])
    assert not year(store, finish=False).whole
    store.record([FetchResult(QueuedUrl(f"{HOME}x"), 500, problem=problem(f"{HOME}x", "15 秒内没有读完"))])
    assert not year(store).whole
