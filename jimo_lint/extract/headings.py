"""Finds the heading of a list, and says which ones head a box beside the page's own list."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from jimo_lint.extract.layout import Layout
from jimo_lint.extract.titles import CONTROL

_OF_BOX = re.compile(r"热门|热点|推荐|排行|相关|点击|猜你|延伸阅读|最新更新|最近更新|浏览历史|友情链接|图片新闻")
_LONGEST = 12


def of_box(heading: str) -> bool:
    """True for what heads the lists beside a page's own."""
    return _OF_BOX.search(heading) is not None


def above(layout: Layout, titles: Sequence[int], element: int) -> str:
    """The short line right before an element, "" where there is none or where it is the last entry of a menu.

    titles: the elements of the page's links, in order.
    """
    lines, tree = layout.lines, layout.tree
    index = bisect_left(lines, tree.firsts[element], key=lambda line: line.first) - 1
    for line in lines[max(index - 1, 0) : index + 1][::-1]:
        if CONTROL.fullmatch(line.text):
            continue
        # The largest element around the line and before the list: with two links or more, it is a menu.
        around = line.element
        while tree.parents[around] >= 0 and tree.ends[tree.parents[around]] <= element:
            around = tree.parents[around]
        menu = bisect_left(titles, tree.ends[around]) - bisect_left(titles, around) > 1
        return line.text if len(line.text) <= _LONGEST and not menu else ""
    return ""
