"""Word rules: overlaps, guards, dates, broken words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from jimo_lint.errors import RuleError
from jimo_lint.language import wordlists
from jimo_lint.language.wordlists import Word
from jimo_lint.lint.checks.wording.words import WordsCheck
from jimo_lint.model import Basis, Block, Context, Document, Rule, Severity
from tests.support import shipped

CONTEXT = Context(date(2026, 1, 31), shipped.national())
Lists = Callable[..., None]


@pytest.fixture
def lists(monkeypatch: pytest.MonkeyPatch) -> Lists:
    """Puts lists of the test's own in place of those that ship."""

    def put(**given: list[Word]) -> None:
        monkeypatch.setattr(wordlists, "rows", lambda name: [(word.term, word) for word in given[name]])

    return put


def rule(code: str = "T199", **params: Any) -> Rule:
    """A word rule with these params."""
    return Rule(
        code=code,
        name="test",
        title="测试",
        kind="words",
        severity=Severity.ERROR,
        message="",
        why="",
        basis=(Basis("测试"),),
        examples=(),
        params=params,
        since="0.1.0",
    )


def document(*texts: str, published: datetime | None = None, source: str = "file") -> Document:
    """A document with one block a text."""
    blocks = tuple(Block("body", text) for text in texts)
    return Document(id="x", url="", source=source, title="", blocks=blocks, published=published)


def hits(check: WordsCheck, subject: Document) -> list[tuple[str, str]]:
    """Code and matched text of each hit."""
    return [(hit.code, subject.text[hit.span.start : hit.span.end]) for hit in check.hits(subject) if hit.span]


def test_overlaps_are_resolved_within_a_rule_only(lists: Lists) -> None:
    """In one rule the longest leftmost wins; a long term of one rule never hides a short one of another."""
    lists(one=[Word("人民政俯"), Word("政俯"), Word("俯办公")], two=[Word("政俯")])
    check = WordsCheck([rule("T198", lists=["one"]), rule("T199", lists=["two"])], CONTEXT)
    assert hits(check, document("县人民政俯办公室")) == [("T198", "人民政俯"), ("T199", "政俯")]


def test_a_silenced_long_term_silences_what_is_inside(lists: Lists) -> None:
    """A guard on the full name holds for the short name inside it."""
    lists(one=[Word("国务院法制办公室", unless_before=("原",)), Word("法制办公室")])
    check = WordsCheck([rule(lists=["one"])], CONTEXT)
    assert hits(check, document("原国务院法制办公室")) == []
    assert hits(check, document("国务院法制办公室")) == [("T199", "国务院法制办公室")]


@pytest.mark.parametrize(
    ("text", "reported"),
    [("关健在人", True), ("有关健在人", False), ("关健康", False), ("最关健美", False), ("最关健", True)],
)
def test_row_guards(lists: Lists, text: str, reported: bool) -> None:
    """What stands before, behind or around a term can make it right."""
    lists(one=[Word("关健", unless_before=("有",), unless_after=("康",), unless_in=("最关健美",))])
    assert bool(hits(WordsCheck([rule(lists=["one"])], CONTEXT), document(text))) == reported


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("由安监局负责", True),
        ("《安监局通知》", False),
        ("《通知》安监局", True),
        ("“安监局”", False),
        ("原县安监局", False),
        ("“走亲戚“活动由安监局承办", True),  # opened twice, closed never
        ("“走亲戚“活动由安监局承办“送温暖”", True),
        ("“由安监局承办，下一段接着引", False),  # a paragraph of a longer quotation
        ("《关于安监局《工作规则》的通知》", False),
        ("2008年成立的安监局", False),
        ("2008年成立的机构很多，后来又有变化，责任单位有变，改由安监局", True),
        ("2008年\n安监局", True),
    ],
)
def test_rule_guards(lists: Lists, text: str, reported: bool) -> None:
    """Titles, quotations and telling words nearby, in the same line, keep a rule silent."""
    lists(one=[Word("安监局")])
    params: dict[str, Any] = {
        "lists": ["one"],
        "skip": ["book-title", "quotation"],
        "unless": ["原[^，]{0,4}局"],
        "unless_near": [r"\d{4}年"],
        "near": 12,
    }
    assert bool(hits(WordsCheck([rule(**params)], CONTEXT), document(text))) == reported


def test_hits_do_not_cross_blocks(lists: Lists) -> None:
    """The end of one paragraph and the beginning of the next are no word."""
    lists(one=[Word("攻府办公室")])
    check = WordsCheck([rule(lists=["one"], broken=True)], CONTEXT)
    assert hits(check, document("攻府", "办公室")) == []
    assert hits(check, document("攻府 办公室")) == [("T199", "攻府 办公室")]


