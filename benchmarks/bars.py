"""What a benchmark found, as a row of the table that `make bench` prints: what, ours, the bar, the peers.

`run_all.py` gives a file to write rows to; run alone, a benchmark prints them only.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

# The environment variable that names the file.
TABLE = "JIMO_LINT_BENCH_TABLE"
# How a line begins that names a peer which cannot be had.
MISSING = "没有同类："


def tell(what: str, ours: str, bar: str, peers: Mapping[str, str], *, met: bool) -> bool:
    """Print a row and give it to the table; whether the bar is met."""
    beside = "；".join(f"{name} {figure}" for name, figure in peers.items())
    print(f"{what}：{ours}（要求 {bar}）{'达到' if met else '未达到'}" + (f"；{beside}" if beside else ""))
    if table := os.environ.get(TABLE):
        with Path(table).open("a", encoding="utf-8") as file:
            file.write(json.dumps([what, ours, bar, beside, met], ensure_ascii=False) + "\n")
    return met
