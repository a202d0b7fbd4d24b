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


REFUSED = "该合同属于商业秘密，第三方不同意公开，根据《条例》第十五条，决定不予公开。"


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        (f"{REFUSED}其内容无法作区分处理。", ["refused"]),
        (f"{REFUSED}不能区分出可以公开的内容。", ["refused"]),
        (f"{REFUSED}中标结果已公开，不影响监督。", ["refused"]),
        (f"对第1项，{REFUSED}第2项已主动公开，见我局网站。", ["refused", "published"]),
        ("经审查，合同不涉及不得公开的内容，予以公开。", ["given"]),
        ("没有第十四条、第十五条所列不予公开的情形，予以公开。", ["given"]),
        ("合同含有不予公开的内容，作区分处理后提供给你。", ["partly"]),
        ("该合同不由我局制作，我局也没有保存，不属于我局负责公开。", ["elsewhere"]),
        ("该合同不属于我局负责公开，经检索该合同不存在。", ["elsewhere", "absent"]),
    ],
)
def test_what_is_only_named_is_not_decided(said: str, kinds: list[str]) -> None:
    """What cannot be divided, what is looked for and not found, what is public besides."""
    assert sorted(read_answer(_read(LETTER.format(decision=said))).kinds) == sorted(kinds)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("名单早就挂在区政府网站上了，你可以自己下载。", "published"),
        ("名单已经复印好，请你凭身份证来取。", "given"),
        ("我局翻了近十年的档案，没有你要的东西。", "absent"),
        ("名单归财政局管，我们这里没有，请你去问青潭区财政局。", "elsewhere"),
        ("名单涉及商业秘密，权利人反对，碍难公开。", "refused"),
        ("你要的统计表没有现成的，我局不另行制作。", "processing"),
        ("你反映的情况我们已经知晓，感谢关心。", ""),
        ("特函复如上。", ""),
    ],
)
def test_decisions_in_plain_words(said: str, kind: str) -> None:
    """Where nothing is decided in the words of the regulation; thanks decide nothing."""
    assert "".join(read_answer(_read(LETTER.format(decision=said))).kinds) == kind


REVIEW = next(line for line in LETTER.splitlines() if "复议" in line)
APART = f"对第1项不服，应当先申请行政复议；对复议决定不服的，可以起诉。第2项：{REVIEW}"
FIRST = "应当先在60日内向青潭区人民政府申请行政复议；仍不服的，可以再于15日内提起行政诉讼。"
PARTLY = "第1项不予公开，依据《条例》第十六条；其余予以公开，随函附上。"


@pytest.mark.parametrize(
    ("decision", "remedy", "told"),
    [(PARTLY, REVIEW, 1), (PARTLY, APART, 0), (REFUSED, REVIEW, 1), (REFUSED, FIRST, 0), (PARTLY, FIRST, 0)],
)
def test_a_suit_at_once_is_told_of_what_is_refused(decision: str, remedy: str, told: int) -> None:
    """Not where the part that is given has a way of its own, nor where 再 says that it comes after the review."""
    assert len(_findings("D131", LETTER.format(decision=decision).replace(REVIEW, remedy))) == told


