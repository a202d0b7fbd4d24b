"""Whether a column is fresh, stale, blank, exempt or unknown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from jimo_lint.errors import RuleError
from jimo_lint.lint.checks.updates.column_freshness import ColumnsCheck, judge
from jimo_lint.lint.engine import Engine
from jimo_lint.model import (
    Basis,
    Column,
    ColumnKind,
    ColumnReading,
    Context,
    MaxAge,
    Threshold,
    UpdateStatus,
)
from tests.support import shipped

DAY = date(2026, 8, 31)
CONTEXT = Context(DAY, shipped.national())
RULES = {rule.code: rule for rule in shipped.rules()}
COLUMN_RULES = [rule for rule in RULES.values() if rule.kind == "columns"]


def read(
    kind: str = "news",
    newest: date | None = DAY,
    *,
    max_age: MaxAge | None = None,
    exempt: bool = False,
    name: str = "栏目",
    **fields: Any,
) -> ColumnReading:
    """A column as read: 20 dated rows on one page unless told otherwise."""
    url = f"https://www.example.gov.cn/{name}/"
    column = Column(url, name, url, ColumnKind(kind), max_age=max_age, exempt=exempt)
    return ColumnReading(column, newest, **{"items": 20, "read_pages": 1, **fields})


def codes(reading: ColumnReading, context: Context = CONTEXT) -> list[str]:
    return [finding.code for finding in Engine(COLUMN_RULES, context).findings(judge(reading, context))]


@pytest.mark.parametrize(
    ("kind", "newest", "status", "found"),
    [
        ("news", date(2026, 8, 31), "fresh", []),
        ("news", date(2026, 8, 22), "fresh", []),
        ("news", date(2026, 8, 21), "fresh", ["C103"]),
        ("news", date(2026, 8, 18), "fresh", ["C103"]),
        ("news", date(2026, 8, 17), "stale", ["C102"]),
        # Six calendar months before 31 August is the last of February, not 184 days.
        ("notice", date(2026, 3, 1), "fresh", ["C103"]),
        ("notice", date(2026, 2, 28), "stale", ["C102"]),
        ("policy", date(2026, 2, 28), "stale", ["C102"]),
        ("interpretation", date(2026, 2, 28), "stale", ["C102"]),
        ("interpretation", date(2026, 4, 1), "fresh", []),
        ("personnel", date(2025, 9, 1), "fresh", ["C103"]),
        ("personnel", date(2025, 8, 31), "stale", ["C102"]),
        ("plan", date(2025, 8, 31), "stale", ["C102"]),
        ("plan", date(2025, 10, 1), "fresh", []),
        ("leaders", date(2018, 1, 6), "exempt", []),
        ("organisation", date(2018, 1, 6), "exempt", []),
        ("topic", date(2018, 1, 6), "exempt", []),
        ("consultation", date(2018, 1, 6), "exempt", []),
        ("other", date(2018, 1, 6), "exempt", []),
    ],
)
def test_limits(kind: str, newest: date, status: str, found: list[str]) -> None:
    """Each kind is stale on the day its limit is reached and not the day before; the warning likewise."""
    reading = read(kind, newest)
    assert judge(reading, CONTEXT).status == status
    assert codes(reading) == found


def test_arithmetic() -> None:
    """The reason shows newest date, day, days between and limit; the basis is the clause of that limit."""
    result = judge(read(newest=date(2026, 7, 10)), CONTEXT)
    assert result.reason == "最近更新 2026-07-10，至 2026-08-31 已 52 天，时限 14 天"
    assert result.age_days == 52
    assert result.limit == MaxAge(days=14)
    assert result.basis.startswith("14 天：国办秘函〔2019〕19号 单项否决“栏目不更新”")
    assert judge(read(newest=DAY), CONTEXT).reason == "最近更新 2026-08-31，至 2026-08-31 已 0 天，时限 14 天"
    assert "（应晚于 2026-02-28）" in judge(read("notice", date(2026, 1, 1)), CONTEXT).reason
    [finding] = Engine([RULES["C102"]], CONTEXT).findings(judge(read(newest=date(2026, 7, 10), name="要闻"), CONTEXT))
    assert finding.message == "栏目“要闻”更新不及时：" + result.reason
    assert finding.basis == result.basis


@pytest.mark.parametrize(
    ("fields", "status", "found"),
    [
        ({"items": 0}, "blank", ["C101"]),
        ({"items": 0, "kind": "leaders"}, "blank", ["C101"]),
        ({"items": 0, "exempt": True}, "blank", ["C101"]),
        ({"items": 0, "landing": True}, "unknown", ["C109"]),
        ({"items": 0, "landing": True, "kind": "topic"}, "exempt", []),
        ({"items": 0, "reason": "栏目地址返回 404"}, "unknown", ["C109"]),
        ({"items": 0, "read_pages": 0}, "unknown", ["C109"]),
        ({"items": 0, "complete": False}, "unknown", ["C109"]),
        ({"items": 0, "kind": "leaders", "reason": "要求登录"}, "unknown", ["C109"]),
    ],
)
def test_without_rows(fields: dict[str, Any], status: str, found: list[str]) -> None:
    """Only a list that was read to its end and has no row is blank; a page that was not read never is."""
    reading = read(newest=None, **fields)
    assert judge(reading, CONTEXT).status == status
    assert codes(reading) == found


def test_reason_of_the_reading_is_kept() -> None:
    """Why nothing can be said comes first, even where old rows were read, and reaches the message."""
    reading = read(newest=date(2020, 1, 1), reason="要求登录")
    assert judge(reading, CONTEXT).status is UpdateStatus.UNKNOWN
    [finding] = Engine(COLUMN_RULES, CONTEXT).findings(judge(reading, CONTEXT))
    assert finding.message == "栏目“栏目”未能判定：要求登录"


def test_rows_without_dates_are_unknown() -> None:
    """A list that shows no date is neither fresh nor stale; without a duty nobody asks."""
    assert judge(read(newest=None, undated=20), CONTEXT).status is UpdateStatus.UNKNOWN
    assert judge(read("leaders", None, undated=20), CONTEXT).status is UpdateStatus.EXEMPT


@pytest.mark.parametrize(("undated", "status"), [(10, "stale"), (11, "unknown")])
def test_mostly_undated_rows_prove_nothing(undated: int, status: str) -> None:
    """Where more than half of the rows show no date, the newest known one does not make the column stale."""
    assert judge(read(newest=date(2026, 1, 1), undated=undated), CONTEXT).status == status
    assert judge(read(newest=DAY, undated=undated), CONTEXT).status is UpdateStatus.FRESH


def test_future_date_is_fresh_and_named() -> None:
    """A date of tomorrow counts as fresh, and the reason asks a person to look."""
    result = judge(read(newest=DAY + timedelta(days=1)), CONTEXT)
    assert (result.status, result.age_days, result.nearly) == (UpdateStatus.FRESH, 0, False)
    assert "晚于检查日" in result.reason


@pytest.mark.parametrize(("ahead", "status"), [(1, "fresh"), (2, "unknown")])
def test_newest_dates_further_ahead_than_a_time_zone_are_not_believed(ahead: int, status: str) -> None:
    """Clocks may be a day apart; where even the newest believed date is further ahead, one clock is wrong."""
    assert judge(read(newest=DAY + timedelta(days=ahead)), CONTEXT).status == status


@pytest.mark.parametrize(
    ("known", "said"), [(0, "（第 3 页以外未读）"), (3, "（第 3 页以外未读）"), (9, "（列表共 9 页，读了 3 页）")]
)
def test_stale_by_the_first_pages_says_so(known: int, said: str) -> None:
    """A list whose next pages cannot be followed is judged by what was read, and the reason says that."""
    reading = read(newest=date(2026, 1, 1), complete=False, read_pages=3, known_pages=known)
    assert judge(reading, CONTEXT).reason.endswith(said)


def test_own_limit_goes_before_the_profile() -> None:
    """A configured limit is used in place of the profile's, also for a kind without one, and is cited as such."""
    result = judge(read(newest=date(2026, 8, 23), max_age=MaxAge(days=7)), CONTEXT)
    assert (result.status, result.basis) == (UpdateStatus.STALE, "7 天：本单位配置的时限")
    assert judge(read("other", date(2026, 8, 1), max_age=MaxAge(months=1)), CONTEXT).status is UpdateStatus.FRESH
    assert judge(read("other", date(2026, 7, 31), max_age=MaxAge(months=1)), CONTEXT).status is UpdateStatus.STALE
    same = judge(read(newest=date(2026, 7, 1), max_age=MaxAge(days=14)), CONTEXT)
    assert "19号" in same.basis


