"""What a run ends in: verdicts and the report that writers read."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Protocol

from jimo_lint.model.anchors import Anchor
from jimo_lint.model.findings import Finding, Since
from jimo_lint.model.indicators import IndicatorResult, Part
from jimo_lint.model.problems import Problem
from jimo_lint.model.profiles import Deadlines
from jimo_lint.model.rules import Rule
from jimo_lint.model.terms import MaxAge, Severity, UpdateStatus
from jimo_lint.values import dataclass, field

if TYPE_CHECKING:
    from jimo_lint.model.exchanges import Exchange, Explained
    from jimo_lint.model.publishing import Promise, Publication
    from jimo_lint.model.requests import RequestBook
    from jimo_lint.model.subjects import AccountReading, ColumnReading, LinkSummary


class Result(Protocol):
    """The verdict on one of the things that an inspection is about. NOUN: what they are called in Chinese."""

    NOUN: ClassVar[str]

    @property
    def conclusion(self) -> str:
        """结论 in a few words; what cannot be judged is never called a fault."""
        ...


@dataclass(frozen=True, slots=True)
class ColumnResult:
    """The verdict on a column: the subject of column rules, and a row of 栏目情况.

    basis: threshold and document. reading holds name, address, owner, counts.
    """

    SCOPE: ClassVar[str] = "每一个栏目的列表页"
    NOUN: ClassVar[str] = "栏目"

    reading: ColumnReading
    status: UpdateStatus
    age_days: int | None
    limit: MaxAge | None
    reason: str
    basis: str
    nearly: bool = False

    def anchor(self) -> Anchor:
        """The column's."""
        return self.reading.column.anchor()

    @property
    def conclusion(self) -> str:
        """As in `Result`."""
        if self.status is UpdateStatus.FRESH and self.nearly:
            return "即将超期"
        return "空白栏目" if self.status is UpdateStatus.BLANK else self.status.label


@dataclass(frozen=True, slots=True)
class AccountResult:
    """The verdict on an account: the subject of account rules, and a row of 周检 汇总.

    wording: distinct problems in this account of families that are `sensitive`, as many as 问题明细 has rows;
    dead_links: distinct targets, as many as 失效链接 has. Both are counted after the rules were asked.
    """

    SCOPE: ClassVar[str] = "每一个账号的发布清单"
    NOUN: ClassVar[str] = "账号"

    reading: AccountReading
    status: UpdateStatus
    age_days: int | None
    limit: MaxAge | None
    reason: str
    basis: str
    nearly: bool = False
    wording: int = 0
    dead_links: int = 0

    def anchor(self) -> Anchor:
        """The account's."""
        return self.reading.account.anchor()

    @property
    def conclusion(self) -> str:
        """As in `Result`."""
        words = {
            UpdateStatus.STALE: "超期未更新",
            UpdateStatus.BLANK: "账号无内容",
            UpdateStatus.UNKNOWN: self.status.label,
        }
        if self.status in words:
            return words[self.status]
        if self.wording or self.dead_links:
            return "需整改"
        if self.nearly:
            return "即将超期"
        return self.status.label

    @property
    def unread(self) -> bool:
        """Nothing of the account was read: its counts of 0 say nothing, and are not shown to people."""
        reading = self.reading
        seen = reading.posts or reading.deleted or reading.blocked or reading.unavailable
        return self.status is UpdateStatus.UNKNOWN and not seen


class LinkGroup(StrEnum):
    """The groups that links are counted in; what the site itself has to mend comes first."""

    INTERNAL = "internal"
    EXTERNAL = "external"
    ATTACHMENT = "attachment"

    @classmethod
    def of(cls, link: LinkSummary) -> LinkGroup:
        """The group of a link; attachments are one by themselves wherever they lie."""
        if link.kind == "attachment":
            return cls.ATTACHMENT
        return cls.EXTERNAL if link.external else cls.INTERNAL

    @property
    def label(self) -> str:
        """As reports say it."""
        return {"internal": "站内", "external": "站外", "attachment": "附件"}[self.value]


@dataclass(frozen=True, slots=True)
class LinkCount:
    """How the distinct targets of one group stand. unchecked: not asked in any run."""

    group: LinkGroup
    alive: int = 0
    dead: int = 0
    inconclusive: int = 0
    unchecked: int = 0

    @property
    def dead_share(self) -> float | None:
        """错链率: the dead among those asked, 0 to 1; None where none was asked."""
        asked = self.alive + self.dead + self.inconclusive
        return self.dead / asked if asked else None


