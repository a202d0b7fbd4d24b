"""Where a finding stands to its last character, and what a machine may put in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from jimo_lint.lint.checks.example_texts import draft
from jimo_lint.lint.engine import Engine
from jimo_lint.lint.ruleset import select
from jimo_lint.model import Context, Edit, Finding, Position, Rule, Span, TermEntry
from tests.support import shipped
from tests.support.drafts import read_text

DAY = date(2026, 11, 22)
CONTEXT = Context(DAY, shipped.national())
RULES = {rule.code: rule for rule in shipped.rules()}
FIXABLE = [rule for rule in RULES.values() if rule.fixable]


def found(text: str, suffix: str = ".txt", pairs: Sequence[tuple[str, str]] = ()) -> list[Finding]:
    """What the rules of typos and of the user's pairs say about a draft."""
    own = tuple(TermEntry(wrong, (right,)) for wrong, right in pairs)
    engine = Engine([RULES["T101"], RULES["T107"]], replace(CONTEXT, own=own))
    return list(engine.findings(read_text(text, f"稿{suffix}", suffix, as_of=DAY)))


def cut(text: str, position: Position) -> str:
    """The part of a file's text that a position names."""
    lines = text.split("\n")[position.line - 1 : position.end_line]
    lines[-1] = lines[-1][: position.end_column - 1]
    lines[0] = lines[0][position.column - 1 :]
    return "\n".join(lines)


def edited(text: str, edits: Sequence[Edit]) -> str:
    """The text of a file with all replacements made."""
    for edit in sorted(edits, key=lambda one: (one.position.line, one.position.column), reverse=True):
        lines = text.split("\n")
        at = edit.position
        line = lines[at.line - 1]
        assert at.end_line == at.line
        lines[at.line - 1] = line[: at.column - 1] + edit.text + line[at.end_column - 1 :]
        text = "\n".join(lines)
    return text


@pytest.mark.parametrize(
    ("text", "suffix", "written"),
    [
        ("青潭区关健处", ".txt", "关健"),
        ("\n青潭区😀关健处", ".txt", "关健"),
        ("青潭区关\n健处室会议", ".txt", "关\n健"),
        ("<p>青潭区关健处</p>", ".html", "关健"),
        ("<p>青潭区关<b>健</b>处</p>", ".html", "关<b>健"),
        ("<p>青潭区<i>关</i><!-- 注 -->健处</p>", ".html", "关</i><!-- 注 -->健"),
        ("<p>青潭区关&#20581;处</p>", ".html", "关&#20581;"),
        ("<p>青潭区&#x5173;健处</p>", ".html", "&#x5173;健"),
        ("<p>青潭区&#x5173;&#20581;</p>", ".html", "&#x5173;&#20581;"),
        ("<p>青潭区关&#20581;<br>处</p>", ".html", "关&#20581;"),
        ("<p>青潭区关\n健处</p>", ".html", "关\n健"),
        ('<p>青潭区<img alt="关&#20581;图"></p>', ".html", "关&#20581;"),
        ("青潭区关**健**处", ".md", "关**健"),
        ("青潭区 &amp; 关&#20581;处", ".md", "关&#20581;"),
        ("- 青潭区[关](/a)健处", ".md", "关](/a)健"),
        ("| 青潭区关健处 |\n|---|\n| 关&#20581; |", ".md", "关健"),
    ],
)
def test_a_position_holds_the_word_as_the_file_has_it(text: str, suffix: str, written: str) -> None:
    """From the first character to behind the last one, with the tags, marks and entities that stand in between."""
    first = found(text, suffix)[0]
    assert first.position is not None
    assert first.matched.replace("\n", "") == "关健"
    assert cut(text, first.position) == written


def test_what_follows_an_entity_keeps_its_column() -> None:
    """In Markdown an entity takes as many columns as it is written with."""
    [finding] = found("甲&#20581;乙&amp;丙关健处", ".md")
    assert finding.position == Position(1, 17, 1, 19)


