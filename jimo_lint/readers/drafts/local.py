"""Reads local drafts for `check`: txt, Markdown, HTML and Word, with exact lines (paragraphs of Word) and columns."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from jimo_lint import privacy
from jimo_lint.errors import InputError, cause
from jimo_lint.model import Block, Document, Link, Problem
from jimo_lint.readers import times
from jimo_lint.readers.drafts import markdown, markup
from jimo_lint.readers.encoding import decode, newlines
from jimo_lint.readers.source import Source, is_folder, load

_TEXT = (".txt", ".text")
_MARKDOWN = (".md", ".markdown")
_HTML = (".html", ".htm", ".xhtml", ".shtml")
_WORD = (".docx", ".doc", ".wps")
# What office programs write besides, and what they can save it as.
_OFFICE = (".odt", ".rtf", ".ofd", ".pdf")
_SAVED_AS = "请在 Word、WPS 等程序里另存为 .docx 或纯文本（.txt）再查"
# Where the links of Markdown lead to: the text that is checked is without them.
_ADDRESS = re.compile(
    r"""\]\(\s*<?([^)\s>]+)|^ {0,3}\[[^\]\n]+\]:\s*<?([^\s>]+)"""
    r"""|((?:https?://|mailto:)[^\s<>"'（）《》“”，。；、]+)""",
    re.M,
)
SUFFIXES = (*_TEXT, *_MARKDOWN, *_HTML, *_WORD)


def read(paths: Sequence[Path], *, as_of: date) -> Iterator[Document | Problem]:
    """The documents of files and, in folders, of the files with a known suffix, each once, masked.

    Folders are read in the order of names, without hidden entries. `as_of` settles years that a page leaves
    out. What cannot be read is a Problem; the rest goes on.
    """
    seen: set[Path] = set()
    for path in paths:
        if is_folder(path):
            found = 0
            for file in _walk(path):
                found += 1
                if isinstance(file, Problem):
                    yield file
                elif _target(file) not in seen:
                    seen.add(_target(file))
                    yield _file(file, as_of)
            if not found:
                yield Problem(str(path), f"文件夹里没有可检查的文件。可检查：{' '.join(SUFFIXES)}")
        elif _target(path) not in seen:
            seen.add(_target(path))
            yield _file(path, as_of)


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
        return read_text(_decoded(body, suffix), name, suffix, as_of=as_of)
    except ValueError as fault:
        return Problem(name, f"{fault}，未检查。请用 UTF-8 另存为文本")


def _file(path: Path, as_of: date) -> Document | Problem:
    if path.suffix.lower() not in SUFFIXES:
        if not os.path.lexists(path):
            return Problem(str(path), "没有这个文件。请检查路径")
        remedy = _SAVED_AS if path.suffix.lower() in _OFFICE else f"可检查：{' '.join(SUFFIXES)}"
        return Problem(str(path), f"不支持 {path.suffix or '无后缀'} 文件，未检查。{remedy}")
    try:
        source = load(path)
        if path.suffix.lower() in _WORD:
            return _word(source)
        body = source.body
    except InputError as fault:
        return Problem(fault.place, f"{fault.fault}。{fault.remedy}")
    return read_bytes(body, str(path), path.suffix, as_of=as_of)


def _word(source: Source) -> Document | Problem:
    from jimo_lint.readers import doc, docx  # zip and XML are of no use to other drafts

    read = doc.paragraphs if source.head.startswith(doc.SIGNATURE) else docx.paragraphs  # whatever it is called
    found = enumerate(read(source), 1)
    blocks = tuple(Block("body", text, f"第 {number} 段", ((0, number, 1),)) for number, text in found if text)
    if not blocks:
        return Problem(source.place, "Word 文档里没有文字（可能只有图片）。请核对")
    return privacy.mask(Document(source.place, source.place, "file", Path(source.place).name, blocks))


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
        yield Problem(str(folder), f"文件夹读不出（{cause(fault)}）。请检查权限")
        return
    for child in children:
        if child.name.startswith((".", "~$")):  # hidden; left behind by Word while a document is open
            continue
        if is_folder(child):
            if not child.is_symlink():  # a link to a folder above would never end
                yield from _walk(child)
        elif child.suffix.lower() in SUFFIXES:
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
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield Block("body", line, f"第 {number} 行", ((0, number, 1),))


def _markdown(text: str, name: str) -> Document:
    draft = markdown.read(text)
    published = times.parse(draft.date)
    document = Document(name, name, "file", draft.title or Path(name).name, draft.blocks)
    links = tuple(Link(url, raw=url) for found in _ADDRESS.finditer(text) for url in found.groups() if url)
    return replace(document, published=published, published_from="meta" if published else "", links=links)
