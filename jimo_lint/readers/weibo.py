"""Reads what weibo-crawler writes, JSON or CSV; a repost's own words and the quoted ones stay apart."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape

from jimo_lint.model import Account, Document, Link, Problem
from jimo_lint.readers import post, table, times
from jimo_lint.readers.source import Source

_COLUMNS = {
    "id": ("id", "微博id"),
    "bid": ("bid",),
    "text": ("正文", "微博正文"),
    "article": ("头条文章url", "头条文章链接"),
    "full-time": ("完整日期",),
    "time": ("日期", "发布时间"),
    "tool": ("工具", "发布工具"),
    "likes": ("点赞数",),
    "quoted-id": ("源微博id",),
    "quoted-bid": ("源微博bid",),
    "quoted-text": ("源微博正文", "源微博内容"),
    "quoted-name": ("源用户昵称", "源微博用户昵称", "源微博昵称"),
}
_REQUIRED = ("text", "time", "likes")
_WEIBO_JSON = re.compile(rb'"weibo"\s*:\s*\[')
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


class WeiboJson:
    """`{"user": {…}, "weibo": [{…, "retweet": {…}}]}`."""

    NAME = "weibo-json"
    TITLE = "weibo-crawler 的 JSON"
    PROVES_SILENCE = True

    @staticmethod
    def recognises(source: Source) -> bool:
        """By its two lists; a file of only posts is known by their fields."""
        head = source.head.lstrip(b"\xef\xbb\xbf \t\r\n")
        return head.startswith(b"{") and (
            _WEIBO_JSON.search(source.body) is not None or (b'"bid"' in head and b'"text"' in head)
        )

    @staticmethod
    def read(source: Source, account: Account) -> Iterator[Document | Problem]:
        """One document a post; a damaged file is one Problem."""
        try:
            data = json.loads(source.text)
        except (ValueError, RecursionError):
            yield Problem(source.place, "JSON 不完整或已损坏。请重新导出")
            return
        listed = data.get("weibo") if isinstance(data, dict) else None
        if not isinstance(listed, list):
            yield Problem(source.place, "JSON 里没有 weibo 列表。请用 weibo-crawler 重新导出")
            return
        for one in listed:
            if isinstance(one, dict):
                retweet = one.get("retweet")
                yield _post(
                    account,
                    source.place,
                    WeiboJson.NAME,
                    {
                        "id": one.get("id"),
                        "bid": one.get("bid"),
                        "user": one.get("user_id"),
                        "name": one.get("screen_name"),
                        "text": one.get("text"),
                        "article": one.get("article_url"),
                        "time": one.get("full_created_at") or one.get("created_at"),
                    },
                    {
                        "bid": retweet.get("bid"),
                        "user": retweet.get("user_id"),
                        "name": retweet.get("screen_name"),
                        "text": retweet.get("text"),
                    }
                    if isinstance(retweet, dict)
                    else None,
                )


class WeiboTable:
    """`<uid>.csv`; older versions lack 头条文章url and 完整日期."""

    NAME = "weibo-table"
    TITLE = "weibo-crawler 的 CSV"
    PROVES_SILENCE = True

    @staticmethod
    def recognises(source: Source) -> bool:
        """By 正文, 日期 and 点赞数 in one header."""
        return table.recognises(source, _COLUMNS, _REQUIRED)

    @staticmethod
    def read(source: Source, account: Account) -> Iterator[Document | Problem]:
        """One document a row; rows whose time cannot be read are told of in one Problem."""
        unread: list[str] = []
        for place, record in table.records(source, _COLUMNS, _REQUIRED):
            time = record.get("full-time") or record.get("time")
            if times.parse(time) is None:
                unread.append(place.removeprefix(source.place).strip())
            quoted = {
                "bid": record.get("quoted-bid"),
                "name": record.get("quoted-name"),
                "text": record.get("quoted-text"),
            }
            yield _post(
                account,
                place,
                WeiboTable.NAME,
                {**record, "time": time},
                quoted if table.text(record.get("quoted-id")) or table.text(record.get("quoted-text")) else None,
            )
        if unread:
            yield Problem(
                source.place, f"{len(unread)} 行的日期读不出（如 {unread[0]}）。请核对表头与数据是否错列、编号是否丢位"
            )


def _post(
    account: Account, place: str, format_name: str, own: Mapping[str, object], quoted: Mapping[str, object] | None
) -> Document:
    words = _words(own.get("text"))
    blocks = list(post.paragraphs(words))
    links: list[Link] = []
    if article := table.text(own.get("article")):
        links.append(Link(article, "头条文章", "page", article))
    if quoted is not None:
        name = table.text(quoted.get("name"))
        blocks += post.paragraphs(
            _words(quoted.get("text")), "quote", f"转发自“{name}”的原文" if name else "转发的原文"
        )
    first = blocks[0].text if blocks else ""
    bid, user = table.text(own.get("bid")), table.text(own.get("user"))
    return post.make(
        account,
        place,
        format_name,
        title=first if len(first) <= 30 else f"{first[:30]}…",
        blocks=blocks,
        # The short id is text and survives a spreadsheet; the long one loses digits there.
        key=bid or table.text(own.get("id")),
        url=f"https://weibo.com/{user}/{bid}" if user and bid else f"https://m.weibo.cn/status/{bid}" if bid else "",
        written=table.text(own.get("time")),
        published=times.parse(own.get("time")),
        links=tuple(links),
        meta={
            "class": "repost" if quoted is not None else "post",
            "account-name": table.text(own.get("name")),
            "origin": table.text(quoted.get("name")) if quoted is not None else "",
        },
    )


def _words(value: object) -> str:
    return unescape(_TAG.sub("", table.text(value).replace("<br />", "\n").replace("<br/>", "\n")))
