"""Keeps what people wrote into workbooks and drafts: only one that stands as this program left it may be replaced.

A file is sealed with a digest of its parts. Whatever program saves it anew - with a decision filled in, a
comment, a signature, a column of one's own - writes other parts, and the seal no longer fits.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from hashlib import blake2b
from itertools import count
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

# The part that has the properties of a document, of whatever office program.
CORE = "docProps/core.xml"
# What Excel and WPS, LibreOffice, and WPS for Linux put beside a file while somebody has it open.
_OPEN = ("~${}", ".~lock.{}#", ".~{}")
# More bytes than the properties of any document take; what is larger is no work of ours.
_LARGEST = 20_000


def seal(parts: Iterable[ZipInfo]) -> str:
    """The digest of all parts but the properties, which hold it."""
    names = sorted(f"{part.filename}\0{part.file_size}\0{part.CRC}" for part in parts if part.filename != CORE)
    return f"jimo-lint:{blake2b(chr(0).join(names).encode(), digest_size=16).hexdigest()}"


def free(path: Path) -> Path:
    """Where a file meant for `path` may be written: there, or else at 名-2, 名-3 … beside it."""
    if _replaceable(path):
        return path
    others = (path.with_name(f"{path.stem}-{number}{path.suffix}") for number in count(2))
    return next(other for other in others if _replaceable(other))


def _replaceable(path: Path) -> bool:
    if not path.exists() or path.is_dir():  # a folder is a fault, told when it is written to
        return True
    return not is_open(path) and (path.stat().st_size == 0 or _untouched(path))


def is_open(path: Path) -> bool:
    """Whether somebody has a file open in an office program."""
    # Of a longer name, Word leaves out up to two characters for its own two.
    cut = path.name[min(max(len(path.stem) - 6, 0), 2) :]
    names = [*(beside.format(path.name) for beside in _OPEN), _OPEN[0].format(cut)]
    return any(path.with_name(name).exists() for name in names)


def _untouched(path: Path) -> bool:
    try:
        with ZipFile(path) as package:
            if package.getinfo(CORE).file_size > _LARGEST:
                return False
            return seal(package.infolist()).encode() in package.read(CORE)
    except (OSError, BadZipFile, KeyError, ValueError, NotImplementedError, RuntimeError, EOFError, zlib.error):
        return False  # no workbook, one with a password, one that may not be read
