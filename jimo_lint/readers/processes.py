"""Reads files in worker processes: one that crashes, hangs or grows without end costs itself only."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Self

from jimo_lint.errors import InputError
from jimo_lint.model import Document, Problem, ProblemCode
from jimo_lint.privacy import mask_text
from jimo_lint.readers import reading
from jimo_lint.readers.formats import FileFormat, find_format
from jimo_lint.readers.reading import Asked, ElsewhereError
from jimo_lint.readers.source import Source
from jimo_lint.runtime.processes import DiedError, Pool, cores, result_of
from jimo_lint.values import dataclass

if TYPE_CHECKING:
    from concurrent.futures import Future

# A file that takes longer is given up, and named: a list of 100,000 rows takes a tenth of it.
SECONDS = 60.0
# Seconds after which somebody who waits is told what for.
PATIENCE = 3.0
# Bytes that a worker may grow to beyond what it starts with. The reader of pictures raises its own: the models alone
# take as much.
MEMORY = 256 * 1024 * 1024
MEMORY_OF_PICTURES = 900 * 1024 * 1024

Readings = list[Document | Problem]
_AHEAD = 2  # files a worker that wait to be read while the ones before are judged


@dataclass(frozen=True, slots=True)
class Job:
    """A file to be read. suffix: as it is named, with its dot. known: what comes of it, where that is known."""

    source: Source
    suffix: str
    asked: Asked
    known: Sequence[Document | Problem] | None = None


class Workers:
    """The worker processes, started when the first file needs one. A context: at its end they are gone.

    slow: called with the place of a file that is waited for longer than PATIENCE.
    """

    def __init__(self, slow: Callable[[str], None] | None = None) -> None:
        self._slow = slow
        self._pool = Pool(cores(), _begin, preload=(__name__, "lxml.etree"))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self._pool.__exit__(kind, fault, at)

    def each(self, jobs: Iterable[Job | Problem], *, here: bool = False) -> Iterator[tuple[Job | Problem, Readings]]:
        """Each job with what its file gave, in their order; a Problem among them stands for itself.

        here: what cannot harm this process is read in it, which spares a single draft the start of another.
        """
        waiting: deque[tuple[Job | Problem, Callable[[], Readings]]] = deque()
        for job in jobs:
            waiting.append((job, self._reader(job, here=here)))
            if len(waiting) > self._pool.number * _AHEAD:
                first, ready = waiting.popleft()
                yield first, ready()
        for first, ready in waiting:
            yield first, ready()

    def _reader(self, job: Job | Problem, *, here: bool) -> Callable[[], Readings]:
        if isinstance(job, Problem):
            return lambda: [job]
        if job.known is not None:
            return lambda: list(job.known or ())
        known = _format(job) if here else None
        if not here or (known is not None and known.apart):
            return self._apart(job)

        def read() -> Readings:
            try:
                return _kept(job, reading.read(job.source, job.suffix, job.asked, alone=False, known=known))
            except ElsewhereError:
                return self._apart(job)()

        return read

    def _apart(self, job: Job) -> Callable[[], Readings]:
        return self.begin(job)[1]

    def begin(self, job: Job) -> tuple[Future[Readings], Callable[[], Readings]]:
        """Start to read a file: what tells when that has come to its end, and what then says how."""
        from concurrent.futures import wait

        future = self._pool.start(_read, job, seconds=SECONDS)

        def read() -> Readings:
            if self._slow and not wait([future], PATIENCE).done:
                self._slow(job.source.place)
            try:
                found = result_of(future)
            except TimeoutError:
                fault = f"读它用了超过 {SECONDS:g} 秒，没有读完，已放弃"
            except DiedError:
                fault = "读它的进程异常结束（文件损坏，或内存不够），没有读"
            else:
                return found
            told = InputError(
                job.source.place, fault, "请核对文件，拆小或另存后再试；还不行请把它交给开发者", mark="overlong"
            )
            return list(reading.not_read_at_all(told, job.source, job.suffix, job.asked))

        return future, read


def _format(job: Job) -> FileFormat | None:
    """As far as the head tells; what is wrong with the file is told when it is read."""
    try:
        return find_format(job.source, job.suffix)
    except Exception:  # noqa: BLE001 - faults of the file and of ours alike
        return None


def _read(job: Job) -> Readings:
    try:
        return _kept(job, reading.read(job.source, job.suffix, job.asked))
    except MemoryError:
        fault = f"读它要用超过 {MEMORY // 1024**2} MB 内存，没有读"
    told = InputError(job.source.place, fault, "请拆成几个较小的文件", mark="oversized")
    return list(reading.not_read_at_all(told, job.source, job.suffix, job.asked))


def _kept(job: Job, values: Iterator[Document | Problem]) -> Readings:
    """The values; a fault of ours in a reader costs the rest of its file, not what was read of this and the others."""
    found: Readings = []
    try:
        for value in values:
            found.append(value)
    except (ElsewhereError, MemoryError):
        raise
    except Exception as fault:  # noqa: BLE001 - told, with its trace
        import logging
        from traceback import format_exc

        place, trace = mask_text(job.source.place), mask_text(format_exc())
        logging.getLogger(__name__).error("程序没能读懂 %s，请报告给开发者：\n%s", place, trace)
        found.append(Problem(ProblemCode.FILE_NOT_UNDERSTOOD, place, {"error": type(fault).__name__}))
    return found


def _begin() -> None:
    """Bound what a worker may take, and have it look for garbage more seldom: readers make tuples by the thousand."""
    allow(MEMORY)
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


def allow(size: int) -> None:
    """Let this process have `size` bytes more than it has now. Without effect where there is no such bound."""
    try:
        import resource
    except ImportError:  # Windows
        return
    pages = _data_pages()
    if pages:
        limit = pages * resource.getpagesize() + size
        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        if most == resource.RLIM_INFINITY or limit < most:
            resource.setrlimit(resource.RLIMIT_DATA, (limit, most))


@contextmanager
def roomier(size: int) -> Iterator[None]:
    """A context in which a process that is bounded may take `size` bytes more than it has now."""
    try:
        import resource
    except ImportError:  # Windows
        yield
        return
    if resource.getrlimit(resource.RLIMIT_DATA)[0] == resource.RLIM_INFINITY:
        yield
        return
    allow(size)
    try:
        yield
    finally:
        allow(MEMORY)


def _data_pages() -> int:
    """Pages of private data of this process, 0 where the system does not say."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - a Path costs more than the answer
            return int(file.read().split()[5])
    except (OSError, ValueError, IndexError):
        return 0
