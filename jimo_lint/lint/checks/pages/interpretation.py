"""Finds interpretations that name no document, and documents and interpretations that do not link to each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from jimo_lint.lint.checks.base import chosen, given_table
from jimo_lint.model import Context, Hit, Interpretation, Rule


class _What(StrEnum):
    UNNAMED = "unnamed"
    UNLINKED = "unlinked"


class InterpretationCheck:
    """The kind `interpretation`. params.check: unnamed or unlinked."""

    def __init__(self, rules: Sequence[Rule], _context: Context) -> None:
        self._rules = chosen(rules, _What)

    def hits(self, subject: Interpretation) -> Iterator[Hit]:
        """At most one hit a rule. Those without a document are one problem for their column."""
        for code, what in self._rules:
            if what is _What.UNNAMED and not subject.named:
                yield Hit(code, args={"page": subject.title}, identity=subject.column)
            elif what is _What.UNLINKED and not (subject.linked and subject.linked_back):
                faults = ["解读没有链接到文件"] * (not subject.linked) + ["文件没有链接到解读"] * (
                    not subject.linked_back
                )
                args = {"page": subject.title, "policy": subject.policy, "fault": "，".join(faults)}
                yield Hit(code, args=args)

    @staticmethod
    def example(given: Mapping[str, Any]) -> Interpretation:
        """Fields of `Interpretation`."""
        table = given_table(given)
        reading = Interpretation(
            url="https://www.example.gov.cn/zcjd/1.html",
            title=table.text("title"),
            column="https://www.example.gov.cn/zcjd/",
            named=table.flag("named", True),
            policy=table.text("policy", ""),
            linked=table.flag("linked", True),
            linked_back=table.flag("linked_back", True),
        )
        table.finish()
        return reading
