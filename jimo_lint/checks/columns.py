"""Decides whether a column is fresh, stale, blank, exempt or unknown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from jimo_lint.checks.base import given_date, given_table
from jimo_lint.checks.duty import Duty, UpdateRules, arithmetic, duty, nearly
from jimo_lint.model import (
    Column,
    ColumnKind,
    ColumnReading,
    ColumnResult,
    Context,
    Hit,
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
    if newest > as_of:
        return UpdateStatus.FRESH, f"最新日期 {newest} 晚于检查日 {as_of}，请核对是否写错"
    sentence = arithmetic(newest, now.limit, as_of)
    if not now.limit.exceeded(newest, as_of):
        return UpdateStatus.FRESH, sentence
    if reading.undated * 2 > reading.items:
        # Where most rows show no date, the newest known date says little about the newest row.
        return UpdateStatus.UNKNOWN, f"读到 {reading.items} 条，其中 {reading.undated} 条没有日期；{sentence}"
    if not reading.complete:
        sentence += f"（只读到前 {reading.read_pages} 页）"
    return UpdateStatus.STALE, sentence


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


class ColumnsCheck:
    """The kind `columns`. params as in `UpdateRules`."""

    subject: ClassVar[type] = ColumnReading

    def __init__(self, rules: Sequence[Rule], context: Context) -> None:
        self._context = context
        self._rules = UpdateRules(rules)

    def hits(self, subject: ColumnReading) -> Iterator[Hit]:
        """At most one hit a rule."""
        result = judge(subject, self._context)
        yield from self._rules.hits(
            result, {"column": subject.column.name, "kind": subject.column.kind.label, "reason": result.reason}
        )

    @staticmethod
    def example(given: Mapping[str, Any], as_of: date) -> ColumnReading:
        """Fields of `ColumnReading` and, for its column, `kind` and `max_age`."""
        table = given_table(given)
        max_age, never = table.max_age("max_age")
        url = "https://www.example.gov.cn/lm/"
        reading = ColumnReading(
            Column(url, table.text("column", "示例栏目"), url, table.choice("kind", ColumnKind, "news")),
            newest=given_date(table, "newest"),
            items=table.integer("items", 20, low=0, high=100_000),
            undated=table.integer("undated", 0, low=0, high=100_000),
            read_pages=table.integer("read_pages", 1, low=0, high=100_000),
            complete=table.flag("complete", True),
            landing=table.flag("landing", False),
            reason=table.text("reason", ""),
        )
        table.finish()
        return replace(reading, column=replace(reading.column, max_age=max_age, exempt=never))
