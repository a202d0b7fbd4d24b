"""Decisions on their way into the store: one at a time, tried again while an inspection is just writing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from anyio import CapacityLimiter, to_thread

from jimo_lint.errors import StoreError
from jimo_lint.model import Decision
from jimo_lint.store import Store, decisions

_TRIES = 3  # each waits ten seconds for the other writer

_T = TypeVar("_T")


class Writer:
    """Writes for all sessions in turn, in a thread of its own, so that nobody's page waits for the disk."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._turn = CapacityLimiter(1)

    async def decide(self, decision: Decision) -> Decision:
        """Store a decision. StoreError where that could not be done: then it is not recorded."""
        return await self._run(lambda store: decisions.decide(store, decision))

    async def undo(self, reviewer: str, source: str) -> Decision | None:
        """Take back a person's newest decision from a session."""
        return await self._run(lambda store: decisions.undo_last(store, reviewer, source))

    async def _run(self, work: Callable[[Store], _T]) -> _T:
        return await to_thread.run_sync(self._patiently, work, limiter=self._turn)

    def _patiently(self, work: Callable[[Store], _T]) -> _T:
        for left in reversed(range(_TRIES)):
            try:
                with Store.open(self._path, writing=True, beside=True) as store:
                    return work(store)
            except StoreError as fault:
                if not left or not _busy(fault):
                    raise
        raise AssertionError("the last try returns or raises")


def _busy(fault: StoreError) -> bool:
    cause = fault.__cause__
    return isinstance(cause, sqlite3.Error) and cause.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
