"""Reads a Word document that is one file of XML: of Word 2003, or a package in one file (Flat OPC)."""

from __future__ import annotations

import base64
import binascii
import io
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element, SubElement, tostring

from jimo_lint.errors import InputError
from jimo_lint.readers.attachments.office.properties import of_old_xml
from jimo_lint.readers.opc import RELATION_SPACES, parsed
from jimo_lint.readers.source import Source
from jimo_lint.readers.word import docx
from jimo_lint.readers.word.docx_text import SPACES
from jimo_lint.readers.word.word_text import WordText

_TITLE = "Word 文档"
STARTS = (b"<?xml", b"<w:wordDocument", b"<pkg:package")
_WORD, _OFFICE = SPACES[0], RELATION_SPACES[0]
_OLD = "{http://schemas.microsoft.com/office/word/2003/wordml}"
_FLAT = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_ANNOTATION = "{http://schemas.microsoft.com/aml/2001/core}annotation"
_PROPERTIES = "{urn:schemas-microsoft-com:office:office}"
_IMAGE = "{urn:schemas-microsoft-com:vml}imagedata"
_CHANGES = {"Word.Insertion": "ins", "Word.Deletion": "del"}
_NOTES = {"footnote": "footnotes", "endnote": "endnotes"}
_MARGINS = {"hdr": "header", "ftr": "footer"}
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CORE = {"Author": "creator", "LastAuthor": "lastModifiedBy"}


def sign(source: Source) -> str:
    """What the program that opens such a file goes by."""
    if not source.start.startswith(STARTS):
        return ""
    head = source.head
    known = any(space.strip("{}").encode() in head[:4096] for space in (_OLD, _FLAT))
    # A package may be one of slides as well.
    return "Word.Document" if known and (b"Word.Document" in head[:1024] or b"wordml" in head[:4096]) else ""


def read(source: Source) -> WordText:
    """What it shows, as of a .docx. InputError: damaged, or no Word."""
    root = parsed(source, source.body, _TITLE)
    if root.tag == f"{_FLAT}package":
        parts = dict(_parts(root))
    elif root.tag == f"{_OLD}wordDocument":
        parts = _Converted(root).parts
    else:
        raise InputError(source.place, f"不是 {_TITLE}", "请用 Word 或 WPS 另存为 .docx", mark="damaged")
    packing = io.BytesIO()
    with zipfile.ZipFile(packing, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    found = docx.read(Source(source.place, packing.getvalue()))
    return found if root.tag.startswith(_FLAT) else found._replace(properties=of_old_xml(root))


def _parts(root: Element) -> Iterator[tuple[str, bytes]]:
    for part in root.iter(f"{_FLAT}part"):
        name = part.get(f"{_FLAT}name", "").lstrip("/")
        for held in part:
            if held.tag == f"{_FLAT}xmlData" and len(held):
                yield name, tostring(held[0], "utf-8")
            elif held.tag == f"{_FLAT}binaryData":
                yield name, _decoded(held.text)


def _decoded(written: str | None) -> bytes:
    try:
        return base64.b64decode(written or "")
    except binascii.Error:
        return b""


class _Converted:
    """A document of Word 2003 as the parts that a .docx has: it differs in where notes, margins and changes stand."""

    def __init__(self, root: Element) -> None:
        self.parts: dict[str, bytes] = {}
        self._relations = Element(f"{{{_RELATIONS}}}Relationships")
        self._notes = {name: Element(f"{{{_WORD}}}{name}") for name in (*_NOTES.values(), "comments")}
        self._margins: list[tuple[str, Element]] = []
        self._data = {one.get(f"{_OLD}name", ""): one.text for one in root.iter(f"{_OLD}binData")}
        self._pictures: dict[str, str] = {}
        if root.get(f"{_OLD}macrosPresent") == "yes":
            self._relate("http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin")
        self._properties(root)
        for element in list(root.iter()):
            self._convert(element)
        document = Element(f"{{{_WORD}}}document")
        document.extend(one for one in root if one.tag == f"{{{_WORD}}}body")
        self._part("word/document.xml", document)
        for name, notes in self._notes.items():
            self._part(f"word/{name}.xml", notes)
            self._relate(name, f"{name}.xml")
        for number, (kind, margin) in enumerate(self._margins, 1):
            self._part(f"word/margin{number}.xml", margin)
            self._relate(kind, f"margin{number}.xml")
        self._part("word/_rels/document.xml.rels", self._relations)

    def _part(self, name: str, root: Element) -> None:
        self.parts[name] = tostring(root, "utf-8")

    def _relate(self, kind: str, target: str, *, external: bool = False) -> str:
        identity = f"r{len(self._relations)}"
        kind = kind if kind.startswith("http") else f"{_OFFICE}/{kind}"
        relation = SubElement(self._relations, f"{{{_RELATIONS}}}Relationship", Id=identity, Type=kind, Target=target)
        if external:
            relation.set("TargetMode", "External")
        return identity

    def _properties(self, root: Element) -> None:
        core = Element("coreProperties")
        for old, new in _CORE.items():
            for one in root.findall(f"{_PROPERTIES}DocumentProperties/{_PROPERTIES}{old}"):
                SubElement(core, new).text = one.text
        self._part("docProps/core.xml", core)

    def _convert(self, element: Element) -> None:
        if element.tag == _ANNOTATION:
            self._annotation(element)
        elif element.tag == _IMAGE:
            self._picture(element)
        elif element.tag.startswith(_OLD):
            name = element.tag.removeprefix(_OLD)
            element.tag = f"{{{_WORD}}}{name}"
            for key in [key for key in element.keys() if key.startswith(_OLD)]:  # noqa: SIM118 - an Element is no dict
                element.set(f"{{{_WORD}}}{key.removeprefix(_OLD)}", element.attrib.pop(key))
            if name in _NOTES and element.find(f"{_OLD}p") is not None:
                self._note(element, _NOTES[name])
            elif name in _MARGINS:
                margin = Element(f"{{{_WORD}}}{name}")
                margin.extend(element)
                self._margins.append((_MARGINS[name], margin))
            elif name == "hlink":
                element.tag = f"{{{_WORD}}}hyperlink"
                if address := element.get(f"{{{_WORD}}}dest"):
                    element.set(f"{{{_OFFICE}}}id", self._relate("hyperlink", address, external=True))
            elif name == "docOleData":
                self._relate("oleObject", "embeddings/oledata.mso")

    def _annotation(self, element: Element) -> None:
        kind = element.get(f"{_OLD}type", "")
        if kind in _CHANGES:
            element.tag = f"{{{_WORD}}}{_CHANGES[kind]}"
        elif kind == "Word.Comment":
            self._note(element, "comments")

    def _note(self, element: Element, kind: str) -> None:
        """Move a note that stands in the text into the part for such notes, and leave a reference."""
        name = kind.removesuffix("s")
        notes = self._notes[kind]
        identity = str(len(notes))
        note = SubElement(notes, f"{{{_WORD}}}{name}", {f"{{{_WORD}}}id": identity})
        note.extend(element)
        element.clear()
        element.tag = f"{{{_WORD}}}{name}Reference"
        element.set(f"{{{_WORD}}}id", identity)

    def _picture(self, element: Element) -> None:
        name = element.get("src", "")
        if name not in self._data:
            return
        if name not in self._pictures:
            part = f"media/{len(self._pictures)}{PurePosixPath(name).suffix}"
            self.parts[f"word/{part}"] = _decoded(self._data[name])
            self._pictures[name] = self._relate("image", part)
        element.set(f"{{{_OFFICE}}}id", self._pictures[name])
