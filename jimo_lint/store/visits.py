"""Keeps the timed visits of `jimo-lint probe`, one JSON line each, in a file of their own beside the store.

The store has one writer at a time; a visit must not wait for an inspection that runs for hours, nor be lost because
of it. A line is added in one write, so that several probes at once and a reader do not disturb each other, and a line
torn by a full disk or a kill costs that visit only.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from jimo_lint.errors import StoreError, cause
from jimo_lint.model import Probe
from jimo_lint.store.database import make_folder


def append(path: Path, probes: Iterable[Probe]) -> None:
    """Add visits to the file, which is made where it is not there. StoreError where that cannot be."""
    lines = "".join(f"{json.dumps(_row(one), ensure_ascii=False)}\n" for one in probes).encode("utf-8", "replace")
    try:
        make_folder(path.parent)
        with path.open("ab") as file:
            if _is_torn(path):
                lines = b"\n" + lines
            file.write(lines)
            file.flush()
            os.fsync(file.fileno())
    except OSError as fault:
        raise StoreError(str(path), f"没能记下这次访问（{cause(fault)}）", "请检查文件夹权限和磁盘空间") from None


def read(path: Path, since: datetime) -> Iterator[Probe]:
    """The visits of `since` and later, in the order in which they were written; none where there is no file."""
    try:
        with path.open("rb") as file:
            for line in file:
                probe = _probe(line)
                if probe and probe.at >= since:
                    yield probe
    except FileNotFoundError:
        return
    except OSError as fault:
        raise StoreError(str(path), f"读不出访问记录（{cause(fault)}）", "请检查文件权限") from None


def _row(probe: Probe) -> dict[str, object]:
    return {
        "at": probe.at.isoformat(timespec="seconds"),
        "url": probe.url,
        "seconds": probe.seconds,
        "status": probe.status,
        "reason": probe.reason,
        "offline": probe.offline,
    }


def _probe(line: bytes) -> Probe | None:
    """None for a line that is torn or not ours."""
    try:
        row = json.loads(line)
        at = datetime.fromisoformat(row["at"])
        return Probe(
            url=str(row["url"]),
            at=at if at.tzinfo else at.replace(tzinfo=UTC),
            seconds=float(row["seconds"]),
            status=int(row["status"]),
            reason=str(row["reason"]),
            offline=bool(row["offline"]),
        )
    except (ValueError, KeyError, TypeError):  # UnicodeDecodeError and JSONDecodeError are ValueErrors
        return None


def _is_torn(path: Path) -> bool:
    """True where the file does not end with a whole line."""
    with path.open("rb") as file:
        if not file.seek(0, os.SEEK_END):
            return False
        file.seek(-1, os.SEEK_END)
        return file.read(1) != b"\n"
