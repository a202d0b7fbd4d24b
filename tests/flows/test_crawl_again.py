"""A site crawled a second time: what has not changed is neither sent nor read again, and counts all the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from jimo_lint.model import Document
from jimo_lint.store import Store
from tests.support.crawling import Job, Reply, Site, html, site

_ARTICLES = 6
_TITLE = "青潭"  # of all pages: those that are read again are not read to their end where a test says so
_NAME = "11010519491231002X"


def _of(number: int) -> str:
    return f"关于第 {number} 号事项的通知"


class Town:
    """A home page, a list and articles. named: those that have an ETag; changed: what stands in them now."""

    def __init__(self) -> None:
        self.named = {"/", "/gg/", *(f"/gg/{number}.html" for number in range(3))}
        self.texts = {number: f"这是第 {number} 篇，各镇要抓好落实。" for number in range(_ARTICLES)}
        self.texts[1] += f"联系人身份证 {_NAME}。"
        self.lie = False
        self.year = "2026-"  # in the list

    def answer(self, path: str) -> Reply | None:
        """What stands at a path."""
        page = self._page(path)
        if page is None or path not in self.named:
            return page
        tag = '"1"' if self.lie else f'"{hash(page.body)}"'
        return replace(page, headers={**page.headers, "ETag": tag})

    def _page(self, path: str) -> Reply | None:
        if path == "/":
            return html('<a href="/gg/">公告</a>', title=f"{_TITLE}区")
        if path == "/gg/":
            rows = "".join(
                f'<li><a href="/gg/{number}.html">{_of(number)}</a><span>{self.year}01-{number + 10}</span></li>'
                for number in self.texts
            )
            return html(f"<ul>{rows}</ul>", title=f"{_TITLE}公告")
        number = path.removeprefix("/gg/").removesuffix(".html")
        if not number.isdigit() or int(number) not in self.texts:
            return None
        told = f"<h1>{_of(int(number))}</h1><p>发布时间：2026-01-{int(number) + 10}</p>"
        text = f"{told}<p>{self.texts[int(number)]}</p>"
        return html(text, title=f"{_TITLE}通知")


@contextmanager
def crawled(town: Town, folder: Path) -> Iterator[tuple[Site, Job]]:
    """The town's site, crawled once, and the crawl; nothing of the first one is counted."""
    with site(town.answer) as server:
        job = Job(folder, (f"{server.url}/",), {"公告": f"{server.url}/gg/"})
        assert job.run()["finished"]
        server.hits.clear()
        server.sent.clear()
        yield server, job


def stored(folder: Path) -> dict[str, Any]:
    """All that the store has of the site, but for when it was fetched."""
    with Store.open(folder / ".jimo-lint" / "store.sqlite3", writing=False) as store:
        documents: dict[str, Document] = {one.id: replace(one, fetched=None) for one in store.documents("site")}
        lists = [list(store.list_pages(url)) for (url,) in store.rows("SELECT DISTINCT list_of FROM listing")]
        links = {one.url: replace(one, samples=()) for one in store.link_targets("site")}
        return {"documents": documents, "lists": lists, "links": links, "problems": list(store.problems("site"))}


def test_what_has_not_changed_is_neither_sent_nor_read_again(tmp_path: Path) -> None:
    """With an ETag it is not sent, without one its bytes tell; a week later the store holds what it held."""
    with crawled(Town(), tmp_path) as (server, job):
        before = stored(tmp_path)
        again = replace(job, endless=_TITLE, as_of="2026-02-07")
        assert again.run() == {"pages": 8, "failed": 0, "finished": True, "reason": ""}
        assert stored(tmp_path) == before
        assert len(before["documents"]) == 8
        assert server.hits["/gg/2.html"] in (1, 2), "twice where it is in the sample"
        assert server.sent["/gg/2.html"] == 0 or server.hits["/gg/2.html"] == 2
        assert server.sent["/gg/4.html"] > 0
        with Store.open(tmp_path / ".jimo-lint" / "store.sqlite3", writing=False) as store:
            assert store.rows("SELECT count(*) FROM content") == [(8,)], "two crawls, and no page is there twice"
            [(payload,)] = store.rows("SELECT group_concat(rest) FROM reading")
            assert _NAME not in payload


def test_what_has_changed_is_read(tmp_path: Path) -> None:
    """A page with a new ETag, one whose bytes differ, a list with a new row: they lead on, and the rest stays."""
    town = Town()
    with crawled(town, tmp_path) as (server, job):
        town.texts |= {2: "改过的第 2 篇。", 4: "改过的第 4 篇。", 7: "新的一篇。"}
        assert job.run()["pages"] == 9
        incremental = stored(tmp_path)
        texts = {key.rpartition("/")[2]: one.text for key, one in incremental["documents"].items()}
        assert "改过的第 2 篇" in texts["2.html"], "by its ETag"
        assert "改过的第 4 篇" in texts["4.html"], "by its bytes"
        assert "新的一篇" in texts["7.html"], "by the list"
        assert "***" in texts["1.html"]
        assert replace(job, full=True).run()["pages"] == 9
        assert stored(tmp_path) == incremental
        assert server.sent["/gg/0.html"] > 0, "--full has everything sent"


def test_a_list_whose_dates_have_no_year_is_read_again_in_the_next_year(tmp_path: Path) -> None:
    """01-12 is of this year as long as it lasts; then the same bytes say another day."""
    town = Town()
    town.year = ""
    with crawled(town, tmp_path) as (_, job):
        assert replace(job, as_of="2026-12-31", endless=f"{_TITLE}公告").run()["failed"] == 0
        before = stored(tmp_path)["lists"][0][0].rows
        assert replace(job, as_of="2027-02-01").run()["failed"] == 0
        after = stored(tmp_path)["lists"][0][0].rows
        assert [one.published.year for one in (before[0], after[0]) if one.published] == [2026, 2027]


@pytest.mark.parametrize("told", [True, False])
def test_a_server_that_lies_is_found_out(told: bool, tmp_path: Path) -> None:
    """Its pages changed under the same ETag: one of the sample shows it, and all of them are read after all."""
    town = Town()
    town.lie = True
    with crawled(town, tmp_path) as (_, job):
        town.texts = {number: f"改过的第 {number} 篇。" for number in town.texts}
        assert replace(job, sampled="/gg/2.html" if told else "/nowhere").run()["finished"]
        held = stored(tmp_path)
        changed = [key for key, one in held["documents"].items() if "改过的" in one.text]
        codes = [problem.code.value for problem in held["problems"]]
        assert (len(changed), codes) == ((6, ["lying-server"]) if told else (3, []))
