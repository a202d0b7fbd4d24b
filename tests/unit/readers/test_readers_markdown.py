"""Markdown as CommonMark has it, and as authors of drafts mean it: text, places, links."""

from __future__ import annotations

import time
from datetime import date

import pytest

from jimo_lint.inspection import drafts
from jimo_lint.model import Document
from jimo_lint.readers.drafts import markdown
from jimo_lint.settings.config import Config
from tests.support.drafts import read_text

BASE = "https://a.example/x/"


def lines(text: str) -> list[str]:
    """The texts of the blocks."""
    return [block.text.strip() for block in markdown.parse(text).blocks]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("    缩进的正文\n    第二行\n", ["缩进的正文", "第二行"]),
        ("\t缩进的正文\n", ["缩进的正文"]),
        ("甲\n\n```\n代码\n```\n乙", ["甲", "乙"]),
        ("~~~\n代码\n~~~\n乙", ["乙"]),
        ("```jimo-lint check 稿件.md```\n\n正文", ["正文"]),
        ("注释以 `<!--` 开头。\n\n正文", ["注释以 \u2009 开头。", "正文"]),
        ("- 甲\n\n  ```\n  代码\n  ```\n- 乙", ["甲", "乙"]),
        ("**“重点”**是**关键。**后文", ["“重点”是关键。后文"]),
        ("3 * 5 = 15", ["3 * 5 = 15"]),
        (r"\*星号\*", ["*星号*"]),
        ("姓名：____", ["姓名：____"]),
        ("~~删去~~保留", ["删去保留"]),
        ("甲<br>乙", ["甲", "乙"]),
        ("<div>\n<p>甲</p>\n<!-- 注\n释 -->\n<script>var 代码</script>\n</div>\n\n乙", ["甲", "乙"]),
        ("<!-- 注 --> 甲 <!-- 又\n\n注释\n\n完 --> 乙", ["甲", "乙"]),
        ("甲[^1]。\n\n[^1]: 注文", ["甲。", "注文"]),
        ("甲[^1]。\n\n[^1]: 注文\n\n    注的第二段", ["甲。", "注文", "注的第二段"]),
        ("| 表 | 头 |\n|---|---|\n| 甲 | 乙 |", ["表 头", "甲 乙"]),
        ("标题\n===\n正文", ["标题", "正文"]),
        ('[链接][甲]\n\n[甲]: /b.html "题目"', ["链接"]),
        ("- [x] 完成\n- [ ] 未完", ["完成", "未完"]),
        ("> 引\n续", ["引", "续"]),
        ("![图](a.png)说明", ["图说明"]),
        ("1. 一\n2. 二", ["一", "二"]),
        ("一、总则\n（一）甲", ["一、总则", "（一）甲"]),
    ],
)
def test_what_a_reader_sees(text: str, wanted: list[str]) -> None:
    """Lines of text, without code, markers, comments and addresses; notes and tables are text too."""
    assert lines(text) == wanted


