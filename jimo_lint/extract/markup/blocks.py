"""Cuts a page's visible text into blocks that lead a person back to the place."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from jimo_lint.extract.markup.asides import asides
from jimo_lint.extract.markup.layout import FOOTER, MAIN, Layout, Line
from jimo_lint.extract.markup.tree import HINTED, INLINE, Tree, tidy
from jimo_lint.language.text import goes_on
from jimo_lint.model import Block
from jimo_lint.network.address import kind_of

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
_TRAIL = re.compile(r"[^\w]*(?:您?(?:的|现在的?|当前的?|所在的?)?位置|当前位置|首页\s*[>》»/])")
# Each branch looks back at its first character: a search for one of a set of characters takes a fifth of the time.
_FURNITURE = re.compile(
    r"[共浏字日时上下分](?:(?<=共)\s*\d+\s*[条页]|(?<=浏)览(?:次数|量)|(?<=字)[体号](?:大小)?\s*[:：【\[]"
    r"|(?:(?<=日)期|(?<=时)间)\s*[:：]\s*\d{4}|(?<=[上下])一[页篇条]|(?<=分)享)"
)
_FURNITURE_LENGTH = 100
_HEAD = 3  # lines at the top of a text's box down to its title: 信息详情, a line above it
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "th"))
_CELLS = frozenset(("td", "th"))
_INDENTS = ("\u3000", "\xa0")


class Text(NamedTuple):
    """The text of a page.

    before, running, after: the visible lines above, in and below the running text; foot: those of the footer.
    notice: a short line says that there is nothing to show. own: code points of running text that are no breadcrumb,
    pager or line of date and source.
    """

    blocks: tuple[Block, ...]
    lines: Sequence[Line]
    before: Sequence[Line]
    running: Sequence[Line]
    after: Sequence[Line]
    foot: Sequence[Line]
    notice: bool
    own: int

    @property
    def main(self) -> str:
        """All that is shown but the footer."""
        return "\n".join([line.text for line in (*self.before, *self.running, *self.after)])

    @property
    def whole(self) -> str:
        """All that is shown."""
        return "\n".join([line.text for line in self.lines])


# Where a block says that it is what the browser's tab shows.
HEAD_TITLE = "网页标题（title）"


def compose(layout: Layout, metas: Mapping[str, str], title: str, head: str, holder: int, *, known: bool) -> Text:
    """Blocks in the order title, `<title>`, metas, body, attachments, alternative texts, the rest, footer, asides.

    head: `<title>`, "" where it says nothing that the title does not say.
    known: the name of the holder says that it holds a text; another may hold what stands above the text as well.
    """
    tree = layout.tree
    lines = [line for line in layout.lines if tree.tags[line.element] != "title"]
    before, body, after, foot = _parted(layout, lines, holder)
    if not known:
        begin = _begin(body, title)
        before += body[:begin]
        body = body[begin:]
    blocks = [Block("title", title, "标题")] if title else []
    blocks += [Block("meta", head, HEAD_TITLE)] if head else []
    blocks += [
        Block("meta", metas[name], f"meta {shown}")
        for name, shown in _CHECKED_METAS.items()
        if metas.get(name) and metas[name] != title
    ]
    blocks += _paragraphs(layout, body, holder)
    blocks += _alternatives(layout)
    # The title's own line is the title block already; a fault in it is one fault.
    if elsewhere := [line.text for line in before + after if line.text != title]:
        blocks.append(Block("nav", "\n".join(elsewhere), "导航和其他文字"))
    if foot:
        blocks.append(Block("footer", "\n".join([line.text for line in foot]), "页脚"))
    blocks += _asides(tree, lines, holder)
    plain = layout.plain
    own = sum([plain[line.last] - plain[line.first] for line in body if _says(tree, line, title)])
    return Text(tuple(blocks), lines, before, body, after, foot, _has_notice(layout, lines), own)


def _parted(
    layout: Layout, lines: Sequence[Line], holder: int
) -> tuple[list[Line], list[Line], list[Line], list[Line]]:
    """The lines before, in and after the holder's text, and those of the footer."""
    roles, footer_run = layout.roles, layout.footer_run
    start, end = (layout.tree.firsts[holder], layout.tree.lasts[holder]) if holder >= 0 else (0, 0)
    before: list[Line] = []
    body: list[Line] = []
    after: list[Line] = []
    foot: list[Line] = []
    for line in lines:
        first, role = line.first, roles[line.element]
        if role == FOOTER or first >= footer_run:
            foot.append(line)
        elif role == MAIN and start <= first < end:
            body.append(line)
        elif first < end:
            before.append(line)
        else:
            after.append(line)
    return before, body, after, foot


def _has_notice(layout: Layout, lines: Sequence[Line]) -> bool:
    roles = layout.roles
    return any(
        len(line.text) <= _NOTICE_LENGTH
        and not line.linked
        and roles[line.element] == MAIN
        and _tells_of_nothing(line.text)
        for line in lines
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


def _says(tree: Tree, line: Line, title: str) -> bool:
    """True for a line of text: no heading, breadcrumb, pager or line of date and source."""
    text, element, _, _, linked = line
    if linked or tree.tags[element] in _HEADINGS or text == title:
        return False
    return len(text) > _FURNITURE_LENGTH or not _is_furniture(text)


@lru_cache(maxsize=2048)
def _tells_of_nothing(text: str) -> bool:
    return _NOTICE.search(text) is not None


@lru_cache(maxsize=2048)
def _is_furniture(text: str) -> bool:
    return _TRAIL.match(text) is not None or _FURNITURE.search(text) is not None


def _paragraphs(layout: Layout, lines: Sequence[Line], holder: int) -> Iterator[Block]:
    tree = layout.tree
    broken = "br" in tree.by_tag  # nothing else parts lines of one paragraph
    tabled = "td" in tree.by_tag or "th" in tree.by_tag
    above: Line | None = None
    for number, line in enumerate(lines, 1):
        kind = "table" if tabled and _in_cell(tree, line.element, holder) else "body"
        if line.linked and _is_attachment(layout, line.element):
            kind = "attachment"
        if above and kind == "body" and goes_on(above.text, line.text) and _one_break(layout, above, line):
            yield Block(kind, line.text, f"正文第 {number} 段", continues=True)
        else:
            yield Block(kind, line.text, f"正文第 {number} 段")
        above = line if broken else None


def _in_cell(tree: Tree, element: int, holder: int) -> bool:
    while element > holder:
        if tree.tags[element] in _CELLS:
            return True
        element = tree.parents[element]
    return False


def _is_attachment(layout: Layout, element: int) -> bool:
    anchor = layout.anchors[element]
    return anchor >= 0 and kind_of(layout.tree.attrs[anchor].get("href") or "") == "attachment"


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


def _asides(tree: Tree, lines: Sequence[Line], holder: int) -> Iterator[Block]:
    """No line is made of them: a page that shows nothing else is blank, whatever its search box says."""
    if tree.apart or HINTED in tree.by_tag:
        end = tree.ends[holder] if holder >= 0 else 0
        for text, place, element in asides(tree, "\n".join([line.text for line in lines])):
            yield Block("aside" if holder < element < end else "frame", text, place)


def _alternatives(layout: Layout) -> list[Block]:
    tree = layout.tree
    blocks: list[Block] = []
    for number, element in enumerate(tree.by_tag.get("img", ()), 1):
        alt = tidy(tree.attrs[element].get("alt") or "")
        if len(alt) > 1 and not ("{{" in alt and tree.templated):
            blocks.append(Block("alt", alt, f"图 {number} 的替代文字"))
    return blocks
