"""Workbooks read as files: each part is found at its place, what is hidden is told, and hostile ones end at once."""

from __future__ import annotations

import io
import re
import time
import zipfile
from datetime import date
from pathlib import Path
from struct import pack
from unittest.mock import Mock

import openpyxl
import pytest

from jimo_lint.errors import InputError
from jimo_lint.model import Cell, Mark
from jimo_lint.readers.attachments.workbooks import calamine, cells, worksheet
from jimo_lint.readers.attachments.workbooks import reader as workbook
from jimo_lint.readers.contents import FileContents
from jimo_lint.readers.formats import find_format
from jimo_lint.readers.source import Source
from jimo_lint.readers.tables import bounds
from jimo_lint.readers.tables import workbook as tables
from tests.support import officebooks as books
from tests.support.oldbooks import label, record
from tests.support.oldbooks import workbook as old_book
from tests.unit.readers.test_readers_doc import compound

AS_OF = date(2026, 11, 22)
TABLE = "工作表“名单”"


def read(body: bytes, name: str = "名单.xlsx") -> FileContents:
    """The contents of a workbook."""
    return workbook.read(Source(name, body), "https://www.qingtan.example/", AS_OF)


def said(found: FileContents) -> dict[str, str]:
    """What stands where."""
    return {one.locator: one.text for one in found.document.blocks}


def hidden(found: FileContents) -> set[str]:
    """The places of cells that nobody is shown."""
    return {one.locator for one in found.document.blocks if isinstance(one.spot, Cell) and one.spot.hidden}


def marks(found: FileContents) -> set[Mark]:
    """What is told besides."""
    return set(found.document.file_facts.marks)


PLANTED = {
    f"{TABLE}B2": books.ID,
    f"{TABLE}C2": str(books.PHONE),
    f"{TABLE}D2": "00123",
    f"{TABLE}E2": "2026-01-05",
    f"{TABLE}F2": "2026-01-05 08:30:00",
    f"{TABLE}G2": "1234.5",
    f"{TABLE}B3": "110105194912310000",
    f"{TABLE}C3": "隐藏行词",
    f"{TABLE}G3": "1000000",
    f"{TABLE}A5": "并格词",
    f"{TABLE}A7": "链接词",
    f"{TABLE}B2 的批注": "批注词",
    f"{TABLE}页眉": "页眉词",
    f"{TABLE}页脚": "页脚词",
    "工作表“藏表”C4": "隐藏表词",
    "工作表“深藏”C4": "深藏词",
    "工作表“藏表”的名称": "藏表",
}
UNSEEN = {f"{TABLE}{name}" for name in ("D1", "D2", "A3", "B3", "C3", "G3")} | {"工作表“藏表”C4", "工作表“深藏”C4"}


def test_every_part_is_read_at_its_place() -> None:
    """Cells, notes, margins, prompts, charts, sheets; numbers and days as they show; what is hidden is known."""
    found = read(books.planted())
    told = said(found)
    assert {place: told.get(place) for place in PLANTED} == PLANTED
    assert told[f"{TABLE}B7 的输入提示"] == "提示词"
    choices = [one.text for one in found.document.blocks if one.locator == f"{TABLE}B7 的下拉选项"]
    assert choices == ["下拉甲", "下拉乙"]  # the comma between them is Excel's, not the writer's
    assert told[f"{TABLE}图表 1"] == "图表词"
    assert hidden(found) == UNSEEN
    assert found.document.title == "题名词" and not found.unread
    assert [(one.url, one.text) for one in found.document.links] == [("https://www.qingtan.example/f.pdf", "链接词")]
    assert marks(found) == {
        Mark("author", "文档属性", "王某"),
        Mark("hidden", TABLE, "隐藏的列 D"),
        Mark("hidden", TABLE, "隐藏的行 3"),
        Mark("hidden", "工作表“藏表”", "隐藏的工作表"),
        Mark("hidden", "工作表“深藏”", "深度隐藏的工作表"),
        Mark("comments", TABLE, "1 处"),
    }
    spots = {one.locator: (one.spot, one.places, one.kind) for one in found.document.blocks}
    assert spots[f"{TABLE}C3"] == (Cell(TABLE, 3, 3, hidden=True), ((0, 3, 1),), "table")
    assert spots[f"{TABLE}B2 的批注"] == (None, ((0, 2, 1),), "comment")


def test_pictures_are_decoded_when_they_are_asked_for() -> None:
    """At their places, and of those in no drawing their number."""
    (shown,) = read(books.planted()).pictures
    assert shown.place == f"{TABLE}图 1" and shown.load().size == (40, 30)
    (other,) = read(
        books.by_hand("<row><c><v>1</v></c></row>", others={"xl/media/image9.png": books.picture()})
    ).pictures
    assert other.place == "图 1" and other.load().size == (40, 30)
    (broken,) = read(books.by_hand("<row><c><v>1</v></c></row>", others={"xl/media/image9.emf": b"x"})).pictures
    with pytest.raises(OSError):
        broken.load()


