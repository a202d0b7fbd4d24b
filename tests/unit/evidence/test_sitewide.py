"""What the tally of a site keeps while its pages stream by."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from jimo_lint.evidence.sitewide import SiteTally
from jimo_lint.model import Document, Link, PageClass, PageFacts
from jimo_lint.settings.sections import Site

DAY = date(2026, 11, 22)
BASE = "https://www.example.gov.cn"


def page(path: str, kind: str, *links: str, published: date | None = None, title: str = "", **metas: str) -> Document:
    """A page of the site with links to other paths."""
    url = BASE + path
    moment = datetime.combine(published, datetime.min.time()) if published else None
    found = tuple(Link(BASE + link) for link in links)
    facts = PageFacts(page_class=PageClass(kind))
    return Document(url, url, "site", title, links=found, published=moment, metas=metas, facts=facts)


def tallied(*pages: Document) -> SiteTally:
    """A tally that has seen these pages."""
    tally = SiteTally(Site(name="示例区人民政府"))
    for one in pages:
        tally.add(one)
    return tally


def test_home_is_as_new_as_what_it_links_to() -> None:
    """A newer article elsewhere on the site does not make the home page fresh."""
    home = page("/", "home", "/a/1.html", "/a/")
    old, new = page("/a/1.html", "article", published=date(2026, 10, 1)), date(2026, 11, 20)
    reading = tallied(home, old, page("/a/2.html", "article", published=new), page("/a/", "list", "/a/2.html"))
    assert (reading.reading(DAY).newest_home, reading.reading(DAY).second_level) == (date(2026, 10, 1), False)


@pytest.mark.parametrize(("ahead", "newest"), [(1, 23), (2, 20)])
def test_an_article_further_ahead_than_a_time_zone_makes_no_home_page_fresh(ahead: int, newest: int) -> None:
    """A date of tomorrow may be a clock's difference; a later one is a slip."""
    articles = [page("/a/1.html", "article", published=date(2026, 11, 20))]
    articles.append(page("/a/2.html", "article", published=DAY + timedelta(days=ahead)))
    reading = tallied(page("/", "home", "/a/1.html", "/a/2.html"), *articles).reading(DAY)
    assert reading.newest_home == date(2026, 11, newest)


def test_a_clock_that_is_behind_makes_no_home_page_idle() -> None:
    """Where most articles lie ahead of the day, the old ones prove nothing; one that lies ahead is a slip."""
    home = page("/", "home", *(f"/a/{number}.html" for number in range(5)))
    for ahead, newest in ((1, date(2026, 10, 1)), (4, None)):
        days = [date(2026, 12, 20)] * ahead + [date(2026, 10, 1)] * (5 - ahead)
        articles = [page(f"/a/{number}.html", "article", published=day) for number, day in enumerate(days)]
        assert tallied(home, *articles).reading(DAY).newest_home == newest


def test_home_without_articles_is_judged_by_its_second_level() -> None:
    """In whatever order the pages come, and only where the whole site was read."""
    pages = [
        page("/", "home", "/a/", "/b/"),
        page("/a/", "list", "/a/1.html"),
        page("/b/", "list", "/b/1.html"),
        page("/a/1.html", "article", published=date(2026, 11, 20)),
        page("/b/1.html", "article", published=date(2026, 12, 20)),
        page("/c/1.html", "article", published=date(2026, 11, 21)),
    ]
    for order in (pages, pages[::-1], pages[1:] + pages[:1]):
        reading = tallied(*order).reading(DAY)
        assert (reading.newest_home, reading.second_level) == (date(2026, 11, 20), True)
    unfinished = tallied(*pages).reading(DAY, complete=False)
    assert (unfinished.newest_home, unfinished.second_level) == (None, False)


def test_lacking_metas_are_counted() -> None:
    """Absent and empty metas count by class of page; five samples are kept of any number."""
    metas = {"columnname": "公告", "columndescription": "x", "columnkeywords": "x", "columntype": "x"}
    lists = [page(f"/a/{number}", "list", **metas) for number in range(3)]
    articles = [page(f"/a/{number}.html", "article", **metas, pubdate=" ", articletitle="x") for number in range(9)]
    counts = {(one.page_class, one.name): one for one in tallied(*lists, *articles).reading(DAY).lacking}
    assert counts.keys() == {("article", "PubDate"), ("article", "ContentSource")}
    found = counts["article", "PubDate"]
    assert (found.pages, found.total, len(found.samples)) == (9, 9, 5)


def test_annual_reports_are_kept_by_title() -> None:
    """Titles of pages, rows and links; a date found later is added."""
    tally = tallied(page("/a/1.html", "article", title="2025年政府信息公开年度报告"))
    tally.hear_of("通知公告", None)
    tally.hear_of("2025年政府信息公开年度报告", date(2026, 1, 20))
    tally.hear_of("2025年政府信息公开年度报告", None)
    assert tally.reading(DAY).reports == (("2025年政府信息公开年度报告", date(2026, 1, 20)),)
