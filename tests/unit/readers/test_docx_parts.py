"""Word documents, part by part: tables, text boxes, hidden text, drawings, files inside, and what properties tell."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date

import pytest

from jimo_lint.errors import InputError
from jimo_lint.model import Cell, Mark
from jimo_lint.readers.contents import FileContents
from jimo_lint.readers.drafts import word
from jimo_lint.readers.source import Source
from tests.unit.readers.test_readers_doc import compound
from tests.unit.readers.test_readers_docx import CHANGE, OFFICE, PACKAGE, WORD, run

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
SPACES = (
    f'xmlns:w="{WORD}" xmlns:r="{OFFICE}" xmlns:a="{DRAWING}/main" xmlns:wp="{DRAWING}/wordprocessingDrawing" '
    f'xmlns:c="{DRAWING}/chart" xmlns:dgm="{DRAWING}/diagram" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ffff3f0005fe02fe"
    "dccc59e70000000049454e44ae426082"
)


def paragraph(text: str) -> str:
    """A paragraph of one run."""
    return f"<w:p>{run(text)}</w:p>"


def cell(inner: str, properties: str = "") -> str:
    """A cell of a table."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A row of a table."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def made(
    body: str,
    parts: Mapping[str, str | bytes] | None = None,
    relations: str = "",
    of_parts: Mapping[str, str] | None = None,
) -> bytes:
    """A document; relations: those of its main part; of_parts: those of others, by name."""
    packing = io.BytesIO()
    with zipfile.ZipFile(packing, "w") as package:
        package.writestr("word/document.xml", f"<w:document {SPACES}><w:body>{body}</w:body></w:document>")
        for part, inner in {"document.xml": relations, **(of_parts or {})}.items():
            written = f'<Relationships xmlns="{PACKAGE}">{inner}</Relationships>'
            package.writestr(f"word/_rels/{part}.rels", written)
        for name, content in (parts or {}).items():
            package.writestr(name, content)
    return packing.getvalue()


def relation(identity: str, kind: str, target: str, *, external: bool = False) -> str:
    """A relationship; kind: the end of its type, or the whole of one that is of Microsoft alone."""
    mode = ' TargetMode="External"' if external else ""
    kind = kind if kind.startswith("http") else f"{OFFICE}/{kind}"
    return f'<Relationship Id="{identity}" Type="{kind}" Target="{target}"{mode}/>'


def read(content: bytes, name: str = "稿.docx") -> FileContents:
    """What the reader gives back."""
    return word.read(Source(name, content), "", date(2026, 11, 22))


def told(content: bytes) -> list[tuple[str, str]]:
    """Text and place of each block."""
    return [(one.text, one.locator) for one in read(content).document.blocks]


BEFORE = '<w:gridBefore w:val="1"/>'


def test_cells_are_counted_as_they_stand_under_the_head_of_their_column() -> None:
    """A merged cell takes its columns, a row may begin further right, and a row that is deleted is none."""
    table = (
        row(cell(paragraph("姓名"), '<w:gridSpan w:val="2"/>'), cell(paragraph("证号")))
        + row(cell(paragraph("删")), properties=f"<w:del {CHANGE}/>")
        + row(cell(paragraph("甲")), cell(paragraph("乙")), cell(paragraph("丙") + paragraph("丁")))
        + row(
            cell(paragraph("戊"), f"<w:cellDel {CHANGE}/>"),
            cell(paragraph("己")),
            properties='<w:gridBefore w:val="1"/>',
        )
    )
    content = made(paragraph("前") + f"<w:tbl>{table}</w:tbl>" + paragraph("后"))
    assert told(content) == [
        ("前", "第 1 段"), ("姓名", "表 1 第 1 行第 1 列"), ("证号", "表 1 第 1 行第 3 列"),
        ("甲", "表 1 第 2 行第 1 列"), ("乙", "表 1 第 2 行第 2 列"), ("丙", "表 1 第 2 行第 3 列"),
        ("丁", "表 1 第 2 行第 3 列"),        ("己", "表 1 第 3 行第 2 列"), ("后", "第 9 段"),
    ]  # fmt: skip
    blocks = read(content).document.blocks
    assert (blocks[2].kind, blocks[2].spot) == ("table", Cell("表 1", 1, 3))
    assert blocks[2].places == ((0, 3, 1),)  # still the number of the paragraph
    assert blocks[0].spot is None