TEXTS = (
    "<si><t>行_x000D_\n二</t></si><si><r><t>富</t></r><r><t xml:space='preserve'> 文</t></r></si>"
    "<si><t>漢</t><rPh sb='0' eb='1'><t>注音</t></rPh></si>"
)
STYLES = (
    '<numFmts><numFmt numFmtId="177" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts><cellXfs>'
    '<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="31"/><xf numFmtId="57"/><xf numFmtId="177"/></cellXfs>'
)
ROWS = (
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c>'
    '<c r="D1" t="str"><f>A9</f><v>计算</v></c><c r="E1" t="inlineStr"><is><t>内</t>'
    '<rPh sb="0" eb="1"><t>注音</t></rPh></is></c></row>'
    '<row r="3"><c r="B3" s="1"><v>46027</v></c><c r="C3" s="2"><v>46027</v></c><c r="D3" s="3"><v>46027</v></c>'
    '<c r="E3" s="4"><v>46027</v></c><c r="F3"><v>1.3800001111E+10</v></c><c r="G3"><v>6222020000000000000</v></c>'
    "</row>"
)
TOLD = {
    "A1": "行\r\n二",
    "B1": "富 文",
    "C1": "漢",
    "D1": "计算",
    "E1": "内",
    **dict.fromkeys(("B3", "C3", "D3", "E3"), "2026-01-05"),
    "F3": "13800001111",
    "G3": "6222020000000000000",
}
FAR = '<row r="1048576"><c r="XFD1048576"><v>7</v></c></row>'


@pytest.mark.parametrize("case", ["plain", "strict", "main part by another name", "far apart", "single quotes"])
def test_values_are_what_a_person_sees(case: str) -> None:
    """Shared, rich and inline texts without the guide to their pronunciation, days in Chinese formats, long numbers.

    By calamine, and row by row where the workbook is not as it expects or reaches too far.
    """
    wanted = dict(TOLD)
    body = books.by_hand(ROWS, strings=TEXTS, styles=STYLES)
    if case == "strict":
        body = books.by_hand(ROWS, strings=TEXTS, styles=STYLES, space=books.STRICT)
    elif case == "main part by another name":
        body = books.by_hand(ROWS, strings=TEXTS, styles=STYLES, main="xl/book.xml")
    elif case == "far apart":
        body = books.by_hand(ROWS + FAR, strings=TEXTS, styles=STYLES)
        wanted["XFD1048576"] = "7"
    elif case == "single quotes":
        body = books.by_hand(ROWS.replace('"', "'"), strings=TEXTS, styles=STYLES)
    told = {place.removeprefix(TABLE): text.replace("\r\n", "\n") for place, text in said(read(body)).items()}
    del told["的名称"]
    assert told == {place: text.replace("\r\n", "\n") for place, text in wanted.items()}


def test_days_since_1904_are_right() -> None:
    """As in workbooks of old Macs."""
    body = books.by_hand(ROWS, strings=TEXTS, styles=STYLES, book='<workbookPr date1904="1"/>')
    assert said(read(body))[f"{TABLE}B3"] == "2030-01-06"


def test_columns_count_from_a_where_the_first_are_empty() -> None:
    """Also where rows above are empty."""
    found = read(books.by_hand('<row r="4"><c r="C4"><v>1</v></c><c r="AA4"><v>2</v></c></row>'))
    assert said(found) | {f"{TABLE}的名称": ""} == {f"{TABLE}C4": "1", f"{TABLE}AA4": "2", f"{TABLE}的名称": ""}


DRAWING = (
    f'<xdr:wsDr xmlns:xdr="{books.TRANSITIONAL}/drawingml/2006/spreadsheetDrawing" '
    f'xmlns:a="{books.TRANSITIONAL}/drawingml/2006/main" xmlns:mc="{books.TRANSITIONAL}/markup-compatibility/2006">'
    "<xdr:sp><xdr:nvSpPr><xdr:cNvPr id='1' name='x' title='题词' descr='说明词'/></xdr:nvSpPr><xdr:txBody><a:p><a:r>"
    "<a:t>框中</a:t></a:r><a:r><a:t>词</a:t></a:r></a:p><a:p><a:r><a:t>次段</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
    "<mc:AlternateContent><mc:Choice><xdr:sp><a:p><a:r><a:t>新式词</a:t></a:r></a:p></xdr:sp></mc:Choice>"
    "<mc:Fallback><xdr:sp><a:p><a:r><a:t>旧式词</a:t></a:r></a:p></xdr:sp></mc:Fallback></mc:AlternateContent></xdr:wsDr>"
)
VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">'
    '<v:shape><v:textbox><div>按钮词</div></v:textbox><x:ClientData ObjectType="Button"/></v:shape>'
    '<v:shape><v:textbox><div>批注的框</div></v:textbox><x:ClientData ObjectType="Note"/></v:shape></xml>'
)
THREADS = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"


