"""The formats of files: one table, and what reads a file by its content, whatever it is called."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from typing import Protocol, cast

from jimo_lint.errors import InputError
from jimo_lint.model import Problem, ProblemCode
from jimo_lint.readers.contents import FileContents
from jimo_lint.readers.source import Source
from jimo_lint.values import NamedTuple


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
    that it is read in a process of its own. behind: what may stand a little behind the first byte instead. container:
    it has files in it and no text of its own.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    starts: tuple[bytes, ...]
    module: str
    apart: bool = False
    behind: bytes = b""
    container: bool = False

    def load(self) -> _Reader:
        """The reader; its module is imported when a file of the format turns up."""
        return cast(_Reader, import_module(f"jimo_lint.readers.{self.module}"))


FORMATS = (
    FileFormat(
        "word",
        "Word 文档",
        (".docx", ".docm", ".dotx", ".dotm", ".doc", ".dot", ".wps", ".wpt"),
        (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<?xml", b"<w:wordDocument", b"<pkg:package"),
        "drafts.word",
    ),
    FileFormat(
        "workbook",
        "工作簿",
        (".xlsx", ".xls", ".et", ".ods", ".xlsm", ".xlsb", ".xltx", ".xltm", ".xlt", ".ett", ".ots"),
        (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<?xml"),
        "attachments.workbooks.reader",
        apart=True,
    ),
    FileFormat("csv", "文本表格", (".csv", ".tsv"), (), "attachments.workbooks.separated"),
    FileFormat(
        "slides",
        "PowerPoint 幻灯片",
        (".pptx", ".ppsx", ".pptm", ".ppsm", ".potx", ".potm"),
        (b"PK\x03\x04",),
        "attachments.office.slides",
    ),
    FileFormat(
        "old_slides",
        "PowerPoint 97–2003 幻灯片",
        (".ppt", ".pps", ".pot", ".dps", ".dpt"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",),
        "attachments.office.old_slides",
    ),
    FileFormat(
        "open_document",
        "OpenDocument 文稿",
        (".odt", ".ott", ".fodt", ".odp", ".otp", ".fodp"),
        (b"PK\x03\x04", b"<?xml", b"<office:document"),
        "attachments.office.open_office",
    ),
    FileFormat("rtf", "RTF 文档", (".rtf",), (b"{\\rtf",), "attachments.office.rich_text"),
    FileFormat("html", "网页", (".html", ".htm", ".xhtml", ".shtml"), (b"<",), "drafts.markup"),
    FileFormat(
        "mail",
        "邮件",
        (".eml",),
        tuple(
            b"Received: Return-Path: Delivered-To: From: To: Subject: Date: Message-ID: Message-Id: MIME-Version: "
            b"Mime-Version: Content- DKIM- ARC- Authentication- X-".split()
        ),
        "attachments.mail.reader",
        apart=True,
    ),
    FileFormat(
        "outlook",
        "Outlook 邮件",
        (".msg",),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",),
        "attachments.mail.outlook",
        apart=True,
    ),
    FileFormat(
        "mhtml",
        "单个文件网页",
        (".mht", ".mhtml"),
        (b"MIME-Version:", b"From:", b"Subject:", b"Date:", b"Snapshot-Content-", b"Content-"),
        "drafts.web_archive",
    ),
    FileFormat("pdf", "PDF 文件", (".pdf",), (b"%PDF-",), "attachments.pdf.reader", apart=True, behind=b"%PDF-"),
    FileFormat("ofd", "OFD 版式文件", (".ofd",), (b"PK\x03\x04",), "attachments.ofd.reader", apart=True),
    # Behind all whose files are zip archives of one document.
    FileFormat(
        "zip",
        "zip 压缩包",
        (".zip",),
        (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", b"PK00PK", b"MZ"),
        "attachments.packages.zip_archive",
        apart=True,
        container=True,
    ),
    FileFormat(
        "tar",
        "tar、gz 压缩包",
        (".tar", ".gz", ".tgz", ".bz2", ".tbz2", ".xz", ".txz"),
        (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00"),
        "attachments.packages.tar_archive",
        apart=True,
        container=True,
    ),
    FileFormat(
        "7z-rar",
        "7z、rar 压缩包",
        (".7z", ".rar"),
        (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07"),
        "attachments.packages.packed_archive",
        apart=True,
        container=True,
    ),
    FileFormat("markdown", "Markdown", (".md", ".markdown"), (), "drafts.markdown"),
    FileFormat(
        "picture",
        "图片",
        (".png", ".jpg", ".jpeg", ".webp", ".bmp", ".tif", ".tiff", ".gif"),
        (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF"),
        "attachments.pictures.reader",
        apart=True,
    ),
    FileFormat("text", "纯文本", (".txt", ".text"), (), "drafts.plain"),
)
SUFFIXES = tuple(suffix for one in FORMATS for suffix in one.suffixes)
PICTURE_SUFFIXES = frozenset(next(one.suffixes for one in FORMATS if one.name == "picture"))
# Bytes below which a picture that a page shows is an icon, a rule or a badge: one line that can be read takes as much.
SMALL_PICTURE = 10 * 1024
CONTAINERS = frozenset(one.name for one in FORMATS if one.container)

# What office programs write besides, and what they can save it as.
_OFFICE = (".xml",)
_SAVED_AS = "请在 Word、WPS 等程序里另存为 .docx 或纯文本（.txt）再查"


def find_format(source: Source, suffix: str) -> FileFormat | None:
    """The format that the content tells, else the one that the suffix stands for; None for neither.

    InputError: the content is of a known kind that cannot be read.
    """
    named = next((one for one in FORMATS if suffix.lower() in one.suffixes), None)
    for one in FORMATS:
        begins = one.starts and source.start.startswith(one.starts)
        if (begins or (one.behind and one.behind in source.head[:1024])) and one.load().sign(source):
            # A document that is damaged is no archive, though its parts are packed as one: its own reader says why.
            own = one.container and named is not None and source.start.startswith(named.starts)
            return named if own else one
    return named


def unknown(source: Source, suffix: str) -> InputError:
    """What is said of a file of no known format."""
    from jimo_lint.readers import unreadable  # of no use to what can be read

    if named := unreadable.named(source, suffix):
        return named
    remedy = _SAVED_AS if suffix.lower() in _OFFICE else f"可检查：{' '.join(SUFFIXES)}"
    return InputError(source.place, f"不支持 {suffix or '无后缀'} 文件，未检查", remedy, mark="unknown")


def not_read(place: str, what: str) -> Problem:
    """What a draft holds besides, in words, and nobody checked."""
    return Problem(ProblemCode.PARTS_UNREAD, place, {"parts": what})
