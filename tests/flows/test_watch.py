"""`watch`: home page and first list pages are read; what is new or changed there is judged, kept and told once."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jimo_lint.store import Store
from tests.support.crawling import Reply, Site, html, site
from tests.support.program import jimo_lint
from tests.support.robots import robot

pytestmark = pytest.mark.slow

ID = "11010519491231002X"
CONFIG = """[site]
name = "青潭区"
start = ["{url}/"]
[crawl]
allow_private = true
delay = 0
timeout = 1
[[column]]
name = "通知公告"
url = "/tzgg/"
kind = "notice"
[notify]
robot = "wecom"
url_env = "ROBOT"
"""
ROWS = 15


class Portal:
    """A site with one column of two list pages, which grows."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.server: Site
        self.titles = [f"关于第{number}号检修工作安排的通知" for number in range(1, 21)]  # the oldest first
        self.bodies: dict[int, str] = {}
        self.pages: dict[str, Reply] = {}

    def answer(self, path: str) -> Reply | None:
        """What stands at an address."""
        if path in self.pages:
            return self.pages[path]
        if path == "/":
            return html(
                '<a href="/tzgg/">通知公告</a><a href="/dead.html">附表</a><p>各股室按装电话。</p>',
                title="青潭区人民政府",
            )
        newest = list(enumerate(self.titles))[::-1]
        if path == "/tzgg/":
            return self._list(newest[:ROWS], '<a href="/tzgg/index_2.html">下一页</a>')
        if path == "/tzgg/index_2.html":
            return self._list(newest[ROWS:], '<a href="/tzgg/">上一页</a>')
        name = path.removeprefix("/tzgg/t").removesuffix(".html")
        if name.isdigit() and int(name) < len(self.titles):
            text = self.bodies.get(int(name), "各单位要安装设备，做好检修，具体安排另行通知。")
            return html(f"<h1>{self.titles[int(name)]}</h1><p>{text}</p>", title=self.titles[int(name)])
        return None

    def _list(self, rows: list[tuple[int, str]], turn: str) -> Reply:
        shown = "".join(
            f'<li><a href="/tzgg/t{number}.html">{title}</a><span>2026-11-{number + 1:02}</span></li>'
            for number, title in rows
        )
        return html(f"<div class='list'><ul>{shown}</ul></div>{turn}", title="通知公告")

    def run(self, *words: str, **environment: str) -> tuple[int, dict[str, Any], str]:
        """Exit code, report and stderr."""
        done = jimo_lint(*words, "-f", "json", "--select", "T101,P,L", cwd=self.folder, **environment)
        return done.returncode, json.loads(done.stdout or "{}"), done.stderr

    def watch(self, *words: str, **environment: str) -> tuple[int, set[tuple[str, str]], set[str]]:
        """Exit code, codes with where they stand, and the pages that were asked for."""
        self.server.hits.clear()
        code, report, _ = self.run("watch", *words, **environment)
        asked = set(self.server.hits) - {"/robots.txt"}
        base = self.server.url
        return code, {(one["code"], one["url"].removeprefix(base)) for one in report.get("findings", ())}, asked

    def publish(self, title: str, body: str) -> str:
        """A new article; its path."""
        self.bodies[len(self.titles)] = body
        self.titles.append(title)
        return f"/tzgg/t{len(self.titles) - 1}.html"


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """The site, crawled once."""
    portal = Portal(tmp_path_factory.mktemp("watched"))
    with site(portal.answer) as server:
        portal.server = server
        (portal.folder / "jimo-lint.toml").write_text(CONFIG.format(url=server.url), encoding="utf-8")
        assert portal.run("inspect", "columns", "-q")[0] == 1  # the link that leads nowhere
        yield portal


@pytest.fixture
def portal(crawled: Portal, tmp_path: Path) -> Iterator[Portal]:
    """What was crawled, in a folder of the test's own; what it changes of the site is undone behind it."""
    folder, titles = crawled.folder, list(crawled.titles)
    crawled.folder = tmp_path / "office"
    shutil.copytree(folder, crawled.folder)
    yield crawled
    crawled.folder, crawled.titles, crawled.bodies, crawled.pages = folder, titles, {}, {}


def test_without_news_two_pages_are_asked_for(portal: Portal) -> None:
    """The home page and the first list page; what an inspection has told of them is not told again."""
    with robot(b'{"errcode":0}') as received:
        code, found, asked = portal.watch("--notify", ROBOT=received.url)
    assert (code, asked, received.bodies) == (0, {"/", "/tzgg/"}, [])
    assert not found  # though the home page has a wrong word, as it had in the inspection