def test_what_openpyxl_cannot_write_is_read_too() -> None:
    """Boxes, controls, threads of comments, texts of names, macros, paths, files inside, caches that nobody reads."""
    comment = '<comment ref="B2"><text><t>[Threaded comment]\n\n旧程序看的话</t></text></comment>'
    thread = '<threadedComment ref="B2"><text>线索词</text></threadedComment>'
    old = '<comment ref="C9"><text><r><t>张某:</t></r><r><t>旧批注词</t></r></text></comment>'
    body = books.by_hand(
        '<row r="2"><c r="B2"><v>1</v></c><c r="C2" t="str"><f>HYPERLINK("https://www.qingtan.example/a?b=1&amp;c=2","x")</f>'
        "<v>见</v></c></row>",
        book='<x:absPath xmlns:x="urn:x" url="C:\\Users\\zhangsan\\Desktop\\"/>'
        "<definedNames><definedName name='说明'>\"名称词\"</definedName>"
        "<definedName name='区域'>名单!$A$1</definedName></definedNames>",
        around='<headerFooter><oddHeader>&amp;L左&amp;&amp;词&amp;C&amp;"宋体,加粗"&amp;14中词&amp;R第&amp;P页</oddHeader>'
        "</headerFooter>",
        sheet={
            "comments": "../comments1.xml",
            THREADS: "../threadedComments/threadedComment1.xml",
            "drawing": "../drawings/drawing1.xml",
            "vmlDrawing": "../drawings/vml1.vml",
            "package": "../embeddings/内表.xlsx",
            "control": "../activeX/a.xml",
        },
        others={
            "xl/comments1.xml": f"<comments><commentList>{comment}{old}</commentList></comments>",
            "xl/threadedComments/threadedComment1.xml": f"<T>{thread}</T>",
            "xl/drawings/drawing1.xml": DRAWING,
            "xl/drawings/vml1.vml": VML,
            "xl/embeddings/内表.xlsx": b"PK",
            "xl/_rels/workbook.xml.rels": books.relations(
                {
                    "worksheet": "worksheets/sheet1.xml",
                    "http://schemas.microsoft.com/office/2006/relationships/vbaProject": "vbaProject.bin",
                    "pivotCacheDefinition": "pivotCache/d.xml",
                    "externalLink": "externalLinks/e.xml",
                }
            ),
            "xl/externalLinks/_rels/e.xml.rels": books.relations({"externalLinkPath": "file:///D:/我的/总表.xlsx"}),
        },
    )
    found = read(body)
    told = said(found)
    wanted = {
        f"{TABLE}B2 的批注": "线索词",
        f"{TABLE}C9 的批注": "张某:旧批注词",
        f"{TABLE}文本框 1": "框中词\n次段",
        f"{TABLE}文本框 2": "新式词",
        f"{TABLE}图形的替代文字": "题词\n说明词",
        f"{TABLE}控件 1": "按钮词",
        "名称“说明”": "名称词",
    }
    assert {place: told.get(place) for place in wanted} == wanted
    margins = [one.text for one in found.document.blocks if one.locator == f"{TABLE}页眉"]
    assert margins == ["左&词", "中词", "第页"]
    assert not any(word in found.document.text for word in ("旧程序", "旧式词", "批注的框", "$A$1"))
    assert marks(found) >= {
        Mark("macro"),
        Mark("path", "文档属性", "C:\\Users\\zhangsan\\Desktop\\"),
        Mark("path", "文档属性", "file:///D:/我的/总表.xlsx"),
        Mark("comments", TABLE, "2 处"),
    }
    assert found.unread == "1 份数据透视表的缓存、1 份外部工作簿的缓存、1 个控件"
    assert [(one.name, one.content) for one in found.members] == [("内表.xlsx", b"PK")]
    assert [one.url for one in found.document.links] == ["https://www.qingtan.example/a?b=1&c=2"]


def test_columns_and_rows_of_no_size_are_hidden_and_unused_ones_are_not_told() -> None:
    """Filtered and collapsed rows are hidden rows; that nobody needs the columns beyond is no secret."""
    rows = '<row r="1" ht="0" customHeight="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="B2"><v>2</v></c></row>'
    body = books.by_hand(rows)
    columns = (
        '<cols><col min="2" max="2" width="0" customWidth="1"/><col min="5" max="16384" hidden="1"/></cols><sheetData>'
    )
    found = read(books.with_part(body, "xl/worksheets/sheet1.xml", ("<sheetData>", columns)))
    assert hidden(found) == {f"{TABLE}A1", f"{TABLE}B2"}
    assert marks(found) == {Mark("hidden", TABLE, "隐藏的列 B"), Mark("hidden", TABLE, "隐藏的行 1")}


OLD_HIDDEN = record(0x007D, bytes((1, 0, 2, 0, 0, 8, 0, 0, 1, 0, 0, 0)))


