"""Every rule that ships keeps what its own examples promise."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from jimo_lint.cli.links import links
from jimo_lint.lint.engine import Engine, try_example
from jimo_lint.lint.standards import load_profile
from jimo_lint.model import Context, Example, Judge, Part, Rule, Severity
from jimo_lint.report.views.standing import LEAST
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


# Rules whose every basis is from memory or inferred: what they find is told, and decides nothing.
UNVERIFIED = {rule.code: rule for rule in RULES if not any(basis.verified for basis in rule.basis)}
PROFILES = sorted(path.stem for path in (Path(__file__).parents[2] / "rules" / "profiles").glob("*.toml"))


@pytest.mark.parametrize("code", UNVERIFIED)
def test_an_unverified_basis_fails_nothing(code: str) -> None:
    """It makes no account, column or unit fail, and no command end with 1 unless it is told so."""
    [fails] = [option.default for option in links.params if option.name == "fail_on"]  # all commands share it
    assert UNVERIFIED[code].severity < min(LEAST, Severity[str(fails).upper()])


@pytest.mark.parametrize("profile", PROFILES)
def test_an_unverified_basis_reaches_no_indicator(profile: str) -> None:
    """Where only such rules speak, an indicator is neither met by the machine nor costs points."""
    for indicator in load_profile(profile).indicators:
        if UNVERIFIED.keys() & set(indicator.rules):
            assert indicator.judged is not Judge.MACHINE, indicator.key
            assert indicator.part is not Part.VETO and indicator.deduction is None, indicator.key


def test_there_are_rules_with_and_without_a_verified_basis() -> None:
    """Else the two above would look at nothing."""
    assert 10 < len(UNVERIFIED) < len(RULES) / 2
    assert any(UNVERIFIED.keys() & set(one.rules) for one in shipped.national().indicators)
