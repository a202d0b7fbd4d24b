"""Finds the main list of a page: its rows with title, address and date."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from datetime import date, datetime
from functools import partial, reduce
from typing import NamedTuple

from jimo_lint.extract.dates import text_dates
from jimo_lint.extract.dates.marks import marks
from jimo_lint.extract.dates.partial import Mark
from jimo_lint.extract.links.page_links import Anchor
from jimo_lint.extract.lists import copies, teasers
from jimo_lint.extract.lists.groups import ROW_TAGS, Group, Row, Sorter, row_of
from jimo_lint.extract.lists.row_titles import better, is_title, row_title
from jimo_lint.extract.markup.layout import MAIN, Layout
from jimo_lint.model import ListItem

_ARTICLE = re.compile(
    r"(?:\d{3,}|\d+\.s?html?|\bt\d+_|art_|content_)[^/]*$|[?&](?:\w*id|no|code)=[\w-]+|\.(?:pdf|docx?|xlsx?|wps|ofd|zip|rar)$",
    re.I,
)
_ATTACHED = re.compile(r"附\s?件(?:下载)?\s?[:：].{0,80}")
_DEFAULT_PAGE = re.compile(r"/(?:index|default)(?:_0)?\.\w+$", re.I)
_LEVELS = 8  # how far up a date looks for its link
_LONGEST_BETWEEN = 80  # characters from a date to the link behind it; more is an article with a link below
_LONGEST_ROW = 600  # characters beside one date; more is an article
_CATEGORY = 3  # different dates beside one link, from which it is no title
_FEW = 4  # more titles than this beside one date are a menu, not a row


class Listing(NamedTuple):
    """The main list.

    containers: the elements that hold the rows; entries: what the rows were read from. strength: 1 in the main part,
    less elsewhere. marked_up: all rows are rows of a list or table.
    """

    items: tuple[ListItem, ...] = ()
    containers: tuple[int, ...] = ()
    dated: bool = False
    strength: float = 0.0
    marked_up: bool = False
    entries: tuple[Row, ...] = ()


class Reader:
    """Reads the lists of one page; what several steps count is computed once.

    name: the page's `<title>`. fetched: when it was, which 昨天 and 3天前 are counted from.
    """

    def __init__(
        self,
        layout: Layout,
        anchors: Iterable[Anchor],
        page_url: str,
        as_of: date,
        name: str = "",
        fetched: datetime | None = None,
    ) -> None:
        self.layout = layout
        self.tree = layout.tree
        self.page_url = page_url
        self.as_of = as_of
        self.fetched = fetched
        self._sorter = Sorter(layout, page_url, name)
        self.titles: list[Anchor] = []
        anchors = list(anchors)
        if unlinked := teasers.titles(layout, anchors):
            anchors = sorted(anchors + unlinked)
        for anchor in anchors:
            if is_title(anchor) and not (self.titles and self._same(anchor)):
                self.titles.append(anchor)
        if any(anchor.kind == "attachment" for anchor in self.titles):
            self.titles = self._without_attached()
        self._elements = [anchor.element for anchor in self.titles]
        self._dated: set[int] = set()  # runs inside links that are nothing but a date

    def _same(self, anchor: Anchor) -> bool:
        """A picture and a headline that lead to the same place are one row; the one with more words stays."""
        last = self.titles[-1]
        if not anchor.url or last.url != anchor.url or self._entry(last.element) != self._entry(anchor.element):
            return False
        self.titles[-1] = better(self.layout, last, anchor)
        return True

    def _entry(self, element: int) -> int:
        """The entry of a list that an element stands in, -1 outside of lists."""
        while element >= 0 and self.tree.tags[element] != "li":
            element = self.tree.parents[element]
        return element

    def _without_attached(self) -> list[Anchor]:
        """The titles without the files that a line 附件： announces: they belong to the page's own text."""
        attached = (line.first for line in self.layout.lines if _ATTACHED.fullmatch(line.text))
        after = next(attached, len(self.tree.texts))
        firsts = self.tree.firsts
        return [title for title in self.titles if title.kind != "attachment" or firsts[title.element] < after]

    def _entitled(self) -> list[Row]:
        """The dated rows, by their own titles where categories or authors stand closer to the dates."""
        rows = self._dated_rows()
        recurring = _recurring(rows)
        if not recurring:
            return rows
        titles, elements = self.titles, self._elements
        self.titles = [title for title in titles if (title.url, title.text) not in recurring]
        self._elements = [title.element for title in self.titles]
        renamed = self._dated_rows()
        if len(renamed) >= len(rows):
            return renamed
        self.titles, self._elements = titles, elements
        return rows

    def read(self, *, article: bool = False) -> Listing:
        """The dated list if the main part has one, else a list without dates, else what dates there are.

        article: the page says of itself when it was published, so links without dates are no list of its own.
        """
        dated = self._sorter.choose(self._entitled(), self._elements)
        if dated and dated[0].strength == 1:
            return self._listing(dated, dated=True)
        undated = [] if article else self._undated()
        if undated:
            return self._listing(undated, dated=False)
        return self._listing(dated, dated=True)

    def _titles_in(self, element: int) -> tuple[int, int]:
        """First and after-last index into `titles` of the anchors inside (or being) an element."""
        return bisect_left(self._elements, element), bisect_left(self._elements, self.tree.ends[element])

    def _dated_rows(self) -> list[Row]:
        found = self._believed(marks(self.layout, self.as_of, self.fetched))
        rows: list[Row] = []
        for element, beside in self._by_holder(found).items():
            rows.extend(self._rows_beside(element, beside))
        # A row may hold two dates at different depths (成文日期 in a tooltip): the later one is the row's.
        if len({row.anchor.element for row in rows}) < len(rows):
            rows.sort(key=lambda row: (not row.edge, [row.published] if row.published else []))
            rows = list({row.anchor.element: row for row in rows}.values())
        return sorted(rows, key=lambda row: row.anchor.element)

    def _by_holder(self, found: list[Mark]) -> dict[int, list[Mark]]:
        """The dates by the element that holds them and a title, a few levels up at most."""
        tree, elements = self.tree, self._elements
        parents, ends = tree.parents, tree.ends
        by_holder: dict[int, list[Mark]] = {}
        posts = len(tree.by_tag.get("article", ())) > 1  # a single one is the page's own
        for mark in found:
            self._dated.update(mark.alone)
            element = self._post(mark.element) if posts else mark.element
            for _ in range(_LEVELS):
                first = bisect_left(elements, element)
                if first < len(elements) and elements[first] < ends[element]:
                    by_holder.setdefault(element, []).append(mark)
                    break
                element = parents[element]
                if element < 0:
                    break
        return by_holder

    def _rows_beside(self, element: int, found: list[Mark]) -> list[Row]:
        """The rows that an element holds beside these dates."""
        roles = self.layout.roles
        first, last = self._titles_in(element)
        if last - first == len(found) == 1:  # nearly all rows of most lists
            title, mark = self.titles[first], found[0]
            if roles[title.element] != roles[mark.element] or not self._is_row(element, mark, title):
                return []
            return [Row(title, self._latest(found, title), element, mark.edge)]
        if len(found) > 1:
            found = [mark for mark in found if not mark.edge] or found  # a date of its own is the row's
        role = roles[found[0].element]
        titles = [title for title in self.titles[first:last] if roles[title.element] == role]
        if not titles:
            return []
        if len(titles) == 1 or (len(found) == 1 and len(titles) <= _FEW):
            anchor = reduce(partial(better, self.layout), titles)
            if len(found) == 1 and not self._is_row(element, found[0], anchor):
                return []
            return [Row(anchor, self._latest(found, anchor), element, found[0].edge)]
        return self._paired(element, titles, found) if len(found) > 1 else []

    def _is_row(self, element: int, mark: Mark, title: Anchor) -> bool:
        """False for an article beside its date, and for a date with a text between it and the link behind it."""
        plain, firsts = self.layout.plain, self.tree.firsts
        return (
            self.layout.plain_in(element) <= _LONGEST_ROW
            and plain[firsts[title.element]] - plain[mark.run] <= _LONGEST_BETWEEN
        )

    def _believed(self, found: list[Mark]) -> list[Mark]:
        """The dates without those in titles where few of a list's titles show one: 天气预报（2026-01-20） is called so.

        Where hardly another date stands on the page, they are all there is.
        """
        edged = [mark for mark in found if mark.edge]
        if not edged or len(edged) * 2 > sum(self.layout.roles[mark.element] == MAIN for mark in found) - len(edged):
            return found
        places = [mark.element for mark in edged]
        return [mark for mark in found if not mark.edge or self._usual(mark.element, places)]

    def _usual(self, element: int, places: list[int]) -> bool:
        """True where most of the titles around are among `places`."""
        first, last = self._titles_in(element)
        while last - first < 2 and self.tree.parents[element] >= 0:
            element = self.tree.parents[element]
            first, last = self._titles_in(element)
        return 2 * (bisect_left(places, self.tree.ends[element]) - bisect_left(places, element)) > last - first

    def _post(self, element: int) -> int:
        """The `<article>` that the element stands in, which is one row of its list; else the element itself."""
        tags, above = self.tree.tags, element
        while above >= 0 and tags[above] not in ROW_TAGS:
            if tags[above] == "article":
                return above
            above = self.tree.parents[above]
        return element

    def _paired(self, element: int, titles: list[Anchor], found: list[Mark]) -> list[Row]:
        """Rows of a flat run of links and dates: a date belongs to the link before it, or after if dates lead."""
        firsts = self.tree.firsts
        leading = found[0].run < firsts[titles[0].element]
        tokens: list[tuple[int, Anchor | Mark]] = [(firsts[title.element], title) for title in titles]
        tokens += [(mark.run, mark) for mark in found]
        tokens.sort(key=lambda token: token[0], reverse=leading)
        rows: list[Row] = []
        waiting: list[Anchor] = []
        for _, token in tokens:
            if isinstance(token, Anchor):
                waiting.append(token)
            elif waiting:
                anchor = waiting[0] if len(waiting) == 1 else reduce(partial(better, self.layout), waiting[-_FEW:])
                rows.append(Row(anchor, self._latest([token], anchor), element))
                waiting = []
        return rows[::-1] if leading else rows

    def _latest(self, found: list[Mark], anchor: Anchor) -> datetime | None:
        """The latest of a row's dates (成文日期 and 发布日期 stand side by side) that is not after `as_of`.

        Where all are after it, the latest: a wrong clock must not make a list look undated.
        """
        if len(found) == 1 and (only := found[0].moment):
            return only
        near: datetime | None = None
        moments = []
        for mark in found:
            moment = mark.moment
            if moment is None and mark.short:
                near = near or text_dates.in_url(anchor.url)
                moment = text_dates.short(mark.short, self.as_of, near)
            if moment:
                moments.append(moment)
        return max((moment for moment in moments if text_dates.plausible(moment, self.as_of)), default=None) or max(
            moments, default=None
        )

    def _undated(self) -> list[Group]:
        """A list without dates: sibling links in the main part, most of them to articles; one alone in list markup."""
        roles = self.layout.roles
        rows = [Row(title, None, title.element) for title in self.titles if roles[title.element] == MAIN]
        kept = []
        for group in self._sorter.grouped(rows):
            articles = sum(_ARTICLE.search(row.anchor.url) is not None for row in group.rows)
            menu = any(self.is_self(row.anchor.url) for row in group.rows)
            plain = self.layout.plain_in(group.container)
            linked = sum(len(row.anchor.text) for row in group.rows)
            alone = len(group.rows) == 1 and row_of(self.tree, group.rows[0].element) < 0
            if articles * 2 > len(group.rows) and not menu and not alone and plain < 3 * linked:
                kept.append(group)
        return self._sorter.choose([row for group in kept for row in group.rows], self._elements) if kept else []

    def is_self(self, url: str) -> bool:
        """True where `url` is the page itself: a menu marks the place where one is."""
        return plain_address(url) == plain_address(self.page_url)

    def leads_on(self, beside: tuple[int, ...] = ()) -> bool:
        """True where the main part holds links of its own to sub-columns: no menu that marks this page itself.

        beside: elements that hold something else.
        """
        layout, after = self.layout, self.layout.crumbs_end
        rows = [
            Row(title, None, title.element)
            for title in self.titles
            if title.url and layout.roles[title.element] == MAIN and self.tree.firsts[title.element] >= after
        ]
        return any(
            len(group.rows) >= 2
            and group.container not in beside
            and not any(self.is_self(row.anchor.url) for row in group.rows)
            for group in self._sorter.grouped(rows)
        )

    def _listing(self, groups: list[Group], *, dated: bool) -> Listing:
        groups = sorted(groups, key=lambda group: group.container)
        rows: list[Row] = []
        for group in groups:
            found = group.rows + (self._undated_beside(group) if dated else [])
            rows += sorted(found, key=lambda row: row.anchor.element)
        if self._told_apart_by_dates(rows):
            rows = [row._replace(edge="") for row in rows]
        items = (ListItem(row.anchor.url, self._title(row.anchor, row.edge), row.published) for row in rows)
        marked_up = all(self.tree.tags[row.element] in ROW_TAGS for group in groups for row in group.rows)
        return Listing(
            copies.joined(items),
            tuple(group.container for group in groups),
            dated,
            groups[0].strength if groups else 0.0,
            marked_up,
            tuple(rows),
        )

    def _told_apart_by_dates(self, rows: list[Row]) -> bool:
        """True where titles are the same but for their dates (新闻联播（2026-01-20）), which belong to them then."""
        named = {row.anchor.url or row.edge: self._title(row.anchor, row.edge) for row in rows if row.edge}
        return len(set(named.values())) < len(named)

    def _title(self, anchor: Anchor, edge: str) -> str:
        """What a row is called: where that is cut with dots, in full by another link to the same address."""
        title = row_title(self.layout, anchor, self._dated, edge)
        if copies.is_cut(title) and anchor.url:
            for other in self.titles:
                if other.url == anchor.url and other is not anchor:
                    full = row_title(self.layout, other, self._dated, edge)
                    title = copies.fuller(title, full) if copies.alike(title, full) else title
        return title

    def _undated_beside(self, group: Group) -> list[Row]:
        """Rows of the same list that show no date: links in like elements that hold no dated row."""
        tags = self.tree.tags
        known = {self._child(group.container, row.anchor.element) for row in group.rows}
        alike = {tags[child] for child in known if child != group.container} - {"div"}  # a div may be anything
        rows: list[Row] = []
        first, last = self._titles_in(group.container)
        for title in self.titles[first:last]:
            child = self._child(group.container, title.element)
            if child not in known and tags[child] in alike and self.layout.roles[title.element] == MAIN:
                known.add(child)
                rows.append(Row(title, None, child))
        return rows

    def _child(self, container: int, element: int) -> int:
        parents = self.tree.parents
        while element > container and parents[element] != container:
            element = parents[element]
        return element


def _recurring(rows: list[Row]) -> set[tuple[str, str]]:
    """Links beside three different dates or more, as categories, departments and authors are."""
    if len({row.anchor.url for row in rows}) > len(rows) - (_CATEGORY - 1):
        return set()
    beside: dict[tuple[str, str], set[datetime | None]] = {}
    for row in rows:
        beside.setdefault((row.anchor.url, row.anchor.text), set()).add(row.published)
    return {link for link, moments in beside.items() if len(moments) >= _CATEGORY and link[0]}


def plain_address(url: str) -> str:
    """An address without scheme, `index.html` and trailing slash, to recognise a page's links to itself."""
    url = url.partition("#")[0].partition("://")[2]
    return _DEFAULT_PAGE.sub("", url).rstrip("/")
