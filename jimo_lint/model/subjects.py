"""What rules judge besides documents: links, columns, accounts and the site as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import ClassVar

from jimo_lint.model.anchors import Anchor
from jimo_lint.model.documents import Document
from jimo_lint.model.reasons import CERTIFICATE_FAULTS
from jimo_lint.model.terms import ColumnKind, MaxAge, Obstacle, Paging, Platform, Verdict
from jimo_lint.values import NamedTuple, dataclass, field


@dataclass(frozen=True, slots=True)
class LinkResult:
    """One probe of one address. status: last HTTP status, 0 where there was none. checked: aware UTC.

    attempts: independent runs in a row that ended the same way. title: of the target's page; words: at most 500
    characters of its visible text, keywords and description, personal data masked; "" where it was not read.
    chain: the redirects on the way, each with its status and the address that redirected. error: what failed, in the
    network's own words. size: bytes of the body seen; seconds: the time it took. failing_since: the first of the
    failures in a row, None where it does not fail; last_alive: when it was last found alive. Both aware UTC.
    """

    url: str
    verdict: Verdict
    reason: str
    status: int = 0
    final_url: str = ""
    checked: datetime | None = None
    attempts: int = 1
    title: str = ""
    words: str = ""
    chain: tuple[tuple[int, str], ...] = ()
    error: str = ""
    size: int = 0
    seconds: float = 0.0
    failing_since: datetime | None = None
    last_alive: datetime | None = None


@dataclass(frozen=True, slots=True)
class LinkSummary:
    """One distinct target with where it stands: the subject of link rules and a row of the link sheet.

    pages: number of documents that hold it; samples: at most five of their addresses; column/account: ids of
    the first document's. siblings: how many distinct targets its host has, where none of several could be asked,
    else 0. suggestion: the address to link to instead, "" where none is known. barred: why it is never asked, as a
    code of `model.reasons`; "" where it may be. holder: title of the first page that holds it, "" where the target is
    sound.
    """

    SCOPE: ClassVar[str] = "全站的每一个链接目标"

    url: str
    kind: str
    text: str
    pages: int
    samples: tuple[str, ...]
    external: bool
    result: LinkResult | None = None
    column: str | None = None
    account: str | None = None
    siblings: int = 0
    suggestion: str = ""
    barred: str = ""
    holder: str = ""

    def anchor(self) -> Anchor:
        """Seen on the first page that holds it."""
        return Anchor(
            "link",
            self.url,
            self.url,
            url=self.samples[0] if self.samples else self.url,
            column=self.column,
            account=self.account,
            locator=f"链接文字：{self.text.strip()}" if self.text.strip() else "",
            pages=self.pages,
            samples=self.samples,
        )

    @property
    def sound(self) -> bool:
        """Alive, and nothing to be said of its certificate or address; an issuer not sent along browsers fetch."""
        result = self.result
        if result is None or result.verdict is not Verdict.ALIVE:
            return False
        return not self.suggestion and result.reason not in CERTIFICATE_FAULTS


@dataclass(frozen=True, slots=True)
class Column:
    """A column (栏目) as configured. id: survives a re-crawl (its address; of two with one address, the second's is
    marked).

    max_age: the configuration's own limit, None where the profile decides by kind. exempt: `max_age = "never"`,
    no duty to update.
    """

    id: str
    name: str
    url: str
    kind: ColumnKind = ColumnKind.OTHER
    key: bool = False
    owner: str = ""
    max_age: MaxAge | None = None
    exempt: bool = False

    def anchor(self) -> Anchor:
        """For findings about the column as a whole."""
        return Anchor("column", self.name, self.id, url=self.url, column=self.id)


@dataclass(frozen=True, slots=True)
class Account:
    """A new-media account (政务新媒体账号) as configured. archive: file, folder or feed URL, made absolute.

    max_age, exempt: as in `Column`. closed: the day it was closed (关停), None while it is run.
    """

    id: str
    name: str
    platform: Platform
    owner: str = ""
    archive: str = ""
    max_age: MaxAge | None = None
    exempt: bool = False
    closed: date | None = None

    def anchor(self) -> Anchor:
        """For findings about the account as a whole; a feed can be looked at, a file not."""
        url = self.archive if self.archive.startswith(("http://", "https://")) else ""
        return Anchor("account", self.name, self.id, url=url, account=self.id)

    def is_closed(self, as_of: date) -> bool:
        """Whether it is registered as closed by that day."""
        return self.closed is not None and self.closed <= as_of


@dataclass(frozen=True, slots=True)
class ColumnReading:
    """What was read of a column.

    items: rows read over `read_pages` pages; newest: latest date among them. complete: every next page was
    read. reason: why nothing can be said (address answered 404, list filled by script …), "" if all is well;
    obstacle: the same as a code. paging: how the list goes on; known_pages: how many pages it has by its own
    words, at least `read_pages`. twins: names of other columns configured with the same address. future: rows
    dated more than a day after the day of inspection, which do not count as news. seen: the day it was read on,
    None for the day of inspection.
    """

    column: Column
    newest: date | None = None
    oldest: date | None = None
    items: int = 0
    undated: int = 0
    read_pages: int = 0
    complete: bool = True
    landing: bool = False
    reason: str = ""
    obstacle: Obstacle = Obstacle.NONE
    paging: Paging = Paging.SINGLE
    known_pages: int = 0
    twins: tuple[str, ...] = ()
    future: int = 0
    seen: date | None = None

    @property
    def mostly_undated(self) -> bool:
        """Most rows show no date, so the newest known one says little about the newest row."""
        return self.undated * 2 > self.items


@dataclass(frozen=True, slots=True)
class AccountReading:
    """What was read of an account. week_posts: posts in the last seven days.

    posts: those that can be read; deleted, blocked and unavailable ones are counted apart.
    days: posts a day over the last `WEEKS_SHOWN` weeks, days without posts left out. pictures: posts whose
    content is in pictures that nobody read; untold: posts of which the archive has no more than the title.
    farewell: day of the last post that announces the closing. called: the name that most posts of the archive
    bear, "" where the format has none. siblings: all accounts of the same owner, this one among them, as
    configured. saved: the day the archive was made, None where unknown.
    proves_silence: the archive's format holds all that was published (an API dump does not).
    """

    account: Account
    newest: date | None = None
    oldest: date | None = None
    posts: int = 0
    week_posts: int = 0
    days: Mapping[date, int] = field(default_factory=dict)
    deleted: int = 0
    blocked: int = 0
    unavailable: int = 0
    undated: int = 0
    pictures: int = 0
    untold: int = 0
    farewell: date | None = None
    called: str = ""
    siblings: tuple[Account, ...] = ()
    saved: date | None = None
    proves_silence: bool = True
    reason: str = ""

    @property
    def mostly_undated(self) -> bool:
        """Most posts show no time, so the newest known one says little about the newest post."""
        return self.undated * 2 > self.posts


class ArticleDates(NamedTuple):
    """The dates that one article bears. published: naive China standard time, from where `source` says (as in
    `Document.published_from`); listed: what the list shows; address: the day in its address; signed: the day below
    its text (落款). A tuple, since one is kept for every article of the site."""

    url: str
    title: str
    published: datetime
    source: str = ""
    listed: date | None = None
    address: date | None = None
    signed: date | None = None


@dataclass(frozen=True, slots=True)
class ColumnDates:
    """The dates of a column's articles: the subject of the rules about forged dates.

    running: a day on which the site's present system already gave addresses their dates; what is older than that
    may have been taken over from an earlier system. None where addresses bear no dates.
    """

    SCOPE: ClassVar[str] = "每一个栏目全部稿件的日期"

    column: Column
    articles: tuple[ArticleDates, ...]
    running: date | None = None

    def anchor(self) -> Anchor:
        """The column's."""
        return self.column.anchor()


