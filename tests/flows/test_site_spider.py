"""The site spider against a server that does what real and hostile sites do."""

from __future__ import annotations

import gzip
import re
import sqlite3
import time
import zlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from jimo_lint.model import Document
from jimo_lint.store import ListPage, Store
from tests.support.crawling import Job, Reply, Site, html, site

AS_OF = date(2026, 1, 31)
RESIDENT_ID = "11010519491231002X"  # the example of GB 11643-1999
MOBILE = "13800138000"
GIGABYTE_BOMB = gzip.compress(b"<p>0</p>" * 4_000_000, 9)  # 32 MB in 30 kB
_LINKED = f"""
    /gb2312.html /bomb.html /long.html /endless.html /drip.html /away /moved /secret/plan.html /refresh.html
    /download?id=7 /missing.html /broken.html /person.html /circle /deep/ /calendar/1 /filter /shielded.html /plain
    /user?mobile={MOBILE} javascript:void(0) http://[bad /report.pdf /photo.jpg
"""
_GB2312 = '<html><head><meta charset="gb2312"><title>公示</title></head><body><p>镕字不在 gb2312 里。</p></body></html>'
HTML = {"Content-Type": "text/html; charset=utf-8"}


def _rows(page: int, count: int = 10) -> str:
    rows = (
        f'<li><a href="/article/{page}-{one}.html">第 {page} 页第 {one} 条通知的标题写在这里</a>'
        f"<span>2026-01-{one + 10}</span></li>"
        for one in range(count)
    )
    return f"<div class='list'><ul>{''.join(rows)}</ul></div>"


def _drip() -> Iterator[bytes]:
    while True:
        yield b"<p>more</p>"
        time.sleep(0.2)


def _twelve_megabytes() -> Iterator[bytes]:
    for _ in range(12 * 16):
        yield b"x" * 65536


def _answer(path: str, elsewhere: str) -> Reply | None:
    """The site: one path for each thing that may go wrong."""
    plain = {
        "/robots.txt": Reply(b"User-agent: *\nDisallow: /secret/\n", headers={"Content-Type": "text/plain"}),
        "/": html("".join(f'<p><a href="{href}">去 {href}</a></p>' for href in _LINKED.split())),
        "/gb2312.html": Reply(_GB2312.encode("gb18030"), headers={"Content-Type": "text/html; charset=gb2312"}),
        "/bomb.html": Reply(GIGABYTE_BOMB, headers={**HTML, "Content-Encoding": "gzip"}),
        "/long.html": Reply(b"", headers={**HTML, "Content-Length": str(12 << 20)}),
        "/endless.html": Reply(headers=HTML, chunks=_twelve_megabytes),
        "/drip.html": Reply(headers=HTML, chunks=_drip),
        "/away": Reply(status=302, headers={"Location": f"{elsewhere}/stolen.html"}),
        "/moved": Reply(status=301, headers={"Location": "/target.html"}),
        "/target.html": html("<p>搬到了这里。</p>"),
        "/circle": Reply(status=302, headers={"Location": "/circle"}),
        "/secret/plan.html": html("<p>不许读。</p>"),
        "/refresh.html": html("", head='<meta http-equiv="refresh" content="0; url=/landed.html">'),
        "/landed.html": html("<p>转到了这里。</p>"),
        "/download?id=7": Reply(headers={"Content-Type": "application/pdf"}, chunks=_twelve_megabytes),
        "/broken.html": Reply(b"broken", 500),
        "/shielded.html": Reply(b"<script>challenge()</script>", 412, HTML),
        "/person.html": html(f"<p>张三，身份证号 {RESIDENT_ID}，电话 {MOBILE}。</p>", title=f"公示 {RESIDENT_ID}"),
        "/plain": Reply("<html><title>没有写类型</title><p>一段文字。</p></html>".encode()),
        "/static/index.html": html(
            _rows(1) + '<div class="page"><a href="index_2.html">2</a> <a href="index_2.html">下一页</a></div>'
        ),
        "/static/index_2.html": html(
            _rows(2, 3)
            + '<div class="page"><a href="index.html">上一页</a> <a href="/user?mobile='
            + MOBILE
            + '">x</a></div>'
        ),
        "/trs/": html(_rows(3) + '<script>createPageHTML(3, 0, "index", "html");</script>'),
        "/trs/index_1.html": html(_rows(4) + '<script>createPageHTML(3, 1, "index", "html");</script>'),
        "/trs/index_2.html": html(_rows(5) + '<script>createPageHTML(3, 2, "index", "html");</script>'),
        "/old-column/": Reply(status=302, headers={"Location": "/new-column/"}),
        "/new-column/": html(_rows(6)),
    }
    if path in plain:
        return plain[path]
    if path.startswith("/article/"):
        return html("<h1>关于某事的通知</h1><div class='content'><p>各单位：现将有关事项通知如下。</p></div>")
    if path.startswith("/deep/"):
        return html('<a href="deep/">更深</a>')
    if found := re.fullmatch(r"/calendar/(\d+)", path):
        return html("".join(f'<a href="/calendar/{int(found[1]) + step}">日</a>' for step in range(1, 4)))
    if path.startswith("/filter"):
        return html("".join(f'<a href="/filter?a={n}&amp;b=1&amp;c=2">选</a>' for n in range(200)))
    return None


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    """One crawl of the whole site, and what came of it."""
    folder = tmp_path_factory.mktemp("site")
    with site(lambda path: html("<p>别处</p>")) as elsewhere, site(lambda path: _answer(path, elsewhere.url)) as server:
        columns = {name: f"{server.url}/{path}" for name, path in _COLUMNS.items()} | {
            "站外栏目": f"{elsewhere.url}/list/"
        }
        job = Job(folder, (f"{server.url}/",), columns, settings={"timeout": 2.0, "max_depth": 5, "concurrency": 4})
        outcome = job.run()
        path = folder / ".jimo-lint" / "store.sqlite3"
        with Store.open(path, writing=False) as store:
            yield SimpleNamespace(
                outcome=outcome,
                server=server,
                elsewhere=elsewhere,
                path=path,
                pages={one.id.removeprefix(server.url): one for one in store.documents("site")},
                problems={one.place.removeprefix(server.url): one.message for one in store.problems("site")},
                excused={one.place.removeprefix(server.url) for one in store.problems("site") if one.excused},
                lists={name: list(store.list_pages(url)) for name, url in columns.items()},
                targets={one.url.removeprefix(server.url): one for one in store.link_targets("site")},
            )


