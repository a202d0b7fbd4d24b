"""Rich text (.rtf): Chinese however it is written, every part in its place, and what is not shown left out."""

from __future__ import annotations

import time
from datetime import date

import pytest

from jimo_lint.errors import InputError
from jimo_lint.model import Cell, Mark
from jimo_lint.readers.attachments.office import rich_text
from jimo_lint.readers.contents import FileContents
from jimo_lint.readers.source import Source
from tests.unit.readers.test_docx_parts import PNG
from tests.unit.readers.test_readers_doc import compound

FONTS = "{\\fonttbl{\\f0\\fcharset0 Times;}{\\f1\\fcharset134 \\'cb\\'ce\\'cc\\'e5;}{\\f2\\fcharset136 Ming;}}"


def rich(body: str, head: str = "\\ansi\\ansicpg936\\deff0") -> bytes:
    """A document; characters that are none of ASCII as numbers."""
    written = "".join(sign if ord(sign) < 128 else f"\\u{_signed(sign)}?" for sign in body)
    return f"{{\\rtf1{head}{FONTS}{written}}}".encode("ascii")


def _signed(sign: str) -> int:
    number = ord(sign)
    return number - 65536 if number > 32767 else number


def bytes_of(text: str, charset: str = "gb18030") -> str:
    """Text as programs write it that do not know Unicode."""
    return "".join(f"\\'{byte:02x}" for byte in text.encode(charset))


def read(content: bytes) -> FileContents:
    """What the reader gives back."""
    return rich_text.read(Source("稿.rtf", content), "", date(2026, 11, 22))


def told(content: bytes) -> list[tuple[str, str]]:
    """Text and place of each block."""
    return [(one.text, one.locator) for one in read(content).document.blocks]


@pytest.mark.parametrize(
    "body",
    [
        "青潭区",
        bytes_of("青潭区"),
        "\\f1 " + bytes_of("青潭区"),
        "\\f2 " + bytes_of("青潭", "big5") + "\\f1 " + bytes_of("区"),
        "{\\f1 " + bytes_of("青") + "}{\\b\\f1 " + bytes_of("潭") + "}区",
        f"\\uc2\\u{ord('青') - 65536}\\'b9\\'d8\\u{ord('潭')}ab\\u{ord('区')}\\'c7\\'f8",
        f"{{\\uc0\\u{ord('青') - 65536}\\u{ord('潭')}}}区",
    ],
)
def test_chinese_is_read_however_it_is_written(body: str) -> None:
    """By numbers with what follows them for old programs, in the charset of the font or of the document."""
    assert told(rich(body)) == [("青潭区", "第 1 段")]


def test_characters_of_two_numbers_are_one() -> None:
    """Half of one alone is none, and does no harm."""
    assert told(rich("青\\u-10179?\\u-8704?潭区\\u-10179?")) == [("青😀潭区\ufffd", "第 1 段")]


def test_bytes_that_nobody_escaped_are_read_too() -> None:
    """Halves of a character may be signs of ASCII, and a line break in the file is none in the text."""
    written = b"{\\rtf1\\ansi\\ansicpg936 " + "青\n潭区".encode("gb18030") + b" \\'8aA\\par \\'5c\\'7b\\}}"
    assert told(written) == [("青潭区 " + b"\x8aA".decode("gb18030"), "第 1 段"), ("\\{}", "第 2 段")]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines_of_the_file_end_within_characters(end: str) -> None:
    """Word ends them between any two signs, so between the two bytes of a character too."""
    first, second = bytes_of("青")[:4], bytes_of("青")[4:]
    assert told(rich(f"{first}{end}{second}{bytes_of('潭区')}")) == [("青潭区", "第 1 段")]


@pytest.mark.parametrize(
    ("written", "text"),
    [(bytes_of("青潭区"), "青潭区"), ("caf\\'e9 \\'b7", "café ·"), ("\\f2 " + bytes_of("青潭", "big5"), "青潭")],
)
def test_without_a_code_page_chinese_is_chinese(written: str, text: str) -> None:
    """As Word on a Chinese computer reads it; what cannot be Chinese is Western."""
    assert told(rich(written, "\\ansi\\deff0")) == [(text, "第 1 段")]


def test_a_break_within_a_paragraph_is_one_in_the_text() -> None:
    """So that words go on over it, as they do in a .docx."""
    assert told(rich("按步\\line 就班")) == [("按步\n就班", "第 1 段")]


def test_a_code_page_that_nobody_knows_is_read_as_a_western_one() -> None:
    """What it says of itself is wrong; its signs of ASCII are right all the same."""
    written = b"{\\rtf1\\ansi\\ansicpg9999999999 A\\'e9B}"
    assert told(written) == [("A\xe9B", "第 1 段")]


