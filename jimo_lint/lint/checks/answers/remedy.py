"""What an answer says of appeals: review and suit, where and until when."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from jimo_lint.lint.checks.answers.case import Case, Fault
from jimo_lint.lint.checks.answers.contradictions import SEVERAL
from jimo_lint.model.answers import AnswerKind, Remedy
from jimo_lint.settings.toml import Table

# 行政复议法 as revised in 2023 holds from this day.
_SINCE = date(2024, 1, 1)
_VERTICAL = re.compile(
    r"海关|税务|人民银行|外汇|金融监督|金融监管|国家安全|证监|海事|邮政管理|统计.{0,2}调查队|气象|铁路|民航|民用航空|烟草|消防|边防|移民|出入境|通信管理|地震|矿山安全|能源监管|储备局"
)
_STATE = re.compile(
    r"^(?:国家|中华人民共和国)|(?<!宣传)(?<!组织)部$|省人民政府$|自治区人民政府$|^(?:北京|上海|天津|重庆)市人民政府$"
)
_GOVERNMENT = re.compile(
    r"(?:政府|政务?府|行政公署|行署|本级|国务院)$|行政复议|复议(?:局|委员会|办公室|机关|机构|中心|服务)"
)
_UPPER = re.compile(r"上一?级|主管(?:部门|机关)|(?:局|厅|委员会|委|部|署|总局|办公室|中心)$")
_CENTRAL = re.compile(r"^(?:中国|国家|中华人民共和国)|(?<!宣传)(?<!组织)(?<!统战)部$|署$")
# Nothing is decided in them that one can appeal; of a complaint they say that a review may be the way to settle it.
_NOT_APPEALED = frozenset({one for one in AnswerKind if one.on_the_way} | {AnswerKind.COMPLAINT})
_REFUSING = frozenset({AnswerKind.REFUSED, AnswerKind.PARTLY})
_PART = re.compile(
    r"第[（一二三四五六七八九\d]{1,2}[）]?(?:项|点)|事项[一二三四五六七八九\d]|\d/\d|[①-⑨]|部分|其余|其他内容"
)
_REFUSED = re.compile(r"不予公开|不公开|拒绝公开")
_GIVEN_TOO = re.compile(r"(?<!不)予以公开|(?<!不)公开的?部分|其余|其他|第[（一二三四五六七八九\d]{1,2}[）]?[项点]")
_FIRST = re.compile(r"先|前置|再|复议(?:决定|后)|经(?:过)?(?:行政)?复议|方可|才能")
_GIVING = frozenset({AnswerKind.GIVEN, AnswerKind.PUBLISHED})
_NOT_HAD = frozenset({AnswerKind.ABSENT, AnswerKind.ELSEWHERE})
_ALL = re.compile(r"（(?:含|包括)[^（）]{1,20}）")  # 对本答复（含第二项）不服
# A department of a local government, and a prison or the like, which the justice department is over.
_LOCAL = re.compile(
    r"^(?!国家|中国|中华)[一-鿿]{1,8}?(?:省|自治区|[市县区州盟旗])[一-鿿]{2,}(?:[局厅委办]|委员会|办公室)$"
)
_CUSTODY = re.compile(r"监狱|戒毒|社区矫正|未成年犯管教所")
_OVER_CUSTODY = re.compile(r"司法|监狱管理|戒毒管理")
_OWN = re.compile(r"^(?:本|我)(?:机关|局|单位|委|办|厅|府)$")
_VAGUE = re.compile(
    r"^(?:有关|相关|有权|法定|依法|具有管辖权的|有管辖权的)?(?:行政)?(?:复议)?(?:机关|部门|机构|单位)$|^上一?级(?:行政)?机关$"
)

# Whoever may review, in whatever words of the sentence.
_NAMED = re.compile(r"[一-鿿]{2}[省市县区州盟旗镇乡]人民政府|[一-鿿](?:税务|海关)(?:总[局署]|局)")


def review_organ(_table: Table) -> Callable[[Case], Iterator[Fault]]:
    """A department's answer sends to another department, where since 2024 the government of its level reviews."""

    def judge(case: Case) -> Iterator[Fault]:
        signer = case.answer.organ or case.answer.title
        if case.day < _SINCE or _VERTICAL.search(signer) or _STATE.search(case.answer.organ):
            return
        governing = re.search(r"(?:政府|街道办事处|办事处)$", case.answer.organ) is not None
        for organ, span in (one for remedy in case.answer.reviews for one in remedy.organs):
            if "司法" in signer and "司法" in organ:
                continue
            if "司法" in organ and "人民政府" in case.appeals:
                continue  # who takes in what is meant for the government
            if _CUSTODY.search(signer) and _OVER_CUSTODY.search(organ):
                continue  # which of the two reviews, or the government, offices answer differently
            if _CENTRAL.search(organ) and not _LOCAL.search(case.answer.organ):
                continue  # what is under a department of the State Council has no government of its level
            upper = _UPPER.search(organ) and not _GOVERNMENT.search(organ)
            if (upper and not (governing and "级" in organ and "部门" not in organ)) or (
                _OWN.match(organ) and case.answer.organ
            ):
                yield Fault(span, {"organ": organ})

    return judge


