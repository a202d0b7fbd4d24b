"""`recheck`: a few places are read anew, stored in the place of what stood there, judged, and told of."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jimo_lint.store import Store
from tests.support import listings
from tests.support.crawling import Reply, Site, html, site
from tests.support.linkhosts import closed_port
from tests.support.program import jimo_lint

pytestmark = pytest.mark.slow

AS_OF = "2026-11-22"
CONFIG = """[site]
name = "青潭区"
start = ["{url}/"]
hosts = ["{host}"]
[crawl]
allow_private = true
delay = 0
timeout = 1
[[column]]
name = "通知公告"
url = "/tzgg/"
kind = "notice"
max_age = "30d"
[[account]]
name = "青潭发布"
platform = "wechat"
owner = "区融媒体中心"
archive = "档案.csv"
[[account]]
name = "青潭教育"
platform = "wechat"
owner = "区教育局"
archive = "档案.csv"
"""
LEDGER = "账号,平台,标题,发布时间,正文\n"
LEDGER += "青潭发布,微信,检修通知,2026-11-20 09:00,各单位要按装设备。\n"
LEDGER += "青潭教育,微信,开学通知,2026-11-19 09:00,各学校要按装设备。\n"
TEXT = "<h1>关于检修的通知</h1><p>各单位要{word}设备，做好检修，具体安排另行通知，请遵照执行。</p>"


def page(word: str = "按装", more: str = "") -> Reply:
    """An article with a wrong word, or a right one."""
    return html(TEXT.format(word=word) + more, title="关于检修的通知")


def listing(*days: str) -> Reply:
    """A list page of 通知公告."""
    rows = "".join(f'<li><a href="/tzgg/{day}.html">关于{day}的第一号通知</a><span>{day}</span></li>' for day in days)
    return html(f"<div class='list'><ul>{rows}</ul></div>", title="通知公告")


class Office:
    """A site that can be changed, its configuration, and what the program says of both."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pages: dict[str, Reply] = {}
        self.passing: dict[str, Reply] = {}
        self.server: Site

    def answer(self, path: str) -> Reply | None:
        """What stands at an address; what is passing, once."""
        return self.passing.pop(path, None) or self.pages.get(path)

    def wording(self) -> dict[str, Any]:
        """The row of the wrong word that stands on several pages, as the next run judges it."""
        findings = self.inspect("columns", "--no-collect", "--no-links")["findings"]
        [row] = [one for one in findings if one["code"] == "T101"]
        return dict(row)

    def write(self) -> None:
        """The configuration and the archive."""
        text = CONFIG.format(url=self.server.url, host=self.server.host)
        (self.folder / "jimo-lint.toml").write_text(text, encoding="utf-8")
        (self.folder / "档案.csv").write_text(LEDGER, encoding="utf-8")

    def inspect(self, what: str = "columns", *more: str) -> dict[str, Any]:
        """The report of an inspection."""
        done = jimo_lint("inspect", what, "-f", "json", "-q", "--as-of", AS_OF, *more, cwd=self.folder)
        return dict(json.loads(done.stdout))

    def recheck(self, *words: str) -> tuple[int, dict[str, Any]]:
        """The exit code and the report of a recheck by the word rules, L101 and those of columns and accounts."""
        wanted = [f"{self.server.url}{word}" if word.startswith("/") else word for word in words]
        rules = ("--select", "T101,L,C,A")
        done = jimo_lint("recheck", *wanted, "-f", "json", "--as-of", AS_OF, *rules, cwd=self.folder)
        assert done.returncode in (0, 1, 2), done.stderr
        return done.returncode, json.loads(done.stdout)

    def looked(self, report: dict[str, Any]) -> dict[str, tuple[str, str]]:
        """Outcome and note of each place."""
        return {one["name"].removeprefix(self.server.url): (one["outcome"], one["note"]) for one in report["looked"]}

    def wrong(self, report: dict[str, Any]) -> set[str]:
        """Where wrong words were found."""
        return {one["url"].removeprefix(self.server.url) for one in report["findings"] if one["code"] == "T101"}


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A site of a dozen pages, crawled once."""
    office = Office(tmp_path_factory.mktemp("crawled"))
    with site(office.answer) as server:
        office.server = server
        links = "".join(f'<a href="/a{number}.html">第{number}篇</a>' for number in range(9))
        dead = '<a href="/dead.html">附表</a><a href="/tzgg/">通知公告</a><a href="/tzgg/2026-09-01.html">通知</a>'
        office.pages = {
            "/": html(links + dead, title="青潭区人民政府"),
            "/tzgg/": listing("2026-09-01", "2026-08-01", "2026-07-01"),
            **{f"/a{number}.html": page(more=f"<p>本件编号第{number}号。</p>") for number in range(9)},
            **{f"/tzgg/{day}.html": page("安装") for day in ("2026-09-01", "2026-08-01", "2026-07-01")},
        }
        office.write()
        office.inspect()
        yield office


@pytest.fixture
def office(crawled: Office, tmp_path: Path) -> Iterator[Office]:
    """What was crawled, in a folder of the test's own; what it changes of the site is undone behind it."""
    pages, folder = dict(crawled.pages), crawled.folder
    crawled.folder = tmp_path / "office"
    shutil.copytree(folder, crawled.folder)
    crawled.server.hits.clear()
    yield crawled
    crawled.pages, crawled.folder = pages, folder


