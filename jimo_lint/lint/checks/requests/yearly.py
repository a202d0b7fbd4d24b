"""Finds what tables of a published annual report say otherwise than the ledger, and what of them does not add up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from jimo_lint.errors import RuleError
from jimo_lint.evidence.request_years import compare, published, table
from jimo_lint.lint.checks.base import Detail, given_table, named, params
from jimo_lint.model import Context, Hit, Rule
from jimo_lint.model.requests import YearComparison

_SHOWN = 4


def differs(subject: YearComparison) -> Iterator[Detail]:
    """Numbers that are not those of the ledger."""
    told = [f"“{one.name}”台账 {one.ledger}，年报 {one.published}" for one in subject.differences]
    if told:
        more = f"等 {len(told)} 处" if len(told) > _SHOWN else ""
        yield Detail({"count": str(len(told)), "differences": f"{'；'.join(told[:_SHOWN])}{more}"})


def unbalanced(subject: YearComparison) -> Iterator[Detail]:
    """Rows and columns that do not add up."""
    if subject.sums:
        more = f"等 {len(subject.sums)} 处" if len(subject.sums) > _SHOWN else ""
        yield Detail({"count": str(len(subject.sums)), "sums": f"{'；'.join(subject.sums[:_SHOWN])}{more}"})


_CHECKS: Mapping[str, Callable[[YearComparison], Iterator[Detail]]] = {"differs": differs, "unbalanced": unbalanced}


class YearlyCheck:
    """The kind `annual-table`. params.check: differs or unbalanced."""

    def __init__(self, rules: Sequence[Rule], context: Context) -> None:
        self._as_of = context.as_of
        self._checks: list[tuple[str, Callable[[YearComparison], Iterator[Detail]]]] = []
        for rule in rules:
            read = params(rule)
            self._checks.append((rule.code, named(read, _CHECKS)))
            read.finish()

    def hits(self, subject: YearComparison) -> Iterator[Hit]:
        """At most one hit a rule."""
        for code, check in self._checks:
            for detail in check(subject):
                yield detail.hit(code, year=str(subject.ledger.year), title=subject.title)

    def example(self, given: Mapping[str, Any]) -> YearComparison:
        """The text of a published report, beside an empty ledger."""
        read = given_table(given)
        text = read.text("text")
        read.finish()
        found = published(text)
        if found is None:
            raise RuleError("[[example]]", "里没有年报的表", "请写出表的文字")
        return compare(table((), found[0].year, self._as_of), *found, "信息公开年报", "年报.docx")
