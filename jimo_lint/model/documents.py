"""What is read: pages, posts and files, their text and links, and the visits that brought them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cached_property
from itertools import accumulate
from typing import ClassVar

from jimo_lint.model.anchors import Anchor
from jimo_lint.model.facts import FileFacts, PageFacts, PostFacts
from jimo_lint.model.problems import Problem
from jimo_lint.model.radicals import unify
from jimo_lint.model.terms import Obstacle, Paging, PostState
from jimo_lint.values import NamedTuple, dataclass, field

# A header stands within the first rows, below a title and perhaps a note.
HEADER_ROWS = 30
# Stands between the place of a file and one inside it.
INSIDE = " › "


@dataclass(frozen=True, slots=True)
class Span:
    """Code points [start, end) of `Document.text`."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")


@dataclass(frozen=True, slots=True)
class Position:
    """Where a span stands in its file: lines and columns from 1, in code points; the end is exclusive.

    `end_column` is that behind the last character, so a word of two characters at column 3 ends at 5; markup within it
    lies between the two.
    """

    line: int
    column: int
    end_line: int
    end_column: int


class Cell(NamedTuple):
    """Where in a table text stands. table: `表 1`, `工作表“名单”`; row, column: from 1; hidden: nobody is shown it."""

    table: str
    row: int
    column: int
    hidden: bool = False


class Region(NamedTuple):
    """Where in a picture text was read by OCR. picture: its place in the document (`第 3 页`, `图 2`).

    left, top, width, height: pixels of the picture as it was read. confidence: from 0 to 1, the reader's own. cutout:
    that part of the picture as WebP, personal data painted over; b"" where there is none.
    """

    picture: str
    left: int
    top: int
    width: int
    height: int
    confidence: float
    cutout: bytes = b""


class Block(NamedTuple):
    """A piece of a document's text; a tuple, since a spreadsheet has hundreds of thousands.

    kind: title, body, meta, alt, table, attachment, footer, comment; picture: what OCR read; aside, frame: what a page
    says beside its lines (titles, fields, drawings), in the box of its text and elsewhere.
    locator: what leads a person back to the place (`正文第 3 段`, `meta ArticleTitle`, `图 2 的替代文字`).
    places: for local files, breakpoints (offset in `text`, line, column) sorted by offset, counted from 1 in
    the file; between two breakpoints columns advance with the text. Empty for web pages.
    continues: a line break in the middle of a paragraph stands before it, so that it goes on from the block before.
    widths: (offset in `text`, code points in the file) of the characters that take more than one there, as `&#20581;`
    does, sorted.
    spot: the cell of a file's table, or the region of a picture.
    """

    kind: str
    text: str
    locator: str = ""
    places: tuple[tuple[int, int, int], ...] = ()
    continues: bool = False
    widths: tuple[tuple[int, int], ...] = ()
    spot: Cell | Region | None = None

    def width(self, offset: int) -> int:
        """How many code points the character at `offset` takes in the file."""
        index = bisect_right(self.widths, offset, key=lambda one: one[0]) - 1
        return self.widths[index][1] if index >= 0 and self.widths[index][0] == offset else 1

    def is_unbroken(self, start: int, end: int) -> bool:
        """Whether the characters [start, end) surely stand in the file as they do here, without markup between them."""
        return all(not start < offset < end for offset, _, _ in self.places)


@dataclass(frozen=True, slots=True)
class Link:
    """A link as the page has it, made absolute.

    kind: page, attachment, image, media, script, style, frame, mail, empty, local, malformed, fragment, idle.

    empty: `<a>` whose href is blank; local: file:, loopback or intranet address. Without `url`: malformed, an
    address that no browser understands as it was meant; fragment, a place that the page does not have; idle, a
    `javascript:` that does nothing. `raw` is the attribute as written.
    """

    url: str
    text: str = ""
    kind: str = "page"
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Concealed:
    """A link to another domain that the page does not show, or that a script writes or loads.

    how: a key of `model.reasons.CONCEALMENTS`. code: the markup or script that does it, as text. excuse: why it may
    be meant well: menu (a menu, tab or slide that opens), named (a script elsewhere could open it), "" for nothing.
    """

    url: str
    text: str
    how: str
    code: str
    excuse: str = ""


