"""HTML drafts: line and column in the source of every word of the text."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jimo_lint.model import Block, Document
from jimo_lint.readers.drafts import local, markup
from jimo_lint.readers.drafts.alignment import Aligner, Stream
from jimo_lint.readers.encoding import newlines

AS_OF = date(2026, 11, 22)

# 甲 to 癸 are planted once each; the test looks them up in the source itself.
PAGE = """<!DOCTYPE html>
<html lang="zh">
<head>
<meta charset="utf-8"><title>甲标题-云溪区</title>
<meta name="ArticleTitle" content="关于&quot;乙&quot;的通知">
<meta name="Description"
      content='摘要 &amp; 丙'>
<style>.丁 { color: red }</style><script>var 丁 = "<p>丁</p>";</script>
</head>
<body><!-- 丁 -->
<div class="nav"><a href="/">首页</a> &gt; <a href="/tzgg/">通知公告</a></div>
<h1>关于&ldquo;乙&rdquo;的通知</h1>
<div id="zoom" class="content">
<p>　　第一段&nbsp;&nbsp;有&#20013;&#x6587;和戊字，<strong>粗<em>体</em></strong>己字&amp;庚字。</p>
<p>通知公告</p>
\t<p>第二段\u200b里
   有<span style="a>b">辛</span>字。</p><p>通知公告</p>
