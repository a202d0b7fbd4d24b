"""When a page is taken for what it was, and when its server's word for that is doubted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from jimo_lint.crawl import unchanged
from jimo_lint.crawl.unchanged import Mark, Unchanged, masked, to_keep
from jimo_lint.extract.families import Turning
from jimo_lint.extract.pages.page import Page
from jimo_lint.model import Block, Document, FetchResult, ListItem, Obstacle, PageFacts, Paging, QueuedUrl, Reading

ASKED = QueuedUrl("http://www.qingtan.gov.cn/a.html", 2)
MARK = Mark(b"digest", '"1"', "Sun, 22 Nov 2026 08:00:00 GMT")
READING = Reading(MARK.digest, date.max, MARK.etag, MARK.modified, content=7)
DOCUMENT = Document(ASKED.url, ASKED.url, "site", "标题", (Block("body", "正文"),), status=200, facts=PageFacts())


class Held:
    """One page as it was read before."""

    def __init__(self, reading: Reading = READING) -> None:
        self.reading = reading

    def find(self, url: str, column: str | None) -> Reading | None:
        """It, whatever is asked for."""
        return self.reading

    def document(self, reading: Reading) -> Document:
        """Its document."""
        return DOCUMENT


@pytest.fixture
def sample(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every page is in the sample."""
    monkeypatch.setattr(unchanged, "_SAMPLED", 1)


@pytest.fixture
def none(monkeypatch: pytest.MonkeyPatch) -> None:
    """No page is."""
    monkeypatch.setattr(Unchanged, "_sampled", lambda *_: False)


def test_a_server_is_asked_by_the_names_it_gave() -> None:
    """Those of them that it gave; interfaces, and pages that were not read before, are asked without."""
    crawl = Unchanged(Held())
    assert crawl.conditions(ASKED) == {"If-None-Match": MARK.etag, "If-Modified-Since": MARK.modified}
    assert Unchanged(Held(replace(READING, etag="", modified=""))).conditions(ASKED) == {}
    assert crawl.conditions(replace(ASKED, api=Paging.JPAAS)) == {}
    assert Unchanged(None).conditions(ASKED) == {}


@pytest.mark.usefixtures("none")
def test_a_page_is_what_it_was_by_its_servers_word_or_its_bytes() -> None:
    """With 304, or where the same bytes come with whatever name; with others it has to be read."""
    crawl = Unchanged(Held())
    crawl.conditions(ASKED)
    assert not crawl.doubted(ASKED, home=False)
    taken = crawl.taken(ASKED)
    assert taken is not None
    assert (taken[0].document.text, taken[1].content) == ("正文", 7)
    assert crawl.taken(ASKED) is None, "only once an answer"
    crawl.conditions(ASKED)
    same = crawl.same(ASKED, replace(MARK, etag='"2"'), home=False)
    assert same is not None
    assert same[1].etag == '"2"'
    crawl.conditions(ASKED)
    assert crawl.same(ASKED, replace(MARK, digest=b"other"), home=False) is None
    assert not crawl.notes


@pytest.mark.usefixtures("sample")
def test_a_server_that_lies_is_found_out_and_asked_again() -> None:
    """A page of the sample came changed: those that stood by its word are asked for again, in full, and it is told."""
    crawl = Unchanged(Held())
    believed = replace(ASKED, url="http://www.qingtan.gov.cn/b.html")
    other = replace(ASKED, url="http://elsewhere.example/c.html")
    for one in (believed, other):
        crawl.conditions(one)
        crawl.taken(one)
    crawl.conditions(ASKED)
    assert crawl.doubted(ASKED, home=False)
    assert crawl.same(ASKED, replace(MARK, digest=b"other"), home=False) is None
    assert list(crawl.withdrawn()) == [believed]
    assert list(crawl.withdrawn()) == []
    assert [(note.code.value, note.place) for note in crawl.notes] == [("lying-server", "www.qingtan.gov.cn")]
    assert crawl.conditions(believed) == {}
    assert crawl.conditions(other) != {}


