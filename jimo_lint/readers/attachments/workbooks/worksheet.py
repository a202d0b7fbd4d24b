"""Scans a worksheet part (ECMA-376 part 1, 18.3) for all but values: hidden rows and columns, how far it reaches."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import IO
from xml.etree.ElementTree import Element, ParseError, fromstring

from jimo_lint.errors import InputError
from jimo_lint.readers.attachments.workbooks.cells import Hidden
from jimo_lint.readers.tables.bounds import BEYOND, MOST_COLUMNS, MOST_ROWS

_CHUNK = 1024 * 1024
_LONGEST = 4 * _CHUNK  # bytes between two tags
# All that stands before and behind the rows; conditional formats make up most of it.
_LARGEST_REST = 20 * 1024 * 1024
_DATA = re.compile(rb"<((?:\w+:)?)sheetData(?:\s[^<>]*)?(/?)>")
# Patterns begin with what is rare: there are ten times as many tags as rows.
_ROW, _PREFIXED_ROW = re.compile(rb"<row\b[^<>]*>"), re.compile(rb"<\w{1,99}:row\b[^<>]*+>")
# Cells as nearly all programs write them, but those that only have a format.
_CELL = re.compile(rb'<c r="([A-Za-z]*)([0-9]*)"(?! s="\d{1,9}" ?/>| ?/>)')
# The same however it is written, in text too: a few cells too many do no harm here.
_REFERENCE = re.compile(rb"""(?<![\w:])r\s{0,9}=\s{0,9}["']([A-Za-z]*+)([0-9]*+)""")
_NAMELESS = re.compile(rb"""<(?:\w{1,99}:)?c(?=[\s/>])(?![^<>]*\sr\s*=)""")
_LETTERS = 3  # of the last column a sheet can have, XFD
_UNSEEN = re.compile(rb' hidden="(?:1|true|on)"| ht="0(?:\.0*)?"')
_NUMBER = re.compile(rb' r="(\d+)"')
_LINK = re.compile(rb"""HYPERLINK\((?:"|&quot;)([^"<>&]+(?:&amp;[^"<>&]*)*)""")
# A formula and nothing behind it, or a value that says nothing; the tag of its cell comes first.
_UNCALCULATED = re.compile(
    rb"<(?:\w{1,99}+:)?+c\b([^<>]*+)>\s*+<(?:\w{1,99}+:)?+f\b(?!\s*/>|>\s*</)(?:[^<>]*+(?<=/)>|[^<>]*+>[^<]*+</[\w:]++>)"
    rb"\s*+(<(?:\w{1,99}+:)?+v\b[^<>]*+(?:(?<=/)>|>\s*+</[\w:]++>)\s*+)?+</(?:\w{1,99}+:)?+c\s*>"
)
_TEXT = re.compile(rb"""\st\s*=\s*["']str["']""")
_NAME = re.compile(rb"""\sr\s*=\s*["'](\w+)""")
_TRUE = ("1", "true", "on")


@dataclass(frozen=True, slots=True)
class Worksheet:
    """rest: the part without its rows; hidden: its rows and columns; addresses: those that formulas link to.

    cells: of the rectangle from A1 to the last, or of a whole sheet where some do not say where they are.
    uncalculated: the names of cells whose formula has no result, "" for one without a name; an empty text is a result.
    errors: a cell shows an error such as #REF!.
    """

    rest: Element
    hidden: Hidden
    cells: int
    addresses: list[str]
    uncalculated: list[str]
    errors: bool