def test_a_table_in_a_cell_is_a_table_of_its_own() -> None:
    """It has its own number and its own rows; the outer one goes on where it was. Rows may stand in controls."""
    inner = f"<w:tbl>{row(cell(paragraph('内1')), cell(paragraph('内2')))}</w:tbl>"
    outer = row(cell(inner + paragraph("外1")), cell(paragraph("外2")))
    outer += f"<w:sdt><w:sdtContent>{row(cell(paragraph('外3')))}</w:sdtContent></w:sdt>"
    assert told(made(f"<w:tbl>{outer}</w:tbl><w:tbl>{row(cell(paragraph('次')))}</w:tbl>")) == [
        ("内1", "表 2 第 1 行第 1 列"), ("内2", "表 2 第 1 行第 2 列"), ("外1", "表 1 第 1 行第 1 列"),
        ("外2", "表 1 第 1 行第 2 列"), ("外3", "表 1 第 2 行第 1 列"), ("次", "表 3 第 1 行第 1 列"),
    ]  # fmt: skip


def test_text_boxes_are_numbered_and_read_once() -> None:
    """Also one in a cell, and one that stands twice, as it is drawn and for older programs; tables in them as well."""

    def box(inner: str) -> str:
        shape = f"<v:shape><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape>"
        return f"<w:r><w:pict>{shape}</w:pict></w:r>"

    compatible = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    twice = (
        f"<mc:AlternateContent xmlns:mc='{compatible}'><mc:Choice>{box(paragraph('框一'))}</mc:Choice>"
        f"<mc:Fallback>{box(paragraph('框一'))}</mc:Fallback></mc:AlternateContent>"
    )
    table = f"<w:tbl>{row(cell(paragraph('框格')))}</w:tbl>"
    second = f"<w:p>{box(paragraph('框二') + table)}</w:p>"
    body = f"<w:p>{run('前')}{twice}</w:p><w:tbl>{row(cell(second))}</w:tbl>"
    assert told(made(body)) == [
        ("前", "第 1 段"), ("框一", "文本框 1"), ("框二", "文本框 2"), ("框格", "表 2 第 1 行第 1 列"),
    ]  # fmt: skip


def test_tables_of_other_parts_are_named_with_them() -> None:
    """So that a table of the header and the first one of the text are two."""
    table = f"<w:tbl>{row(cell(paragraph('格')))}</w:tbl>"
    content = made(
        table, {"word/header1.xml": f"<w:hdr {SPACES}>{table}</w:hdr>"}, relation("h", "header", "header1.xml")
    )
    assert told(content) == [("格", "表 1 第 1 行第 1 列"), ("格", "页眉 表 1 第 1 行第 1 列")]
    assert [one.spot for one in read(content).document.blocks] == [Cell("表 1", 1, 1), Cell("页眉 表 1", 1, 1)]


VANISH = "<w:rPr><w:vanish/></w:rPr>"


@pytest.mark.parametrize(
    ("inner", "hidden"),
    [
        (f"<w:r>{VANISH}<w:t>藏</w:t></w:r>", True),
        ("<w:r><w:rPr><w:rStyle w:val='Secret'/></w:rPr><w:t>藏</w:t></w:r>", True),
        ("<w:pPr><w:pStyle w:val='Secret'/></w:pPr><w:r><w:t>藏</w:t></w:r>", True),
        ("<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>显</w:t></w:r>", False),
        (f"<w:r>{VANISH}<w:instrText>XE</w:instrText></w:r><w:r><w:t>显</w:t></w:r>", False),  # the entry of an index
        ("<w:r><w:rPr><w:webHidden/></w:rPr><w:t>显</w:t></w:r>", False),  # page numbers in a table of contents
        (f"<w:pPr>{VANISH}</w:pPr><w:r><w:t>显</w:t></w:r>", False),  # the sign of the paragraph's end alone
    ],
)
def test_hidden_text_is_read_and_marked(inner: str, hidden: bool) -> None:
    """By its own format or by a style; the place of it is told."""
    styles = f'<w:styles {SPACES}><w:style w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
    content = made(
        f"{paragraph('前')}<w:p>{inner}</w:p>", {"word/styles.xml": styles}, relation("s", "styles", "styles.xml")
    )
    found = read(content).document
    assert found.blocks[1].text in ("藏", "显")
    assert found.file_facts.marks == ((Mark("hidden", "第 2 段"),) if hidden else ())


