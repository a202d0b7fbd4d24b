"""Reads Markdown (CommonMark, with tables and footnotes) as a reader sees it, and keeps where it stands in the file.

Two things are read as authors of drafts mean them: an indented paragraph is no code, and marks of emphasis that
CommonMark leaves standing (`**“重点”**是`) do not show.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from jimo_lint.extract.dates import machine_times
from jimo_lint.extract.links.written import written_addresses
from jimo_lint.language.text import goes_on
from jimo_lint.model import Block, Document, Link
from jimo_lint.readers.contents import FileContents, links_of, text_of
from jimo_lint.readers.source import Source

_KEY = re.compile(r"(title|date|标题|日期)\s*+:\s*+(.*)", re.I)
_SURROGATES = re.compile("[\ud800-\udfff]")
# Markup inside HTML; what is never closed goes on to the end.
_HTML = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style)\b[^<>]*>.*?(?:</\1\s*>|\Z)"
    r"|<r(?:tc?|p)\b[^<>]*>.*?(?:(?=</?(?:rtc?|rp|ruby|p|div|li|td)\b)|\Z)|</?[A-Za-z][^<>]*>|<[!?][^<>]*>",
    re.S | re.I,
)
_LINE_BREAK = re.compile(r"<br\b", re.I)
_PICTURE = re.compile(r"<(?:img|input|button|video|audio|svg)\b", re.I)
# Stands for what a reader is shown and nobody checks, code, a picture, an address: nothing grows together over it, and
# no rule takes it for a blank that the author has typed.
_SHOWN = "\u2009"
_GUIDE = re.compile(r"(<r(?:tc?|p)\b)|</?(?:rtc?|rp|ruby)\b", re.I)  # above a word (拼音), no part of the text
_LEADS = re.compile(r"<(?:a|img|iframe|area|video|audio|embed|source)\b", re.I)
_INLINE = frozenset({"Emphasis", "Strong", "Strikethrough", "Link", "Image", "TableCell"})
_NESTED = 4  # pictures within links within pictures whose words are kept


@dataclass(frozen=True, slots=True)
class Contents:
    """title: from the front matter, else the first heading of level one, else "". date: as written there.

    links: as `extract` knows those of pages; addresses in code are none.
    """

    blocks: tuple[Block, ...]
    title: str
    date: str
    links: tuple[Link, ...]


class _Piece(NamedTuple):
    """Text as it is shown, and where it begins in the file. width: what each character takes there (an entity)."""

    text: str
    line: int
    column: int
    width: int = 1


def read(source: Source, base: str, _as_of: date) -> FileContents:
    """The document of a Markdown file."""
    return FileContents(document(text_of(source), source.place, base))


def document(text: str, place: str, base: str) -> Document:
    """The document of a Markdown text whose line ends are LF."""
    found = parse(text, base)
    published = machine_times.parse(found.date)
    said = "meta" if published else ""
    return Document(
        place, place, "file", found.title, found.blocks, published=published, published_from=said, links=found.links
    )


def parse(text: str, base: str = "") -> Contents:
    """Blocks of the lines of `text` (line ends LF), without code, addresses, comments and front matter.

    base: the address that relative links are joined to.
    """
    text = _SURROGATES.sub("\ufffd", text)
    lines = text.split("\n")
    front = _front_matter(lines)
    title, day, blocks = _front(lines[:front])
    reader = _Reader("\n".join(lines[front:]), front + 1)
    blocks += reader.blocks()
    return Contents(tuple(blocks), title or reader.title, day, _links(reader, base))


def comments(text: str) -> Iterator[tuple[int, str]]:
    """The line in which each comment begins, and the comment; one that is shown as code is none.

    A block of HTML is read as the page that it becomes.
    """
    from jimo_lint.readers.drafts import markup  # hardly a draft has comments

    lines = text.split("\n")
    front = _front_matter(lines)
    body = "\n".join(lines[front:]).encode()
    block = ""
    begin = 0
    for kind, value, start, _ in _events(body.decode()):
        if kind == "InlineHtml":
            block, begin = value, start
        elif kind == "Html":
            block, begin = block + value, begin if block else start
            continue
        for at, comment in markup.comments(block):
            # In a quotation or a list the marks before each line are no part of the block: count its own lines.
            yield front + 1 + body.count(b"\n", 0, begin) + block.count("\n", 0, at), comment
        block = ""


def _front_matter(lines: list[str]) -> int:
    """How many lines it takes; 0 where there is none."""
    if lines[0].rstrip() != "---":
        return 0
    return next((number for number, line in enumerate(lines[1:], 2) if line.rstrip() in ("---", "...")), 0)


def _front(lines: list[str]) -> tuple[str, str, list[Block]]:
    """Title and date that the front matter gives, and the title's block."""
    keys: dict[str, str] = {}
    blocks: list[Block] = []
    for number, line in enumerate(lines, 1):
        if found := _KEY.match(line):
            key = {"标题": "title", "日期": "date"}.get(found[1].lower(), found[1].lower())
            value = found[2].rstrip().strip("\"'")
            if key == "title" and value and key not in keys:
                blocks.append(Block("title", value, "标题", ((0, number, line.index(value, found.start(2)) + 1),)))
            keys.setdefault(key, value)
    return keys.get("title", ""), keys.get("date", ""), blocks


