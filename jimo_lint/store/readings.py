"""Pages as they were read before, by their addresses: what is met unchanged need not be read again."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from jimo_lint.model import Document, ListItem, Obstacle, Paging, Reading
from jimo_lint.settings.resources import program
from jimo_lint.store.codec import instant, moment, plain, unpack
from jimo_lint.store.reading import Reader

PUT = (
    "INSERT OR REPLACE INTO reading (url, content, as_of, until, program, digest, etag, modified, rest)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
# Those that this program made, for that day or an earlier one, and that hold until a later one.
_GET = (
    "SELECT content, until, digest, etag, modified, rest FROM reading"
    " WHERE url = ? AND as_of <= ? AND until > ? AND program = ?"
)


class Readings:
    """Those that hold on a day."""

    def __init__(self, store: Reader, as_of: date) -> None:
        self._store = store
        self._day = as_of.isoformat()

    def find(self, url: str, column: str | None) -> Reading | None:
        """How the page at an address was read as that of a column, or of none; None where it has to be read."""
        rows = self._store.rows(_GET, plain(url), self._day, self._day, program())
        found = _reading(rows[0]) if rows else None
        return found if found and found.column == column else None

    def document(self, reading: Reading) -> Document:
        """What stood on the page, as it was stored, without when it was fetched."""
        [(payload,)] = self._store.rows("SELECT payload FROM content WHERE id = ?", reading.content)
        return unpack(payload)


def row(url: str, reading: Reading, as_of: date) -> tuple[Any, ...]:
    """The values of a reading for `PUT`."""
    rest = [
        reading.column, [[one.url, one.title, instant(one.published)] for one in reading.rows], reading.paging.value,
        reading.pages, reading.complete, reading.known, reading.own, reading.landing, reading.refresh, reading.is_list,
        reading.blank_notice, reading.scripted, reading.obstacle.value,
        reading.home,
    ]  # fmt: skip
    said = json.dumps(rest)
    until = reading.until.isoformat()
    return (
        url, reading.content, as_of.isoformat(), until, program(), reading.digest, reading.etag, reading.modified,
        said,
    )  # fmt: skip


def _reading(row: tuple[Any, ...]) -> Reading:
    content, until, digest, etag, modified, rest = row
    (
        column, rows, paging, pages, complete, known, own, landing, refresh, is_list, blank_notice, scripted, obstacle,
        home,
    ) = json.loads(rest)  # fmt: skip
    return Reading(
        digest=digest,
        until=date.fromisoformat(until),
        etag=etag,
        modified=modified,
        column=column,
        rows=tuple(ListItem(url, title, moment(shown)) for url, title, shown in rows),
        paging=Paging(paging),
        pages=tuple(pages),
        complete=complete,
        known=known,
        own=own,
        landing=landing,
        refresh=refresh,
        is_list=is_list,
        blank_notice=blank_notice,
        scripted=scripted,
        obstacle=Obstacle(obstacle),
        home=home,
        content=content,
    )
