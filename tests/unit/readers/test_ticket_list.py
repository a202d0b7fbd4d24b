"""Exports of 我为政府网站找错: heads below titles, aliases, every kind of date, and nothing of who sent them."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from jimo_lint.errors import InputError
from jimo_lint.model import ProblemCode
from jimo_lint.readers.registers.ticket_list import ALIASES, REPORTER, read
from tests.support.oldbooks import label, workbook

ROOT = Path(__file__).parents[3]
AS_OF = date(2026, 12, 1)


def platform(path: Path) -> Path:
    """As a national platform writes it: a title, a note, columns for the reporter, times in several forms."""
    book = Workbook()
    sheet = book.active
    sheet.title = "留言列表"
    sheet.append(["“我为政府网站找错”留言办理情况表"])
    sheet.append([None, "导出单位：青潭区人民政府办公室"])
    sheet.append(
        [
            "序号",
            "留言编号",
            "留言人",
            "联系电话",
            "提交时间",
            "网站名称",
            "问题页面",
            "问题类型",
            "问题描述",
            "状态",
            "答复内容",
            "办结时间",
        ]
    )
    page = "https://www.qingtan.example/zwgk/t1.html"
    said = "您好，我叫赵小川，电话13800138000，“共亨”应为“共享”。赵小川"
    sheet.append([1, "QT01", "赵小川", "13800138000", "2026-11-20 09:12:33", "青潭区", page, "错别字", said, "办理中"])
    sheet.append(
        [2, "QT02", "网友", "", datetime(2026, 11, 23, 16, 30), "青潭区", page, "错别字", "网友说有错", "待答复"]
    )
    sheet.append(
        [3, "QT03", "", "", 46350, "青潭区", page, "其他", "看不懂", "已办结", "已解释，感谢", "2026年11月30日"]
    )
    sheet.append([None, "合计", None, None, None, None, None, None, None, None])
    book.save(path)
    return path


def county(path: Path) -> Path:
    """A county's own csv in GBK: other names, dates in Chinese numbers and without a year, no number for one row."""
    path.write_text(
        "工单号,受理时间,网址,留言内容,处理状态,处理结果\n"
        "GD-7,二〇二六年十一月二十日,www.qingtan.example/a.html,打不开,未办结,\n"
        ",11月24日,https://www.qingtan.example/b.html,栏目空白,处理中,\n",
        encoding="gb18030",
    )
    return path


def merged(path: Path) -> Path:
    """A head of two rows with merged cells, lines in cells, an address among words."""
    book = Workbook()
    sheet = book.active
    sheet.append(["编号", "留言", None, "办理", None])
    sheet.append([None, "留言时间", "问题描述", "状态", "答复"])
    for cells in ("A1:A2", "B1:C1", "D1:E1"):
        sheet.merge_cells(cells)
    sheet.append(["M1", "2026/11/20 上午9:05", "页面 https://www.qingtan.example/c.html\n“帐户”应为“账户”", "转办", ""])
    book.save(path)
    return path


def old(path: Path) -> Path:
    """An .xls, whose cells are text."""
    heads = ["编号", "反映时间", "问题页面网址", "错误描述", "办理状态"]
    cells = ["X1", "2026.11.20", "http://www.qingtan.example/d.html", "错字", "已答复"]
    rows = (heads, cells)
    records = [label(row, column, text) for row, line in enumerate(rows) for column, text in enumerate(line)]
    path.write_bytes(workbook(records))
    return path


def page(path: Path) -> Path:
    """A table in a page that calls itself .xls, as many systems export."""
    path.write_text(
        "<html><meta charset='utf-8'><table><tr><th>编号</th><th>提交日期</th><th>链接</th><th>内容</th></tr>"
        "<tr><td>H1</td><td>20261120</td><td>http://www.qingtan.example/e.html</td><td>链接失效</td></tr></table></html>",
        encoding="utf-8",
    )
    return path


@pytest.mark.parametrize(
    ("make", "name", "numbers"),
    [
        (platform, "a.xlsx", ["QT01", "QT02", "QT03"]),
        (county, "b.csv", ["GD-7", ""]),
        (merged, "c.xlsx", ["M1"]),
        (old, "d.xls", ["X1"]),
        (page, "e.xls", ["H1"]),
    ],
)
def test_five_forms_of_exports(make: object, name: str, numbers: list[str], tmp_path: Path) -> None:
    """Each form gives its reports with day, address and text."""
    listed = read(make(tmp_path / name), AS_OF)  # type: ignore[operator]
    assert [one.number if "~" not in one.number else "" for one in listed.tickets] == numbers
    assert listed.tickets[0].received == date(2026, 11, 20)
    assert all(one.received and one.url.startswith("http") and one.said for one in listed.tickets)
    assert listed.understood and not listed.problems