class _Reader:
    """Turns the parser's events into blocks, line by line. title: of the first heading of level one."""

    def __init__(self, text: str, first_line: int) -> None:
        self.title = ""
        self.addresses: list[tuple[str, str]] = []  # with their words
        self.html: list[str] = []  # the text with what markup it holds
        self.leads = False  # whether that markup leads somewhere
        self._body = text.encode()
        self._text = text
        self._at, self._line, self._column = 0, first_line, 1
        self._pieces: list[_Piece] = []
        self._link = (-1, "")  # where the last link ended, and its address
        self._opened: list[tuple[str, list[str]]] = []  # links around: address and words so far
        self._before = ""  # the line that a break in the middle of a paragraph ended
        self._heading = self._fenced = self._bare = self._commented = self._guide = False

    def blocks(self) -> Iterator[Block]:
        """The blocks, in the order of the file."""
        markup: list[tuple[str, int]] = []
        for kind, value, start, end in _events(self._text):
            if kind in ("Start", "End"):
                tag, detail = next(iter(value.items())) if isinstance(value, dict) else (value, None)
                if tag not in _INLINE:
                    self._guide = False
                    yield from self._flush()
                if tag == "HtmlBlock" and kind == "End":
                    yield from self._markup(markup)
                    markup = []
                elif kind == "Start":
                    self._start(tag, detail, start)
                else:
                    self._end(tag, end)
            elif kind == "Text":
                yield from self._words(value, start, end)
            elif kind == "Html":
                self._source(value)
                markup.append((value, start))
            elif kind == "InlineHtml":
                self._source(value)
                if guide := _GUIDE.match(value):
                    self._guide = guide[1] is not None
                if _LINE_BREAK.match(value):
                    yield from self._flush(broken=True)
                elif _PICTURE.match(value):
                    self._keep(_SHOWN, start)
            elif kind == "Code":
                self._keep(_SHOWN, start)
            elif kind in ("SoftBreak", "HardBreak"):
                yield from self._flush(broken=True)
        yield from self._flush()

    def _start(self, tag: str, detail: Any, start: int) -> None:
        if tag == "CodeBlock":
            self._fenced = detail != "Indented"
        elif tag == "Heading":
            self._heading = detail["level"] == "H1"
        elif tag == "TableCell" and self._pieces:
            self._keep(" ", start)
        elif tag in ("Link", "Image"):
            self._bare = detail["link_type"] in ("Autolink", "Email")
            end, href = self._link
            if end == start and href != detail["dest_url"]:
                self._keep(" ", start)  # links beside one another are words of their own
            self._opened.append((detail["dest_url"], []))
            if self._bare:
                self._keep(" ", start)

    def _end(self, tag: str, end: int) -> None:
        if tag == "CodeBlock":
            self._fenced = False
        elif tag == "Heading":
            self._heading = False
        elif tag in ("Link", "Image"):
            href, words = self._opened.pop()
            if tag == "Image" and not words:
                self._keep(_SHOWN, end - 1)
            self._link = (end, href)
            self.addresses.append((href, "".join(words)))
            self._bare = False

    def _words(self, text: str, start: int, end: int) -> Iterator[Block]:
        for _, words in self._opened[-_NESTED:]:
            words.append(text)
        self._source(text.replace("&", "&amp;").replace("<", "&lt;"))
        # The parser gives an entity by itself.
        width = end - start if self._body[start : start + 1] == b"&" and len(text.encode()) != end - start else 1
        if self._commented:
            end = text.find("-->") + 3
            self._commented = end < 3
            start += len(text[:end].encode())
            text = "" if self._commented else text[end:]
        if not text or self._fenced or self._bare or self._guide or self._left_over(text, start):
            return
        for number, line in enumerate(text.split("\n")):
            if number:
                yield from self._flush()
            for part in line if width > 1 else (line,):
                self._keep(part, start, width)
            start += len(line.encode()) + 1

    def _source(self, html: str) -> None:
        self.html.append(html)
        self.leads = self.leads or (html[:1] == "<" and _LEADS.search(html) is not None)

    def _left_over(self, text: str, start: int) -> bool:
        """Whether it is a mark of emphasis that the parser could not use: one that stands at a word, not escaped."""
        if text.strip("*"):
            return False
        before, after = self._body[start - 1 : start], self._body[start + len(text) : start + len(text) + 1]
        return before != b"\\" and bool(before.strip() or after.strip())

    def _markup(self, parts: list[tuple[str, int]]) -> Iterator[Block]:
        """The text of a block of HTML, line by line."""
        whole = "".join(text for text, _ in parts)
        hidden = [found.span() for found in _HTML.finditer(whole)]
        # A comment that begins behind another one in a line goes on in what the parser takes for a paragraph.
        last = whole[slice(*hidden[-1])] if hidden else ""
        self._commented = last.startswith("<!--") and not last.endswith("-->")
        at = number = 0
        for text, start in parts:
            end = at + len(text)
            while at < end:
                while number < len(hidden) and hidden[number][1] <= at:
                    number += 1
                low, high = hidden[number] if number < len(hidden) else (end, end)
                stop = min(end, high if low <= at else low)
                part = text[at - end : stop - end or None]
                if low > at:
                    self._keep(part.rstrip("\n"), start)
                start += len(part.encode())
                at = stop
            yield from self._flush()

    def _keep(self, text: str, start: int, width: int = 1) -> None:
        """Take over text that begins at this byte; width as in `_Piece`."""
        if not text:
            return
        chunk = self._body[self._at : start]
        if breaks := chunk.count(b"\n"):
            self._line += breaks
            self._column = 1
            chunk = chunk[chunk.rindex(b"\n") + 1 :]
        self._column += len(chunk.decode("utf-8", "replace"))
        self._at = max(start, self._at)
        self._pieces.append(_Piece(text, self._line, self._column, width))

    def _flush(self, *, broken: bool = False) -> Iterator[Block]:
        """The line that ends here; broken: by a break in the middle of a paragraph."""
        pieces, self._pieces = self._pieces, []
        before, self._before = self._before, ""
        if not pieces:
            return
        whole = "".join(piece.text for piece in pieces)
        addresses = list(written_addresses(whole))
        self.addresses += ((whole[low:high], whole[low:high]) for low, high in addresses)
        pieces = list(_blanked(pieces, addresses))
        lead = len(whole) - len(whole.lstrip())
        pieces = list(_behind(pieces, lead))
        text = "".join(piece.text for piece in pieces)
        if self._heading and not self.title:
            self.title = text.strip()
        self._before = text if broken else ""
        if text.strip():
            where = f"第 {pieces[0].line} 行"
            yield Block("body", text, where, tuple(_places(pieces)), goes_on(before, text), tuple(_widths(pieces)))