<p><img src="1.jpg" alt="壬图的说明"><img alt='癸&amp;图' src=2.jpg></p>
</div>
<div class="footer">主办：云溪区人民政府</div>
</body></html>
"""


def expected(source: str, word: str, nth: int = 0) -> tuple[int, int]:
    at = -1
    for _ in range(nth + 1):
        at = source.index(word, at + 1)
    return source.count("\n", 0, at) + 1, at - source.rfind("\n", 0, at)


def read(source: str) -> Document:
    return markup.document(newlines(source), "稿.html", "稿.html", AS_OF)


def places(document: Document, word: str) -> list[tuple[int, int]]:
    text = document.text
    return [document.position(at) for at in range(len(text)) if text.startswith(word, at)]


@pytest.mark.parametrize("word", list("戊己庚辛壬癸"))
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_planted_word_is_found_where_it_stands(word: str, end: str) -> None:
    """After entities, inside nested tags, in wrapped lines and attribute values, whatever the line ends."""
    document = read(PAGE.replace("\n", end))
    assert places(document, word) == [expected(PAGE, word)]


def test_what_nobody_sees_is_no_text() -> None:
    """Scripts, styles and comments are not read."""
    assert "丁" not in read(PAGE).text


def test_a_word_of_the_title_stands_in_one_of_its_places() -> None:
    """A title is repeated in h1 and metas: each place of it holds the word."""
    document = read(PAGE)
    assert places(document, "乙")
    assert set(places(document, "乙")) <= {expected(PAGE, "乙"), expected(PAGE, "乙", 1)}


def test_a_paragraph_that_repeats_a_menu_is_placed_in_the_body() -> None:
    """Text that stands in the navigation too is found among its neighbours."""
    document = read(PAGE)
    body = [block for block in document.blocks if block.kind == "body" and block.text == "通知公告"]
    assert [block.places[0][1:] for block in body] == [expected(PAGE, "通知公告", 1), expected(PAGE, "通知公告", 2)]


def test_a_mark_at_the_beginning_is_no_column(tmp_path: Path) -> None:
    """A byte order mark shifts nothing."""
    file = tmp_path / "a.html"
    file.write_text("<p>一错</p>", encoding="utf-8-sig")
    (document,) = local.read([file], as_of=AS_OF)
    assert isinstance(document, Document)
    assert places(document, "错") == [(1, 5)]


def test_a_page_in_gb2312_keeps_its_places(tmp_path: Path) -> None:
    """Columns are code points of the text, not bytes of the file."""
    file = tmp_path / "a.html"
    file.write_bytes('<meta charset="gb2312">\n<p>云溪区镕错</p>'.encode("gb18030"))
    (document,) = local.read([file], as_of=AS_OF)
    assert isinstance(document, Document)
    assert places(document, "错") == [(2, 8)]


@pytest.mark.parametrize(
    "source", ["", "<", "<p", "<p><p><!--", "&", "&#0;&#x110000;&bogus", "<title>错", '<a b="', "\x00错"]
)
def test_broken_markup_gives_a_document(source: str) -> None:
    """Whatever the file, there is a document, and each position is one."""
    document = read(source)
    for at in range(len(document.text)):
        line, column = document.position(at)
        assert line >= 1
        assert column >= 1


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["p", "div", "span", "b", "li"]), st.text(alphabet="错一二&<> 　\n\t;#a", max_size=12)
        ),
        max_size=8,
    )
)
def test_every_character_is_placed_on_itself(pieces: list[tuple[str, str]]) -> None:
    """Random pages: the character at the place found in the source is the character of the text."""
    source = "<body><div id='zoom'>" + "".join(
        f"<{tag}>{text.replace('&', '&amp;').replace('<', '&lt;')}</{tag}>\n" for tag, text in pieces
    )
    document = read(source)
    lines = source.split("\n")
    for at, character in enumerate(document.text):
        if character in "错一二":
            line, column = document.position(at)
            assert lines[line - 1][column - 1] == character


def stream(*pieces: tuple[str, int]) -> Stream:
    made = Stream()
    for text, at in pieces:
        made.add(text, at)
    return made


def test_blanks_do_not_count_in_alignment() -> None:
    """The extraction runs blanks together; characters keep their own offsets."""
    aligner = Aligner(stream(("第\n  一 段", 10), ("后", 30)), Stream(), Stream())
    assert aligner.offsets([Block("body", "第一段 后")]) == [[10, 14, 16, -1, 30]]


def test_blocks_are_placed_side_by_side() -> None:
    """Of several places of a text the one beside its neighbours is taken."""
    body = stream(("栏目", 0), ("其他", 5), ("正文甲", 10), ("栏目", 20), ("正文乙", 30))
    aligner = Aligner(body, Stream(), Stream())
    blocks = [Block("body", "正文甲"), Block("body", "栏目"), Block("body", "正文乙")]
    assert [offsets[0] for offsets in aligner.offsets(blocks)] == [10, 20, 30]


def test_a_text_that_was_put_together_is_placed_by_its_words() -> None:
    """Where a block as a whole stands nowhere, each known word keeps its place and others lie beside."""
    aligner = Aligner(stream(("姓名", 0), ("职务", 10)), Stream(), Stream())
    assert aligner.offsets([Block("table", "姓名 | 职务")]) == [[0, 1, -1, 1, -1, 10, 11]]


def test_entities_without_a_semicolon_end_where_the_browser_ends_them() -> None:
    """`&amp公司` is `&公司`: the characters behind keep their places."""
    body = markup._scan("<p>&amp公司&你好&notit;</p>", {})[0]
    assert body.text == "&公司&你好¬it;"
    assert body.sources(0, 6) == [3, 7, 8, 9, 10, 11]


@pytest.mark.parametrize("piece", ["<", "<a ", "<a b='", "<!--", "<script>", '<a "', "<title>", "&a", "<p a='x"])
def test_a_hostile_file_takes_no_longer_than_another(piece: str) -> None:
    """A hundred thousand openings that never close are read in one pass, not once for each."""
    started = process_time()
    markup._scan(piece * 100_000, {})
    assert process_time() - started < 5


@pytest.mark.parametrize(
    "ruby",
    [
        "<ruby>青<rt>qīng</rt>潭<rt>tán</rt></ruby>区",
        "<ruby>青潭<rp>（<rt>qīng tán<rp>）</ruby>区",
        "<ruby>青潭<rp>（</rp><rt><b>qīng</b> tán</rt><rp>）</rp></ruby>区",
        "<ruby><rb>青潭</rb><rtc><rt>qīng tán</rt></rtc></ruby>区",
        "<RUBY>青<RT lang=zh>qīng</RT></RUBY>潭区",
    ],
)
def test_a_guide_above_a_word_does_not_part_it(ruby: str) -> None:
    """The text below 拼音 is read as one, and every character is where it stands."""
    source = f"<body>\n<p>在{ruby}办理</p>\n<p>后文</p></body>"
    document = read(source)
    assert [block.text for block in document.blocks] == ["在青潭区办理", "后文"]
    at = document.text.index("区")
    assert document.position(at) == expected(source, "区")


@pytest.mark.parametrize(
    ("main", "word"),
    [
        ("<textarea>请写\n意见</textarea>", "意见"),
        ("<textarea><p>意见</p><p>建议</p></textarea>", "建议"),
        ("<noscript>请<b>打开</b>脚本</noscript>", "脚本"),
        ("<svg><title>图标</title><text>服<tspan>务</tspan>区</text></svg>", "区"),
        ('<iframe srcdoc="<p>咨询</p>&lt;p&gt;投诉"></iframe>', "投诉"),
        ("<template><p>暂存</p></template>", "暂存"),
        ("<xmp><p>原样</xmp>", "原样"),
        ("<noembed><p>没有插件</noembed>", "插件"),
        ("<ruby>青<rt>大学</rt>潭</ruby>", "大学"),
        ('<input placeholder="关键字">', "关键字"),
    ],
)
def test_what_stands_beside_the_lines_is_where_it_stands(main: str, word: str) -> None:
    """In fields, drawings, attributes and pages inside the page."""
    source = f"<body>\n<p>现将有关事项通知如下。</p>\n{main}\n<p>后文</p></body>"
    assert places(read(source), word) == [expected(source, word)]
