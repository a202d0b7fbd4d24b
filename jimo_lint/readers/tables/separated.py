"""Reads text with separators (csv, tsv) as a stream, in whichever of the usual encodings."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from typing import TextIO

from jimo_lint.errors import InputError
from jimo_lint.readers import encoding
from jimo_lint.readers.source import Source
from jimo_lint.readers.tables.bounds import MOST_COLUMNS
from jimo_lint.readers.tables.headers import HEADER_ROWS, Cells
from jimo_lint.readers.tables.sheet import Sheet

MAX_CELL = 200_000
_CHUNK = 1024 * 1024
# Characters of a line: more than any row has; and from where on its separators are counted first.
_LONGEST_LINE = 50 * MAX_CELL
_LONG_LINE = 2 * MAX_CELL
# Below the head of a table in Markdown.
_RULE = re.compile(r"\s*:?-{3,}:?\s*")
_SAMPLE = 20_000
# Excel's own hint about the separator, a line above the header.
HINT = re.compile(r"sep=(.)\r?\n", re.I)


def sheets(source: Source) -> Iterator[Sheet]:
    """The one sheet; none where it is no text."""
    charset = _charset(source)
    if charset:
        yield Sheet("", _rows(source, charset))


def _charset(source: Source) -> str:
    """The encoding of the whole file, "" where it is no text. A character cut at the end says nothing against it."""
    if name := encoding.marked(source.head):
        return name
    if encoding.is_binary(source.head.replace(b"\0", b"")) or source.head.count(0) * 10 > len(source.head):
        return ""
    return next((name for name in ("utf-8", "gb18030") if _decodes(source, name)), "")


def _decodes(source: Source, charset: str) -> bool:
    decoder = codecs.getincrementaldecoder(charset)()
    with source.open() as file:
        try:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
        except UnicodeDecodeError:
            return False
    return True


def _rows(source: Source, charset: str) -> Iterator[tuple[int, Cells]]:
    csv.field_size_limit(max(csv.field_size_limit(), 10 * MAX_CELL))
    with io.TextIOWrapper(source.open(), encoding=charset, errors="replace", newline="") as file:
        sample = file.read(_SAMPLE)
        file.seek(0)
        separator = separator_of(sample)
        reader = csv.reader(_lines(file, source.place, separator), delimiter=separator)
        line = 1
        try:
            for cells in reader:
                if any(cells) and not all(map(_RULE.fullmatch, filter(None, cells))):
                    yield line, tuple(cells)
                line = reader.line_num + 1
        except csv.Error:
            raise InputError(source.place, f"第 {line} 行起表格已损坏", "请重新导出") from None


def _lines(file: TextIO, place: str, separator: str) -> Iterator[str]:
    """The lines; InputError where one cannot be a row, before it is taken apart."""
    number = 0
    while line := file.readline(_LONGEST_LINE):
        number += 1
        if len(line) == _LONGEST_LINE or (len(line) > _LONG_LINE and line.count(separator) > MOST_COLUMNS):
            raise InputError(place, f"第 {number} 行太长，不像表格的一行，从这里起没有读", "请重新导出")
        yield line.replace("\0", "") if "\0" in line else line


def separator_of(sample: str) -> str:
    """What parts the columns of a text, by its first lines."""
    if hint := HINT.match(sample.removeprefix("\ufeff")):
        return hint[1]
    lines = [line for line in sample.splitlines() if line.strip()][:HEADER_ROWS]
    # The separator is the one that most lines have; commas in Chinese text are full-width and do not disturb.
    return max("\t,;|", key=lambda one: (sum(one in line for line in lines), sum(line.count(one) for line in lines)))
