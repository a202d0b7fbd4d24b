"""The header of a table: found by names, below title rows and over merged cells."""

from __future__ import annotations

from jimo_lint.readers.tables.headers import find_header, letter, mapping

ALIASES = {"title": ("标题", "名称"), "time": ("发布时间", "日期"), "url": ("链接",), "owner": ("责任单位",)}


def rows(*written: tuple[object, ...]) -> list[tuple[int, tuple[object, ...]]]:
    return list(enumerate(written, 1))


def test_a_header_stands_below_title_rows() -> None:
    """Title rows and notes above the header are passed over; what is not known is named."""
    found = find_header(
        rows(("2026年台账",), (None, "填表人："), ("序号", "标 题*", "发布时间（必填）"), (1, "甲", 2)), ALIASES
    )
    assert found is not None
    assert (found.row, found.columns, found.unused) == (3, {"title": 1, "time": 2}, ("序号",))
    assert mapping(found, {"title": "标题", "time": "时间"}) == "标题←标 题*（B 列），时间←发布时间（必填）（C 列）"


def test_a_header_of_two_rows_is_read_as_one() -> None:
    """A name that spans two rows stands in the upper one, names below a common heading in the lower one."""
    upper, lower = ("序号", "标题", "发布情况", None, "责任单位"), (None, None, "发布时间", "链接", None)
    for below in (
        lower,
        ("序号", "标题", "发布时间", "链接", "责任单位"),
    ):  # as csv has it, and with merged cells filled
        found = find_header(rows(("台账",), upper, below, (1, "甲", "2026-11-01", "http://x", "乙")), ALIASES)
        assert found is not None
        assert (found.row, found.columns) == (3, {"title": 1, "time": 2, "url": 3, "owner": 4})


def test_a_row_of_values_is_no_second_header() -> None:
    """A value that happens to be the name of a column takes no row away from the data."""
    found = find_header(rows(("标题", "发布时间", "渠道"), ("甲", "2026-11-01", "链接")), ALIASES)
    assert found is not None
    assert (found.row, found.columns) == (1, {"title": 0, "time": 1})


def test_one_known_name_is_no_header() -> None:
    """A sheet of notes has no header."""
    assert find_header(rows(("说明", "标题"), ("请如实填写",)), ALIASES) is None


def test_columns_are_called_as_in_a_spreadsheet() -> None:
    """A to Z, then AA."""
    assert [letter(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
