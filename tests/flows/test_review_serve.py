"""`review serve` over real HTTP: who is let in, what is recorded, what a hostile page can do (nothing)."""

from __future__ import annotations

import http.client
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from jimo_lint.cli import review_serve, run
from jimo_lint.errors import ConfigError, StoreError
from jimo_lint.model import Decision, Link, Opinion, Severity, Span, Unopened
from jimo_lint.report.machine import json
from jimo_lint.store import Store, decisions, runs
from jimo_lint.web.server import Server
from jimo_lint.web.sessions import Doorkeeper, person
from jimo_lint.web.writing import Writer
from tests.support import report_samples as samples
from tests.support import reviewing
from tests.support.problems import problem
from tests.support.reviewing import TODAY, Browser, document_of, keep, life, serving, where, wrong_word

pytestmark = pytest.mark.slow

CONFIG = '[site]\nname = "青潭区人民政府"\nstart = ["https://www.qingtan.example/"]\n'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with eight findings and their pages."""
    findings = [wrong_word(number) for number in range(8)]
    path = tmp_path / ".jimo-lint" / "store.sqlite3"
    keep(path, list(map(life, findings)), documents=list(map(document_of, findings)))
    return path


@pytest.fixture
def server(path: Path) -> Iterator[Server]:
    """The server of that store."""
    with serving(path) as one:
        yield one


@pytest.fixture
def browser(server: Server) -> Iterator[Browser]:
    """A browser of somebody who has logged in."""
    with Browser(server) as one:
        yield one.log_in("张三")


def stored(path: Path) -> tuple[Decision, ...]:
    """All decisions in the store."""
    with Store.open(path, writing=False) as store:
        return decisions.decisions(store)


class _Tags(HTMLParser):
    """The tags of a page with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.all: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.all.append((tag, dict(attrs)))


def test_a_link_is_good_for_one_browser(path: Path) -> None:
    """It becomes a cookie that no script reads and no other site sends; the next link is told."""
    told: list[str] = []
    with serving(path, told=told.append) as server, Browser(server) as first, Browser(server) as second:
        link = server.door.link
        assert told == [f"http://127.0.0.1:{server.port}/login?token={link}"]
        assert f'value="{link}"' in first.get(f"/login?token={link}").text
        entered = first.post("/login", {"name": "张三", "link": link})
        assert entered.status == 303 and where(entered) == "/findings"
        cookie = entered.headers["set-cookie"]
        assert re.fullmatch(rf"jimo-lint-{server.port}=[\w-]{{40,}}; HttpOnly; Path=/; SameSite=strict", cookie)
        assert link not in cookie
        refused = second.post("/login", {"name": "李四", "link": link})
        assert refused.status == 403 and "已经用过" in refused.text and "set-cookie" not in refused.headers
        assert told[1:] == [server.address] and server.door.link not in (link, "")
        assert second.log_in("李四").get("/findings").status == 200


@pytest.mark.parametrize("path_", ["/", "/findings", f"/findings/columns/{1:016x}"])
def test_without_a_session_there_is_nothing_to_see(server: Server, path_: str) -> None:
    """Pages lead to the login, which without link says where to find one; a made-up cookie is none."""
    with Browser(server) as stranger:
        for stranger.cookie in ("", f"jimo-lint-{server.port}=x", f"jimo-lint-{server.port}={'A' * 43}"):
            answer = stranger.get(path_)
            assert (answer.status, where(answer)) == (303, "/login") and "布署" not in answer.text
        login = stranger.get("/login")
        assert "终端里打印的网址" in login.text and "<input" not in login.text
        assert stranger.get("/changes", Accept="application/json").status == 401


