"""Reads what weibo-crawler writes, JSON, CSV or SQLite; a repost's own words and the quoted ones stay apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from itertools import chain, islice

from jimo_lint.errors import InputError
from jimo_lint.extract.dates import machine_times
from jimo_lint.model import Block, Document, Link, PostFacts, Problem, ProblemCode
from jimo_lint.readers.archives.formats import items, post, rows, sqlite
from jimo_lint.readers.source import Source
from jimo_lint.readers.tables import fitness, table

_COLUMNS = {
    "id": ("id", "微博id"),
    "bid": ("bid",),
    "name": ("用户昵称", "昵称"),
    "text": ("正文", "微博正文"),
    "article": ("头条文章url", "头条文章链接"),
    "full-time": ("完整日期",),
    "time": ("日期", "发布时间"),
    "pics": ("原始图片url", "图片url"),
    "tool": ("工具", "发布工具"),
    "likes": ("点赞数",),
    "quoted-id": ("源微博id",),
    "quoted-bid": ("源微博bid",),
    "quoted-text": ("源微博正文", "源微博内容"),
    "quoted-name": ("源用户昵称", "源微博用户昵称", "源微博昵称"),
}
_REQUIRED = ("text", "time", "likes")
_LABELS = {
    **rows.LABELS,
    "text": "正文",
    "tool": "工具",
    "bid": "短编号",
    "name": "昵称",
    "likes": "点赞数",
    "full-time": "完整日期",
    "article": "头条文章",
    "pics": "图片",
    "quoted-text": "转发的原文",
    "quoted-name": "原作者",
    "quoted-id": "原文编号",
    "quoted-bid": "原文短编号",
}
_WEIBO_JSON = re.compile(rb'"weibo"\s*:\s*\[')
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_BREAK = re.compile(r"<br\s*/?>", re.I)
# How a repost hands on what others said before: their names, then their words.
_HANDED_ON = re.compile(r"//\s*@([^\s:：@/]{1,40})\s*[:：]")
# How weiboSpider writes a repost into the text: the added words, then whom and what it quotes.
_QUOTED = re.compile(r"(?:^|\n)[ \t]*+(?:原始用户[:：](?P<name>[^\n]*+)\n[ \t]*+)?转发内容[:：](?P<text>.*)", re.S)
_NEEDED = {"id", "bid", "user_id", "screen_name", "text", "created_at"}
# Quoted posts stand in the same table; the accounts that were asked for stand in `user`.
_QUERY = """
    SELECT w.*, q.id AS quoted_id, q.bid AS quoted_bid, q.screen_name AS quoted_name, q.text AS quoted_text
    FROM weibo w LEFT JOIN weibo q ON w.retweet_id <> '' AND q.id = w.retweet_id
    {where} ORDER BY w.created_at DESC