def test_news_are_judged_kept_and_told_once(portal: Portal) -> None:
    """A new article with a wrong word and a dead link: two lines, once; the next inspection has both."""
    new = portal.publish("关于冬季检修的通知", f'各单位要按装设备，联系人身份证号{ID}。<a href="/gone.html">附表</a>')
    with robot(b'{"errcode":0}') as received:
        code, found, asked = portal.watch("--notify", ROBOT=received.url)
        assert code == 1
        assert {"/", "/tzgg/", new} <= asked
        assert ("T101", new) in found and any(rule == "P101" for rule, _ in found)
        [told] = [body["text"]["content"] for body in received.bodies]  # type: ignore[index]
        assert "按装" in told and ID not in told and "监测" in told.splitlines()[0]
        again = portal.watch("--notify", ROBOT=received.url)
        assert (again[2], len(received.bodies)) == ({"/", "/tzgg/"}, 1)
    stored = portal.run("inspect", "columns", "-q", "--no-collect", "--no-links")[1]
    wrong = [one["url"] for one in stored["findings"] if one["code"] == "T101"]
    assert {url.removeprefix(portal.server.url) for url in wrong} == {"/", new}
    with Store.open(portal.folder / ".jimo-lint/store.sqlite3", writing=False) as store:
        rows = [row.url for page in store.list_pages(f"{portal.server.url}/tzgg/") for row in page.rows]
    assert {row.rpartition("/")[2] for row in rows} == {f"t{number}.html" for number in range(21)}


def test_a_title_that_changed_is_read_anew(portal: Portal) -> None:
    """What a row shows is other than what the crawl saw."""
    portal.titles[18] = "关于按装设备的通知"
    code, found, asked = portal.watch()
    assert asked == {"/", "/tzgg/", "/tzgg/t18.html"}
    assert ("T101", "/tzgg/t18.html") in found and code == 1


def test_what_could_not_be_read_is_new_in_the_next_round(portal: Portal) -> None:
    """Whether its row changed, or another address led to it."""
    portal.titles[18] = "关于设备检修的通知"
    portal.bodies[18] = "各单位要按装设备。"
    moved = portal.publish("关于冬季检修的通知", "")
    portal.pages = {
        moved: Reply(status=302, headers={"Location": "/real.html"}),
        "/real.html": Reply(status=500),
        "/tzgg/t18.html": Reply(status=500),
    }
    assert portal.watch()[0] == 2
    del portal.pages["/tzgg/t18.html"]
    portal.pages["/real.html"] = html("<p>请各科室按装暖气。</p>", title="关于冬季检修的通知")
    assert portal.watch()[1] == {("T101", "/tzgg/t18.html"), ("T101", "/real.html")}
    assert portal.watch()[2] == {"/", "/tzgg/"}


def test_what_need_not_be_read_is_said_once(portal: Portal) -> None:
    """Pages that stand elsewhere, or that robots.txt forbids, are no fault of each round from then on."""
    away = portal.publish("关于转发文件的通知", "")
    barred = portal.publish("关于内部事项的通知", "")
    portal.pages = {
        away: Reply(status=302, headers={"Location": "http://127.0.0.2:9/x"}),
        "/robots.txt": Reply(f"User-agent: *\nDisallow: {barred}\n".encode(), headers={"Content-Type": "text/plain"}),
    }
    code, report, _ = portal.run("watch")
    assert code == 0
    said = " ".join(problem["message"] for problem in report["problems"])
    assert "重定向到站外" in said and "robots.txt 不允许抓取" in said
    assert portal.watch() == (0, set(), {"/", "/tzgg/"})


def test_what_did_not_arrive_is_told_by_the_next_round(portal: Portal) -> None:
    """A robot that refuses costs no finding."""
    portal.publish("关于公示名单的通知", f"张三青，身份证号{ID}。")
    with robot(b'{"errcode":45009,"errmsg":"too many"}') as refusing:
        code, _, stderr = portal.run("watch", "--notify", ROBOT=refusing.url)
        assert code == 2 and "没有收下" in stderr
    with robot(b'{"errcode":0}') as received:
        portal.watch("--notify", ROBOT=received.url)
        assert "P101" in json.dumps(received.bodies, ensure_ascii=False)


def test_what_was_stored_and_not_told_is_told_by_the_next_round(portal: Portal) -> None:
    """Where the disk was full just then, or the program was killed: a page that is stored is new no more."""
    new = portal.publish("关于冬季检修的通知", '各单位要按装设备。<a href="/gone.html">附表</a>')
    kept = portal.folder / ".jimo-lint"
    (kept / "notices.jsonl").mkdir()  # nothing can be noted
    with robot(b'{"errcode":0}') as received:
        code, report, stderr = portal.run("watch", "--notify", ROBOT=received.url)
        assert code == 2 and "notices.jsonl" in stderr and not received.bodies
        (kept / "notices.jsonl").rmdir()
        _, found, asked = portal.watch("--notify", ROBOT=received.url)
        assert asked == {"/", "/tzgg/"}
        assert {("T101", new)} < found and {code for code, _ in found} == {one["code"] for one in report["findings"]}
        [told] = [body["text"]["content"] for body in received.bodies]  # type: ignore[index]
        assert "按装" in told
        assert portal.watch("--notify", ROBOT=received.url)[1] == set() and len(received.bodies) == 1
    assert not (kept / "untold.json").exists()


