"""Shows how far a long run is: a live line in a terminal, a line now and then in a log."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

import click

from jimo_lint.cli import options
from jimo_lint.runtime.progress import Progress

_QUIET_SECONDS = 15.0


def hush_logs() -> None:
    """Keep what libraries log, in English, off stderr; what this program logs is a fault of its own, and is shown."""
    logging.getLogger().addHandler(logging.NullHandler())
    own = logging.getLogger("jimo_lint")
    if not own.handlers:
        own.addHandler(logging.StreamHandler())


@contextmanager
def watcher(*, silent: bool = False) -> Iterator[Progress]:
    """The progress display that fits where stderr goes; none where it is to be silent, or -q says so."""
    hush_logs()
    if silent or options.is_quiet():
        yield _Silent()
        return
    if not sys.stderr.isatty():
        yield _Log()
        return
    from rich.console import Console
    from rich.status import Status

    console = Console(stderr=True)
    with Status("准备……", console=console) as status:
        yield _Live(status.update, console.print)


class _Live:
    def __init__(self, update: Callable[[str], None], line: Callable[[str], None]) -> None:
        self._update = update
        self._line = line

    def stage(self, title: str) -> AbstractContextManager[Callable[[int, int], None]]:
        return _stage(title, self._update, self._line, 0.2)


class _Silent:
    def stage(self, _title: str) -> AbstractContextManager[Callable[[int, int], None]]:
        return nullcontext(_pass_over)


def _pass_over(_done: int, _total: int) -> None:
    """Show nothing."""


class _Log:
    def stage(self, title: str) -> AbstractContextManager[Callable[[int, int], None]]:
        return _stage(title, _note, _note, _QUIET_SECONDS)


def _note(text: str) -> None:
    click.echo(text, err=True)


@contextmanager
def _stage(
    title: str, update: Callable[[str], None], line: Callable[[str], None], every: float
) -> Iterator[Callable[[int, int], None]]:
    started = last = time.monotonic()
    count = 0

    def step(done: int, total: int) -> None:
        nonlocal last, count
        count = done
        now = time.monotonic()
        if now - last >= every:
            last = now
            update(f"{title}：{f'{done}/{total}' if total else f'{done} 个'}（{now - started:.0f} 秒）")

    if every < 1:
        update(f"{title}……")
    yield step
    line(f"{title}：完成{f' {count} 个' if count else ''}（{time.monotonic() - started:.1f} 秒）")
