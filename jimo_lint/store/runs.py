"""Runs of inspections as they are kept: with their findings, what they looked at, and the life of each finding."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from itertools import islice
from typing import Any, NamedTuple

from jimo_lint.model import Finding, Run, State
from jimo_lint.store.codec import expand, instant, packed, plain, squeeze
from jimo_lint.store.finding_codec import pack_finding, unpack_finding, unpack_findings
from jimo_lint.store.reading import Reader
from jimo_lint.store.store import Store
from jimo_lint.store.texts import Texts

# Of the way in which `lint.engine` makes fingerprints; with another one, lives of before would seem to end.
FINGERPRINTS = 1

# Lines that are compressed together.
_TOGETHER = 500

_RUN = "id, inspection, as_of, started, finished, version, complete, narrowed, found, new, gone, whole"
_STORED = (
    "inspection", "fingerprint", "code", "state", "first_run", "first_seen", "since", "last_run", "last_seen", "gone",
    "missing", "returns",
)  # fmt: skip
_LIFE = f"id, {', '.join(_STORED[1:])}"
_LINE = "(SELECT payload FROM line WHERE finding = id)"

# Tens of thousands of lives have few days between them.
_day = lru_cache(date.fromisoformat)
_state = cache(State)


class Place(NamedTuple):
    """A place that is looked at. kind: document, link, host, column, account or site; name: its address or id."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class KeptRun:
    """A run in the store. narrowed: fewer rules than the inspection has, or no links asked. found, new, gone: numbers
    of findings, of those that no run had before, and of those that it had no more. whole: done as the configuration
    asks, on what was collected for it, and that came to its end: pages unread are no hindrance."""

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
    whole: bool = False


@dataclass(slots=True)
class Life:
    """A finding over all runs of its inspection. id: 0 while it is not stored. payload: as `pack_finding` wrote it
    when it was last found, empty where it was not asked for; now: the finding, where this run has it. gone: when it was
    found to be no more there; missing: when its page was first found to be gone. places: numbers of those where it
    stood when last found; stored: of those that the store has for it."""

    fingerprint: str
    code: str
    state: State
    first_run: int
    first_seen: date
    since: date
    last_run: int
    last_seen: date
    payload: bytes = b""
    returns: int = 0
    gone: date | None = None
    missing: date | None = None
    places: tuple[int, ...] = ()
    stored: tuple[int, ...] = ()
    id: int = 0
    now: Finding | None = None

    def finding(self) -> Finding:
        """As it was last found."""
        return unpack_finding(self.payload)


@dataclass(slots=True)
class Changes:
    """What a run brings into the store. texts: of the documents that it read; places: what else it looked at; rules:
    codes with the hash of each. findings: packed lines in the order of the report, gone through once. lives: all that
    were found and all that are gone since; those that are not found now keep their payload."""

    run: Run
    narrowed: bool
    complete: bool
    rules: Mapping[str, str]
    places: Collection[int]
    findings: Iterable[bytes]
    lives: Sequence[Life] = ()
    found: int = 0
    new: int = 0
    gone: int = 0
    whole: bool = False
    texts: Texts | None = None


def runs(store: Reader, inspection: str = "") -> tuple[KeptRun, ...]:
    """The runs kept, oldest first; of one inspection or all."""
    where, values = ("WHERE inspection = ?", (inspection,)) if inspection else ("", ())
    return tuple(map(_kept, store.rows(f"SELECT {_RUN} FROM run {where} ORDER BY id", *values)))


def findings(store: Reader, run: int) -> tuple[Finding, ...]:
    """The findings of a run, each as it stood then."""
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


def lives(store: Reader, inspection: str, *, bare: bool = False) -> Iterator[Life]:
    """The lives of all findings of an inspection, gone ones among them. bare: without their payload."""
    places: dict[int, list[int]] = {}
    query = "SELECT finding, place FROM stands WHERE finding IN (SELECT id FROM finding WHERE inspection = ?)"
    for finding, place in store.rows(query, inspection):
        places.setdefault(finding, []).append(place)
    line = "x''" if bare else _LINE
    for row in store.rows(f"SELECT {_LIFE}, {line} FROM finding WHERE inspection = ? ORDER BY id", inspection):
        yield _life(row, tuple(places.get(row[0], ())))


def last_found(store: Reader, life: Life) -> Finding:
    """The finding of a life as it was last found."""
    return unpack_finding(store.rows("SELECT payload FROM line WHERE finding = ?", life.id)[0][0])


def life(store: Reader, inspection: str, fingerprint: str) -> Life | None:
    """The life of one finding, without its places; None where no run has ever had it."""
    query = f"SELECT {_LIFE}, {_LINE} FROM finding WHERE inspection = ? AND fingerprint = ?"
    rows = store.rows(query, inspection, fingerprint)
    return _life(rows[0], ()) if rows else None


def place_numbers(store: Store, places: Iterable[Place]) -> dict[Place, int]:
    """The numbers of places, which are given to those that have none. One transaction."""
    wanted = {(one if (name := plain(one.name)) is one.name else Place(one.kind, name)): one for one in places}
    found: dict[Place, int] = {}
    with store.transaction() as execute:
        for number, kind, name in execute("SELECT id, kind, name FROM place"):
            if (known := wanted.pop(Place(kind, name), None)) is not None:
                found[known] = number
        last = execute("SELECT coalesce(max(id), 0) FROM place").fetchone()[0]
        new = list(enumerate(wanted.items(), last + 1))
        store.connection.executemany("INSERT INTO place VALUES (?, ?, ?)", [(number, *key) for number, (key, _) in new])
        found.update((one, number) for number, (_, one) in new)
    return found


