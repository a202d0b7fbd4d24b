"""Takes out what documents have inside them: pictures, decoded when they are asked for, and files."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from pathlib import PurePosixPath
from struct import error as struct_error
from struct import unpack_from
from typing import TYPE_CHECKING, Any

from jimo_lint.errors import InputError
from jimo_lint.readers import compound
from jimo_lint.readers.attachments.office import storage
from jimo_lint.readers.contents import Member, Picture
from jimo_lint.readers.opc import Package
from jimo_lint.readers.source import Source

if TYPE_CHECKING:
    from PIL.Image import Image  # of the extra `ocr`

# The stream that holds an object of its own kind, and what a file of it is called. The first two hold a whole file.
_PACKAGE, _PDF = "Package", "CONTENTS"
_WHOLE = {"WordDocument": ".doc", "Workbook": ".xls", "Book": ".xls", "PowerPoint Document": ".ppt"}
_NATIVE = "\x01Ole10Native"
# What programs write where nobody described the picture.
_NO_WORDS = re.compile(r"(?:[A-Za-z]:[\\/].*|.*\.(?:png|jpe?g|gif|bmp|webp|tiff?|emf|wmf)|IMG_\d+|\S{32,})", re.I)
_LOCAL = re.compile(r"file:|[A-Za-z]:[\\/]|\\\\", re.I)


def alternative(words: str) -> str:
    """The alternative text of a picture, "" where it is the name of a file or a number and no words."""
    words = " ".join(words.split())
    return "" if _NO_WORDS.fullmatch(words) else words


def described(*words: str) -> str:
    """Title and description of a picture, a line each, without what is none."""
    return "\n".join(dict.fromkeys(filter(None, map(alternative, words))))


def is_address(said: str) -> bool:
    """Whether the words of a link are only where it leads, as programs write them by themselves."""
    said = said.strip()
    return said.isascii() and " " not in said and any(sign in said for sign in ".:/")


def is_local(address: str) -> bool:
    """Whether it leads to a place of the computer or office where a document was written."""
    return bool(_LOCAL.match(address))


def picture(place: str, content: Callable[[], bytes]) -> Picture:
    """A picture by its bytes, which are fetched when it is asked for."""
    return Picture(place, lambda: _decoded(content()))


def part_picture(source: Source, part: str, place: str) -> Picture:
    """A picture that is a part of a package."""

    def content() -> bytes:
        try:
            with Package(source, "文档") as package:
                return package.read(part) or b""
        except InputError as fault:
            raise ValueError(fault.fault) from None

    return picture(place, content)


def _decoded(content: bytes) -> Image:
    from PIL import Image  # of the extra `ocr`

    try:
        image = Image.open(io.BytesIO(content))
        image.load()
    except (OSError, ValueError):
        raise
    except Exception as fault:  # noqa: BLE001 - Pillow has many: SyntaxError, struct.error, DecompressionBombError …
        raise ValueError(str(fault)) from None
    return image


def part_members(source: Source, title: str, parts: Sequence[str]) -> Iterator[Member]:
    """Files that are parts of a package, each unpacked when its turn comes."""
    for part in parts:
        name = PurePosixPath(part).name
        try:
            with Package(source, title) as package:
                member = Member(name, package.read(part) or b"")
        except InputError as fault:
            member = Member(name, fault=fault)
        yield member


def of_object(name: str, content: bytes) -> Member | None:
    """The file that an object of OLE is; None where it is none that has one. name: of the part that it lies in."""
    if not content.startswith(compound.SIGNATURE):
        return Member(name, content) if content.startswith((b"PK\x03\x04", b"%PDF-")) else None
    stem = PurePosixPath(name).stem
    with suppress(Exception), compound.opened(content) as package:  # damaged: counted as not read
        streams = [path[0] for path in package.listdir() if len(path) == 1]
        if suffix := next((_WHOLE[one] for one in streams if one in _WHOLE), ""):
            return Member(stem + suffix, content)
        return of_storage(package, [], streams, stem)
    return None


def of_storage(package: Any, path: list[str], streams: Collection[str], name: str = "") -> Member | None:
    """The file in a storage of an object, None where there is none. package: an OleFileIO; path: of the storage."""

    def content(stream: str) -> bytes:
        return bytes(package.openstream([*path, stream]).read())

    name = name or path[-1].lstrip("_")
    with suppress(ValueError, struct_error):
        if _PACKAGE in streams:
            return Member(name, content(_PACKAGE))
        if _NATIVE in streams:
            return _native(content(_NATIVE))
        if _PDF in streams and (inside := content(_PDF)).startswith(b"%PDF-"):
            return Member(f"{name}.pdf", inside)
        if suffix := next((_WHOLE[one] for one in streams if one in _WHOLE), ""):
            return Member(name + suffix, storage.packed({one: content(one) for one in streams}))
    return None


def _native(stream: bytes) -> Member | None:
    """A file that was put in as an icon: its name, two paths, and its bytes (they are the packager's own affair)."""
    at = 6  # behind the size and a flag
    end = stream.index(b"\0", at)
    name = stream[at:end].decode("gb18030", "replace")
    at = stream.index(b"\0", end + 1) + 1  # the path that it was taken from
    at += 4  # flags
    (length,) = unpack_from("<I", stream, at)  # of the path of a copy
    at += 4 + length
    (size,) = unpack_from("<I", stream, at)
    content = stream[at + 4 : at + 4 + size]
    return Member(PurePosixPath(name.replace("\\", "/")).name, content) if len(content) == size else None
