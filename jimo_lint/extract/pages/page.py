"""Reads one page whole: the document, its list rows and where the list goes on."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from jimo_lint.extract import families
from jimo_lint.extract.dates import published, text_dates
from jimo_lint.extract.families import Source, Turning, further_pages, hanweb, scripted, trs
from jimo_lint.extract.links import hidden, injected, page_links
from jimo_lint.extract.lists import main_list, summaries
from jimo_lint.extract.markup.blocks import Text, compose
from jimo_lint.extract.markup.head import Head, read_head
from jimo_lint.extract.markup.layout import MAIN, Layout
from jimo_lint.extract.markup.tree import Tree
from jimo_lint.extract.pages import blocked_pages, body, crumbs, footer, portrait, unlisted
from jimo_lint.model import Document, Link, ListItem, Obstacle, PageClass, PageFacts
from jimo_lint.network.address import Resolver, normalise

_OWN_TEXT = 40  # characters of running text from which a page without a list counts as a page of content
_OWN_TEXT_NAMED = 12  # the same inside a container whose name says that it holds an article

_NOTICE_ALONE = 160  # characters of text from which "暂无…" is part of the text and no notice

_ONWARD = frozenset({"下一页", "下页", "后一页", "尾页", "末页", "最后一页"})
_SECOND_PAGE = re.compile(r"\(\s*['\"]?(?:[2-9]|[1-9]\d)\b")


@dataclass(frozen=True, slots=True)
class Page:
    """What one page gives. document: title, blocks, date, links and metas, not yet masked.

    rows: the rows of the main list; a page without a list but with text of its own is its own only row.
    turning: where the list goes on. landing: a page of sub-columns, or one that leads on at once. refresh: where
    it leads. is_list: the page shows a list. blank_notice: it says 暂无信息 and shows no list. scripted: its list
    is filled by script that cannot be followed, or it shows what is no text, so no rows is no blankness. obstacle:
    what stands in place of the page.
    """

    document: Document
    rows: tuple[ListItem, ...] = ()
    turning: Turning = field(default_factory=Turning)
    landing: bool = False
    refresh: str | None = None
    is_list: bool = False
    blank_notice: bool = False
    scripted: bool = False
    obstacle: Obstacle = Obstacle.NONE


class _Seen(NamedTuple):
    """What stands on a page, before it is decided what the page is.

    own_text: it has running text of its own; told: it says when it was published, as articles do. beside: elements
    that hold rows which are not its list.
    """

    html: str
    layout: Layout
    head: Head
    resolver: Resolver
    links: tuple[Link, ...]
    anchors: list[page_links.Anchor]
    reader: main_list.Reader
    holder: int
    title: str
    text: Text
    dated: published.Published
    told: bool
    own_text: bool
    listing: main_list.Listing
    beside: tuple[int, ...]


class _Course(NamedTuple):
    """How a page's list goes on. filled: its rows come by script or from pages that were not read."""

    rows: tuple[ListItem, ...]
    turning: Turning
    filled: bool


class Nature(NamedTuple):
    """What a page is. notice: it says that there is nothing. bare: something else may stand in its place.

    single: it is its own only row. gathers: it may lead on to sub-columns.
    """

    looks: PageClass
    notice: bool
    bare: bool
    single: bool
    gathers: bool


def classify(*, is_list: bool, rows: bool, filled: bool, articled: bool, says_nothing: bool) -> Nature:
    """What a page is, by what was seen on it.

    rows: it shows rows; filled: its rows come by script. articled: it has a text of its own or says when it was
    published. says_nothing: a line says 暂无信息.
    """
    empty = not rows and not filled
    notice = empty and says_nothing
    return Nature(
        looks=PageClass.LIST if is_list else PageClass.ARTICLE if articled else PageClass.OTHER,
        notice=notice,
        bare=not (rows or articled or notice),
        single=empty and articled and not notice,
        gathers=empty and not articled and not notice,
    )


