"""Finds the data files that ship with the program: `rules/` and `wordlists/`, wherever they are installed."""

from importlib.resources import files
from importlib.resources.abc import Traversable


def rules_folder() -> Traversable:
    """The folder of `*.toml` rules; its child `profiles` holds the inspection standards."""
    return files("jimo_lint.rules")


def wordlists_folder() -> Traversable:
    """The folder of `*.tsv` word lists and `SOURCES.toml`."""
    return files("jimo_lint.wordlists")
