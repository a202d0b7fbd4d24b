"""Reads an article that was saved as a Word document (.docx)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from jimo_lint.errors import InputError
from jimo_lint.extract import decode
from jimo_lint.model import Block, Document, PostFacts, Problem, ProblemCode
from jimo_lint.readers import docx
from jimo_lint.readers.formats import article_file, mhtml, post, wechat_page
from jimo_lint.readers.opc import SIGNATURE, Package
from jimo_lint.readers.source import Source

# Exporters put the web page into the document as it is; Word turns it into text when it is opened.
_CHUNK = "word/afchunk.mht"
_LONGEST_TITLE = 60


class WordFile:
    """One article a file, among them those of wechat-article-exporter."""

    NAME = "word"
    TITLE = "Word 文档（.docx，一篇一个文件）"
    PROVES_SILENCE = False

    @staticmethod
    def sign(source: Source) -> str:
        """The main part of such a document in the package."""
        if not source.head.startswith(SIGNATURE):
            return ""
        try:
            main = docx.sign(source)
        except InputError:
            return ""
        return f"压缩包里有 {main}" if main else ""

    @staticmethod
    def read(source: Source) -> Iterator[Document | Problem]:
        """One document, or one Problem. InputError where the file is damaged."""
        with Package(source, "Word 文档") as package:
            chunk = package.read(_CHUNK)
        if chunk is not None:
            yield wechat_page.page(source.place, decode(mhtml.page(chunk)))
            return
        lines = [stripped for one in docx.read(source).passages if (stripped := one.text.strip())]
        if not lines:
            yield Problem(ProblemCode.WORD_WITHOUT_TEXT, source.place)
            return
        name = article_file.named(PurePath(source.place))
        headed = len(lines[0]) <= _LONGEST_TITLE and not lines[0].endswith(("。", "！", "；", "："))
        title = lines.pop(0) if headed else name.title
        yield post.Entry(
            title=title,
            blocks=[Block("title", title, "标题"), *post.paragraphs("\n".join(lines))],
            key=post.content_key(title, name.published, *lines),
            published=name.published,
            facts=PostFacts(form="article"),
        ).document(source.place, WordFile.NAME)
