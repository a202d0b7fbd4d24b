"""Reads local drafts for `check`: txt, Markdown, HTML and Word, with exact lines (paragraphs of Word) and columns."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from fnmatch import fnmatch
from pathlib import Path

from jimo_lint import privacy, timelimit, times
from jimo_lint.errors import InputError, cause
from jimo_lint.model import Block, Document, Link, Problem, ProblemCode, unreadable
from jimo_lint.readers.drafts import markdown, markup
from jimo_lint.readers.encoding import decode, newlines
from jimo_lint.readers.source import Source, is_folder, load
from jimo_lint.text import goes_on

_TEXT = (".txt", ".text")
_MARKDOWN = (".md", ".markdown")
_HTML = (".html", ".htm", ".xhtml", ".shtml")
_WORD = (".docx", ".doc", ".wps")
# What office programs write besides, and what they can save it as.
_OFFICE = (".odt", ".rtf", ".ofd", ".pdf")
SUFFIXES = (*_TEXT, *_MARKDOWN, *_HTML, *_WORD)


def read(paths: Sequence[Path], *, as_of: date, exclude: Sequence[str] = ()) -> Iterator[Document | Problem]:
    """The documents of files and of all files in folders, each once, masked.

    Folders are read in the order of names, without hidden entries. exclude: patterns with * and ? of names of files or
    folders inside those given, or of paths; what they leave out is counted in a Problem. `as_of` settles years that a
    page leaves out. What cannot be read is a Problem; the rest goes on.
    """
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
                yield from _file(file, as_of)
        if folder and not found:
            yield Problem(ProblemCode.FOLDER_EMPTY, str(path), {"suffixes": " ".join(SUFFIXES)})
    if left_out:
        yield Problem(ProblemCode.EXCLUDED, "--exclude", {"count": left_out})


def read_text(text: str, name: str, suffix: str = ".txt", *, as_of: date) -> Document:
    """The document of a text, masked; `name` is what reports call it, `suffix` says how it is marked up."""
    text = newlines(text.removeprefix("\ufeff"))
    suffix = suffix.lower()
    if suffix in _HTML:
        document = markup.read(text, name, as_of)
    elif suffix in _MARKDOWN:
        document = _markdown(text, name)
    else:
        document = Document(name, name, "file", Path(name).name, tuple(_lines(text)))
    return privacy.mask(document)


def read_bytes(body: bytes, name: str, suffix: str = ".txt", *, as_of: date) -> Document | Problem:
    """As `read_text`, from bytes whose charset is found; a Problem where they are no text."""
    try:
        with timelimit.limited(name):
            return read_text(_decoded(body, suffix), name, suffix, as_of=as_of)
    except InputError as fault:
        return unreadable(fault)
    except ValueError as fault:
        return Problem(ProblemCode.NOT_TEXT, name, {"fault": str(fault)})


def _file(path: Path, as_of: date) -> Iterator[Document | Problem]:
    if path.suffix.lower() not in SUFFIXES:
        if not os.path.lexists(path):
            yield Problem(ProblemCode.NO_FILE, str(path))
            return
        suffix = path.suffix or "无后缀"
        if path.suffix.lower() in _OFFICE:
            yield Problem(ProblemCode.UNSUPPORTED_OFFICE, str(path), {"suffix": suffix})
        else:
            yield Problem(ProblemCode.UNSUPPORTED, str(path), {"suffix": suffix, "suffixes": " ".join(SUFFIXES)})
        return
    try:
        source = load(path)
        if path.suffix.lower() in _WORD:
            with timelimit.limited(source.place):
                values = list(_word(source))
            yield from values
        else:
            yield read_bytes(source.body, str(path), path.suffix, as_of=as_of)
    except InputError as fault:
        yield unreadable(fault)


def _word(source: Source) -> Iterator[Document | Problem]:
    from jimo_lint.readers import doc, docx  # zip and XML are of no use to other drafts

    # Whatever it is called.
    found = doc.read(source) if source.head.startswith(doc.SIGNATURE) else docx.read(source)
    blocks = tuple(Block(one.kind, one.text, one.place, ((0, one.line, 1),)) for one in found.passages)
    if blocks:
        name = Path(source.place).name
        links = _links(found.links, source.place)
        yield privacy.mask(Document(source.place, source.place, "file", name, blocks, links=links))
        if found.unread:
            yield Problem(ProblemCode.PARTS_UNREAD, source.place, {"parts": found.unread})
    elif found.unread:
        yield Problem(ProblemCode.WORD_ONLY_PARTS, source.place, {"parts": found.unread})
    else:
        yield Problem(ProblemCode.WORD_WITHOUT_TEXT, source.place)


def _links(addresses: Sequence[tuple[str, str]], base: str) -> tuple[Link, ...]:
    if not addresses:
        return ()
    from jimo_lint.extract.links import of_addresses  # drafts without links do without

    return tuple(of_addresses(addresses, base))


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


def _decoded(body: bytes, suffix: str) -> str:
    try:
        return decode(body)
    except ValueError:
        if suffix.lower() not in _HTML or b"\0" in body[:4096]:
            raise
    from jimo_lint import extract

    return extract.decode(body)  # a page says its charset itself, and one broken byte does not hide it


def _lines(text: str) -> Iterator[Block]:
    before = ""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield Block("body", line, f"第 {number} 行", ((0, number, 1),), goes_on(before, line))
        before = line


def _markdown(text: str, name: str) -> Document:
    draft = markdown.read(text, name)
    published = times.parse(draft.date)
    document = Document(name, name, "file", draft.title or Path(name).name, draft.blocks, links=draft.links)
    return replace(document, published=published, published_from="meta" if published else "")
