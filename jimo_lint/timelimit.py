"""Gives up the one document that keeps the processor busy without end: the last net below all bounds."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from types import FrameType, TracebackType
from typing import TypeVar

from jimo_lint.errors import InputError

T = TypeVar("T")

# Seconds of the processor's time: what is worst of real pages and files takes less than one.
SECONDS = 20.0
# Where the interruption got lost, as in a finaliser, whose exceptions Python only prints, it comes again after these.
_AGAIN = 1.0


class _Clock:
    """running: a block is being timed; ready: our handler stands."""

    running = False
    ready = False


class _OverlongError(BaseException):
    """Raised inside a block that takes too long; no Exception, so that nothing on the way takes it for a bad input."""


class limited:  # noqa: N801 - reads as `with limited(place):`
    """A context: what takes longer than SECONDS is broken off, and an InputError names the place.

    Only for code that reads or judges and keeps nothing: it may be broken off anywhere. The code between is as
    interruptible as the interpreter is, `re` included. An inner block is part of the outer one. Without effect
    where there is no such timer (Windows) and outside the main thread. times: SECONDS so often, for what is long.
    """

    __slots__ = ("_outermost", "_place", "_remedy", "_seconds")

    def __init__(self, place: str, remedy: str = "请拆小或另存后再试；还不行请把它交给开发者", times: int = 1) -> None:
        self._place = place
        self._remedy = remedy
        self._seconds = times * SECONDS

    def __enter__(self) -> None:
        self._outermost = not _Clock.running and _can_time()
        if self._outermost:
            _Clock.running = True
            signal.setitimer(signal.ITIMER_PROF, self._seconds, _AGAIN)

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._outermost:
            _Clock.running = False
            signal.setitimer(signal.ITIMER_PROF, 0)
            if kind is _OverlongError:
                said = f"处理它用了超过 {self._seconds:g} 秒的处理器时间，没有做完，已放弃"
                raise InputError(self._place, said, self._remedy) from None


def each(values: Iterator[T], place: str) -> Iterator[T]:
    """The values, SECONDS for each of them. InputError as in `limited`, after the values before."""
    while True:
        with limited(place):
            try:
                value = next(values)
            except StopIteration:
                return
        yield value


def _can_time() -> bool:
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        return False
    if not _Clock.ready:
        signal.signal(signal.SIGPROF, _interrupt)
        _Clock.ready = True
    return True


def _interrupt(number: int, frame: FrameType | None) -> None:
    # A signal that comes late, while the block is being left or after it, interrupts nothing.
    if _Clock.running and not (frame and frame.f_code.co_filename == __file__ and frame.f_code.co_name != "each"):
        raise _OverlongError
