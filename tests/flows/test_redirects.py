"""Addresses that lead on without end: ten hops, then a problem; the others are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from jimo_lint.evidence.readings import Listing, column_reading
from jimo_lint.model import Column, Obstacle
from jimo_lint.store import Store
from tests.flows.test_site_spider import AS_OF, _rows
from tests.support.crawling import Job, Reply, Site, html, site

ROWS = html(_rows(1))


def moved(target: str) -> Reply:
    """A redirect."""
    return Reply(status=302, headers={"Location": target})


def refreshed(target: str, body: str = "正在跳转……") -> Reply:
    """A page that leads on by itself."""
    return html(body, head=f'<meta http-equiv="refresh" content="0;url={target}">')


# Of addresses below /col/: what each answers, given the number of the request.
ENDLESS: dict[str, Callable[[int], Reply]] = {
    "redirect": lambda number: moved(f"/col/?t={number}"),
    "redirect in the path": lambda number: moved(f"/col/{number}/index.html"),
    "refresh": lambda number: refreshed(f"/col/?t={number}"),
    "mixed": lambda number: (moved if number % 2 else refreshed)(f"/col/?t={number}"),
    "circle": lambda number: moved(f"/col/{'abc'[number % 3]}.html"),
    "circle of refreshes": lambda number: refreshed(f"/col/{'abc'[number % 3]}.html"),
    "pair": lambda number: moved(f"/col/{number % 2}.html"),
}


@pytest.fixture
def endless(request: pytest.FixtureRequest) -> Iterator[Site]:
    """A site whose start page and one column are there, and whose other column leads on without end."""
    numbers = count(1)

    def answer(path: str) -> Reply | None:
        if path.startswith("/col/"):
            return ENDLESS[request.param](next(numbers))
        if path == "/robots.txt":
            return None
        return ROWS if path == "/good/" else html('<p>正文</p><a href="/article/1.html">页</a>')

    with site(answer) as server:
        yield server


def reading(folder: Path, url: str) -> tuple[Obstacle, str, int]:
    """Why a column was not read, and how many rows it has."""
    column = Column(url, "栏目", url)
    with Store.open(folder / ".jimo-lint" / "store.sqlite3", writing=False) as store:
        found = column_reading(Listing.of(column, store), {}, AS_OF)
    return found.obstacle, found.reason, found.items


@pytest.mark.parametrize("endless", ENDLESS, indirect=True)
def test_a_column_that_redirects_for_ever(endless: Site, tmp_path: Path) -> None:
    """It is asked for eleven times at most and says why it was not read; the other column and the pages are read."""
    columns = {"好": f"{endless.url}/good/", "坏": f"{endless.url}/col/"}
    outcome = Job(tmp_path, (f"{endless.url}/",), columns, settings={"max_pages": 60}).run()
    assert outcome["finished"] and not outcome["reason"]
    assert sum(hits for path, hits in endless.hits.items() if path.startswith("/col/")) <= 11
    assert reading(tmp_path, columns["好"]) == (Obstacle.NONE, "", 10)
    obstacle, reason, rows = reading(tmp_path, columns["坏"])
    assert (obstacle, rows) == (Obstacle.UNREAD, 0)
    assert columns["坏"] in reason and "没有读到内容" in reason
    with Store.open(tmp_path / ".jimo-lint" / "store.sqlite3", writing=False) as store:
        assert [problem.excused for problem in store.problems("site")] == [False]


@pytest.mark.parametrize("endless", ["redirect", "refresh", "circle"], indirect=True)
def test_a_page_that_redirects_for_ever(endless: Site, tmp_path: Path) -> None:
    """So does an ordinary page, and a start page; they cost nobody's bounds."""
    starts = (f"{endless.url}/", f"{endless.url}/col/")
    outcome = Job(tmp_path, starts, settings={"max_depth": 100}).run()
    assert outcome["finished"]
    assert sum(hits for path, hits in endless.hits.items() if path.startswith("/col/")) <= 11
    with Store.open(tmp_path / ".jimo-lint" / "store.sqlite3", writing=False) as store:
        (problem,) = store.problems("site")
    assert starts[1] in problem.message and "没有读到内容" in problem.message