def test_who_sent_it_is_not_kept(tmp_path: Path) -> None:
    """Neither the columns of the reporter nor the same name and number in the text; a word like a name stays."""
    one, two, three = read(platform(tmp_path / "a.xlsx"), AS_OF).tickets
    for told in (repr(one), repr(two), repr(three)):
        assert "赵小川" not in told and "13800138000" not in told
    assert one.said == "您好，我叫***，电话***********，“共亨”应为“共享”。***"
    assert two.said == "网友说有错"
    assert three.received == date(2026, 11, 24)
    assert (three.answered, three.closed, three.reply) == (True, date(2026, 11, 30), "已解释，感谢")
    assert not one.answered and not two.answered


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("赵小川：您好，已更正", "***：您好，已更正"),
        ("尊敬的赵小川网友，已更正", "尊敬的***网友，已更正"),
        ("赵小川您好", "***您好"),
        ("已电话告知赵小川先生", "已电话告知***先生"),
        ("赵小川反映打不开", "***反映打不开"),
        ("据赵小川来电，链接打不开", "据***来电，链接打不开"),
        ("市民赵小川在网站上看到错字", "市民***在网站上看到错字"),
        ("链接打不开（赵小川）", "链接打不开（***）"),
        ("落款：赵小川；电话见表", "落款：***；电话见表"),
        ("赵小川的电话打不通", "***的电话打不通"),
        ("“赵小川”应为“赵晓川”", "“赵小川”应为“赵晓川”"),
        ("赵小川路发现坑洞，页面写错", "赵小川路发现坑洞，页面写错"),
        # Of somebody who has the same name the page tells; it is what the report is about.
        ("“赵小川村”应为“赵小村”", "“赵小川村”应为“赵小村”"),
    ],
)
def test_a_reporter_is_not_named_in_the_answer_either(text: str, kept: str, tmp_path: Path) -> None:
    """Where the name is one that is called; what only looks like it stays, since the page is looked at for it."""
    path = tmp_path / "a.csv"
    path.write_text(f"编号,网友姓名,问题描述,答复\n1,赵小川,有错,{text}\n", encoding="utf-8")
    assert [one.reply for one in read(path, AS_OF).tickets] == [kept]


def test_numbers_in_the_text_are_masked_without_a_column_for_them(tmp_path: Path) -> None:
    """What a person wrote of himself or of others into the text, into the answer and into the address."""
    path = tmp_path / "a.csv"
    path.write_text(
        "编号,提交时间,网址,问题描述,答复\n"
        "1,2026-11-20,http://www.qingtan.example/q?mobile=13800138000,"
        "公示里有身份证号 110101199003074530，我的手机 13900139000,已电话告知13900139000\n",
        encoding="utf-8",
    )
    [one] = read(path, AS_OF).tickets
    assert not any(number in repr(one) for number in ("13800138000", "13900139000", "110101199003074530"))


