"""Where the folders of sites lie: takes one to this machine, and puts what an inspection changed back as a whole.

The one door to fsspec: a folder, NFS, SFTP or an object store look alike. SQLite is opened on the local copy only.
What was changed is first laid beside, then a record says that all of it is there, then it is moved into place. Whoever
comes next finishes the moving, so a worker may die at any moment, and a store that cannot rename serves as well.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from jimo_lint.errors import StoreError, cause

# Where the fleet keeps its own files, below a site's folder.
OWN = ".jimo-lint/fleet"
_STORE = ".jimo-lint/store.sqlite3"
# Of no use to an inspection: what it writes anew, and what is meant for this machine's other processes.
_LEFT = re.compile(rf"reports/|{re.escape(OWN)}/|\.jimo-lint/store\.sqlite3\.(?:v\d+|lock|pid)$|.*\.tmp$")


class ConflictError(Exception):
    """Somebody else changed what was to be put back: nothing was put back. args: the path."""


class Taken(NamedTuple):
    """What of a site's folder was taken. remote: path to what told its version there; local: to that of the copy."""

    remote: Mapping[str, str]
    local: Mapping[str, tuple[int, int]]


class Record(NamedTuple):
    """What the last inspection of a site left. said: its outcome, for whoever gave the order."""

    run: str
    inspection: str
    said: Mapping[str, Any]