def named(store: Reader, places: Iterable[int]) -> dict[int, Place]:
    """Places by their numbers."""
    found = {}
    for number in set(places):
        [(kind, name)] = store.rows("SELECT kind, name FROM place WHERE id = ?", number)
        found[number] = Place(kind, name)
    return found


def looked_before(store: Reader, place: Place) -> tuple[int, ...]:
    """The runs that looked at a place, oldest first."""
    query = "SELECT run FROM looked_at WHERE place = (SELECT id FROM place WHERE kind = ? AND name = ?) ORDER BY run"
    return tuple(run for (run,) in store.rows(query, place.kind, plain(place.name)))


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
    squeezed = _squeezed(changes.findings)
    with store.transaction() as execute:
        row = (
            run.inspection, run.as_of.isoformat(), instant(run.started), instant(run.finished), run.version,
            changes.complete, changes.narrowed, FINGERPRINTS, changes.found, changes.new, changes.gone, squeezed,
            changes.whole,
        )  # fmt: skip
        query = (
            "INSERT INTO run (inspection, as_of, started, finished, version, complete, narrowed, fingerprints, found,"
            f" new, gone, findings, whole) VALUES ({', '.join('?' * len(row))})"
        )
        number = int(execute(query, *row).lastrowid)
        many = store.connection.executemany
        many("INSERT INTO run_rule VALUES (?, ?, ?)", [(number, code, rule) for code, rule in changes.rules.items()])
        many("INSERT INTO looked_at (place, run, hash) VALUES (?, ?, '')", ((one, number) for one in changes.places))
        if changes.texts:
            changes.texts.keep(number)
        _put(store, run.inspection, changes.lives, number)
    return number


def put_lives(store: Store, inspection: str, lives: Sequence[Life]) -> None:
    """Store what became of findings outside of any run; their runs are those that they had."""
    with store.transaction():
        _put(store, inspection, lives, 0)


def _squeezed(lines: Iterable[bytes]) -> bytes:
    """As `squeeze` of the lines as one JSON array, of which no more than some are in memory at once."""
    maker, waiting = zlib.compressobj(1), iter(lines)
    parts = [maker.compress(b"[")]
    between = b""
    while some := list(islice(waiting, _TOGETHER)):
        parts.append(maker.compress(between + b",".join(some)))
        between = b","
    return b"".join((*parts, maker.compress(b"]"), maker.flush()))


def _put(store: Store, inspection: str, lives: Sequence[Life], run: int) -> None:
    """Store lives; their runs are 0 where they are the one that is being stored."""
    many = store.connection.executemany
    last = store.connection.execute("SELECT coalesce(max(id), 0) FROM finding").fetchone()[0]
    new, known = [one for one in lives if not one.id], [one for one in lives if one.id]
    for one in new:
        last += 1
        one.id = last
        one.stored = ()
    iso = cache(date.isoformat)
    made = (
        (
            one.id, inspection, one.fingerprint, one.code, one.state.value, one.first_run or run, iso(one.first_seen),
            iso(one.since), one.last_run or run, iso(one.last_seen), None, None, one.returns,
        )
        for one in new
    )  # fmt: skip
    many(f"INSERT INTO finding (id, {', '.join(_STORED)}) VALUES ({', '.join('?' * (len(_STORED) + 1))})", made)
    many("INSERT INTO line VALUES (?, ?)", ((one.id, pack_finding(one.now)) for one in new if one.now))
    # They stand alike by the thousand.
    alike: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for one in known:
        stand = (one.state, one.since, one.last_run or run, one.last_seen, one.gone, one.missing, one.returns)
        alike[stand].append(one.id)
    many(
        "UPDATE finding SET state = ?, since = ?, last_run = ?, last_seen = ?, gone = ?, missing = ?, returns = ?"
        " WHERE id IN (SELECT value FROM json_each(?))",
        ((*map(_written, stand), packed(ids)) for stand, ids in alike.items()),
    )
    # Nearly all say what they said, and are not written once more.
    lines = ((pack_finding(one.now), one.id) for one in known if one.now)
    many("UPDATE line SET payload = ?1 WHERE finding = ?2 AND payload != ?1", lines)
    moved = [one for one in lives if one.places != one.stored and set(one.places) != set(one.stored)]
    many("DELETE FROM stands WHERE finding = ?", [(one.id,) for one in moved])
    many("INSERT INTO stands VALUES (?, ?)", [(one.id, place) for one in moved for place in set(one.places)])


def _written(value: object) -> object:
    """As a column of `finding` has it."""
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, State) else value


def _life(row: Sequence[Any], places: tuple[int, ...]) -> Life:
    (
        number, fingerprint, code, state, first_run, first_seen, since, last_run, last_seen, gone, missing, returns,
        payload,
    ) = row  # fmt: skip
    return Life(
        fingerprint, code, _state(state), first_run, _day(first_seen), _day(since), last_run, _day(last_seen),
        payload, returns, _day(gone) if gone else None, _day(missing) if missing else None, places, places, number,
    )  # fmt: skip


def _kept(row: Sequence[Any]) -> KeptRun:
    number, inspection, as_of, started, finished, version, complete, narrowed, found, new, gone, whole = row
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
        whole=bool(whole),
    )
