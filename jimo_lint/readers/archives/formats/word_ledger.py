"""Reads a table of posts (台账) that is kept in a Word document (.docx, .doc, .wps)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from jimo_lint.errors import InputError
from jimo_lint.language.text import han_count
from jimo_lint.model import Document, Problem
from jimo_lint.readers.archives.formats import ledger, rows
from jimo_lint.readers.contents import Passage
from jimo_lint.readers.drafts import word
from jimo_lint.readers.formats import not_read
from jimo_lint.readers.source import Source
from jimo_lint.readers.tables import feet, fitness
from jimo_lint.readers.tables.headers import HEADER_ROWS, Cells, find_header, mapping
from jimo_lint.readers.tables.table import Table


class WordLedger:
    """A document most of whose text stands in tables with a column for the title and one for the time."""

    NAME = "word-ledger"
    TITLE = "Word 文档里的台账（docx、doc、wps）"
    PROVES_SILENCE = True

    @staticmethod
    def sign(source: Source) -> str:
        """A title and a time among the columns of a table, and less text beside such tables than in them."""
        if not source.head.startswith(word.SIGNATURES) or not word.sign(source):
            return ""
        try:
            passages = word.text(source).passages
        except InputError:
            return ""
        found = _tables(source, passages)
        beside = sum(han_count(one.text) for one in _beside(passages, found))
        if not found or beside * 2 > sum(han_count(one.text) for one in passages):
            return ""
        return f"{found[0].sheet}第 {found[0].header.row} 行是列名：{mapping(found[0].header, rows.LABELS)}"

    @staticmethod
    def read(source: Source) -> Iterator[Document | Problem]:
        """One document a row; what of the text stands beside the tables is told. InputError for a shifted header."""
        text = word.text(source)
        found = _tables(source, text.passages)
        shifted: InputError | None = None
        for one in found:
            place = f"{source.place} {one.sheet}"
            records = [(where, _timed(record)) for where, record in one.records()]
            if fault := fitness.misfits(one.header, [record for _, record in islice(records, fitness.SAMPLE)]):
                shifted = InputError(place, f"列名与内容错位：{fault}", "这张表未采用，请核对列名后重来")
                continue
            yield from rows.documents(place, records, WordLedger.NAME, "标题", as_of=source.as_of)
        # A heading and who signed it are no text of posts.
        count = sum(1 for one in _beside(text.passages, found) if one.cell or "。" in one.text)
        if parts := "、".join(filter(None, (text.unread, f"台账以外的文字 {count} 段" if count else ""))):
            yield not_read(source.place, parts)
        if shifted:
            raise shifted


def _timed(record: dict[str, object]) -> dict[str, object]:
    """With a time that is told as unread where its cell is empty: it may be merged with the one above."""
    title = str(record.get("title") or "")
    return {**record, "time": record.get("time") or "（空）"} if title and not feet.is_foot(title) else record


def _beside(passages: list[Passage], found: list[Table]) -> list[Passage]:
    names = {one.sheet for one in found}
    return [one for one in passages if not one.cell or one.cell.table not in names]


def _tables(source: Source, passages: list[Passage]) -> list[Table]:
    """The tables that are ledgers."""
    grids: dict[str, dict[int, dict[int, str]]] = {}
    for one in passages:
        if one.cell:
            row = grids.setdefault(one.cell.table, {}).setdefault(one.cell.row, {})
            row[one.cell.column] = f"{row.get(one.cell.column, '')}\n{one.text}".strip()
    found = []
    for name, grid in grids.items():
        lines: list[tuple[int, Cells]] = [
            (number, tuple(row.get(column) for column in range(1, max(row) + 1))) for number, row in grid.items()
        ]
        header = find_header(lines[:HEADER_ROWS], ledger.COLUMNS)
        if header and header.columns.keys() >= {"title", "time"}:
            below = iter([line for line in lines if line[0] > header.row])
            found.append(Table(source.place, name, header, below))
    return found