def test_tables_are_told_by_row_and_column() -> None:
    """Rows end after their cells; a table in a cell has its own number; what old programs are told is left out."""
    inner = "\\pard\\intbl\\itap2 内一\\nestcell{\\nonesttables\\par 旧}内二\\nestcell"
    inner += "{\\*\\nesttableprops\\trowd\\nestrow}"
    body = (
        "前\\par\\trowd\\cellx1\\cellx2\\pard\\intbl 一一\\par 同格\\cell 一二\\cell\\row"
        f"\\trowd\\pard\\intbl 二一\\cell{inner}\\pard\\intbl 二二\\cell\\row\\pard 后\\par"
        "\\trowd\\pard\\intbl 另\\cell\\row\\pard"
    )
    assert told(rich(body)) == [
        ("前", "第 1 段"), ("一一", "表 1 第 1 行第 1 列"), ("同格", "表 1 第 1 行第 1 列"),
        ("一二", "表 1 第 1 行第 2 列"),
        ("二一", "表 1 第 2 行第 1 列"), ("内一", "表 2 第 1 行第 1 列"), ("内二", "表 2 第 1 行第 2 列"),
        ("二二", "表 1 第 2 行第 2 列"), ("后", "第 9 段"), ("另", "表 3 第 1 行第 1 列"),
    ]  # fmt: skip
    assert read(rich(body)).document.blocks[3].spot == Cell("表 1", 1, 2)


def test_notes_comments_boxes_and_margins_are_named() -> None:
    """Notes have the line of their paragraph; a box that is drawn for old programs as well is read once."""
    box = "{\\shp{\\*\\shpinst{\\sp{\\sn fLine}{\\sv 0}}{\\shptxt 框\\par}}{\\shprslt{\\*\\do{\\dptxbxtext 框\\par}}}}"
    body = (
        "{\\header\\pard 眉\\par}{\\footerl 脚下\\par}{\\headerr\\pard 眉\\par}一\\par "
        f"二{{\\footnote{{\\chftn}} 脚一}}{{\\footnote\\ftnalt 尾}}{{\\footnote 脚二}}{box}"
        "{\\*\\atnid A}{\\*\\atnauthor 甲}\\chatn{\\*\\annotation{\\*\\atnref 1}批}三\\par"
    )
    assert told(rich(body)) == [
        ("一", "第 1 段"), ("框", "文本框 1"), ("二三", "第 2 段"), ("眉", "页眉"), ("脚下", "页脚"),
        (" 脚一", "脚注 1"), ("尾", "尾注 1"), ("脚二", "脚注 2"), ("批", "批注 1"),
    ]  # fmt: skip
    blocks = read(rich(body)).document.blocks
    assert [one.places[0][1] for one in blocks] == [1, 2, 2, 1, 1, 2, 2, 2, 2]
    assert blocks[-1].kind == "comment"


def test_what_is_not_shown_is_left_out() -> None:
    """Styles, numbers of lists, deleted and moved words, instructions, and unknown groups."""
    body = (
        "{\\stylesheet{\\s0 正文样式;}}{\\*\\generator 程序;}{\\info{\\title 属性}{\\author 王某}{\\operator 李某}}"
        "{\\listtext 1.\\tab}甲{\\deleted 删}{\\mvf 移走}{\\mvt 移来}{\\revised 增}{\\*\\bkmkstart 书签}"
        "{\\field{\\*\\fldinst PAGE}{\\fldrslt 3}}乙\\par{\\deleted 整段\\par}丙"
    )
    assert told(rich(body)) == [("甲移来增3乙", "第 1 段"), ("丙", "第 2 段")]
    marks = read(rich(body)).document.file_facts.marks
    assert marks[1:] == (Mark("author", "", "王某"), Mark("author", "", "李某"))
    assert marks[0].kind == "tracked"
    assert not read(rich("\\revised0\\deleted0 净")).document.file_facts.marks


def test_fields_links_and_ruby_text() -> None:
    """A link by its address and words; of a field in an instruction nothing is shown; ruby text without its guide."""
    link = '{\\field{\\*\\fldinst{HYPERLINK "http：//a.example/b.pdf"}}{\\fldrslt{\\ul 附}件}}'
    nested = "{\\field{\\*\\fldinst IF {\\field{\\*\\fldinst PAGE}{\\fldrslt 比}} = 1}{\\fldrslt 果}}"
    ruby = "{\\field{\\*\\fldinst EQ \\\\* jc2 \\\\o\\\\ad(\\\\s\\\\up 9(gong),共)}{\\fldrslt}}"
    found = read(rich(f"见{link}{nested}{ruby}和国\\par")).document
    assert [one.text for one in found.blocks] == ["见附件果共和国"]
    assert [(one.raw, one.text) for one in found.links] == [("http：//a.example/b.pdf", "附件")]


