"""What was found in documents, kept for as long as neither they nor what they are judged by have changed."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

from jimo_lint.model import Document, Finding
from jimo_lint.store.attachments import Packed
from jimo_lint.store.codec import content_digest
from jimo_lint.store.finding_codec import Shared, packed_exactly, unpack_findings
from jimo_lint.store.store import Store

# Bases that are kept: that of all rules, and what somebody tries beside it.
_BASES = 3
# Days after which what was of no use is dropped, and after how many it is written down that it was.
_UNUSED = 100
_NOTED = 30
# Judgements that are written at once.
_BATCH = 200


class Judged:
    """The judgements of one basis. basis: a digest of all that they depend on beside the document."""

    def __init__(self, store: Store, basis: bytes) -> None:
        self._store = store
        today = datetime.now(UTC).date()
        self._today = today.isoformat()
        self._fresh = (today - timedelta(days=_NOTED)).isoformat()
        self._waiting: dict[bytes, str] = {}
        self._used: list[bytes] = []
        self._shared = Shared()  # most of a city's findings say nearly the same of their rules and places
        self._basis = self._begin(basis, today)

    def _begin(self, basis: bytes, today: date) -> int:
        with self._store.transaction() as run:
            run(
                "INSERT INTO basis (digest, used) VALUES (?, ?)"
                " ON CONFLICT (digest) DO UPDATE SET used = excluded.used",
                basis,
                datetime.now(UTC).isoformat(),
            )
            run("DELETE FROM basis WHERE id NOT IN (SELECT id FROM basis ORDER BY used DESC LIMIT ?)", _BASES)
            run("DELETE FROM judged WHERE basis NOT IN (SELECT id FROM basis)")
            run("DELETE FROM judged WHERE used < ?", (today - timedelta(days=_UNUSED)).isoformat())
            number: int = run("SELECT id FROM basis WHERE digest = ?", basis).fetchone()[0]
            self._any = run("SELECT 1 FROM judged WHERE basis = ? LIMIT 1", number).fetchone() is not None
        return number

    def find(self, document: Document | Packed) -> tuple[bytes, tuple[Finding, ...] | None]:
        """The key of a document, and what was found in it; None where it was not judged."""
        key = document.digest if isinstance(document, Packed) else content_digest(document)
        if not self._any:
            return key, None
        query = "SELECT findings, used FROM judged WHERE basis = ? AND document = ?"
        row = self._store.connection.execute(query, (self._basis, key)).fetchone()
        if row is None:
            return key, None
        lines, used = row
        if used < self._fresh:
            self._used.append(key)
        return key, unpack_findings(lines, self._shared) if lines else ()

    def put(self, key: bytes, findings: Sequence[Finding]) -> None:
        """Keep what was found, where it can be kept as it is."""
        with suppress(ValueError):
            lines = packed_exactly(findings)
            self._waiting[key] = f"[{','.join(lines)}]" if lines else ""
        if len(self._waiting) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """Store what is new."""
        if not (self._waiting or self._used):
            return
        with self._store.transaction():
            many = self._store.connection.executemany
            rows = ((self._basis, key, self._today, lines) for key, lines in self._waiting.items())
            many("INSERT OR REPLACE INTO judged VALUES (?, ?, ?, ?)", rows)
            self._any = self._any or bool(self._waiting)
            used = ((self._today, self._basis, key) for key in self._used)
            many("UPDATE judged SET used = ? WHERE basis = ? AND document = ?", used)
        self._waiting.clear()
        self._used.clear()
