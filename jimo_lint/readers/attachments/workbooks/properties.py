"""Tells of a workbook in a package of Office where it lay, and whether it has macros."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from jimo_lint.model import Mark
from jimo_lint.readers.opc import Package, Relation

# Of somebody's own computer: a drive, a share, the folder of a user.
_OWN = re.compile(r"(?i)(?:file:/{2,3})?(?:[a-z]:[\\/]|\\\\|/(?:Users|home)/)")
_MACROS = ("vbaProject", "xlMacrosheet", "xlIntlMacrosheet")


def marks(package: Package, root: Element, relations: Iterable[Relation]) -> Iterator[Mark]:
    """What is told of the whole package. root, relations: of its main part."""
    relations = list(relations)
    if any(one.kind.rpartition("/")[2] in _MACROS for one in relations):
        yield Mark("macro")
    paths = [element.get("url", "") for element in root.iter() if element.tag.endswith("}absPath")]
    for one in relations:
        if one.kind == "externalLink" and not one.external:
            paths += (link.target for link in package.relations(one.target) if link.external)
    yield from (Mark("path", "文档属性", path) for path in dict.fromkeys(paths) if is_own(path))


def is_own(path: str) -> bool:
    """Whether a path is one of somebody's own computer."""
    return _OWN.match(path) is not None
