"""What a show says beside its slides: margins of notes, masters of what is printed, sections; damage costs itself."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from jimo_lint.readers.attachments.office import slides
from jimo_lint.readers.contents import FileContents
from jimo_lint.readers.source import Source
from tests.unit.readers.test_docx_parts import DRAWING, relation
from tests.unit.readers.test_slides import shape, sheet, show, text

CHART = (
    f'<c:chartSpace xmlns:c="{DRAWING}/chart" xmlns:n="http://schemas.microsoft.com/office/drawing/2012/chart">'
    "<n:dlblRangeCache><c:pt><c:v>标签词</c:v></c:pt></n:dlblRangeCache></c:chartSpace>"
)
NOTES = sheet(shape(text("备注词"), place="body") + shape(text("页脚词"), place="ftr"), "notes")
PRINTED = shape(text("母版词")) + shape(text("单击此处编辑"), place="body") + shape(text("页眉词"), place="hdr")
PARTS = {
    "charts/chart1.xml": CHART,
    "notesSlides/n1.xml": NOTES,
    "notesSlides/n2.xml": NOTES,
    "comments/c1.xml": "<p:cmLst xmlns:p='p'><p:cm><p:text>批注词</p:text></p:cm></p:cmLst>",
    "handoutMasters/h1.xml": sheet(PRINTED, "handoutMaster"),
    "slideLayouts/l1.xml": sheet(shape(text("版式词")), "sldLayout"),
}
OF_SLIDE = {
    "slides/slide2.xml": relation("n", "notesSlide", "../notesSlides/n1.xml")
    + relation("c", "comments", "../comments/c1.xml")
    + relation("h", "chart", "../charts/chart1.xml")
    + relation("l", "slideLayout", "../slideLayouts/l1.xml"),
    "slides/slide1.xml": relation("n", "notesSlide", "../notesSlides/n2.xml"),
}
SECTIONS = "<p:custShow name='给群众看的'/><q:section xmlns:q='q' name='节名词'/></p:presentation>"


def made(damaged: str = "") -> bytes:
    """Two slides with all that. damaged: the part that is."""
    content = show(sheet(shape(text("一"))), sheet(shape(text("二"))), relations=OF_SLIDE, parts=PARTS)
    packing = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as whole, zipfile.ZipFile(packing, "w") as package:
        for name in whole.namelist():
            part = whole.read(name).decode()
            if name == "ppt/_rels/presentation.xml.rels":
                part = part.replace("</R>", relation("m", "handoutMaster", "handoutMasters/h1.xml") + "</R>")
            part = part.replace("</p:presentation>", SECTIONS)
            package.writestr(name, "<half" if name == f"ppt/{damaged}" else part)
    return packing.getvalue()


def read(content: bytes) -> FileContents:
    """What a show holds."""
    return slides.read(Source("甲.pptx", content), "", date(2026, 11, 22))


def test_what_stands_beside_the_slides_is_read() -> None:
    """The margins of notes once for all of them; masters of handouts without what asks to be replaced."""
    assert [(one.text, one.locator) for one in read(made()).document.blocks] == [
        ("一", "幻灯片 1"),
        ("标签词", "幻灯片 1 图表 1"),
        ("备注词", "幻灯片 1 备注"),
        ("页脚词", "备注页的页眉、页脚"),
        ("批注词", "幻灯片 1 批注 1"),
        ("二", "幻灯片 2"),
        ("备注词", "幻灯片 2 备注"),
        ("母版词", "讲义母版"),
        ("页眉词", "讲义母版"),
        ("版式词", "母版"),
        ("给群众看的", "自定义放映的名称"),
        ("节名词", "节的名称"),
    ]


@pytest.mark.parametrize(
    ("part", "unread"),
    [
        ("slides/slide2.xml", "1 张幻灯片"),
        ("notesSlides/n1.xml", "1 页备注"),
        ("comments/c1.xml", "1 份批注"),
        ("handoutMasters/h1.xml", "1 份讲义母版"),
        ("slideLayouts/l1.xml", "1 份母版"),
    ],
)
def test_a_damaged_part_costs_itself_only(part: str, unread: str) -> None:
    """The other slides are read, and the part is named."""
    found = read(made(part))
    assert ("二", "幻灯片 2") in [(one.text, one.locator) for one in found.document.blocks]
    assert found.unread == f"{unread}（缺失或已损坏）"
