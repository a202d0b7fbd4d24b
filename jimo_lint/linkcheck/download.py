"""Takes in a whole file as it comes, never all of it in memory, and tells how that ended."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import IO, TYPE_CHECKING

from yarl import URL

from jimo_lint.errors import cause
from jimo_lint.network.packing import Unpacker

if TYPE_CHECKING:
    from jimo_lint.linkcheck.follow import Outcome

# Bytes a second that a server has to give, once one timeout has passed: a file may then be large, but not endless.
SLOWEST = 32 * 1024

_LONGEST_MARK = 500  # characters of an ETag or a date
_NAME = re.compile(r"filename\*?\s*+=([^;]*+)", re.I)
_SUFFIX = re.compile(r"(\.[A-Za-z0-9]{1,8}+)[\"'\s]*+\Z")


class End(StrEnum):
    """How fetching a file ended."""

    WHOLE = "whole"
    UNCHANGED = "unchanged"
    OVERSIZED = "oversized"
    SLOW = "slow"
    CUT = "cut-short"
    DISK = "disk"


@dataclass(frozen=True, slots=True)
class Whole:
    """That a file is wanted whole.

    take: gets what came of it, once that is settled; its host is asked for nothing else meanwhile. folder: where the
    file is put, which `take` drops. most: bytes. own: whether an address, asked for or redirected to, is one whose
    files are wanted. etag, modified: of what is there from the last time, as its server named them; "" for nothing.
    """

    take: Callable[[Outcome], Awaitable[None]]
    folder: Path
    most: int
    own: Callable[[URL], bool]
    etag: str = ""
    modified: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """What is asked: nothing where it is as it was. Unpacked: the ETag of a packed one is another with some."""
        asked = {"Accept-Encoding": "identity", "If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in asked.items() if value}


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file as it came. path: where it lies, until `drop`; None where it is not whole. size: bytes, as far as known.

    suffix: of the name that its server gives it, with its dot. fault: why the disk did not take it.
    """

    end: End
    path: Path | None = None
    sha256: str = ""
    size: int = 0
    etag: str = ""
    modified: str = ""
    suffix: str = ""
    fault: str = ""

    def drop(self) -> None:
        """Remove the file."""
        if self.path is not None:
            self.path.unlink(missing_ok=True)


class Download:
    """One file while it comes. came: bytes as they were sent; head: the first of it, unpacked."""

    def __init__(self, whole: Whole, headers: Mapping[str, str], size: int, head: int) -> None:
        self._whole = whole
        self._headers = headers
        self._head = head
        self._hash = sha256()
        self._size = 0
        self._file: IO[bytes] | None = None
        self._fault = ""
        self.came = 0
        self.head = b""
        self.size = size
        self._end = End.OVERSIZED if size > whole.most else End.WHOLE
        try:
            self._unpacker = Unpacker(headers.get("Content-Encoding", ""))
        except ValueError:
            self._unpacker, self._end = Unpacker(""), End.CUT

    @property
    def going(self) -> bool:
        """Whether more is wanted: of a file that will not be had, its head."""
        return self._end is End.WHOLE or (self._end is End.OVERSIZED and self.came < self._head)

    def take(self, piece: bytes) -> None:
        """Take in what came next."""
        self.came += len(piece)
        for part in self._unpacker.parts(piece):
            if len(self.head) < self._head:
                self.head += part[: self._head - len(self.head)]
            self._size += len(part)
            if self._size > self._whole.most:
                self._end = End.OVERSIZED
            if self._end is not End.WHOLE:
                return
            self._hash.update(part)
            self._write(part)

    def _write(self, part: bytes) -> None:
        try:
            if self._file is None:
                self._file = tempfile.NamedTemporaryFile(dir=self._whole.folder, delete=False)  # noqa: SIM115
            self._file.write(part)
        except OSError as fault:
            self._end, self._fault = End.DISK, cause(fault)

    def finish(self, broken: End | None) -> Fetched:
        """What became of it. broken: why no more came, where there was to be more."""
        if self._end is End.WHOLE:
            self._end = broken or (End.WHOLE if self._unpacker.ended else End.CUT)
        path = Path(self._file.name) if self._file is not None else None
        if self._file is not None:
            try:
                self._file.close()  # writes what is left
            except OSError as fault:
                self._end, self._fault = End.DISK, cause(fault)
        if path is not None and self._end is not End.WHOLE:
            with suppress(OSError):
                path.unlink()
            path = None
        names = _NAME.findall(self._headers.get("Content-Disposition", ""))
        found = next((suffix for name in names if (suffix := _SUFFIX.search(name))), None)
        return Fetched(
            self._end,
            path,
            self._hash.hexdigest() if path else "",
            max(self.size, self._size),
            _mark(self._headers.get("ETag", "")),
            _mark(self._headers.get("Last-Modified", "")),
            found[1].lower() if found else "",
            self._fault,
        )


def _mark(value: str) -> str:
    """A header's value as it can be sent back; "" where it cannot."""
    return value if value.isascii() and value.isprintable() and len(value) <= _LONGEST_MARK else ""
