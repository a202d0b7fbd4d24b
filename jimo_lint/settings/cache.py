"""Keeps what is slow to make in the user's cache folder, where a reader finds all of a file or nothing."""

from __future__ import annotations

import marshal
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any
from zlib import crc32

# Files of other versions are deleted once nobody has written or used them for so long, in seconds.
_FORGOTTEN = 60 * 24 * 3600


# Bytes of the checksum before what is remembered.
_SUM = 4


def remembered(kind: str, source: Any, make: Callable[[], Any]) -> Any:
    """What `make` gives, from the cache where it was made of the same source before.

    source: what it is made of, and a number for the form that it has, since another version may want another. Both are
    of the plain types that marshal writes; what is not is made each time.
    """
    for path in places(_name(kind, source)):
        with suppress(OSError, ValueError, TypeError, EOFError):
            content = memoryview(path.read_bytes())
            if crc32(content[_SUM:]) == int.from_bytes(content[:_SUM], "big"):
                made_of, value = marshal.loads(content[_SUM:])
                if made_of == source:
                    return value
    value = make()
    remember(kind, source, value)
    return value


def remember(kind: str, source: Any, value: Any) -> None:
    """Keep a value in the place of what was remembered of this source."""
    with suppress(ValueError):  # a kind of value that marshal does not know
        written = marshal.dumps((source, value), 2)  # without references: the same value always gives the same bytes
        whole = crc32(written).to_bytes(_SUM, "big") + written
        keep(_name(kind, source), lambda file: file.write(whole), f"{kind}-*")


def _name(kind: str, source: Any) -> str:
    known = crc32(repr(source).encode("utf-8", "surrogatepass"))
    return f"{kind}-{known:08x}-{sys.implementation.cache_tag}.bin"


def places(name: str) -> Iterator[Path]:
    """Where the file may lie, in folders that no other user can write to; it need not be there."""
    return (place / name for place in _folders() if _private(place))


def folder() -> Path | None:
    """A folder of the user's own to keep files in, made where it is not there; None where there can be none."""
    for place in _folders():
        with suppress(OSError):
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
            if _private(place) and os.access(place, os.W_OK):
                return place
    return None


def keep(name: str, write: Callable[[IO[bytes]], object], family: str) -> Path | None:
    """Write the file where it will be found; None where nothing can be written, which costs time and no more.

    family: the pattern of the names of its other versions.
    """
    return next((place / name for place in _folders() if _kept(place, name, write, family)), None)


def _folders() -> Iterator[Path]:
    """The user's cache, else one of the user's own in the temporary folder."""
    with suppress(RuntimeError):  # a user without a home
        base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
        yield (Path(base) if base else Path.home() / ".cache") / "jimo-lint"
    import tempfile  # of no use where the first folder will do, and slow to load

    user = getattr(os, "getuid", lambda: 0)()
    yield Path(tempfile.gettempdir()) / f"jimo-lint-{user}"


def _private(place: Path) -> bool:
    """True where no other user can have put the files there: the temporary folder is open to all."""
    try:
        state = place.stat()
    except OSError:
        return False
    user = getattr(os, "getuid", None)
    return user is None or (state.st_uid in (user(), 0) and not state.st_mode & 0o022)


def _kept(place: Path, name: str, write: Callable[[IO[bytes]], object], family: str) -> bool:
    import tempfile

    partial = None
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _private(place):
            return False
        handle, partial = tempfile.mkstemp(prefix=name, suffix=".part", dir=place)
        with os.fdopen(handle, "wb") as file:
            write(file)
        Path(partial).replace(place / name)
    except OSError:
        return False
    finally:
        if partial:  # where it was written whole it has its name now
            with suppress(OSError):
                Path(partial).unlink()
    with suppress(OSError):
        for other in place.glob(family):
            if other.name != name and other.stat().st_mtime < time.time() - _FORGOTTEN:
                other.unlink()
    return True