def _events(text: str) -> Iterator[tuple[str, Any, int, int]]:
    """Kind, value, first byte and the byte behind the last of each event."""
    import pyromark  # other drafts do without

    wanted = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_FOOTNOTES | pyromark.Options.ENABLE_TASKLISTS
    for event, where in pyromark.events_with_range(text, options=wanted | pyromark.Options.ENABLE_STRIKETHROUGH):
        kind, value = next(iter(event.items())) if isinstance(event, dict) else (event, None)
        yield kind, value, where["start"], where["end"]


def _blanked(pieces: list[_Piece], spans: list[tuple[int, int]]) -> Iterator[_Piece]:
    """The pieces with each span of their text replaced by one blank."""
    at, number = 0, 0
    for piece in pieces:
        end = at + len(piece.text)
        shown = at
        while number < len(spans) and spans[number][0] < end:
            low, high = spans[number]
            if low >= shown:
                yield from _part(piece, shown - at, low - at)
                yield _Piece(_SHOWN, piece.line, piece.column + low - at)
            shown = max(min(high, end), shown)
            if high > end:
                break
            number += 1
        yield from _part(piece, shown - at, len(piece.text))
        at = end


def _behind(pieces: list[_Piece], lead: int) -> Iterator[_Piece]:
    """The pieces without the first characters of their text."""
    for piece in pieces:
        yield from _part(piece, min(lead, len(piece.text)), len(piece.text))
        lead = max(lead - len(piece.text), 0)


def _part(piece: _Piece, start: int, end: int) -> Iterator[_Piece]:
    if start < end:
        yield piece._replace(text=piece.text[start:end], column=piece.column + start)


def _places(pieces: list[_Piece]) -> Iterator[tuple[int, int, int]]:
    """Breakpoints as `Block.places` has them: where a piece does not go on from the one before."""
    length, expected = 0, (0, 0)
    for text, line, column, _ in pieces:
        if (line, column) != expected:
            yield length, line, column
        length += len(text)
        expected = (line, column + len(text))


def _widths(pieces: list[_Piece]) -> Iterator[tuple[int, int]]:
    """`Block.widths` of a line's pieces."""
    at = 0
    for piece in pieces:
        if piece.width != 1:
            yield from ((at + index, piece.width) for index in range(len(piece.text)))
        at += len(piece.text)


def _links(reader: _Reader, base: str) -> tuple[Link, ...]:
    if not reader.addresses and not reader.leads:
        return ()
    from jimo_lint.extract.links.page_links import in_markup  # drafts without links do without

    found = links_of(reader.addresses, base)
    return tuple(dict.fromkeys((*found, *(in_markup("".join(reader.html), base) if reader.leads else ()))))