@pytest.mark.parametrize(
    ("limit", "age", "nearly"),
    [(MaxAge(days=7), 4, False), (MaxAge(days=7), 5, True), (MaxAge(days=2), 1, False), (MaxAge(months=1), 20, True)],
)
def test_own_limit_warns_before(limit: MaxAge, age: int, nearly: bool) -> None:
    """A configured limit warns at five sevenths of it, as ten days stand to fourteen."""
    assert judge(read(newest=DAY - timedelta(days=age), max_age=limit), CONTEXT).nearly is nearly


def test_exempt_column() -> None:
    """`max_age = "never"` means no duty: not stale however old, and the reason says who decided."""
    result = judge(read(newest=date(2010, 1, 1), exempt=True), CONTEXT)
    assert (result.status, result.limit, result.reason) == (UpdateStatus.EXEMPT, None, "配置写明不判更新")


def test_unverified_threshold_is_no_duty() -> None:
    """A limit whose clause nobody has seen never makes a column stale."""
    threshold = Threshold(MaxAge(months=12), None, Basis("国办秘函〔2019〕19号", "", "忆"))
    profile = replace(CONTEXT.profile, columns={ColumnKind.OTHER: threshold})
    for basis, status in ((threshold.basis, "exempt"), (Basis("某文件", "", "核1"), "stale")):
        columns = {ColumnKind.OTHER: replace(threshold, basis=basis)}
        result = judge(read("other", date(2020, 1, 1)), replace(CONTEXT, profile=replace(profile, columns=columns)))
        assert result.status == status


