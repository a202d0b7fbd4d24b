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


def _findings(code: str, text: str) -> list[tuple[int, str]]:
    """Severity and what is marked."""
    rules = [rule for rule in load_rules() if rule.code == code]
    engine = Engine(rules, Context(date(2026, 12, 1), load_profile("national")))
    return [(finding.severity, finding.matched) for finding in engine.findings(_read(text))]


@pytest.mark.parametrize(
    ("signer", "organ", "told"),
    [
        ("南屏省第二监狱", "南屏省司法厅", False),
        ("南屏省第二监狱", "南屏省监狱管理局", False),
        ("南屏省第二监狱", "南屏省公安厅", True),
        ("南屏省财政厅", "国家发展和改革委员会", True),
        ("南屏省通信管理局", "中国通信管理总局", False),
        ("国家粮食和物资储备局南屏局", "国家粮食和物资储备局", False),
    ],
)
def test_the_organ_of_review_depends_on_who_is_over_the_signer(signer: str, organ: str, told: bool) -> None:
    """A local department is reviewed by its government, not in Beijing; a prison may be by whoever is over prisons."""
    text = LETTER.format(decision="根据第三十六条第（二）项予以公开，名单附后。")
    text = text.replace("青潭区审计局", signer).replace("青潭区人民政府", organ)
    assert bool(_findings("D130", text)) is told


@pytest.mark.parametrize(
    ("asked", "severity"),
    [
        ("申请公开“XX路西侧（原砖瓦厂地块）的出让合同”", 1),
        ("申请公开“XXXX”", 3),
        ("请见“XX路西侧（原砖瓦厂地块）的出让合同”", 3),
    ],
)
def test_what_an_applicant_may_have_blanked_himself_is_in_doubt(asked: str, severity: int) -> None:
    """A piece of a request that is quoted; the whole of it, or another quotation, is a blank of a template."""
    text = LETTER.format(decision=f"你{asked}，予以公开，合同附后。")
    assert _findings("D143", text) == [(severity, asked[asked.index("X") : asked.rindex("X") + 1])]


@pytest.mark.parametrize(
    ("remedy", "reviews", "suits"),
    [
        ("您有意见，可以在6个月内去南屏区法院打官司。", 0, 1),
        ("您有意见，可以在6个月内到南屏区人民法院告。", 0, 1),
        ("您也可以在6个月内打行政官司。", 0, 1),
        ("村民因打官司需要，申请查阅合同。", 0, 0),
        ("不能单独就本通知申请行政复议、提起行政诉讼。", 0, 0),
        ("不得对本通知另行提起行政诉讼。", 0, 0),
        ("如不服，可在60日内向南屏区人民政府申请行政复议，不影响缴费。", 1, 0),
    ],
)
def test_remedies_in_plain_words_and_those_that_are_barred(remedy: str, reviews: int, suits: int) -> None:
    """打官司 is a suit; what one may not do is no remedy."""
    answer = read_answer(_read(remedy))
    assert (len(answer.reviews), len(answer.suits)) == (reviews, suits)


@pytest.mark.parametrize(
    ("code", "said", "told"),
    [
        ("D113", "你的申请（查询号：20260302）收悉。该信息不存在。", True),
        ("D113", "你的申请收悉。经查询，该信息不存在。", False),
        ("D126", "根据中华人民共和国政务信息公开条例第三十六条第二项，予以公开，名单附后。", True),
        ("D126", "根据中华人民共和国政府信息公开条例第三十六条第二项，予以公开，名单附后。", False),
        ("D144", "名单予以公开，遮盖以后向赵某某公开。", True),
        ("D144", "名单予以公开，遮盖以后向社会公开，向申请人公开。", False),
        ("D144", "名单予以公开，已向赵某某征求意见。", False),
    ],
)
def test_words_of_an_answer(code: str, said: str, told: bool) -> None:
    """A number to look up is no search; the regulation without marks; to whom it is given."""
    assert bool(_findings(code, LETTER.format(decision=said))) is told


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("10日内书面答复是否同意公开", True),
        ("15个工作日内书面答复是否同意公开", False),
        ("10日内到我局领取复印件", False),
    ],
)
def test_a_third_party_has_15_working_days_to_agree(said: str, told: bool) -> None:
    """Whether 意见 or 是否同意 is asked of it."""
    asked = f"现就公开合同征求你公司意见。请自收到本函之日起{said}。"
    text = f"征求意见函\n南屏商贸有限公司：\n{asked}\n南屏区财政局\n2026年3月2日"
    assert bool(_findings("D137", text)) is told


@pytest.mark.parametrize("title", ["收取信息处理费的通知", "关于依申请公开收取信息处理费的通知"])
def test_a_heading_about_a_fee_is_one(title: str) -> None:
    """With 的 before 通知, too; what counts pages is no refusal to go on."""
    text = f"{title}\n你申请的信息数量超过合理范围，我局决定按量收取信息处理费，共计人民币300元，标准见附表。"
    assert read_answer(_read(text)).kinds == (AnswerKind.FEE,)
