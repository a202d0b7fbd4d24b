"""Documents that LibreOffice made in every format that it writes: each part is read, and at its place.

Runs where LibreOffice is installed.
"""

from __future__ import annotations

import base64
import csv
import io
import zipfile
from datetime import date
from pathlib import Path, PurePath

import pytest

from jimo_lint.model import Document, Problem
from jimo_lint.readers import reading
from jimo_lint.readers.attachments.pictures import ocr
from jimo_lint.readers.formats import find_format
from jimo_lint.readers.source import load
from tests.support.office import libreoffice
from tests.unit.readers.test_docx_parts import PNG
from tests.unit.readers.test_open_text import KIND, SPACES, p

pytestmark = [pytest.mark.slow, pytest.mark.skipif(libreoffice.SOFFICE is None, reason="没有安装 LibreOffice")]

PICTURE = f"<draw:image><office:binary-data>{base64.b64encode(PNG).decode()}</office:binary-data></draw:image>"
CHANGED = "<office:change-info><dc:creator>甲</dc:creator><dc:date>2026-01-01T00:00:00</dc:date></office:change-info>"
COMMENT = (
    "<office:annotation {}><dc:creator>甲</dc:creator><dc:date>2026-01-01T00:00:00</dc:date>"
    "<text:p>批注的字</text:p></office:annotation>"
)
META = "<meta:initial-creator>王某</meta:initial-creator><dc:creator>李某</dc:creator>"
LINK = "<text:a xlink:type='simple' xlink:href='http://www.qingtan.example/a.pdf'>附件一</text:a>"


def table(*rows: tuple[str, ...]) -> str:
    """A table by the insides of its cells."""
    cells = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell>{inner}</table:table-cell>" for inner in row)
        + "</table:table-row>"
        for row in rows
    )
    columns = f"<table:table-column table:number-columns-repeated='{len(rows[0])}'/>"
    return f"<table:table table:name='名单{len(cells)}'>{columns}{cells}</table:table>"


def frame(inner: str, attributes: str = "") -> str:
    """A frame with a place on its page."""
    size = "svg:x='2cm' svg:y='2cm' svg:width='9cm' svg:height='2cm' text:anchor-type='as-char'"
    return f"<draw:frame {size} {attributes}>{inner}</draw:frame>"


def document(kind: str, styles: str, masters: str, body: str) -> bytes:
    """A document of OpenDocument in one file."""
    inner = kind.rpartition(".")[2]
    # LibreOffice takes this prefix for granted.
    spaces = SPACES + ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    return (
        f'<?xml version="1.0"?><office:document {spaces} office:version="1.3" office:mimetype="{kind}">'
        f"<office:meta>{META}</office:meta><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:master-styles>{masters}</office:master-styles><office:body><office:{inner}>{body}</office:{inner}>"
        "</office:body></office:document>"
    ).encode()


def letter() -> bytes:
    """A text with something in every part."""

    def note(kind: str, words: str) -> str:
        cited = f"<text:note text:note-class='{kind}'><text:note-citation>1</text:note-citation><text:note-body>"
        return f"{cited}{p(words)}</text:note-body></text:note>"

    styles = (
        "<style:style style:name='H' style:family='text'><style:text-properties text:display='none'/></style:style>"
        "<style:page-layout style:name='L'><style:header-style/><style:footer-style/></style:page-layout>"
    )
    margins = f"<style:header>{p('页眉的字')}</style:header><style:footer>{p('页脚的字')}</style:footer>"
    masters = f"<style:master-page style:name='Standard' style:page-layout-name='L'>{margins}</style:master-page>"
    changes = (
        f"<text:tracked-changes><text:changed-region text:id='c1'><text:deletion>{CHANGED}{p('删掉的字')}"
        f"</text:deletion></text:changed-region>"
        f"<text:changed-region text:id='c2'><text:insertion>{CHANGED}</text:insertion>"
        "</text:changed-region></text:tracked-changes>"
    )
    changed = "<text:change text:change-id='c1'/><text:change-start text:change-id='c2'/>增加的字"
    changed += "<text:change-end text:change-id='c2'/>"
    ruby = "<text:ruby><text:ruby-base>共</text:ruby-base><text:ruby-text>gong</text:ruby-text></text:ruby>"
    notes = f"{note('footnote', '脚注的字')}{note('footnote', '次注的字')}{note('endnote', '尾注的字')}"
    inner = table((p("内格"),))
    boxed = frame(f"<draw:text-box>{p('框里的字')}</draw:text-box>").replace("as-char", "paragraph")
    picture = frame(f"{PICTURE}<svg:desc>防汛示意</svg:desc>")
    body = (
        changes
        + "<text:h text:outline-level='1'>标题的字</text:h>"
        + p(f"见{LINK}。{changed}")
        + p(f"有注的段{notes}")
        + p(f"批注{COMMENT.format('')}在此")
        + table((p("一一格"), p("一二格")), (p("二一格") + p("同格次段"), inner + p("二二格")))
        + p("前<text:span text:style-name='H'>藏起的字</text:span>后")
        + p(f"框在此{boxed}")
        + p(f"{ruby}和国")
        + p(f"图{picture}")
        + p("尾段的字")
    )
    return document(KIND, styles, masters, body)


