"""Reads feeds: RSS 2, Atom and JSON Feed, from a file or an address."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html import unescape
from xml.etree import ElementTree

from jimo_lint.errors import InputError
from jimo_lint.extract.dates import machine_times
from jimo_lint.extract.markup.charset import decode
from jimo_lint.model import Block, Document, PostFacts, Problem
from jimo_lint.readers.archives.formats import items, post
from jimo_lint.readers.source import Source

_XML = re.compile(rb"\s*+(?:<\?xml[^>]*+>\s*+|<!--.*?-->\s*+)*+<(rss|feed|rdf:RDF)\b", re.S)
_JSON_FEED = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org')
_JSON_TITLE = re.compile(r'"title"\s*:\s*"((?:[^"\\]|\\.)*)"')
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/h[1-6]|/section|/tr)\b[^<>]*>", re.I)
_UNSEEN = re.compile(r"<(script|style)\b.*?(?:</\1\s*+>|\Z)|<!--.*?(?:-->|\Z)", re.I | re.S)
_IMAGE = re.compile(r"<img\b", re.I)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
# What bridges put where they could not read the article; no office wrote it.
NOT_FETCHED = ("获取全文失败，请重试~", "获取全文失败")


class Feed:
    """A feed holds only the latest entries, and a bridge may miss some: it never proves silence."""

    NAME = "feed"
    TITLE = "RSS、Atom、JSON Feed"
    PROVES_SILENCE = False

    @staticmethod
    def sign(source: Source) -> str:
        """The root element, or the version that a JSON Feed must name."""
        if root := _XML.match(source.head.removeprefix(b"\xef\xbb\xbf")):
            return f"根元素是 <{root[1].decode('ascii')}>"
        return "是 JSON Feed" if source.start.startswith(b"{") and _JSON_FEED.search(source.head) else ""

    @staticmethod
    def read(source: Source) -> Iterator[Document | Problem]:
        """One document an entry. InputError where it breaks off."""
        if source.start.startswith(b"{"):
            yield from _json(source)
        else:
            yield from _xml(source)


def _xml(source: Source) -> Iterator[Document | Problem]:
    if b"<!ENTITY" in source.body:
        raise InputError(source.place, "订阅里有实体定义，可能是恶意内容，未读", "请核对订阅地址")
    try:
        # expat knows few charsets: gb2312 has to be decoded first, and its declaration taken away.
        text = _DECLARED.sub("", decode(source.body))
        feed = ""
        path: list[str] = []
        for event, element in ElementTree.iterparse(io.BytesIO(text.encode()), ("start", "end")):
            if event == "start":
                path.append(_name(element))
                continue
            path.pop()
            if _name(element) == "title" and path[-1:] in (["channel"], ["feed"]):
                feed = "".join(element.itertext()).strip()
            elif _name(element) in ("item", "entry"):
                yield _entry(source, feed, element)
                element.clear()
    except (ElementTree.ParseError, ValueError):
        raise InputError(source.place, "订阅不完整或已损坏，损坏处之后的未读", "请重新下载") from None


def _entry(source: Source, feed: str, entry: ElementTree.Element) -> Document:
    return _post(
        source,
        feed,
        key=_child(entry, "guid", "id"),
        url=_link(entry),
        title=_child(entry, "title"),
        time=_child(entry, "pubDate", "published", "date", "updated"),
        content=_child(entry, "encoded", "content", "description", "summary"),
        author=_child(entry, "creator", "author"),
    )


def _json(source: Source) -> Iterator[Document | Problem]:
    feed = _JSON_TITLE.search(decode(source.head))
    for item in items.listed(source, "items"):
        text = {name: value for name, value in item.items() if isinstance(value, str)}
        yield _post(
            source,
            feed[1] if feed else "",
            key=str(item.get("id") or ""),
            url=text.get("url", ""),
            title=text.get("title", ""),
            time=text.get("date_published") or text.get("date_modified", ""),
            content=text.get("content_html") or text.get("content_text") or text.get("summary", ""),
            author="",
        )


def _post(
    source: Source, feed: str, *, key: str, url: str, title: str, time: str, content: str, author: str
) -> Document:
    title = " ".join(plain(title).split())
    body = plain(content).strip()
    blocks = [Block("title", title, "标题")] if title else []
    # Bridges repeat the title where they have no text.
    if body and body not in (title, *NOT_FETCHED):
        blocks += post.paragraphs(body)
    return post.Entry(
        title=title or post.shortened(blocks[0].text if blocks else ""),
        blocks=blocks,
        key=post.address_key(url) if "mp.weixin.qq.com" in url else key or post.address_key(url),
        url=url,
        written=time,
        published=machine_times.parse(time),
        facts=PostFacts(feed=feed, author=author, pictures=pictures(content)),
    ).document(source.place, Feed.NAME)


def pictures(html: str) -> int:
    """How many pictures the markup shows."""
    return len(_IMAGE.findall(html))


def plain(html: str) -> str:
    """What a reader sees of the markup that a feed or an API carries: lines of text."""
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