def test_a_hidden_column_of_an_old_workbook_is_read_as_hidden() -> None:
    """An ID number in it is found; a second sheet, very hidden, is read as well."""
    row = record(0x0208, bytes((1, 0, 0, 0, 3, 0, 0, 1, 0, 0, 0, 0, 0x20, 0, 0, 0)))
    body = old_book([OLD_HIDDEN, row, label(0, 0, "姓名"), label(0, 1, books.ID), label(1, 0, "隐藏行词")])
    for name in ("名单.xls", "名单.et"):
        found = read(body, name)
        assert said(found) == {
            "工作表“S0”A1": "姓名",
            "工作表“S0”B1": books.ID,
            "工作表“S0”A2": "隐藏行词",
            "工作表“S0”的名称": "S0",
        }
        assert hidden(found) == {"工作表“S0”B1", "工作表“S0”A2"}
        assert marks(found) == {Mark("hidden", "工作表“S0”", "隐藏的列 B"), Mark("hidden", "工作表“S0”", "隐藏的行 2")}


def test_an_old_workbook_that_reaches_far_is_read_row_by_row() -> None:
    """Two cells in opposite corners."""
    found = read(old_book([label(0, 0, "头"), label(65535, 255, "尾")]), "a.xls")
    assert said(found)["工作表“S0”IV65536"] == "尾"


XML_BOOK = """<?xml version="1.0" encoding="UTF-8"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:o="urn:schemas-microsoft-com:office:office"
 xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<o:DocumentProperties><o:Title>题名词</o:Title><o:Author>王某</o:Author></o:DocumentProperties>
<Worksheet ss:Name="名单"><Table><Column ss:Index="2" ss:Hidden="1"/>
<Row><Cell><Data ss:Type="String">姓名</Data></Cell><Cell><Data ss:Type="String">藏列词</Data></Cell></Row>
<Row ss:Index="4" ss:Hidden="1"><Cell ss:Index="3" ss:HRef="https://www.qingtan.example/f.pdf">
<Data ss:Type="Number">1.38E+10</Data>
<Comment ss:Author="王某"><ss:Data>批注词</ss:Data></Comment></Cell></Row>
<Row><Cell><Data ss:Type="DateTime">2026-01-05T00:00:00.000</Data></Cell></Row></Table>
<x:WorksheetOptions><x:PageSetup><x:Header x:Data="&amp;C页眉词"/></x:PageSetup></x:WorksheetOptions></Worksheet>
<Worksheet ss:Name="藏表"><Table><Row><Cell><Data ss:Type="String">隐藏表词</Data></Cell></Row></Table>
<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet></Workbook>"""


def test_the_xml_workbook_of_excel_2003_is_read() -> None:
    """As .xls, which it is mostly called, though Excel warns of that."""
    source = Source("名单.xls", XML_BOOK.encode())
    known = find_format(source, ".xls")
    assert known is not None and known.name == "workbook"
    found = read(XML_BOOK.encode(), "名单.xls")
    assert said(found) == {
        f"{TABLE}的名称": "名单",
        f"{TABLE}A1": "姓名",
        f"{TABLE}B1": "藏列词",
        f"{TABLE}C4": "13800000000",
        f"{TABLE}C4 的批注": "批注词",
        f"{TABLE}A5": "2026-01-05",
        f"{TABLE}页眉": "页眉词",
        "工作表“藏表”的名称": "藏表",
        "工作表“藏表”A1": "隐藏表词",
    }
    assert hidden(found) == {f"{TABLE}B1", f"{TABLE}C4", "工作表“藏表”A1"}
    assert Mark("misnamed", "", "Excel 2003 的 XML 表格") in marks(found)
    assert [one.url for one in found.document.links] == ["https://www.qingtan.example/f.pdf"]


# A formula as a cell has it, and whether it is left without a result.
FORMULAS = {
    "<c{}><f>A1</f></c>": True,
    "<c{}><f>A1</f><v></v></c>": True,
    "<c{}><f>A1</f><v/></c>": True,
    "<c{}>\n <f>IF(A1&gt;2,1)</f>\n <v />\n</c>": True,
    '<c{}><f t="shared" si="0"/></c>': True,
    '<c{} t="n"><f ca="1">A1</f><v></v></c>': True,
    '<c{} t="str"><f>A1</f></c>': True,
    '<c{} t="str"><f>A1</f><v></v></c>': False,
    '<c{} t="str"><f>A1</f><v xml:space="preserve"></v></c>': False,
    "<c{}><f>A1</f><v>0</v></c>": False,
    '<c{} t="e"><f>A1</f><v>#N/A</v></c>': False,
    '<c{} t="inlineStr"><f>A1</f><is><t>甲</t></is></c>': False,
    "<c{}><f></f></c>": False,
    "<c{}><f/></c>": False,
    '<c{} s="1"/>': False,
    "<c{}><v/></c>": False,
}