@dataclass(frozen=True, slots=True)
class Interpretation:
    """A policy interpretation (政策解读) with the document it explains: the subject of rules about the two.

    column: id of its column. named: it names or links to some document. policy: title of the document on this site,
    "" where there is none or it is in doubt; linked, linked_back: the pages link to each other.
    """

    SCOPE: ClassVar[str] = "每一篇政策解读和它所解读的文件"

    url: str
    title: str
    column: str
    named: bool = True
    policy: str = ""
    linked: bool = True
    linked_back: bool = True

    def anchor(self) -> Anchor:
        """The page that interprets."""
        return Anchor("document", self.url, self.url, title=self.title, url=self.url, column=self.column)


@dataclass(frozen=True, slots=True)
class MetaCount:
    """How many pages of a class lack one of the standard metas. page_class: list or article; name: as the standard
    writes it; pages: those without it or with nothing in it, of `total`; samples: addresses of some."""

    page_class: str
    name: str
    pages: int
    total: int
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteReading:
    """What was read of the whole site: the subject of site rules.

    home: the start page or None where it could not be read. newest_home: the newest date that the home page leads
    to, or, where `second_level`, that the pages it leads to do. footers: which of the footer elements were seen
    anywhere on the site (keys: icp, police, idcode, organiser, phone, party-badge, find-errors). lacking: standard
    metas that pages lack. reports: title and publish date of what calls itself an annual report. complete: the
    whole site was read, so what was not found is not there.
    """

    SCOPE: ClassVar[str] = "网站首页和全站"

    name: str
    id_code: str
    home: Document | None
    newest_home: date | None = None
    pages: int = 0
    articles: int = 0
    metas: Mapping[str, str] = field(default_factory=dict)
    footers: Mapping[str, str] = field(default_factory=dict)
    second_level: bool = False
    lacking: tuple[MetaCount, ...] = ()
    reports: tuple[tuple[str, date | None], ...] = ()
    complete: bool = True

    def anchor(self) -> Anchor:
        """The home page, by the site's name."""
        address = self.home.url if self.home else ""
        return Anchor("site", self.name or address, address or self.id_code or self.name, url=address)