def test_every_form_needs_session_token_and_origin(path: Path, browser: Browser) -> None:
    """A form from elsewhere, of another session, or with no token records nothing."""
    fields = {"key": f"columns/{1:016x}", "opinion": "confirmed"}
    assert browser.post("/decide", {**fields, "token": ""}).status == 403
    assert browser.post("/decide", {**fields, "token": browser.token[:-1]}).status == 403
    with Browser(browser.server) as other:
        other.log_in("李四")
        assert browser.post("/decide", {**fields, "token": other.token}).status == 403
    for origin in ("", "null", "https://evil.example", f"http://localhost:{browser.server.port}", "http://["):
        assert browser.post("/decide", fields, Origin=origin).status == 403, origin
    assert browser.post("/decide", fields, Sec_Fetch_Site="cross-site").status == 403
    assert browser.post("/decide", fields, Cookie="").status == 401
    for address in ("/undo", "/logout"):
        assert browser.post(address, {"token": "x"}).status == 403
    assert browser.post("/login", {"name": "李四", "link": "x"}, Origin="https://evil.example").status == 403
    assert stored(path) == ()
    assert browser.post("/decide", fields, Sec_Fetch_Site="same-origin").status == 303
    assert len(stored(path)) == 1


def test_other_hosts_are_refused(browser: Browser) -> None:
    """A name that somebody made lead to this machine is not served, whatever else is right."""
    port = browser.server.port
    for host in ("evil.example", f"evil.example:{port}", "127.0.0.1.evil.example", "192.0.2.1", "[", "localhost.evil"):
        answer = browser.get("/findings", Host=host)
        assert answer.status == 421 and "布署" not in answer.text, host
    for host in (f"localhost:{port}", "127.0.0.1:9000", "[::1]:9000"):
        assert browser.get("/findings", Host=host).status == 200, host


def test_what_browsers_are_told(browser: Browser) -> None:
    """Every answer, refusals and files too, forbids all that pages do not need, and is kept nowhere."""
    for answer in (
        browser.get("/"),
        browser.get("/findings"),
        browser.get("/static/page.js"),
        browser.get("/nothing"),
        browser.get("/", Host="evil.example"),
        browser.post("/decide", {"token": ""}),
    ):
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
        assert "script-src 'self';" in policy and "http" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cache-control"] == "no-store"
        assert "server" not in answer.headers


def test_no_page_has_script_or_style_in_it(browser: Browser) -> None:
    """So that the policy may forbid them: files of our own are all that is loaded."""
    for address in ("/", "/findings", f"/findings/columns/{1:016x}", "/login?token=x", "/nothing"):
        for tag, given in _Tags(browser.get(address).text).all:
            assert tag not in ("style", "iframe", "img", "object", "base") and "style" not in given
            assert not [name for name in given if name.startswith("on")]
            if tag == "script":
                assert given["src"] == "/static/page.js"
            if tag == "link":
                assert given["href"] == "/static/style.css"


def test_only_named_files_are_served(browser: Browser) -> None:
    """No path of a request is opened, however it is written."""
    assert browser.get("/static/style.css").headers["content-type"] == "text/css; charset=utf-8"
    for name in ("app.py", "../app.py", "..%2fapp.py", "%2e%2e/app.py", "", "/etc/passwd", "..%5capp.py", "page.js%00"):
        assert browser.get(f"/static/{name}").status == 404, name
    assert browser.get("/favicon.ico").status == 204
    assert browser.get("/findings/columns/..%2f..%2fx").status == 404


def test_sizes_are_limited(path: Path, browser: Browser) -> None:
    """A form or an address that is too long is refused, also where it does not say so."""
    fields = {"key": f"columns/{1:016x}", "opinion": "confirmed", "reason": "长" * 20_000}
    assert browser.post("/decide", fields).status == 413
    with Browser(browser.server) as chunked:
        chunked.cookie = browser.cookie
        chunked._connection.putrequest("POST", "/decide", skip_host=True)
        for name, value in (("Host", browser.host), ("Origin", f"http://{browser.host}"), ("Cookie", browser.cookie)):
            chunked._connection.putheader(name, value)
        chunked._connection.putheader("Transfer-Encoding", "chunked")
        chunked._connection.endheaders()
        for _ in range(20):
            chunked._connection.send(b"400\r\n" + b"a" * 1024 + b"\r\n")
        chunked._connection.send(b"0\r\n\r\n")
        assert chunked._connection.getresponse().status == 413
    with Browser(browser.server) as other:
        assert other.get("/findings?q=" + "a" * 9_000).status == 414
        assert other.ask("PUT", "/decide").status == 405
        assert other.ask("POST", "/login", b"\xff\xfe=1").status == 400
        assert other.ask("POST", "/login", b"a=1&" * 30).status == 400
    assert stored(path) == ()
    assert browser.get("/findings").status == 200


