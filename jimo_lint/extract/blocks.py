"""Cuts a page's visible text into blocks that lead a person back to the place."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from jimo_lint.extract.address import kind_of
from jimo_lint.extract.layout import FOOTER, MAIN, Layout, Line
from jimo_lint.extract.tree import INLINE, Tree, tidy
from jimo_lint.model import Block
from jimo_lint.text import goes_on

_CHECKED_METAS = {
    "articletitle": "ArticleTitle",
    "keywords": "Keywords",
    "description": "Description",
    "columnname": "ColumnName",
    "columndescription": "ColumnDescription",
    "columnkeywords": "ColumnKeywords",
    "sitename": "SiteName",
}
_NOTICE = re.compile(
    r"(?:暂无|暂时没有|暂没有|没有|尚无|未有)(?:任何|相关|最新|新增|更新|符合条件|您要查找|查询到|的|发布|公开)*"
    r"(?:信息|数据|内容|记录|文章|新闻|资料|动态|文件|公告|更新)"
    r"|(?:栏目|内容|网站|页面|频道|正在|资料)(?:正在)?(?:建设|更新|完善|维护|整理)中|敬请期待|共\s*(?:有\s*)?0\s*[条篇项]"
)
_NOTICE_LENGTH = 40
_FURNITURE = re.compile(
    r"^[^\w]*(?:您?(?:的|现在的?|当前的?|所在的?)?位置|当前位置|首页\s*[>》»/])|共\s*\d+\s*[条页]|浏览(?:次数|量)|字[体号](?:大小)?\s*[:：【\[]"
    r"|(?:日期|时间)\s*[:：]\s*\d{4}|上一[页篇条]|下一[页篇条]|分享"
)
_FURNITURE_LENGTH = 100
_HEAD = 3  # lines at the top of a text's box down to its title: 信息详情, a line above it
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "th"))
_CELLS = frozenset(("td", "th"))
_INDENTS = ("\u3000", "\xa0")


class Text(NamedTuple):
    """The text of a page. body: the running text; main: body and what stands around it, without footer.

    before, running, after: the visible lines above, in and below the running text.
    own: code points of running text that are no breadcrumb, pager or line of date and source.
    """

    blocks: tuple[Block, ...]
    body: str
    main: str
    foot: Sequence[Line]
    whole: str
    before: Sequence[Line]
    running: Sequence[Line]
    after: Sequence[Line]
    notice: bool
    own: int


def compose(layout: Layout, metas: Mapping[str, str], title: str, holder: int, *, known: bool) -> Text:
    """Blocks in the order title, metas, body, attachments, alternative texts, the rest, footer.

    known: the name of the holder says that it holds a text; another may hold what stands above the text as well.
    """
    tree, roles = layout.tree, layout.roles
    start, end = (tree.firsts[holder], tree.lasts[holder]) if holder >= 0 else (0, 0)
    lines = [line for line in layout.lines if tree.tags[line.element] != "title"]
    body: list[Line] = []
    before: list[Line] = []
    after: list[Line] = []
    foot: list[Line] = []
    notice = False
    for line in lines:
        role = roles[line.element]
        if role == FOOTER or line.first >= layout.footer_run:
            foot.append(line)
        elif role == MAIN and start <= line.first < end:
            body.append(line)
        elif line.first < end:
            before.append(line)
        else:
            after.append(line)
        if not notice and role == MAIN and len(line.text) <= _NOTICE_LENGTH and not line.linked:
            notice = _tells_of_nothing(line.text)
    if not known:
        begin = _begin(body, title)
        before += body[:begin]
        body = body[begin:]
    blocks = [Block("title", title, "标题")] if title else []
    blocks += [
        Block("meta", metas[name], f"meta {shown}")
        for name, shown in _CHECKED_METAS.items()
        if metas.get(name) and metas[name] != title
    ]
    # Only a `<br>` parts lines of one paragraph.
    above = [None, *body[:-1]] if body and "br" in tree.by_tag else [None] * len(body)
    blocks += [
        _paragraph(layout, line, number, holder, before)
        for number, (before, line) in enumerate(zip(above, body, strict=True), 1)
    ]
    blocks += _alternatives(layout)
    # The title's own line is the title block already; a fault in it is one fault.
    if elsewhere := [line.text for line in before + after if line.text != title]:
        blocks.append(Block("nav", "\n".join(elsewhere), "导航和其他文字"))
    if foot:
        blocks.append(Block("footer", "\n".join([line.text for line in foot]), "页脚"))
    body_text = "\n".join(line.text for line in body if not line.linked)
    whole = "\n".join(line.text for line in lines)
    own = sum(layout.plain[line.last] - layout.plain[line.first] for line in body if _says(layout, line, title))
    return Text(
        tuple(blocks),
        body_text,
        "\n".join([line.text for line in (*before, *body, *after)]),
        foot,
        whole,
        before,
        body,
        after,
        notice,
        own,
    )


def _begin(lines: Sequence[Line], title: str) -> int:
    """The line with which the text begins: below title, date and source, where more stands below them than above."""
    place = next((number for number, line in enumerate(lines) if line.text == title and not line.linked), -1)
    above = lines[: place + 1]
    if len(above) > _HEAD and not any(line.linked for line in above):
        return 0  # a name in the middle of a text; menus have links
    if not above or sum(len(line.text) for line in lines[place + 1 :]) < sum(len(line.text) for line in above):
        return 0
    return next((number for number in range(place + 1, len(lines)) if not _is_above(lines[number].text)), 0)


def _is_above(text: str) -> bool:
    return len(text) <= _FURNITURE_LENGTH and _is_furniture(text)


def _says(layout: Layout, line: Line, title: str) -> bool:
    """True for a line of text: no heading, breadcrumb, pager or line of date and source."""
    if line.linked or layout.tree.tags[line.element] in _HEADINGS or line.text == title:
        return False
    return not _is_above(line.text)


@lru_cache(maxsize=8192)
def _tells_of_nothing(text: str) -> bool:
    return _NOTICE.search(text) is not None


@lru_cache(maxsize=8192)
def _is_furniture(text: str) -> bool:
    return _FURNITURE.search(text) is not None


def _paragraph(layout: Layout, line: Line, number: int, holder: int, before: Line | None) -> Block:
    tree = layout.tree
    element = line.element
    kind = "body"
    if "td" in tree.by_tag or "th" in tree.by_tag:
        while element > holder:
            if tree.tags[element] in _CELLS:
                kind = "table"
                break
            element = tree.parents[element]
    attachment = layout.anchors[line.element]
    if line.linked and attachment >= 0 and kind_of(tree.attrs[attachment].get("href") or "") == "attachment":
        kind = "attachment"
    if before is None or kind != "body":
        return Block(kind, line.text, f"正文第 {number} 段")
    continues = goes_on(before.text, line.text) and _one_break(layout, before, line)
    return Block(kind, line.text, f"正文第 {number} 段", continues=continues)


def _one_break(layout: Layout, before: Line, line: Line) -> bool:
    """True where nothing but one `<br>` stands between two lines of a text: no border, no indent, no menu's links."""
    tree = layout.tree
    box = _box(tree, line.element)
    if before.linked or line.linked or box != _box(tree, before.element) or tree.tags[box] in _CELLS:
        return False
    if "".join(tree.texts[before.last : line.first + 1]).lstrip(" \t\n\r")[:1] in _INDENTS:
        return False
    between = range(bisect_left(tree.firsts, before.last), bisect_right(tree.firsts, line.first))
    return [tree.tags[element] for element in between if tree.tags[element] not in INLINE] == ["br"]


def _box(tree: Tree, element: int) -> int:
    """The element that the line of this one stands in."""
    while element >= 0 and tree.tags[element] in INLINE:
        element = tree.parents[element]
    return element


def _alternatives(layout: Layout) -> list[Block]:
    tree = layout.tree
    blocks: list[Block] = []
    for number, element in enumerate(tree.by_tag.get("img", ()), 1):
        alt = tidy(tree.attrs[element].get("alt") or "")
        if len(alt) > 1 and not (tree.templated and "{{" in alt):
            blocks.append(Block("alt", alt, f"图 {number} 的替代文字"))
    return blocks
