"""Looks after the file itself: reports that nobody needs any more, room that nothing takes."""

from __future__ import annotations

from jimo_lint.settings.resources import program
from jimo_lint.store import contents, database
from jimo_lint.store.codec import squeeze
from jimo_lint.store.store import Store


def drop_reports(store: Store, keep: int) -> int:
    """Drop the reports and findings of all runs of each inspection but the last `keep`; how many were dropped.

    What the runs looked at, the lives of findings and the decisions stay.
    """
    query = (
        "SELECT id FROM (SELECT id, report, row_number() OVER (PARTITION BY inspection ORDER BY id DESC) AS place"
        " FROM run) WHERE place > ? AND report IS NOT NULL"
    )
    with store.transaction() as execute:
        old = [number for (number,) in execute(query, keep).fetchall()]
        for number in old:
            execute("UPDATE run SET report = NULL, findings = ? WHERE id = ?", squeeze("[]"), number)
    return len(old)


def vacuum(store: Store) -> None:
    """Give back the room of what was deleted, and of what no crawl that is judged needs."""
    with store.transaction() as execute:
        execute("DELETE FROM reading WHERE program != ?", program())
        execute("DELETE FROM judged WHERE basis NOT IN (SELECT id FROM basis ORDER BY used DESC LIMIT 1)")
        contents.sweep(store.connection)
    with database.faults(store.path):
        store.connection.execute("VACUUM")
        store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
