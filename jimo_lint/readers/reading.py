"""Reads one file and all files inside it, each as what its content is, within bounds, and masks what they say."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING

from jimo_lint import privacy
from jimo_lint.errors import InputError
from jimo_lint.model import INSIDE, Document, FileFacts, Mark, Problem, ProblemCode, unreadable
from jimo_lint.readers.attachments.pictures import ocr
from jimo_lint.readers.contents import FileContents, Member, Passage, blocks
from jimo_lint.readers.formats import FileFormat, find_format, not_read, unknown
from jimo_lint.readers.source import Source
from jimo_lint.runtime import timelimit
from jimo_lint.values import dataclass, replace

if TYPE_CHECKING:
    from jimo_lint.readers.attachments.pictures.picture_text import PictureText

# Of files inside files; what office programs and mail nest stays far below.
DEEPEST = 3
MOST_MEMBERS = 2000
MOST_UNPACKED = 500 * 1024 * 1024  # bytes

_UNKNOWN = FileFacts()


@dataclass(frozen=True, slots=True)
class Asked:
    """How a file is to be read. as_of: settles years that a page leaves out. base: what relative links are joined to.

    source: of the documents, as in `Document`. told: a file that cannot be read is a document too, with a mark and
    without text, so that rules can judge it; else it is a Problem alone. facts: what is known of it beforehand.
    """

    as_of: date
    base: str = ""
    source: str = "file"
    told: bool = False
    facts: FileFacts = _UNKNOWN


class ElsewhereError(Exception):
    """A file that was to be read in this process holds what must be read in one of its own."""


class Bounds:
    """What may still be unpacked below one file, and when it was begun."""

    def __init__(self) -> None:
        self._members = MOST_MEMBERS
        self._bytes = MOST_UNPACKED
        self.begun = time.monotonic()

    def take(self, member: Member, place: str) -> None:
        """Count a member. InputError where it is one too many."""
        self._members -= 1
        self._bytes -= len(member.content)
        if self._members < 0:
            raise InputError(
                place, f"里面的文件超过 {MOST_MEMBERS:,} 个，其余的没有读", "请拆成几个包", mark="oversized"
            )
        if self._bytes < 0:
            raise InputError(place, "解开后超过 500 MB，其余的没有读", "请拆成几个包", mark="oversized")


def read(
    source: Source, suffix: str, asked: Asked, *, alone: bool = True, known: FileFormat | None = None
) -> Iterator[Document | Problem]:
    """The documents of a file and of the files inside it, masked, and what was not read of them.

    suffix: as the file is named, with its dot. alone: this process may be lost; else ElsewhereError where that matters.
    known: the format, where it was asked for before.
    """
    yield from _read(source, suffix, asked, Bounds(), alone=alone, known=known)


def not_read_at_all(fault: InputError, source: Source, suffix: str, asked: Asked) -> Iterator[Document | Problem]:
    """What is said of a file whose reading was given up."""
    yield from _fault(fault, source, suffix, asked, None)


def _read(
    source: Source, suffix: str, asked: Asked, bounds: Bounds, *, alone: bool, known: FileFormat | None = None
) -> Iterator[Document | Problem]:
    try:
        with timelimit.limited(source.place):
            if not source.head:
                raise InputError(source.place, "文件是空的（0 字节），未检查", "请核对，或重新保存", mark="empty")
            known = known or find_format(source, suffix)
            if known is None:
                raise unknown(source, suffix)
            if known.apart and not alone:
                raise ElsewhereError
            found = known.load().read(source, asked.base or source.place, asked.as_of)
            if not alone and (found.members or (found.pictures and ocr.is_there())):
                raise ElsewhereError
        # Pictures take longer than a text may, and stop by themselves.
        with timelimit.limited(source.place, times=3):
            shown = _in_pictures(found, bounds) if found.pictures else None
            document = _finished(found, shown, known, suffix, asked)
        said = "、".join(filter(None, (*(shown.unread if shown else ()), found.unread)))
        if said and not (_has_text(found, shown) or document.links or found.members or _scanned(found)):
            raise InputError(source.place, f"{known.title}里没有文字（有{said}，没有检查）", "请核对", mark="scanned")
    except InputError as fault:
        yield from _fault(fault, source, suffix, asked, known)
        return
    yield document
    if said:
        yield privacy.mask_problem(not_read(source.place, said))
    yield from _members(found, source, asked, bounds)


def _has_text(found: FileContents, shown: PictureText | None) -> bool:
    return bool(found.document.blocks or (shown and shown.blocks))


def _scanned(found: FileContents) -> bool:
    return any(one.textless for one in found.pictures)


def _finished(found: FileContents, shown: PictureText | None, known: FileFormat, suffix: str, asked: Asked) -> Document:
    document = replace(found.document, source=asked.source, title=found.document.title or _name(found.document.url))
    said = (Passage(text, f"文档属性 {name}", kind="aside") for name, text in dict.fromkeys(found.properties))
    document = replace(document, blocks=(*document.blocks, *blocks(said), *(shown.blocks if shown else ())))
    # Of a page its own facts say more.
    if document.facts is None or isinstance(document.facts, FileFacts):
        marks = document.file_facts.marks
        if suffix and suffix.lower() not in known.suffixes:
            marks += (Mark("misnamed", "", known.title),)
        facts = replace(asked.facts, format=known.name, suffix=suffix.lower(), marks=marks)
        document = replace(document, facts=facts)
    document = privacy.mask(document)
    return shown.with_cutouts(document) if shown else document


def _in_pictures(found: FileContents, bounds: Bounds) -> PictureText:
    from jimo_lint.readers.attachments.pictures import picture_text  # most files have no pictures

    return picture_text.read(found.pictures, bounds.begun)


def _fault(
    fault: InputError, source: Source, suffix: str, asked: Asked, known: FileFormat | None
) -> Iterator[Document | Problem]:
    if asked.told:
        marks = (Mark(fault.mark or "damaged", "", fault.fault),)
        facts = replace(asked.facts, format=known.name if known else "", suffix=suffix.lower(), marks=marks)
        title = _name(source.place)
        yield privacy.mask(Document(source.place, source.place, asked.source, title, facts=facts))
    yield privacy.mask_problem(unreadable(fault))


def _members(found: FileContents, source: Source, asked: Asked, bounds: Bounds) -> Iterator[Document | Problem]:
    within = (*asked.facts.within, _name(source.place))
    inside = replace(asked, facts=replace(asked.facts, within=within))
    members = iter(found.members)
    while True:
        try:
            with timelimit.limited(source.place):
                member = next(members, None)
            if member is None:
                return
            bounds.take(member, source.place)
        except InputError as fault:
            yield privacy.mask_problem(unreadable(fault))
            return
        content = Source(f"{source.place}{INSIDE}{member.name}", member.content)
        suffix = PurePath(member.name).suffix
        if member.fault is not None:
            told = InputError(content.place, member.fault.fault, member.fault.remedy, mark=member.fault.mark)
            yield from _fault(told, content, suffix, inside, None)
        elif len(within) > DEEPEST:
            yield Problem(ProblemCode.NESTED_TOO_DEEP, privacy.mask_text(content.place), {"most": DEEPEST})
        else:
            yield from _read(content, suffix, inside, bounds, alone=True)
        del member, content  # before the next is unpacked


def _name(place: str) -> str:
    return PurePath(place.rpartition(INSIDE)[2].partition("?")[0]).name or place
