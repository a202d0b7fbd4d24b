"""Packed bodies without their end are pages that did not arrive, in the crawl, the link check and archives."""

from __future__ import annotations

import gzip
import json
import zlib
from collections import Counter
from pathlib import Path

import pytest

from jimo_lint.evidence.readings import Listing, column_reading
from jimo_lint.model import Column, Obstacle
from jimo_lint.network.packing import unpack
from jimo_lint.store import Store
from tests.flows.test_site_spider import AS_OF, _rows
from tests.support.crawling import Job, Reply, html, site
from tests.support.program import jimo_lint

TEXT = ("关于做好汛前检查的通知" * 900).encode()
MOST = 1 << 20


def _bare(text: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(text) + packer.flush()


PACKED = {"gzip": gzip.compress(TEXT), "deflate": zlib.compress(TEXT), "bare deflate": _bare(TEXT)}


@pytest.mark.parametrize("how", PACKED)
def test_what_has_its_end_is_whole(how: str) -> None:
    """All three ways of packing are met; the end is known, wherever it was lost."""
    coding, body = how.rpartition(" ")[2], PACKED[how]
    assert unpack(body, coding, MOST) == (TEXT, True)
    for lost in (1, 4, 8, 9, 12, len(body) // 3, len(body) - 4):
        text, whole = unpack(body[:-lost], coding, MOST)
        assert not whole and TEXT.startswith(text)


def test_what_browsers_pass_over_is_whole() -> None:
    """Padding, a wrong check sum, several members, two layers, and nothing at all."""
    packed = PACKED["gzip"]
    assert unpack(packed + bytes(20), "gzip", MOST) == (TEXT, True)
    assert unpack(packed[:-8] + b"checksum", "gzip", MOST) == (TEXT, True)
    assert unpack(packed + packed, "x-gzip", MOST) == (TEXT * 2, True)
    assert unpack(gzip.compress(packed), "gzip, GZIP", MOST) == (TEXT, True)
    assert unpack(gzip.compress(b""), "gzip", MOST) == (b"", True)
    assert unpack(b"", "gzip", MOST) == (b"", True)
    assert unpack(TEXT, "identity", MOST) == (TEXT, True)


def test_what_is_not_wanted_is_not_unpacked() -> None:
    """A bomb stops at the bound, the second of two members may be cut as well, and plain text is no gzip."""
    packed = PACKED["gzip"]
    assert unpack(packed, "gzip", 100) == (TEXT[:100], True)
    assert not unpack(packed + packed[:-20], "gzip", MOST)[1]
    assert unpack(TEXT, "gzip", MOST) == (b"", False)
    with pytest.raises(ValueError, match="br"):
        unpack(TEXT, "br", MOST)


def _packed(reply: Reply, lost: int, coding: str = "gzip") -> Reply:
    body = gzip.compress(reply.body) if coding == "gzip" else zlib.compress(reply.body)
    return Reply(body[: len(body) - lost], headers={**reply.headers, "Content-Encoding": coding})


def test_a_crawl_asks_again_and_never_calls_a_column_blank(tmp_path: Path) -> None:
    """Cut off for good: not read, with the reason; cut off once: read; whole ones cost one request."""
    hits: Counter[str] = Counter()

    def answer(path: str) -> Reply | None:
        hits[path] += 1
        match path:
            case "/":
                return _packed(html("<p>首页的文字</p>"), 0)
            case "/whole/":
                return _packed(html(_rows(1)), 0)
            case "/deflate/":
                return _packed(html(_rows(1)), 0, "deflate")
            case "/cut/":
                return _packed(html(_rows(1)), 150)
            case "/cut-deflate/":
                return _packed(html(_rows(1)), 150, "deflate")
            case "/mark/":
                return _packed(html(_rows(1)), 8)
            case "/plain/":
                return Reply(html(_rows(1)).body, headers={"Content-Type": "text/html", "Content-Encoding": "gzip"})
            case "/once/":
                return _packed(html(_rows(1)), 150 if hits[path] == 1 else 0)
        return None

    whole, cut = ("whole", "deflate", "once"), ("cut", "cut-deflate", "mark", "plain")
    with site(answer) as server:
        columns = {name: f"{server.url}/{name}/" for name in (*whole, *cut)}
        Job(tmp_path, (f"{server.url}/",), columns).run()
    read = {}
    with Store.open(tmp_path / ".jimo-lint" / "store.sqlite3", writing=False) as store:
        for name, url in columns.items():
            found = column_reading(Listing.of(Column(url, name, url), store), {}, AS_OF)
            read[name] = (found.obstacle, found.items, "没有传完" in found.reason)
        problems = [(problem.place, problem.excused) for problem in store.problems("site")]
    assert read == {
        **dict.fromkeys(whole, (Obstacle.NONE, 10, False)),
        **dict.fromkeys(cut, (Obstacle.UNREAD, 0, True)),
    }
    assert sorted(problems) == sorted((columns[name], False) for name in cut)
    assert [hits[f"/{name}/"] for name in (*whole, *cut)] == [1, 1, 2, 3, 3, 3, 3]


def test_a_home_page_that_is_cut_off_ends_the_crawl_unfinished(tmp_path: Path) -> None:
    """The half of the menu that arrived is not the site."""
    with site(lambda path: _packed(html("<a href='/a.html'>甲</a>" * 50), 20) if path == "/" else None) as server:
        outcome = Job(tmp_path, (f"{server.url}/",)).run()
    assert not outcome["finished"] and "没有传完" in str(outcome["reason"])


def test_links_of_a_page_that_is_cut_off_are_not_checked_in_part(tmp_path: Path) -> None:
    """Neither by the packing nor by Content-Length."""
    page = html("<a href='/a.html'>甲</a>" * 50)

    def answer(path: str) -> Reply | None:
        if path == "/packed/":
            return _packed(page, 20)
        if path == "/short/":
            return Reply(headers=page.headers | {"Content-Length": "5000"}, chunks=lambda: iter([page.body]))
        return html("页")

    with site(answer) as server:
        for path in ("/packed/", "/short/"):
            done = jimo_lint("links", "--allow-private", f"{server.url}{path}", cwd=tmp_path)
            assert done.returncode == 2 and "没有传完" in done.stderr
            assert "/a.html" not in server.hits


def test_a_feed_that_is_cut_off_is_not_read_in_part(tmp_path: Path) -> None:
    """The posts that arrived are not all there are."""
    items = "".join(
        f"<item><title>第{n}期：巡河见闻</title><link>http://example.cn/{n}</link><description>巡河的见闻"
        f"</description><pubDate>Mon, 05 Jan 2026 08:{n:02d}:00 +0800</pubDate></item>"
        for n in range(40)
    )
    feed = Reply(
        f"<?xml version='1.0'?><rss version='2.0'><channel><title>青潭河长</title>{items}</channel></rss>".encode(),
        headers={"Content-Type": "application/rss+xml"},
    )
    with site(lambda path: _packed(feed, 60 if path == "/cut.xml" else 0) if path.endswith(".xml") else None) as server:
        said = []
        for name in ("cut", "whole"):
            (tmp_path / "jimo-lint.toml").write_text(
                f'[crawl]\nallow_private = true\ndelay = 0\n[[account]]\nname = "青潭河长"\nplatform = "wechat"\n'
                f'archive = "{server.url}/{name}.xml"\n',
                encoding="utf-8",
            )
            done = jimo_lint("inspect", "weekly", "--no-links", "-f", "json", "--as-of", "2026-01-31", cwd=tmp_path)
            said.append((json.loads(done.stdout)["run"]["documents"], "没有传完" in done.stderr))
    assert said == [(0, True), (40, False)]
