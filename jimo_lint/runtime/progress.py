"""How a long run tells how far it is: an interface that the command line fills in."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol


class Progress(Protocol):
    """Tells of stages; inside a stage the step function is called with (done, total so far), 0 for unknown."""

    def stage(self, title: str) -> AbstractContextManager[Callable[[int, int], None] | None]:
        """Open a stage by its Chinese title."""
        ...
