"""Reads a Word document of any of its formats, told apart by their first bytes."""

from __future__ import annotations

from datetime import date
from types import ModuleType

from jimo_lint.errors import InputError
from jimo_lint.readers.contents import FileContents, contents, links_of
from jimo_lint.readers.opc import SIGNATURE
from jimo_lint.readers.source import Source
from jimo_lint.readers.word import doc, docx, xml_document
from jimo_lint.readers.word.word_text import WordText
from jimo_lint.values import replace

SIGNATURES = (SIGNATURE, doc.SIGNATURE)


def sign(source: Source) -> str:
    """The part or stream that holds the text; "" for another package, and for a damaged one."""
    try:
        part: str = _reader(source).sign(source)
    except InputError:
        return ""
    return part


def read(source: Source, base: str, _as_of: date) -> FileContents:
    """Its paragraphs, each on the line of its number. InputError: also where there is nothing in it at all."""
    found: WordText = _reader(source).read(source)
    if not (found.passages or found.links or found.pictures or found.members or found.unread):
        raise InputError(source.place, "Word 文档里没有文字", "请核对", mark="empty")
    read = contents(
        source,
        found.passages,
        marks=found.marks,
        links=links_of(found.links, base),
        unread=found.unread,
        pictures=found.pictures,
        members=found.members,
    )
    return replace(read, properties=found.properties)


def text(source: Source) -> WordText:
    """Its paragraphs, and what else stands in it. InputError: damaged."""
    found: WordText = _reader(source).read(source)
    return found


def _reader(source: Source) -> ModuleType:
    if source.head.startswith(doc.SIGNATURE):
        return doc
    return docx if source.head.startswith(SIGNATURE) or not source.start.startswith(b"<") else xml_document
