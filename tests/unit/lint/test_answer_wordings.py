"""Right answers are written in many ways, and what is missing is missing in all of them."""

from __future__ import annotations

import re
from datetime import date

import pytest

from jimo_lint.evidence.answers import read_answer
from jimo_lint.lint.ruleset import load_rules
from jimo_lint.model import Confidence
from jimo_lint.model.answers import Answer, AnswerKind, AnswerPart
from jimo_lint.readers.drafts.plain import document
from tests.support.disclosure.unseen2 import FRESH
from tests.support.disclosure.variants import PARTS, letter, letters, ways
from tools import build_answers


def _read(text: str) -> Answer:
    return read_answer(document(text, "answer"))


@pytest.mark.slow
def test_no_way_of_writing_a_right_answer_is_reported() -> None:
    """Numbers, addressees, days, requests, decisions, remedies, signatures and headings as offices write them."""
    assert not build_answers.measured((text, frozenset()) for text in letters()).false


@pytest.mark.slow
def test_each_fault_is_told_in_whatever_words_and_what_is_right_is_not() -> None:
    """Rule by rule, the right thing and the fault as different offices write them."""
    count = build_answers.measured(ways())
    assert count.found == count.planted
    assert not count.false


@pytest.mark.parametrize(
    ("part", "code", "others"),
    [
        ("number", "D101", ("title", "who", "day")),
        ("who", "D102", ("title", "number", "got")),
        ("got", "D103", ("asked", "number")),
        ("remedy", "D108", ("got", "number")),
        ("sign", "D110", ("day", "title")),
        ("day", "D111", ("sign", "number")),
    ],
)
def test_what_is_missing_is_told_however_the_rest_is_written(part: str, code: str, others: tuple[str, ...]) -> None:
    """The wider the ways that count as right, the less may pass for a part that is not there."""
    instead = "你提交的政府信息公开申请收悉。" if part == "got" else ""
    ways = [(other, way) for other in others for way in PARTS[other] if part != "number" or "第12号" not in way]
    texts = [letter(**{part: instead, other: way}) for other, way in ways]
    count = build_answers.measured([(text, frozenset({code})) for text in texts])
    assert count.found[code] == len(texts)


def test_the_request_is_missed_in_a_letter_that_only_says_it_came() -> None:
    """你提交的政府信息公开申请 says that there was one, not for what."""
    texts = [letter(asked="", got=way) for way in PARTS["got"]]
    count = build_answers.measured([(text, frozenset({"D104"})) for text in texts])
    assert count.found["D104"] == len(texts)


def test_fresh_batches_are_reported_as_they_were_judged() -> None:
    """What was planted in them, and nothing else, since the rules were mended after them."""
    count = build_answers.later(one for batch in FRESH for one in batch)
    assert count.found == count.planted
    assert not count.false


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("根据{R}第四十一条，本局不予更正。", AnswerKind.CORRECTED),
        ("该信息由区财政局记录，本局已将更正申请转送区财政局处理。", AnswerKind.CORRECTED),
        ("你于4月10日来函撤回申请，本局准予撤回。", AnswerKind.WITHDRAWN),
        ("根据{R}第三十六条第（二）项规定，答复如下：2025年发放补贴132万元。", AnswerKind.GIVEN),
        ("名单见区政府网站通知公告栏目，网址：http://www.yuyang.example.cn。", AnswerKind.PUBLISHED),
        ("根据{R}第三十六条第（五）项，特此告知。", AnswerKind.ELSEWHERE),
        ("该材料系办理投诉举报事项过程中形成，不予公开。", AnswerKind.REFUSED),
        ("该合同并非本机关在履行行政管理职能过程中制作，不属于政府信息。", AnswerKind.NO_INFORMATION),
        ("你的申请实为投诉，请拨打12345。", AnswerKind.COMPLAINT),
    ],
)
def test_a_kind_is_known_by_its_words_or_by_the_article(body: str, kind: AnswerKind) -> None:
    """更正 and 撤回 are kinds of their own; where nothing is said, the article says it."""
    assert _read(letter(body=body)).kinds == (kind,)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("政府信息公开申请登记回执", AnswerKind.RECEIPT),
        ("政府信息公开申请受理通知书", AnswerKind.RECEIPT),
        ("要求说明申请理由通知书", AnswerKind.EXPLAIN),
        ("政府信息更正申请告知书", AnswerKind.CORRECTED),
        ("终止办理政府信息公开申请通知书", AnswerKind.WITHDRAWN),
    ],
)
def test_a_heading_names_the_new_kinds(title: str, kind: AnswerKind) -> None:
    """登记回执 decides nothing, nor does a letter that asks for reasons."""
    assert _read(letter(title=title)).titled is kind