def scan(stream: IO[bytes], whole: str, damaged: InputError) -> Worksheet:
    """The part, read once as a stream. whole: how the sheet is hidden. `damaged` is raised where it is no worksheet.

    InputError too where a cell lies beyond what a sheet can have: calamine would make room for all that is between.
    Rows are looked at as bytes: a parser that builds them costs three times what reading the values does.
    """
    rest = bytearray()
    rows: set[int] = set()
    columns: set[bytes] = set()
    addresses: list[str] = []
    uncalculated: list[str] = []
    begun = b""  # of a cell that goes on in the next piece
    number = last = 0
    nameless = errors = False
    for of_rows, chunk in _split(_chunks(stream)):
        if not of_rows:
            rest += chunk
            if len(rest) > _LARGEST_REST:
                raise InputError(damaged.place, "工作表的格式部分过大，未读", "请另存后再试", mark="oversized")
            continue
        if b" r='" in chunk:
            chunk = chunk.replace(b"'", b'"')
        for found in (_ROW if b"<row" in chunk else _PREFIXED_ROW).finditer(chunk):
            named = _NUMBER.search(found[0])
            number = int(named[1]) if named else number + 1
            if _UNSEEN.search(found[0]):
                rows.add(number)
        # Cells say by themselves where they are, whatever their row says.
        prefixed = b":" in chunk and (b":c" in chunk or b":c" in begun)
        if chunk.count(b"<c") == chunk.count(b'<c r="') and not prefixed:
            cells = _CELL.findall(chunk)
        else:
            cells = _REFERENCE.findall(chunk)
            nameless = nameless or _NAMELESS.search(chunk) is not None
        columns.update({column for column, _ in cells})
        try:
            last = max(last, max(map(int, {row or b"0" for _, row in cells}), default=0))
        except ValueError:  # more than 4,300 digits
            raise _astray(damaged.place) from None
        errors = errors or b't="e"' in chunk
        if b"HYPERLINK(" in chunk:
            addresses += (unescape(found[1].decode("utf-8", "replace")) for found in _LINK.finditer(chunk))
        if b"<f" in chunk or b"<f" in begun or prefixed:
            uncalculated += _without_result(begun + chunk)
        begun = chunk[chunk.rfind(b"c>") + 2 :]
    root = _root(bytes(rest), damaged)
    if max(map(len, columns), default=0) > _LETTERS:
        raise _astray(damaged.place)
    width = max(map(index, columns), default=0)
    if last > MOST_ROWS or width > MOST_COLUMNS:
        raise _astray(damaged.place)
    size = MOST_ROWS * MOST_COLUMNS if nameless else last * width
    return Worksheet(root, Hidden(whole, rows, _hidden_columns(root)), size, addresses, uncalculated, errors)


def _without_result(rows: bytes) -> Iterator[str]:
    for found in _UNCALCULATED.finditer(rows):
        if not found[2] or not _TEXT.search(found[1]):
            named = _NAME.search(found[1])
            yield named[1].decode("ascii", "replace") if named else ""


def _astray(place: str) -> InputError:
    return InputError(place, f"工作表里有{BEYOND}，未读", "请用 Excel 或 WPS 打开，另存为 .xlsx")


def index(letters: bytes) -> int:
    """The number of a column from 1: of AA 27."""
    number = 0
    for one in letters.upper():
        number = number * 26 + one - 64
    return number


def local(tag: str) -> str:
    """A name without its namespace: strict and transitional files differ in them."""
    return tag.rpartition("}")[2]


def _split(chunks: Iterable[bytes]) -> Iterator[tuple[bool, bytes]]:
    """The part in pieces, each with whether it is one of rows."""
    chunks = iter(chunks)
    closing = b""
    for chunk in chunks:
        begun = _DATA.search(chunk)
        if begun is None:
            yield False, chunk
            continue
        yield False, chunk[: begun.end()]
        chunk = chunk[begun.end() :]
        closing = b"" if begun[2] else b"</" + begun[1] + b"sheetData"
        end = 0 if not closing else chunk.find(closing)
        while end < 0:
            yield True, chunk
            chunk = next(chunks, closing)  # where it is cut off the rest is no whole element
            end = chunk.find(closing)
        yield True, chunk[:end]
        yield False, chunk[end:]


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    """The part in pieces that end before a tag."""
    kept = b""
    for chunk in _octets(stream):
        chunk = kept + chunk
        cut = chunk.rfind(b"<")
        if cut < 1 and len(chunk) > _LONGEST:
            cut = len(chunk)  # no text of a cell is so long
        kept = chunk[max(cut, 0) :]
        if cut > 0:
            yield chunk[:cut]
    yield kept


def _octets(stream: IO[bytes]) -> Iterator[bytes]:
    chunk = stream.read(_CHUNK)
    if chunk.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        decoder = codecs.getincrementaldecoder("utf-16")("replace")
        text = decoder.decode(chunk).partition("?>")[2]
        while chunk:
            yield text.encode()
            chunk = stream.read(_CHUNK)
            text = decoder.decode(chunk)
    while chunk:
        yield chunk
        chunk = stream.read(_CHUNK)


def _root(rest: bytes, damaged: InputError) -> Element:
    try:
        root = fromstring(rest)
    except (ParseError, ValueError, LookupError, RecursionError):
        raise damaged from None
    # Rows that are still there were not seen as such, and were not measured.
    if not local(root.tag).endswith("sheet") or any(len(one) for one in root.iter() if local(one.tag) == "sheetData"):
        raise damaged
    return root


def _hidden_columns(root: Element) -> frozenset[int]:
    found: set[int] = set()
    for column in elements(root, "cols", "col"):
        if column.get("hidden") in _TRUE or column.get("width", "1").strip("0.") == "":
            first, last = column.get("min", ""), column.get("max", "")
            if first.isdecimal() and last.isdecimal():
                found.update(range(int(first[:6]), min(int(last[:6]), MOST_COLUMNS) + 1))
    return frozenset(found)


def elements(root: Element, *path: str) -> Iterable[Element]:
    """The elements below the root by local names."""
    found = [root]
    for name in path:
        found = [child for one in found for child in one if local(child.tag) == name]
    return found
