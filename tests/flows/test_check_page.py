"""`check URL`: one page on the web is judged like a draft, asked for like a crawl does, and kept nowhere."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jimo_lint.cli import run
from jimo_lint.network.reach import USER_AGENT
from tests.support.crawling import Reply, Site, html, site
from tests.support.linkhosts import closed_port
from tests.support.program import jimo_lint

pytestmark = pytest.mark.slow

CONFIG = '[site]\nname = "青潭区"\nstart = ["{url}/"]\nhosts = ["{host}"]\n'
CONFIG += "[crawl]\nallow_private = true\ndelay = 0\ntimeout = 1\n"
TEXT = "<h1>关于检修的通知</h1><p>青潭区各单位要按装设备，做好检修，具体安排另行通知。</p>"
WRONG = html(f'{TEXT}<a href="/dead.html">附表</a><img src="/p.png">', title="关于检修的通知")
FAR = "http://qingtan.example/"


def _slowly() -> Iterator[bytes]:
    yield b"<p>"
    time.sleep(1.6)
    yield b"</p>"


UNSEEN = {
    "/none.html": (None, "页面不存在（HTTP 404）"),
    "/soft.html": (html("<p>抱歉，您访问的页面不存在</p>", title="404"), "页面不存在"),
    "/shut/a.html": (WRONG, "robots.txt 不允许"),
    "/away.html": (Reply(status=302, headers={"Location": f"{FAR}a.html"}), "qingtan.example"),
    "/loop.html": (Reply(status=302, headers={"Location": "/loop2.html"}), "兜圈子"),
    "/wall.html": (Reply(b"", 412), "防护拦截"),
    "/form.html": (
        html('<form action="/in"><input name="user"><input type="password" name="p"><button>登录</button></form>'),
        "登录",
    ),
    "/file.html": (Reply(b"%PDF-1.7", headers={"Content-Type": "application/pdf"}), "不是网页"),
    "/empty.html": (html(""), "没有文字"),
    "/broken.html": (Reply(b"", 503), "服务器出错"),
    "/huge.html": (
        Reply(headers={"Content-Type": "text/html"}, chunks=lambda: (b"<p>" + b"a" * 2**20 for _ in range(12))),
        "超过 10 MB",
    ),
    "/slow.html": (Reply(headers={"Content-Type": "text/html"}, chunks=_slowly), "秒内没有读完"),
}
PAGES = {
    "/robots.txt": Reply(b"User-agent: *\nDisallow: /shut/\n", headers={"Content-Type": "text/plain"}),
    "/": html('<a href="/a.html">通知</a>', title="青潭区人民政府"),
    "/a.html": WRONG,
    "/good.html": html(TEXT.replace("按装", "安装")),
    "/moved.html": Reply(status=301, headers={"Location": "/a.html"}),
    "/refresh.html": html("", head='<meta http-equiv="refresh" content="0;url=/a.html">'),
    "/loop2.html": Reply(status=302, headers={"Location": "/loop.html"}),
    "/who.html": html("<h1>\x1b[31m公示<script>alert(1)</script></h1><p>联系人手机13812345678，要按装\u202e设备。</p>"),
    **{path: reply for path, (reply, _) in UNSEEN.items() if reply},
}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Site]:
    """The site, with a configuration beside it."""
    with site(PAGES.get) as running:
        text = CONFIG.format(url=running.url, host=running.host)
        (tmp_path / "jimo-lint.toml").write_text(text, encoding="utf-8")
        yield running


def _checked(folder: Path, *arguments: str) -> tuple[int, dict[str, Any], str]:
    done = jimo_lint("check", *arguments, "-f", "json", cwd=folder)
    return done.returncode, json.loads(done.stdout), done.stderr


def test_a_page_is_judged_as_a_crawl_judges_it(server: Site, tmp_path: Path) -> None:
    """The same findings, but for those that only a whole site shows; no link is asked and nothing is stored."""
    code, report, errors = _checked(tmp_path, f"{server.url}/a.html")
    assert (code, errors) == (1, "")
    assert [(one["code"], one["matched"]) for one in report["findings"] if one["matched"]] == [("T101", "按装")]
    assert report["run"]["complete"] and report["run"]["documents"] == 1
    assert set(server.hits) == {"/robots.txt", "/a.html"}
    assert server.agents == {USER_AGENT}
    assert not (tmp_path / ".jimo-lint").exists()
    crawled = json.loads(jimo_lint("inspect", "columns", "--no-links", "-f", "json", cwd=tmp_path).stdout)
    there = {
        one["fingerprint"]
        for one in crawled["findings"]
        if one["kind"] == "document" and f"{server.url}/a.html" in (one["url"], *one["samples"])
    }
    assert there == {one["fingerprint"] for one in report["findings"]}


def test_pages_and_files_are_checked_together(server: Site, tmp_path: Path) -> None:
    """A page that another address leads to is one page; a good one has no findings."""
    (tmp_path / "稿.txt").write_text("要按装设备。", encoding="utf-8")
    addresses = [f"{server.url}/{name}.html" for name in ("a", "moved", "refresh", "good")]
    code, report, _ = _checked(tmp_path, "稿.txt", *addresses, "--select", "T101")
    assert code == 1
    assert [one["url"] for one in report["findings"]] == ["稿.txt", f"{server.url}/a.html"]
    assert report["run"]["documents"] == 3 and not report["problems"]


def test_pages_that_were_not_seen_are_named(server: Site, tmp_path: Path) -> None:
    """Each with its place and why; the program ends with 2, whatever else was read."""
    addresses = [f"{server.url}{path}" for path in (*UNSEEN, "/good.html")]
    code, report, _ = _checked(tmp_path, *addresses, "--select", "T101")
    said = {problem["place"].removeprefix(server.url): problem for problem in report["problems"]}
    assert (code, said.keys()) == (2, UNSEEN.keys())
    assert {problem["code"] for problem in said.values()} == {"unseen"}
    for path, (_, why) in UNSEEN.items():
        assert why in said[path]["message"], path
    assert report["run"]["documents"] == 1 and not report["findings"]


def test_private_addresses_are_refused(server: Site, tmp_path: Path) -> None:
    """Without a configuration that allows them nothing is asked of this machine, and never of a cloud's own."""
    code, report, _ = _checked(tmp_path, "--isolated", f"{server.url}/a.html")
    assert code == 2 and not report["run"]["complete"] and not server.hits
    assert "allow_private = true" in report["problems"][0]["message"]
    code, report, _ = _checked(
        tmp_path, "http://169.254.169.254/latest/", f"{server.url}/good.html", "--select", "T101"
    )
    assert code == 2 and "云主机的内部地址" in report["problems"][0]["message"]
    assert report["run"]["documents"] == 1


