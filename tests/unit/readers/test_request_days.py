"""Cells for days in ledgers of requests: done, not yet, or what nobody can be sure of; and how that is judged."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

import openpyxl
import pytest

from jimo_lint.inspection.requests import judged
from jimo_lint.lint.request_clock import NATIONAL
from jimo_lint.model.requests import RequestResult, Standing
from jimo_lint.readers.registers.request_ledger import read_source
from jimo_lint.readers.source import Source

AS_OF = date(2026, 12, 2)
_HEAD = (
    "登记号", "收到日期", "受理日期", "告知补正日期", "收到补正日期", "延期告知日期", "征求第三方日期",
    "第三方答复日期", "答复日期", "承办单位",
)  # fmt: skip
_NOT_YET = (
    "",
    "-",
    "—",
    "/",
    "／",
    "无",
    "未答复",
    "办理中",
    "正在办理",
    "在办",
    "暂无",
    "尚未办结",
    "\\",
    "N/A",
    "……",
)


def _judge(rows: Sequence[Sequence[str]], kind: str, name: str = "台账") -> list[RequestResult]:
    if kind == "csv":
        content = "\n".join(",".join(row) for row in rows).encode("gb18030")
    else:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)  # type: ignore[union-attr]
        file = io.BytesIO()
        book.save(file)
        content = file.getvalue()
    return judged(read_source(Source(f"{name}.{kind}", content), AS_OF).requests, AS_OF, NATIONAL)


def _row(number: int, **cells: str) -> list[str]:
    """A request received on 2026-11-02 whose last day, 2026-11-30, has passed."""
    row = {"登记号": f"2026-{number:03}", "收到日期": "2026-11-02", "承办单位": "区教育局", **cells}
    return [row.get(name, "") for name in _HEAD]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("column", _HEAD[2:9])
def test_a_cell_that_says_not_yet_is_judged_by_the_deadline(column: str, kind: str) -> None:
    """In each column for a day: answered in time all the same, and without an answer overdue."""
    before = {"收到补正日期": {"告知补正日期": "2026-11-04"}, "第三方答复日期": {"征求第三方日期": "2026-11-04"}}
    answered = {} if column == "答复日期" else {"答复日期": "2026-11-20", **before.get(column, {})}
    rows = [_row(number, **{**answered, column: word}) for number, word in enumerate(_NOT_YET, 1)]
    expected = Standing.OVERDUE if column == "答复日期" else Standing.ON_TIME
    results = _judge([_HEAD, *rows], kind)
    assert [one.request.unread for one in results] == [()] * len(rows)
    assert {one.standing for one in results} == {expected}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("column", _HEAD[1:9])
def test_a_cell_that_nobody_can_read_is_named_and_never_in_time(column: str, kind: str) -> None:
    """In each column for a day, whatever the others say."""
    words = ("见附件", "？", "2026-13-45", "2026-02-30", "略", "2026年11月", "#N/A", "2026-11-2O", "3.5", "26.11.5")
    rows = [_row(number, **{"答复日期": "2026-11-20", column: word}) for number, word in enumerate(words, 1)]
    for result, word in zip(_judge([_HEAD, *rows], kind), words, strict=True):
        assert [(one.column, one.written) for one in result.request.unread] == [(column, word)]
        assert result.standing is Standing.UNKNOWN


@pytest.mark.parametrize(
    "written",
    [
        "不予公开", "未制作", "已答复", "预计2026-11-20答复", "预计11月20日答复", "应于2026-11-30前答复",
        "未答复（2026-11-20催办）", "2026-11-10（补正告知）、2026-11-20", "11月10日、11月20日", "2026-11-20前",
        "待补正", "征求第三方意见中", "已延期", "2026-11-10补正告知", "2026-11-10转区民政局", "2026-11-20/21",
    ],
)  # fmt: skip
def test_what_is_no_day_of_an_answer_is_neither_in_time_nor_overdue(written: str) -> None:
    """Plans, limits, reminders, two days, decisions without a day, and waiting for what no other column tells of."""
    [result] = _judge([_HEAD, _row(1, 答复日期=written)], "csv")
    assert (result.request.answered, result.standing) == (None, Standing.UNKNOWN)


def test_waiting_is_waiting_where_its_day_is_told() -> None:
    """待补正 beside the day on which it was asked for; 征求意见中 beside that of asking."""
    first = _row(1, 告知补正日期="2026-11-05", 答复日期="待补正")
    second = _row(2, 征求第三方日期="2026-11-20", 答复日期="征求意见中", 第三方答复日期="征求中")
    assert [one.standing for one in _judge([_HEAD, first, second], "csv")] == [Standing.CORRECTION, Standing.THIRD]


def test_an_extension_that_is_not_needed_is_none() -> None:
    """无需延期 has 需 in it, 不延期 延."""
    rows = [_row(number, 延期告知日期=word) for number, word in enumerate(("无需", "无需延期", "不延期", "未延期"), 1)]
    assert {one.request.said_extended for one in _judge([_HEAD, *rows], "csv")} == {False}


def test_days_up_to_which_something_is_to_be_done_are_not_those_on_which_it_was() -> None:
    """限…前补正 is no correction, 延期至 no day of telling; 3月12日 beside a full day is the first after it."""
    head = ("登记号", "收到日期", "补正", "延期", "第三方", "答复日期", "承办单位")
    rows = [
        ("2026-1", "2026-11-02", "2026-11-05告知，限2026-11-25前补正", "", "", "", "区教育局"),
        ("2026-2", "2026-11-02", "11月5日告知，11月9日收到", "2026-11-20告知延期至2026-12-18", "", "", "区教育局"),
        ("2026-3", "2026-11-02", "", "延期至2026-12-18", "2026-11-03征求，11月9日回复", "", "区教育局"),
    ]
    first, second, third = (one.request for one in _judge([head, *rows], "csv"))
    assert (first.correction_asked, first.corrected) == (date(2026, 11, 5), None)
    assert (second.correction_asked, second.corrected) == (date(2026, 11, 5), date(2026, 11, 9))
    assert (second.extended, second.extended_to) == (date(2026, 11, 20), date(2026, 12, 18))
    assert (third.extended, third.said_extended, third.extended_to) == (None, True, date(2026, 12, 18))
    assert (third.third_asked, third.third_replied) == (date(2026, 11, 3), date(2026, 11, 9))


@pytest.mark.parametrize(
    ("name", "above", "number"),
    [
        ("台账", ["2024年度依申请公开台账"], "1"),
        ("台账", ["填表时间：2025年2月1日", "2024年依申请公开登记表"], "1"),
        ("2024年台账", [], "1"),
        ("台账", [], "2024-001"),
    ],
)
def test_a_day_without_a_year_is_of_the_ledgers_year(name: str, above: list[str], number: str) -> None:
    """By a title, the file's name or the number; what follows the receipt is the first after it."""
    rows = [_HEAD, [number, "12月20日", *[""] * 6, "1月8日", "区教育局"]]
    [result] = _judge([*([one] for one in above), *rows], "csv", name)
    assert (result.request.received, result.request.answered) == (date(2024, 12, 20), date(2025, 1, 8))


