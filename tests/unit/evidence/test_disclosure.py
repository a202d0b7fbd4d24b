"""A catalogue of what is to be disclosed beside what the site shows; what was not looked at is never missing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from docx import Document as Word
from openpyxl import Workbook

from jimo_lint.errors import InputError
from jimo_lint.evidence.disclosure import DisclosureTally
from jimo_lint.model import Column, ColumnReading, Obstacle
from jimo_lint.model.publishing import Promise, Seen
from jimo_lint.readers.registers.disclosure_catalogue import Entry, read

BASE = "https://www.qingtan.example"
AS_OF = date(2026, 12, 1)


def reading(
    name: str = "财政预算", items: int = 3, newest: date | None = date(2026, 10, 1), **more: object
) -> ColumnReading:
    """A column as it was read."""
    column = Column(f"{BASE}/财政预算/", "财政预算", f"{BASE}/财政预算/")
    return ColumnReading(column, newest=newest, items=items, read_pages=1, **more)  # type: ignore[arg-type]


def said(entry: Entry, *readings: ColumnReading, whole: bool = True, title: str = "") -> Promise:
    """How an entry stands beside these columns and one title."""
    tally = DisclosureTally([entry], AS_OF)
    if title:
        tally.hear_of(title, f"{BASE}/1.html", date(2026, 5, 1))
    [promise] = tally.promises(readings, {}, whole=whole)
    return promise


def test_heads_of_two_rows_that_stand_again_are_no_entries(tmp_path: Path) -> None:
    """Nor do they take the entries above them away."""
    heads = [("序号", "公开事项", None, "公开内容", "公开时限"), (None, "一级事项", "二级事项", None, None)]
    book = Workbook()
    for row in (*heads, (1, "救助", "政策", "文件", "每月"), *heads, (2, "养老", "指南", "事项", "长期")):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(tmp_path / "目录.xlsx")
    assert [(one.above, one.name) for one in read(tmp_path / "目录.xlsx")] == [(("救助",), "政策"), (("养老",), "指南")]


@pytest.mark.parametrize(
    ("entry", "columns", "whole", "seen", "reason"),
    [
        (Entry("1", "财政预算"), [reading()], True, Seen.SEEN, "有 3 条"),
        (Entry("1", "预算", url=f"{BASE}/财政预算/"), [reading()], True, Seen.SEEN, "有 3 条"),
        (Entry("1", "财政预算"), [reading(items=0, newest=None)], True, Seen.UNSEEN, "空白"),
        (Entry("1", "财政预算"), [reading(items=0, newest=None, complete=False)], True, Seen.UNKNOWN, "没有读全"),
        (Entry("1", "财政预算"), [reading(items=0, newest=None, landing=True)], True, Seen.UNKNOWN, "入口页"),
        (
            Entry("1", "财政预算"),
            [reading(items=0, newest=None, obstacle=Obstacle.SCRIPT, reason="列表由脚本生成")],
            True,
            Seen.UNKNOWN,
            "脚本",
        ),
        (Entry("1", "财政预算", platform="村公示栏"), [], True, Seen.UNKNOWN, "不在网站上"),
        (Entry("1", "财政预算", platform="■政府网站 ■公示栏"), [], True, Seen.UNSEEN, "全站没有"),
        (Entry("1", "财政预算"), [], False, Seen.UNKNOWN, "没有读全"),
        (Entry("1", "预算"), [], True, Seen.UNKNOWN, "名称太短"),
        (Entry("1", "财政预算", url=f"{BASE}/nowhere/"), [], True, Seen.UNKNOWN, "也没有读到"),
        (Entry("1", "财政预算"), [reading(), reading()], True, Seen.UNKNOWN, "有 2 个"),
    ],
)
def test_seen_unseen_or_not_to_be_told(
    entry: Entry, columns: list[ColumnReading], whole: bool, seen: Seen, reason: str
) -> None:
    """By its address, by the only column of its name; unseen only where that was read to its end."""
    promise = said(entry, *columns, whole=whole)
    assert promise.seen is seen and reason in promise.reason, promise.reason


def test_seen_by_a_title() -> None:
    """Where no column has the name a title may; whether it is what is meant a person says."""
    promise = said(Entry("1", "应急避难场所", content="名称和位置"), title="青潭区应急避难场所一览表")
    assert promise.seen is Seen.SEEN and "人工核对" in promise.open


@pytest.mark.parametrize(
    ("limit", "newest", "late", "open_"),
    [
        ("每月5日前", date(2026, 10, 15), False, False),
        ("每月5日前", date(2026, 9, 20), True, False),
        ("每年3月底前", date(2026, 2, 1), False, False),
        ("自信息形成之日起20个工作日内", date(2020, 1, 1), False, True),
        ("每季度结束后15个工作日内", date(2020, 1, 1), False, True),  # the days count, and not only the quarter
        ("长期公开", date(2020, 1, 1), False, True),
        ("", date(2020, 1, 1), False, False),
        ("每月5日前", None, False, True),
    ],
)
def test_periods(limit: str, newest: date | None, late: bool, open_: bool) -> None:
    """Late where a plain period is over; a limit that counts from an unknown day is left to a person."""
    promise = said(Entry("1", "财政预算", limit=limit), reading(newest=newest))
    assert (promise.seen, promise.late, bool(promise.open)) == (Seen.SEEN, late, open_)


HEAD = ("序号", "一级事项", "二级事项", "公开内容（要素）", "公开时限", "公开主体", "公开渠道和载体")
ROWS = (
    ("1", "财政", "预算", "部门预算", "批复后20日内", "区财政局", "■政府网站 https://www.qingtan.example/ys/"),
    ("2", "", "决算", "部门决算", "批复后20日内", "区财政局", "■政府网站"),
    ("3", "应急", "", "避难场所", "及时", "区应急局", "■政府网站"),
)
ENTRIES = [("预算", ("财政",)), ("决算", ("财政",)), ("应急", ())]


def test_read_from_a_workbook_and_from_word(tmp_path: Path) -> None:
    """The same entries from both, levels of joined cells carried down; the address in a cell is the column's."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["青潭区主动公开目录"])
    for row in (HEAD, *ROWS):
        sheet.append(row)
    book.save(tmp_path / "目录.xlsx")
    word = Word()
    word.add_paragraph("青潭区主动公开目录")
    table = word.add_table(rows=0, cols=len(HEAD))
    for row in (HEAD, *ROWS):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    word.save(str(tmp_path / "目录.docx"))
    for name in ("目录.xlsx", "目录.docx"):
        entries = read(tmp_path / name)
        assert [(one.name, one.above) for one in entries] == ENTRIES, name
        assert entries[0].url == "https://www.qingtan.example/ys/" and entries[2].owner == "区应急局"


def test_what_is_no_catalogue(tmp_path: Path) -> None:
    """A table without such columns is told of, with what is wanted."""
    (tmp_path / "甲.csv").write_text("姓名,电话\n甲,1\n", encoding="utf-8")
    with pytest.raises(InputError, match="没有认出目录"):
        read(tmp_path / "甲.csv")
