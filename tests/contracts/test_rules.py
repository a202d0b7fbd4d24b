"""Every rule that ships keeps what its own examples promise."""

from __future__ import annotations

from datetime import date

import pytest

from jimo_lint.lint.engine import Engine, try_example
from jimo_lint.model import Context, Example, Rule, Severity
from tests.support import shipped

RULES = shipped.rules()
CONTEXT = Context(date(2026, 6, 30), shipped.national())
EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.code}-{number}-{'hit' if example.hit else 'pass'}")
    for rule in RULES
    for number, example in enumerate(rule.examples, 1)
]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_example(rule: Rule, example: Example) -> None:
    """A hit example is reported by its rule, and its negative twin is not."""
    found = try_example(rule, example, CONTEXT)
    assert bool(found) == example.hit, [finding.message for finding in found]
    for finding in found:
        assert finding.code == rule.code
        assert finding.severity is rule.severity
        assert "“”" not in finding.message
        assert "\n" not in finding.message
        assert finding.fingerprint
        assert finding.basis


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_texts(rule: Rule) -> None:
    """A rule's wording is Chinese and complete: title without a full stop, why and fix as sentences."""
    assert not rule.title.endswith("。")
    assert rule.why.endswith("。")
    assert rule.fix.endswith("。")


def test_at_least_twenty_rules_over_six_families() -> None:
    """The rules cover wording, typos, personal data, links, columns and accounts."""
    assert len(RULES) >= 20
    assert {rule.family for rule in RULES} >= set("STPLCA")


def test_all_rules_load_together() -> None:
    """One engine takes all rules at once."""
    assert Engine(RULES, CONTEXT)


def test_unverified_basis_never_vetoes() -> None:
    """A rule whose every basis is from memory or inferred is at most a warning."""
    for rule in RULES:
        if not any(basis.verified for basis in rule.basis):
            assert rule.severity <= Severity.WARNING, rule.code
