"""Rules about personal data report what was masked, and reveal nothing."""

from __future__ import annotations

from datetime import date

import pytest

from jimo_lint.checks.wording.personal import PersonalCheck
from jimo_lint.errors import RuleError
from jimo_lint.model import Basis, Context, Rule, Severity
from jimo_lint.profile import load_profile

CONTEXT = Context(date(2026, 1, 31), load_profile("national"))


def rule(**params: object) -> Rule:
    """A rule about personal data."""
    return Rule(
        code="P199",
        name="test",
        title="测试",
        kind="personal",
        severity=Severity.ERROR,
        message="",
        why="",
        basis=(Basis("测试"),),
        examples=(),
        params=params,
        since="0.1.0",
    )


def test_only_the_asked_kind_is_reported() -> None:
    """A rule about mobile numbers is silent about IDs; spans lie on the masked number."""
    check = PersonalCheck([rule(what="mobile")], CONTEXT)
    draft = PersonalCheck.example({"text": "身份证11010519491231002X，电话13800138000"}, date(2026, 1, 31))
    (hit,) = check.hits(draft)
    assert hit.span
    assert draft.text[hit.span.start : hit.span.end] == "138****8000"
    assert "13800138000" not in repr(hit)


def test_masked_source_raises_nothing() -> None:
    """What the editor has masked is no finding."""
    check = PersonalCheck([rule(what="mobile"), rule(what="resident-id")], CONTEXT)
    assert not list(check.hits(PersonalCheck.example({"text": "电话138****8000"}, date(2026, 1, 31))))


@pytest.mark.parametrize("params", [{}, {"what": "name"}, {"what": "mobile", "wat": 1}])
def test_bad_params(params: dict[str, object]) -> None:
    """An unknown kind or key is one line that names the file."""
    with pytest.raises(RuleError, match=r"rules/P199-test\.toml"):
        PersonalCheck([rule(**params)], CONTEXT)


def test_unknown_key_in_an_example() -> None:
    """An example with a mistyped key is refused."""
    with pytest.raises(RuleError, match="txt"):
        PersonalCheck.example({"text": "a", "txt": "b"}, date(2026, 1, 31))
