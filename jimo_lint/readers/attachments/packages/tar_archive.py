"""Reads tar archives, packed with gzip, bzip2 or xz as well, and single files so packed, one file at a time."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import tarfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import PurePath
from typing import Any, BinaryIO, Self, cast

from jimo_lint.errors import InputError
from jimo_lint.model import INSIDE
from jimo_lint.readers.attachments.packages.names import decoded, is_litter, shown
from jimo_lint.readers.attachments.packages.unpacking import admit, unpack
from jimo_lint.readers.contents import FileContents, Member, contents
from jimo_lint.readers.source import MAX_BYTES, Source

_PACKED: Mapping[bytes, tuple[str, Callable[[BinaryIO], Any]]] = {
    b"\x1f\x8b": ("gzip", lambda file: gzip.GzipFile(fileobj=file)),
    b"BZh": ("bzip2", bz2.BZ2File),
    b"\xfd7zXZ\x00": ("xz", lzma.LZMAFile),
}
# `.tgz` keeps what it stands for.
SUFFIXES = (".gz", ".bz2", ".xz")
_NAMED = re.compile(r"\.(?:tar(?:\.\w{2,3})?|t[gbx]z2?)$", re.I)
_BLOCK = 512
_MOST = 500 * 1024 * 1024  # bytes, of all that is passed over on the way to the next file
_DAMAGED = "已损坏，多半没有下载或复制完"
_AGAIN = "请重新下载或复制"


class _CutShortError(Exception):
    """Where a header should be there is none: tarfile takes that for the end."""


class _Header(tarfile.TarInfo):
    """A header that says so where it is damaged or missing behind the first."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        try:
            return super().frombuf(buf, encoding, errors)
        except tarfile.HeaderError:
            if len(buf) == _BLOCK and not any(buf):
                raise
            raise _CutShortError from None


class _Counted(io.RawIOBase):
    """What comes out of a packed stream; InputError where it is too much, by itself or for what it is packed into."""

    def __init__(self, stream: Any, place: str, packed: int) -> None:
        self._stream, self._place, self._packed, self._size = stream, place, packed, 0

    def read(self, size: int = -1, /) -> bytes:
        body: bytes = self._stream.read1(size)  # what is there before the place where it is cut short
        self._size += len(body)
        if self._size > _MOST:
            raise InputError(self._place, "解开后超过 500 MB，其余的没有读", "请拆成几个包", mark="oversized")
        if self._packed:  # of an archive with many files only the ratio counts
            admit(self._place, min(self._size, MAX_BYTES), self._packed)
        return body


def sign(source: Source) -> str:
    """How it is packed."""
    return next((f"文件头是 {title}" for start, (title, _) in _PACKED.items() if source.head.startswith(start)), "")


def read(source: Source, _base: str, _as_of: date) -> FileContents:
    """The files, each unpacked when it is asked for. InputError: damaged, empty."""
    if not source.head:
        raise InputError(source.place, "文件是空的（0 字节）", "请核对，或重新保存", mark="empty")
    with source.open() as file:
        try:
            first = _opened(file, source).read(_BLOCK)
        except (InputError, MemoryError):
            raise
        except Exception:  # noqa: BLE001 - as in `_members`
            raise InputError(source.place, f"压缩包{_DAMAGED}", _AGAIN, mark="damaged") from None
    named = _NAMED.search(source.place) is not None
    if not (_is_tar(first) or (named and len(first) == _BLOCK and not any(first))):
        if named:
            raise InputError(source.place, f"tar 包{_DAMAGED}", _AGAIN, mark="damaged")
        return contents(source, (), members=_single(source))
    if not any(first):
        raise InputError(source.place, "压缩包是空的，里面没有文件", "请核对，或重新压缩", mark="empty")
    return contents(source, (), members=_members(source))


def _is_tar(block: bytes) -> bool:
    try:
        tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except tarfile.HeaderError:
        return False
    return True


def _opened(file: BinaryIO, source: Source) -> BinaryIO:
    """The content out of what it is packed with, as a bounded stream."""
    opener = next((opener for start, (_, opener) in _PACKED.items() if source.head.startswith(start)), None)
    if opener is None:
        return file
    packed = file.seek(0, io.SEEK_END)
    file.seek(0)
    return cast(BinaryIO, _Counted(opener(file), source.place, packed))


def _members(source: Source) -> Iterator[Member]:
    odd: Counter[str] = Counter()
    try:
        with source.open() as file:
            unpacked = _opened(file, source)
            # A stream is never gone back in; a plain archive passes over files without reading them.
            mode = "r:" if unpacked is file else "r|"
            with tarfile.open(  # type: ignore[call-overload]  # typeshed knows the modes one by one
                fileobj=unpacked, mode=mode, tarinfo=_Header, encoding="utf-8", errors="surrogateescape"
            ) as archive:
                for info in archive:
                    archive.members.clear()  # it keeps all that it has passed
                    name = decoded(info.name.encode("utf-8", "surrogateescape"))
                    if info.isfile() and not is_litter(name):
                        yield _member(archive, info, shown(name))
                    elif not info.isdir() and not info.isfile():
                        odd["链接" if info.issym() or info.islnk() else "特殊文件"] += 1
    except (InputError, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - TarError, zlib.error, EOFError, LZMAError, OSError, ValueError …
        raise InputError(source.place, f"压缩包{_DAMAGED}，后面的没有读", _AGAIN, mark="damaged") from None
    for kind, count in odd.items():
        yield Member(kind, fault=InputError(kind, f"有 {count:,} 个，没有跟随", "请核对所指的文件"))


def _member(archive: tarfile.TarFile, info: tarfile.TarInfo, name: str) -> Member:
    try:
        admit(name, info.size, info.size)
    except InputError as fault:
        return Member(name, fault=fault)
    stream = archive.extractfile(info)
    body = stream.read() if stream else b""
    if len(body) < info.size:
        raise _CutShortError
    return Member(name, body)


def _single(source: Source) -> Iterator[Member]:
    """The one file in it, called as the packed file is, without the suffix."""
    path = PurePath(source.place.rpartition(INSIDE)[2].partition("?")[0])
    name = shown(path.stem if path.suffix.lower() in SUFFIXES else path.name)
    try:
        with source.open() as file:
            stream = _opened(file, source)
            yield Member(name, unpack(stream, name, 0))
    except InputError as fault:
        yield Member(name, fault=fault)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - zlib.error, EOFError, LZMAError, OSError …
        yield Member(name, fault=InputError(name, f"压缩包{_DAMAGED}", _AGAIN, mark="damaged"))
