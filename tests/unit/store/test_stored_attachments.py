"""Attachments in the store: what they hold, what of them was not read, and which are forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from jimo_lint.model import Block, Cell, Document, FetchResult, FileFacts, Link, Mark, Problem, ProblemCode, QueuedUrl
from jimo_lint.store import Store, attachments
from jimo_lint.store.attachments import STANDS, Attachment

URL = "https://www.qingtan.gov.cn/a.xlsx"
ROW = Attachment(URL, "https://www.qingtan.gov.cn/", "2026-12-01T08:00:00+00:00", STANDS, '"1"', "", "ab", 3, ".xlsx")
SHEET = Document(
    URL,
    URL,
    "attachment",
    "名单",
    (Block("table", "11**************2X", "工作表“名单”B7", spot=Cell("工作表“名单”", 7, 2, hidden=True)),),
    facts=FileFacts("xlsx", ".xlsx", "", ("外.zip",), (Mark("hidden", "工作表“名单”"),)),
)
UNREAD = Problem(ProblemCode.PARTS_UNREAD, URL, {"parts": "3 个图表\udcff"})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "store.sqlite3", writing=True) as opened:
        yield opened


def test_a_file_comes_back_whole(store: Store) -> None:
    """Its row, its documents with all that readers know, and its problems."""
    attachments.put(store, ROW, [SHEET, UNREAD, replace(SHEET, id=f"{URL} › b", url=f"{URL} › b")])
    assert attachments.attachments(store) == {URL: ROW}
    found = list(attachments.documents(store, {URL}))
    assert [one.unpack() for one in found] == [SHEET, replace(SHEET, id=f"{URL} › b", url=f"{URL} › b")]
    assert {one.file for one in found} == {URL}
    [problem] = attachments.problems(store, {URL})
    assert problem.message == UNREAD.message.replace("\udcff", "?")
    assert list(attachments.documents(store, set())) == list(attachments.problems(store, set())) == []


def test_what_could_not_be_asked_keeps_what_was_read(store: Store) -> None:
    """A server that is down for a day costs no file its text; a new reading replaces the former whole."""
    attachments.put(store, ROW, [SHEET, UNREAD])
    attachments.put(store, replace(ROW, outcome="http-500"))
    assert [one.unpack() for one in attachments.documents(store, {URL})] == [SHEET]
    assert attachments.attachments(store)[URL].outcome == "http-500"
    attachments.put(store, ROW, [replace(SHEET, title="名册")])
    assert [one.title for one in attachments.documents(store, {URL})] == ["名册"]
    assert list(attachments.problems(store, {URL})) == []


def test_many_documents_come_in_their_order(store: Store) -> None:
    """A container of thousands is read back in pieces."""
    members = [replace(SHEET, id=f"{URL} › {number}") for number in range(450)]
    attachments.put(store, ROW, members)
    assert [one.unpack().id for one in attachments.documents(store, {URL})] == [one.id for one in members]


def test_a_file_is_forgotten_with_all_that_it_held(store: Store) -> None:
    """Others stay."""
    other = replace(ROW, url="https://www.qingtan.gov.cn/b.xlsx")
    attachments.put(store, ROW, [SHEET])
    attachments.put(store, other, [SHEET])
    attachments.drop(store, {URL})
    assert attachments.attachments(store).keys() == {other.url}
    assert store.rows("SELECT DISTINCT url FROM attached") == [(other.url,)]


def test_files_that_are_gone_are_missing_from_the_site(store: Store) -> None:
    """As pages are, and for certain: they were asked for twice."""
    attachments.put(store, replace(ROW, outcome="http-404"))
    assert store.missing("site") == {URL: True}
    assert store.missing("archive") == {}


def test_the_judged_crawl_says_which_page_offers_a_file(store: Store) -> None:
    """The first one; links of other kinds are no files."""
    crawl = store.begin_crawl("site", date(2026, 12, 1), resume=False)
    for number in (1, 2):
        page = f"https://www.qingtan.gov.cn/{number}.html"
        links = (Link(URL, "名单", "attachment"), Link(f"{page}?", "页面", "page"), Link(f"{page}.png", "", "image"))
        store.record([FetchResult(QueuedUrl(page), 200, Document(page, page, "site", "公示", links=links))])
    assert list(store.offered()) == [(URL, "名单", "https://www.qingtan.gov.cn/1.html")]
    assert store.judged_since() == store.rows("SELECT started FROM crawl WHERE id = ?", crawl)[0][0]
