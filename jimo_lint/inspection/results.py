"""--cache: what the rules said of a file is kept, until the file, the rules, the settings or the program change."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import sysconfig
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from datetime import date
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from jimo_lint.errors import JimoLintError
from jimo_lint.inspection.judges import Said
from jimo_lint.model import Block, Document, FileFacts, Mark, PageFacts, Problem, ProblemCode
from jimo_lint.privacy import mask_problem
from jimo_lint.readers.source import Source
from jimo_lint.settings import cache
from jimo_lint.settings.resources import program
from jimo_lint.store.codec import expand, squeeze
from jimo_lint.store.finding_codec import packed_exactly, unpack_finding

if TYPE_CHECKING:
    from jimo_lint.inspection.benches import Bench, Benches

NAME = "checks.sqlite3"
# What nobody has asked for in so many days is dropped, and of the rest the oldest beyond so many bytes.
_FORGOTTEN = 30
_MOST = 200_000_000
_CHECKSUM = 16
# Formats whose readers, or the rules for what they hold, go by the day.
_DATED = frozenset({"html", "mhtml", "mail", "outlook"})


class _File(NamedTuple):
    """key: of what comes of it, stamp: as it was when its reading began. values: what was read of it."""

    source: Source
    key: bytes
    stamp: tuple[int, int]
    values: Sequence[Document | Problem]


class Results:
    """The outcomes of earlier checks, in the user's cache folder. Whatever is wrong with it costs time, nothing else.

    A context: at its end what is new is written, what is old dropped.
    """

    def __init__(self) -> None:
        self._drafts: Benches | None = None
        self._pending: dict[str, tuple[bytes, tuple[int, int]]] = {}
        self._files: list[_File] = []
        self._known: dict[int, tuple[Document, Said]] = {}  # by the identity of the object, which is held here
        self._used: list[bytes] = []
        self._benches: dict[int, bytes] = {}
        folder = cache.folder()
        self.path = folder / NAME if folder else None
        self.found = 0  # files
        self._today = date.today().toordinal()  # noqa: DTZ011 - of the cache's own rows, not of what is checked

    def __enter__(self) -> Results:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None and self.path is not None:
            self._write(self.path, dict(self._new()))

    def begin(self, benches: Benches) -> None:
        """Say by what drafts are judged in this run; before anything is looked for."""
        self._drafts = benches

    def find(self, source: Source) -> Sequence[Document | Problem] | None:
        """What was read of this file before, where the same would come of it now; its documents need not be judged."""
        if self._drafts is None or self.path is None or (identity := _identity(source)) is None:
            return None
        digest, stamp = identity
        bench = self._drafts.of(source.place)
        if id(bench) not in self._benches:
            self._benches[id(bench)] = self._settings(bench)
        parts = (self._program, self._benches[id(bench)], os.fsencode(source.place), digest)
        key = blake2b(b"\0".join(parts), digest_size=20).digest()
        values = self._read(key)
        if values is None:
            self._pending[source.place] = key, stamp
        return values

    def read(self, source: Source, values: Sequence[Document | Problem]) -> None:
        """Note what was read of a file that was not found."""
        if found := self._pending.pop(source.place, None):
            self._files.append(_File(source, *found, values))

    def known(self, document: Document) -> Said | None:
        """What the rules said of a document that was found."""
        found = self._known.get(id(document))
        return found[1] if found else None

    def note(self, document: Document, said: Said) -> None:
        """Note what the rules said of a document that they came to the end of."""
        self._known[id(document)] = document, said

    def _new(self) -> Iterator[tuple[bytes, bytes]]:
        """Keys and values of the files that were read and judged to their end, and that nobody changed meanwhile."""
        for one in self._files:
            documents = [value for value in one.values if isinstance(value, Document)]
            problems = [mask_problem(value) for value in one.values if isinstance(value, Problem)]
            judged = [said for document in documents if (said := self.known(document))]
            if not all(problem.excused for problem in problems) or _stamp(one.source) != one.stamp:
                continue  # what could not be done may be done the next time
            if len(judged) < len(documents):
                continue
            try:
                rows = [_packed(document, said) for document, said in zip(documents, judged, strict=True)]
            except ValueError:
                continue
            told = [[each.code.value, each.place, dict(each.args), each.column, each.accounts] for each in problems]
            order = [isinstance(value, Document) for value in one.values]
            value = squeeze(json.dumps([self._day(documents), order, rows, told], ensure_ascii=False))
            yield one.key, blake2b(value, digest_size=_CHECKSUM).digest() + value

    def _day(self, documents: Sequence[Document]) -> str:
        """The only day for which it holds, "" where no day matters."""
        known = self._drafts.context if self._drafts else None
        dated = any(
            isinstance(one.facts, PageFacts) or one.published is not None or one.file_facts.format in _DATED
            for one in documents
        )
        return known.as_of.isoformat() if known and (known.leaders or dated) else ""

    @cached_property
    def _program(self) -> bytes:
        """What is installed: our own files, and whether a library was put in, taken away or renewed."""
        found: list[object] = [program(), sys.version]
        for place in {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}:
            with suppress(OSError):
                found.append(Path(place).stat().st_mtime_ns)
        return blake2b(repr(found).encode(), digest_size=16).digest()

    def _settings(self, bench: Bench) -> bytes:
        """The rules that hold and all that they know but the day; of the office's own rules, every word."""
        rules = [
            (rule, _lists(rule.params)) if rule.file else (rule.code, rule.severity, rule.basis)
            for rule in bench.rules.values()
        ]
        known = replace(bench.context, as_of=date.min)
        said = repr((rules, known, bench.least))
        return blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).digest()

    @cached_property
    def _database(self) -> sqlite3.Connection | None:
        if self.path is None or not self.path.is_file():
            return None
        with suppress(sqlite3.Error):
            return sqlite3.connect(f"{self.path.as_uri()}?mode=ro", uri=True, timeout=1)
        return None

    def _read(self, key: bytes) -> Sequence[Document | Problem] | None:
        if self._database is None or self._drafts is None:
            return None
        try:
            row = self._database.execute("SELECT value, used FROM outcome WHERE key = ?", (key,)).fetchone()
            if row is None or blake2b(row[0][_CHECKSUM:], digest_size=_CHECKSUM).digest() != row[0][:_CHECKSUM]:
                return None
            day, order, rows, told = json.loads(expand(row[0][_CHECKSUM:]))
            if day not in ("", self._drafts.context.as_of.isoformat()):
                return None
            judged = [_unpacked(*one) for one in rows]
            problems = (
                Problem(ProblemCode(code), place, args, column=column, accounts=tuple(accounts))
                for code, place, args, column, accounts in told
            )
        except (sqlite3.Error, ValueError, TypeError, KeyError):
            return None
        if row[1] != self._today:
            self._used.append(key)
        self.found += 1
        self._known |= {id(document): (document, said) for document, said in judged}
        documents = (document for document, _ in judged)
        return [next(documents) if is_document else next(problems) for is_document in order]

    def _write(self, path: Path, new: dict[bytes, bytes]) -> None:
        if self._database is not None:
            self._database.close()
        if not new and not self._used:
            return
        try:
            self._put(path, new)
        except sqlite3.OperationalError:  # locked by another check, or the disk is full
            return
        except sqlite3.Error:  # no database any more: made anew
            with suppress(OSError, sqlite3.Error):
                path.unlink()
                self._put(path, new)

    def _put(self, path: Path, new: dict[bytes, bytes]) -> None:
        with suppress(FileExistsError, OSError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with closing(sqlite3.connect(path, timeout=1)) as database, database:
            database.execute("CREATE TABLE IF NOT EXISTS outcome (key BLOB PRIMARY KEY, used INTEGER, value BLOB)")
            database.executemany(
                "INSERT OR REPLACE INTO outcome VALUES (?, ?, ?)",
                [(key, self._today, value) for key, value in new.items()],
            )
            database.executemany(
                "UPDATE outcome SET used = ? WHERE key = ?", [(self._today, key) for key in self._used]
            )
            database.execute("DELETE FROM outcome WHERE used < ?", (self._today - _FORGOTTEN,))
            database.execute(
                "DELETE FROM outcome WHERE key IN (SELECT key FROM (SELECT key, "
                "SUM(LENGTH(value)) OVER (ORDER BY used DESC, key) AS size FROM outcome) WHERE size > ?)",
                (_MOST,),
            )


def _identity(source: Source) -> tuple[bytes, tuple[int, int]] | None:
    """A hash of the file, and what tells whether it is changed after; None where it cannot be read."""
    stamp = _stamp(source)
    try:
        with source.open() as file:
            digest = blake2b(digest_size=32)
            while piece := file.read(1 << 20):
                digest.update(piece)
    except (OSError, JimoLintError):
        return None
    return digest.digest(), stamp


def _stamp(source: Source) -> tuple[int, int]:
    try:
        state = Path(source.place).stat()
    except (OSError, ValueError):
        return 0, 0
    return state.st_mtime_ns, state.st_size


def _lists(value: Any) -> list[bytes]:
    """The content of the office's own lists that the params name."""
    texts = [one for one in value.values() if isinstance(one, list)] if isinstance(value, dict) else []
    paths = [Path(one) for listed in texts for one in listed if isinstance(one, str) and one.endswith(".tsv")]
    return [path.read_bytes() for path in paths if path.is_file()]


def _packed(document: Document, judged: Said) -> list[Any]:
    """What is asked of a document after it was judged, and what the rules said of it. ValueError where that would not
    come back as it is."""
    facts = document.facts if isinstance(document.facts, FileFacts) else FileFacts()
    marks = [(mark.kind, mark.place, mark.detail) for mark in facts.marks]
    fields = [document.id, document.url, document.source, document.title, document.text, facts.format, marks]
    return [fields, packed_exactly(judged.findings), judged.unsure]


def _unpacked(fields: list[Any], findings: list[str], unsure: int) -> tuple[Document, Said]:
    identity, url, source, title, text, form, marks = fields
    facts = FileFacts(format=form, marks=tuple(Mark(*mark) for mark in marks))
    document = Document(identity, url, source, title, (Block("body", text),) if text else (), facts=facts)
    return document, Said([unpack_finding(one) for one in findings], unsure=unsure)
