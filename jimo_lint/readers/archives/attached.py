"""Documents that lie beside an account's posts, or that pages were saved with: read as attachments, never as posts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from jimo_lint.errors import InputError
from jimo_lint.model import Account, Document, Problem, unreadable
from jimo_lint.readers.formats import FORMATS
from jimo_lint.readers.processes import Job, Workers
from jimo_lint.readers.reading import Asked
from jimo_lint.readers.source import load

# Of these a folder holds what posts are made of, and not what they have attached.
_OF_POSTS = frozenset({"html", "mhtml", "markdown", "text", "picture"})
_SUFFIXES = frozenset(suffix for one in FORMATS if one.name not in _OF_POSTS for suffix in one.suffixes)


def is_document(path: Path) -> bool:
    """Whether a file is of a kind that posts have attached, by its name."""
    return path.suffix.lower() in _SUFFIXES


def read(account: Account, paths: Sequence[Path], as_of: date) -> Iterator[Document | Problem]:
    """What stands in these files, masked. What is not read of them is excused: the posts were."""
    if not paths:
        return
    asked = Asked(as_of, source="attachment", told=True)
    with Workers() as workers:
        for _, found in workers.each(_job(path, asked) for path in paths):
            for one in found:
                if isinstance(one, Problem):
                    yield replace(one, waived=True)
                else:
                    yield replace(one, id=f"{account.id}#{one.id}", account=account.id)


def _job(path: Path, asked: Asked) -> Job | Problem:
    try:
        return Job(load(path), path.suffix, asked)
    except InputError as fault:
        return unreadable(fault)