"""
_ASKED_FOR = "WHERE w.user_id IN (SELECT id FROM user)"


class WeiboJson:
    """`{"user": {…}, "weibo": [{…, "retweet": {…}}]}`; weiboSpider has other keys in the same list."""

    NAME = "weibo-json"
    TITLE = "weibo-crawler、weiboSpider 的 JSON"
    PROVES_SILENCE = True

    @staticmethod
    def sign(source: Source) -> str:
        """Its list `weibo`."""
        return "JSON 里有 weibo 列表" if source.start.startswith(b"{") and _WEIBO_JSON.search(source.body) else ""

    @staticmethod
    def read(source: Source) -> Iterator[Document | Problem]:
        """One document a post. InputError where it breaks off."""
        for one in items.listed(source, "weibo"):
            retweet = one.get("retweet")
            yield _post(
                source.place,
                WeiboJson.NAME,
                _own(one),
                one.get("full_created_at") or one.get("created_at") or one.get("publish_time"),
                {**retweet, "name": retweet.get("screen_name")} if isinstance(retweet, dict) else None,
            )


class WeiboTable:
    """`<uid>.csv`; older versions lack 头条文章url and 完整日期; weiboSpider writes what is quoted into the text."""

    NAME = "weibo-table"
    TITLE = "weibo-crawler 的 CSV"
    PROVES_SILENCE = True

    @staticmethod
    def sign(source: Source) -> str:
        """正文, 日期 and 点赞数 in one header."""
        return table.sign(source, _COLUMNS, _REQUIRED, _LABELS)

    @staticmethod
    def read(source: Source) -> Iterator[Document | Problem]:
        """One document a row. Rows appended by a newer version have more columns than the header: that is told."""
        for one in table.tables(source, _COLUMNS, _REQUIRED):
            records = one.records()
            sample = list(islice(records, fitness.SAMPLE))
            place = f"{source.place} {one.sheet}".strip()
            if fault := fitness.misfits(one.header, [record for _, record in sample]):
                raise InputError(place, f"列名与内容错位：{fault}", "请用同一版本的 weibo-crawler 重新导出")
            unread = lost = 0
            example = lost_example = ""
            for where, record in chain(sample, records):
                identity = table.text(record.get("id"))
                if rows.lost_digits(identity) and not table.text(record.get("bid")):
                    lost, lost_example = lost + 1, lost_example or identity
                    record = {**record, "id": ""}
                time = record.get("full-time") or record.get("time")
                if machine_times.parse(time) is None:
                    unread, example = unread + 1, example or where.removeprefix(source.place).strip()
                quoted = {key.removeprefix("quoted-"): value for key, value in record.items() if "quoted-" in key}
                has_quoted = any(table.text(quoted.get(key)) for key in ("id", "text"))
                yield _post(where, WeiboTable.NAME, record, time, quoted if has_quoted else None)
            if unread:
                yield Problem(ProblemCode.DATES_UNREAD, place, {"count": unread, "example": example})
            if lost:
                yield Problem(ProblemCode.DIGITS_LOST, place, {"count": lost, "example": lost_example})


class WeiboDatabase:
    """`weibodata.db`: the table `weibo`, in which quoted posts stand beside those that quote them."""

    NAME = "weibo-sqlite"
    TITLE = "weibo-crawler 的数据库（SQLite）"
    PROVES_SILENCE = True

    @staticmethod
    def sign(source: Source) -> str:
        """Its table `weibo`."""
        found = sqlite.columns(source, "weibo")
        return "SQLite，有 weibo 表" if found and found["weibo"] >= _NEEDED | {"retweet_id"} else ""

    @staticmethod
    def read(source: Source) -> Iterator[Document | Problem]:
        """One document a post of the accounts asked for."""
        asked = sqlite.columns(source, "user").get("user", frozenset())
        for row in sqlite.rows(source, _QUERY.format(where=_ASKED_FOR if "id" in asked else "")):
            one = dict(row)
            quoted = {key.removeprefix("quoted_"): one[key] for key in one if key.startswith("quoted_")}
            yield _post(
                source.place,
                WeiboDatabase.NAME,
                _own(one),
                one.get("full_created_at") or one["created_at"],
                quoted if one.get("retweet_id") else None,
            )


def _post(
    place: str, format_name: str, own: Mapping[str, object], time: object, quoted: Mapping[str, object] | None
) -> Document:
    text = _words(own.get("text"))
    if quoted is None and (found := _QUOTED.search(text)):
        text, quoted = text[: found.start()], {"name": (found["name"] or "").strip(), "text": found["text"]}
    elif quoted is None and own.get("original") is False:
        quoted = {}  # a repost, of whose words only the added ones were kept
    blocks = list(_said(text))
    links: list[Link] = []
    if article := table.text(own.get("article")):
        links.append(Link(article, "头条文章", "page", article))
    if quoted is not None:
        name = table.text(quoted.get("name"))
        label = f"转发自“{name}”的原文" if name else "转发的原文"
        blocks += post.paragraphs(_words(quoted.get("text")), "quote", label)
    bid, user, number = (table.text(own.get(key)) for key in ("bid", "user", "id"))
    if bid:
        url = f"https://weibo.com/{user}/{bid}" if user else f"https://m.weibo.cn/status/{bid}"
    else:
        url = f"https://m.weibo.cn/status/{number}" if number.isdigit() else ""
    return post.Entry(
        title=post.shortened(blocks[0].text if blocks else ""),
        blocks=blocks,
        # The short id is text and survives a spreadsheet; the long one loses digits there.
        key=bid or number,
        url=url,
        written=table.text(time),
        published=machine_times.parse(time),
        links=tuple(links),
        facts=PostFacts(
            form="repost" if quoted is not None else "post",
            account_name=table.text(own.get("name")),
            origin=table.text(quoted.get("name")) if quoted is not None else "",
            pictures=len([one for one in table.text(own.get("pics")).split(",") if one.strip()]),
        ),
    ).document(place, format_name)


def _said(text: str) -> Iterator[Block]:
    """The account's words, then those of each author that a repost hands on with `//@name:`."""
    words, *rest = _HANDED_ON.split(text)
    yield from post.paragraphs(words)
    for name, handed in zip(rest[::2], rest[1::2], strict=True):
        yield from post.paragraphs(handed, "quote", f"转发自“{name}”的话")


def _own(one: Mapping[str, object]) -> dict[str, object]:
    return {
        **one,
        "name": one.get("screen_name"),
        "text": one.get("text") or one.get("content"),
        "article": one.get("article_url"),
        "user": one.get("user_id"),
        "pics": one.get("pics") or one.get("original_pictures"),
    }


def _words(value: object) -> str:
    return unescape(_TAG.sub("", _BREAK.sub("\n", table.text(value))))
