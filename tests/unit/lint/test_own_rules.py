"""Rules and word lists of the office's own: what is read, what is refused and how it is said."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from jimo_lint.errors import RuleError
from jimo_lint.lint.engine import Engine, verify
from jimo_lint.lint.own_rules import all_rules
from jimo_lint.model import Block, Context, Document, Problem
from jimo_lint.review.rulehash import rule_hashes
from jimo_lint.runtime import timelimit
from tests.support import shipped

NAME = "F901-old-slogan.toml"
RULE = """code = "F901"
name = "old-slogan"
title = "过期的口号"
kind = "pattern"
severity = "warning"
message = "“{matched}”是去年的口号"
why = "口号每年更新。"
fix = "换成今年的。"
[[basis]]
document = "本区宣传工作要点"
evidence = "核1"
[params]
[[params.patterns]]
regex = '大干一百天'
[[example]]
hit = true
text = "全区大干一百天。"
[[example]]
hit = false
text = "全区大干三百天。"
"""
WORDS = RULE.replace("F901", "S901").replace("old-slogan", "own-words").replace('"pattern"', '"words"')
WORDS = WORDS.replace("[[params.patterns]]\nregex = '大干一百天'", 'lists = ["本区词.tsv"]')
LIST = (
    "# title: 本区词\n# licence: 自有\n# source: 本区\n# updated: 2026-01-01\n# confidence: certain\nterm\n大干一百天\n"
)
CONTEXT = Context(date(2026, 1, 31), shipped.national())


def own(folder: Path, text: str = RULE, name: str = NAME) -> Path:
    """A folder with one rule."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_they_stand_beside_those_that_ship(tmp_path: Path) -> None:
    """In the order of codes, without a version; notes and hidden files beside them are left alone."""
    folder = own(tmp_path / "规则")
    (folder / "说明.md").write_text("x", encoding="utf-8")
    (folder / ".草稿.toml").write_text("x", encoding="utf-8")
    rules = all_rules([folder])
    codes = [rule.code for rule in rules]
    assert codes == sorted({*(rule.code for rule in shipped.rules()), "F901"})
    [rule] = [rule for rule in rules if rule.file]
    assert (rule.code, rule.since, rule.file) == ("F901", "", str(folder / NAME))
    verify([rule], CONTEXT)


def test_a_list_lies_beside_its_rule(tmp_path: Path) -> None:
    """It is read from there, and the rule judges otherwise when it is changed."""
    folder = own(tmp_path / "规则", WORDS, "S901-own-words.toml")
    (folder / "本区词.tsv").write_text(LIST, encoding="utf-8")
    [rule] = [rule for rule in all_rules([folder]) if rule.file]
    verify([rule], CONTEXT)
    before = rule_hashes([rule], CONTEXT)
    from jimo_lint.review import rulehash

    (folder / "本区词.tsv").write_text(LIST + "大干二百天\n", encoding="utf-8")
    rulehash._list.cache_clear()
    assert rule_hashes([rule], CONTEXT) != before


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (RULE.replace('"warning"', '"warn"'), 5, 'severity = “warn” 不认识，是否为 "warning"？'),
        (RULE.replace("why =", "wy ="), 0, '缺少这一项，而有 "wy"'),
        (RULE.replace('"F901"', '"X901"'), 1, "code = “X901” 形式不对"),
        (RULE.replace("[params]\n", "[prams]\n"), 12, '未知的键 "prams"，是否为 "params"？'),
        (RULE.replace("一百天'", "(一百天'"), 14, "第 1 个 [[patterns]] regex 中的正则 “大干(一百天” 无效"),
        (RULE.replace("regex =", "unless = ['(']\nregex ="), 14, "unless 中的正则 “(” 无效"),
        (RULE.replace("regex =", "regx ="), 13, '而有 "regx"'),
        (RULE.replace("regex =", "group = 3\nregex ="), 14, "group = 3，而正则只有 0 个组"),
        (RULE.replace("三百天", "一百天"), 19, "第 2 个 [[example]] hit = false，不应报而报了"),
        (RULE.replace('"全区大干一百天。"', '"好。"'), 16, "第 1 个 [[example]] hit = true，应报而没有报"),
        (RULE.replace('evidence = "核1"', 'evidence = "真"'), 11, "第 1 个 [[basis]] evidence = “真” 不认识"),
        (RULE.replace('"old-slogan"', '"new-slogan"'), 0, "请改名为 F901-new-slogan.toml"),
        (RULE.replace("F901", "F101"), 0, "code = “F101” 已用于随程序安装的规则 F101“发文字号括号不规范”"),
        (RULE.replace("old-slogan", "common-typo"), 0, "name = “common-typo” 已用于随程序安装的规则 T101"),
        (RULE.replace('severity = "warning"', 'severity = "veto"'), 5, "没有已核实的单项否决依据"),
        (RULE.replace("warning", "warning\n"), 0, "第 5 行读不通"),
        (RULE.replace("{matched}", "{word}"), 0, "占位 {word} 没有值"),
    ],
)
def test_a_fault_names_file_line_and_remedy(tmp_path: Path, text: str, line: int, said: str) -> None:
    """Before anything is judged, in one line; where no line has the fault, the file alone."""
    code = text.partition('code = "')[2].partition('"')[0]
    name = f"{code}-common-typo.toml" if "common-typo" in text else NAME.replace("F901", code)
    folder = own(tmp_path / "规则", text, name)
    with pytest.raises(RuleError) as fault:
        verify((rule for rule in all_rules([folder]) if rule.file), CONTEXT)
    place = f"{folder / name} 第 {line} 行" if line else str(folder / name)
    assert str(fault.value).startswith(f"{place}：") and said in str(fault.value)
    assert "\n" not in str(fault.value)


def test_two_of_the_offices_own_do_not_share_a_code(tmp_path: Path) -> None:
    """Whoever came first is named by his file."""
    one, other = own(tmp_path / "甲"), own(tmp_path / "乙")
    with pytest.raises(RuleError, match=f"code = “F901” 已用于{one / NAME} 里的规则"):
        all_rules([one, other])


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda folder: None, "这个文件夹读不出（没有这个文件或文件夹）"),
        (lambda folder: folder.mkdir(), "这个文件夹里没有规则"),
        (lambda folder: folder.write_text("x"), "这个文件夹读不出"),
        (lambda folder: own(folder).joinpath(NAME).write_bytes(RULE.encode("gb18030")), "不是 UTF-8 编码"),
        (lambda folder: own(folder, WORDS, "S901-own-words.toml"), "里的词表“本区词.tsv”没有这个文件"),
    ],
)
def test_what_is_not_there_is_no_rule_passed(tmp_path: Path, make: object, said: str) -> None:
    """A folder that was meant and holds nothing would else look like one whose rules found nothing."""
    folder = tmp_path / "规则"
    make(folder)  # type: ignore[operator]
    with pytest.raises(RuleError, match=said):
        all_rules([folder])


def test_a_slow_pattern_costs_its_document_and_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A regex that never ends is broken off; the message names the office's rules, since theirs are not timed."""
    monkeypatch.setattr(timelimit, "SECONDS", 0.3)
    folder = own(tmp_path / "规则", RULE.replace("大干一百天", "(?:a+)+b|大干一百天"))
    [rule] = [one for one in all_rules([folder]) if one.file]
    problems: list[Problem] = []
    document = Document("a.txt", "a.txt", "file", "", (Block("p", "a" * 60),))
    assert Engine([rule], CONTEXT).judged(document, problems) == []
    assert "本单位规则（F901）里的正则太慢" in problems[0].message
