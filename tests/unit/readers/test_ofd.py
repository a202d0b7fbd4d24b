"""OFD files: reading order, paragraphs, what stands behind and beside the pages, and what cannot be read."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from datetime import date
from pathlib import PurePath

import pytest
from PIL import Image

from jimo_lint.model import Document, Problem
from jimo_lint.readers import reading
from jimo_lint.readers.attachments.ofd import reader
from jimo_lint.readers.attachments.ofd.page import lines, shown
from jimo_lint.readers.contents import FileContents
from jimo_lint.readers.source import Source
from tests.support import ofd
from tests.support.boxes import zipped

AS_OF = date(2026, 11, 22)
PICTURE = b"\x89PNG\r\n\x1a\n"
ID = "11010519491231002X"
# The second row is full, the third begins a paragraph.
ROWS = (
    "\u3000\u3000青潭区各部门要抓好关键环节，落实防汛措",
    "施，确保群众安全度汛，不得有误，请认真遵照执",
    "行。",
    "\u3000\u3000特此通知。",
)


def found(body: bytes) -> FileContents:
    """What the reader gives back."""
    return reader.read(Source("函.ofd", body), "", AS_OF)


def said(contents: FileContents) -> list[tuple[str, str]]:
    """Places and texts."""
    return [(block.locator, block.text) for block in contents.document.blocks]


def read(name: str, body: bytes) -> tuple[dict[str, Document], dict[str, Problem]]:
    """The documents and the problems of a file, by their places."""
    values = list(reading.read(Source(name, body), PurePath(name).suffix, reading.Asked(AS_OF, told=True)))
    documents = {one.url: one for one in values if isinstance(one, Document)}
    return documents, {one.place: one for one in values if isinstance(one, Problem)}


@pytest.mark.parametrize("prefix", ["ofd", "", "x"])
@pytest.mark.parametrize("absolute", [False, True])
def test_pages_are_read_in_their_order(prefix: str, absolute: bool) -> None:
    """Whatever the elements are prefixed with, and however the parts are addressed."""
    body = ofd.document(
        [ofd.Page([ofd.text(f"第{one}份", 30, 40)]) for one in "甲乙丙"], prefix=prefix, absolute=absolute
    )
    assert said(found(body)) == [("第 1 页", "第甲份"), ("第 2 页", "第乙份"), ("第 3 页", "第丙份")]
    assert [block.places[0][1] for block in found(body).document.blocks] == [1, 2, 3]


def test_text_is_read_from_the_top_down_and_from_left_to_right() -> None:
    """In whatever order it is written; pieces on a line are one, a blank where they stand apart."""
    page = ofd.Page(
        [ofd.text("末行", 30, 90), ofd.text("电话", 80, 50.5), ofd.text("姓名", 30, 50), ofd.text("：甲", 40, 50)]
    )
    assert said(found(ofd.document([page]))) == [("第 1 页", "姓名：甲 电话"), ("第 1 页", "末行")]


def test_lines_of_a_paragraph_go_on() -> None:
    """A word over the end of a line is one; what is indented begins a paragraph, and what is short ends one."""
    document = found(ofd.document([ofd.Page(ofd.paragraph(*ROWS))])).document
    assert [block.continues for block in document.blocks] == [False, True, True, False]
    assert len(document.wraps) == 2


def test_a_word_over_the_end_of_a_line_is_found() -> None:
    """`check` matches it as in a paragraph."""
    from jimo_lint.inspection import drafts
    from jimo_lint.settings.config import Config

    rows = ("\u3000\u3000青潭区各部门要落实防汛措施，抓好工作的关", "健环节，确保群众安全度汛，不得有误，认真执行。")
    values = list(read("函.ofd", ofd.document([ofd.Page(ofd.paragraph(*rows))]))[0].values())
    report, _ = drafts.check(values, Config(), as_of=AS_OF)
    assert [(one.code, one.matched.replace("\n", "")) for one in report.findings] == [("T101", "关健")]


def test_columns_of_lines_are_not_paragraphs() -> None:
    """A short line ends one; a title in larger print is none's beginning."""
    rows = ["青潭区防汛工作名单", "甲、乙", "丙、丁"]
    page = ofd.Page([ofd.text(rows[0], 60, 20, size=8), *ofd.paragraph(*rows[1:], top=40)])
    assert not any(block.continues for block in found(ofd.document([page])).document.blocks)