@pytest.mark.parametrize(
    ("got", "day"),
    [
        ("你于2026年4月3日邮寄的申请，本局于2026年4月8日收到。", date(2026, 4, 8)),
        ("你于2026年4月3日邮寄的申请，本局4月8日收到。", date(2026, 4, 8)),
        ("你申请公开“2026年2月1日接处警登记”，本局于2026年4月8日收到。", date(2026, 4, 8)),
        ("申请日期：2026年4月3日　收到日期：2026年4月8日。", date(2026, 4, 8)),
        ("2026年4月8日（农历二月廿一）你当面递交的申请，我们当天就收下了。", date(2026, 4, 8)),
    ],
)
def test_the_day_of_receipt_is_not_that_of_sending(got: str, day: date) -> None:
    """The limit counts from the day on which the request came."""
    assert _read(letter(got=got)).received == day


def test_a_limit_counts_anew_from_the_amendment_the_decision_and_the_fee() -> None:
    """An answer given again after a review, one after a fee was paid, one after an amendment of 4月20日."""
    again = "青潭区人民政府作出行政复议决定，责令重新答复，本局于2026年6月9日收到该行政复议决定书。"
    paid = "本局于4月15日通知你缴费，你于2026年6月9日足额缴纳信息处理费。"
    got = "本机关于2026年4月8日收到你的申请。"
    for said in (again, paid):
        answer = _read(letter(got=got + said, day="2026年6月20日"))
        assert (answer.again, answer.restarted) == (True, date(2026, 6, 9))
    amended = _read(letter(got=got + "本局4月13日发出补正告知书，4月20日收到你的补正材料。"))
    assert amended.amended == date(2026, 4, 20)


@pytest.mark.parametrize(
    "remedy",
    [
        "不服的，应先向榆阳区人民政府申请行政复议（期限为收到本答复书之日起60日），对复议决定不服的可再依法起诉。",
        "可自收到之日起60日内申请向榆阳区人民政府行政复议，对复议决定不服的可再依法起诉。",
    ],
)
def test_what_stands_in_brackets_behind_the_review_is_said_of_it(remedy: str) -> None:
    """The limit in them is that of the review, and no limit of the suit."""
    answer = _read(letter(remedy=remedy))
    assert [str(one.limit) for one in answer.reviews] == ["60 日"]
    assert [organ for organ, _ in answer.reviews[0].organs] == ["榆阳区人民政府"]
    assert [one.limit for one in answer.suits] == [None]


def test_a_limit_in_years_is_read() -> None:
    """二年内 is not the limit of a suit."""
    text = letter(remedy="可自收到之日起60日内向榆阳区人民政府申请行政复议，或自收到之日起二年内提起行政诉讼。")
    assert {"D133"} == {*build_answers.measured([(text, frozenset({"D133"}))]).found}


def test_a_name_alone_on_its_line_does_not_go_on() -> None:
    """The reader of texts takes short lines without a full stop for the middle of a paragraph."""
    answer = _read(letter(who="申请人：简淑芬", got="本局于2026年4月8日收到你的申请。"))
    assert (answer.applicant, answer.received) == ("简淑芬", date(2026, 4, 8))


