"""Runs of inspections as they are kept: with their findings, what they looked at, and the life of each finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from jimo_lint.model import Finding, Run, State
from jimo_lint.store.codec import expand, instant, plain, squeeze
from jimo_lint.store.finding_codec import unpack_finding, unpack_findings
from jimo_lint.store.reading import Reader
from jimo_lint.store.store import Store

# Of the way in which `lint.engine` makes fingerprints; with another one, lives of before would seem to end.
FINGERPRINTS = 1

_RUN = "id, inspection, as_of, started, finished, version, complete, narrowed, found, new, gone"
_STORED = (
    "inspection", "fingerprint", "code", "state", "first_run", "first_seen", "since", "last_run", "last_seen", "gone",
    "missing", "returns", "payload",
)  # fmt: skip
_LIFE = f"id, {', '.join(_STORED[1:])}"


class Place(NamedTuple):
    """A place that is looked at. kind: document, link, host, column, account or site; name: its address or id."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class KeptRun:
    """A run in the store. narrowed: fewer rules than the inspection has, or no links asked. found, new, gone: numbers
    of findings, of those that no run had before, and of those that it had no more."""

    number: int
    inspection: str
    as_of: date
    started: datetime
    finished: datetime
    version: str
    complete: bool
    narrowed: bool
    found: int
    new: int
    gone: int


@dataclass(slots=True)
class Life:
    """A finding over all runs of its inspection. id: 0 while it is not stored. payload: as `pack_finding` wrote it
    when it was last found. gone: when it was found to be no more there; missing: when its page was first found to be
    gone. places: where it stood when last found."""

    fingerprint: str
    code: str
    state: State
    first_run: int
    first_seen: date
    since: date
    last_run: int
    last_seen: date
    payload: str
    returns: int = 0
    gone: date | None = None
    missing: date | None = None
    places: tuple[int, ...] = ()
    id: int = 0

    def finding(self) -> Finding:
        """As it was last found."""
        return unpack_finding(self.payload)


@dataclass(slots=True)
class Changes:
    """What a run brings into the store. places: each with the hash of its text, "" where it has none; rules: codes
    with the hash of each. findings: packed lines in the order of the report. lives: those to be stored anew."""

    run: Run
    narrowed: bool
    complete: bool
    rules: Mapping[str, str]
    places: Mapping[int, str]
    findings: Sequence[str]
    lives: list[Life] = field(default_factory=list)
    found: int = 0
    new: int = 0
    gone: int = 0


def runs(store: Reader, inspection: str = "") -> tuple[KeptRun, ...]:
    """The runs kept, oldest first; of one inspection or all."""
    where, values = ("WHERE inspection = ?", (inspection,)) if inspection else ("", ())
    return tuple(map(_kept, store.rows(f"SELECT {_RUN} FROM run {where} ORDER BY id", *values)))


def findings(store: Reader, run: int) -> tuple[Finding, ...]:
    """The findings of a run, without their history."""
    rows = store.rows("SELECT findings FROM run WHERE id = ?", run)
    return unpack_findings(expand(rows[0][0])) if rows else ()


def kept_report(store: Reader, run: int) -> str | None:
    """What `keep_report` wrote for a run; None where there is none."""
    rows = store.rows("SELECT report FROM run WHERE id = ? AND report IS NOT NULL", run)
    return expand(rows[0][0]) if rows else None


def keep_report(store: Store, run: int, text: str) -> None:
    """Keep what else a run's report says, so that it can be written again in any form."""
    with store.transaction() as execute:
        execute("UPDATE run SET report = ? WHERE id = ?", squeeze(text), run)


def lives(store: Reader, inspection: str) -> Iterator[Life]:
    """The lives of all findings of an inspection, gone ones among them."""
    places: dict[int, list[int]] = {}
    query = "SELECT finding, place FROM stands WHERE finding IN (SELECT id FROM finding WHERE inspection = ?)"
    for finding, place in store.rows(query, inspection):
        places.setdefault(finding, []).append(place)
    for row in store.rows(f"SELECT {_LIFE} FROM finding WHERE inspection = ? ORDER BY id", inspection):
        yield _life(row, tuple(places.get(row[0], ())))


def life(store: Reader, inspection: str, fingerprint: str) -> Life | None:
    """The life of one finding, without its places; None where no run has ever had it."""
    query = f"SELECT {_LIFE} FROM finding WHERE inspection = ? AND fingerprint = ?"
    rows = store.rows(query, inspection, fingerprint)
    return _life(rows[0], ()) if rows else None