def test_a_mended_page_is_read_judged_and_stored(office: Office) -> None:
    """Nothing but the page is asked for, and the next run without collecting judges it and the rest."""
    office.pages["/a1.html"] = page("安装")
    code, report = office.recheck("/a1.html", "/a2.html")
    assert (code, office.wrong(report)) == (1, {"/a2.html"})
    assert office.looked(report) == {"/a1.html": ("seen", ""), "/a2.html": ("seen", "")}
    assert set(office.server.hits) == {"/robots.txt", "/a1.html", "/a2.html"}
    assert office.recheck("/a1.html")[0] == 0
    [row] = [
        one for one in office.inspect("columns", "--no-collect", "--no-links")["findings"] if one["code"] == "T101"
    ]
    assert row["pages"] == 8 and f"{office.server.url}/a1.html" not in row["samples"]


def test_what_is_gone_is_asked_twice(office: Office) -> None:
    """404 twice is 已下线, a page that says so of itself too; 404 once proves nothing, and the old page stays."""
    office.pages["/a1.html"] = office.passing["/a3.html"] = Reply(b"", 404)
    office.pages["/a2.html"] = html("<p>抱歉，您访问的页面不存在</p>", title="404")
    code, report = office.recheck("/a1.html", "/a2.html", "/a3.html")
    looked = office.looked(report)
    assert looked["/a1.html"] == ("gone", "页面不存在（HTTP 404），隔一会儿再问也是")
    assert looked["/a2.html"][0] == "gone"
    assert looked["/a3.html"][0] == "unseen" and "先说页面不存在，再问时" in looked["/a3.html"][1]
    dead = {one["subject"].removeprefix(office.server.url) for one in report["findings"]}
    assert code == 2 and dead == {"/a1.html", "/a2.html"}  # the home page links to them
    assert office.server.hits["/a1.html"] == 3  # as a page, and twice as a link
    with Store.open(office.folder / ".jimo-lint" / "store.sqlite3", writing=False) as store:
        kept = {url.removeprefix(office.server.url) for url in store.read("site")}
    assert "/a3.html" in kept and not kept & {"/a1.html", "/a2.html"}


def _slowly() -> Iterator[bytes]:
    yield b"<p>"
    time.sleep(1.6)
    yield b"</p>"


