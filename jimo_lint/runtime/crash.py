"""What a fault of the program itself ends with: an exit code of its own, one Chinese line, and the traceback."""

from __future__ import annotations

import sys
import threading
from contextlib import suppress

# EX_SOFTWARE of sysexits.h. Python's own code for an uncaught exception is 1, which here means findings.
EXIT_CODE = 70


def told(fault: BaseException) -> int:
    """Tell of a fault on stderr, the traceback behind the line, and give back the exit code."""
    import traceback  # of no use to a run that ends well

    said = (
        f"错误：程序：出了没有料到的错（{type(fault).__name__}），没有做完；这是程序的毛病，已存的内容都在。"
        "请把以下内容报告给开发者；栏目体检可加 --resume 接着做"
    )
    with suppress(OSError):  # nobody reads stderr any more
        sys.stderr.write(f"{said}\n{_masked(''.join(traceback.format_exception(fault)))}")
        sys.stderr.flush()
    return EXIT_CODE


def _masked(text: str) -> str:
    """The traceback without the personal data that an exception may quote."""
    from jimo_lint.privacy import mask_text  # not before it is needed, for this must work where much else does not

    return mask_text(text)


class Threads:
    """Watches threads, whose faults Python prints and forgets. fault: the first of them."""

    def __init__(self) -> None:
        self.fault: BaseException | None = None
        threading.excepthook = self._note

    def _note(self, given: threading.ExceptHookArgs) -> None:
        self.fault = self.fault or given.exc_value
