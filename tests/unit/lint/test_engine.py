"""Hits become findings: wording, place, excerpt, basis, and the fingerprint that says what is the same problem."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jimo_lint.errors import RuleError
from jimo_lint.lint.checks.example_texts import draft
from jimo_lint.lint.engine import Engine, try_example
from jimo_lint.lint.ruleset import read_rule, select
from jimo_lint.model import Block, Context, Document, Example, Finding, Position, Rule, Severity
from tests.support import shipped

CONTEXT = Context(date(2026, 11, 22), shipped.national())
URL = "https://www.example.gov.cn/1.html"
SENTENCE = "请各单位截止2026年1月1日前报送材料，逾期不予受理。"


def pattern_rule(regex: str = "截止(?=2)", message: str = "“{matched}”应为“{suggestion}”", code: str = "T901") -> Rule:
    """A rule of the kind `pattern` with one expression."""
    text = f"""
code = "{code}"
name = "test-fault"
title = "测试"
kind = "pattern"
severity = "error"
message = "{message}"
why = "因为。"
fix = "改。"
since = "0.1.0"
[[basis]]
document = "甲文件"
clause = "第一条"
evidence = "核"
[[basis]]
document = "乙文件"
evidence = "忆"
[[params.patterns]]
regex = '{regex}'
suggestion = "截至"
[[example]]
hit = true
text = "截止2026年"
[[example]]
hit = false
text = "截至2026年"
"""
    return read_rule(text, f"{code}-test-fault.toml")


def page(*texts: str, url: str = URL, **fields: object) -> Document:
    """A page of the site with one body block a text."""
    blocks = tuple(Block("body", text, f"正文第 {number} 段") for number, text in enumerate(texts, 1))
    document = Document(url, url, "site", "关于报送材料的通知", blocks)
    return replace(document, **fields)  # type: ignore[arg-type]


def findings(document: Document, rule: Rule | None = None) -> list[Finding]:
    return list(Engine([rule or pattern_rule()], CONTEXT).findings(document))


def test_finding_in_a_document() -> None:
    """Everything that a report needs is filled in, and the match is the text of its span."""
    document = page("第一段。", SENTENCE, column="c1", published=datetime(2026, 1, 1))
    engine = Engine([pattern_rule()], CONTEXT, names={"c1": ("通知公告", "区政府办公室")})
    [found] = engine.findings(document)
    assert found.span is not None
    assert document.text[found.span.start : found.span.end] == found.matched == "截止"
    assert (found.code, found.name, found.title, found.severity) == ("T901", "test-fault", "测试", Severity.ERROR)
    assert found.message == "“截止”应为“截至”"
    assert found.suggestions == ("截至",)
    assert (found.position, found.locator) == (Position(2, 5, 2, 7), "正文第 2 段")
    assert found.excerpt[found.excerpt_start :].startswith("截止2026年")
    assert found.basis == "甲文件 第一条；乙文件（待对照原件）"
    assert (found.subject, found.url, found.kind) == ("关于报送材料的通知", URL, "document")
    assert (found.column_name, found.owner, found.published) == ("通知公告", "区政府办公室", datetime(2026, 1, 1))


def test_post_is_named_by_its_account() -> None:
    """A finding in a post names account and office."""
    post = page(SENTENCE, source="archive", account="wechat:甲", title="", url="")
    [found] = Engine([pattern_rule()], CONTEXT, names={"wechat:甲": ("甲发布", "甲局")}).findings(post)
    assert (found.account_name, found.owner, found.column_name) == ("甲发布", "甲局", "")
    assert found.subject == found.url == post.id


def test_line_and_column_are_those_of_the_file() -> None:
    """Where the reader knows the place in the file, that place is reported."""
    blocks = (Block("body", SENTENCE, "", ((0, 7, 3),)),)
    [found] = findings(Document("a.html", "a.html", "file", "稿", blocks))
    assert found.position == Position(7, 7, 7, 9)


def same(first: Document, other: Document) -> bool:
    [one], [two] = findings(first), findings(other)
    return one.fingerprint == two.fingerprint


def test_template_text_is_one_problem() -> None:
    """The same sentence on another page, at another place, differently spaced, is the same problem."""
    other = page(
        "前面还有一段。", SENTENCE.replace("，", "， ").replace("各单位", "各 单位"), url=URL + "2", column="c2"
    )
    assert same(page(SENTENCE), other)


def test_another_sentence_is_another_problem() -> None:
    """The same wrong word in another sentence is a row of its own."""
    assert not same(page(SENTENCE), page(SENTENCE.replace("各单位", "各街道")))
    assert not same(page(SENTENCE), page(SENTENCE.replace("逾期", "过期")))


def test_neighbouring_blocks_do_not_matter() -> None:
    """What stands before and after the block says nothing about the problem."""
    assert same(page("甲", SENTENCE, "乙"), page("丙丙", SENTENCE, "丁丁丁"))


def test_only_what_stands_near_in_the_block_matters() -> None:
    """A paragraph that begins and ends otherwise far from the place holds the same problem."""
    near = "现将有关事项通知如下，请各单位务必抓紧时间研究。" + SENTENCE + "材料一式三份，由专人送区政府办公室。"
    assert same(page("第一次通知。" * 5 + near + "谢谢。"), page("再次通知，请勿延误。" * 5 + near + "特此通知。"))


def test_each_account_and_each_file_has_its_own() -> None:
    """The same sentence in two accounts or two files is mended by two people."""
    post = page(SENTENCE, source="archive", account="wechat:甲")
    assert same(post, replace(post, id="wechat:甲#2"))
    assert not same(post, replace(post, account="wechat:乙"))
    draft = page(SENTENCE, source="file")
    assert same(draft, page("一段。", SENTENCE, source="file"))
    assert not same(draft, replace(draft, id="b.md"))


def test_two_places_in_one_sentence_are_two_problems() -> None:
    """The same word twice in one sentence has two fingerprints."""
    first, second = findings(page("截止2026年，又截止2026年。"))
    assert first.fingerprint != second.fingerprint


def test_each_rule_has_its_own() -> None:
    """Two rules on the same place are two problems."""
    [other] = findings(page(SENTENCE), pattern_rule(code="T902"))
    assert findings(page(SENTENCE))[0].fingerprint != other.fingerprint


@given(st.text(alphabet="的一 \t。{}", max_size=30), st.text(alphabet="的一 \t。{}", max_size=30))
def test_fingerprint_does_not_depend_on_position(before: str, after: str) -> None:
    """Whatever blocks are put around the sentence, the fingerprint stays and the span still holds the match."""
    document = page(before, SENTENCE, after)
    [found] = findings(document)
    assert found.fingerprint == findings(page(SENTENCE))[0].fingerprint
    assert found.span is not None
    assert document.text[found.span.start : found.span.end] == found.matched


@pytest.mark.parametrize("text", ["{0}", "{matched.__class__}", "{suggestion!r:>99}", "{", "}}", "%s", "=HYPERLINK()"])
def test_crawled_text_is_never_a_format_string(text: str) -> None:
    """Braces in crawled text stay what they are."""
    regex = r"[{}%=].*"
    [found] = findings(page(text), pattern_rule(regex, "见“{matched}”"))
    assert found.message == f"见“{text}”"


def test_message_is_one_bounded_line() -> None:
    """Controls, line breaks and over-long matches do not reach the message; the match itself is kept."""
    dirty = "甲\x1b[31m\u202e乙" + "长" * 500
    [found] = findings(page(dirty), pattern_rule("(?s)甲.*", "见“{matched}”"))
    assert found.matched == dirty
    assert found.message.startswith("见“甲 [31m 乙长长")
    assert len(found.message) < 200


def test_unknown_placeholder_names_the_rule() -> None:
    """A template that asks for what the check does not give is an error of the rule's file, not a traceback."""
    with pytest.raises(RuleError, match=r"rules/T901-test-fault.toml：message 里的占位 \{colum\} 没有值"):
        findings(page(SENTENCE), pattern_rule(message="{colum}"))


