"""The link check asks what a browser would: on the wire, byte for byte."""

from __future__ import annotations

from pathlib import Path

from tests.support.crawling import Job, Reply, html, site
from tests.support.program import jimo_lint

PAGE = Reply(
    '<html><head><meta charset="gb2312"><title>附件</title></head><body><p>各乡镇：现将表格发给你们。</p>'
    '<a href="/通知.asp?file=通知㐂.doc">通知</a> <a href="/tz\ngg/1.html">一</a> <a href="/%u516C.html">二</a>'
    '<a href="/d.jsp?f=a\\b">三</a> <a href="/e?">四</a> <a href="/s.jsp?key=公告">五</a></body></html>'.encode(
        "gb18030"
    ),
    headers={"Content-Type": "text/html"},
)
LINKS = {
    "/%E9%80%9A%E7%9F%A5.asp?file=%CD%A8%D6%AA%26%2313314%3B.doc",
    "/tzgg/1.html",
    "/%u516C.html",
    "/d.jsp?f=a\\b",
    "/e?",
    "/s.jsp?key=%B9%AB%B8%E6",
}


def _answer(path: str) -> Reply | None:
    if path == "/gbk/":
        return PAGE
    if path == "/cookie":
        return Reply(status=302, headers={"Location": "/cookie?"})
    if path == "/cookie?":
        return html("<p>专题页</p>")
    return Reply(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(999), headers={"Content-Type": "application/msword"})


def test_links_of_a_gbk_page(tmp_path: Path) -> None:
    """Whether the page is fetched or a file: the query goes in GBK, the rest as it is written."""
    (tmp_path / "页.html").write_bytes(PAGE.body)
    with site(_answer) as server:
        for source in (f"{server.url}/gbk/", "页.html"):
            server.hits.clear()
            jimo_lint("links", "--allow-private", "--base", f"{server.url}/gbk/", source, cwd=tmp_path)
            assert {path for path in server.hits if path in LINKS} == LINKS


def test_links_of_a_gbk_page_in_a_crawl(tmp_path: Path) -> None:
    """The crawl follows the same addresses; Scrapy escapes the backslash and leaves an empty query out."""
    with site(_answer) as server:
        Job(tmp_path, (f"{server.url}/gbk/",)).run()
        followed = {path for path in server.hits if path not in ("/gbk/", "/robots.txt")}
    assert followed == {"/tzgg/1.html", "/%u516C.html", "/d.jsp?f=a%5Cb", "/e", "/s.jsp?key=%B9%AB%B8%E6"}


def test_an_empty_query_is_another_address(tmp_path: Path) -> None:
    """A site that redirects to its own address with a bare question mark is there."""
    with site(_answer) as server:
        done = jimo_lint("links", "--allow-private", "-", cwd=tmp_path, stdin=f"{server.url}/cookie\n")
    assert "正常 1" in done.stdout
