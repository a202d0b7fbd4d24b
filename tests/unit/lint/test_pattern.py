"""Pattern rules: groups, templates, prefilters, guards."""

from __future__ import annotations

from datetime import date

import pytest

from jimo_lint.errors import RuleError
from jimo_lint.lint.checks.wording.pattern import PatternCheck
from jimo_lint.model import Basis, Block, Context, Document, Rule, Severity
from tests.support import shipped

CONTEXT = Context(date(2026, 1, 31), shipped.national())


def rule(*patterns: dict[str, object], **params: object) -> Rule:
    """A pattern rule."""
    return Rule(
        code="F199",
        name="test",
        title="测试",
        kind="pattern",
        severity=Severity.ERROR,
        message="",
        why="",
        basis=(Basis("测试"),),
        examples=(),
        params={"patterns": list(patterns), **params},
        since="0.1.0",
    )


def hits(made: Rule, text: str) -> list[tuple[str, tuple[str, ...]]]:
    """Matched text and suggestions."""
    document = Document(id="x", url="", source="file", title="", blocks=(Block("body", text),))
    found = PatternCheck([made], CONTEXT).hits(document)
    return [(text[hit.span.start : hit.span.end], hit.suggestions) for hit in found if hit.span]


def test_group_and_template() -> None:
    """The group is what is reported; the template is filled from the match."""
    made = rule({"regex": r"发(\[(\d{4})\])", "group": 1, "suggestion": r"〔\2〕"})
    assert hits(made, "鲁政发[2019]3号") == [("[2019]", ("〔2019〕",))]


def test_needs_keeps_the_regex_from_being_tried() -> None:
    """Without one of the needed strings the pattern is not applied, and not even compiled."""
    made = rule({"regex": "(", "needs": ["×"]})
    assert hits(made, "政府") == []
    with pytest.raises(RuleError, match="正则"):
        hits(made, "×")


@pytest.mark.parametrize("need", ["乙", "乙丙", "甲乙", "乙丙丁", "！！！", "丁𠮷", "𠮷", "𠮷𠮷"])
@pytest.mark.parametrize("before", ["", "戊", "戊己", "𠮷戊"])
def test_needs_of_any_length_are_seen_at_any_place(need: str, before: str) -> None:
    """A need is found at even and odd places, and one outside the basic plane as well; its parts apart are not it."""
    made = rule({"regex": need, "needs": [need]})
    text = f"{before}甲乙丙丁𠮷𠮷！！！"
    assert [matched for matched, _ in hits(made, text)] == [need] * text.count(need)
    broken = rule({"regex": "(", "needs": ["丙乙", "丁丙乙", "甲丙"]})
    assert hits(broken, f"{before}甲乙丙丁") == []


def test_first_pattern_wins_where_matches_overlap() -> None:
    """Hits of one rule do not overlap, and they come in the order of the text."""
    made = rule({"regex": "乙丙", "suggestion": "二"}, {"regex": "甲乙", "suggestion": "一"}, {"regex": "甲"})
    assert hits(made, "甲乙丙") == [("甲", ()), ("乙丙", ("二",))]


def test_guards_of_rule_and_pattern() -> None:
    """Both kinds of guards hold."""
    made = rule({"regex": "××", "unless": ["某××"]}, unless_near=["格式"], near=5)
    assert hits(made, "××") == [("××", ())]
    assert hits(made, "张某××") == []
    assert hits(made, "格式：××") == []
    assert hits(made, "格式见附件一至三，××") == [("××", ())]


def test_a_guard_beside_the_hit_does_not_silence_it() -> None:
    """What `unless` matches has to overlap the hit; that it ends where the hit begins is not enough."""
    made = rule({"regex": "布署"}, unless=["再"])
    assert hits(made, "再布署再") == [("布署", ())]
    assert hits(rule({"regex": "布署"}, unless=["再布"]), "再布署再") == []


def test_empty_matches_are_no_hits() -> None:
    """A pattern that matches nothing at all does not report nothing."""
    assert hits(rule({"regex": "x*"}), "政府") == []


@pytest.mark.parametrize(
    ("made", "parts"),
    [
        (rule(), ("patterns", "为空")),
        (rule({"regx": "a"}), ("第 1 个", "regex")),
        (rule({"regex": "a", "ned": []}), ('"ned"', '"needs"')),
        (rule({"regex": "a"}, patern=[]), ('"patern"', "F199")),
        (rule({"regex": "a", "group": 2}), ("group", "0 个组")),
        (rule({"regex": "a", "suggestion": r"\3"}), ("suggestion", "不符")),
        (rule({"regex": "a", "unless": ["["]}), ("unless", "正则")),
    ],
)
def test_bad_params(made: Rule, parts: tuple[str, ...]) -> None:
    """Bad params are one line with file, key and remedy."""
    with pytest.raises(RuleError) as caught:
        hits(made, "a")
    message = str(caught.value)
    assert message.startswith("rules/F199-test.toml")
    for part in parts:
        assert part in message


def test_neighbours_are_joined() -> None:
    """With `join`, hits close together on one line are one hit with all suggestions put in."""
    made = rule({"regex": ",", "suggestion": "，"}, join=4)
    assert hits(made, "因地制宜,科学组织,合理安排,一二三四五,六\n七,八") == [
        (",科学组织,合理安排,", ("，科学组织，合理安排，",)),
        (",", ("，",)),
        (",", ("，",)),
    ]


def test_hits_without_suggestion_stay_alone() -> None:
    """What has no suggestion is not drawn into its neighbours."""
    assert hits(rule({"regex": "[,;]"}, join=9), "一,二;三") == [(",", ()), (";", ())]
