"""Genres of drafts: data that switches rules, each time on a basis."""

from __future__ import annotations

import pytest

from jimo_lint.errors import RuleError
from jimo_lint.lint import genres
from jimo_lint.lint.checks import KINDS
from jimo_lint.lint.ruleset import changed
from jimo_lint.model import Document, Severity
from tests.support import shipped

GENRE = """name = "简报"
title = "简报"
[[switch]]
rules = ["F101"]
set = "error"
why = "因为。"
[[switch.basis]]
document = "GB/T 9704—2012"
evidence = "核"
"""


def test_those_that_ship() -> None:
    """The five of the offices; every switch names rules about drafts, says why, and has a basis that was seen."""
    known = genres.genres()
    assert set(known) == {"公文", "新闻", "公示", "解读", "告知书"}
    rules = {rule.code: rule for rule in shipped.rules()}
    for genre in known.values():
        for switch in genre.switches:
            codes = changed(shipped.rules(), (), switch.rules, (), genre.name)
            assert any(KINDS[rules[code].kind].subject is Document for code in codes)
            assert any(basis.verified for basis in switch.basis)


def test_none_makes_less_of_what_is_grave() -> None:
    """A genre neither takes away nor lowers a veto, personal data, or what the office itself lists."""
    for genre in genres.genres().values():
        for switch in genre.switches:
            for code in changed(shipped.rules(), (), switch.rules, (), genre.name):
                [rule] = [one for one in shipped.rules() if one.code == code]
                assert rule.severity is not Severity.VETO and code not in ("S110", "T107")
                assert genres.at_level(rule, switch).severity >= rule.severity
                assert switch.state != genres.OFF or rule.family not in "SP"


def test_a_level_brings_its_basis() -> None:
    """What is raised cites what it was raised on, behind its own basis; what has the level already does not."""
    notice = genres.genres()["公示"].switches[0]
    rules = {rule.code: rule for rule in shipped.rules()}
    raised = genres.at_level(rules["P103"], notice)
    assert raised.severity is Severity.ERROR
    assert raised.basis == (*rules["P103"].basis, *notice.basis)
    assert genres.at_level(rules["P101"], notice) is rules["P101"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GENRE.replace('"error"', '"veto"'), "set = “veto” 不认识。可用：on、off、notice、warning、error"),
        (GENRE.partition("[[switch.basis]]")[0], "缺少依据"),
        (GENRE.replace("why", "wy"), '而有 "wy"'),
        (GENRE.replace("title", "titel"), '而有 "titel"'),
        (GENRE.replace('"核"', '"真"'), "evidence = “真” 不认识"),
    ],
)
def test_a_fault_names_file_and_key(text: str, said: str) -> None:
    """As of any rule file."""
    with pytest.raises(RuleError) as fault:
        genres.read_genre(text, "rules/genres/x.toml")
    assert said in str(fault.value) and str(fault.value).startswith("rules/genres/x.toml：")


def test_what_is_none_is_told_with_those_that_are() -> None:
    """A slip is met with the list."""
    with pytest.raises(RuleError, match=r"--as：“公事”这个文种不认识.*公示"):
        genres.load_genre("公事", "--as")
