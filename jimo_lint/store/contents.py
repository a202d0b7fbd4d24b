"""What stands in documents: each content is there once, however many crawls have it."""

from __future__ import annotations

import sqlite3

from jimo_lint.model import Document
from jimo_lint.store.codec import content, digest, squeezed


def put(connection: sqlite3.Connection, document: Document) -> int:
    """The number of what stands in a document, which is stored where it is not there yet."""
    written = content(document)
    key = digest(written)
    found = connection.execute("SELECT id FROM content WHERE digest = ?", (key,)).fetchone()
    if found is None:
        query = "INSERT INTO content (digest, payload) VALUES (?, ?)"
        return connection.execute(query, (key, squeezed(written))).lastrowid or 0
    return int(found[0])


def sweep(connection: sqlite3.Connection) -> None:
    """Drop what no document has any more, and no page that may be met unchanged."""
    connection.execute(
        "DELETE FROM content WHERE id NOT IN (SELECT content FROM document UNION SELECT content FROM reading)"
    )