@pytest.mark.parametrize(
    ("code", "decision", "told"),
    [
        ("D142", "该表予以公开，附后。对该表不予公开。", True),
        ("D142", "一、对该表全文予以公开，附后。\n二、对该表中他人的得分，决定不予公开。", True),
        ("D142", "一、对该表全文予以公开，附后。\n二、对会议记录，决定不予公开。", False),
        ("D142", "该表不存在，现将相近的总表提供给你参考。", False),
        ("D116", "不属于我局负责公开，请向有关部门申请，电话可查。", True),
        ("D116", "不属于我局负责公开，归青潭区财政局管，电话5550001。", False),
        ("D116", "不属于我局负责公开，无从判断由谁负责。", False),
        ("D122", "没有《条例》第十四条所列的情形，根据《条例》第三十六条第（二）项，予以公开，附后。", False),
        ("D123", "根据《条例》的规定，已主动公开于我局网站，首页。第一条就是。", True),
        ("D123", "依据（《条例》）\n名单 | 予以公开，附后 | 第三十六条第（二）项", False),
        ("D143", "请你列明需要的内容（注明页码）。名单附后。", False),
        ("D143", "名单附后（注明页码）。", True),
        ("D145", "登记编号2025-061至2025-070的已办理，登记编号2025-071的予以公开。", False),
        ("D145", "登记编号2025-061，已办理，登记编号2025-071的予以公开。", True),
        ("D146", "户主是韦金旺（身份证号4521****0438），名单附后。", True),
        ("D146", "秦小兰（身份证号4521****0438）可以领取名单。", False),
        ("D148", "需逐份核对是否含有不宜公开的内容，名单附后。", False),
        ("D148", "该名单属于不宜公开的内容，不予公开。", True),
        ("D112", "根据《条例》第三十六条第（二）项予以公开，名单当面交你。", False),
        ("D112", "根据《条例》第三十六条第（二）项予以公开。\n政务公开科联系电话：5550001", True),
        ("D113", "没有制作，也没有获取，由村民小组组织的会议，该决议不存在。", True),
        ("D113", "遍寻档案，该决议不存在。", False),
    ],
)
def test_two_statements_that_clash_and_what_is_said_in_other_words(code: str, decision: str, told: bool) -> None:
    """Contradictions only where both are about the same; what is missing only where no words of the kind stand."""
    assert bool(_findings(code, LETTER.format(decision=decision))) is told


@pytest.mark.parametrize(
    ("said", "limit", "what"),
    [
        ("请你补正。答复期限自我局收到补正的申请之日起计算。", False, False),
        ("你的申请内容不明确，请你在15个工作日内补正。", True, False),
        ("请你在两周内补正，写明是哪一年的名单。", True, True),
    ],
)
def test_an_amendment_says_what_and_until_when(said: str, limit: bool, what: bool) -> None:
    """That something is unclear does not say what to write; from when the answer is due is no limit for it."""
    text = f"补正告知书\n秦小兰：\n{said}\n青潭区审计局\n2026年3月3日"
    rules = [rule for rule in load_rules() if rule.code == "D114"]
    found = Engine(rules, Context(date(2026, 12, 1), load_profile("national"))).findings(_read(text))
    message = "".join(one.message for one in found)
    assert ("补正期限" not in message, "补正事项" not in message) == (limit, what)


@pytest.mark.parametrize(
    ("said", "there"),
    [
        ("尊函2026年3月2日奉悉，求名单一份。", True),
        ("你寄来的申请（EMS，2026年3月2日妥投）。", True),
        ("你的申请已收到，2026年3月5日征求意见，第三方于当日签收。", False),
    ],
)
def test_a_day_on_which_it_came_in_other_words(said: str, there: bool) -> None:
    """Of the letter or its post; not of what was sent to a third party."""
    assert (AnswerPart.RECEIVED in read_answer(_read(f"答复书\n秦小兰：\n{said}")).parts) is there


@pytest.mark.parametrize(
    ("said", "there"),
    [
        ("名单已主动公开，请看“财政预决算”专栏。", False),
        ("你寄来“2025年名单”。名单已主动公开，请看“财政预决算”专栏。", True),
        ("你问的是名单发给了谁。名单已主动公开。", True),
    ],
)
def test_a_request_in_other_words(said: str, there: bool) -> None:
    """A quotation behind the decision is no request."""
    assert (AnswerPart.REQUEST in read_answer(_read(f"答复书\n秦小兰：\n{said}")).parts) is there


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


@pytest.mark.parametrize(
    ("denied", "told"),
    [
        ("你申请的报告不存在", "予以公开、信息不存在"),
        ("该报告不属于本局负责公开", "予以公开、非本机关负责"),
        ("对该报告不予公开", "予以公开、不予公开"),
    ],
)
def test_what_is_given_and_taken_back_is_told_as_the_letter_says_it(denied: str, told: str) -> None:
    """The reader looks for these two decisions in the letter."""
    rules = [rule for rule in load_rules() if rule.code == "D142"]
    engine = Engine(rules, Context(date(2026, 12, 1), load_profile("national")))
    text = f"某局答复书\n王小明：\n经审查，决定对该报告予以公开，随信寄去。\n另经查，{denied}。\n某局\n2026年3月20日"
    assert [told in finding.message for finding in engine.findings(_read(text))] == [True]
