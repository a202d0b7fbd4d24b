"""`jimo-lint columns test` shows how columns are read, and says where they cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.crawling import Reply, Site, html, site
from tests.support.program import jimo_lint

AS_OF = "2026-01-31"


def _list(days: list[int], *, pager: str = "", folder: str = "/tzgg/") -> Reply:
    rows = "".join(
        f"<li><a href='{folder}{day}.html'>关于第 {day} 号事项有关情况的通知</a><span>2026-01-{day:02}</span></li>"
        for day in days
    )
    return html(f"<div class='list'><ul>{rows}</ul></div>{pager}", title="通知公告")


def _article(day: int) -> Reply:
    head = f"<meta name='PubDate' content='2026-01-{day:02} 08:30'>"
    return html("<h1>通知</h1><p>正文内容写在这里。</p>" * 20, title="通知", head=head)


@pytest.fixture(scope="module")
def served() -> Iterator[Site]:
    """Two columns with rows, one blank, one gone; the first leads with a pinned old row and a differing date."""
    pager = "".join(f"<a href='/tzgg/index_{page}.html'>{page}</a> " for page in range(2, 10))
    pages = {
        "/tzgg/": _list([3, 20, 19, 18, 17, 16, 15], pager=f"{pager}<a href='/tzgg/index_2.html'>下一页</a>"),
        **{f"/tzgg/index_{page}.html": _list([14 - page], pager="<a href='/tzgg/'>1</a>") for page in range(2, 10)},
        "/tzgg/3.html": _article(3),
        "/tzgg/20.html": _article(22),
        "/yw/": _list([30], folder="/yw/"),
        "/blank/": html("<div class='list'>暂无信息</div>", title="人事信息"),
    }
    with site(pages.get) as running:
        yield running


@pytest.fixture
def folder(served: Site, tmp_path: Path) -> Path:
    """A folder with a configuration of the columns."""
    lines = ["[site]", f'start = ["{served.url}/"]', "[crawl]", "allow_private = true", "delay = 0"]
    named = {"通知公告": "/tzgg/", "要闻\x1b[31m": "/yw/", "人事信息": "/blank/", "统计信息": "/gone/"}
    for name, path in named.items():
        shown = name.replace("\x1b", "\\u001b")
        lines += ["[[column]]", f'name = "{shown}"', f'url = "{path}"', 'kind = "notice"']
    (tmp_path / "jimo-lint.toml").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def test_rows_dates_and_verdict_are_shown(folder: Path) -> None:
    """First rows with both dates, the newest marked though it is not first, how many pages, and the sum."""
    done = jimo_lint("columns", "test", "通知", "--as-of", AS_OF, cwd=folder)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0].startswith("通知公告") and "/tzgg/" in lines[0]
    (pinned,) = [line for line in lines if "第 3 号" in line]
    (newest,) = [line for line in lines if "第 20 号" in line]
    assert "最新" not in pinned and "2026-01-03  2026-01-03" in pinned
    assert newest.startswith("最新 2") and "2026-01-22 不同" in newest
    assert "读了 3 页" in done.stdout and "都有日期" in done.stdout
    assert "正常" in done.stdout and "至 2026-01-31 已 11 天" in done.stdout


def test_only_what_is_asked_for_is_read(folder: Path, served: Site) -> None:
    """Of one column three list pages and the first rows' articles are read, nothing is kept, nothing is written."""
    served.hits.clear()
    jimo_lint("columns", "test", "通知公告", "--as-of", AS_OF, cwd=folder)
    lists = [path for path in served.hits if path.startswith("/tzgg/") and not path[6:7].isdigit()]
    assert len(lists) == 3
    assert not [path for path in served.hits if path in ("/", "/yw/", "/blank/")]
    assert sum(path[6:7].isdigit() for path in served.hits) == 3
    assert [path.name for path in folder.iterdir()] == ["jimo-lint.toml"]


def test_what_cannot_be_read_ends_with_two(folder: Path) -> None:
    """All columns without names: blank is a verdict, a missing page is none, and no control character is printed."""
    done = jimo_lint("columns", "test", "--as-of", AS_OF, cwd=folder)
    assert done.returncode == 2
    assert "空白栏目" in done.stdout and "未能判定 页面不存在（HTTP 404）" in done.stdout
    assert "\x1b" not in done.stdout


def test_an_unknown_name_is_told(folder: Path) -> None:
    """A name that no column has: one line that lists some that are there."""
    done = jimo_lint("columns", "test", "没有", cwd=folder)
    assert done.returncode == 2
    assert "没有名称含“没有”的栏目" in done.stderr and "通知公告" in done.stderr


def test_a_configuration_is_needed(tmp_path: Path) -> None:
    """Without columns the way to find them is named."""
    (tmp_path / "jimo-lint.toml").write_text('[site]\nname = "甲"\n', encoding="utf-8")
    done = jimo_lint("columns", "test", cwd=tmp_path)
    assert done.returncode == 2
    assert "jimo-lint init" in done.stderr
