"""Answers to requests for information are judged by what they say, in whatever form."""

from __future__ import annotations

from datetime import date

import pytest

from jimo_lint.evidence.answers import read_answer
from jimo_lint.lint.engine import Engine
from jimo_lint.lint.ruleset import load_rules
from jimo_lint.lint.standards import load_profile
from jimo_lint.model import Block, Context, Document
from jimo_lint.model.answers import AnswerKind, AnswerPart
from tests.support.disclosure.bodies import BODIES, Body
from tests.support.disclosure.letters import changed, letter
from tests.support.disclosure.unseen2 import SECOND
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


LETTER = """
青潭区审计局政府信息公开申请答复书
青审公复〔2026〕3号
秦小兰：
本机关于2026年3月2日收到你提交的政府信息公开申请，申请公开“2025年公务接待费明细”。
{decision}
如不服本答复，可以自收到本答复书之日起60日内向青潭区人民政府申请行政复议，或者自收到本答复书之日起6个月内向青潭区人民法院提起行政诉讼。
青潭区审计局
2026年3月20日"""


@pytest.mark.parametrize("way", ["现将该信息提供给你", "现随文附上", "现一并寄送"])
def test_what_is_handed_over_with_the_answer_is_given(way: str) -> None:
    """An answer need not have an attachment of that name."""
    decision = f"经审查予以公开，根据《中华人民共和国政府信息公开条例》第三十六条第（二）项，{way}。"
    assert AnswerPart.WAY in read_answer(_read(LETTER.format(decision=decision))).parts


@pytest.mark.parametrize(
    ("subject", "codes"),
    [("许大勇申请公开的", ["D144"]), ("秦小兰申请公开的", []), ("关于申请公开的", []), ("你申请公开的", [])],
)
def test_another_person_who_applied_is_told(subject: str, codes: list[str]) -> None:
    """Where the text says who asked, it has to be the addressee."""
    ground = "根据《中华人民共和国政府信息公开条例》第三十六条第（四）项"
    decision = f"经审查，{subject}信息经检索不存在。{ground}，予以告知。"
    count = build_answers.measured([(LETTER.format(decision=decision), frozenset(codes))])
    assert list(count.found) == codes
    assert not count.false


def test_a_form_of_cells_on_lines_is_read() -> None:
    """The names of cells and their values stand on one line, as a table is pasted, and are no sentence that goes on."""
    form = """政府信息公开申请办理答复单
文号 滨住建公开〔2026〕29号
申请人 武小某
收到日期 2026年10月12日
申请内容描述 滨河区2025年配租名单
答复内容 您申请的信息予以公开，现随本单附送。
答复机关 滨河区住房和城乡建设局（盖章）
答复日期 2026年10月21日
"""
    lines = form.splitlines()
    blocks = tuple(Block("body", line, continues=bool(number)) for number, line in enumerate(lines))
    for document in (_read(form), Document("answer", "answer", "file", "", blocks)):
        answer = read_answer(document)
        assert (answer.applicant, answer.received) == ("武小某", date(2026, 10, 12))
        assert answer.answered == date(2026, 10, 21)
        assert AnswerPart.REQUEST in answer.parts


@pytest.mark.parametrize("said", ["我大队于4月10日签收", "本机关当日收悉"])
def test_a_day_of_receipt_without_its_year_is_written(said: str) -> None:
    """It is there, though nothing can be counted from it."""
    answer = read_answer(_read(f"关于政府信息公开申请的答复\n武小某：\n你寄来的信件，{said}。"))
    assert AnswerPart.RECEIVED in answer.parts
    assert answer.received is None


def test_who_no_longer_handles_a_request_does_not_send_it_elsewhere() -> None:
    """我局不再处理该政府信息公开申请 says nothing of another organ."""
    text = "因逾期未补正，视为您放弃申请，我局不再处理该政府信息公开申请。"
    assert read_answer(_read(text)).kinds == (AnswerKind.ABANDONED,)


@pytest.mark.parametrize(
    ("cited", "decision", "severity"),
    [
        ("第三十六条第（三）项", "经检索，该信息不存在", 3),
        ("第三十八条", "经检索，该信息不存在", 1),
        ("第六十三条", "经检索，该信息不存在", 1),
        ("第三十六条第（九）项", "经检索，该信息不存在", 3),
    ],
)
def test_what_rests_on_memory_is_a_notice_at_most(cited: str, decision: str, severity: int) -> None:
    """Only articles whose text was checked bear an error (D122, D124)."""
    engine = Engine(
        [rule for rule in load_rules() if rule.code in ("D122", "D124")],
        Context(date(2026, 12, 1), load_profile("national")),
    )
    text = LETTER.format(decision=f"{decision}。根据《中华人民共和国政府信息公开条例》{cited}，予以告知。")
    assert [finding.severity for finding in engine.findings(_read(text))] == [severity]


def test_a_letter_about_fees_is_no_answer_that_can_be_appealed() -> None:
    """It says that nobody may appeal it on its own, which is no remedy without organ and limit."""
    fee = next(one for one in SECOND if "收费通知书" in one.text)
    assert read_answer(_read(fee.text)).kinds == (AnswerKind.FEE,)
    assert not build_answers.measured([(fee.text, fee.expected)]).false
