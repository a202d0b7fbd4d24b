"""A slip in a rule file, a word list or its sources is one line with file, key and remedy, never a traceback."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from jimo_lint.errors import JimoLintError, RuleError
from jimo_lint.language import wordlists
from jimo_lint.lint.engine import try_example
from jimo_lint.lint.ruleset import read_rule
from jimo_lint.model import Context
from jimo_lint.settings.resources import rules_folder, wordlists_folder
from tests.support import shipped

CONTEXT = Context(date(2026, 1, 31), shipped.national())
WORDS, OWN, PATTERN = "S106-outdated-organ.toml", "T107-user-pair.toml", "T901-test.toml"
TEXT = """code = "T901"
name = "test"
title = "测试"
kind = "pattern"
severity = "error"
message = "{matched}应为{suggestion}"
why = "因为。"
fix = "改。"
since = "0.1.0"
[[basis]]
document = "某文件"
evidence = "核"
[[params.patterns]]
regex = '甲(乙)'
suggestion = '丙\\1'
[[example]]
hit = true
text = "甲乙"
[[example]]
hit = false
text = "乙"
"""


def one_line(fault: JimoLintError, place: str, parts: tuple[str, ...]) -> None:
    """The message is one line that begins with the file and holds all parts and a remedy."""
    message = str(fault)
    assert message.startswith(place), message
    assert "\n" not in message
    assert fault.remedy or "？" in message
    for part in parts:
        assert part in message


# File, what is replaced, by what, what the message must say.
SLIPS = [
    (WORDS, "severity =", "sevrity =", ("severity", "sevrity")),
    (WORDS, "lists =", "list =", ("[params]", "lists", "list")),
    (WORDS, '"outdated-organs"', '"outdated-organ"', ("[params] lists", "outdated-organs", "可用的词表")),
    (WORDS, "skip =", "skp =", ('未知的键 "skp"', '是否为 "skip"')),
    (WORDS, '["book-title"', '["book-titles"', ("skip", "book-title、quotation")),
    (WORDS, "{suggestion}", "{sugestion}", ("message", "{sugestion}", "suggestion")),
    (WORDS, "[params]", "[parms]", ('"parms"', '"params"')),
    (WORDS, "unless = ['", "unless = ['(", ("unless", "无效", "请检查括号和转义")),
    (WORDS, "hit = true", 'hit = "yes"', ("[[example]]", "hit", "true 或 false")),
    (PATTERN, "丙\\1", "丙\\2", ("suggestion", "丙\\2", "请检查组号")),
    (PATTERN, "[[params.patterns]]", "[[params.pattern]]", ("patterns", "pattern")),
    (PATTERN, "regex = '", "regex = '(", ("[[patterns]] regex", "无效")),
    (PATTERN, "[[params.patterns]]\n", "[[params.patterns]]\ngroup = 9\n", ("group", "9", "请改正组号")),
    (PATTERN, "[[params.patterns]]\n", "[[params.patterns]]\nneed = ['截']\n", ('"need"', '"needs"')),
    (OWN, 'own = "pairs"', 'own = "pair"', ("own", '是否为 "pairs"')),
    (OWN, '"即墨区" }', "1 }", ("[[example]]", "[own] 即默区", "应为文字")),
    (OWN, 'own = { "即默区" = "即墨区" }', 'own = "即默区"', ("[[example]]", "own", "应为表")),
    (OWN, "text =", "txt =", ("[[example]]", "text", "txt")),
]


@pytest.mark.parametrize(
    ("name", "old", "new", "parts"), SLIPS, ids=[f"{slip[0][:4]}-{slip[2][:16]}" for slip in SLIPS]
)
def test_a_slip_in_a_rule_file(name: str, old: str, new: str, parts: tuple[str, ...]) -> None:
    """Said when the file is read, or when its examples are tried."""
    text = TEXT if name == PATTERN else (rules_folder() / name).read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(RuleError) as caught:
        rule = read_rule(text.replace(old, new), name)
        for example in rule.examples:
            try_example(rule, example, CONTEXT)
    one_line(caught.value, f"rules/{name}", parts)


@pytest.fixture
def lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that stands in place of wordlists/."""
    for name in ("typo-pairs.tsv", "SOURCES.toml"):
        (tmp_path / name).write_bytes((wordlists_folder() / name).read_bytes())
    monkeypatch.setattr(wordlists, "wordlists_folder", lambda: tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ("# licence:", "# license:", ("第 2 行", '是否为 "licence"')),
        ("# updated: 2026-12-02", "# updated: 2026年", ("updated", "请写作 2018-03-13")),
        ("\tunless_before", "\tunless_befor", ("第 6 行", '是否为 "unless_before"')),
        ("\t关键\t", "\t关健\t", ("suggestion 与 term 相同",)),
    ],
)
def test_a_slip_in_a_word_list(lists: Path, old: str, new: str, parts: tuple[str, ...]) -> None:
    """Said with file and line when the list is loaded."""
    path = lists / "typo-pairs.tsv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(RuleError) as caught:
        wordlists.load("typo-pairs")
    one_line(caught.value, "wordlists/typo-pairs.tsv", parts)


def test_a_word_list_in_another_encoding(lists: Path) -> None:
    """A list that was saved as GB 18030 is told so; a byte order mark does not matter."""
    path = lists / "typo-pairs.tsv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-8-sig")
    assert wordlists.load("typo-pairs").words
    path.write_text(text, encoding="gb18030")
    with pytest.raises(RuleError) as caught:
        wordlists.load("typo-pairs")
    one_line(caught.value, "wordlists/typo-pairs.tsv", ("UTF-8",))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ('[a]\nevidence = "核"\n', ("[a] title", "缺少")),
        ('[a]\ntitle = "甲"\n', ("[a] evidence", "缺少")),
        ('[a]\ntitle = "甲"\nevidence = "核"\nlicense = "无"\n', ('"license"', '是否为 "licence"')),
        ("a = 1\n", ("a", "应为表")),
        ("[a\n", ("行读不通",)),
    ],
)
def test_a_slip_in_the_sources(lists: Path, text: str, parts: tuple[str, ...]) -> None:
    """SOURCES.toml is read as strictly as a rule file."""
    (lists / "SOURCES.toml").write_text(text, encoding="utf-8")
    with pytest.raises(RuleError) as caught:
        wordlists.sources()
    one_line(caught.value, "wordlists/SOURCES.toml", parts)
