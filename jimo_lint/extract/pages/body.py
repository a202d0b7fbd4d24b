"""Finds what a page is about: its title and the element that holds its text."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from html import unescape

from jimo_lint.extract.markup.layout import FOOTER, MAIN, NAV, Layout
from jimo_lint.extract.markup.tree import Tree

# Class and id names of text containers as the common systems write them (TRS, hanweb, 开普, gov.cn, WeChat, 博达 …).
_STRONG = re.compile(
    r"(?:zoom\w*|fontzoom|ucap-?content|js_content|trs_(?:ue)?editor\w*|trs_paper\w*|vsb_content\w*|view-?trs\w*"
    r"|(?:art|article|news|detail|details|text|info|view|pages?|con|main|xl|zw|xq|wz|nr|cont|xxgk|gk|zfxxgk)[-_]?"
    r"(?:con|content|contents|body|text|txt|article|nr|neirong|zw|detail|cont)\d*"
    r"|content[-_]?(?:article|text|txt|body|detail|con|main|nr)\d*|zhengwen|neirong|bodytext|endtext|zwnr|wzcon"
    r"|entry-content|rich_media_content|editor-content)",
    re.I,
)
_GENERAL = re.compile(r"main|page|con|cont[-_]|view|gk|info", re.I)  # names that wrappers of lists bear as well
_WEAK = re.compile(r"(?:content|article|con|cont|nr|main|detail|text|zw|wz)\d*", re.I)
_TITLE_NAME = re.compile(
    r"(?:(?:art|article|news|content|con|detail|details|info|xl|page|main|text|zw|wz|xq|xxgk)[-_]?(?:title|tit|bt|biaoti|h1)\d*"
    r"|title_?(?:text|con|content)?|activity-name|ivs_title|ucaptitle|biaoti|wzbt|zwbt|bt)",
    re.I,
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_SUFFIX = re.compile(r"\s*(?:[-_|｜—–>»·]|--+|\s{2,})\s*")
_SITE_LIKE = re.compile(r"网|政府|门户|首页|portal|\.gov|频道|平台|公众号", re.I)
# An organ that names its site after itself: `…的公告_示例委员会`. A dash of two strokes belongs to the title.
_ORGAN_BEHIND = re.compile(r"\s?[-_|｜]\s?([一-鿿]{2,22}(?:政府|委员会|办公室|办公厅|[部委局厅署办院]))$")
_MOST, _SOME = 0.7, 0.3  # of a container's text, for one inside it to take its place: less where it is named better
_SHORTEST = 3  # characters of a title that an organ's name may stand behind
_HALF = 0.5
_SHORTEST_SHOWN = 6  # characters by which a line is known as the title
_LONGEST_SITE, _LONGEST_TITLE = 30, 120
_SOURCE = re.compile(r"(?:日期|时间)\s?[:：]\s?\d{4}|来源\s?[:：].{0,200}?\d{4}[-/.年]\d")
_SENTENCE = "。"
_TEXT = 40  # characters of sentences that are a text
# Words of sentences that stand on every page (Cookie and JavaScript however written), by a character that is looked
# for first, since a text has few of these.
_STANDING = (
    ("浏", "浏览器"), ("k", "ookie"), ("v", "ava"), ("脚", "脚本"), ("即", "即将离开"), ("链", "您访问的链接"),
)  # fmt: skip
_PARAGRAPHS = frozenset(("p", "span", "font", "strong", "b", "li"))
_LEVELS = 3  # that the end of a text stands above its sentences
_ABOVE = 5  # lines above a text in its own box: title, date and source
_SIGNED = re.compile(r"[^。，；]{0,30}\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日")
_STRONGLY, _WEAKLY, _TITLED = 1, 2, 4


def title(layout: Layout, metas: Mapping[str, str], head_title: str, body: int) -> str:
    """ArticleTitle, then a heading of the page (h1, a known title container), then `<title>` without site name."""
    named = plain(metas.get("articletitle", ""))
    if named:
        return named
    head = plain(head_title)
    if heading := _heading(layout, head, body):
        return heading
    own = strip_site(head, metas.get("sitename", "")) or head
    return _shown(layout, own) or _over_source(layout, head) or own


def said_besides(head_title: str, title: str, site: str) -> str:
    """`<title>`, "" where it says no more than the page's title, and where besides: the site's and columns' names."""
    head = plain(head_title)
    shown = "".join(title.split())
    parts = list(filter(None, _SUFFIX.split(head)))
    named = [part == site or _SITE_LIKE.search(part) is not None for part in parts]
    said = [
        strip_site(head, site),
        *(part for number, part in enumerate(parts) if sum(named) - named[number] == len(parts) - 1),
    ]
    return "" if head == site or any("".join(one.split()) in shown for one in said) else head