def deck() -> bytes:
    """Slides with something in every part."""

    def box(words: str) -> str:
        return frame(f"<draw:text-box>{p(words)}</draw:text-box>")

    styles = (
        "<style:style style:name='D' style:family='drawing-page'/>"
        "<style:style style:name='N' style:family='drawing-page'>"
        "<style:drawing-page-properties presentation:visibility='hidden'/></style:style>"
        "<style:page-layout style:name='L'/>"
    )
    masters = "<style:master-page style:name='M' style:page-layout-name='L' draw:style-name='D'/>"
    noted = box("备注的字").replace("<draw:frame", "<draw:frame presentation:class='notes'")
    notes = f"<presentation:notes>{noted}</presentation:notes>"
    picture = frame(f"{PICTURE}<svg:desc>防汛示意</svg:desc>")
    page = "<draw:page draw:style-name='{}' draw:master-page-name='M'>{}</draw:page>".format
    cells = table((p("一一格"), p("一二格")), (p("二一格"), p("二二格")))
    comment = COMMENT.format("svg:x='1cm' svg:y='1cm'")
    body = (
        page("D", box("首张的字") + box(f"见{LINK}") + comment + notes)
        + page("N", box("隐藏的字"))
        + page("D", f"<draw:g>{box('组里的字')}</draw:g>{frame(cells)}{picture}")
    )
    return document(KIND.replace("text", "presentation"), styles, masters, body)


