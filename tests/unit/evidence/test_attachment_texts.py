"""What is judged of the files that a site's pages offer: which of them, under which name, page and column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest

from jimo_lint.evidence.attachment_texts import AttachedTexts
from jimo_lint.evidence.readings import shelf
from jimo_lint.model import (
    AttachmentCount,
    Block,
    Column,
    ColumnKind,
    Document,
    FetchResult,
    FileFacts,
    Link,
    Mark,
    PageFacts,
    ProblemCode,
    QueuedUrl,
)
from jimo_lint.settings.config import Config
from jimo_lint.store import Store, attachments
from jimo_lint.store.attachments import STANDS, Attachment
from jimo_lint.store.codec import text_hash

SITE = "https://www.qingtan.gov.cn/"
PAGE = f"{SITE}tzgg/1.html"
CONFIG = Config(columns=(Column(f"{SITE}tzgg/", "通知公告", f"{SITE}tzgg/", ColumnKind.NOTICE),))
NAMED, NUMBERED, GBK = f"{SITE}{quote('名单')}.xlsx", f"{SITE}W02.xlsx", f"{SITE}{quote('名册'.encode('gbk'))}.xls"
EARLIER = "2020-01-01T00:00:00+00:00"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A page of 通知公告 that offers files, none of which was asked for yet."""
    with Store.open(tmp_path / "store.sqlite3", writing=True) as opened:
        opened.begin_crawl("site", date(2026, 12, 1), resume=False)
        words = {NAMED: "附件下载", NUMBERED: "教师资格认定名单", GBK: "", f"{SITE}W03.pdf": "附件"}
        links = tuple(Link(url, text, "attachment") for url, text in words.items())
        page = Document(PAGE, PAGE, "site", "公示", links=links)
        opened.record([FetchResult(QueuedUrl(PAGE), 200, page)])
        yield opened


def put(
    store: Store, url: str, *documents: Document, outcome: str = STANDS, checked: str = "", fetched: str = ""
) -> None:
    """Store a file as it was asked for and read, both now where nothing else is said."""
    now = attachments.now()
    row = Attachment(url, PAGE, checked or now, outcome, sha256="a", fetched=fetched or now)
    attachments.put(store, row, documents or [file(url)])


def file(url: str, **given: object) -> Document:
    """What a reader gives of a file."""
    blocks = (Block("body", "名单", "第 1 段"),)
    document = Document(url, url, "attachment", url.rpartition("/")[2], blocks, facts=FileFacts("xlsx", ".xlsx"))
    return replace(document, **given)  # type: ignore[arg-type]


def texts(store: Store) -> AttachedTexts:
    """All that can be judged."""
    return AttachedTexts.of(CONFIG, store, shelf(CONFIG, store, date(2026, 12, 1)))


def test_a_file_has_the_page_and_column_that_offer_it_and_the_name_that_tells_most(store: Store) -> None:
    """Its own where that is Chinese, in whatever encoding, else the words of the link where they say something."""
    for url in (NAMED, NUMBERED, GBK, f"{SITE}W03.pdf"):
        put(store, url)
    found = {one.url: one for one in texts(store).documents()}
    assert [found[url].title for url in (NAMED, NUMBERED, GBK, f"{SITE}W03.pdf")] == [
        "名单.xlsx",
        "教师资格认定名单",
        "名册.xls",
        "W03.pdf",
    ]
    assert {one.file_facts.page for one in found.values()} == {PAGE}
    assert {one.column for one in found.values()} == {f"{SITE}tzgg/"}
    assert {one.anchor().scope for one in found.values()} == {("site",)}


def test_what_lies_in_a_file_keeps_its_own_name_and_facts(store: Store) -> None:
    """Also a web page in an archive, which is no page of the site."""
    inner = file(f"{NAMED} › 内/表.xlsx", title="表.xlsx", facts=FileFacts("xlsx", ".xlsx", within=("名单.xlsx",)))
    web = file(f"{NAMED} › a.html", title="网页", facts=PageFacts())
    put(store, NAMED, inner, web)
    titles = {one.url: (one.title, one.file_facts.page) for one in texts(store).documents()}
    assert titles[inner.url] == ("表.xlsx", PAGE)
    assert titles[web.url][1] == ""
    assert list(texts(store).texts()) == [one.text for one in texts(store).documents()]