_COLUMNS = {"静态列表": "static/index.html", "TRS 列表": "trs/", "搬家的栏目": "old-column/", "没有的栏目": "gone/"}


def _page(crawled: SimpleNamespace, path: str) -> Document:
    page = crawled.pages[path]
    assert isinstance(page, Document)
    return page


def _list(crawled: SimpleNamespace, name: str) -> list[ListPage]:
    return list(crawled.lists[name])


def test_a_crawl_finishes_whatever_single_pages_do(crawled: SimpleNamespace) -> None:
    """A crawl with broken, endless and hostile pages ends as finished and counts pages and failures."""
    assert crawled.outcome["finished"], crawled.outcome
    assert crawled.outcome["reason"] == ""
    assert crawled.outcome["pages"] == len(crawled.pages)
    assert crawled.outcome["failed"] >= 8


def test_gb2312_is_read_as_gb18030(crawled: SimpleNamespace) -> None:
    """A page that says gb2312 but holds characters of gb18030 is read without loss."""
    assert "镕" in _page(crawled, "/gb2312.html").text


def test_a_decompression_bomb_is_stopped(crawled: SimpleNamespace) -> None:
    """A small gzip body that swells past 10 MB is a problem, not a page."""
    assert crawled.problems["/bomb.html"] == "解压后超过 10 MB，没有读"
    assert "/bomb.html" not in crawled.pages


@pytest.mark.parametrize("path", ["/long.html", "/endless.html"])
def test_a_page_over_ten_megabytes_is_stopped(crawled: SimpleNamespace, path: str) -> None:
    """Twelve megabytes are not read, whether announced by the length or just sent."""
    assert crawled.problems[path] == "页面超过 10 MB，没有读"


def test_a_page_that_never_ends_times_out(crawled: SimpleNamespace) -> None:
    """A body that drips for ever is given up after the timeout, having been tried three times."""
    assert "2 秒内没有读完" in crawled.problems["/drip.html"]
    assert crawled.server.hits["/drip.html"] == 3


def test_a_redirect_off_the_site_is_not_followed(crawled: SimpleNamespace) -> None:
    """A redirect to a host that is not configured is reported with that host, which is never asked."""
    assert crawled.elsewhere.host in crawled.problems["/away"]
    assert "重定向到站外" in crawled.problems["/away"]
    assert not crawled.elsewhere.hits


