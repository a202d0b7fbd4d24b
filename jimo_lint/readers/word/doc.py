"""Reads a document of Word 97 to 2003 (.doc), the format that WPS writes as .wps, in every part that holds text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import accumulate, islice, pairwise
from struct import unpack_from
from typing import Any, NamedTuple

from jimo_lint.errors import InputError
from jimo_lint.model import Cell, Mark
from jimo_lint.readers import compound
from jimo_lint.readers.attachments.office import blips, embedded, properties
from jimo_lint.readers.contents import Member, Passage
from jimo_lint.readers.source import Source
from jimo_lint.readers.word import doc_numbers
from jimo_lint.readers.word.doc_format import HIDDEN, IN_TABLE, SHOWN, Format, Piece, pieces, read_format, shown
from jimo_lint.readers.word.word_text import (
    CellCounter,
    WordText,
    hidden_marks,
    in_cell,
    kept_by,
    linked,
    shown_by,
    tooltip,
)

SIGNATURE = compound.SIGNATURE
_TITLE, _REMEDY = "Word 文档", "请用 Word 或 WPS 另存为 .docx"

# Offsets and codes as in [MS-DOC], the published description of the format; its names stand beside them.
_WORD_97 = 0xA5EC  # wIdent
_ENCRYPTED, _TABLE_1 = 0x0100, 0x0200  # fEncrypted, fWhichTblStm
_LENGTHS = 0x4C  # ccpText and, behind it, those of the parts that follow the main text
# What the parts behind the main text are called, in their order; of macros there is no text to read.
_BODY, _BOXES, _MARGINS = "", "文本框", "页眉页脚"
_PARTS = (_BODY, "脚注", _MARGINS, None, "批注", "尾注", _BOXES, f"{_MARGINS}里的文本框")
# Where a part is divided: plcfHdd; plcftxbxTxt, whose borders have 22 bytes each behind them.
_OF_MARGINS, _OF_BOXES, _BOX_SIZE = 0xF2, 0x25A, 22
_SEPARATORS = 6  # of notes, before the margins
_HEADERS = (0, 1, 4)  # of the six margins of a section
_DRAWN = 0x22A  # fcDggInfo
_FROM_FILE = 0x66  # MM_SHAPEFILE, how an inline picture may be kept
_IN_CELL = re.compile(f"([\r\x07\x0c\x0e])(?:{IN_TABLE}(\\d)([pcr]))?")

_PICTURE = "\x01"
_NUMBER = {"脚注": "\x02", "尾注": "\x02", "批注": "\x05"}  # stands at the beginning of each
_FIELD = re.compile("([\x13\x14\x15])")  # begin, separator, end
_RESULT = re.compile("\x13([^\x13-\x15]*+)\x14([^\x13-\x15]*+)")  # the innermost: instruction, and what is shown
_ALONE = re.compile("\x13([^\x13-\x15]*+)\x15")  # one that shows nothing by itself
# Ends of cells, pages and columns; line breaks and tabs; a hyphen. Others are anchors of pictures, notes and the like.
_PLAIN = dict.fromkeys(range(0x20)) | {0x1E: "-"} | {0x0B: "\n", 0x09: " ", 0x0A: " "}
_VEILED = re.compile(f"{HIDDEN}([^{SHOWN}]*)")


def read(source: Source) -> WordText:
    """The paragraphs of the main text, a table's cells one by one, then text boxes, notes, comments and margins.

    Paragraphs without a word are left out, but counted; so is what tracked changes delete. InputError: damaged, with
    a password, or no Word.
    """
    try:
        with compound.opened(source.body) as package:
            if compound.is_locked(source):
                raise compound.locked(source, _TITLE, _REMEDY)
            if not package.exists("WordDocument"):
                raise InputError(source.place, "不是 Word 文档", _REMEDY, mark="damaged")
            main = package.openstream("WordDocument").read()
            ident, flags = unpack_from("<H8xH", main)
            if ident != _WORD_97:
                raise InputError(source.place, "是 Word 97 以前的旧格式", _REMEDY, mark="unknown")
            if flags & _ENCRYPTED:
                raise compound.locked(source, _TITLE, _REMEDY)
            table = package.openstream("1Table" if flags & _TABLE_1 else "0Table").read()
            data = package.openstream("Data").read() if package.exists("Data") else b""
            found = _Reading(main, table, data)
            found.parts()
            return found.done(package)
    except InputError:
        raise
    except Exception:  # noqa: BLE001 - struct.error, IndexError, OSError of a chain that leads nowhere …
        raise InputError(
            source.place,
            "Word 文档已损坏，多半没有下载或复制完",
            "请重新复制，或用 Word 或 WPS 另存为 .docx",
            mark="damaged",
        ) from None


def sign(source: Source) -> str:
    """The name of the stream that holds the text, "" where the compound file is none of Word, or damaged."""
    return "WordDocument" if compound.has(source, "WordDocument") else ""


class _Stretch(NamedTuple):
    """Part of the text that has a place of its own. number: of a text box, 0 where the format does not tell."""

    title: str
    start: int
    end: int
    number: int = 0


class _Reading:
    """What was found so far."""

    def __init__(self, main: bytes, table: bytes, data: bytes) -> None:
        self._main, self._table, self._data = main, table, data
        self._pieces: list[Piece] = list(pieces(main, table))
        self._format: Format = read_format(main, table, data)
        self._passages: list[Passage] = []
        self._links: list[tuple[str, str]] = []
        self._asides: list[tuple[str, str]] = []  # places and words that stand in no paragraph
        self._hidden: list[str] = []
        self._anchors = 0  # of pictures in the text
        self._paragraphs = 0
        self._numbers = dict.fromkeys(_NUMBER, 0)

    def parts(self) -> None:
        """Read all; the main text and its boxes first, since their paragraphs are counted as those of one text."""
        stretches = sorted(self._stretches(), key=lambda one: one.title not in (_BODY, _BOXES))
        for one in stretches:
            text = "".join(shown(self._main, piece, self._format, one.start, one.end) for piece in self._pieces)
            if text:
                fields = [(_clean(field[1]), _clean(field[2])) for field in _RESULT.finditer(text)]
                self._links += linked(fields)
                self._asides += (
                    ("链接提示", tip) for code, _ in fields if (tip := tooltip(code)) and not embedded.is_address(tip)
                )
                alone = ((_clean(field[1]), "") for field in _ALONE.finditer(text))
                self._asides += (kept for field in (*fields, *alone) for kept in kept_by(*field))
                self._stretch(one, _results(text))
        used = doc_numbers.Used(self._format.lists, self._format.styles)
        self._asides += (("编号", one) for one in doc_numbers.words(self._main, self._table, used))
        self._passages += (Passage(words, place, 1, "aside") for place, words in self._asides)

    def done(self, package: Any) -> WordText:
        """All of it. package: the file, for what lies beside the text."""
        inline, floating = list(self._inline()), list(self._floating())
        pictures = [
            embedded.picture(f"图 {number}", partial(bytes, content))
            for number, content in enumerate((*inline, *floating), 1)
        ]
        members, objects = _objects(package)
        without = max(self._anchors - len(inline) - len(members) - objects, 0)
        about = properties.of_compound(package)
        counted = (f"{without} 张图片", f"{objects} 个嵌入的对象", *about.told())
        comments = self._numbers["批注"]
        return WordText(
            list({(one.text, one.place): one for one in self._passages}.values()),
            "、".join(one for one in counted if not one.startswith("0 ")),
            list(dict.fromkeys(self._links)),
            [
                *hidden_marks(self._hidden),
                *([Mark("tracked", "", f"{self._format.changes} 处")] if self._format.changes else ()),
                *([Mark("comments", "", f"{comments} 条")] if comments else ()),
                *([Mark("macro")] if package.exists("Macros") else ()),
                *about.marks,
            ],
            pictures,
            members,
            about.said,
        )

    def _stretches(self) -> Iterator[_Stretch]:
        starts = [0, *accumulate(unpack_from(f"<{len(_PARTS)}I", self._main, _LENGTHS))]
        for title, start, end in zip(_PARTS, starts, starts[1:], strict=False):
            if title is None or start == end:
                continue
            borders = self._borders(_OF_MARGINS, 0) if title == _MARGINS else ()
            boxes = self._borders(_OF_BOXES, _BOX_SIZE) if title == _BOXES else ()
            if len(borders) > _SEPARATORS:
                for index, (first, last) in enumerate(pairwise(borders[_SEPARATORS:])):
                    yield _Stretch("页眉" if index % 6 in _HEADERS else "页脚", start + first, min(start + last, end))
            elif boxes:
                for number, (first, last) in enumerate(pairwise(boxes), 1):
                    yield _Stretch(title, start + first, min(start + last, end), number)
            else:
                yield _Stretch(title, start, end)

    def _borders(self, at: int, size: int) -> tuple[int, ...]:
        """Where the stretches of a part begin and end, as a table of them says."""
        at, length = unpack_from("<II", self._main, at)
        number = max(length - 4, 0) // (4 + size)
        return unpack_from(f"<{number + 1}I", self._table, at) if number else ()

    def _stretch(self, stretch: _Stretch, text: str) -> None:
        title, tables = stretch.title, CellCounter("" if stretch.title == _BODY else f"{stretch.title} ")
        counted = title in (_BODY, _BOXES)
        veiled = False
        ends = [*_IN_CELL.finditer(text)]
        starts = [0, *(one.end() for one in ends)]
        for start, end in zip(starts, [*ends, None], strict=True):
            paragraph = text[start : end.start() if end else len(text)]
            if end is None and not paragraph:
                break
            self._paragraphs += counted
            self._anchors += paragraph.count(_PICTURE)
            hidden, veiled = _hidden(paragraph, veiled=veiled)
            cell = _cell(tables, end) if end else None
            if title in self._numbers and _NUMBER[title] in paragraph:
                self._numbers[title] += 1
            if words := _clean(paragraph).rstrip():
                place = in_cell(cell) if cell else self._place(stretch)
                cell = cell._replace(hidden=hidden) if cell else None
                kind = "comment" if title == "批注" else "table" if cell else "body"
                self._passages.append(Passage(words, place, self._paragraphs if counted else 1, kind, cell))
                if hidden:
                    self._hidden.append(place)

    def _place(self, stretch: _Stretch) -> str:
        if stretch.number:
            return f"{stretch.title} {stretch.number}"
        if stretch.title in (_BODY, _BOXES):
            return f"第 {self._paragraphs} 段"
        number = self._numbers.get(stretch.title)
        return f"{stretch.title} {number}" if number else stretch.title

    def _inline(self) -> Iterator[bytes]:
        """The pictures of the text, in its order."""
        for at in self._format.pictures:
            if at + 68 > len(self._data):
                continue
            size, head, kind = unpack_from("<IHH", self._data, at)
            start = at + head
            if kind == _FROM_FILE:  # whose name comes first
                start += 1 + self._data[start]
            yield from islice(blips.pictures(self._data, start, min(at + size, len(self._data))), 1)

    def _floating(self) -> Iterator[bytes]:
        """The pictures that float beside the text."""
        at, size = unpack_from("<II", self._main, _DRAWN)
        if size and at + size <= len(self._table):
            yield from blips.pictures(self._table, at, at + size, self._main)


def _cell(tables: CellCounter, end: re.Match[str]) -> Cell | None:
    """Where the paragraph with such an end stands; None outside of tables, and for the end of a row."""
    depth = int(end[2] or 0)
    if end[3] == "r":
        tables.end_row(depth)
        return None
    return tables.place(depth, ends=end[3] == "c" or (depth == 1 and end[1] == "\x07"))


def _objects(package: Any) -> tuple[list[Member], int]:
    """The files that are embedded as objects, and how many objects hold none that can be taken out."""
    streams: dict[str, set[str]] = {}
    for path in package.listdir():
        if path[0] == "ObjectPool" and len(path) == 3:
            streams.setdefault(path[1], set()).add(path[2])
    found: list[Member] = []
    for name, inside in streams.items():
        if member := embedded.of_storage(package, ["ObjectPool", name], inside):
            found.append(member)
    return found, len(streams) - len(found)


def _clean(text: str) -> str:
    """The words, without anchors and without our marks."""
    return text.translate(_PLAIN)


def _hidden(paragraph: str, *, veiled: bool) -> tuple[bool, bool]:
    """Whether words of a paragraph are hidden, and whether what comes behind it is."""
    text = HIDDEN + paragraph if veiled else paragraph
    hidden = any(_clean(one[1]).strip() for one in _VEILED.finditer(text))
    return hidden, text.rfind(HIDDEN) > text.rfind(SHOWN)


def _results(text: str) -> str:
    """The text with what fields show in place of what they are: of a link the words, not the address."""
    shown: list[str] = []
    fields: list[bool] = []  # whether each open field is still at its instruction
    instructions = 0
    instruction = ""  # of the innermost, as far as it was read
    for piece in _FIELD.split(text):
        if piece == "\x13":
            fields.append(True)
            instructions += 1
        elif piece in ("\x14", "\x15") and fields:
            at_instruction = fields.pop()
            instructions -= at_instruction
            if piece == "\x14":
                fields.append(False)
            elif at_instruction and not instructions:
                shown.append(shown_by(_clean(instruction)))
        elif not instructions:
            shown.append(piece)
        instruction = piece
    return text if fields else "".join(shown)  # a field without an end must not swallow the rest