def _heading(layout: Layout, head: str, body: int) -> str:
    tree, roles = layout.tree, layout.roles
    candidates: list[tuple[int, int, str]] = []
    for rank, tags in ((0, ("h1",)), (2, ("h2", "h3"))):
        for tag in tags:
            for element in tree.by_tag.get(tag, ()):
                if roles[element] in (NAV, FOOTER) or layout.anchors[element] >= 0:
                    continue
                text = layout.text_in(element)
                if 1 < len(text) <= 120 and not (rank and not _agrees(text, head)):
                    candidates.append((rank - 2 * _agrees(text, head), abs(body - element), text))
    if not candidates or min(candidates)[0] > -2:
        for element in tree.telling:
            if roles[element] == MAIN and _told_by(tree.names[element]) & _TITLED:
                text = layout.text_in(element)
                if 3 < len(text) <= 120 and not (body >= 0 and body < element < tree.ends[body]):
                    candidates.append((1 - 2 * _agrees(text, head), abs(body - element), text))
    candidates = [candidate for candidate in candidates if candidate[0] < 1]
    return min(candidates)[2] if candidates else ""


def _shown(layout: Layout, own: str) -> str:
    """The longest line of the page that is half of what `<title>` says or more: `title--column`, `column title`."""
    shortest = max(len(own) // 2, _SHORTEST_SHOWN)
    said = [
        line.text
        for line in layout.lines
        if shortest <= len(line.text) < len(own)
        and line.text in own
        and not line.linked
        and layout.tree.tags[line.element] != "title"
        and layout.roles[line.element] != FOOTER
    ]
    return max(said, key=len, default="")


def _over_source(layout: Layout, head: str) -> str:
    """The line above that of date and source, where `<title>` is no more than the site's name."""
    if len(head) > _LONGEST_SITE or _SUFFIX.search(head) or not _SITE_LIKE.search(head):
        return ""
    lines, roles = layout.lines, layout.roles
    for above, line in itertools.pairwise(lines):
        if _SOURCE.search(line.text) and roles[line.element] == MAIN and len(line.text) <= _LONGEST_TITLE:
            told = above.linked or roles[above.element] != MAIN or not _SHORTEST < len(above.text) <= _LONGEST_TITLE
            return "" if told else above.text
    return ""


def _agrees(text: str, head: str) -> bool:
    """True where heading and `<title>` say the same, whatever blanks stand between."""
    bare, bare_head = "".join(text.split()), "".join(head.split())
    return len(bare) > 1 and (bare in bare_head or (len(bare_head) > 5 and bare_head[:20] in bare))


def plain(text: str) -> str:
    """Text of a title that may hold escaped HTML."""
    if "&" in text:
        text = unescape(text)
    if "<" in text:
        text = _TAG.sub("", text)
    return text.strip()


def strip_site(head: str, site: str) -> str:
    """A `<title>` without the site's and columns' names behind (or the site's before) it."""
    behind = _ORGAN_BEHIND.search(head)
    organ = behind[1] if behind and behind.start() > _SHORTEST else site
    parts = [part for part in _SUFFIX.split(head) if part]
    if len(parts) < 2:
        return head
    if parts[0] == site or (_SITE_LIKE.search(parts[0]) and len(parts[-1]) > len(parts[0])):
        return parts[-1]
    end = next(
        (
            number
            for number, part in enumerate(parts[1:], 1)
            if part in (site, organ) or (_SITE_LIKE.search(part) and len(part) < 30)
        ),
        None,
    )
    if end is None:
        return head
    cut = head.find(parts[end], len(parts[0]))
    kept = _SUFFIX.split(head[:cut])
    # Column names stand between the title and the site's name; a title with a dash of its own is longer than they.
    while len(kept) > 1 and len(kept[-1]) <= 8:
        kept.pop()
    joined = head[: head.find(kept[-1], len("".join(kept[:-1]))) + len(kept[-1])] if kept else head
    return joined.strip() or head


def find_body(layout: Layout) -> int:
    """The element that holds the text; -1 where there is none.

    A known container with half of it, else the smallest with most of it, and of that the part that holds the sentences.
    """
    tree, roles = layout.tree, layout.roles
    body = tree.by_tag.get("body", [0] if tree.tags else [])
    if not body:
        return -1
    root = body[0]
    total = layout.plain_in(root)
    best, best_size = -1, 0
    weak, weak_size = -1, 0
    for element in tree.telling:
        names = _told_by(tree.names[element])
        if not names or roles[element] in (NAV, FOOTER):
            continue
        if names & _STRONGLY:
            size = layout.plain_in(element)
            # The innermost of two with the same text: an outer one may hold the line of date and source.
            inside = best < element < tree.ends[best] if best >= 0 else False
            if size > best_size * 1.02 or (
                inside and size and size >= best_size * (_SOME if _better(layout, element, best) else _MOST)
            ):
                best, best_size = element, max(size, best_size)
        elif names & _WEAKLY:
            size = layout.plain_in(element)
            if size >= weak_size and size > _HALF * total:
                weak, weak_size = element, size
    if best >= 0 and layout.plain_in(best) >= min(total * 0.3, 200):
        return best
    dense = _densest(layout, weak if weak >= 0 else root)
    return _around_sentences(layout, dense)


@lru_cache(maxsize=2048)
def _told_by(classes: str) -> int:
    """What an element's class and id say it holds: a sum of _STRONGLY, _WEAKLY and _TITLED."""
    names = classes.split()
    return (
        _STRONGLY * any(_STRONG.fullmatch(name) for name in names)
        + _WEAKLY * any(_WEAK.fullmatch(name) for name in names)
        + _TITLED * any(_TITLE_NAME.fullmatch(name) for name in names)
    )


def named(layout: Layout, element: int) -> bool:
    """True where the element's name says that it holds an article's text."""
    return _names_text(layout.tree.names[element])


@lru_cache(maxsize=2048)
def _names_text(classes: str) -> bool:
    return any(_STRONG.fullmatch(name) and not _GENERAL.match(name) for name in classes.split())


def _better(layout: Layout, element: int, other: int) -> bool:
    """True where the element is named for an article's text and the other for a part of the page (main-content)."""
    return named(layout, element) and not named(layout, other)


def _densest(layout: Layout, root: int) -> int:
    """Walk down while one child holds nearly all of the text, and stay above single paragraphs."""
    return _holding(layout.tree, layout.plain, root)


def _holding(tree: Tree, sizes: Sequence[int], root: int) -> int:
    """The innermost element with four fifths of what `sizes` (a running sum by run) counts, above paragraphs."""
    current = root
    while True:
        size = sizes[tree.lasts[current]] - sizes[tree.firsts[current]]
        if not size:
            return root
        child = current + 1
        while child < tree.ends[current]:
            inside = sizes[tree.lasts[child]] - sizes[tree.firsts[child]]
            if inside * 5 >= size * 4 and tree.tags[child] not in _PARAGRAPHS:
                break
            child = tree.ends[child]
        else:
            return current
        current = child


def _around_sentences(layout: Layout, element: int) -> int:
    """The part of an unnamed container that holds the sentences: menus and notices around have next to none.

    What follows the text - a table, the signature - belongs to it, where no more than a few lines stand before.
    """
    tree, roles = layout.tree, layout.roles
    sizes = [0] * len(tree.texts)
    whole = "".join(tree.texts)
    standing = [word for sign, word in _STANDING if sign in whole and word in whole]
    for line in layout.lines:
        text = line.text
        if _SENTENCE in text and roles[line.element] == MAIN and not line.linked:
            stands = standing and len(text) < _LONGEST_TITLE and any(word in text for word in standing)
            sizes[line.first] = 0 if stands else len(text)
    sentences = list(itertools.accumulate(sizes, initial=0))
    if sentences[tree.lasts[element]] - sentences[tree.firsts[element]] < _TEXT:
        return element
    found = outer = _holding(tree, sentences, element)
    for _ in range(_LEVELS):
        if outer in (element, 0) or tree.tags[tree.parents[outer]] == "body":
            break
        outer = tree.parents[outer]
        above = layout.lines_between(tree.firsts[outer], tree.firsts[found])
        if len(above) > _ABOVE or any(line.linked for line in above):
            break
        below = layout.lines_between(tree.lasts[found], tree.lasts[outer])
        if any(tree.tags[line.element] in ("td", "th") or _SIGNED.fullmatch(line.text) for line in below):
            found = outer
    return found
