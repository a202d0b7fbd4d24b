"""Reads what the official WeChat interface answers: published posts, material and drafts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from jimo_lint.extract.dates import machine_times
from jimo_lint.model import Block, Document, Link, PostFacts, PostState, Problem, ProblemCode
from jimo_lint.readers.archives.formats import feed, items, post
from jimo_lint.readers.source import Source

_NEWS = re.compile(rb'"news_item"\s*:\s*\[')
_LIST = re.compile(rb'"item"\s*:\s*\[')
_TOTAL = re.compile(rb'"total_count"\s*:\s*(\d+)')
_ANCHOR = re.compile(r"<a\b[^<>]*?\bhref=[\"'](https?://[^\"'<>\s]+)[\"'][^<>]*>(.*?)</a\s*>", re.I | re.S)
_FAILED = re.compile(rb'\s*\{\s*"errcode"\s*:\s*(-?[1-9]\d*)')
# The address of a post that is out for good; of a draft or of material it is a preview that expires.
_OUT = re.compile(r"https?://mp\.weixin\.qq\.com/s(?:/|\?)")


class WechatApi:
    """freepublish/batchget, material/batchget_material and draft/batchget: one shape.

    It lists what was 发布, not what was 群发, so it never proves that an account was silent.
    """

    NAME = "wechat-api"
    TITLE = "微信公众平台接口返回的 JSON（已发布、素材、草稿）"
    PROVES_SILENCE = False

    @staticmethod
    def sign(source: Source) -> str:
        """Its list `item`, of lists `news_item`."""
        if not source.start.startswith((b"{", b"[")):
            return ""
        if _FAILED.match(source.start) and b'"errmsg"' in source.head:
            return "接口返回的是出错信息（errcode）"
        if not _LIST.search(source.head) or not _NEWS.search(source.body):
            return ""
        return "JSON 里有 item 列表和 news_item"

    @staticmethod
    def read(source: Source) -> Iterator[Document | Problem]:
        """One document an article of each message. Drafts, and material that may never go out, have no time."""
        if failed := _FAILED.match(source.start):
            yield Problem(ProblemCode.WECHAT_FAILED, source.place, {"error": failed[1].decode("ascii")})
            return
        read = 0
        for item in items.listed(source, "item"):
            read += 1
            content = item.get("content")
            news = content.get("news_item") if isinstance(content, dict) else None
            for number, one in enumerate(news if isinstance(news, list) else (), 1):
                if isinstance(one, dict):
                    yield _post(source, item, one, number)
        total = max(map(int, _TOTAL.findall(source.body)), default=0)
        if total > read:
            yield Problem(ProblemCode.PAGES_MISSING, source.place, {"total": total, "read": read})


def _post(source: Source, item: Mapping[str, Any], one: Mapping[str, Any], number: int) -> Document:
    field = {name: value for name, value in one.items() if isinstance(value, str)}
    content = field.get("content", "")
    title = " ".join(feed.plain(field.get("title", "")).split())
    digest = " ".join(feed.plain(field.get("digest", "")).split())
    body = post.paragraphs(feed.plain(content))
    blocks = [Block("title", title, "标题")] if title else []
    blocks += body
    if digest and not "".join(block.text for block in body).startswith(digest):
        blocks.append(Block("meta", digest, "摘要"))
    identity = str(item.get("article_id") or item.get("media_id") or "")
    written = item.get("update_time") or (item.get("content") or {}).get("update_time")
    published = "article_id" in item
    out = published and _OUT.match(field.get("url", ""))
    return post.Entry(
        title=title or post.shortened(blocks[0].text if blocks else ""),
        blocks=blocks,
        key="" if out or not identity else f"{identity}_{number}",
        url=field.get("url", "") if published else "",
        written=str(written or ""),
        published=machine_times.parse(written) if published else None,
        state=PostState.DELETED if one.get("is_deleted") is True else PostState.OK,
        links=_links(content),
        facts=PostFacts(
            form="article" if published else "draft" if "tempkey=" in field.get("url", "tempkey=") else "material",
            author=field.get("author", ""),
            pictures=feed.pictures(content),
            saved=None if published else machine_times.parse(written),
        ),
    ).document(source.place, WechatApi.NAME)


def _links(content: str) -> tuple[Link, ...]:
    found: dict[str, Link] = {}
    for anchor in _ANCHOR.finditer(content):
        found.setdefault(anchor[1], Link(anchor[1], " ".join(feed.plain(anchor[2]).split()), "page", anchor[1]))
    return tuple(found.values())
