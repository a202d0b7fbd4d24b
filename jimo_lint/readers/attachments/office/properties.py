"""Reads what a document says of itself: its title, words to find it by, who wrote it, and where on whose computer."""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from jimo_lint.model import Mark
from jimo_lint.readers.attachments.office import summary
from jimo_lint.readers.attachments.office.embedded import is_local
from jimo_lint.readers.opc import Package

_AUTHORS = ("creator", "lastModifiedBy")
_PATHS = ("Template", "HyperlinkBase")
# What is said, by what formats call it (ECMA-376 part 2, 8.3; part 1, 22.2; OpenDocument 1.3 part 3, 4.3).
TITLES: Mapping[str, str] = {
    "title": "标题",
    "subject": "主题",
    "keywords": "关键词",
    "keyword": "关键词",
    "description": "备注",
    "category": "类别",
    "contentStatus": "状态",
    "status": "状态",
    "Manager": "经理",
    "manager": "经理",
    "Company": "单位",
    "company": "单位",
}
_OLD = "{urn:schemas-microsoft-com:office:office}"
_OLD_TITLES = {one.title(): words for one, words in TITLES.items()}  # `Title`, `Keywords`, `Company` …
# Named so by programs, which keep there what serves themselves.
_OF_PROGRAMS = ("KSO", "ICV", "MSIP_", "_dlc_", "ContentTypeId")
_USUAL = {"core": "docProps/core.xml", "extended": "docProps/app.xml", "custom": "docProps/custom.xml"}


class About(NamedTuple):
    """marks: who wrote it, and where. said: what is said under which name; unread: of it, in words."""

    marks: list[Mark]
    said: list[tuple[str, str]]
    unread: list[str]

    @property
    def title(self) -> str:
        """What the document calls itself, "" where it does not."""
        return next((text for name, text in self.said if name == TITLES["title"]), "")

    def told(self) -> list[str]:
        """What is not read of it, counted."""
        return [f"{count} {words}" for words, count in Counter(self.unread).items()]


def authors(names: Iterable[str]) -> list[Mark]:
    """A mark for each name, once."""
    return [Mark("author", "", name) for name in dict.fromkeys(one.strip() for one in names) if name]


def paths(addresses: Iterable[str]) -> list[Mark]:
    """A mark for each address that is of a computer of its own, once."""
    return [Mark("path", "", one) for one in dict.fromkeys(addresses) if is_local(one)]


def own(name: str, text: str) -> Iterator[tuple[str, str]]:
    """What somebody says under a name of their own; nothing where it is a program's."""
    if text.strip() and not name.startswith(_OF_PROGRAMS):
        yield f"自定义“{name}”", text.strip()


def of_package(package: Package) -> About:
    """What an office document of ECMA-376 says of itself."""
    names = {one.kind.rpartition("/")[2].partition("-")[0]: one.target for one in package.relations()}
    unread: list[str] = []
    core, extended, added = (_root(package, names.get(kind, usual), unread) for kind, usual in _USUAL.items())
    values = [*_values(core), *_values(extended)]
    said = [(TITLES[name], text) for name, text in values if name in TITLES]
    for one in added if added is not None else ():
        said += own(one.get("name", ""), "".join(one.itertext()))
    marks = [
        *authors(text for name, text in values if name in _AUTHORS),
        *paths(text for name, text in values if name in _PATHS),
    ]
    return About(marks, said, unread)


def of_meta(elements: Iterable[Element]) -> list[tuple[str, str]]:
    """What OpenDocument says of itself, of what its metadata hold."""
    said: list[tuple[str, str]] = []
    for one in elements:
        name = one.tag.rpartition("}")[2]
        if name == "user-defined":
            said += own(next((value for key, value in one.items() if key.endswith("}name")), ""), one.text or "")
        elif name in TITLES and (text := (one.text or "").strip()):
            said.append((TITLES[name], text))
    return said


def of_old_xml(root: Element) -> list[tuple[str, str]]:
    """What a document of Office 2003 in XML says of itself."""
    told = [pair for part in root.findall(f"{_OLD}DocumentProperties") for pair in _values(part)]
    added = [pair for part in root.findall(f"{_OLD}CustomDocumentProperties") for pair in _values(part)]
    said = [(_OLD_TITLES[name], text) for name, text in told if name in _OLD_TITLES]
    return [*said, *(one for name, text in added for one in own(name, text))]


def _root(package: Package, part: str, unread: list[str]) -> Element | None:
    if part not in package:
        return None
    root = package.whole(part)
    if root is None:
        unread.append("份文档属性（已损坏）")
    return root


def _values(root: Element | None) -> Iterator[tuple[str, str]]:
    for element in root if root is not None else ():
        if text := (element.text or "").strip():
            yield element.tag.rpartition("}")[2], text


def of_compound(package: Any) -> About:
    """What an office document of before 2007 says of itself. package: an OleFileIO."""
    found: dict[str, str] = {}
    added: dict[str, str] = {}
    unread: list[str] = []
    for stream, names in ((summary.STREAM, summary.OF_STREAM), (summary.MORE, summary.OF_MORE)):
        try:
            body = package.openstream(stream).read() if package.exists(stream) else b""
            if body:
                found |= summary.properties(body, names)
                added |= summary.custom(body)
        except (OSError, struct.error, OverflowError):  # no reason to leave the rest unread
            unread.append("份文档属性（已损坏）")
    marks = [
        *authors(found[name] for name in ("author", "last_saved_by") if name in found),
        *paths([found.get("template", "")]),
    ]
    said = [(TITLES[name], text) for name, text in found.items() if name in TITLES]
    said += (one for name, text in added.items() for one in own(name, text))
    return About(marks, said, unread)