def test_places_are_those_of_the_file() -> None:
    """In notes, markup, tables, indented text, behind characters of four bytes and behind front matter."""
    text = (
        "---\ntitle: 题\n---\n😀**错**\n\n> - 引错\n\n    缩错\n\n<p>块<b>错</b></p>\n\n甲[^1]\n\n[^1]: 注错\n\n"
        "| 表 | 错 |\n|--|--|\n| &amp;错 | 尾 |\n\n<!-- 始 --> 前 <!-- 又\n完 --> 末错\n"
    )
    document = read_text(text, "稿.md", ".md", as_of=date(2026, 1, 1))
    rows = text.split("\n")
    found = [document.position(at) for at, character in enumerate(document.text) if character == "错"]
    assert len(found) == len(set(found)) == 8
    for line, column in found:
        assert rows[line - 1][column - 1] == "错"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("[甲](b.html)", [("https://a.example/x/b.html", "甲", "page")]),
        ('[甲](<b c.html> "题")', [("https://a.example/x/b%20c.html", "甲", "page")]),
        ("[甲](附件(1).pdf)", [("https://a.example/x/%E9%99%84%E4%BB%B6(1).pdf", "甲", "attachment")]),
        ("[甲][b]\n\n[b]: /b.html", [("https://a.example/b.html", "甲", "page")]),
        ("<https://b.example/>", [("https://b.example/", "https://b.example/", "page")]),
        ("见**https://b.example/x**。", [("https://b.example/x", "https://b.example/x", "page")]),
        ("`https://b.example/x`\n\n    [甲](b.html)\n\n```\nhttps://b.example/y\n```", []),
        ("<a href='/d.html'>**甲**</a>", [("https://a.example/d.html", "甲", "page")]),
        ("<!-- [甲](b.html) -->", []),
        ("![图](a.png)", [("https://a.example/x/a.png", "图", "image")]),
        ("[甲](http：//b.example/)", [("", "甲", "malformed")]),
        ("[甲](http://)", [("", "甲", "malformed")]),
    ],
)
def test_links(text: str, wanted: list[tuple[str, str, str]]) -> None:
    """However they are written, each once, joined to where the draft will stand; those in code are examples."""
    assert [(one.url, one.text, one.kind) for one in markdown.parse(text, BASE).links] == wanted


def test_a_draft_in_markdown_shows_its_malformed_links() -> None:
    """`check` judges them as those of a page."""
    document = read_text("[甲](http：//b.example/)\n", "稿.md", ".md", as_of=date(2026, 1, 1))
    assert isinstance(document, Document)
    assert [one.kind for one in document.links] == ["malformed"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    ["-", "*", "[", "![", "<!--", "<a ", "<div>\n", "`", "| ", "> ", "错**", "http://a/", "&amp;", "(", "[^1]: ", "- "],
)
def test_long_drafts_take_their_length(piece: str) -> None:
    """Whatever repeats in one line or over many, four times as much takes not much more than four times as long."""
    for joined in (piece, piece + "\n"):
        short, long = ("错\n" + joined * (length // len(joined)) for length in (8_000, 32_000))
        most = max(9 * min(_seconds(short) for _ in range(3)), 0.5)
        # The quickest of three counts: what else the machine does only adds.
        assert any(_seconds(long) < most for _ in range(3)), (joined, most)


def _seconds(text: str) -> float:
    begun = time.thread_time()
    markdown.parse(text, BASE)
    return time.thread_time() - begun


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("打开窗口，`cmd` 命令。", []),
        ("输入（`jimo-lint` 命令）即可。", []),
        ("命令`cmd` ，即可。", []),
        ("打开，<img src=a.png> 好。", []),
        ("打开，![](a.png) 好。", []),
        ("打开，http://a.example.cn/x 好。", []),
        ("按“`甲` ”命名。", []),
        ("各单位要重视， 抓好落实。", ["， "]),
        ("`cmd`各单位要重视， **抓好**落实。", ["， "]),
        ("打开`甲`、 乙两项。", ["、 "]),
        ("输入（ 命令）即可。", ["（ 命"]),
    ],
)
def test_blanks_are_those_of_the_author(text: str, found: list[str]) -> None:
    """What stands for code, a picture or an address is no blank beside a mark; one that was typed is."""
    settings = Config(select=("F119",))
    day = date(2026, 12, 1)
    report, _ = drafts.check([markdown.document(text, "稿.md", "")], settings, as_of=day)
    assert [one.matched for one in report.findings] == found


@pytest.mark.parametrize(
    "ruby",
    [
        "<ruby>青<rt>qīng</rt>潭<rt>tán</rt></ruby>区",
        "<ruby>青潭<rp>（</rp><rt><b>qīng</b> tán</rt><rp>）</rp></ruby>区",
    ],
)
@pytest.mark.parametrize("form", ["在{}办理", "- 在**{}**办理", "<p>在{}办理</p>"])
def test_a_guide_above_a_word_does_not_part_it(ruby: str, form: str) -> None:
    """拼音 is no part of the text; what follows it is."""
    assert "在青潭区办理" in lines(form.format(ruby) + "\n\n后文")[0]
    assert lines(form.format(ruby) + "\n\n后文")[-1] == "后文"