def test_decisions_are_recorded(path: Path, browser: Browser) -> None:
    """Who, when, on which run, from which session; each of the four; the page's script is told what has changed."""
    answer = browser.decide(1, "confirmed").json()
    assert answer["said"] == "已记录：确认（“既使”应为“即使”）"
    assert [(row["key"], row["label"], row["who"]) for row in answer["rows"]] == [(f"columns/{1:016x}", "确认", "张三")]
    browser.decide(2, "false-alarm", reason=" 引用\n原文，电话13812345678 ")
    browser.decide(3, "mended")
    browser.decide(4, "deferred", due="2026-12-31")
    assert (
        browser.post("/decide", {"key": f"columns/{5:016x}", "opinion": "confirmed", "due": "2026-12-01"}).status == 303
    )
    made = stored(path)
    assert [one.opinion.value for one in made] == ["confirmed", "false-alarm", "mended", "deferred", "confirmed"]
    assert [one.due for one in made] == [None, None, None, date(2026, 12, 31), date(2026, 12, 1)]
    assert made[1].reason == "引用 原文，电话138****5678"
    assert {(one.inspection, one.reviewer, one.day, one.run) for one in made} == {("columns", "张三", TODAY, 1)}
    [source] = {one.source for one in made}
    assert re.fullmatch("浏览器 [0-9a-f]{8}", source)
    assert browser.cookie.partition("=")[2] not in source


def test_a_deferral_needs_its_day(path: Path, browser: Browser) -> None:
    """None, one that is past or one that nobody would live to see is refused; the form comes back as it was sent."""
    for due in ("", "2026-11-25", "2026-01-01", "2030-01-01", "明天", "2026-13-01"):
        answer = browser.decide(1, "deferred", due=due)
        assert answer.status == 422 and "暂缓要写到哪一天" in answer.json()["fault"], due
    shown = browser.post("/decide", {"key": f"columns/{1:016x}", "opinion": "deferred", "reason": "<b>等通知"})
    assert shown.status == 422 and "暂缓要写到哪一天" in shown.text and 'value="&lt;b&gt;等通知"' in shown.text
    assert browser.decide(1, "confirmed", due="2026-01-01").status == 422
    assert browser.decide(1, "agreed").status == 422
    assert browser.decide(999, "confirmed").status == 404
    assert stored(path) == ()


def test_undo_takes_back_ones_own_last_decision(path: Path, browser: Browser) -> None:
    """One after the other, those of this session only, and no other's."""
    with Browser(browser.server) as other:
        other.log_in("李四")
        assert "没有可以撤回的" in browser.post("/undo", {}, Accept="application/json").json()["said"]
        browser.decide(1, "confirmed")
        browser.decide(2, "false-alarm")
        other.decide(3, "mended")
        undone = browser.post("/undo", {}, Accept="application/json").json()
        assert undone["said"].startswith("已撤回：误报") and undone["rows"][0]["label"] == "未审核"
        assert browser.post("/undo", {}).status == 303
        assert "没有可以撤回的" in browser.post("/undo", {}, Accept="application/json").json()["said"]
    assert [(one.reviewer, one.undone) for one in stored(path)] == [("张三", True), ("张三", True), ("李四", False)]


