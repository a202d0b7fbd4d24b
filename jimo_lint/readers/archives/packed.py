"""Takes the files out of an archive that was handed over as a zip, in the order in which its folder would be read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import PurePath

from jimo_lint.errors import InputError
from jimo_lint.model import Problem, ProblemCode, unreadable
from jimo_lint.readers import opc
from jimo_lint.readers.archives import attached, files
from jimo_lint.readers.attachments.packages import zip_archive
from jimo_lint.readers.formats import PICTURE_SUFFIXES, SUFFIXES, not_read
from jimo_lint.readers.reading import DEEPEST, Bounds
from jimo_lint.readers.source import Source
from jimo_lint.runtime import timelimit

_OTHERS = frozenset(SUFFIXES) - {".zip"}


def unpacked(source: Source) -> Iterator[Source | Problem]:
    """The file itself where it is no zip of files; else those in it, placed below it as in a folder, each unpacked when
    it is asked for, and what of it is not read."""
    yield from _unpacked(source, Bounds(), 1)


def _unpacked(source: Source, bounds: Bounds, depth: int) -> Iterator[Source | Problem]:
    try:
        if not _is_packed(source):
            yield source
            return
        if depth > DEEPEST:
            yield Problem(ProblemCode.NESTED_TOO_DEEP, source.place, {"most": DEEPEST})
            return
        chosen = _Chosen()
        with timelimit.limited(source.place):
            found = zip_archive.read(source, "", date.max, chosen.rank)
        if found.unread:
            yield not_read(source.place, found.unread)
        if chosen.beside:
            yield Problem(ProblemCode.PACKED_BESIDE, source.place, {"count": chosen.beside})
        members, any_there = iter(found.members), False
        while True:
            with timelimit.limited(source.place):
                member = next(members, None)
            if member is None:
                break
            any_there = True
            bounds.take(member, source.place)
            # Never above the zip: what is below a file is nowhere on a disk.
            parts = (part for part in member.name.split("/") if part not in ("", ".", ".."))
            place = "/".join((source.place, *parts))
            if member.fault:
                yield unreadable(InputError(place, member.fault.fault, member.fault.remedy))
            else:
                yield from _unpacked(Source(place, member.content), bounds, depth + 1)
            del member  # before the next is unpacked
        if not any_there:
            yield Problem(ProblemCode.ARCHIVE_EMPTY, source.place)
    except InputError as fault:
        yield unreadable(fault)


def _is_packed(source: Source) -> bool:
    # Documents are packages too; a damaged one is what its name says.
    suffix = PurePath(source.place).suffix.lower()
    if not source.head.startswith((opc.SIGNATURE, b"PK\x05\x06")) or suffix in _OTHERS:
        return False
    return suffix == ".zip" or bool(zip_archive.sign(source))


class _Chosen:
    """Which files in a zip may be posts, and in which order. beside: how many others hold text or pictures."""

    def __init__(self) -> None:
        self.beside = 0

    def rank(self, name: str) -> tuple[bool, str] | None:
        """By what the files are sorted; None for what came with pages, or is no content at all."""
        path = PurePath(name.replace("\\", "/"))
        if files.is_noise(path):
            return None
        if files.may_be_post(path):
            return files.order(path)
        self.beside += attached.is_document(path) or path.suffix.lower() in PICTURE_SUFFIXES
        return None
