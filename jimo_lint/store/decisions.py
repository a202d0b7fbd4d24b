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


def add(store: Store, decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Store decisions in one transaction and return those that are new, with their ids.

    One that is there already in all but its source changes nothing, so that a file may be imported twice - also where
    it was undone: a file that is still about does not bring back what somebody took back.
    """
    now = datetime.now(UTC)
    added = []
    with store.transaction() as run:
        for decision in decisions:
            row = dict(zip(_FIELDS, _row(replace(decision, stored=now)), strict=True))
            wanted = " AND ".join(f"{name} IS ?" for name in _SAME)
            if run(f"SELECT 1 FROM decision WHERE {wanted}", *(row[name] for name in _SAME)).fetchone():
                continue
            number = run(_INSERT, *row.values()).lastrowid
            added.append(replace(decision, stored=now, id=number))
    return tuple(added)


def undo(store: Store, numbers: Sequence[int]) -> tuple[Decision, ...]:
    """Take decisions back; those that were in force until now are returned."""
    with store.transaction() as run:
        found = []
        for number in numbers:
            found += [_decision(row) for row in run(f"{_SELECT} WHERE id = ? AND NOT undone", number).fetchall()]
            run("UPDATE decision SET undone = 1 WHERE id = ?", number)
    return tuple(found)


def decisions(store: Reader, inspection: str = "", fingerprint: str = "") -> tuple[Decision, ...]:
    """The decisions of an inspection, or all, in the order in which they came; undone ones among them."""
    wanted = [(name, value) for name, value in (("inspection", inspection), ("fingerprint", fingerprint)) if value]
    where = " AND ".join(f"{name} = ?" for name, _ in wanted) or "1"
    with database.faults(store.path):
        rows = store.rows(f"{_SELECT} WHERE {where} ORDER BY id", *(value for _, value in wanted))
    return tuple(map(_decision, rows))


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
