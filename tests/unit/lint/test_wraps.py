"""Words over a hard line break: found where the lines are one paragraph, and only there."""

from __future__ import annotations

from datetime import date

import pytest

from jimo_lint.extract.pages.page import read_page
from jimo_lint.lint.engine import Engine
from jimo_lint.lint.ruleset import select
from jimo_lint.model import Block, Context, Document, Finding
from jimo_lint.store.codec import pack, unpack
from tests.support import shipped
from tests.support.drafts import read_text

DAY = date(2026, 12, 1)
CONTEXT = Context(DAY, shipped.national())
Found = list[tuple[str, str, int, int]]


def place(finding: Finding) -> tuple[int, int]:
    """Line and column at which it begins."""
    assert finding.position is not None
    return finding.position.line, finding.position.column


@pytest.fixture(scope="module")
def engine() -> Engine:
    """The rules of words that are in force by default."""
    return Engine([rule for rule in select(shipped.rules(), ()) if rule.kind == "words"], CONTEXT)


def drafted(text: str, suffix: str = ".txt") -> Document:
    """A draft of this text."""
    return read_text(text, f"稿{suffix}", suffix, as_of=DAY)


def paged(body: str) -> str:
    """A page with this in the box of its text."""
    return f'<html><head><title>示例</title></head><body><div class="content">{body}</div></body></html>'


def found(engine: Engine, document: Document) -> Found:
    """Code, word, line and column of each finding."""
    return [(one.code, one.matched, *place(one)) for one in engine.findings(document)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("要依据中国人民\n共和国有关法律。", [("S101", "中国人民\n共和国", 1, 4)]),
        ("第一行。\n工作的关\n健环节要落实。", [("T101", "关\n健", 2, 4)]),
        ("要按步\n就班推进工作。", [("T101", "按步\n就班", 1, 2)]),
        ("各单位要落实好关  \n健环节的责任。", [("T101", "关  \n健", 1, 8)]),
        ("要依据中国\r\n人民共和国有关法律。", [("S101", "中国\n人民共和国", 1, 4)]),
        ("一、落实县人名\n政府的部署。", [("S101", "人名\n政府", 1, 6)]),
        ("依照《中华人民共合\n国安全生产法》的规定。", [("S101", "中华人民共合\n国", 1, 4)]),
    ],
)
@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_a_word_over_two_lines_of_a_paragraph(engine: Engine, text: str, expected: Found, suffix: str) -> None:
    """It is reported where it begins, and its span covers both lines."""
    document = drafted(text, suffix)
    found_here = found(engine, document)
    if suffix == ".md":  # a hard break in Markdown: its blanks are no text
        expected = [(code, word.replace("  ", ""), line, column) for code, word, line, column in expected]
    assert found_here == expected


@pytest.mark.parametrize(
    "text",
    [
        "全区落实关\n\n健环节的责任。",  # another paragraph
        "全区落实关\n　　健环节的责任。",  # an indent
        "全区落实关\n  健环节的责任。",
        "全区落实关\n- 健环节的责任。",
        "全区落实关\n1. 健环节的责任。",
        "全区落实关。\n健环节的责任。",  # a mark
        "依据中国人民\n附件：共和国地图",
        "县人名\n政府：示例区",  # a label
        "中华人\n一、民共合国",  # a number
        "关于做好防控工作\n作为重点任务落实",
        "有关\n健康知识的讲座通知",  # a heading and its text, or a word that is none
        "健康有关\n健身活动的通知",
    ],
)
def test_lines_that_are_no_paragraph_stay_apart(engine: Engine, text: str) -> None:
    """Also two lines whose words meet by chance."""
    assert found(engine, drafted(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "# 依据中国人民\n共和国有关法律",
        "- 依据中国人民\n- 共和国有关法律",
        "| 中国人民 |\n|---|\n| 共和国 |",
        "> 中国人民\n\n共和国",
    ],
)
def test_blocks_of_markdown_stay_apart(engine: Engine, text: str) -> None:
    """A heading does not go on in the text below it, an item not in the next."""
    assert found(engine, drafted(text, ".md")) == []


