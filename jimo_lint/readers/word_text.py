"""What is read of a Word document, whichever of its two formats it has."""

from __future__ import annotations

from typing import NamedTuple


class Passage(NamedTuple):
    """A paragraph. kind: as in `Block`. place: `第 3 段`, `脚注 1`, `页眉` …

    line: the number of the paragraph; of a note that of the paragraph it belongs to, 1 where nothing says which.
    """

    text: str
    place: str
    line: int
    kind: str = "body"


class WordText(NamedTuple):
    """passages: those that have a word in them. unread: what else stands in it, in words (`3 张图片`), or ""."""

    passages: list[Passage]
    unread: str
