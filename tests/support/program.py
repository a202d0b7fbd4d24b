"""Runs the program as a user would: in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def jimo_lint(
    *arguments: str | Path, cwd: Path, stdin: str | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run `jimo-lint` with these arguments; output is text, the exit code is not checked."""
    return subprocess.run(
        [sys.executable, "-m", "jimo_lint", *map(str, arguments)],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=240,
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "100", **environment},
    )
