"""Workbooks of LibreOffice: what it hides, repeats and draws is read at its place; what cannot be read says why."""

from __future__ import annotations

import io
import zipfile

import pytest

from jimo_lint.errors import InputError
from jimo_lint.model import Mark
from jimo_lint.readers.attachments.workbooks import open_workbook
from jimo_lint.readers.tables import bounds
from tests.unit.readers.test_workbooks import TABLE, hidden, marks, read, said

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{of}:1.0"'
    for name, of in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("draw", "drawing"),
    )
)


def open_book(sheets: str, parts: dict[str, bytes] | None = None) -> bytes:
    """An .ods of these sheets; `h` is the style of a hidden one. parts: more of them."""
    content = (
        f'<office:document-content {SPACES} xmlns:xlink="http://www.w3.org/1999/xlink"><office:automatic-styles>'
        '<style:style style:name="h" style:family="table"><style:table-properties table:display="false"/></style:style>'
        f"</office:automatic-styles><office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        for name, body in {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content.encode(),
            **(parts or {}),
        }.items():
            package.writestr(name, body, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED)
    return written.getvalue()


def of_text(text: str, more: str = "") -> str:
    """A cell of an .ods."""
    return f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p></table:table-cell>'


def of_number(value: str, shown: str) -> str:
    """The same with a number."""
    kind = f'office:value-type="float" office:value="{value}"'
    return f"<table:table-cell {kind}><text:p>{shown}</text:p></table:table-cell>"


def test_what_libreoffice_hides_repeats_and_draws_is_read() -> None:
    """Filtered rows, repeated cells, columns in groups, boxes, records of changes, guides to pronunciation, macros."""
    repeated = of_text("重", 'table:number-columns-repeated="2"')
    ruby = "漢<text:ruby><text:ruby-base>字</text:ruby-base><text:ruby-text>zi</text:ruby-text></text:ruby>"
    rows = (
        f'<table:table-row table:number-rows-repeated="2">{repeated}</table:table-row>',
        (
            f'<table:table-row table:visibility="filter"><table:table-cell/>{of_text("筛去词")}{of_text("藏列词")}'
            "</table:table-row>"
        ),
        (
            '<table:table-row table:number-rows-repeated="1048570"><table:table-cell '
            'table:number-columns-repeated="16384"/></table:table-row>'
        ),
        f"<table:table-row>{of_text(ruby)}",
        '<table:covered-table-cell office:value-type="string"><text:p>盖住词</text:p></table:covered-table-cell>',
        of_number("13800001111", "1.38E+10"),
        of_number("123", "000123"),
        "</table:table-row>",
    )
    columns = (
        '<table:table-column table:number-columns-repeated="2"/><table:table-column-group>'
        '<table:table-column table:visibility="collapse"/></table:table-column-group>'
    )
    sheets = (
        "<table:tracked-changes><table:cell-content-change/></table:tracked-changes>"
        '<table:table table:name="名单"><table:shapes><draw:frame><draw:text-box><text:p>框中词</text:p>'
        f"</draw:text-box></draw:frame></table:shapes>{columns}{''.join(rows)}</table:table>"
        '<table:table table:name="藏表" table:style-name="h">'
        f"<table:table-row>{of_text('隐藏表词')}</table:table-row></table:table>"
    )
    found = read(open_book(sheets, {"Basic/Standard/a.xml": b"x"}), "a.ods")
    told = said(found)
    last = 1048574
    assert {place: told[place] for place in told if "的名称" not in place} == {
        **{f"{TABLE}{name}": "重" for name in ("A1", "B1", "A2", "B2")},
        f"{TABLE}B3": "筛去词",
        f"{TABLE}C3": "藏列词",
        f"{TABLE}A{last}": "漢字",
        f"{TABLE}C{last}": "13800001111",
        f"{TABLE}D{last}": "000123",
        f"{TABLE}文本框 1": "框中词",
        "工作表“藏表”A1": "隐藏表词",
    }
    assert hidden(found) == {f"{TABLE}B3", f"{TABLE}C3", f"{TABLE}C{last}", "工作表“藏表”A1"}
    assert marks(found) >= {Mark("tracked", "", "1 处"), Mark("macro"), Mark("hidden", TABLE, "隐藏的列 C")}
    assert found.unread == "1 处修订记录"


