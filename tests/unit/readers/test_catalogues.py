"""基层政务公开标准目录 as offices have it: a head of two rows, joined cells, boxes, marks below 主动 and 依申请."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest
from docx import Document as Word

from jimo_lint.evidence.disclosure import DisclosureTally
from jimo_lint.model.publishing import Seen
from jimo_lint.readers.registers import column_catalogue
from jimo_lint.readers.registers.disclosure_catalogue import Entry, read
from tests.support.office import libreoffice
from tests.unit.evidence.test_disclosure import AS_OF

_Rows = Sequence[Sequence[str | None]]
_UPPER = (
    "序号", "公开事项", None, "公开内容\n（要素）", "公开依据", "公开时限", "公开主体", "公开渠道和载体", "公开对象",
    None, "公开方式", None, "公开层级", None,
)  # fmt: skip
_LOWER = (*[None] * 1, "一级事项", "二级事项", *[None] * 5, "全社会", "特定群众", "主动", "依申请公开", "县级", "乡级")
_FIRST = "■政府网站 □政府公报\n□两微一端 ■公示栏（电子屏）"
_LAST = "□政府网站 ■公示栏"
_ROWS: _Rows = (
    _UPPER,
    _LOWER,
    ("1", "政策文件", "国家政策", "文件", None, "20个工作日内", "区教育局", _FIRST, "√", None, "√", None, "√", "√"),
    ("2", None, "发展规划", "全文", "《条例》", "同上", "同上", "√政府网站", "√", None, "√", None, "√", None),
    ("3", "招生管理", "学区划分", "范围", None, "每年", "区教育局", _LAST, None, "√", None, "√", None, "√"),
)  # fmt: skip
_MERGED = ("A1:A2", "B1:C1", *(f"{one}1:{one}2" for one in "DEFGH"), "I1:J1", "K1:L1", "M1:N1", "B3:B4")
_EXPECTED = [
    ("国家政策", ("政策文件",), "20个工作日内", "区教育局", "■政府网站 ■公示栏（电子屏）", False),
    ("发展规划", ("政策文件",), "20个工作日内", "区教育局", "√政府网站", False),
    ("学区划分", ("招生管理",), "每年", "区教育局", "■公示栏", True),
]


def _xlsx(path: Path, rows: _Rows, merged: Sequence[str] = ()) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for one in merged:
        sheet.merge_cells(one)
    book.save(path)
    return path


def _csv(path: Path, rows: _Rows, _: Sequence[str] = ()) -> Path:
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def _docx(path: Path, rows: _Rows, merged: Sequence[str] = ()) -> Path:
    document = Word()
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for down, row in enumerate(rows):
        for across, said in enumerate(row):
            table.cell(down, across).text = said or ""
    for one in merged:
        first, last = ((int(cell[1:]) - 1, ord(cell[0]) - ord("A")) for cell in one.split(":"))
        table.cell(*first).merge(table.cell(*last))
    document.save(str(path))
    return path


def _told(entries: Sequence[Entry]) -> list[tuple[object, ...]]:
    return [(one.name, one.above, one.limit, one.owner, one.platform, one.on_request) for one in entries]


@pytest.mark.parametrize(("write", "suffix"), [(_xlsx, "xlsx"), (_csv, "csv"), (_docx, "docx")])
def test_the_model_catalogue_is_read_in_each_format(
    tmp_path: Path, write: Callable[[Path, _Rows, Sequence[str]], Path], suffix: str
) -> None:
    """Of the boxes those that are ticked, of 主动 and 依申请 what is marked; 同上 is the cell above."""
    assert _told(read(write(tmp_path / f"目录.{suffix}", _ROWS, _MERGED))) == _EXPECTED


@pytest.mark.slow
@pytest.mark.skipif(not libreoffice.WHOLE, reason="LibreOffice is not installed")
def test_the_model_catalogue_is_read_from_old_workbooks(tmp_path: Path) -> None:
    """As LibreOffice writes .xls and .ods."""
    source = _xlsx(tmp_path / "目录.xlsx", _ROWS, _MERGED)
    libreoffice.convert(tmp_path, [libreoffice.Job(source, (".xls", ".ods"))])
    for suffix in (".xls", ".ods"):
        assert _told(read(source.with_suffix(suffix))) == _EXPECTED, suffix


def test_columns_are_imported_from_the_same_catalogue(tmp_path: Path) -> None:
    """The levels that a csv names once go on downwards, and 同上 is nobody's name."""
    found = column_catalogue.read(_csv(tmp_path / "目录.csv", _ROWS)).entries
    assert [(one.name, one.above, one.owner, one.promptness) for one in found] == [
        ("国家政策", ("政策文件",), "区教育局", "20个工作日内"),
        ("发展规划", ("政策文件",), "区教育局", "20个工作日内"),
        ("学区划分", ("招生管理",), "区教育局", "每年"),
    ]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [("类别", "公开事项", "公开时限"), ("机构概况", "机构职能", "每年"), (None, "内设机构", "每年")],
            [("机构职能", ("机构概况",)), ("内设机构", ("机构概况",))],
        ),
        (
            [("类别", "公开内容", "公开时限"), ("机构概况", "职能", "每年"), ("财政", "预算", "每年")],
            [("机构概况", ()), ("财政", ())],
        ),
        (
            [
                ("一级目录", "二级目录", "三级目录", "公开时限"),
                ("机构", "领导", "简历", "每年"),
                (None, None, "分工", "每年"),
                (None, "内设机构", None, "每年"),
                ("法规", None, None, "每年"),
            ],
            [("简历", ("机构", "领导")), ("分工", ("机构", "领导")), ("内设机构", ("机构",)), ("法规", ())],
        ),
        (
            [("序号", "公开事项", None, "公开时限"), (None, "一级", "二级", None), ("1", "救助", "政策", "每月")],
            [("政策", ("救助",))],
        ),
    ],
)
def test_levels_are_known_by_what_offices_call_them(
    tmp_path: Path, rows: _Rows, expected: list[tuple[str, tuple[str, ...]]]
) -> None:
    """类别 alone stands above what it is of; 一级, 二级 below 公开事项 are its levels."""
    assert [(one.name, one.above) for one in read(_xlsx(tmp_path / "目录.xlsx", rows))] == expected


