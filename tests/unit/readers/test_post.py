"""What every format's posts have in common: addresses that stand in the text as text."""

from __future__ import annotations

from jimo_lint.model import Block, Link
from jimo_lint.readers.archives.formats import post


def urls(*blocks: Block, links: tuple[Link, ...] = ()) -> list[str]:
    """The addresses of the links of a post with these blocks."""
    return [link.url for link in post.Entry(blocks=blocks, links=links).document("a.csv", "ledger").links]


def test_addresses_in_the_text_are_links() -> None:
    """Short ones of microblogs too; what follows them in Chinese or as punctuation is not theirs, each once."""
    body = Block(
        "body", "详情见http://t.cn/A6abc。报名：https://www.example.gov.cn/bm?id=3&p=1，截止周五（http://t.cn/A6abc）."
    )
    assert urls(body) == ["http://t.cn/A6abc", "https://www.example.gov.cn/bm?id=3&p=1"]


def test_links_that_are_known_stay_as_they_are() -> None:
    """An anchor with words is not doubled by its address in the text; titles and summaries hold no links."""
    anchor = Link("http://t.cn/A6abc", "报名入口")
    blocks = (Block("title", "http://t.cn/title"), Block("body", "http://t.cn/A6abc 与 http:// 与 https://a"))
    assert urls(*blocks, links=(anchor,)) == ["http://t.cn/A6abc"]