def test_broken_words_need_the_parameter_and_four_characters(lists: Lists) -> None:
    """Short words meet by chance in tables; rules without `broken` look at the text as it is."""
    lists(one=[Word("攻府"), Word("攻府办公")])
    text = document("攻 府办公，攻 府")
    assert hits(WordsCheck([rule(lists=["one"], broken=True)], CONTEXT), text) == [("T199", "攻 府办公")]
    assert hits(WordsCheck([rule(lists=["one"])], CONTEXT), text) == []


@pytest.mark.parametrize(
    ("published", "source", "undated", "reported"),
    [
        (datetime(2018, 3, 20), "site", "file", False),
        (datetime(2018, 3, 21), "site", "file", True),
        (None, "site", "file", False),
        (None, "archive", "file", False),
        (None, "file", "file", True),
        (None, "site", "report", True),
        (None, "file", "silent", False),
    ],
)
def test_dated_terms(lists: Lists, published: datetime | None, source: str, undated: str, reported: bool) -> None:
    """A dated term is wrong from its day on; without a date only a draft is taken to be of today."""
    lists(one=[Word("国土资源部", changed=date(2018, 3, 21))])
    check = WordsCheck([rule(lists=["one"], undated=undated)], CONTEXT)
    found = list(check.hits(document("国土资源部", published=published, source=source)))
    assert bool(found) == reported
    assert all(hit.doubtful == (published is None) for hit in found)


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("2017年3月5日，国土资源部答复", False),
        ("国土资源部〔2015〕3号", False),
        ("2017-03-05 国土资源部", False),
        ("自2016年起，国土资源部2019年前完成", True),
        ("电话20171234，国土资源部", True),
        ("2018年1月，国土资源部", True),
    ],
)
def test_a_draft_that_names_only_earlier_years_is_old(lists: Lists, text: str, reported: bool) -> None:
    """Years say when an undated text was written; in the year of the change itself they say nothing."""
    lists(one=[Word("国土资源部", changed=date(2018, 3, 21))])
    assert bool(hits(WordsCheck([rule(lists=["one"])], CONTEXT), document(text))) is reported


def test_segmented_terms_stand_on_word_borders(lists: Lists) -> None:
    """A row that asks for it is reported only where the segmenter sees a word of its own."""
    lists(one=[Word("回教", segment=True)])
    check = WordsCheck([rule(lists=["one"])], CONTEXT)
    assert hits(check, document("前面一句。信仰回教的人")) == [("T199", "回教")]
    assert hits(check, document("收回教师资格证书")) == []


def test_hits_carry_note_and_suggestions(lists: Lists) -> None:
    """The engine words a message from what a hit carries."""
    lists(one=[Word("攻府", ("政府",), note="通报点名")])
    (hit,) = WordsCheck([rule(lists=["one"])], CONTEXT).hits(document("攻府"))
    assert (hit.suggestions, dict(hit.args)) == (("政府",), {"note": "通报点名", "remark": "（通报点名）"})


@pytest.mark.parametrize(
    ("params", "parts"),
    [
        ({}, ("lists", "缺少")),
        ({"lists": []}, ("lists", "为空")),
        ({"lists": ["typo-pair"]}, ("typo-pairs",)),
        ({"lists": ["typo-pairs"], "skp": []}, ('"skp"', '"skip"', "T199")),
        ({"lists": ["typo-pairs"], "skip": ["title"]}, ("skip", "book-title")),
        ({"lists": ["typo-pairs"], "undated": "never"}, ("undated", "silent")),
        ({"lists": ["typo-pairs"], "near": 900}, ("near", "80")),
    ],
)
def test_bad_params(params: dict[str, Any], parts: tuple[str, ...]) -> None:
    """Bad params are one line with key and remedy."""
    with pytest.raises(RuleError) as caught:
        WordsCheck([rule(**params)], CONTEXT)
    for part in parts:
        assert part in str(caught.value)


def test_bad_regex_is_named_when_needed() -> None:
    """A guard that is no regex is reported with file and key."""
    check = WordsCheck([rule(lists=["state-names"], unless=["("])], CONTEXT)
    with pytest.raises(RuleError, match=r"rules/T199-test\.toml.*unless.*正则"):
        list(check.hits(document("攻府")))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("网址为THISISIT.example.gov.cn", []),
        ("型号为HOTCAKE，单位PISIS", []),
        ("型号OTC2、ISIS-1", ["OTC", "ISIS"]),
        ("打击ISIS组织，OTC药品", ["ISIS", "OTC"]),
        ("ISIS", ["ISIS"]),
        ("采用15G、5GHz频段", []),
        ("采用5G网络", ["5G"]),
        ("在北约NATOs、北约NATO", ["北约NATO", "北约NATO"]),
    ],
)
def test_latin_words_stand_alone(lists: Lists, text: str, found: list[str]) -> None:
    """A term of Latin letters inside a longer word of such letters is not that term."""
    lists(one=[Word("5G"), Word("ISIS"), Word("OTC"), Word("北约NATO")])
    assert [matched for _, matched in hits(WordsCheck([rule(lists=["one"])], CONTEXT), document(text))] == found
