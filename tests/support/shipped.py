"""The rules and the standard that ship, read once a process: tests that only look at them share them."""

from functools import cache

from jimo_lint.lint.ruleset import load_rules
from jimo_lint.lint.standards import load_profile
from jimo_lint.model import Profile, Rule


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, sorted by code."""
    return load_rules()


@cache
def national() -> Profile:
    """The standard of the State Council's office."""
    return load_profile("national")