def test_rows_of_a_table_do_not_go_on() -> None:
    """Though each of them reaches to the right margin."""
    cells = [ofd.text(cell, left, top) for top in (30, 38) for left, cell in ((25, "姓名甲"), (120, "电话甲"))]
    document = found(ofd.document([ofd.Page(cells)])).document
    assert [(block.text, block.continues) for block in document.blocks] == [("姓名甲 电话甲", False)] * 2


def test_columns_that_run_downwards_are_read_from_the_right() -> None:
    """As people read them."""
    written = (
        f'<TextObject ID="1" Boundary="{left} 30 5 60" Size="5"><TextCode X="0" Y="4" DeltaY="g 3 5">{words}</TextCode>'
        "</TextObject>"
        for left, words in ((90, "第二列字"), (100, "第一列字"))
    )
    assert [words for _, words in said(found(ofd.document([ofd.Page([*written])])))] == ["第一列字", "第二列字"]


def test_pieces_of_one_character_and_lines_in_one_object_are_read() -> None:
    """As some programs write each character, and others a paragraph."""
    page = ofd.Page([ofd.text(one, 30 + 5 * number, 30) for number, one in enumerate("抓好工作")])
    assert said(found(ofd.document([page]))) == [("第 1 页", "抓好工作")]
    lines = (
        '<TextCode X="0" Y="4" DeltaX="g 3 5">第一行字</TextCode><TextCode Y="12" DeltaX="g 3 5">第二行字</TextCode>'
    )
    page = ofd.Page([f'<TextObject ID="1" Boundary="30 30 100 20" Size="5">{lines}</TextObject>'])
    assert [words for _, words in said(found(ofd.document([page])))] == ["第一行字", "第二行字"]


def test_names_in_a_list_do_not_go_on() -> None:
    """Though they are all of the same length, and nothing on the page is longer."""
    document = found(ofd.document([ofd.Page(ofd.paragraph("张三甲", "李四乙", "王五丙"))])).document
    assert not any(block.continues for block in document.blocks)


def test_numbers_of_pages_part_no_paragraph() -> None:
    """They come last, and are known by their place; the paragraph goes on over the end of the page."""
    pages = [
        ofd.Page([*ofd.paragraph(*rows), ofd.text(number, 100, 280)])
        for rows, number in ((ROWS[:2], "— 1 —"), (ROWS[2:], "2"))
    ]
    blocks = found(ofd.document(pages)).document.blocks
    assert [(block.kind, block.text) for block in blocks[-2:]] == [("footer", "— 1 —"), ("footer", "2")]
    assert [(block.locator, block.continues) for block in blocks[:-2]] == [
        ("第 1 页", False), ("第 1 页", True), ("第 2 页", True), ("第 2 页", False)
    ]  # fmt: skip


def test_text_is_where_its_matrix_puts_it() -> None:
    """Boundary, matrix and the offset within count together."""
    lower = ofd.text("下", 30, 10, more=' CTM="1 0 0 1 0 100"')
    assert said(found(ofd.document([ofd.Page([lower, ofd.text("上", 30, 60)])])))[0] == ("第 1 页", "上")
    turned = ofd.text("竖排", 10, 10, more=' CTM="0 1 -1 0 0 0"')
    assert ("第 1 页", "竖排") in said(found(ofd.document([ofd.Page([turned, ofd.text("横排", 30, 10)])])))