def test_others_see_what_was_decided(path: Path, browser: Browser) -> None:
    """At their next look; two opinions are told with both names; a new run asks to load anew."""
    with Browser(browser.server) as other:
        page = other.log_in("李四").get("/findings").text
        version, loaded = (re.findall(rf'data-{name}="(\d+)"', page)[0] for name in ("version", "loaded"))

        def look() -> dict[str, object]:
            answer: dict[str, object] = other.get(f"/changes?version={version}&loaded={loaded}").json()
            return answer

        assert look()["rows"] == []
        browser.decide(1, "confirmed")
        [row] = look()["rows"]  # type: ignore[misc]
        assert (row["kind"], row["who"]) == ("confirmed", "张三")
        other.decide(1, "false-alarm")
        [row] = look()["rows"]  # type: ignore[misc]
        assert row["kind"] == "disputed" and row["open"] and "张三 确认，李四 误报" in row["who"]
        assert "有分歧" in other.get("/findings?opinion=disputed").text
        assert other.get("/changes?version=x&loaded=99999999999999").json()["stale"] is True
        keep(path, [life(wrong_word(20))], as_of=date(2026, 11, 24))
        assert look()["stale"] is True


def test_it_works_without_script(path: Path, browser: Browser) -> None:
    """Forms lead on to the next finding of the list, say what was recorded once, and keep the filters."""
    listed = browser.get("/findings?sort=page&word=布署").text
    first, second = re.findall(r'<tr role="row" data-key="(columns/\w+)"', listed)
    shown = browser.get(f"/findings/{first}?sort=page&word=布署").text
    assert "第 1 / 2 条" in shown and '<mark class="place">布署</mark>' in shown and second in shown
    back = re.findall(r'name="back" value="([^"]*)"', shown)[0].replace("&amp;", "&")
    answer = browser.post("/decide", {"key": first, "opinion": "false-alarm", "back": back, "then": "next"})
    assert where(answer) == f"/findings/{second}"
    assert "已记录：误报" in browser.get(answer.headers["location"]).text
    assert "已记录" not in browser.get("/findings").text
    last = browser.post("/decide", {"key": second, "opinion": "confirmed", "back": back, "then": "next"})
    assert where(last) == "/findings" and "sort=page" in last.headers["location"]
    undone = browser.post("/undo", {"back": back, "then": "stay"})
    assert where(undone) == f"/findings/{second}"
    browser.post("/decide", {"key": second, "opinion": "mended", "back": "//evil.example/?page=2&sort=page"})
    assert browser.post("/undo", {"back": "https://evil.example"}).headers["location"].startswith("/findings?")
    left = browser.post("/logout", {})
    assert where(left) == "/login" and browser.get("/findings").status == 303


def test_pages_are_cut_on_the_server(tmp_path: Path) -> None:
    """Fifty rows at a time, each on exactly one page; a page behind the last is the last."""
    path = tmp_path / "store.sqlite3"
    keep(path, [life(wrong_word(number)) for number in range(120)])
    with serving(path) as server, Browser(server) as browser:
        browser.log_in("张三")
        pages = [re.findall(r'data-key="([^"]+)"', browser.get(f"/findings?page={page}").text) for page in (1, 2, 3)]
        assert [len(one) for one in pages] == [50, 50, 20]
        assert len({key for one in pages for key in one}) == 120
        assert re.findall(r'data-key="([^"]+)"', browser.get("/findings?page=99").text) == pages[2]


HOSTILE = "\"><script>alert(1)</script><img src=x onerror=alert(2)>'{{7*7}}</title></textarea>\x1b[31m\u202e\ud800\x00"


