"""robots.txt: what it forbids is not asked, one that cannot be read forbids all, one that is not there nothing."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from jimo_lint.model.reasons import LINK_REASONS
from jimo_lint.network.reach import USER_AGENT
from tests.support.crawling import Reply, Site, html, site
from tests.support.program import jimo_lint

TEXT = {"Content-Type": "text/plain"}
RULES = b"User-agent: jimo-lint\nDisallow: /shut/\n\nUser-agent: *\nAllow: /\n"
CONFIG = '[site]\nstart = ["{url}/"]\n[crawl]\nallow_private = true\ndelay = 0\ntimeout = 2\n'
# A robots.txt, and what may be asked in its light.
READ = {
    "rules": (Reply(RULES, headers=TEXT), {"/open/1.html", "/moved.html"}),
    "in UTF-16": (Reply(RULES.decode().encode("utf-16"), headers=TEXT), {"/open/1.html", "/moved.html"}),
    "with notes in GBK": (Reply("# 后台不许采集\n".encode("gbk") + RULES), {"/open/1.html", "/moved.html"}),
    "with a mark": (Reply(b"\xef\xbb\xbf" + RULES, headers=TEXT), {"/open/1.html", "/moved.html"}),
    "behind a redirect": (
        Reply(status=301, headers={"Location": "/there.txt"}),
        {"/open/1.html", "/moved.html"},
    ),
    "not there": (Reply(RULES, 404), {"/open/1.html", "/moved.html", "/shut/1.html", "/shut/2.html"}),
    "refused": (Reply(RULES, 403), {"/open/1.html", "/moved.html", "/shut/1.html", "/shut/2.html"}),
    "empty": (Reply(b"", headers=TEXT), {"/open/1.html", "/moved.html", "/shut/1.html", "/shut/2.html"}),
    "of a broken server": (Reply(b"", 500), set()),
    "out of service": (Reply(RULES, 503), set()),
    "asked too often": (Reply(RULES, 429, headers={"Retry-After": "0"}), set()),
    "asked too often for a while": (Reply(RULES, 429, headers={"Retry-After": "3600"}), set()),
}
ALL = {"/open/1.html", "/moved.html", "/shut/1.html", "/shut/2.html"}


def _site(robots: Reply) -> Any:
    pages = {
        "/robots.txt": robots,
        "/there.txt": Reply(RULES, headers=TEXT),
        "/": html('<a href="/open/1.html">甲</a><a href="/shut/1.html">乙</a><a href="/moved.html">丙</a>'),
        "/open/1.html": html("<p>公开的内容</p>"),
        "/shut/1.html": html("<p>不许采集的内容</p>"),
        "/shut/2.html": html("<p>不许采集的内容</p>"),
        "/moved.html": Reply(status=302, headers={"Location": "/shut/2.html"}),
    }
    return site(pages.get)


def _asked(server: Site) -> set[str]:
    return {path for path in server.hits if path in ALL}


def _links(server: Site, folder: Path, *more: str) -> dict[str, Any]:
    (folder / "page.html").write_text(
        '<a href="/open/1.html">甲</a><a href="/shut/1.html">乙</a><a href="/moved.html">丙</a>', encoding="utf-8"
    )
    done = jimo_lint("links", "page.html", "--base", f"{server.url}/", "-f", "json", *more, cwd=folder)
    report: dict[str, Any] = json.loads(done.stdout)
    return report


@pytest.mark.parametrize("name", READ)
def test_the_crawl_obeys(name: str, tmp_path: Path) -> None:
    """No page is asked that robots.txt forbids; where nothing may be asked the run fails and says why."""
    robots, allowed = READ[name]
    with _site(robots) as server:
        (tmp_path / "jimo-lint.toml").write_text(CONFIG.format(url=server.url), encoding="utf-8")
        done = jimo_lint("inspect", "columns", "--no-links", "-f", "json", cwd=tmp_path)
        assert _asked(server) == allowed
    if not allowed:
        assert done.returncode == 2
        assert "没有读到 robots.txt" in done.stdout + done.stderr


@pytest.mark.parametrize("name", READ)
def test_the_link_check_obeys_likewise(name: str, tmp_path: Path) -> None:
    """Links of the site that robots.txt bars are not checked, and the reason stands in place of a verdict."""
    robots, allowed = READ[name]
    with _site(robots) as server:
        (tmp_path / "jimo-lint.toml").write_text(CONFIG.format(url=server.url), encoding="utf-8")
        rows = {row["url"].removeprefix(server.url): row for row in _links(server, tmp_path)["links"]}
        assert _asked(server) == allowed
        assert server.agents == {USER_AGENT}
    reason = "robots" if allowed else "robots-unread"
    for path in ("/open/1.html", "/shut/1.html"):
        expected = ("alive", "ok") if path in allowed else (None, reason)
        assert (rows[path]["verdict"], rows[path]["reason"]) == expected
        assert rows[path]["reason_text"] == LINK_REASONS[expected[1]]


def test_an_inspection_counts_barred_links_as_unchecked(tmp_path: Path) -> None:
    """The crawl names the page that it may not read, and the link check does not ask for it either."""
    with _site(READ["rules"][0]) as server:
        (tmp_path / "jimo-lint.toml").write_text(CONFIG.format(url=server.url), encoding="utf-8")
        report = json.loads(jimo_lint("inspect", "columns", "-f", "json", cwd=tmp_path).stdout)
        assert _asked(server) == {"/open/1.html", "/moved.html"}
    [row] = [row for row in report["links"] if row["url"].endswith("/shut/1.html")]
    assert (row["verdict"], row["reason"]) == (None, "robots")
    assert sum(count["unchecked"] for count in report["link_counts"]) == 1
    assert not [finding for finding in report["findings"] if finding["code"] in ("L101", "L107")]


def test_whose_site_it_is_may_check_all(tmp_path: Path) -> None:
    """obey_robots = false asks everything, and robots.txt is not even read."""
    with _site(READ["rules"][0]) as server:
        config = CONFIG.format(url=server.url) + "obey_robots = false\n"
        (tmp_path / "jimo-lint.toml").write_text(config, encoding="utf-8")
        rows = _links(server, tmp_path)["links"]
        assert {row["reason"] for row in rows} == {"ok"}
        assert "/robots.txt" not in server.hits


def test_links_to_other_sites_are_asked_without_their_robots_txt(tmp_path: Path) -> None:
    """A person's click is what a link check stands for; it is no crawl of the others' sites."""
    with _site(READ["out of service"][0]) as server:
        (tmp_path / "list.txt").write_text(f"{server.url}/open/1.html\n", encoding="utf-8")
        done = jimo_lint("links", "list.txt", "--allow-private", "-f", "json", cwd=tmp_path)
        assert [row["reason"] for row in json.loads(done.stdout)["links"]] == ["ok"]
        assert "/robots.txt" not in server.hits


def test_a_host_that_is_not_there_is_told_as_such(tmp_path: Path) -> None:
    """Where nothing answers at all, robots.txt is not what is wrong."""
    with _site(READ["rules"][0]) as server:
        url = server.url
    (tmp_path / "jimo-lint.toml").write_text(CONFIG.format(url=url), encoding="utf-8")
    done = jimo_lint("inspect", "columns", "--no-links", cwd=tmp_path)
    assert done.returncode == 2
    assert "拒绝连接" in done.stdout and "robots" not in done.stdout


SLOW = b"User-agent: *\nCrawl-delay: 0.4\n"
PAGES = [f"/a/{number}.html" for number in range(2)]


def _timed(robots: Callable[[], Reply]) -> tuple[Any, list[tuple[str, float]]]:
    """A site of a few pages and a file, and what is asked of it and when."""
    asked: list[tuple[str, float]] = []
    links = "".join(f'<a href="{path}">页面</a>' for path in PAGES)

    def answer(path: str) -> Reply | None:
        asked.append((path, time.monotonic()))
        if path == "/robots.txt":
            return robots()
        if path == "/a.txt":
            return Reply("附件里的文字".encode(), headers=TEXT)
        return html(f'{links}<a href="/a.txt">附件</a><a href="/none.html">丙</a>') if path == "/" else None

    return site(lambda path: answer(path) or (html("<p>内容</p>") if path in PAGES else None)), asked


def _is_slow(asked: list[tuple[str, float]]) -> bool:
    """Whether requests came 0.4 s apart, measured at a server that a busy machine may hold up; a part of the run reads
    robots.txt first, which begins anew."""
    gaps = [now - before for (_, before), (path, now) in pairwise(asked) if path != "/robots.txt"]
    return len(gaps) >= 2 and min(gaps) >= 0.25 and sum(gaps) >= 0.38 * len(gaps)


def test_no_part_of_an_inspection_is_faster_than_robots_txt_wants(tmp_path: Path) -> None:
    """Pages, files and links of the host are asked for at its pace, which is said once."""
    served, asked = _timed(lambda: Reply(SLOW, headers=TEXT))
    with served as server:
        config = CONFIG.format(url=server.url).replace("delay = 0", "delay = 0.1")
        (tmp_path / "jimo-lint.toml").write_text(config, encoding="utf-8")
        report = json.loads(jimo_lint("inspect", "columns", "-f", "json", cwd=tmp_path).stdout)
    assert {path for path, _ in asked} == {"/robots.txt", "/", "/a.txt", "/none.html", *PAGES}
    assert _is_slow(asked)
    paces = [(one["place"], one["args"]) for one in report["problems"] if one["code"] == "pace"]
    assert paces == [(server.host, {"wish": "0.4"})]
    assert report["run"]["complete"]


def test_a_round_of_watching_and_a_list_of_links_keep_the_pace(tmp_path: Path) -> None:
    """The lighter commands ask the host no faster, and say so."""
    served, asked = _timed(lambda: Reply(SLOW, headers=TEXT))
    with served as server:
        (tmp_path / "jimo-lint.toml").write_text(CONFIG.format(url=server.url), encoding="utf-8")
        jimo_lint("inspect", "columns", "--no-links", cwd=tmp_path)
        asked.clear()
        watched = jimo_lint("watch", cwd=tmp_path)
        assert [path for path, _ in asked][:2] == ["/robots.txt", "/"] and "/none.html" in dict(asked)
        assert _is_slow(asked)
        asked.clear()
        listed = _links(server, tmp_path)
        assert _is_slow(asked)
    assert "0.4 秒，已照办" in watched.stdout + watched.stderr
    assert [one["code"] for one in listed["problems"]] == ["pace"]


def test_a_host_that_was_asked_too_often_is_asked_again_when_it_says(tmp_path: Path) -> None:
    """A robots.txt answered with 429 is waited for, by the crawl and by the link check, and then obeyed."""
    left = {"crawl": 1}
    rules = Reply(b"User-agent: *\nDisallow: /a/\n", headers=TEXT)

    def robots() -> Reply:
        left["crawl"] -= 1
        return Reply(status=429, headers={"Retry-After": "1"}) if left["crawl"] >= 0 else rules

    served, asked = _timed(robots)
    with served as server:
        (tmp_path / "jimo-lint.toml").write_text(CONFIG.format(url=server.url), encoding="utf-8")
        jimo_lint("inspect", "columns", "--no-links", cwd=tmp_path)
        assert [path for path, _ in asked][:3] == ["/robots.txt", "/robots.txt", "/"]
        assert asked[1][1] - asked[0][1] >= 0.99
        asked.clear()
        left["crawl"] = 1
        _links(server, tmp_path)
        assert [path for path, _ in asked][:2] == ["/robots.txt", "/robots.txt"]
        assert asked[1][1] - asked[0][1] >= 0.99
    assert not {path for path, _ in asked} & set(PAGES)


def test_a_page_that_is_asked_too_often_is_waited_for(tmp_path: Path) -> None:
    """As long as its server says where that is soon; one that wants to wait for long is not asked once more."""
    asked: list[tuple[str, float]] = []

    def answer(path: str) -> Reply | None:
        asked.append((path, time.monotonic()))
        if path == "/":
            return html('<a href="/soon.html">甲</a><a href="/late.html">乙</a>')
        if path == "/soon.html" and [one for one, _ in asked].count(path) == 1:
            return Reply(status=429, headers={"Retry-After": "1"})
        return {"/soon.html": html("<p>内容</p>"), "/late.html": Reply(status=429, headers={"Retry-After": "99"})}.get(
            path
        )

    with site(answer) as server:
        (tmp_path / "jimo-lint.toml").write_text(CONFIG.format(url=server.url), encoding="utf-8")
        report = json.loads(jimo_lint("inspect", "columns", "--no-links", "-f", "json", cwd=tmp_path).stdout)
    soon = [when for path, when in asked if path == "/soon.html"]
    assert len(soon) == 2 and soon[1] - soon[0] >= 0.99
    assert [path for path, _ in asked].count("/late.html") == 1
    assert [(one["place"], one["code"]) for one in report["problems"]] == [(f"{server.url}/late.html", "too-often")]
