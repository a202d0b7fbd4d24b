"""How ledgers of requests are laid out: names of columns, turned tables, units, ditto marks, columns that change."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

import openpyxl
import pytest

from jimo_lint.errors import InputError
from jimo_lint.model.requests import Decision, Request
from jimo_lint.readers.registers.request_columns import ALIASES
from jimo_lint.readers.registers.request_ledger import RequestLedger, read_source
from jimo_lint.readers.source import Source

AS_OF = date(2026, 12, 2)
_Row = Sequence[object]


def _read(rows: Sequence[_Row], *, sheet: str = "台账", merged: Sequence[str] = ()) -> RequestLedger:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.title = sheet
    for row in rows:
        first.append(row)
    for one in merged:
        first.merge_cells(one)
    file = io.BytesIO()
    book.save(file)
    return read_source(Source("台账.xlsx", file.getvalue()), AS_OF)


def _seen(ledger: RequestLedger) -> list[tuple[str, str, date | None, date | None]]:
    return [(one.number, one.place.split(" ", 1)[1], one.received, one.answered) for one in ledger.requests]


@pytest.mark.parametrize(
    ("names", "field"),
    [
        (("收件日期", "签收时间", "接收日期", "来件时间", "申请时间", "申请提交时间", "收到日期/时间"), "received"),
        (("受理日期", "受理时间", "登记日期", "登记时间", "申请登记时间", "受理日期/时间"), "accepted"),
        (("答复日期", "答复时间", "办结日期", "办结时间", "办复时间", "实际办结时间", "告知书日期"), "answered"),
        (("处理结果", "公开类型", "办理结果", "答复类别"), "decision"),
        (("办理状态", "处理状态", "是否办结", "办理情况"), "state"),
    ],
)
def test_each_name_of_a_column_means_its_field(names: tuple[str, ...], field: str) -> None:
    """And none of them means two."""
    for name in names:
        assert [one for one, aliases in ALIASES.items() if name in aliases] == [field], name


def test_no_name_means_two_fields() -> None:
    """The first of the fields would have it."""
    names = [name for aliases in ALIASES.values() for name in aliases]
    assert len(names) == len(set(names))


def test_registration_beside_receipt_is_no_receipt() -> None:
    """登记时间 is the day of registration where there is a day of receipt, whichever column comes first."""
    head = ("登记号", "登记时间", "收件日期", "答复时间", "处理结果")
    [request] = _read([head, ("1", "2026-11-05", "2026-11-02", "2026-11-20", "予以公开")]).requests
    assert (request.received, request.accepted) == (date(2026, 11, 2), date(2026, 11, 5))


@pytest.mark.parametrize("name", ["登记时间", "登记日期", "申请登记时间", "受理日期", "受理日期/时间"])
def test_registration_alone_begins_the_limit_and_that_is_said(name: str) -> None:
    """The only day that such a register has."""
    ledger = _read([("序号", "申请人", name, "办结时间"), (1, "林小满", "2026-11-02", "2026-11-20")])
    [request] = ledger.requests
    assert (request.received, request.answered, request.who) == (date(2026, 11, 2), date(2026, 11, 20), "林某某")
    assert f"没有“收到日期”一列，从“{name}”的次日起算" in ledger.understood[0]


def test_a_count_of_registrations_is_no_ledger() -> None:
    """受理 over numbers says no day."""
    with pytest.raises(InputError, match="没有认出列名"):
        _read([("单位", "受理", "答复"), ("区教育局", 5, 4)])


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("予以公开", Decision.GRANTED),
        ("部分公开", Decision.PARTIAL),
        ("依申请公开", None),
        ("主动公开", None),
        ("邮寄", None),
    ],
)
def test_the_way_of_publishing_is_a_decision_only_where_it_says_one(written: str, expected: Decision | None) -> None:
    """公开方式 is used for what was decided, for a kind of information, and for how it is handed over."""
    head = ("登记号", "收到日期", "答复日期", "公开方式")
    assert _read([head, ("1", "2026-11-02", "2026-11-20", written)]).requests[0].decision is expected


def test_names_down_a_column_are_read_with_a_request_a_column() -> None:
    """The place is the column; 同上 is what stands to the left."""
    rows = [
        ("2025年依申请公开台账",),
        ("登记号", "2025-001", "2025-002"),
        ("收到日期", "2025-11-03", "11月20日"),
        ("答复日期", "2025-11-28", "办理中"),
        ("承办单位", "区教育局", "同上"),
    ]
    ledger = _read(rows)
    assert _seen(ledger) == [
        ("2025-001", "台账 B 列", date(2025, 11, 3), date(2025, 11, 28)),
        ("2025-002", "台账 C 列", date(2025, 11, 20), None),
    ]
    assert [one.owner for one in ledger.requests] == ["区教育局", "区教育局"]
    assert "列名竖着写、一列一件" in ledger.understood[0]


def test_headings_before_names_down_a_column_are_read_with_them() -> None:
    """收到日期 beside 补正 is not that of the request."""
    rows = [
        ("编号", "登记号", "A1", "A2"),
        ("时间", "收到日期", "2026-11-02", "2026-11-03"),
        ("补正", "告知日期", None, "2026-11-04"),
        ("补正", "收到日期", None, "2026-11-09"),
        ("答复", "日期", "2026-11-20", "/"),
    ]
    first, second = _read(rows).requests
    assert (first.received, first.correction_asked, first.answered) == (date(2026, 11, 2), None, date(2026, 11, 20))
    assert (second.received, second.correction_asked, second.corrected, second.answered) == (
        date(2026, 11, 3), date(2026, 11, 4), date(2026, 11, 9), None,
    )  # fmt: skip


def test_pairs_of_name_and_value_are_read_one_request_after_another() -> None:
    """Each begins with the first name."""
    rows: list[_Row] = []
    for number in (1, 2):
        rows += [("登记号", f"2026-00{number}"), ("收到日期", f"2026-11-0{number + 1}"), ("答复日期", "未答复"), ()]
    assert _seen(_read(rows)) == [
        ("2026-001", "台账 第 1 行", date(2026, 11, 2), None),
        ("2026-002", "台账 第 5 行", date(2026, 11, 3), None),
    ]


def test_a_form_is_read_by_its_pairs() -> None:
    """Merged names and values, and what nobody asks for beside them."""
    rows = [
        ("政府信息公开申请登记表",),
        ("登记号", None, "2026-009", "收到日期", None, "2026年11月2日"),
        ("申请人", None, "林小满", "申请方式", None, "网上"),
        ("申请内容", None, "答复日期和受理日期的说明"),
        ("答复日期", None, None, "答复文号", None, "青教公复〔2026〕9号"),
    ]
    merged = [f"{letters.format(row)}" for row in (2, 3, 5) for letters in ("A{0}:B{0}", "D{0}:E{0}")]
    [request] = _read(rows, merged=[*merged, "A4:B4", "C4:F4"]).requests
    assert (request.number, request.received, request.answered) == ("2026-009", date(2026, 11, 2), None)
    assert (request.answer, request.way, request.who) == ("青教公复〔2026〕9号", "网上", "林某某")


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (
            [
                (name, f"2026-11-0{one}", f"2026-11-1{one}")
                for one in (1, 2)
                for name in ("登记号", "收到日期", "答复日期")
            ],
            "A 列的“登记号”出现了几次，右边又有 2 列内容",
        ),
        (
            [("登记号", "1"), ("收到日期", "2026-11-02"), ("收到日期", "2026-11-03"), ("答复日期", "")],
            "第 3 行又有“收到日期”，前面却没有另起一件的“登记号”",
        ),
    ],
)
def test_a_turned_table_that_may_be_read_in_two_ways_is_refused(rows: Sequence[_Row], told: str) -> None:
    """What was seen, and what to do."""
    with pytest.raises(InputError, match=told) as raised:
        _read(rows)
    assert "一行一件" in raised.value.remedy


def test_a_sheet_that_explains_the_columns_holds_no_request() -> None:
    """Its names stand down a column, too."""
    rows = [("登记号", "如 2026-001"), ("收到日期", "如 2026-03-05"), ("答复日期", "同上")]
    with pytest.raises(InputError, match="没有认出列名"):
        _read(rows, sheet="填表说明")


@pytest.mark.parametrize(("sheet", "above"), [("区教育局", []), ("3月", [("填报单位：区教育局", None, "2026年")])])
def test_the_unit_of_a_sheet_is_that_of_its_requests(sheet: str, above: list[_Row]) -> None:
    """Where they have no column for it; a month is no unit."""
    rows = [("登记号", "收到日期", "答复日期"), ("1", "2026-11-02", "2026-11-20")]
    assert [one.owner for one in _read([*above, *rows], sheet=sheet).requests] == ["区教育局"]
    assert [one.owner for one in _read(rows, sheet="3月").requests] == [""]


def test_ditto_marks_are_the_cell_above() -> None:
    """Of days and units; a number is each request's own."""
    rows = [
        ("登记号", "收到日期", "答复日期", "承办单位"),
        ("1", "2026-11-02", "2026-11-20", "区教育局"),
        ("2", "同上", "〃", "同上"),
        ("3", "〃", "", "同上"),
    ]
    found: list[Request] = _read(rows).requests
    assert [(one.received, one.answered, one.owner) for one in found] == [
        (date(2026, 11, 2), date(2026, 11, 20), "区教育局"),
        (date(2026, 11, 2), date(2026, 11, 20), "区教育局"),
        (date(2026, 11, 2), None, "区教育局"),
    ]


