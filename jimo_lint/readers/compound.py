"""Opens compound files of Microsoft (.doc, .msg), which olefile reads as they describe themselves, once that can be."""

from __future__ import annotations

import io
from struct import unpack_from
from typing import Any

from jimo_lint.errors import InputError
from jimo_lint.readers.source import Source

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage"  # holds the whole package, whatever kind of document it is

# Offsets in the header as in [MS-CFB] 2.2, the published description of the format.
_SHIFT, _TABLES, _SMALL_TABLES, _MORE_TABLES = 0x1E, 0x2C, 0x40, 0x48
_IN_HEADER = 109  # sectors of the table that the header itself names


def opened(body: bytes) -> Any:
    """The package. ValueError where it says of itself what its length makes impossible: what a chain that leads back to
    its beginning would fill without end is read to the length that is declared, 4 GB from a file of 4 KB.

    OSError and others of olefile, where it is none or damaged.
    """
    import olefile  # of no use to other files

    shift = unpack_from("<H", body, _SHIFT)[0]
    if not 7 <= shift <= 20:
        raise ValueError("sectors of no known size")
    sectors = len(body) // (1 << shift) + 2
    tables, small, more = (unpack_from("<I", body, at)[0] for at in (_TABLES, _SMALL_TABLES, _MORE_TABLES))
    if tables > sectors // (1 << shift - 3) + _IN_HEADER or small > sectors or more > sectors:
        raise ValueError("more tables than sectors")
    package = olefile.OleFileIO(io.BytesIO(body))
    if any(entry is not None and entry.size > len(body) for entry in package.direntries):
        raise ValueError("a stream that is larger than the file")
    return package


def has(source: Source, stream: str) -> bool:
    """Whether it is a compound file with such a stream; False for a damaged one."""
    if not source.head.startswith(SIGNATURE):
        return False
    try:
        with opened(source.body) as package:
            return bool(package.exists(stream))
    except InputError:
        raise
    except Exception:  # noqa: BLE001 - struct.error, IndexError, OSError of a chain that leads nowhere …
        return False


def is_locked(source: Source) -> bool:
    """Whether it is a document of 2007 or later that has a password."""
    return has(source, _LOCKED)


def locked(source: Source, title: str, remedy: str) -> InputError:
    """What is said of a document with a password. title: what messages call its kind."""
    return InputError(source.place, f"{title}加了密码，未读", f"请去掉密码，{remedy.removeprefix('请')}", mark="locked")
