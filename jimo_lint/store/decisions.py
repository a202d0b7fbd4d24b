"""Reviewers' decisions: added, never changed; taken back only by a mark."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from jimo_lint.model import Decision, Opinion, Scope
from jimo_lint.store import database
from jimo_lint.store.codec import instant, moment, plain
from jimo_lint.store.reading import Reader
from jimo_lint.store.store import Store

_FIELDS = (
    "inspection", "fingerprint", "opinion", "day", "reviewer", "reason", "due", "progress", "source", "scope", "run",
    "code", "word", "place", "stored",
)  # fmt: skip
# What two decisions must have in common to be one and the same: neither file nor moment tells them apart.
_SAME = tuple(name for name in _FIELDS if name not in ("source", "stored", "run"))
_SELECT = f"SELECT {', '.join(_FIELDS)}, id, undone FROM decision"
_INSERT = f"INSERT INTO decision ({', '.join(_FIELDS)}) VALUES ({', '.join('?' * len(_FIELDS))})"


def add(store: Store, decisions: Iterable[Decision], *, kept_back: bool = True) -> tuple[Decision, ...]:
    """Store decisions in one transaction and return those that are new, with their ids.

    One that is there already in all but its source changes nothing, so that a file may be imported twice - also where
    it was undone: a file that is still about does not bring back what somebody took back. Where not
    `kept_back` it is a person who says so anew.
    """
    now = datetime.now(UTC)
    added = []
    with store.transaction() as run:
        for decision in decisions:
            row = dict(zip(_FIELDS, _row(replace(decision, stored=now)), strict=True))
            wanted = " AND ".join(f"{name} IS ?" for name in _SAME)
            standing = "" if kept_back else " AND NOT undone"
            if run(f"SELECT 1 FROM decision WHERE {wanted}{standing}", *(row[name] for name in _SAME)).fetchone():
                continue
            number = run(_INSERT, *row.values()).lastrowid
            added.append(replace(decision, stored=now, id=number))
    return tuple(added)


def decide(store: Store, decision: Decision) -> Decision:
    """Store what a person says at this moment, with its id: their last word counts, also where it repeats a former one.

    Where their newest decision on the finding is the very same, that one is returned: a button pressed twice.
    """
    new = replace(decision, stored=datetime.now(UTC))
    row = dict(zip(_FIELDS, _row(new), strict=True))
    with store.transaction() as run:
        query = f"{_SELECT} WHERE inspection = ? AND fingerprint = ? AND reviewer = ? AND NOT undone ORDER BY id DESC"
        last = run(f"{query} LIMIT 1", row["inspection"], row["fingerprint"], row["reviewer"]).fetchone()
        if last and all(row[name] == dict(zip(_FIELDS, last, strict=False))[name] for name in _SAME):
            return _decision(last)
        return replace(new, id=int(run(_INSERT, *row.values()).lastrowid))


def undo_last(store: Store, reviewer: str, source: str) -> Decision | None:
    """Take back the newest decision of a person from one source; None where there is none left."""
    with store.transaction() as run:
        query = f"{_SELECT} WHERE reviewer = ? AND source = ? AND NOT undone ORDER BY id DESC LIMIT 1"
        last = run(query, plain(reviewer), plain(source)).fetchone()
        if last is None:
            return None
        one = replace(_decision(last), undone=True)
        run("UPDATE decision SET undone = 1 WHERE id = ?", one.id)
    return one


def undo(store: Store, numbers: Sequence[int]) -> tuple[Decision, ...]:
    """Take decisions back; those that were in force until now are returned."""
    with store.transaction() as run:
        found = []
        for number in numbers:
            found += [_decision(row) for row in run(f"{_SELECT} WHERE id = ? AND NOT undone", number).fetchall()]
            run("UPDATE decision SET undone = 1 WHERE id = ?", number)
    return tuple(found)


def decisions(store: Reader, inspection: str = "", fingerprint: str = "", after: int = 0) -> tuple[Decision, ...]:
    """The decisions of an inspection, or all, in the order in which they came; undone ones among them.

    after: only those with a greater id.
    """
    wanted = [(name, value) for name, value in (("inspection", inspection), ("fingerprint", fingerprint)) if value]
    where = " AND ".join([*(f"{name} = ?" for name, _ in wanted), "id > ?"])
    with database.faults(store.path):
        rows = store.rows(f"{_SELECT} WHERE {where} ORDER BY id", *(value for _, value in wanted), after)
    return tuple(map(_decision, rows))


def mark(store: Reader) -> tuple[int, int]:
    """The newest decision's id and how many are undone: while neither changes, there is nothing new to read."""
    [(newest, undone)] = store.rows("SELECT coalesce(max(id), 0), coalesce(sum(undone), 0) FROM decision")
    return newest, undone


def _row(one: Decision) -> tuple[Any, ...]:
    return (
        one.inspection, one.fingerprint, one.opinion.value, one.day.isoformat(), plain(one.reviewer),
        plain(one.reason), one.due.isoformat() if one.due else None, plain(one.progress), plain(one.source),
        one.scope.value, one.run, one.code, plain(one.word), plain(one.column), instant(one.stored),
    )  # fmt: skip


def _decision(row: Sequence[Any]) -> Decision:
    given = dict(zip((*_FIELDS, "id", "undone"), row, strict=True))
    return Decision(
        inspection=given["inspection"],
        fingerprint=given["fingerprint"],
        opinion=Opinion(given["opinion"]),
        day=date.fromisoformat(given["day"]),
        reviewer=given["reviewer"],
        reason=given["reason"],
        due=date.fromisoformat(given["due"]) if given["due"] else None,
        progress=given["progress"],
        source=given["source"],
        scope=Scope(given["scope"]),
        run=given["run"],
        code=given["code"],
        word=given["word"],
        column=given["place"],
        stored=moment(given["stored"]),
        id=given["id"],
        undone=bool(given["undone"]),
    )
