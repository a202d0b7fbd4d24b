"""The process that inspects one site for a worker: the ordinary command line, which ends when the worker does.

The reactor starts once a process, so each site has one of its own. A worker that is killed cannot end it; it sees that
itself by the pipe from the worker, and would otherwise go on asking a site that another worker has begun with.
"""

from __future__ import annotations

import os
import signal
import threading
from contextlib import suppress
from runpy import run_module


def _end_with(pipe: int) -> None:
    while os.read(pipe, 1024):
        pass
    with suppress(AttributeError):  # Windows has no groups
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


if __name__ == "__main__":
    threading.Thread(target=_end_with, args=(0,), daemon=True).start()
    run_module("jimo_lint", run_name="__main__")
