"""The store: documents come back exactly, crawls replace one another, faults have a remedy."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jimo_lint.errors import StoreError
from jimo_lint.model import (
    Block,
    ColumnKind,
    Document,
    FetchResult,
    Link,
    LinkResult,
    ListItem,
    PageClass,
    PageFacts,
    PersonalAddress,
    PersonalData,
    PostFacts,
    PostState,
    QueuedUrl,
    Span,
    Verdict,
)
from jimo_lint.store import Store, database
from jimo_lint.store.codec import content, content_digest, digest, expand, pack, squeeze, squeezed, unpack
from jimo_lint.store.database import _SCHEMA, VERSION
from tests.support.probes import probes
from tests.support.problems import problem

pytestmark = pytest.mark.slow

AS_OF = date(2026, 1, 31)

# Hostile text: every code point, lone surrogates and NUL among them.
_text = st.text(st.characters(exclude_categories=()), max_size=40)
_moments = st.none() | st.datetimes()
_zones = st.sampled_from([UTC, timezone.max, timezone.min])
_spans = st.tuples(st.integers(0, 99), st.integers(1, 50)).map(lambda pair: Span(pair[0], sum(pair)))
_words = st.dictionaries(_text, _text, max_size=3)
_page_facts = st.builds(
    PageFacts,
    looks=st.sampled_from(PageClass),
    head_title=st.none() | _text,
    crumbs=st.lists(_text, max_size=3).map(tuple),
    footer=_words,
    home=st.none() | st.booleans(),
    page_class=st.none() | st.sampled_from(PageClass),
    list_title=_text,
    list_date=st.none() | st.dates(),
    column_kind=st.none() | st.sampled_from(ColumnKind),
)
_post_facts = st.builds(
    PostFacts,
    **dict.fromkeys(
        ("format", "place", "form", "account_name", "platform", "author", "origin", "feed", "reason"), _text
    ),
    pictures=st.integers(0, 999),
    saved=_moments,
    future_time=_moments,
    proves_silence=st.booleans(),
)
_documents = st.builds(
    Document,
    id=_text,
    url=_text,
    source=st.sampled_from(["site", "archive"]),
    title=_text,
    blocks=st.lists(
        st.builds(
            Block,
            kind=_text,
            text=_text,
            locator=_text,
            places=st.lists(st.tuples(*[st.integers(0, 10**6)] * 3), max_size=3).map(tuple),
            widths=st.just(()),  # only drafts have them, which are not stored
            spot=st.none(),
        ),
        max_size=3,
    ).map(tuple),
    column=st.none() | _text,
    account=st.none() | _text,
    published=_moments,
    published_from=_text,
    fetched=st.none() | st.datetimes(timezones=_zones),
    status=st.integers(0, 999),
    state=st.sampled_from(PostState),
    links=st.lists(st.builds(Link, url=_text, text=_text, kind=_text, raw=_text), max_size=3).map(tuple),
    metas=st.dictionaries(_text, _text, max_size=3),
    facts=st.none() | _page_facts | _post_facts,
    personal=st.lists(st.builds(PersonalData, what=_text, span=_spans), max_size=2).map(tuple),
    personal_addresses=st.lists(st.builds(PersonalAddress, what=_text, address=_text), max_size=2).map(tuple),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "store.sqlite3"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path, writing=True) as opened:
        yield opened


def _page(url: str, *links: Link, text: str = "正文", column: str | None = None) -> Document:
    return Document(url, url, "site", "标题", (Block("body", text),), column=column, status=200, links=links)


def _visit(url: str, *links: Link, text: str = "正文", follow: tuple[str, ...] = ()) -> FetchResult:
    return FetchResult(
        QueuedUrl(url), 200, _page(url, *links, text=text), follow=tuple(QueuedUrl(one, 1) for one in follow)
    )


def _texts(store: Store) -> list[str]:
    return [page.text for page in store.documents("site")]


@given(_documents)
def test_a_document_survives_packing(document: Document) -> None:
    """Whatever a document holds, it comes back equal."""
    assert unpack(pack(document)) == document


@given(_documents)
def test_a_document_that_was_read_is_known_by_its_content(document: Document) -> None:
    """By the same digest as if it were written once more; what is changed in it has another; when it was fetched
    is no part of it."""
    read = unpack(squeezed(content(document)), "2026-11-22T08:00:00+08:00")
    assert content_digest(read) == content_digest(document) == digest(content(document))
    changed = replace(read, title=f"{read.title}改")
    assert content_digest(changed) == digest(content(changed)) != content_digest(read)
    assert content_digest(unpack(pack(document))) == digest(content(document))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(_documents, max_size=4, unique_by=lambda document: document.id.encode("utf-8", "replace")))
def test_documents_come_back_in_order(store: Store, documents: list[Document]) -> None:
    """An account's documents come back equal and in order, and replace the former ones."""
    store.begin_archives()
    store.add_posts("wechat:示例", documents)
    store.replace_archives()
    assert list(store.documents("archive")) == documents
    assert list(store.texts("archive")) == [one.text for one in documents]
    assert not list(store.texts("archive", accounts=["wechat:别的"]))


