"""Reads a local HTML file as pages are read, and finds where each character of the text stands in the source."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from html import unescape

from jimo_lint.errors import InputError
from jimo_lint.model import Document
from jimo_lint.readers.contents import FileContents
from jimo_lint.readers.drafts.alignment import Aligner, Stream
from jimo_lint.readers.encoding import marked, newlines
from jimo_lint.readers.source import Source

_PAGE = re.compile(
    rb"(?:<\?xml[^>]*+>\s*+|<!--(?>.*?-->)\s*+)*+(<!doctype\s++html|<html|<head|<body|<meta)\b", re.I | re.S
)
_OPENING = re.compile(r"<(?:!--|[!?]|/?[a-zA-Z])")
# A quote counts only behind an equals sign, as browsers have it. Possessive: a page must not make this search twice.
_TAG = re.compile(r"""<(/?)([a-zA-Z][^\s/>]*+)((?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+)>""")
# Elements whose content is no markup; that of title is text.
_RAW = frozenset(("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"))
_GUIDES = frozenset(("rt", "rp", "rtc"))  # above a word, no part of the text; their closing tags may be left out
_NO_TEXT = frozenset(("script", "style"))
_PARTED = re.compile(r"(?:<|&lt;)[a-zA-Z/!].*?(?:>|&gt;|\Z)", re.S)  # tags of a page that stands inside another
_GUIDED = re.compile(r"</?(?:rtc?|rp|ruby|p|div|li|td)\b", re.I)
_ATTRIBUTE = re.compile(r"""(?<![^\s"'<>/=])([^\s"'<>/=]++)\s*+=\s*+(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+))""", re.S)
# As `html.unescape` finds them, so that each is decoded as a browser does.
_ENTITY = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)")
# Attributes that a reader of the page is shown, or that are checked as text.
_SHOWN = frozenset(("alt", "title", "content", "value", "placeholder", "label", "summary", "aria-label", "srcdoc"))


def sign(source: Source) -> str:
    """The markup that a page begins with, and other text does not."""
    found = _PAGE.match(source.start)
    return f"开头是 {found[1].decode()}" if found else ""


def read(source: Source, base: str, as_of: date) -> FileContents:
    """The page, in the charset that it declares. InputError where it is no text."""
    from jimo_lint.extract.markup.charset import read_text  # the parser is needed for HTML only

    if b"\0" in source.head[:4096] and not marked(source.body):
        raise InputError(source.place, "不是文本文件，未检查", "请用 UTF-8 另存为文本")
    text, charset = read_text(source.body)
    return FileContents(document(newlines(text), source.place, base, as_of, charset=charset))


def document(text: str, place: str, base: str, as_of: date, *, charset: str = "utf-8") -> Document:
    """The document of a page whose line ends are LF; `Block.places` are lines and columns of the file.

    base: the address that its links are joined to. charset: what the queries of its links are sent in.
    """
    from jimo_lint.extract.pages.page import read_page  # the parser is needed for HTML only

    page = read_page(text, base, as_of=as_of, charset=charset).document
    entities: dict[int, int] = {}
    streams = _scan(text, entities)
    lines = [0, *(found.end() for found in re.finditer("\n", text))]
    aligner = Aligner(*streams)
    blocks = tuple(
        block._replace(places=_places(offsets, lines), widths=_widths(offsets, entities))
        for block, offsets in zip(page.blocks, aligner.offsets(page.blocks), strict=True)
    )
    return replace(
        page,
        id=place,
        url=place,
        source="file",
        status=0,
        blocks=blocks,
        fetched=None,
    )


def comments(text: str) -> Iterator[tuple[int, str]]:
    """Where each comment of a page begins, and the comment: none is in a script, a style, a field or an attribute."""
    at = 0
    while found := _OPENING.search(text, at):
        if found[0][1] in "!?":
            mark = "-->" if found[0] == "<!--" else ">"
            at = text.find(mark, found.start() + 2) + len(mark)
            if at < len(mark):
                return
            if mark == "-->":
                yield found.start(), text[found.start() : at]
            continue
        tag = _TAG.match(text, found.start())
        if tag is None:
            return
        at = tag.end()
        if not tag[1] and (name := tag[2].lower()) in _RAW | {"noscript"}:
            closing = _closing(name).search(text, at)
            at = closing.start() if closing else len(text)


def _scan(text: str, entities: dict[int, int]) -> tuple[Stream, Stream, Stream]:
    """The source's text, that of its `<title>`, that of its attributes, fields and guides; entities: takes offset and
    length of each."""
    body, title, attributes = Stream(), Stream(), Stream()
    at = 0
    while found := _OPENING.search(text, at):
        _add(body, text, at, found.start(), entities)
        if found[0][1] in "!?":
            mark = "-->" if found[0] == "<!--" else ">"
            at = text.find(mark, found.start() + 2) + len(mark)
            if at < len(mark):
                return body, title, attributes  # browsers drop what an unclosed comment or tag swallows
            continue
        tag = _TAG.match(text, found.start())
        if tag is None:
            return body, title, attributes
        at = tag.end()
        if tag[1]:
            continue
        _values(attributes, text, tag.start(3), tag[3], entities)
        name = tag[2].lower()
        if name in _GUIDES:
            guided = _GUIDED.search(text, at)
            end = guided.start() if guided else len(text)
            _pieces(attributes, text, at, end, entities)
            at = end
        elif name in _RAW:
            closing = _closing(name).search(text, at)
            end = closing.start() if closing else len(text)
            if name == "title":
                title.cut()
                _add(title, text, at, end, entities)
            elif name not in _NO_TEXT:
                add = _piece if name == "xmp" else _pieces
                add(attributes, text, at, end, entities)
            at = end
    _add(body, text, at, len(text), entities)
    return body, title, attributes


@cache
def _closing(name: str) -> re.Pattern[str]:
    return re.compile(f"</{name}(?=[\\s/>])", re.I)


def _values(stream: Stream, text: str, start: int, attributes: str, entities: dict[int, int]) -> None:
    """Put the values that a reader may see on the stream; `attributes` begins at text[start]."""
    for attribute in _ATTRIBUTE.finditer(attributes) if "=" in attributes else ():
        if attribute[1].lower() in _SHOWN:
            group = next(number for number in (2, 3, 4) if attribute[number] is not None)
            add = _pieces if attribute[1].lower() == "srcdoc" else _piece
            add(stream, text, start + attribute.start(group), start + attribute.end(group), entities)


def _pieces(stream: Stream, text: str, start: int, end: int, entities: dict[int, int]) -> None:
    """Put text[start:end] on the stream without the tags in it."""
    stream.cut()
    for tag in _PARTED.finditer(text, start, end):
        _add(stream, text, start, tag.start(), entities)
        start = tag.end()
    _add(stream, text, start, end, entities)


def _piece(stream: Stream, text: str, start: int, end: int, entities: dict[int, int]) -> None:
    stream.cut()
    _add(stream, text, start, end, entities)


def _add(stream: Stream, text: str, start: int, end: int, entities: dict[int, int]) -> None:
    """Put text[start:end] on the stream, entities decoded and noted."""
    at = start
    for found in _ENTITY.finditer(text, start, end):
        written, decoded = found[0], unescape(found[0])
        if written == decoded:
            continue
        stream.add(text[at : found.start()], at)
        # Without a semicolon the entity may end before the match does (`&amp公司`): the tail stands as written.
        tail = 0
        while tail < len(decoded) and written[-1 - tail] == decoded[-1 - tail]:
            tail += 1
        for character in decoded[: len(decoded) - tail]:
            stream.add(character, found.start())
        at = found.end() - tail
        entities[found.start()] = at - found.start()
    stream.add(text[at:end], at)


def _places(offsets: list[int], lines: list[int]) -> tuple[tuple[int, int, int], ...]:
    """Breakpoints from the source offset of each character; -1 for blanks, which follow what precedes them."""
    found: list[tuple[int, int, int]] = []
    for index, offset in enumerate(offsets):
        if offset < 0:
            continue
        line = bisect_right(lines, offset)
        column = offset - lines[line - 1] + 1
        if not found:
            found.append((0, line, column) if not index else (0, line, max(column - index, 1)))
            if index and column - index < 1:
                found.append((index, line, column))
        else:
            start, same, first = found[-1]
            if (line, column) != (same, first + index - start):
                found.append((index, line, column))
    return tuple(found) or ((0, 1, 1),)


def _widths(offsets: list[int], entities: dict[int, int]) -> tuple[tuple[int, int], ...]:
    """`Block.widths` from the source offset of each character."""
    if not entities:
        return ()
    return tuple((index, entities[offset]) for index, offset in enumerate(offsets) if offset in entities)