@pytest.mark.parametrize(
    "attached", ["附：《政府信息公开条例》相关条款", "附 有关法律规定：", "附：政府信息公开条例（节选）"]
)
def test_articles_appended_to_a_letter_are_not_its_words(attached: str) -> None:
    """Of the law that a template appends nothing is decided."""
    law = f"\n{attached}\n第三十六条 （四）经检索没有所申请公开信息的，告知申请人该政府信息不存在；"
    assert _read(letter() + law).kinds == (AnswerKind.GIVEN,)


@pytest.mark.parametrize("attached", ["附件：榆阳区养老服务补贴管理规定", "附件：《养老机构补贴办法》有关规定"])
def test_a_file_attached_ends_no_letter(attached: str) -> None:
    """Behind its name the signature and the day still stand."""
    answer = _read(letter(remedy=attached))
    assert (answer.organ, answer.answered) == ("榆阳区民政局", date(2026, 4, 20))


_ABSENT = "经检索，本机关未制作该表，该信息不存在。根据{R}第三十六条第（四）项，特此告知。"
_ELSEWHERE = (
    "该表由榆阳区财政局制作，不属于我局负责公开，请向该局申请（电话：0912-3520011）。依照{R}第三十六条第五项告知。"
)


@pytest.mark.parametrize("body", [_ABSENT, _ELSEWHERE])
@pytest.mark.parametrize(
    ("remedy", "codes"),
    [
        ("可在收到之日起60日内向榆阳区人民政府申请行政复议。", ["D109"]),
        ("您若不满意，请自收到本答复起60日内提请榆阳区人民政府复议。行政复议不收费。", ["D109"]),
        ("救济途径：行政复议（榆阳区人民政府，60日内）。", ["D109"]),
        ("60日内可向榆阳区人民政府申请行政复议；你与承包方的合同纠纷可向法院提起民事诉讼。", ["D109"]),
        ("60日内可向榆阳区人民政府申请行政复议，或半年内向榆阳区人民法院起诉。", []),
        ("因本答复引起的行政争议，可60日内向榆阳区人民政府申请行政复议，或6个月内诉至榆阳区人民法院。", []),
    ],
)
def test_only_a_suit_against_the_answer_counts_as_told(body: str, remedy: str, codes: list[str]) -> None:
    """Whoever is sent to another organ may sue as well; a suit between others is none against the answer."""
    count = build_answers.measured([(letter(body=body, remedy=remedy), frozenset(codes))])
    assert sorted(count.found) == codes
    assert not count.false


_REFUSAL = {
    "title": "榆阳区民政局\n政府信息不予公开告知书",
    "remedy": "如不服，应当先自收到之日起60日内向榆阳区人民政府申请行政复议，对复议决定不服的，可再依法起诉。",
}
_LAW = (
    "{R}第十六条第二款规定，行政机关在履行行政管理职能过程中形成的讨论记录、过程稿、请示报告等过程性信息，可以不予公开"
)


@pytest.mark.parametrize(
    "body",
    [
        "经审查，根据{R}第十六条、第三十六条第（三）项的规定，决定不予公开。",
        "你申请的信息属于不予公开范围，根据{R}第十六条第一款，不予公开。",
        "该信息属于{R}第十六条第二款规定的情形，决定不予公开。",
        "该材料系我局2025年11月制作，共12页。依照{R}第十六条第二款，决定不予公开。",
        "我局4月9日转养老科、安全监督科办理，该材料存于2025年工作卷。" + _LAW + "。经集体研究，决定不予公开。",
    ],
)
def test_law_procedure_and_whose_it_is_are_no_reason(body: str) -> None:
    """Nor is it one that a thing is among those that are not made public."""
    assert {"D107"} == {*build_answers.measured([(letter(body=body, **_REFUSAL), frozenset({"D107"}))]).found}