def test_visits_bring_pages_addresses_and_lists(store: Store) -> None:
    """One visit stores the page, its rows, and what is to be fetched next; nearer addresses come first."""
    crawl = store.begin_crawl("site", AS_OF, resume=False)
    store.enqueue(crawl, [QueuedUrl("http://a/list/", 1, "c1", 1), QueuedUrl("http://a/")])
    rows = (ListItem("http://a/1", "一", datetime(2026, 1, 5)), ListItem("http://a/2", "二"))
    asked = QueuedUrl("http://a/list/", 1, "c1", 1)
    follow = (QueuedUrl("http://a/1", 2), QueuedUrl("http://a/list/2", 1, "c1", 2))
    document = _page("http://a/list/", column="c1")
    store.record(
        [FetchResult(asked, 200, document, rows, complete=False, follow=follow, blank_notice=True, scripted=True)]
    )
    assert [one.url for one in store.pending(crawl)] == ["http://a/", "http://a/list/2", "http://a/1"]
    assert set(store.seen(crawl)) == {"http://a/", "http://a/list/", "http://a/list/2", "http://a/1"}
    (page,) = store.list_pages("c1")
    assert (page.url, page.page, page.rows, page.complete) == ("http://a/list/", 1, rows, False)
    assert (page.blank_notice, page.scripted, page.landing, page.problem) == (True, True, False, None)
    assert list(store.documents("site")) == [document]


def test_one_document_is_found_by_its_id_or_address(store: Store) -> None:
    """Of the source that is asked for, as judged; what an older version wrote is as good as not there."""
    crawl = store.begin_crawl("site", AS_OF, resume=False)
    store.record([_visit("http://a/1"), _visit("http://a/2")])
    store.finish_crawl(crawl)
    post = Document("wechat:甲#1", "http://w/1", "archive", "文", (Block("body", "文"),), account="wechat:甲")
    store.begin_archives()
    store.add_posts("wechat:甲", [post])
    store.replace_archives()
    found = store.document("site", "http://a/2")
    assert found is not None and found.url == "http://a/2"
    assert store.document("archive", "http://w/1") == store.document("archive", "wechat:甲#1") == post
    assert store.document("site", "http://w/1") is None and store.document("archive", "http://a/2") is None
    store.connection.execute(
        "UPDATE content SET payload = ? WHERE id = (SELECT content FROM document WHERE url = 'http://a/2')",
        (squeeze("[1]"),),
    )
    assert store.document("site", "http://a/2") is None