def test_what_was_not_seen_is_never_mended(office: Office) -> None:
    """Each with its reason, 2 as exit code, and what was read before is still what is judged."""
    login = '<form action="/in"><input name="user"><input type="password" name="p"><button>登录</button></form>'
    office.pages |= {
        "/a0.html": Reply(headers={"Content-Type": "text/html"}, chunks=_slowly),
        "/a1.html": Reply(b"", 503),
        "/a2.html": html(login),
        "/a3.html": Reply(status=302, headers={"Location": "http://qingtan.example/a3.html"}),
        "/a4.html": Reply(b"", 412),
        "/a5.html": html(""),
        "/a6.html": Reply(b"%PDF", headers={"Content-Type": "application/pdf"}),
        "/a7.html": Reply(status=302, headers={"Location": "/"}),
        "/robots.txt": Reply(b"User-agent: *\nDisallow: /a8\n", headers={"Content-Type": "text/plain"}),
    }
    code, report = office.recheck(*(f"/a{number}.html" for number in range(9)))
    reasons = ["秒内没有读完", "服务器出错", "登录", "站外", "防护拦截", "没有文字", "不是网页", "首页", "robots.txt"]
    looked = office.looked(report)
    for number, why in enumerate(reasons):
        outcome, note = looked[f"/a{number}.html"]
        assert outcome == "unseen" and why in note, number
    assert code == 2 and {problem["code"] for problem in report["problems"]} == {"unseen"}
    assert not report["run"]["complete"]
    [row] = [
        one for one in office.inspect("columns", "--no-collect", "--no-links")["findings"] if one["code"] == "T101"
    ]
    assert row["pages"] == 9


def test_a_page_that_moved_within_the_site_is_seen_where_it_is(office: Office) -> None:
    """What the new address shows is what stands there; the old reading is gone from the store."""
    office.pages["/new/a1.html"] = office.pages["/a1.html"]
    office.pages["/a1.html"] = Reply(status=301, headers={"Location": "/new/a1.html"})
    code, report = office.recheck("/a1.html")
    assert (code, office.wrong(report)) == (1, {"/new/a1.html"})
    assert office.looked(report) == {"/a1.html": ("seen", f"转到了 {office.server.url}/new/a1.html")}
    with Store.open(office.folder / ".jimo-lint" / "store.sqlite3", writing=False) as store:
        assert f"{office.server.url}/new/a1.html" in store.read("site")
        assert f"{office.server.url}/a1.html" not in store.read("site")


def test_a_column_is_read_whole_and_its_freshness_judged(office: Office) -> None:
    """By name, by its address and by that of a list page; a new article is read for its date, the rest is not."""
    code, report = office.recheck("通知公告")
    assert [one["status"] for one in report["columns"]] == ["stale"]
    assert office.looked(report)["通知公告"][0] == "seen" and "更新不及时" in office.looked(report)["通知公告"][1]
    assert set(office.server.hits) == {"/robots.txt", "/tzgg/"}
    office.pages["/tzgg/"] = listing("2026-11-20", "2026-09-01", "2026-08-01", "2026-07-01")
    office.pages["/tzgg/2026-11-20.html"] = page("安装")
    office.server.hits.clear()
    code, report = office.recheck("/tzgg/")
    assert (code, [one["status"] for one in report["columns"]]) == (0, ["fresh"])
    assert set(office.server.hits) == {"/robots.txt", "/tzgg/", "/tzgg/2026-11-20.html"}
    after = office.inspect("columns", "--no-collect", "--no-links")
    assert [(one["status"], one["items"]) for one in after["columns"]] == [("fresh", 4)]
    assert not [one for one in after["findings"] if one["kind"] == "column" and "更新" in one["title"]]


def test_a_column_that_was_not_seen_keeps_its_rows(office: Office) -> None:
    """A server in trouble leaves the column as it was read; one that has no such page any more does not."""
    office.pages["/tzgg/"] = Reply(b"", 503)
    code, report = office.recheck("通知公告")
    assert code == 2 and office.looked(report)["通知公告"][0] == "unseen" and not report["columns"]
    assert [one["items"] for one in office.inspect("columns", "--no-collect", "--no-links")["columns"]] == [3]
    office.pages["/tzgg/"] = Reply(b"", 404)
    code, report = office.recheck("通知公告")
    assert office.looked(report)["通知公告"][0] == "gone"
    assert [one["status"] for one in report["columns"]] == ["unknown"]


