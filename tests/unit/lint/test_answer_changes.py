"""Strangers' right letters, each with one thing changed: what is told must not hang on how its writer writes."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from datetime import date

import pytest

from jimo_lint.evidence.answers.folding import Folded
from jimo_lint.evidence.answers.items import Item, lists
from jimo_lint.evidence.answers.reading import read_answer
from jimo_lint.lint.engine import Engine
from jimo_lint.lint.ruleset import load_rules
from jimo_lint.lint.standards import load_profile
from jimo_lint.model import Context
from jimo_lint.model.answers import AnswerKind
from jimo_lint.readers.drafts.plain import document
from tests.support.disclosure.unseen2 import FRESH
from tests.support.disclosure.variants import letter
from tools import build_answers

_APPEAL = re.compile(r"[^。\n]*(?:复议|诉讼)[^。\n]*。")
_RIGHT = [one.text for batch in FRESH for one in batch if not one.expected]
_DENIED = {AnswerKind.REFUSED, AnswerKind.ABSENT, AnswerKind.ELSEWHERE}
Change = Callable[[str], str | None]


def _instead(pattern: str, by: str, *, of_appeals: bool = False) -> Change:
    """Another thing in the first place of a pattern, or in the first sentence about appeals that has it."""

    def change(text: str) -> str | None:
        places = _APPEAL.finditer(text) if of_appeals else iter([re.search(r"(?s).*", text)])
        for place in places:
            if place and re.search(pattern, place[0]):
                return text[: place.start()] + re.sub(pattern, by, place[0], count=1) + text[place.end() :]
        return None

    return change


def _before_appeals(text: str, sentence: str) -> str | None:
    found = _APPEAL.search(text)
    return f"{text[: found.start()]}{sentence}\n{text[found.start() :]}" if found else None


def _all_given(text: str) -> str | None:
    """All is given in the end, of which one item is denied."""
    for items in _answered(text):
        if any({*one.kinds} <= _DENIED for one in items if one.kinds) and any(
            one.kinds == (AnswerKind.GIVEN,) for one in items
        ):
            return _before_appeals(text, "综上，上述各项信息均予以公开。")
    return None


def _other_number(text: str) -> str | None:
    number = read_answer(document(text, "answer")).number
    other = re.sub(r"\d+号$", "907号", number)
    return _before_appeals(text, f"本告知书（{other}）自送达之日起生效。") if other != number else None


def _answered(text: str) -> Iterator[tuple[Item, ...]]:
    folded = Folded(document(text, "answer")).text
    for items in lists(folded, folded):
        if 2 * sum(bool(one.kinds) for one in items) > len(items):
            yield items


@pytest.mark.parametrize(
    ("code", "change", "fewest", "share"),
    [
        ("D132", _instead("60日", "30日", of_appeals=True), 100, 0.99),
        ("D132", _instead("六十日", "两个月", of_appeals=True), 50, 0.99),
        ("D133", _instead("6个月", "3个月", of_appeals=True), 80, 0.99),
        ("D133", _instead("六个月", "一年", of_appeals=True), 50, 0.99),
        (
            "D130",
            _instead("[向到][^，。；（）]{2,12}人民政府(?=申请|提出|提起)", "向上一级主管部门", of_appeals=True),
            200,
            0.94,
        ),
        ("D124", _instead("第三十六条第（[一二三四五]）项", "第三十六条第（九）项"), 80, 0.98),
        ("D126", _instead("政府信息公开条例》", "政务信息公开条例》"), 200, 0.99),
        ("D121", _instead("(?<=中华人民共和国政府信息公开条例》)(?!（)", "（国务院令第712号）"), 200, 0.97),
        ("D122", _instead("第三十六条第（[一二]）项", "第三十六条第（六）项"), 50, 0.85),
        ("D145", _other_number, 200, 0.95),
        ("D142", _all_given, 20, 0.9),
    ],
)
@pytest.mark.slow
def test_one_thing_changed_is_told(code: str, change: Change, fewest: int, share: float) -> None:
    """In nearly every letter, whoever wrote it."""
    changed = [text for one in _RIGHT if (text := change(one))]
    chosen = random.Random(20261203).sample(changed, min(len(changed), 120))
    assert len(changed) >= fewest
    found = build_answers.measured([(text, frozenset({code})) for text in chosen]).found[code]
    assert found >= share * len(chosen)


def test_items_are_read_in_each_form_of_numbers() -> None:
    """As they were asked for, in a table, and as they are answered."""
    for first, second in (
        ("第1项", "第2项"), ("第（一）项", "第（二）项"), ("（1）", "（2）"), ("①", "②"), ("1.", "2."),
        ("一、关于", "二、关于"),
        ("事项一，", "事项二，"), ("【1/2】", "【2/2】"), ("序号：一\n", "序号：二\n"), ("1　", "2　"),
    ):  # fmt: skip
        text = f"答复如下：\n{first}批复予以公开。\n{second}纪要不予公开。\n如不服本答复，可以申请行政复议。"
        folded = Folded(document(text, "answer")).text
        read = [[one.kinds for one in items] for items in lists(folded, folded)]
        assert read == [[(AnswerKind.GIVEN,), (AnswerKind.REFUSED,)]], first


@pytest.mark.parametrize(
    ("said", "reported"),
    [
        ("6月8日通知你补正，6月3日收到你的补正材料。", True),
        ("本机关6月9日作出补正告知书，6月4日收到你补正后的申请。", True),
        ("6月5日通知你补正，6月9日收到补正材料。", False),
        ("本机关6月5日通知你在6月25日前作出补正，6月12日收到你的补正材料。", False),
        ("本机关6月3日发出通知，请你在6月24日以前补正；6月10日收到补正后的申请。", False),
    ],
)
def test_an_amendment_before_it_was_asked_for_is_told(said: str, reported: bool) -> None:
    """By the day on which it was asked for, and not by the one until which it had to come."""
    given = "经审查，依据{R}第三十六条第（二）项，决定予以公开，名单随本答复书寄送。"
    body = f"你的申请本机关2026年6月1日收到。{said}{given}"
    found = build_answers.measured([(letter(body=body), frozenset({"D138"}))]).found
    assert bool(found["D138"]) is reported


def test_what_is_said_of_an_item_names_it() -> None:
    """Not the kinds of all that the letter answers, nor the articles of those."""
    body = (
        "经审查，逐项答复如下：\n第1项，已主动公开，网址：http://www.yuyang.example.cn。依据{R}第三十六条第（一）项。\n"
        "第2项，经检索，该信息不存在。依据{R}第三十六条第（六）项。\n第3项，相关凭证共保存7份。\n"
        "第4项，予以公开，复印件随本答复书寄送。依据{R}第三十六条第（二）项。"
    )
    engine = Engine(
        [rule for rule in load_rules() if rule.code in ("D105", "D122")],
        Context(date(2026, 12, 1), load_profile("national")),
    )
    said = {one.code: one.message for one in engine.findings(document(letter(body=body), "answer"))}
    assert said["D105"].startswith("看不出第 3 项是哪一种答复")
    assert said["D122"].startswith("第 2 项：")
    assert said["D122"].endswith("相符的是第三十六条第（四）项")
