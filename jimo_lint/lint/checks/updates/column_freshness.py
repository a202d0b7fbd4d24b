"""Decides whether a column is fresh, stale, blank, exempt or unknown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Any

from jimo_lint.lint.checks.base import given_table
from jimo_lint.lint.checks.updates.duty import Duty, UpdateRules, arithmetic, duty, nearly
from jimo_lint.model import (
    Column,
    ColumnKind,
    ColumnReading,
    ColumnResult,
    Context,
    Hit,
    Obstacle,
    Rule,
    UpdateStatus,
)


def judge(reading: ColumnReading, context: Context) -> ColumnResult:
    """The one place where a column's status is decided.

    Unknown comes before everything, because a page that was not read shows no rows and no new date. Blank
    comes before exempt: a list without a single row is a fault whatever its duty to update.
    """
    column = reading.column
    now = duty(column.max_age, column.exempt, context.profile.columns.get(column.kind))
    age = max((context.as_of - reading.newest).days, 0) if reading.newest else None
    status, reason = _status(reading, now, context.as_of)
    if reading.twins:
        reason += f"；与栏目“{'”“'.join(reading.twins)}”网址相同，请核对配置"
    return ColumnResult(
        reading=reading,
        status=status,
        age_days=age,
        limit=now.limit,
        reason=reason,
        basis=now.basis,
        nearly=status is UpdateStatus.FRESH and nearly(reading.newest, now, context.as_of),
    )


def _status(reading: ColumnReading, now: Duty, as_of: date) -> tuple[UpdateStatus, str]:
    if reading.reason:
        return UpdateStatus.UNKNOWN, reading.reason
    if not reading.items:
        return _without_rows(reading, now)
    if now.limit is None:
        return UpdateStatus.EXEMPT, now.reason
    newest = reading.newest
    if newest is None:
        return UpdateStatus.UNKNOWN, f"读到 {reading.items} 条，都没有日期"
    if _ahead(newest, as_of):
        return UpdateStatus.UNKNOWN, f"所有日期都晚于检查日 {as_of}（最晚 {newest}），请核对检查日和本机时钟"
    if newest > as_of:
        return UpdateStatus.FRESH, f"最新日期 {newest} 晚于检查日 {as_of}，请核对是否写错"
    sentence = arithmetic(newest, now.limit, as_of) + _unread_part(reading)
    if reading.future:
        sentence += f"；另有 {reading.future} 条日期晚于检查日，未计入"
    if not now.limit.exceeded(newest, as_of):
        return UpdateStatus.FRESH, sentence
    if reading.seen and not now.limit.exceeded(newest, reading.seen):
        # A site that shut the crawler out since is not idle: what it published meanwhile was not seen.
        return UpdateStatus.UNKNOWN, f"读到的是 {reading.seen} 的内容，此后的更新不在其中，请重新采集；{sentence}"
    if reading.mostly_undated:
        return UpdateStatus.UNKNOWN, f"读到 {reading.items} 条，其中 {reading.undated} 条没有日期；{sentence}"
    return UpdateStatus.STALE, sentence


def _ahead(newest: date, as_of: date) -> bool:
    """True where even the newest date that is believed lies ahead: then all do, and one clock is wrong.

    A day is allowed for, since sites and inspectors may live in different time zones.
    """
    return (newest - as_of).days > 1


def _unread_part(reading: ColumnReading) -> str:
    if reading.complete:
        return ""
    if reading.known_pages > reading.read_pages:
        return f"（列表共 {reading.known_pages} 页，读了 {reading.read_pages} 页）"
    return f"（第 {reading.read_pages} 页以外未读）"


def _without_rows(reading: ColumnReading, now: Duty) -> tuple[UpdateStatus, str]:
    if reading.landing:
        if now.limit is None:
            return UpdateStatus.EXEMPT, "入口页，没有自己的列表"
        return UpdateStatus.UNKNOWN, "入口页，没有自己的列表；请把下级栏目写进配置"
    if not reading.read_pages:
        return UpdateStatus.UNKNOWN, "没有读到栏目页"
    if not reading.complete:
        return UpdateStatus.UNKNOWN, "列表的翻页读不到，不能断定空白"
    return UpdateStatus.BLANK, f"读了 {reading.read_pages} 页，没有一条信息"


class _Fault(StrEnum):
    """Faults of a column's address or list that have rules of their own."""

    GONE = "gone"
    HOME = "home"
    LOGIN = "login"
    UNDATED = "undated"
    AHEAD = "ahead"
    TWIN = "twin"


_IN_THE_WAY = {Obstacle.GONE: _Fault.GONE, Obstacle.HOME: _Fault.HOME, Obstacle.LOGIN: _Fault.LOGIN}


class ColumnsCheck:
    """The kind `columns`. params.check: one of `_Fault`, or as in `UpdateRules`."""

    def __init__(self, rules: Sequence[Rule], context: Context) -> None:
        self._context = context
        own = {rule.code: rule.params.get("check") for rule in rules}
        self._faults = {code: _Fault(check) for code, check in own.items() if check in list(_Fault)}
        self._rules = UpdateRules([rule for rule in rules if rule.code not in self._faults])

    def hits(self, subject: ColumnResult) -> Iterator[Hit]:
        """At most one hit a rule. What could not be judged for a fault of its own is not reported as unread too."""
        column, twins = subject.reading.column, subject.reading.twins
        args = {"column": column.name, "kind": column.kind.label, "reason": subject.reason}
        why = _why(subject, self._context.as_of)
        for code, fault in self._faults.items():
            if fault is why or (fault is _Fault.TWIN and twins):
                yield Hit(code, args={**args, "twins": "”“".join(twins)})
        if why is None:
            yield from self._rules.hits(subject, args)

    def example(self, given: Mapping[str, Any]) -> ColumnResult:
        """Fields of `ColumnReading` and, for its column, `kind` and `max_age`."""
        table = given_table(given)
        max_age, never = table.max_age("max_age")
        url = "https://www.example.gov.cn/lm/"
        reading = ColumnReading(
            Column(url, table.text("column", "示例栏目"), url, table.choice("kind", ColumnKind, "news")),
            newest=table.day("newest"),
            items=table.integer("items", 20, low=0, high=100_000),
            undated=table.integer("undated", 0, low=0, high=100_000),
            read_pages=table.integer("read_pages", 1, low=0, high=100_000),
            complete=table.flag("complete", True),
            landing=table.flag("landing", False),
            reason=table.text("reason", ""),
            obstacle=table.choice("obstacle", Obstacle, ""),
            twins=table.texts("twins", ()),
        )
        table.finish()
        return judge(replace(reading, column=replace(reading.column, max_age=max_age, exempt=never)), self._context)


def _why(result: ColumnResult, as_of: date) -> _Fault | None:
    """The fault for which a column could not be judged; None where it was, or where there is no rule for it."""
    reading = result.reading
    if result.status is not UpdateStatus.UNKNOWN:
        return None
    if reading.reason:
        return _IN_THE_WAY.get(reading.obstacle)
    if reading.items and reading.newest is None:
        return _Fault.UNDATED
    return _Fault.AHEAD if reading.newest and _ahead(reading.newest, as_of) else None
