"""Cuts a page's visible text into blocks that lead a person back to the place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from jimo_lint.extract.address import kind_of
from jimo_lint.extract.layout import FOOTER, MAIN, Layout, Line
from jimo_lint.extract.tree import tidy
from jimo_lint.model import Block

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
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "th"))
_CELLS = frozenset(("td", "th"))


class Text(NamedTuple):
    """The text of a page. body: the running text; main: body and what stands around it, without footer.

    before_body, body_start, after_body: where a labelled date may stand; near_title: the lines below the title.
    own: code points of running text that are no breadcrumb, pager or line of date and source.
    """

    blocks: tuple[Block, ...]
    body: str
    main: str
    footer: str
    whole: str
    before_body: str
    body_start: str
    after_body: str
    near_title: str
    notice: bool
    own: int


def compose(layout: Layout, metas: Mapping[str, str], title: str, holder: int) -> Text:
    """Blocks in the order title, metas, body, attachments, alternative texts, the rest, footer."""
    tree, roles = layout.tree, layout.roles
    start, end = (tree.firsts[holder], tree.lasts[holder]) if holder >= 0 else (0, 0)
    lines = [line for line in layout.lines if tree.tags[line.element] != "title"]
    body: list[Line] = []
    before: list[str] = []
    after: list[str] = []
    foot: list[str] = []
    notice = False
    for line in lines:
        role = roles[line.element]
        if role == FOOTER or line.first >= layout.footer_run:
            foot.append(line.text)
        elif role == MAIN and start <= line.first < end:
            body.append(line)
        elif line.first < end:
            before.append(line.text)
        else:
            after.append(line.text)
        if not notice and role == MAIN and len(line.text) <= _NOTICE_LENGTH and not line.linked:
            notice = _tells_of_nothing(line.text)
    blocks = [Block("title", title, "标题")] if title else []
    blocks += [
        Block("meta", metas[name], f"meta {shown}")
        for name, shown in _CHECKED_METAS.items()
        if metas.get(name) and metas[name] != title
    ]
    blocks += [_paragraph(layout, line, number, holder) for number, line in enumerate(body, 1)]
    blocks += _alternatives(layout)
    # The title's own line is the title block already; a fault in it is one fault.
    if elsewhere := [text for text in before + after if text != title]:
        blocks.append(Block("nav", "\n".join(elsewhere), "导航和其他文字"))
    if foot:
        blocks.append(Block("footer", "\n".join(foot), "页脚"))
    body_lines = [line.text for line in body]
    body_text = "\n".join(line.text for line in body if not line.linked)
    near = _near_title(before, body_lines, title)
    whole = "\n".join(line.text for line in lines)
    own = sum(layout.plain[line.last] - layout.plain[line.first] for line in body if _says(layout, line, title))
    return Text(
        tuple(blocks),
        body_text,
        "\n".join([*before, *body_lines, *after]),
        "\n".join(foot),
        whole,
        "\n".join(before),
        "\n".join(body_lines[:4]),
        "\n".join(after[:12]),
        near,
        notice,
        own,
    )


def _says(layout: Layout, line: Line, title: str) -> bool:
    """True for a line of text: no heading, breadcrumb, pager or line of date and source."""
    if line.linked or layout.tree.tags[line.element] in _HEADINGS or line.text == title:
        return False
    return len(line.text) > _FURNITURE_LENGTH or not _is_furniture(line.text)


@lru_cache(maxsize=8192)
def _tells_of_nothing(text: str) -> bool:
    return _NOTICE.search(text) is not None


@lru_cache(maxsize=8192)
def _is_furniture(text: str) -> bool:
    return _FURNITURE.search(text) is not None


def _paragraph(layout: Layout, line: Line, number: int, holder: int) -> Block:
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
    return Block(kind, line.text, f"正文第 {number} 段")


def _alternatives(layout: Layout) -> list[Block]:
    tree = layout.tree
    blocks: list[Block] = []
    for number, element in enumerate(tree.by_tag.get("img", ()), 1):
        alt = tidy(tree.attrs[element].get("alt") or "")
        if len(alt) > 1 and not (tree.templated and "{{" in alt):
            blocks.append(Block("alt", alt, f"图 {number} 的替代文字"))
    return blocks


def _near_title(before: list[str], body: list[str], title: str) -> str:
    """Short lines from the title on, up to the first long one."""
    around = before[-12:] + body[:6]
    place = next((number for number, text in enumerate(around) if title and text == title), None)
    if place is None:
        around, place = before[-5:] + body[:2], -1
    near: list[str] = []
    for text in around[place + 1 : place + 7]:
        if len(text) > 100:
            break
        near.append(text)
    return "\n".join(near)
