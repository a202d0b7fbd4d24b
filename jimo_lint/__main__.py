"""Runs the command line: `python -m jimo_lint` and the `jimo-lint` script."""

import gc

from jimo_lint.cli import run


def main() -> None:
    """Run the program and leave with its exit code."""
    # Rules and word lists are some hundred thousand objects that live to the end: looking through them for garbage
    # while they are made costs a tenth of the start.
    gc.set_threshold(100_000, 20, 20)
    raise SystemExit(run())


if __name__ == "__main__":
    main()
