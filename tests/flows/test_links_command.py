"""`jimo-lint links`: lists, local files and one page, with the rows and exit codes of every other check."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jimo_lint.inspection.link_list import listed
from jimo_lint.model import Problem
from jimo_lint.readers.source import Source
from tests.support.crawling import Reply, Site, html, site
from tests.support.program import jimo_lint


def answer(path: str) -> Reply | None:
    """A page with links, its neighbours, and a file that is a page."""
    match path:
        case "/index.html":
            return html(
                '<a href="b.html">第二个页面</a><a href="gone.html">没有的页面</a><a href="f.pdf">附件一</a>'
                '<a href="old.html">旧地址</a><a href="mailto:a@b.cn">信箱</a>'
            )
        case "/b.html":
            return html("<p>第二个页面的内容</p>", title="第二个页面")
        case "/f.pdf":
            return html("<p>请登录后在线阅读</p>", title="在线阅读")
        case "/old.html":
            return Reply(status=301, headers={"Location": "/b.html"})
    return None


@pytest.fixture(scope="module")
def served() -> Iterator[Site]:
    """The little site."""
    with site(answer) as running:
        yield running


def run(folder: Path, *arguments: str, stdin: str | None = None) -> tuple[int, dict[str, Any]]:
    """Exit code and JSON report."""
    done = jimo_lint("links", "--allow-private", "-f", "json", *arguments, cwd=folder, stdin=stdin)
    return done.returncode, json.loads(done.stdout)


def verdicts(report: dict[str, Any], base: str) -> dict[str, tuple[str, str]]:
    """Verdict and reason by path."""
    return {row["url"].removeprefix(base): (row["verdict"], row["reason"]) for row in report["links"]}


OF_THE_PAGE = {
    "/b.html": ("alive", "ok"),
    "/gone.html": ("dead", "http-404"),
    "/f.pdf": ("inconclusive", "file-is-page"),
    "/old.html": ("alive", "ok"),
}


def test_page_on_the_web(served: Site, tmp_path: Path) -> None:
    """The links of one page are checked, none of them twice, and none beyond it."""
    code, report = run(tmp_path, f"{served.url}/index.html")
    assert code == 1
    assert verdicts(report, served.url) == OF_THE_PAGE
    assert {finding["code"] for finding in report["findings"]} == {"L101", "L107", "L110"}
    [moved] = [finding for finding in report["findings"] if finding["code"] == "L110"]
    assert moved["suggestions"] == [f"{served.url}/b.html"]
    counts = {row["group"]: row for row in report["link_counts"]}
    assert (counts["internal"]["dead"], counts["internal"]["dead_share"]) == (1, pytest.approx(1 / 3))
    assert (counts["attachment"]["inconclusive"], counts["attachment"]["dead_share"]) == (1, 0)


def test_frames_of_its_own_site_are_nobody_elses(served: Site, tmp_path: Path) -> None:
    """A file has no address of its own, and belongs to where it will be published; other ports are other sites."""
    own, other = f"{served.url}/b.html", "http://127.0.0.1:9/c.html"
    (tmp_path / "draft.html").write_text(f'<iframe src="{own}"></iframe><script src="{own}"></script>', "utf-8")
    _, report = run(tmp_path, "draft.html", "--base", f"{served.url}/x/")
    assert "L122" not in {finding["code"] for finding in report["findings"]}
    (tmp_path / "draft.html").write_text(f'<iframe src="{own}"></iframe><iframe src="{other}"></iframe>', "utf-8")
    _, report = run(tmp_path, "draft.html", "--base", f"{served.url}/x/")
    assert [finding["url"] for finding in report["findings"] if finding["code"] == "L122"] == ["draft.html"]
    assert "127.0.0.1:9" in next(one["message"] for one in report["findings"] if one["code"] == "L122")


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("/b.html?", "/b.html?"),
        ("/b.html? 公告", "/b.html?"),
        ("/b_?，公告", "/b_?"),
        ("/b~", "/b~"),
        ("/b_", "/b_"),
        ("/b.html.", "/b.html"),
        ("/b.html，公告", "/b.html"),
        ("/b.html; 公告", "/b.html"),
    ],
)
def test_an_address_of_a_list_is_asked_whole(line: str, asked: str) -> None:
    """What may end a sentence ends an address too, as it does in a page; a comma is the list's."""
    problems: list[Problem] = []
    source = Source("list.txt", f"http://www.qingtan.example{line}\n".encode())
    assert [one.url for one in listed(source, problems)] == [f"http://www.qingtan.example{asked}"] and not problems


def test_local_page_with_its_address(served: Site, tmp_path: Path) -> None:
    """A page that is not yet published is checked as if it stood at its address."""
    page = answer("/index.html")
    assert page is not None
    (tmp_path / "draft.html").write_bytes(page.body)
    code, report = run(tmp_path, "draft.html", "--base", f"{served.url}/draft.html")
    assert (code, verdicts(report, served.url)) == (1, OF_THE_PAGE)


def test_relative_links_of_a_local_page(tmp_path: Path) -> None:
    """Without an address relative links cannot be asked, which is said and is no failure."""
    (tmp_path / "draft.html").write_text('<a href="b.html">第二个页面</a>', encoding="utf-8")
    code, report = run(tmp_path, "draft.html")
    assert (code, report["links"]) == (0, [])
    [problem] = report["problems"]
    assert "1 个链接" in problem["message"] and "--base" in problem["message"] and problem["excused"]


