"""Reads local drafts for `check`, files and folders of them, with exact lines (paragraphs of Word) and columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

from jimo_lint.errors import InputError
from jimo_lint.model import Document, Problem, ProblemCode, unreadable
from jimo_lint.readers.drafts.choice import Choice, target
from jimo_lint.readers.encoding import decode, newlines
from jimo_lint.readers.formats import SUFFIXES, find_format
from jimo_lint.readers.processes import Job, Workers
from jimo_lint.readers.reading import Asked
from jimo_lint.readers.source import Source, load
from jimo_lint.values import replace

# Formats whose positions are lines and columns of the file itself.
_LINED = frozenset({"text", "markdown", "html"})


class Kept(Protocol):
    """What knows what was read of files before."""

    def find(self, source: Source) -> Sequence[Document | Problem] | None:
        """What was read of the file, None where it has to be read."""
        ...

    def read(self, source: Source, values: Sequence[Document | Problem]) -> None:
        """Take note of what was read of it."""
        ...


def read(
    paths: Sequence[Path],
    *,
    as_of: date,
    exclude: Sequence[str] = (),
    only: frozenset[Path] | None = None,
    slow: Callable[[str], None] | None = None,
    left_out: Callable[[Path, str], None] | None = None,
    kept: Kept | None = None,
    own: frozenset[Path] = frozenset(),
) -> Iterator[Document | Problem]:
    """The documents of files and of all files in folders, each once, masked, with those of the files inside them.

    Folders are read in the order of names, without hidden entries. exclude: patterns with * and ? of names of files or
    folders inside those given, or of paths; what they and ignore files leave out is counted in a Problem. only: what
    else a file must be one of. `as_of` settles years that a
    page leaves out. What cannot be read is a Problem; the rest goes on. slow: called with the
    path of a file that takes long; left_out: with that of a file or folder that is not read, and why.
    kept: what was read of files before. own: files and folders of settings, which folders are read without.
    """
    jobs = _jobs(paths, Asked(as_of), Choice(exclude, only, told_of=left_out, own=own))
    with Workers(slow) as workers:
        for job, found in workers.each(_known(jobs, kept) if kept else jobs, here=True):
            if kept and isinstance(job, Job) and job.known is None:
                kept.read(job.source, found)
            yield from found


def _known(jobs: Iterable[Job | Problem], kept: Kept) -> Iterator[Job | Problem]:
    for job in jobs:
        yield job if isinstance(job, Problem) else replace(job, known=kept.find(job.source))


def read_source(source: Source, suffix: str, *, as_of: date) -> Iterator[Document | Problem]:
    """The documents of one file and of those inside it, masked, and what of them was not read."""
    with Workers() as workers:
        for _, found in workers.each([Job(source, suffix, Asked(as_of))], here=True):
            yield from found


def lines(path: str) -> list[str]:
    """The lines of a text file as positions count them; none of a file that has no such lines, or cannot be read."""
    try:
        text = written(load(Path(path)), Path(path).suffix)
    except (InputError, ValueError):
        return []
    return [] if text is None else newlines(text).split("\n")


def written(source: Source, suffix: str) -> str | None:
    """The text of a file as it was written, without its byte order mark, where positions are its own lines and columns.

    None for a file of which they are not. InputError: it cannot be read; ValueError: it is no text.
    """
    known = find_format(source, suffix)
    if known is None or known.name not in _LINED:
        return None
    if known.name != "html":
        return decode(source.body)
    from jimo_lint.extract.markup.charset import as_written  # pages alone say themselves what they are written in

    return as_written(source.body).removeprefix("\ufeff")


def _jobs(paths: Sequence[Path], asked: Asked, choice: Choice) -> Iterator[Job | Problem]:
    seen: set[Path] = set()
    for path in paths:
        found = False
        for file in choice.files(path):
            found = True
            if isinstance(file, Problem):
                yield file
            elif (real := target(file)) not in seen:
                seen.add(real)
                yield _job(file, asked)
        if not found and not choice.left_out and choice.only is None:
            yield Problem(ProblemCode.FOLDER_EMPTY, str(path), {"suffixes": " ".join(SUFFIXES)})
    if choice.only is not None and not seen:
        yield Problem(ProblemCode.NO_CHANGES, "--changed-since")
    yield from choice.told()


def _job(path: Path, asked: Asked) -> Job | Problem:
    try:
        return Job(load(path), path.suffix, asked)
    except InputError as fault:
        return unreadable(fault)
