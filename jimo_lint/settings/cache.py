"""Keeps what is slow to make in the user's cache folder, where a reader finds all of a file or nothing."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

# Files of other versions are deleted once nobody has written or used them for so long, in seconds.
_FORGOTTEN = 60 * 24 * 3600


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
        if partial:
            with suppress(OSError):
                Path(partial).unlink()
        return False
    with suppress(OSError):
        for other in place.glob(family):
            if other.name != name and other.stat().st_mtime < time.time() - _FORGOTTEN:
                other.unlink()
    return True
