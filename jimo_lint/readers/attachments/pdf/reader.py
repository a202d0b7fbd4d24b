"""Reads a PDF: its text page by page, what is laid over it and embedded in it, and which pages are pictures."""

from __future__ import annotations

import re
from datetime import date

from jimo_lint.errors import InputError
from jimo_lint.readers.contents import FileContents
from jimo_lint.readers.source import Source

# Some files have a few bytes before it: a mark, the head of an answer. Text that speaks of it has no objects.
_HEADER = re.compile(rb"%PDF-\d")
_OBJECT = re.compile(rb"\d \d+ obj\b")
_NEAR = 1024


def sign(source: Source) -> str:
    """The header."""
    found = _HEADER.search(source.head, 0, _NEAR)
    begins = source.start.startswith(b"%PDF-") or (found and _OBJECT.search(source.head, found.end()))
    return "开头有 %PDF-" if begins else ""


def read(source: Source, base: str, _as_of: date) -> FileContents:
    """Its pages. InputError: damaged, locked, no PDF, nothing in it."""
    if not source.head:
        raise InputError(source.place, "文件是空的（0 字节），未检查", "请核对，或重新保存", mark="empty")
    if not sign(source):
        raise InputError(source.place, "后缀是 .pdf，内容却不是 PDF，未检查", "请核对，或重新导出", mark="damaged")
    from jimo_lint.readers.attachments.pdf import file as pdf_file  # the library, and all that is built on it

    return pdf_file.read(source, base)