def test_a_page_found_to_be_a_list_is_fetched_again(store: Store) -> None:
    """An address met as an ordinary page becomes pending again as a list page; its document is replaced."""
    crawl = store.begin_crawl("site", AS_OF, resume=False)
    store.record([_visit("http://a/list/2", Link("http://b/"), text="先")])
    assert list(store.pending(crawl)) == []
    store.enqueue(crawl, [QueuedUrl("http://a/list/2", 1, "c1", 2)])
    (again,) = store.pending(crawl)
    assert again.column == "c1"
    store.record([FetchResult(again, 200, _page("http://a/list/2", text="后", column="c1"))])
    assert _texts(store) == ["后"]
    assert list(store.link_targets("site")) == []


def test_a_list_page_met_again_is_not_fetched_again(store: Store) -> None:
    """Its pages lead to one another; what was read as a list page of one column stays read."""
    crawl = store.begin_crawl("site", AS_OF, resume=False)
    asked = QueuedUrl("http://a/list/2", 1, "c1", 2)
    store.record([FetchResult(asked, 200, _page("http://a/list/2", column="c1"))])
    store.enqueue(crawl, [asked, QueuedUrl("http://a/list/2", 1, "c2", 2), QueuedUrl("http://a/list/2")])
    assert list(store.pending(crawl)) == []


@pytest.mark.parametrize(("status", "told"), [(404, False), (410, False), (403, True), (503, True), (0, True)])
def test_pages_that_are_not_there_are_links_to_be_judged(store: Store, status: int, told: bool) -> None:
    """Where the site itself says that there is nothing, nothing was left unread."""
    crawl = store.begin_crawl("site", AS_OF, resume=False)
    store.record(
        [_visit("http://a/"), FetchResult(QueuedUrl("http://a/1"), status, problem=problem("http://a/1", "没有读到"))]
    )
    store.finish_crawl(crawl)
    assert [one.place for one in store.problems("site")] == ["http://a/1"] * told


def test_visits_are_stored_together_or_not_at_all(store: Store) -> None:
    """A batch that fails in its middle leaves nothing, and the store goes on working."""
    crawl = store.begin_crawl("site", AS_OF, resume=False)
    store.enqueue(crawl, [QueuedUrl("http://a/1")])
    broken = FetchResult(QueuedUrl("http://a/2", 0, "c", 1), 200, _page("http://a/2"), rows=(None,))  # type: ignore[arg-type]
    with pytest.raises(AttributeError):
        store.record([_visit("http://a/1", Link("http://b/")), broken])
    assert _texts(store) == []
    assert [one.url for one in store.pending(crawl)] == ["http://a/1"]
    store.record([_visit("http://a/1", Link("http://b/"))])
    assert [link.url for link in store.link_targets("site")] == ["http://b/"]


def test_a_new_crawl_replaces_the_former_when_it_has_pages(store: Store) -> None:
    """Judged is the latest crawl with pages; one that read nothing leaves the former, and says so."""
    first = store.begin_crawl("site", AS_OF, resume=False)
    store.record([_visit("http://a/", text="一")])
    store.finish_crawl(first)
    second = store.begin_crawl("site", AS_OF, resume=False)
    assert _texts(store) == ["一"]
    store.record([FetchResult(QueuedUrl("http://a/"), 0, problem=problem("http://a/", "拒绝连接"))])
    store.finish_crawl(second)
    assert _texts(store) == ["一"]
    said = [problem.message for problem in store.problems("site")]
    assert "拒绝连接" in said
    assert any("没有读到页面" in message for message in said)
    third = store.begin_crawl("site", AS_OF, resume=False)
    store.record([_visit("http://a/", text="三")])
    assert _texts(store) == ["三"]
    store.finish_crawl(third)
    assert list(store.problems("site")) == []


def test_only_an_unfinished_crawl_is_resumed(store: Store) -> None:
    """Resuming continues the unfinished crawl with its pages; after a finished one a new crawl begins."""
    first = store.begin_crawl("site", AS_OF, resume=True)
    store.record([_visit("http://a/", follow=("http://a/1",))])
    assert store.begin_crawl("site", AS_OF, resume=True) == first
    assert [one.url for one in store.pending(first)] == ["http://a/1"]
    assert any("--resume" in problem.message for problem in store.problems("site"))
    store.record([_visit("http://a/1")])
    store.finish_crawl(first)
    assert store.begin_crawl("site", AS_OF, resume=True) != first


