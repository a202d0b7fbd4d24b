"""Runs the program as a user would: in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.support import forked

# What variables begin with that count only when Python itself starts.
_SETTLED = ("LANG", "LC_", "PYTHON")


def jimo_lint(
    *arguments: str | Path, cwd: Path, stdin: str | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run `jimo-lint` with these arguments; output is text, the exit code is not checked.

    With a language or a way of Python's of its own it is started from scratch, as a shell starts it.
    """
    if forked.ABLE and not any(name.startswith(_SETTLED) for name in environment):
        return forked.run(
            "jimo_lint", map(str, arguments), cwd=cwd, env=_environment(environment), stdin=stdin or "", seconds=240
        )
    return subprocess.run(
        _command(arguments),
        cwd=cwd,
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=240,
        env=_environment(environment),
    )


def started(*arguments: str | Path, cwd: Path, **environment: str) -> subprocess.Popen[str]:
    """The same, not waited for."""
    return subprocess.Popen(
        _command(arguments),
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=_environment(environment),
    )


def _command(arguments: Iterable[str | Path]) -> list[str]:
    return [sys.executable, "-m", "jimo_lint", *map(str, arguments)]


def _environment(more: Mapping[str, str]) -> dict[str, str]:
    return {**os.environ, "NO_COLOR": "1", "COLUMNS": "100", **more}