FORMATS = {
    "稿.fodt": (".odt", ".docx", ".doc", ".rtf"), "片.fodp": (".odp", ".pptx", ".ppt"), "嵌.odt": (".docx", ".doc"),
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documents in each format; one start of LibreOffice for all."""
    folder = tmp_path_factory.mktemp("office")
    for name, content in (("稿.fodt", letter()), ("片.fodp", deck()), ("嵌.odt", letter_with_a_workbook())):
        (folder / name).write_bytes(content)
    libreoffice.convert(folder, [libreoffice.Job(folder / name, suffixes) for name, suffixes in FORMATS.items()])
    return folder


@pytest.fixture(scope="module")
def made(folder: Path) -> dict[str, Path]:
    """The letter and the slides in each format, by its suffix."""
    return {path.suffix: path for path in (*folder.glob("稿.*"), *folder.glob("片.*"))}


@pytest.mark.parametrize("suffix", [".fodt", ".odt", ".docx", ".doc", ".rtf", ".fodp", ".odp", ".pptx", ".ppt"])
def test_the_picture_can_be_looked_at(made: dict[str, Path], suffix: str) -> None:
    """In every format it is the one that was put in."""
    source = load(made[suffix])
    found = find_format(source, suffix)
    assert found is not None
    (picture,) = found.load().read(source, "", date(2026, 11, 22)).pictures
    assert picture.load().size == (1, 1)


def read(path: Path) -> tuple[Document, str]:
    """The document, and what was not read."""
    document, *problems = reading.read(load(path), path.suffix, reading.Asked(date(2026, 11, 22)))
    assert isinstance(document, Document)
    assert all(isinstance(one, Problem) for one in problems)
    return document, " ".join(one.message for one in problems if isinstance(one, Problem))


LETTER = {
    "标题的字": "第 1 段", "见附件一。增加的字": "第 2 段", "有注的段": "第 3 段", "批注在此": "第 4 段",
    "一一格": "表 1 第 1 行第 1 列", "一二格": "表 1 第 1 行第 2 列", "二一格": "表 1 第 2 行第 1 列",
    "同格次段": "表 1 第 2 行第 1 列", "内格": "表 2 第 1 行第 1 列", "二二格": "表 1 第 2 行第 2 列",
    "框里的字": "文本框 1", "页眉的字": "页眉", "页脚的字": "页脚", "脚注的字": "脚注 1", "次注的字": "脚注 2",
    "尾注的字": "尾注 1", "批注的字": "批注 1",
}  # fmt: skip
SPOKEN = ("前藏起的字后", "框在此", "共和国", "图", "尾段的字")  # whose number depends on how a format counts


@pytest.mark.parametrize("suffix", [".fodt", ".odt", ".docx", ".doc", ".rtf"])
def test_every_part_of_a_text_is_read_at_its_place(made: dict[str, Path], suffix: str) -> None:
    """Nothing twice, nothing that is not shown; the link, and what properties and formats tell."""
    document, unread = read(made[suffix])
    found = {one.text.strip(): one.locator for one in document.blocks}
    # In .doc it is the picture's property that holds them, which is not read.
    described = {} if suffix == ".doc" else {"防汛示意": "图 1 的替代文字"}
    assert found == LETTER | described | {words: found.get(words, "") for words in SPOKEN}
    assert all(found[words].startswith("第 ") for words in SPOKEN)
    assert len(document.blocks) == len(found)
    assert [(link.url, link.text) for link in document.links] == [("http://www.qingtan.example/a.pdf", "附件一")]
    assert ("1 张图片" in unread) is not ocr.is_there()
    marks = {(one.kind, one.place or one.detail) for one in document.file_facts.marks}
    assert marks == {
        ("hidden", found["前藏起的字后"]), ("tracked", "2 处"), ("comments", "1 条"), ("author", "王某"),
        ("author", "李某"),
    }  # fmt: skip


def letter_with_a_workbook() -> bytes:
    """A text with a workbook in it."""
    kind = KIND.removesuffix("text")
    workbook = (
        f"<table:table table:name='名单'><table:table-row><table:table-cell office:value-type='string'>{p('表里')}"
    )
    workbook += "</table:table-cell></table:table-row></table:table>"
    shown = frame("<draw:object xlink:href='./Object 1' xlink:type='simple' xlink:show='embed'/>")
    contents = {"": ("text", p("正文的字") + p(shown)), "Object 1/": ("spreadsheet", workbook)}
    entries = ""
    with zipfile.ZipFile(packing := io.BytesIO(), "w") as package:
        package.writestr("mimetype", KIND)
        for folder, (name, inner) in contents.items():
            head = f"<office:document-content {SPACES} office:version='1.3'><office:body><office:{name}>{inner}"
            package.writestr(f"{folder}content.xml", f"{head}</office:{name}></office:body></office:document-content>")
            for path, media in ((folder or "/", f"{kind}{name}"), (f"{folder}content.xml", "text/xml")):
                entries += f"<manifest:file-entry manifest:full-path='{path}' manifest:media-type='{media}'/>"
        manifest = f"<manifest:manifest {SPACES} manifest:version='1.3'>{entries}</manifest:manifest>"
        package.writestr("META-INF/manifest.xml", manifest)
    return packing.getvalue()


@pytest.fixture(scope="module")
def inside(folder: Path) -> dict[str, Path]:
    """The workbook that was taken out of the text, by the suffix of the text, and beside it what LibreOffice reads."""
    found = {}
    for suffix in (".odt", ".docx", ".doc"):
        source = load(folder / f"嵌{suffix}")
        text_format = find_format(source, suffix)
        assert text_format is not None
        (member,) = text_format.load().read(source, "", date(2026, 11, 22)).members
        found[suffix] = folder / f"出自{suffix[1:]}{PurePath(member.name).suffix}"
        found[suffix].write_bytes(member.content)
    libreoffice.convert(folder, [libreoffice.Job(one, [".csv"]) for one in found.values()])
    return found


@pytest.mark.parametrize(("suffix", "kind"), [(".odt", ".ods"), (".docx", ".xlsx"), (".doc", ".xls")])
def test_a_workbook_in_a_text_is_handed_on(inside: dict[str, Path], suffix: str, kind: str) -> None:
    """As a file of its own, also out of .doc, where it is no file but a part of the one around it."""
    assert inside[suffix].suffix == kind
    with inside[suffix].with_suffix(".csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [["表里"]]


DECK = {
    "首张的字": "幻灯片 1", "见附件一": "幻灯片 1", "备注的字": "幻灯片 1 备注", "批注的字": "幻灯片 1 批注 1",
    "隐藏的字": "幻灯片 2", "组里的字": "幻灯片 3", "一一格": "幻灯片 3 表 1 第 1 行第 1 列",
    "一二格": "幻灯片 3 表 1 第 1 行第 2 列", "二一格": "幻灯片 3 表 1 第 2 行第 1 列",
    "二二格": "幻灯片 3 表 1 第 2 行第 2 列",
}  # fmt: skip


@pytest.mark.parametrize("suffix", [".fodp", ".odp", ".pptx", ".ppt"])
def test_every_part_of_slides_is_read_at_its_place(made: dict[str, Path], suffix: str) -> None:
    """Nothing twice, and no prompts of masters."""
    document, unread = read(made[suffix])
    found = {one.text: one.locator for one in document.blocks}
    described = {} if suffix == ".ppt" else {"防汛示意": "幻灯片 3 图 1 的替代文字"}
    assert found == DECK | described
    assert len(document.blocks) == len(found)
    assert [link.url for link in document.links] == ["http://www.qingtan.example/a.pdf"]
    assert ("1 张图片" in unread) is not ocr.is_there()
    marks = {(one.kind, one.place or one.detail) for one in document.file_facts.marks}
    assert marks == {("hidden", "幻灯片 2"), ("comments", "1 条"), ("author", "王某"), ("author", "李某")}
