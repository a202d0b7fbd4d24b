"""What the browser's tab shows is read whatever the page's heading says, and stands where it is written."""

from __future__ import annotations

from datetime import date

import pytest

from jimo_lint.model import Block
from jimo_lint.readers.drafts.markup import document

TAB = "网页标题（title）"
BODY = "<p>各镇街要抓好落实，做好有关工作，认真总结经验，及时上报情况。</p>"


def blocks(head: str, rest: str, body: str = BODY) -> list[Block]:
    """The blocks of a page with this `<title>` in the second line."""
    text = f"<!doctype html>\n<title>{head}</title>\n{rest}\n{body}"
    return list(document(text, "页.html", "", date(2026, 12, 1)).blocks)


@pytest.mark.parametrize(
    ("head", "rest"),
    [
        ("中国人民共和国关健工作的通知", "<h1>中华人民共和国关键工作的通知</h1>"),
        ("关健工作的通知_青潭区人民政府", "<h1>关键工作的通知</h1>"),
        ("关键工作的通知及关健说明", "<h1>关键工作的通知</h1>"),
        ("政府网站关健工作", "<h1>政府网站关键工作</h1>"),
        ("政府网站关健工作-青潭区政府网", "<h1>政府网站关键工作</h1>"),
        ("关健", "<meta name=ArticleTitle content=关键工作><h1>关键工作</h1>"),
    ],
)
def test_a_tab_of_other_words_is_a_block(head: str, rest: str) -> None:
    """Like the heading but not the same, longer than it, beside ArticleTitle; its place is that of `<title>`."""
    (tab,) = [one for one in blocks(head, rest) if one.locator == TAB]
    assert tab.text == head and tab.places[0] == (0, 2, 8)


@pytest.mark.parametrize(
    ("head", "rest"),
    [
        ("关键工作的通知", "<h1>关键工作的通知</h1>"),
        ("关键工作的通知_青潭区人民政府", "<h1>关键工作的通知</h1>"),
        ("青潭区人民政府网站-关键工作的通知", "<h1>关键工作的通知</h1>"),
        ("关键工作的通知", "<h1>关键工作<br>的 通知</h1>"),
        ("青潭区人民政府", "<meta name=SiteName content=青潭区人民政府><h1>关键工作的通知</h1>"),
        ("", "<h1>关键工作的通知</h1>"),
    ],
)
def test_a_tab_of_the_same_words_is_none(head: str, rest: str) -> None:
    """With the site's name or without: a fault in the title is one fault."""
    assert TAB not in [one.locator for one in blocks(head, rest)]


@pytest.mark.parametrize(
    "head", ["按步就班做好工作", "按步就班做好工作_青潭区人民政府", "青潭区人民政府网站-按步就班做好工作"]
)
def test_the_title_stands_in_the_tab_where_the_text_has_its_own(head: str) -> None:
    """Two findings are two places of the file; where only one is told, it is that of the heading."""
    title, line, *_ = blocks(head, "<h1>按步就班做好工作</h1>", "<p>抓好落实。</p>")
    assert title.kind == "title" and title.places[0] == (0, 2, 8 + head.index("按"))
    assert line.kind == "body" and line.places[0][1] == 3
    title = blocks(head, "<h1>按步就班做好工作</h1>")[0]
    assert title.places[0][1] == 3