def read_page(
    html: str, url: str, *, as_of: date, fetched: datetime | None = None, status: int = 200, charset: str = "utf-8"
) -> Page:
    """Read a page; never raises, whatever the text. `as_of` settles years that a list leaves out.

    charset: what the page's bytes were read in, as `read` found it.
    """
    seen = _observe(html, url, as_of, fetched, charset)
    is_list = _is_list(seen)
    course = _course(seen, url, is_list=is_list)
    nature = classify(
        is_list=is_list,
        rows=bool(course.rows),
        filled=course.filled,
        articled=seen.own_text or seen.told,
        says_nothing=_says_nothing(seen.text),
    )
    gate = _gate(seen, course) if nature.bare or (nature.single and not seen.told) else blocked_pages.Gate()
    refresh = seen.resolver.resolve(seen.head.refresh) if seen.head.refresh else gate.leads
    if refresh and normalise(refresh) == normalise(url):
        refresh = None
    dated = published.UNKNOWN if is_list and seen.dated.source != "meta" else seen.dated
    single = nature.single and not refresh
    landing = bool(refresh) or (nature.gathers and seen.reader.leads_on(seen.beside))
    obstacle = gate.obstacle
    if nature.bare and not (landing or obstacle or course.filled):
        obstacle = unlisted.instead(seen.layout, seen.anchors)
    return Page(
        Document(
            id=normalise(url),
            url=url,
            source="site",
            title=seen.title,
            blocks=seen.text.blocks,
            published=dated.moment,
            published_from=dated.source,
            fetched=fetched,
            status=status,
            links=seen.links,
            metas=seen.head.metas,
            facts=_facts(seen, nature.looks),
            concealed=hidden.read(html, seen.layout, url) + injected.read(seen.layout.tree.scripts, url),
        ),
        (ListItem(url, seen.title, dated.moment),) if single else course.rows,
        _with_frames(seen, course),
        landing=landing,
        refresh=refresh,
        is_list=is_list,
        blank_notice=nature.notice,
        scripted=(course.filled and not course.turning.pages) or obstacle is Obstacle.SCRIPT,
        obstacle=Obstacle.NONE if obstacle is Obstacle.SCRIPT else obstacle,
    )


def _observe(html: str, url: str, as_of: date, fetched: datetime | None, charset: str) -> _Seen:
    tree = Tree(html)
    head = read_head(tree)
    resolver = Resolver(url, charset)
    if head.base:
        resolver = Resolver(resolver.resolve(head.base) or url, charset)
    layout = Layout(tree)
    found_links, anchors = page_links.collect(layout, resolver)
    outside = [anchor for anchor in anchors if not layout.in_crumbs(anchor.element)] if layout.crumb_lines else anchors
    reader = main_list.Reader(layout, outside, url, as_of, head.title, fetched)
    holder = body.find_body(layout)
    title = body.title(layout, head.metas, head.title, holder)
    known = holder >= 0 and body.named(layout, holder)
    tab = body.said_besides(head.title, title, head.metas.get("sitename", ""))
    text = compose(layout, head.metas, title, tab, holder, known=known)
    own_text = holder >= 0 and text.own >= (_OWN_TEXT_NAMED if known else _OWN_TEXT)
    dated = published.read(layout, head, text, holder, title, url, as_of)
    named = bool(head.metas.get("articletitle"))
    told = dated.told or (dated.source == "meta" and (own_text or named))
    listing = reader.read(article=told)
    inline = _inline(html, layout, resolver, as_of)
    if len(inline) > len(listing.items):
        listing = main_list.Listing(inline, (), True, 1.0)
    beside: tuple[int, ...] = ()
    if 0 < listing.strength < 1 and _is_foreign(listing, url) and scripted.published_empty(tree, layout):
        beside, listing = listing.containers, main_list.Listing()
        own_text = text.own - sum(layout.plain_in(container) for container in beside) >= _OWN_TEXT
    if (told or own_text) and not named and summaries.alone(listing, layout, text.own, url):
        told = own_text = False
    return _Seen(
        html, layout, head, resolver, found_links, anchors, reader, holder, title, text, dated, told, own_text, listing,
        beside,
    )  # fmt: skip


def _course(seen: _Seen, url: str, *, is_list: bool) -> _Course:
    """The rows and where they go on; a page that shows none may be filled by script, or from frames."""
    tree, resolver, own_text = seen.layout.tree, seen.resolver, seen.own_text
    rows = seen.listing.items if is_list else ()
    turning = families.recognise(Source(seen.html, tree, url, resolver, len(rows)))
    if turning:
        return _Course(rows, turning, not rows and not own_text and (bool(turning.pages) or turning.known != 1))
    turning = Turning()
    if is_list:
        start = min(seen.listing.containers, default=0)
        turning = further_pages.read(seen.anchors, seen.layout, seen.text.main, url, resolver, len(rows), start)
    filled = not rows and (
        scripted.fills(seen.html, tree, seen.layout, own_text=own_text)
        or _goes_on(tree, seen.anchors)
        or (not own_text and further_pages.read(seen.anchors, seen.layout, seen.text.main, url, resolver, 0).known > 1)
    )
    return _Course(rows, turning, filled)


