"""Reading word lists: form, and faults that name file, line and key."""

from __future__ import annotations

from datetime import date

import pytest

from jimo_lint.errors import RuleError
from jimo_lint.language.wordlists import Word, faults, load, names, read, rows, terms, word

HEADER = "# title: 测试\n# licence: 无\n# source: 无\n# updated: 2026-01-31\n# confidence: certain\n"
COLUMNS = "term\tsuggestion\tsource\tunless_before\tunless_after\tunless_in\tsegment\tchanged\n"


def test_a_row_with_all_guards() -> None:
    """Cells become typed values; `|` separates several."""
    text = HEADER + "# 备注\n\n" + COLUMNS + "关健\t关键|要害\treports\t有|相\t康\t有关健康\tyes\t2018-03-21\n"
    found = read(text, "wordlists/test.tsv", "test")
    assert (found.title, found.updated, found.confidence) == ("测试", date(2026, 1, 31), "certain")
    assert found.words == (
        Word(
            term="关健",
            suggestions=("关键", "要害"),
            source="reports",
            unless_before=("有", "相"),
            unless_after=("康",),
            unless_in=("有关健康",),
            segment=True,
            changed=date(2018, 3, 21),
            line=9,
        ),
    )


def test_missing_cells_at_the_end_are_empty() -> None:
    """A short row is no fault."""
    assert read(HEADER + COLUMNS + "攻府\t政府\n", "x", "x").words[0].suggestions == ("政府",)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (HEADER.replace("# title: 测试\n", "") + COLUMNS, ("表头缺少 title", "# title: …")),
        (HEADER.replace("title", "titel") + COLUMNS, ("第 1 行", '"titel"', '是否为 "title"')),
        (HEADER.replace("2026-01-31", "昨天") + COLUMNS, ("updated", "昨天", "2018-03-13")),
        (HEADER.replace("certain", "sure") + COLUMNS, ("confidence", "sure", "certain、likely")),
        (HEADER.replace("测试", "") + COLUMNS, ("第 1 行", "title 为空")),
        (HEADER, ("没有列名行",)),
        (HEADER + "term\tsugestion\n", ("第 6 行", '"sugestion"', '是否为 "suggestion"')),
        (HEADER + "suggestion\n", ("第 6 行", "缺少列 term")),
        (HEADER + "term\tterm\n", ("第 6 行", "列名重复")),
        (HEADER + "term\n攻府\t政府\n", ("第 7 行", "有 2 格")),
        (HEADER + COLUMNS + "\t政府\n", ("第 7 行", "term 为空")),
        (HEADER + COLUMNS + "政府\t政府\n", ("第 7 行", "suggestion 与 term 相同")),
        (HEADER + COLUMNS + "关健\t关键\t\t\t\t有关\n", ("第 7 行", "unless_in", "有关")),
        (HEADER + COLUMNS + "关健\t关键\t\t\t\t\t是\n", ("第 7 行", "segment", "yes")),
        (HEADER + COLUMNS + "关健\t关键\t\t\t\t\t\t2018年\n", ("第 7 行", "changed", "2018年")),
    ],
)
def test_faults_name_file_line_and_remedy(text: str, parts: tuple[str, ...]) -> None:
    """One line says where, what and how to put it right."""
    with pytest.raises(RuleError) as caught:
        read(text, "wordlists/test.tsv", "test")
    message = str(caught.value)
    assert message.startswith("wordlists/test.tsv")
    assert "\n" not in message
    assert caught.value.remedy
    for part in parts:
        assert part in message


def test_unknown_list_is_suggested() -> None:
    """A mistyped name of a list is answered with the nearest one."""
    with pytest.raises(RuleError, match="typo-pairs"):
        load("typo-pair")
    assert "typo-pairs" in names()


def test_faults_of_a_whole_list() -> None:
    """Unsorted and double terms, missing sources and suggestions that are wrong themselves are found."""
    rows = [
        Word("乙", ("甲",), source="a", line=1),
        Word("甲", ("丙",), source="a", line=2),
        Word("甲", source="", line=3),
    ]
    found = "\n".join(faults(rows))
    assert "第 1 行：建议“甲”本身列为错误" in found
    assert "第 3 行：甲 重复" in found
    assert "第 3 行：甲 没有来源" in found
    assert "第 3 行：丙" not in found
    assert any("未按顺序" in fault for fault in faults([Word("甲", source="a"), Word("乙", source="a")]))
    assert not list(faults([Word("乙", ("好",), source="a"), Word("甲", ("对",), source="a")]))


@pytest.mark.parametrize("name", names())
def test_rows_are_those_of_the_list(name: str) -> None:
    """What is read of a list when a term is found is what is read of all of it."""
    words = load(name).words
    assert terms(name) == [word.term for word in words]
    assert [(term, word(row)) for term, row in rows(name)] == [(one.term, one) for one in words]
