"""Reads a page that a browser or Word saved in one file (.mht, .mhtml) as a draft."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from email.message import Message
from functools import partial
from pathlib import PurePath
from urllib.parse import unquote

from jimo_lint.errors import InputError
from jimo_lint.readers.archives.formats import mhtml
from jimo_lint.readers.attachments.mail import headers as mail_headers
from jimo_lint.readers.attachments.mail import letter
from jimo_lint.readers.attachments.mail import parser as mail_parser
from jimo_lint.readers.attachments.packages.names import shown
from jimo_lint.readers.contents import FileContents, Member
from jimo_lint.readers.drafts import markup
from jimo_lint.readers.encoding import newlines
from jimo_lint.readers.source import Source

# Parts that make a page look as it does, and lists that Word writes for itself.
_LOOKS = re.compile(r"^(?:text/css|font/|audio/|video/)|script|font|json", re.I)
_LOOKS_NAMED = re.compile(r"(?:filelist\.xml|colorschememapping\.xml|themedata\.thmx|\.mso|\.css|\.js)$", re.I)
_DRAWN = ("image/svg+xml",)


def sign(source: Source) -> str:
    """The head of such a file."""
    return "文件头是 multipart/related" if mhtml.is_mhtml(source.head) else ""


def read(source: Source, base: str, as_of: date) -> FileContents:
    """The page in it; its lines are numbered as paragraphs are, since those of the file are encoded.

    Its pictures, and frames and files beside it as members; not what only makes it look as it does.
    """
    try:
        parts = list(mail_parser.leaves(source.body, source.place))
    except RecursionError:
        raise InputError(source.place, "里面一层套一层，读不了", "请在浏览器里另存为网页再查") from None
    page = mhtml.page(source.body)
    if not page:
        raise InputError(source.place, "里面没有网页，未检查", "请在浏览器里另存为网页再查")
    saved = markup.document(newlines(page.decode("utf-8", "replace")), source.place, base, as_of)
    blocks = tuple(block._replace(places=((0, number, 1),), widths=()) for number, block in enumerate(saved.blocks, 1))
    pictures = letter.pictures(
        partial(mail_parser.payload, part)
        for part in parts
        if part.get_content_type().startswith("image/") and part.get_content_type() not in _DRAWN
    )
    main = next((part for part in parts if part.get_content_type() == "text/html"), None)
    beside = [part for part in parts if part is not main and _is_file(part)]
    members = (_member(number, part) for number, part in enumerate(beside, 1)) if beside else ()
    return FileContents(replace(saved, blocks=blocks), "", pictures, members)


def _is_file(part: Message) -> bool:
    """Whether people would read it: a frame, a document."""
    kind = part.get_content_type()
    return not _LOOKS.search(kind) and not _LOOKS_NAMED.search(_named(part)) and not kind.startswith("image/")


def _member(number: int, part: Message) -> Member:
    return Member(shown(_named(part) or f"附件 {number}"), mail_parser.payload(part))


def _named(part: Message) -> str:
    """What it is called: its own name, or the end of its address."""
    suffix = ".html" if part.get_content_type() == "text/html" else ""
    address = mail_headers.header(part, "content-location").partition("?")[0].partition("#")[0]
    name = mail_headers.file_name(part) or unquote(address.rpartition("/")[2])
    return name if not suffix or PurePath(name).suffix.lower() in (".html", ".htm") else f"{name or '框架'}{suffix}"
