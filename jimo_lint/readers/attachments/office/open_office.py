"""Reads texts and slides of OpenDocument (.odt, .odp and their flat and template forms), as LibreOffice writes them."""

from __future__ import annotations

import base64
import io
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from itertools import chain
from pathlib import PurePosixPath
from urllib.parse import unquote
from xml.etree.ElementTree import Element, SubElement, tostring

from jimo_lint.errors import InputError
from jimo_lint.model import Mark
from jimo_lint.readers.attachments.office import embedded, properties
from jimo_lint.readers.attachments.office.open_text import (
    CHART,
    DRAW,
    KEPT,
    LINK,
    OFFICE,
    SHOW,
    STYLE,
    SVG,
    TEXT,
    Paragraph,
    Walk,
    of_controls,
)
from jimo_lint.readers.contents import FileContents, Member, Passage, Picture, contents, links_of, unsaid
from jimo_lint.readers.opc import SIGNATURE, Package, parsed
from jimo_lint.readers.source import Source
from jimo_lint.readers.word import docx_numbers
from jimo_lint.readers.word.word_text import hidden_marks, in_cell
from jimo_lint.values import replace

_TITLE = "OpenDocument 文稿"
_REMEDY = "请用 LibreOffice 或 WPS 另存"
_KINDS = tuple(f"application/vnd.oasis.opendocument.{kind}" for kind in ("text", "presentation", "graphics"))
_FLAT = b"urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_AUTHORS = (f"{_META}initial-creator", "{http://purl.org/dc/elements/1.1/}creator")
_HEADERS = {
    f"{STYLE}{name}{side}": title
    for name, title in (("header", "页眉"), ("footer", "页脚"))
    for side in ("", "-left", "-first")
}
_UNREAD = {f"{DRAW}plugin": "段音像", f"{DRAW}applet": "个控件"}
# Parts of a package that one can do without, and what is said where they are damaged.
PARTS = {"styles.xml": "份样式（已损坏）", "meta.xml": "份文档属性（已损坏）"}


def sign(source: Source) -> str:
    """The media type of such a text or of slides, "" where it is none, or damaged."""
    if not source.head.startswith(SIGNATURE):
        return next((kind for kind in _KINDS if _FLAT in source.head and f'"{kind}'.encode() in source.head), "")
    try:
        with Package(source, _TITLE) as package:
            kind = (package.read("mimetype") or b"").decode("ascii", "replace")
    except InputError:
        return ""
    return kind if kind.startswith(_KINDS) else ""


def read(source: Source, base: str, _as_of: date) -> FileContents:
    """Its paragraphs, or its slides in their order. InputError: damaged, with a password, or no such document."""
    if source.head.startswith(SIGNATURE):
        with Package(source, _TITLE) as package:
            if b"encryption-data" in (package.read("META-INF/manifest.xml") or b""):
                raise InputError(source.place, f"{_TITLE}加了密码，未读", "请去掉密码后另存", mark="locked")
            roots = [package.xml("content.xml"), *map(package.whole, PARTS)]
            if roots[0] is None:
                raise package.damaged()
            reading = _Reading(source, [one for one in roots if one is not None], package)
            damaged = zip(PARTS, roots[1:], strict=True)
            reading.not_read(PARTS[name] for name, root in damaged if root is None and name in package)
            return reading.done(base)
    return _Reading(source, [flat(source)], None).done(base)


def flat(source: Source) -> Element:
    """The root of a document that is one file of XML."""
    root = parsed(source, source.body, _TITLE)
    if not root.tag.startswith(OFFICE):
        raise InputError(source.place, f"不是 {_TITLE}", _REMEDY, mark="damaged")
    return root


class _Reading:
    """What was found so far. package: None for a document that is one file."""

    def __init__(self, source: Source, roots: list[Element], package: Package | None) -> None:
        self._source, self._roots, self._package = source, roots, package
        self._walk = Walk(self._styles("text-properties", f"{TEXT}display", "none"))
        self._hidden_slides = self._styles("drawing-page-properties", f"{SHOW}visibility", "hidden")
        self._passages: list[Passage] = []
        self._hidden: list[str] = []
        self._pictures: dict[tuple[str, str], Picture] = {}
        self._counted = Counter[str]()  # pictures and charts, by what their places begin with
        self._members: list[Member] = []
        self._objects: list[str] = []
        self._unread = Counter[str]()
        self._paths: list[str] = []
        self._texts()

    def not_read(self, parts: Iterable[str]) -> None:
        """Count what is damaged, in words."""
        self._unread.update(parts)

    def done(self, base: str) -> FileContents:
        """All of it."""
        changes = sum(len(list(root.iter(f"{TEXT}changed-region"))) for root in self._roots)
        marks = [
            *hidden_marks(self._hidden),
            *([Mark("tracked", "", f"{changes} 处")] if changes else ()),
            *([Mark("comments", "", f"{self._walk.comments} 条")] if self._walk.comments else ()),
            *([Mark("macro")] if self._has_macros() else ()),
            *properties.authors(one.text or "" for name in _AUTHORS for one in self._of_meta(name)),
            *properties.paths([*(one.get(LINK, "") for one in self._of_meta(f"{_META}template")), *self._paths]),
        ]
        links = [(address, words) for address, words in self._walk.links if address and not address.startswith("#")]
        objects = (self._object(name) for name in dict.fromkeys(self._objects))
        found = contents(
            self._source,
            dict.fromkeys(self._passages),
            marks=marks,
            links=links_of(dict.fromkeys(links), base),
            unread="、".join(f"{count} {words}" for words, count in self._unread.items()),
            pictures=list(self._pictures.values()),
            members=chain(self._members, objects) if self._objects else self._members,
        )
        return replace(found, properties=properties.of_meta(self._of_meta()))

    def _texts(self) -> None:
        for root in self._roots:
            for body in root.iter(f"{OFFICE}body"):
                for text in body:
                    pages = [one for one in text if one.tag == f"{DRAW}page"]
                    if pages:
                        self._slides(text, pages)
                    else:
                        self._text(text, "", 0)
            for style in root.iter(f"{STYLE}master-page"):
                self._master(style)
        controls = (text for one in self._of_texts(f"{OFFICE}forms") for text in of_controls(one))
        asides = [*self._walk.asides, *(("控件", text) for text in controls)]
        declared = self._of_texts(f"{TEXT}user-field-decl")
        asides += (("文档变量", one.get(f"{OFFICE}string-value", "")) for one in declared)
        asides += (("编号", one) for one in self._around_numbers())
        said = ((place, one) for place, one in asides if one.strip() and not embedded.is_address(one))
        found = [Passage(one, place, 1, "aside") for place, one in said]
        shown = [*self._passages, *(one for one in found if one.place not in KEPT)]
        self._passages = [*shown, *unsaid([one for one in found if one.place in KEPT], shown)]

    def _of_texts(self, name: str) -> Iterator[Element]:
        return (one for root in self._roots for one in root.iter(name))

    def _around_numbers(self) -> Iterator[str]:
        """What stands around the numbers of lists, with 1 for each, where it has a word."""
        lists = [one.get(f"{TEXT}style-name", "") for root in self._roots for one in root.iter(f"{TEXT}list")]
        named = [one.get(f"{STYLE}list-style-name", "") for root in self._roots for one in root.iter(f"{STYLE}style")]
        used = {*lists, *named} - {""}
        for root in self._roots:
            for style in root.iter(f"{TEXT}list-style"):
                for level in style if style.get(f"{STYLE}name") in used else ():
                    text = f"{level.get(f'{STYLE}num-prefix', '')}1{level.get(f'{STYLE}num-suffix', '')}"
                    if docx_numbers.has_words(text):
                        yield text.strip()

    def _slides(self, show: Element, pages: list[Element]) -> None:
        for footer in chain(show.iter(f"{SHOW}header-decl"), show.iter(f"{SHOW}footer-decl")):
            if text := "".join(footer.itertext()).strip():
                self._passages.append(Passage(text, "页眉" if footer.tag.endswith("header-decl") else "页脚"))
        for number, page in enumerate(pages, 1):
            name = f"幻灯片 {number}"
            if page.get(f"{DRAW}style-name", "") in self._hidden_slides:
                self._hidden.append(name)
            notes = [one for one in page if one.tag == f"{SHOW}notes"]
            self._text(_without(page, notes), name, number)
            for one in notes:
                self._text(one, f"{name} 备注", number)

    def _master(self, style: Element) -> None:
        """Headers and footers of a text; of slides, what a master shows by itself."""
        for one in style:
            if one.tag in _HEADERS and one.get(f"{STYLE}display", "true") == "true":
                self._text(one, _HEADERS[one.tag], 1)
        others = [one for one in style if one.tag in _HEADERS or one.tag == f"{SHOW}notes"]
        self._text(_without(style, others), "母版", 1, prompts=False)

    def _text(self, root: Element, name: str, line: int, *, prompts: bool = True) -> None:
        """Read a text. name: the place of all that stands in it, "" for a text that is counted by paragraphs."""
        before = f"{name} " if name else ""
        start = len(self._walk.drawings)
        for one in self._walk.paragraphs(root, before, prompts=prompts):
            if one.text:
                self._passage(one, name, line or one.number)
        for drawing in self._walk.drawings[start:]:
            self._drawing(drawing, before, line or 1)

    def _passage(self, one: Paragraph, name: str, line: int) -> None:
        text, number, kind, place, cell, hidden = one
        if cell:
            place, hidden = in_cell(cell), hidden or cell.hidden
            kind = "table" if kind == "body" else kind
        else:
            place = place or name or f"第 {number} 段"
        if hidden:
            self._hidden.append(place)
        self._passages.append(Passage(text, place, line, kind, cell))

    def _drawing(self, drawing: Element, before: str, line: int) -> None:
        """Take in a frame or shape: alternative text, pictures, files and charts inside."""
        if drawing.tag in _UNREAD:
            self._unread[_UNREAD[drawing.tag]] += 1
        elif drawing.tag == f"{DRAW}image":
            self._picture(drawing, before)
        elif drawing.tag in (f"{DRAW}object", f"{DRAW}object-ole"):
            self._inside(drawing, before, line)
        words = [*drawing.findall(f"{SVG}title"), *drawing.findall(f"{SVG}desc")]
        if text := embedded.alternative(" ".join("".join(one.itertext()) for one in words)):
            holds_picture = any(one.tag == f"{DRAW}image" for one in drawing)
            # Its picture comes next.
            place = f"{before}图 {self._counted[f'{before}图'] + 1} " if holds_picture else f"{before}图形"
            self._passages.append(Passage(text, f"{place}的替代文字", line, "alt"))

    def _picture(self, image: Element, before: str) -> None:
        address = _inner(image.get(LINK, ""))
        written = image.find(f"{OFFICE}binary-data")
        if not address and written is None:
            return
        if address and (self._package is None or address not in self._package):
            self._paths.append(address)
            self._unread["张链接的图片"] += 1
            return
        key = (before, address or str(id(image)))
        if key not in self._pictures:
            self._counted[f"{before}图"] += 1
            place = f"{before}图 {self._counted[f'{before}图']}"
            self._pictures[key] = (
                embedded.part_picture(self._source, address, place)
                if address
                else embedded.picture(place, partial(_decoded, written.text if written is not None else ""))
            )

    def _inside(self, element: Element, before: str, line: int) -> None:
        """Take in an object: words of a chart, or a document to be read by itself."""
        address = _inner(element.get(LINK, ""))
        name = f"{address}/content.xml"
        content = self._package.whole(name) if self._package and address else None
        inner = content if content is not None else element
        charts = list(inner.iter(f"{CHART}chart"))
        if charts:
            self._counted[f"{before}图表"] += 1
            place = f"{before}图表 {self._counted[f'{before}图表']}"
            texts = dict.fromkeys("".join(one.itertext()).strip() for one in inner.iter(f"{TEXT}p"))
            self._passages += [Passage(text, place, line) for text in texts if text and not _is_number(text)]
        elif content is not None:
            self._objects.append(address)
        elif self._package and name in self._package:
            self._unread["个嵌入的对象（已损坏）"] += 1
        elif self._package and address in self._package:
            member = embedded.of_object(address, self._package.read(address) or b"")
            if member:
                self._members.append(member)
            else:
                self._unread["个嵌入的对象"] += 1
        else:
            self._unread["个嵌入的对象"] += 1

    def _object(self, folder: str) -> Member:
        """A document inside, whose parts lie in a folder, as the file that it would be."""
        packing = io.BytesIO()
        with Package(self._source, _TITLE) as package, zipfile.ZipFile(packing, "w") as packed:
            root = package.xml("META-INF/manifest.xml")
            kinds = {_full(one).rstrip("/"): _full(one, "media-type") for one in (root if root is not None else ())}
            kind = kinds.get(folder, "")
            packed.writestr("mimetype", kind)
            entries = {"/": kind}
            for name in ("content.xml", "styles.xml", "meta.xml"):
                if (body := package.read(f"{folder}/{name}")) is not None:
                    packed.writestr(name, body)
                    entries[name] = "text/xml"
            packed.writestr("META-INF/manifest.xml", _manifest(entries))
        suffix = {"spreadsheet": ".ods", "presentation": ".odp"}.get(kind.rpartition(".")[2], ".odt")
        return Member(PurePosixPath(folder).name + suffix, packing.getvalue())

    def _styles(self, properties_name: str, attribute: str, value: str) -> frozenset[str]:
        """The styles that say so."""
        return frozenset(
            style.get(f"{STYLE}name", "")
            for root in self._roots
            for style in root.iter(f"{STYLE}style")
            if any(one.tag == f"{STYLE}{properties_name}" and one.get(attribute) == value for one in style)
        )

    def _of_meta(self, name: str = "*") -> Iterator[Element]:
        for root in self._roots:
            for meta in root.iter(f"{OFFICE}meta"):
                yield from meta.iter(name)

    def _has_macros(self) -> bool:
        if self._package is not None:
            return any(name.startswith(("basic/", "scripts/")) for name in self._package.names)
        return any(len(one) for root in self._roots for one in root.iter(f"{OFFICE}script"))


def _manifest(entries: Mapping[str, str]) -> bytes:
    """The list of the parts of a package, by their media types."""
    root = Element(f"{_MANIFEST}manifest", {f"{_MANIFEST}version": "1.3"})
    for name, kind in entries.items():
        SubElement(root, f"{_MANIFEST}file-entry", {f"{_MANIFEST}full-path": name, f"{_MANIFEST}media-type": kind})
    written: bytes = tostring(root, "utf-8")
    return written


def _without(element: Element, left_out: list[Element]) -> Element:
    """An element with only some of what it holds."""
    kept = Element("part")
    kept.extend(one for one in element if one not in left_out)
    return kept


def _inner(address: str) -> str:
    """The name of a part that an address leads to."""
    return unquote(address).removeprefix("./")


def _decoded(written: str | None) -> bytes:
    return base64.b64decode(written or "")


def _is_number(text: str) -> bool:
    return text.replace(".", "").replace("-", "").isdigit() or text == "NaN"


def _full(entry: Element, name: str = "full-path") -> str:
    """An attribute of the manifest."""
    return next((value for key, value in entry.items() if key.endswith("}" + name)), "")