def test_own_limit_holds_where_the_profile_only_remembers_the_same() -> None:
    """An office that sets the very limit whose clause nobody has seen has a duty, by its own word."""
    threshold = Threshold(MaxAge(months=12), None, Basis("国办秘函〔2019〕19号", "", "忆"))
    context = replace(CONTEXT, profile=replace(CONTEXT.profile, columns={ColumnKind.OTHER: threshold}))
    result = judge(read("other", date(2020, 1, 1), max_age=MaxAge(months=12)), context)
    assert (result.status, result.basis) == (UpdateStatus.STALE, "12 个月：本单位配置的时限")


def test_refuses_an_unknown_check() -> None:
    """A wrong parameter names the rule's file and what is possible."""
    rule = replace(RULES["C102"], params={"check": "stael"})
    with pytest.raises(RuleError, match=r'rules/C102-stale-column.toml：.*“stael” 不认识，是否为 "stale"'):
        ColumnsCheck([rule], CONTEXT)
    with pytest.raises(RuleError, match="未知的键"):
        ColumnsCheck([replace(rule, params={"check": "stale", "days": 14})], CONTEXT)


@pytest.mark.parametrize(
    ("seen", "status"),
    [
        (None, "stale"),
        (DAY, "stale"),
        (date(2026, 8, 30), "stale"),
        (date(2026, 8, 24), "stale"),
        (date(2026, 8, 23), "unknown"),
    ],
)
def test_rows_read_before_they_were_due_prove_nothing_now(seen: date | None, status: str) -> None:
    """A news column last updated on 10 August was due on the 24th: read before that day it is unknown, not stale."""
    assert judge(read("news", date(2026, 8, 10), seen=seen), CONTEXT).status == status
