"""Reads an OFD file (GB/T 33190): its pages in reading order, annotations, pictures, and the files attached to it."""

from __future__ import annotations

import io
import posixpath
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from jimo_lint.errors import InputError
from jimo_lint.model import Mark
from jimo_lint.readers.attachments.ofd.page import Line, Shown, lines, local, named, shown
from jimo_lint.readers.attachments.office.properties import own
from jimo_lint.readers.attachments.packages.names import shown as shown_name
from jimo_lint.readers.contents import FileContents, Member, Passage, Picture, contents, links_of, only_there
from jimo_lint.readers.opc import Package
from jimo_lint.readers.source import Source
from jimo_lint.values import replace

if TYPE_CHECKING:
    from PIL.Image import Image  # of the extra `ocr`

_TITLE = "OFD 文件"
_MAIN = "OFD.xml"
# What lists the headings beside the pages, and the attribute that says them.
_OUTLINES = {"OutlineElem": "Title", "Bookmark": "Name"}
# What else is said of a document, and what that is called.
_SAID = {"Subject": "主题", "Abstract": "摘要", "Keyword": "关键词"}
# What is added to a document beside its pages; numbers of objects have at most so many digits.
_ADDED = {"CustomTags": "公文标引", "Extensions": "扩展数据"}
_NUMBER = 9
# What stands at the root where the parts are encrypted [GB/T 33190 and GM/T 0099].
_LOCKED = ("Encryptions.xml", "Decryptseed.dat", "Decyptseed.dat")


