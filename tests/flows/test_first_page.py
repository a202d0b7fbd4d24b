"""The first page of a list under a second address is one page, not two."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.crawling import Reply, Site, html, site
from tests.support.program import jimo_lint

AS_OF = "2026-11-23"


def _rows(start: int) -> str:
    rows = (
        f'<li><a href="/a/{1000 + n}.html">关于第 {n} 项示例事项的情况说明</a><span>2026-11-{20 - n % 10}</span></li>'
        for n in range(start, start + 4)
    )
    return f'<div class="list"><ul>{"".join(rows)}</ul></div>'


def _pages(folder: str, first: str, numbered: str) -> dict[str, Reply]:
    """A list of three pages whose first one is `first` too. numbered: how further pages are called, {} their number."""
    two, three = (numbered.format(number) for number in (2, 3))
    links = f'<a href="{first}">1</a> <a href="{two}">2</a> <a href="{three}">3</a>'
    one = html(f'{_rows(0)}<div>{links} <a href="{two}">下一页</a></div>')
    return {
        folder: one,
        f"{folder}{first}": one,
        f"{folder}{two}": html(
            f'{_rows(10)}<div><a href="{first}">上一页</a> {links} <a href="{three}">下一页</a></div>'
        ),
        f"{folder}{three}": html(f'{_rows(20)}<div><a href="{two}">上一页</a> {links}</div>'),
    }


def _silent(folder: str) -> dict[str, Reply]:
    """A list of two pages: only the second one has another address for the first."""
    one = html(f'{_rows(0)}<div><b>1</b> <a href="list_2.html">2</a> <a href="list_2.html">下一页</a></div>')
    two = html(f'{_rows(10)}<div><a href="list_1.html">1</a> <b>2</b> <a href="list_1.html">上一页</a></div>')
    return {folder: one, f"{folder}list_1.html": one, f"{folder}list_2.html": two}


PAGES = {
    "/": html("<h1>青潭区统计局</h1>"),
    **_pages("/a/", "index.html", "index_{}.html"),
    **_pages("/b/", "index.jsp", "index_{}.jsp"),
    **_pages("/c/", "list_1.html", "list_{}.html"),
    **_pages("/d/", "?page=1", "?page={}"),
    **_pages("/e/", "Default.aspx", "page{}.aspx"),
    **_silent("/f/"),
    # A third page that shows the rows of the first is a page that was not seen, and stays one of three.
    **_pages("/g/", "index.html", "index_{}.html"),
    "/g/index_3.html": html(_rows(0)),
}
READ = {"a": 3, "b": 3, "c": 3, "d": 3, "e": 3, "f": 2, "g": 3}


@pytest.fixture(scope="module")
def served() -> Iterator[Site]:
    """The site with all these columns."""
    with site(PAGES.get) as running:
        yield running


def test_lists_whose_first_page_has_two_addresses(served: Site, tmp_path: Path) -> None:
    """Pages read and pages known are what a person counts, and no page is missing."""
    lines = ["[site]", f'start = ["{served.url}/"]', "[crawl]", "allow_private = true", "delay = 0"]
    for name in READ:
        lines += ["[[column]]", f'name = "{name}"', f'url = "/{name}/"', 'kind = "news"']
    (tmp_path / "jimo-lint.toml").write_text("\n".join(lines), encoding="utf-8")
    done = jimo_lint("inspect", "columns", "--as-of", AS_OF, "-f", "json", "--no-links", cwd=tmp_path)
    columns: list[dict[str, Any]] = json.loads(done.stdout)["columns"]
    assert {one["name"]: (one["read_pages"], one["known_pages"]) for one in columns} == {
        name: (pages, pages) for name, pages in READ.items()
    }
