"""Formulas that were saved without their result are named: no table is read as if such a cell were empty."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from jimo_lint.errors import InputError
from jimo_lint.inspection.requests import judged
from jimo_lint.lint.request_clock import NATIONAL
from jimo_lint.model import Problem
from jimo_lint.model.requests import Standing
from jimo_lint.readers.archives.formats.ledger import Ledger
from jimo_lint.readers.registers import (
    account_register,
    column_catalogue,
    disclosure_catalogue,
    forward_list,
    leader_list,
    mystery_forms,
    site_list,
    term_list,
    ticket_list,
)
from jimo_lint.readers.registers.request_ledger import read_source
from jimo_lint.readers.source import Source

AS_OF = date(2026, 12, 2)
_ROWS = (
    ("登记号", "收到日期", "答复日期", "承办单位"),
    ("1", "2026-11-02", "=TODAY()", "区教育局"),
    ("2", "2026-11-02", "2026-11-20", "区教育局"),
)
_LACKING = "格公式没有存结果"


def _xlsx(rows: Sequence[Sequence[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _ods(rows: Sequence[Sequence[str]]) -> bytes:
    def cell(said: str) -> str:
        if said.startswith("="):
            return f'<table:table-cell table:formula="of:{said}"/>'
        return f'<table:table-cell office:value-type="string"><text:p>{said}</text:p></table:table-cell>'

    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name="台账">{body}'
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f"{content}</table:table></office:spreadsheet></office:body></office:document-content>",
        )
    return file.getvalue()


def _xml(rows: Sequence[Sequence[str]]) -> bytes:
    def cell(said: str) -> str:
        if said.startswith("="):
            return f'<Cell ss:Formula="{said}"/>'
        return f'<Cell><Data ss:Type="String">{said}</Data></Cell>'

    body = "".join(f"<Row>{''.join(map(cell, row))}</Row>" for row in rows)
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}"><Worksheet ss:Name="台账"><Table>{body}'
        "</Table></Worksheet></Workbook>"
    ).encode()


@pytest.mark.parametrize("made", [_xlsx, _ods, _xml])
def test_a_day_that_was_never_calculated_is_neither_in_time_nor_overdue(made: Callable[..., bytes]) -> None:
    """The cell is named, and the other rows are judged."""
    ledger = read_source(Source("台账.xlsx", made(_ROWS)), AS_OF)
    assert [one.message.partition("，")[0] for one in ledger.problems] == [f"1 {_LACKING}（C2）"]
    standings = [one.standing for one in judged(ledger.requests, AS_OF, NATIONAL)]
    assert standings == [Standing.UNKNOWN, Standing.ON_TIME]


def test_results_that_are_there_are_read() -> None:
    """Numbers, and an empty text, which is a result; a formula in a column that nobody asks for is none of ours."""
    body = _xlsx([*_ROWS[:1], ("1", "2026-11-02", "=A1", "=B1", "=C1")])
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as before, zipfile.ZipFile(file, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = part.replace(b"<f>A1</f><v></v>", b"<f>A1</f><v>46346</v>")
                part = part.replace(b'<c r="D2"><f>B1</f><v></v>', b'<c r="D2" t="str"><f>B1</f><v></v>')
            after.writestr(name, part)
    ledger = read_source(Source("台账.xlsx", file.getvalue()), AS_OF)
    assert [one.answered for one in ledger.requests] == [date(2026, 11, 20)]
    assert not ledger.problems


@pytest.mark.parametrize(
    ("read", "rows"),
    [
        (site_list.read, [("网站名称", "网址"), ("区政府网站", '=HYPERLINK("http://a.gov.cn")')]),
        (column_catalogue.read, [("栏目名称", "网址"), ("要闻", "=A1")]),
        (disclosure_catalogue.read, [("公开事项", "公开时限"), ("预算", "=A1")]),
        (leader_list.read, [("姓名", "职务", "起"), ("林小满", "区长", "=A1")]),
        (lambda path: forward_list.read(path, AS_OF), [("标题", "发布时间"), ("通知", "=A1")]),
    ],
)
def test_a_list_that_decides_what_is_looked_at_is_refused(
    tmp_path: Path, read: Callable[[Path], object], rows: list[tuple[str, ...]]
) -> None:
    """The message says which cell, and what to do."""
    path = tmp_path / "清单.xlsx"
    path.write_bytes(_xlsx(rows))
    with pytest.raises(InputError, match=f"1 {_LACKING}（.2）") as raised:
        read(path)
    assert "保存后重来" in raised.value.remedy


def test_registers_of_what_is_there_name_the_cell(tmp_path: Path) -> None:
    """Accounts, error reports and forms: their other rows are of use."""
    path = tmp_path / "表.xlsx"
    path.write_bytes(_xlsx([("账号名称", "平台"), ("区发布", "=A1")]))
    assert [_LACKING in one.message for one in account_register.read(path).problems] == [True]
    path.write_bytes(_xlsx([("编号", "提交时间", "问题描述"), ("1", "2026-11-02", "=A1"), ("2", "=A1", "打不开")]))
    found = ticket_list.read(path, AS_OF)
    assert [one.number for one in found.tickets] == ["2"]
    assert f"2 {_LACKING}（C2、B3）" in found.problems[0].message
    path.write_bytes(_xlsx([("编号", "单位", "接听"), ("H001-abcdef", "区教育局", "=A1")]))
    _, faults = mystery_forms.read(path, AS_OF, lambda number, unit: True)
    assert any(f"1 {_LACKING}（C2）" in one for one in faults)


def test_posts_of_accounts_and_words_name_the_cell(tmp_path: Path) -> None:
    """A post without its time, and a word that nobody knows."""
    rows = [("标题", "发布时间"), ("关于开展检查的通知", "=A1"), ("关于召开会议的通知", "2026-11-02")]
    said = [one.message for one in Ledger.read(Source("台账.xlsx", _xlsx(rows))) if isinstance(one, Problem)]
    assert any(f"1 {_LACKING}（B2）" in one for one in said)
    path = tmp_path / "词表.xlsx"
    path.write_bytes(_xlsx([("错误词", "正确词"), ("=A1", "正确"), ("既使", "即使")]))
    assert ["公式没有存结果" in one.text for one in term_list.read(path).faults if one.grave] == [True]
