"""Keeps what a round of `watch` has stored until it is told: what a kill or a full disk cuts off, the next one tells.

What is stored is not new any more, so that nothing else would bring it up before the next inspection.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path

from jimo_lint.errors import StoreError, cause
from jimo_lint.model import Problem, ProblemCode
from jimo_lint.store.database import make_folder

_SETS = ("documents", "links", "files")


@dataclass(frozen=True, slots=True)
class Untold:
    """Ids of documents, addresses of links, and canonical ones of attachments; problems that no later round meets."""

    documents: frozenset[str] = field(default_factory=frozenset)
    links: frozenset[str] = field(default_factory=frozenset)
    files: frozenset[str] = field(default_factory=frozenset)
    problems: tuple[Problem, ...] = ()

    def __or__(self, other: Untold) -> Untold:
        more = tuple(one for one in other.problems if one not in self.problems)
        return Untold(
            self.documents | other.documents,
            self.links | other.links,
            self.files | other.files,
            (*self.problems, *more),
        )


def read(path: Path) -> Untold:
    """What earlier rounds could not tell; nothing where there is no file, or none of ours."""
    try:
        held = json.loads(path.read_bytes())
        problems = tuple(
            Problem(ProblemCode(code), place, args, waived) for code, place, args, waived in held.get("problems", ())
        )
        documents, links, files = (frozenset(map(str, held[name])) for name in _SETS)
        return Untold(documents, links, files, problems)
    except FileNotFoundError:
        return Untold()
    except OSError as fault:
        raise StoreError(str(path), f"读不出上一轮看到的（{cause(fault)}）", "请检查文件权限") from None
    except (ValueError, KeyError, TypeError):
        return Untold()


def write(path: Path, untold: Untold) -> None:
    """Keep it, whole or not at all. StoreError where that fails: then nothing is to be stored, either."""
    held: dict[str, object] = {name: sorted(getattr(untold, name)) for name in _SETS}
    held["problems"] = [(one.code, one.place, dict(one.args), one.waived) for one in untold.problems]
    draft = path.with_suffix(".tmp")
    try:
        make_folder(path.parent)
        with draft.open("w", encoding="utf-8") as file:
            json.dump(held, file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as fault:
        remedy = "请检查文件夹权限和磁盘空间；这一轮什么也没有存"
        raise StoreError(str(path), f"没能记下这一轮看到的（{cause(fault)}）", remedy) from None


def done(path: Path) -> None:
    """All of it was told."""
    try:
        path.unlink(missing_ok=True)
    except OSError as fault:
        raise StoreError(str(path), f"删不掉（{cause(fault)}）", "请检查文件夹权限，否则下一轮再列一次") from None
