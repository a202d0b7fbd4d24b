"""Makes the document of a post: its identity, blocks and metas, the same for every format."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from jimo_lint.extract.links.written import written_addresses
from jimo_lint.model import Block, Document, Link, PostFacts, PostState

_SHORT_ID = re.compile(r"/s/([\w-]{10,})")
_LINE = re.compile(r"\n+")
_LONGEST_TITLE = 30
_UNKNOWN = PostFacts()


class Entry(NamedTuple):
    """A post as an archive has it.

    key: the platform's own id. written: the time as the archive has it. `facts.account_name` says whose the archive
    calls it.
    """

    title: str = ""
    blocks: Iterable[Block] = ()
    key: str = ""
    url: str = ""
    written: str = ""
    published: datetime | None = None
    state: PostState = PostState.OK
    links: tuple[Link, ...] = ()
    facts: PostFacts = _UNKNOWN

    def document(self, place: str, format_name: str) -> Document:
        """Of no account yet, not yet masked.

        It is known by its key, where there is none by its address or its content. Without an address the document's
        `url` is `place`, so that a person finds the post again.
        """
        address = self.url if is_address(self.url) else ""
        body = tuple(self.blocks)
        facts = replace(self.facts, format=format_name, place=place)
        said = (block.text for block in body)
        # A post that went out at a time nobody could read may be the newest one.
        unread = bool(self.written) and not self.published and self.state is PostState.OK
        if unread and facts.form != "draft":
            facts = replace(facts, proves_silence=False)
        return Document(
            id=self.key or address_key(address) or content_key(self.title, self.published, self.written, *said),
            url=address or place,
            source="archive",
            title=self.title,
            blocks=body,
            published=self.published,
            published_from="archive" if self.published else "",
            state=self.state,
            links=(*self.links, *_written_out(body, {link.url for link in self.links})),
            facts=facts,
        )


def _written_out(blocks: tuple[Block, ...], known: set[str]) -> Iterator[Link]:
    """Addresses that stand in the text as text, as in microblogs: http://t.cn/A6abc."""
    for block in blocks:
        if block.kind in ("body", "quote", "table"):
            for start, end in written_addresses(block.text):
                url = block.text[start:end]
                # In a post, `http://a` is an example or a slip; short addresses of platforms have a dot.
                if "." in url and url not in known and is_address(url):
                    known.add(url)
                    yield Link(url, url, "page", url)


def told_links(found: Iterable[Link]) -> tuple[Link, ...]:
    """Of the links of a file those that a reader may follow, once each, and those that nobody can."""
    known: dict[str, Link] = {}
    for link in found:
        if link.kind in ("malformed", "local") or (link.kind in ("page", "attachment") and is_address(link.url)):
            known.setdefault(link.url or link.raw, link)
    return tuple(known.values())


def is_address(url: str) -> bool:
    """Whether it can be opened in a browser."""
    try:
        return urlsplit(url).scheme in ("http", "https")
    except ValueError:  # a bracket without its end: one bad cell must not cost the file
        return False


def address_key(url: str) -> str:
    """What identifies a post in its address: WeChat's short id or msgid_idx, else the address; "" for none."""
    if not is_address(url):
        return ""
    parts = urlsplit(url)
    if parts.hostname == "mp.weixin.qq.com":
        if short := _SHORT_ID.match(parts.path):
            return short[1]
        query = parse_qs(parts.query.replace("&amp;", "&"))
        if "mid" in query:
            return f"{query['mid'][0]}_{query.get('idx', ['1'])[0]}"
    return parts._replace(fragment="").geturl()


def content_key(*parts: object) -> str:
    """A stable id of a post that has none of its own."""
    return sha256("\0".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def paragraphs(text: str, kind: str = "body", label: str = "正文") -> tuple[Block, ...]:
    """Blocks of the non-empty lines of `text`, located as `正文第 3 段`."""
    lines = (line.strip() for line in _LINE.split(text.replace("\r", "\n")))
    return tuple(
        Block(kind, line, f"{label}第 {number} 段") for number, line in enumerate((one for one in lines if one), 1)
    )


def shortened(text: str) -> str:
    """What a post without a title is called: how it begins."""
    return text if len(text) <= _LONGEST_TITLE else f"{text[:_LONGEST_TITLE]}…"
