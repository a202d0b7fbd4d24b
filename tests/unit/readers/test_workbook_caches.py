"""What a workbook keeps beside its sheets: data of pivoted tables and other workbooks, notes on names, scenarios."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table

from jimo_lint.model import Cell
from jimo_lint.readers import compound
from jimo_lint.readers.attachments.workbooks import caches, excel_97, office_workbook
from jimo_lint.readers.contents import FileContents
from jimo_lint.readers.source import Source
from tests.support.compound import compound as stored
from tests.support.oldbooks import label, record
from tests.support.oldbooks import workbook as old_book
from tests.unit.readers.test_docx_parts import relation

SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
TABLE = "工作表“名单”"
RELATIONS = (
    relation("p1", "pivotCacheDefinition", "pivotCache/d1.xml")
    + relation("x1", "externalLink", "externalLinks/e1.xml")
    + relation("n1", "connections", "connections.xml")
    + relation("m1", "customXml", "../customXml/item1.xml")
)
PARTS = {
    "xl/pivotCache/d1.xml": (
        f'<pivotCacheDefinition {SPACE}><cacheFields count="3"><cacheField name="姓名"><sharedItems><s v="缓存词"/>'
        '<s v="甲"/></sharedItems></cacheField><cacheField name="电话"/><cacheField name="日期"><sharedItems>'
        '<d v="2026-01-05T00:00:00"/></sharedItems></cacheField></cacheFields></pivotCacheDefinition>'
    ),
    "xl/pivotCache/_rels/d1.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{relation('r', 'pivotCacheRecords', 'r1.xml')}</Relationships>"
    ),
    "xl/pivotCache/r1.xml": (
        f'<pivotCacheRecords {SPACE}><r><x v="0"/><n v="13912345678"/><x v="0"/></r>'
        '<r><s v="散词"/><n v="12"/><m/></r></pivotCacheRecords>'
    ),
    "xl/externalLinks/e1.xml": (
        f'<externalLink {SPACE}><externalBook {OFFICE} r:id="a"><sheetNames><sheetName val="底册"/></sheetNames>'
        '<sheetDataSet><sheetData sheetId="0"><row r="7"><cell r="B7" t="str"><v>外来词</v></cell>'
        '<cell r="C7"><v>3</v></cell></row></sheetData></sheetDataSet></externalBook></externalLink>'
    ),
    "xl/connections.xml": (
        f'<connections {SPACE}><connection id="1" name="台账库" description="连接词"><dbPr connection="Source=内网词"/>'
        "</connection></connections>"
    ),
    "customXml/item1.xml": "<data><a>数据词</a></data>",
}
SCENARIOS = '<scenarios><scenario name="增收" comment="方案词"><inputCells r="A2" val="试填词"/></scenario></scenarios>'


def workbook(changed: Mapping[str, bytes] | None = None) -> bytes:
    """A workbook that keeps all that. changed: other contents of parts."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "名单"
    sheet["A1"], sheet["A2"] = "甲", "乙"
    sheet["A1"].comment = Comment("批注词", "核稿人")
    sheet.add_table(Table(displayName="清单", ref="A1:A2", comment="表注词"))
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=1, min_row=1, max_row=2))
    sheet.add_chart(chart, "E2")
    book.defined_names["数"] = DefinedName("数", attr_text="名单!$A$1", comment="名注词")
    book.defined_names["列"] = DefinedName("列", attr_text='{"列词","甲"}')
    packing, made = io.BytesIO(), io.BytesIO()
    book.save(packing)
    with zipfile.ZipFile(packing) as package, zipfile.ZipFile(made, "w") as copy:
        for name in package.namelist():
            content = package.read(name).replace(b"<pageMargins", SCENARIOS.encode() + b"<pageMargins")
            if name == "xl/_rels/workbook.xml.rels":
                content = content.replace(b"</Relationships>", RELATIONS.encode() + b"</Relationships>")
            copy.writestr(name, (changed or {}).get(name, content))
        for name, text in PARTS.items():
            copy.writestr(name, (changed or {}).get(name, text.encode()))
    return made.getvalue()