@pytest.mark.parametrize("formula", FORMULAS)
def test_formulas_without_a_result_are_named_with_the_place_of_the_first(formula: str) -> None:
    """Programs that do not calculate write them; an empty text is a result, and so is an error."""
    cells = "".join(formula.format(name) for name in (" r='B2'", "", ' r="C2"'))
    rows = f'<row r="1"><c r="A1"><v>1</v></c></row><row r="2">{cells}</row>'
    for written in (rows, re.sub(r"(</?)(?=[a-z])", r"\1x:", rows)):
        part = f'<x:worksheet xmlns:x="x"><x:sheetData>{written}</x:sheetData></x:worksheet>'.encode()
        found = worksheet.scan(io.BytesIO(part), "", InputError("a.xlsx", "不是完好的工作簿", ""))
        assert found.uncalculated == (["B2", "", "C2"] if FORMULAS[formula] else [])
    told = read(books.by_hand(rows)).unread
    wanted = f"3 格公式没有存结果（{TABLE}B2 起；用 Excel 或 WPS 打开后保存，就能检查）"
    assert told == (wanted if FORMULAS[formula] else "")


def test_a_formula_is_found_wherever_a_piece_of_the_sheet_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sheets are read in pieces, which may end in the middle of a cell."""
    cells = "".join(f'<c r="A{row}"><f>B{row}</f><v></v></c>' for row in range(1, 40))
    part = f"<worksheet><sheetData><row>{cells}</row></sheetData></worksheet>".encode()
    for size in range(40, 90):
        monkeypatch.setattr(worksheet, "_CHUNK", size)
        found = worksheet.scan(io.BytesIO(part), "", InputError("a.xlsx", "不是完好的工作簿", ""))
        assert found.uncalculated == [f"A{row}" for row in range(1, 40)]


def test_what_openpyxl_computes_is_not_taken_for_read() -> None:
    """It writes formulas without results; the other cells are read."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["甲", '="错"&"别字"', "=1+1"])
    written = io.BytesIO()
    book.save(written)
    found = read(written.getvalue())
    assert said(found) == {"工作表“Sheet”A1": "甲"}
    assert found.unread == "2 格公式没有存结果（工作表“Sheet”B1 起；用 Excel 或 WPS 打开后保存，就能检查）"


def test_formulas_of_an_xml_workbook_without_a_result_are_named() -> None:
    """As of the others; a text that is empty is a result."""
    for data, unread in (
        ("", "1 格公式没有存结果（工作表“名单”A1 起；用 Excel 或 WPS 打开后保存，就能检查）"),
        (
            '<Data ss:Type="Number"></Data>',
            "1 格公式没有存结果（工作表“名单”A1 起；用 Excel 或 WPS 打开后保存，就能检查）",
        ),
        ('<Data ss:Type="String"></Data>', ""),
        ('<Data ss:Type="Number">2</Data>', ""),
    ):
        cell = f'<Cell ss:Formula="=1+1">{data}</Cell>'
        body = XML_BOOK.replace('<Cell><Data ss:Type="String">姓名</Data></Cell>', cell)
        assert read(body.encode(), "名单.xls").unread == unread


def test_what_an_xml_workbook_has_beyond_any_sheet_is_named() -> None:
    """Columns hidden by the million take no room; a cell or row that no sheet has is said to be unread."""
    columns = '<Column ss:Hidden="1" ss:Span="16383"/>' * 20_000
    far = '<Row ss:Index="1048577"><Cell><Data ss:Type="String">远行</Data></Cell></Row>'
    wide = '<Row><Cell ss:Index="16385"><Data ss:Type="String">远列</Data></Cell></Row>'
    for more, unread in ((columns, ""), (columns + far, bounds.BEYOND), (wide, bounds.BEYOND)):
        began = time.process_time()
        found = read(XML_BOOK.replace('<Column ss:Index="2" ss:Hidden="1"/>', more).encode(), "名单.xls")
        assert time.process_time() - began < 5  # without a bound there are 300 million
        assert found.unread == unread and found.document.blocks


def test_what_shows_beside_a_link_is_read_where_it_is_no_address() -> None:
    """Programs write the address there by themselves."""
    links = "".join(
        f'<hyperlink ref="A{row}" r:id="x" tooltip="{said}"/>'
        for row, said in enumerate(("悬停词", "https://a.example/b", "www.a.example", "mailto:a@a.example", " "), 1)
    )
    found = read(books.by_hand('<row r="1"><c r="A1"><v>1</v></c></row>', around=f"<hyperlinks>{links}</hyperlinks>"))
    assert said(found) == {f"{TABLE}的名称": "名单", f"{TABLE}A1": "1", f"{TABLE}A1 的链接提示": "悬停词"}


def test_prompts_choices_and_hints_of_an_old_workbook_are_read() -> None:
    """In the records of data validations and links; one that is cut short is named."""

    def wide(text: str) -> bytes:
        return pack("<HB", len(text), 1) + text.encode("utf-16-le")

    formula = b"\x17" + bytes((5, 1)) + "甲项\0乙项".encode("utf-16-le")
    parts = [wide(one) for one in ("填写", "\0", "提示词", "错误词")]
    body = pack("<I", 3) + b"".join(parts) + pack("<HH", len(formula), 0) + formula + pack("<HH", 0, 0)
    body += pack("<H4H", 1, 6, 8, 1, 1)
    hint = pack("<H4H", 0x0800, 2, 2, 0, 0) + "悬停词\0".encode("utf-16-le")
    cut = record(0x01BE, body[:30])
    found = read(old_book([label(0, 0, "甲"), record(0x01BE, body), record(0x0800, hint), cut]), "a.xls")
    assert [(one.locator.removeprefix("工作表“S0”"), one.text) for one in found.document.blocks][2:] == [
        *[("B7 的输入提示", one) for one in ("填写", "提示词", "错误词")],
        *[("B7 的下拉选项", one) for one in ("甲项", "乙项")],
        ("A3 的链接提示", "悬停词"),
    ]
    assert found.unread == "1 处数据有效性"


