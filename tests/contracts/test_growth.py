"""Reading takes time that grows with what is read alone: pages, drafts, feeds, scripts and answers to link checks."""

from collections.abc import Callable
from datetime import date

import pytest

from jimo_lint.extract.links import decoding as scripts
from jimo_lint.extract.pages.page import read_page
from jimo_lint.extract.pages.preview import Glance
from jimo_lint.linkcheck import content
from jimo_lint.readers.archives.formats import feed
from tests.support import hostile
from tests.support.drafts import read_text

pytestmark = pytest.mark.slow

DAY = date(2026, 1, 31)
LENGTH = 6000
PUMPS = (
    "<div>",
    "<li><a href='/zw/1.html'>关于某事的通知</a><span>2026-01-02</span></li>",
    "<table><tr><td rowspan=9>1",
    "<!-- a -->\n",
    "<!--",
    "<script>",
    "<style>.a{display:none}",
    "<div class=a style='display:none'><a href=http://b.example>b</a></div>",
    "<meta ",
    "<h2>标题",
    "<a href='",
    "<a ",
    "当前位置：<a href=/>首页</a> &gt; ",
    "发布时间：2026-01-02 来源：",
    "&",
    "[](",
    "``a",
    "-",
    "\n",
    "《",
    "String.fromCharCode(104,116,116,112,",
    "'a'+",
    "%41",
)
READERS: dict[str, Callable[[str], object]] = {
    "page": lambda text: read_page(text, "http://a.example/zw/index.html", as_of=DAY),
    "html-draft": lambda text: read_text(text, "a.html", ".html", as_of=DAY),
    "markdown": lambda text: read_text(text, "a.md", ".md", as_of=DAY),
    "feed": feed.plain,
    "script": scripts.decode,
    "answer": lambda text: content.is_challenge(text.encode(), Glance(text.encode(), "text/html")),
}


@pytest.mark.parametrize("reader", READERS)
def test_time_grows_with_what_is_read_alone(reader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No repetition of anything makes a reader work longer than in proportion."""
    monkeypatch.setattr(hostile, "PER_CHARACTER", 3e-6)
    monkeypatch.setattr(hostile, "CUTOFF", 5.0)
    slow = []
    for pump in PUMPS:

        def made(size: int, pump: str = pump) -> str:
            return f"<title>标题</title>{pump * (size // len(pump))}"

        if said := hostile.verdict(READERS[reader], made, LENGTH):
            slow.append(f"{pump!r}: {said}")
    assert not slow, "\n".join(slow)


def test_pages_that_hung_are_read() -> None:
    """Comments in front of a paragraph, a variable among character codes, a line of dashes: judged at once."""
    with hostile.cutoff(2.0):
        assert not content.is_page(b"<!-- a -->\n" * 300 + b"<p>a</p>", "")
        assert content.is_page(b"<!-- a -->\n" * 300 + b"<div>a</div>", "")
        assert "101" in scripts.decode(f"String.fromCharCode({'101,' * 300}c)")
        assert read_text(f"正文\n{'-' * 4000}x", "a.md", ".md", as_of=DAY).text.startswith("正文")
        assert "现在" in read_page(f"<p>您{'现在的' * 40}</p>", "http://a.example/", as_of=DAY).document.text
