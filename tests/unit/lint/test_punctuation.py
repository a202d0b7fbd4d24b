"""Marks in pairs: which halves are missing, turned or mixed, and which only look so."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date

import pytest

from jimo_lint.errors import RuleError
from jimo_lint.lint.checks.wording.punctuation import PunctuationCheck
from jimo_lint.model import Block, Context, Document
from tests.support import shipped

CONTEXT = Context(date(2026, 1, 31), shipped.national())
RULE = next(rule for rule in shipped.rules() if rule.code == "F107")


def hits(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """Matched text and suggestions."""
    document = Document(id="x", url="", source="file", title="", blocks=(Block("body", text),))
    found = PunctuationCheck([RULE], CONTEXT).hits(document)
    return [(text[hit.span.start : hit.span.end], hit.suggestions) for hit in found if hit.span]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("开展“寻根之旅“，感受魅力。", [("“", ("”",))]),
        ("落实”三审三校”制度。", [("”", ("“",))]),
        ("“三农“工作和“三公”经费", [("“", ("”",))]),
        ("他说：“今天报名。", [("“", ())]),
        ("通知\n今天报名”，他说。", [("”", ())]),
        ("根据《简章》规定》，经审核。", [("定》", ("定",))]),
        ("按照《办法的要求，认真落实。", [("《", ())]),
        ("印发《实施方案的通知", [("《", ())]),
        ("青潭区关于转发《值班办法的通知\n各街道：", [("《", ())]),
        ("名单（附后，请查收。", [("（", ())]),
        ("通知\n名单附后），请查收。", [("）", ())]),
        ("设备（A 型)一台", [(")", ("）",))]),
        ("合作（PPP）、租赁BOT）方式", [("）", ())]),
        ("通知\n共计500）元，已付。", [("）", ())]),
        ("他说“今天报名，已有55人。", [("“", ())]),
        ("设备(甲型）一台", [("(", ("（",))]),
    ],
)
def test_faults(text: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    """A mark without its twin is reported, with a suggestion where only one can be meant."""
    assert hits(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "开展“寻根之旅”，感受魅力。",
        "“要把‘三农’工作抓好。”他说。",
        "“第一段。\n“第二段。”",
        "他说：“第一段。\n第二段。”",
        "《关于印发《方案》的通知》",
        "1）报名；2）审核；a)初审",
        "方案（初稿（甲））已报送。",
        "f(x）=1",
        "（2018年通过\n2020年修正）",
        "关于转发《市政府关于加强值班工作的意见\n》的通知",
        "《实施方案的通知",
        "青潭区人民政府关于印发《值班办",
        ":) 收到",
        "正在审核的通知：“两个",
        "裁法》、《公务员法》等",
        "主要包括1）宣传动员；2）检查整改，第3）项、第二）款，请选择A）同意，见图1b）。",
        "分为：①）甲类；②）乙类。",
        "屏幕尺寸为55”，1.5“管道，北纬30°15′20”，东经117°18'24”。",
        "其中x∈[0,1)，y∈[5，10）。",
    ],
)
def test_what_only_looks_faulty(text: str) -> None:
    """Long quotations, numbers of items, nested and cut-off text are silent."""
    assert hits(text) == []


def test_unknown_pair_is_named() -> None:
    """A pair that does not exist is one line with the remedy."""
    with pytest.raises(RuleError, match="quotes、titles、brackets"):
        PunctuationCheck([replace(RULE, params={"pairs": ["dots"]})], CONTEXT)


@pytest.mark.slow
@pytest.mark.parametrize("mark", ["“", "”", "《", "》", "（", "）", ")"])
def test_no_text_takes_long(mark: str) -> None:
    """A line, or lines, of nothing but marks are done in a moment of CPU time."""
    started = time.thread_time()
    hits("题\n" + mark * 50_000 + "。")
    hits(("题" + mark * 900 + "。\n") * 20)
    assert time.thread_time() - started < 5
