"""Reads a zip archive: the files in it one at a time, each with its name as it was meant, or why it cannot be read."""

from __future__ import annotations

import io
import stat
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from struct import unpack_from
from zlib import crc32

from jimo_lint.errors import InputError
from jimo_lint.readers.attachments.packages.names import decoded, is_litter, shown
from jimo_lint.readers.attachments.packages.unpacking import admit, unpack
from jimo_lint.readers.contents import FileContents, Member, Passage, contents
from jimo_lint.readers.source import Source
from jimo_lint.readers.zip_directory import is_too_long, is_volume

_LOCKED, _UTF_8 = 0x1, 0x800  # flags of an entry
_UNIX = 3  # the system of which the attributes are
_UNICODE_PATH = 0x7075  # extra field of Info-ZIP
# First parts of packages that are one document, not files that somebody packed.
_PACKAGES = ("[Content_Types].xml", "mimetype")
_DAMAGED = "已损坏，多半没有下载或复制完"
_AGAIN = "请重新下载或复制"


def sign(source: Source) -> str:
    """The number of files, where they are no parts of a document; "" for a damaged one, too: its suffix then tells."""
    if is_too_long(source):
        return "压缩包里的条目过多"
    try:
        with source.open() as file, zipfile.ZipFile(file) as packed:
            names = packed.namelist()
    except (InputError, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - as in `_opened`
        return ""
    return "" if any(name in names for name in _PACKAGES) else f"压缩包里有 {len(names)} 个条目"


def read(
    source: Source, _base: str, _as_of: date, rank: Callable[[str], tuple[bool, str] | None] | None = None
) -> FileContents:
    """The files, each unpacked when it is asked for. InputError: damaged, empty, all of it locked.

    rank: by what those are sorted that are wanted, from the name of each; None for one that is not.
    """
    packed = _opened(source)
    files = [one for one in packed.infolist() if not one.filename.endswith("/") and not is_litter(_name(one))]
    if not files:
        raise InputError(source.place, "压缩包是空的，里面没有文件", "请核对，或重新压缩", mark="empty")
    odd = {id(one): kind for one in files if (kind := _oddity(one))}
    plain = [one for one in files if id(one) not in odd]
    if plain and all(one.flag_bits & _LOCKED for one in plain):
        raise InputError(source.place, "压缩包加了密码，未读", "请解开后再查", mark="locked")
    unread = "、".join(f"{count} 个{kind}" for kind, count in Counter(odd.values()).items())
    overlapping = _overlapping(plain)
    if rank:
        ranks = {id(one): key for one in plain if (key := rank(_name(one))) is not None}
        plain = sorted((one for one in plain if id(one) in ranks), key=lambda one: ranks[id(one)])
    return contents(source, _remarks(packed, files), unread=unread, members=_members(packed, plain, overlapping))


def _remarks(packed: zipfile.ZipFile, files: list[zipfile.ZipInfo]) -> Iterator[Passage]:
    """What whoever packed it wrote beside the files; programs show it when they open it."""
    written = ((packed.comment, "压缩包的注释"), *((one.comment, f"{shown(_name(one))} 的注释") for one in files))
    said = ((decoded(comment).strip("\0 \r\n\t"), place) for comment, place in written if comment)
    yield from (Passage(text, place, kind="aside") for text, place in said if text)


def _opened(source: Source) -> zipfile.ZipFile:
    if is_too_long(source):
        raise InputError(source.place, "压缩包里的条目过多，未读", "请拆成几个包", mark="oversized")
    if is_volume(source):
        raise InputError(source.place, "是分卷压缩包的一卷，未读", "请把各卷放在一起解开后再查", mark="unknown")
    try:
        # Closed when nobody asks for its files any more.
        return zipfile.ZipFile(io.BytesIO(source.content) if isinstance(source.content, bytes) else source.content)
    except (InputError, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - BadZipFile, struct.error, UnicodeDecodeError, NotImplementedError …
        raise _unopened(source) from None


def _unopened(source: Source) -> InputError:
    if not source.head:
        return InputError(source.place, "文件是空的（0 字节）", "请核对，或重新保存", mark="empty")
    if source.head.startswith((b"PK", b"MZ")):
        return InputError(source.place, f"压缩包{_DAMAGED}", _AGAIN, mark="damaged")
    return InputError(source.place, "不是 zip 压缩包", "请用压缩程序重新压缩", mark="damaged")


def _name(info: zipfile.ZipInfo) -> str:
    """The name as its writer meant it. zipfile takes all that is not marked as UTF-8 for the first PCs' letters."""
    written = info.orig_filename
    raw = written.encode("utf-8" if info.flag_bits & _UTF_8 else "cp437", "replace")
    at = 0
    while at + 4 <= len(info.extra):
        kind, size = unpack_from("<HH", info.extra, at)
        field = info.extra[at + 4 : at + 4 + size]
        if kind == _UNICODE_PATH and field[:5] == b"\x01" + crc32(raw).to_bytes(4, "little"):
            return field[5:].decode("utf-8", "replace")
        at += 4 + size
    return written if info.flag_bits & _UTF_8 else decoded(raw)


def _oddity(info: zipfile.ZipInfo) -> str:
    """What an entry is that is no file and no folder, "" for a file. Nothing is followed and nothing created."""
    mode = info.external_attr >> 16 if info.create_system == _UNIX else 0
    if stat.S_ISLNK(mode):
        return "符号链接"
    return "特殊文件" if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR) else ""


def _overlapping(files: list[zipfile.ZipInfo]) -> frozenset[int]:
    """The offsets of entries that reach into the next, as those of bombs do that use the same bytes many times."""
    ordered = sorted(files, key=lambda one: one.header_offset)
    return frozenset(
        one.header_offset
        for one, following in pairwise(ordered)
        if one.header_offset + one.compress_size > following.header_offset
    )


def _members(packed: zipfile.ZipFile, files: list[zipfile.ZipInfo], overlapping: frozenset[int]) -> Iterator[Member]:
    for info in files:
        name = shown(_name(info))
        try:
            yield Member(name, _content(packed, info, name, overlapping))
        except InputError as fault:
            yield Member(name, fault=fault)


def _content(packed: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, overlapping: frozenset[int]) -> bytes:
    if info.flag_bits & _LOCKED:
        raise InputError(name, "加了密码，未读", "请解开后再查", mark="locked")
    if info.header_offset in overlapping:
        raise InputError(name, "与压缩包里别的文件重叠，未读", "请核对它的来历", mark="damaged")
    admit(name, info.file_size, info.compress_size)
    try:
        with packed.open(info) as stream:
            return unpack(stream, name, info.compress_size)
    except (InputError, MemoryError):
        raise
    except NotImplementedError:
        raise InputError(name, "用的压缩方法读不了，未检查", "请用普通的 zip 重新压缩", mark="unknown") from None
    except Exception:  # noqa: BLE001 - zlib.error, BadZipFile, EOFError, LZMAError, OSError, struct.error …
        raise InputError(name, _DAMAGED, _AGAIN, mark="damaged") from None
