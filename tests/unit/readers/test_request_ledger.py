"""Ledgers of requests as offices keep them: sheets by month, heads of two and three lines, days in many forms."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime

import openpyxl
import pytest

from jimo_lint.errors import InputError
from jimo_lint.model.requests import Applicant, Decision, Request
from jimo_lint.readers.registers.request_ledger import RequestLedger, read_source
from jimo_lint.readers.source import Source

AS_OF = date(2026, 12, 2)
_UPPER = ("登记号", "申请人", None, "收到日期", "补正", None, "延期", None, "答复", None, None, "承办单位")
_LOWER = (None, "姓名", "类型", None, "告知日期", "收到日期", "告知日期", "工作日", "日期", "文号", "类型", None)
_MERGED = ("A{0}:A{1}", "B{0}:C{0}", "D{0}:D{1}", "E{0}:F{0}", "G{0}:H{0}", "I{0}:K{0}", "L{0}:L{1}")
_PLAIN = (
    "登记号", "申请人", "申请人类型", "收到日期", "告知补正日期", "收到补正日期", "延期告知日期", "延长工作日",
    "答复日期", "答复文号", "答复类型", "承办单位",
)  # fmt: skip


def _row(number: int, month: int = 3) -> list[object]:
    told, corrected, longer, answered = (date(2026, month, day) for day in (4, 9, 16, 23))
    return [
        f"2026-{number:03}", "林小满", "个人", date(2026, month, 2), told, corrected, longer, 15, answered,
        f"青教公复〔2026〕{number}号", "部分公开", "区教育局",
    ]  # fmt: skip


def _read(sheets: dict[str, Sequence[Sequence[object]]], head: int = 0) -> RequestLedger:
    """head: the row in which a head of two lines begins on the first sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    for one in _MERGED if head else ():
        book.worksheets[0].merge_cells(one.format(head, head + 1))
    file = io.BytesIO()
    book.save(file)
    return read_source(Source("台账.xlsx", file.getvalue()), AS_OF)


def _holds(request: Request) -> None:
    assert (request.received, request.correction_asked, request.corrected) == (
        date(2026, 3, 2), date(2026, 3, 4), date(2026, 3, 9),
    )  # fmt: skip
    assert (request.extended, request.extension, request.answered) == (date(2026, 3, 16), 15, date(2026, 3, 23))
    assert (request.decision, request.applicant, request.who) == (Decision.PARTIAL, Applicant.PERSON, "林某某")
    assert request.answer == "青教公复〔2026〕1号"


_TITLE, _FIRST = ("青潭区依申请公开台账",), ("登记号", "申请人情况", None, "收件情况")


@pytest.mark.parametrize("above", [[], [_TITLE], [_TITLE, _FIRST]])
def test_names_below_a_merged_heading_are_read_with_it(above: list[tuple[object, ...]]) -> None:
    """告知日期 below 补正 is not that below 延期, 收到日期 below 补正 not that of the request; sums are no requests."""
    rows = [*above, _UPPER, _LOWER, _row(1), ("合计", None, None, "1件")]
    ledger = _read({"3月": rows}, head=len(above) + 1)
    assert len(ledger.requests) == 1
    _holds(ledger.requests[0])


def test_a_heading_over_columns_is_understood_without_merged_cells() -> None:
    """A csv keeps a merged cell's text in the first of its columns only."""
    lines = [[str(cell or "") for cell in row] for row in (_UPPER, _LOWER, _row(1))]
    text = "\n".join(",".join(line) for line in lines)
    _holds(read_source(Source("台账.csv", text.encode("gb18030")), AS_OF).requests[0])


def test_a_sheet_of_the_whole_year_counts_nothing_twice() -> None:
    """What stands in 全年汇总 as it stands in its month is one request; a number given to two of them stays two."""
    other = [*_row(1)[:3], date(2026, 4, 2), *[None] * 7, "区民政局"]
    ledger = _read({"3月": [_PLAIN, _row(1), _row(2)], "全年汇总": [_PLAIN, _row(1), _row(2), other]})
    assert [one.number for one in ledger.requests] == ["2026-001", "2026-002", "2026-001"]
    assert "有 2 行与前面的工作表完全相同" in ledger.understood[1]
    twice = _read({"3月": [_PLAIN, _row(1), _row(1)]})
    assert len(twice.requests) == 2


def test_a_sheet_of_requests_without_names_of_columns_is_named() -> None:
    """Its requests are not judged, and the report says so; notes and sums by month are no such sheet."""
    sheets = {
        "3月": [_PLAIN, _row(1)],
        "4月": [_row(2, 4), _row(3, 4)],
        "说明": [("收到日期按邮戳填写",), ("填表日期", date(2026, 3, 31))],
        "统计": [("月份", "件数", "占比"), ("3月", 1, 0.5)],
    }
    ledger = _read(sheets)
    assert [one.place for one in ledger.problems] == ["台账.xlsx 4月"]
    assert len(ledger.requests) == 1


