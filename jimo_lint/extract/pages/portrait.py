"""Finds the portrait on the page of one person: a picture that bears the name, or stands beside it or in its text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from jimo_lint.extract.markup.layout import MAIN, Layout
from jimo_lint.extract.markup.tree import Tree
from jimo_lint.network.address import kind_of

_LONGEST = 14  # characters up to which a title may be a name, with a post before it
_LONGEST_ALT = 30
_BESIDE = 4  # lines between the picture and the name: post, division of work, a tab or two
_SMALLEST = 48  # pixels; what is smaller is a mark
_TOLD = re.compile(r"照片|头像|肖像|证件照|标准照|半身照|大头照")
# Marks, buttons and what stands where there is no picture, by their file's or their alternative text's words.
_OTHER = re.compile(
    r"(?<![a-z])(?:icons?|ico|logo|banner|bg|line|dot|arrow|btn|button|share|qr|qrcode|code|ewm|erweima|wx|weixin"
    r"|wechat|wb|weibo|print|dayin|search|blank|spacer|loading|close|home|back|top|title|tit|jiucuo|zhaocuo"
    r"|no[-_]?(?:pic|photo|img|image)|default)\d{0,2}(?![a-z])",
    re.I,
)
_OTHER_WORDS = re.compile(r"二维码|微信|微博|打印|分享|图标|标志|标识|返回|首页|找错|无障碍|适老|扫一扫|暂无|没有照片")


def bears_name(alt: str, title: str) -> bool:
    """True for an alternative text that is the person's name, or says that this is a portrait."""
    said, name = "".join(alt.split()), "".join(title.split())
    if not said or len(said) > _LONGEST_ALT or _OTHER_WORDS.search(said):
        return False
    return _TOLD.search(said) is not None or (len(said) > 1 and (said in name or (len(name) > 1 and name in said)))


def is_shown(layout: Layout, title: str, holder: int) -> bool:
    """True where a page whose title may be a name shows a portrait. holder: the element of its text, or -1."""
    tree = layout.tree
    name = "".join(title.split())
    if not 1 < len(name) <= _LONGEST:
        return False
    likely = []
    for picture in tree.by_tag.get("img", ()):
        attrs = tree.attrs[picture]
        if bears_name(attrs.get("alt") or "", title):
            return True
        if layout.roles[picture] == MAIN and not _is_other(attrs) and not _leads_on(layout, picture):
            if holder >= 0 and holder < picture < tree.ends[holder] and tree.tags[holder] != "body":
                return True
            likely.append(picture)
    return bool(likely) and _beside_name(layout, likely, name)


def _is_other(attrs: Mapping[str, str | None]) -> bool:
    """True for a mark, a button, or what stands in place of a portrait that is not there."""
    sizes = [attrs.get(side) or "" for side in ("width", "height")]
    if any(size.isdecimal() and int(size) < _SMALLEST for size in sizes):
        return True
    path = (attrs.get("src") or "").partition("?")[0]
    return _OTHER.search(path.rpartition("/")[2]) is not None or _OTHER_WORDS.search(attrs.get("alt") or "") is not None


def _leads_on(layout: Layout, picture: int) -> bool:
    """True for a picture that leads to another page, as banners do; a portrait may lead to itself in full size."""
    anchor = layout.anchors[picture]
    href = layout.tree.attrs[anchor].get("href") or "" if anchor >= 0 else ""
    return kind_of(href) == "page" and href.strip()[:1] not in ("", "#") and not href.startswith("javascript:")


def _beside_name(layout: Layout, pictures: Sequence[int], name: str) -> bool:
    """True where one of the pictures stands a few lines from the name, in a box of the page with it."""
    tree = layout.tree
    starts = [line.first for line in layout.lines]
    for number, line in enumerate(layout.lines):
        if layout.roles[line.element] != MAIN or line.linked or tree.tags[line.element] == "title":
            continue
        if name in "".join(line.text.split()):
            for picture in pictures:
                near = abs(bisect_left(starts, tree.firsts[picture]) - number) <= _BESIDE
                if near and _in_one_box(tree, picture, line.element):
                    return True
    return False


def _in_one_box(tree: Tree, picture: int, element: int) -> bool:
    """True where something smaller than the page holds both."""
    box = tree.parents[picture]
    while box >= 0 and not box <= element < tree.ends[box]:
        box = tree.parents[box]
    return box >= 0 and tree.tags[box] not in ("body", "html")
