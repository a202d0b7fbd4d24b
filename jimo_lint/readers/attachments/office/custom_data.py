"""Reads the data that programs and forms keep in a package beside its text (custom XML, ECMA-376 part 1, 15.2.5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from jimo_lint.readers.contents import Passage
from jimo_lint.readers.opc import Package, Relation

_MOST = 2000  # texts of a part


def passages(package: Package, relations: Iterable[Relation]) -> Iterator[Passage]:
    """The texts of each such part that the main one refers to. relations: those of the main part."""
    parts = dict.fromkeys(one.target for one in relations if one.kind == "customXml" and not one.external)
    for number, part in enumerate(parts, 1):
        root = package.whole(part)
        said = (text.strip() for text in root.itertext()) if root is not None else iter(())
        texts = dict.fromkeys(islice(filter(None, said), _MOST))
        yield from (Passage(text, f"自定义数据 {number}", kind="aside") for text in texts)
