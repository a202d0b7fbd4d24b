"""Spares long runs what Python and the C library spend on memory by default."""

from __future__ import annotations

import ctypes
import gc
import mmap
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from weakref import WeakSet

_mapped: WeakSet[mmap.mmap] = WeakSet()


@contextmanager
def calm_collector() -> Iterator[None]:
    """Spare the cycle collector what lives as long as the run: an eighth of a check of links, a fifth of a crawl."""
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


@contextmanager
def paused_collector() -> Iterator[None]:
    """Have the cycle collector rest while many objects are made that live on and none of which refer to each other:
    a third of the time of comparing fifty thousand findings."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def keep_freed() -> None:
    """Have glibc keep up to 64 MB for the next page instead of giving it back and asking for it again.

    Without this half of the time of a parse goes into page faults. Other C libraries do not know the call.
    """
    trim_threshold, mmap_threshold = -1, -3  # M_TRIM_THRESHOLD, M_MMAP_THRESHOLD of malloc.h
    try:
        adjust = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return
    adjust(trim_threshold, 64 * 1024 * 1024)
    adjust(mmap_threshold, 16 * 1024 * 1024)


def map_file(path: Path) -> mmap.mmap:
    """A file's bytes, read where they are asked for; OSError and ValueError as of `mmap`.

    What was read counts as memory of this process until `release`.
    """
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    _mapped.add(mapped)
    return mapped


def release() -> None:
    """Give back what one stage of a run has taken and the next has no use for: pages of files, and memory that is free
    and that `keep_freed` keeps. Nothing is lost: what is asked for after all is read once more, from the system's own
    copy, in milliseconds."""
    if hasattr(mmap, "MADV_DONTNEED"):
        for mapped in _mapped:
            mapped.madvise(mmap.MADV_DONTNEED)
    with suppress(AttributeError, OSError, TypeError):  # as in `keep_freed`
        ctypes.CDLL(None).malloc_trim(0)