def test_crawled_text_is_never_markup(tmp_path: Path) -> None:
    """Markup, templates, controls and lone surrogates in every field of a finding, its page, and in an address."""
    path = tmp_path / "store.sqlite3"
    texts = ("title", "message", "subject", "matched", "locator", "basis", "column_name", "account_name", "owner")
    hostile = wrong_word(
        1,
        **dict.fromkeys(texts, HOSTILE),
        account="",
        url="https://www.qingtan.example/?a=" + HOSTILE.replace("\x00", "").replace("\ud800", ""),
        excerpt=f"前{HOSTILE}后",
        excerpt_start=1,
        span=Span(1, 1 + len(HOSTILE)),
        suggestions=(HOSTILE,),
        pages=2,
        samples=(
            "javascript:alert(1)",
            "data:text/html,<script>alert(1)</script>",
            "https://www.qingtan.example/1.html",
        ),
    )
    keep(path, [life(hostile)], documents=[replace(document_of(hostile), title=HOSTILE)])
    with serving(path, office=reviewing.office(site=HOSTILE)) as server, Browser(server) as browser:
        browser.log_in("张三")
        reason = HOSTILE.replace("\ud800", "")
        assert browser.decide(1, "confirmed", reason=reason).status == 200
        assert browser.decide(1, "confirmed", key=f"columns/{1:016x}<script>").status == 404
        for address in (
            "/",
            "/findings?word=" + "%22%3E%3Cscript%3E&q=%22%3E%3Cscript%3Ealert(1)",
            "/findings",
            f"/findings/columns/{1:016x}",
            "/findings/%3Cscript%3E/x",
            "/login?token=%22%3E%3Cscript%3E",
        ):
            text = browser.get(address).text
            tags = _Tags(text).all
            assert [given for tag, given in tags if tag == "script"] == [{"src": "/static/page.js", "defer": None}], (
                address
            )
            assert not [tag for tag, _ in tags if tag == "img"]
            links = [given.get("href") or "" for tag, given in tags if tag == "a"]
            assert all(link.startswith(("/", "#", "?", "https://www.qingtan.example/")) for link in links), links
            assert not re.search("[\x00\x1b\u202e]", text) and "49" not in re.findall("<h1>.*?</h1>", text)
        detail = browser.get(f"/findings/columns/{1:016x}").text
        assert "&lt;script&gt;alert(1)" in detail
        away = [given for tag, given in _Tags(detail).all if (given.get("href") or "").startswith("https:")]
        assert away and all(one["rel"] == "noopener noreferrer" for one in away)


def test_personal_data_stays_masked(tmp_path: Path) -> None:
    """An address that was masked is no link; a name or reason with a number is masked before it is stored."""
    path = tmp_path / "store.sqlite3"
    keep(path, [life(wrong_word(1, url="https://www.qingtan.example/110101********1234.html"))])
    with serving(path) as server, Browser(server) as browser:
        browser.log_in("张三13812345678")
        detail = browser.get(f"/findings/columns/{1:016x}").text
        assert 'href="https://www.qingtan' not in detail and "110101********1234" in detail
        browser.decide(1, "confirmed")
        assert stored(path)[0].reviewer == "张三138****5678"
    assert person(" 李\x00四\n ") == "李␀四" and person("  ") == "" and len(person("长" * 99)) == 30


def test_a_page_without_its_text_says_so(tmp_path: Path) -> None:
    """Not stored any more, changed since, or a finding that is not about a text: each in its words."""
    path = tmp_path / "store.sqlite3"
    changed = document_of(wrong_word(2), text="会议作了再部署。")
    column = wrong_word(3, kind="column", code="C101", matched="", span=None, severity=Severity.ERROR)
    keep(path, [life(wrong_word(1)), life(wrong_word(2)), life(column)], documents=[changed])
    with serving(path) as server, Browser(server) as browser:
        browser.log_in("张三")
        said = [browser.get(f"/findings/columns/{number:016x}").text for number in (1, 2, 3)]
        assert "存下的页面里没有这一页" in said[0] and "<mark>布署</mark>" not in said[0]
        assert "存下的页面里找不到这处文字" in said[1] and "会议作了再部署" in said[1]
        assert "没有原文可看" in said[2]


