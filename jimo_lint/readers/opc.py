"""Opens packages of the Open Packaging Conventions (ECMA-376 part 2): their parts and what these refer to."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Sequence
from types import TracebackType
from typing import IO, NamedTuple, Self
from urllib.parse import unquote
from xml.etree.ElementTree import Element, ParseError, fromstring

from jimo_lint.errors import InputError
from jimo_lint.readers.attachments.packages.unpacking import admit
from jimo_lint.readers.encoding import decode
from jimo_lint.readers.source import Source
from jimo_lint.readers.zip_directory import is_too_long

SIGNATURE = b"PK\x03\x04"
_KINDS = "[Content_Types].xml"
_MAX_PART = 50 * 1024 * 1024  # bytes unpacked
# Types of relationships are written with this space in transitional files, with the other in strict ones.
RELATION_SPACES = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
_REFERENCE = tuple(f"{{{space}}}" for space in RELATION_SPACES)
_TYPES = tuple(f"{space}/" for space in RELATION_SPACES)
# Markup for programs of different age (ECMA-376 part 3): a Choice for those that know it, a Fallback for the others.
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
ALTERNATIVES = f"{_COMPATIBILITY}AlternateContent"
_CHOICE, _FALLBACK = f"{_COMPATIBILITY}Choice", f"{_COMPATIBILITY}Fallback"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Relation(NamedTuple):
    """What a part refers to. kind: the end of the type (`footnotes`); target: the name of a part, or an address.

    id: what the part calls it by.
    """

    kind: str
    target: str
    external: bool
    id: str


class Package:
    """A package that is open for reading. Names of parts are matched without regard to case and kind of slash.

    InputError where it is damaged, a part is larger than 50 MB, or has a DTD.
    """

    def __init__(self, source: Source, title: str) -> None:
        """Open the package; `title` is what messages call the kind of document (`Word 文档`)."""
        self._source, self._title = source, title
        if is_too_long(source):
            raise InputError(source.place, f"{title}里的条目过多，未读", "请核对它的来历", mark="oversized")
        try:
            self._file = source.open()
            self._zip = zipfile.ZipFile(self._file)
        except InputError:
            raise
        except Exception:  # noqa: BLE001 - BadZipFile, struct.error, NotImplementedError …
            raise self.damaged() from None
        self._names = {_canonical(info.filename): info for info in self._zip.infolist()}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self._zip.close()
        self._file.close()

    def __contains__(self, name: str) -> bool:
        return _canonical(name) in self._names

    @property
    def names(self) -> list[str]:
        """The names of all parts, as `read` takes them."""
        return list(self._names)

    @property
    def ambiguous(self) -> bool:
        """Whether two parts have one name, of which another program may take the one that is not read here."""
        return len(self._names) < len(self._zip.infolist())

    def size(self, name: str) -> int:
        """The bytes of a part unpacked, 0 where there is none of this name."""
        info = self._names.get(_canonical(name))
        return info.file_size if info else 0

    def read(self, name: str) -> bytes | None:
        """The bytes of a part, None where there is none of this name."""
        info = self._names.get(_canonical(name))
        if info is None:
            return None
        if info.file_size > _MAX_PART:
            fault = f"{self._title}解压后超过 50 MB，未读"
            raise InputError(self._source.place, fault, "请拆成几个较小的文件", mark="oversized")
        admit(self._source.place, info.file_size, info.compress_size)
        try:
            return self._zip.read(info)
        except Exception:  # noqa: BLE001 - zlib.error, BadZipFile, RuntimeError of an encrypted part …
            raise self.damaged() from None

    def open(self, name: str) -> IO[bytes]:
        """A part as a stream, of any size. KeyError where there is none of this name; zipfile's own errors."""
        return self._zip.open(self._names[_canonical(name)])

    def xml(self, name: str) -> Element | None:
        """The root of a part, None where there is none of this name."""
        body = self.read(name)
        return None if body is None else parsed(self._source, body, self._title)

    def whole(self, name: str) -> Element | None:
        """The root of a part that one can do without; None too where it is damaged."""
        try:
            return self.xml(name)
        except InputError:
            return None

    def relations(self, name: str = "") -> list[Relation]:
        """What the part refers to; "" for the package as a whole."""
        folder, _, file = name.rpartition("/")
        root = self.xml(posixpath.join(folder, "_rels", f"{file}.rels"))
        found: list[Relation] = []
        for element in root.iter(_RELATIONSHIP) if root is not None else ():
            kind, target = element.get("Type", ""), element.get("Target", "")
            external = element.get("TargetMode") == "External"
            kind = next((kind.removeprefix(space) for space in _TYPES if kind.startswith(space)), kind)
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, unquote(target).replace("\\", "/"))).lstrip("/")
            found.append(Relation(kind, target, external, element.get("Id", "")))
        return found

    def kind(self, name: str) -> str:
        """The media type that the package gives a part by its name, "" where it gives none."""
        root = self.xml(_KINDS)
        for element in root if root is not None else ():
            if _canonical(element.get("PartName", "")) == _canonical(name):
                return element.get("ContentType", "")
        return ""

    def main(self, usual: str) -> str:
        """The name of the main part: the one that the package names, `usual` where it names none that is there."""
        named = (one.target for one in self.relations() if one.kind == "officeDocument")
        return next((name for name in named if name in self), usual)

    def damaged(self) -> InputError:
        """Why it cannot be read: empty, cut short, or something else altogether."""
        place, head = self._source.place, self._source.head
        if not head:
            return InputError(place, "文件是空的（0 字节）", "请核对，或重新保存", mark="empty")
        if head.startswith(SIGNATURE):
            return _broken(self._source, self._title)
        return InputError(place, f"不是 {self._title}", "请用 Office 或 WPS 另存", mark="damaged")


def parsed(source: Source, body: bytes, title: str) -> Element:
    """The root of XML. InputError where it is damaged, or has a DTD, which could make it grow without end."""
    if b"<!DOCTYPE" in body[:2048]:
        raise InputError(source.place, f"{title}里有 DTD，未读", "请用 Office 或 WPS 另存", mark="damaged")
    try:
        try:
            return fromstring(body)
        except (LookupError, ValueError):  # an encoding that expat does not know, such as those of Chinese
            return fromstring(decode(body))
    except (ParseError, LookupError, ValueError, RecursionError):
        raise _broken(source, title) from None


def chosen(alternatives: Element) -> Sequence[Element]:
    """What is read of alternatives: the first Choice that has anything we could know, else the Fallback.

    Which spaces a Choice needs is told by prefixes, which the parser does not keep. What only its own program knows
    holds neither words nor anything that refers to a part.
    """
    choices = [one for one in alternatives if one.tag == _CHOICE]
    older = [one for one in alternatives if one.tag == _FALLBACK]
    read = [*filter(_tells, choices), *filter(_tells, older), *choices]
    return list(read[0]) if read else ()


def _tells(branch: Element) -> bool:
    return any(
        (one.text and not one.text.isspace()) or any(key.startswith(_REFERENCE) for key in one.attrib)
        for one in branch.iter()
    )


def _broken(source: Source, title: str) -> InputError:
    fault = f"{title}已损坏，多半没有下载或复制完"
    return InputError(source.place, fault, "请重新复制，或用 Office 或 WPS 另存", mark="damaged")


def _canonical(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
