"""Finds the data files that ship with the program: `rules/` and `wordlists/`, wherever they are installed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
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
    """What tells one state of the program from another: its version, and what its files look like by size and time,
    rules, word lists and the model of typos among them, so that who changes it where it lies is not shown what it made
    of something before."""
    from hashlib import blake2b

    whole = blake2b(jimo_lint.__version__.encode(), digest_size=8)
    folders = [
        Path(jimo_lint.__file__).parent,
        *(Path(str(_folder(name))) for name in ("rules", "spiders", "wordlists")),
    ]
    for known in sorted(one for folder in folders for one in _files(folder)):
        whole.update(repr(known).encode("utf-8", "surrogatepass"))
    return whole.hexdigest()


def _files(folder: Path) -> Iterator[tuple[str, int, int]]:
    """Names, sizes and times of the files in and below a folder; of an archive in its place, those of that."""
    if not folder.is_dir():
        folder = next((one for one in folder.parents if one.is_file()), folder)
        with suppress(OSError):
            found = folder.stat()
            yield str(folder), found.st_size, found.st_mtime_ns
        return
    for place, _, names in os.walk(folder):
        for name in names:
            if not name.endswith(".pyc"):
                found = os.stat(os.path.join(place, name))  # noqa: PTH116, PTH118 - hundreds of them
                yield os.path.join(place, name), found.st_size, found.st_mtime_ns  # noqa: PTH118


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


@cache
def _folder(name: str) -> Traversable:
    for place in jimo_lint.__path__:
        folder = Path(place) / name
        if folder.is_dir():
            return cast("Traversable", folder)
    from importlib.resources import files  # slow to load, and needed where the program lies in an archive only

    return files(f"jimo_lint.{name}")