def test_link_targets_are_counted_over_pages(store: Store) -> None:
    """A target that stands on seven pages is one row with seven pages and five samples."""
    store.begin_crawl("site", AS_OF, resume=False)
    dead = Link("http://gone/", "旧站", "page")
    files = [Link(f"http://a/file{one}.pdf", "附件", "attachment") for one in range(7)]
    store.record([_visit(f"http://a/{one}", dead, dead, file) for one, file in enumerate(files)])
    probed = datetime(2026, 1, 1, tzinfo=UTC)
    store.put_link_results([LinkResult("http://gone/", Verdict.DEAD, "http-404", 404, "", probed, 2)])
    found = {link.url: link for link in store.link_targets("site")}
    assert len(found) == 8
    assert (found["http://gone/"].pages, len(found["http://gone/"].samples)) == (7, 5)
    assert found["http://gone/"].external
    assert not found["http://a/file1.pdf"].external
    assert found["http://a/file1.pdf"].kind == "attachment"
    assert found["http://gone/"].result == probes(store)["http://gone/"]
    assert found["http://a/file1.pdf"].result is None
    # The page that holds it is named where the link is not in order.
    assert (found["http://gone/"].holder, found["http://a/file1.pdf"].holder) == ("标题", "")


def test_archives_read_in_pieces_replace_all_former_ones_at_the_end(store: Store) -> None:
    """Until all archives were read the former posts are judged; then accounts no longer read are gone."""
    store.begin_archives()
    store.add_posts("a", [Document("a#1", "", "archive", "甲一", account="a")], [problem("a.csv", "读不出")])
    store.replace_archives()
    for title in ("乙一", "乙二"):
        store.begin_archives()
        store.add_posts("b", [Document(f"b#{title}", "", "archive", title, account="b")])
    store.add_posts("b", [Document("b#3", "", "archive", "乙三", account="b")], [problem("b.csv", "缺一列")])
    assert [post.title for post in store.documents("archive")] == ["甲一"]
    store.replace_archives()
    assert [post.title for post in store.documents("archive")] == ["乙二", "乙三"]
    assert list(store.problems("archive")) == [problem("b.csv", "缺一列")]


def test_reading_takes_memory_for_one_chunk_only(store: Store) -> None:
    """Streaming 2,000 pages of 20 kB takes less memory than a fifth of them."""
    store.begin_crawl("site", AS_OF, resume=False)
    for start in range(0, 2000, 100):
        store.record([_visit(f"http://a/{one}", text=os.urandom(5000).hex() * 2) for one in range(start, start + 100)])
    tracemalloc.start()
    try:
        assert sum(1 for _ in store.documents("site")) == 2000
        assert tracemalloc.get_traced_memory()[1] < 2000 * 20_000 / 5
    finally:
        tracemalloc.stop()


def test_the_folder_is_kept_out_of_git(store: Store, path: Path) -> None:
    """Crawled pages are nothing to commit."""
    assert (path.parent / ".gitignore").read_text() == "*\n"


def test_a_store_can_be_read_while_it_is_written(store: Store, path: Path) -> None:
    """A reader sees what was committed and cannot write."""
    store.begin_crawl("site", AS_OF, resume=False)
    store.record([_visit("http://a/")])
    with Store.open(path, writing=False) as reader:
        assert _texts(reader) == ["正文"]
        with pytest.raises(StoreError, match="不能写入"):
            reader.begin_crawl("site", AS_OF, resume=False)


def test_a_second_writer_is_refused(store: Store, path: Path) -> None:
    """Another process that wants to write is told which process holds the store."""
    code = f"from pathlib import Path; from jimo_lint.store import Store; Store.open(Path({str(path)!r}), writing=True)"
    root = Path(__file__).resolve().parents[3]
    run = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False)
    assert f"进程 {os.getpid()} 正在检查这个网站" in run.stderr


