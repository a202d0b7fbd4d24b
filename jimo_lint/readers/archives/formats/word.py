"""Reads an article that was saved as a Word document (.docx, .doc, .wps)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import PurePath

from jimo_lint.extract.markup.charset import decode
from jimo_lint.model import Block, Document, PostFacts, Problem
from jimo_lint.readers.archives.formats import article_file, mhtml, post, wechat_page
from jimo_lint.readers.drafts import word
from jimo_lint.readers.formats import not_read
from jimo_lint.readers.opc import SIGNATURE, Package
from jimo_lint.readers.source import Source

# Exporters put the web page into the document as it is; Word turns it into text when it is opened.
_CHUNK = "word/afchunk.mht"
_LONGEST_TITLE = 60


class WordFile:
    """One article a file, among them those of wechat-article-exporter."""

    NAME = "word"
    TITLE = "Word 文档（docx、doc、wps，一篇一个文件）"
    PROVES_SILENCE = False

    @staticmethod
    def sign(source: Source) -> str:
        """The main part of such a document in the package, or its stream in the compound file."""
        if not source.head.startswith(word.SIGNATURES):
            return ""
        main = word.sign(source)
        return f"文件里有 Word 的正文（{main}）" if main else ""

    @staticmethod
    def read(source: Source) -> Iterator[Document | Problem]:
        """One document, and what of it was not read. InputError where the file is damaged or has no text."""
        if source.head.startswith(SIGNATURE):
            with Package(source, "Word 文档") as package:
                chunk = package.read(_CHUNK)
            if chunk is not None:
                yield wechat_page.page(source.place, decode(mhtml.page(chunk)))
                return
        draft = word.read(source, "", date.max)
        blocks = [one._replace(text=one.text.strip(), places=()) for one in draft.document.blocks if one.text.strip()]
        name = article_file.named(PurePath(source.place))
        first = blocks[0].text if blocks else ""
        headed = 0 < len(first) <= _LONGEST_TITLE and not first.endswith(("。", "！", "；", "："))
        title = blocks.pop(0).text if headed else name.title
        yield post.Entry(
            title=title,
            blocks=[Block("title", title, "标题"), *blocks],
            key=post.content_key(title, name.published, *(one.text for one in blocks)),
            published=name.published,
            links=post.told_links(draft.document.links),
            facts=PostFacts(form="article"),
        ).document(source.place, WordFile.NAME)
        files = sum(1 for _ in draft.members)  # are no posts
        unread = (draft.unseen, f"{files} 个嵌入的文件" if files else "")
        if any(unread):
            yield not_read(source.place, "、".join(filter(None, unread)))