def test_a_redirect_within_the_site_is_followed(crawled: SimpleNamespace) -> None:
    """The target of a redirect is stored under its own address; the hop is neither page nor problem."""
    assert "搬到了这里" in _page(crawled, "/target.html").text
    assert "/moved" not in crawled.pages
    assert "/moved" not in crawled.problems


def test_a_redirect_to_itself_is_a_problem(crawled: SimpleNamespace) -> None:
    """A redirect that leads back to its own address is reported and asked once."""
    assert "重定向到自身" in crawled.problems["/circle"]
    assert crawled.server.hits["/circle"] == 1


def test_robots_txt_is_obeyed(crawled: SimpleNamespace) -> None:
    """A page that robots.txt forbids is never asked for, and said to be unread for that reason."""
    assert crawled.server.hits["/secret/plan.html"] == 0
    assert "robots.txt" in crawled.problems["/secret/plan.html"]


def test_the_crawler_names_itself(crawled: SimpleNamespace) -> None:
    """Every request carries the program's own name."""
    assert {agent.partition("/")[0] for agent in crawled.server.agents} == {"jimo-lint"}


def test_a_meta_refresh_is_followed(crawled: SimpleNamespace) -> None:
    """Where a meta refresh leads is read too."""
    assert "转到了这里" in _page(crawled, "/landed.html").text


def test_what_is_no_page_is_not_downloaded(crawled: SimpleNamespace) -> None:
    """A document behind an address without extension is left after its headers; links to files are never asked."""
    assert "/download?id=7" not in crawled.pages
    assert "/download?id=7" not in crawled.problems
    assert crawled.server.hits["/report.pdf"] == crawled.server.hits["/photo.jpg"] == 0
    assert crawled.targets["/report.pdf"].kind == "attachment"


def test_failures_are_told_apart(crawled: SimpleNamespace) -> None:
    """A broken server and a protection that blocks robots have their own words; a missing page is a dead link."""
    assert "/missing.html" not in crawled.problems
    assert "HTTP 500" in crawled.problems["/broken.html"]
    assert crawled.server.hits["/broken.html"] == 3
    assert "不等于失效" in crawled.problems["/shielded.html"]


def test_what_is_left_out_by_rule_is_excused(crawled: SimpleNamespace) -> None:
    """robots.txt and pages that lead to another site do not make a run fail; a page that never ends does."""
    assert {"/secret/plan.html", "/away"} <= crawled.excused
    assert not {"/drip.html", "/bomb.html", "/broken.html", "/shielded.html"} & crawled.excused


def test_a_page_without_content_type_is_read(crawled: SimpleNamespace) -> None:
    """Servers that name no type mostly serve pages."""
    assert _page(crawled, "/plain").title == "没有写类型"


def test_traps_end(crawled: SimpleNamespace) -> None:
    """Calendars, nested folders and filters without end cost a bounded number of requests, and are noted."""
    asked = list(crawled.server.hits)
    assert sum(path.startswith("/calendar/") for path in asked) <= 3 * 5
    assert sum(path.startswith("/deep/") for path in asked) <= 3
    assert sum(path.startswith("/filter?") for path in asked) <= 50
    said = " ".join(crawled.problems.values())
    assert "max_depth" in said
    assert "不同参数超过 50 种" in said


def test_static_pagination_is_followed(crawled: SimpleNamespace) -> None:
    """index_2.html is page 2 of its column; its rows are kept with their dates."""
    pages = _list(crawled, "静态列表")
    assert [(page.url.rpartition("/")[2], page.page) for page in pages] == [("index.html", 1), ("index_2.html", 2)]
    assert [len(page.rows) for page in pages] == [10, 3]
    assert pages[0].rows[9].published is not None
    assert pages[0].rows[9].published.date() == date(2026, 1, 19)
    assert _page(crawled, "/static/index_2.html").column == pages[0].url


def test_trs_pagination_is_followed(crawled: SimpleNamespace) -> None:
    """createPageHTML(3, …) means two further pages, index_1 and index_2."""
    pages = _list(crawled, "TRS 列表")
    assert [page.url.rpartition("/")[2] for page in pages] == ["", "index_1.html", "index_2.html"]
    assert sum(len(page.rows) for page in pages) == 30


def test_a_column_that_moved_keeps_its_rows(crawled: SimpleNamespace) -> None:
    """A column address that redirects within the site is read where it leads."""
    pages = _list(crawled, "搬家的栏目")
    assert [page.url.removeprefix(crawled.server.url) for page in pages] == ["/new-column/"]
    assert len(pages[0].rows) == 10


