"""Answers to requests for government information (依申请公开): what kind they are, and what was read of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import ClassVar

from jimo_lint.model.anchors import Anchor
from jimo_lint.model.documents import Span
from jimo_lint.model.requests import Request
from jimo_lint.values import NamedTuple, dataclass, field


class AnswerKind(StrEnum):
    """The kinds of answers, and of the letters on the way to one."""

    GIVEN = "given"
    PUBLISHED = "published"
    PARTLY = "partly"
    REFUSED = "refused"
    ABSENT = "absent"
    ELSEWHERE = "elsewhere"
    REPEATED = "repeated"
    SPECIAL = "special"
    COMPLAINT = "complaint"
    PUBLICATION = "publication"
    EXCESSIVE = "excessive"
    PROCESSING = "processing"
    NO_INFORMATION = "no-information"
    ABANDONED = "abandoned"
    AMEND = "amend"
    EXTENDED = "extended"
    CONSULT = "consult"
    TOLD_PARTY = "told-party"
    FEE = "fee"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    EXPLAIN = "explain"
    RECEIPT = "receipt"

    @property
    def label(self) -> str:
        """As offices call it."""
        return _LABELS[self]

    @property
    def on_the_way(self) -> bool:
        """Whether it is no answer yet: nothing is decided, and nothing can be appealed."""
        return self in _ON_THE_WAY


_LABELS = {
    AnswerKind.GIVEN: "予以公开",
    AnswerKind.PUBLISHED: "已主动公开",
    AnswerKind.PARTLY: "部分公开",
    AnswerKind.REFUSED: "不予公开",
    AnswerKind.ABSENT: "信息不存在",
    AnswerKind.ELSEWHERE: "非本机关负责",
    AnswerKind.REPEATED: "重复申请",
    AnswerKind.SPECIAL: "行政查询事项",
    AnswerKind.COMPLAINT: "信访、投诉、举报",
    AnswerKind.PUBLICATION: "公开出版物",
    AnswerKind.EXCESSIVE: "大量、反复申请",
    AnswerKind.PROCESSING: "需加工、分析",
    AnswerKind.NO_INFORMATION: "非政府信息",
    AnswerKind.ABANDONED: "逾期不补正",
    AnswerKind.AMEND: "补正告知",
    AnswerKind.EXTENDED: "延期告知",
    AnswerKind.CONSULT: "征求第三方意见",
    AnswerKind.TOLD_PARTY: "告知第三方",
    AnswerKind.FEE: "收费通知",
    AnswerKind.CORRECTED: "更正信息",
    AnswerKind.WITHDRAWN: "撤回申请",
    AnswerKind.EXPLAIN: "要求说明理由",
    AnswerKind.RECEIPT: "登记回执",
}
_ON_THE_WAY = frozenset(
    {
        AnswerKind.AMEND,
        AnswerKind.EXTENDED,
        AnswerKind.CONSULT,
        AnswerKind.FEE,
        AnswerKind.EXPLAIN,
        AnswerKind.RECEIPT,
    }
)


_ENTERPRISE = re.compile(r"公司|集团|医院|卫生院|大学|学院|学校|[中小]学|幼儿园|供电[局所]|自来水|燃气|供热")


class Ground(StrEnum):
    """On what an answer refuses."""

    SECRET = "secret"
    FORBIDDEN = "forbidden"
    SECURITY = "security"
    PARTY = "party"
    INTERNAL = "internal"
    PROCESS = "process"
    ENFORCEMENT = "enforcement"

    @property
    def label(self) -> str:
        """As offices call it."""
        return {
            "secret": "国家秘密",
            "forbidden": "法律、行政法规禁止公开",
            "security": "三安全一稳定",
            "party": "第三方合法权益",
            "internal": "内部事务信息",
            "process": "过程性信息",
            "enforcement": "行政执法案卷信息",
        }[self.value]

    @property
    def article(self) -> int:
        """Of the regulation of 2019."""
        return {"secret": 14, "forbidden": 14, "security": 14, "party": 15}.get(self.value, 16)


class AnswerPart(StrEnum):
    """What an answer has to have (要素)."""

    NUMBER = "number"
    ADDRESSEE = "addressee"
    RECEIVED = "received"
    REQUEST = "request"
    DECISION = "decision"
    GROUND = "ground"
    REASON = "reason"
    WAY = "way"
    REVIEW = "review"
    SUIT = "suit"
    SIGNATURE = "signature"
    DATE = "date"
    SEAL = "seal"

    @property
    def label(self) -> str:
        """As checklists name it."""
        return {
            "number": "发文字号",
            "addressee": "申请人（收件人）",
            "received": "收到申请的日期",
            "request": "申请内容",
            "decision": "答复决定",
            "ground": "法律依据",
            "reason": "理由",
            "way": "获取方式、途径",
            "review": "行政复议途径",
            "suit": "行政诉讼途径",
            "signature": "落款机关",
            "date": "成文日期",
            "seal": "印章",
        }[self.value]


class Citation(NamedTuple):
    """An article of the regulation that an answer cites. paragraph, item: 0 where it names none."""

    article: int
    paragraph: int
    item: int
    span: Span


class Limit(NamedTuple):
    """A time limit as written: `60 日`. working: of working days; months: of months."""

    number: int
    working: bool
    months: bool
    span: Span

    def __str__(self) -> str:
        return (
            f"{self.number} 个{'月' if self.months else '工作日'}"
            if self.months or self.working
            else f"{self.number} 日"
        )


class Remedy(NamedTuple):
    """Where and until when an answer may be appealed. organs: as written; limit: None where none is named.

    direct: of a suit, that it may be brought without a review before; after_review: it is that against the decision of
    the review. span: of the words 行政复议, 行政诉讼.
    """

    span: Span
    organs: tuple[tuple[str, Span], ...] = ()
    limit: Limit | None = None
    after_review: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What was read of an answer. All spans are of `Document.text`.

    title: its heading. titled: the kind that this names, None where it names none. kinds: those that the text decides,
    in its order; kind: the first that counts, None where none was recognised. number: 发文字号, "" where there is none.
    applicant: the addressee as written, personal data masked. organ: who signs. received, asked_to_amend, amended,
    answered: days named in the text; restarted: the day from which the limit counts anew, because a court or the review
    decided so or a fee was paid; again: it says so, known day or not; extended, consulted: it says that the limit was
    extended, that others were asked. refuses: it says of something that it is not made public. parts: where each
    thing that it has to have was seen. citations: of the regulation of 2019 by whatever short name.
    """

    title: str = ""
    titled: AnswerKind | None = None
    kinds: tuple[AnswerKind, ...] = ()
    grounds: tuple[Ground, ...] = ()
    number: str = ""
    applicant: str = ""
    organ: str = ""
    received: date | None = None
    asked_to_amend: date | None = None
    amended: date | None = None
    answered: date | None = None
    restarted: date | None = None
    again: bool = False
    extended: bool = False
    consulted: bool = False
    refuses: bool = False
    parts: Mapping[AnswerPart, Span] = field(default_factory=dict)
    citations: tuple[Citation, ...] = ()
    reviews: tuple[Remedy, ...] = ()
    suits: tuple[Remedy, ...] = ()

    @property
    def of_enterprise(self) -> bool:
        """Whether a 公共企事业单位 gives it, for which other rules hold (第五十五条)."""
        return _ENTERPRISE.search(self.organ) is not None

    @property
    def kind(self) -> AnswerKind | None:
        """What it is above all."""
        return self.titled or (self.kinds[0] if self.kinds else None)

    @property
    def all_kinds(self) -> frozenset[AnswerKind]:
        """Those of its text and of its title."""
        return frozenset((*self.kinds, *((self.titled,) if self.titled else ())))


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """An answer, or a letter on the way to one, beside its row: the subject of the rules that compare the two.

    path: of its file, as it is shown; by: what it was found by. receipt: the day on which it says for certain that the
    request came in; None where it names the day of the request itself, or of a correction.
    """

    SCOPE: ClassVar[str] = "与台账对上的每一份告知书"

    request: Request
    path: str
    answer: Answer
    by: str = ""
    receipt: date | None = None

    def anchor(self) -> Anchor:
        """That of the row."""
        return self.request.anchor()
