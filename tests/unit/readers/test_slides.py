"""Slides of PowerPoint: each slide in its place, with tables, notes and comments; what nobody is shown is not read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date

import pytest

from jimo_lint.errors import InputError
from jimo_lint.model import Cell, Mark
from jimo_lint.readers.attachments.office import slides
from jimo_lint.readers.contents import FileContents
from jimo_lint.readers.source import Source
from tests.unit.readers.test_docx_parts import DRAWING, PNG, relation
from tests.unit.readers.test_readers_doc import compound
from tests.unit.readers.test_readers_docx import OFFICE, PACKAGE

SHOW = "http://schemas.openxmlformats.org/presentationml/2006/main"
SPACES = f'xmlns:p="{SHOW}" xmlns:a="{DRAWING}/main" xmlns:r="{OFFICE}"'
KIND = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"


def text(*lines: str) -> str:
    """Paragraphs of a shape."""
    return "".join(f"<a:p><a:r><a:t>{line}</a:t></a:r></a:p>" for line in lines)


def shape(inner: str, *, place: str = "", attributes: str = "") -> str:
    """A shape; place: of a placeholder."""
    mark = f'<p:ph type="{place}"/>' if place else ""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="2" name="框" {attributes}/><p:cNvSpPr/><p:nvPr>{mark}</p:nvPr></p:nvSpPr>'
        f"<p:txBody>{inner}</p:txBody></p:sp>"
    )


def sheet(inner: str, name: str = "sld", attributes: str = "") -> str:
    """A slide, notes, a layout or a master."""
    return f"<p:{name} {SPACES} {attributes}><p:cSld><p:spTree>{inner}</p:spTree></p:cSld></p:{name}>"


def show(
    *sheets: str,
    relations: Mapping[str, str] | None = None,
    parts: Mapping[str, str | bytes] | None = None,
    kind: str = KIND,
) -> bytes:
    """A show of slides, whose files lie in another order than it is shown in. relations: of parts, by name."""
    packing = io.BytesIO()
    numbers = range(1, len(sheets) + 1)
    order = "".join(f'<p:sldId id="{255 + n}" r:id="s{n}"/>' for n in numbers)
    own = "".join(relation(f"s{n}", "slide", f"slides/slide{len(sheets) + 1 - n}.xml") for n in numbers)
    written = {"presentation.xml": own, **(relations or {})}
    with zipfile.ZipFile(packing, "w") as package:
        main = f'<Override PartName="/ppt/presentation.xml" ContentType="{kind}"/>'
        package.writestr("[Content_Types].xml", f"<Types>{main}</Types>")
        package.writestr(
            "_rels/.rels", f'<R xmlns="{PACKAGE}">{relation("m", "officeDocument", "ppt/presentation.xml")}</R>'
        )
        package.writestr(
            "ppt/presentation.xml", f"<p:presentation {SPACES}><p:sldIdLst>{order}</p:sldIdLst></p:presentation>"
        )
        for number, body in enumerate(sheets, 1):
            package.writestr(f"ppt/slides/slide{len(sheets) + 1 - number}.xml", body)
        for name, inner in written.items():
            folder, _, file = name.rpartition("/")
            package.writestr(f"ppt/{folder}/_rels/{file}.rels".replace("//", "/"), f'<R xmlns="{PACKAGE}">{inner}</R>')
        for name, content in (parts or {}).items():
            package.writestr(f"ppt/{name}", content)
    return packing.getvalue()


def read(content: bytes) -> FileContents:
    """What the reader gives back."""
    return slides.read(Source("片.pptx", content), "", date(2026, 11, 22))


def told(content: bytes) -> list[tuple[str, str]]:
    """Text and place of each block."""
    return [(one.text, one.locator) for one in read(content).document.blocks]


def test_slides_come_in_the_order_of_the_show() -> None:
    """Not in that of their files; groups are entered, breaks part words, what is drawn twice is read once."""
    compatible = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    twice = f'<mc:AlternateContent xmlns:mc="{compatible}"><mc:Choice>{shape(text("新"))}</mc:Choice>'
    twice += f"<mc:Fallback>{shape(text('旧'))}</mc:Fallback></mc:AlternateContent>"
    broken = shape("<a:p><a:r><a:t>上</a:t></a:r><a:br/><a:r><a:t>下</a:t></a:r></a:p><a:p/>")
    content = show(sheet(shape(text("首张"), place="title") + twice), sheet(f"<p:grpSp>{broken}</p:grpSp>"))
    assert told(content) == [("首张", "幻灯片 1"), ("新", "幻灯片 1"), ("上\n下", "幻灯片 2")]
    assert [one.places for one in read(content).document.blocks] == [((0, n, 1),) for n in (1, 1, 2)]


def test_what_only_another_program_knows_is_read_as_it_stands_for_the_others() -> None:
    """Of a Choice that holds no words and refers to nothing the Fallback is shown; of a diagram it is not."""
    compatible = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    def either(choice: str, words: str) -> str:
        older = f"<mc:Fallback>{shape(text(words))}</mc:Fallback>"
        return (
            f'<mc:AlternateContent xmlns:mc="{compatible}"><mc:Choice>{choice}</mc:Choice>{older}</mc:AlternateContent>'
        )

    drawn = f'<cx:chart xmlns:cx="urn:chart" xmlns:r="{relations}" r:id="rId9"/>'
    content = show(
        sheet(shape(text("首张")) + either("<zz:x xmlns:zz='urn:x'/>", "旧") + either(drawn, "此图表不可用"))
    )
    assert told(content) == [("首张", "幻灯片 1"), ("旧", "幻灯片 1")]


def test_cells_of_tables_have_their_place() -> None:
    """Those that a merged cell covers are there and count; two tables of a slide are two."""
    row = "".join(f"<a:tc><a:txBody>{text(word)}</a:txBody></a:tc>" for word in "甲乙")
    covered = f'<a:tc gridSpan="2"><a:txBody>{text("并")}</a:txBody></a:tc><a:tc hMerge="1"/>'
    table = f"<p:graphicFrame><a:tbl><a:tr>{covered}</a:tr><a:tr>{row}</a:tr></a:tbl></p:graphicFrame>"
    found = read(show(sheet(table + table))).document.blocks
    assert [one.locator for one in found] == [
        f"幻灯片 1 表 {table} {cell}"
        for table in (1, 2)
        for cell in ("第 1 行第 1 列", "第 2 行第 1 列", "第 2 行第 2 列")
    ]
    assert (found[2].text, found[2].kind, found[2].spot) == ("乙", "table", Cell("幻灯片 1 表 1", 2, 2))


def test_notes_comments_and_masters_are_read_and_named() -> None:
    """Comments in both formats; of notes, layouts and masters not what only stands for something else."""
    relations = {
        "slides/slide1.xml": relation("n", "notesSlide", "../notes.xml")
        + relation("c", "comments", "../comments.xml")
        + relation("d", "http://schemas.microsoft.com/office/2018/10/relationships/comments", "../modern.xml")
        + relation("l", "slideLayout", "../layout.xml"),
        "layout.xml": relation("m", "slideMaster", "master.xml"),
    }
    parts = {
        "notes.xml": sheet(shape(text("备注的字"), place="body") + shape(text("3"), place="sldNum"), "notes"),
        "comments.xml": f"<p:cmLst {SPACES}><p:cm><p:text>旧批注</p:text></p:cm></p:cmLst>",
        "modern.xml": f"<p:cmLst {SPACES}><p:cm><p:txBody>{text('新批注')}</p:txBody></p:cm></p:cmLst>",
        "layout.xml": sheet(shape(text("单击此处编辑标题"), place="title") + shape(text("版式的字")), "sldLayout"),
        "master.xml": sheet(shape(text("单击此处编辑文本"), place="body") + shape(text("单位名称")), "sldMaster"),
    }
    content = show(sheet(shape(text("正文"))), relations=relations, parts=parts)
    assert told(content) == [
        ("正文", "幻灯片 1"), ("备注的字", "幻灯片 1 备注"), ("旧批注", "幻灯片 1 批注 1"),
        ("新批注", "幻灯片 1 批注 2"), ("版式的字", "母版"), ("单位名称", "母版"),
    ]  # fmt: skip
    assert Mark("comments", "", "2 条") in read(content).document.file_facts.marks


def test_what_is_hidden_is_read_and_marked() -> None:
    """A slide that is not shown, and a shape that is not seen."""
    content = show(
        sheet(shape(text("藏"), attributes='hidden="1"')),
        sheet(shape(text("隐")), attributes='show="0"'),
        sheet(shape(text("显"), attributes='hidden="0"'), attributes='show="1"'),
    )
    assert [word for word, _ in told(content)] == ["藏", "隐", "显"]
    assert read(content).document.file_facts.marks == (Mark("hidden", "幻灯片 1"), Mark("hidden", "幻灯片 2"))


def test_links_pictures_and_files_of_slides() -> None:
    """With their words and places; sounds, films and objects without a file are counted."""
    linked = '<a:p><a:r><a:rPr><a:hlinkClick r:id="h"/></a:rPr><a:t>附件</a:t></a:r></a:p>'
    pic = '<p:pic><p:nvPicPr><p:cNvPr id="3" name="图" descr="防汛示意"/></p:nvPicPr><p:blipFill><a:blip r:embed="i"/>'
    relations = {
        "slides/slide1.xml": relation("h", "hyperlink", "http：//www.qingtan.example/a.pdf", external=True)
        + relation("i", "image", "../media/1.png")
        + relation("v", "video", "../media/1.mp4")
        + relation("e", "package", "../embeddings/表.xlsx")
        + relation("o", "oleObject", "../embeddings/oleObject1.bin")
        + relation("p", "image", "file:///C:\\图.png", external=True),
        "presentation.xml": relation("s1", "slide", "slides/slide1.xml")
        + relation("x", "http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin"),
    }
    parts = {"media/1.png": PNG, "embeddings/表.xlsx": b"PK", "embeddings/oleObject1.bin": b"?"}
    found = read(show(sheet(f"{shape(linked)}{pic}</p:blipFill></p:pic>"), relations=relations, parts=parts))
    assert [(link.raw, link.text) for link in found.document.links] == [("http：//www.qingtan.example/a.pdf", "附件")]
    assert [one.place for one in found.pictures] == ["幻灯片 1 图 1"]
    assert found.pictures[0].load().size == (1, 1)
    assert ("防汛示意", "幻灯片 1 图 1 的替代文字", "alt") in [
        (one.text, one.locator, one.kind) for one in found.document.blocks
    ]
    assert [one.name for one in found.members] == ["表.xlsx"]
    assert found.unread == "1 段音像、1 个嵌入的对象、1 张链接的图片"
    assert found.document.file_facts.marks == (Mark("macro"), Mark("path", "", "file:///C:\\图.png"))


def test_only_slides_are_taken_for_slides() -> None:
    """A package of another kind is none, whatever its parts are called; one whose slide is missing says so."""
    content = show(sheet(shape(text("字"))))
    assert slides.sign(Source("a", content)) == "ppt/presentation.xml"
    assert not slides.sign(Source("a", show(sheet(shape(text("字"))), kind=KIND.replace("presentationml", "other"))))
    assert not slides.sign(Source("a", content[:200]))
    assert not slides.sign(Source("a", b"PK\x03\x04"))
    with zipfile.ZipFile(packing := io.BytesIO(), "w") as package:
        for name in (whole := zipfile.ZipFile(io.BytesIO(content))).namelist():
            if "slides/slide" not in name:
                package.writestr(name, whole.read(name))
    assert read(packing.getvalue()).unread == "1 张幻灯片（缺失或已损坏）"


@pytest.mark.parametrize(
    ("content", "words", "mark"),
    [
        (b"", "空的", "empty"),
        (b"PK\x03\x04 half", "已损坏", "damaged"),
        (b"text", "不是 PowerPoint", "damaged"),
        (compound({"EncryptedPackage": b"x"}), "密码", "locked"),
        (compound({"Workbook": b"x"}), "不是 PowerPoint", "damaged"),
    ],
)
def test_what_cannot_be_read_says_why(content: bytes, words: str, mark: str) -> None:
    """Empty, cut short, something else, and with a password."""
    with pytest.raises(InputError, match=words) as raised:
        read(content)
    assert raised.value.mark == mark


def test_hostile_slides_are_bounded() -> None:
    """A slide with entities is not read; groups in groups ten thousand deep cost no more than their size."""
    found = read(show(f"<!DOCTYPE a [<!ENTITY b 'c'>]>{sheet(shape(text('字')))}"))
    assert (found.document.blocks, found.unread) == ((), "1 张幻灯片（缺失或已损坏）")
    assert told(show(sheet(f"{'<p:grpSp>' * 10000}{shape(text('底'))}{'</p:grpSp>' * 10000}"))) == [("底", "幻灯片 1")]


def test_tips_of_links_are_read_beside_the_text() -> None:
    """Of words and of whole shapes; blank ones are none."""
    word = '<a:p><a:r><a:rPr><a:hlinkClick r:id="l" tooltip="去看办法"/></a:rPr><a:t>办法</a:t></a:r></a:p>'
    frame = shape(word).replace(' name="框" />', ' name="框"><a:hlinkHover tooltip="去看图"/><a:hlinkClick/></p:cNvPr>')
    assert told(show(sheet(frame)))[1:] == [("去看图", "幻灯片 1 链接提示"), ("去看办法", "幻灯片 1 链接提示")]
