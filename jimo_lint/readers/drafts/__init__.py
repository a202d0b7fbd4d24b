"""The formats of drafts: one table, and what reads a file by its content, whatever it is called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import NamedTuple, Protocol, cast

from jimo_lint.errors import InputError
from jimo_lint.model import Document, Link, Problem, ProblemCode
from jimo_lint.readers.encoding import newlines
from jimo_lint.readers.source import Source


@dataclass(frozen=True, slots=True)
class Draft:
    """What a draft holds. document: not yet masked; its title is "" where the draft gives none.

    unread: what else stands in it and was not read, in words (`3 张图片`), or "".
    """

    document: Document
    unread: str = ""


class _Reader(Protocol):
    def sign(self, source: Source) -> str:
        """What in the content tells this format, "" where nothing does. Only formats with `starts` have it."""
        ...

    def draft(self, source: Source, base: str, as_of: date) -> Draft:
        """The draft. base: what relative links are joined to. InputError: damaged, or not of this format."""
        ...


class DraftFormat(NamedTuple):
    """A format of drafts, by where its reader lies: `check` starts without the readers of what it is not given.

    suffixes: of files that are of it where their content says nothing else. starts: how content may begin that is of
    it, whatever it is called; its reader's `sign` then decides. Empty: only the suffix tells.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    starts: tuple[bytes, ...]
    module: str

    def load(self) -> _Reader:
        """The reader; its module is imported when a file of the format turns up."""
        return cast(_Reader, import_module(f"{__name__}.{self.module}"))


FORMATS = (
    DraftFormat(
        "word", "Word 文档", (".docx", ".doc", ".wps"), (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "word"
    ),
    DraftFormat("html", "网页", (".html", ".htm", ".xhtml", ".shtml"), (b"<",), "markup"),
    DraftFormat(
        "mhtml",
        "单个文件网页",
        (".mht", ".mhtml"),
        (b"MIME-Version:", b"From:", b"Subject:", b"Date:", b"Snapshot-Content-", b"Content-"),
        "web_archive",
    ),
    DraftFormat("markdown", "Markdown", (".md", ".markdown"), (), "markdown"),
    DraftFormat("text", "纯文本", (".txt", ".text"), (), "plain"),
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


def find_format(source: Source, suffix: str) -> DraftFormat | None:
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


def read(source: Source, suffix: str, base: str, *, as_of: date) -> Draft:
    """The draft, read as what its content is. base: what relative links are joined to.

    `as_of` settles years that a page leaves out. InputError: of no known format, damaged, or not to be read.
    """
    found = find_format(source, suffix)
    if found is None:
        remedy = _SAVED_AS if suffix.lower() in _OFFICE else f"可检查：{' '.join(SUFFIXES)}"
        raise InputError(source.place, f"不支持 {suffix or '无后缀'} 文件，未检查", remedy)
    return found.load().draft(source, base, as_of)


def not_read(place: str, what: str) -> Problem:
    """What a draft holds besides, in words, and nobody checked."""
    return Problem(ProblemCode.PARTS_UNREAD, place, {"parts": what})


def text_of(source: Source) -> str:
    """The text of a file, line ends as LF. InputError where it is none."""
    try:
        return newlines(source.text)
    except ValueError as fault:
        raise InputError(source.place, f"{fault}，未检查", "请用 UTF-8 另存为文本") from None


def links_of(addresses: Iterable[tuple[str, str]], base: str) -> tuple[Link, ...]:
    """The links of addresses that no page holds, each with its words."""
    addresses = list(addresses)
    if not addresses:
        return ()
    from jimo_lint.extract.links.page_links import of_addresses  # drafts without links do without

    return tuple(of_addresses(addresses, base))