def test_a_resumed_crawl_asks_again_where_there_was_no_answer(store: Store) -> None:
    """A site that had a bad hour is read whole after it; what was refused or is not there is not asked twice."""
    crawl = store.begin_crawl("site", AS_OF, resume=False)
    answers = {"http://a/1": 0, "http://a/2": 503, "http://a/3": 404, "http://a/4": 403}
    store.record(
        [FetchResult(QueuedUrl(url), status, problem=problem(url, "读不到")) for url, status in answers.items()]
    )
    store.record([FetchResult(QueuedUrl("http://a/5"), 200, _page("http://a/5"))])
    assert list(store.pending(crawl)) == []
    assert store.begin_crawl("site", AS_OF, resume=True) == crawl
    assert [one.url for one in store.pending(crawl)] == ["http://a/1", "http://a/2"]
    assert [problem.place for problem in store.problems("site")] == ["网站抓取", "http://a/4"]
    store.finish_crawl(crawl)
    assert list(store.pending(store.begin_crawl("site", AS_OF, resume=True))) == []


def test_a_disk_in_trouble_does_not_cost_the_store(path: Path) -> None:
    """SQLite says of a full disk, too, that reading failed: nobody is told to remove a store for that."""
    with pytest.raises(StoreError, match=r"磁盘已满.*不要删除"), database.faults(path):
        raise sqlite3.OperationalError("disk I/O error")
    with pytest.raises(StoreError, match=r"已损坏.*移走"), database.faults(path):
        raise sqlite3.DatabaseError("database disk image is malformed")
    # --resume is of one inspection: what meets this may be any.
    with pytest.raises(StoreError, match=r"再运行.*栏目体检可加 --resume"), database.faults(path):
        raise sqlite3.OperationalError("database or disk is full")


