"""Takes from a document what does not show within its words, so that every rule reads it as a reader does."""

from __future__ import annotations

from bisect import bisect_left

from jimo_lint.language.text import Folded, shown
from jimo_lint.model import Block, Document, Hit, PersonalData, Span
from jimo_lint.values import NamedTuple, replace


class Seen(NamedTuple):
    """What is judged. folded: how its text stands in that of the document, None where it is the document itself."""

    document: Document
    folded: Folded | None = None

    def told(self, hit: Hit) -> Hit:
        """A hit in it as one in the document as it was."""
        if self.folded is None or hit.span is None:
            return hit
        return replace(hit, span=Span(*self.folded.original(hit.span.start, hit.span.end)))


def seen(document: Document) -> Seen:
    """The document without zero-width characters, soft hyphens and the like; hardly one has them."""
    folded = shown(document.text)
    if folded is None:
        return Seen(document)
    blocks = tuple(map(_clean, document.blocks))
    personal = tuple(one for one in (_moved(one, folded) for one in document.personal) if one)
    return Seen(replace(document, blocks=blocks, personal=personal), folded)


def _clean(block: Block) -> Block:
    """The places are left as they are: nobody asks a check where in a file its hit stands."""
    folded = shown(block.text)
    return block._replace(text=folded.text) if folded else block


def _moved(one: PersonalData, folded: Folded) -> PersonalData | None:
    start, end = (bisect_left(range(len(folded.text)), at, key=folded.offset) for at in (one.span.start, one.span.end))
    return PersonalData(one.what, Span(start, end)) if start < end else None
