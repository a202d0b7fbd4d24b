"""Texts and slides of OpenDocument: what is shown, in its place, zipped or in one file."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Mapping
from datetime import date

import pytest

from jimo_lint.errors import InputError
from jimo_lint.model import Cell, Mark
from jimo_lint.readers.attachments.office import open_office
from jimo_lint.readers.contents import FileContents
from jimo_lint.readers.source import Source
from tests.unit.readers.test_docx_parts import PNG

SPACE = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
SPACES = " ".join(
    f'xmlns:{prefix}="{SPACE.format(name)}"'
    for prefix, name in {
        **{one: one for one in ("office", "style", "text", "table", "meta", "presentation", "chart", "manifest")},
        "draw": "drawing",
        "svg": "svg-compatible",
    }.items()
)
SPACES += ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
KIND = "application/vnd.oasis.opendocument.text"


def flat(body: str, *, styles: str = "", masters: str = "", meta: str = "", kind: str = KIND) -> bytes:
    """A document in one file."""
    inner = "presentation" if kind.endswith("presentation") else "text"
    return (
        f'<?xml version="1.0"?><office:document {SPACES} office:mimetype="{kind}"><office:meta>{meta}</office:meta>'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:master-styles>{masters}"
        f"</office:master-styles><office:body><office:{inner}>{body}</office:{inner}></office:body></office:document>"
    ).encode()


def packed(body: str, parts: Mapping[str, bytes | str] | None = None, manifest: str = "") -> bytes:
    """The same as a package, without styles."""
    packing = io.BytesIO()
    with zipfile.ZipFile(packing, "w") as package:
        package.writestr("mimetype", KIND)
        package.writestr("META-INF/manifest.xml", f"<manifest:manifest {SPACES}>{manifest}</manifest:manifest>")
        content = f"<office:document-content {SPACES}><office:body><office:text>{body}</office:text></office:body>"
        package.writestr("content.xml", f"{content}</office:document-content>")
        for name, part in (parts or {}).items():
            package.writestr(name, part)
    return packing.getvalue()


def read(content: bytes) -> FileContents:
    """What the reader gives back."""
    return open_office.read(Source("稿.odt", content), "", date(2026, 11, 22))


def told(content: bytes) -> list[tuple[str, str]]:
    """Text and place of each block."""
    return [(one.text, one.locator) for one in read(content).document.blocks]


def p(inner: str) -> str:
    """A paragraph."""
    return f"<text:p>{inner}</text:p>"


def test_paragraphs_show_what_a_reader_sees() -> None:
    """Blanks, tabs and breaks are elements; guides, deleted words and how indexes are made are not shown."""
    deleted = "<text:tracked-changes><text:changed-region><text:deletion><text:p>删掉</text:p></text:deletion>"
    deleted += "</text:changed-region></text:tracked-changes>"
    index = "<text:table-of-content><text:table-of-content-source><text:index-title-template>模板"
    index += (
        f"</text:index-title-template></text:table-of-content-source><text:index-body>{p('目录一')}</text:index-body>"
    )
    index += "</text:table-of-content>"
    body = (
        deleted
        + "<text:h>标题</text:h>"
        + p("")
        + p('  甲\n  乙<text:s text:c="2"/>丙<text:tab/>丁<text:line-break/>戊')
        + p("<text:ruby><text:ruby-base>共</text:ruby-base><text:ruby-text>gòng</text:ruby-text></text:ruby>和国")
        + f"<text:list><text:list-item>{p('列<text:change/>项')}</text:list-item></text:list>"
        + index
        + p("第<text:page-number>3</text:page-number>页")
    )
    assert told(flat(body)) == [
        ("标题", "第 1 段"), ("甲 乙  丙 丁\n戊", "第 3 段"), ("共和国", "第 4 段"), ("列项", "第 5 段"),
        ("目录一", "第 6 段"), ("第3页", "第 7 段"),
    ]  # fmt: skip
    assert read(flat(body)).document.file_facts.marks == (Mark("tracked", "", "1 处"),)


def test_cells_are_counted_as_they_stand() -> None:
    """Covered cells take their column and say nothing; rows may be hidden; a table in a cell is one of its own."""

    def cell(inner: str) -> str:
        return f"<table:table-cell>{inner}</table:table-cell>"

    covered = f"<table:covered-table-cell>{p('盖住')}</table:covered-table-cell>"
    inner = f"<table:table><table:table-row>{cell(p('内'))}</table:table-row></table:table>"
    rows = "<table:table-header-rows><table:table-row>" + cell(p("并")) + covered
    rows += cell(p("右")) + "</table:table-row></table:table-header-rows>"
    rows += "<table:table-row table:visibility='collapse'>"
    rows += "<table:table-cell table:number-columns-repeated='2'/>" + cell(inner + p("隐")) + "</table:table-row>"
    content = flat(f"<table:table>{rows}</table:table>")
    assert told(content) == [
        ("并", "表 1 第 1 行第 1 列"), ("右", "表 1 第 1 行第 3 列"), ("内", "表 2 第 1 行第 1 列"),
        ("隐", "表 1 第 2 行第 3 列"),
    ]  # fmt: skip
    found = read(content).document
    assert found.blocks[3].spot == Cell("表 1", 2, 3, True)
    assert [one.place for one in found.file_facts.marks] == ["表 1 第 2 行第 3 列"]


def test_notes_comments_boxes_and_margins_are_named() -> None:
    """Boxes behind their paragraph, notes behind all, each note with the line of the paragraph it belongs to."""
    note = "<text:note text:note-class='{}'><text:note-citation>1</text:note-citation><text:note-body>{}"
    note += "</text:note-body></text:note>"
    comment = "<office:annotation><dc:creator>甲</dc:creator><dc:date>2026-01-01</dc:date>"
    comment += "<text:p>批</text:p></office:annotation>"
    box = "<draw:frame><draw:text-box><text:p>框</text:p></draw:text-box></draw:frame>"
    shape = "<draw:custom-shape><text:p>形状</text:p></draw:custom-shape><draw:line><text:p/></draw:line>"
    body = (
        p("一")
        + p("二" + note.format("footnote", p("脚")) + box + shape)
        + p(note.format("endnote", p("尾")) + comment)
    )
    margin = "<style:{0}><text:p>{1}</text:p></style:{0}>"
    masters = (
        "<style:master-page style:name='Standard'>"
        + margin.format("header", "眉")
        + margin.format("footer", "脚下")
        + "<style:header-left style:display='false'><text:p>不显示</text:p></style:header-left></style:master-page>"
    )
    content = flat(body, masters=masters)
    assert told(content) == [
        ("一", "第 1 段"), ("二", "第 2 段"), ("框", "文本框 1"), ("形状", "文本框 2"), ("脚", "脚注 1"),
        ("尾", "尾注 1"), ("批", "批注 1"), ("眉", "页眉"), ("脚下", "页脚"),
    ]  # fmt: skip
    blocks = read(content).document.blocks
    assert [one.places[0][1] for one in blocks[4:7]] == [2, 6, 6]
    assert blocks[6].kind == "comment"
    assert read(content).document.file_facts.marks == (Mark("comments", "", "1 条"),)


def test_hidden_text_is_read_and_marked() -> None:
    """By a style, or in a hidden section."""
    style = "<style:style style:name='H'><style:text-properties text:display='none'/></style:style>"
    body = p("前<text:span text:style-name='H'>藏</text:span>后") + p("显<text:span text:style-name='T'>出</text:span>")
    body += "<text:section text:display='none'>" + p("节") + "</text:section>" + p("尾")
    found = read(flat(body, styles=style)).document
    assert [one.text for one in found.blocks] == ["前藏后", "显出", "节", "尾"]
    assert [one.place for one in found.file_facts.marks] == ["第 1 段", "第 3 段"]


def test_slides_are_read_in_their_places() -> None:
    """With notes, comments and tables; a hidden slide is marked; prompts of the master are not read."""

    def frame(inner: str, attributes: str = "") -> str:
        return f"<draw:frame {attributes}>{inner}</draw:frame>"

    def box(words: str, attributes: str = "") -> str:
        return frame(f"<draw:text-box>{p(words)}</draw:text-box>", attributes)

    table = (
        "<table:table><table:table-row><table:table-cell>"
        + p("格")
        + "</table:table-cell></table:table-row></table:table>"
    )
    styles = (
        "<style:style style:name='D'><style:drawing-page-properties presentation:visibility='hidden'/></style:style>"
    )
    masters = (
        "<style:master-page>" + box("单位名称") + box("单击编辑", "presentation:class='title'") + "</style:master-page>"
    )
    body = (
        "<presentation:footer-decl>页脚的字</presentation:footer-decl><draw:page>"
        + box("首张", "presentation:class='title'")
        + "<office:annotation>"
        + p("批")
        + "</office:annotation><presentation:notes>"
        + box("备注")
        + "</presentation:notes>"
        + "</draw:page><draw:page draw:style-name='D'><draw:g>"
        + box("隐")
        + "</draw:g>"
        + frame(table + "<draw:image xlink:href='Pictures/TablePreview1.svm'/>")
        + "</draw:page>"
    )
    content = flat(body, styles=styles, masters=masters, kind=KIND.replace("text", "presentation"))
    assert told(content) == [
        ("页脚的字", "页脚"), ("首张", "幻灯片 1"), ("批", "幻灯片 1 批注 1"), ("备注", "幻灯片 1 备注"),
        ("隐", "幻灯片 2"), ("格", "幻灯片 2 表 1 第 1 行第 1 列"), ("单位名称", "母版"),
    ]  # fmt: skip
    found = read(content)
    assert found.document.file_facts.marks == (Mark("hidden", "幻灯片 2"), Mark("comments", "", "1 条"))
    assert not found.unseen


def test_links_pictures_and_files_inside() -> None:
    """Pictures of both forms with their alternative texts; charts are read; documents inside are handed on."""
    written = base64.b64encode(PNG).decode()
    picture = "<draw:frame><draw:image xlink:href='{}'>{}</draw:image><svg:desc>{}</svg:desc></draw:frame>"
    found = read(flat(p(picture.format("", f"<office:binary-data>{written}</office:binary-data>", "防汛示意"))))
    assert [one.place for one in found.pictures] == ["图 1"]
    assert found.pictures[0].load().size == (1, 1)
    assert [(one.text, one.locator) for one in found.document.blocks] == [("防汛示意", "图 1 的替代文字")]

    objects = "".join(
        f"<draw:frame><draw:object xlink:href='./Object {n}'/><draw:image xlink:href='x'/></draw:frame>" for n in (1, 2)
    )
    objects += (
        "<draw:frame><draw:object-ole xlink:href='./Object 3'/></draw:frame><draw:frame><draw:plugin/></draw:frame>"
    )
    links = "<text:a xlink:href='http：//a.example/b.pdf'>附<text:span>件</text:span></text:a>"
    links += "<text:a xlink:href='#目录'>目录</text:a>"
    pictures = picture.format("Pictures/1.png", "", "1.png") + picture.format("Pictures/2.svg", "", "")
    pictures += picture.format("file:///C:/图/3.png", "", "")
    chart = f"<a {SPACES}><chart:chart><chart:title>{p('雨量')}</chart:title>{p('一季度')}{p('12.5')}</chart:chart></a>"
    kind = KIND.replace("text", "spreadsheet")
    manifest = f"<manifest:file-entry manifest:full-path='Object 2/' manifest:media-type='{kind}'/>"
    parts = {
        "Pictures/1.png": PNG, "Pictures/2.svg": b"", "Object 1/content.xml": chart,
        "Object 2/content.xml": f"<a {SPACES}/>", "Object 3": b"no file", "Basic/script-lb.xml": "<a/>",
    }  # fmt: skip
    found = read(packed(p(links + pictures + objects), parts, manifest))
    assert [(link.raw, link.text) for link in found.document.links] == [("http：//a.example/b.pdf", "附件")]
    assert [(one.text, one.locator) for one in found.document.blocks][1:] == [("雨量", "图表 1"), ("一季度", "图表 1")]
    assert [one.place for one in found.pictures] == ["图 1", "图 2"]
    assert found.unread == "1 张链接的图片、1 个嵌入的对象、1 段音像"
    (member,) = found.members
    assert member.name == "Object 2.ods"
    assert zipfile.ZipFile(io.BytesIO(member.content)).read("mimetype").endswith(b"spreadsheet")
    assert found.document.file_facts.marks == (Mark("macro"), Mark("path", "", "file:///C:/图/3.png"))


def test_authors_and_templates_are_marked() -> None:
    """Names once each; a template only where it tells of a computer."""
    meta = "<meta:initial-creator>王某</meta:initial-creator><dc:creator>王某</dc:creator>"
    meta += "<meta:template xlink:href='file:///home/wang/a.ott'/>"
    assert read(flat(p("字"), meta=meta)).document.file_facts.marks == (
        Mark("author", "", "王某"),
        Mark("path", "", "file:///home/wang/a.ott"),
    )


def test_only_texts_and_slides_are_taken_for_them() -> None:
    """A workbook is none; a page of the web that begins like XML is none."""
    assert open_office.sign(Source("a", packed(p("字")))) == KIND
    assert open_office.sign(Source("a", flat(p("字")))) == KIND
    assert not open_office.sign(Source("a", flat(p("字"), kind=KIND.replace("text", "spreadsheet"))))
    with zipfile.ZipFile(packing := io.BytesIO(), "w") as package:
        package.writestr("mimetype", KIND.replace("text", "spreadsheet"))
    assert not open_office.sign(Source("a", packing.getvalue()))
    assert not open_office.sign(Source("a", b"<?xml version='1.0'?><html/>"))
    assert not open_office.sign(Source("a", b"PK\x03\x04"))


LOCKED = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"


@pytest.mark.parametrize(
    ("content", "words", "mark"),
    [
        (packed(p("字"), manifest=LOCKED), "密码", "locked"),
        (packed(p("字"))[:300], "已损坏", "damaged"),
        (flat(p("字"))[:-20], "已损坏", "damaged"),
        (b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "DTD", "damaged"),
        (b"<a/>", "不是 OpenDocument", "damaged"),
    ],
)
def test_what_cannot_be_read_says_why(content: bytes, words: str, mark: str) -> None:
    """With a password, cut short, with entities, or something else."""
    with pytest.raises(InputError, match=words) as raised:
        read(content)
    assert raised.value.mark == mark


def test_hostile_texts_cost_no_more_than_their_size() -> None:
    """Spans, boxes and tables in one another, and numbers that promise a billion of something."""
    assert told(flat(p("<text:span>" * 20000 + "深" + "</text:span>" * 20000))) == [("深", "第 1 段")]
    boxes = "<draw:frame><draw:text-box><text:p>" * 3000 + "底" + "</text:p></draw:text-box></draw:frame>" * 3000
    assert told(flat(p(boxes))) == [("底", "文本框 3000")]
    blanks = told(flat(p('甲<text:s text:c="99999999"/>乙<text:s text:c="9999999999999"/>丙')))
    assert len(blanks[0][0]) < 2000
    cells = (
        "<table:table-row table:number-rows-repeated='999999'><table:table-cell table:number-columns-repeated='99999'>"
    )
    assert len(told(flat(f"<table:table>{cells}{p('格')}</table:table-cell></table:table-row></table:table>"))) == 1


def test_words_around_numbers_and_tips_of_links_are_read_beside_the_text() -> None:
    """Of the lists that the document has, by themselves or by a style; single letters are no word."""
    level = '<text:list-level-style-number style:num-prefix="{}" style:num-suffix="{}"/>'
    styles = "".join(
        f'<text:list-style style:name="{name}">{level.format(before, behind)}</text:list-style>'
        for name, before, behind in (("a", "附件", "："), ("b", "第", "条"), ("c", "没有用", ""), ("d", "", "样式"))
    )
    styles += '<style:style style:name="s" style:list-style-name="d"/>'
    body = "".join(
        f'<text:list text:style-name="{one}"><text:list-item>{p("甲")}</text:list-item></text:list>' for one in "ab"
    )
    body += p('<text:a xlink:href="http://a.example/" office:title="去看表">表</text:a>')
    assert told(flat(body, styles=styles))[3:] == [("去看表", "链接提示"), ("附件1：", "编号"), ("1样式", "编号")]


def test_what_is_said_to_whoever_fills_a_form_is_read_beside_the_text() -> None:
    """Of a place to be filled, of a list, of a table; an address is nobody's word."""
    listed = '<text:drop-down text:help="选一项"><text:label text:value="甲项"/>乙项</text:drop-down>'
    body = p(f'<text:placeholder text:description="填全称">名称</text:placeholder>，{listed}')
    body += "<table:table><table:title>雨量表</table:title><table:desc>各镇</table:desc></table:table>"
    body += p('<text:a xlink:href="http://a.example/" office:title="http://a.example/">表</text:a>')
    assert told(flat(body)) == [
        ("名称，乙项", "第 1 段"),
        ("表", "第 2 段"),
        ("填全称", "窗体域的提示"),
        ("选一项", "窗体域的提示"),
        ("甲项", "下拉选项"),
        ("雨量表", "表格的替代文字"),
        ("各镇", "表格的替代文字"),
    ]