def _gate(seen: _Seen, course: _Course) -> blocked_pages.Gate:
    """What stands in the place of a page that has nothing of its own, or only words and no way to any other page."""
    gate = blocked_pages.gate(seen.html, seen.layout, seen.anchors, seen.head.title, seen.text.whole, seen.resolver)
    elsewhere = course.filled or seen.head.refresh or course.turning != Turning()
    return blocked_pages.Gate() if gate.obstacle in (Obstacle.SCRIPT, Obstacle.UNREAD) and elsewhere else gate


def _facts(seen: _Seen, looks: PageClass) -> PageFacts:
    scripts = " ".join(seen.layout.tree.scripts)
    return PageFacts(
        looks=looks,
        head_title=seen.head.title,
        crumbs=crumbs.trail(seen.layout),
        footer=footer.elements(seen.layout, seen.text.foot, seen.text.after, seen.links, scripts),
        portrait=looks is not PageClass.LIST and portrait.is_shown(seen.layout, seen.title, seen.holder),
    )


def _says_nothing(text: Text) -> bool:
    return text.notice and text.own < _NOTICE_ALONE


def _with_frames(seen: _Seen, course: _Course) -> Turning:
    """Where the list goes on, with the addresses of the frames that may hold it."""
    if not course.filled or course.turning.pages:
        return course.turning
    resolved = map(seen.resolver.resolve, scripted.framed(seen.layout.tree, seen.layout))
    return course.turning._replace(pages=tuple(address for address in resolved if address))


def _inline(html: str, layout: Layout, resolver: Resolver, as_of: date) -> tuple[ListItem, ...]:
    """Rows that stand in scripts instead of the page."""
    if any("<recordset" in script for script in layout.tree.scripts):
        return hanweb.inline(html, resolver, as_of)
    return trs.written(layout, resolver, as_of)


def _is_foreign(listing: main_list.Listing, url: str) -> bool:
    """True where no row lies below the page's own folder, as all rows of a published list do."""
    folder = url.rpartition("/")[0] + "/"
    return not any(item.url.startswith(folder) for item in listing.items)


def _goes_on(tree: Tree, anchors: list[page_links.Anchor]) -> bool:
    """True where a script leads to a second page: a list without rows here is filled by that script."""
    return any(
        anchor.scripted
        and anchor.text in _ONWARD
        and any(_SECOND_PAGE.search(value or "") for value in tree.attrs[anchor.element].values())
        for anchor in anchors
    )


def _is_list(seen: _Seen) -> bool:
    """True where the list is what the page is about, not what stands beside an article, or below 暂无信息."""
    listing = seen.listing
    if not _is_main(listing, seen.layout, seen.holder, told=seen.told, own_text=seen.own_text):
        return False
    if _says_nothing(seen.text) and (listing.strength < 1 or (len(listing.items) == 1 and not listing.dated)):
        return False
    return not (seen.own_text and seen.dated.told and _is_beside(listing, seen.layout, seen.holder))


def _is_main(listing: main_list.Listing, layout: Layout, holder: int, *, told: bool, own_text: bool) -> bool:
    """True where the list is what the page is about, not what stands beside an article (相关阅读).

    told: the page says when it was published, as articles do.
    """
    if not listing.items or (told and not _clearly(listing, own_text)):
        return False
    if not listing.containers:
        return True
    plain = sum(layout.plain_in(container) for container in listing.containers)
    inside = holder >= 0 and any(
        container <= holder < layout.tree.ends[container] or holder <= container < layout.tree.ends[holder]
        for container in listing.containers
    )
    rest = layout.plain_in(holder) - (plain if inside else 0) if holder >= 0 else 0
    if listing.strength < 1:
        return len(listing.items) > 2 and rest < _OWN_TEXT
    return rest < 3 * sum(len(item.title) for item in listing.items) + 40


def _is_beside(listing: main_list.Listing, layout: Layout, holder: int) -> bool:
    """True for a list below or beside a text, where it is said above the list when that text was published."""
    firsts, ends = layout.tree.firsts, layout.tree.ends
    if not listing.containers or any(container <= holder < ends[container] for container in listing.containers):
        return False
    inside = [container for container in listing.containers if holder < container < ends[holder]]
    if layout.plain_in(holder) - sum(layout.plain_in(container) for container in inside) < _OWN_TEXT:
        return False
    start = min(firsts[container] for container in listing.containers)
    above = [line.text for line in layout.lines if line.first < start and layout.roles[line.element] == MAIN]
    return text_dates.labelled("\n".join(above)) is not None


def _clearly(listing: main_list.Listing, own_text: bool) -> bool:
    """True for rows that are a list even on a page with a date of its own: three, or fewer in list markup."""
    return listing.dated and (len(listing.items) > 2 or (listing.marked_up and not own_text))