class Storage:
    """A place with the folders of sites. address: of fsspec (`sftp://…`, `s3://…`), or a folder."""

    def __init__(self, address: str) -> None:
        from fsspec.core import url_to_fs

        self.address = address
        try:
            self.fs, self._root = url_to_fs(address)
        except (ImportError, ValueError) as fault:
            raise StoreError(
                address, f"不能用这种共用存储（{fault}）", "请装上它的程序库，见 docs/fleet.md，或改用文件夹"
            ) from None
        self.fs.use_listings_cache = False

    def path(self, *parts: str) -> str:
        """What fsspec calls a path below the storage."""
        return "/".join((self._root.rstrip("/"), *filter(None, parts)))

    def read(self, path: str) -> bytes | None:
        """The content of a file below the storage; None where there is none."""
        try:
            content: bytes = self.fs.cat_file(self.path(path))
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None
        return content

    def write(self, path: str, content: bytes) -> None:
        """Write a file, whole or not at all."""
        place = self.path(path)
        self.fs.makedirs(place.rpartition("/")[0], exist_ok=True)
        self.fs.pipe_file(f"{place}.new", content)
        self.fs.mv(f"{place}.new", place)

    def create(self, path: str, content: bytes) -> bool:
        """Write a file that is not there yet; False where it is."""
        place = self.path(path)
        self.fs.makedirs(place.rpartition("/")[0], exist_ok=True)
        try:
            with self.fs.open(place, "xb") as file:
                file.write(content)
        except FileExistsError:
            return False
        return self.read(path) == content

    def remove(self, path: str) -> None:
        """Remove a file; it may be gone already."""
        with suppress(FileNotFoundError):
            self.fs.rm_file(self.path(path))

    def move(self, path: str, to: str) -> bool:
        """Move a file; False where it is gone already."""
        try:
            self.fs.mv(self.path(path), self.path(to))
        except FileNotFoundError:
            return False
        return True

    def files(self, folder: str) -> list[str]:
        """The paths of all files below a folder, from there."""
        return sorted(self._listed(folder))

    def _listed(self, folder: str) -> dict[str, Mapping[str, Any]]:
        place = self.path(folder)
        try:
            found: dict[str, Mapping[str, Any]] = self.fs.find(place, detail=True)
        except (FileNotFoundError, NotADirectoryError):
            return {}
        start = len(place.rstrip("/")) + 1
        return {path[start:]: info for path, info in found.items() if len(path) >= start}

    def fetch(self, path: str, into: Path) -> None:
        """Copy a file, or all below a folder, to the same path below `into`."""
        listed = self.files(path)
        for one in [f"{path}/{below}" for below in listed] or [path]:
            place = into / one
            place.parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileNotFoundError):
                self.fs.get_file(self.path(one), str(place))

    def take(self, folder: str, into: Path, *, leave: Iterable[str] = ()) -> Taken:
        """Copy a site's folder to the same path below `into`, without the `leave`: paths below the folder."""
        left = tuple(leave)
        remote: dict[str, str] = {}
        local: dict[str, tuple[int, int]] = {}
        (into / folder).mkdir(parents=True, exist_ok=True)
        for path, info in self._listed(folder).items():
            if _LEFT.match(path) or any(path == one or path.startswith(f"{one}/") for one in left):
                continue
            place = into / folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            remote[path] = _version(info)
            self.fs.get_file(self.path(folder, path), str(place))
            local[path] = _signature(place)
        return Taken(remote, local)

    def changed(self, folder: str, below: Path, taken: Taken) -> tuple[list[str], list[str]]:
        """The paths that are new or changed since they were taken, and those that are gone."""
        here = {
            str(path.relative_to(below / folder).as_posix()): path
            for path in sorted((below / folder).rglob("*"))
            if path.is_file() and not path.is_symlink()
        }
        kept = {path: place for path, place in here.items() if not _LEFT.match(path)}
        new = [path for path, place in kept.items() if taken.local.get(path) != _signature(place)]
        return new, [path for path in taken.local if path not in here]

    def give(self, folder: str, lane: str, below: Path, taken: Taken, record: Record, *, token: str) -> None:
        """Put back what was changed, all of it or nothing. ConflictError where another changed one of the files.

        lane: of several kinds of inspections that do not touch each other's files. token: of the lease, which the
        caller holds.
        """
        new, gone = self.changed(folder, below, taken)
        own = f"{folder}/{OWN}/{lane}"
        for number, path in enumerate(new):
            place = self.path(own, f"incoming-{token}", str(number))
            self.fs.makedirs(place.rpartition("/")[0], exist_ok=True)
            self.fs.put_file(str(below / folder / path), place)
        self._unchanged(folder, [*new, *gone], taken)
        written = {**record._asdict(), "token": token, "moves": new, "gone": gone}
        self.write(f"{own}/record.json", json.dumps(written, ensure_ascii=False).encode())
        self.settle(folder, lane)

    def _unchanged(self, folder: str, paths: Iterable[str], taken: Taken) -> None:
        there = self._listed(folder)
        for path in paths:
            if (_version(there[path]) if path in there else None) != taken.remote.get(path):
                raise ConflictError(path)
        if (wal := there.get(f"{_STORE}-wal")) and f"{_STORE}-wal" not in taken.remote and wal["size"]:
            raise ConflictError(f"{_STORE}-wal")  # somebody has it open, and wrote to it

    def settle(self, folder: str, lane: str) -> Record | None:
        """Finish what an earlier one began to put back, drop what was not complete; the record of the last one."""
        own = f"{folder}/{OWN}/{lane}"
        content = self.read(f"{own}/record.json")
        record = json.loads(content) if content else None
        if record and (record["moves"] or record["gone"]):
            for number, path in enumerate(record["moves"]):
                self.fs.makedirs(self.path(folder, path).rpartition("/")[0], exist_ok=True)
                self.move(f"{own}/incoming-{record['token']}/{number}", f"{folder}/{path}")
            for path in record["gone"]:
                self.remove(f"{folder}/{path}")
            self.write(f"{own}/record.json", json.dumps({**record, "moves": [], "gone": []}).encode())
        for path in self.files(own):
            if path.startswith("incoming-"):
                self.remove(f"{own}/{path}")
        for place in self.fs.glob(self.path(own, "incoming-*")):
            with suppress(OSError):
                self.fs.rmdir(place)
        return Record(record["run"], record["inspection"], record["said"]) if record else None


def _version(info: Mapping[str, Any]) -> str:
    """What tells one content of a file from another, as far as the storage says."""
    told = {key: str(info[key]) for key in ("size", "mtime", "ETag", "LastModified", "ino") if key in info}
    # What a storage calls created is with some the time of the last change, with others that of a rename.
    return json.dumps(told if "mtime" in told else {**told, "created": str(info.get("created", ""))})


def _signature(path: Path) -> tuple[int, int]:
    state = path.stat()
    return state.st_size, state.st_mtime_ns


@contextmanager
def faults(address: str) -> Iterator[None]:
    """Turn what the system or a storage says into a StoreError."""
    try:
        yield
    except OSError as fault:
        raise StoreError(address, f"共用存储读写出错（{cause(fault)}）", "请检查存储、权限和磁盘空间") from fault
