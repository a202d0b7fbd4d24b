"""Reads the breadcrumb of a page: the names of the columns above it, from the home page down."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from jimo_lint.extract.markup.layout import Layout
from jimo_lint.extract.markup.tree import tidy

_NAMED = re.compile(
    r"(?:^|[\W_])(?:bread)?(?:crumbs?|curmb)|breadcrumb|bread_?nav|dqwz|weizhi|(?:^|\s)(?:position|location)", re.I
)
_LABEL = re.compile(r"^[^\w]*+[您你]?(?:的|现在|当前|所在)*+位置(?:是|为)?\s*+[:：]?\s*+")
_SEPARATOR = re.compile(r"\s*[>＞»›》→/|｜\\]+\s*|\s+[-–—]+\s+|\s{3,}")
_EDGE = "：:-–—_·•[]【】《〉>〈 \u3000"
_HOME = frozenset(("首页", "网站首页", "主页", "本站首页", "门户首页", "本站", "home"))
# What a trail ends with that names no column: 正文, 详情页, 信息列表.
_HERE = re.compile(r"当前页|浏览文章|(?:信息|文章|新闻|内容|栏目|详细)?(?:正文|内容|列表|详情|信息|文章)页?")
_LONGEST = 160  # characters of a whole trail; more is a menu
_DEEPEST = 7


def trail(layout: Layout) -> tuple[str, ...]:
    """The names, without the home page and without 正文; empty where the page shows no breadcrumb.

    Of several lines that say 当前位置 the deepest counts, the first of equals: templates for phones, or of an earlier
    design, leave one behind that knows less.
    """
    best: tuple[str, ...] = ()
    for first, last in _said(layout):
        names = _names(layout, first, last)
        labelled = _LABEL.match(layout.tree.texts[first].strip()) is not None  # a menu begins with 首页 as well
        if len(names) > len(best) and (labelled or not best or names[: len(best)] == best):
            best = names
    if best:
        return best
    tree = layout.tree
    named = (element for element in tree.telling if _is_named(tree.names[element]))
    trails = (_names(layout, tree.firsts[element], tree.lasts[element]) for element in named)
    return next((names for names in trails if names), ())


@lru_cache(maxsize=2048)
def _is_named(names: str) -> bool:
    return _NAMED.search(names) is not None


def _said(layout: Layout) -> Iterator[tuple[int, int]]:
    """Runs of text of the lines that say 当前位置, and of the list that follows such a label."""
    tree, lines = layout.tree, layout.crumb_lines
    for first, last in lines:
        if len(_parts(layout, first, last)) > 1 or _names(layout, first, last):
            yield first, last
            continue
        element = tree.owners[first]
        for _ in range(3):  # in a list every name is a line of its own, so what follows the label is taken in
            if tree.lasts[element] > last or tree.parents[element] < 0:
                break
            element = tree.parents[element]
        outer = (tree.firsts[element], tree.lasts[element])
        apart = not any(outer[0] <= other < outer[1] for other, _ in lines if other != first)
        yield outer if apart and outer[1] > last else (first, last)


def _names(layout: Layout, first: int, last: int) -> tuple[str, ...]:
    """What stands between home page and 正文; empty for what is no trail: a menu, a text."""
    kept = _parts(layout, first, last)
    while kept and kept[0].lower() in _HOME:
        kept.pop(0)
    while kept and _HERE.fullmatch(kept[-1]):
        kept.pop()
    return tuple(kept) if len(kept) <= _DEEPEST and not any("。" in name for name in kept) else ()


def _parts(layout: Layout, first: int, last: int) -> list[str]:
    tree, anchors = layout.tree, layout.anchors
    if sum(len(text.strip()) for text in tree.texts[first:last]) > _LONGEST:
        return []
    names: list[str] = []
    linked = -1
    for run in range(first, last):
        anchor = anchors[tree.owners[run]]
        text = tree.texts[run]
        if anchor >= 0 and anchor == linked:
            names[-1] += text
        elif anchor >= 0:
            names.append(text)
        else:
            names.extend(_SEPARATOR.split(_LABEL.sub("", text.replace("\xa0", " "))))
        linked = anchor
    # A single character is a button that stands beside the trail: 字号 大 中 小.
    return [name for raw in names if len(name := tidy(raw).strip(_EDGE)) > 1 and not _LABEL.fullmatch(name)]