def test_draft_in_markdown(served: Site, tmp_path: Path) -> None:
    """Links and bare addresses of a draft are found, without the Chinese text behind them."""
    (tmp_path / "a.md").write_text(
        f"见[第二个页面]({served.url}/b.html)，或{served.url}/gone.html。另见<{served.url}/old.html>。",
        encoding="utf-8",
    )
    _, report = run(tmp_path, "a.md")
    assert verdicts(report, served.url).keys() == {"/b.html", "/gone.html", "/old.html"}


def test_list_of_addresses(served: Site, tmp_path: Path) -> None:
    """One address a line, from a file and from stdin; the same address is one row with both places."""
    (tmp_path / "list.txt").write_text(f"# 清单\n{served.url}/b.html\n\n{served.host}/gone.html\n", encoding="utf-8")
    code, report = run(tmp_path, "list.txt", "-", stdin=f"{served.url}/b.html\n")
    assert (code, verdicts(report, served.url)) == (1, {k: OF_THE_PAGE[k] for k in ("/gone.html", "/b.html")})
    [row] = [row for row in report["links"] if row["url"].endswith("b.html")]
    assert (row["pages"], row["samples"]) == (2, ["list.txt", "<stdin>"])


def test_what_cannot_be_read(tmp_path: Path) -> None:
    """A missing file, a line that is no address and a page that is not there are named, and the job was not done."""
    (tmp_path / "list.txt").write_text("第一行\n", encoding="utf-8")
    code, report = run(tmp_path, "list.txt", "none.txt", "http://127.0.0.1:1/")
    assert code == 2
    assert [problem["place"] for problem in report["problems"]] == ["list.txt:1", "none.txt", "http://127.0.0.1:1/"]


def test_private_addresses_need_leave(served: Site, tmp_path: Path) -> None:
    """Without --allow-private nothing on this machine is asked."""
    before = sum(served.hits.values())
    done = jimo_lint("links", "-", cwd=tmp_path, stdin=f"{served.url}/b.html\n")
    assert (done.returncode, sum(served.hits.values())) == (0, before)
    assert "未访问" in done.stdout


def test_lines(served: Site, tmp_path: Path) -> None:
    """As JSON lines every link has a line, and the same keys as in the report."""
    (tmp_path / "list.txt").write_text(f"{served.url}/b.html\n{served.url}/gone.html\n", encoding="utf-8")
    done = jimo_lint("links", "--allow-private", "-f", "jsonl", "list.txt", cwd=tmp_path)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["type"] for row in rows] == ["finding", "link", "link"]
    _, report = run(tmp_path, "list.txt")
    assert rows[1].keys() - {"type"} == report["links"][0].keys()


def test_text_says_the_share(served: Site, tmp_path: Path) -> None:
    """The last line counts the links and gives the share of dead ones."""
    done = jimo_lint("links", "--allow-private", f"{served.url}/index.html", cwd=tmp_path)
    assert done.stdout.splitlines()[-1].endswith("检查 4 个链接：失效 1，待确认 1，正常 2，错链率 25.00%")


@pytest.mark.parametrize("body", [b"", "\n# 没有\n".encode()])
def test_a_list_without_addresses_is_a_fault(tmp_path: Path, body: bytes) -> None:
    """Whoever made the list meant something to be checked: a gate does not pass for want of work."""
    (tmp_path / "empty.txt").write_bytes(body)
    for source in ("empty.txt", "-"):
        done = jimo_lint("links", source, cwd=tmp_path, stdin="")
        assert done.returncode == 2
        assert "里面没有一个网址，什么也没有检查" in done.stderr
        assert done.stdout == "什么也没有检查；1 处未能检查\n"


def test_a_draft_without_links_is_told_of(tmp_path: Path) -> None:
    """It is no fault, but nobody takes it for a check that found nothing."""
    (tmp_path / "a.md").write_text("没有链接的稿件。\n", encoding="utf-8")
    done = jimo_lint("links", "a.md", cwd=tmp_path)
    assert done.returncode == 0
    assert "a.md：里面没有一个链接，什么也没有检查" in done.stderr
    assert done.stdout == "什么也没有检查；1 处未能检查\n"


def test_a_workbook_is_no_list(tmp_path: Path) -> None:
    """One line says so, rather than one for each line that its bytes happen to have; UTF-16 text is read."""
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04" + b"\n\x00" * 40)
    (tmp_path / "b.txt").write_bytes("http://127.0.0.1:1/\n".encode("utf-16"))
    code, report = run(tmp_path, "a.xlsx", "b.txt")
    assert (code, [one["place"] for one in report["problems"]]) == (2, ["a.xlsx"])
    assert [row["url"] for row in report["links"]] == ["http://127.0.0.1:1/"]


def test_what_a_page_shows_without_asking_is_told(tmp_path: Path) -> None:
    """Addresses that no browser understands and places that the page does not have, as `check` has them."""
    page = '<a href="http：//www.a.example/">甲</a><a href="htttps://www.a.example/">乙</a><a href="#fj">丙</a>'
    (tmp_path / "a.html").write_text(
        f'<meta charset="utf-8"><title>x</title><p>{page}<a href="#第一章:~:text=总则">丁</a></p>', encoding="utf-8"
    )
    (tmp_path / "a.md").write_text("见[甲](http：//www.a.example/)。\n", encoding="utf-8")
    found = jimo_lint("links", "a.html", "a.md", "-f", "jsonl", cwd=tmp_path)
    codes = [json.loads(line)["code"] for line in found.stdout.splitlines() if '"type":"finding"' in line]
    assert sorted(codes) == ["L133", "L133", "L134", "L134", "L134"]
    assert found.returncode == 1
