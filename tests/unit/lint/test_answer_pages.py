"""Answers copied out of a page of one width: broken lines, indents and fields in brackets change nothing."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from jimo_lint.lint.engine import Engine
from jimo_lint.lint.ruleset import load_rules
from jimo_lint.lint.standards import load_profile
from jimo_lint.model import Context
from jimo_lint.readers.drafts.plain import document
from tests.support.disclosure.unseen2 import FRESH

_FULL_WIDTH = "\u2e80"  # characters from here on take two columns
_NEVER_FIRST = "，。；：、）》”！？"


@cache
def _engine() -> Engine:
    rules = [rule for rule in load_rules() if rule.kind == "answer"]
    return Engine(rules, Context(date(2026, 12, 1), load_profile("national")))


def _codes(text: str) -> set[str]:
    return {finding.code for finding in _engine().findings(document(text, "answer"))}


def _columns(text: str) -> int:
    return sum(1 + (character > _FULL_WIDTH) for character in text)


def _page(text: str, width: int, indent: str) -> str:
    """The text as a page of so many columns prints it, the first line of each paragraph indented."""
    lines: list[str] = []
    for row in filter(None, map(str.strip, text.split("\n"))):
        line = indent if _columns(row) > width else ""
        for character in row:
            if _columns(line + character) > width and character not in _NEVER_FIRST:
                lines.append(line)
                line = ""
            line += character
        lines.append(line)
    return "\n".join(lines)


@pytest.mark.slow
@pytest.mark.parametrize(("width", "indent"), [(44, "    "), (56, "　　"), (68, "")])
def test_hardly_any_right_answer_is_at_fault_on_a_page(width: int, indent: str) -> None:
    """Of those that are right as they were written, in one line a paragraph."""
    right = [one for batch in FRESH for one in batch if not one.expected]
    told = [one.text for one in right if _codes(_page(one.text, width, indent))]
    assert len(told) <= len(right) // 50, told[:3]


LETTER = """高府信复〔2024〕1号
蔡德明：
   我乡 2024 年 3 月 4 日收到你寄来
的挂号信，信里申请公开“1998 年高峰乡
与老林场签订的 林地 承包 合同”。
   乡党政办 3 月 11 日去乡档案室把
1996 年到 2000 年的文书档案目录逐条查
了一遍，没有找到这份合同。依据《中华人
民共和国政府信息公开条例》第三十六条第
（{item}）项，告知你该政府信息不存在。
   你如不服，可在收到本答复之日起 60
日内向 横岭县人民政府 申请行政复议，
或在收到本答复之日起 6 个月内向 横岭县
人民法院 提起行政诉讼。

             高峰乡人民政府
             2024 年 3 月 22 日"""


@pytest.mark.parametrize(("item", "codes"), [("四", set()), ("三", {"D122"})])
def test_a_sentence_that_a_page_broke_is_read_as_one(item: str, codes: set[str]) -> None:
    """An article, whose item stands in the next line, and quotation marks over two lines."""
    assert _codes(LETTER.format(item=item)) == codes


FIELDS = """【信件编号】YSQ-2024-0513-02
【申请人】何永安
【收到时间】2024年5月13日
【申请内容】公开青年路76号楼下水道2023年维修合同
【答复文号】荷花街办公开告〔2024〕4号
【答复内容】
您申请的合同可以公开，根据《中华人民共和国政府信息公开条例》第三十六条第（二）项，复印件随本答复寄给您。
对本答复不服，可自收到之日起60日内向昌平岭区人民政府申请行政复议，或者自收到之日起6个月内向昌平岭区人民法院提起行政诉讼。
【答复单位】昌平岭区荷花街道办事处
【答复时间】2024年5月17日"""


@pytest.mark.parametrize(
    ("was", "now", "codes"),
    [
        ("", "", set()),
        ("【申请人】何永安\n", "", {"D102"}),
        ("【答复单位】昌平岭区荷花街道办事处\n", "", {"D110"}),
        ("【申请人】何永安", "【申请人姓名】：", {"D143"}),
        ("向昌平岭区人民政府", "向【行政复议机关名称】", {"D134", "D143"}),
    ],
)
def test_fields_in_brackets_are_parts_of_the_letter(was: str, now: str, codes: set[str]) -> None:
    """As systems print them; what a template leaves in brackets is none."""
    assert _codes(FIELDS.replace(was, now)) == codes
