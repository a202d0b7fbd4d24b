"""Makes the document of a mail, whichever program has kept it: subject, people, and the text as plain text or page."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from jimo_lint.language.text import goes_on
from jimo_lint.model import Block, Document, FileFacts, Link
from jimo_lint.readers.contents import Picture
from jimo_lint.readers.drafts import markup
from jimo_lint.readers.encoding import newlines

if TYPE_CHECKING:
    from PIL.Image import Image  # of the extra `ocr`


class Written(NamedTuple):
    """A text of a mail. page: it is HTML."""

    text: str
    page: bool


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail says. people: names by what they are (`发件人`)."""

    subject: str
    people: Mapping[str, str] = field(default_factory=dict)
    texts: tuple[Written, ...] = ()


def document(letter: Letter, place: str, base: str, as_of: date) -> Document:
    """The document; each of its paragraphs is on a line of its own, as those of files without lines are."""
    blocks = [Block("title", letter.subject, "主题")] if letter.subject else []
    blocks += (Block("meta", names, title) for title, names in letter.people.items() if names)
    links: tuple[Link, ...] = ()
    for text, page in letter.texts:
        if page:
            read = markup.document(newlines(text), place, base, as_of)
            blocks += read.blocks
            links += read.links
        else:
            blocks += _lines(newlines(text))
    numbered = tuple(block._replace(places=((0, line, 1),), widths=()) for line, block in enumerate(blocks, 1))
    return Document(place, place, "file", letter.subject, numbered, links=links, facts=FileFacts())


def _lines(text: str) -> Iterator[Block]:
    """The lines of a plain text, which mail programs break at some 76 bytes."""
    before = ""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield Block("body", line.rstrip(), f"正文第 {number} 行", continues=goes_on(before, line))
        before = line


def pictures(contents: Iterable[Callable[[], bytes]]) -> list[Picture]:
    """The pictures that a mail shows, numbered."""
    return [Picture(f"图 {number}", partial(_load, one)) for number, one in enumerate(contents, 1)]


def _load(content: Callable[[], bytes]) -> Image:
    from PIL import Image  # of the extra `ocr`

    return Image.open(io.BytesIO(content()))
