"""Columns that cannot be read as they should: each has a verdict of its own, and none is blank or stale by accident."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.support.crawling import Reply, html, site
from tests.support.program import jimo_lint

AS_OF = "2026-01-31"
LAST = 5000
MENU = "".join(f'<a href="/other{number}/">栏目 {number}</a>' for number in range(20))
CHALLENGE = (
    b"<html><head><script>document.cookie='__jsl_clearance=1';location.reload()</script></head><body></body></html>"
)
LOGIN = f'<div>{MENU}</div><h1>用户登录</h1><form>账号 <input name="u"> 密码 <input type="password"></form>'


def _rows(dates: list[str], folder: str = "/article/", suffix: str = ".html") -> str:
    rows = (
        f'<li><a href="{folder}{number}{suffix}">关于第 {number} 项示例事项的通知公告</a><span>{day}</span></li>'
        for number, day in enumerate(dates)
    )
    return f'<div>{MENU}</div><div class="list"><ul>{"".join(rows)}</ul></div>'


def _endless(path: str) -> Reply | None:
    """Page n of a list of 5,000, two files each, newest first: nobody has to read hundreds of articles."""
    found = re.fullmatch(r"/long/index(?:_(\d+))?\.html", path)
    if not found or not 1 <= (page := int(found[1] or 1)) <= LAST:
        return None
    pager = f'共 {LAST} 页 <a href="index_{page + 1}.html">下一页</a> <a href="index_{LAST}.html">尾页</a>'
    rows = (
        _rows([f"2026-01-{30 - page % 20}", "2020-03-04"], f"/article/{page}/", ".pdf")
        if page > 1
        else _rows(["2026-01-30"])
    )
    return html(f"{rows}<div>{pager}</div>")


def _answer(path: str) -> Reply | None:
    plain = {
        "/": html(f"<h1>示例市人民政府</h1>{MENU}"),
        "/moved/": Reply(status=302, headers={"Location": "/index.html"}),
        "/refreshed/": html("", head='<meta http-equiv="refresh" content="0;url=../">'),
        "/scripted/": html("<script>window.location.href='/';</script>"),
        "/onward/": html("<script>location.replace('/target/')</script>"),
        "/closed/": Reply(status=401),
        "/form/": html(LOGIN, title="用户中心"),
        "/sso/": Reply(status=302, headers={"Location": "https://sso.example.gov.cn/cas/login?service=x"}),
        "/202/": Reply(CHALLENGE, 202),
        "/412/": Reply(CHALLENGE, 412),
        "/521/": Reply(CHALLENGE, 521),
        "/shield/": Reply(CHALLENGE, headers={"Content-Type": "text/html"}),
        "/absent/": html("<p>您访问的页面不存在或已被删除，3 秒后返回首页。</p>", title="提示信息"),
        "/titled/": html(f"<div>{MENU}</div>", title="页面不存在-示例市人民政府"),
        "/about/": html(_rows(["2026-01-30", "2026-01-29", "2026-01-20"]), title="页面不存在-示例市人民政府"),
        "/checking/": html("<p>正在进行安全验证，请稍候…</p><script>check()</script>"),
        "/void/": Reply(b"", headers={"Content-Type": "text/html"}),
        "/repair/": html("<p>网站正在升级维护中，请稍后访问。</p>"),
        "/fatal/": html("<b>Fatal error</b>: Uncaught mysqli_sql_exception: Connection refused in /www/list.php:12"),
        "/pdf/": Reply(b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n", headers={"Content-Type": "text/html"}),
        "/part/": Reply(b"<ul></ul>", 206, headers={"Content-Type": "text/html", "Content-Range": "bytes 0-8/900"}),
        "/bundled/": html('<div class="box"></div>', head='<script type="module" src="/assets/index.js"></script>'),
        "/header/": Reply(b"", headers={"Content-Type": "text/html", "Refresh": "0; url=/target/3/"}),
        "/coded/": Reply(html(_rows(["2026-01-30", "2026-01-29"])).body, headers={"Content-Encoding": "utf-8"}),
        "/frames/": Reply(
            b'<html><frameset><frame src="/left.html"><frame src="/target/2/"></frameset></html>',
            headers={"Content-Type": "text/html"},
        ),
        "/target/2/": html(_rows(["2026-01-30", "2026-01-28"])),
        "/target/3/": html(_rows(["2026-01-30", "2026-01-28"])),
        "/list/": html(_rows(["2026-01-30", "2026-01-29", "2026-01-20"])),
        "/target/": html(_rows(["2026-01-30", "2026-01-28"])),
        "/old/": html(_rows(["2025-11-30", "2025-11-29", "2025-11-20"])),
        "/blank/": html(f'<div>{MENU}</div><div class="login">登录 <input type="password"></div><p>暂无信息</p>'),
        "/undated/": html(_rows([""] * 12, "/undated/content_")),
        "/mixed/": html(_rows(["2026-01-30", "2027-05-01", "2026-01-20"])),
        "/ahead/": html(_rows(["2026-03-30", "2026-03-29", "2026-03-20"])),
    }
    if path in plain:
        return plain[path]
    if "/article/" in path or "/undated/content_" in path:
        return html(
            "<h1>关于示例事项的通知公告</h1><div class='content'><p>各单位：现将有关事项通知如下，请执行。</p></div>"
        )
    return _endless(path)


COLUMNS = (
    *("gone", "moved", "refreshed", "scripted", "onward", "closed", "form", "sso", "202", "412", "521", "shield"),
    *("absent", "titled", "about", "checking", "list", "old", "blank", "undated", "mixed", "ahead", "long"),
    *("void", "repair", "fatal", "pdf", "part", "bundled", "header", "coded", "frames"),
)


@contextmanager
def _inspected(
    folder: Path, columns: list[tuple[str, str]], answer: Any, as_of: str = AS_OF
) -> Iterator[SimpleNamespace]:
    """`inspect columns -f json` of a served site; columns as (name, path), each with the duty of 通知公告."""
    with site(answer) as server:
        read = _reported(folder, server.url, columns, as_of)
        yield SimpleNamespace(**vars(read), url=server.url, folder=folder, hits=server.hits)


def _reported(
    folder: Path, url: str, columns: list[tuple[str, str]], as_of: str = AS_OF, *options: str
) -> SimpleNamespace:
    lines = ["[site]", 'name = "示例市"', f'start = ["{url}/"]', "[crawl]", "delay = 0", "concurrency = 8"]
    lines += ["allow_private = true"]
    for name, path in columns:
        lines += ["[[column]]", f'name = "{name}"', f'url = "{path}"', 'kind = "news"']
    (folder / "jimo-lint.toml").write_text("\n".join(lines), encoding="utf-8")
    done = jimo_lint("inspect", "columns", "--as-of", as_of, "-f", "json", "--no-links", *options, cwd=folder)
    assert done.stdout, done.stderr
    report = json.loads(done.stdout)
    return SimpleNamespace(
        columns={column["name"]: column for column in report["columns"]},
        codes={(finding["code"], finding["subject"]) for finding in report["findings"] if finding["kind"] == "column"},
        problems=report["problems"],
        indicators={row["key"]: row for row in report["indicators"]},
    )


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    """One inspection of a site where everything goes wrong in its own way."""
    columns = [(name, f"/{name}/" + "index.html" * (name == "long")) for name in COLUMNS]
    with _inspected(tmp_path_factory.mktemp("faults"), columns, _answer) as read:
        yield read


@pytest.mark.parametrize(
    ("name", "obstacle", "words", "code"),
    [
        ("gone", "gone", "页面不存在（HTTP 404）", "C143"),
        ("absent", "gone", "“页面不存在”之类的提示", "C143"),
        ("titled", "gone", "“页面不存在”之类的提示", "C143"),
        ("moved", "home", "跳转到首页", "C141"),
        ("refreshed", "home", "跳转到首页", "C141"),
        ("scripted", "home", "跳转到首页", "C141"),
        ("closed", "login", "需要登录（HTTP 401）", "C142"),
        ("form", "login", "需要登录", "C142"),
        ("sso", "login", "需要登录", "C142"),
        ("202", "challenge", "脚本验证", "C109"),
        ("412", "challenge", "防护拦截（HTTP 412）", "C109"),
        ("521", "challenge", "防护拦截（HTTP 521）", "C109"),
        ("shield", "challenge", "脚本验证", "C109"),
        ("checking", "challenge", "脚本验证", "C109"),
        ("void", "unread", "不是本站的栏目页", "C109"),
        ("repair", "unread", "不是本站的栏目页", "C109"),
        ("fatal", "unread", "不是本站的栏目页", "C109"),
        ("pdf", "unread", "不是网页（pdf）", "C109"),
        ("part", "unread", "没有传完", "C109"),
        ("bundled", "script", "脚本生成", "C109"),
        ("undated", "", "都没有日期", "C144"),
        ("ahead", "", "都晚于检查日", "C145"),
    ],
)
def test_each_obstacle_has_a_verdict_of_its_own(
    report: SimpleNamespace, name: str, obstacle: str, words: str, code: str
) -> None:
    """What stands in the way is named by code and in words, by one rule; the column is unknown and nothing else."""
    column = report.columns[name]
    assert (column["status"], column["obstacle"]) == ("unknown", obstacle)
    assert words in column["reason"]
    assert {found for found, subject in report.codes if subject == name} == {code}


@pytest.mark.parametrize(
    ("name", "status"),
    [("list", "fresh"), ("old", "stale"), ("blank", "blank"), ("onward", "fresh"), ("about", "fresh")]
    + [(name, "fresh") for name in ("header", "coded", "frames")],
)
def test_columns_without_obstacle_are_judged(report: SimpleNamespace, name: str, status: str) -> None:
    """Fresh, stale and blank columns are called so; a box for logging in and a script that leads on change nothing."""
    assert (report.columns[name]["status"], report.columns[name]["obstacle"]) == (status, "")


def test_a_date_ahead_makes_no_idle_column_fresh(report: SimpleNamespace) -> None:
    """One row of next year is left out of the newest date, and the reason counts it."""
    column = report.columns["mixed"]
    assert (column["newest"], column["status"]) == ("2026-01-30", "fresh")
    assert "另有 1 条日期晚于检查日" in column["reason"]


def test_a_list_of_five_thousand_pages_is_read_in_part(report: SimpleNamespace) -> None:
    """Two hundred pages are asked for, the newest date is right, and the reason says how much was read."""
    column = report.columns["long"]
    assert (column["newest"], column["status"], column["complete"]) == ("2026-01-30", "fresh", False)
    assert (column["read_pages"], column["known_pages"]) == (200, LAST)
    assert "列表共 5000 页，读了 200 页" in column["reason"]
    assert sum(hits for path, hits in report.hits.items() if path.startswith("/long/")) == 200


def test_what_was_judged_is_no_unfinished_business(report: SimpleNamespace) -> None:
    """A column that is gone, leads home or asks for a login is a finding; one behind a protection was not read."""
    open_ = {problem["place"].rsplit("/", 2)[1] for problem in report.problems if not problem["excused"]}
    assert {"202", "412", "521", "shield", "checking"} <= open_
    assert not {"gone", "absent", "titled", "moved", "refreshed", "closed", "form", "sso"} & open_


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    """An inspection of two lists, one under two names; its store is looked at under other names too."""
    columns = [("通知公告", "/list/"), ("公示公告", "/list/"), ("过时", "/old/")]
    with _inspected(tmp_path_factory.mktemp("twins"), columns, _answer) as read:
        yield read


def test_two_columns_with_one_address_are_both_judged(twins: SimpleNamespace) -> None:
    """Each of the two gets the verdict of the list, says which other it equals, and is reported."""
    for name, other in (("通知公告", "公示公告"), ("公示公告", "通知公告")):
        column = twins.columns[name]
        assert (column["status"], column["newest"], column["items"]) == ("fresh", "2026-01-30", 3)
        assert f"与栏目“{other}”网址相同" in column["reason"]
        assert ("C140", name) in twins.codes
    assert ("C140", "过时") not in twins.codes
    assert twins.hits["/list/"] == 1


def test_one_list_counts_once(twins: SimpleNamespace) -> None:
    """A stale list that two columns name is one column that was not updated."""
    read = _reported(twins.folder, twins.url, [("要闻", "/old/"), ("动态", "/old/")], AS_OF, "--no-collect")
    assert [column["status"] for column in read.columns.values()] == ["stale", "stale"]
    assert read.indicators["stale-main"]["count"] == 1


def test_a_clock_set_wrong_is_neither_fresh_nor_stale(tmp_path: Path) -> None:
    """On a day before all dates nothing is fresh or stale: the reason asks to look at the day and the clock."""
    with _inspected(tmp_path, [("通知公告", "/list/"), ("过时", "/old/")], _answer, as_of="2021-01-01") as read:
        assert {column["status"] for column in read.columns.values()} == {"unknown"}
        assert all("请核对检查日和本机时钟" in column["reason"] for column in read.columns.values())
        assert {code for code, _ in read.codes} == {"C145"}
        assert not [problem for problem in read.problems if "时钟" in problem["message"]]


def test_a_server_that_lives_in_another_year_is_noted(tmp_path: Path) -> None:
    """Where the server's Date and this machine differ by more than a day, one note for the host says by how much."""

    def answer(path: str) -> Reply | None:
        found = _answer(path)
        return found and Reply(found.body, found.status, found.headers, date="Tue, 01 Jan 2019 08:00:00 GMT")

    with _inspected(tmp_path, [("通知公告", "/list/")], answer) as read:
        (note,) = [problem for problem in read.problems if "时钟" in problem["message"]]
        assert "网站的时钟是 2019-01-01" in note["message"]
        assert note["excused"]
        assert read.columns["通知公告"]["status"] == "fresh"