@pytest.mark.parametrize(
    "written",
    [
        "2026.3.5", "2026．3．5", "２０２６年３月５日", "二〇二六年三月五日", 46086, "46086", 46086.6, 20260305,
        "3月5日",
        "2026.03.05 14:30", "2026-03-05 下午2:30", datetime(2026, 3, 5, 15, 20), "2026年3月5日（当面提交）",
        "2026.3.5\n2026.3.6补登", "2026年3月5号",
    ],
)  # fmt: skip
def test_a_day_is_read_in_the_forms_that_people_write(written: object) -> None:
    """Text, serial number, Chinese numerals, with a time or a remark beside it."""
    row = [*_row(1)[:3], written, *[None] * 7, "区教育局"]
    assert _read({"3月": [_PLAIN, row]}).requests[0].received == date(2026, 3, 5)


@pytest.mark.parametrize("written", ["3.5", "5/3/2026", "26.3.5", "2026年3月", "待定", "2026-02-30", "约3月上旬"])
def test_what_is_no_day_for_certain_is_named(written: str) -> None:
    """Nothing is guessed: the cell is shown to be put right."""
    row = [*_row(1)[:3], written, *[None] * 7, "区教育局"]
    request = _read({"3月": [_PLAIN, row]}).requests[0]
    assert request.received is None
    assert ("收到日期", written) in [(one.column, one.written) for one in request.unread]


def test_heads_of_two_rows_that_stand_again_begin_nothing() -> None:
    """As on each page of a print: what stands above them are requests, and they themselves are none."""
    upper = ("登记号", "收到日期", "答复", None, "承办单位")
    lower = (None, None, "日期", "类型", None)

    def row(number: int) -> tuple[str, ...]:
        return (f"2026-{number:03}", "2026-03-02", "2026-03-23", "部分公开", "区教育局")

    sheet = [("台账",), upper, lower, row(1), row(2), (), upper, lower, row(3)]
    found = _read({"台账": sheet}).requests
    assert [one.number for one in found] == ["2026-001", "2026-002", "2026-003"]


def test_remarks_below_the_rows_are_no_requests() -> None:
    """Though they have a number in them."""
    rows = [_PLAIN, _row(1), ("备注：共 3 件，2026-12-01 填报",), ("填报人：", None, None, "审核人：")]
    assert [one.number for one in _read({"台账": rows}).requests] == ["2026-001"]


@pytest.mark.parametrize(
    "names",
    [
        ("申请编号", "接收申请日期", "作出答复时间", "告知书类型", "申请人身份", "来源", "主办单位"),
        ("登记序号", "来件日期", "出具告知书日期", "答复情况", "申请人类型", "受理渠道", "承办处室"),
        ("申请序号", "接件时间", "办复日期", "公开结果", "申请者类型", "接收方式", "经办科室"),
    ],
)
def test_columns_are_known_by_the_names_that_offices_give_them(names: tuple[str, ...]) -> None:
    """However they are called."""
    row = ("2026-001", "2026-03-02", "2026-03-23", "部分公开", "个人", "网上", "区教育局")
    [one] = _read({"台账": [names, row]}).requests
    assert (one.number, one.received, one.answered) == ("2026-001", date(2026, 3, 2), date(2026, 3, 23))
    assert (one.decision, one.applicant, one.owner) == (Decision.PARTIAL, Applicant.PERSON, "区教育局")


@pytest.mark.parametrize(("content", "told"), [(b"", "文件是空的"), (b"%PDF-1.4", "没有认出列名")])
def test_what_is_no_ledger_is_refused(content: bytes, told: str) -> None:
    """An empty file, and what is no table."""
    with pytest.raises(InputError, match=told):
        read_source(Source("台账.xlsx", content), AS_OF)


def test_numbers_that_each_sheet_or_unit_counts_from_one_are_told_apart() -> None:
    """A sheet a unit or a month, or units below one another; what is really registered twice stays so."""

    def rows(*counted: tuple[object, str]) -> list[tuple[object, ...]]:
        days = (date(2026, 3, 2), date(2026, 3, 23), "予以公开")
        return [("登记号", "收到日期", "答复日期", "答复类型", "承办单位"), *((n, *days, unit) for n, unit in counted)]

    apart = _read({"教育局": rows((1, ""), (2, "")), "民政局": rows((1, ""), ("2026-07", ""))}).requests
    assert [one.number for one in apart] == ["1（教育局）", "2（教育局）", "1（民政局）", "2026-07"]
    below = _read({"台账": rows((1, "教育局"), (1, "民政局"), (2, "民政局"), (2, "民政局"))}).requests
    assert [one.number for one in below] == ["1（教育局）", "1（民政局）", "2（民政局）", "2（民政局）"]
    written = _read(
        {"一月": rows(("1号", ""), ("0002", "")), "二月": rows(("1号", "民政局"), ("2026-07", ""))}
    ).requests
    assert [one.number for one in written] == ["1号（一月）", "0002（一月）", "1号（二月）", "2026-07"]
    alone = _read({"台账": rows((1, ""), (2, ""), (2, ""))}).requests
    assert [one.number for one in alone] == ["1", "2", "2"]