def test_steps_without_a_year_follow_a_receipt_that_has_one() -> None:
    """3月20日 beside 2025-03-04 is not the one of this year, which would be late by a year."""
    [result] = _judge([_HEAD, _row(1, 收到日期="2025-03-04", 答复日期="3月20日")], "csv")
    assert (result.request.answered, result.standing) == (date(2025, 3, 20), Standing.ON_TIME)


@pytest.mark.parametrize(
    ("column", "written"), [("答复类型", "予以公开"), ("答复文号", "青教公复〔2026〕1号"), ("办理状态", "已办结")]
)
def test_an_answer_without_its_day_is_not_called_overdue(column: str, written: str) -> None:
    """Something says that there is one; 办理中 and 未办结 do not."""
    head = ("登记号", "收到日期", "答复日期", column, "承办单位")
    rows = [
        (f"2026-{number}", "2026-11-02", "", said, "区教育局") for number, said in enumerate((written, "", "办理中"))
    ]
    rows.append(("2026-9", "2026-11-02", "未答复", written, "区教育局"))  # what is said in words is believed
    told, silent, under_way, denied = _judge([head, *rows], "csv")
    assert denied.standing is Standing.OVERDUE
    assert (told.standing, silent.standing) == (Standing.UNKNOWN, Standing.OVERDUE)
    assert "没有答复日期" in told.reason
    if column != "答复文号":
        assert under_way.standing is Standing.OVERDUE