def test_a_binary_workbook_is_read_as_far_as_its_cells_go() -> None:
    """And what of it is not read is named; macros are told of."""
    found = read(books.binary("藏词", state=1, macro=True), "a.xlsb")
    assert said(found) == {f"{TABLE}的名称": "名单", f"{TABLE}B2": "藏词", f"{TABLE}C2": "13800001111"}
    assert hidden(found) == {f"{TABLE}B2", f"{TABLE}C2"}
    assert marks(found) == {Mark("hidden", TABLE, "隐藏的工作表"), Mark("macro")}
    assert ".xlsb 只读单元格" in found.unread


def test_cells_that_show_an_error_are_read() -> None:
    """As anybody sees them in the sheet; the binary workbook only tells how many there are."""
    book = openpyxl.Workbook()
    sheet = book["Sheet"]
    sheet.append(["项目", "#DIV/0!", 12])
    sheet.append(["合计", "#REF!", "布署"])
    packed = io.BytesIO()
    book.save(packed)
    found = said(read(packed.getvalue()))
    place = "工作表“Sheet”"
    assert found == {
        f"{place}A1": "项目",
        f"{place}B1": "#DIV/0!",
        f"{place}C1": "12",
        f"{place}A2": "合计",
        f"{place}B2": "#REF!",
        f"{place}C2": "布署",
    }
    error = record(0x0205, pack("<HHHBB", 0, 1, 0, 0x17, 1))
    assert said(read(old_book([label(0, 0, "甲"), error]), "a.xls"))["工作表“S0”B1"] == "#REF!"
    assert "1 格显示的错误值（#REF!、#DIV/0! 之类）" in read(books.binary("甲", error=True), "a.xlsb").unread


# What a cell may say of where it is, and whether a sheet has such a place.
NAMES = {
    '<c r="XFD1048576">': True,
    '<c s="1" r="XFD1048576">': True,
    '<c r="ZZZZZZ1">': False,
    '<c r="A4000000000">': False,
    '<c r="xfd1048577">': False,
    '<c r="XFE1">': False,
    f'<c r="A{"9" * 20}">': False,
    f'<c r="A{"9" * 5000}">': False,
    f'<c r="{"A" * 100_000}1">': False,
    '<c s="1" r="A99999999999999999999">': False,
    "<c r = 'A4000000000'>": False,
    "<c\nr='A4000000000'>": False,
    '<c r="A4000000000" x="a/b">': False,
    f'<c r="A4000000000" x="{"a" * 500}">': False,
}


def measured(rows: str) -> int:
    """How many cells our own guard says that a sheet needs room for. Not asked of calamine, which would make it."""
    part = f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode()
    return worksheet.scan(io.BytesIO(part), "", InputError("a.xlsx", "不是完好的工作簿", "")).cells


@pytest.mark.parametrize("tag", NAMES)
def test_a_cell_that_is_nowhere_is_refused_before_room_is_made_for_what_lies_between(tag: str) -> None:
    """However its place is written, and however many digits or letters it has."""
    for before in ("", '<c r="A1"><v>1</v></c>', "<x:c><x:v>1</x:v></x:c>"):
        rows = f'<row r="1">{before}{tag}<v>2</v></c></row>'
        if NAMES[tag]:
            assert measured(rows) > calamine.MOST_CELLS
        else:
            with pytest.raises(InputError) as fault:
                measured(rows)
            assert "以外" in fault.value.fault and fault.value.remedy


def test_cells_that_do_not_say_where_they_are_may_be_anywhere() -> None:
    """Beside others that do too: the row may be any, and they follow the one before."""
    plain = '<row r="1"><c r="A1"><v>1</v></c></row>'
    assert measured(plain) == 1
    for far in ('<row r="900000"><c><v>1</v></c></row>', '<row r="900000"><x:c s="1"><v>1</v></x:c></row>'):
        assert measured(plain + far) > calamine.MOST_CELLS
    assert measured(plain.replace("<c ", "<x:c ")) == 1
    assert measured(plain + '<row r="9"><c s="1" r="C9"><v>1</v></c></row>') == 27
    # What only has a format needs no room, and is often a whole row or column.
    assert measured(plain + '<row r="9"><c r="XFD9" s="12"/><c r="XFC9" s="1"/></row>') == 1


