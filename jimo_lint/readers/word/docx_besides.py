"""Reads what a Word document (.docx) keeps for itself and its forms: variables, building blocks, custom data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from xml.etree.ElementTree import Element

from jimo_lint.readers.attachments.office import custom_data
from jimo_lint.readers.contents import Passage
from jimo_lint.readers.opc import Package, Relation
from jimo_lint.readers.word.docx_text import VALUE, Walk, attribute, names_of, tags

_VARIABLE, _NAME = tags("docVar"), names_of("name")
_BLOCK, _BLOCK_BODY, _CALLED, _DESCRIBED = tags("docPart"), tags("docPartBody"), tags("name"), tags("description")


def passages(package: Package, related: Sequence[Relation], not_read: Callable[[str], None]) -> Iterator[Passage]:
    """All of it. related: what the main part refers to; not_read: told of each part that is damaged."""
    parts = {one.kind: one.target for one in related if not one.external}
    # Every document has settings, and nearly none variables.
    if b"docVar " in ((package.read(parts["settings"]) or b"") if "settings" in parts else b""):
        yield from _variables(package.whole(parts["settings"]), not_read)
    if (blocks := parts.get("glossaryDocument", "")) in package:
        yield from _blocks(package.whole(blocks), not_read)
    yield from custom_data.passages(package, related)


def _variables(root: Element | None, not_read: Callable[[str], None]) -> Iterator[Passage]:
    if root is None:
        not_read("份文档变量（已损坏）")
        return
    for one in root.iter():
        if one.tag in _VARIABLE and (text := attribute(one, VALUE).strip()):
            yield Passage(text, f"文档变量“{attribute(one, _NAME)}”", kind="aside")


def _blocks(root: Element | None, not_read: Callable[[str], None]) -> Iterator[Passage]:
    """The texts that are kept to be put in."""
    if root is None:
        not_read("份构建基块（已损坏）")
        return
    for block in (one for one in root.iter() if one.tag in _BLOCK):
        name = next((attribute(one, VALUE) for one in block.iter() if one.tag in _CALLED), "")
        place = f"构建基块“{name}”"
        said = [attribute(one, VALUE) for one in block.iter() if one.tag in _DESCRIBED]
        said += (one.text for body in block if body.tag in _BLOCK_BODY for one in Walk().paragraphs(body))
        yield from (Passage(text, place, kind="aside") for text in dict.fromkeys(said) if text.strip())
