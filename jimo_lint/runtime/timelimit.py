"""Gives up the one document that keeps the processor busy without end: the last net below all bounds."""

from __future__ import annotations

import atexit
import signal
from collections.abc import Iterator
from threading import get_ident, main_thread
from types import FrameType, TracebackType
from typing import TypeVar

from jimo_lint.errors import InputError

T = TypeVar("T")

_MAIN = main_thread().ident

# Seconds of the processor's time: what is worst of real pages and files takes less than one.
SECONDS = 20.0
# The one timer strikes so often within them. A timer armed for each block would be two system calls for each link.
_STRIKES = 10


class _Clock:
    """running: a block is being timed; strikes: seen by it, above 0 too many; period: seconds between them, 0: none."""

    running = False
    strikes = 0
    period = 0.0


class _OverlongError(BaseException):
    """Raised inside a block that takes too long; no Exception, so that nothing on the way takes it for a bad input."""


class limited:  # noqa: N801 - reads as `with limited(place):`
    """A context: what takes longer than SECONDS (and up to a tenth more) is broken off; an InputError names the place.

    Only for code that reads or judges and keeps nothing: it may be broken off anywhere. The code between is as
    interruptible as the interpreter is, `re` included. An inner block is part of the outer one. Without effect
    where there is no such timer (Windows) and outside the main thread. place: becomes text only where it is named;
    times: SECONDS so often, for what is long.
    """

    __slots__ = ("_outermost", "_place", "_remedy", "_times")

    def __init__(
        self, place: object, remedy: str = "请拆小或另存后再试；还不行请把它交给开发者", times: int = 1
    ) -> None:
        self._place = place
        self._remedy = remedy
        self._times = times

    def __enter__(self) -> None:
        self._outermost = not _Clock.running and get_ident() == _MAIN
        if self._outermost:
            if _Clock.period != SECONDS / _STRIKES:
                _start()
            _Clock.strikes = -self._times * _STRIKES
            _Clock.running = True

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._outermost:
            _Clock.running = False
            if kind is _OverlongError:
                said = f"处理它用了超过 {self._times * SECONDS:g} 秒的处理器时间，没有做完，已放弃"
                raise InputError(str(self._place), said, self._remedy) from None


def each(values: Iterator[T], place: str) -> Iterator[T]:
    """The values, SECONDS for each of them. InputError as in `limited`, after the values before."""
    while True:
        with limited(place):
            try:
                value = next(values)
            except StopIteration:
                return
        yield value


def _start() -> None:
    _Clock.period = SECONDS / _STRIKES
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGPROF, _strike)
        signal.setitimer(signal.ITIMER_PROF, _Clock.period, _Clock.period)


@atexit.register  # Python takes its handlers back while it shuts down; a strike would then end the process
def _stop() -> None:
    if _Clock.period and hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, 0)
    _Clock.period = 0.0


def _strike(_number: int, frame: FrameType | None) -> None:
    if not _Clock.running:
        # Nobody has been timed for a while, or hardly: the next block starts the timer anew.
        _stop()
        return
    _Clock.strikes += 1
    # A strike while the block is being left interrupts nothing. Where the interruption gets lost, as in a finaliser,
    # whose exceptions Python only prints, the next strike interrupts again.
    leaving = frame is not None and frame.f_code.co_filename == __file__ and frame.f_code.co_name != "each"
    if _Clock.strikes > 0 and not leaving:
        raise _OverlongError
