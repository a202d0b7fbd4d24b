"""Dates of articles that a person should look at."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from jimo_lint.evidence.article_dates import DatingTally
from jimo_lint.extract.dates.signature import signed
from jimo_lint.lint.engine import Engine
from jimo_lint.model import (
    ArticleDates,
    Block,
    Column,
    ColumnDates,
    ColumnKind,
    Context,
    Document,
    Finding,
    PageClass,
    PageFacts,
)
from tests.support import shipped

DAY = date(2026, 11, 22)
RULES = [rule for rule in shipped.rules() if rule.kind == "dating"]
URL = "https://www.example.gov.cn/tzgg/"
COLUMN = Column(URL, "通知公告", URL, ColumnKind.NOTICE)


def findings(*articles: ArticleDates, running: date | None = None) -> list[Finding]:
    """What the rules say of a column with these articles."""
    engine = Engine(RULES, Context(DAY, shipped.national()))
    return list(engine.findings(ColumnDates(COLUMN, articles, running)))


def article(published: str, **dates: date) -> ArticleDates:
    """An article whose metas give its date."""
    return ArticleDates(
        f"{URL}{published}.html", "关于做好防火工作的通知", datetime.fromisoformat(published), "meta", **dates
    )


def test_a_column_is_reported_once_with_count_and_samples() -> None:
    """Seven articles of the future are one finding about the column, with five addresses."""
    future = [article(f"2027-01-0{day}T09:00") for day in range(1, 8)]
    [found] = findings(article("2026-11-20T09:00"), *future)
    assert (found.code, found.kind, found.subject, found.pages, len(found.samples)) == (
        "C130",
        "column",
        "通知公告",
        7,
        5,
    )
    assert "有 7 篇" in found.message
    assert "2027-01-07" in found.message


@pytest.mark.parametrize(
    ("days", "codes"), [(-61, ["C132"]), (-60, ["C132"]), (-59, []), (0, []), (59, []), (60, ["C131"])]
)
def test_address_against_publish_date(days: int, codes: list[str]) -> None:
    """Sixty days between address and publish date are the limit in both directions."""
    address = date(2026, 8, 1)
    one = article((address + timedelta(days=days)).isoformat() + "T09:00", address=address)
    assert [found.code for found in findings(one, running=date(2025, 1, 1))] == codes


def test_articles_taken_over_from_an_earlier_system() -> None:
    """Old dates on new addresses say nothing where the system began with them, or bears no dates at all."""
    old = article("2024-05-01T09:00", address=date(2026, 10, 1))
    assert findings(old, running=date(2026, 10, 1)) == []
    assert findings(old) == []
    assert [found.code for found in findings(old, running=date(2024, 1, 1))] == ["C132"]


@pytest.mark.parametrize(("days", "codes"), [(179, []), (180, ["C135"])])
def test_signed_long_before(days: int, codes: list[str]) -> None:
    """Half a year between signature and publishing is the limit."""
    one = article("2026-11-20T09:00", signed=date(2026, 11, 20) - timedelta(days=days))
    assert [found.code for found in findings(one)] == codes


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (["正文。", "示例区人民政府办公室", "2026年5月14日"], date(2026, 5, 14)),
        (["正文。", "示例区教育局 二〇二六年五月十四日"], date(2026, 5, 14)),
        (["正文。", "（2026年5月14日）", "附件：名单"], date(2026, 5, 14)),
        (["报名时间：2026年5月14日"], None),
        (["2026年5月14日至2026年6月1日"], None),
        (["截至2026年5月14日", "联系人：王主任"], None),
        (["2026年5月14日，区里召开会议。"], None),
        (["2026年2月31日"], None),
        ([], None),
    ],
)
def test_day_of_signature(lines: list[str], day: date | None) -> None:
    """A line of organ and day, in either kind of digits; periods, deadlines and sentences are none."""
    assert signed([Block("body", line) for line in lines]) == day


def page(number: int, address: date, **known: Any) -> Document:
    """An article of the column."""
    url = f"{URL}{address:%Y-%m-%d}/{number}.html"
    facts = PageFacts(**{"page_class": PageClass.ARTICLE, **known})
    return Document(url, url, "site", "标题", column=URL, published=datetime(2026, 11, 1), facts=facts)


def test_tally() -> None:
    """The system runs since twenty addresses bear dates; lists, undated pages and leaders' pages are left out."""
    leaders = Column(URL + "ld/", "领导信息", URL + "ld/", ColumnKind.LEADERS)
    tally = DatingTally([COLUMN, leaders])
    for number in range(25):
        tally.add(page(number, date(2026, 1, 1) + timedelta(days=number), list_date=date(2026, 10, 31)))
    tally.add(page(99, date(2020, 1, 1), page_class=PageClass.LIST))
    [reading] = tally.readings()
    assert (reading.column, len(reading.articles), reading.running) == (COLUMN, 25, date(2026, 1, 20))
    assert reading.articles[0].listed == date(2026, 10, 31)
    assert reading.articles[0].address == date(2026, 1, 1)