def test_ten_hops_are_followed(tmp_path: Path) -> None:
    """A column ten redirects away is read."""
    hops = {f"/{number}.html": moved(f"/{number + 1}.html") for number in range(10)}
    with site({**hops, "/": html("<p>首页</p>"), "/10.html": ROWS}.get) as server:
        Job(tmp_path, (f"{server.url}/",), {"栏目": f"{server.url}/0.html"}).run()
        assert reading(tmp_path, f"{server.url}/0.html") == (Obstacle.NONE, "", 10)


def test_a_page_that_loads_itself_anew_is_read(tmp_path: Path) -> None:
    """A list, or a page with words of its own, whose refresh always has another address is no fault."""
    numbers = count(1)
    words = "区水利局组织开展汛前检查，对辖区内的水库逐一排查。" * 12

    def answer(path: str) -> Reply | None:
        if path.startswith("/live/"):
            return refreshed(f"/live/?t={next(numbers)}", _rows(1))
        if path.startswith("/screen/"):
            return refreshed(f"/screen/?t={next(numbers)}", f"<p>{words}</p>")
        return html('<a href="/screen/">大屏</a>' if path == "/" else "<p>正文</p>") if path != "/robots.txt" else None

    with site(answer) as server:
        outcome = Job(tmp_path, (f"{server.url}/",), {"栏目": f"{server.url}/live/"}).run()
        assert outcome["finished"] and outcome["failed"] == 0
        assert reading(tmp_path, f"{server.url}/live/") == (Obstacle.NONE, "", 10)


def test_an_interface_that_redirects_for_ever(tmp_path: Path) -> None:
    """It is asked eleven times at most, as an interface, and the column says that it was not read."""
    numbers = count(2)
    config = "<script>window._CONFIG = {SID: '755031'};</script>"
    page = f'<div id="app"></div>{config}<script src="/gkmlpt/js/app.js"></script>'

    def answer(path: str) -> Reply | None:
        if path.startswith("/gkmlpt/api/"):
            return moved(f"/gkmlpt/api/all/21?page={next(numbers)}&sid=755031")
        return html(page) if path.startswith("/gkmlpt/index") else html("<p>首页</p>") if path == "/" else None

    with site(answer) as server:
        Job(tmp_path, (f"{server.url}/",), {"栏目": f"{server.url}/gkmlpt/index#21"}).run()
        asked = sum(hits for path, hits in server.hits.items() if path.startswith("/gkmlpt/api/"))
        with Store.open(tmp_path / ".jimo-lint" / "store.sqlite3", writing=False) as store:
            (problem,) = store.problems("site")
    assert 1 < asked <= 11
    assert "/gkmlpt/api/" in problem.message and "没有读到内容" in problem.message


ID = "370102199003074519"  # invented, with a right check digit


@pytest.mark.parametrize("lead", [moved, refreshed])
def test_what_leads_to_an_address_with_personal_data(tmp_path: Path, lead: Callable[[str], Reply]) -> None:
    """It is not followed, and that is said, masked: of a column as something not done, of a page as a hint."""
    pages = {
        "/": html('<p>首页</p><a href="/a.html">甲</a>'),
        "/a.html": lead(f"/f?sfz={ID}"),
        "/col/": lead(f"/{ID}/"),
    }
    with site(pages.get) as server:
        column = f"{server.url}/col/"
        Job(tmp_path, (f"{server.url}/",), {"栏目": column}).run()
        assert not any(ID in path for path in server.hits)
        assert reading(tmp_path, column)[0] == Obstacle.UNREAD
    with Store.open(tmp_path / ".jimo-lint" / "store.sqlite3", writing=False) as store:
        told = {problem.place: (problem.message, problem.excused) for problem in store.problems("site")}
    said = "转到了带有身份证号或手机号的地址（{}），没有跟随，请整改这个地址"
    assert told[column] == (said.format(f"{server.url}/37**************19/"), False)
    assert told[f"{server.url}/a.html"] == (said.format(f"{server.url}/f?sfz=37**************19"), True)
