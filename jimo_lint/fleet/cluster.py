"""The workers that orders are given to: those of this machine, or those of a Dask scheduler. The one door to Dask."""

from __future__ import annotations

import asyncio
import logging
import queue
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from types import TracebackType
from typing import Any, NamedTuple, Self

from jimo_lint import __version__
from jimo_lint.errors import CrawlError
from jimo_lint.fleet.orders import Order, Outcome
from jimo_lint.fleet.task import inspect_site
from jimo_lint.runtime.processes import undisturbed

# A scheduler that is started anew by its service is back within seconds; one that is moved to another machine is not.
PATIENCE = 600.0
_CONNECT = 10.0
# How often the list of workers is looked at.
_LOOK = 1.0
_LOST = (OSError, TimeoutError, asyncio.TimeoutError)
_CONFIG = {
    # Workers wait for processes of ours: there is nothing to be seen in their own stack.
    "distributed.worker.profile.enabled": False,
    # Nor is one site in minutes worth looking after fifty times a second: of two idle workers and their scheduler
    # that is 8 % of a core, without it 2 %.
    "distributed.admin.tick.interval": "1s",
    "distributed.admin.tick.cycle": "10s",
    "distributed.admin.tick.limit": "1h",
    "distributed.admin.system-monitor.interval": "10s",
    "distributed.scheduler.work-stealing": False,
    "distributed.scheduler.active-memory-manager.start": False,
    "distributed.comm.timeouts.connect": f"{_CONNECT:.0f}s",
}


class SchedulerLostError(Exception):
    """The scheduler is gone or was started anew: nothing is known of what was under way."""


class Ended(NamedTuple):
    """What came of what a worker was given. outcome: None where the worker died."""

    key: str
    worker: str
    outcome: Outcome | None


class Cluster:
    """Workers, one site at a time each. A context; at its end those of this machine are gone.

    address: of a scheduler, "" for `workers` processes of this machine. refuse: told of a worker that is not used.
    CrawlError where there is no scheduler.
    """

    def __init__(self, address: str, workers: int, refuse: Callable[[str], None]) -> None:
        self._address = address
        self._number = workers
        self._refuse = refuse
        self._local: Any = None
        self._client: Any = None
        self._busy: dict[str, tuple[str, Any]] = {}
        self._fit: dict[str, bool] = {}
        self._ended: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._looked = 0.0

    def __enter__(self) -> Self:
        import dask.config

        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        dask.config.set(_CONFIG)
        if not self._address:
            self._start()
        self._connect(_CONNECT)
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        with suppress(*_LOST):
            self._client.close(timeout=2)
        if self._local is not None:
            self._local.close(timeout=5)

    def _start(self) -> None:
        from distributed import LocalCluster

        # Ctrl-C is for the process that waits for it; the others would print where they were.
        with undisturbed() if hasattr(signal, "pthread_sigmask") else nullcontext():
            self._local = LocalCluster(  # type: ignore[no-untyped-call]
                n_workers=self._number,
                threads_per_worker=1,
                processes=True,
                host="127.0.0.1",
                dashboard_address=None,
                memory_limit=0,
                silence_logs=logging.CRITICAL,
            )
        self._address = self._local.scheduler_address

    def free(self) -> list[str]:
        """The workers that have nothing to do. SchedulerLostError."""
        self._look()
        busy = {worker for worker, _ in self._busy.values()}
        return [worker for worker, fit in self._fit.items() if fit and worker not in busy]

    def fit(self) -> list[str]:
        """The workers that can be used, busy or not."""
        return [worker for worker, fit in self._fit.items() if fit]

    def give(self, order: Order, worker: str) -> None:
        """Have a worker carry out an order. SchedulerLostError."""
        key = order.site.key
        with self._asking():
            future = self._client.submit(
                inspect_site, order, key=f"{order.run}-{key}-{time.monotonic_ns()}", workers=[worker], pure=False
            )
        self._busy[key] = worker, future
        future.add_done_callback(lambda _: self._ended.put(key))

    def ended(self, seconds: float) -> Iterator[Ended]:
        """What has come to an end, waiting so long for the first. SchedulerLostError."""
        try:
            yield from self._result(self._ended.get(timeout=seconds))
            while True:
                yield from self._result(self._ended.get_nowait())
        except queue.Empty:
            pass
        self._look()
        for key, (worker, future) in list(self._busy.items()):
            if worker not in self._fit and not future.done():
                del self._busy[key]
                with self._asking():
                    future.cancel()
                yield Ended(key, worker, None)

    def _result(self, key: str) -> Iterator[Ended]:
        from distributed import KilledWorker

        if key not in self._busy:
            return
        worker, future = self._busy.pop(key)
        if future.status == "cancelled":
            self._busy[key] = worker, future
            raise SchedulerLostError
        try:
            with self._asking():
                outcome = future.result(timeout=60)
        except (KilledWorker, asyncio.CancelledError):
            outcome = None
        yield Ended(key, worker, outcome)

    def wait_for_scheduler(self) -> None:
        """Come together with the scheduler again, in a while. What was under way is forgotten. CrawlError."""
        self._busy.clear()
        self._fit.clear()
        with suppress(*_LOST):
            self._client.close(timeout=1)
        self._ended = queue.SimpleQueue()
        self._connect(PATIENCE)

    def _connect(self, patience: float) -> None:
        from distributed import Client

        last = time.monotonic() + patience
        while True:
            try:
                self._client = Client(  # type: ignore[no-untyped-call]
                    self._address, timeout=_CONNECT, set_as_default=False
                )
                return
            except (*_LOST, ValueError) as fault:
                if time.monotonic() >= last or isinstance(fault, ValueError):
                    raise CrawlError(
                        self._address,
                        "连不上 Dask 的调度进程",
                        "请先运行 dask scheduler，检查地址和防火墙",
                    ) from None
                time.sleep(_LOOK)

    def _look(self) -> None:
        """Bring the list of workers up to date; a new one is asked for its version first."""
        if time.monotonic() - self._looked < _LOOK and self._fit:
            return
        with self._asking():
            there = self._client.nthreads()
            self._looked = time.monotonic()
            self._fit = {worker: fit for worker, fit in self._fit.items() if worker in there}
            if new := [worker for worker in there if worker not in self._fit]:
                for worker, version in self._client.run(_version, workers=new, on_error="return").items():
                    self._fit[worker] = version == __version__
                    if version != __version__:
                        self._refuse(_refusal(worker, version))

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """Tell what the loss of the scheduler is from anything else."""
        if self._client.status not in ("running", "connecting"):
            raise SchedulerLostError
        try:
            yield
        except _LOST as fault:
            raise SchedulerLostError from fault


def _version() -> str:
    return __version__


def _refusal(worker: str, version: object) -> str:
    if isinstance(version, str):
        return f"{worker} 上是 jimo-lint {version}，这里是 {__version__}，不派给它。请装成同一个版本"
    return f"{worker} 上没有装 jimo-lint（{type(version).__name__}），这里是 {__version__}，不派给它。请装成同一个版本"
