"""Reads the SQLite database of wewe-rss: titles, times and addresses of the accounts that it follows."""

from __future__ import annotations

from collections.abc import Iterator

from jimo_lint.extract.dates import machine_times
from jimo_lint.model import Block, Document, PostFacts, Problem
from jimo_lint.readers.archives.formats import feed, post, sqlite
from jimo_lint.readers.source import Source

_NEEDED = {"feeds": {"id", "mp_name"}, "articles": {"id", "mp_id", "title", "publish_time"}}
_QUERY = "SELECT a.*, f.mp_name AS account FROM articles a LEFT JOIN feeds f ON f.id = a.mp_id"


class WeweRss:
    """It follows accounts from the day they were added, and may miss posts: it never proves silence."""

    NAME = "wewe-rss"
    TITLE = "wewe-rss 的数据库（SQLite）"
    PROVES_SILENCE = False

    @staticmethod
    def sign(source: Source) -> str:
        """Its two tables."""
        found = sqlite.columns(source, *_NEEDED)
        fits = found and all(needed <= found.get(table, frozenset()) for table, needed in _NEEDED.items())
        return "SQLite，有 feeds 和 articles 两张表" if fits else ""

    @staticmethod
    def read(source: Source) -> Iterator[Document | Problem]:
        """One document an article; its text only where a newer version keeps one."""
        for row in sqlite.rows(source, _QUERY):
            known = set(row.keys())
            title = " ".join(str(row["title"] or "").split())
            body = feed.plain(str(row["content"] or "")).strip() if "content" in known else ""
            blocks = [Block("title", title, "标题")] if title else []
            if body and body not in (title, *feed.NOT_FETCHED):
                blocks += post.paragraphs(body)
            yield post.Entry(
                title=title,
                blocks=blocks,
                key=str(row["id"]),
                url=f"https://mp.weixin.qq.com/s/{row['id']}",
                written=str(row["publish_time"]),
                published=machine_times.parse(row["publish_time"]),
                facts=PostFacts(form="article" if body else "title-only", account_name=str(row["account"] or "")),
            ).document(source.place, WeweRss.NAME)