def test_a_name_with_an_id_number_is_masked(store: Store) -> None:
    """The words of a link are masked with their page; a decoded name has to be as well."""
    url = f"{SITE}{quote('张小明１１０１０５１９４９１２３１００２Ｘ')}.xlsx"
    put(store, url)
    [document] = texts(store).documents()
    assert "４９１２３１" not in document.title


def test_only_what_was_asked_for_in_this_crawl_is_judged_and_counted(store: Store) -> None:
    """What an earlier run read says nothing of today; what did not answer neither, and is counted as not read."""
    put(store, NAMED)
    put(store, NUMBERED, fetched=EARLIER)
    put(store, GBK, checked=EARLIER)
    put(store, f"{SITE}W03.pdf", outcome="http-500")
    found = texts(store)
    assert {one.url for one in found.documents()} == {NAMED, NUMBERED} == set(found.standing)
    assert found.count() == AttachmentCount(read=1, unchanged=1, unread=2)
    assert [one.url for one in found.documents({NAMED, GBK})] == [NAMED]


def test_a_file_that_could_not_be_had_is_told_of(store: Store) -> None:
    """Dead links are told of as such, and files of others not at all."""
    outcomes = {NAMED: "oversized", NUMBERED: "slow", GBK: "cut-short", f"{SITE}W03.pdf": "disk"}
    for url, outcome in {**outcomes, f"{SITE}a.pdf": "http-404", f"{SITE}b.pdf": "elsewhere"}.items():
        put(store, url, outcome=outcome)
    put(store, f"{SITE}c.pdf", outcome="slow", checked=EARLIER)
    told = {one.place: (one.code, one.excused) for one in texts(store).problems()}
    assert told == {
        NAMED: (ProblemCode.ATTACHMENT_OVERSIZED, True),
        NUMBERED: (ProblemCode.ATTACHMENT_CUT, False),
        GBK: (ProblemCode.ATTACHMENT_CUT, False),
        f"{SITE}W03.pdf": (ProblemCode.ATTACHMENT_DISK, False),
    }
    assert [one.place for one in texts(store).problems({NAMED})] == [NAMED]


def test_a_file_is_told_from_others_without_unpacking_it(store: Store) -> None:
    """All that can be judged decides: what stands in it, its name, the page that offers it; not when it was fetched."""
    put(store, NAMED)
    [before] = texts(store).packed()
    assert (before.title, before.characters, before.text) == ("名单.xlsx", 2, text_hash("名单"))
    put(store, NAMED, fetched=EARLIER)
    [same] = texts(store).packed()
    assert same.digest == before.digest
    changes = [
        file(NAMED, blocks=(Block("body", "名册", "第 1 段"),)),
        file(NAMED, blocks=(Block("body", "名单", "第 2 段"),)),
        file(NAMED, facts=FileFacts("xlsx", ".xlsx", marks=(Mark("macro"),))),
    ]
    digests = {before.digest}
    for changed in changes:
        put(store, NAMED, changed)
        digests |= {one.digest for one in texts(store).packed()}
    assert len(digests) == 1 + len(changes)
    put(store, NAMED)
    other = f"{SITE}zwgk/2.html"
    store.begin_crawl("site", date(2026, 12, 1), resume=False)
    page = Document(other, other, "site", "公示", links=(Link(NAMED, "", "attachment"),))
    store.record([FetchResult(QueuedUrl(other), 200, page)])
    put(store, NAMED)
    [moved] = texts(store).packed()
    assert moved.digest not in digests
    assert (moved.unpack().file_facts.page, moved.unpack().column) == (other, None)


def test_what_an_earlier_version_stored_is_told_apart_as_well(store: Store) -> None:
    """Its rows have no head; it takes longer, and says the same."""
    put(store, NAMED)
    [now] = texts(store).packed()
    store.connection.execute("UPDATE attached SET head = ''")
    [former] = texts(store).packed()
    assert replace(former, unpack=now.unpack) == now
    assert former.unpack() == now.unpack()
