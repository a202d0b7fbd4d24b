"""Runs the command line: `python -m jimo_lint` and the `jimo-lint` script."""

import gc
import sys

from jimo_lint.runtime import later


def main() -> None:
    """Run the program and leave with its exit code."""
    later.arrange()
    # Rules and word lists are some hundred thousand objects that live to the end: looking through them for garbage
    # while they are made costs a tenth of the start.
    gc.set_threshold(100_000, 20, 20)
    try:
        from jimo_lint.settings import kept_code

        kept_code.arrange()
        from jimo_lint.cli import run  # here, so that an installation with a part missing is told of as well

        code = run()
    except KeyboardInterrupt:  # while the modules of the command line are loaded, which know how to end
        sys.stderr.write("已中断\n")
        code = 130
    except Exception as fault:  # noqa: BLE001 - told with its traceback
        from jimo_lint.runtime import crash

        code = crash.told(fault)
    gc.freeze()  # nor are they looked through when Python ends
    raise SystemExit(code)


if __name__ == "__main__":
    main()
