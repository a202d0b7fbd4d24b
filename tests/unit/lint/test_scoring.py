"""What the indicators of a standard make of columns, accounts and findings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from jimo_lint.lint.checks.updates.account_freshness import judge as judge_account
from jimo_lint.lint.checks.updates.column_freshness import judge
from jimo_lint.lint.scoring import Material, score
from jimo_lint.model import (
    Account,
    AccountReading,
    AccountResult,
    Column,
    ColumnKind,
    ColumnReading,
    ColumnResult,
    Context,
    IndicatorResult,
    IndicatorStatus,
    Judge,
    MaxAge,
    Measure,
    Platform,
    UpdateStatus,
)
from tests.support import shipped

DAY = date(2026, 8, 31)
OLD = date(2020, 1, 1)
CONTEXT = Context(DAY, shipped.national())


def read(
    kind: str, newest: date | None = DAY, *, items: int = 20, reason: str = "", max_age: MaxAge | None = None
) -> ColumnResult:
    """A column as judged: 20 dated rows on one page unless told otherwise."""
    url = f"https://www.example.gov.cn/{kind}/"
    column = Column(url, kind, url, ColumnKind(kind), max_age=max_age)
    return judge(ColumnReading(column, newest, items=items, read_pages=1, reason=reason), CONTEXT)


def scored(*columns: ColumnResult, complete: bool = True) -> dict[str, IndicatorResult]:
    """The results of the national standard by key."""
    material = Material(DAY, columns=columns, complete=complete)
    return {result.indicator.key: result for result in score(CONTEXT.profile, material)}


def said(*columns: ColumnResult) -> list[tuple[float | None, bool]]:
    """Count and whether it is reached, of the three clauses on columns."""
    results = scored(*columns)
    return [(results[key].count, results[key].reached) for key in ("stale-main", "stale-all", "blank")]


@pytest.mark.parametrize(("stale", "reached"), [(4, False), (5, True)])
def test_stale_main(stale: int, reached: bool) -> None:
    """Five stale columns of news, notices and policies together reach the clause; four do not."""
    kinds = ["news", "notice", "policy", "news", "notice"][:stale]
    assert said(*(read(kind, OLD) for kind in kinds))[0] == (stale, reached)


@pytest.mark.parametrize(("stale", "reached"), [(9, False), (10, True)])
def test_stale_all(stale: int, reached: bool) -> None:
    """Ten stale columns of any kind with a duty reach the clause; nine do not, and few of them are main ones."""
    judged = [*(read("plan", OLD) for _ in range(stale)), read("leaders", OLD), read("plan", DAY)]
    assert said(*judged) == [(0, False), (stale, reached), (0, False)]


@pytest.mark.parametrize(("blank", "reached"), [(4, False), (5, True)])
def test_blank(blank: int, reached: bool) -> None:
    """Five blank columns reach the clause; an unread one is not counted but named."""
    judged = [*(read("topic", None, items=0) for _ in range(blank)), read("news", None, items=0, reason="要求登录")]
    assert said(*judged)[2] == (blank, reached)
    assert "另有 1 个未能判定" in scored(*judged)["blank"].arithmetic


def test_unread_columns_leave_the_verdict_open_where_they_could_turn_it() -> None:
    """Four blank columns and one unread are no pass; three and one are."""
    unread = read("news", None, items=0, reason="要求登录")
    blank = [read("topic", None, items=0) for _ in range(4)]
    assert scored(*blank, unread)["blank"].standing is IndicatorStatus.UNKNOWN
    assert scored(*blank[:3], unread)["blank"].standing is IndicatorStatus.CLEAR


def test_a_crawl_that_ended_early_clears_nothing() -> None:
    """What was counted in part of the site can reach a threshold, but it cannot rule it out."""
    blank = [read("topic", None, items=0) for _ in range(5)]
    assert scored(*blank[:1], complete=False)["blank"].standing is IndicatorStatus.UNKNOWN
    assert scored(*blank, complete=False)["blank"].standing is IndicatorStatus.REACHED


def test_counts_are_by_the_standard_not_by_own_limits() -> None:
    """A column stale only under the office's stricter limit is a finding and counts towards no indicator."""
    strict = [read("news", DAY - timedelta(days=8), max_age=MaxAge(days=7)) for _ in range(12)]
    assert all(result.status is UpdateStatus.STALE for result in strict)
    assert said(*strict) == [(0, False), (0, False), (0, False)]


def account(age: int, *, proves_silence: bool = True) -> AccountResult:
    """An account as judged, its newest post so many days old."""
    reading = AccountReading(
        Account(f"wechat:{age}", "示例发布", Platform.WECHAT, archive="/档案"),
        DAY - timedelta(days=age),
        posts=20,
        proves_silence=proves_silence,
    )
    return judge_account(reading, CONTEXT)


@pytest.mark.parametrize(
    ("accounts", "standing"),
    [
        ([account(13)], IndicatorStatus.CLEAR),
        ([account(13), account(14)], IndicatorStatus.REACHED),
        ([account(13), account(14, proves_silence=False)], IndicatorStatus.UNKNOWN),
    ],
)
def test_accounts(accounts: list[AccountResult], standing: IndicatorStatus) -> None:
    """One stale account is a veto; one whose silence is not proved leaves the clause open, and charges nobody."""
    material = Material(DAY, accounts=accounts, weekly=True)
    [result] = [one for one in score(CONTEXT.profile, material) if one.indicator.key == "stale-account"]
    assert (result.standing, result.count) == (standing, float(standing is IndicatorStatus.REACHED))


def test_unread_accounts_leave_the_verdict_open_where_they_could_turn_it() -> None:
    """By a local standard of three, two stale accounts and an unread one are no pass; one and one are."""
    stale, unread = account(14), account(15, proves_silence=False)
    [national] = [one for one in CONTEXT.profile.indicators if one.key == "stale-account"]
    profile = replace(CONTEXT.profile, indicators=(replace(national, threshold=3),))
    for accounts, standing in (
        ([stale, stale, unread], IndicatorStatus.UNKNOWN),
        ([stale, unread], IndicatorStatus.CLEAR),
        ([stale, stale, stale], IndicatorStatus.REACHED),
    ):
        [result] = score(profile, Material(DAY, accounts=accounts, weekly=True))
        assert result.standing is standing


def test_no_finding_in_a_part_of_the_site_clears_nothing() -> None:
    """An indicator that counts findings is clear where all was looked at, and unknown where the crawl broke off."""
    counted = {
        key: result.standing
        for key, result in scored().items()
        if result.indicator.measure is Measure.FINDINGS and result.indicator.judged is Judge.MACHINE
    }
    assert counted
    assert set(counted.values()) == {IndicatorStatus.CLEAR}
    assert {scored(complete=False)[key].standing for key in counted} == {IndicatorStatus.UNKNOWN}
