"""Reads a plain list of links, one address a line or a column of a table: posts known by their address alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jimo_lint.extract.dates import machine_times
from jimo_lint.model import Block, Document, PostFacts, Problem, ProblemCode
from jimo_lint.model.problems import Args
from jimo_lint.readers.archives.formats import post
from jimo_lint.readers.source import Source
from jimo_lint.readers.tables import table
from jimo_lint.readers.tables.headers import Cells, find_header
from jimo_lint.readers.tables.sheets import sheets

_ADDRESS = re.compile(r"(?<!\]\()https?://[^\s<>\"'，。；、）】》]+", re.I)
# What stands before the address of a line: number, bullet, and perhaps the title.
_NUMBERING = re.compile(r"^\s*(?:[(（]?\d+[)）.、:：]|\d+\s|[-*•·])?\s*")
_COLUMNS = {
    "url": ("链接", "网址", "文章链接", "链接地址", "原文链接", "推文链接", "发布链接", "url", "link"),
    "title": ("标题", "文章标题", "内容标题", "推文标题", "名称", "题目"),
    "time": ("发布时间", "发布日期", "日期", "时间"),
    "account": ("账号名称", "公众号", "新媒体名称", "公众号名称", "账号"),
    "platform": ("平台", "发布平台", "平台类型"),
}


class LinkList:
    """Rows with an address in most of them and no column for the time; nothing is fetched."""

    NAME = "link-list"
    TITLE = "链接清单（每行一个网址）"
    PROVES_SILENCE = False

    @staticmethod
    def sign(source: Source) -> str:
        """An address in most of the first rows of a sheet or lines of a text."""
        for sheet, head in table.heads(source):
            if _is_list(head):
                return f"{sheet and f'工作表“{sheet}”'}多数行里有网址"
        return ""

    @staticmethod
    def read(source: Source) -> Iterator[Document | Problem]:
        """One document an address, with the title that stands beside it; one note says what was not read."""
        titled = bare = 0
        heads = dict(enumerate(head for _, head in table.heads(source)))
        for number, sheet in enumerate(sheets(source)):
            head = heads.get(number, [])
            if not _is_list(head):
                continue
            header = find_header(head, _COLUMNS)
            for row, cells in sheet.rows:
                if header and row <= header.row:
                    continue
                line = "\t".join(table.text(cell) for cell in cells)
                found = _ADDRESS.search(line)
                if not found:
                    continue
                cell = {
                    field: table.text(cells[index])
                    for field, index in (header.columns if header else {}).items()
                    if index < len(cells)
                }
                title = cell.get("title", "") if header else _NUMBERING.sub("", line[: found.start()]).strip(" \t:：-—")
                titled += bool(title)
                bare += not title
                where = f"{sheet.name} 第 {row} 行".strip()
                yield post.Entry(
                    title=title or found[0],
                    blocks=[Block("title", title, f"{where} 标题")] if title else (),
                    url=found[0].rstrip(".,;:"),
                    published=machine_times.parse(cell.get("time")),
                    facts=PostFacts(
                        form="address-only",
                        account_name=cell.get("account", ""),
                        platform=cell.get("platform", ""),
                    ),
                ).document(f"{source.place} {where}", LinkList.NAME)
        if titled:
            counts: Args = {"count": titled + bare, "titled": titled}
            yield Problem(ProblemCode.TITLED_LINK_LIST, source.place, counts)
        elif bare:
            yield Problem(ProblemCode.LINK_LIST, source.place, {"count": bare})


def _is_list(head: list[tuple[int, Cells]]) -> bool:
    """Whether at least half of the rows have an address."""
    found = sum(any(isinstance(cell, str) and _ADDRESS.search(cell) for cell in cells) for _, cells in head)
    return found > 0 and found * 2 >= len(head)
