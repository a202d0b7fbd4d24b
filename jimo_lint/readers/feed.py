"""Reads feeds: RSS 2, Atom and JSON Feed, from a file or an address."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from xml.etree import ElementTree

from jimo_lint.model import Account, Block, Document, Problem
from jimo_lint.readers import post, times
from jimo_lint.readers.source import Source

_XML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*|<\?xml-stylesheet[^>]*>\s*|<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF)\b", re.S)
_JSON_FEED = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org')
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/h[1-6]|/section|/tr)\b[^<>]*>", re.I)
_UNSEEN = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->", re.I | re.S)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
# What bridges put where they could not read the article; no office wrote it.
_NOT_FETCHED = ("获取全文失败，请重试~", "获取全文失败")


class Feed:
    """A feed holds only the latest entries, and a bridge may miss some: it never proves silence."""

    NAME = "feed"
    TITLE = "RSS、Atom、JSON Feed"
    PROVES_SILENCE = False

    @staticmethod
    def recognises(source: Source) -> bool:
        """By the root element, or the version that a JSON Feed must name."""
        head = source.head.removeprefix(b"\xef\xbb\xbf")
        return bool(_XML.match(head) or (head.lstrip().startswith(b"{") and _JSON_FEED.search(head)))

    @staticmethod
    def read(source: Source, account: Account) -> Iterator[Document | Problem]:
        """One document an entry; a damaged feed is one Problem."""
        if source.body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
            yield from _json(source, account)
        else:
            yield from _xml(source, account)


def _xml(source: Source, account: Account) -> Iterator[Document | Problem]:
    if b"<!ENTITY" in source.body:
        yield Problem(source.place, "订阅里有实体定义，可能是恶意内容，未读。请核对订阅地址")
        return
    try:
        root = ElementTree.fromstring(source.body)
    except (ElementTree.ParseError, ValueError, LookupError):
        try:
            # expat knows few charsets: gb2312 has to be decoded first, and its declaration taken away.
            root = ElementTree.fromstring(_DECLARED.sub("", source.text))
        except (ElementTree.ParseError, ValueError) as fault:
            yield Problem(source.place, f"订阅不完整或已损坏（{fault}）。请重新下载")
            return
    channel = next((one for one in root.iter() if _name(one) == "channel"), root)
    name = _child(channel, "title")
    for entry in root.iter():
        if _name(entry) in ("item", "entry"):
            yield _post(
                source,
                account,
                name,
                key=_child(entry, "guid", "id"),
                url=_link(entry),
                title=_child(entry, "title"),
                time=_child(entry, "pubDate", "published", "date", "updated"),
                content=_child(entry, "encoded", "content", "description", "summary"),
                author=_child(entry, "creator", "author"),
            )


def _json(source: Source, account: Account) -> Iterator[Document | Problem]:
    try:
        data = json.loads(source.text)
        items = data["items"]
    except (ValueError, KeyError, TypeError, RecursionError):
        yield Problem(source.place, "JSON Feed 不完整或已损坏。请重新下载")
        return
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict):
            text = {name: value for name, value in item.items() if isinstance(value, str)}
            yield _post(
                source,
                account,
                str(data.get("title") or ""),
                key=str(item.get("id") or ""),
                url=text.get("url", ""),
                title=text.get("title", ""),
                time=text.get("date_published") or text.get("date_modified", ""),
                content=text.get("content_html") or text.get("content_text") or text.get("summary", ""),
                author="",
            )


def _post(
    source: Source, account: Account, name: str, *, key: str, url: str, title: str, time: str, content: str, author: str
) -> Document:
    title = " ".join(_plain(title).split())
    body = _plain(content).strip()
    blocks = [Block("title", title, "标题")] if title else []
    # Bridges repeat the title where they have no text.
    if body and body not in (title, *_NOT_FETCHED):
        blocks += post.paragraphs(body)
    return post.make(
        account,
        source.place,
        Feed.NAME,
        title=title,
        blocks=blocks,
        key=post.address_key(url) if "mp.weixin.qq.com" in url else key or post.address_key(url),
        url=url,
        written=time,
        published=times.parse(time),
        meta={"account-name": name, "author": author},
    )


def _plain(html: str) -> str:
    return unescape(_TAG.sub("", _BREAK.sub("\n", _UNSEEN.sub("", html)))).replace("\xa0", " ")


def _name(element: ElementTree.Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _child(element: ElementTree.Element, *names: str) -> str:
    for wanted in names:
        for child in element:
            if _name(child) == wanted:
                text = "".join(child.itertext()).strip()
                if text:
                    return text
    return ""


def _link(entry: ElementTree.Element) -> str:
    links = (one for one in entry if _name(one) == "link" and one.get("rel", "alternate") == "alternate")
    return next((url for one in links if (url := (one.get("href") or one.text or "").strip())), "")
