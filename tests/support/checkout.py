"""Copies the checkout, for tests that change it or build from it."""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA_FOLDERS = ("spiders", "rules", "wordlists")
FOLDERS = ("jimo_lint", "tests", "benchmarks", "docs", "tools", *DATA_FOLDERS)
TRASH = ("__pycache__", ".pyc", ".mypy_cache")


def copy(folder: Path) -> Path:
    """The folders and files of the checkout that are packed, as a bare checkout in a new folder.

    It is no work tree of git: where there are several, `.git` is a file that leads to the others.
    """
    folder.mkdir()
    for source in ROOT.iterdir():
        if source.is_dir() and source.name in FOLDERS:
            shutil.copytree(source, folder / source.name, ignore=shutil.ignore_patterns(*(f"*{t}*" for t in TRASH)))
        elif source.is_file() and source.name != ".git":
            shutil.copy(source, folder)
    return folder
