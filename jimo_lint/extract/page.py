"""Reads one page whole: the document, its list rows and where the list goes on."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime

from jimo_lint.extract import (
    body,
    crumbs,
    dates,
    families,
    footer,
    gates,
    hidden,
    injected,
    links,
    lists,
    paging,
    portrait,
    published,
    scripted,
    summaries,
)
from jimo_lint.extract.address import Resolver, normalise
from jimo_lint.extract.blocks import compose
from jimo_lint.extract.families import Source, Turning, hanweb, trs
from jimo_lint.extract.head import read_head
from jimo_lint.extract.layout import MAIN, Layout
from jimo_lint.extract.tree import Tree
from jimo_lint.model import Document, ListItem, Obstacle

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
    is filled by script that cannot be followed, so no rows is no blankness. obstacle: what stands in place of
    the page.
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


def read_page(
    html: str, url: str, *, as_of: date, fetched: datetime | None = None, status: int = 200, charset: str = "utf-8"
) -> Page:
    """Read a page; never raises, whatever the text. `as_of` settles years that a list leaves out.

    charset: what the page's bytes were read in, as `read` found it.

    `document.meta` holds the metas in lower case, `footer:*`, `crumbs` (`政务公开 > 通知公告`), `head-title` (the
    `<title>`) and `class`: list, article or page.
    """
    tree = Tree(html)
    head = read_head(tree)
    resolver = Resolver(url, charset)
    if head.base:
        resolver = Resolver(resolver.resolve(head.base) or url, charset)
    layout = Layout(tree)
    found_links, anchors = links.collect(layout, resolver)
    outside_crumbs = [anchor for anchor in anchors if not layout.in_crumbs(anchor.element)]
    reader = lists.Reader(layout, outside_crumbs, url, as_of, head.title, fetched)
    holder = body.find_body(layout)
    title = body.title(layout, head.metas, head.title, holder)
    known = holder >= 0 and body.named(layout, holder)
    text = compose(layout, head.metas, title, holder, known=known)
    own_text = holder >= 0 and text.own >= (_OWN_TEXT_NAMED if known else _OWN_TEXT)
    moment, source, labelled = published.read(layout, head, text, holder, title, url, as_of)
    told = labelled or (source == "meta" and (own_text or bool(head.metas.get("articletitle"))))
    listing = reader.read(article=told)
    inline = _inline(html, layout, resolver, as_of)
    if len(inline) > len(listing.items):
        listing = lists.Listing(inline, (), True, 1.0)
    beside: tuple[int, ...] = ()
    if 0 < listing.strength < 1 and _is_foreign(listing, url) and scripted.published_empty(tree, layout):
        beside, listing = listing.containers, lists.Listing()
        own_text = text.own - sum(layout.plain_in(container) for container in beside) >= _OWN_TEXT
    if (told or own_text) and not head.metas.get("articletitle") and summaries.alone(listing, layout, text.own, url):
        told = own_text = False
    said_blank = text.notice and text.own < _NOTICE_ALONE
    is_list = (
        _is_list(listing, layout, holder, told=told, own_text=own_text)
        and not (said_blank and (listing.strength < 1 or (len(listing.items) == 1 and not listing.dated)))
        and not (own_text and labelled and _is_beside(listing, layout, holder))
    )
    if is_list and source != "meta":
        moment, source = None, ""
    rows = listing.items if is_list else ()
    turning = families.recognise(Source(html, tree, url, resolver, len(rows)))
    if turning:
        filled = not rows and not own_text and (bool(turning.pages) or turning.known != 1)
    else:
        turning = paging.read(anchors, tree, text.main, url, resolver, len(rows)) if is_list else Turning()
        filled = not rows and (
            scripted.fills(html, tree, layout, own_text=own_text)
            or _goes_on(tree, anchors)
            or (not own_text and paging.read(anchors, tree, text.main, url, resolver, 0).known > 1)
        )
    inner = _framed(tree, layout, resolver) if filled and not turning.pages else ()
    notice = not rows and not filled and said_blank
    gate = gates.Gate()
    if not rows and not own_text and not told and not notice:
        gate = gates.gate(html, layout, anchors, head.title, text.whole, resolver)
    refresh = resolver.resolve(head.refresh) if head.refresh else gate.leads
    if refresh and normalise(refresh) == normalise(url):
        refresh = None
    landing = bool(refresh) or (
        not rows and not notice and not filled and not own_text and not told and reader.leads_on(beside)
    )
    if not rows and (own_text or told) and not notice and not filled and not refresh:
        rows = (ListItem(url, title, moment),)
    metas = dict(head.metas)
    metas.update(footer.elements(layout, text.foot, text.after, found_links, " ".join(tree.scripts)))
    if trail := crumbs.trail(layout):
        metas["crumbs"] = crumbs.BETWEEN.join(trail)
    metas["head-title"] = head.title
    metas.pop("home", None)  # what the crawl says of the page, and nothing else
    metas["class"] = "list" if is_list else "article" if own_text or told else "page"
    metas.pop("portrait", None)
    if not is_list and portrait.is_shown(layout, title, holder):
        metas["portrait"] = "yes"
    document = Document(
        id=normalise(url),
        url=url,
        source="site",
        title=title,
        blocks=text.blocks,
        published=moment,
        published_from=source,
        fetched=fetched,
        status=status,
        links=found_links,
        meta=metas,
        concealed=hidden.read(html, layout, url) + injected.read(tree.scripts, url),
    )
    return Page(
        document,
        rows,
        turning._replace(pages=inner) if inner else turning,
        landing,
        refresh,
        is_list,
        notice,
        scripted=filled and not turning.pages,
        obstacle=gate.obstacle,
    )


def _framed(tree: Tree, layout: Layout, resolver: Resolver) -> tuple[str, ...]:
    """Addresses of the frames that may hold the list."""
    resolved = (resolver.resolve(source) for source in scripted.framed(tree, layout))
    return tuple(address for address in resolved if address)


def _inline(html: str, layout: Layout, resolver: Resolver, as_of: date) -> tuple[ListItem, ...]:
    """Rows that stand in scripts instead of the page."""
    if any("<recordset" in script for script in layout.tree.scripts):
        return hanweb.inline(html, resolver, as_of)
    return trs.written(layout, resolver, as_of)


def _is_foreign(listing: lists.Listing, url: str) -> bool:
    """True where no row lies below the page's own folder, as all rows of a published list do."""
    folder = url.rpartition("/")[0] + "/"
    return not any(item.url.startswith(folder) for item in listing.items)