def test_a_post_without_address_is_shown(tmp_path: Path) -> None:
    """A finding names it by its file below the configuration's folder, the store by its whole path."""
    path = tmp_path / "store.sqlite3"
    post = wrong_word(1, url="archives/甲.csv 第 2 行", account="wechat:甲", account_name="甲", column_name="")
    keep(path, [life(post)])
    stored_as = replace(
        document_of(post, source="archive"), id="wechat:甲#1", url="/srv/qingtan/archives/甲.csv 第 2 行"
    )
    with Store.open(path, writing=True) as store:
        store.begin_archives()
        store.add_posts("wechat:甲", [replace(stored_as, account="wechat:甲")])
        store.replace_archives()
    with serving(path) as server, Browser(server) as browser:
        detail = browser.log_in("张三").get(f"/findings/columns/{1:016x}").text
    assert '<mark class="place">既使</mark>' in detail and "/srv/qingtan" not in detail


def test_a_link_is_marked_by_its_words(tmp_path: Path) -> None:
    """On the page that holds it; the link itself can be followed from there."""
    path = tmp_path / "store.sqlite3"
    dead = wrong_word(1, kind="link", code="L101", subject="https://gone.example/x", matched="", span=None, excerpt="")
    page = replace(document_of(wrong_word(1)), links=(Link("https://gone.example/x", "各镇街"),))
    keep(path, [life(dead)], documents=[page])
    with serving(path) as server, Browser(server) as browser:
        detail = browser.log_in("张三").get(f"/findings/columns/{1:016x}").text
    assert '<mark class="place">各镇街</mark>' in detail and 'href="https://gone.example/x" rel="noopener' in detail


def test_reviewing_goes_on_while_an_inspection_writes(path: Path, browser: Browser) -> None:
    """It has the writer's lock all the time and a transaction now and then: decisions wait for the latter only."""
    with Store.open(path, writing=True) as store:
        begun = threading.Event()

        def inspect() -> None:
            busy = sqlite3.connect(path, isolation_level=None)
            busy.execute("BEGIN IMMEDIATE")
            busy.execute("INSERT INTO place (kind, name) VALUES ('site', '')")
            begun.set()
            time.sleep(0.6)
            busy.execute("COMMIT")
            busy.close()

        writing = threading.Thread(target=inspect)
        writing.start()
        begun.wait(10)
        assert browser.get("/findings").status == 200 and writing.is_alive()
        assert browser.decide(1, "confirmed").status == 200
        writing.join()
        assert store.rows("SELECT count(*) FROM decision") == [(1,)]


def test_what_could_not_be_stored_is_not_said_to_be(path: Path, browser: Browser) -> None:
    """With the table gone the page says that nothing was recorded, and the server goes on."""
    with sqlite3.connect(path) as broken:
        broken.execute("ALTER TABLE decision RENAME TO elsewhere")
    answer = browser.decide(1, "confirmed")
    assert answer.status == 503 and "没有记录" in answer.json()["fault"]
    with sqlite3.connect(path) as mended:
        mended.execute("ALTER TABLE elsewhere RENAME TO decision")
    assert browser.decide(1, "confirmed").status == 200


