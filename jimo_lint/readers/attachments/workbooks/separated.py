"""Reads text with separators (.csv, .tsv): each cell is a block at its place in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from jimo_lint.errors import InputError
from jimo_lint.model import Block, Cell, Document, FileFacts
from jimo_lint.readers.attachments.workbooks.cells import MOST_CELLS, Budget
from jimo_lint.readers.contents import FileContents, links_of, text_of
from jimo_lint.readers.source import Source
from jimo_lint.readers.tables.separated import HINT, separator_of

_SAMPLE = 20_000
_TOGETHER = 64 * 1024  # characters of lines that are taken at once
_KEPT = 100  # columns whose names are said once
_TABLE = "表格"
_COLUMNS = [f"{column} 列" for column in range(_KEPT)]
_ADDRESS = re.compile(r"\s*[A-Za-z]{3,7}[:：]//\S+\s*")


def read(source: Source, base: str, _as_of: date) -> FileContents:
    """The cells. InputError: no text, or empty."""
    text = text_of(source)
    budget = Budget()
    blocks = tuple(_blocks(text, separator_of(text[:_SAMPLE]), budget))
    if not blocks:
        raise InputError(source.place, "表格是空的", "请核对", mark="empty")
    said = (one.text for one in blocks if "//" in one.text) if "//" in text else ()
    links = links_of(((text.strip(), "") for text in said if _ADDRESS.fullmatch(text)), base)
    document = Document(source.place, source.place, "file", "", blocks, links=links, facts=FileFacts())
    return FileContents(document, budget.stopped)


def _blocks(text: str, separator: str, budget: Budget) -> list[Block]:
    """row: of the table, as a spreadsheet shows it; the places in a block tell the line of the file."""
    blocks: list[Block] = []
    one = re.escape(separator)
    # A quoted cell may hold separators, line breaks and doubled quotes; a quote that nobody closes is a quote.
    start_of, end = rf"(?<![^{one}\n])", rf"({one}|\n|\Z)"
    quoting = re.compile(rf'{start_of}"((?:[^"]++|"")*+)"{end}')
    plain = re.compile(rf"{start_of}([^{one}\n]*+){end}")
    hint = HINT.match(text)
    at = hint.end() if hint else 0
    row, column, line, start = 1, 1, 1 + bool(hint), at  # start: of the line
    while at < len(text):
        if column == 1 and (end_of_plain := _end_of_plain(text, at)) > at:
            lines = text[at : end_of_plain - 1].split("\n")
            if stop := _plain(lines, separator, (row, line), blocks, budget.cells):
                return _stopped(blocks, stop, budget)
            row, line, at = row + len(lines), line + len(lines), end_of_plain
            start = at
            continue
        inside = quoting.match(text, at) if text[at] == '"' else None
        found = inside or plain.match(text, at)
        if found is None:
            return blocks
        said = inside[1].replace('""', '"') if inside else found[1]
        if said and not said.isspace():
            places: tuple[tuple[int, int, int], ...] = ((0, line, at - start + 1),)
            if inside:
                places = tuple(_places(inside[1], line, at - start + 2))
            blocks.append(Block("table", said, f"第 {row} 行第 {column} 列", places, spot=Cell(_TABLE, row, column)))
            if len(blocks) > budget.cells:
                return _stopped(blocks, row, budget)
        if inside and "\n" in inside[1]:
            line += inside[1].count("\n")
            start = at + 1 + inside[1].rindex("\n") + 1
        at = found.end()
        column += 1
        if found[2] == "\n":
            row, column, line, start = row + 1, 1, line + 1, at
    return blocks


def _end_of_plain(text: str, at: int) -> int:
    """Where the lines from here on end that have no quotes, as most; beyond the text where no line break ends it."""
    end = text.rfind("\n", at, at + _TOGETHER) + 1 or text.find("\n", at) + 1 or len(text) + 1
    quote = text.find('"', at, end)
    return end if quote < 0 else text.rfind("\n", at, quote) + 1


def _plain(lines: list[str], separator: str, first: tuple[int, int], blocks: list[Block], most: int) -> int:
    """Add the cells of lines without quotes; the row at which there are more than `most` blocks, 0 for none.

    first: row and line of the first.
    """
    new = tuple.__new__  # half of the time that Block(…) and Cell(…) take, and of cells there are many
    add = blocks.append
    row, line = first
    for written in lines:
        at, before = 1, f"第 {row} 行第 "
        for column, said in enumerate(written.split(separator), 1):
            if said and not said.isspace():
                if column < _KEPT:
                    place = before + _COLUMNS[column]
                elif len(blocks) <= most:  # asked here, as a row alone may have too many
                    place = f"{before}{column} 列"
                else:
                    break
                cell = new(Cell, (_TABLE, row, column, False))
                add(new(Block, ("table", said, place, ((0, line, at),), False, (), cell)))
            at += len(said) + 1
        if len(blocks) > most:
            del blocks[most + 1 :]
            return row
        row, line = row + 1, line + 1
    return 0


def _stopped(blocks: list[Block], row: int, budget: Budget) -> list[Block]:
    """As many as are read of a file, and the first beyond them."""
    budget.stopped = f"第 {row} 行起的内容（一个文件最多读 {MOST_CELLS:,} 格）"
    return blocks


def _places(quoted: str, line: int, column: int) -> Iterator[tuple[int, int, int]]:
    """Where the characters of a quoted cell stand; of two quotes there only one is said."""
    yield 0, line, column
    offset = begun = 0
    for found in re.finditer('\n|""', quoted):
        if found[0] == "\n":
            line, column, begun = line + 1, 1, found.end()
        else:
            offset += 1
        yield found.end() - offset, line, column + found.end() - begun
