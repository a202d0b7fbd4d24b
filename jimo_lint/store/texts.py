"""The documents that a run has read, by name: a run may read a hundred thousand, so they are not held in memory."""

from __future__ import annotations

from itertools import count

from jimo_lint.store.codec import plain
from jimo_lint.store.store import Store

# Names that are written at once.
_BATCH = 500
_numbers = count(1)


class Texts:
    """Each name with a hash of its text, in tables of this connection alone that are gone with it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._texts, self._names = (f"temp.{of}_{next(_numbers)}" for of in ("text", "name"))
        self._read: list[tuple[str, int]] = []
        self._called: list[tuple[str, str]] = []
        with store.transaction() as run:
            run(f"CREATE TABLE {self._texts} (name TEXT PRIMARY KEY, hash INTEGER NOT NULL) WITHOUT ROWID")
            run(f"CREATE TABLE {self._names} (address TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID")

    def add(self, name: str, text: int) -> None:
        """One that was read. text: the hash of its text, joined with those of others of the same name."""
        self._read.append((plain(name), text))
        if len(self._read) >= _BATCH:
            self._flush()

    def discard(self, name: str) -> None:
        """Forget that it was read."""
        self._flush()
        with self._store.transaction() as run:
            run(f"DELETE FROM {self._texts} WHERE name = ?", plain(name))

    def call(self, address: str, name: str) -> None:
        """What stands at an address is known by another name."""
        self._called.append((plain(address), plain(name)))

    def called(self, address: str) -> str | None:
        """By which name; None where none was given."""
        self._flush()
        rows = self._store.rows(f"SELECT name FROM {self._names} WHERE address = ?", plain(address))
        return rows[0][0] if rows else None

    def __contains__(self, name: str) -> bool:
        self._flush()
        return bool(self._store.rows(f"SELECT 1 FROM {self._texts} WHERE name = ?", plain(name)))

    def keep(self, run: int) -> None:
        """Note that a run looked at them, in the transaction that is open."""
        self._write()
        execute = self._store.connection.execute
        execute(f"INSERT OR IGNORE INTO place (kind, name) SELECT 'document', name FROM {self._texts}")
        execute(
            "INSERT OR IGNORE INTO looked_at (place, run, hash)"
            f" SELECT place.id, ?, CASE hash WHEN 0 THEN '' ELSE printf('%014x', hash) END FROM {self._texts} AS text"
            " JOIN place ON place.kind = 'document' AND place.name = text.name",
            (run,),
        )

    def _flush(self) -> None:
        if self._read or self._called:
            with self._store.transaction():
                self._write()

    def _write(self) -> None:
        many = self._store.connection.executemany
        # SQLite has no exclusive or.
        many(
            f"INSERT INTO {self._texts} VALUES (?, ?) ON CONFLICT (name)"
            " DO UPDATE SET hash = (hash | excluded.hash) - (hash & excluded.hash)",
            self._read,
        )
        many(f"INSERT OR REPLACE INTO {self._names} VALUES (?, ?)", self._called)
        self._read.clear()
        self._called.clear()


class Openings:
    """The title and the first words of each page by its address, in a table of this connection alone."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._table = f"temp.opening_{next(_numbers)}"
        self._waiting: list[tuple[str, str, str]] = []
        with store.transaction() as run:
            run(f"CREATE TABLE {self._table} (address TEXT PRIMARY KEY, title TEXT, words TEXT) WITHOUT ROWID")

    def add(self, address: str, title: str, words: str) -> None:
        """One page; of two at one address the later."""
        self._waiting.append((plain(address), plain(title), plain(words)))
        if len(self._waiting) >= _BATCH:
            self._flush()

    def get(self, address: str) -> tuple[str, str] | None:
        """Title and first words; None where no page was read."""
        self._flush()
        rows = self._store.rows(f"SELECT title, words FROM {self._table} WHERE address = ?", plain(address))
        return rows[0] if rows else None

    def _flush(self) -> None:
        if self._waiting:
            with self._store.transaction():
                query = f"INSERT OR REPLACE INTO {self._table} VALUES (?, ?, ?)"
                self._store.connection.executemany(query, self._waiting)
            self._waiting.clear()
