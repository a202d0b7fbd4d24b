"""What people write into cells is read where it is certain, and not where it is not."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from jimo_lint.model import Opinion
from jimo_lint.review import opinions

NEAR = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        *((label, opinion) for opinion in Opinion for label in (opinion.label, f" {opinion.label}。 ", opinion.value)),
        ("属实", Opinion.CONFIRMED),
        ("确认属实！", Opinion.CONFIRMED),
        ("“误判”", Opinion.FALSE_ALARM),
        ("不是问题", Opinion.FALSE_ALARM),
        ("（误 报）", Opinion.FALSE_ALARM),
        ("√已改", Opinion.MENDED),
        ("已处理", Opinion.MENDED),
        ("缓办", Opinion.DEFERRED),
    ],
)
def test_usual_words_for_opinions(written: str, meant: Opinion) -> None:
    """The four, and what offices write for them; blanks and marks around them say nothing."""
    assert opinions.opinion(written) is meant


@pytest.mark.parametrize(
    "written",
    [
        "",
        "整改中",
        "无需整改",
        "误报？",
        "不确认",
        "确认，但其实是误报",
        "是",
        "同意",
        "√",
        "未整改",
        "不属于误报",
        "待定",
    ],
)
def test_what_is_not_certain_is_no_opinion(written: str) -> None:
    """Words that may mean either, a doubt, a negation, a sentence: somebody has to say it plainly."""
    assert opinions.opinion(written) is None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (datetime(2026, 12, 1, 9, 30), (date(2026, 12, 1), False)),
        (46357, (date(2026, 12, 1), False)),
        (46357.0, (date(2026, 12, 1), False)),
        ("46357", (date(2026, 12, 1), False)),
        ("2026-12-1", (date(2026, 12, 1), False)),
        ("2026/12/01", (date(2026, 12, 1), False)),
        ("2026.12.1", (date(2026, 12, 1), False)),
        ("2026年12月1日", (date(2026, 12, 1), False)),
        ("二〇二六年十二月一日", (date(2026, 12, 1), False)),
        (20261201, (date(2026, 12, 1), False)),
        ("12-01", (date(2026, 12, 1), True)),
        ("12月1日", (date(2026, 12, 1), True)),
        ("１２．１", (date(2026, 12, 1), True)),
        ("1/15", (date(2027, 1, 15), True)),
        ("2月29日", (date(2028, 2, 29), True)),
        ("下周", None),
        ("3 个工作日\n（12月4日前）", None),
        ("13-01", None),
        ("2026-02-30", None),
        (12.1, None),
        (True, None),
        (None, None),
    ],
)
def test_days_as_people_and_programs_write_them(written: object, meant: tuple[date, bool] | None) -> None:
    """Text, number, serial; without a year the first such day from the given one on; else none."""
    assert opinions.day(written, NEAR, after=True) == meant


def test_a_day_without_its_year_that_has_been() -> None:
    """Of a day of review the last one is meant, also over the turn of a year."""
    assert opinions.day("12-01", NEAR, after=False) == (NEAR, True)
    assert opinions.day("12-30", date(2027, 1, 5), after=False) == (date(2026, 12, 30), True)


def test_numbers_of_old_macs() -> None:
    """A plain number in a workbook that counts from 1904 is that day."""
    assert opinions.moment_1904(44895, True) == datetime(2026, 12, 1)
    assert opinions.moment_1904(44895, False) == 44895
    assert opinions.moment_1904("12-01", True) == "12-01"


def test_names_and_reasons() -> None:
    """Blanks that align a name are none of it; lines of a reason stay, what the program put there goes."""
    assert opinions.person(" 张　三 ") == opinions.person("张 三") == "张三"
    assert opinions.person("Li  Si") == "Li Si"
    assert opinions.words(" 一 \r\n 二\r") == "一\n二"
    assert opinions.words(f" {opinions.DISPUTED}") == ""
