"""The tables of the annual report's form, read from the files and pages in which offices publish them."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from pathlib import Path

import docx
import openpyxl
import pytest

from jimo_lint.evidence.request_years import NAMES, compare, published, table
from jimo_lint.model import Document
from jimo_lint.model.requests import Applicant, Decision, Request
from jimo_lint.readers.drafts import local

AS_OF = date(2026, 2, 1)
TITLE = "青潭区2025年政府信息公开工作年度报告"
TOLD = "2025年，本年新收政府信息公开申请58件，其中予以公开10件。"
_HEADS = ["", "", "", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
Merged = list[tuple[int, int, int, int]]  # first row and column, last row and column


def _group(key: str) -> str:
    return Decision(key).group if key in set(Decision) else ""


def _grid(counts: dict[str, int]) -> tuple[list[list[str]], Merged]:
    """The table with natural persons alone; labels of groups and of rows are merged as in the form."""
    rows, merged = [_HEADS], Merged()
    for group, keys in groupby(NAMES, _group):
        begun = len(rows)
        for place, key in enumerate(keys, 1):
            number = str(counts.get(key, 0))
            label = [group if place == 1 else "", f"{place}.{NAMES[key]}", ""] if group else [NAMES[key], "", ""]
            merged += [] if group else [(len(rows), 0, len(rows), 2)]
            rows.append([*label, number, *["0"] * 5, number])
        if group:
            merged.append((begun, 0, len(rows) - 1, 0))
    return rows, merged


def _disputes() -> tuple[list[list[str]], Merged]:
    outcomes = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    heads = ["行政复议", *[""] * 4, "未经复议直接起诉", *[""] * 4, "复议后起诉", *[""] * 4]
    return [heads, outcomes * 3, ["1", "0", "0", "0", "1", *["0"] * 10]], [(0, 0, 0, 4), (0, 5, 0, 9), (0, 10, 0, 14)]


def _docx(path: Path, grids: list[tuple[list[list[str]], Merged]]) -> None:
    made = docx.Document()
    for paragraph in (TITLE, TOLD):
        made.add_paragraph(paragraph)
    for rows, merged in grids:
        held = made.add_table(len(rows), len(rows[0]))
        for row, cells in zip(held.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
        for top, left, bottom, right in merged:
            held.cell(top, left).merge(held.cell(bottom, right))
    made.save(str(path))


def _xlsx(path: Path, grids: list[tuple[list[list[str]], Merged]]) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for rows, merged in grids:
        sheet = book.create_sheet()
        sheet.append([TITLE])
        for row in rows:
            sheet.append([int(text) if text.isdecimal() else text or None for text in row])
        for top, left, bottom, right in merged:
            sheet.merge_cells(start_row=top + 2, start_column=left + 1, end_row=bottom + 2, end_column=right + 1)
    book.save(path)


def _html(path: Path, grids: list[tuple[list[list[str]], Merged]]) -> None:
    tables = []
    for rows, merged in grids:
        spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in merged}
        covered = {
            (row, column)
            for top, left, bottom, right in merged
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
            if (row, column) != (top, left)
        }
        lines = ""
        for row, cells in enumerate(rows):
            shown = [(spans.get((row, at), (1, 1)), text) for at, text in enumerate(cells) if (row, at) not in covered]
            lines += f"<tr>{''.join(f'<td rowspan={r} colspan={c}><p>{text}</p></td>' for (r, c), text in shown)}</tr>"
        tables.append(f"<table>{lines}</table>")
    page = f"<html><head><meta charset='utf-8'><title>{TITLE}</title></head><body><h1>{TITLE}</h1><p>{TOLD}</p>"
    path.write_text(f"{page}{''.join(tables)}</body></html>", encoding="utf-8")


@pytest.mark.parametrize("write", [_docx, _xlsx, _html], ids=lambda one: one.__name__)
def test_merged_cells_take_nothing_away(write: object, tmp_path: Path) -> None:
    """In Word, a workbook and a page each number that differs is told with both figures; sentences are no rows."""
    path = tmp_path / f"年报.{write.__name__[1:]}"  # type: ignore[attr-defined]
    counts = {"new": 2, "granted": 1, "process": 1, "total": 2, "left": 0}
    write(path, [_grid(counts), _disputes()])  # type: ignore[operator]
    found = published("\n".join(one.text for one in local.read([path], as_of=AS_OF) if isinstance(one, Document)))
    assert found is not None and found[0].year == 2025 and not found[1]
    day = date(2025, 3, 3)
    person = Request("1", received=day, answered=day, decision=Decision.GRANTED, applicant=Applicant.PERSON)
    made = compare(table([person], 2025, AS_OF), *found, TITLE, path.name)
    told = [
        (one.name, one.ledger, one.published) for one in made.differences if "自然人" in one.name or "复议" in one.name
    ]
    assert told == [
        ("一、本年新收政府信息公开申请数量 · 自然人", 1, 2),
        ("属于四类过程性信息 · 自然人", 0, 1),
        ("（七）总计 · 自然人", 1, 2),
        ("行政复议 · 结果维持", 0, 1),
        ("行政复议 · 总计", 0, 1),
    ]
    assert not made.sums
