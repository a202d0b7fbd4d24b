"""Reads SQLite databases of tools that nobody here knows: tables with columns for a title and a time."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping

from jimo_lint.model import Document, Problem
from jimo_lint.readers.archives.formats import feed, ledger, rows, sqlite
from jimo_lint.readers.source import Source

# Tables of what others say, of tasks and of the program itself.
_OTHERS = re.compile(
    r"comment|repl(?:y|ies)|repost|^sqlite_|(?:^|_)(?:logs?|tasks?|jobs?|migrations?)(?:_|$)|评论|回复|转发|日志|任务",
    re.I,
)


class SqliteLedger:
    """One row a post, of every table with a title and a time."""

    NAME = "sqlite-ledger"
    TITLE = "SQLite，表里有标题和时间两列"
    PROVES_SILENCE = True

    @staticmethod
    def sign(source: Source) -> str:
        """The first such table, and how its columns were understood."""
        for table, fields in _tables(source).items():
            return f"表“{table}”：" + "，".join(f"{rows.LABELS[field]}←{name}" for field, name in fields.items())
        return ""

    @staticmethod
    def read(source: Source) -> Iterator[Document | Problem]:
        """One document a row. InputError where the file is damaged, after what came before."""
        for table, fields in _tables(source).items():
            quoted = table.replace('"', '""')
            found = sqlite.rows(source, f'SELECT * FROM "{quoted}"')
            records = (
                (f"{source.place} 表“{table}”第 {number} 行", _record(row, fields))
                for number, row in enumerate(found, 1)
            )
            place = f"{source.place} 表“{table}”"
            yield from rows.documents(place, records, SqliteLedger.NAME, "标题", as_of=source.as_of)


def _record(row: Mapping[str, object], fields: Mapping[str, str]) -> dict[str, object]:
    record = {field: row[name] for field, name in fields.items()}
    texts = {field: record[field] for field in ("title", "body", "digest") if isinstance(record.get(field), str)}
    return record | {field: feed.plain(str(text)) for field, text in texts.items()}


def _tables(source: Source) -> dict[str, dict[str, str]]:
    """The tables of posts, each with its columns by field; none where the file is no SQLite or cannot be opened."""
    if not source.head.startswith(sqlite.MARK):
        return {}
    try:
        with sqlite.opened(source) as connection:
            names = [row["name"] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    except (sqlite3.Error, OSError):
        return {}
    known = sqlite.columns(source, *(name for name in names if '"' not in name and not _OTHERS.search(name)))
    found = {name: ledger.fields(sorted(columns)) for name, columns in known.items()}
    return {name: fields for name, fields in found.items() if {"title", "time"} <= fields.keys()}
