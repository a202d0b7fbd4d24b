"""Gathers what the parts of a package refer to besides their text: pictures, files inside, and what nobody reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import cached_property
from itertools import chain

from jimo_lint.errors import InputError
from jimo_lint.model import Mark
from jimo_lint.readers.attachments.office import drawings, embedded, properties
from jimo_lint.readers.contents import Member, Passage, Picture
from jimo_lint.readers.opc import Package, Relation
from jimo_lint.readers.source import Source

_FILES = ("package", "aFChunk")  # parts that are files of their own
_UNREAD = {"control": "个控件", "video": "段音像", "audio": "段音像", "subDocument": "个子文档"}


class Belongings:
    """What was found so far. title: what messages call the kind of document."""

    def __init__(self, source: Source, package: Package, title: str) -> None:
        self._source, self._package, self._title = source, package, title
        self._pictures: dict[tuple[str, str], int] = {}  # number of each, by what its place begins with and its part
        self._counted = Counter[str]()  # by what the place begins with
        self._files: dict[str, None] = {}
        self._objects: list[Member] = []
        self._seen: set[str] = set()
        self._paths: list[str] = []
        self._macro = False
        self._unread = Counter[str]()

    def picture(self, part: str, before: str) -> str:
        """Take in a picture; its place. before: what that begins with."""
        if (before, part) not in self._pictures:
            self._counted[before] += 1
            self._pictures[before, part] = self._counted[before]
        return f"{before}图 {self._pictures[before, part]}"

    def not_read(self, words: str) -> None:
        """Count something that is not read: `个图表`."""
        self._unread[words] += 1

    @cached_property
    def about(self) -> properties.About:
        """What the document says of itself."""
        return properties.of_package(self._package)

    def take(self, relations: Sequence[Relation], before: str, line: int) -> list[Passage]:
        """Take in what a part refers to; the words of its charts and diagrams. before: what their places begin with."""
        for one in relations:
            # What is drawn by lines stands beside it as a picture once more.
            if one.kind == "image" and not one.external and not one.target.lower().endswith(".svg"):
                self.picture(one.target, before)
        words, unread = drawings.words(self._package, relations, before)
        self._unread.update(unread)
        self._files |= dict.fromkeys(drawings.workbooks(self._package, relations))
        for one in relations:
            if one.target not in self._seen and one.kind != "hyperlink":
                self._seen.add(one.target)
                self._one(one.kind.rpartition("/")[2], one.target, external=one.external)
        return [Passage(text, place, line) for text, place in words]

    def marks(self) -> list[Mark]:
        """Of the whole document."""
        return [
            *([Mark("macro")] if self._macro else ()),
            *self.about.marks,
            *properties.paths(self._paths),
        ]

    @property
    def pictures(self) -> list[Picture]:
        """All of them, each once in the place that shows it first."""
        return [
            embedded.part_picture(self._source, part, f"{before}图 {number}")
            for (before, part), number in self._pictures.items()
        ]

    @property
    def members(self) -> Iterable[Member]:
        """The files inside."""
        if not self._files:
            return self._objects
        return chain(self._objects, embedded.part_members(self._source, self._title, list(self._files)))

    @property
    def unread(self) -> str:
        """In words, or ""."""
        counted = self._unread + Counter(self.about.unread)
        return "、".join(f"{count} {words}" for words, count in counted.items())

    def _one(self, kind: str, target: str, *, external: bool) -> None:
        if kind in _UNREAD:
            self.not_read(_UNREAD[kind])
        elif kind == "vbaProject":
            self._macro = True
        elif kind == "settings":
            self._paths += [one.target for one in self._package.relations(target) if one.external]
        elif external:
            self._paths.append(target)
            self.not_read("张链接的图片" if kind == "image" else "个链接的对象")
        elif kind in _FILES:
            self._files[target] = None
        elif kind == "oleObject":
            member = None
            with suppress(InputError):  # damaged: counted as not read
                member = embedded.of_object(target, self._package.read(target) or b"")
            if member:
                self._objects.append(member)
            else:
                self.not_read("个嵌入的对象")
