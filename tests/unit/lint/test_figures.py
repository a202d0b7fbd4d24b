"""Weekdays against dates, amounts in words against figures."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jimo_lint.lint.checks.wording.figures import FiguresCheck, in_words
from jimo_lint.model import Block, Context, Document
from tests.support import shipped

CONTEXT = Context(date(2026, 1, 31), shipped.national())
RULES = [rule for rule in shipped.rules() if rule.kind == "figures"]


def hits(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """Code, matched text and suggestions."""
    document = Document(id="x", url="", source="file", title="", blocks=(Block("body", text),))
    found = FiguresCheck(RULES, CONTEXT).hits(document)
    return [(hit.code, text[hit.span.start : hit.span.end], hit.suggestions) for hit in found if hit.span]


def test_weekday_that_does_not_fit() -> None:
    """The right weekday of the date is suggested."""
    found = hits("会议定于2026年11月22日（星期一）召开，2026年11月23日 周一闭幕。")
    assert found == [("F113", "2026年11月22日（星期一", ("2026年11月22日（星期日",))]


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)), st.sampled_from(["（星期", " 周", "，礼拜"]))
def test_right_weekdays_are_silent(day: date, word: str) -> None:
    """Whatever the date, its own weekday is silent and the next day's is not."""
    dated = f"{day.year}年{day.month}月{day.day}日{word}"
    assert not hits(dated + "一二三四五六日"[day.weekday()])
    assert hits(dated + "一二三四五六日"[(day + timedelta(days=1)).weekday()])


def test_impossible_dates_and_spans_of_weekdays_are_left_to_others() -> None:
    """A date that does not exist has no weekday; 周一至周五 is no weekday of the date."""
    assert not hits("2026年2月30日（星期一）")
    assert not hits("2026年11月22日，周一至周五办公")


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)), st.integers(1, 400), st.sampled_from(["至", "—", "到", "-"]))
def test_an_end_before_its_start_is_found(day: date, days: int, word: str) -> None:
    """Whatever the two days, the wrong order is reported and the right one is not."""

    def written(one: date) -> str:
        return f"{one.year}年{one.month}月{one.day}日"

    end = day + timedelta(days=days)
    assert [code for code, _, _ in hits(f"公示期为{written(end)}{word}{written(day)}。")] == ["F118"]
    assert not hits(f"公示期为{written(day)}{word}{written(end)}。")
    assert not hits(f"公示期为{written(day)}{word}{written(day)}。")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("自2026年3月18日至15日", True),
        ("自2026年3月15日至18日", False),
        ("2026年5月20日上午至5月10日", True),
        ("2026年12月20日至1月10日", False),
        ("2026年2月30日至2026年1月1日", False),
    ],
)
def test_what_an_end_leaves_out_is_taken_from_its_start(text: str, found: bool) -> None:
    """Year and month of the start count for the end, but an earlier month means the next year."""
    assert bool(hits(text)) is found


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("壹万元整", "10000"),
        ("拾万元整", "100000"),
        ("贰拾叁万肆仟伍佰陆拾柒元捌角玖分", "234567.89"),
        ("叁亿零伍万元", "300050000"),
        ("壹亿贰仟万圆", "120000000"),
        ("伍佰元零伍分", "500.05"),
    ],
)
def test_amounts_in_words(words: str, amount: str) -> None:
    """Accounting numerals say their amount in yuan."""
    assert in_words(words) == Decimal(amount)


def test_figures_read_out_are_no_amount() -> None:
    """壹贰叁元 is nobody's amount."""
    assert in_words("壹贰叁元") is None


@pytest.mark.parametrize(
    "text",
    [
        "人民币壹万元整（¥20000.00）",
        "合计12345元（大写：壹万贰仟叁佰肆拾陆元整）",
        "大写：壹万元整，小写：1000.00元",
        "叁佰万元整（30万元）",
    ],
)
def test_amounts_that_disagree(text: str) -> None:
    """Words and figures that differ are one finding, without a guess which is right."""
    assert [(code, suggestions) for code, _, suggestions in hits(text)] == [("F114", ())]


@pytest.mark.parametrize(
    "text",
    [
        "人民币壹万元整（¥10,000.00）",
        "1.2万元（大写：壹万贰仟元整）",
        "壹万元整（见附件2）",
        "大写：壹万元整，小写：10000",
    ],
)
def test_amounts_that_agree(text: str) -> None:
    """The same amount in both forms is silent, whatever its unit."""
    assert hits(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一是抓早，二是抓小，三要抓实，四是抓细。", [("三要", ("三是",))]),
        ("一要学，二要做，四要改。", [("四要", ())]),
        ("一是抓早。二是抓小。四是抓细。一是听，二是看，三是问。", [("四是", ())]),
        ("一是抓早，三是抓实。", [("三是", ())]),
        ("一要抓早，四要抓实。", [("四要", ())]),
        ("一是抓早，五是抓实。", []),
        ("一是抓早，其次抓小，三是抓实。", []),
        ("一是抓早，三要抓实。", []),
        ("一是抓早，二要抓小，三是抓实。", []),
        ("一是抓早，二是抓小，其三抓实，四是抓细。", []),
        ("一是抓早\n二是抓小\n四要抓细", []),
        ("二十一是奇数，二是偶数，三是奇数，五是奇数。", []),
    ],
)
def test_items_of_a_paragraph(text: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    """One odd word among four items, or one or two numbers left out, is found; what may be meant so is not."""
    assert [(matched, right) for code, matched, right in hits(text) if code == "F130"] == expected


def test_a_leap_day_may_be_in_a_span_without_a_year() -> None:
    """From 26 February to 1 March are five days in 2024 and four in 2025."""
    assert not hits("公示期为5个工作日（2月26日至3月1日）。")
    assert [code for code, *_ in hits("公示期为5个工作日（2025年2月26日至3月1日）。")] == ["F131"]


@given(st.dates(date(2024, 1, 1), date(2026, 12, 1)), st.integers(1, 28))
def test_a_span_with_as_many_working_days_is_silent(day: date, days: int) -> None:
    """However the weekends fall, a span of N days that are not weekends holds N working days."""
    end, left = day - timedelta(days=1), days
    while left:
        end += timedelta(days=1)
        left -= end.weekday() < 5
    if end.year == day.year:
        assert not hits(f"公示期为{days}个工作日（{day.month}月{day.day}日至{end.month}月{end.day}日）。")
