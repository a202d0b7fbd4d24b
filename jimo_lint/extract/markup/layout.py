"""Cuts a page into visible lines and tells its regions apart: main part, navigation, footer."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from itertools import accumulate
from operator import attrgetter
from typing import NamedTuple

from jimo_lint.extract.markup import clickable
from jimo_lint.extract.markup.tree import CLICKED, INLINE, Tree, tidy, words

MAIN, NAV, FOOTER, SUGGESTED = range(4)
_HEAD = 4  # NAV if it is the page's own

_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_FOOTER_WORDS = words("footbox copyright copy bottom btm yejiao dibu")
_NAV_WORDS = words(
    "nav navi navbar navigation menu submenu sidebar side aside crumb crumbs curmb breadcrumb breadcrumbs bread "
    "position location weizhi dqwz topbar banner logo search share toolbar toolbox pager pagediv fenye "
    "pagination friend yqlj login toplink mainnav subnav leftnav topnav lnav snav sidenav sidemenu leftmenu dropdown"
)
_HEAD_WORDS = words("header head top")
_DIALOG_WORDS = words("modal dialog popup popbox lightbox tanchu tanchuang tanceng layerbox")
_SUGGESTED_WORDS = words(
    "hot hots rank ranking recommend recommended related relative relevant tuijian remen paihang guess"
)
_CRUMBS = re.compile(
    r"[^\w]*(?:您?(?:的|现在的?|当前的?|所在的?)?位置|当前位置|你(?:现在)?(?:的|所在的?)位置|(?:网站)?首页\s*[>》»/])"
)
# Record numbers, which only a footer has, and who runs the site, which the notice of an event has too.
_RECORDS = re.compile(
    r"版权所有|ICP\s?[备证](?:\D{0,8}\d|案?[序编]?号?\s?[:：]?$)|公网安备|公安备案号|网站标识码|Copyright|©", re.I
)
_ORGANISER = re.compile(r"主\s?办(?:单位)?\s?[:：]|^主办单位$|^\S{4,40}主办(?:[\s|｜]|$)")
_FOOTER_BEFORE = re.compile(
    r"(?:主办|承办|协办|地址|电话|邮编|邮政编码|传真|联系|技术支持|建议使用|网站地图|关于我们|党政机关|事业单位标识)|\S{4,40}(?:主办|承办|维护)(?:[\s|｜]|$)"
)
_SENTENCE = "。"
_MOST_CRUMBS = 20  # lines that say where one is; more are something else
_DEEPEST_INLINE = 20
_DEEP = 3  # how far down in a row its head or foot may be
_PARTS = frozenset(("article", "li"))
_NEVER = frozenset(("html", "body", "head", "form", "main", "article", "li", "tr", "p"))


class Line(NamedTuple):
    """A visible line. element: the one that owns its first run; first, last: its runs; linked: all of it is links."""

    text: str
    element: int
    first: int
    last: int
    linked: bool


_begins = attrgetter("first")


class Layout:
    """Regions and lines of a page.

    roles: by element, MAIN, NAV, FOOTER or SUGGESTED (热门, 推荐 and the like). clicked: elements that are links by
    script. anchors: by element, the `<a>` or such a link that it stands in or is, else -1; linked: the same by run.
    stripped: the runs without blanks around. footer_run: the run that a footer without a name of its own begins at.
    plain: running sum by run of the main part's text that is not in links.
    """

    __slots__ = (
        "_crumbs", "_pictured", "_sentences", "anchors", "clicked", "footer_run", "lines", "linked", "plain", "roles",
        "stripped", "tree",
    )  # fmt: skip

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.clicked = clickable.rows(tree) if CLICKED in tree.by_tag else []
        self.anchors = anchors = _anchors(tree, self.clicked)
        owners = tree.owners
        self.linked = linked = [anchors[owner] for owner in owners]
        self.stripped = stripped = [text.strip() for text in tree.texts]
        raw = _running([0 if anchor >= 0 else len(text) for text, anchor in zip(stripped, linked, strict=True)])
        self._pictured = frozenset(tree.firsts[one] for one in tree.by_tag.get("img", ()))
        self.lines = _lines(tree, stripped, raw, linked, self._pictured)
        self._crumbs = [
            (line.first, line.last)
            for line in self.lines
            if ("位置" in line.text or "首页" in line.text) and _CRUMBS.match(line.text)
        ][:_MOST_CRUMBS]
        self._sentences: list[int] | None = None
        self.roles = roles = _roles(tree, raw, self.crumbs_end)
        self.footer_run = _footer_run(self)
        sizes = [
            after - before if roles[owner] == MAIN else 0
            for owner, before, after in zip(owners, raw, raw[1:], strict=False)
        ]
        sizes[self.footer_run :] = [0] * (len(owners) - self.footer_run)
        self.plain = _running(sizes)

    def text_in(self, element: int) -> str:
        """The text inside an element, on one line."""
        tree = self.tree
        first, last = tree.firsts[element], tree.lasts[element]
        return tidy(tree.texts[first] if last - first == 1 else "".join(_runs(tree, first, last, self._pictured)))

    def spaced(self, line: Line) -> str:
        """A line with a blank wherever a tag stands in it: labels and values in boxes of their own keep apart."""
        return tidy(" ".join(self.tree.texts[line.first : line.last]))

    def lines_between(self, first: int, end: int) -> list[Line]:
        """The lines that begin in the runs from `first` up to `end`."""
        start = bisect_left(self.lines, first, key=_begins)
        return self.lines[start : bisect_left(self.lines, end, start, key=_begins)]

    def in_text(self, line: Line) -> bool:
        """True for a line beside sentences, in the element that holds a text: who organises the event it tells of."""
        tree, element = self.tree, line.element
        for _ in range(_DEEPEST_INLINE):
            if tree.tags[element] not in INLINE or tree.parents[element] < 0:
                break
            element = tree.parents[element]
        element = max(tree.parents[element], 0)
        # What stands in the body itself stands beside all that the page says; only what follows counts there.
        first = line.first if tree.tags[element] == "body" else tree.firsts[element]
        if self._sentences is None:
            self._sentences = _running([_SENTENCE in text for text in tree.texts])
        return self._sentences[tree.lasts[element]] > self._sentences[first]

    def plain_in(self, element: int) -> int:
        """Code points of main text inside an element that are not in links."""
        return self.plain[self.tree.lasts[element]] - self.plain[self.tree.firsts[element]]

    def in_crumbs(self, element: int) -> bool:
        """True for what stands in the line that says where one is (当前位置：首页 > …)."""
        if not self._crumbs:
            return False
        first = self.tree.firsts[element]
        return any(start <= first < end for start, end in self._crumbs)

    @property
    def crumb_lines(self) -> list[tuple[int, int]]:
        """First and after-last run of each line that says where one is."""
        return self._crumbs

    @property
    def crumbs_end(self) -> int:
        """The run after the line that says where one is, 0 where there is none: menus stand before it."""
        return self._crumbs[0][1] if self._crumbs else 0


def _running(sizes: list[int]) -> list[int]:
    return list(accumulate(sizes, initial=0))


def _footer_run(layout: Layout) -> int:
    """The run where the last part of a page begins to speak of record numbers, or says who runs the site.

    The number of runs where a footer with a name of its own speaks of them, or none does.
    """
    lines, roles, runs = layout.lines, layout.roles, len(layout.tree.texts)
    named = [line.text for line in lines if roles[line.element] == FOOTER]
    if any(pattern.search(text) for text in named for pattern in (_RECORDS, _ORGANISER)):
        return runs
    for pattern in (_RECORDS, _ORGANISER):
        for number in range(len(lines) * 3 // 5, len(lines)):
            line = lines[number]
            if roles[line.element] or not pattern.search(line.text):
                continue
            if pattern is _ORGANISER and layout.in_text(line):
                continue
            while number and _FOOTER_BEFORE.match(lines[number - 1].text) and not layout.in_text(lines[number - 1]):
                number -= 1
            return lines[number].first
    return runs


def _anchors(tree: Tree, clicked: list[int]) -> list[int]:
    anchors = [-1] * len(tree.tags)
    for number in [*tree.by_tag.get("a", ()), *clicked]:
        anchors[number : tree.ends[number]] = [number] * (tree.ends[number] - number)
    return anchors


def _roles(tree: Tree, raw: list[int], crumbs_end: int) -> list[int]:
    roles = [MAIN] * len(tree.tags)
    runs, total = len(tree.texts), raw[-1]
    of_parts: set[str | None] = set()  # names of what is the head or foot of a row
    for number in tree.telling:
        if roles[number] in (NAV, FOOTER) or not (own := _role(tree.tags[number], tree.names[number])):
            continue
        first, last = tree.firsts[number], tree.lasts[number]
        if own in (_HEAD, FOOTER) and (tree.names[number] in of_parts or _of_part(tree, number)):
            of_parts.add(tree.names[number] or None)
            continue
        if own == _HEAD:
            if 0 < crumbs_end <= first:
                continue  # a page's own head does not stand below the breadcrumb
            own = NAV
        if own == FOOTER and first * 2 < runs:
            continue  # a footer does not begin in the first half of a page
        if own == NAV and 200 < total < 2 * (raw[last] - raw[first]):
            continue  # a wrapper of the whole page that happens to be called "top" or "menu"
        roles[number : tree.ends[number]] = [own] * (tree.ends[number] - number)
    return roles


def _of_part(tree: Tree, element: int) -> bool:
    """True for the head or foot of an article or row: inside one, or in one of two neighbours built alike."""
    parents, tags, names, ends = tree.parents, tree.tags, tree.names, tree.ends
    own, above, level = names[element], parents[element], 0
    while above >= 0:
        if tags[above] in _PARTS:
            return True
        after = ends[above]
        alike = after < len(tags) and parents[after] == parents[above] and names[after] == names[above] != ""
        if alike and own and level < _DEEP and own in names[after : ends[after]]:
            return True
        above, level = parents[above], level + 1
    return False


_TAGS = {"nav": NAV, "header": _HEAD, "aside": NAV, "select": NAV, "footer": FOOTER}


@lru_cache(maxsize=2048)
def _role(tag: str, names: str) -> int:
    if tag in _NEVER or tag in INLINE:
        return MAIN
    if tag in _TAGS:
        return _TAGS[tag]
    found = {word.lower() for word in _WORDS.findall(names)}
    if found & _DIALOG_WORDS:
        return NAV  # its modal-footer is no footer of the page
    if found & _FOOTER_WORDS or any(word.endswith(("foot", "footer")) for word in found):
        return FOOTER
    if found & _NAV_WORDS and "list" not in found:
        return NAV
    if found & _HEAD_WORDS and "list" not in found:
        return _HEAD
    return SUGGESTED if found & _SUGGESTED_WORDS else MAIN


def _lines(
    tree: Tree, stripped: list[str], plain: list[int], anchors: list[int], pictured: frozenset[int]
) -> list[Line]:
    lines: list[Line] = []
    texts, owners, numbers = tree.texts, tree.owners, tree.lines
    runs = len(texts)
    start = 0
    while start < runs:
        number, end = numbers[start], start + 1
        while end < runs and numbers[end] == number:
            end += 1
        while start < end and not stripped[start]:
            start += 1
        if start < end:
            text = tidy(_joined(tree, start, end, anchors, pictured) if end - start > 1 else texts[start])
            if text:
                lines.append(Line(text, owners[start], start, end, plain[end] == plain[start]))
        start = end
    return lines


def _joined(tree: Tree, start: int, end: int, anchors: list[int], pictured: frozenset[int]) -> str:
    """The runs as one text: one link after another is a word of its own, unless both lead to the same place.

    anchors: by run, the `<a>` it stands in, else -1. pictured: the runs that a picture stands before.
    """
    texts = _runs(tree, start, end, pictured)
    inside = [anchor for anchor in anchors[start:end] if anchor >= 0]
    if len(inside) < 2 or min(inside) == max(inside):
        return "".join(texts)
    parts = [texts[0]]
    for run in range(start + 1, end):
        before, after = anchors[run - 1], anchors[run]
        if before != after and before >= 0 <= after and _href(tree, before) != _href(tree, after):
            parts.append(" ")
        parts.append(texts[run - start])
    return "".join(parts)


def _runs(tree: Tree, start: int, end: int, pictured: frozenset[int]) -> list[str]:
    """The texts of the runs [start, end). Blanks around a picture keep it apart, and not the marks beside it from their
    words; between two words they stay."""
    texts = tree.texts[start:end]
    if not pictured or pictured.isdisjoint(range(start + 1, end)):
        return texts
    last = 0  # the run that holds the last character
    parted = False
    for number in range(1, len(texts)):
        parted |= start + number in pictured
        if parted and (bare := texts[number].lstrip()):
            before = texts[last].rstrip()
            if not (before[-1:].isalnum() and bare[0].isalnum()):
                texts[last : number + 1] = [before, *[""] * (number - last - 1), bare]
        if texts[number].strip():
            last, parted = number, False
    return texts


def _href(tree: Tree, anchor: int) -> str | None:
    return tree.attrs[anchor].get("href")
