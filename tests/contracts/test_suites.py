"""The handed-in suites of wrong and right writing, where ../shared is present; each kind has own examples in rules/."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from jimo_lint.lint.engine import Engine
from jimo_lint.lint.ruleset import select
from jimo_lint.model import Block, Context, Document
from tests.support import shipped

# Usual, not certain: statutes write 《甲》、《乙》, most sites number 1、; zhlint and autocorrect are silent as well.
LOOSE = {"顿号并列书名号", "数字顿号半角"}
# What only understanding finds.
UNCERTAIN = (
    "会议于下午17:00召开。",
    "负责人做出了积极贡献。",
    "中华人民共和国，共和国成立。",
    "主要领导通知参加",
    "四要督导问责到位",
    "对该厂的整改，我局对",
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    """The default rules."""
    return Engine(select(shipped.rules(), ()), Context(date(2026, 1, 31), shipped.national()))


def codes(engine: Engine, text: str) -> list[str]:
    """The codes found in a draft."""
    return [one.code for one in engine.findings(Document("x", "", "file", "", (Block("body", text),)))]


def test_punctuation(engine: Engine, shared: Path) -> None:
    """Each certain wrong form is found, none of the right ones is, and what was found before stays found."""
    lines = (shared / "cases/suites/10-punctuation.tsv").read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines]
    assert len(rows) > 50
    for kind, text, error, *before in rows:
        got = codes(engine, text)
        assert bool(got) == (error == "1" and kind not in LOOSE), (kind, text, got)
        assert set("".join(before).split(",")) - {""} <= set(got), (kind, text, got)


def test_wording(engine: Engine, shared: Path) -> None:
    """What is certain among the misses of trials is found."""
    for file in ("wording/misses.txt", "bug-reports/wording/halfwidth.txt", "bug-reports/wording/yingai.txt"):
        for line in (shared / "cases" / file).read_text(encoding="utf-8").splitlines():
            assert bool(codes(engine, line)) != line.startswith(UNCERTAIN), line
    digits = (shared / "cases/bug-reports/wording/fullwidth-digits.txt").read_text(encoding="utf-8")
    assert set(codes(engine, digits)) == {"F121"}