def test_hidden_cells_say_so() -> None:
    """A hidden row, and hidden words in a cell."""
    table = row(cell(paragraph("一")), properties="<w:hidden/>")
    table += row(cell(f"<w:p><w:r>{VANISH}<w:t>二</w:t></w:r></w:p>"), cell(paragraph("三")))
    found = read(made(f"<w:tbl>{table}</w:tbl>")).document
    assert [one.spot.hidden for one in found.blocks if isinstance(one.spot, Cell)] == [True, True, False]
    assert [one.place for one in found.file_facts.marks] == ["表 1 第 1 行第 1 列", "表 1 第 2 行第 1 列"]


def test_only_the_results_of_fields_are_text() -> None:
    """What a field within an instruction gives is not shown; a field without an end hides nothing."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    inner = (
        f"{mark('begin')}<w:r><w:instrText>MERGEFIELD a</w:instrText></w:r>{mark('separate')}{run('比')}{mark('end')}"
    )
    field = f"{mark('begin')}<w:r><w:instrText>IF</w:instrText></w:r>{inner}{mark('separate')}{run('果')}{mark('end')}"
    body = f"<w:p>{run('前')}{field}{run('后')}</w:p><w:p>{run('甲')}{mark('begin')}{run('乙')}</w:p>{paragraph('丙')}"
    assert [text for text, _ in told(made(body))] == ["前果后", "甲乙", "丙"]


def test_ruby_text_that_is_a_field_is_read_without_its_guide() -> None:
    """So are a character in a circle and characters in two lines; other fields without a result show nothing."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format

    def field(instruction: str) -> str:
        return f"{mark('begin')}<w:r><w:instrText>{instruction}</w:instrText></w:r>{mark('end')}"

    ruby = field('EQ \\* jc2 \\* "Font:宋体" \\* hps10 \\o\\ad(\\s\\up 11(gòng),共)')
    circle = field("eq \\o\\ac(○,国)")
    lines = field("eq \\o\\ad(\\s\\up 5(布署),\\s\\do 2(工作))")
    said = told(made(f"<w:p>{ruby}{run('和')}{circle}{field('XE 条目')}{lines}</w:p>"))
    assert said == [("共和国布署工作", "第 1 段")]


def test_words_of_controls_formulas_and_drawn_words_are_read() -> None:
    """The prompt of an unfilled control is shown, so it is read, as are its list of choices and its name."""
    control = (
        "<w:sdt><w:sdtPr><w:alias w:val='名称'/><w:showingPlcHdr/><w:dropDownList><w:listItem w:displayText='选项'/>"
        f"</w:dropDownList></w:sdtPr><w:sdtContent>{run('单击此处输入')}</w:sdtContent></w:sdt>"
    )
    art = '<w:r><w:pict><v:shape><v:textpath string="内部资料"/></v:shape></w:pict></w:r>'
    formula = "<m:oMath><m:r><m:t>总量</m:t></m:r></m:oMath>"
    assert told(made(f"<w:p>{control}{formula}{art}</w:p>")) == [
        ("单击此处输入总量", "第 1 段"),
        ("内部资料", "艺术字 1"),
        ("名称", "内容控件的名称"),
        ("选项", "下拉选项"),
    ]