@pytest.mark.parametrize(
    "address", ["https://", "http://青 潭/", "http://a@b.example/", "http://[::1/", "http://a.example:99999/"]
)
def test_what_is_no_address_is_said(address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is not asked; the place and the remedy stand in one line."""
    assert run(["check", "--isolated", address]) == 2
    assert "不是网址。请写完整的网址" in capsys.readouterr().err


def test_an_address_with_personal_data_is_neither_asked_nor_shown(server: Site, tmp_path: Path) -> None:
    """The number would stand in the server's log once more."""
    done = jimo_lint("check", f"{server.url}/a.html?phone=13812345678", cwd=tmp_path)
    assert done.returncode == 2 and "个人信息" in done.stderr
    assert "13812345678" not in done.stdout + done.stderr and not server.hits


def test_a_hostile_page_stays_text(server: Site, tmp_path: Path) -> None:
    """No escape sequence or direction mark of a page reaches the terminal; personal data are masked."""
    done = jimo_lint("check", f"{server.url}/who.html", cwd=tmp_path)
    assert "按装" in done.stdout and "P10" in done.stdout
    assert not {"\x1b", "\u202e"} & set(done.stdout + done.stderr)
    assert "13812345678" not in done.stdout + done.stderr and "alert" not in done.stdout


def test_a_host_that_does_not_answer_is_left_alone(tmp_path: Path) -> None:
    """After five addresses without any answer the others are not asked, and are named like those."""
    port = closed_port()
    (tmp_path / "jimo-lint.toml").write_text("[crawl]\nallow_private = true\ndelay = 0\n", encoding="utf-8")
    code, report, _ = _checked(tmp_path, *(f"http://127.0.0.1:{port}/{number}.html" for number in range(8)))
    said = [problem["message"] for problem in report["problems"]]
    assert code == 2 and len(said) == 8 and not report["run"]["complete"]
    assert sum("拒绝连接" in one for one in said) in (5, 6)  # one more may be on its way
    assert all("拒绝连接" in one or "连续 5 个地址连接不上，没有再问" in one for one in said)