@pytest.mark.parametrize("place", ["inf", "-inf", "nan", "1e300"])
def test_a_place_that_is_none_costs_no_page(place: str) -> None:
    """What is written where no page reaches is read at its top, and what stands beside it as well."""
    far = ofd.text("远处", 30, 30).replace('"30 30', f'"{place} {place}')
    assert place in far
    read = said(found(ofd.document([ofd.Page([far, ofd.text("近处", 30, 60, deltas=f"5 {place}")])])))
    assert sorted(text for _, text in read) == ["近处", "远处"]


def test_steps_between_characters_make_blanks_where_they_are_wide() -> None:
    """`g 3 5` stands for three steps; one of four characters parts cells of a table; wrong ones count for nothing."""
    for deltas, wanted in (
        ("g 3 5", "姓名电话"),
        ("5 40 5", "姓名 电话"),
        ("g x 5 g", "姓名电话"),
        ("g 99999999 5", "姓名电话"),
    ):
        page = ofd.Page([ofd.text("姓名电话", 30, 30, deltas=deltas)])
        assert said(found(ofd.document([page]))) == [("第 1 页", wanted)]


def test_text_that_is_printed_twice_to_look_bold_is_read_once() -> None:
    """Hardly beside itself; the same words further down are others."""
    page = ofd.Page([ofd.text("通知", 30, 30), ofd.text("通知", 30.1, 30), ofd.text("通知", 30, 60)])
    assert said(found(ofd.document([page]))) == [("第 1 页", "通知")] * 2


def test_a_template_is_read_once() -> None:
    """Among the words of the page on which it stands first, by its place."""
    templates = {"7": ofd.Page([ofd.text("项目：", 30, 30)])}
    pages = [ofd.Page([ofd.text("清淤", 45, 30)], template="7"), ofd.Page([ofd.text("护坡", 45, 30)], template="7")]
    assert said(found(ofd.document(pages, templates=templates))) == [("第 1 页", "项目：清淤"), ("第 2 页", "护坡")]


def test_words_of_units_that_stand_on_many_pages_are_read() -> None:
    """Drawn once and placed where they are wanted."""
    from xml.etree.ElementTree import fromstring

    unit = fromstring(f"<CompositeGraphicUnit><Content>{ofd.text('密件', 0, 0)}</Content></CompositeGraphicUnit>")
    page = fromstring(
        '<Page><CompositeObject ResourceID="5" Boundary="30 90 10 10"/>' + ofd.text("上", 30, 30) + "</Page>"
    )
    assert [line.text for line in lines(shown([page], {"5": unit}).pieces)] == ["上", "密件"]
    endless = fromstring('<CompositeGraphicUnit><CompositeObject ResourceID="5"/></CompositeGraphicUnit>')
    assert not shown([page], {"5": endless}).hidden


def test_annotations_are_comments() -> None:
    """Their own words and those that they show; an address that they lead to is a link."""
    note = (
        '<Annot ID="7" Type="Highlight"><Remark>此处核对</Remark></Annot>'
        f'<Annot ID="8" Type="Stamp"><Appearance>{ofd.text("已阅", 0, 0)}</Appearance></Annot>'
        '<Annot ID="9" Type="Link"><Action><URI URI="https://www.qingtan.example/"/></Action></Annot>'
    )
    contents = found(ofd.document([ofd.Page([ofd.text("正文", 30, 30)])] * 2, notes={2: note}))
    assert said(contents)[2:] == [("第 2 页 批注 1", "此处核对"), ("第 2 页 批注 2", "已阅")]
    assert [(one.kind, one.place) for one in contents.document.file_facts.marks] == [("comments", "第 2 页")]
    assert [one.url for one in contents.document.links] == ["https://www.qingtan.example/"]


