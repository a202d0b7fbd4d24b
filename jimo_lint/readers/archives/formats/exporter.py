"""Reads the list of articles that wechat-article-exporter writes as a workbook or as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from jimo_lint.extract.dates import machine_times
from jimo_lint.model import Block, Document, PostFacts, PostState, Problem
from jimo_lint.readers.archives.formats import feed, items, post, rows
from jimo_lint.readers.source import Source
from jimo_lint.readers.tables.headers import Aliases

_ENTRY = re.compile(rb'"appmsgid"\s*:\s*\d')
# item_show_type, as in saved pages.
_PICTURE_POST = 8
_CLASSES = {5: "video", 7: "audio", 8: "picture", 10: "text"}


class ExporterTable(rows.RowTable):
    """Sheet1 with 公众号, ID, 链接, 标题 …, and 文章内容 where it was asked for."""

    NAME = "exporter-table"
    TITLE = "wechat-article-exporter 的 Excel"
    COLUMNS: ClassVar[Aliases] = {
        "account": ("公众号",),
        "id": ("ID",),
        "url": ("链接",),
        "title": ("标题",),
        "digest": ("摘要",),
        "created": ("创建时间",),
        "time": ("发布时间",),
        "author": ("作者",),
        "original": ("是否原创",),
        "class": ("文章类型",),
        "album": ("所属合集",),
        "body": ("文章内容",),
    }
    REQUIRED = ("url", "title", "created", "time", "original")


class ExporterJson:
    """A list of objects with aid, title, link, create_time, update_time and perhaps content."""

    NAME = "exporter-json"
    TITLE = "wechat-article-exporter 的 JSON"
    PROVES_SILENCE = True

    @staticmethod
    def sign(source: Source) -> str:
        """A list of objects with `appmsgid`."""
        return "JSON 列表，各条有 appmsgid" if source.start.startswith(b"[") and _ENTRY.search(source.head) else ""

    @staticmethod
    def read(source: Source) -> Iterator[Document | Problem]:
        """One document an object. InputError where it breaks off."""
        for one in items.listed(source):
            yield _post(source, one)


def _post(source: Source, one: Mapping[str, Any]) -> Document:
    field = {name: value for name, value in one.items() if isinstance(value, str)}
    title = " ".join(feed.plain(field.get("title", "")).split())
    digest = " ".join(feed.plain(field.get("digest", "")).split())
    body = post.paragraphs(feed.plain(field.get("content", "")))
    blocks = [Block("title", title, "标题")] if title else []
    blocks += body
    if digest and digest not in "".join(block.text for block in body):
        blocks.append(Block("meta", digest, "摘要"))
    written = one.get("update_time") or one.get("create_time")
    return post.Entry(
        title=title or post.shortened(blocks[0].text if blocks else ""),
        blocks=blocks,
        key=field.get("aid", ""),
        url=field.get("link", ""),
        written=str(written or ""),
        published=machine_times.parse(written),
        state=PostState.DELETED if one.get("is_deleted") is True else PostState.OK,
        facts=PostFacts(
            form=_CLASSES.get(one.get("item_show_type", 0), "article"),
            account_name=field.get("_accountName", ""),
            author=field.get("author_name", ""),
            pictures=1 if one.get("item_show_type") == _PICTURE_POST else feed.pictures(field.get("content", "")),
        ),
    ).document(source.place, ExporterJson.NAME)
