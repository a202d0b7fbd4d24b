"""Sees to it that one worker at a time has a site's folder: a file that says who, renewed while they are at it.

Clocks of machines differ, so none is compared with another's: whoever waits looks whether the holder still counts on,
and takes over what has stood still for a time by the waiter's own clock.
"""

from __future__ import annotations

import json
import math
import os
import socket
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self
from uuid import uuid4

from jimo_lint.fleet.storage import OWN, Storage

# A holder counts on so often, and is taken for dead after so long without. Six beats: a slow storage misses one or two.
BEAT = 5.0
DEAD = 30.0


class LeasedError(Exception):
    """Another has the folder and is alive. args: who, in Chinese."""


class Holder(NamedTuple):
    """Who has a lease. machine: what tells machines (and containers, whose process numbers are their own) apart."""

    token: str
    run: str
    host: str
    machine: str
    pid: int
    beat: int = 0


def lease_path(folder: str, lane: str) -> str:
    """The file of a lease, below the storage."""
    return f"{folder}/{OWN}/{lane}/lease.json"


def holder(storage: Storage, folder: str, lane: str) -> Holder | None:
    """Who has the folder; None where nobody has."""
    content = storage.read(lease_path(folder, lane))
    try:
        told: Mapping[str, Any] = json.loads(content or b"")
        return Holder(**told)
    except (ValueError, TypeError):  # torn, or none
        return Holder("", "", "", "", 0) if content else None


def revoke(storage: Storage, folder: str, lane: str, run: str) -> bool:
    """Take the folder from whoever has it of this run: its inspection ends within a beat. Whether anybody had it."""
    held = holder(storage, folder, lane)
    if held is None or held.run != run:
        return False
    storage.remove(lease_path(folder, lane))
    return True


class Lease:
    """A context in which a site's folder is this process's own. LeasedError where it cannot be had."""

    def __init__(self, storage: Storage, folder: str, lane: str, run: str) -> None:
        self._storage = storage
        self._path = lease_path(folder, lane)
        self._own = Holder(uuid4().hex, run, socket.gethostname(), _machine(), os.getpid())
        self._folder, self._lane = folder, lane
        self._ended, self._changed = threading.Event(), threading.Event()
        self._stop: Callable[[str], None] = _pass_over
        self._last = math.inf
        self._thread = threading.Thread(target=self._beat, daemon=True)
        self.held = False

    @property
    def token(self) -> str:
        """What no other lease has."""
        return self._own.token

    def __enter__(self) -> Self:
        self._acquire()
        self.held = True
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self._ended.set()
        self._changed.set()
        self._thread.join()
        with suppress(OSError):
            if self.check():
                self._storage.remove(self._path)

    def watch(self, seconds: float, stop: Callable[[str], None]) -> None:
        """Tell by `stop`, in another thread and once, when the lease is `lost` or so many seconds are over: `late`."""
        self._stop, self._last = stop, time.monotonic() + seconds
        self._changed.set()

    def check(self) -> bool:
        """Whether it is still this one's."""
        if self.held:
            found = holder(self._storage, self._folder, self._lane)
            self.held = found is not None and found.token == self.token
        return self.held

    def _beat(self) -> None:
        """Count on until the end, or until the lease is lost."""
        renewed = time.monotonic()
        beat = 0
        while not self._ended.is_set():
            now = time.monotonic()
            if now >= self._last:
                self._last = math.inf
                self._stop("late")
            try:
                if now - renewed >= BEAT:
                    if not self.check():
                        break
                    beat += 1
                    self._storage.write(self._path, _written(self._own._replace(beat=beat)))
                    renewed = now
            except OSError:  # the storage is away for a moment; others think the same of this one
                if now - renewed >= DEAD - BEAT:
                    self.held = False
                    break
            self._changed.wait(max(0.0, min(BEAT, self._last - time.monotonic())))
            self._changed.clear()
        while not self._ended.is_set():  # lost: also where the work begins only now
            self._stop("lost")
            self._changed.wait()
            self._changed.clear()

    def _acquire(self) -> None:
        seen: tuple[str, int] | None = None
        since = waiting = time.monotonic()
        while not self._storage.create(self._path, _written(self._own)):
            found = holder(self._storage, self._folder, self._lane)
            if found is None:
                continue
            now = time.monotonic()
            if (found.token, found.beat) != seen:
                seen, since = (found.token, found.beat), now
            if _has_died(found) or now - since >= DEAD:
                self._take_over(found)
            elif now - waiting >= 2 * DEAD:
                raise LeasedError(f"{found.host} 的进程 {found.pid}" + (f"（{found.run}）" if found.run else ""))
            else:
                time.sleep(min(1.0, BEAT / 5))

    def _take_over(self, found: Holder) -> None:
        """Move the dead one's lease away; one that has come in its place meanwhile is put back."""
        aside = f"{self._path}.{self.token}"
        if self._storage.move(self._path, aside):
            content = self._storage.read(aside) or b"{}"
            with suppress(ValueError):
                if json.loads(content).get("token", "") not in (found.token, ""):
                    self._storage.create(self._path, content)
            self._storage.remove(aside)


def _pass_over(_why: str) -> None:
    """Nobody is told yet."""


def _written(own: Holder) -> bytes:
    return json.dumps(own._asdict(), ensure_ascii=False).encode()


def _machine() -> str:
    parts = [socket.gethostname()]
    with suppress(OSError):
        parts.append(Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip())
        parts.append(str(Path("/proc/self/ns/pid").stat().st_ino))
    return "-".join(parts)


def _has_died(found: Holder) -> bool:
    """Whether the holder was a process of this machine that is no more."""
    if not found.pid or found.machine != _machine() or found.pid == os.getpid():
        return False
    try:
        os.kill(found.pid, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return _is_zombie(found.pid)


def _is_zombie(pid: int) -> bool:
    with suppress(OSError, IndexError):
        return (
            Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()[0] == "Z"
        )
    return False