@dataclass(frozen=True, slots=True)
class Element:
    """What every site has to show: an element of the footer, a meta, the mark of an update. A row of 页面要素.

    found: None where the home page was not read, so that nothing can be said. text: what was seen.
    """

    area: str
    name: str
    found: bool | None
    text: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Unopened:
    """Files that pages link to or show and that nobody opened, so that what they say was not inspected.

    kind: as of links (attachment, image, media). suffix: with its dot and in lower case, "" where the address has
    none. count: distinct addresses. account: id of the account whose posts have them, "" for a site's pages.
    """

    kind: str
    suffix: str
    count: int
    account: str = ""


@dataclass(frozen=True, slots=True)
class AttachmentCount:
    """Files that a site's pages offer, by what was done with them: read in this run, judged by what an earlier one had
    read, as they have not changed since, or not read."""

    read: int = 0
    unchanged: int = 0
    unread: int = 0


class Outcome(StrEnum):
    """What came of looking at one place again. gone: nothing is there any more, which was confirmed."""

    SEEN = "seen"
    GONE = "gone"
    UNSEEN = "unseen"

    @property
    def label(self) -> str:
        """As reports say it."""
        return {"seen": "已复查", "gone": "已下线", "unseen": "未复查"}[self.value]


@dataclass(frozen=True, slots=True)
class Looked:
    """One place that was to be looked at again. kind: as in `Finding`; id: of the document, column or account, or the
    link's address; name: what a person calls it. note: what was seen of it as a whole, or why nothing can be said."""

    kind: str
    id: str
    name: str
    outcome: Outcome
    note: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of an inspection. inspection: its code; title: as reports are headed. started: aware UTC.

    documents: pages and posts, or files; the attachments of a site are counted apart. unchanged: those among them that
    were not judged again, since neither they nor what they are judged by have changed. characters: of all.
    complete: the collection came to its end, and something was looked at; `Report.complete` asks for more. number:
    under which it is kept in the store, 0 where it is not.
    """

    inspection: str
    title: str
    as_of: date
    site: str
    version: str
    profile: str
    started: datetime
    finished: datetime
    documents: int = 0
    characters: int = 0
    complete: bool = True
    number: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """All that a writer needs: writers read nothing else.

    rules: those in force, as `ruleset.for_report` gives them; off: those that this inspection has beside them and that
    were switched off. links_asked: False where the run was told to ask no link. since: what changed since the last
    kept run, None where runs are not kept. looked: of a recheck, its places. attachments, explained, requests: None
    where they are no part of the inspection. publications: items that were to appear on several platforms; promises: of
    the catalogue of what is to be disclosed.
    """

    run: Run
    findings: tuple[Finding, ...] = ()
    columns: tuple[ColumnResult, ...] = ()
    accounts: tuple[AccountResult, ...] = ()
    links: tuple[LinkSummary, ...] = ()
    link_counts: tuple[LinkCount, ...] = ()
    indicators: tuple[IndicatorResult, ...] = ()
    elements: tuple[Element, ...] = ()
    problems: tuple[Problem, ...] = ()
    rules: tuple[Rule, ...] = ()
    deadlines: Deadlines = field(default_factory=Deadlines)
    off: tuple[Rule, ...] = ()
    links_asked: bool = True
    unopened: tuple[Unopened, ...] = ()
    since: Since | None = None
    looked: tuple[Looked, ...] = ()
    attachments: AttachmentCount | None = None
    publications: tuple[Publication, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    explained: Explained | None = None
    promises: tuple[Promise, ...] = ()
    requests: RequestBook | None = None

    @property
    def partial(self) -> bool:
        """Whether less was looked for than this inspection can look for: silence is then no health."""
        return bool(self.off) or not self.links_asked

    @property
    def results(self) -> tuple[Result, ...]:
        """The verdicts on all that the inspection is about."""
        return (
            *self.accounts,
            *self.columns,
            *(self.requests.results if self.requests else ()),
        )

    @property
    def vetoes(self) -> tuple[IndicatorResult, ...]:
        """The 单项否决 indicators that the machine counted."""
        return tuple(
            result
            for result in self.indicators
            if result.indicator.part is Part.VETO and result.indicator.measure is not None
        )

    @property
    def complete(self) -> bool:
        """Everything that was to be looked at was: where it is false, what is not found may be there all the same."""
        return self.run.complete and all(problem.excused for problem in self.problems)

    def worst(self) -> Severity | None:
        """The gravest severity among the findings; None where there are none."""
        return max((finding.severity for finding in self.findings), default=None)
