"""Runs work in processes of its own: one that dies costs what it was doing, and nothing else."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from time import sleep
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future

    from pebble import ProcessPool

T = TypeVar("T")
_LOOK = 1  # seconds between looks at whether a pool is still there


class DiedError(Exception):
    """The process that did it ended before its work did."""


def cores() -> int:
    """Cores that this process may use."""
    try:
        return len(os.sched_getaffinity(0)) or 1
    except AttributeError:  # macOS, Windows
        return os.cpu_count() or 1


class Pool:
    """The worker processes, started with the first piece of work. A context: at its end they are gone.

    begin: called with `given` in each of them before its work. preload: modules that it needs.
    """

    def __init__(self, number: int, begin: Callable[..., None], *given: object, preload: Sequence[str] = ()) -> None:
        self.number = number
        self._begin = begin
        self._given = given
        self._preload = preload
        self._processes: ProcessPool | None = None
        self._open: set[Future[Any]] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self._close()

    def start(self, work: Callable[..., T], *given: object, seconds: float | None = None) -> Future[T]:
        """Have it done, within so many seconds. What it raises, its `result` raises, as `result_of` says."""
        started: Future[T] = self._started().schedule(work, given, timeout=seconds)
        self._open.add(started)
        started.add_done_callback(self._open.discard)
        return started

    def _close(self) -> None:
        if self._processes is not None:
            self._processes.stop()  # type: ignore[no-untyped-call]
            self._processes.join()
            self._processes = None

    def _started(self) -> ProcessPool:
        # A worker that dies between two files, as of a machine without memory, takes the whole pool with it.
        if self._processes is not None and not self._processes.active:
            self._close()
        if self._processes is None:
            import multiprocessing  # of no use to a check of one text, as pebble
            from threading import Thread

            from pebble import ProcessPool

            # Never a plain fork: this process has threads, and locks that another thread holds stay locked in it.
            way = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
            context = multiprocessing.get_context(way)
            if way == "forkserver":
                context.set_forkserver_preload([__name__, "jimo_lint.runtime.unborn", *self._preload])
            with undisturbed() if way == "forkserver" else nullcontext():
                self._processes = ProcessPool(
                    max_workers=self.number, initializer=_begin, initargs=(self._begin, self._given), context=context
                )
                _ = self._processes.active  # asked, it starts
            self._open = set()
            Thread(target=_give_up, args=(self._processes, self._open), daemon=True).start()
        return self._processes


def _give_up(processes: ProcessPool, waiting: Collection[Future[Any]]) -> None:
    """Wait until the pool is gone, then tell those who wait for what it will not do any more.

    A pool that breaks as its workers begin forgets what it has not handed out yet, for which no limit runs either.
    """
    from concurrent.futures import InvalidStateError

    while processes.active:
        sleep(_LOOK)
    sleep(_LOOK)  # it tells of the others itself meanwhile
    for future in tuple(waiting):
        with suppress(InvalidStateError):
            future.set_exception(DiedError())


def result_of(future: Future[T]) -> T:
    """What came of it. DiedError, TimeoutError, or what it raised itself."""
    from concurrent.futures import BrokenExecutor

    from pebble import ProcessExpired

    try:
        return future.result()
    except (ProcessExpired, BrokenExecutor) as fault:
        raise DiedError from fault


@contextmanager
def undisturbed() -> Iterator[None]:
    """A context in which Ctrl-C waits, and no process that is started in it hears of it.

    What forks the workers loads modules before it ignores it, and would show where it was; so would a worker that was
    begun and that nobody knows of yet.
    """
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # else it is started within, and lifts the block
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(begin: Callable[..., None], given: tuple[Any, ...]) -> None:
    """Ctrl-C is for the process that waits for it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    begin(*given)
