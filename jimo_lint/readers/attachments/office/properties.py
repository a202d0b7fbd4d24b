"""Marks of what stands in the properties of a document: who wrote it, and where on whose computer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from jimo_lint.model import Mark
from jimo_lint.readers.attachments.office.embedded import is_local
from jimo_lint.readers.opc import Package

_AUTHORS = ("creator", "lastModifiedBy")
_PATHS = ("Template", "HyperlinkBase")


def authors(names: Iterable[str]) -> list[Mark]:
    """A mark for each name, once."""
    return [Mark("author", "", name) for name in dict.fromkeys(one.strip() for one in names) if name]


def paths(addresses: Iterable[str]) -> list[Mark]:
    """A mark for each address that is of a computer of its own, once."""
    return [Mark("path", "", one) for one in dict.fromkeys(addresses) if is_local(one)]


def of_package(package: Package) -> list[Mark]:
    """Those of an office document of ECMA-376."""
    return [
        *authors(_values(package, "docProps/core.xml", _AUTHORS)),
        *paths(_values(package, "docProps/app.xml", _PATHS)),
    ]


def _values(package: Package, part: str, names: Iterable[str]) -> Iterator[str]:
    root = package.whole(part)
    for element in root if root is not None else ():
        if element.tag.rpartition("}")[2] in names and element.text:
            yield element.text


def of_compound(package: Any) -> list[Mark]:
    """Those of an office document of before 2007; what is damaged in them says nothing."""
    try:
        found = package.get_metadata()
    except Exception:  # noqa: BLE001 - a damaged property costs only itself
        return []
    charset = f"cp{found.codepage % 65536}" if isinstance(found.codepage, int) and found.codepage else "gb18030"
    return [
        *authors(_text(one, charset) for one in (found.author, found.last_saved_by)),
        *paths([_text(found.template, charset)]),
    ]


def _text(value: object, charset: str) -> str:
    if isinstance(value, str):
        return value
    if not isinstance(value, bytes):
        return ""
    try:
        return value.decode("utf-8" if charset == "cp65001" else charset, "replace").strip("\0")
    except LookupError:
        return value.decode("gb18030", "replace").strip("\0")