def _goes_on(tree: Tree, anchors: list[links.Anchor]) -> bool:
    """True where a script leads to a second page: a list without rows here is filled by that script."""
    return any(
        anchor.scripted
        and anchor.text in _ONWARD
        and any(_SECOND_PAGE.search(value or "") for value in tree.attrs[anchor.element].values())
        for anchor in anchors
    )


def _is_list(listing: lists.Listing, layout: Layout, holder: int, *, told: bool, own_text: bool) -> bool:
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


def _is_beside(listing: lists.Listing, layout: Layout, holder: int) -> bool:
    """True for a list below or beside a text, where it is said above the list when that text was published."""
    firsts, ends = layout.tree.firsts, layout.tree.ends
    if not listing.containers or any(container <= holder < ends[container] for container in listing.containers):
        return False
    inside = [container for container in listing.containers if holder < container < ends[holder]]
    if layout.plain_in(holder) - sum(layout.plain_in(container) for container in inside) < _OWN_TEXT:
        return False
    start = min(firsts[container] for container in listing.containers)
    above = [line.text for line in layout.lines if line.first < start and layout.roles[line.element] == MAIN]
    return dates.labelled("\n".join(above)) is not None


def _clearly(listing: lists.Listing, own_text: bool) -> bool:
    """True for rows that are a list even on a page with a date of its own: three, or fewer in list markup."""
    return listing.dated and (len(listing.items) > 2 or (listing.marked_up and not own_text))
