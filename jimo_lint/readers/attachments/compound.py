"""Looks into the compound files of Microsoft: documents of before 2007, and newer ones that have a password."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from jimo_lint.errors import InputError
from jimo_lint.readers.attachments.embedded import COMPOUND
from jimo_lint.readers.source import Source

_LOCKED = "EncryptedPackage"  # holds the whole package, whatever kind of document it is


@contextmanager
def opened(source: Source) -> Iterator[Any]:
    """The file, for reading. What is damaged raises whatever olefile comes upon."""
    import olefile  # of no use to other drafts

    with olefile.OleFileIO(io.BytesIO(source.body)) as package:
        yield package


def has(source: Source, stream: str) -> bool:
    """Whether it is a compound file with such a stream; False for a damaged one."""
    if not source.head.startswith(COMPOUND):
        return False
    try:
        with opened(source) as package:
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
