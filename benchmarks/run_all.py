"""Runs the benchmarks that have bars, with their peers in the same run, and prints one table: `make bench`.

    python benchmarks/run_all.py [name ...]

What ends with 1 below its bars says so at its head; those are run, or those named. Ends with 1 where one missed a bar.
"""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from bars import MISSING, TABLE

HERE = Path(__file__).resolve().parent
# How the head of a benchmark says that it has bars.
_BARS = re.compile(r"(?:ends|leaves) with 1|exit code 1", re.I)


class Row(NamedTuple):
    """A row of the table; of what tells none of its own, what it is about and the last line that it printed."""

    what: str
    ours: str
    bar: str
    peers: str
    met: bool


def head(path: Path) -> str:
    """What a benchmark says of itself."""
    return ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""


def chosen(names: list[str]) -> list[Path]:
    """The benchmarks to run."""
    if names:
        return [HERE / f"{name.removesuffix('.py')}.py" for name in names]
    return [one for one in sorted(HERE.glob("*.py")) if one != Path(__file__).resolve() and _BARS.search(head(one))]


def run(path: Path) -> tuple[list[Row], list[str]]:
    """Run one and show what it prints; its rows, and the lines that name peers which cannot be had."""
    print(f"== {path.stem}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "table"
        environment = os.environ | {TABLE: str(table), "PYTHONUNBUFFERED": "1"}
        begun = time.monotonic()
        done = subprocess.Popen(
            [sys.executable, path], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
        )
        assert done.stdout is not None
        lines = []
        for line in done.stdout:
            print(f"   {line}", end="", flush=True)
            lines.append(line.strip())
        met = done.wait() == 0
        print(f"   用时 {time.monotonic() - begun:.0f} 秒")
        told = table.read_text(encoding="utf-8").splitlines() if table.exists() else []
    missing = [line.removeprefix(MISSING) for line in lines if line.startswith(MISSING)]
    rows = [Row(*json.loads(line)) for line in told]
    if not rows or (not met and all(row.met for row in rows)):
        last = next((line for line in reversed(lines) if line), "")
        rows.append(Row(head(path).partition("\n")[0], last, "见该文件开头", "", met))
    return rows, missing


def main() -> int:
    """Run them one after another, as each has the machine to itself; 1 where a bar is missed."""
    rows: list[Row] = []
    missing: list[str] = []
    for path in chosen(sys.argv[1:]):
        told, gone = run(path)
        rows += told
        missing += gone
    print("\n| 测什么 | 实测 | 要求 | 同类，同一次运行 | |\n|---|---|---|---|---|")
    for row in rows:
        print(f"| {row.what} | {row.ours} | {row.bar} | {row.peers or '–'} | {'达到' if row.met else '未达到'} |")
    for line in missing:
        print(f"没有装上的同类：{line}")
    return 0 if all(row.met for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
