"""What a crawl tells of the site as a whole: how much of it must be read before anything is said to be missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from jimo_lint.evidence.gathering import Gathering
from jimo_lint.model import Document, FetchResult, Link, MaxAge, Problem, ProblemCode, QueuedUrl, SiteReading
from jimo_lint.settings.config import Config
from jimo_lint.settings.sections import Site as ConfigSite
from jimo_lint.store import Store
from tests.support.problems import problem

HOME = "https://www.example.gov.cn/"
SEEN = date(2026, 11, 22)
NEWEST = date(2026, 11, 12)
LIMIT = MaxAge(days=14)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A crawl of 22 November: a home page that leads to one article of 12 November, and 18 pages more."""
    with Store.open(tmp_path / "store.sqlite3", writing=True) as opened:
        crawl = opened.begin_crawl("site", SEEN, resume=False)
        article = f"{HOME}a/1.html"
        pages = [
            Document(HOME, HOME, "site", "首页", links=(Link(article, "会议"),)),
            Document(article, article, "site", "会议", published=datetime(2026, 11, 12), published_from="meta"),
            *(Document(f"{HOME}b/{number}", f"{HOME}b/{number}", "site", "页") for number in range(18)),
        ]
        opened.record([FetchResult(QueuedUrl(page.url), 200, page) for page in pages])
        opened.finish_crawl(crawl)
        yield opened


def read(store: Store, as_of: date, *problems: Problem, complete: bool = True) -> SiteReading:
    """The site as it is judged on a day."""
    gathered = Gathering(Config(site=ConfigSite("示例区人民政府", (HOME,), ("www.example.gov.cn",))), store, as_of)
    assert len(list(gathered.pages())) == 20
    return gathered.site(LIMIT, problems, complete=complete)


@pytest.mark.parametrize(
    ("as_of", "complete", "newest"),
    [
        (SEEN, True, NEWEST),
        # Due on the 26th, when nobody looked: what was published since the 22nd is not known.
        (date(2026, 11, 25), True, NEWEST),
        (date(2026, 11, 26), True, None),
        # Part of the site proves life, and no silence.
        (SEEN, False, NEWEST),
    ],
)
def test_a_home_page_read_before_it_was_due_proves_nothing_later(
    store: Store, as_of: date, complete: bool, newest: date | None
) -> None:
    """The newest date stands as long as it lies within the limit; beyond it only a crawl made then counts."""
    assert read(store, as_of, complete=complete).newest_home == newest


def test_an_idle_home_page_needs_a_whole_crawl(store: Store) -> None:
    """Idle on the day of the crawl: told by a whole crawl only, for the rest may hold something newer."""
    crawl = store.begin_crawl("site", date(2026, 11, 26), resume=False)
    pages = list(store.documents("site"))
    store.record([FetchResult(QueuedUrl(page.url), 200, page) for page in pages])
    store.finish_crawl(crawl)
    day = date(2026, 11, 26)
    assert read(store, day).newest_home == NEWEST
    assert read(store, day, complete=False).newest_home is None


UNREAD = problem(f"{HOME}x", "15 秒内没有读完")


@pytest.mark.parametrize(
    ("problems", "complete", "whole"),
    [
        ((), True, True),
        ((), False, False),
        ((UNREAD,), True, False),
        ((replace(UNREAD, waived=True),), True, True),
    ],
)
def test_what_is_missing_is_said_of_a_site_that_was_read(
    store: Store, problems: tuple[Problem, ...], complete: bool, whole: bool
) -> None:
    """One page unread of twenty is too many, one that robots.txt excludes is none."""
    assert read(store, SEEN, *problems, complete=complete).complete is whole


def test_one_page_unread_of_more_than_twenty_is_what_any_site_has(store: Store) -> None:
    """Else no large site would ever be read; but a bound that was reached may hide any number of pages."""
    store.record([FetchResult(QueuedUrl(f"{HOME}c"), 200, Document(f"{HOME}c", f"{HOME}c", "site", "页"))])
    gathered = Gathering(Config(site=ConfigSite("示例区人民政府", (HOME,))), store, SEEN)
    assert len(list(gathered.pages())) == 21
    assert gathered.site(LIMIT, [UNREAD], complete=True).complete
    assert not gathered.site(LIMIT, [UNREAD, UNREAD], complete=True).complete
    bound = Problem(ProblemCode.MAX_PAGES, "网站抓取", {"most": 21})
    assert not gathered.site(LIMIT, [bound], complete=True).complete
