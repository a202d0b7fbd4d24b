"""Files that lie beside an account's posts, or that pages were saved with: read as attachments, never as posts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from os.path import normpath
from pathlib import Path, PurePath
from typing import NamedTuple
from urllib.parse import unquote

from jimo_lint.errors import InputError
from jimo_lint.extract.markup.charset import decode
from jimo_lint.model import Document, FileFacts, Problem, unreadable
from jimo_lint.readers.attachments.pictures import ocr
from jimo_lint.readers.attachments.pictures.reader import sign
from jimo_lint.readers.formats import FORMATS, PICTURE_SUFFIXES, SMALL_PICTURE
from jimo_lint.readers.processes import Job, Workers
from jimo_lint.readers.reading import Asked
from jimo_lint.readers.source import Source, load

# Of these a folder holds what posts are made of, and not what they have attached.
_OF_POSTS = frozenset({"html", "mhtml", "markdown", "text", "picture"})
_SUFFIXES = frozenset(suffix for one in FORMATS if one.name not in _OF_POSTS for suffix in one.suffixes)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\]|#", re.I)
_MARKDOWN = re.compile(r"!\[[^\[\]\n]{0,500}\]\(\s{0,9}<?([^()<>\s]{1,1000})")


class Attached(NamedTuple):
    """A file beside the posts. account: the id of whose it is; page: the post that shows it, "" where nobody knows."""

    path: Path
    account: str
    page: str = ""


class Shown(NamedTuple):
    """The pictures that a page shows. here: those that lie in its archive, once for each time that it shows them;
    others: how many lie elsewhere, or nowhere."""

    here: tuple[Path, ...] = ()
    others: int = 0

    def told_to(self, post: Document) -> Document:
        """The post, knowing how many of its pictures are read, as far as is certain; small ones are done with too."""
        facts = post.post_facts
        # The script of a post of pictures counts them: what else its page shows are badges.
        here = [one for one in self.here if facts.form != "picture" or not _is_small(one)]
        read = max(min(len(here), facts.pictures - self.others), 0)
        return replace(post, facts=replace(facts, pictures_read=read)) if read else post


def is_document(path: PurePath) -> bool:
    """Whether a file is of a kind that posts have attached, by its name."""
    return path.suffix.lower() in _SUFFIXES


def is_picture(path: Path) -> bool:
    """Whether a file is a picture whose text can be read here; browsers save some without a suffix."""
    if not ocr.is_there() or path.suffix.lower() not in {"", *PICTURE_SUFFIXES}:
        return False
    try:
        return bool(sign(load(path)))
    except InputError:
        return False


def pictures(source: Source, archive: Path | None) -> Shown:
    """Those that a page or a Markdown text of an archive shows; none where they cannot be read."""
    if archive is None or not isinstance(source.content, Path) or not ocr.is_there():
        return Shown()
    folder, here, others = source.content.parent, list[Path](), 0
    for addresses in _addresses(source):
        found = next((path for one in addresses if (path := _inside(folder, one, archive))), None)
        if found:
            here.append(found)
        else:
            others += 1
    return Shown(tuple(here), others)


def _addresses(source: Source) -> Iterator[list[str]]:
    """Of each picture those addresses at which it may lie."""
    text = decode(source.body)
    if not source.start.startswith(b"<"):
        yield from ([found[1]] for found in _MARKDOWN.finditer(text))
        return
    from selectolax.lexbor import LexborHTMLParser

    for image in LexborHTMLParser(text).css("img"):
        addresses = [image.attributes.get(name) or "" for name in ("src", "data-src")]
        if any(addresses):
            yield addresses


def _inside(folder: Path, address: str, archive: Path) -> Path | None:
    """The picture at a relative address, None where there is none inside the archive."""
    if not address or _ELSEWHERE.match(address):
        return None
    path = Path(normpath(folder / unquote(address.partition("?")[0].partition("#")[0])))
    try:
        whole = path.resolve()
        return path if whole.is_relative_to(archive.resolve()) and whole.is_file() and is_picture(path) else None
    except (OSError, ValueError):  # a name that no system has
        return None


def _is_small(path: Path) -> bool:
    try:
        return path.stat().st_size < SMALL_PICTURE
    except OSError:
        return False


def read(files: Sequence[Attached], as_of: date) -> Iterator[Document | Problem]:
    """What stands in these files, masked. What is not read of them is excused: the posts were."""
    owners: dict[str, str] = {}  # by place

    def jobs() -> Iterator[Job | Problem]:
        known: set[tuple[str, bytes]] = set()
        for file in files:
            pictured = not is_document(file.path)
            if pictured and (_is_small(file.path) or not _is_new(file, known)):
                continue
            owners[str(file.path)] = file.account
            # A picture that is damaged here was published whole: that is a fault of the copy, and for no rule.
            facts = FileFacts(page=file.page)
            yield _job(file.path, Asked(as_of, source="attachment", told=not pictured, facts=facts))

    if not files:
        return
    with Workers() as workers:
        for job, found in workers.each(jobs()):
            place = job.source.place if isinstance(job, Job) else job.place
            for one in found:
                if isinstance(one, Problem):
                    yield replace(one, waived=True, accounts=(owners[place],))
                elif one.blocks or one.links or one.file_facts.format != "picture":
                    yield replace(one, id=f"{owners[place]}#{one.id}", account=owners[place])


def _is_new(file: Attached, known: set[tuple[str, bytes]]) -> bool:
    """Whether no picture of the same account with this content was there before."""
    try:
        key = (file.account, sha256(load(file.path).body).digest())
    except InputError:  # which reading it will tell
        return True
    new = key not in known
    known.add(key)
    return new


def _job(path: Path, asked: Asked) -> Job | Problem:
    try:
        return Job(load(path), path.suffix, asked)
    except InputError as fault:
        return unreadable(fault)