def test_a_link_that_is_alive_again(office: Office) -> None:
    """Dead by the crawl; still dead when asked twice more; alive when its page is there."""
    assert "L101" in {one["code"] for one in office.inspect("columns", "--no-collect")["findings"]}
    code, report = office.recheck("/dead.html")
    assert [(one["code"], one["subject"]) for one in report["findings"]] == [("L101", f"{office.server.url}/dead.html")]
    assert (code, office.looked(report).keys(), report["looked"][0]["kind"]) == (1, {"/dead.html"}, "link")
    assert office.server.hits["/dead.html"] == 3  # as a page, and twice as a link
    office.pages["/dead.html"] = page("安装")
    code, report = office.recheck("/dead.html")
    assert (code, report["findings"]) == (0, [])
    assert [(one["kind"], one["outcome"]) for one in report["looked"]] == [("link", "seen")]
    assert "L101" not in {one["code"] for one in office.inspect("columns", "--no-collect")["findings"]}


def test_a_link_elsewhere_that_cannot_be_told(office: Office) -> None:
    """A host that refuses may be restarting: neither dead nor mended. What is nobody's costs nothing of the rest."""
    port = closed_port()
    office.pages["/"] = html(f'<a href="http://127.0.0.1:{port}/x.html">外链</a>', title="青潭区人民政府")
    office.inspect()
    code, report = office.recheck(f"http://127.0.0.1:{port}/x.html")
    assert code == 2 and [one["outcome"] for one in report["looked"]] == ["unseen"]
    code, report = office.recheck("http://qingtan.example/x.html", "/a1.html", f"{office.server.url}/?id=13812345678")
    looked = office.looked(report)
    assert code == 2 and looked["/a1.html"] == ("seen", "")
    assert "不是本站的网址，采集到的内容里也没有这个链接" in looked.pop("http://qingtan.example/x.html")[1]
    assert not [name for name in looked if "13812345678" in name]


def test_an_account_is_read_again_from_its_archive(office: Office) -> None:
    """Of an archive that two share only the one that was asked for is judged; one that cannot be read stays."""
    first = office.inspect("weekly", "--no-links")
    assert {one["account_name"] for one in first["findings"] if one["code"] == "T101"} == {"青潭发布", "青潭教育"}
    archive = office.folder / "档案.csv"
    archive.write_text(LEDGER.replace("要按装设备", "要安装设备"), encoding="utf-8")
    code, report = office.recheck("青潭发布")
    assert (code, report["findings"]) == (0, [])
    assert [one["name"] for one in report["accounts"]] == ["青潭发布"]
    assert office.looked(report)["青潭发布"][0] == "seen"
    assert not [one for one in office.inspect("weekly", "--no-collect")["findings"] if one["code"] == "T101"]
    archive.unlink()
    code, report = office.recheck("wechat:青潭教育")
    assert code == 2 and office.looked(report)["青潭教育"] == ("unseen", "没有这个档案。请检查 archive 的路径")
    assert [one["posts"] for one in office.inspect("weekly", "--no-collect")["accounts"]] == [1, 1]


def test_pages_and_accounts_at_once(office: Office) -> None:
    """One command asks for a page, a column and an account."""
    office.inspect("weekly", "--no-links")
    _, report = office.recheck("/a1.html", "通知公告", "青潭发布")
    assert {one["kind"] for one in report["looked"]} == {"document", "column", "account"}
    assert {one["outcome"] for one in report["looked"]} == {"seen"}
    assert len([one for one in report["findings"] if one["code"] == "T101"]) == 2


def test_without_a_crawl_there_is_nothing_to_look_at_again(tmp_path: Path) -> None:
    """It says so, and what to do instead."""
    text = CONFIG.format(url="http://127.0.0.1:9", host="127.0.0.1:9")
    (tmp_path / "jimo-lint.toml").write_text(text, encoding="utf-8")
    for word, said in (
        ("/a1.html", "采集过网页"),
        ("通知公告", "采集过网页"),
        ("青潭发布", "读取过档案"),
    ):
        done = jimo_lint("recheck", word, cwd=tmp_path)
        assert done.returncode == 2 and f"还没有{said}" in done.stderr
    done = jimo_lint("recheck", "通知公示", cwd=tmp_path)
    assert done.returncode == 2 and "没有栏目、账号叫“通知公示”，是否为" in done.stderr


