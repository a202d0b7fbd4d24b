"""Reads plain lists of names and words, one a line, that tell the typo model what is right though rare."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from jimo_lint.settings import cache
from jimo_lint.settings.resources import state, wordlists_folder

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


@lru_cache
def listed(name: str) -> frozenset[str]:
    """What stands in wordlists/`name`.txt: read when there is something to explain, in some milliseconds."""
    file = wordlists_folder() / f"{name}.txt"
    words: frozenset[str] = cache.remembered(name, (str(file), state(file)), lambda: _read(file))
    return words


def _read(file: Traversable) -> frozenset[str]:
    return frozenset(line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
