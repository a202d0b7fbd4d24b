"""Error reports by the public (找错): taken in from exports, brought up to date, and looked at again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import blake2b
from typing import Any, NamedTuple

from jimo_lint.model.tickets import Check, Outcome, Ticket
from jimo_lint.store.codec import instant, plain
from jimo_lint.store.reading import Reader
from jimo_lint.store.runs import Place
from jimo_lint.store.store import Store

_FIELDS = (
    "number", "received", "site", "url", "category", "said", "owner", "state", "reply", "closed", "due", "answered",
    "source",
)  # fmt: skip
_PUT = f"INSERT OR REPLACE INTO ticket ({', '.join(_FIELDS)}) VALUES ({', '.join('?' * len(_FIELDS))})"
_GET = f"SELECT {', '.join(_FIELDS)} FROM ticket"


class Taken(NamedTuple):
    """What an import changed. same: rows that were imported before, or bring nothing new."""

    added: tuple[Ticket, ...] = ()
    changed: tuple[Ticket, ...] = ()
    same: int = 0


def take(store: Store, tickets: Iterable[Ticket]) -> Taken:
    """Take the rows of exports in, in their order, whole or not at all.

    A row that was taken in before changes nothing, however old its file: an earlier export does not bring an earlier
    state back. A new one says what it says; where it is silent, what was known stays.
    """
    added: dict[str, Ticket] = {}
    changed: dict[str, Ticket] = {}
    same = 0
    now = instant(datetime.now(UTC))
    with store.transaction() as run:
        for ticket in tickets:
            row = (ticket.number, _digest(ticket), plain(ticket.state), plain(ticket.source), now)
            former = run(f"{_GET} WHERE number = ?", ticket.number).fetchone()
            new = run("INSERT OR IGNORE INTO ticket_row VALUES (?, ?, ?, ?, ?)", *row).rowcount
            known = _ticket(former) if former else None
            merged = _merged(known, ticket) if known else ticket
            if not new or (known and replace(merged, source="") == replace(known, source="")):
                same += 1
                continue
            run(_PUT, *_row(merged))
            (changed if known and ticket.number not in added else added)[ticket.number] = merged
    return Taken(tuple(added.values()), tuple(changed.values()), same)


def tickets(store: Reader) -> tuple[Ticket, ...]:
    """All reports as they stand now, by their numbers."""
    return tuple(map(_ticket, store.rows(f"{_GET} ORDER BY number")))


def record_checks(store: Store, checks: Mapping[str, Check]) -> None:
    """Keep what looking at reports came to, by their numbers, in one transaction."""
    now = instant(datetime.now(UTC))
    with store.transaction():
        store.connection.executemany(
            "INSERT INTO ticket_check (number, outcome, why, day, live, stored) VALUES (?, ?, ?, ?, ?, ?)",
            [
                (number, one.outcome.value, plain(one.why), _iso(one.day), one.live, now)
                for number, one in checks.items()
            ],
        )


def checks(store: Reader) -> dict[str, tuple[Check, ...]]:
    """What looking at each report came to, oldest first, by their numbers."""
    found: dict[str, list[Check]] = {}
    for number, outcome, why, day, live in store.rows(
        "SELECT number, outcome, why, day, live FROM ticket_check ORDER BY id"
    ):
        found.setdefault(number, []).append(Check(Outcome(outcome), why, _day(day), bool(live)))
    return {number: tuple(some) for number, some in found.items()}


def first_looked(store: Reader, places: Iterable[Place]) -> date | None:
    """The day of the first kept run that looked at one of these places; None where none ever did."""
    query = (
        "SELECT min(run.as_of) FROM place JOIN looked_at ON looked_at.place = place.id"
        " JOIN run ON run.id = looked_at.run WHERE place.kind = ? AND place.name = ?"
    )
    days = (store.rows(query, one.kind, plain(one.name))[0][0] for one in places)
    return min((date.fromisoformat(day) for day in days if day), default=None)


def numbers(store: Reader, places: Iterable[Place]) -> dict[Place, int]:
    """The numbers of those places that kept runs know."""
    query = "SELECT id FROM place WHERE kind = ? AND name = ?"
    found = ((one, store.rows(query, one.kind, plain(one.name))) for one in places)
    return {one: rows[0][0] for one, rows in found if rows}


def _merged(known: Ticket, ticket: Ticket) -> Ticket:
    """What is known of a report with what a further row says of it."""
    silent = not (ticket.state or ticket.reply or ticket.closed)
    return Ticket(
        number=known.number,
        received=known.received or ticket.received,  # a day without a year would be read as of each import
        site=ticket.site or known.site,
        url=ticket.url or known.url,
        category=ticket.category or known.category,
        said=ticket.said or known.said,
        owner=ticket.owner or known.owner,
        state=ticket.state or known.state,
        reply=ticket.reply or known.reply,
        closed=ticket.closed or known.closed,
        limit=ticket.limit or known.limit,
        answered=known.answered if silent else ticket.answered,
        source=ticket.source,
    )


def _digest(ticket: Ticket) -> str:
    said = "\0".join(str(value) for value in _row(replace(ticket, source="")))
    return blake2b(said.encode("utf-8", "replace"), digest_size=8).hexdigest()


def _row(one: Ticket) -> tuple[Any, ...]:
    return (
        plain(one.number), _iso(one.received), plain(one.site), plain(one.url), plain(one.category), plain(one.said),
        plain(one.owner), plain(one.state), plain(one.reply), _iso(one.closed), _iso(one.limit), one.answered,
        plain(one.source),
    )  # fmt: skip


def _ticket(row: Sequence[Any]) -> Ticket:
    number, received, site, url, category, said, owner, state, reply, closed, due, answered, source = row
    return Ticket(
        number=number,
        received=_day(received),
        site=site,
        url=url,
        category=category,
        said=said,
        owner=owner,
        state=state,
        reply=reply,
        closed=_day(closed),
        limit=_day(due),
        answered=bool(answered),
        source=source,
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
