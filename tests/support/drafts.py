"""Drafts as `check` reads them, of texts that a test writes."""

from __future__ import annotations

from datetime import date

from jimo_lint.model import Document
from jimo_lint.readers.drafts import local
from jimo_lint.readers.source import Source


def read_text(text: str, name: str, suffix: str = ".txt", *, as_of: date) -> Document:
    """The document of a file of this name and suffix that holds the text."""
    (document,) = local.read_source(Source(name, text.encode("utf-8", "surrogatepass")), suffix, as_of=as_of)
    assert isinstance(document, Document), document
    return document
