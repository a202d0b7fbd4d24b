"""What a crawl writes to the store: visits, addresses to come, posts of accounts, probes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any, Self

from filelock import FileLock

from jimo_lint.model import Document, FetchResult, LinkResult, Problem, QueuedUrl
from jimo_lint.store import contents, database, readings
from jimo_lint.store.codec import LINK_RESULT, instant, link_row, packed, packed_args, plain
from jimo_lint.store.reading import ARCHIVE, SITE, Reader

# Ids of link targets kept in memory: most links of a page stand on every page of the site.
_KNOWN_TARGETS = 20_000

# The kind of an account's archive while it is being read anew.
_COMING = "archive-coming"

_NO_DIGESTS: Mapping[str, str] = MappingProxyType({})
_NO_NUMBERS: Mapping[str, int] = MappingProxyType({})


class Store(Reader):
    """One SQLite file, opened for reading or, by one process at a time, for writing too.

    A new crawl stands beside the former one until it has stored its first page, and replaces it for good when
    it is finished. Every method raises StoreError where the file cannot be read or written.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, lock: FileLock | None) -> None:
        super().__init__(path, connection)
        self._lock = lock
        self._crawl = 0
        self._as_of = date.min
        self._targets: dict[tuple[int, str], int] = {}

    @classmethod
    def open(cls, path: Path, *, writing: bool, beside: bool = False) -> Store:
        """Open the file; `writing` takes the lock and creates what is missing.

        beside: write without the lock, beside an inspection that runs: for decisions, whose table is their own. The
        file must be there then.

        StoreError: another process is writing (says which), a newer version, damaged, not writable.
        """
        if beside:
            database.connect(path, writing=False).close()  # brings an older one up to date, under the lock
            return cls(path, database.connect(path, writing=True), None)
        lock = database.acquire(path) if writing else None
        try:
            return cls(path, database.connect(path, writing=writing), lock)
        except BaseException:
            if lock:
                lock.release()
            raise

    def close(self) -> None:
        """Close the file and release the lock."""
        self.connection.close()
        if self._lock:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def begin_crawl(self, kind: str, as_of: date, *, resume: bool) -> int:
        """The id of the crawl that `record` writes to from now on.

        resume: go on with the last crawl of this kind if it did not finish, asking again where the site did not
        answer or had an error; where there is none, or it did finish, a new one begins. A new crawl discards
        unfinished ones that nothing would be judged by.
        """
        with self.transaction() as run:
            unfinished = self.unfinished(kind) if resume else None
            if unfinished is not None:
                self._crawl = unfinished
                # What the site did not answer then it may answer now.
                run(
                    "UPDATE address SET asked = 0, problem = '', args = '{}', waived = 0"
                    " WHERE crawl = ? AND asked = 1 AND problem != '' AND (status = 0 OR status >= 500)",
                    unfinished,
                )
            else:
                kept = self._judged(kind)
                for (old,) in run("SELECT id FROM crawl WHERE kind = ? AND id != ?", kind, kept or 0).fetchall():
                    self._drop(old)
                self._crawl = self._new_crawl(kind, "", as_of.isoformat())
            self._as_of = as_of
        return self._crawl

    def enqueue(self, crawl_id: int, pendings: Iterable[QueuedUrl]) -> None:
        """Add addresses to a crawl; those it knows already stay as they are."""
        with self.transaction():
            self._enqueue(crawl_id, pendings)

    def record(self, visits: Sequence[FetchResult], problems: Sequence[Problem] = ()) -> None:
        """Store visits of the crawl begun, and what they found, in one transaction.

        A problem that an interrupted process told of already stands once.
        """
        with self.transaction():
            for visit in visits:
                self._record(visit)
            for problem in problems:
                if not self._stands(self._crawl, problem):
                    self._note(self._crawl, problem)

    def finish_crawl(self, crawl_id: int) -> None:
        """Mark a crawl as complete. Where it has pages it replaces those before it."""
        with self.transaction() as run:
            run("UPDATE crawl SET finished = ? WHERE id = ?", _now(), crawl_id)
            kind = self._one("SELECT kind FROM crawl WHERE id = ?", crawl_id)
            if self._judged(kind) == crawl_id:
                for (old,) in run("SELECT id FROM crawl WHERE kind = ? AND id < ?", kind, crawl_id).fetchall():
                    self._drop(old)
                if kind == SITE:  # what is not met any more is not met unchanged
                    run("DELETE FROM reading WHERE url NOT IN (SELECT url FROM address WHERE crawl = ?)", crawl_id)
                contents.sweep(self.connection)

    def begin_archives(self) -> None:
        """Prepare for reading the archives of all accounts anew, in pieces; what is judged stays as it is."""
        with self.transaction() as run:
            for (old,) in run("SELECT id FROM crawl WHERE kind = ?", _COMING).fetchall():
                self._drop(old)

    def add_posts(self, account_id: str, documents: Iterable[Document], problems: Sequence[Problem] = ()) -> None:
        """Add posts and problems of an account to what `replace_archives` will bring in."""
        with self.transaction() as run:
            found = run("SELECT id FROM crawl WHERE kind = ? AND subject = ?", _COMING, account_id).fetchone()
            crawl = found[0] if found else self._new_crawl(_COMING, account_id, "")
            for document in documents:
                self._put(crawl, document)
            for problem in problems:
                self._note(crawl, problem)

    def replace_archives(self, digests: Mapping[str, str] = _NO_DIGESTS, as_of: date | None = None) -> None:
        """Make what was added since `begin_archives` the archives that are judged, in place of all former ones.

        digests: of archives that need not be read again, by their accounts. Of those of which nothing was added, which
        `unchanged` knew, what is judged stays. as_of: of the others the day for which they were read.
        """
        with self.transaction() as run:
            coming = {row[0] for row in run("SELECT subject FROM crawl WHERE kind = ?", _COMING)}
            for old, subject in run("SELECT id, subject FROM crawl WHERE kind = ?", ARCHIVE).fetchall():
                if subject in coming or subject not in digests:
                    self._drop(old)
            for subject in coming & digests.keys():
                day = as_of.isoformat() if as_of else ""
                query = "UPDATE crawl SET digest = ?, as_of = ? WHERE kind = ? AND subject = ?"
                run(query, digests[subject], day, _COMING, subject)
            run("UPDATE crawl SET kind = ? WHERE kind = ?", ARCHIVE, _COMING)
            contents.sweep(self.connection)

    def look_again(
        self,
        visits: Sequence[FetchResult],
        *,
        gone: Collection[str] = (),
        columns: Collection[str] = (),
        links: Iterable[LinkResult] = (),
        accounts: Collection[str] = (),
    ) -> None:
        """Put new readings of single places where those stand that are judged, all or none; the rest stays as it is.

        visits: of pages and list pages of the site; what they lead to is not queued. gone: addresses whose pages are
        no more. columns: addresses of those whose list pages are all among the visits. accounts: ids of those whose
        posts `add_posts` has brought in since `begin_archives`; what it brought of others is dropped.
        """
        with self.transaction() as run:
            judged = self._judged(SITE)
            if judged is not None:
                self._crawl = judged
                keys = [*gone, *(visit.document.id for visit in visits if visit.document)]
                numbers, targets = self._clear(judged, keys, columns)
                # Those that stood there take their numbers back before a new page is given one of them.
                for visit in sorted(visits, key=lambda one: not one.document or plain(one.document.id) not in numbers):
                    self._record(replace(visit, follow=()), numbers)
                run(
                    "DELETE FROM target WHERE id IN (SELECT value FROM json_each(?))"
                    " AND NOT EXISTS (SELECT 1 FROM link WHERE target = target.id)",
                    packed(targets),
                )
                self._targets.clear()
            self._put_link_results(links)
            for account in accounts:
                for (old,) in run("SELECT id FROM crawl WHERE kind = ? AND subject = ?", ARCHIVE, account).fetchall():
                    self._drop(old)
                run("UPDATE crawl SET kind = ? WHERE kind = ? AND subject = ?", ARCHIVE, _COMING, account)
            for (old,) in run("SELECT id FROM crawl WHERE kind = ?", _COMING).fetchall():
                self._drop(old)
            contents.sweep(self.connection)

    def _clear(self, crawl: int, keys: Iterable[str], columns: Collection[str]) -> tuple[dict[str, int], list[int]]:
        """Remove documents, and what stands of the lists of columns.

        The documents' numbers by their keys, so that what comes in their place stands where they stood, and the
        targets that they linked to.
        """
        run = self.connection.execute
        lists = packed(columns)
        numbers: dict[str, int] = dict(
            run(
                "SELECT key, id FROM document WHERE crawl = ? AND (key IN (SELECT value FROM json_each(?))"
                " OR list_of IN (SELECT value FROM json_each(?)))",
                (crawl, packed(keys), lists),
            ).fetchall()
        )
        removed = (packed(numbers.values()),)
        query = "FROM link WHERE document IN (SELECT value FROM json_each(?))"
        targets = [row[0] for row in run(f"SELECT DISTINCT target {query}", removed).fetchall()]
        run(f"DELETE {query}", removed)
        run("DELETE FROM document WHERE id IN (SELECT value FROM json_each(?))", removed)
        for table in ("address", "listing", "item"):
            run(f"DELETE FROM {table} WHERE crawl = ? AND list_of IN (SELECT value FROM json_each(?))", (crawl, lists))
        return numbers, targets

    def begin_probing(self, source: str, now: datetime, within: timedelta) -> datetime:
        """When the round of asking a source's links began: now, or with one begun `within` that did not finish."""
        with self.transaction() as run:
            started = self.probing_since(source)
            if started is None or now - started > within:
                started = now
                run("INSERT OR REPLACE INTO probing VALUES (?, ?, 0)", source, now.isoformat())
        return started

    def finish_probing(self, source: str) -> None:
        """Mark the round as complete: the next one asks everything anew."""
        with self.transaction() as run:
            run("UPDATE probing SET finished = 1 WHERE source = ?", source)

    def put_link_results(self, results: Iterable[LinkResult]) -> None:
        """Store probes; a later one of the same address replaces the former."""
        with self.transaction():
            self._put_link_results(results)

    def _put_link_results(self, results: Iterable[LinkResult]) -> None:
        self.connection.executemany(
            f"INSERT OR REPLACE INTO link_result ({', '.join(LINK_RESULT)})"
            f" VALUES ({', '.join('?' * len(LINK_RESULT))})",
            map(link_row, results),
        )

    def _new_crawl(self, kind: str, subject: str, as_of: str) -> int:
        cursor = self.connection.execute(
            "INSERT INTO crawl (kind, subject, as_of, started) VALUES (?, ?, ?, ?)",
            (kind, subject, as_of, _now()),
        )
        return int(cursor.lastrowid or 0)

    def _enqueue(self, crawl: int, pendings: Iterable[QueuedUrl]) -> None:
        # An address met as an ordinary page and later as a column's list page is fetched again as the latter.
        self.connection.executemany(
            "INSERT INTO address (crawl, url, depth, list_of, page, api) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET depth = excluded.depth, list_of = excluded.list_of, page = excluded.page,"
            " api = excluded.api, asked = 0 WHERE list_of IS NULL AND excluded.list_of IS NOT NULL",
            ((crawl, plain(one.url), one.depth, one.column, one.page, one.api or "") for one in pendings),
        )

    def _record(self, visit: FetchResult, numbers: Mapping[str, int] = _NO_NUMBERS) -> None:
        asked, crawl, run = visit.asked, self._crawl, self.connection.execute
        self._enqueue(crawl, (asked,))
        url = plain(asked.url)
        problem = visit.problem
        code, args = (problem.code, packed_args(problem.args)) if problem else ("", "{}")
        run(
            "UPDATE address SET asked = 1, status = ?, problem = ?, args = ?, waived = ? WHERE crawl = ? AND url = ?",
            (visit.status, code, args, problem is not None and problem.waived, crawl, url),
        )
        if visit.document is not None:
            reading, number = visit.reading, numbers.get(plain(visit.document.id))
            held = self._put(crawl, visit.document, number, reading.content if reading else 0)
            if reading:
                run(readings.PUT, readings.row(url, replace(reading, content=held), self._as_of))
        if asked.column is not None and (visit.document is not None or problem or asked.api):
            run(
                "INSERT OR REPLACE INTO listing VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    crawl, asked.column, url, asked.page, visit.status, visit.complete, visit.landing,
                    code, visit.blank_notice, visit.scripted, visit.paging, visit.known, visit.obstacle, args,
                ),
            )  # fmt: skip
            run("DELETE FROM item WHERE crawl = ? AND list_of = ? AND page_url = ?", (crawl, asked.column, url))
            self.connection.executemany(
                "INSERT INTO item VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    (crawl, asked.column, url, position, plain(row.url), plain(row.title), instant(row.published))
                    for position, row in enumerate(visit.rows)
                ),
            )
        self._enqueue(crawl, visit.follow)

    def _stands(self, crawl: int, problem: Problem) -> bool:
        query = "SELECT 1 FROM problem WHERE crawl = ? AND code = ? AND place = ? AND args = ?"
        row = (crawl, problem.code, plain(problem.place), packed_args(problem.args))
        return self.connection.execute(query, row).fetchone() is not None

    def _note(self, crawl: int, problem: Problem) -> None:
        row = (
            crawl,
            problem.code,
            plain(problem.place),
            packed_args(problem.args),
            problem.waived,
            json.dumps(problem.accounts),
        )
        query = "INSERT INTO problem (crawl, code, place, args, waived, accounts) VALUES (?, ?, ?, ?, ?, ?)"
        self.connection.execute(query, row)

    def _put(self, crawl: int, document: Document, number: int | None = None, held: int = 0) -> int:
        """The number of its content. number: of a former reading that was removed; None for the next one. held: what is
        to be given back, where it is known."""
        held = held or contents.put(self.connection, document)
        run = self.connection.execute
        key = plain(document.id)
        stored = run("SELECT id FROM document WHERE crawl = ? AND key = ?", (crawl, key)).fetchone()
        if stored:
            run("DELETE FROM link WHERE document = ?", stored)
            run("DELETE FROM document WHERE id = ?", stored)
        number = run(
            "INSERT INTO document (id, crawl, key, url, list_of, account, content, fetched)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                number,
                crawl,
                key,
                plain(document.url),
                plain(document.column or "") or None,
                plain(document.account or "") or None,
                held,
                instant(document.fetched),
            ),
        ).lastrowid
        known = self._targets
        targets = {
            known.get((crawl, link.url)) or self._target(crawl, link.url, link.kind, link.text)
            for link in document.links
            if link.url
        }
        self.connection.executemany("INSERT INTO link VALUES (?, ?)", [(target, number) for target in targets])
        return held

    def _target(self, crawl: int, url: str, kind: str, text: str) -> int:
        run = self.connection.execute
        address = plain(url)
        found = run("SELECT id FROM target WHERE crawl = ? AND url = ?", (crawl, address)).fetchone()
        if found is None:
            row = (crawl, address, plain(kind), plain(text))
            run("INSERT INTO target (crawl, url, kind, text) VALUES (?, ?, ?, ?)", row)
            found = run("SELECT last_insert_rowid()").fetchone()
        number = int(found[0])
        if len(self._targets) >= _KNOWN_TARGETS:
            self._targets.clear()
        self._targets[crawl, url] = number
        return number

    def _drop(self, crawl: int) -> None:
        run = self.connection.execute
        run("DELETE FROM link WHERE target IN (SELECT id FROM target WHERE crawl = ?)", (crawl,))
        for table in database.OF_CRAWL:
            run(f"DELETE FROM {table} WHERE crawl = ?", (crawl,))
        run("DELETE FROM crawl WHERE id = ?", (crawl,))

    @contextmanager
    def transaction(self) -> Iterator[Any]:
        """All that is run inside with `yield`ed `run(query, *values)` is stored, or nothing of it."""
        with database.faults(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield lambda query, *values: self.connection.execute(query, values)
                self.connection.execute("COMMIT")
            except BaseException:
                self._targets.clear()
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
