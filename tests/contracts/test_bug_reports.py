"""Public reports of bugs, rebuilt as small inputs in `../shared/cases/bug-reports`: each comes out as its README says.

The commands are those that a user types. A port of our own stands for 18440, which the inputs ask.
"""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from jimo_lint.extract.markup.charset import decode
from jimo_lint.extract.pages.page import read_page
from tests.support.program import jimo_lint

pytestmark = pytest.mark.slow

AS_OF = "2026-12-01"
PORT = "18440"

Found = set[tuple[str, str, int | None]]

# Code, locator and line of all that `check` says, for each file.
CHECKED: dict[str, Found] = {
    "word/moved.docx": set(),
    "word/nobreak-hyphen.docx": set(),
    "word/footnote.docx": {("S101", "脚注 1", 1), ("P103", "脚注 1", 1)},
    "word/header.docx": {("S101", "页眉", 1)},
    "word/ruby.docx": {("S101", "第 1 段", 1)},
    "word/document2.docx": {("S101", "第 1 段", 1)},
    "word/strict.docx": {("S101", "第 1 段", 1)},
    "word/deleted-paragraph-mark.docx": {("S101", "第 1 段", 1)},
    "word/deleted-with-plain-text.docx": set(),
    "wording/halfwidth.txt": {("F104", f"第 {line} 行", line) for line in range(1, 6)},
    "wording/hard-wrap.txt": {("S101", "第 1 行", 1), ("T101", "第 2 行", 2)},
    "wording/br.html": {("S101", "正文第 1 段", 1), ("T101", "正文第 2 段", 1)},
    "wording/footnote.md": {("S101", "第 5 行", 5), ("P103", "第 5 行", 5)},
    "wording/fullwidth-digits.txt": {("F121", "第 1 行", 1)},
    "wording/yingai.txt": {("T102", f"第 {line} 行", line) for line in range(1, 4)},
    "wording/name-variant.txt": set(),
    "wording/words.txt": set(),
    "links/text-fragment.html": set(),
}
# How many posts a file of an archive has, and words that `accounts test` says about it. None: it is no post.
ARCHIVES = {
    "workbook/backslash-names.xlsx": ("wechat", 2, ["最新 2026-11-28 10:00", "全区召开安全生产工作会议"]),
    "workbook/empty-fill.xlsx": ("wechat", 2, ["最新 2026-11-28 10:00", "示例区开展秋冬季植树活动"]),
    "archive/cst.rss.xml": ("wechat", 1, ["2026-11-16 10:30"]),
    "archive/weibospider.json": (
        "weibo",
        2,
        ["最新 2026-11-28 10:00", "抓好关健环节。  20 字"],
    ),
    "archive/wechat-verify.html": ("wechat", 0, ["存下的是微信的验证", "请在浏览器里打开文章再存"]),
}
# Verdicts of `links` by the path of the address, and the codes of all findings.
LINKS: dict[str, tuple[dict[str, str], list[str]]] = {
    "links/draft.md": (
        {
            "/ok/%E8%AF%B4%E6%98%8E_(2026).html": "alive",
            "/ok/guide_(1).html": "alive",
            "/ok/bold": "alive",
            "/ok/a%20b.html": "alive",
        },
        [],
    ),
    "links/list.txt": ({"/ok/a": "alive", "/ok/b": "alive"}, []),
    "links/malformed.html": ({}, ["L133", "L134", "L134"]),
    "links/text-fragment.html": ({}, []),
    "links/clickable.html": ({"/none/1": "dead", "/none/2": "dead"}, ["L104", "L104"]),
    "/D/x": ({"/D/x": "alive"}, []),
    "/gbk": ({"/down.asp?file=%CD%A8%D6%AA.doc": "alive"}, []),
    "/": (dict.fromkeys(("/", "/tzgg/", *(f"/tzgg/art_{100 + n}.html" for n in range(1, 8))), "alive"), []),
}
# When an article was published, or how many rows a list has.
ARTICLES = {
    "article/fullwidth-date.html": datetime(2026, 11, 5),
    "article/jsonld-baidu.html": datetime(2026, 11, 5, 10),
    "article/meta-utc.html": datetime(2026, 11, 5, 2),
    "article/list-onclick.html": 8,
}
# Put to tests by another name: the repost goes through an inspection, the words through a list.
OTHERS = {"archive/weibospider-repost.csv", "wording/words.tsv"}


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A copy of the inputs that ask a port of our own, and the address of their server."""
    source = Path(__file__).resolve().parents[3] / "shared" / "cases" / "bug-reports"
    if not source.is_dir():
        pytest.skip("../shared is not there")
    folder = tmp_path_factory.mktemp("reports") / "bug-reports"
    shutil.copytree(source, folder, copy_function=shutil.copyfile)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    for path in folder.rglob("*"):
        if path.suffix in (".md", ".txt", ".html", ".toml"):
            path.write_text(path.read_text(encoding="utf-8").replace(PORT, port), encoding="utf-8")
    (folder / "fast.toml").write_text("[crawl]\ndelay = 0.01\nallow_private = true\n", encoding="utf-8")
    server = subprocess.Popen([sys.executable, str(folder / "server.py"), port, "250"])
    until = time.monotonic() + 30
    while not _listens(port) and time.monotonic() < until:
        time.sleep(0.1)
    yield folder, f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait(timeout=30)


def _listens(port: str) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", int(port))) == 0


@pytest.fixture(scope="module")
def checked(cases: tuple[Path, str]) -> dict[str, list[dict[str, Any]]]:
    """The findings of `check` by file; all files were read whole."""
    folder, _ = cases
    done = jimo_lint("check", "--isolated", "-f", "json", "--as-of", AS_OF, *CHECKED, cwd=folder)
    report = json.loads(done.stdout)
    assert not report["problems"]
    return {name: [one for one in report["findings"] if one["url"] == name] for name in CHECKED}


def test_no_input_is_left_out(cases: tuple[Path, str]) -> None:
    """Every file of the folder is put to a test."""
    folder, _ = cases
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.parent != folder}
    files -= {path.name for path in folder.iterdir() if path.is_dir()}
    tested = {*CHECKED, *ARCHIVES, *ARTICLES, *OTHERS, *(name for name in LINKS if not name.startswith("/"))}
    assert files == tested


@pytest.mark.parametrize("name", CHECKED)
def test_what_check_says(checked: dict[str, list[dict[str, Any]]], name: str) -> None:
    """Code and place of each finding, and nothing beyond them."""
    assert {(one["code"], one["locator"], one["line"]) for one in checked[name]} == CHECKED[name]


def test_what_check_proposes(checked: dict[str, list[dict[str, Any]]]) -> None:
    """The right word stands beside the wrong one; a kind of characters is a notice."""
    assert [one["suggestions"] for one in checked["wording/yingai.txt"]] == [["应该"], ["应该"], ["让座"]]
    assert {one["severity"] for one in checked["wording/fullwidth-digits.txt"]} == {"notice"}


@pytest.mark.parametrize("name", ARCHIVES)
def test_what_an_archive_holds(cases: tuple[Path, str], name: str) -> None:
    """Number of posts, times and titles; a page that asks for a verification is no post, and the job was not done."""
    folder, _ = cases
    platform, number, words = ARCHIVES[name]
    written = (folder / "account.toml").read_text(encoding="utf-8").replace("archive/FILE", name)
    config = folder / f"{Path(name).stem}.toml"
    config.write_text(written.replace('"wechat"', f'"{platform}"'), encoding="utf-8")
    done = jimo_lint("accounts", "test", "--config", config.name, "--as-of", AS_OF, cwd=folder)
    assert f"读出：{number} 条" in done.stdout
    for said in words:
        assert said in done.stdout + done.stderr
    assert done.returncode == (0 if number else 2)


def test_a_repost_is_a_quotation(cases: tuple[Path, str]) -> None:
    """What the account passed on is another's words, and the labels of the export are nobody's."""
    folder, _ = cases
    written = (folder / "account.toml").read_text(encoding="utf-8")
    written = written.replace("archive/FILE", "archive/weibospider-repost.csv").replace('"wechat"', '"weibo"')
    (folder / "repost.toml").write_text(written, encoding="utf-8")
    options = ("--no-links", "--as-of", AS_OF, "-f", "json", "--config", "repost.toml")
    report = json.loads(jimo_lint("inspect", "weekly", *options, cwd=folder).stdout)
    assert [(one["code"], one["locator"]) for one in report["findings"]] == [("S101", "转发自“某某博主”的原文第 1 段")]


@pytest.fixture(scope="module")
def linked(cases: tuple[Path, str]) -> dict[str, dict[str, Any]]:
    """The reports of `links`: of the draft, whose links are relative, and of all other sources together."""
    folder, server = cases
    options = ["--config", "fast.toml", "--as-of", AS_OF, "-f", "json"]
    draft = jimo_lint("links", *options, "--base", f"{server}/x/", "links/draft.md", cwd=folder)
    others = [name for name in LINKS if name not in ("links/draft.md", "/D/x")]
    sources = [server + name if name.startswith("/") else name for name in others]
    rest = jimo_lint("links", *options, *sources, "-", cwd=folder, stdin=f"{server}/D/x\n")
    return {name: json.loads((draft if name == "links/draft.md" else rest).stdout) for name in LINKS}


@pytest.mark.parametrize("name", LINKS)
def test_what_links_says(cases: tuple[Path, str], linked: dict[str, dict[str, Any]], name: str) -> None:
    """Which addresses are asked, what becomes of them, and which cannot be asked at all."""
    _, server = cases
    verdicts, codes = LINKS[name]
    source = "<stdin>" if name == "/D/x" else server + name if name.startswith("/") else name
    links = [one for one in linked[name]["links"] if source in one["samples"]]
    assert {one["url"].removeprefix(server): one["verdict"] for one in links} == verdicts
    assert sorted(one["code"] for one in linked[name]["findings"] if source in one["samples"]) == codes


def test_a_site_that_sets_a_cookie_first(cases: tuple[Path, str]) -> None:
    """A redirect to the same address that brings a cookie is followed: the rows are read, and `init` finds them."""
    folder, server = cases
    done = jimo_lint("columns", "test", "--config", "crawl.toml", "--as-of", AS_OF, cwd=folder)
    assert "7 条，都有日期，最新 2026-11-27" in done.stdout
    made = jimo_lint("init", f"{server}/", "--allow-private", "-o", "-", cwd=folder)
    (column,) = tomllib.loads(made.stdout)["column"]
    assert (column["name"], column["url"]) == ("通知公告", "/tzgg/")
    assert "7 条，最近 2026-11-27" in made.stdout


@pytest.mark.parametrize("name", ARTICLES)
def test_when_an_article_was_published(cases: tuple[Path, str], name: str) -> None:
    """Full-width digits, JSON-LD, a zone; rows that are links by script."""
    body = (cases[0] / name).read_bytes()
    page = read_page(decode(body), "https://www.example.gov.cn/tzgg/", as_of=date(2026, 12, 1))
    wanted = ARTICLES[name]
    assert (page.document.published if isinstance(wanted, datetime) else len(page.rows)) == wanted


def test_latin_words_of_a_list_stand_alone(cases: tuple[Path, str]) -> None:
    """ISIS in THISISIT and OTC in HOTCAKE are no hits."""
    folder, _ = cases
    (folder / "words.toml").write_text('[rules]\nlists = ["wording/words.tsv"]\n', encoding="utf-8")
    done = jimo_lint("check", "--config", "words.toml", "--select", "S110", "wording/words.txt", cwd=folder)
    assert (done.returncode, done.stdout) == (0, "没有发现问题；检查 1 个文件，38 字\n")
    (folder / "own.txt").write_text("下三滥的话，ISIS，OTC药品。", encoding="utf-8")
    found = jimo_lint("check", "--config", "words.toml", "--select", "S110", "-f", "jsonl", "own.txt", cwd=folder)
    assert len(found.stdout.splitlines()) == 3
