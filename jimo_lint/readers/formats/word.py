"""Reads an article that was saved as a Word document (.docx)."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import PurePath
from xml.etree import ElementTree

from jimo_lint.errors import InputError
from jimo_lint.extract import decode
from jimo_lint.model import Block, Document, Problem
from jimo_lint.readers.formats import article_file, mhtml, post, wechat_page
from jimo_lint.readers.source import Source

_ZIP = b"PK\x03\x04"
_MAIN = "word/document.xml"
# Exporters put the web page into the document as it is; Word turns it into text when it is opened.
_CHUNK = "word/afchunk.mht"
_MAX_PART = 50 * 1024 * 1024
_TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LONGEST_TITLE = 60


class WordFile:
    """One article a file, among them those of wechat-article-exporter."""

    NAME = "word"
    TITLE = "Word 文档（.docx，一篇一个文件）"
    PROVES_SILENCE = False

    @staticmethod
    def sign(source: Source) -> str:
        """The main part of such a document in the package."""
        if not source.head.startswith(_ZIP):
            return ""
        try:
            with source.open() as file, zipfile.ZipFile(file) as package:
                names = package.namelist()
        except Exception:  # what the bytes of a damaged package raise
            return ""
        return f"压缩包里有 {_MAIN}" if _MAIN in names else ""

    @staticmethod
    def read(source: Source) -> Iterator[Document | Problem]:
        """One document, or one Problem."""
        try:
            with source.open() as file, zipfile.ZipFile(file) as package:
                part = _CHUNK if _CHUNK in package.namelist() else _MAIN
                if package.getinfo(part).file_size > _MAX_PART:
                    raise InputError(source.place, "Word 文档解压后超过 50 MB，未读", "请拆成几个较小的文件")
                body = package.read(part)
            if part == _CHUNK:
                yield wechat_page.page(source.place, decode(mhtml.page(body)))
                return
            if b"<!DOCTYPE" in body[:2048]:
                raise InputError(source.place, "Word 文档里有 DTD，未读", "请用 Word 或 WPS 另存为 .docx")
            lines = [line for line in _paragraphs(body) if line]
        except InputError:
            raise
        except Exception as fault:  # zlib.error, struct.error, ParseError, KeyError …
            raise InputError(
                source.place, f"不是完好的 Word 文档（{type(fault).__name__}）", "请用 Word 或 WPS 另存为 .docx"
            ) from None
        if not lines:
            yield Problem(source.place, "Word 文档里没有文字（可能只有图片）。请核对")
            return
        name = article_file.named(PurePath(source.place))
        headed = len(lines[0]) <= _LONGEST_TITLE and not lines[0].endswith(("。", "！", "；", "："))
        title = lines.pop(0) if headed else name.title
        yield post.make(
            source.place,
            WordFile.NAME,
            title=title,
            blocks=[Block("title", title, "标题"), *post.paragraphs("\n".join(lines))],
            key=post.content_key(title, name.published, *lines),
            published=name.published,
            meta={"class": "article"},
        )


def _paragraphs(body: bytes) -> Iterator[str]:
    for paragraph in ElementTree.fromstring(body).iter(f"{_TEXT}p"):
        parts = []
        for node in paragraph.iter():
            if node.tag == f"{_TEXT}t":
                parts.append(node.text or "")
            elif node.tag in (f"{_TEXT}br", f"{_TEXT}tab", f"{_TEXT}cr"):
                parts.append(" ")
        yield "".join(parts).strip()