def test_a_busy_store_is_tried_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice busy and the third time free is recorded; what is wrong otherwise is not tried again."""
    fault = sqlite3.OperationalError("database is locked")
    fault.sqlite_errorcode = sqlite3.SQLITE_BUSY
    left = [fault, fault]
    real = Store.open

    def opened(at: Path, *, writing: bool, beside: bool = False) -> Store:
        if left:
            raise StoreError(str(at), "正被另一个程序使用") from left.pop()
        return real(at, writing=writing, beside=beside)

    monkeypatch.setattr("jimo_lint.web.writing.Store.open", opened)
    writer = Writer(path)
    made = Decision("columns", f"{1:016x}", Opinion.CONFIRMED, TODAY, "张三")
    assert writer._patiently(lambda store: decisions.decide(store, made)).id == 1
    left += [sqlite3.DatabaseError("malformed")]
    left[0].sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    with pytest.raises(StoreError):
        writer._patiently(lambda store: decisions.decide(store, made))
    assert not left


def test_three_reviewers_at_once_lose_nothing(tmp_path: Path) -> None:
    """Each decides on findings of their own and on one of all, while a run is stored: every decision is there once."""
    path, each = tmp_path / "store.sqlite3", 50
    lives = [life(wrong_word(number)) for number in range(3 * each + 1)]
    keep(path, lives)
    with serving(path) as server, ExitStack() as open_ones, ThreadPoolExecutor(4) as pool:
        browsers = [open_ones.enter_context(Browser(server)).log_in(name) for name in "张李王"]

        def review(at: int) -> None:
            for number in range(at * each, (at + 1) * each):
                assert browsers[at].decide(number, "confirmed").status == 200
            browsers[at].decide(3 * each, ("confirmed", "false-alarm", "mended")[at])

        done = [pool.submit(review, at) for at in range(3)]
        done.append(pool.submit(keep, path, [], inspection="weekly"))
        for one in done:
            one.result()
        disputed = browsers[0].get("/findings?opinion=disputed").text
        assert re.findall(r'<tr role="row" data-key="(columns/\w+)"', disputed) == [f"columns/{3 * each:016x}"]
    made = stored(path)
    assert len(made) == 3 * each + 3
    assert {int(one.fingerprint, 16): one.reviewer for one in made if int(one.fingerprint, 16) < 3 * each} == {
        number: "张李王"[number // each] for number in range(3 * each)
    }


def test_the_first_page_of_ten_thousand(tmp_path: Path) -> None:
    """It takes a fraction of a second of the processor, whatever is asked of it."""
    path = tmp_path / "store.sqlite3"
    keep(path, [life(wrong_word(number)) for number in range(10_000)])
    with serving(path) as server, Browser(server) as browser:
        browser.log_in("张三")
        for address in ("/findings", "/findings?q=9999&sort=unit", "/"):
            taken = []
            for _ in range(3):
                before = time.process_time()
                assert browser.get(address).status == 200
                taken.append(time.process_time() - before)
            assert min(taken) < 0.3, address


def test_nothing_of_a_request_is_logged(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Neither what was searched for nor who asked stands in the output."""
    with serving(path) as server, Browser(server) as browser:
        browser.log_in("张三").get("/findings?q=13812345678")
        browser.get("/nothing?q=13812345678")
    assert capfd.readouterr() == ("", "")


def test_a_password_opens_it_to_others(path: Path) -> None:
    """It is asked for instead of a link; ten wrong ones, and none is looked at for a minute."""
    moment = 0.0
    with serving(path, host="127.0.0.1", password="长口令-12345678") as server, Browser(server) as browser:
        server.door.now = lambda: moment
        assert server.address == f"http://127.0.0.1:{server.port}/"
        assert 'type="password"' in browser.get("/login").text
        for _ in range(10):
            assert "口令不对" in browser.post("/login", {"name": "张三", "password": "x"}).text
        right = {"name": "张三", "password": "长口令-12345678"}
        assert "输错的次数太多" in browser.post("/login", right).text
        moment += 61
        assert browser.post("/login", {**right, "name": " "}).status == 403
        assert browser.post("/login", right).status == 303


def test_sessions_end() -> None:
    """After eight hours without a word, or when they leave."""
    moment = 0.0
    door = Doorkeeper("口令口令口令口令", now=lambda: moment)
    cookie = door.enter("张三", "", "口令口令口令口令")
    assert cookie and door.session(cookie)
    moment += 7 * 3600
    assert door.session(cookie)
    moment += 9 * 3600
    assert door.session(cookie) is None


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "::", "intranet.example"])
def test_other_machines_need_a_password(path: Path, host: str) -> None:
    """Without one, or with a short one, nothing is listened on."""
    for password in ("", "1234567"):
        with pytest.raises(ConfigError, match="口令"):
            Server(path, reviewing.office(), host=host, port=0, password=password, told=lambda _: None)


def test_all_addresses_serve_addresses_and_no_names(path: Path) -> None:
    """Where it listens on all addresses of the machine, any of them may be asked for, but no name that leads there."""
    with serving(path, host="0.0.0.0", password="长口令-12345678") as server, Browser(server) as browser:
        assert browser.get("/login", Host="192.0.2.7:8765").status == 200
        assert browser.get("/login", Host="evil.example").status == 421