def picture(identity: str, words: str) -> str:
    """A picture with its alternative text."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="图片 1" descr="{words}"/><a:graphic>'
        f'<a:blip r:embed="{identity}"/></a:graphic></wp:inline></w:drawing></w:r>'
    )


def test_pictures_are_handed_on_with_their_places() -> None:
    """In the order of the text, each once, decoded when it is asked for; a name of a file is no alternative text."""
    pictures = [picture("b", "防汛示意"), picture("a", "C:\\图\\1.png"), picture("b", "")]
    body = f"<w:p>{''.join(pictures)}</w:p>"
    relations = relation("a", "image", "media/1.png") + relation("b", "image", "media/2.png")
    relations += relation("svg", "image", "media/2.svg") + relation("h", "header", "header1.xml")
    header = f"<w:hdr {SPACES}><w:p>{picture('a', '')}</w:p></w:hdr>"
    parts = {
        "word/media/1.png": b"\x89PNG",
        "word/media/2.png": PNG,
        "word/header1.xml": header,
        "word/media/9.png": PNG,
    }
    of_header = {"header1.xml": relation("a", "image", "media/9.png")}
    found = read(made(body, parts, relations, of_header))
    assert [one.place for one in found.pictures] == ["图 1", "图 2", "页眉 图 1"]
    assert found.unseen == "3 张图片"
    assert found.pictures[0].load().size == (1, 1)
    with pytest.raises((OSError, ValueError)):
        found.pictures[1].load()
    assert [(one.text, one.locator, one.kind) for one in found.document.blocks] == [
        ("防汛示意", "图 1 的替代文字", "alt")
    ]


def test_words_of_charts_and_diagrams_are_read_and_others_counted() -> None:
    """Titles, names of series and of what is counted; the workbook behind a chart is a file inside."""
    chart = (
        f"<c:chartSpace {SPACES}><c:title><c:tx><c:rich><a:p><a:r><a:t>雨量</a:t></a:r></a:p></c:rich></c:tx></c:title>"
        "<c:ser><c:tx><c:strRef><c:f>Sheet1!A1</c:f><c:strCache><c:pt><c:v>一季度</c:v></c:pt></c:strCache></c:strRef></c:tx>"
        "<c:val><c:numRef><c:numCache><c:pt><c:v>12</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser></c:chartSpace>"
    )
    diagram = (
        f"<dgm:dataModel {SPACES}><dgm:ptLst><dgm:pt><dgm:t><a:p><a:r><a:t>受理</a:t></a:r></a:p></dgm:t></dgm:pt>"
    )
    diagram += "<dgm:pt type='parTrans'/></dgm:ptLst></dgm:dataModel>"
    relations = relation("a", "chart", "charts/chart1.xml") + relation("b", "diagramData", "diagrams/data1.xml")
    relations += relation("c", "chart", "charts/none.xml")
    relations += relation("d", "http://schemas.microsoft.com/office/2014/relationships/chartEx", "charts/x.xml")
    parts = {"word/charts/chart1.xml": chart, "word/diagrams/data1.xml": diagram, "word/embeddings/数.xlsx": b"PK"}
    of_chart = relation("w", "package", "../embeddings/数.xlsx")
    content = made("", parts, relations)
    with zipfile.ZipFile(package := io.BytesIO(content), "a") as more:
        more.writestr(
            "word/charts/_rels/chart1.xml.rels", f'<Relationships xmlns="{PACKAGE}">{of_chart}</Relationships>'
        )
    found = read(package.getvalue())
    assert [(one.text, one.locator) for one in found.document.blocks] == [
        ("雨量", "图表 1"), ("一季度", "图表 1"), ("受理", "图示 1"),
    ]  # fmt: skip
    assert found.unread == "2 个图表"
    assert [one.name for one in found.members] == ["数.xlsx"]


def native(name: str, content: bytes) -> bytes:
    """What the packager of Windows writes of a file that was put in as an icon."""
    written = name.encode("gb18030") + b"\0"
    path = b"C:\\" + written
    body = b"\x02\0" + written + path + b"\0\0\x03\0" + len(path).to_bytes(4, "little") + path
    body += len(content).to_bytes(4, "little") + content
    return len(body).to_bytes(4, "little") + body


def test_files_inside_are_handed_on_and_objects_without_a_file_are_counted() -> None:
    """Packages, web pages that Word turns into text, and objects: by what they are, whatever the part is called."""
    parts = {
        "word/embeddings/表.xlsx": b"PK\x03\x04a",
        "word/afchunk.mht": b"MIME-Version: 1.0",
        "word/embeddings/oleObject1.bin": compound({"Package": b"PK\x03\x04b"}),
        "word/embeddings/oleObject2.bin": compound({"\x01Ole10Native": native("名单.txt", "正文".encode())}),
        "word/embeddings/oleObject3.bin": compound({"WordDocument": b"x"}),
        "word/embeddings/oleObject4.bin": compound({"CONTENTS": b"no file"}),
        "word/embeddings/oleObject5.bin": b"damaged",
    }
    relations = relation("a", "package", "embeddings/表.xlsx") + relation("b", "aFChunk", "afchunk.mht")
    relations += "".join(relation(f"o{n}", "oleObject", f"embeddings/oleObject{n}.bin") for n in range(1, 6))
    found = read(made(paragraph("正文"), parts, relations))
    members = {one.name: one.content for one in found.members}
    assert members.keys() == {"表.xlsx", "afchunk.mht", "oleObject1", "名单.txt", "oleObject3.doc"}
    assert members["名单.txt"].decode() == "正文"
    assert members["oleObject1"].startswith(b"PK\x03\x04b")
    assert found.unread == "2 个嵌入的对象"


def test_a_damaged_part_that_says_little_costs_itself_only() -> None:
    """Properties and charts; a file inside that cannot be unpacked is told of where it is."""
    relations = relation("c", "chart", "charts/chart1.xml") + relation("p", "package", "embeddings/表.xlsx")
    parts = {
        "docProps/core.xml": "<half",
        "word/charts/chart1.xml": "<half",
        "word/charts/_rels/chart1.xml.rels": "<half",
    }
    content = made(paragraph("正文"), {**parts, "word/embeddings/表.xlsx": b"0123456789"}, relations)
    found = read(content.replace(b"0123456789", b"0123456780"))  # whose checksum is another one
    assert [one.text for one in found.document.blocks] == ["正文"]
    assert found.unread == "1 个图表、1 份文档属性（已损坏）"
    (member,) = found.members
    assert member.name == "表.xlsx" and member.fault is not None and "已损坏" in member.fault.fault


def test_marks_of_a_word_document() -> None:
    """Macros, changes, comments, authors and places of somebody's computer; a template by its name alone is none."""
    body = f"<w:p><w:ins {CHANGE}>{run('增')}</w:ins><w:del {CHANGE}><w:r><w:delText>删</w:delText></w:r></w:del>"
    body += "<w:r><w:commentReference w:id='0'/></w:r></w:p>"
    core = "<cp:coreProperties xmlns:cp='c' xmlns:dc='d'><dc:creator>王某</dc:creator>"
    core += "<cp:lastModifiedBy>李某</cp:lastModifiedBy>"
    parts = {
        "word/comments.xml": f"<w:comments {SPACES}><w:comment w:id='0'>{paragraph('批')}</w:comment></w:comments>",
        "docProps/core.xml": f"{core}</cp:coreProperties>",
        "docProps/app.xml": "<Properties xmlns='e'><Template>Normal.dotm</Template></Properties>",
        "word/settings.xml": f"<w:settings {SPACES}/>",
    }
    relations = (
        relation("a", "comments", "comments.xml")
        + relation("b", "settings", "settings.xml")
        + relation("c", "http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin")
        + relation("d", "image", "file:///D:\\王某\\图.png", external=True)
        + relation("e", "image", "https://www.qingtan.example/a.png", external=True)
    )
    settings = relation("t", "attachedTemplate", "file:///C:\\Users\\王某\\公文.dotx", external=True)
    found = read(made(body, parts, relations, {"settings.xml": settings}))
    assert found.document.file_facts.marks == (
        Mark("tracked", "", "2 处"), Mark("comments", "", "1 条"), Mark("macro"), Mark("author", "", "王某"),
        Mark("author", "", "李某"), Mark("path", "", "file:///C:\\Users\\王某\\公文.dotx"),
        Mark("path", "", "file:///D:\\王某\\图.png"),
    )  # fmt: skip
    assert found.unread == "2 张链接的图片"
    assert not read(made(paragraph("净"))).document.file_facts.marks