def test_files_attached_are_read() -> None:
    """Called as the list calls them; one that is missing is named."""
    body = ofd.document([ofd.Page([ofd.text("见附件", 30, 30)])], attachments={f"{ID}.zip": zipped({"甲.txt": "关健"})})
    documents, problems = read("函.ofd", body)
    assert not problems and ID not in repr(documents)
    assert documents["函.ofd › 11**************2X.zip › 甲.txt"].text == "关健"
    files = ofd.parts([ofd.Page([ofd.text("见附件", 30, 30)])], attachments={"甲.txt": b""})
    del files["Doc_0/Attachs/file_0"]
    whole = ofd.packed({**files, "OFD.xml": ofd.xml("OFD", "<DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody>")})
    assert "不在文件里" in read("函.ofd", whole)[1]["函.ofd › 甲.txt"].message


def test_pictures_are_told_by_their_page() -> None:
    """A page without text is a scan; one that stands on every page is told once; one that is missing is counted."""
    pages = [
        ofd.Page([ofd.text("正文", 30, 30), ofd.image("logo"), ofd.image("map")]),
        ofd.Page([ofd.text("正文", 30, 30), ofd.image("logo")]),
        ofd.Page([ofd.image("scan")]),
        ofd.Page([ofd.text("正文", 30, 30), ofd.image("gone")]),
    ]
    contents = found(ofd.document(pages, images=dict.fromkeys(("logo", "map", "scan"), PICTURE)))
    assert [(one.place, one.textless) for one in contents.pictures] == [
        ("第 1 页 图 1", False), ("第 1 页 图 2", False), ("第 3 页", True)
    ]  # fmt: skip
    assert [(one.kind, one.place) for one in contents.document.file_facts.marks] == [("scanned", "第 3 页")]
    assert contents.unread == "1 张图片（文件里没有）"


def test_a_picture_is_loaded_when_it_is_asked_for() -> None:
    """One that is none, or cannot be decoded, is an error that readers of pictures expect."""
    drawn = io.BytesIO()
    Image.new("RGB", (3, 2)).save(drawn, "PNG")
    contents = found(
        ofd.document([ofd.Page([ofd.image("a"), ofd.image("b")])], images={"a": drawn.getvalue(), "b": b"x"})
    )
    assert contents.pictures[0].load().size == (3, 2)
    with pytest.raises(OSError, match="identify"):
        contents.pictures[1].load()


def test_a_page_of_drawings_is_named() -> None:
    """Words drawn as lines are no words that can be read."""
    page = ofd.Page(['<PathObject ID="4" Boundary="0 0 9 9"><AbbreviatedData>M 0 0</AbbreviatedData></PathObject>'])
    assert found(ofd.document([page, ofd.Page()])).unread == "1 页只有图形，没有文字"


def test_hidden_words_are_read_and_told() -> None:
    """What nobody is shown can be taken out all the same."""
    contents = found(ofd.document([ofd.Page([ofd.text(ID, 30, 30, more=' Visible="false"')])]))
    assert said(contents) == [("第 1 页", ID)]
    assert [(one.kind, one.place) for one in contents.document.file_facts.marks] == [("hidden", "第 1 页")]


def test_properties_and_signatures_are_told() -> None:
    """Title and author; seals are not read."""
    info = "<Title>青潭区通知</Title><Author>张三</Author><Creator>某某阅读器</Creator>"
    contents = found(ofd.document([ofd.Page([ofd.text("正文", 30, 30)])], info=info, signed=2))
    assert contents.document.title == "青潭区通知"
    assert contents.document.file_facts.marks[0][::2] == ("author", "张三")
    assert contents.unread == "2 个电子签名或签章"


def test_several_documents_in_a_file_are_told_apart() -> None:
    """Each has its own first page."""
    contents = found(ofd.several([[ofd.Page([ofd.text("甲", 30, 30)])], [ofd.Page([ofd.text("乙", 30, 30)])]]))
    assert said(contents) == [("文档 1 第 1 页", "甲"), ("文档 2 第 1 页", "乙")]