def test_the_command(tmp_path: Path, path: Path) -> None:
    """It prints where to go and the next link, and ends with Ctrl-C, in Chinese and without a fault."""
    (tmp_path / "jimo-lint.toml").write_text(CONFIG, encoding="utf-8")
    command = [sys.executable, "-m", "jimo_lint", "review", "serve", "--port", "0"]
    program = subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    assert program.stdout
    line = program.stdout.readline()
    port, link = re.findall(r"^请在浏览器里打开：http://127\.0\.0\.1:(\d+)/login\?token=([\w-]+)$", line.strip())[0]
    connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=30)
    for _ in range(200):
        try:
            connection.request("GET", f"/login?token={link}")
        except OSError:
            time.sleep(0.05)
        else:
            break
    assert "姓名" in connection.getresponse().read().decode()
    program.send_signal(signal.SIGINT)
    out, err = program.communicate(timeout=60)
    assert (program.returncode, out, err) == (0, "已停止。\n", "")


def test_a_store_that_cannot_be_read_is_no_clean_end(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The server does not start, says why, and the command fails."""
    path = tmp_path / "store.sqlite3"
    keep(path, [life(wrong_word(1))])
    with sqlite3.connect(path) as broken:
        broken.execute("UPDATE line SET payload = '{'")
    server = Server(path, reviewing.office(), host="127.0.0.1", port=0, password="", told=lambda _: None)
    with pytest.raises(StoreError, match="打不开"):
        server.run()
    assert "JSONDecodeError" in capfd.readouterr().err


def test_what_a_kept_report_says_was_not_looked_at(path: Path) -> None:
    """Pages that were not read, the first of many, and files that nobody opened; or that there is no report."""
    with Store.open(path, writing=True) as store:
        assert review_serve._missed(store, 1) == ("没有留下这次检查的报告，不知道哪些页面没有读到",)
        said = replace(samples.columns(), findings=(), unopened=(Unopened("attachment", ".pdf", 3),))
        unread = [problem(f"https://www.qingtan.example/{number}.html", f"缘由 {number}") for number in range(10)]
        runs.keep_report(store, 1, json.dumps(replace(said, problems=(*unread, replace(unread[0], waived=True)))))
        told = review_serve._missed(store, 1)
    assert told[0] == "https://www.qingtan.example/0.html：缘由 0"
    assert told[8] == "等，共 10 处；全部见报告的“未读与未检”" and told[9] == "附件 3 个未检查内容"
    with serving(path, office=reviewing.office(missed=review_serve._missed)) as server, Browser(server) as browser:
        assert "栏目体检：https://www.qingtan.example/0.html：缘由 0" in browser.log_in("张三").get("/").text


def test_the_commands_refusals(
    tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No data, a port that is taken, a host without password, or the extra not installed: one line with a remedy."""
    monkeypatch.delenv("JIMO_LINT_REVIEW_PASSWORD", raising=False)
    config = tmp_path / "jimo-lint.toml"
    config.write_text(CONFIG, encoding="utf-8")

    def said(*arguments: str) -> str:
        assert run(["review", "serve", "--config", str(config), *arguments]) == 2
        return capsys.readouterr().err

    assert "JIMO_LINT_REVIEW_PASSWORD" in said("--host", "0.0.0.0")
    with serving(path) as server:
        assert "换一个 --port" in said("--port", str(server.port))
    path.unlink()
    assert "还没有数据" in said("--port", "0")
    monkeypatch.setenv("JIMO_LINT_REVIEW_PASSWORD", "长口令-12345678")
    keep(path, [])
    assert "没有这个主机名" in said("--host", "nowhere.invalid", "--port", "0")
    monkeypatch.delitem(sys.modules, "jimo_lint.web.server")
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    assert "pip install 'jimo-lint[web]'" in said()
