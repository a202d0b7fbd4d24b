"""New readings of single places in the judged crawl: they stand where the former ones stood, or nothing changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from jimo_lint.errors import StoreError
from jimo_lint.model import (
    Block,
    Document,
    FetchResult,
    Link,
    LinkResult,
    ListItem,
    Problem,
    ProblemCode,
    QueuedUrl,
    Verdict,
)
from jimo_lint.store import Store

SITE = "http://qingtan.example"


def page(name: str, text: str, *links: str, column: str | None = None) -> FetchResult:
    """A page that was read."""
    url = f"{SITE}/{name}"
    linked = tuple(Link(f"{SITE}/{one}", one) for one in links)
    document = Document(url, url, "site", name, (Block("body", text),), column=column, links=linked)
    rows = (ListItem(f"{SITE}/{name}1", text),) if column else ()
    asked = QueuedUrl(url, 0, column, 1 if column else 0)
    return FetchResult(asked, 200, document, rows=rows, follow=(QueuedUrl(f"{SITE}/later", 1),))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Three pages and two columns, crawled."""
    with Store.open(tmp_path / "store.sqlite3", writing=True) as opened:
        crawl = opened.begin_crawl("site", date(2026, 11, 22), resume=False)
        lists = [page(name, f"旧{name}", "z", column=f"{SITE}/{name}") for name in ("c", "d")]
        opened.record([page("a", "旧甲", "x", "y"), page("b", "旧乙", "y"), *lists])
        opened.record(
            [FetchResult(QueuedUrl(f"{SITE}/later", 1), 404, problem=Problem(ProblemCode.REDIRECT_SELF, "p"))]
        )
        opened.finish_crawl(crawl)
        yield opened


def texts(store: Store) -> dict[str, str]:
    """The texts of the pages, in the order of the crawl."""
    return {one.url.removeprefix(f"{SITE}/"): one.text for one in store.documents("site")}


def targets(store: Store) -> dict[str, int]:
    """What is linked to, and from how many pages."""
    return {one.url.removeprefix(f"{SITE}/"): one.pages for one in store.link_targets("site")}


def test_a_page_stands_where_it_stood(store: Store) -> None:
    """The order stays, links that are gone are forgotten, what the page leads to is not queued."""
    store.look_again([page("a", "新甲", "y", "v")])
    assert list(texts(store).items()) == [("a", "新甲"), ("b", "旧乙"), ("c", "旧c"), ("d", "旧d")]
    assert targets(store) == {"y": 2, "z": 2, "v": 1}
    assert {url for url, _ in store.link_reasons("site")} == {f"{SITE}/{one}" for one in "yzv"}
    assert store.finished() and not list(store.pending(1))


def test_what_is_gone_is_no_page_any_more(store: Store) -> None:
    """Its links go with it; the visit says why."""
    url = f"{SITE}/a"
    gone = FetchResult(QueuedUrl(url), 404, problem=Problem(ProblemCode.GONE, url, {"status": 404}))
    store.look_again([gone], gone=[url], links=[LinkResult(url, Verdict.DEAD, "http-404", 404)])
    assert "a" not in texts(store) and "x" not in targets(store)
    store.look_again([page("a", "又有")])
    assert texts(store)["a"] == "又有"


def test_a_column_is_replaced_whole(store: Store) -> None:
    """List pages that are not there any more go; other columns stay."""
    column = f"{SITE}/c"
    store.look_again([page("c2", "新", "z", column=column)], columns=[column])
    assert [one.url for one in store.list_pages(column)] == [f"{SITE}/c2"]
    assert [row.title for one in store.list_pages(f"{SITE}/d") for row in one.rows] == ["旧d"]
    assert "c" not in texts(store) and store.column_of(f"{SITE}/c2") == column
    assert store.column_of(f"{SITE}/c") is None and store.column_of(f"{SITE}/a") is None


def test_accounts_are_replaced_one_by_one(store: Store) -> None:
    """What was read of others meanwhile is dropped, and they stay as they were."""

    def post(account: str, text: str) -> Document:
        return Document(f"{account}#1", "", "archive", text, (Block("body", text),), account=account)

    def posts() -> list[str]:
        return sorted(one.text for one in store.documents("archive"))

    store.begin_archives()
    for account in ("甲", "乙"):
        store.add_posts(account, [post(account, f"旧{account}")])
    store.replace_archives()
    store.begin_archives()
    for account in ("甲", "乙"):
        store.add_posts(account, [post(account, f"新{account}")])
    store.look_again([], accounts=["甲"])
    assert posts() == ["新甲", "旧乙"]
    assert [one.text for one in store.documents("archive", accounts=["乙"])] == ["旧乙"]
    store.replace_archives()
    assert posts() == []  # nothing was left waiting


def test_all_or_nothing(store: Store) -> None:
    """Where one part cannot be written, none is."""
    before = texts(store), targets(store)
    store.connection.execute("CREATE TRIGGER full BEFORE INSERT ON link_result BEGIN SELECT RAISE(ABORT, 'full'); END")
    with pytest.raises(StoreError):
        store.look_again([page("a", "新甲")], gone=[f"{SITE}/b"], links=[LinkResult(f"{SITE}/x", Verdict.ALIVE, "ok")])
    assert (texts(store), targets(store)) == before


def test_single_documents_and_targets_are_found(store: Store) -> None:
    """By their ids and addresses alone."""
    assert [one.text for one in store.documents("site", keys=[f"{SITE}/b", f"{SITE}/none"])] == ["旧乙"]
    assert [one.pages for one in store.link_targets("site", [f"{SITE}/y", f"{SITE}/none"])] == [2]
