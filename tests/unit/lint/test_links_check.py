"""Which verdicts on links become findings."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from jimo_lint.errors import RuleError
from jimo_lint.lint.checks.links.verdicts import LinksCheck
from jimo_lint.lint.engine import Engine
from jimo_lint.model import Context, LinkResult, LinkSummary, Severity, Verdict
from tests.support import shipped

CONTEXT = Context(date(2026, 11, 22), shipped.national())
RULES = [rule for rule in shipped.rules() if rule.kind == "links"]
URL = "https://www.example.gov.cn/a.html"


def link(verdict: Verdict | None, reason: str = "", kind: str = "page") -> LinkSummary:
    """A target that stands on 508 pages."""
    result = LinkResult(URL, verdict, reason) if verdict else None
    samples = ("https://www.example.gov.cn/1.html", "https://www.example.gov.cn/2.html")
    return LinkSummary(URL, kind, "旧站\n链接", 508, samples, False, result, column="c1")


@pytest.mark.parametrize(
    ("verdict", "kind", "found"),
    [
        (Verdict.DEAD, "page", ["L101"]),
        (Verdict.DEAD, "image", ["L101"]),
        (Verdict.DEAD, "media", ["L101"]),
        (Verdict.DEAD, "frame", ["L101"]),
        (Verdict.DEAD, "attachment", ["L102"]),
        (Verdict.DEAD, "mail", []),
        (Verdict.INCONCLUSIVE, "page", ["L105"]),
        (Verdict.INCONCLUSIVE, "attachment", ["L105"]),
        (Verdict.ALIVE, "page", []),
        (None, "page", []),
    ],
)
def test_verdicts(verdict: Verdict | None, kind: str, found: list[str]) -> None:
    """Dead is an error by kind, inconclusive only a notice, alive and unasked nothing."""
    findings = list(Engine(RULES, CONTEXT).findings(link(verdict, "http-404", kind)))
    assert [finding.code for finding in findings] == found
    for finding in findings:
        assert (finding.severity >= Severity.ERROR) == (verdict is Verdict.DEAD)


def test_finding_of_a_link() -> None:
    """The row names the target, the reason in Chinese, how many pages hold it and some of them."""
    [finding] = Engine(RULES, CONTEXT, names={"c1": ("通知公告", "区政府办公室")}).findings(
        link(Verdict.DEAD, "http-404")
    )
    assert finding.message == f"链接打不开，页面不存在（HTTP 404）：{URL}"
    assert (finding.subject, finding.kind, finding.pages) == (URL, "link", 508)
    assert finding.url == finding.samples[0] == "https://www.example.gov.cn/1.html"
    assert finding.locator == "链接文字：旧站 链接"
    assert (finding.column_name, finding.owner) == ("通知公告", "区政府办公室")


@pytest.mark.parametrize(("attempts", "since"), [(1, ""), (2, "（2026-11-01 起连续 2 次检查如此）")])
def test_failures_in_a_row_are_counted_from_the_second_on(attempts: int, since: str) -> None:
    """One failure is no row; of several the message says since when and how often."""
    failing = link(Verdict.DEAD, "http-404")
    assert failing.result is not None
    begun = datetime(2026, 11, 1, 8, tzinfo=UTC)
    failing = replace(failing, result=replace(failing.result, attempts=attempts, failing_since=begun))
    [finding] = Engine(RULES, CONTEXT).findings(failing)
    assert finding.message == f"链接打不开，页面不存在（HTTP 404）{since}：{URL}"


def test_fingerprint_is_the_target() -> None:
    """The same dead target keeps its fingerprint wherever it stands; another target has another."""
    engine = Engine(RULES, CONTEXT)
    [first] = engine.findings(link(Verdict.DEAD, "http-404"))
    [again] = engine.findings(replace(link(Verdict.DEAD, "http-410"), pages=1, samples=(), text=""))
    [other] = engine.findings(replace(link(Verdict.DEAD, "http-404"), url=URL + "?b"))
    assert first.fingerprint == again.fingerprint != other.fingerprint


def test_alive_cannot_be_asked_for() -> None:
    """A rule that would report living links is refused."""
    rule = replace(RULES[0], params={"verdict": "alive"})
    with pytest.raises(RuleError, match="不是问题"):
        LinksCheck([rule], CONTEXT)