@pytest.mark.parametrize(
    "body",
    [
        "<p>依据中国人民<br/>共和国有关法律。</p>",
        "<p>依据<b>中国人民</b><br>\n  <span>共和国</span>有关法律。</p>",
        "依据中国人民<br>共和国有关法律。",
        "<ul><li>依据中国人民<br>共和国有关法律。</li></ul>",
        "<p>依据<span>中国人民<br></span>共和国有关法律。</p>",
    ],
)
def test_a_break_inside_a_paragraph_of_a_page(engine: Engine, body: str) -> None:
    """In a draft with the place in the source, on a page of a site, and after the store."""
    html = paged(body)
    where = html.index("中国人民") + 1
    assert found(engine, drafted(html, ".html")) == [("S101", "中国人民\n共和国", 1, where)]
    page = read_page(html, "http://www.example.gov.cn/1.html", as_of=DAY).document
    assert [one.code for one in engine.findings(page)] == ["S101"]
    assert [one.code for one in engine.findings(unpack(pack(page)))] == ["S101"]


@pytest.mark.parametrize(
    "body",
    [
        "<p>依据中国人民</p><p>共和国有关法律。</p>",
        "<ul><li>中国人民</li><li>共和国</li></ul>",
        "<table><tr><td>中国人民</td><td>共和国</td></tr></table>",
        "<table><tr><td>中国人民<br>共和国</td></tr></table>",
        "<p>依据中国人民<br><br>共和国有关法律。</p>",
        "<p>依据中国人民<br>　　共和国有关法律。</p>",
        "<p>依据中国人民<br>&nbsp;&nbsp;共和国有关法律。</p>",
        "<p>依据中国人民<hr>共和国有关法律。</p>",
        "<div>依据中国人民<hr>共和国有关法律。</div>",
        "<div>依据中国人民<p>共和国有关法律。</p></div>",
        '<p><a href="/1">中国人民</a><br><a href="/2">共和国</a></p>',
        "<h1>依据中国人民</h1>共和国有关法律。",
    ],
)
def test_borders_of_a_page_keep_words_apart(engine: Engine, body: str) -> None:
    """Paragraphs, items, cells, entries of a menu, rulers and indents."""
    assert found(engine, drafted(paged(body), ".html")) == []


def test_the_message_shows_the_word_in_one_piece(engine: Engine) -> None:
    """And the same word unbroken elsewhere is not found twice."""
    (one,) = engine.findings(drafted("要依据中国人民\n共和国有关法律。"))
    assert one.message == "“中国人民共和国”应为“中华人民共和国”"
    assert one.suggestions == ("中华人民共和国",)
    assert "\n" not in one.excerpt
    both: list[Finding] = list(engine.findings(drafted("要依据中国人民共和国法律，依据中国人民\n共和国有关法律。")))
    assert [place(one) for one in both] == [(1, 4), (1, 16)]


def test_guards_see_the_paragraph_in_one_piece(engine: Engine) -> None:
    """What silences a word on one line silences it over two, and nothing else does."""
    assert found(engine, drafted("双色球红球号码为四，蓝\n球号码为五。")) == []
    assert found(engine, drafted("双色球开奖了，按步\n就班推进。"))[0][:2] == ("T101", "按步\n就班")


def test_an_allowed_text_silences_over_a_break() -> None:
    """As it does on one line."""
    rules = [rule for rule in select(shipped.rules(), ()) if rule.code == "S101"]
    allowed = Engine(rules, Context(DAY, shipped.national(), allowed=("依据中国人民共和国有关",)))
    assert list(allowed.findings(drafted("依据中国人民\n共和国有关法律。"))) == []
    assert len(list(allowed.findings(drafted("依照中国人民\n共和国有关法律。")))) == 1


@pytest.mark.parametrize(
    ("kind", "text", "matched"),
    [
        ("table", "走头\n无路", ["走头\n无路"]),
        ("table", "这是当前推进工作的关\n健环节", ["关\n健"]),
        ("body", "我们走头\n无路了", ["走头\n无路"]),
        ("body", "依据中国人民\n共和国宪法", ["中国人民\n共和国"]),
        ("table", "李关\n健民", []),  # names below one another
        ("table", "工作的关\n\n健康的路", []),
        ("table", "工作的关\n一、健康的路", []),
        ("nav", "走头\n无路", []),  # links of a menu
    ],
)
def test_over_a_break_inside_a_paragraph_or_a_cell(engine: Engine, kind: str, text: str, matched: list[str]) -> None:
    """Where Word or a workbook breaks the line, the word goes on; a column of names is no word."""
    document = Document("稿", "稿", "file", "", (Block("body", "前文。"), Block(kind, text), Block("body", "后文。")))
    assert [one.matched for one in engine.findings(document)] == matched
