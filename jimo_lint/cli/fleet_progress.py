"""Shows how far a run of the fleet is: a bar in a terminal, a line now and then in a log."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import click

from jimo_lint.fleet.journal import Standing
from jimo_lint.fleet.orders import State
from jimo_lint.language.printing import printable

_QUIET_SECONDS = 30.0


class Board(Protocol):
    """What a run tells of itself."""

    def say(self, line: str) -> None:
        """A line for the user."""
        ...

    def step(self, standing: Standing) -> None:
        """A site's standing has changed."""
        ...


@contextmanager
def board(total: int, *, silent: bool) -> Iterator[Board]:
    """The display that fits where stderr goes."""
    if silent or not sys.stderr.isatty():
        yield _Lines(total, silent=silent)
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    progress = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("还要"),
        # What is done on the first sites says little of the later ones.
        TimeRemainingColumn(),
        console=Console(stderr=True),
        speed_estimate_period=1800,
    )
    with progress:
        yield _Bar(progress, total)


class _Counts:
    """Sites by their state."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._states: dict[str, State] = {}
        self._since = time.monotonic()
        self._begun = 0

    def note(self, standing: Standing) -> None:
        self._states[standing.site.key] = standing.state

    def ended(self) -> int:
        return sum(state not in (State.RUNNING, State.WAITING) for state in self._states.values())

    def said(self) -> str:
        counted = Counter(self._states.values())
        states = (State.RUNNING, State.DONE, State.PARTIAL, State.FAILED)
        parts = [f"{state.label} {counted[state]}" for state in states if counted[state]]
        hours = (time.monotonic() - self._since) / 3600
        return "，".join([*parts, f"每小时 {self.ended() / hours:,.0f} 个" if hours else ""])


class _Lines:
    def __init__(self, total: int, *, silent: bool) -> None:
        self._counts = _Counts(total)
        self._total = total
        self._silent = silent
        self._told = time.monotonic()

    def say(self, line: str) -> None:
        click.echo(printable(line), err=True)

    def step(self, standing: Standing) -> None:
        self._counts.note(standing)
        if self._silent:
            return
        if standing.state is State.WAITING:
            self.say(f"再试：{standing.site.name}：{standing.reason}")
        elif standing.state is State.FAILED:
            self.say(f"未完成：{standing.site.name}：{standing.reason}")
        if time.monotonic() - self._told >= _QUIET_SECONDS:
            self._told = time.monotonic()
            self.say(f"{self._counts.ended()}/{self._total}：{self._counts.said()}")


class _Bar:
    def __init__(self, progress: object, total: int) -> None:
        from rich.progress import Progress

        assert isinstance(progress, Progress)
        self._progress = progress
        self._counts = _Counts(total)
        self._task = progress.add_task("", total=total)

    def say(self, line: str) -> None:
        from rich.text import Text

        self._progress.console.print(Text(printable(line)))

    def step(self, standing: Standing) -> None:
        self._counts.note(standing)
        if standing.state is State.WAITING:
            self.say(f"再试：{standing.site.name}：{standing.reason}")
        elif standing.state is State.FAILED:
            self.say(f"未完成：{standing.site.name}：{standing.reason}")
        self._progress.update(self._task, completed=self._counts.ended(), description=self._counts.said())