def review_first(_table: Table) -> Callable[[Case], Iterator[Fault]]:
    """A refusal that lets sue at once; in doubt where something else is decided as well."""

    def judge(case: Case) -> Iterator[Fault]:
        kinds = {*case.kinds}
        if case.answer.of_enterprise or (AnswerKind.PARTLY in kinds and not case.answer.refuses):
            return  # what is blackened in a copy is no decision that anyone appeals against
        if case.day < _SINCE or not kinds & _REFUSING or not kinds <= _REFUSING | _GIVING | _NOT_HAD:
            return
        if (
            len(kinds - {AnswerKind.PARTLY}) > 1
            and AnswerKind.PARTLY not in kinds
            and not SEVERAL.search(case.folded.text)
        ):
            return  # two things are decided of the same: what may be appealed how hangs on which of them holds
        direct = next((one for one in case.answer.suits if not one.after_review), None)
        several = len(case.answer.reviews) > 1 or len(case.answer.suits) > 1 or _PART.search(_ALL.sub("", case.appeals))
        if (kinds != {AnswerKind.REFUSED} or case.lists) and several:
            # One way for what is refused, the other for what is given: unless the sentence says otherwise.
            direct = next((one for one in case.answer.suits if not one.after_review and _of_refusal(case, one)), None)
        if direct:
            yield Fault(direct.span, doubtful=kinds != {AnswerKind.REFUSED})

    return judge


def _of_refusal(case: Case, suit: Remedy) -> bool:
    """Whether the sentence in which one may sue speaks of what is refused, and of no review before."""
    said = case.folded.before(suit.span)
    return _REFUSED.search(said) is not None and not (_GIVEN_TOO.search(said) or _FIRST.search(said))


def review_limit(_table: Table) -> Callable[[Case], Iterator[Fault]]:
    """A limit for reviews other than 60 days."""

    def judge(case: Case) -> Iterator[Fault]:
        for one in case.answer.reviews:
            if one.limit and (one.limit.number, one.limit.working, one.limit.months) not in ((60, False, False),):
                yield Fault(one.limit.span, {"limit": str(one.limit)})

    return judge


def suit_limit(_table: Table) -> Callable[[Case], Iterator[Fault]]:
    """A limit for suits other than six months, or 15 days after the decision of a review."""

    def judge(case: Case) -> Iterator[Fault]:
        for one in case.answer.suits:
            if not one.limit:
                continue
            written = (one.limit.number, one.limit.working, one.limit.months)
            if written != ((15, False, False) if one.after_review else (6, False, True)):
                right = "15 日" if one.after_review else "6 个月"
                yield Fault(one.limit.span, {"limit": str(one.limit), "right": right}, doubtful=one.after_review)

    return judge


def unnamed(_table: Table) -> Callable[[Case], Iterator[Fault]]:
    """Nobody is told which organ reviews."""

    def judge(case: Case) -> Iterator[Fault]:
        organs = [organ for one in case.answer.reviews for organ, _ in one.organs]
        if any(kind in _NOT_APPEALED for kind in case.kinds):
            return
        if _NAMED.search(case.appeals):
            return
        if case.answer.reviews and all(_VAGUE.search(organ) for organ in organs):
            yield Fault(case.answer.reviews[0].span)

    return judge


def unlimited(_table: Table) -> Callable[[Case], Iterator[Fault]]:
    """Nobody is told until when: in no sentence about the review, or the suit, is there a limit."""

    def judge(case: Case) -> Iterator[Fault]:
        if any(kind in _NOT_APPEALED for kind in case.kinds):
            return
        for remedies, what in ((case.answer.reviews, "行政复议"), (_first_suits(case), "行政诉讼")):
            if remedies and not any(one.limit for one in remedies):
                yield Fault(remedies[0].span, {"what": what})

    return judge


def _first_suits(case: Case) -> tuple[Remedy, ...]:
    return tuple(one for one in case.answer.suits if not one.after_review)
