"""Reads articles that lie in one text or Markdown file each, as exporters and clerks save them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from jimo_lint.extract.dates import machine_times
from jimo_lint.language.text import han_count
from jimo_lint.model import Block, Document, PostFacts, Problem
from jimo_lint.readers.archives.formats import post
from jimo_lint.readers.drafts import markdown
from jimo_lint.readers.encoding import newlines
from jimo_lint.readers.source import Source

_SENTENCE = re.compile(r"^[^\n\u3400-\u9fff]*+[\u3400-\u9fff][^\n]{8,}[。！？；]", re.M)
_FEWEST_HAN = 30
_MARKED = re.compile(r"^#{1,6}\s|!\[[^\[\]]*\]\(|\]\((?:https?:|javascript:)|^={3,}\s*$", re.M)
_UNDERLINED = re.compile(r"\s*(?P<title>[^\n]{1,200})\n={3,}[ \t]*\n")
# Where an exporter writes when and by whom the article was published, near the head.
_TIME = re.compile(r"[*_]\s*(20\d\d年\d{1,2}月\d{1,2}日\s+\d{1,2}:\d\d)\s*[*_]")
_ACCOUNT = re.compile(r"\[([^\[\]\n]{1,60})\]\(javascript:[^)\n]{0,200}\)")
_HEAD = 2000
_DATE = re.compile(r"(?<!\d)(20\d\d)([-_.年]?)(0?[1-9]|1[0-2])(?:\2|[月])(0?[1-9]|[12]\d|3[01])日?(?!\d)")
# What exporters write for a picture that has no text of its own.
_NO_ALT = ("图片", "img", "image")
_JOINTS = " -_—·【】[]()（）"


@dataclass(frozen=True, slots=True)
class Name:
    """What a file's name says: the title, and the day where it holds one."""

    title: str
    published: datetime | None


class ArticleFile:
    """One article a file: its title is in its name or its first heading, its day perhaps in its name."""

    NAME = "article-file"
    TITLE = "文章文件（TXT、Markdown，一篇一个文件）"
    PROVES_SILENCE = False

    @staticmethod
    def sign(source: Source) -> str:
        """Whole sentences of Chinese, and neither markup nor rows."""
        if source.start.startswith((b"<", b"{", b"PK\x03\x04", b"SQLite format 3")):
            return ""
        try:
            text = source.text
        except ValueError:
            return ""
        han = han_count(text[:100_000])
        if han < _FEWEST_HAN or not _SENTENCE.search(text) or _has_rows(text):
            return ""
        return "Markdown 文稿" if _MARKED.search(text[:_HEAD]) else "成句的中文文稿"

    @staticmethod
    def read(source: Source) -> Iterator[Document | Problem]:
        """One document."""
        text = newlines(source.text.removeprefix("\ufeff")).replace("\0", "")
        named_as = named(PurePath(source.place))
        time, account = _TIME.search(text[:_HEAD]), _ACCOUNT.search(text[:_HEAD])
        if _MARKED.search(text[:_HEAD]):
            draft = markdown.parse(text)
            title, blocks = _titled(text, draft, named_as.title)
            links = post.told_links(draft.links)
        else:
            links = ()
            title = named_as.title
            # An exporter writes all on one line, the title first.
            rest = text.strip().removeprefix(title)
            blocks = (Block("title", title, "标题"), *post.paragraphs(rest))
        published = machine_times.parse(time[1]) if time else named_as.published
        yield post.Entry(
            title=title,
            blocks=blocks,
            key=post.content_key(title, published, *(block.text for block in blocks)),
            published=published,
            links=links,
            facts=PostFacts(form="article", account_name=account[1].strip() if account else ""),
        ).document(source.place, ArticleFile.NAME)


def named(path: PurePath) -> Name:
    """Title and day of `2026-11-20-标题.txt` and the like."""
    stem = path.stem
    found = _DATE.search(stem)
    if not found:
        return Name(stem.strip(), None)
    title = f"{stem[: found.start()].strip(_JOINTS)} {stem[found.end() :].strip(_JOINTS)}".strip()
    return Name(title or stem, machine_times.parse(f"{found[1]}-{found[3]}-{found[4]}"))


def _titled(text: str, draft: markdown.Contents, name: str) -> tuple[str, tuple[Block, ...]]:
    """Title and blocks; exporters underline the title."""
    underlined = _UNDERLINED.match(text)
    title = underlined["title"].strip() if underlined else draft.title or name
    blocks = [block for block in draft.blocks if block.text.strip() not in _NO_ALT]
    if blocks and blocks[0].text.strip() == title:
        blocks[0] = Block("title", title, "标题")
    elif not any(block.text.strip() == title for block in blocks[:3]):
        blocks.insert(0, Block("title", title, "标题"))
    return title, tuple(blocks)


def _has_rows(text: str) -> bool:
    """Whether most lines are cut into three or more cells: a table whose columns nobody knows is no article."""
    lines = [line for line in text[:20_000].splitlines() if line.strip()][:30]
    return len(lines) > 1 and any(
        sum(line.count(separator) >= 2 for line in lines) * 2 > len(lines) for separator in "\t,;|"
    )