@pytest.mark.parametrize(
    "body",
    [
        _LAW + "。你申请的纪要初稿即属此类，尚未定稿，故不予公开。",
        _LAW + "，你申请的讨论记录是各方发言的原始记录，属于此类，故不予公开。",
        "上述讨论记录是各方的发言，若予公开，将妨碍今后坦率讨论，依据{R}第十六条第二款，不予公开。",
        "经保密审查，该件标有“秘密★5年”，未到解密日期。依据{R}第十四条，不予公开。",
        "你要的询问笔录装在我局立案查处的卷宗里，案子还没有结。依据{R}第十六条第二款，不予公开。",
        "该底稿与最后印发的文本不同，易使公众误解，依据{R}第十六条第二款，不予公开。",
    ],
)
def test_what_it_is_or_what_would_come_of_it_is_a_reason(body: str) -> None:
    """Beside the words of the law, and of what is only supposed nothing is decided."""
    assert not build_answers.measured([(letter(body=body, **_REFUSAL), frozenset())]).false


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ("该考核表属于内部事务信息。依照{R}第二十条、第三十六条第三项，决定不予公开。", ["D122"]),
        ("该考核表属于内部事务信息，不属于{R}第二十条规定的主动公开范围，依照第十六条第一款，不予公开。", []),
        ("该考核表不在{R}第二十条所列范围内，属于内部事务信息，依照第十六条第一款，不予公开。", []),
    ],
)
def test_what_is_published_unasked_is_no_ground_of_a_refusal(body: str, codes: list[str]) -> None:
    """第二十条 adds nothing to a refusal, unless it says that the information is none of those."""
    count = build_answers.measured([(letter(body=body, **_REFUSAL), frozenset(codes))])
    assert sorted(count.found) == codes
    assert not count.false


_CONSULT = {"title": "榆阳区民政局\n征求第三方意见书", "who": "榆阳晨光有限公司：", "remedy": "电话：0912-3520011。"}
_AMEND = {"title": "榆阳区民政局\n补正告知书", "remedy": "电话：0912-3520011。", "day": "2026年4月14日"}
_EXTEND = {"title": "榆阳区民政局\n延期答复告知书", "remedy": "电话：0912-3520011。"}


@pytest.mark.parametrize(
    ("parts", "body", "wrong"),
    [
        (_CONSULT, "请自收到本函之日起30个工作日内，书面告知我局同意或不同意公开；不同意的请写明理由。", True),
        (_CONSULT, "现征求贵公司意见，请贵公司于30个工作日内反馈。", True),
        (_CONSULT, "现征求你公司意见。回复期限：自收到本函之日起10个工作日。", True),
        (_CONSULT, "现征求你公司意见（反馈期限15个工作日，自签收之日起）。", False),
        (_CONSULT, "现征求你公司意见，请15个工作日内回复。本机关收到你公司意见后5个工作日内处理。", False),
        (_CONSULT, "现征求你公司意见，请15个工作日内回复。该申请的答复期限为20个工作日，征求意见的时间不计入。", False),
        (_CONSULT, "该材料公示期5天已满。现征求你公司意见，请15个工作日内回复。如有疑问请在3日内来电。", False),
        (_AMEND, "应当自收到申请之日起15个工作日内一次性告知补正。请于30日内补正，写明名称。", True),
        (_AMEND, "应当自收到申请之日起7个工作日内一次性告知补正。请于30日内补正，写明名称。", False),
        (_AMEND, "请于5个工作日内补正，写明名称。本局将在收到补正申请之日起30个工作日内答复。", True),
        (_EXTEND, "因资料量大，延长一个月答复。", True),
        (_EXTEND, "因资料量大，延长15个工作日，连同延长总共不超过40个工作日。", False),
    ],
)
def test_a_limit_is_held_against_that_of_the_law_for_it(parts: dict[str, str], body: str, wrong: bool) -> None:
    """15 working days for an opinion, 7 for the office to ask for an amendment, 20 for an answer and its extension."""
    law = {id(_CONSULT): "第三十二条，", id(_AMEND): "第三十条，", id(_EXTEND): "第三十三条，"}[id(parts)]
    codes = frozenset({"D137"} if wrong else ())
    count = build_answers.measured([(letter(body="根据{R}" + law + body, **parts), codes)])
    assert set(count.found) == codes
    assert not count.false


