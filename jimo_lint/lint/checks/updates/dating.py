"""Finds dates of articles that a person should look at: the veto clause names forged publish dates (伪造发稿日期).

Nothing here is proof. Systems are moved and texts are published anew for good reasons, so every rule asks for a
strong pattern, speaks of a column once, and shows what it saw.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import Any

from jimo_lint.lint.checks.base import chosen, given_table
from jimo_lint.model import ArticleDates, Column, ColumnDates, ColumnKind, Context, Hit, Rule
from jimo_lint.settings.toml import Table

_SAMPLES = 5
_ADDRESS_DAYS = 60  # between address and publish date; drafts lie for weeks, not for months
_LISTED_DAYS = 30  # between list and page; a day or two is the approval
_SIGNED_DAYS = 180
_BATCH = 10  # articles in one minute; a folder of results is put up by the dozen, but not to the same minute
_UPDATED = frozenset({ColumnKind.NEWS, ColumnKind.NOTICE})
# Texts that are published anew for reference.
_REFERENCE = re.compile(r"转发|全文|公报|年鉴|法$|条例|办法|规定|规划|纲要|报告|制度|简介|概况|目录|指南")


class _What(StrEnum):
    FUTURE = "future"
    RENEWED = "renewed"
    BACKDATED = "backdated"
    LISTED = "listed"
    BATCH = "batch"
    SIGNED = "signed"


class DatingCheck:
    """The kind `dating`. params.check is a member of `_What`."""

    def __init__(self, rules: Sequence[Rule], context: Context) -> None:
        self._as_of = context.as_of
        self._rules = chosen(rules, _What)

    def hits(self, subject: ColumnDates) -> Iterator[Hit]:
        """At most one hit a rule, with the number of articles and the first of them as evidence."""
        for code, what in self._rules:
            found = _suspects(what, subject, self._as_of)
            if found:
                first, evidence = found[0]
                args = {
                    "column": subject.column.name,
                    "count": str(len(found)),
                    "total": str(len(subject.articles)),
                    "article": first.title,
                    "evidence": evidence,
                }
                samples = tuple(one.url for one, _ in found[:_SAMPLES])
                yield Hit(code, args=args, pages=len(found), samples=samples)

    @staticmethod
    def example(given: Mapping[str, Any]) -> ColumnDates:
        """`column_kind`, `running` and one `[[example.article]]` for each article, `times` for several alike."""
        table = given_table(given)
        url = "https://www.example.gov.cn/lm/"
        reading = ColumnDates(
            Column(url, "示例栏目", url, table.choice("column_kind", ColumnKind, "news")),
            tuple(one for row in table.tables("article") for one in _articles(row)),
            table.day("running"),
        )
        table.finish()
        return reading


def _articles(table: Table) -> Iterator[ArticleDates]:
    written = table.text("published")
    one = ArticleDates(
        "https://www.example.gov.cn/lm/1.html",
        table.text("title", "示例稿件"),
        datetime.fromisoformat(written),
        table.text("source", "meta"),
        table.day("listed"),
        table.day("address"),
        table.day("signed"),
    )
    times = table.integer("times", 1, low=1, high=1000)
    table.finish()
    yield from (one._replace(url=f"{one.url}?{number}") for number in range(times))


def _suspects(what: _What, subject: ColumnDates, as_of: date) -> list[tuple[ArticleDates, str]]:
    """The articles concerned, newest first, each with its evidence."""
    if what is _What.BATCH:
        found = list(_batch(subject))
    else:
        judges: dict[_What, Callable[[ArticleDates], str]] = {
            _What.FUTURE: partial(_future, as_of),
            _What.RENEWED: _renewed,
            _What.BACKDATED: partial(_backdated, subject, as_of),
            _What.LISTED: partial(_listed, subject.column.kind),
            _What.SIGNED: partial(_signed, subject),
        }
        judge = judges[what]
        found = [(one, said) for one in subject.articles if (said := judge(one))]
    return sorted(found, key=lambda pair: pair[0].published, reverse=True)


def _future(as_of: date, one: ArticleDates) -> str:
    """A date that page and list agree on, or that the page's metas give: in a text it may be a day of an event."""
    day = one.published.date()
    if day <= as_of + timedelta(days=1) or (one.source not in ("meta", "list") and one.listed != day):
        return ""
    return f"发布时间 {day}，晚于检查日 {as_of}"


def _renewed(one: ArticleDates) -> str:
    """An address made long before the date shown: an old text with a new date."""
    if one.address is None or one.source == "url" or (one.published.date() - one.address).days < _ADDRESS_DAYS:
        return ""
    return f"发布时间 {one.published.date()}，网址里的日期 {one.address}"


def _backdated(subject: ColumnDates, as_of: date, one: ArticleDates) -> str:
    """An address made long after the date shown, though the system was running then. Policy texts bear the day of
    their signature."""
    day = one.published.date()
    if subject.column.kind is ColumnKind.POLICY or one.address is None or subject.running is None:
        return ""
    if day < subject.running or (one.address - day).days < _ADDRESS_DAYS or one.address > as_of:
        return ""
    return f"发布时间 {day}，网址里的日期 {one.address}"


def _listed(kind: ColumnKind | None, one: ArticleDates) -> str:
    day = one.published.date()
    if kind is ColumnKind.POLICY or one.listed is None or one.source not in ("meta", "label"):
        return ""
    if abs((one.listed - day).days) < _LISTED_DAYS:
        return ""
    return f"列表上 {one.listed}，稿件页 {day}"


def _signed(subject: ColumnDates, one: ArticleDates) -> str:
    """A text signed long before, in a column that must be updated."""
    day = one.published.date()
    if subject.column.kind not in _UPDATED or one.signed is None or _REFERENCE.search(one.title):
        return ""
    if (day - one.signed).days < _SIGNED_DAYS or (subject.running and day <= subject.running):
        return ""
    return f"落款 {one.signed}，发布时间 {day}"


def _batch(subject: ColumnDates) -> Iterator[tuple[ArticleDates, str]]:
    """All articles of minutes in which many were published; midnight stands for a date without a time."""
    if subject.column.kind not in _UPDATED:
        return
    minutes = Counter(one.published.replace(second=0) for one in subject.articles if _has_clock(one))
    for one in subject.articles:
        minute = one.published.replace(second=0)
        if _has_clock(one) and minutes[minute] >= _BATCH:
            yield one, f"{minute:%Y-%m-%d %H:%M} 一分钟内 {minutes[minute]} 篇"


def _has_clock(one: ArticleDates) -> bool:
    return bool(one.published.hour or one.published.minute) and one.source != "url"
