"""Answers to requests for information are judged by what they say, in whatever form."""

from __future__ import annotations

from datetime import date

import pytest

from jimo_lint.evidence.answers import read_answer
from jimo_lint.model import Block, Document
from jimo_lint.model.answers import AnswerKind, AnswerPart
from tests.support.disclosure.bodies import BODIES, Body
from tests.support.disclosure.letters import changed, letter
from tools import build_answers


def _read(text: str) -> Document:
    return Document("answer", "answer", "file", "", (Block("body", text),))


@pytest.mark.parametrize("body", BODIES, ids=lambda body: f"{body.kind}-{body.ground}")
def test_every_kind_is_recognised_in_three_forms_and_through_line_breaks(body: Body) -> None:
    """The kind, the addressee and both days are read from letters and forms, whole or broken by a page."""
    for form in range(3):
        for wrapped in (0, 28):
            answer = read_answer(_read(changed(letter(body, form), wrapped=wrapped).text()))
            assert answer.kind is AnswerKind(body.kind)
            assert answer.answered is not None
            assert AnswerPart.ADDRESSEE in answer.parts


def test_han_numerals_and_wide_digits_are_days() -> None:
    """二〇二六年三月二日 and ２０２６年３月２７日 are read as days."""
    given = next(one for one in BODIES if one.kind == "given")
    assert read_answer(_read(letter(given, 2).text())).received == date(2026, 3, 2)
    assert read_answer(_read(letter(given, 1).text())).answered == date(2026, 3, 27)


def test_every_rule_finds_what_was_planted_and_nothing_else() -> None:
    """On the answers after which the rules were made, at least nine of ten faults, and hardly anything else."""
    count = build_answers.seen()
    for code, planted in count.planted.items():
        assert count.found[code] / planted >= 0.9, code
    for code in {*count.found, *count.false}:
        assert count.found[code] / (count.found[code] + count.false[code]) >= 0.95, code


def test_the_page_of_accuracy_is_current() -> None:
    """docs/accuracy-answers.md says what is measured."""
    assert build_answers.main(["--check"]) == 0