@pytest.mark.parametrize("enterprise", ["榆阳水务集团有限公司", "榆阳区人民医院", "榆阳学院信息公开办公室"])
def test_a_public_enterprise_answers_by_the_rules_of_its_trade(enterprise: str) -> None:
    """It cites no article of the regulation, and nobody turns to the government for a review."""
    body = "根据《供水企业信息公开实施办法》，上述信息已在公司网站公布，网址：http://www.yyshui.example.cn。"
    text = letter(title=f"{enterprise}\n信息公开申请答复书", body=body, remedy="", sign=enterprise)
    assert not build_answers.measured([(text, frozenset())]).false
    office = letter(body=body, remedy="")
    assert {"D106", "D108"} <= {*build_answers.measured([(office, frozenset({"D106", "D108"}))]).found}


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        (
            "名单已公布，网址：http://www.yuyang.example.cn；批复由我局制作，随本函寄送。依据{R}第三十六条第（一）项、第（二）项。",
            [],
        ),
        (
            "经查，本局未保存，该表由区档案馆保管，请向区档案馆申请查阅（电话：0912-3520011）。依据{R}第三十六条第（五）项。",
            [],
        ),
        ("经检索，本局未制作该表，该信息不存在。依据{R}第三十六条第（五）项。", ["D122"]),
        ("该名单已在我局网站公布，网址：http://www.yuyang.example.cn。依据{R}第三十六条第（六）项。", ["D122"]),
        ("该表涉及第三方商业秘密，经征求意见第三方同意公开，依据{R}第十五条、第三十二条，现提供给你，见附件。", []),
    ],
)
def test_an_article_is_wrong_only_where_nothing_in_the_text_is_about_it(body: str, codes: list[str]) -> None:
    """The item of 第三十六条 fits where the text says in any words what it is about."""
    count = build_answers.measured([(letter(body=body), frozenset(codes))])
    assert sorted(count.found) == codes
    assert not count.false


LAW = "《中华人民共和国政府信息公开条例》"
SEARCHED = "以“东风路”为关键词检索，未检索到该表"
SUIT = (
    "对本答复（含第二项）不服的，可以自收到本答复书之日起60日内向清溪县人民政府申请行政复议，"
    "也可以不经复议，在6个月内直接向清溪县人民法院提起行政诉讼。"
)
FIRST = (
    "对第二项不服的，应当先自收到本答复书之日起60日内向清溪县人民政府申请行政复议；"
    "对其他各项不服的，可以自收到本答复书之日起60日内向清溪县人民政府申请行政复议，也可以在6个月内向清溪县人民法院提起行政诉讼。"
)
# What an answer to three things says of the first, of the second and of the third.
GIVEN = f"批复可以公开，依据{LAW}第三十六条第（二）项，复印件随本答复书邮寄。"
REFUSED = (
    f"讨论记录属于过程性信息，公开会影响意见的如实表达，依据{LAW}第十六条第二款、第三十六条第（三）项，决定不予公开。"
)
ABSENT = f"{SEARCHED}，依据{LAW}第三十六条第（四）项，告知你该政府信息不存在。"


@pytest.mark.parametrize("heads", [("第1项：", "第2项：", "第3项："), ("关于第①项。", "关于第②项。", "关于第③项。")])
@pytest.mark.parametrize(
    ("first", "third", "remedy", "codes"),
    [
        (GIVEN, ABSENT, FIRST, []),
        (GIVEN, ABSENT, SUIT, ["D131"]),
        (GIVEN, f"依据{LAW}第三十六条第（四）项，告知你该政府信息不存在。", FIRST, ["D113"]),
        (
            f"{SEARCHED}，该信息不存在。根据第三十六条第（二）项决定予以公开，光盘随本答复书交付。",
            ABSENT,
            FIRST,
            ["D142"],
        ),
        (GIVEN.replace("（二）", "（四）"), ABSENT, FIRST, ["D122"]),
    ],
)
def test_each_of_several_things_is_judged_by_what_is_said_of_it(
    heads: tuple[str, ...], first: str, third: str, remedy: str, codes: list[str]
) -> None:
    """One that is not there needs a search of its own, one that is refused a review first, none two decisions."""
    said = "\n".join(head + one for head, one in zip(heads, (first, REFUSED, third), strict=True))
    count = build_answers.measured(
        [(letter(body=f"你申请的三项信息，答复如下：\n{said}", remedy=remedy), frozenset(codes))]
    )
    assert sorted(count.found) == codes
    assert not count.false


