"""The database of the roll-up: one file of SQLite, or PostgreSQL; the same tables and questions for both."""

from __future__ import annotations

import re
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any

from jimo_lint.errors import StoreError, cause
from jimo_lint.fleet.rollup import schema

_POSTGRES = ("postgresql://", "postgres://")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
# Seconds that another process may take for one site.
_PATIENCE = 60


class Database(ABC):
    """Of either kind. Questions have `?` for values, which are never part of the text of a question.

    place: what messages call it; it has no password.
    """

    place: str

    @abstractmethod
    def rows(self, query: str, *values: object) -> Iterator[tuple[Any, ...]]:
        """What a question gives, one row after another."""

    @abstractmethod
    def execute(self, statement: str, *values: object) -> None:
        """Run a statement inside a transaction."""

    @abstractmethod
    def fill(self, table: str, fields: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Add rows to a table, by the quickest way that there is."""

    @abstractmethod
    def writing(self) -> AbstractContextManager[None]:
        """A transaction in which nobody else writes: all of it is kept, or nothing."""

    @abstractmethod
    def close(self) -> None:
        """Leave it."""

    @abstractmethod
    def _version(self) -> int:
        """The version of its tables, 0 where there are none."""

    @abstractmethod
    def _script(self, script: str, version: int) -> None:
        """Run a script inside a transaction and note the version that the tables then have."""

    def bring_up(self, scripts: Sequence[str] = schema.SCRIPTS) -> None:
        """Make the tables, or bring them up to this program's version. StoreError where they are newer."""
        if self._version() == len(scripts):
            return
        with self.writing():
            version = self._version()
            if version > len(scripts):
                raise StoreError(self.place, f"是更新的版本写的（第 {version} 版）", "请升级 jimo-lint")
            for number, script in enumerate(scripts[version:], version + 1):
                self._script(script, number)


def opened(where: str) -> Database:
    """The database that a path or an address leads to, its tables made or brought up. StoreError where it is not."""
    database: Database
    if (found := _ADDRESS.match(where)) and not where.startswith(_POSTGRES):  # whose rest may hold a password
        raise StoreError(found[0], "不认识这种数据库", f"请写文件的路径，或 {_POSTGRES[0]} 开头的地址")
    if where.startswith(_POSTGRES):
        from jimo_lint.fleet.rollup.postgres import Postgres  # a library that only this needs

        database = Postgres(where)
    else:
        database = Sqlite(Path(where))
    try:
        database.bring_up()
    except BaseException:
        database.close()
        raise
    return database


class Sqlite(Database):
    """One file."""

    def __init__(self, path: Path) -> None:
        self.place = str(path)
        with self._faults():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
        try:
            with self._faults():
                self._connection.execute("PRAGMA synchronous = NORMAL")
                self._connection.execute("SELECT count(*) FROM sqlite_master")
        except StoreError:
            self._connection.close()
            raise

    def rows(self, query: str, *values: object) -> Iterator[tuple[Any, ...]]:
        with self._faults():
            yield from self._connection.execute(query, [_plain(value) for value in values])

    def execute(self, statement: str, *values: object) -> None:
        with self._faults():
            self._connection.execute(statement, [_plain(value) for value in values])

    def fill(self, table: str, fields: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        statement = f"INSERT INTO {table} ({', '.join(fields)}) VALUES ({', '.join('?' * len(fields))})"
        with self._faults():
            self._connection.executemany(statement, (tuple(map(_plain, row)) for row in rows))

    @contextmanager
    def writing(self) -> Iterator[None]:
        with self._faults():
            self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            with self._faults():
                self._connection.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):  # that of the block is told
                self._connection.execute("ROLLBACK")
            raise

    def close(self) -> None:
        self._connection.close()

    def _version(self) -> int:
        (version,) = next(self.rows("PRAGMA user_version"))
        return int(version)

    def _script(self, script: str, version: int) -> None:
        for statement in filter(str.strip, script.split(";")):  # `executescript` would end the transaction
            self.execute(statement.replace(" USING brin", ""))
        self.execute(f"PRAGMA user_version = {version:d}")

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except OSError as fault:
            raise StoreError(
                self.place, f"打不开（{cause(fault)}）", "请检查文件夹权限，或用 --database 换一处"
            ) from None
        except sqlite3.Error as fault:
            raise StoreError(self.place, *_explained(fault)) from None


def _explained(fault: sqlite3.Error) -> tuple[str, str]:
    code = getattr(fault, "sqlite_errorcode", 0) & 0xFF  # that of the kind
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return "另一个程序正在写", "请等它写完再运行"
    if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return "不是汇总数据库，或已损坏", "请换一个文件名重新汇总：各站的结果还在，都会再读一遍"
    if code == sqlite3.SQLITE_FULL:
        return "磁盘已满", "请腾出空间再运行：写成的不会丢，没写的会补上"
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return "打不开，或不能写", "请检查文件夹权限，或用 --database 换一处"
    return f"数据库出错（{fault}）", "请换一个文件名重新汇总：各站的结果还在，都会再读一遍"


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value  # of moments, too
