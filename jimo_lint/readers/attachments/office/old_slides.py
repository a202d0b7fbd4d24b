"""Reads slides of PowerPoint 97 to 2003 (.ppt), which WPS writes as .dps too, with their notes and masters."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from datetime import date
from functools import partial
from itertools import chain
from struct import unpack_from
from typing import Any, NamedTuple

from jimo_lint.errors import InputError
from jimo_lint.model import Cell, Mark
from jimo_lint.readers import compound
from jimo_lint.readers.attachments.office import blips, embedded, properties
from jimo_lint.readers.attachments.office.blips import Record, records
from jimo_lint.readers.contents import FileContents, Member, Passage, contents, links_of
from jimo_lint.readers.source import Source
from jimo_lint.values import replace

_TITLE, _REMEDY = "PowerPoint 幻灯片", "请用 PowerPoint 或 WPS 另存为 .pptx"
_STREAM, _USER = "PowerPoint Document", "Current User"

# Kinds of records as in [MS-PPT], the published description of the format; its names stand beside them.
_EDIT, _DIRECTORY = 0x0FF5, 0x1772  # UserEditAtom, PersistDirectoryAtom
_LOCKED_TOKEN, _LOCKED_EDIT = 0xF3D1C4DF, 0x20  # headerToken; bytes of an edit that says how it is encrypted
_DOCUMENT, _LIST, _LISTED = 0x03E8, 0x0FF0, 0x03F3  # DocumentContainer, SlideListWithText…, SlidePersistAtom
_SLIDES, _MASTERS, _NOTES = 0, 1, 2  # instances of lists
_SLIDE_ATOM, _SHOW_INFO = 0x03EF, 0x03F9  # SlideAtom, SlideShowSlideInfoAtom
_HIDDEN = 0x0004  # fHidden
_HEADER, _CHARS, _BYTES, _REFERENCE = 0x0F9F, 0x0FA0, 0x0FA8, 0x0F9E  # TextHeaderAtom … OutlineTextRefAtom
_STRING = 0x0FBA  # CString
_MARGINS, _COMMENT, _LINK = 0x0FD9, 0x2EE0, 0x0FD7  # HeadersFooters…, Comment10Container, ExHyperlinkContainer
_TAGS = 0x138B  # BinaryTagDataBlob: what newer programs add, comments among it
_GROUP, _SHAPE, _TEXTBOX, _ANCHOR = 0xF003, 0xF004, 0xF00D, 0xF00F  # OfficeArtSpgrContainer …
_PLACEHOLDER, _TERTIARY, _IS_TABLE = 0x0BC3, 0xF122, 0x039F  # PlaceholderAtom, OfficeArtTertiaryFOPT, tableProperties
_OBJECT, _MACROS = 0x1011, 0x0400  # ExOleObjStg, VBAInfoAtom
_PLAIN = dict.fromkeys(range(0x20)) | {0x0D: "\r", 0x0B: "\n", 0x09: " "}
_LARGEST_OBJECT = 50 * 1024 * 1024  # bytes unpacked


def sign(source: Source) -> str:
    """The stream that holds the slides, "" where there is none."""
    return _STREAM if compound.has(source, _STREAM) else ""


def read(source: Source, base: str, _as_of: date) -> FileContents:
    """Each slide in the order of the show. InputError: damaged, with a password, or no slides."""
    if compound.is_locked(source):
        raise compound.locked(source, _TITLE, _REMEDY)
    try:
        with compound.opened(source.body) as package:
            if not package.exists(_STREAM):
                raise InputError(source.place, f"不是 {_TITLE}", _REMEDY, mark="damaged")
            show = _Show(package.openstream(_STREAM).read())
            if not show.find(package.openstream(_USER).read()):
                raise compound.locked(source, _TITLE, _REMEDY)
            show.read()
            return show.done(source, package, base)
    except InputError:
        raise
    except Exception:  # noqa: BLE001 - struct.error, IndexError, OSError of a chain that leads nowhere …
        raise InputError(
            source.place, f"{_TITLE}已损坏，多半没有下载或复制完", f"请重新复制，或{_REMEDY[1:]}", mark="damaged"
        ) from None


class _Listed(NamedTuple):
    """A slide as the document lists it. texts: those of its outline, which its shapes refer to."""

    persist: int
    texts: list[str]


class _Show:
    """The slides of a stream, and what was found in them so far."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._offsets: dict[int, int] = {}  # of objects that are kept, by their numbers
        self._document: Record | None = None
        self._passages: list[Passage] = []
        self._hidden: list[str] = []
        self._comments = 0

    def find(self, user: bytes) -> bool:
        """Find the newest state of all objects: edits are appended to the file. False where it has a password."""
        token, at = unpack_from("<II", user, 12)
        if token == _LOCKED_TOKEN:
            return False
        document = 0
        seen: set[int] = set()
        while at and at not in seen:
            seen.add(at)
            edit = self._record(at)
            if edit.kind != _EDIT:
                raise ValueError("no edit")
            if edit.end - edit.start >= _LOCKED_EDIT:
                return False
            at, directory, named = unpack_from("<III", self._body, edit.start + 8)
            document = document or named
            self._directory(self._record(directory))
        self._document = self._record(self._offsets[document])
        return True

    def read(self) -> None:
        """Read the slides, then what masters show by themselves."""
        lists = {kind: dict(self._listed(kind)) for kind in (_SLIDES, _MASTERS, _NOTES)}
        for number, one in enumerate(lists[_SLIDES].values(), 1):
            name = f"幻灯片 {number}"
            record = self._kept(one.persist)
            if record is None:
                continue
            self._sheet(record, name, number, one.texts)
            for inner in self._children(record):
                if inner.kind == _SLIDE_ATOM:
                    notes = lists[_NOTES].get(unpack_from("<I", self._body, inner.start + 16)[0])
                    noted = self._kept(notes.persist) if notes else None
                    if notes and noted:
                        self._sheet(noted, f"{name} 备注", number, notes.texts)
                elif inner.kind == _SHOW_INFO and unpack_from("<H", self._body, inner.start + 10)[0] & _HIDDEN:
                    self._hidden.append(name)
        for one in lists[_MASTERS].values():
            if (record := self._kept(one.persist)) is not None:
                self._sheet(record, "母版", 1, one.texts, master=True)

    def done(self, source: Source, package: Any, base: str) -> FileContents:
        """All of it. package: the file, for what lies beside the slides."""
        members, objects = self._objects()
        about = properties.of_compound(package)
        stored = package.openstream("Pictures").read() if package.exists("Pictures") else b""
        found = contents(
            source,
            dict.fromkeys(self._passages),
            marks=[
                *(Mark("hidden", name) for name in self._hidden),
                *([Mark("comments", "", f"{self._comments} 条")] if self._comments else ()),
                *([Mark("macro")] if any(self._macros()) else ()),
                *about.marks,
            ],
            links=links_of(dict.fromkeys(self._links()), base),
            unread="、".join((*([f"{objects} 个嵌入的对象"] if objects else ()), *about.told())),
            pictures=[
                embedded.picture(f"图 {number}", partial(bytes, content))
                for number, content in enumerate(blips.pictures(stored, 0, len(stored)), 1)
            ],
            members=members,
        )
        return replace(found, properties=about.said)

    def _record(self, at: int) -> Record:
        return next(records(self._body, at, len(self._body)))

    def _children(self, record: Record) -> Iterator[Record]:
        return records(self._body, record.start, record.end)

    def _all(self, record: Record) -> Iterator[Record]:
        """The records inside another, at any depth, in their order."""
        waiting = [self._children(record)]
        while waiting:
            one = next(waiting[-1], None)
            if one is None:
                waiting.pop()
                continue
            yield one
            if one.holds:
                waiting.append(self._children(one))

    def _kept(self, number: int) -> Record | None:
        at = self._offsets.get(number)
        return None if at is None else self._record(at)

    def _directory(self, record: Record) -> None:
        at = record.start
        while record.kind == _DIRECTORY and at + 4 <= record.end:
            (head,) = unpack_from("<I", self._body, at)
            first, count = head & 0xFFFFF, head >> 20
            offsets = unpack_from(f"<{count}I", self._body, at + 4)
            at += 4 + 4 * count
            for number, offset in enumerate(offsets, first):
                self._offsets.setdefault(number, offset)

    def _listed(self, kind: int) -> Iterator[tuple[int, _Listed]]:
        """The slides of a list, by their ids."""
        found: _Listed | None = None
        texts = chain.from_iterable(
            self._children(one) for one in self._top() if one.kind == _LIST and one.instance == kind
        )
        for one in texts:
            if one.kind == _LISTED:
                persist, identity = unpack_from("<I8xI", self._body, one.start)
                found = _Listed(persist, [])
                yield identity, found
            elif one.kind == _HEADER and found:
                found.texts.append("")
            elif one.kind in (_CHARS, _BYTES) and found and found.texts:
                found.texts[-1] = self._text(one)

    def _top(self) -> Iterator[Record]:
        return self._children(self._document) if self._document else iter(())

    def _text(self, record: Record) -> str:
        return self._body[record.start : record.end].decode(
            "latin-1" if record.kind == _BYTES else "utf-16-le", "replace"
        )

    def _sheet(self, record: Record, name: str, line: int, outline: list[str], *, master: bool = False) -> None:
        """Read the shapes of a slide, of notes or of a master, whose places for text hold only prompts."""
        comments = tables = 0
        waiting = [self._children(record)]
        while waiting:
            one = next(waiting[-1], None)
            if one is None:
                waiting.pop()
            elif one.kind == _GROUP and self._is_table(one):
                tables += 1
                self._table(one, f"{name} 表 {tables}", line, outline)
            elif one.kind == _SHAPE:
                if not (master and any(inner.kind == _PLACEHOLDER for inner in self._all(one))):
                    self._add(self._shape(one, outline), name, line)
            elif one.kind == _COMMENT:
                comments += 1
                self._comments += 1
                strings = [inner for inner in self._children(one) if inner.kind == _STRING and inner.instance == 1]
                for inner in strings:
                    self._add(self._text(inner), f"{name} 批注 {comments}", line, "comment")
            elif one.kind == _MARGINS:
                for inner in self._children(one):
                    if inner.kind == _STRING and inner.instance > 0:
                        self._add(self._text(inner), f"{name} {'页眉' if inner.instance == 1 else '页脚'}", line)
            elif one.holds or one.kind == _TAGS:
                waiting.append(self._children(one))

    def _shape(self, shape: Record, outline: list[str]) -> str:
        found: list[str] = []
        for one in self._all(shape):
            if one.kind in (_CHARS, _BYTES):
                found.append(self._text(one))
            elif one.kind == _REFERENCE:
                (index,) = unpack_from("<I", self._body, one.start)
                found += outline[index : index + 1]
        return "\r".join(found)

    def _add(self, text: str, place: str, line: int, kind: str = "body", cell: Cell | None = None) -> None:
        for paragraph in text.translate(_PLAIN).split("\r"):
            if shown := paragraph.rstrip():
                self._passages.append(Passage(shown, place, line, kind, cell))

    def _is_table(self, group: Record) -> bool:
        """A table is a group of shapes whose first, which stands for the group, says so."""
        head = next(self._children(group), None)
        for one in self._children(head) if head else ():
            if one.kind == _TERTIARY:
                codes = (unpack_from("<H", self._body, one.start + 6 * n)[0] for n in range(one.instance))
                return any(code & 0x3FFF == _IS_TABLE for code in codes)
        return False

    def _table(self, group: Record, name: str, line: int, outline: list[str]) -> None:
        """Cells are shapes; where they begin tells row and column."""
        cells: list[tuple[int, int, str]] = []
        for shape in self._children(group):
            for one in self._children(shape):
                if one.kind == _ANCHOR and any(inner.kind == _TEXTBOX for inner in self._children(shape)):
                    left, top = unpack_from("<ii", self._body, one.start)
                    cells.append((top, left, self._shape(shape, outline)))
        rows = {top: number for number, top in enumerate(sorted({cell[0] for cell in cells}), 1)}
        columns = {left: number for number, left in enumerate(sorted({cell[1] for cell in cells}), 1)}
        for top, left, text in sorted(cells):
            row, column = rows[top], columns[left]
            self._add(text, f"{name} 第 {row} 行第 {column} 列", line, "table", Cell(name, row, column))

    def _links(self) -> Iterator[tuple[str, str]]:
        for one in self._all(self._document) if self._document else ():
            if one.kind == _LINK:
                strings = {inner.instance: self._text(inner) for inner in self._children(one) if inner.kind == _STRING}
                if address := strings.get(1):
                    yield address, strings.get(0, "")

    def _macros(self) -> Iterator[int]:
        """The numbers of the objects that hold macros."""
        for one in self._all(self._document) if self._document else ():
            if one.kind == _MACROS:
                number, has = unpack_from("<II", self._body, one.start)
                if has:
                    yield number

    def _objects(self) -> tuple[list[Member], int]:
        """The files that are embedded as objects, and how many objects hold none that can be taken out."""
        found: list[Member] = []
        count = 0
        macros = set(self._macros())
        for number in sorted(self._offsets.keys() - macros):
            record = self._kept(number)
            if record is None or record.kind != _OBJECT:
                continue
            count += 1
            content = self._body[record.start : record.end]
            if record.instance:  # packed
                content = zlib.decompressobj().decompress(content[4:], _LARGEST_OBJECT)
            if member := embedded.of_object(f"对象 {count}", content):
                found.append(member)
        return found, count - len(found)