def test_nothing_to_read_yet(tmp_path: Path) -> None:
    """Reading before the first crawl names what to run."""
    with pytest.raises(StoreError, match=r"还没有数据.*inspect"):
        Store.open(tmp_path / "store.sqlite3", writing=False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("writing", [False, True])
def test_a_store_of_a_newer_version_is_refused(path: Path, writing: bool) -> None:
    """A file of a newer version is left alone, with both versions and the remedy in the message."""
    Store.open(path, writing=True).close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    with pytest.raises(StoreError, match=rf"数据版本 {VERSION + 1}.*认识 {VERSION}.*升级"):
        Store.open(path, writing=writing)


def _as_version_1(path: Path) -> None:
    """A store as the first release left it, with one probe in it."""
    path.parent.mkdir(parents=True)
    with sqlite3.connect(path) as connection:
        connection.executescript(_SCHEMA + "PRAGMA user_version = 1;")
        connection.execute("INSERT INTO link_result VALUES ('http://gone/', 'dead', 'http-404', 404, '', NULL, 2)")
    connection.close()


@pytest.mark.parametrize("writing", [False, True])
def test_an_older_store_is_brought_up_to_date(path: Path, writing: bool) -> None:
    """A store of the first version keeps what it holds and gets what is new, also when it is only read."""
    _as_version_1(path)
    for _ in range(2):
        with Store.open(path, writing=writing) as opened:
            assert probes(opened) == {
                "http://gone/": LinkResult("http://gone/", Verdict.DEAD, "http-404", 404, attempts=2)
            }
            if not writing:
                with pytest.raises(StoreError, match="不能写入"):
                    opened.put_link_results([])


def test_documents_packed_by_an_earlier_version_are_told_of(store: Store, path: Path) -> None:
    """Their facts stood among the page's own words: they are not read as if they were whole."""
    store.begin_archives()
    store.add_posts("wechat:示例", [_page("http://a/1")])
    store.replace_archives()
    earlier = squeeze(json.dumps(json.loads(expand(pack(_page("http://a/1"))))[:-1]))
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE content SET payload = ?", (earlier,))
    connection.close()
    with pytest.raises(StoreError, match=r"较早的版本写成.*--no-collect"):
        list(store.documents("archive"))


def test_an_upgrade_that_fails_changes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All steps or none: a step that cannot be taken leaves the store of the older version as it was."""
    _as_version_1(path)
    before = _tables(path)
    monkeypatch.setattr(database, "_UPGRADES", (*database._UPGRADES, "ALTER TABLE nowhere ADD COLUMN x;"))
    with pytest.raises(StoreError):
        Store.open(path, writing=True)
    assert _tables(path) == before


def _tables(path: Path) -> list[object]:
    with sqlite3.connect(path) as connection:
        found = connection.execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall()
        found.append(connection.execute("PRAGMA user_version").fetchone())
    connection.close()
    return found


def test_an_older_store_that_is_being_written_waits(path: Path) -> None:
    """A reader does not upgrade under a writer's feet: it says who holds the store."""
    _as_version_1(path)
    lock = database.acquire(path)
    try:
        with pytest.raises(StoreError, match=r"正在检查这个网站.*等它结束"):
            Store.open(path, writing=False)
    finally:
        lock.release()


def test_a_link_result_comes_back_whole(store: Store) -> None:
    """Verdict, evidence and history survive the store, hostile text included."""
    day = datetime(2026, 1, 31, 8, tzinfo=UTC)
    result = LinkResult(
        "http://a/", Verdict.DEAD, "soft-404", 200, "http://b/", day, 3, "标题", "正文 关键词",
        ((301, "http://a/"), (302, "http://a/二")), "错误", 1234, 0.25, day, day,
    )  # fmt: skip
    store.put_link_results([result])
    assert probes(store) == {"http://a/": result}
    store.put_link_results([replace(result, title="\ud800\x00", words="\udfff", error="\ud800")])
    assert probes(store)["http://a/"].title == "?\x00"


def test_a_file_of_another_program_is_refused(tmp_path: Path) -> None:
    """A SQLite file that is not ours is not written to."""
    path = tmp_path / "store.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    connection.close()
    with pytest.raises(StoreError, match="不是 jimo-lint 的数据文件"):
        Store.open(path, writing=True)


@pytest.mark.parametrize("writing", [False, True])
def test_a_damaged_file_is_said_to_be_damaged(tmp_path: Path, writing: bool) -> None:
    """Bytes that are no database give one line with the remedy, and the lock is released."""
    path = tmp_path / "store.sqlite3"
    path.write_bytes(b"not a database at all, " * 100)
    for _ in range(2):
        with pytest.raises(StoreError, match=r"已损坏.*重新抓取"):
            Store.open(path, writing=writing)


def test_damage_inside_is_found_while_reading(store: Store, path: Path) -> None:
    """Pages overwritten in the middle of the file raise a StoreError when they are read."""
    store.begin_crawl("site", AS_OF, resume=False)
    store.record([_visit(f"http://a/{one}", text=os.urandom(3000).hex()) for one in range(100)])
    store.close()
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 4)
        file.write(b"\xff" * (size // 2))
    with pytest.raises(StoreError, match=r"损坏|出错"), Store.open(path, writing=False) as reader:
        list(reader.documents("site"))


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    """Where the folder cannot be made the message says so in one line."""
    (tmp_path / "data").write_text("x")
    with pytest.raises(StoreError, match="不能写入"):
        Store.open(tmp_path / "data" / "store.sqlite3", writing=True)


@pytest.mark.parametrize("order", [1, -1])
def test_a_new_page_takes_no_number_of_one_that_is_read_again(store: Store, order: int) -> None:
    """SQLite gives the highest number anew once it is free; the page that had it comes back in the same look."""
    crawl = store.begin_crawl("site", AS_OF, resume=False)
    store.record([_visit("http://a/1"), _visit("http://a/2")])
    store.finish_crawl(crawl)
    store.look_again([_visit("http://a/2"), _visit("http://a/new")][::order])
    assert store.read("site") == {"http://a/1", "http://a/2", "http://a/new"}