def test_columns_in_another_order_further_down_are_told_and_not_read() -> None:
    """Their days would be taken for one another."""
    rows = [
        ("登记号", "收到日期", "答复日期", "承办单位"),
        ("1", "2026-11-02", "2026-11-20", "区教育局"),
        ("登记号", "答复日期", "收到日期", "承办单位"),
        ("2", "2026-11-20", "2026-11-02", "区民政局"),
    ]
    ledger = _read(rows)
    assert [one.number for one in ledger.requests] == ["1"]
    assert [one.message.partition("。")[0] for one in ledger.problems] == [
        "第 3 行又是列名，次序与第 1 行的不同，从这一行起没有读"
    ]


def test_signatures_in_columns_of_days_are_no_requests() -> None:
    """Though a day stands beside them."""
    rows = [
        ("序号", "申请人", "收到时间", "答复时间"),
        (1, "林小满", "2026-11-02", "2026-11-20"),
        ("填表人：张三", None, "审核人：李四", "2026-11-30"),
    ]
    assert len(_read(rows).requests) == 1


def test_sums_beside_the_numbers_of_rows_are_no_requests() -> None:
    """合计 stands where the rows are counted, 8件 where they have their numbers."""
    rows = [
        ("序号", "登记号", "收到日期", "答复日期"),
        (1, "J-001", "2026-11-02", "2026-11-20"),
        ("合计", "8件", None, None),
        (None, "共8件", None, None),
        ("填表人：张三", "审核：李四", "2026-11-30", None),
    ]
    assert [one.number for one in _read(rows).requests] == ["J-001"]