@pytest.mark.parametrize(
    "around",
    [
        "<!-- </sheetData><x><sheetData><!-- -->{}</sheetData></x>",
        "<?x </sheetData><x><sheetData> ?>{}</sheetData></x>",
        "</sheetData><a-b:sheetData>{}</a-b:sheetData><sheetData>",
    ],
)
def test_rows_are_measured_wherever_they_stand(around: str) -> None:
    """A comment may look like the end of them to one who reads bytes."""
    far = around.format('<row r="9"><c r="XFD1048576"><v>1</v></c></row>')
    part = f'<worksheet xmlns:a-b="x"><sheetData>{far}</sheetData></worksheet>'.encode()
    for body in (part.replace(b"</x></sheetData>", b"</x>"), part.decode().encode("utf-16-le")):
        with pytest.raises(InputError):
            worksheet.scan(io.BytesIO(body), "", InputError("a.xlsx", "不是完好的工作簿", ""))


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "XL/worksheets/sheet1.xml"])
def test_a_part_that_is_there_twice_is_read_by_us_alone(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """calamine might take the other one, which nobody has measured."""
    body = books.by_hand('<row r="1"><c r="A1"><v>1</v></c></row>')
    with zipfile.ZipFile(io.BytesIO(body)) as package:
        written = io.BytesIO(body)
        with zipfile.ZipFile(written, "a") as twice:
            twice.writestr(name, package.read("xl/worksheets/sheet1.xml"))
    monkeypatch.setattr(calamine, "opened", lambda _: pytest.fail("asked calamine"))
    assert said(read(written.getvalue()))[f"{TABLE}A1"] == "1"


def zipped(parts: dict[str, bytes | str]) -> bytes:
    """A package of these parts."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return written.getvalue()


WHOLE = books.planted()
NOTHING = books.with_part(books.by_hand(""), "xl/workbook.xml", ("名单", "Sheet1"))
BAD = {
    "empty": (b"", "a.xlsx", "empty", "空"),
    "cut short": (WHOLE[: len(WHOLE) // 2], "a.xlsx", "damaged", "工作簿"),
    "no workbook": (b"hello", "a.xls", "damaged", "不是工作簿"),
    "with a password": (compound({"EncryptedPackage": b"x", "EncryptionInfo": b"y"}), "a.xlsx", "locked", "密码"),
    "an old one with a password": (old_book([], settings=record(0x002F, bytes(6))), "a.xls", "locked", "密码"),
    "an old one cut short": (old_book([label(0, 0, "甲")])[:2000], "a.xls", "", "不是完好的 .xls"),
    "without cells": (NOTHING, "a.xlsx", "empty", "没有内容"),
    "a binary one that says it is huge": (books.binary("甲", columns=0x7FFFFFFF), "a.xlsb", "oversized", "太大"),
    "a sheet cut short": (books.by_hand("</sheetData><sheetData><row><c><v>1</v>"), "a.xlsx", "", "不是完好的工作簿"),
    "far cells": (books.by_hand(f'<row r="1"><c r="A{"9" * 20}"><v>1</v></c></row>'), "a.xlsx", "", "以外"),
    "entities": (zipped({"xl/workbook.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "a.xlsx", "", "DTD"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_read_is_one_fault_with_a_remedy(case: str) -> None:
    """Truncated, empty, encrypted, bombs: at once, in Chinese, with what rules judge it by."""
    body, name, mark, words = BAD[case]
    with pytest.raises(InputError) as fault:
        read(body, name)
    assert words in fault.value.fault and fault.value.remedy and fault.value.mark == mark


@pytest.mark.parametrize("count", ["99999999", "4294967296", "+099999999", "9" * 30])
def test_texts_that_are_not_there_take_no_room(count: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """calamine would make room for as many as the part says it has, 24 bytes each, and end the process."""
    asked = Mock(wraps=calamine.opened)
    monkeypatch.setattr(calamine, "opened", asked)
    body = books.by_hand('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings="<si><t>关健</t></si>")
    for declared in ("1", count):
        told = books.with_part(body, "xl/sharedStrings.xml", ("<sst ", f"<sst count='1' uniqueCount = '{declared}' "))
        assert said(read(told))[f"{TABLE}A1"] == "关健"
    assert asked.call_count == 1


@pytest.mark.parametrize("name", ["a.xlsx", "a.xlsb"])
def test_a_bomb_is_refused_before_it_is_unpacked(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """By what the package says of its size, without a look at what is inside."""
    monkeypatch.setattr(tables, "MAX_UNPACKED", 1_000_000)
    with zipfile.ZipFile(io.BytesIO(WHOLE if name == "a.xlsx" else books.binary("甲"))) as package:
        parts: dict[str, bytes | str] = {one: package.read(one) for one in package.namelist()}
    with pytest.raises(InputError) as fault:
        read(zipped({**parts, "xl/sharedStrings.xml": b" " * 2_000_000}), name)
    assert fault.value.mark == "oversized" and "300 MB" in fault.value.fault


def test_too_many_cells_are_read_up_to_the_bound_and_the_rest_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the sheet and the row where reading stopped, and how many sheets come behind."""
    monkeypatch.setattr(cells.Budget, "__init__", lambda self: _bounded(self, 5, 1000))
    book = openpyxl.Workbook()
    for _ in range(4):
        book.active.append(["甲", "乙"])  # type: ignore[union-attr]
    book.create_sheet("后面")["A1"] = "丙"
    written = io.BytesIO()
    book.save(written)
    found = read(written.getvalue())
    assert [one.text for one in found.document.blocks] == ["甲", "乙"] * 2
    assert found.unread == "后面 1 张工作表、工作表“Sheet”第 3 行起的内容（一个文件最多读 250,000 格）"


def test_too_long_texts_are_read_up_to_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the middle of a row too, which may hold half a billion characters."""
    monkeypatch.setattr(cells.Budget, "__init__", lambda self: _bounded(self, 100, 5))
    found = read(books.by_hand(ROWS, strings=TEXTS, styles=STYLES))
    assert said(found) == {f"{TABLE}的名称": "名单", f"{TABLE}A1": "行\n二"}
    assert found.unread == f"{TABLE}B1 起的内容（一个文件最多读 10,000,000 字）"


def _bounded(budget: cells.Budget, count: int, characters: int) -> None:
    budget.cells, budget.characters, budget.stopped = count, characters, ""


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (13800001111.0, "13800001111"),
        (110105194912310020, "110105194912310000"),
        (1.23456789012345e17, "123456789012345000"),
        (999999999999999.0, "999999999999999"),
        (0.1 + 0.2, "0.3"),
        (1234567.89, "1234567.89"),
        (0.00001, "0.00001"),
        (-5.0, "-5"),
        (1e300, "1e+300"),
        (float("inf"), "inf"),
        (True, "TRUE"),
    ],
)
def test_numbers_show_without_exponent_and_with_the_digits_that_excel_keeps(value: object, wanted: str) -> None:
    """An 18-digit number that was typed as a number has lost its last three digits."""
    assert cells.shown(value) == wanted


def test_a_workbook_called_as_another_kind_is_told(tmp_path: Path) -> None:
    """Excel warns of it; .et is what WPS calls both kinds."""
    assert Mark("misnamed", "", "Excel 2007 以后的工作簿") in marks(read(WHOLE, "a.xls"))
    assert not any(one.kind == "misnamed" for one in marks(read(WHOLE, "a.et")))
    assert not any(one.kind == "misnamed" for one in marks(read(old_book([label(0, 0, "甲")]), "a.et")))


def test_what_stands_above_slicers_and_in_newer_prompts_is_read() -> None:
    """Prompts of lists that lie on another sheet, words said of a table, and shapes that are drawn on a chart."""
    newer = (
        '<extLst><ext><dataValidations><dataValidation prompt="填全称"><sqref>C3</sqref></dataValidation>'
        "</dataValidations></ext></extLst>"
    )
    space = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    chart = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    clicked = f'<d {space}><cNvPr><a:hlinkClick tooltip="去看图"/><a:hlinkClick tooltip="http://a.cn/"/></cNvPr></d>'
    body = books.by_hand(
        '<row r="1"><c r="A1"><v>1</v></c></row>',
        around=newer,
        sheet={"slicer": "s.xml", "table": "t.xml", "pivotTable": "t.xml", "drawing": "d.xml"},
        others={
            "xl/worksheets/s.xml": '<slicers><slicer caption="按乡镇筛选"/><slicer/></slicers>',
            "xl/worksheets/t.xml": '<table><ext><table altText="名单" altTextSummary="各镇"/></ext></table>',
            "xl/worksheets/d.xml": clicked,
            "xl/worksheets/_rels/d.xml.rels": books.relations({"chart": "c.xml"}),
            "xl/worksheets/c.xml": f"<c:chart {chart}><c:ser><c:tx><c:v>雨量</c:v></c:tx></c:ser></c:chart>",
            "xl/worksheets/_rels/c.xml.rels": books.relations({"chartUserShapes": "u.xml"}),
            "xl/worksheets/u.xml": f"<c:u {chart} {space}><a:p><a:r><a:t>暑期</a:t></a:r></a:p></c:u>",
        },
    )
    found = said(read(body))
    assert {at.removeprefix(TABLE): text for at, text in found.items() if not at.endswith("A1")} == {
        "的名称": "名单",
        "C3 的输入提示": "填全称",
        "切片器": "按乡镇筛选",
        "表格的替代文字": "名单\n各镇",
        "链接提示": "去看图",
        "图表 1": "暑期",
    }
    assert "雨量" in {one.text for one in read(body).document.blocks}


def test_a_damaged_part_beside_the_cells_costs_nothing_else() -> None:
    """What only tells of a table, or is drawn on a chart."""
    body = books.by_hand(
        '<row r="1"><c r="A1"><v>1</v></c></row>', sheet={"table": "t.xml"}, others={"xl/worksheets/t.xml": "<half"}
    )
    assert said(read(body))[f"{TABLE}A1"] == "1"