GOOD = ofd.document([ofd.Page([ofd.text("正文", 30, 30)])])
ROOT = ofd.xml("OFD", "<DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody>")
BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
BROKEN = {
    "cut short": (GOOD[: len(GOOD) // 2], "已损坏", "damaged"),
    "no bytes": (b"", "是空的", "empty"),
    "a text": ("通知".encode(), "不是 OFD", "damaged"),
    "encrypted": (ofd.packed({"OFD.xml": ROOT, "Encryptions.xml": b"<x/>"}), "加了密码", "locked"),
    "no document": (ofd.packed({"OFD.xml": ROOT}), "没有读得出的页面", "damaged"),
    "a root that is no XML": (ofd.packed({"OFD.xml": b"<"}), "已损坏", "damaged"),
    "a root with entities": (ofd.packed({"OFD.xml": BOMB}), "DTD", "damaged"),
    "another package": (zipped({"a.xml": "<x/>"}), "", ""),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_cannot_be_read_is_one_problem(case: str) -> None:
    """With a mark that says of which kind."""
    body, words, mark = BROKEN[case]
    documents, problems = read("函.ofd", body)
    assert any(words in one.message for one in problems.values()) and len(problems) == 1
    if mark:
        assert [one.kind for one in documents["函.ofd"].file_facts.marks] == [mark]


def test_an_encoding_that_nobody_knows_is_no_fault() -> None:
    """The bytes tell what they are."""
    documents, problems = read(
        "函.ofd",
        ofd.packed({**ofd.parts([ofd.Page([ofd.text("甲乙", 30, 30)])]), "OFD.xml": ROOT.replace(b"UTF-8", b"UTX-8")}),
    )
    assert documents["函.ofd"].text == "甲乙" and not problems


def test_a_page_that_unpacks_without_end_costs_itself_alone() -> None:
    """Eleven megabytes of elements from some kilobytes are not even parsed."""
    files = ofd.parts([ofd.Page([ofd.text("甲", 30, 30)])] * 2)
    files["Doc_0/Pages/Page_1/Content.xml"] = b"<a>" + b"<b/>" * 3_000_000 + b"</a>"
    body = ofd.packed({**files, "OFD.xml": ROOT})
    tracemalloc.start()
    contents = found(body)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert said(contents) == [("第 1 页", "甲")] and contents.unread == "1 页（缺失或已损坏）"
    assert peak < 4 * 2**20


def test_a_damaged_page_costs_itself_alone() -> None:
    """And is counted, as one that is missing."""
    files = ofd.parts([ofd.Page([ofd.text("甲", 30, 30)])] * 3)
    files["Doc_0/Pages/Page_1/Content.xml"] = b"<broken"
    del files["Doc_0/Pages/Page_2/Content.xml"]
    contents = found(ofd.packed({**files, "OFD.xml": ROOT}))
    assert said(contents) == [("第 1 页", "甲")]
    assert contents.unread == "2 页（缺失或已损坏）"


def test_titles_of_the_outline_that_stand_on_no_page_are_read() -> None:
    """Most are headings, which are read where they stand."""
    body = ofd.document([ofd.Page([ofd.text("第一章 防汛", 30, 40)])])
    told = '<ofd:OutlineElem Title="第一章防汛"><ofd:OutlineElem Title="附录"/></ofd:OutlineElem>'
    told += '<ofd:Bookmark Name="值班表"/>'
    with zipfile.ZipFile(io.BytesIO(body)) as package:
        parts: dict[str, bytes | str] = {name: package.read(name) for name in package.namelist()}
    main = next(name for name in parts if name.endswith("Document.xml"))
    text = parts[main]
    assert isinstance(text, bytes)
    parts[main] = text.replace(b"</ofd:Document>", f"{told}</ofd:Document>".encode())
    assert said(found(zipped(parts))) == [("第 1 页", "第一章 防汛"), ("书签", "附录"), ("书签", "值班表")]