@pytest.mark.usefixtures("sample")
def test_a_server_that_tells_the_truth_is_believed() -> None:
    """A page of the sample came as it was: nothing is asked again, nothing told."""
    crawl = Unchanged(Held())
    crawl.conditions(ASKED)
    assert crawl.doubted(ASKED, home=False)
    assert crawl.same(ASKED, MARK, home=False) is not None
    assert (list(crawl.withdrawn()), crawl.notes) == ([], ())


@pytest.mark.usefixtures("sample")
def test_a_server_that_says_so_without_being_asked_has_said_nothing() -> None:
    """It answers 304 where no condition was sent: asked once, not for ever, and the page counts as not read."""
    crawl = Unchanged(Held())
    crawl.conditions(ASKED)
    assert crawl.doubted(ASKED, home=False)
    assert not crawl.doubted(ASKED, home=False)
    assert crawl.taken(ASKED) is None


@pytest.mark.usefixtures("none")
@pytest.mark.parametrize(("was", "home"), [(None, True), (True, False), (False, False)])
def test_what_has_become_the_home_page_is_read_anew(was: bool | None, home: bool) -> None:
    """And so is what no longer is: it would be judged as something else."""
    crawl = Unchanged(Held(replace(READING, home=was)))
    crawl.conditions(ASKED)
    assert crawl.doubted(ASKED, home=home)
    assert crawl.same(ASKED, MARK, home=home) is None
    crawl.conditions(ASKED)
    assert crawl.same(ASKED, MARK, home=home) is None


def test_what_is_kept_makes_the_same_page() -> None:
    """All that reading gave comes back, but for what the crawl puts in its place by itself: column and home page."""
    page = Page(
        DOCUMENT, (ListItem(ASKED.url, "标题"),), Turning(Paging.JPAAS, ("http://a/2",), False, 3, "x"),
        landing=True, refresh="http://a/3", is_list=True, blank_notice=True, scripted=True, obstacle=Obstacle.SCRIPT,
    )  # fmt: skip
    visit = FetchResult(replace(ASKED, column="c"), 200, replace(DOCUMENT, column="c", facts=PageFacts(home=True)))
    reading = to_keep(page, visit, MARK, [date(2028, 1, 1), date(2027, 1, 1)])
    assert (reading.column, reading.home, reading.until) == ("c", True, date(2027, 1, 1))
    crawl = Unchanged(Held(replace(reading, content=7)))
    crawl.conditions(ASKED)
    same = crawl.same(ASKED, MARK, home=True)
    assert same is not None
    assert replace(same[0], document=replace(same[0].document, fetched=None)) == page


@pytest.mark.parametrize(
    "personal",
    [
        {"rows": (ListItem("http://a/?sfz=11010519491231002X", "标题"),)},
        {"rows": (ListItem("http://a/1", "联系人手机13800138000"),)},
        {"pages": ("http://a/?sfz=11010519491231002X",)},
        {"refresh": "http://a/?sfz=11010519491231002X"},
    ],
)
def test_a_reading_with_personal_data_is_not_kept(personal: dict[str, object]) -> None:
    """Masked, it would lead to other addresses; as it is, it must not be stored."""
    assert masked(READING) == READING
    assert masked(replace(READING, **personal)) is None  # type: ignore[arg-type]


def test_a_name_with_personal_data_is_none() -> None:
    """A server may call a page by whatever it likes; the charset tells bytes apart."""
    crawl = Unchanged(None)
    answer = SimpleNamespace(body=b"x", headers={"ETag": b'"11010519491231002X"', "Content-Type": b"text/html"})
    mark = crawl.mark(answer)
    assert (mark.etag, mark.modified) == ("", "")
    answer.headers["Content-Type"] = b"text/html; charset=gbk"
    assert crawl.mark(answer).digest != mark.digest