def test_what_could_not_be_noted_is_not_stored(portal: Portal) -> None:
    """It is new in the next round."""
    new = portal.publish("关于冬季检修的通知", "各单位要按装设备。")
    (portal.folder / ".jimo-lint" / "untold.tmp").mkdir()
    code, _, stderr = portal.run("watch")
    assert code == 2 and "没能记下" in stderr
    (portal.folder / ".jimo-lint" / "untold.tmp").rmdir()
    assert ("T101", new) in portal.watch()[1]


def test_a_home_page_that_does_not_answer_is_told(portal: Portal) -> None:
    """Not looked at is never fine: exit code 2, a line once a day, and what was stored stays."""
    portal.pages = {"/": Reply(b"", status=500), "/tzgg/": html("<p>栏目正在调整。</p>", title="通知公告")}
    with robot(b'{"errcode":0}') as received:
        assert portal.watch("--notify", ROBOT=received.url)[0] == 2
        assert portal.watch("--notify", ROBOT=received.url)[0] == 2
        [told] = [body["text"]["content"] for body in received.bodies]  # type: ignore[index]
    assert told.count("没有看到") == 2 and "不等于空白" in told
    with Store.open(portal.folder / ".jimo-lint/store.sqlite3", writing=False) as store:
        assert f"{portal.server.url}/" in store.read("site")


def test_more_than_a_round_bears_is_left_for_the_next(portal: Portal) -> None:
    """Fifty new pages a round, and the number of those that were left."""
    links = "".join(f'<a href="/more/{number}.html">第{number}篇稿件</a>' for number in range(60))
    portal.pages = {f"/more/{number}.html": html(f"<p>第{number}篇稿件的正文。</p>") for number in range(60)}
    portal.pages["/"] = html(links, title="青潭区人民政府")
    code, report, stderr = portal.run("watch")
    assert code == 0 and "还有 10 个这一轮没有读" in stderr and report["run"]["documents"] == 52
    assert portal.run("watch")[1]["run"]["documents"] == 12


@pytest.mark.parametrize(("news", "pinned", "told"), [(ROWS - 1, False, 0), (ROWS + 2, False, 1), (ROWS + 2, True, 1)])
def test_news_that_the_first_page_does_not_show_are_said_not_to_be_seen(
    portal: Portal, news: int, pinned: bool, told: int
) -> None:
    """After a day without a round, the second page has news, too; a row that stays on top proves nothing."""
    old = len(portal.titles) - 1
    for number in range(news):
        portal.publish(f"关于第{number}号线路停电的通知", "各单位要安装设备。")
    newest = list(enumerate(portal.titles))[::-1]
    if pinned:
        portal.pages["/tzgg/"] = portal._list([(old, portal.titles[old]), *newest[: ROWS - 1]], "")
    code, report, _ = portal.run("watch")
    assert [one["code"] for one in report["problems"] if one["code"] == "left-lists"] == ["left-lists"] * told
    assert code == (2 if told else 0)
    assert portal.run("watch")[0] == 0  # what the next inspection is to read is said once


def test_what_is_said_once_is_said_by_the_next_round_where_this_one_could_not(portal: Portal) -> None:
    """News that a list's first page does not show, and a page that stands elsewhere: their rows are stored by then."""
    for number in range(ROWS + 1):
        portal.publish(f"关于第{number}号线路停电的通知", "各单位要安装设备。")
    away = portal.publish("关于转发文件的通知", "")
    portal.pages = {away: Reply(status=302, headers={"Location": "http://127.0.0.2:9/x"})}
    notices = portal.folder / ".jimo-lint" / "notices.jsonl"
    notices.mkdir()  # nothing can be noted, as where the program is killed
    with robot(b'{"errcode":0}') as received:
        assert portal.run("watch", "--notify", ROBOT=received.url)[0] == 2 and not received.bodies
        notices.rmdir()
        code, report, _ = portal.run("watch", "--notify", ROBOT=received.url)
    assert code == 2 and {"left-lists", "redirect-away"} <= {one["code"] for one in report["problems"]}
    assert "第一页到底都是新的" in json.dumps(received.bodies, ensure_ascii=False)
    code, report, _ = portal.run("watch")
    assert code == 0 and not {"left-lists", "redirect-away"} & {one["code"] for one in report["problems"]}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("watch", "--every", "30"), "应写作 30m"),
        (("watch", "--every", "1m"), "5 分钟"),
        (("watch", "--notify", "--config", "bare.toml"), "没有写 [notify]"),
        (("watch", "--config", "bare.toml"), "inspect columns"),
    ],
)
def test_what_cannot_be_done_is_said(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    """Place, fault and remedy."""
    (tmp_path / "bare.toml").write_text('[site]\nstart = ["http://www.qingtan.example/"]\n', encoding="utf-8")
    (tmp_path / "jimo-lint.toml").write_text(CONFIG.format(url="http://www.qingtan.example"), encoding="utf-8")
    done = jimo_lint(*words, cwd=tmp_path)
    assert done.returncode == 2 and said in done.stderr
