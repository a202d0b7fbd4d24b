"""One file or answer of an archive: its place, its bytes, and what formats look at to recognise it."""

from __future__ import annotations

import stat
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

from jimo_lint.errors import InputError, cause
from jimo_lint.model import Account, Document, Problem
from jimo_lint.readers.encoding import decode

MAX_BYTES = 50 * 1024 * 1024
HEAD = 64 * 1024


@dataclass(frozen=True, eq=False)
class Source:
    """place: path or address as messages print it; body: the bytes, already out of gzip."""

    place: str
    body: bytes

    @property
    def head(self) -> bytes:
        """The first 64 KiB."""
        return self.body[:HEAD]

    @cached_property
    def text(self) -> str:
        """The body as text. ValueError where it is none."""
        return decode(self.body)


class Format(Protocol):
    """What an archive may be made of; each is one small module, listed in `archive.FORMATS`."""

    NAME: str
    TITLE: str
    PROVES_SILENCE: bool

    @staticmethod
    def recognises(source: Source) -> bool: ...

    @staticmethod
    def read(source: Source, account: Account) -> Iterator[Document | Problem]: ...


def is_folder(path: Path) -> bool:
    """Whether it is a folder; False where the system will not say, which reading it then tells."""
    try:
        return path.is_dir()
    except OSError:
        return False


def load(path: Path) -> Source:
    """Read a file, out of gzip where it is one. InputError: missing, not readable, larger than 50 MB."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            # A pipe or a device may never end.
            raise InputError(str(path), "不是普通文件，未读", "请换成文件")
        if found.st_size > MAX_BYTES:
            raise InputError(str(path), "超过 50 MB，未读", "请拆成几个较小的文件")
        body = path.read_bytes()
    except FileNotFoundError:
        raise InputError(str(path), "没有这个文件", "请检查路径") from None
    except OSError as fault:
        raise InputError(str(path), f"读不出（{cause(fault)}）", "请检查文件权限") from None
    return Source(str(path), gunzip(body, str(path)))


def gunzip(body: bytes, place: str) -> bytes:
    """The body out of gzip where it is one, else as it is. InputError: damaged, or larger than 50 MB inside."""
    if not body.startswith(b"\x1f\x8b"):
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
