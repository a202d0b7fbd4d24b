"""Turns link verdicts into hits: dead pages and attachments, and what could not be confirmed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from jimo_lint.checks.base import given_table, params
from jimo_lint.model import Context, Hit, LinkResult, LinkSummary, Rule, Verdict
from jimo_lint.model.reasons import link_reason


class LinksCheck:
    """The kind `links`. params.verdict: dead or inconclusive; params.kinds: kinds of links, empty for all."""

    subject: ClassVar[type] = LinkSummary

    def __init__(self, rules: Sequence[Rule], context: Context) -> None:
        self._wanted: list[tuple[str, Verdict, frozenset[str]]] = []
        for rule in rules:
            table = params(rule)
            verdict = table.choice("verdict", Verdict)
            if verdict is Verdict.ALIVE:
                raise table.fail("verdict", "= “alive” 不是问题", "可用：dead、inconclusive")
            self._wanted.append((rule.code, verdict, frozenset(table.texts("kinds", ()))))
            table.finish()

    def hits(self, subject: LinkSummary) -> Iterator[Hit]:
        """A target that was not asked has no verdict and gives no hit."""
        result = subject.result
        if result is None:
            return
        for code, verdict, kinds in self._wanted:
            if result.verdict is verdict and (not kinds or subject.kind in kinds):
                yield Hit(
                    code,
                    args={
                        "link": subject.url,
                        "anchor": subject.text,
                        "reason": link_reason(result.reason),
                        "pages": str(subject.pages),
                    },
                )

    @staticmethod
    def example(given: Mapping[str, Any], as_of: date) -> LinkSummary:
        """`verdict` and `reason` of the result, and fields of `LinkSummary`."""
        table = given_table(given)
        url = table.text("url", "https://www.example.gov.cn/a.html")
        result = LinkResult(url, table.choice("verdict", Verdict), table.text("reason", ""))
        summary = LinkSummary(
            url=url,
            kind=table.text("kind", "page"),
            text=table.text("anchor", ""),
            pages=table.integer("pages", 1, low=1, high=1_000_000),
            samples=("https://www.example.gov.cn/",),
            external=False,
            result=result,
        )
        table.finish()
        return summary