def test_levels_do_not_go_on_into_the_next_sheet(tmp_path: Path) -> None:
    """Its first row names none of its own."""
    book = openpyxl.Workbook()
    for number, rows in enumerate(([("救助", "政策")], [(None, "指南")])):
        sheet = book.create_sheet(f"领域{number}", number)
        for row in [("一级事项", "二级事项", "公开时限"), *((*one, "每年") for one in rows)]:
            sheet.append(row)
    book.save(tmp_path / "目录.xlsx")
    assert [(one.name, one.above) for one in read(tmp_path / "目录.xlsx")] == [("政策", ("救助",)), ("指南", ())]


@pytest.mark.parametrize(
    ("way", "expected"), [("依申请公开", True), ("主动公开", False), ("主动、依申请", False), ("", False)]
)
def test_what_is_given_on_request_only_is_not_missed(tmp_path: Path, way: str, expected: bool) -> None:
    """It is listed as not compared; all else that the site does not show is missing."""
    rows = [("公开事项", "公开方式", "公开时限"), ("行政处罚案卷", way, "每年")]
    entries = read(_xlsx(tmp_path / "目录.xlsx", rows))
    assert [one.on_request for one in entries] == [expected]
    [promise] = DisclosureTally(entries, AS_OF).promises([], {}, whole=True)
    assert promise.seen is (Seen.UNKNOWN if expected else Seen.UNSEEN)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("□政府网站 ■公示栏", "■公示栏"),
        ("口两微一端\n口精准推送 政府网站", "政府网站"),
        ("□ 政府网站　☑ 村口公示栏", "☑ 村口公示栏"),
        ("政府网站、公示栏", "政府网站、公示栏"),
        ("□政府网站 □其他", ""),
    ],
)
def test_boxes_that_are_not_ticked_are_no_channels(tmp_path: Path, written: str, expected: str) -> None:
    """口 is a box only before the name of a channel."""
    rows = [("公开事项", "公开渠道和载体", "公开时限"), ("财政预算", written, "每年")]
    assert [one.platform for one in read(_xlsx(tmp_path / "目录.xlsx", rows))] == [expected]
