"""Small tables that claim to be large: read by what is in them, and what is past a bound is told."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from struct import pack

import pytest

from jimo_lint.errors import InputError
from jimo_lint.model import Account, Document, Platform, Problem
from jimo_lint.readers.archives import archive
from jimo_lint.readers.registers import account_register, column_catalogue, term_list
from jimo_lint.readers.source import Source
from jimo_lint.readers.tables import bounds
from jimo_lint.readers.tables.sheets import sheets
from tests.support.oldbooks import label, record, workbook

pytestmark = pytest.mark.slow

SECONDS = 5.0  # of the processor, on a busy machine; without bounds these take minutes to years
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
XML_SHEET = (
    'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
)


@pytest.fixture(autouse=True)
def quick() -> Iterator[None]:
    """Each of these is read in no time."""
    began = time.process_time()
    yield
    assert time.process_time() - began < SECONDS


def cell(place: str, text: str) -> str:
    """A cell of .xlsx."""
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


HEAD = f'<row r="1">{cell("A1", "标题")}{cell("B1", "发布时间")}</row>'
ROW = f'<row r="2">{cell("A2", "甲")}{cell("B2", "2026-01-05")}</row>'


def xlsx(*parts: str, sheets: int = 0, behind: str = "", before: str = "") -> bytes:
    """A workbook whose sheets have these rows; sheets: so many, all of the first part."""
    number = sheets or len(parts)
    listed = "".join(
        f'<sheet name="S{one}" sheetId="{one + 1}" r:id="rId{0 if sheets else one}"/>' for one in range(number)
    )
    types = "".join(
        f'<Override PartName="/xl/worksheets/s{one}.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        for one in range(len(parts))
    )
    related = "".join(
        f'<Relationship Id="rId{one}" Type="{OFFICE}/worksheet" Target="worksheets/s{one}.xml"/>'
        for one in range(len(parts))
    )
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{PACKAGE}/content-types"><Override PartName="/xl/workbook.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
            f"{types}</Types>",
        )
        package.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        package.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>'
        )
        package.writestr(
            "xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{PACKAGE}/relationships">{related}</Relationships>'
        )
        for one, part in enumerate(parts):
            body = f"{before}<sheetData>{part}</sheetData>{behind}"
            package.writestr(f"xl/worksheets/s{one}.xml", f'<worksheet xmlns="{MAIN}">{body}</worksheet>')
    return written.getvalue()


def read(body: bytes) -> tuple[list[tuple[int, tuple[object, ...]]], str]:
    """The rows of all sheets, and what is said where they are not read to their end."""
    rows: list[tuple[int, tuple[object, ...]]] = []
    try:
        for sheet in sheets(Source("表", body)):
            rows.extend(sheet.rows)
    except InputError as fault:
        assert fault.place.startswith("表") and fault.remedy
        return rows, fault.fault
    return rows, ""


FIRST = [(1, ("标题", "发布时间")), (2, ("甲", "2026-01-05"))]


def test_a_dimension_is_not_believed() -> None:
    """Rows and columns that are only claimed are not made up."""
    assert read(xlsx(HEAD + ROW, before='<dimension ref="A1:XFD1048576"/>')) == (FIRST, "")


def test_rows_that_are_left_out_cost_nothing() -> None:
    """The last row that a workbook can have is read under its number."""
    last = f'<row r="1048576">{cell("A1048576", "末")}</row>'
    assert read(xlsx(HEAD + ROW + last)) == ([*FIRST, (1048576, ("末",))], "")


@pytest.mark.parametrize("number", [1_048_577, 999_999_999, 10**18])
def test_rows_beyond_the_format_are_told(number: int) -> None:
    """What stands before them is read."""
    beyond = f'<row r="{number}"><c t="inlineStr"><is><t>远</t></is></c></row>'
    rows, fault = read(xlsx(HEAD + ROW + beyond))
    assert rows == FIRST and "第 1,048,576 行以后" in fault


def test_the_last_column_costs_little() -> None:
    """Twenty thousand rows with one cell each, in the last column there is."""
    far = "".join(f'<row r="{n}">{cell(f"XFD{n}", "远")}</row>' for n in range(3, 3003))
    rows, fault = read(xlsx(HEAD + ROW + far))
    assert not fault and len(rows) == 3002 and len(rows[-1][1]) == bounds.MOST_COLUMNS


def test_columns_beyond_the_format_are_told() -> None:
    """A row of more cells than a sheet has columns."""
    wide = f'<row r="3">{"<c><v>1</v></c>" * (bounds.MOST_COLUMNS + 1)}</row>'
    rows, fault = read(xlsx(HEAD + ROW + wide))
    assert rows == FIRST and "第 3 行超过 16,384 列" in fault


def test_merged_cells_over_the_whole_sheet() -> None:
    """They fill the rows that are there, or it is told from where on they do not."""
    many = "".join(f'<row r="{n}">{cell(f"A{n}", "甲")}</row>' for n in range(2, 20_002))
    rows, fault = read(xlsx(HEAD + many, behind='<mergeCells><mergeCell ref="A2:XFD1048576"/></mergeCells>'))
    assert rows[1][1][0] == rows[1][1][900] == "甲"
    assert "合并单元格太多" in fault and len(rows) > 1000
    ranges = "".join(f'<mergeCell ref="A{n % 100 + 2}:XFD1048576"/>' for n in range(20_000))
    rows, fault = read(xlsx(HEAD + many, behind=f"<mergeCells>{ranges}</mergeCells>"))
    assert "合并单元格太多" in fault
    rows, fault = read(xlsx(HEAD + many, behind=f"<mergeCells>{ranges * 6}</mergeCells>"))
    assert "合并单元格超过 100,000 处" in fault


def test_an_ordinary_ledger_with_merged_days() -> None:
    """Ten thousand rows with a merged day for every four of them are filled as before."""
    rows = "".join(
        f'<row r="{n}">{cell(f"A{n}", f"题{n}")}{cell(f"B{n}", "2026-01-05") if n % 4 == 2 else ""}</row>'
        for n in range(2, 10_002)
    )
    ranges = "".join(f'<mergeCell ref="B{n}:B{n + 3}"/>' for n in range(2, 10_002, 4))
    found, fault = read(xlsx(HEAD + rows, behind=f"<mergeCells>{ranges}</mergeCells>"))
    assert not fault and {cells[1] for _, cells in found[1:]} == {"2026-01-05"} and len(found) == 10_001


def test_thousands_of_sheets_are_refused() -> None:
    """Before any of them is opened."""
    assert "工作表超过 1,000 张" in read(xlsx(HEAD, sheets=3000))[1]


def test_sheets_of_one_part_are_read_once() -> None:
    """Nine hundred sheets that are all the same part of the package."""
    big = HEAD + "".join(f'<row r="{n}">{cell(f"A{n}", "甲")}</row>' for n in range(2, 3000))
    rows, fault = read(xlsx(big, sheets=900))
    assert not fault and len(rows) == 2999


def test_a_link_over_all_cells_of_an_old_workbook() -> None:
    """A record of some bytes that xlrd would make four billion entries of."""
    link = record(0x01B8, pack("<HHHH", 0, 65535, 0, 65535) + bytes(16) + pack("<II", 2, 0))
    tip = record(0x0800, pack("<HHHHH", 0x0800, 0, 65535, 0, 65535) + "提示\0".encode("utf-16-le"))
    cells = [label(0, 0, "标题"), label(0, 1, "发布时间"), label(1, 0, "甲"), label(1, 1, "2026-01-05")]
    assert read(workbook([*cells, link, tip])) == (FIRST, "")


def test_the_last_cell_of_an_old_workbook() -> None:
    """Rows and columns that are left out are not made up."""
    cells = [label(0, 0, "标题"), label(65535, 255, "末")]
    dimension = record(0x0200, pack("<IIHHH", 0, 0xFFFFFFFF, 0, 0xFFFF, 0))
    rows, fault = read(workbook([dimension, *cells]))
    assert not fault and [number for number, _ in rows] == [1, 65536] and rows[1][1][255] == "末"


def test_merged_cells_over_the_whole_old_sheet() -> None:
    """Five thousand ranges, each over all of it."""
    cells = [label(row, 0, "甲") for row in range(2000)]
    ranges = record(0x00E5, pack("<H", 1000) + pack("<HHHH", 0, 65535, 0, 255) * 1000) * 5
    rows, fault = read(workbook([*cells, ranges]))
    assert rows[0][1][200] == "甲" and not fault


def test_old_sheets_at_one_place_are_read_once() -> None:
    """And thousands of them are refused."""
    cells = [label(row, 0, "甲") for row in range(2000)]
    rows, fault = read(workbook(cells, *[[]] * 800, at_first=True))
    assert not fault and len(rows) == 2000
    assert "工作表超过 1,000 张" in read(workbook(*[[]] * 1500, at_first=True))[1]


def xml(*rows: str, sheets: int = 1) -> bytes:
    """An XML workbook of Excel 2003."""
    sheet = f'<Worksheet ss:Name="S"><Table>{"".join(rows)}</Table></Worksheet>' * sheets
    return f'<?xml version="1.0"?><Workbook {XML_SHEET}>{sheet}</Workbook>'.encode()


def test_an_xml_workbook_that_claims_much() -> None:
    """Indexes, merges across and down, and sheets beyond what is there."""
    data = '<Data ss:Type="String">甲</Data>'
    far = f'<Row ss:Index="9999999"><Cell>{data}</Cell></Row>'
    assert "第 1,048,576 行以后" in read(xml(far))[1]
    right = f'<Row><Cell ss:Index="16384">{data}</Cell></Row>'
    rows, fault = read(xml(right * 300))
    assert not fault and len(rows) == 300
    assert "超过 16,384 列" in read(xml(f'<Row><Cell ss:Index="16385">{data}</Cell></Row>'))[1]
    wide = f"<Row>{f'<Cell ss:MergeAcross={chr(34)}1000{chr(34)}>{data}</Cell>' * 20_000}</Row>"
    assert "超过 16,384 列" in read(xml(wide))[1]
    deep = f'<Row><Cell ss:MergeAcross="1000" ss:MergeDown="9999999">{data}</Cell></Row>'
    rows, fault = read(xml(deep, *[f"<Row><Cell>{data}</Cell></Row>"] * 20_000))
    assert "合并单元格太多" in fault and len(rows) > 1000
    assert "工作表超过 1,000 张" in read(xml(sheets=1001))[1]


def page(table: str) -> bytes:
    """A page with a table."""
    return f"<html><meta charset=utf-8><body><table>{table}</table></body></html>".encode()


def test_spans_of_a_page() -> None:
    """Repeated columns and rows are bounded as browsers bound them, and in all."""
    wide = f"<tr>{'<td colspan=9999999>甲</td>' * 20_000}</tr>"
    assert "超过 16,384 列" in read(page(wide))[1]
    tall = "<tr><td colspan=1000 rowspan=99999999999999999999>甲</td></tr>" + "<tr><td>乙</td></tr>" * 20_000
    rows, fault = read(page(tall))
    assert "合并单元格太多" in fault and len(rows) > 1000
    empty = "<tr><td rowspan=65534>甲</td></tr>" + "<tr></tr>" * 50_000
    assert read(page(empty)) == ([(1, ("甲",))], "")
    assert read(page("<tr><td colspan=0 rowspan=0>甲</td><td colspan=²>乙</td></tr>")) == ([(1, ("甲", "乙"))], "")


def test_tables_inside_tables() -> None:
    """Each row is read once, in its own table, however deep it lies."""
    rows, fault = read(page("<tr><td>甲<table><tr><td>乙</td></tr></table></td><td>丙</td></tr>"))
    assert (rows, fault) == ([(1, ("", "丙")), (1, ("乙",))], "")
    deep = "<tr><td><table>" * 1500 + "<tr><td>底</td></tr>"
    rows, fault = read(page(deep))
    assert not fault and [cells for _, cells in rows] == [("底",)]


def test_a_row_of_text_that_is_none() -> None:
    """A line of separators, and a line without an end."""
    head = "标题,发布时间\n甲,2026-01-05\n"
    for line, row in (("," * 5_000_000, 3), ("甲" * 12_000_000, 3)):
        rows, fault = read(f"{head}{line}\n".encode())
        assert rows == FIRST and f"第 {row} 行太长" in fault
    rows, fault = read(f'{head}"{",x" * 20_000}",2026-01-05\n'.encode())  # one long cell
    assert not fault and len(rows) == 3


def test_a_cell_that_is_cut_is_told(tmp_path: Path) -> None:
    """Of a cell beyond two hundred thousand characters the beginning is read, and a problem says so."""
    long = "本区召开会议。" * 40_000
    (tmp_path / "a.csv").write_text(f"标题,发布时间,正文\n甲,2026-01-05,{long}\n乙,2026-01-06,短\n", encoding="utf-8")
    account = Account("wechat:示例", "示例", Platform.WECHAT, archive=str(tmp_path))
    values = list(archive.read([account], tmp_path, date(2026, 1, 31)))
    assert len([value for value in values if isinstance(value, Document)]) == 2
    (problem,) = [value for value in values if isinstance(value, Problem)]
    assert "1 行有超过 200,000 字的单元格（如 第 2 行）" in problem.message and not problem.excused


def test_what_is_past_a_bound_proves_no_silence(tmp_path: Path) -> None:
    """The posts before are read; the account is not called silent."""
    beyond = f'<row r="9999999">{cell("A9999999", "远")}</row>'
    more = "".join(f'<row r="{n}">{cell(f"A{n}", f"题{n}")}{cell(f"B{n}", "2026-01-05")}</row>' for n in range(3, 103))
    (tmp_path / "a.xlsx").write_bytes(xlsx(HEAD + ROW + more + beyond))
    account = Account("wechat:示例", "示例", Platform.WECHAT, archive=str(tmp_path))
    values = list(archive.read([account], tmp_path, date(2026, 1, 31)))
    posts = [value for value in values if isinstance(value, Document)]
    assert len(posts) == 101 and not posts[-1].post_facts.proves_silence
    assert any(isinstance(value, Problem) and "1,048,576" in value.message for value in values)


@pytest.mark.parametrize("reader", [column_catalogue.read, account_register.read, term_list.read])
def test_imports_refuse_what_is_past_a_bound(reader: object, tmp_path: Path) -> None:
    """A register, a catalogue or a word list is taken whole or not at all."""
    head = f'<row r="1">{cell("A1", "名称")}{cell("B1", "平台")}{cell("C1", "错词")}{cell("D1", "单位")}</row>'
    path = tmp_path / "a.xlsx"
    path.write_bytes(xlsx(head + f'<row r="9999999">{cell("A9999999", "远")}</row>'))
    with pytest.raises(InputError, match="1,048,576"):
        reader(path)  # type: ignore[operator]
