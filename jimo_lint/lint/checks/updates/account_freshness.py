"""Decides whether a new-media account is fresh, stale, empty, exempt or unknown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from jimo_lint.lint.checks.base import given_table
from jimo_lint.lint.checks.updates.duty import Duty, UpdateRules, arithmetic, duty, nearly
from jimo_lint.model import (
    Account,
    AccountReading,
    AccountResult,
    Context,
    Hit,
    Platform,
    Rule,
    UpdateStatus,
)

_NO_PROOF = "该档案不能证明未更新"


def judge(reading: AccountReading, context: Context) -> AccountResult:
    """The one place where an account's status is decided.

    `reading.posts` are those that can be read: a deleted or blocked post is no update, and its saved page
    shows no date. Stale and empty are said only where the archive proves silence, because an archive
    that leaves posts out (an API dump) looks exactly like an account that is silent.
    """
    account = reading.account
    now = duty(account.max_age, account.exempt, context.profile.account)
    age = max((context.as_of - reading.newest).days, 0) if reading.newest else None
    status, reason = _status(reading, now, context.as_of)
    return AccountResult(
        reading=reading,
        status=status,
        age_days=age,
        limit=now.limit,
        reason=reason,
        basis=now.basis,
        nearly=(status is UpdateStatus.FRESH and reading.proves_silence and nearly(reading.newest, now, context.as_of)),
    )


def _status(reading: AccountReading, now: Duty, as_of: date) -> tuple[UpdateStatus, str]:
    closed = reading.account.closed
    if closed and closed <= as_of:
        return UpdateStatus.EXEMPT, f"登记为 {closed} 关停"
    if reading.reason:
        return UpdateStatus.UNKNOWN, reading.reason
    if reading.account.exempt and not reading.account.archive and not reading.posts:
        return UpdateStatus.EXEMPT, now.reason
    if not reading.posts:
        return _without_posts(reading)
    if now.limit is None:
        return UpdateStatus.EXEMPT, now.reason
    newest = reading.newest
    if newest is None:
        return UpdateStatus.UNKNOWN, f"读到 {reading.posts} 条，都没有可用的发布时间"
    if newest > as_of:
        return UpdateStatus.FRESH, f"最新时间 {newest} 晚于检查日 {as_of}，请核对是否写错"
    sentence = arithmetic(newest, now.limit, as_of)
    if not now.limit.exceeded(newest, as_of):
        return UpdateStatus.FRESH, sentence
    if not reading.proves_silence:
        return UpdateStatus.UNKNOWN, f"{_NO_PROOF}：{sentence}"
    if reading.saved and not now.limit.exceeded(newest, reading.saved):
        # What was published after the export was made is not in it: an old file is no proof of silence.
        return UpdateStatus.UNKNOWN, f"档案是 {reading.saved} 留存的，此后的更新不在其中，请重新导出；{sentence}"
    if reading.mostly_undated:
        return UpdateStatus.UNKNOWN, f"读到 {reading.posts} 条，其中 {reading.undated} 条没有发布时间；{sentence}"
    return UpdateStatus.STALE, sentence


def _without_posts(reading: AccountReading) -> tuple[UpdateStatus, str]:
    gone = reading.deleted + reading.blocked + reading.unavailable
    if gone:
        return UpdateStatus.UNKNOWN, f"档案里的 {gone} 条都已删除或无法查看"
    if not reading.proves_silence:
        return UpdateStatus.UNKNOWN, f"{_NO_PROOF}：没有读到内容"
    return UpdateStatus.BLANK, "档案里没有一条内容"


class AccountsCheck:
    """The kind `accounts`. params as in `UpdateRules`."""

    def __init__(self, rules: Sequence[Rule], context: Context) -> None:
        self._context = context
        self._rules = UpdateRules(rules)

    def hits(self, subject: AccountResult) -> Iterator[Hit]:
        """At most one hit a rule."""
        account = subject.reading.account
        yield from self._rules.hits(
            subject, {"account": account.name, "platform": account.platform.label, "reason": subject.reason}
        )

    def example(self, given: Mapping[str, Any]) -> AccountResult:
        """Fields of `AccountReading` and, for its account, `max_age` and `closed`."""
        return judge(described(given), self._context)


def described(given: Mapping[str, Any]) -> AccountReading:
    """The account that an example of a rule describes; `days` is a table of days and posts."""
    table = given_table(given)
    max_age, never = table.max_age("max_age")
    name = table.text("account", "示例发布")
    platform = table.choice("platform", Platform, "wechat")
    account = Account(
        f"{platform.value}:{name}", name, platform, max_age=max_age, exempt=never, closed=table.day("closed")
    )
    days = table.table("days")
    others = tuple(
        Account(f"{one.value}:{other}", other, one)
        for other, one in ((row.text("name"), row.choice("platform", Platform)) for row in table.tables("sibling"))
    )
    reading = AccountReading(
        account,
        newest=table.day("newest"),
        posts=table.integer("posts", 20, low=0, high=1_000_000),
        week_posts=table.integer("week_posts", 1, low=0, high=1_000_000),
        days={date.fromisoformat(day): days.integer(day, low=1, high=1_000) for day in days.data()},
        deleted=table.integer("deleted", 0, low=0, high=1_000_000),
        blocked=table.integer("blocked", 0, low=0, high=1_000_000),
        unavailable=table.integer("unavailable", 0, low=0, high=1_000_000),
        undated=table.integer("undated", 0, low=0, high=1_000_000),
        farewell=table.day("farewell"),
        called=table.text("called", ""),
        siblings=(account, *others) if others else (),
        saved=table.day("saved"),
        proves_silence=table.flag("proves_silence", True),
        reason=table.text("reason", ""),
    )
    table.finish()
    return reading
