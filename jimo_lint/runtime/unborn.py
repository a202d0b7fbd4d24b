"""What the process that forks the workers says of one whose pool ended before it began: nothing. Preloaded there only.

A pool may be done with its work while the last of its workers is still being started. The locks that this one was to be
given are gone by then, which it would tell the user in a traceback. What a worker does once it has begun is reported
elsewhere.
"""

from __future__ import annotations

import sys
from types import TracebackType


def _told(kind: type[BaseException], fault: BaseException, at: TracebackType | None) -> None:
    if not isinstance(fault, FileNotFoundError | EOFError):
        sys.__excepthook__(kind, fault, at)


sys.excepthook = _told