def test_the_day_of_an_extension_is_no_number_of_days() -> None:
    """The 5 of 11月5日 is none of working days; the 15 of 15个工作日 is."""
    rows = [
        ("登记号", "收到日期", "延期", "答复日期"),
        ("1", "2026-10-12", "11月5日告知延期至11月30日", None),
        ("2", "2026-10-12", "11月5日告知延长15个工作日", None),
    ]
    first, second = _read(rows).requests
    assert (first.extended, first.extension, first.extended_to) == (date(2026, 11, 5), None, date(2026, 11, 30))
    assert (second.extended, second.extension) == (date(2026, 11, 5), 15)


def test_a_hidden_sheet_of_requests_is_named() -> None:
    """It is not read, and its requests are not taken for judged; a hidden list of words is no such sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for title, number in (("3月", "1"), ("旧", "2")):
        sheet = book.create_sheet(title)
        sheet.append(("登记号", "收到日期", "答复日期"))
        sheet.append((number, "2026-11-02", "2026-11-20"))
    book.create_sheet("选项").append(("予以公开", "部分公开", "不予公开"))
    for title in ("旧", "选项"):
        book[title].sheet_state = "hidden"
    file = io.BytesIO()
    book.save(file)
    ledger = read_source(Source("台账.xlsx", file.getvalue()), AS_OF)
    assert [one.number for one in ledger.requests] == ["1"]
    assert [(one.place, one.args["fault"]) for one in ledger.problems] == [("台账.xlsx 旧", "工作表是隐藏的，没有读")]


def test_a_ledger_without_a_column_of_answers_is_not_all_overdue() -> None:
    """Its column may be called something else: the sheet is named with what was not understood, and not read."""
    with pytest.raises(InputError, match="没有认出“答复日期”一列（没有认出的列：办完那天）"):
        _read([("登记号", "收到日期", "办完那天"), ("1", "2026-10-09", "2026-10-20")])


def test_a_column_of_a_step_that_was_not_understood_is_told() -> None:
    """延期答复日期 may be when it was told or up to when; what does not move the limit is not told."""
    head = ("登记号", "收到日期", "答复日期", "延期答复日期", "延期原因", "申请内容")
    [problem] = _read([head, ("1", "2026-10-12", "2026-11-30", "2026-11-09", "案情复杂", "预算")]).problems
    assert "没有认出“延期答复日期”，" in problem.message
    assert problem.excused


def test_numbers_that_are_given_out_beforehand_are_no_requests() -> None:
    """They are counted; one with anything else in its row is a request."""
    rows = [
        ("序号", "登记号", "收到日期", "答复日期", "承办单位"),
        (1, "J-001", "2026-11-02", "2026-11-20", None),
        (2, "J-002", None, None, "区教育局"),
        (3, "J-003", None, None, None),
    ]
    ledger = _read(rows)
    assert [one.number for one in ledger.requests] == ["J-001", "J-002"]
    assert "有 1 行只有登记号，别的都空着，没有读" in ledger.understood[0]