@pytest.mark.slow
def test_hostile_tables_and_nesting_cost_no_more_than_their_size() -> None:
    """A hundred thousand cells, tables in tables a thousand deep, and a cell that says it spans a billion columns."""
    cells = row(*[cell(paragraph("格"))] * 100) * 1000
    assert len(told(made(f"<w:tbl>{cells}</w:tbl>"))) == 100_000
    deep = f"<w:tbl><w:tr><w:tc>{'<w:tbl><w:tr><w:tc>' * 1000}{paragraph('底')}{'</w:tc></w:tr></w:tbl>' * 1000}"
    assert told(made(f"{deep}</w:tc></w:tr></w:tbl>")) == [("底", "表 1001 第 1 行第 1 列")]
    wide = row(cell(paragraph("宽"), '<w:gridSpan w:val="999999999"/>'), cell(paragraph("窄")))
    assert [text for text, _ in told(made(f"<w:tbl>{wide}</w:tbl>"))] == ["宽", "窄"]


def test_a_document_with_a_password_says_so() -> None:
    """The whole package is encrypted in a compound file."""
    with pytest.raises(InputError, match="密码") as raised:
        read(compound({"EncryptedPackage": b"x", "EncryptionInfo": b"y"}))
    assert raised.value.mark == "locked"