def read(body: bytes) -> FileContents:
    """What it holds."""
    return office_workbook.read(Source("名单.xlsx", body), "https://www.qingtan.example/")


def told(found: FileContents) -> dict[str, list[str]]:
    """What is said at each place."""
    said: dict[str, list[str]] = {}
    for one in found.document.blocks:
        said.setdefault(one.locator, []).append(one.text)
    return said


def test_data_that_stand_elsewhere_are_read_where_no_cell_says_them() -> None:
    """Texts, days and long numbers of pivoted tables and of other workbooks, as hidden cells under their columns."""
    found = read(workbook())
    said = told(found)
    assert {place: words for place, words in said.items() if "缓存" in place} == {
        "数据透视表 1 的缓存“姓名”": ["姓名", "缓存词", "散词"],  # not 甲, which stands in a cell
        "数据透视表 1 的缓存“电话”": ["电话", "13912345678"],
        "数据透视表 1 的缓存“日期”": ["日期", "2026-01-05"],
        "外部工作簿 1 的缓存“底册!B7”": ["外来词"],
    }
    kept = [one.spot for one in found.document.blocks if "缓存" in one.locator]
    assert all(isinstance(one, Cell) and one.hidden for one in kept)
    assert found.unread == ""


def test_notes_on_names_tables_scenarios_and_connections_are_read() -> None:
    """Each where a person finds it; the data of forms and programs too."""
    said = told(read(workbook()))
    assert said["名称“数”的说明"] == ["名注词"]
    assert said["名称“列”"] == ["列词", "甲"]
    assert said[f"{TABLE}方案“增收”"] == ["增收", "方案词", "试填词"]
    assert said[f"{TABLE}表格的替代文字"] == ["表注词"]
    assert said["数据连接“台账库”"] == ["台账库", "连接词", "Source=内网词"]
    assert said["自定义数据 1"] == ["数据词"]


@pytest.mark.parametrize(
    ("part", "unread"),
    [
        ("xl/charts/chart1.xml", "1 个图表"),
        ("xl/drawings/drawing1.xml", "1 份图形（已损坏）"),
        ("xl/tables/table1.xml", "1 份表格的说明（已损坏）"),
        ("xl/comments/comment1.xml", "1 份批注（已损坏）"),
        ("xl/pivotCache/d1.xml", "1 份数据透视表的缓存"),
        ("xl/pivotCache/r1.xml", "1 份数据透视表的缓存"),
        ("xl/externalLinks/e1.xml", "1 份外部工作簿的缓存"),
        ("docProps/core.xml", "1 份文档属性（已损坏）"),
    ],
)
def test_a_damaged_part_costs_itself_only(part: str, unread: str) -> None:
    """The cells are read, and the part is named."""
    found = read(workbook({part: b"<half"}))
    assert told(found)[f"{TABLE}A2"] == ["乙"]
    assert found.unread == unread


def test_a_cache_is_read_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest of one that goes on is named."""
    monkeypatch.setattr(caches, "_MOST", 3)
    found = read(workbook())
    assert told(found)["数据透视表 1 的缓存“姓名”"] == ["姓名", "缓存词"]
    assert found.unread == "1 份数据透视表的缓存"


def test_caches_of_an_old_workbook_are_named() -> None:
    """Each pivoted table and each other workbook of which it keeps cells once, however many they are."""
    other = record(0x01AE, b"\x01\0" + b"\x03\0\0x:y")
    kept = record(0x005A, b"\0\0\0\0")
    with compound.opened(old_book([label(0, 0, "甲")], settings=other + kept + kept)) as opened:
        stream = opened.openstream("Workbook").read()
    body = stored({"Workbook": stream, "_SX_DB_CUR": {"0001": b"x"}})
    found = excel_97.read(Source("名单.xls", body), "")
    assert found.unread == "1 份数据透视表的缓存、1 份外部工作簿的缓存"
