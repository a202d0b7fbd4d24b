"""Reads 7z and rar archives with the system's libarchive, one file at a time."""

from __future__ import annotations

import io
import locale
import logging
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any

from jimo_lint.errors import InputError
from jimo_lint.readers.attachments.packages.names import decoded, is_litter, shown
from jimo_lint.readers.attachments.packages.unpacking import admit, unpack
from jimo_lint.readers.contents import FileContents, Member, contents
from jimo_lint.readers.source import Source

# By how they begin: what people call them, and what the library does. Left to itself it takes an archive that ends in
# a document of Office, not packed further, for a zip.
_KINDS = {
    b"7z\xbc\xaf\x27\x1c": ("7z", "7zip"),
    b"Rar!\x1a\x07\x00": ("rar", "rar"),
    b"Rar!\x1a\x07\x01": ("rar", "rar5"),
}
_VOLUME = re.compile(r"\.part[0-9]++\.rar$|\.7z\.[0-9]{3}$", re.I)
_EMPTY = 64  # bytes that a rar without files may take
_AGAIN = "请重新下载或复制"
_INSTEAD = "请解开，或改用 zip 压缩后再查"


def sign(source: Source) -> str:
    """Its head."""
    title = _kind(source)[0]
    return f"文件头是 {title}" if title else ""


def read(source: Source, _base: str, _as_of: date) -> FileContents:
    """The files, each unpacked when it is asked for. InputError: nothing here can read it, damaged, empty, locked."""
    if not source.head:
        raise InputError(source.place, "文件是空的（0 字节）", "请核对，或重新保存", mark="empty")
    if not _kind(source)[0]:
        raise InputError(source.place, "不是 7z 或 rar 压缩包", _AGAIN, mark="damaged")
    if _VOLUME.search(source.place):
        raise InputError(source.place, "是分卷压缩包的一卷，未读", "请把各卷放在一起解开后再查", mark="unknown")
    members = _members(source, _library(source))
    # The first is looked for at once: it tells whether the whole can be read.
    first = next(members, None)
    if first is None and len(source.body) > _EMPTY and _kind(source)[1] == "rar5":
        # The library takes a head that it cannot read for the end.
        raise InputError(source.place, "压缩包已损坏，多半没有下载或复制完，未读", _AGAIN, mark="damaged")
    if first is None:
        raise InputError(source.place, "压缩包是空的，里面没有文件", "请核对，或重新压缩", mark="empty")
    return contents(source, (), members=_chained(first, members))


def _chained(first: Member, rest: Iterator[Member]) -> Iterator[Member]:
    yield first
    del first
    yield from rest


def _kind(source: Source) -> tuple[str, str]:
    return next((kind for start, kind in _KINDS.items() if source.head.startswith(start)), ("", ""))


def _library(source: Source) -> Any:
    """The library. InputError where it is not installed, or the system has none that it could stand on."""
    try:
        import libarchive
    except (ImportError, OSError, AttributeError, TypeError):  # it looks for the system's own in vain
        title = _kind(source)[0]
        raise InputError(
            source.place,
            f"{title} 压缩包读不了：没有装 jimo-lint[archives]，或系统里没有 libarchive，未读",
            _INSTEAD,
            mark="unknown",
        ) from None
    logging.getLogger("libarchive").setLevel(logging.CRITICAL)  # what it says in English is said below
    # It knows names in other scripts only as the locale can write them; under LC_ALL=C they would be lost.
    if hasattr(locale, "nl_langinfo") and locale.nl_langinfo(locale.CODESET) != "UTF-8":
        with suppress(locale.Error):
            locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
    return libarchive


def _members(source: Source, library: Any) -> Iterator[Member]:
    odd: Counter[str] = Counter()
    read = 0
    try:
        with library.memory_reader(source.body, _kind(source)[1], "none", header_codec="ascii") as archive:
            for entry in archive:
                name = _name(entry.pathname)
                if entry.isfile and not is_litter(name):
                    member = _member(entry, shown(name), len(source.body))
                    if not read and member.fault is not None and member.fault.mark == "locked":
                        raise _locked(source)
                    read += 1
                    yield member
                elif not entry.isfile and not entry.isdir:
                    odd["链接" if entry.issym or entry.islnk else "特殊文件"] += 1
    except library.ArchiveError as fault:
        raise _fault(source, fault, read) from None
    for kind, count in odd.items():
        yield Member(kind, fault=InputError(kind, f"有 {count:,} 个，没有跟随", "请核对所指的文件"))


def _name(path: str | bytes | None) -> str:
    return decoded(path) if isinstance(path, bytes) else path or ""


def _member(entry: Any, name: str, packed: int) -> Member:
    from libarchive.exception import ArchiveError

    try:
        admit(name, entry.size or 0, packed)
        return Member(name, unpack(_Entry(entry), name, packed))
    except InputError as fault:
        return Member(name, fault=fault)
    except ArchiveError as fault:
        if "ncrypted" in str(fault.msg):
            return Member(name, fault=InputError(name, "加了密码，未读", "请解开后再查", mark="locked"))
        return Member(name, fault=InputError(name, "已损坏，或压缩方法读不了，未读", _INSTEAD, mark="damaged"))


def _locked(source: Source) -> InputError:
    return InputError(source.place, "压缩包加了密码，未读", "请解开后再查", mark="locked")


def _fault(source: Source, fault: Any, read: int) -> InputError:
    if "ncrypted" in str(fault.msg):
        return _locked(source)
    rest = "，后面的没有读" if read else "，未读"
    return InputError(source.place, f"压缩包已损坏，多半没有下载或复制完{rest}", _AGAIN, mark="damaged")


class _Entry(io.RawIOBase):
    """The content of an entry as a stream."""

    def __init__(self, entry: Any) -> None:
        self._blocks: Iterator[bytes] = entry.get_blocks()

    def read(self, _size: int = -1, /) -> bytes:
        return next(self._blocks, b"")
