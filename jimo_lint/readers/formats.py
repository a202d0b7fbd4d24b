"""The formats of files: one table, and what reads a file by its content, whatever it is called."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from typing import NamedTuple, Protocol, cast

from jimo_lint.errors import InputError
from jimo_lint.model import Problem, ProblemCode
from jimo_lint.readers.contents import FileContents
from jimo_lint.readers.source import Source


class _Reader(Protocol):
    def sign(self, source: Source) -> str:
        """What in the content tells this format, "" where nothing does. Only formats with `starts` have it."""
        ...

    def read(self, source: Source, base: str, as_of: date) -> FileContents:
        """The contents. base: what relative links are joined to. InputError: damaged, locked, not of this format."""
        ...


class FileFormat(NamedTuple):
    """A format, by where its reader lies: `check` starts without the readers of what it is not given.

    name: its code; title: what messages call it. suffixes: of files that are of it where their content says nothing
    else. starts: how content may begin that is of it, whatever it is called; its reader's `sign` then decides. Empty:
    only the suffix tells. module: below `jimo_lint.readers`. apart: its reader is a native library or may be slow, so
    that it is read in a process of its own.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    starts: tuple[bytes, ...]
    module: str
    apart: bool = False

    def load(self) -> _Reader:
        """The reader; its module is imported when a file of the format turns up."""
        return cast(_Reader, import_module(f"jimo_lint.readers.{self.module}"))


FORMATS = (
    FileFormat(
        "word",
        "Word 文档",
        (".docx", ".doc", ".wps"),
        (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        "drafts.word",
    ),
    FileFormat("html", "网页", (".html", ".htm", ".xhtml", ".shtml"), (b"<",), "drafts.markup"),
    FileFormat(
        "mhtml",
        "单个文件网页",
        (".mht", ".mhtml"),
        (b"MIME-Version:", b"From:", b"Subject:", b"Date:", b"Snapshot-Content-", b"Content-"),
        "drafts.web_archive",
    ),
    FileFormat("markdown", "Markdown", (".md", ".markdown"), (), "drafts.markdown"),
    FileFormat(
        "picture",
        "图片",
        (".png", ".jpg", ".jpeg", ".webp", ".bmp", ".tif", ".tiff", ".gif"),
        (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF"),
        "attachments.pictures",
        apart=True,
    ),
    FileFormat("text", "纯文本", (".txt", ".text"), (), "drafts.plain"),
)
SUFFIXES = tuple(suffix for one in FORMATS for suffix in one.suffixes)

# What office programs write besides, and what they can save it as.
_OFFICE = (".odt", ".rtf", ".ofd", ".pdf", ".xml")
_SAVED_AS = "请在 Word、WPS 等程序里另存为 .docx 或纯文本（.txt）再查"
# Content that is often called a draft and is none that can be read.
_FOREIGN = (
    (b"{\\rtf", b"", "RTF 文档"),
    (b"%PDF-", b"", "PDF 文件"),
    (b"<?xml", b"Word.Document", "Word 的 XML 文档"),
)


def find_format(source: Source, suffix: str) -> FileFormat | None:
    """The format that the content tells, else the one that the suffix stands for; None for neither.

    InputError: the content is of a known kind that cannot be read.
    """
    for one in FORMATS:
        if one.starts and source.start.startswith(one.starts) and one.load().sign(source):
            return one
    for start, mark, title in _FOREIGN:
        if source.start.startswith(start) and mark in source.head[:1024] and suffix.lower() in SUFFIXES:
            raise InputError(source.place, f"后缀是 {suffix}，内容却是 {title}，未检查", _SAVED_AS)
    return next((one for one in FORMATS if suffix.lower() in one.suffixes), None)


def unknown(source: Source, suffix: str) -> InputError:
    """What is said of a file of no known format."""
    remedy = _SAVED_AS if suffix.lower() in _OFFICE else f"可检查：{' '.join(SUFFIXES)}"
    return InputError(source.place, f"不支持 {suffix or '无后缀'} 文件，未检查", remedy, mark="unknown")


def not_read(place: str, what: str) -> Problem:
    """What a draft holds besides, in words, and nobody checked."""
    return Problem(ProblemCode.PARTS_UNREAD, place, {"parts": what})
