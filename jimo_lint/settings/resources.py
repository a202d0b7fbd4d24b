"""Finds the data files that ship with the program: `rules/` and `wordlists/`, wherever they are installed."""

from functools import cache
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import jimo_lint


def rules_folder() -> Traversable:
    """The folder of `*.toml` rules; its child `profiles` holds the inspection standards."""
    return files("jimo_lint.rules")


def wordlists_folder() -> Traversable:
    """The folder of `*.tsv` word lists and `SOURCES.toml`."""
    return files("jimo_lint.wordlists")


@cache
def program() -> str:
    """What tells one state of the program from another: its version, and what its files look like by size and time, so
    that who changes it where it lies is not shown what it made of something before."""
    whole = blake2b(jimo_lint.__version__.encode(), digest_size=8)
    for path in sorted(Path(jimo_lint.__file__).parent.rglob("*.py")):
        state = path.stat()
        whole.update(f"{path} {state.st_size} {state.st_mtime_ns}".encode("utf-8", "surrogateescape"))
    return whole.hexdigest()
