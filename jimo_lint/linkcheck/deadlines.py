"""Ends requests that take too long: one clock for all of them, where a timer each would cost a tenth of the time."""

from __future__ import annotations

import asyncio

Task = asyncio.Task[object]

_TICKS = 40  # looks at the clock within the shortest time that is allowed


class Patience:
    """How long each task may go on with what it does. One that is overdue gets `CancelledError`, once.

    seconds: the shortest time that will be allowed; a task is ended at most a fortieth of it too late.
    """

    def __init__(self, seconds: float) -> None:
        self._tick = seconds / _TICKS
        self._clock = asyncio.get_running_loop().time
        self._until: dict[Task, float] = {}
        self._overdue: set[Task] = set()
        self._watch = asyncio.create_task(self._look())

    def allow(self, task: Task, seconds: float) -> None:
        """From now on the task has so many seconds, whatever it was allowed before."""
        self._until[task] = self._clock() + seconds

    def done(self, task: Task) -> None:
        """The task is through with what it does."""
        self._until.pop(task, None)

    def is_out(self, task: Task) -> bool:
        """Whether a `CancelledError` that the task got came from here, and from nobody else as well; it is undone."""
        if task not in self._overdue:
            return False
        self._overdue.remove(task)
        return task.uncancel() == 0

    def close(self) -> None:
        """Watch no longer."""
        self._watch.cancel()

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(self._tick)
            now = self._clock()
            for task in [task for task, until in self._until.items() if until < now]:
                del self._until[task]
                self._overdue.add(task)
                task.cancel()


def current() -> Task:
    """The running task. Asking costs more than it seems, so once a request is enough."""
    task = asyncio.current_task()
    assert task is not None
    return task