@pytest.mark.parametrize(
    ("state", "reply", "closed", "answered"),
    [
        ("办理中", "", "", False),
        ("未办结", "", "", False),
        ("逾期未办结", "", "", False),
        ("待答复", "草稿", "", False),
        ("已转办", "", "2026-11-23", False),
        ("已受理", "", "", False),
        ("未按期办结", "", "", False),
        ("已办结", "", "", True),
        ("办结", "", "", True),
        ("已答复待评价", "", "", True),
        ("超期办结", "", "", True),
        ("不予受理", "", "", True),
        ("", "已更正", "", True),
        ("", "", "2026-11-23", True),
        ("", "", "", False),
        ("已公开", "已更正", "", True),
    ],
)
def test_what_counts_as_answered(state: str, reply: str, closed: str, answered: bool, tmp_path: Path) -> None:
    """A state that says so, or, where the state does not say, an answer or a day."""
    path = tmp_path / "a.csv"
    path.write_text(f"编号,问题描述,状态,答复,办结日期\n1,有错,{state},{reply},{closed}\n", encoding="utf-8")
    assert [one.answered for one in read(path, AS_OF).tickets] == [answered]


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    """Days that are none, numbers that Excel spoilt, one number with two texts: each told, none lost but the last."""
    path = tmp_path / "a.csv"
    path.write_text(
        "编号,提交时间,问题描述,网址\n"
        "2.02611E+17,2026-11-20,甲处有错,http://www.qingtan.example/1\n"
        "2.02611E+17,2026-11-20,乙处有错,http://www.qingtan.example/2\n"
        "A,不详,丙处有错,http://www.qingtan.example/3\n"
        "B,2026-11-20,丁处有错,http://www.qingtan.example/4\n"
        "B,2026-11-20,戊处有错,http://www.qingtan.example/5\n"
        "B,2026-11-20,丁处有错,http://www.qingtan.example/4\n",
        encoding="utf-8",
    )
    listed = read(path, AS_OF)
    assert [one.said for one in listed.tickets] == ["甲处有错", "乙处有错", "丙处有错", "丁处有错"]
    assert len({one.number for one in listed.tickets}) == 4
    assert listed.tickets[2].received is None
    told = {problem.code: problem for problem in listed.problems}
    assert set(told) == {ProblemCode.TICKET_TWICE, ProblemCode.DATES_UNREAD, ProblemCode.TICKET_DIGITS}
    assert told[ProblemCode.TICKET_DIGITS].args["count"] == 2
    assert "第 4 行 “不详”" in told[ProblemCode.DATES_UNREAD].message
    assert len(listed.problems) == 3
    again = read(path, AS_OF).tickets
    assert again == listed.tickets


@pytest.mark.parametrize("written", ["1.23457E+17", "202611200000000000", "", "13800138000"])
def test_a_number_that_we_made_comes_back_as_it_is(written: str, tmp_path: Path) -> None:
    """Our own workbook has it for those whose own number says nothing: importing it doubles and warns of nothing."""
    path = tmp_path / "a.csv"
    path.write_text(f"编号,问题描述\n{written},甲处有错\n", encoding="utf-8")
    [one] = read(path, AS_OF).tickets
    assert "~" in one.number
    path.write_text(f"编号,问题描述\n{one.number},甲处有错\n", encoding="utf-8")
    again = read(path, AS_OF)
    assert [ticket.number for ticket in again.tickets] == [one.number] and not again.problems


def test_a_number_that_is_somebodys_telephone_is_masked(tmp_path: Path) -> None:
    """The report is told from others all the same, and is the same when it comes again."""
    path = tmp_path / "a.csv"
    path.write_text("编号,问题描述\n13800138000,甲处有错\n13800138000,乙处有错\n", encoding="utf-8")
    one, two = read(path, AS_OF).tickets
    assert one.number != two.number and "13800138000" not in one.number
    assert read(path, AS_OF).tickets == [one, two]


def test_a_file_is_the_same_next_year(tmp_path: Path) -> None:
    """Days without a year are read by the day of the import; what tells rows without a number apart is not."""
    path = tmp_path / "a.csv"
    path.write_text("提交时间,问题描述,网址\n11月24日,有错,http://www.qingtan.example/\n", encoding="utf-8")
    [now], [later] = read(path, AS_OF).tickets, read(path, date(2027, 12, 1)).tickets
    assert (now.received, later.received) == (date(2026, 11, 24), date(2027, 11, 24))
    assert now.number == later.number


def test_days_of_a_workbook_that_counts_from_1904(tmp_path: Path) -> None:
    """All of its days, not only the first column of them."""
    book = Workbook()
    book.epoch = datetime(1904, 1, 1)
    book.active.append(["编号", "提交时间", "问题描述", "办结日期"])
    book.active.append(["1", 44886, "有错", 44890])
    book.save(tmp_path / "a.xlsx")
    [one] = read(tmp_path / "a.xlsx", AS_OF).tickets
    assert (one.received, one.closed) == (date(2026, 11, 22), date(2026, 11, 26))


def test_a_table_of_something_else_is_refused(tmp_path: Path) -> None:
    """It says which columns are wanted."""
    path = tmp_path / "a.csv"
    path.write_text("姓名,部门\n甲,乙\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"没有认出列名.*编号.*问题描述"):
        read(path, AS_OF)


def test_no_name_of_a_column_means_two_things() -> None:
    """Each alias is one field's, and the documentation has all of them."""
    names = [name for some in (*ALIASES.values(), *REPORTER.values()) for name in some]
    assert len(names) == len(set(names))
    text = (ROOT / "docs" / "tickets.md").read_text(encoding="utf-8")
    assert all(name in text for name in names)