def test_words_around_the_numbers_of_lists_are_read_once() -> None:
    """Of the levels that the document has, by themselves or by a style; single letters are no word."""
    levels = ("附件%1：", "第%2条", "没有用的级%3", "样式里的%4")
    written = "".join(
        f'<w:lvl w:ilvl="{level}"><w:lvlText w:val="{text}"/></w:lvl>' for level, text in enumerate(levels)
    )
    own = '<w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:lvlText w:val="附表%1"/></w:lvl></w:lvlOverride>'
    numbering = (
        f'<w:numbering {SPACES}><w:abstractNum w:abstractNumId="7">{written}</w:abstractNum><w:num w:numId="1">'
        f'<w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="7"/>{own}</w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="9"/></w:num></w:numbering>'
    )
    number = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="{}"/></w:numPr>'
    styles = (
        f'<w:styles {SPACES}><w:style w:styleId="a"><w:pPr>{number.format(3, 1)}</w:pPr></w:style>'
        f'<w:style w:styleId="b"><w:pPr>{number.format(2, 1)}</w:pPr></w:style></w:styles>'
    )
    listed = [number.format(0, 1), number.format(0, 1), number.format(1, 1), number.format(0, 2), number.format(0, 3)]
    listed.append('<w:pStyle w:val="a"/>')
    body = "".join(f"<w:p><w:pPr>{one}</w:pPr>{run('甲')}</w:p>" for one in listed)
    parts = {"word/numbering.xml": numbering, "word/styles.xml": styles}
    relations = relation("n", "numbering", "numbering.xml") + relation("s", "styles", "styles.xml")
    found = told(made(body, parts, relations))[6:]
    assert found == [("附件1：", "编号"), ("样式里的1", "编号"), ("附表1", "编号")]
    assert len(told(made(body, {**parts, "word/numbering.xml": "<damaged"}, relations))) == 6


@pytest.mark.parametrize(
    ("kind", "wanted"), [("drop", ["关健环节"]), ("margin", ["关健环节"]), ("none", ["关", "健环节"])]
)
def test_a_large_letter_begins_the_word_that_goes_on_beside_it(kind: str, wanted: list[str]) -> None:
    """It stands in a frame of its own; other frames are paragraphs by themselves."""
    frame = f'<w:pPr><w:framePr w:dropCap="{kind}" w:lines="3"/></w:pPr>'
    assert [text for text, _ in told(made(f"<w:p>{frame}{run('关')}</w:p>{paragraph('健环节')}"))] == wanted


