"""Workbooks of LibreOffice are read as others are: values, repeated and merged cells, hidden sheets, damage."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from jimo_lint.errors import InputError
from jimo_lint.readers.source import load
from jimo_lint.readers.tables.bounds import MOST_COLUMNS, MOST_ROWS
from jimo_lint.readers.tables.sheets import sheets

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
)
STYLES = (
    '<office:automatic-styles><style:style style:name="off"><style:table-properties table:display="false"/>'
    "</style:style></office:automatic-styles>"
)


def written(folder: Path, body: str, *, head: str = "", styles: str = STYLES) -> Path:
    """A workbook with these sheets."""
    path = folder / "表.ods"
    content = f"{head}<office:document-content {SPACES}>{styles}<office:body><office:spreadsheet>{body}"
    content += "</office:spreadsheet></office:body></office:document-content>"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        package.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
    return path


def table(rows: str, name: str = "甲", style: str = "on") -> str:
    """A sheet with these rows."""
    return f'<table:table table:name="{name}" table:style-name="{style}">{rows}</table:table>'


def text(said: str, more: str = "") -> str:
    """A cell with text."""
    return f'<table:table-cell office:value-type="string"{more}><text:p>{said}</text:p></table:table-cell>'


def row(*cells: str, more: str = "") -> str:
    """A row of cells."""
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"


def read(path: Path) -> dict[str, list[tuple[int, tuple[object, ...]]]]:
    """Rows by sheet."""
    return {sheet.name: list(sheet.rows) for sheet in sheets(load(path))}


def test_values_of_every_kind(tmp_path: Path) -> None:
    """Text with its lines and blanks, without what notes say; numbers, days, moments."""
    noted = '<table:table-cell office:value-type="string"><office:annotation><text:p>批注</text:p></office:annotation>'
    noted += '<text:p>甲<text:span>乙</text:span><text:s text:c="2"/>丙<text:line-break/>丁</text:p>'
    noted += "<text:p>戊</text:p></table:table-cell>"
    number = '<table:table-cell office:value-type="float" office:value="12.5"><text:p>12.50</text:p></table:table-cell>'
    days = "".join(
        f'<table:table-cell office:value-type="date" office:date-value="{day}"><text:p>看</text:p></table:table-cell>'
        for day in ("2026-12-01", "2026-12-01T09:30:00", "26-12")
    )
    path = written(tmp_path, table(row(noted, number, days)))
    expected = ("甲乙  丙\n丁\n戊", 12.5, datetime(2026, 12, 1), datetime(2026, 12, 1, 9, 30), "看")
    assert read(path) == {"甲": [(1, expected)]}


def test_no_room_is_made_for_cells_that_only_a_number_says_are_there(tmp_path: Path) -> None:
    """A row of a hundred thousand million empty cells before a word is told of where it is taken."""
    empty = '<table:table-cell table:number-columns-repeated="99999999"/>'
    path = written(tmp_path, table(row(text("甲")) + row(empty * 1000, text("乙"))))
    (sheet,) = sheets(load(path))
    assert next(sheet.rows) == (1, ("甲",))
    with pytest.raises(InputError) as fault:
        next(sheet.rows)
    assert "第 2 行超过 16,384 列" in fault.value.fault


def test_repeated_and_merged_cells(tmp_path: Path) -> None:
    """Rows keep their numbers; what fills a sheet to its end is not made up; a merged cell is said of all it covers."""
    end = '<table:table-cell table:number-columns-repeated="16000"/>'
    merged = text("合", ' table:number-columns-spanned="2" table:number-rows-spanned="2"')
    covered = "<table:covered-table-cell><text:p>盖住的</text:p></table:covered-table-cell>"
    rows = [
        row(text("一"), '<table:table-cell table:number-columns-repeated="2"/>', text("四"), end),
        row(end, more=' table:number-rows-repeated="3"'),
        row(merged, covered, text("丙"), end),
        row(covered, covered, text("己")),
        row(text("同", ' table:number-columns-repeated="2"'), more=' table:number-rows-repeated="2"'),
        row(end, more=' table:number-rows-repeated="1048000"'),
    ]
    assert read(written(tmp_path, table("".join(rows)))) == {
        "甲": [
            (1, ("一", None, None, "四")),
            (5, ("合", "合", "丙")),
            (6, ("合", "合", "己")),
            (7, ("同", "同")),
            (8, ("同", "同")),
        ]
    }


def test_hidden_sheets_are_left_out_hidden_rows_are_read(tmp_path: Path) -> None:
    """As of other workbooks: a filter hides rows, which are there all the same."""
    shown = table(
        row(text("见"), more=' table:visibility="filter"') + row(text("又"), more=' table:visibility="collapse"')
    )
    path = written(tmp_path, shown + table(row(text("密")), "乙", "off"))
    assert read(path) == {"甲": [(1, ("见",)), (2, ("又",))]}


WIDE = text("一", ' table:number-columns-repeated="99"')


@pytest.mark.parametrize(
    ("body", "head", "said"),
    [
        (table(row(text("一", f' table:number-columns-repeated="{MOST_COLUMNS + 5}"'))), "", "列"),
        (table(row(text("一"), more=f' table:number-rows-repeated="{MOST_ROWS + 5}"')), "", "重复的行太多"),
        (
            table(row(WIDE, more=' table:number-rows-repeated="999999"')),
            "",
            "重复的行太多",
        ),
        ("<table:table>", "", "已损坏"),
        (table(""), "<!DOCTYPE a [<!ENTITY b 'c'>]>", "DTD"),
        ("".join(table("", f"表{number}") for number in range(1001)), "", "工作表超过"),
    ],
    ids=["columns", "rows", "cells", "cut", "dtd", "sheets"],
)
def test_what_cannot_be_read_is_an_error(body: str, head: str, said: str, tmp_path: Path) -> None:
    """Beyond the bounds of every table, damaged, or made to do harm: told in one line."""
    with pytest.raises(InputError, match=said):
        read(written(tmp_path, body, head=head))


def test_without_content_it_is_damaged(tmp_path: Path) -> None:
    """One with a password, or what is called so only."""
    path = tmp_path / "空.ods"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
    with pytest.raises(InputError, match="读不出"):
        read(path)
