"""Times as machines write them."""

from datetime import UTC, date, datetime

import pytest

from jimo_lint.extract.dates import machine_times


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-01-02 17:39", datetime(2026, 1, 2, 17, 39)),
        ("2026-01-02 17:39:05", datetime(2026, 1, 2, 17, 39, 5)),
        ("2026/1/2", datetime(2026, 1, 2)),
        ("2026.01.02", datetime(2026, 1, 2)),
        ("2026年1月2日", datetime(2026, 1, 2)),
        ("2026年1月2日 9时05分", datetime(2026, 1, 2, 9, 5)),
        ("2026年1月2日（星期五）上午9:05", datetime(2026, 1, 2, 9, 5)),
        ("2026/1/2 下午 3:05", datetime(2026, 1, 2, 15, 5)),
        ("2026-01-02 10∶08", datetime(2026, 1, 2, 10, 8)),
        ("2026-01-02T01:00:00Z", datetime(2026, 1, 2, 9)),
        ("2026-01-02T01:00:00.000+08:00", datetime(2026, 1, 2, 1)),
        ("2026-01-02 01:00:00 UTC", datetime(2026, 1, 2, 9)),
        ("2026-01-02T01:00:00+08", datetime(2026, 1, 2, 1)),
        ("Fri, 02 Jan 2026 01:00:00 GMT", datetime(2026, 1, 2, 9)),
        ("Fri, 02 Jan 2026 01:00:00 -0000", datetime(2026, 1, 2, 9)),
        ("Fri, 02 Jan 2026 01:00:00", datetime(2026, 1, 2, 1)),
        ("Fri, 02 Jan 2026 01:00:00 CST", datetime(2026, 1, 2, 1)),
        ("Fri Jan 02 01:00:00 CST 2026", datetime(2026, 1, 2, 1)),
        ("Nov 24, 2026 8:00 AM", datetime(2026, 11, 24, 8)),
        ("2026－11－24", datetime(2026, 11, 24)),
        ("２０２６－１１－２４　１０：３０", datetime(2026, 11, 24, 10, 30)),
        ("２０２６／１１／２４", datetime(2026, 11, 24)),
        ("2026—11—24", datetime(2026, 11, 24)),
        ("２０２６１１２４", datetime(2026, 11, 24)),
        ("二〇二六年十一月二十四日", datetime(2026, 11, 24)),
        ("二○二六年一月十日", datetime(2026, 1, 10)),
        ("二零二六年十月三十一日 10:30", datetime(2026, 10, 31, 10, 30)),
        ("二〇二六年十二月二十日（星期日）", datetime(2026, 12, 20)),
        ("Fri Jan 02 2026 01:00:00 GMT+0800 (中国标准时间)", datetime(2026, 1, 2, 1)),
        ("20260102", datetime(2026, 1, 2)),
        (20260102, datetime(2026, 1, 2)),
        (20260102.0, datetime(2026, 1, 2)),
        ("202601020905", datetime(2026, 1, 2, 9, 5)),
        (46024, datetime(2026, 1, 2)),
        (46024.5, datetime(2026, 1, 2, 12)),
        ("46024.37847222", datetime(2026, 1, 2, 9, 5)),
        (1767346773, datetime(2026, 1, 2, 17, 39, 33)),
        ("1767346773000", datetime(2026, 1, 2, 17, 39, 33)),
        (datetime(2026, 1, 2, 3, 4, 5), datetime(2026, 1, 2, 3, 4, 5)),
        (datetime(2026, 1, 2, 17, 0, tzinfo=UTC), datetime(2026, 1, 3, 1)),
        (date(2026, 1, 2), datetime(2026, 1, 2)),
        ("'2026-01-02", datetime(2026, 1, 2)),
        ("2026年12月1日 下午3点", datetime(2026, 12, 1, 15)),
        ("2026年12月1日 晚上8点半", datetime(2026, 12, 1, 20, 30)),
        ("2026年12月1日 中午12:10", datetime(2026, 12, 1, 12, 10)),
        ("2026年12月1日上午9时整", datetime(2026, 12, 1, 9)),
        ("2026年12月01号", datetime(2026, 12, 1)),
        ("26-12-01", datetime(2026, 12, 1)),
        ("26年12月1日 10:00", datetime(2026, 12, 1, 10)),
        ("26.1.5", datetime(2026, 1, 5)),
        ("12/21/2026 10:00", datetime(2026, 12, 21, 10)),
        ("21/12/2026 3:05 PM", datetime(2026, 12, 21, 15, 5)),
        ("12/12/2026", datetime(2026, 12, 12)),
        ("21.12.2026", datetime(2026, 12, 21)),
        ("Dec 1 2026", datetime(2026, 12, 1)),
        ("1 Dec 2026", datetime(2026, 12, 1)),
        ("December 1, 2026", datetime(2026, 12, 1)),
    ],
)
def test_a_time_is_read_as_china_standard_time(written: object, meant: datetime) -> None:
    """Text, yyyyMMdd, Excel serials and Unix seconds give the same naive China standard time."""
    assert machine_times.parse(written) == meant


@pytest.mark.parametrize(
    "written",
    [
        "",
        None,
        "昨天",
        "01-02",
        "1月2日",
        "2026-02-30",
        "20260230",
        "12",
        12,
        "13800000000",
        True,
        "1.2万",
        "已发布",
        "二〇二六年十三月一日",
        "二〇二六年一二月四日",
        "二〇二六年二月三十日",
        "12-01",
        "12/01",
        "12/01/2026",
        "12/1/2026 3:05 PM",
        "13/14/2026",
        "56-12-01",
        "26-13-01",
        "26-12-01 第3期",
        "12月1日 下午3点",
        "第26-12-01号",
        "Bar 1 2026",
    ],
)
def test_no_time_is_guessed(written: object) -> None:
    """Without a year, with an impossible day, or as some other number, a time is unknown."""
    assert machine_times.parse(written) is None


@pytest.mark.parametrize(
    "written",
    ["0001-01-01", "1899-12-31 00:00", "9999-12-31", "1970-01-01 08:00", "Thu, 01 Jan 1970 00:00:00 GMT", "0"],
)
def test_a_year_without_sites_is_no_time(written: str) -> None:
    """A placeholder for a date must not make an account idle for centuries."""
    assert machine_times.parse(written) is None
