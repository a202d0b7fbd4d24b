"""Reads local drafts for `check`, files and folders of them, with exact lines (paragraphs of Word) and columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from fnmatch import fnmatch
from pathlib import Path

from jimo_lint.errors import InputError, cause
from jimo_lint.model import Document, Problem, ProblemCode, unreadable
from jimo_lint.readers.contents import text_of
from jimo_lint.readers.encoding import newlines
from jimo_lint.readers.formats import SUFFIXES, find_format
from jimo_lint.readers.processes import Job, Workers
from jimo_lint.readers.reading import Asked
from jimo_lint.readers.source import Source, is_folder, load

# Formats whose positions are lines and columns of the file itself.
_LINED = frozenset({"text", "markdown", "html"})


def read(
    paths: Sequence[Path], *, as_of: date, exclude: Sequence[str] = (), slow: Callable[[str], None] | None = None
) -> Iterator[Document | Problem]:
    """The documents of files and of all files in folders, each once, masked, with those of the files inside them.

    Folders are read in the order of names, without hidden entries. exclude: patterns with * and ? of names of files or
    folders inside those given, or of paths; what they leave out is counted in a Problem. `as_of` settles years that a
    page leaves out. What cannot be read is a Problem; the rest goes on. slow: called with the
    path of a file that takes long.
    """
    with Workers(slow) as workers:
        for _, found in workers.each(_jobs(paths, Asked(as_of), exclude), here=True):
            yield from found


def read_source(source: Source, suffix: str, *, as_of: date) -> Iterator[Document | Problem]:
    """The documents of one file and of those inside it, masked, and what of them was not read."""
    with Workers() as workers:
        for _, found in workers.each([Job(source, suffix, Asked(as_of))], here=True):
            yield from found


def lines(path: str) -> list[str]:
    """The lines of a text file as positions count them; none of a file that has no such lines, or cannot be read."""
    try:
        source = load(Path(path))
        known = find_format(source, Path(path).suffix)
        if known is None or known.name not in _LINED:
            return []
        from jimo_lint.extract.markup.charset import read_text  # the parser is needed for HTML only

        return newlines(read_text(source.body)[0]).split("\n") if known.name == "html" else text_of(source).split("\n")
    except InputError:
        return []


def _jobs(paths: Sequence[Path], asked: Asked, exclude: Sequence[str]) -> Iterator[Job | Problem]:
    seen: set[Path] = set()
    left_out = 0
    for path in paths:
        folder = is_folder(path)
        found = 0
        for file in _walk(path) if folder else (path,):
            found += 1
            if isinstance(file, Problem):
                yield file
            elif exclude and _excluded(file, path if folder else None, exclude):
                left_out += 1
            elif _target(file) not in seen:
                seen.add(_target(file))
                yield _job(file, asked)
        if folder and not found:
            yield Problem(ProblemCode.FOLDER_EMPTY, str(path), {"suffixes": " ".join(SUFFIXES)})
    if left_out:
        yield Problem(ProblemCode.EXCLUDED, "--exclude", {"count": left_out})


def _job(path: Path, asked: Asked) -> Job | Problem:
    try:
        return Job(load(path), path.suffix, asked)
    except InputError as fault:
        return unreadable(fault)


def _excluded(file: Path, folder: Path | None, patterns: Sequence[str]) -> bool:
    """True where a pattern fits the file, or what lies between it and the folder that was given (None: the file was).

    What stands above that is where the work happens to lie. A pattern that begins like the path as written is meant
    for that.
    """
    if folder:
        inside = file.relative_to(folder)
    else:
        inside = Path(file.name) if file.is_absolute() or ".." in file.parts else file
    names = (*inside.parts, inside.as_posix(), f"./{inside.as_posix()}")
    return any(
        any(fnmatch(name, pattern) for name in names)
        or ("/" in pattern and pattern[0] not in "*?[" and fnmatch(file.as_posix(), pattern))
        for pattern in patterns
        if pattern
    )


def _target(path: Path) -> Path:
    """The file that a path leads to; a link that leads nowhere stands for itself and is told of when it is read."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()


def _walk(folder: Path) -> Iterator[Path | Problem]:
    try:
        children = sorted(folder.iterdir(), key=lambda one: one.name)
    except OSError as fault:
        yield Problem(ProblemCode.FOLDER_UNREADABLE, str(folder), {"cause": cause(fault)})
        return
    for child in children:
        if child.name.startswith((".", "~$")):  # hidden; left behind by Word while a document is open
            continue
        if is_folder(child):
            if not child.is_symlink():  # a link to a folder above would never end
                yield from _walk(child)
        else:
            yield child
