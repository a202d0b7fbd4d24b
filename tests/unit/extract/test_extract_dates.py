"""Dates in text and addresses: formats seen on real pages, impossible ones, years left out."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jimo_lint.extract.dates import text_dates

AS_OF = date(2018, 7, 27)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2018-07-26", datetime(2018, 7, 26)),
        ("2018.7.6", datetime(2018, 7, 6)),
        ("2018/07/26 09:05", datetime(2018, 7, 26, 9, 5)),
        ("2018年7月6日", datetime(2018, 7, 6)),
        ("2018 年 7 月 6 日 10时", datetime(2018, 7, 6)),
        ("2023-08-19 10∶08", datetime(2023, 8, 19, 10, 8)),
        ("2018-07-26T09:05:59", datetime(2018, 7, 26, 9, 5, 59)),
        ("20180726", datetime(2018, 7, 26)),
        ("[07-26]", datetime(2018, 7, 26)),
        ("12-30", datetime(2017, 12, 30)),
        ("7月6日", datetime(2018, 7, 6)),
        ("２０１８－０７－２６", datetime(2018, 7, 26)),
        ("二〇一八年七月二十六日", datetime(2018, 7, 26)),
        ("二○一八年十二月十日", datetime(2018, 12, 10)),
        ("2018-02-30", None),
        ("2018-13-01 之后 2018-03-01", datetime(2018, 3, 1)),
        ("02-29", datetime(2016, 2, 29)),
        ("2018-07-26 25:00", datetime(2018, 7, 26)),
        ("编号 4114240001", None),
        ("电话 0370-6021716", None),
        ("3.5 万元", None),
        ("", None),
    ],
)
def test_formats_of_real_pages(text: str, expected: datetime | None) -> None:
    """All formats are read; what is no possible date is none."""
    assert text_dates.parse(text, AS_OF) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("发布日期：2021年3月5日", datetime(2021, 3, 5)),
        ("发布时间\n2021-03-05", datetime(2021, 3, 5)),
        ("成文日期：2021-03-01 发布日期：2021-03-05 10:00", datetime(2021, 3, 5, 10)),
        ("【时间：2021/3/5】", datetime(2021, 3, 5)),
        ("成文日期：2021-03-01", datetime(2021, 3, 1)),
        ("日　期: [2021.03.05]", datetime(2021, 3, 5)),
        ("报名时间：2021-03-05", None),
        ("发布日期：2021-02-31", None),
        ("发布时间：2031-01-01", datetime(2031, 1, 1)),
    ],
)
def test_labels_are_ranked(text: str, expected: datetime | None) -> None:
    """The day of publishing goes before the day of signature; 报名时间 is no publishing; forged dates stand."""
    assert text_dates.labelled(text) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://e.cn/2018-07/26/1.html", None),
        ("http://e.cn/2018-07-26/1.html", datetime(2018, 7, 26)),
        ("http://e.cn/art/2018/7/26/art_1_2.html", datetime(2018, 7, 26)),
        ("http://e.cn/201807/t20180726_1.html", datetime(2018, 7, 26)),
        ("http://e.cn/c/1234567.html", None),
    ],
)
def test_dates_in_addresses(url: str, expected: datetime | None) -> None:
    """Whole dates in the path are read in the forms publishing systems write."""
    assert text_dates.day_in_url(url) == expected


@given(st.text(alphabet="0123456789-/.年月日: 二〇一十时间发布：", max_size=40))
def test_parse_never_raises(text: str) -> None:
    """Any mixture of digits and separators is a date or None."""
    found = text_dates.parse(text, AS_OF)
    assert found is None or isinstance(found, datetime)
    text_dates.labelled(text)
    text_dates.in_url(text)


@given(
    st.dates(min_value=date(1990, 1, 1), max_value=date(2099, 1, 1)),
    st.sampled_from(["%Y-%m-%d", "%Y年%m月%d日", "%Y%m%d"]),
)
def test_every_day_is_read_back(day: date, form: str) -> None:
    """What is written in one of the common forms is read as that day."""
    assert text_dates.parse(f"（{day.strftime(form)}）", AS_OF) == datetime(day.year, day.month, day.day)