def test_a_cell_beyond_the_last_column_is_named_as_unread() -> None:
    """However far the cells before it say that they reach; those that are empty are nothing to name."""
    empty = '<table:table-cell table:number-columns-repeated="99999999"/>'
    for cells, unread in ((of_text("甲") + empty, ""), (of_text("甲") + empty + of_text("乙"), bounds.BEYOND)):
        rows = f"<table:table-row>{cells}</table:table-row>"
        found = read(open_book(f'<table:table table:name="a">{rows}</table:table>'), "a.ods")
        assert found.unread == unread and [one.text for one in found.document.blocks] == ["a", "甲"]


def test_formulas_without_a_result_are_named_and_values_that_are_not_written_as_they_show_are_read() -> None:
    """As programs leave them that do not calculate; an empty text is a result."""
    value = 'table:formula="of:=1" office:value-type'
    cells = (
        '<table:table-cell table:formula="of:=1"/>',
        f'<table:table-cell {value}="float"/>',
        '<table:table-cell table:formula="of:=1" table:number-columns-repeated="2"><text:p/></table:table-cell>',
        f'<table:table-cell {value}="string" office:string-value=""/>',
        f'<table:table-cell {value}="string" office:string-value="甲词"/>',
        f'<table:table-cell {value}="float" office:value="13800001111"/>',
        f'<table:table-cell {value}="boolean" office:boolean-value="true"><text:p>是</text:p></table:table-cell>',
        '<table:table-cell office:value-type="date" office:date-value="2026-01-05"/>',
    )
    row = f'<table:table-row table:number-rows-repeated="2">{"".join(cells)}</table:table-row>'
    found = read(open_book(f'<table:table table:name="名单">{row}</table:table>'), "a.ods")
    wanted = {"F": "甲词", "G": "13800001111", "H": "是", "I": "2026-01-05"}
    assert said(found) == {f"{TABLE}的名称": "名单"} | {
        f"{TABLE}{column}{row}": text for column, text in wanted.items() for row in (1, 2)
    }
    assert found.unread == f"8 格公式没有存结果（{TABLE}A1 起；用 Excel 或 WPS 打开后保存，就能检查）"


OPEN = open_book(f'<table:table table:name="a"><table:table-row>{of_text("甲")}</table:table-row></table:table>')
OPEN_BAD = {
    "with a password": (open_book("", {"META-INF/manifest.xml": b"<encryption-data/>"}), "locked", "密码"),
    "cut short": (OPEN[: len(OPEN) // 2], "damaged", "已损坏"),
    "without an end": (open_book("</x>"), "", "不是完好的 .ods"),
    "with a DTD": (open_book("", {"content.xml": b"<!DOCTYPE a><a/>"}), "", "DTD"),
    "without sheets": (open_book("", {"content.xml": b"<a/>"}), "empty", "没有内容"),
}


@pytest.mark.parametrize("case", OPEN_BAD)
def test_an_open_document_that_cannot_be_read_says_why(case: str) -> None:
    """One fault each."""
    body, mark, words = OPEN_BAD[case]
    with pytest.raises(InputError) as fault:
        read(body, "a.ods")
    assert words in fault.value.fault and fault.value.mark == mark


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    """By what the package says of its size."""
    monkeypatch.setattr(open_workbook, "_LARGEST", 1_000_000)
    with pytest.raises(InputError) as fault:
        read(open_book("", {"content.xml": b" " * 2_000_000}), "a.ods")
    assert fault.value.mark == "oversized" and "300 MB" in fault.value.fault
