"""Packed bodies without their end are pages that did not arrive, in the crawl, the link check and archives."""

from __future__ import annotations

import gzip
import json
import random
import sys
import zlib
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import brotli
import pytest

from jimo_lint.evidence.readings import Listing, column_reading
from jimo_lint.model import Column, Obstacle
from jimo_lint.network.packing import unpack
from jimo_lint.store import Store
from tests.flows.test_site_spider import AS_OF, _rows
from tests.support.crawling import Job, Reply, html, site
from tests.support.program import jimo_lint

zstd = import_module("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")
TEXT = ("关于做好汛前检查的通知" * 900).encode()
MOST = 1 << 20


def _bare(text: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(text) + packer.flush()


PACKED = {
    "gzip": gzip.compress(TEXT),
    "deflate": zlib.compress(TEXT),
    "bare deflate": _bare(TEXT),
    "br": brotli.compress(TEXT),
    "zstd": zstd.compress(TEXT),
}


@pytest.mark.parametrize("how", PACKED)
def test_what_has_its_end_is_whole(how: str) -> None:
    """All ways of packing are met, those that nobody asked for among them; the end is known, wherever it was lost."""
    coding, body = how.rpartition(" ")[2], PACKED[how]
    assert unpack(body, coding, MOST) == (TEXT, True)
    assert unpack(body, coding, 100) == (TEXT[:100], True)
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
    frames = PACKED["zstd"]
    assert unpack(frames + frames + bytes(20), "zstd", MOST) == (TEXT * 2, True)
    assert unpack(gzip.compress(PACKED["br"]), "br, gzip", MOST) == (TEXT, True)
    assert unpack(TEXT, "identity", MOST) == (TEXT, True)


def test_what_is_not_wanted_is_not_unpacked() -> None:
    """A bomb stops at the bound, the second of two members may be cut as well, and plain text is no gzip."""
    packed = PACKED["gzip"]
    assert unpack(packed, "gzip", 100) == (TEXT[:100], True)
    assert not unpack(packed + packed[:-20], "gzip", MOST)[1]
    assert not unpack(PACKED["zstd"] + PACKED["zstd"][:-5], "zstd", MOST)[1]
    for coding in ("gzip", "br", "zstd"):
        assert unpack(TEXT, coding, MOST) == (b"", False)
        assert unpack(PACKERS[coding](bytes(20 * MOST)), coding, MOST) == (bytes(MOST), True)
    with pytest.raises(ValueError, match="compress"):
        unpack(TEXT, "compress", MOST)


def test_what_cannot_be_unpacked_here_is_no_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the library of a coding that nobody asked for."""
    monkeypatch.setitem(sys.modules, "brotli", None)
    with pytest.raises(ValueError, match="br"):
        unpack(PACKED["br"], "br", MOST)
    # Before 1.2 it knew no bounds.
    monkeypatch.setitem(sys.modules, "brotli", SimpleNamespace(Decompressor=object))
    with pytest.raises(ValueError, match="br"):
        unpack(PACKED["br"], "br", MOST)


def test_a_window_larger_than_pages_may_have_is_not_given() -> None:
    """A zstd stream may ask its reader for two gigabytes; browsers give eight megabytes."""
    noise = random.Random(1).randbytes(1 << 14) * 2
    for log, told in ((23, (noise, True)), (25, (b"", False))):
        packer = zstd.ZstdCompressor(options={zstd.CompressionParameter.window_log: log})
        # Without its size in the head, which would make the window as small as that.
        packed = packer.compress(noise, mode=packer.FLUSH_BLOCK) + packer.flush()
        assert unpack(packed, "zstd", MOST) == told


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd.compress,
}


def _packed(reply: Reply, lost: int, coding: str = "gzip") -> Reply:
    body = PACKERS[coding](reply.body)
    return Reply(body[: len(body) - lost], headers={**reply.headers, "Content-Encoding": coding})


def _short(reply: Reply, lost: int) -> Reply:
    """With a Content-Length, before the end of which the connection ends."""
    length = {"Content-Length": str(len(reply.body))}
    return Reply(headers={**reply.headers, **length}, chunks=lambda: iter([reply.body[: len(reply.body) - lost]]))


def _chunked(reply: Reply, *ends: bytes) -> Reply:
    """In chunks; ends: what stands behind them."""
    half = len(reply.body) // 2
    parts = [b"%x\r\n%s\r\n" % (len(part), part) for part in (reply.body[:half], reply.body[half:])]
    return Reply(headers={**reply.headers, "Transfer-Encoding": "chunked"}, chunks=lambda: iter((*parts, *ends)))


def test_a_crawl_asks_again_and_never_calls_a_column_blank(tmp_path: Path) -> None:
    """Cut off for good: not read, with the reason; cut off once: read; whole ones cost one request."""
    hits: Counter[str] = Counter()

    page, end = html(_rows(1)), b"0\r\n\r\n"
    routes: dict[str, Callable[[bool], Reply]] = {
        "/": lambda _: _packed(html("<p>首页的文字</p>"), 0),
        "/whole/": lambda _: _packed(page, 0),
        "/deflate/": lambda _: _packed(page, 0, "deflate"),
        "/br/": lambda _: _packed(page, 0, "br"),
        "/zstd/": lambda _: _packed(page, 0, "zstd"),
        "/chunked/": lambda _: _chunked(page, end),
        "/once/": lambda first: _packed(page, 150 if first else 0),
        "/short-once/": lambda first: _short(page, 150 if first else 0),
        "/chunked-once/": lambda first: _chunked(page, *([] if first else [end])),
        "/cut/": lambda _: _packed(page, 150),
        "/cut-deflate/": lambda _: _packed(page, 150, "deflate"),
        "/cut-br/": lambda _: _packed(page, 20, "br"),
        "/cut-zstd/": lambda _: _packed(page, 20, "zstd"),
        "/mark/": lambda _: _packed(page, 8),
        "/plain/": lambda _: Reply(page.body, headers={"Content-Type": "text/html", "Content-Encoding": "gzip"}),
        "/short/": lambda _: _short(page, 150),
        "/chunked-cut/": lambda _: _chunked(page),
    }

    def answer(path: str) -> Reply | None:
        hits[path] += 1
        return routes[path](hits[path] == 1) if path in routes else None

    whole = ("whole", "deflate", "br", "zstd", "chunked")
    once = ("once", "short-once", "chunked-once")
    cut = ("cut", "cut-deflate", "cut-br", "cut-zstd", "mark", "plain", "short", "chunked-cut")
    with site(answer) as server:
        columns = {name: f"{server.url}/{name}/" for name in (*whole, *once, *cut)}
        Job(tmp_path, (f"{server.url}/",), columns).run()
    read = {}
    with Store.open(tmp_path / ".jimo-lint" / "store.sqlite3", writing=False) as store:
        for name, url in columns.items():
            found = column_reading(Listing.of(Column(url, name, url), store), {}, AS_OF)
            read[name] = (found.obstacle, found.items, "没有传完" in found.reason)
        problems = [(problem.place, problem.excused) for problem in store.problems("site")]
    assert read == {
        **dict.fromkeys((*whole, *once), (Obstacle.NONE, 10, False)),
        **dict.fromkeys(cut, (Obstacle.UNREAD, 0, True)),
    }
    assert sorted(problems) == sorted((columns[name], False) for name in cut)
    asked = {name: hits[f"/{name}/"] for name in columns}
    assert asked == {**dict.fromkeys(whole, 1), **dict.fromkeys(once, 2), **dict.fromkeys(cut, 3)}


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
