"""What does not show at all hides no wrong word, in whatever kind of file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from jimo_lint.inspection import drafts, mending
from jimo_lint.lint.engine import Engine
from jimo_lint.model import Block, Context, Document, Report
from jimo_lint.readers.drafts import local
from jimo_lint.settings.config import Config
from tests.support import shipped

AS_OF = date(2026, 12, 1)
UNSEEN = ["\u200b", "\u00ad", "\ufeff", "\u2060", "\u200d", "\ufe0f", "\u202c", "\u200b\u200b\u200e\u200b\u200b"]


def check(path: Path, text: str, *codes: str, allow: tuple[str, ...] = ()) -> Report:
    """A draft with this text."""
    path.write_text(text, encoding="utf-8")
    settings = Config(select=codes or ("T101", "S101"), allow=allow)
    return drafts.check(local.read([path], as_of=AS_OF), settings, as_of=AS_OF)[0]


@pytest.mark.parametrize("name", ["稿.txt", "稿.md", "稿.csv"])
def test_a_wrong_word_is_found(name: str, tmp_path: Path) -> None:
    """Short ones as well, more of them than blanks may stand in a word; beside one that shows."""
    for unseen in UNSEEN:
        found = check(tmp_path / name, f"会议强调要抓好关{unseen}健环节，中国人{unseen}民共和国。\n").findings
        assert [one.code for one in found] == ["T101", "S101"], repr(unseen)
        assert found[0].matched == f"关{unseen}健" and found[0].suggestions == ("关键",)


def test_every_rule_sees_through_it() -> None:
    """Patterns, statistics, near misses and sequences say of a text what they say without it, in the same place."""
    context = Context(AS_OF, shipped.national())
    tried = set()
    for rule in shipped.rules():
        engine = Engine([rule], context)
        for text in (one.given["text"] for one in rule.examples if one.hit and set(one.given) == {"text"}):
            plain, spread = (_document(one) for one in (text, "\u200b".join(text)))
            said = [(one.matched, one.suggestions) for one in engine.findings(plain)]
            tried |= {rule.kind} if said else set()
            found = list(engine.findings(spread))
            assert [(one.matched.replace("\u200b", ""), one.suggestions) for one in found] == said, rule.code
            assert all(not one.span or spread.text[one.span.start : one.span.end] == one.matched for one in found)
    assert tried >= {"pattern", "words", "nearmiss", "typo", "figures", "punctuation"}


def _document(text: str) -> Document:
    return Document("稿", "稿", "file", "", (Block("body", text),))


def test_personal_data_keep_their_place(tmp_path: Path) -> None:
    """They are found and masked before, in the text as it was."""
    report = check(tmp_path / "稿.txt", "请\u200b各\u200b单位来电，手机13800138000，抓好关\u200b健。\n", "P103", "T101")
    assert [one.matched for one in report.findings] == ["138****8000", "关\u200b健"]


def test_what_is_allowed_is_allowed_with_it(tmp_path: Path) -> None:
    """As it is shown."""
    assert not check(tmp_path / "稿.txt", "关\u200b健杯篮球赛。\n", "T101", allow=("关健杯",)).findings


def test_it_is_put_right(tmp_path: Path) -> None:
    """And what did not show is gone with it."""
    report = check(tmp_path / "稿.txt", "抓好关\u200b健环节。\n")
    (done,) = mending.mended(report)
    assert done.after == "抓好关键环节。\n"


@pytest.mark.parametrize(
    "text",
    [
        "有关\u200b健康的知识。",
        "机关\u200b健身活动。",
        "\u200b抓好关键环节。",
        "抓好\u200b关键\u200b环节。",
        "\U0001f468\u200d\U0001f469 中华\u200b人民共和国。",
        "相关 健身活动。",
        "有关\n健身活动。",
    ],
)
def test_right_words_stay_right(text: str, tmp_path: Path) -> None:
    """Two words that meet there; a blank or a line break between them shows."""
    assert not check(tmp_path / "稿.txt", text).findings
