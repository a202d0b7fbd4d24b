"""Runs the command line: `python -m jimo_lint` and the `jimo-lint` script."""

from jimo_lint.cli import run


def main() -> None:
    """Run the program and leave with its exit code."""
    raise SystemExit(run())


if __name__ == "__main__":
    main()
