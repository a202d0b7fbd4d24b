"""Whether an account is fresh, stale, empty, exempt or unknown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from jimo_lint.lint.checks.updates.account_freshness import judge
from jimo_lint.lint.engine import Engine
from jimo_lint.model import Account, AccountReading, Context, MaxAge, Platform, Severity, UpdateStatus
from tests.support import shipped

DAY = date(2026, 11, 22)
CONTEXT = Context(DAY, shipped.national())
RULES = [rule for rule in shipped.rules() if rule.kind == "accounts"]


def read(age: int | None = 0, *, max_age: MaxAge | None = None, exempt: bool = False, **fields: Any) -> AccountReading:
    """An account with 20 posts, the newest `age` days old."""
    account = Account("wechat:示例发布", "示例发布", Platform.WECHAT, "区融媒体中心", "/档案", max_age, exempt)
    newest = None if age is None else DAY - timedelta(days=age)
    return AccountReading(account, **{"newest": newest, "posts": 20, **fields})


def codes(reading: AccountReading) -> list[str]:
    return [finding.code for finding in Engine(RULES, CONTEXT).findings(judge(reading, CONTEXT))]


@pytest.mark.parametrize(
    ("age", "status", "found"),
    [(0, "fresh", []), (9, "fresh", []), (10, "fresh", ["A102"]), (13, "fresh", ["A102"]), (14, "stale", ["A101"])],
)
def test_limits(age: int, status: str, found: list[str]) -> None:
    """An account is stale on the fourteenth day without a post and warned of from the tenth."""
    assert judge(read(age), CONTEXT).status == status
    assert codes(read(age)) == found


def test_stale_is_a_veto_with_its_clause() -> None:
    """The finding carries the arithmetic, the clause, the account and its office."""
    names = {"wechat:示例发布": ("示例发布", "区融媒体中心")}
    [finding] = Engine(RULES, CONTEXT, names=names).findings(judge(read(52), CONTEXT))
    assert finding.severity is Severity.VETO
    assert finding.message == "账号“示例发布”超期未更新：最近更新 2026-10-01，至 2026-11-22 已 52 天，时限 14 天"
    assert finding.basis == "14 天：国办秘函〔2019〕19号 单项否决“内容不更新”：监测时间点前2周内无更新"
    assert (finding.account_name, finding.owner, finding.kind) == ("示例发布", "区融媒体中心", "account")


def test_archive_that_leaves_posts_out_proves_no_silence() -> None:
    """From an incomplete archive an old newest post or none at all is unknown; a new post still proves life."""
    old = judge(read(52, proves_silence=False), CONTEXT)
    assert old.status is UpdateStatus.UNKNOWN
    assert old.reason.startswith("该档案不能证明未更新")
    assert codes(read(52, proves_silence=False)) == ["A106"]
    assert codes(read(None, posts=0, proves_silence=False)) == ["A106"]
    assert codes(read(3, proves_silence=False)) == []
    assert codes(read(11, proves_silence=False)) == []


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({}, ["A103"]),
        ({"deleted": 2}, ["A106"]),
        ({"blocked": 1}, ["A106"]),
        ({"unavailable": 1}, ["A106"]),
        ({"reason": "配置里没有写 archive"}, ["A106"]),
        ({"exempt": True}, ["A103"]),
    ],
)
def test_without_posts(fields: dict[str, Any], found: list[str]) -> None:
    """Only an archive that was read and holds nothing is empty; posts that are gone are not an empty account."""
    assert codes(read(None, posts=0, **fields)) == found


@pytest.mark.parametrize(("undated", "status"), [(10, "stale"), (11, "unknown"), (20, "unknown")])
def test_mostly_undated_posts_prove_nothing(undated: int, status: str) -> None:
    """Where more than half of the posts show no time, the newest known one does not make the account stale."""
    newest = 52 if undated < 20 else None
    assert judge(read(newest, undated=undated), CONTEXT).status == status


def test_future_time_is_fresh_and_named() -> None:
    """A time after the day of inspection counts as fresh and is named."""
    result = judge(read(-2), CONTEXT)
    assert (result.status, result.age_days) == (UpdateStatus.FRESH, 0)
    assert "晚于检查日" in result.reason


def test_own_limit_and_exemption() -> None:
    """A stricter limit of the office's own is used and cited; `never` means no duty."""
    assert judge(read(10, max_age=MaxAge(days=10)), CONTEXT).basis == "10 天：本单位配置的时限"
    assert judge(read(10, max_age=MaxAge(days=10)), CONTEXT).status is UpdateStatus.STALE
    assert judge(read(9, max_age=MaxAge(days=10)), CONTEXT).status is UpdateStatus.FRESH
    assert judge(read(400, exempt=True), CONTEXT).status is UpdateStatus.EXEMPT


@pytest.mark.parametrize(("days", "status"), [(-1, "exempt"), (0, "exempt"), (1, "stale")])
def test_closed_accounts_have_no_duty_from_the_day_they_close(days: int, status: str) -> None:
    """An account that closes on the day of inspection is exempt; one that closes tomorrow is not yet."""
    reading = read(52)
    closing = replace(reading, account=replace(reading.account, closed=DAY + timedelta(days=days)))
    assert judge(closing, CONTEXT).status == status
