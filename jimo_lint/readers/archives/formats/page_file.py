"""Reads an article that was saved as a web page of any site (HTML, mhtml), one a file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import PurePath

from jimo_lint.errors import InputError
from jimo_lint.model import Document, PageClass, PostFacts, Problem
from jimo_lint.readers.archives.formats import article_file, post
from jimo_lint.readers.drafts import markup
from jimo_lint.readers.source import Source

# The reader knows no day of a check, by which a date without its year could be told: such a date comes out beyond it.
_UNKNOWN = date(2099, 12, 31)
_LAST_YEAR = 2090
# What is the site's, not the article's.
_AROUND = ("nav", "footer", "frame")


class PageFile:
    """One article a file; a list, a notice and a page to log in are none."""

    NAME = "page-file"
    TITLE = "文章网页（HTML、mhtml，一篇一个文件）"
    PROVES_SILENCE = False

    @staticmethod
    def sign(source: Source) -> str:
        """A page whose text is that of an article."""
        page = _article(source)
        return "是网页，正文成篇" if page else ""

    @staticmethod
    def read(source: Source) -> Iterator[Document | Problem]:
        """One document, without what stands around the article."""
        page = _article(source)
        if page is None:  # only where the content changed since it was recognised
            raise InputError(source.place, "网页里没有文章", "请核对")
        name = article_file.named(PurePath(source.place))
        blocks = [block for block in page.blocks if block.kind not in _AROUND]
        published = page.published if page.published and page.published.year <= _LAST_YEAR else name.published
        title = page.title or name.title
        # Of the links those of the article: the page does not tell them from the site's menus but by their words.
        said = "\n".join(block.text for block in blocks)
        yield post.Entry(
            title=title,
            blocks=blocks,
            key=post.content_key(title, published, *(block.text for block in blocks)),
            published=published,
            links=post.told_links(link for link in page.links if link.text and link.text in said),
            facts=PostFacts(form="article"),
        ).document(source.place, PageFile.NAME)


def _article(source: Source) -> Document | None:
    if not markup.sign(source):
        return None
    try:
        page = markup.read(source, "", _UNKNOWN).document
    except InputError:
        return None
    return page if page.page_facts.looks is PageClass.ARTICLE else None
