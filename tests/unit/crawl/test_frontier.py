"""The frontier: what is asked for, in which order, and where it stops."""

from __future__ import annotations

import pytest

from jimo_lint.crawl.frontier import Frontier
from jimo_lint.model import Problem, ProblemCode, QueuedUrl


def _frontier(max_pages: int = 20_000, max_depth: int = 12, per_host: int = 2) -> Frontier:
    return Frontier(["a.gov.cn", "b.gov.cn"], max_pages=max_pages, max_depth=max_depth, per_host=per_host, year=2026)


def _drain(frontier: Frontier) -> list[str]:
    urls: list[str] = []
    while batch := frontier.ready():
        for one in batch:
            urls.append(one.url)
            frontier.done(one, answered=True)
    return urls


@pytest.mark.parametrize(
    "url",
    [
        "http://c.gov.cn/",
        "http://a.gov.cn:8080/",
        "http://user@a.gov.cn/",
        "ftp://a.gov.cn/",
        "http://[",
        "http://a.gov.cn/" + "x" * 2100,
        "http://a.gov.cn/news/x/news/x/news/x/",
        "http://a.gov.cn/calendar/2031/05/",
        "http://a.gov.cn/events?year=1871&month=3",
        "http://a.gov.cn/q?mobile=13800138000",
    ],
)
def test_an_address_that_is_not_asked_for(url: str) -> None:
    """Other hosts and ports, other schemes, endless paths, far-off years and personal data are left out."""
    frontier = _frontier()
    assert frontier.offer(url, 1) is None
    assert frontier.ready() == []


@pytest.mark.parametrize(
    "url",
    [
        "http://a.gov.cn/info/1045/20871.htm",
        "http://a.gov.cn/art/2025/12/5/art_1229_58.html",
        "http://b.gov.cn:80/zwgk/xxgk/xxgkml/",
        "http://a.gov.cn/show.jsp?cid=12&id=20871",
    ],
)
def test_an_address_that_only_looks_like_a_trap(url: str) -> None:
    """Addresses as content systems of government sites write them are taken."""
    assert _frontier().offer(url, 1) is not None


def test_an_address_is_taken_once_however_it_is_written() -> None:
    """Fragments, default ports and capitals in the host do not make another address."""
    frontier = _frontier()
    for url in ("http://a.gov.cn/x", "http://A.gov.cn/x", "http://a.gov.cn:80/x#top", "http://a.gov.cn/x"):
        frontier.offer(url, 1)
    assert _drain(frontier) == ["http://a.gov.cn/x"]


def test_lists_come_before_pages_and_hosts_take_turns() -> None:
    """List pages of columns go first; a host never has more than its share in flight."""
    frontier = _frontier()
    for one in range(5):
        frontier.offer(f"http://a.gov.cn/{one}", 1)
    frontier.offer("http://b.gov.cn/", 1)
    frontier.offer("http://a.gov.cn/list/", 1, "c", 1)
    first = frontier.ready()
    assert [one.url for one in first] == ["http://a.gov.cn/list/", "http://a.gov.cn/0", "http://b.gov.cn/"]
    assert frontier.ready() == []
    frontier.done(first[0], answered=True)
    assert [one.url for one in frontier.ready()] == ["http://a.gov.cn/1"]


def test_a_page_that_turns_out_to_be_a_list_is_taken_again() -> None:
    """An address met as an ordinary page is taken once more as a column's list page, and only once."""
    frontier = _frontier()
    frontier.offer("http://a.gov.cn/list/2", 1)
    assert frontier.offer("http://a.gov.cn/list/2", 1, "c", 2) == QueuedUrl("http://a.gov.cn/list/2", 1, "c", 2)
    assert frontier.offer("http://a.gov.cn/list/2", 1, "c", 2) is None
    assert frontier.is_list("http://a.gov.cn/list/2")


def test_memory_is_bounded_by_max_pages() -> None:
    """A site that shows a million links queues no more addresses than will be asked for, and that is noted."""
    frontier = _frontier(max_pages=100)
    for one in range(1000):
        frontier.offer(f"http://a.gov.cn/{one}", 1)
    assert frontier.waiting == 100
    assert len(_drain(frontier)) == 100
    assert [(note.message[:20], note.excused) for note in frontier.notes] == [("已达到 max_pages = 100，", False)]


def test_a_folder_without_end_is_cut_off() -> None:
    """One folder takes at most its budget, and the note names the folder."""
    frontier = _frontier()
    for one in range(6000):
        frontier.offer(f"http://a.gov.cn/day/{one}.html", 1)
    assert frontier.waiting == 5000
    assert Problem(ProblemCode.FULL_FOLDER, "a.gov.cn/day/", {"most": 5000}) in frontier.notes


def test_a_silent_host_is_given_up_and_others_go_on() -> None:
    """Five addresses in a row without an answer, and the rest of that host waits for another run."""
    frontier = _frontier(per_host=1)
    for one in range(20):
        frontier.offer(f"http://a.gov.cn/{one}", 1)
    frontier.offer("http://b.gov.cn/", 1)
    asked = []
    while batch := frontier.ready():
        for one in batch:
            asked.append(one.url)
            frontier.done(one, answered="b.gov.cn" in one.url)
    assert len(asked) == 6
    assert list(frontier.given_up) == ["a.gov.cn"]
    assert frontier.waiting == 15


def test_a_resumed_crawl_knows_what_it_asked() -> None:
    """What an earlier process found is not taken again; what it left pending is asked."""
    frontier = _frontier()
    frontier.remember("http://a.gov.cn/1")
    frontier.remember("http://a.gov.cn/2")
    frontier.restore(QueuedUrl("http://a.gov.cn/2", 1))
    assert frontier.offer("http://a.gov.cn/1", 1) is None
    assert _drain(frontier) == ["http://a.gov.cn/2"]


def test_list_pages_are_numbered_and_bounded_across_a_resume() -> None:
    """Pages are numbered as they are taken; a crawl that is resumed goes on counting where the first one stopped."""
    frontier = _frontier()
    frontier.restore(QueuedUrl("http://a.gov.cn/list/", 1, "http://a.gov.cn/list/", 1))
    asked = frontier.ready()[0]
    pages = [frontier.turn(f"http://a.gov.cn/list/index_{number}.html", asked) for number in range(2, 5)]
    assert [page and page.page for page in pages] == [2, 3, 4]
    assert frontier.turn("http://a.gov.cn/list/index_3.html", asked) is None
    assert frontier.full(asked.url, 4) and not frontier.full(asked.url, 5)
    resumed = _frontier()
    resumed.restore(QueuedUrl("http://a.gov.cn/list/index_199.html", 1, "http://a.gov.cn/list/", 199))
    assert not resumed.full("http://a.gov.cn/list/", 200)
    last = resumed.turn("http://a.gov.cn/list/index_200.html", asked)
    assert last and last.page == 200 and resumed.full("http://a.gov.cn/list/", 200)


def test_what_is_left_is_never_asked_for() -> None:
    """An address that is left out of a long list is not taken as an ordinary page either."""
    frontier = _frontier()
    frontier.leave("http://a.gov.cn/list/index_900.html")
    assert frontier.offer("http://a.gov.cn/list/index_900.html", 1) is None