def test_private_addresses_are_refused(office: Office) -> None:
    """Where the configuration does not allow them any more, nothing is asked."""
    config = office.folder / "jimo-lint.toml"
    config.write_text(config.read_text(encoding="utf-8").replace("allow_private = true", ""), encoding="utf-8")
    code, report = office.recheck("/a1.html", "通知公告")
    assert code == 2 and {one["outcome"] for one in report["looked"]} == {"unseen"}
    assert all("本机或内网地址" in one["note"] for one in report["looked"])
    assert not office.server.hits


def test_the_screen_and_the_line(office: Office) -> None:
    """Places stand below the findings; a hostile page stays text, personal data are masked."""
    office.pages["/a1.html"] = html("<h1>\x1b[31m公示</h1><p>联系人手机13812345678，要按装\u202e设备。</p>")
    url = f"{office.server.url}/a1.html"
    done = jimo_lint("recheck", url, "--select", "T101,P", "--as-of", AS_OF, cwd=office.folder)
    assert f"{url}：已复查" in done.stdout and "检查 1 处：已复查 1" in done.stdout
    assert "重新读取：完成" in done.stderr
    assert not {"\x1b", "\u202e"} & set(done.stdout + done.stderr)
    assert "13812345678" not in done.stdout + done.stderr
    assert b"13812345678" not in (office.folder / ".jimo-lint" / "store.sqlite3").read_bytes()
    done = jimo_lint("recheck", url, "-f", "line", "--select", "T101", "--as-of", AS_OF, cwd=office.folder)
    assert done.stdout.count("\n") == 1 and "检查 1 处：已复查 1；问题 1 个" in done.stdout and not done.stderr


def test_the_order_of_the_crawl_stays(office: Office) -> None:
    """A page that is read again stands where it stood, or the site would be judged in another order."""
    path = office.folder / ".jimo-lint" / "store.sqlite3"

    def order() -> list[tuple[str, date | None]]:
        with Store.open(path, writing=False) as store:
            return [(one.url, store.crawled_on()) for one in store.documents("site")]

    before = order()
    office.recheck("/", "/a3.html", "通知公告")
    assert order() == before


def test_every_family_of_lists_is_read_again_as_the_crawl_read_it(tmp_path: Path) -> None:
    """All list pages by pages and interfaces, the same rows in the same order, well within a minute."""
    serving: list[Site] = []
    path = tmp_path / ".jimo-lint" / "store.sqlite3"

    def kept() -> dict[str, Any]:
        with Store.open(path, writing=False) as store:
            pages = {one.name: tuple(store.list_pages(server.url + one.path)) for one in listings.COLUMNS}
            return {**pages, "documents": sorted(store.read("site"))}

    def answer(path: str) -> Reply | None:
        return listings.at(serving[0].host)(path)

    with site(answer) as server:
        serving.append(server)
        text = f'[site]\nstart = ["{server.url}/"]\n[crawl]\nallow_private = true\ndelay = 0\n'
        for one in listings.COLUMNS:
            text += f'[[column]]\nname = "{one.name}"\nurl = "{server.url}{one.path}"\n'
        (tmp_path / "jimo-lint.toml").write_text(text, encoding="utf-8")
        day = ("--as-of", "2026-01-31")
        report = json.loads(jimo_lint("inspect", "columns", "--no-links", "-f", "json", *day, cwd=tmp_path).stdout)
        before = kept()
        names = [one.name for one in listings.COLUMNS]
        server.hits.clear()
        started = time.monotonic()
        again = json.loads(jimo_lint("recheck", *names, "-f", "json", *day, cwd=tmp_path).stdout)
        assert time.monotonic() - started < 60
        assert kept() == before
    results = [
        {one["name"]: (one["status"], one["newest"], one["items"]) for one in each["columns"]}
        for each in (report, again)
    ]
    assert results[0] == results[1]
    assert not [path for path in server.hits if "/content/" in path]
