"""依申请公开: a request as the office's ledger has it, where it stands, and the tables of the annual report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import ClassVar

from jimo_lint.model.anchors import Anchor
from jimo_lint.values import dataclass, field


class Applicant(StrEnum):
    """Kinds of applicants, in the order in which the annual report has its columns."""

    PERSON = "person"
    COMPANY = "company"
    RESEARCH = "research"
    CHARITY = "charity"
    LEGAL = "legal"
    OTHER = "other"

    @property
    def label(self) -> str:
        """As the form has it."""
        return _APPLICANTS[self.value]


_APPLICANTS = {
    "person": "自然人",
    "company": "商业企业",
    "research": "科研机构",
    "charity": "社会公益组织",
    "legal": "法律服务机构",
    "other": "其他",
}


class Decision(StrEnum):
    """What an answer decides: the rows of the annual report, in its order."""

    GRANTED = "granted"
    PARTIAL = "partial"
    SECRET = "secret"
    FORBIDDEN = "forbidden"
    STABILITY = "stability"
    THIRD_PARTY = "third-party"
    INTERNAL = "internal"
    PROCESS = "process"
    CASE_FILE = "case-file"
    LOOK_UP = "look-up"
    NOT_HELD = "not-held"
    NOT_MADE = "not-made"
    UNCLEAR = "unclear"
    COMPLAINT = "complaint"
    REPEATED = "repeated"
    PUBLISHED = "published"
    EXCESSIVE = "excessive"
    CONFIRMATION = "confirmation"
    UNCORRECTED = "uncorrected"
    UNPAID = "unpaid"
    OTHER = "other"

    @property
    def group(self) -> str:
        """The heading above its row; "" for those that have none."""
        return _DECISIONS[self.value][0]

    @property
    def label(self) -> str:
        """Its row, without its number."""
        return _DECISIONS[self.value][1]

    @property
    def closes(self) -> bool:
        """Whether it ends a request that is no longer handled, which no answer within a time limit is owed for."""
        return self in (Decision.UNCORRECTED, Decision.UNPAID)


_REFUSED, _UNABLE, _UNHANDLED, _ELSE = "（三）不予公开", "（四）无法提供", "（五）不予处理", "（六）其他处理"
_DECISIONS: Mapping[str, tuple[str, str]] = {
    "granted": ("", "（一）予以公开"),
    "partial": ("", "（二）部分公开"),
    "secret": (_REFUSED, "属于国家秘密"),
    "forbidden": (_REFUSED, "其他法律行政法规禁止公开"),
    "stability": (_REFUSED, "危及“三安全一稳定”"),
    "third-party": (_REFUSED, "保护第三方合法权益"),
    "internal": (_REFUSED, "属于三类内部事务信息"),
    "process": (_REFUSED, "属于四类过程性信息"),
    "case-file": (_REFUSED, "属于行政执法案卷"),
    "look-up": (_REFUSED, "属于行政查询事项"),
    "not-held": (_UNABLE, "本机关不掌握相关政府信息"),
    "not-made": (_UNABLE, "没有现成信息需要另行制作"),
    "unclear": (_UNABLE, "补正后申请内容仍不明确"),
    "complaint": (_UNHANDLED, "信访举报投诉类申请"),
    "repeated": (_UNHANDLED, "重复申请"),
    "published": (_UNHANDLED, "要求提供公开出版物"),
    "excessive": (_UNHANDLED, "无正当理由大量反复申请"),
    "confirmation": (_UNHANDLED, "要求行政机关确认或重新出具已获取信息"),
    "uncorrected": (_ELSE, "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    "unpaid": (_ELSE, "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
    "other": (_ELSE, "其他"),
}


@dataclass(frozen=True, slots=True)
class Dispute:
    """A reconsideration or a suit. way: review, direct or after; outcome: upheld, corrected, other or pending."""

    way: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell of which a day was to be read and none could: the column, what stands there, masked, and the field of
    `Request` that it was to be."""

    column: str
    written: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """A row of the ledger. Of the applicant nothing is kept but the kind and a masked name (`张某某`).

    number: 登记号, "" where none is written; place: of the row. received: the day of receipt (条例 31条), accepted:
    registered or confirmed; with_acceptance: the ledger has a column for that. correction_asked, corrected: of 补正.
    extended: the day the applicant was told of an extension; extension: its working days; extended_to: the day up to
    which; said_extended, said_answered: something says that there is one. third_asked, third_replied: of
    征求第三方意见.
    answer: the answer's own number. decision: None where what is written (`decided`) is none that the form has.
    """

    number: str
    place: str = ""
    received: date | None = None
    accepted: date | None = None
    with_acceptance: bool = False
    correction_asked: date | None = None
    corrected: date | None = None
    extended: date | None = None
    extension: int | None = None
    extended_to: date | None = None
    said_extended: bool = False
    said_answered: bool = False
    third_asked: date | None = None
    third_replied: date | None = None
    answered: date | None = None
    answer: str = ""
    decision: Decision | None = None
    decided: str = ""
    applicant: Applicant | None = None
    way: str = ""
    owner: str = ""
    who: str = ""
    disputes: tuple[Dispute, ...] = ()
    unread: tuple[Unread, ...] = ()

    def anchor(self) -> Anchor:
        """By its number; a row without one by its place."""
        name, ledger = self.number or self.place, self.place.partition(" ")[0]
        return Anchor("request", name, name, url=ledger, locator=self.place, scope=(ledger,))


