"""What is read of a Word document, whichever of its two formats it has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from jimo_lint.readers.contents import Passage

# The instruction of a field that is a link; `\l` leads to a place of the same document.
_LINK = re.compile(r'\s*+HYPERLINK\s++(?!\\)(?:"([^"]*+)"|(\S++))', re.I)


class WordText(NamedTuple):
    """passages: those that have a word in them. unread: what else stands in it, in words (`3 张图片`), or "".

    links: the address of each link, and its words.
    """

    passages: list[Passage]
    unread: str
    links: list[tuple[str, str]]


def linked(fields: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Address and words of the fields that are links, of the instruction and the words of each."""
    for instruction, words in fields:
        if found := _LINK.match(instruction):
            yield (found[1] or found[2] or "").replace("\\\\", "\\"), words
