"""Headings whose numbers skip or repeat, and sentences and names that stand twice."""

from __future__ import annotations

import pytest

from jimo_lint.lint.checks.wording.headings import skipped
from jimo_lint.lint.checks.wording.repeats import repeated


@pytest.mark.parametrize(
    ("text", "fact", "suggestion"),
    [
        ("一、总则\n二、目标\n四、保障", "前面缺“三、”", ""),
        ("（一）甲\n（二）乙\n（二）丙\n（三）丁", "与上一项重号", "三"),
        ("一、甲\n（一）子\n（二）丑\n（四）寅\n二、乙", "前面缺“三”", ""),
        (
            "九、甲\n" + "\n".join(f"{one}、章" for one in "一二三四五六七八九") + "\n十、章\n十二、章\n十三、章",
            "前面缺“十一”",
            "",
        ),
    ],
)
def test_headings(text: str, fact: str, suggestion: str) -> None:
    """The number that is out of step, and what it should be where that is known."""
    (found,) = skipped(text)
    assert found.fact.startswith(fact.removesuffix("、”")) and found.suggestion == suggestion


@pytest.mark.parametrize(
    "text",
    [
        "一、总则\n二、目标\n三、保障\n一、总则\n二、目标",
        "一、总则\n二、目标。三、任务\n四、保障",
        "二、目标\n四、保障\n六、附则",
        "（一）企业；\n（二）团体；\n（四）组织。",
        "一、甲\n二、乙\n二、乙\n三、丙",
        "一、甲\n二、乙\n四、丙\n七、丁",
        "一、甲\n（一）子\n（二）丑\n二、乙\n（一）寅\n（二）卯\n三、丙",
    ],
)
def test_headings_in_order(text: str) -> None:
    """Lists begun anew, cut, quoted, printed twice, or out of step more than once."""
    assert not list(skipped(text))


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("会议强调，各单位要切实加强领导。会议强调，各单位要切实加强领导。会后散会。", 16),
        ("全区上下要统一思想，提高认识。\n全区上下要统一思想，提高认识。", 16),
        ("要高度重视此项工作，要高度重视此项工作，确保完成。", 10),
        ("要高度重视，切实加强领导，要高度重视，切实加强领导。", 13),
        ("区财政局、区水利局、区教育局、区水利局、区民政局参加。", 15),
    ],
)
def test_repeats(text: str, second: int) -> None:
    """Where the second of the two begins."""
    (found,) = repeated(text)
    assert found.start == second


@pytest.mark.parametrize(
    "text",
    [
        "加油！加油！好，好，好。",
        "要高度重视，切实加强领导；要落实责任，切实加强领导。",
        "不得转让经营许可证、车辆营运证或者使用转让的经营许可证、车辆营运证、标志牌。",
        "张三、李四、王五、张三参加。",
        "区财政局、区水利局、区教育局负责前一项，区财政局、区民政局、区教育局负责后一项。",
        "",
    ],
)
def test_no_repeats(text: str) -> None:
    """Refrains, parallel clauses, two lists, and persons of the same name."""
    assert not list(repeated(text))
