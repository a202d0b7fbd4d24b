"""Says by its heading whether a list is the page's own or stands beside that."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from enum import IntEnum

from jimo_lint.extract.lists.row_titles import CONTROL
from jimo_lint.extract.markup.layout import Layout

_OF_BOX = re.compile(r"热门|热点|推荐|排行|相关|点击|猜你|延伸阅读|最新更新|最近更新|浏览历史|友情链接|图片新闻")
_OF_ANY = re.compile(r"\d|标题|名称|日期|时间|序号|列表|目录|全部|搜索|检索|查询|筛选|置顶|头条|[^\w\s]")
_HAN = re.compile(r"[一-鿿]{2}")
_LONGEST = 12


class Heading(IntEnum):
    """What a list is headed by. OWN: the page's name or its breadcrumb. OTHER: the name of something else.

    BOX: what heads the lists beside a page's own on all sites (热门, 推荐).
    """

    NONE = 0
    OTHER = 1
    OWN = 2
    BOX = 3


def heading(layout: Layout, titles: Sequence[int], element: int, name: str) -> Heading:
    """What stands right before an element. titles: the elements of the page's links, in order; name: its `<title>`."""
    lines, tree = layout.lines, layout.tree
    index = bisect_left(lines, tree.firsts[element], key=lambda line: line.first) - 1
    for line in lines[max(index - 1, 0) : index + 1][::-1]:
        if CONTROL.fullmatch(line.text):
            continue
        if layout.in_crumbs(line.element):
            return Heading.OWN
        if len(line.text) > _LONGEST or _is_menu(layout, titles, line.element, element):
            return Heading.NONE
        if line.text in name:
            return Heading.OWN
        if _OF_BOX.search(line.text):
            return Heading.BOX
        return Heading.OTHER if _HAN.search(line.text) and not _OF_ANY.search(line.text) else Heading.NONE
    return Heading.NONE


def _is_menu(layout: Layout, titles: Sequence[int], element: int, before: int) -> bool:
    """True where the largest element around a line that ends before the list holds two links or more."""
    tree = layout.tree
    while tree.parents[element] >= 0 and tree.ends[tree.parents[element]] <= before:
        element = tree.parents[element]
    return bisect_left(titles, tree.ends[element]) - bisect_left(titles, element) > 1