@pytest.mark.parametrize(
    ("choices", "wanted"),
    [
        ('<w:result w:val="1"/>', "前乙项后"),
        ('<w:default w:val="1"/>', "前乙项后"),
        ('<w:result w:val="0"/><w:default w:val="1"/>', "前甲项后"),
        ("", "前甲项后"),
        ('<w:result w:val="9"/>', "前后"),
    ],
)
@pytest.mark.parametrize("result", ["", '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'])
def test_a_list_in_a_form_shows_what_is_chosen(choices: str, wanted: str, result: str) -> None:
    """With or without an empty result, as programs write it; what else can be chosen is read beside the text."""
    entries = '<w:listEntry w:val="甲项"/><w:listEntry w:val="乙项"/>'
    begin = f"<w:ffData><w:ddList>{choices}{entries}</w:ddList></w:ffData>"
    field = (
        f'<w:r><w:fldChar w:fldCharType="begin">{begin}</w:fldChar></w:r><w:r><w:instrText>FORMDROPDOWN</w:instrText>'
        f'</w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    options = [(one, "下拉选项") for one in ("甲项", "乙项") if one not in wanted]
    assert told(made(f"<w:p>{run('前')}{field}{run('后')}</w:p>")) == [(wanted, "第 1 段"), *options]
    shown = field.replace('<w:r><w:fldChar w:fldCharType="end"/>', f'{run("写")}<w:r><w:fldChar w:fldCharType="end"/>')
    if result:
        assert told(made(f"<w:p>{run('前')}{shown}{run('后')}</w:p>"))[0] == ("前写后", "第 1 段")


def test_titles_of_pictures_are_read_with_their_descriptions() -> None:
    """Each once; names of files are neither."""
    said = [("题", "述"), ("同", "同"), ("图.png", "述二"), ("", "")]
    drawn = "".join(
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" title="{title}" descr="{words}"/></wp:inline></w:drawing></w:r>'
        for title, words in said
    )
    assert told(made(f"<w:p>{drawn}</w:p>")) == [(one, "图形的替代文字") for one in ("题\n述", "同", "述二")]


def test_what_is_said_when_somebody_asks_is_read_beside_the_text() -> None:
    """To whoever points at a link or comes to a field; of tables, as of pictures; each once, blank ones not at all."""
    link = f'<w:hyperlink w:anchor="x" w:tooltip="去看办法">{run("办法")}</w:hyperlink><w:hyperlink w:tooltip=" "/>'
    clicked = (
        '<w:drawing><wp:inline><wp:docPr id="1"><a:hlinkClick tooltip="去看图"/></wp:docPr></wp:inline></w:drawing>'
    )
    code = ' HYPERLINK "http://a.example/" \\o "去看表" '
    begin, end = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    field = f"{begin}<w:r><w:instrText>{code}</w:instrText></w:r>{end}".replace("\\\\", "\\")
    helped = begin.replace("/></w:r>", '><w:ffData><w:helpText w:val="填全称"/></w:ffData></w:fldChar></w:r>') + end
    table = '<w:tbl><w:tblPr><w:tblCaption w:val="雨量表"/></w:tblPr></w:tbl>'
    body = f"<w:p>{link}{link}<w:r>{clicked}</w:r>{field}{helped}</w:p>{table}"
    assert told(made(body)) == [
        ("办法办法", "第 1 段"),
        ("去看办法", "链接提示"),
        ("去看图", "链接提示"),
        ("填全称", "窗体域的提示"),
        ("雨量表", "表格的替代文字"),
        ("去看表", "链接提示"),
    ]


def test_shapes_in_a_group_are_described_by_themselves() -> None:
    """What a picture says once more of its frame is read once."""
    group = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
    frame = f'<pic:cNvPr xmlns:pic="{DRAWING}/picture" descr="防汛示意"/>'
    inner = f'<x:wsp xmlns:x="{group}"><x:cNvPr id="3" descr="左边的框"/><x:cNvPr/></x:wsp>'
    body = picture("a", "防汛示意").replace("<a:blip", f"{frame}<a:blip")
    body += f'<w:r><w:drawing><wp:inline><wp:docPr id="2" descr="一组"/>{inner}</wp:inline></w:drawing></w:r>'
    found = told(made(f"<w:p>{body}</w:p>", {"word/media/a.png": PNG}, relation("a", "image", "media/a.png")))
    assert found == [("防汛示意", "图 1 的替代文字"), ("一组", "图形的替代文字"), ("左边的框", "图形的替代文字")]


def test_words_of_shapes_on_a_chart_are_read() -> None:
    """They lie in a part of their own."""
    parts = {
        "word/charts/chart1.xml": f"<c:chartSpace {SPACES}/>",
        "word/charts/_rels/chart1.xml.rels": f'<R xmlns="{PACKAGE}">{relation("u", "chartUserShapes", "../d.xml")}</R>',
        "word/d.xml": f"<c:userShapes {SPACES}><a:p><a:r><a:t>暑期</a:t></a:r></a:p></c:userShapes>",
    }
    assert told(made("", parts, relation("c", "chart", "charts/chart1.xml"))) == [("暑期", "图表 1")]


def test_the_words_of_a_button_are_shown() -> None:
    """The field has no result; its instruction says what stands there."""
    button = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> MACROBUTTON Do 点此填写 </w:instrText></w:r>'
    )
    body = f'<w:p>{button}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    assert told(made(body)) == [("点此填写", "第 1 段")]
