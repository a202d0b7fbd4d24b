"""Keeps what a group robot is to be told and was told, one JSON line each, in a file beside the store.

What is found once must be told though the robot did not answer just then, and nothing is told twice; only where the
power fails between sending a message and noting it, it is sent again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from jimo_lint.errors import StoreError, cause
from jimo_lint.store.database import make_folder


@dataclass(frozen=True, slots=True)
class Notices:
    """waiting: lines by their keys that are still to be told, in the order in which they came; told: keys."""

    waiting: Mapping[str, str]
    told: frozenset[str]


def read(path: Path) -> Notices:
    """What stands in the file; nothing where there is none. StoreError where it cannot be read."""
    try:
        lines = path.read_bytes().splitlines()
    except FileNotFoundError:
        return Notices({}, frozenset())
    except OSError as fault:
        raise StoreError(str(path), f"读不出通知过什么（{cause(fault)}）", "请检查文件权限") from None
    rows = dict(filter(None, map(_row, lines)))  # of a key, the last one counts
    return Notices(
        {key: line for key, line in rows.items() if line}, frozenset(key for key, line in rows.items() if not line)
    )


def note(path: Path, lines: Mapping[str, str]) -> None:
    """Add what is to be told, by its keys, or, with "" for its line, that it was told. StoreError where that fails."""
    if not lines:
        return
    written = "".join(json.dumps({"key": key, "line": line}, ensure_ascii=False) + "\n" for key, line in lines.items())
    try:
        make_folder(path.parent)
        with path.open("ab") as file:
            # A line that a full disk or a kill has torn costs itself only.
            file.write(f"\n{written}".encode())
            file.flush()
            os.fsync(file.fileno())
    except OSError as fault:
        remedy = "请检查文件夹权限和磁盘空间，否则有的问题会通知两次，有的不会通知"
        raise StoreError(str(path), f"没能记下要通知什么（{cause(fault)}）", remedy) from None


def told(keys: Iterable[str]) -> Mapping[str, str]:
    """What `note` takes for lines that were told."""
    return dict.fromkeys(keys, "")


def _row(line: bytes) -> tuple[str, str] | None:
    """None for a line that is torn or not ours."""
    try:
        row = json.loads(line)
        return str(row["key"]), str(row["line"])
    except (ValueError, KeyError, TypeError):
        return None
