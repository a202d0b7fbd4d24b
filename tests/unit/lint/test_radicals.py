"""Radicals out of PDFs: rules see the characters they look like, and one notice tells of them."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from jimo_lint.lint.engine import Engine
from jimo_lint.lint.ruleset import select
from jimo_lint.model import Context, Finding
from jimo_lint.model.radicals import unify
from tests.support import shipped
from tests.support.drafts import read_text

DAY = date(2026, 12, 1)


def place(finding: Finding) -> tuple[int, int]:
    """Line and column at which it begins."""
    assert finding.position is not None
    return finding.position.line, finding.position.column


@pytest.fixture(scope="module")
def engine() -> Engine:
    """All rules that are in force by default."""
    return Engine(select(shipped.rules(), ()), Context(DAY, shipped.national()))


@pytest.mark.parametrize(
    ("radicals", "plain"),
    [
        ("请于2026年13⽉5⽇前报送。", "请于2026年13月5日前报送。"),
        ("县⼈名政府印发通知。", "县人名政府印发通知。"),
        ("依据中国⼈⺠\n共和国有关法律。", "依据中国人民\n共和国有关法律。"),
        ("即⾜⻓之关健。", "即足长之关健。"),
        ("联系人：⼿机13800138000，⻋站。", "联系人：手机13800138000，车站。"),
    ],
)
def test_rules_see_what_the_radicals_look_like(engine: Engine, radicals: str, plain: str) -> None:
    """The same findings at the same places, and one notice besides."""
    documents = [read_text(text, "稿", as_of=DAY) for text in (radicals, plain)]
    found, expected = ([(one.code, *place(one)) for one in engine.findings(document)] for document in documents)
    assert expected and [one for one in found if one[0] != "F126"] == expected
    assert [code for code, _, _ in found].count("F126") == 1


def test_the_notice_tells_which_and_how_many(engine: Engine) -> None:
    """At the first of them; ordinary text has none."""
    found = [
        one for one in engine.findings(read_text("做好⼈⺠的\n⼯作、⼯程。", "稿", as_of=DAY)) if one.code == "F126"
    ]
    assert [place(one) for one in found] == [(1, 3)]
    assert found[0].message == "有 4 个字用的是部首字符（⼈⺠⼯），只是看起来像汉字"


def test_places_stay() -> None:
    """One for one, whatever the radical; text without them is the very same."""
    every = "".join(map(chr, range(0x2E80, 0x2FD6)))
    assert len(unify(every)) == len(every)
    assert unify("⼯⼈⽉⽇⾼⺠⻓⻋⻘⻅⻚⻔") == "工人月日高民长车青见页门"
    assert all(unify(chr(one)) == unicodedata.normalize("NFKC", chr(one)) for one in range(0x2F00, 0x2FD6))
    plain = "工人月日，２０２６⼁"[:-1]
    assert unify(plain) is plain