def test_a_column_that_is_gone_says_so(crawled: SimpleNamespace) -> None:
    """A column whose address answers 404 has one list page with that problem, so it is not called blank."""
    (page,) = _list(crawled, "没有的栏目")
    assert (page.status, page.rows) == (404, ())
    assert "HTTP 404" in page.problem.message


def test_a_column_on_another_host_is_a_problem(crawled: SimpleNamespace) -> None:
    """A column outside the configured hosts is not asked for, and the remedy is named."""
    (page,) = _list(crawled, "站外栏目")
    assert "hosts" in page.problem.message
    assert crawled.elsewhere.host in page.problem.message


def test_every_page_is_fetched_once(crawled: SimpleNamespace) -> None:
    """No page that was read had been asked for twice."""
    assert {path: crawled.server.hits[path] for path in crawled.pages if crawled.server.hits[path] != 1} == {}


def test_personal_data_never_reach_the_store(crawled: SimpleNamespace) -> None:
    """Neither the file's bytes nor anything compressed in it holds an unmasked number."""
    page = _page(crawled, "/person.html")
    assert {one.what for one in page.personal} == {"resident-id", "mobile"}
    assert crawled.server.hits[f"/user?mobile={MOBILE}"] == 0
    held = b"".join(part.read_bytes() for part in crawled.path.parent.iterdir())
    with sqlite3.connect(crawled.path) as connection:
        for (payload,) in connection.execute("SELECT payload FROM content"):
            held += zlib.decompress(payload)
    for number in (RESIDENT_ID, MOBILE):
        assert number.encode() not in held
    assert RESIDENT_ID[:2].encode() + b"*" in held


def test_private_hosts_are_refused_before_anything_is_asked(tmp_path: Path) -> None:
    """Without allow_private a loopback host is refused in one line that names the setting."""
    with site(lambda path: html("x")) as server:
        outcome = Job(tmp_path, (f"{server.url}/",), settings={"allow_private": False}).run()
        assert "allow_private = true" in str(outcome["error"])
        named = Job(
            tmp_path, (f"http://localhost:{server.host.rpartition(':')[2]}/",), settings={"allow_private": False}
        )
        assert "allow_private = true" in str(named.run()["error"])
        assert not server.hits


def test_a_host_that_refuses_connections_is_named(tmp_path: Path) -> None:
    """An unreachable start page ends the crawl with one line: address, fault, remedy."""
    server = Site(lambda path: None)
    server.close()
    outcome = Job(tmp_path, (f"{server.url}/",)).run()
    assert outcome["pages"] == 0
    assert not outcome["finished"]
    assert server.url in str(outcome["reason"])
    assert "拒绝连接，请检查" in str(outcome["reason"])


def test_a_host_that_falls_silent_is_given_up(tmp_path: Path) -> None:
    """After five addresses without an answer the others wait for --resume, so a dead host costs little time."""
    server = Site(lambda path: None)
    server.close()
    columns = {str(one): f"{server.url}/{one}/" for one in range(40)}
    outcome = Job(tmp_path, (f"{server.url}/",), columns).run()
    assert outcome["failed"] in (5, 6)
    assert "--resume" in str(outcome["reason"])


def test_every_host_that_falls_silent_is_named(tmp_path: Path) -> None:
    """Each of them keeps pages from being looked at, not only the last."""
    servers = [Site(lambda path: None), Site(lambda path: None)]
    for server in servers:
        server.close()
    columns = {f"{server.host}{one}": f"{server.url}/{one}/" for server in servers for one in range(20)}
    outcome = Job(tmp_path, tuple(f"{server.url}/" for server in servers), columns).run()
    assert [f"{server.host}：连续 5 个地址连接不上" in str(outcome["reason"]) for server in servers] == [True, True]


def test_max_pages_bounds_the_crawl(tmp_path: Path) -> None:
    """No more addresses are asked for than max_pages, and the report says that pages are missing."""
    with site(lambda path: html("".join(f'<a href="{path}{one}/">x{one}</a>' for one in range(5)))) as server:
        outcome = Job(tmp_path, (f"{server.url}/",), settings={"max_pages": 7, "obey_robots": False}).run()
        assert (outcome["pages"], outcome["finished"]) == (7, True)
        assert sum(server.hits.values()) == 7
    with Store.open(tmp_path / ".jimo-lint" / "store.sqlite3", writing=False) as store:
        assert any("max_pages = 7" in problem.message for problem in store.problems("site"))