@dataclass(frozen=True, slots=True)
class PersonalData:
    """Personal data found and already masked in the document's text. what: resident-id, mobile, bank-card, passport,
    social-security."""

    what: str
    span: Span


@dataclass(frozen=True, slots=True)
class PersonalAddress:
    """An address or a file's name that holds personal data; address: as masked; what: as in `PersonalData`."""

    what: str
    address: str


_NO_PAGE, _NO_POST, _NO_FILE = PageFacts(), PostFacts(), FileFacts()


def joined(blocks: Iterable[str]) -> str:
    """The text of a document of these blocks."""
    return unify("\n".join(blocks))


@dataclass(frozen=True)
class Document:
    """One page, post or file, with personal data masked (see `jimo_lint.privacy`).

    id: stable across runs (the URL, or account id and post id, or the path). source: site, archive or file; attachment:
    a file that a page or an archive has attached, whose url is its own address (` › ` before a file inside it).
    published: naive China standard time; None means unknown, never "today". published_from, in the order of trust:
    label, meta, list, other, title, url; archive; "". fetched: aware UTC. status: HTTP status, 0 for files and
    archives.
    metas: what the page's own `<meta>` say, by lower-case name. facts: what our readers know of it.
    concealed: at most 250. personal_addresses: the document's own, and those that it links to.
    """

    SCOPE: ClassVar[str] = "每一篇网页、新媒体文章、附件和本地文稿"

    id: str
    url: str
    source: str
    title: str
    blocks: tuple[Block, ...] = ()
    column: str | None = None
    account: str | None = None
    published: datetime | None = None
    published_from: str = ""
    fetched: datetime | None = None
    status: int = 0
    state: PostState = PostState.OK
    links: tuple[Link, ...] = ()
    metas: Mapping[str, str] = field(default_factory=dict)
    facts: PageFacts | PostFacts | FileFacts | None = None
    personal: tuple[PersonalData, ...] = ()
    concealed: tuple[Concealed, ...] = ()
    personal_addresses: tuple[PersonalAddress, ...] = ()

    def anchor(self) -> Anchor:
        """Findings are shared by the whole site with its attachments, by what is of one account, by nothing beyond one
        file."""
        place = self.url or self.id
        return Anchor(
            "document",
            place,
            self.id,
            title=self.title,
            url=place,
            scope=(self._scope(),),
            column=self.column,
            account=self.account,
            published=self.published,
        )

    def _scope(self) -> str:
        if self.source in ("file", "archive"):
            return self.id if self.source == "file" else self.account or self.id
        return self.account or "site" if self.source == "attachment" else "site"

    @property
    def page_facts(self) -> PageFacts:
        """The facts of a page; those of a page of which nothing is known, for what is none."""
        return self.facts if isinstance(self.facts, PageFacts) else _NO_PAGE

    @property
    def post_facts(self) -> PostFacts:
        """The facts of a post; those of a post of which nothing is known, for what is none."""
        return self.facts if isinstance(self.facts, PostFacts) else _NO_POST

    @property
    def file_facts(self) -> FileFacts:
        """The facts of a file; those of a file of which nothing is known, for what is none."""
        return self.facts if isinstance(self.facts, FileFacts) else _NO_FILE

    @cached_property
    def text(self) -> str:
        """All blocks joined by newlines, with Han for radicals that look like them: the text that spans refer to."""
        return joined(block.text for block in self.blocks)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *accumulate(len(block.text) + 1 for block in self.blocks)][: len(self.blocks)]

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(m.end() for m in re.finditer("\n", self.text))]

    @cached_property
    def wraps(self) -> tuple[int, ...]:
        """Where in `text` a line break stands in the middle of a paragraph, sorted."""
        return tuple(
            start - 1 for block, start in zip(self.blocks, self._starts, strict=True) if block.continues and start
        )

    @cached_property
    def breaks(self) -> tuple[int, ...]:
        """Where in `text` a line break stands inside a paragraph or a cell, sorted: whether a sentence goes on over it
        is for others to say."""
        return tuple(
            start + found.start()
            for block, start in zip(self.blocks, self._starts, strict=True)
            if "\n" in block.text and block.kind in ("body", "table")
            for found in re.finditer("\n", block.text)
        )

    @cached_property
    def tops(self) -> Mapping[str, Mapping[int, Mapping[int, str]]]:
        """The cells of the first rows of each table, where its header stands: table, row, column to text."""
        tops: dict[str, dict[int, dict[int, str]]] = {}
        for block in self.blocks:
            if isinstance(block.spot, Cell) and block.spot.row <= HEADER_ROWS:
                table, row, column, _ = block.spot
                tops.setdefault(table, {}).setdefault(row, {})[column] = block.text
        return tops

    def block_at(self, offset: int) -> tuple[Block, int]:
        """The block that holds the code point `offset`, and the offset inside it."""
        index = max(bisect_right(self._starts, offset) - 1, 0)
        return self.blocks[index], offset - self._starts[index]

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column from 1: of the file where the reader knows them, else of `text`."""
        if self.blocks:
            block, inside = self.block_at(offset)
            if block.places:
                index = max(bisect_right(block.places, inside, key=lambda place: place[0]) - 1, 0)
                start, line, column = block.places[index]
                return line, column + max(inside - start, 0)
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def extent(self, span: Span) -> Position:
        """The same of a whole span."""
        line, column = self.position(span.start)
        end_line, end_column = self.position(span.end - 1)
        block, inside = self.block_at(span.end - 1)
        return Position(line, column, end_line, end_column + block.width(inside))


@dataclass(frozen=True, slots=True)
class ListItem:
    """A row of a list page. published: naive China standard time, or None where the row shows no date."""

    url: str
    title: str
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class QueuedUrl:
    """An address still to be fetched. column: address of the column whose list page `page` this is, else None.

    api: the family of lists whose interface answers with rows; None for a page.
    """

    url: str
    depth: int = 0
    column: str | None = None
    page: int = 0
    api: Paging | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """How a page was read, so that it need not be while it is the same: all that reading gave beside its document.

    etag, modified: by which names its server knows this version, "" for none. digest: of the body as it came. until:
    the first day on which it may be read otherwise. column: as in `QueuedUrl`. pages: addresses of further list pages,
    own: another one of this page. refresh: where it leads; is_list: it shows a list; obstacle: what stands in its
    place. The rest is as in `FetchResult`. home: as in `PageFacts`. content: number of its document in the store, 0
    where it was read just now.
    """

    digest: bytes
    until: date
    etag: str = ""
    modified: str = ""
    column: str | None = None
    rows: tuple[ListItem, ...] = ()
    paging: Paging = Paging.SINGLE
    pages: tuple[str, ...] = ()
    complete: bool = True
    known: int = 0
    own: str = ""
    landing: bool = False
    refresh: str | None = None
    is_list: bool = False
    blank_notice: bool = False
    scripted: bool = False
    obstacle: Obstacle = Obstacle.NONE
    home: bool | None = None
    content: int = 0


@dataclass(frozen=True, slots=True)
class FetchResult:
    """What one answer of the site gave; stored in one transaction, so a killed crawl loses nothing.

    asked: what was fetched. document: None where nothing could be read, then `problem` says why. rows: list
    rows where `asked.column` is set. complete: false where a list goes on in a way that cannot be followed.
    landing: a page of sub-columns or a meta refresh, so no rows is no blankness. follow: addresses found.
    blank_notice: the page says 暂无信息. scripted: the list is filled by script that cannot be followed.
    paging: how the list goes on; known: how many pages it has by its own words, 0
    where it does not say. obstacle: why a list page gave nothing, as a code.
    reading: of a page that may be met unchanged; where it has a number, what stands here is as it was stored.
    Neither document nor problem: a redirect (its target is in `follow`), rows that an interface answered with,
    or something that is not a page.
    """

    asked: QueuedUrl
    status: int
    document: Document | None = None
    rows: tuple[ListItem, ...] = ()
    complete: bool = True
    landing: bool = False
    follow: tuple[QueuedUrl, ...] = ()
    problem: Problem | None = None
    blank_notice: bool = False
    scripted: bool = False
    paging: Paging = Paging.SINGLE
    known: int = 0
    obstacle: Obstacle = Obstacle.NONE
    reading: Reading | None = None
