"""Says which links can be rows of a list, and what such a row is called."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import lru_cache
from itertools import groupby

from jimo_lint.extract.links.page_links import Anchor
from jimo_lint.extract.markup.layout import Layout
from jimo_lint.extract.markup.tree import INLINE, tidy

# What leads from a summary to its text: 查看全文, 点击查看更多内容, 全文阅读, 点击进入.
ONWARD = (
    r"(?:请|立即|继续)?(?:点击|点此)?(?:这里|此处)?(?:查看|阅读|浏览|了解|进入|继续)?"
    r"(?:更多|全部|全文|原文|正文|详情|详细|阅读|查看|浏览|进入)"
    r"(?:内容|信息|介绍|情况)?(?:阅读|查看)?"
)
CONTROL = re.compile(
    r"(?:[\[【(（<《«‹…]?\s*(?:首\s*页|上一?页|下一?页|前一?页|后一?页|上一?[篇条]|下一?[篇条]|尾\s*页|末\s*页|第一页|最后一?页"
    rf"|{ONWARD}"
    r"|(?:read\s?)?more|details?"
    r"|返回|返回首页|返回顶部|返回列表|关闭|关闭窗口|打印|打印本页|收藏"
    r"|加入收藏|设为首页|分享(?:到.*)?|QQ(?:空间|好友)|新浪微博|腾讯微博|微信(?:好友)?|朋友圈|人人网|跳转|确定|next|prev|previous|first|last|go|\d+)\s*[\]】)）>》»›.…+]*|[\W\d_]+)",
    re.I,
)
_NEIGHBOUR = re.compile(r"[\W_]*[上下前后]一?[篇条则]\W")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_TITLED = _HEADINGS | {"dt", "strong", "b"}
_NAMED = re.compile(r"\b(?:tit|title|bt|biaoti)\b", re.I)
# What is left of `日期：<span>2026-01-20</span>` without its date.
_LABEL = re.compile(r"[\s\[(（【|·-]{0,4}(?:(?:发布|发文|更新|成文)?(?:日期|时间)\s?[:：])?[\s\])）】|·-]{0,4}$")
# PowerEasy writes `title="标题：…点击数：28 发表时间：…"`.
_TOLD = re.compile(r"标题\s*+[:：]\s*+(.+?)(?<!\s)\s*+(?:(?:作者|点击数|(?:发表|更新|发布)?(?:时间|日期))\s*+[:：].*)?")
# What a card shows beside its title: a mark, or a month in English.
_BADGE = re.compile(r"[\[【]?(?:置顶|最新|推荐|热点|热门|头条|图文|图片|视频|专题|原创|转载|要闻)[\]】]?|[^一-鿿]*")
_NEW = frozenset(("new", "new!", "hot"))  # beside a title, by itself
_BULLET = "·•▪■□◆◇◎●►▶→» \u3000"
_SUMMARY = re.compile(r"[^，。；]*+[，。；].*(?:…|\.{3})", re.S)  # clauses that end in dots
_ALIKE = 6  # characters by which a title that is cut with dots is known in the full one


def is_title(anchor: Anchor) -> bool:
    """True for an anchor that can be a row's title: not a pager, 更多, a date or a single character."""
    text = anchor.text
    return len(text) > 1 and anchor.kind not in ("mail", "empty") and not _leads_around(text)


@lru_cache(maxsize=2048)
def _leads_around(text: str) -> bool:
    return CONTROL.fullmatch(text) is not None or _NEIGHBOUR.match(text) is not None


def is_heading(layout: Layout, element: int) -> bool:
    """True for an element that is marked as the title of an entry, by its tag or its name."""
    return layout.tree.tags[element] in _TITLED or _NAMED.search(layout.tree.names[element]) is not None


def better(layout: Layout, one: Anchor, other: Anchor) -> Anchor:
    """Of two links that may be a row's title, the longer; but never the summary of what the other is the heading of."""
    if one.url == other.url:
        if (headed := _heads(layout, one)) != _heads(layout, other):
            return one if headed else other
        said = layout.text_in(one.element)  # not what a picture is called
        if _SUMMARY.fullmatch(other.text) and len(said) >= _ALIKE and said[:_ALIKE] != other.text[:_ALIKE]:
            return one
    return other if len(other.text) > len(one.text) else one


def _heads(layout: Layout, anchor: Anchor) -> bool:
    return is_heading(layout, anchor.element) or is_heading(layout, layout.tree.parents[anchor.element])


def row_title(layout: Layout, anchor: Anchor, dated: Container[int], edge: str = "") -> str:
    """What a row is called, in full: `title="…"` where the text of the link is cut with dots.

    dated: the runs of text that are nothing but a date. They are no part of a title, and neither is the summary
    that a card shows below it. edge: the date at its beginning or end that is none either.
    """
    full = tidy(" ".join((layout.tree.attrs[anchor.element].get("title") or "").split()))
    if "标题" in full and (told := _TOLD.fullmatch(full)):
        full = told[1]
    shown = _shown(layout, anchor, dated, full).lstrip(_BULLET) or anchor.text
    if edge:
        full, shown = _without(full, edge), _without(shown, edge)
    cut = shown.rstrip(".…·")
    if not full or len(full) <= len(cut):
        return shown
    behind = cut != shown and cut[-_ALIKE:] in full  # 【公告】关于…: what stands before it is no part of the title
    return full if not cut or full.startswith(cut[:_ALIKE]) or behind else shown


def _without(title: str, edge: str) -> str:
    if "年" in edge:  # 空气质量日报（2026年1月20日）: an author writes so, a system does not
        return title
    return title.removesuffix(edge).removeprefix(edge).strip(_BULLET + " ")


def _shown(layout: Layout, anchor: Anchor, dated: Container[int], full: str) -> str:
    """The title among what a link shows: its heading, what its tooltip repeats, else what comes first."""
    tree, element = layout.tree, anchor.element
    pieces = list(_pieces(layout, anchor, dated)) if tree.lasts[element] - tree.firsts[element] > 1 else []
    if not pieces:
        return anchor.text
    if len(pieces) > 1:
        pieces = [piece for piece in pieces if not _BADGE.fullmatch(piece[1])] or pieces
        for block, text in pieces:
            if tree.tags[block] in _HEADINGS:
                return text
        for _, text in pieces:
            if full and full.startswith(text.rstrip(".…·")):
                return text
    return pieces[0][1]


def _pieces(layout: Layout, anchor: Anchor, dated: Container[int]) -> Iterator[tuple[int, str]]:
    """The texts that a link shows, each with its element, without dates and their labels."""
    tree = layout.tree
    shown = range(tree.firsts[anchor.element], tree.lasts[anchor.element])
    for block, runs in groupby(shown, lambda run: _block(layout, tree.owners[run], anchor.element)):
        every = [run for run in runs if tree.texts[run].strip().lower() not in _NEW]
        kept = [tree.texts[run] for run in every if run not in dated]
        text = tidy("".join(kept))
        if len(kept) < len(every):
            text = _LABEL.sub("", text)
        if text and not CONTROL.fullmatch(text):
            yield block, text


def _block(layout: Layout, element: int, anchor: int) -> int:
    """The element inside the link that sets this text apart from others, else the link itself."""
    tags, parents = layout.tree.tags, layout.tree.parents
    while element > anchor and tags[element] in INLINE:
        element = parents[element]
    return max(element, anchor)
