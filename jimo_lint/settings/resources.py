"""Finds the data files that ship with the program: `rules/` and `wordlists/`, wherever they are installed."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast
from zlib import crc32

import jimo_lint

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


def rules_folder() -> Traversable:
    """The folder of `*.toml` rules; its child `profiles` holds the inspection standards."""
    return _folder("rules")


def wordlists_folder() -> Traversable:
    """The folder of `*.tsv` word lists and `SOURCES.toml`."""
    return _folder("wordlists")


@cache
def program() -> str:
    """What tells one state of the program from another: its version, and what its files look like by size and time, so
    that who changes it where it lies is not shown what it made of something before."""
    from hashlib import blake2b

    whole = blake2b(jimo_lint.__version__.encode(), digest_size=8)
    for path in sorted(Path(jimo_lint.__file__).parent.rglob("*.py")):
        known = path.stat()
        whole.update(f"{path} {known.st_size} {known.st_mtime_ns}".encode("utf-8", "surrogateescape"))
    return whole.hexdigest()


def states(folder: Traversable, suffix: str) -> tuple[tuple[str, int, int], ...]:
    """The same of the files of a folder that end so, by name."""
    if isinstance(folder, Path):
        with os.scandir(folder) as entries:
            found = [(one.name, one.stat()) for one in entries if one.name.endswith(suffix)]
        return tuple(sorted((name, known.st_size, known.st_mtime_ns) for name, known in found))
    return tuple(sorted(state(one) for one in folder.iterdir() if one.name.endswith(suffix)))


def state(file: Traversable) -> tuple[str, int, int]:
    """What tells whether a file has changed: its name, size and time."""
    if isinstance(file, Path):
        known = file.stat()
        return file.name, known.st_size, known.st_mtime_ns
    content = file.read_bytes()  # inside an archive nothing else tells
    return file.name, len(content), crc32(content)


def _folder(name: str) -> Traversable:
    for place in jimo_lint.__path__:
        folder = Path(place) / name
        if folder.is_dir():
            return cast("Traversable", folder)
    from importlib.resources import files  # slow to load, and needed where the program lies in an archive only

    return files(f"jimo_lint.{name}")
