"""告知书核对表: where each thing stands that an answer must have, and room that only people fill."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from jimo_lint.evidence.answers import read_answer
from jimo_lint.lint.engine import Engine
from jimo_lint.lint.ruleset import load_rules
from jimo_lint.lint.standards import load_profile
from jimo_lint.model import Block, Context, Document
from jimo_lint.report.views import answers as view
from jimo_lint.report.xlsx import answers
from tests.support.workbooks import opened

LINES = (
    "青潭区审计局政府信息公开申请答复书",
    "青审公复〔2026〕3号",
    "骆一舟：",
    "本机关于2026年3月2日收到你的申请，申请公开“2025年公务接待费明细”。",
    "经检索，本机关未制作该信息。根据《中华人民共和国政府信息公开条例》第三十六条第（四）项，该信息不存在。",
    "如不服本答复，可以自收到之日起60日内向青潭区人民政府申请行政复议，或者自收到之日起6个月内向青潭区人民法院提起行政诉讼。",
    "青潭区审计局",
    "2026年3月20日",
)


def _checked(*left_out: int) -> view.Checked:
    lines = [line for number, line in enumerate(LINES) if number not in left_out]
    document = Document(
        "答复.txt",
        "答复.txt",
        "file",
        "",
        tuple(Block("body", one, locator=f"第 {at} 行") for at, one in enumerate(lines, 1)),
    )
    rules = [rule for rule in load_rules() if rule.kind == "answer"]
    found = Engine(rules, Context(date(2026, 12, 1), load_profile("national"))).findings(document)
    return view.Checked(document, read_answer(document), tuple(found))


def _parts(checked: view.Checked) -> dict[object, tuple[object, ...]]:
    return {row[0]: row[1:] for row in view.parts(checked).rows}


def test_the_summary_leaves_the_verdict_to_people() -> None:
    """Kind, number and both days are read; the four cells of the second reader are empty."""
    (row,) = view.summary([_checked()]).rows
    assert row[:8] == (1, "答复.txt", "信息不存在", "青审公复〔2026〕3号", date(2026, 3, 2), date(2026, 3, 20), "", 0)
    assert row[8:] == (None,) * 4


def test_each_part_is_shown_where_it_stands() -> None:
    """With its line; the seal is nothing that a program sees, and what this kind need not have is no fault."""
    parts = _parts(_checked())
    assert parts["申请人（收件人）"][:2] == ("有", "骆一舟（第 3 行）")
    assert parts["落款机关"][:2] == ("有", "青潭区审计局（第 7 行）")
    assert parts["印章"][0] == "看不出"
    assert parts["获取方式、途径"][0] == "—"
    assert all(cells[2:] == (None, None) for cells in parts.values())


@pytest.mark.parametrize(
    ("line", "part"), [(1, "发文字号"), (2, "申请人（收件人）"), (5, "行政复议途径"), (7, "成文日期")]
)
def test_a_part_that_a_rule_misses_is_lacking(line: int, part: str) -> None:
    """In the block of the answer, in the summary, and among the findings."""
    checked = _checked(line)
    assert _parts(checked)[part][0] == "缺"
    assert part in str(view.summary([checked]).rows[0][6])
    assert any(part in str(row[2]) for row in view.findings(checked).rows)


def test_nothing_found_is_not_called_right() -> None:
    """The second reader is told to look all the same."""
    (row,) = view.findings(_checked()).rows
    assert "没有发现不等于没有" in str(row[2])


def test_the_workbook_has_a_page_of_each_answer_and_choices_for_the_reader(tmp_path: Path) -> None:
    """Both sheets, a heading an answer, and the verdicts that can be chosen."""
    path = answers.write([_checked(), _checked(2)], tmp_path / "核对表.xlsx", "青潭区", datetime(2026, 12, 1, 9, 0))
    book = opened(path)
    assert book.sheetnames == ["核对汇总", "逐件核对"]
    cells = [cell.value for row in book["逐件核对"].iter_rows() for cell in row if cell.value]
    assert [one for one in cells if "答复.txt" in str(one)] == [
        "1. 答复.txt（信息不存在）",
        "2. 答复.txt（信息不存在）",
    ]
    assert cells.count("二审人（签名）") == 2
    chosen = [one.formula1 for one in book["核对汇总"].data_validations.dataValidation]
    assert any("通过" in one and "回炉重造" in one for one in chosen)
