"""Digests of archives, by which those that are as they were need not be read again."""

from __future__ import annotations

import os
import stat
from collections import defaultdict
from collections.abc import Iterable, Iterator
from hashlib import blake2b, file_digest
from pathlib import Path

from jimo_lint.model import Account
from jimo_lint.settings.resources import program

# Of a page alone, what lies beside it may be shown by it.
_PAGES = (".htm", ".html", ".shtml", ".mht", ".mhtml")
# What SQLite keeps beside a database that a program has open.
_BESIDE = ("-wal", "-journal")


def archive_digests(accounts: Iterable[Account]) -> dict[str, str]:
    """Of the archives of accounts, by account: of the files, of those who share them and of the program.

    None of what lies at an address, and of what cannot be looked through.
    """
    sharing: dict[str, list[Account]] = defaultdict(list)
    for account in accounts:
        if account.archive and "://" not in account.archive:
            sharing[account.archive].append(account)
    found: dict[str, str] = {}
    for place, mine in sharing.items():
        try:
            digest = _digest(Path(place), mine)
        except OSError:
            continue
        if digest:
            found.update((account.id, digest) for account in mine)
    return found


def _digest(path: Path, accounts: list[Account]) -> str:
    """ "" where something beside the path may count."""
    whole = blake2b(digest_size=16)
    whole.update(repr((program(), accounts)).encode("utf-8", "surrogatepass"))
    if not path.is_dir() and path.suffix.lower() in _PAGES:
        return ""
    for file in _files(path):
        state = file.stat()
        if not stat.S_ISREG(state.st_mode):
            return ""
        whole.update(f"\0{file}\0{state.st_size}\0".encode("utf-8", "surrogateescape"))
        with file.open("rb") as opened:
            whole.update(file_digest(opened, lambda: blake2b(digest_size=16)).digest())
    return whole.hexdigest()


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        yield from (beside for end in _BESIDE if (beside := path.with_name(f"{path.name}{end}")).exists())
        return
    for folder, folders, names in os.walk(path, onerror=_raise):
        folders.sort()
        yield from (Path(folder) / name for name in sorted(names))


def _raise(fault: OSError) -> None:
    raise fault