@pytest.mark.parametrize(
    ("text", "suffix", "pairs", "right"),
    [
        ("青潭区关健处", ".txt", (), "青潭区关键处"),
        ("<p>青潭区关<b>健</b>处</p>", ".html", (), "<p>青潭区关<b>键</b>处</p>"),
        ("<p>青潭区关&#20581;处</p>", ".html", (), "<p>青潭区关键处</p>"),
        ("青潭区关&#20581;处", ".md", (), "青潭区关键处"),
        ("办理青潭证", ".txt", (("青潭证", "青潭居住证"),), "办理青潭居住证"),
        ("办理居居住证", ".txt", (("居居住证", "居住证"),), "办理居住证"),
        ("去青潭", ".txt", (("去青潭", "去青潭区"),), "去青潭区"),
        ("新青潭", ".txt", (("新青潭", "青潭"),), "青潭"),
        ("青潭区", ".txt", (("青潭区", "大青潭区"),), "大青潭区"),
        ("甲乙甲", ".txt", (("甲乙甲", "甲"),), "甲"),
        ("关健处和关健人", ".txt", (), "关键处和关键人"),
    ],
)
def test_edits_mend_the_file(text: str, suffix: str, pairs: Sequence[tuple[str, str]], right: str) -> None:
    """Put in place in the file itself, they leave what is right and every tag where it stands."""
    findings = found(text, suffix, pairs)
    assert edited(text, [edit for finding in findings for edit in finding.edits]) == right
    for finding in findings:
        assert finding.span is not None
        for edit in finding.edits:
            assert finding.span.start <= edit.span.start < edit.span.end <= finding.span.end


@pytest.mark.parametrize(
    ("text", "suffix", "pairs"),
    [
        ("<p>办理青<b>潭</b>证</p>", ".html", (("青潭证", "居住卡"),)),  # which of the words goes into the tag?
        ("办理青**潭**证", ".md", (("青潭证", "居住卡"),)),
        ("青潭区关\n健处室会议", ".txt", (("关健处", "要害"),)),
    ],
)
def test_no_edit_over_markup_or_line_ends(text: str, suffix: str, pairs: Sequence[tuple[str, str]]) -> None:
    """What cannot be replaced in one piece is left to a person; every finding still says what is right."""
    findings = found(text, suffix, pairs)
    assert findings and all(finding.suggestions for finding in findings)
    assert not [edit for finding in findings for edit in finding.edits]


def test_what_a_person_has_to_choose_has_no_edit() -> None:
    """A guess, a rule that is not said to be mechanical, several proposals, a doubtful date."""
    document = draft({"text": "我办认真研究制定和修盯有关办法。截止目前，我办未收到依申请公开的行政复议。"})
    chosen = select(shipped.rules(), ("T102", "T104"), ())
    findings = list(Engine(chosen, CONTEXT).findings(document))
    assert [finding.code for finding in findings] == ["T102", "T104"]
    assert all(finding.suggestions and not finding.edits for finding in findings)
    own = (TermEntry("青潭证", ("居住证", "居住卡")),)
    [finding] = Engine([RULES["T107"]], replace(CONTEXT, own=own)).findings(draft({"text": "办理青潭证"}))
    assert len(finding.suggestions) == 2 and not finding.edits
    own = (TermEntry("青潭局", ("青潭署",), changed=date(2020, 1, 1)),)
    [finding] = Engine([RULES["T107"]], replace(CONTEXT, own=own)).findings(draft({"text": "找青潭局办理"}))
    assert finding.suggestions and not finding.edits


@pytest.mark.parametrize("rule", FIXABLE, ids=lambda rule: rule.code)
def test_a_fixable_rule_is_content_with_its_own_edits(rule: Rule) -> None:
    """Its examples, with its edits put in place, give nothing more; a rule that is said to be fixable has some."""
    seen = 0
    for example in rule.examples:
        if not example.hit or set(example.given) - {"text", "own"}:
            continue
        own = tuple(TermEntry(wrong, (right,)) for wrong, right in example.given.get("own", {}).items())
        engine = Engine([rule], replace(CONTEXT, own=own))
        text = example.given["text"]
        findings = list(engine.findings(draft({"text": text})))
        assert findings
        edits = [edit for finding in findings for edit in finding.edits]
        seen += len(edits)
        if all(finding.edits for finding in findings):
            assert not list(engine.findings(draft({"text": edited(text, edits)}))), text
    assert seen


def test_fixable_rules_are_those_that_know() -> None:
    """No notice and no guess is put in place unseen."""
    assert FIXABLE
    assert all(rule.severity.name != "NOTICE" and rule.kind in ("words", "pattern") for rule in FIXABLE)


def test_an_edit_names_only_what_differs() -> None:
    """布署 becomes 部署 by one character."""
    [finding] = found("再布署")
    assert finding.edits == (Edit(Span(1, 2), Position(1, 2, 1, 3), "部"),)