BEFORE = (
    "本局2026年1月5日作出《政府信息公开答复书》（清审复〔2026〕1号），以该表属于过程性信息为由不予公开。你不服，向清溪县人民政府申请行政复议。"
    "清溪县人民政府2026年2月3日作出《行政复议决定书》，决定撤销该答复，责令重新答复。本局于2026年2月5日收到该决定书。"
)


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        (f"{BEFORE}现重新答复：{GIVEN}", []),
        (f"{BEFORE}现重新答复：{LAW}第三十六条第（三）项，决定不予公开。", ["D107"]),
        (
            (
                f"{LAW}第三十条规定：“政府信息公开申请内容不明确的，行政机关应当一次性告知申请人作出补正，说明需要补正的事项和合理的补正期限。”"
                "你的申请不符合要求，请你自收到本告知书之日起15个工作日内补正。"
            ),
            ["D114", "D139"],
        ),
        (
            (
                f"资料载有生产工艺，属于该公司的商业秘密，公开会损害其合法权益。{LAW}第十五条规定：“第三方同意公开的，予以公开。”"
                f"依据{LAW}第十五条、第三十六条第（三）项，决定不予公开。"
            ),
            ["D117"],
        ),
    ],
)
def test_neither_an_answer_before_nor_the_words_of_the_law_are_what_is_answered(body: str, codes: list[str]) -> None:
    """What was refused and is given now contradicts nothing; the law that is quoted asks and explains nothing."""
    remedy = "如对本答复不服，可以自收到之日起60日内向清溪县人民政府申请行政复议" + (
        "。" if "不予公开" in body.removeprefix(BEFORE) else "，也可以在6个月内向清溪县人民法院提起行政诉讼。"
    )
    count = build_answers.measured([(letter(body=body, remedy=remedy, title="政府信息公开告知书"), frozenset(codes))])
    assert sorted(count.found) == codes
    assert not count.false


def test_what_was_only_not_seen_is_possible_at_most() -> None:
    """Whoever wants few false alarms leaves out the rules that hang on how a thing is written."""
    unsure = {rule.code for rule in load_rules() if rule.kind == "answer" and rule.confidence is Confidence.POSSIBLE}
    assert unsure == {"D103", "D104", "D105", "D112", "D113", "D116", "D117"}


# Many letters have a head with the applicant's name and a salutation; who takes one away leaves the other.
_NAMED_TWICE = re.compile(r"(?:^|\n)[【\s]*(?:申请人|收件人)[】：:\s]")


@pytest.mark.parametrize(
    ("part", "code", "share"),
    [
        (AnswerPart.NUMBER, "D101", 0.99),
        (AnswerPart.ADDRESSEE, "D102", 0.97),
        (AnswerPart.SIGNATURE, "D110", 0.99),
        (AnswerPart.DATE, "D111", 0.99),
    ],
)
@pytest.mark.slow
def test_a_right_letter_without_one_line_is_reported(part: AnswerPart, code: str, share: float) -> None:
    """Of all that strangers wrote: nothing else in a letter passes for the line, but where it stands there twice."""
    texts = []
    for read in (document(one.text, "answer") for batch in FRESH for one in batch if not one.expected):
        text, span = read.text, read_answer(read).parts.get(part)
        if span:
            end = text.find("\n", span.end) + 1 or len(text)
            cut = text[: text.rfind("\n", 0, span.start) + 1] + text[end:]
            if part is not AnswerPart.ADDRESSEE or not _NAMED_TWICE.search(cut):
                texts.append(cut)
    found = build_answers.measured([(text, frozenset({code})) for text in texts]).found[code]
    assert len(texts) > 300
    assert found >= share * len(texts)
