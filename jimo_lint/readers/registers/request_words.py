"""The words of a ledger of requests that stand for rows and columns of the annual report."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeVar

from jimo_lint.model.requests import Applicant, Decision

K = TypeVar("K")

_APPLICANTS = (
    (Applicant.LEGAL, r"法律服务|律师|律所"),
    (Applicant.RESEARCH, r"科研|研究机构|研究院|研究所|高校|大学"),
    (Applicant.CHARITY, r"公益|社会团体|社会组织|基金会|民非|协会"),
    (Applicant.COMPANY, r"企业|公司|商业"),
    (Applicant.PERSON, r"自然人|公民|个人|群众|居民|村民"),
    (Applicant.OTHER, r"其[他它]|机关|事业单位|村委|居委|法人|组织"),
)
# The first that fits; what is told apart by one word stands before what holds the other.
_DECISIONS = (
    (Decision.UNCORRECTED, r"(?:逾期|未)(?:不|未|按期)?补正|不补正|视为放弃"),
    (Decision.UNPAID, r"缴费|缴纳|收费"),
    (Decision.UNCLEAR, r"补正后.{0,8}不明|仍不明确|内容不明确"),
    (Decision.PARTIAL, r"部分公开|区分处理"),
    (Decision.SECRET, r"国家秘密"),
    (Decision.FORBIDDEN, r"(?:法律|行政法规|法规).{0,6}禁止"),
    (Decision.STABILITY, r"三安全|国家安全|公共安全|经济安全|社会稳定"),
    (Decision.THIRD_PARTY, r"第三方|商业秘密|个人隐私"),
    (Decision.INTERNAL, r"内部事务"),
    (Decision.PROCESS, r"过程性"),
    (Decision.CASE_FILE, r"执法案卷"),
    (Decision.LOOK_UP, r"行政查询|查询事项|登记查询"),
    (Decision.NOT_MADE, r"另行制作|没有现成|需.{0,4}(?:加工|分析|汇总)"),
    (Decision.NOT_HELD, r"不存在|不掌握|未制作|未获取|非本机关|不属于?本(?:机关|单位)|非我(?:单位|局)"),
    (Decision.COMPLAINT, r"信访|投诉|举报"),
    (Decision.EXCESSIVE, r"大量|反复"),
    (Decision.REPEATED, r"重复"),
    (Decision.PUBLISHED, r"出版物|公开刊物|公报"),
    (Decision.CONFIRMATION, r"确认|重新出具"),
    (Decision.OTHER, r"撤回|撤销申请|终止|其[他它](?:处理)?"),
    (Decision.GRANTED, r"(?<!不)(?<!不予)(?:予以|主动|全部|同意|已)?公开"),
)
_REFUSAL_ALONE = re.compile(r"不予公开|不公开|不同意公开")
_OUTCOMES = (
    ("pending", r"尚未|未审结|未结|审理中|正在|在审|待决"),
    ("corrected", r"纠正|撤销|责令|确认违法|变更|败诉"),
    ("upheld", r"维持|驳回|胜诉"),
    ("other", r"其[他它]|终止|撤回|撤诉|不予受理|调解|中止|和解"),
)


def applicant(text: str, *, told_apart: bool = False) -> Applicant | None:
    """The column of an applicant. told_apart: without 其他, whose words may be those of a decision."""
    return _first(_APPLICANTS[: -1 if told_apart else None], text)


def decision(text: str) -> Decision | None:
    """The row of the form that a decision belongs to; None where it is none, or a refusal without its ground."""
    found = _first(_DECISIONS, text)
    if found is Decision.GRANTED and _REFUSAL_ALONE.search(text):
        return None
    return found


def outcome(text: str) -> str:
    """Of a reconsideration or a suit, as in `Dispute`."""
    return _first(_OUTCOMES, text) or "pending"


def grounds_named(text: str) -> list[Decision]:
    """All grounds of a refusal that a cell names, of which the form takes one."""
    return [one for one, pattern in _DECISIONS if one.group == Decision.SECRET.group and re.search(pattern, text)]


def _first(known: Iterable[tuple[K, str]], text: str) -> K | None:
    return next((kind for kind, pattern in known if text and re.search(pattern, text)), None)
