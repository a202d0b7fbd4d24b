"""Reads a Word document of either format, told apart by their first bytes, as a draft."""

from __future__ import annotations

from datetime import date
from types import ModuleType

from jimo_lint.errors import InputError
from jimo_lint.model import Block, Document
from jimo_lint.readers.contents import FileContents, links_of
from jimo_lint.readers.opc import SIGNATURE
from jimo_lint.readers.source import Source
from jimo_lint.readers.word import doc, docx
from jimo_lint.readers.word.word_text import WordText

SIGNATURES = (SIGNATURE, doc.SIGNATURE)


def sign(source: Source) -> str:
    """The part or stream that holds the text; "" for another package, and for a damaged one."""
    try:
        part: str = _reader(source).sign(source)
    except InputError:
        return ""
    return part


def read(source: Source, base: str, _as_of: date) -> FileContents:
    """Its paragraphs, each on the line of its number. InputError: also where there is neither a word nor a link."""
    found: WordText = _reader(source).read(source)
    if not found.passages and not found.links:
        seen = f"（有{found.unread}，没有检查）" if found.unread else ""
        raise InputError(source.place, f"Word 文档里没有文字{seen}", "请核对")
    blocks = tuple(Block(one.kind, one.text, one.place, ((0, one.line, 1),)) for one in found.passages)
    links = links_of(found.links, base)
    return FileContents(Document(source.place, source.place, "file", "", blocks, links=links), found.unread)


def _reader(source: Source) -> ModuleType:
    return doc if source.head.startswith(doc.SIGNATURE) else docx
