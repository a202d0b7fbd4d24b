"""One file or answer of an archive: its place, its content, and what formats look at to recognise it."""

from __future__ import annotations

import io
import stat
import zlib
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, Protocol

from jimo_lint.errors import InputError, cause
from jimo_lint.model import Document, Problem
from jimo_lint.readers.encoding import decode

MAX_BYTES = 50 * 1024 * 1024
HEAD = 64 * 1024
_GZIP = b"\x1f\x8b"
_BLANKS = b"\xef\xbb\xbf \t\r\n"


class Source:
    """place: path or address as messages print it; content: the bytes out of gzip, or the file they lie in.

    as_of: the day of the inspection, where that tells how a day is meant; nothing was published later.
    """

    def __init__(self, place: str, content: bytes | Path) -> None:
        self.place = place
        self.content = content
        self.as_of = date.max

    @cached_property
    def head(self) -> bytes:
        """The first 64 KiB."""
        with self.open() as file:
            return file.read(HEAD)

    @cached_property
    def start(self) -> bytes:
        """The head without byte order mark and blanks: what it begins with tells many formats."""
        return self.head.lstrip(_BLANKS)

    @cached_property
    def body(self) -> bytes:
        """All of it. InputError where it is larger than 50 MB: such a file is only to be read as a stream."""
        if isinstance(self.content, bytes):
            return self.content
        with self.open() as file:
            body = file.read(MAX_BYTES + 1)
        if len(body) > MAX_BYTES:
            raise InputError(self.place, "超过 50 MB，未读", "请拆成几个较小的文件")
        return body

    @cached_property
    def text(self) -> str:
        """The body as text. ValueError where it is none."""
        return decode(self.body)

    def open(self) -> BinaryIO:
        """The content as a stream from its beginning. InputError where the file cannot be read."""
        if isinstance(self.content, bytes):
            return io.BytesIO(self.content)
        try:
            return self.content.open("rb")
        except FileNotFoundError:
            raise InputError(self.place, "没有这个文件", "请检查路径") from None
        except OSError as fault:
            raise InputError(self.place, f"读不出（{cause(fault)}）", "请检查文件权限") from None


class Format(Protocol):
    """What an archive may be made of; each is one small module, listed in `archive.FORMATS`.

    PROVES_SILENCE: whether the format holds all that was published.
    """

    NAME: str
    TITLE: str
    PROVES_SILENCE: bool

    @staticmethod
    def sign(source: Source) -> str:
        """What in the content tells this format, in Chinese; "" where nothing does."""
        ...

    @staticmethod
    def read(source: Source) -> Iterator[Document | Problem]:
        """The posts, of whichever account; what cannot be read is a Problem and the rest goes on."""
        ...


def is_folder(path: Path) -> bool:
    """Whether it is a folder; False where the system will not say, which reading it then tells."""
    try:
        return path.is_dir()
    except OSError:
        return False


def load(path: Path) -> Source:
    """A file, out of gzip where it is one. InputError: missing, not readable, no regular file."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            # A pipe or a device may never end.
            raise InputError(str(path), "不是普通文件，未读", "请换成文件")
    except FileNotFoundError:
        raise InputError(str(path), "没有这个文件", "请检查路径") from None
    except OSError as fault:
        raise InputError(str(path), f"读不出（{cause(fault)}）", "请检查文件权限") from None
    source = Source(str(path), path)
    return Source(str(path), gunzip(source.body, str(path))) if source.head.startswith(_GZIP) else source


def gunzip(body: bytes, place: str) -> bytes:
    """The body out of gzip where it is one, else as it is. InputError: damaged, or larger than 50 MB inside."""
    if not body.startswith(_GZIP):
        return body
    unpacker = zlib.decompressobj(wbits=31)
    try:
        unpacked = unpacker.decompress(body, MAX_BYTES + 1)
    except zlib.error:
        unpacked = b""
    if len(unpacked) > MAX_BYTES:
        raise InputError(place, "解压后超过 50 MB，未读", "请拆成几个较小的文件")
    if not unpacker.eof:
        raise InputError(place, "gzip 压缩包已损坏", "请重新保存")
    return unpacked