def test_hidden_text_is_read_and_marked() -> None:
    """Also in a cell; what ends being hidden is not."""
    found = read(rich("显\\par 前{\\v 藏}后\\par{\\v\\plain 显}\\par\\pard\\intbl\\v 格\\cell\\row")).document
    assert [one.text for one in found.blocks] == ["显", "前藏后", "显", "格"]
    assert [one.place for one in found.file_facts.marks] == ["第 2 段", "表 1 第 1 行第 1 列"]
    assert found.blocks[3].spot == Cell("表 1", 1, 1, True)


def test_pictures_and_objects() -> None:
    """Pictures once each with their alternative texts; drawn words are read; objects are handed on or counted."""
    described = "{\\*\\picprop{\\sp{\\sn wzDescription}{\\sv 防汛示意}}}"
    picture = f"{{\\*\\shppict{{\\pict{described}\\pngblip\\picw1\n{PNG.hex()}}}}}"
    picture += "{\\nonshppict{\\pict\\wmetafile8 00}}"
    art = "{\\shp{\\*\\shpinst{\\sp{\\sn gtextUNICODE}{\\sv 内部资料}}{\\sp{\\sn wzDescription}{\\sv 图形说明}}}}"
    inside = compound({"Package": b"PK\x03\x04x"}).hex()
    objects = f"{{\\object\\objemb{{\\*\\objclass Excel}}{{\\*\\objdata 0105{inside}}}{{\\result 表}}}}"
    objects += "{\\object{\\*\\objdata 01}}"
    found = read(rich(f"{picture}{art}{objects}{{\\*\\template C:\\\\王某\\\\a.dot}}{{\\pict\\bin3 {{{{{{}}文"))
    assert [(one.text, one.locator) for one in found.document.blocks] == [
        ("防汛示意", "图 1 的替代文字"), ("内部资料", "艺术字 1"), ("图形说明", "图形的替代文字"), ("表文", "第 1 段"),
    ]  # fmt: skip
    assert [one.place for one in found.pictures] == ["图 1", "图 2"]
    assert found.pictures[0].load().size == (1, 1)
    assert [one.content[:4] for one in found.members] == [b"PK\x03\x04"]
    assert found.unread == "1 个嵌入的对象"
    assert found.document.file_facts.marks == (Mark("path", "", "C:\\王某\\a.dot"),)


@pytest.mark.parametrize(("content", "words"), [(b"{\\rtf1 a{b}", "已损坏"), (b"", "不是 RTF"), (b"text", "不是 RTF")])
def test_what_cannot_be_read_says_why(content: bytes, words: str) -> None:
    """Cut short within a group, empty, or something else."""
    with pytest.raises(InputError, match=words) as raised:
        read(content)
    assert raised.value.mark == "damaged"


def test_braces_without_end_cost_no_more_than_their_size() -> None:
    """Four times as many take about four times as long; none is too deep."""

    def seconds(count: int) -> float:
        body = f"{{\\rtf1 {'{' * count}a{'}' * count}}}".encode()
        began = time.process_time()
        assert [text for text, _ in told(body)] == ["a"]
        return time.process_time() - began

    small = seconds(50_000)
    assert seconds(200_000) < 12 * small


@pytest.mark.parametrize(("number", "shown", "other"), [("\\ffres1", "乙项", "甲项"), ("\\ffres25", "甲项", "乙项")])
def test_a_list_in_a_form_shows_what_is_chosen(number: str, shown: str, other: str) -> None:
    """Else what it shows at first; the other entries and the help are read beside the text."""
    form = f"{{\\*\\formfield{{\\fftype2{number}\\ffdefres0{{\\*\\ffname 单}}{{\\*\\ffhelptext 选一项}}"
    form += "{\\*\\ffl 甲项}{\\*\\ffl 乙项}}}"
    found = told(rich(f"前{{\\field{{\\*\\fldinst FORMDROPDOWN {form}}}{{\\fldrslt }}}}后\\par"))
    assert found == [("选一项", "窗体域的提示"), (other, "下拉选项"), (f"前{shown}后", "第 1 段")]


def test_words_around_numbers_and_tips_of_links_are_read_beside_the_text() -> None:
    """Of a list once, whatever the numbers; single letters are no word."""
    items = "".join(f"{{\\listtext 附件{one}：}}{one}\\par{{\\pntext 第{one}条}}{one}\\par" for one in "一二")
    link = '{\\field{\\*\\fldinst HYPERLINK "http://a.example/" \\\\o "去看表"}{\\fldrslt 表}}\\par'
    found = told(rich(items + link))
    assert [one for one in found if not one[1].startswith("第")] == [("去看表", "链接提示"), ("附件一：", "编号")]
    assert [text for text, place in found if place.startswith("第")] == ["一", "一", "二", "二", "表"]
