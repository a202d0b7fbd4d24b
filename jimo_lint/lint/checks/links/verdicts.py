"""Turns link verdicts into hits: dead pages and attachments, silent hosts, what could not be confirmed, what moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from jimo_lint.lint.checks.base import given_table, params
from jimo_lint.model import Context, Hit, LinkResult, LinkSummary, Rule, Verdict
from jimo_lint.model.reasons import link_reason


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What one rule reports. reasons: codes that it alone takes from the rules without; host: whole hosts only."""

    code: str
    verdict: Verdict
    kinds: frozenset[str]
    reasons: frozenset[str]
    host: bool
    moved: bool

    def takes(self, link: LinkSummary, result: LinkResult) -> bool:
        return (
            result.verdict is self.verdict
            and (not self.kinds or link.kind in self.kinds)
            and (not self.reasons or result.reason in self.reasons)
            and (not self.host or link.siblings > 0)
            and (not self.moved or bool(link.suggestion))
        )


class LinksCheck:
    """The kind `links`: a link is reported by one rule, the narrowest of those in force.

    params.verdict: dead, inconclusive or alive; params.kinds: kinds of links, empty for all; params.reasons: codes
    of `model.reasons`, empty for all; params.host: only where no link of the host could be asked, which is then one
    problem; params.moved: only where a better address is known. Living links need one of the last three.
    """

    def __init__(self, rules: Sequence[Rule], _context: Context) -> None:
        self._wanted: list[_Wanted] = []
        for rule in rules:
            table = params(rule)
            wanted = _Wanted(
                rule.code,
                table.choice("verdict", Verdict),
                frozenset(table.texts("kinds", ())),
                frozenset(table.texts("reasons", ())),
                table.flag("host", False),
                table.flag("moved", False),
            )
            if wanted.verdict is Verdict.ALIVE and not (wanted.reasons or wanted.moved):
                raise table.fail("verdict", "= “alive” 不是问题", "可用：dead、inconclusive，或写明 reasons、moved")
            self._wanted.append(wanted)
            table.finish()
        self._wanted.sort(key=lambda one: (not one.host, not one.reasons, not one.moved))

    def hits(self, subject: LinkSummary) -> Iterator[Hit]:
        """A target that was not asked has no verdict and gives no hit."""
        result = subject.result
        if result is None:
            return
        for wanted in self._wanted:
            if wanted.takes(subject, result):
                yield Hit(
                    wanted.code,
                    args={
                        "link": subject.url,
                        "anchor": subject.text,
                        "reason": link_reason(result.reason),
                        "since": _since(result),
                        "pages": str(subject.pages),
                        "host": urlsplit(subject.url).netloc,
                        "siblings": str(subject.siblings),
                    },
                    identity=_origin(subject.url) if wanted.host else "",
                    suggestions=(subject.suggestion,) if subject.suggestion else (),
                    subject=_origin(subject.url) if wanted.host else "",
                )
                return

    @staticmethod
    def example(given: Mapping[str, Any]) -> LinkSummary:
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
            siblings=table.integer("siblings", 0, low=0, high=1_000_000),
            suggestion=table.text("suggestion", ""),
        )
        table.finish()
        return summary


def _since(result: LinkResult) -> str:
    """Since when and how often in a row it has failed; "" where this is the first time."""
    if result.attempts < 2 or result.failing_since is None or result.verdict is Verdict.ALIVE:
        return ""
    return f"（{result.failing_since:%Y-%m-%d} 起连续 {result.attempts} 次检查如此）"


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/"
