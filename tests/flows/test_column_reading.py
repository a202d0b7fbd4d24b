"""Columns as older systems show them: a list inside a frame, rows whose dates leave out the year."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from jimo_lint.evidence.readings import row_day
from tests.support.crawling import Reply, Site, html, site
from tests.support.program import jimo_lint

AS_OF = "2026-11-23"
MENU = "".join(f'<a href="/other{number}/">栏目 {number}</a>' for number in range(20))


def _rows(folder: str, days: list[str]) -> str:
    rows = (
        f'<li><a href="{folder}{number}.html">关于第 {number} 项示例事项的情况说明</a><span>{day}</span></li>'
        for number, day in enumerate(days)
    )
    return f'<div class="list"><ul>{"".join(rows)}</ul></div>'


def _framed(source: str) -> str:
    return f'<div>{MENU}</div><h2>示例栏目</h2><iframe src="{source}" width="100%" height="600"></iframe>'


def _article(day: str) -> str:
    return f"<h1>示例事项</h1><p>发布时间：{day} 来源：办公室</p><p>{'示例事项的情况说明如下。' * 20}</p>"


PAGES = {
    "/": html(f"<h1>示例区统计局</h1>{MENU}"),
    "/framed/": html(_framed("list_1.html")),
    "/framed/list_1.html": html(
        f'{_rows("/framed/a", ["2026-11-20", "2026-11-18", "2026-11-16"])}<a href="list_2.html">下一页</a>'
    ),
    "/framed/list_2.html": html(_rows("/framed/b", ["2026-10-20", "2026-10-18"])),
    "/video/": html(_framed("player.html")),
    "/video/player.html": html("<video src='/a.mp4'></video>"),
    "/idle/": html(_rows("/idle/", ["11-20", "11-18", "11-16"])),
    "/busy/": html(_rows("/busy/", ["11-20", "11-18", "11-16"])),
    **{f"/idle/{n}.html": html(_article(f"2025-11-{20 - 2 * n}")) for n in range(3)},
    **{f"/busy/{n}.html": html(_article(f"2026-11-{20 - 2 * n}")) for n in range(3)},
}


@pytest.fixture(scope="module")
def served() -> Iterator[Site]:
    """The site with all these columns."""
    with site(PAGES.get) as running:
        yield running


@pytest.fixture(scope="module")
def report(served: Site, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What an inspection of it says."""
    folder: Path = tmp_path_factory.mktemp("columns")
    lines = ["[site]", f'start = ["{served.url}/"]', "[crawl]", "allow_private = true", "delay = 0"]
    for name in ("framed", "video", "idle", "busy"):
        lines += ["[[column]]", f'name = "{name}"', f'url = "/{name}/"', 'kind = "news"']
    (folder / "jimo-lint.toml").write_text("\n".join(lines), encoding="utf-8")
    done = jimo_lint("inspect", "columns", "--as-of", AS_OF, "-f", "json", "--no-links", cwd=folder)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _column(report: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(column for column in report["columns"] if column["name"] == name)
    return found


def test_a_list_in_a_frame_is_the_columns_list(report: dict[str, Any]) -> None:
    """The frame's rows and its next pages belong to the column whose page shows the frame."""
    column = _column(report, "framed")
    assert (column["status"], column["newest"], column["items"]) == ("fresh", "2026-11-20", 5)


def test_a_frame_without_a_list_leaves_the_column_unknown(report: dict[str, Any]) -> None:
    """A player in a frame is no list, and its column is not called blank."""
    assert _column(report, "video")["status"] == "unknown"


def test_an_article_settles_the_year_that_its_list_leaves_out(report: dict[str, Any]) -> None:
    """A column idle for a year is stale though its list shows 11-20 alone; a busy one with such a list is fresh."""
    idle, busy = _column(report, "idle"), _column(report, "busy")
    assert (idle["status"], idle["newest"]) == ("stale", "2025-11-20")
    assert (busy["status"], busy["newest"]) == ("fresh", "2026-11-20")
    assert not [found for found in report["findings"] if found["code"] == "C133"]


def test_only_the_year_is_settled() -> None:
    """Where list and article name different days, the list's counts; where the list shows none, the article's."""
    shown = datetime(2026, 11, 20)
    assert row_day(shown, date(2025, 11, 20)) == date(2025, 11, 20)
    assert row_day(shown, date(2025, 11, 19)) == date(2026, 11, 20)
    assert row_day(shown, None) == date(2026, 11, 20)
    assert row_day(None, date(2025, 11, 19)) == date(2025, 11, 19)


def test_an_old_crawl_does_not_make_a_site_idle(tmp_path: Path) -> None:
    """Where later crawls read nothing, a column may have been updated since: unknown, and no veto for the home page."""
    lines = ["[site]", 'start = ["{}/"]', "[crawl]", "allow_private = true", "delay = 0"]
    lines += ["[[column]]", 'name = "要闻"', 'url = "/"', 'kind = "news"']
    pages = {"/": html(_rows("/a/", ["2026-11-20", "2026-11-18", "2026-11-16"]))}
    pages |= {f"/a/{n}.html": html(_article(f"2026-11-{20 - 2 * n}")) for n in range(3)}

    def inspected(as_of: str) -> tuple[str, set[str]]:
        done = jimo_lint("inspect", "columns", "--as-of", as_of, "-f", "json", "--no-links", cwd=tmp_path)
        said = json.loads(done.stdout)
        return _column(said, "要闻")["status"], {found["code"] for found in said["findings"]} & {"C102", "C105"}

    with site(pages.get) as running:
        (tmp_path / "jimo-lint.toml").write_text("\n".join(lines).format(running.url), encoding="utf-8")
        assert inspected(AS_OF) == ("fresh", set())
    assert inspected("2026-12-24") == ("unknown", set())
    with site(pages.get) as running:
        (tmp_path / "jimo-lint.toml").write_text("\n".join(lines).format(running.url), encoding="utf-8")
        assert inspected("2026-12-24") == ("stale", {"C102", "C105"})


@pytest.mark.parametrize(
    "entrance",
    [
        Reply(status=302, headers={"Location": "/portal/index.html"}),
        html("", head='<meta http-equiv="refresh" content="0;url=/portal/index.html">'),
        html("<script>window.location.href='/portal/index.html';</script>"),
    ],
    ids=["redirect", "refresh", "script"],
)
def test_the_page_that_the_start_page_leads_to_is_the_home_page(entrance: Reply, tmp_path: Path) -> None:
    """Its tags and its news are judged, not those of the page that only leads on."""
    metas = "".join(f'<meta name="{name}" content="示例区">' for name in ("SiteName", "SiteDomain"))
    articles = {f"/a/{n}.html": html(_article(f"2026-10-{20 - n}")) for n in range(3)}
    links = "".join(f'<li><a href="{path}">关于示例事项的情况说明</a></li>' for path in articles)
    pages = {"/": entrance, "/portal/index.html": html(f"<ul>{links}</ul>", head=metas), **articles}
    with site(pages.get) as running:
        lines = ["[site]", f'start = ["{running.url}/"]', "[crawl]", "allow_private = true", "delay = 0"]
        (tmp_path / "jimo-lint.toml").write_text("\n".join(lines), encoding="utf-8")
        done = jimo_lint("inspect", "columns", "--as-of", AS_OF, "-f", "json", "--no-links", cwd=tmp_path)
    found = {one["code"]: one["message"] for one in json.loads(done.stdout)["findings"]}
    assert "SiteIDCode" in found["C106"] and "SiteName" not in found["C106"]
    assert "最近更新 2026-10-20" in found["C105"]
