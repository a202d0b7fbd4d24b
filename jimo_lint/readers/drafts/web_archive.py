"""Reads a page that a browser or Word saved in one file (.mht, .mhtml) as a draft."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from jimo_lint.errors import InputError
from jimo_lint.readers.archives.formats import mhtml
from jimo_lint.readers.contents import FileContents
from jimo_lint.readers.drafts import markup
from jimo_lint.readers.encoding import newlines
from jimo_lint.readers.source import Source


def sign(source: Source) -> str:
    """The head of such a file."""
    return "文件头是 multipart/related" if mhtml.is_mhtml(source.head) else ""


def read(source: Source, base: str, as_of: date) -> FileContents:
    """The page in it; its lines are numbered as paragraphs are, since those of the file are encoded."""
    page = mhtml.page(source.body)
    if not page:
        raise InputError(source.place, "里面没有网页，未检查", "请在浏览器里另存为网页再查")
    saved = markup.document(newlines(page.decode("utf-8", "replace")), source.place, base, as_of)
    blocks = tuple(replace(block, places=((0, number, 1),), widths=()) for number, block in enumerate(saved.blocks, 1))
    return FileContents(replace(saved, blocks=blocks))
