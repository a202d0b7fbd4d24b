"""Opens an SQLite file of another program without ever writing to it or beside it."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from jimo_lint.errors import InputError
from jimo_lint.readers.source import Source

MARK = b"SQLite format 3\0"


@contextmanager
def opened(source: Source) -> Iterator[sqlite3.Connection]:
    """A connection for reading. InputError where the file is damaged so that nothing can be read."""
    if isinstance(source.content, bytes):
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.deserialize(source.content)
            yield _plain(connection)
        return
    log = source.content.with_name(source.content.name + "-wal")
    with tempfile.TemporaryDirectory(prefix="jimo-lint-") as folder:
        path = source.content
        if log.is_file() and log.stat().st_size:
            # What the other program wrote last stands in this file, which only a writer can take in: take a copy.
            path = Path(folder) / "copy.db"
            shutil.copyfile(source.content, path)
            shutil.copyfile(log, path.with_name("copy.db-wal"))
            mode = "mode=rw"
        else:
            mode = "mode=ro&immutable=1"
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?{mode}", uri=True)) as connection:
            yield _plain(connection)


def columns(source: Source, *tables: str) -> dict[str, frozenset[str]]:
    """The columns of those of the tables that are there; empty where the file is no SQLite or cannot be opened."""
    if not source.head.startswith(MARK):
        return {}
    try:
        with opened(source) as connection:
            found = {
                table: frozenset(row["name"] for row in connection.execute(f'PRAGMA table_info("{table}")'))
                for table in tables
                # A view could be made to run without end.
                if connection.execute(
                    "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)
                ).fetchone()
            }
    except (sqlite3.Error, OSError):
        return {}
    return found


def rows(source: Source, query: str) -> Iterator[Mapping[str, Any]]:
    """The rows of a query. InputError where the file is damaged, after the rows before the damage."""
    read = 0
    try:
        with opened(source) as connection:
            for row in connection.execute(query):
                read += 1
                yield row
    except (sqlite3.Error, OSError):
        raise InputError(
            source.place, f"数据库不完整或已损坏，只读出前 {read} 条", "请先退出写它的程序，再复制一份"
        ) from None


def _plain(connection: sqlite3.Connection) -> sqlite3.Connection:
    connection.row_factory = sqlite3.Row
    connection.text_factory = lambda body: body.decode("utf-8", "replace")
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection
