"""Sites that set a cookie with a redirect to the same address are read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from jimo_lint.evidence.readings import Listing, column_reading
from jimo_lint.model import Column, Obstacle
from jimo_lint.store import Store
from tests.flows.test_site_spider import AS_OF, _rows
from tests.support.crawling import Job, Reply, html, site


def _reading(folder: Path, url: str) -> tuple[Obstacle, int]:
    with Store.open(folder / ".jimo-lint" / "store.sqlite3", writing=False) as store:
        found = column_reading(Listing.of(Column(url, "栏目", url), store), {}, AS_OF)
    return found.obstacle, found.items


def _gated(reply: Reply, path: str, cookie: str = "waf=1", location: str = "") -> Reply:
    sets = {"Location": location or path, "Set-Cookie": f"{cookie}; path=/; HttpOnly"}
    return replace(reply, cookies=(cookie,), otherwise=sets)


@pytest.mark.parametrize("location", ["", "index.html/..", "http://{host}/list/", "?"])
def test_a_site_behind_a_cookie_is_read(location: str, tmp_path: Path) -> None:
    """However it writes its own address; once it has its cookie, each page costs one request."""

    def answer(path: str) -> Reply | None:
        if path == "/robots.txt":
            return None
        own = location.format(host=server.host) if path == "/list/" else ""
        return _gated(
            html(_rows(1)) if path == "/list/" else html("<a href='/list/'>通知公告</a> 正文"), path, location=own
        )

    with site(answer) as server:
        url = f"{server.url}/list/"
        outcome = Job(tmp_path, (f"{server.url}/",), {"栏目": url}, settings={"concurrency": 1}).run()
        assert outcome["finished"]
        assert server.hits["/list/"] + server.hits["/"] == 3
        assert max(hits for path, hits in server.hits.items() if path.startswith("/article/")) == 1
    assert _reading(tmp_path, url) == (Obstacle.NONE, 10)


def test_all_requests_that_met_the_gate_are_sent_again(tmp_path: Path) -> None:
    """Several are under way before the first cookie comes."""
    with site(lambda path: None if path == "/robots.txt" else _gated(html(_rows(1)), path)) as server:
        columns = {str(number): f"{server.url}/{number}/" for number in range(6)}
        Job(tmp_path, (f"{server.url}/",), columns, settings={"concurrency": 6}).run()
    assert {_reading(tmp_path, url) for url in columns.values()} == {(Obstacle.NONE, 10)}


def test_two_cookies_one_after_the_other(tmp_path: Path) -> None:
    """The second is set to those that have the first, and an old one is taken back."""

    first = {"Location": "/list/", "Set-Cookie": "a=1; path=/"}
    asked = []

    def answer(path: str) -> Reply | None:
        if path != "/list/":
            return html("<p>正文</p>") if path == "/" else None
        asked.append(path)
        if len(asked) == 1:
            return Reply(status=302, headers=first)
        return _gated(html(_rows(1)), path, "b=2")

    with site(answer) as server:
        Job(tmp_path, (f"{server.url}/",), {"栏目": f"{server.url}/list/"}).run()
        assert server.hits["/list/"] == 3
    assert _reading(tmp_path, f"{server.url}/list/") == (Obstacle.NONE, 10)


@pytest.mark.parametrize(
    "cookie", ["", "same=1; path=/", "old=; Max-Age=0", "old=; expires=Thu, 01 Jan 1970 00:00:00 GMT"]
)
def test_a_redirect_to_itself_that_no_cookie_ends(cookie: str, tmp_path: Path) -> None:
    """It is told as before, after few requests."""
    headers = {"Location": "/list/"} | ({"Set-Cookie": cookie} if cookie else {})

    def answer(path: str) -> Reply | None:
        return Reply(status=302, headers=headers) if path == "/list/" else html("<p>正文</p>") if path == "/" else None

    with site(answer) as server:
        Job(tmp_path, (f"{server.url}/",), {"栏目": f"{server.url}/list/"}).run()
        assert server.hits["/list/"] <= 2
    assert _reading(tmp_path, f"{server.url}/list/") == (Obstacle.UNREAD, 0)


def test_a_new_cookie_each_time_does_not_go_on_for_ever(tmp_path: Path) -> None:
    """A session that is never kept."""
    numbers = iter(range(1000))

    def answer(path: str) -> Reply | None:
        if path == "/list/":
            return Reply(status=302, headers={"Location": path, "Set-Cookie": f"s={next(numbers)}"})
        return html("<p>正文</p>") if path == "/" else None

    with site(answer) as server:
        Job(tmp_path, (f"{server.url}/",), {"栏目": f"{server.url}/list/"}).run()
        assert server.hits["/list/"] == 4