def place_numbers(store: Store, places: Iterable[Place]) -> dict[Place, int]:
    """The numbers of places, which are given to those that have none. One transaction."""
    wanted = list(dict.fromkeys(places))
    with store.transaction():
        connection = store.connection
        connection.executemany(
            "INSERT OR IGNORE INTO place (kind, name) VALUES (?, ?)", [(one.kind, plain(one.name)) for one in wanted]
        )
        query = "SELECT id FROM place WHERE kind = ? AND name = ?"
        return {one: connection.execute(query, (one.kind, plain(one.name))).fetchone()[0] for one in wanted}


def named(store: Reader, places: Iterable[int]) -> dict[int, Place]:
    """Places by their numbers."""
    found = {}
    for number in set(places):
        [(kind, name)] = store.rows("SELECT kind, name FROM place WHERE id = ?", number)
        found[number] = Place(kind, name)
    return found


def looked_before(store: Reader, place: int) -> tuple[tuple[int, str], ...]:
    """The runs that looked at a place, oldest first, each with the hash of its text then."""
    return tuple(store.rows("SELECT run, hash FROM looked_at WHERE place = ? ORDER BY run", place))


def rules_of(store: Reader, inspection: str) -> dict[int, dict[str, str]]:
    """Codes and hashes of the rules in force, by run."""
    query = "SELECT run, code, hash FROM run_rule WHERE run IN (SELECT id FROM run WHERE inspection = ?)"
    found: dict[int, dict[str, str]] = {}
    for run, code, rule in store.rows(query, inspection):
        found.setdefault(run, {})[code] = rule
    return found


def record(store: Store, changes: Changes) -> int:
    """Store a run with all that it changes, whole or not at all; its number."""
    run = changes.run
    with store.transaction() as execute:
        row = (
            run.inspection, run.as_of.isoformat(), instant(run.started), instant(run.finished), run.version,
            changes.complete, changes.narrowed, FINGERPRINTS, changes.found, changes.new, changes.gone,
            squeeze(f"[{','.join(changes.findings)}]"),
        )  # fmt: skip
        query = (
            "INSERT INTO run (inspection, as_of, started, finished, version, complete, narrowed, fingerprints, found,"
            f" new, gone, findings) VALUES ({', '.join('?' * len(row))})"
        )
        number = int(execute(query, *row).lastrowid)
        many = store.connection.executemany
        many("INSERT INTO run_rule VALUES (?, ?, ?)", [(number, code, rule) for code, rule in changes.rules.items()])
        looked = [(place, number, text) for place, text in changes.places.items()]
        many("INSERT INTO looked_at (place, run, hash) VALUES (?, ?, ?)", looked)
        for one in changes.lives:
            _put(store, run.inspection, one, number)
    return number


def _put(store: Store, inspection: str, one: Life, run: int) -> None:
    """Store a life; its runs are 0 where they are the one that is being stored."""
    execute = store.connection.execute
    row = (
        inspection, one.fingerprint, one.code, one.state.value, one.first_run or run, one.first_seen.isoformat(),
        one.since.isoformat(), one.last_run or run, one.last_seen.isoformat(), _iso(one.gone), _iso(one.missing),
        one.returns, one.payload,
    )  # fmt: skip
    if one.id:
        execute(f"UPDATE finding SET {', '.join(f'{name} = ?' for name in _STORED)} WHERE id = ?", (*row, one.id))
        execute("DELETE FROM stands WHERE finding = ?", (one.id,))
        number = one.id
    else:
        query = f"INSERT INTO finding ({', '.join(_STORED)}) VALUES ({', '.join('?' * len(row))})"
        number = int(execute(query, row).lastrowid or 0)
    places = [(number, place) for place in one.places]
    store.connection.executemany("INSERT OR IGNORE INTO stands VALUES (?, ?)", places)


def _life(row: Sequence[Any], places: tuple[int, ...]) -> Life:
    (
        number, fingerprint, code, state, first_run, first_seen, since, last_run, last_seen, gone, missing, returns,
        payload,
    ) = row  # fmt: skip
    return Life(
        fingerprint=fingerprint,
        code=code,
        state=State(state),
        first_run=first_run,
        first_seen=date.fromisoformat(first_seen),
        since=date.fromisoformat(since),
        last_run=last_run,
        last_seen=date.fromisoformat(last_seen),
        payload=payload,
        returns=returns,
        gone=date.fromisoformat(gone) if gone else None,
        missing=date.fromisoformat(missing) if missing else None,
        places=places,
        id=number,
    )


def _kept(row: Sequence[Any]) -> KeptRun:
    number, inspection, as_of, started, finished, version, complete, narrowed, found, new, gone = row
    return KeptRun(
        number=number,
        inspection=inspection,
        as_of=date.fromisoformat(as_of),
        started=datetime.fromisoformat(started),
        finished=datetime.fromisoformat(finished),
        version=version,
        complete=bool(complete),
        narrowed=bool(narrowed),
        found=found,
        new=new,
        gone=gone,
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