@dataclass(slots=True)
class _Read:
    """What is gathered of all documents in the file."""

    passages: list[Passage] = field(default_factory=list)
    last: list[Passage] = field(default_factory=list)  # numbers of pages, which part no paragraph
    pictures: list[Picture] = field(default_factory=list)
    attached: list[tuple[str, str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    unread: Counter[str] = field(default_factory=Counter)
    titles: list[str] = field(default_factory=list)
    said: list[tuple[str, str]] = field(default_factory=list)  # of properties
    pages: int = 0


def sign(source: Source) -> str:
    """The part that every such file begins with."""
    try:
        with Package(source, _TITLE) as package:
            return _MAIN if _MAIN in package else ""
    except InputError:
        return ""


def read(source: Source, base: str, _as_of: date) -> FileContents:
    """Text, pictures and members. InputError: damaged, encrypted, no such file, without pages."""
    found = _Read()
    with Package(source, _TITLE) as package:
        if any(name in package for name in _LOCKED):
            raise InputError(source.place, f"{_TITLE}加了密码，未读", "请去掉密码后再查", mark="locked")
        root = package.xml(_MAIN)
        if root is None:
            raise InputError(source.place, f"不是 {_TITLE}", "请用 WPS 或数科、福昕等阅读器另存", mark="damaged")
        bodies = [one for one in root.iter() if local(one) == "DocBody"]
        for number, body in enumerate(bodies, 1):
            _body(package, body, f"文档 {number} " if len(bodies) > 1 else "", source, found)
    if not found.pages:
        raise InputError(source.place, f"{_TITLE}里没有读得出的页面", "请重新导出", mark="damaged")
    read = contents(
        source,
        (*found.passages, *found.last),
        marks=found.marks,
        links=links_of(dict.fromkeys(found.links), base),
        title=next(iter(found.titles), ""),
        unread="、".join(f"{count} {what}" for what, count in found.unread.items()),
        pictures=found.pictures,
        members=_members(source, found.attached) if found.attached else (),
    )
    return replace(read, properties=found.said)


def _body(package: Package, body: Element, prefix: str, source: Source, found: _Read) -> None:
    for element in body.iter():
        name, text = local(element), (element.text or "").strip()
        if name == "Title" and text:
            found.titles.append(text)
            found.said.append(("标题", text))
        elif name in _SAID and text:
            found.said.append((_SAID[name], text))
        elif name == "CustomData":
            found.said += own(element.get("Name", ""), text)
        elif name == "Author" and text:
            found.marks.append(Mark("author", "", text))
        elif name == "Signatures" and text:
            signatures = _part(package, "", text)[1]
            count = sum(local(one) == "Signature" for one in signatures.iter()) if signatures is not None else 1
            if count:
                found.unread["个电子签名或签章"] += count
    where = next(((one.text or "").strip() for one in body.iter() if local(one) == "DocRoot"), "")
    at, root = _part(package, "", where)
    if root is None:
        found.unread["份文档（缺了正文）"] += 1
        return
    _Document(package, at, root, prefix, source, found).read()


def _part(package: Package, folder: str, where: str) -> tuple[str, Element | None]:
    """Name and root of a part; None where it is missing or damaged."""
    name = _resolved(package, folder, where)
    try:
        return name, package.xml(name)
    except InputError:
        return name, None


def _resolved(package: Package, folder: str, where: str) -> str:
    """The name of a part that is given from a folder, or from the root; some programs write this without a slash."""
    written = where.strip().replace("\\", "/")
    name = posixpath.normpath(posixpath.join("/", folder, written)).lstrip("/")
    plain = posixpath.normpath(posixpath.join("/", written)).lstrip("/")
    return plain if name not in package and plain in package else name


class _Document:
    """One document of the file. prefix: stands before its places where there are several."""

    def __init__(self, package: Package, at: str, root: Element, prefix: str, source: Source, found: _Read) -> None:
        self._package, self._folder, self._root = package, posixpath.dirname(at), root
        self._prefix, self._source, self._found = prefix, source, found
        self._media: dict[str, str] = {}
        self._units: dict[str, Element] = {}
        self._templates: dict[str, str] = {}
        self._used: set[str] = set()
        self._before: Line | None = None  # the last of the page before

    def read(self) -> None:
        """Its pages, then the notes on them, then what is attached."""
        pages: list[Element] = []
        outline: list[str] = []
        for element in self._root.iter():
            name, text = local(element), (element.text or "").strip()
            if name in ("PublicRes", "DocumentRes") and text:
                self._resources(self._folder, text)
            elif name == "TemplatePage":
                self._templates[element.get("ID", "")] = element.get("BaseLoc", "")
            elif name in _OUTLINES:
                outline.append(element.get(_OUTLINES[name], "").strip())
            elif name == "Page" and element.get("BaseLoc"):
                pages.append(element)
            elif name in _ADDED and text:
                self._added(_ADDED[name], text)
            elif name == "Attachments" and text:
                self._attachments(text)
        numbers = {page.get("ID", ""): number for number, page in enumerate(pages, 1)}
        for number, page in enumerate(pages, 1):
            self._page(number, page.get("BaseLoc", ""))
        self._found.passages += only_there(outline, self._found.passages, f"{self._prefix}书签")
        for element in self._root.iter():
            if local(element) == "Annotations" and (element.text or "").strip():
                self._annotations((element.text or "").strip(), numbers)

    def _added(self, title: str, where: str) -> None:
        """What programs add to the text for themselves, in parts of its own or not: words, no numbers of objects."""
        waiting, seen = [(self._folder, where)], set[str]()
        while waiting:
            at, root = _part(self._package, *waiting.pop())
            if root is None or at in seen:
                self._found.unread[f"份{title}（缺失或已损坏）"] += root is None
                continue
            seen.add(at)
            for one in root.iter():
                text = (one.text or "").strip()
                if local(one) in ("FileLoc", "ExtendData") and text:
                    waiting.append((posixpath.dirname(at), text))
                elif text and local(one) != "SchemaLoc" and (not text.isdecimal() or len(text) > _NUMBER):
                    self._found.passages.append(Passage(text, f"{self._prefix}{title}", kind="aside"))

    def _resources(self, folder: str, where: str) -> None:
        at, root = _part(self._package, folder, where)
        if root is None:
            return
        base = posixpath.join(posixpath.dirname(at), root.get("BaseLoc", ""))
        for element in root.iter():
            if local(element) == "MultiMedia":
                for one in element:
                    if local(one) == "MediaFile" and one.text:
                        self._media[element.get("ID", "")] = _resolved(self._package, base, one.text)
            elif local(element) == "CompositeGraphicUnit":
                self._units[element.get("ID", "")] = element

    def _page(self, number: int, where: str) -> None:
        place = f"{self._prefix}第 {number} 页"
        at, root = _part(self._package, self._folder, where)
        if root is None:
            self._found.unread["页（缺失或已损坏）"] += 1
            return
        self._found.pages += 1
        roots = [root]
        for element in root.iter():
            name = named(element.tag)
            if name == "PageRes" and element.text:
                self._resources(posixpath.dirname(at), element.text)
            elif name == "Template":
                roots += self._template(element.get("TemplateID", ""))
            elif name == "URI":
                self._found.links.append((element.get("URI", ""), ""))
        what = shown(roots, self._units)
        if what.hidden:
            self._found.marks.append(Mark("hidden", place, f"{what.hidden} 处"))
        page = lines(what.pieces)
        for line in page:
            if line.number:
                self._found.last.append(Passage(line.text, place, number, "footer"))
                continue
            # A paragraph may go over the end of a page.
            over = self._before is not None and self._before.goes_on_in(line)
            self._found.passages.append(Passage(line.text, place, number, continues=line.continues or over))
            self._before = None
        self._before = next((line for line in reversed(page) if not line.number), None)
        self._pictures(what, place, textless=all(line.number for line in page))

    def _template(self, name: str) -> list[Element]:
        """A page that stands behind others; its words are read where it stands first."""
        if name in self._used or not self._templates.get(name):
            return []
        self._used.add(name)
        root = _part(self._package, self._folder, self._templates[name])[1]
        return [root] if root is not None else []

    def _pictures(self, what: Shown, place: str, *, textless: bool) -> None:
        files = [self._media.get(one, "") for one in dict.fromkeys(what.pictures)]
        there = [one for one in files if one and one in self._package]
        if len(there) < len(files):
            self._found.unread["张图片（文件里没有）"] += len(files) - len(there)
        if textless and there:
            self._found.marks.append(Mark("scanned", place))
        elif textless and what.shapes and not what.pieces:
            self._found.unread["页只有图形，没有文字"] += 1
        for number, one in enumerate(there, 1):
            if not textless and one in self._used:
                continue  # a logo that stands on every page
            self._used.add(one)
            alone = textless and len(there) == 1
            load = partial(_picture, self._source, one)
            self._found.pictures.append(Picture(place if alone else f"{place} 图 {number}", load, textless))

    def _annotations(self, where: str, numbers: dict[str, int]) -> None:
        at, root = _part(self._package, self._folder, where)
        if root is None:
            self._found.unread["组注释（缺失或已损坏）"] += 1
            return
        for page in root:
            number = numbers.get(page.get("PageID", ""), 1)
            for one in page:
                if local(one) == "FileLoc" and one.text:
                    self._notes(posixpath.dirname(at), one.text, number)

    def _notes(self, folder: str, where: str, page: int) -> None:
        root = _part(self._package, folder, where)[1]
        if root is None:
            self._found.unread["组注释（缺失或已损坏）"] += 1
            return
        place = f"{self._prefix}第 {page} 页"
        counted = 0
        for note in root:
            if local(note) != "Annot":
                continue
            counted += 1
            self._found.links += ((one.get("URI", ""), "") for one in note.iter() if local(one) == "URI")
            said = ["".join(one.itertext()).strip() for one in note if local(one) == "Remark"]
            what = shown([one for one in note if local(one) == "Appearance"], self._units)
            said += (line.text for line in lines(what.pieces))
            self._found.passages += (
                Passage(text, f"{place} 批注 {counted}", page, "comment") for text in dict.fromkeys(said) if text
            )
            if note.get("Type") not in ("Link", "Watermark", "Stamp") and any(said):
                self._found.marks.append(Mark("comments", place, "1 条"))
            self._pictures(what, f"{place} 批注 {counted}", textless=False)

    def _attachments(self, where: str) -> None:
        at, root = _part(self._package, self._folder, where)
        if root is None:
            self._found.unread["组附件（缺失或已损坏）"] += 1
            return
        for element in root.iter():
            if local(element) == "Attachment":
                file = next((one.text or "" for one in element if local(one) == "FileLoc"), "")
                name = element.get("Name", "") or posixpath.basename(file)
                suffix = posixpath.splitext(file)[1]
                name = name if posixpath.splitext(name)[1] or not suffix else name + suffix
                self._found.attached.append((name, _resolved(self._package, posixpath.dirname(at), file)))


def _picture(source: Source, name: str) -> Image:
    from PIL import Image  # of the extra `ocr`

    with Package(source, _TITLE) as package:
        try:
            return Image.open(io.BytesIO(package.read(name) or b""))
        except InputError as fault:
            raise ValueError(fault.fault) from None


def _members(source: Source, attached: list[tuple[str, str]]) -> Iterator[Member]:
    with Package(source, _TITLE) as package:
        for name, part in attached:
            name = shown_name(name)
            try:
                body = package.read(part)
            except InputError as fault:
                yield Member(name, fault=fault)
                continue
            if body is None:
                yield Member(name, fault=InputError(name, "附件不在文件里", "请重新导出", mark="damaged"))
            else:
                yield Member(name, body)
