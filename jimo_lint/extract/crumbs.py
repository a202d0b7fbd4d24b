"""Reads the breadcrumb of a page: the names of the columns above it, from the home page down."""

from __future__ import annotations

import re

from jimo_lint.extract.layout import Layout
from jimo_lint.extract.tree import tidy

BETWEEN = " > "  # what stands between two names where a trail is one text

_NAMED = re.compile(
    r"(?:^|[\W_])(?:bread)?(?:crumbs?|curmb)|breadcrumb|bread_?nav|dqwz|weizhi|(?:^|\s)(?:position|location)", re.I
)
_LABEL = re.compile(r"^[^\w]*+[您你]?(?:的|现在|当前|所在)*+位置(?:是|为)?\s*+[:：]?\s*+")
_SEPARATOR = re.compile(r"\s*[>＞»›》→/|｜\\]+\s*|\s+[-–—]+\s+|\s{3,}")
_EDGE = "：:-–—_·•[]【】《〉>〈 \u3000"
_HOME = frozenset(("首页", "网站首页", "主页", "本站首页", "门户首页", "本站", "home"))
_HERE = frozenset(("正文", "内容", "列表", "详情", "浏览文章", "文章内容", "信息内容", "列表页", "详细内容"))
_LONGEST = 160  # characters of a whole trail; more is a menu
_DEEPEST = 7


def trail(layout: Layout) -> tuple[str, ...]:
    """The names, without the home page and without 正文; empty where the page shows no breadcrumb."""
    for first, last in _places(layout):
        names = _names(layout, first, last)
        if names:
            return names
    return ()


def _places(layout: Layout) -> list[tuple[int, int]]:
    """Runs of text that may hold the trail: lines that say 当前位置, then elements whose name says it."""
    tree = layout.tree
    places = []
    for first, last in layout.crumb_lines:
        element = tree.owners[first]
        for _ in range(3):  # in a list every name is a line of its own, so what follows the label is taken in
            if tree.lasts[element] > last or tree.parents[element] < 0:
                break
            element = tree.parents[element]
        outer = (tree.firsts[element], tree.lasts[element])
        alone = not _names(layout, first, last)
        places.append(outer if alone and outer[1] > last else (first, last))
    for element in tree.telling:
        if _NAMED.search(tree.names[element]):
            places.append((tree.firsts[element], tree.lasts[element]))
    return places


def _names(layout: Layout, first: int, last: int) -> tuple[str, ...]:
    tree, anchors = layout.tree, layout.anchors
    if sum(len(text.strip()) for text in tree.texts[first:last]) > _LONGEST:
        return ()
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
    kept = [name for raw in names if len(name := tidy(raw).strip(_EDGE)) > 1 and not _LABEL.fullmatch(name)]
    while kept and kept[0].lower() in _HOME:
        kept.pop(0)
    while kept and kept[-1] in _HERE:
        kept.pop()
    return tuple(kept) if len(kept) <= _DEEPEST else ()