@dataclass(frozen=True, slots=True)
class Term:
    """The last day of a time limit. certain: false where it reaches into a year whose holiday arrangement is not
    published: `day` is then about that day, and before `earliest` the limit has not passed whatever is arranged."""

    day: date
    earliest: date
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Clock:
    """The time limits of a request. begun: the day after which the days of the answer are counted.

    base: for an answer, or for telling that it will be late; due: for the answer, with an extension told by then. Both
    None while a correction is waited for. correct_by: for asking for a correction. third_by: for the third party's
    opinion; third_days: working days that it takes, which do not count. extension: working days that count. late_told:
    the extension was told after `base`. waiting: "correction" or "third" while somebody else has to act.
    """

    begun: date
    correct_by: Term
    base: Term | None = None
    due: Term | None = None
    third_by: Term | None = None
    third_days: int = 0
    extension: int = 0
    late_told: bool = False
    waiting: str = ""


class Standing(StrEnum):
    """How a request stands, gravest first."""

    OVERDUE = "overdue"
    DUE = "due"
    UNKNOWN = "unknown"
    LATE = "late"
    RUNNING = "running"
    CORRECTION = "correction"
    THIRD = "third"
    ON_TIME = "on-time"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """As reports say it."""
        return _STANDINGS[self.value]

    @property
    def open(self) -> bool:
        """Whether an answer is still owed for certain."""
        return self in (Standing.OVERDUE, Standing.DUE, Standing.RUNNING, Standing.CORRECTION, Standing.THIRD)


_STANDINGS = {
    "overdue": "逾期未答复",
    "due": "本周到期",
    "unknown": "未能判定",
    "late": "逾期答复",
    "running": "在办",
    "correction": "待补正",
    "third": "征求第三方",
    "on-time": "按期答复",
    "closed": "不再处理",
}


@dataclass(frozen=True, slots=True)
class RequestResult:
    """The verdict on a request: the subject of the rules about requests, and a row of 周调度.

    clock: None where no day of receipt is known. days: working days left until the last day, or behind it where it is
    overdue or was answered late; None where nothing can be counted. reason: how it was reckoned, or why it could not
    be. faults: what in the row cannot be so, each with what to do. twin: place of the first row with the same number.
    """

    SCOPE: ClassVar[str] = "依申请公开台账的每一件申请"
    NOUN: ClassVar[str] = "申请"

    request: Request
    standing: Standing
    clock: Clock | None = None
    days: int | None = None
    reason: str = ""
    faults: tuple[str, ...] = ()
    twin: str = ""

    def anchor(self) -> Anchor:
        """That of its row."""
        return self.request.anchor()

    @property
    def conclusion(self) -> str:
        """As in `Result`."""
        return self.standing.label

    @property
    def due(self) -> Term | None:
        """The last day of the answer; None where there is none, or none yet."""
        return self.clock.due if self.clock else None


# A row of the table of requests: the six kinds of applicants and their sum.
Counts = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class YearTable:
    """The two tables of the annual report. rows: by `new`, `carried`, the values of `Decision`, `total` and `left`;
    disputes: by way and outcome (`review-upheld`); unplaced: requests of the year that stand in no row, and why."""

    year: int
    rows: Mapping[str, Counts] = field(default_factory=dict)
    disputes: Mapping[str, int] = field(default_factory=dict)
    unplaced: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """A number that two tables give differently, or that does not fit the others of its table. name: row and column."""

    name: str
    ledger: int
    published: int


@dataclass(frozen=True, slots=True)
class YearComparison:
    """The tables made of the ledger beside those that were published: the subject of the rules about them.

    title, url: of the published report. unread: rows of it that could not be read. differences: between the two;
    sums: rows or columns of the published one that do not add up, each in words.
    """

    SCOPE: ClassVar[str] = "信息公开年报里的依申请公开表"

    ledger: YearTable
    published: YearTable
    title: str
    url: str
    unread: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    sums: tuple[str, ...] = ()

    def anchor(self) -> Anchor:
        """The published report."""
        return Anchor("document", self.url, self.url, title=self.title, url=self.url)


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone as a page shows it. digits: without what stands between them; purpose: what it is for by the words
    before it: 公开, 监督, 网站 or "". where: 公开指南, 页脚 or 联系页面; title, url: of the page."""

    digits: str
    written: str
    purpose: str
    where: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class PhoneReading:
    """All telephones of the site by which the public is to reach the office: the subject of the rule about them."""

    SCOPE: ClassVar[str] = "公开指南、页脚和联系页面上的电话"

    site: str
    phones: tuple[Phone, ...]

    def anchor(self) -> Anchor:
        """The guide, else the first page that shows one."""
        first = next((one for one in self.phones if one.where == "公开指南"), self.phones[0])
        return Anchor("document", first.url, first.url, title=first.title, url=first.url)


@dataclass(frozen=True, slots=True)
class AnswerFile:
    """A file of an answer beside its row. number: of the request that it belongs to, "" where none was found; by: what
    it was found by; findings: how many rules of drafts found something in it."""

    path: str
    number: str = ""
    by: str = ""
    findings: int = 0
    grave: int = 0
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Week:
    """A week of the ledger. monday: its first day; received, answered: during it; open, overdue: on its last day."""

    monday: date
    received: int
    answered: int
    open: int
    overdue: int


@dataclass(frozen=True, slots=True)
class RequestBook:
    """All that was made of a ledger. place: its file; understood: how its columns were read, a sentence a sheet.

    years: the tables of each year, oldest first. answers: files of answers; without: numbers of the answered requests
    to which no file belongs, None where no folder is named. weeks: the last ones, oldest first.
    """

    place: str
    results: tuple[RequestResult, ...] = ()
    understood: tuple[str, ...] = ()
    years: tuple[YearTable, ...] = ()
    comparison: YearComparison | None = None
    answers: tuple[AnswerFile, ...] = ()
    without: tuple[str, ...] | None = None
    phones: tuple[Phone, ...] = ()
    weeks: tuple[Week, ...] = ()
