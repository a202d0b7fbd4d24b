"""Reads a draft in plain text: each line that has a word in it is a block."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from jimo_lint.language.text import goes_on
from jimo_lint.model import Block, Document
from jimo_lint.readers.contents import FileContents, text_of
from jimo_lint.readers.source import Source


def read(source: Source, _base: str, _as_of: date) -> FileContents:
    """The text as it stands in the file."""
    return FileContents(document(text_of(source), source.place))


def document(text: str, place: str) -> Document:
    """The document of a text whose line ends are LF."""
    return Document(place, place, "file", "", tuple(_lines(text)))


def _lines(text: str) -> Iterator[Block]:
    before = ""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield Block("body", line, f"第 {number} 行", ((0, number, 1),), goes_on(before, line))
        before = line