def test_nothing_without_rules_of_that_subject() -> None:
    """A subject that no rule is about gives nothing."""
    assert list(Engine([], CONTEXT).findings(page(SENTENCE))) == []


def test_try_example_uses_the_day_of_the_example() -> None:
    """An example's own `as_of` decides, and a broken example names its rule."""
    rule = replace(pattern_rule(), kind="columns", params={"check": "stale"}, message="{reason}")
    given_days = {"newest": date(2026, 1, 1)}
    assert try_example(rule, Example(True, {**given_days, "as_of": date(2026, 1, 15)}), CONTEXT)
    assert not try_example(rule, Example(False, {**given_days, "as_of": date(2026, 1, 14)}), CONTEXT)
    with pytest.raises(RuleError, match="newst"):
        try_example(rule, Example(True, {"newst": date(2026, 1, 1)}), CONTEXT)
    with pytest.raises(RuleError, match="应为日期"):
        try_example(rule, Example(True, {"newest": "昨天"}), CONTEXT)


def test_loads_no_heavy_module() -> None:
    """Rules, checks and engine load nothing that would slow `check` down."""
    heavy = "{'pandas', 'openpyxl', 'rich', 'scrapy', 'jieba', 'numpy', 'aiohttp'}"
    program = (
        "import sys; from jimo_lint.lint import engine, ruleset, triage; ruleset.load_rules(); "
        f"found = {heavy} & set(sys.modules); sys.exit(str(found) if found else 0)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_what_is_allowed_silences_wording_only() -> None:
    """A text that the user allows hides no personal data that stands in it; a wrong word in it is left alone."""
    text = "联系人：王主任，手机 13800138000，截止2026年1月1日前报送。"
    rules = (pattern_rule(), *select(shipped.rules(), ("P103",), ()))
    context = Context(date(2026, 1, 31), shipped.national(), allowed=("138****8000，截止2026年",))
    document = draft({"text": text})
    assert [one.code for one in Engine(rules, replace(context, allowed=())).findings(document)] == ["T901", "P103"]
    assert [one.code for one in Engine(rules, context).findings(document)] == ["P103"]


def test_an_allowed_text_that_begins_inside_the_wrong_word_allows_nothing() -> None:
    """The whole wrong word must lie in one occurrence of what is allowed."""
    context = replace(CONTEXT, allowed=("止2026年", "截止2026"))
    engine = Engine([pattern_rule("截止(?=2)")], context)
    assert not list(engine.findings(page("截止2026年")))
    engine = Engine([pattern_rule("截止(?=2)")], replace(context, allowed=("止2026年",)))
    assert [one.matched for one in engine.findings(page("截止2026年"))] == ["截止"]


def test_a_guess_keeps_silent_where_a_rule_knows() -> None:
    """截止 before a date is reported by the rule on confused words alone, not by the statistical one as well."""
    rules = select(shipped.rules(), ("T102", "T104"), ())
    engine = Engine(rules, Context(date(2026, 1, 31), shipped.national()))
    text = "我办认真研究制定和修盯有关办法。截止目前，我办未收到依申请公开的行政复议。"
    found = [finding.code for finding in engine.findings(draft({"text": text}))]
    assert found == ["T102", "T104"]
