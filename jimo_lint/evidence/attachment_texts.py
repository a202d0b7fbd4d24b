"""What stands in the files of the site that were read: documents to judge, and what of them was not read."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePath
from urllib.parse import unquote_to_bytes

from jimo_lint.evidence.readings import Shelf
from jimo_lint.language.text import han_count
from jimo_lint.linkcheck.download import End
from jimo_lint.model import AttachmentCount, Document, FileFacts, Problem, ProblemCode
from jimo_lint.network.address import normalise
from jimo_lint.privacy import mask_text
from jimo_lint.readers.formats import PICTURE_SUFFIXES
from jimo_lint.settings.config import Config
from jimo_lint.store import Store, attachments
from jimo_lint.store.attachments import STANDS, Attachment, Packed
from jimo_lint.store.codec import digest

_LACKING = {
    End.OVERSIZED.value: ProblemCode.ATTACHMENT_OVERSIZED,
    End.CUT.value: ProblemCode.ATTACHMENT_CUT,
    End.SLOW.value: ProblemCode.ATTACHMENT_CUT,
    End.DISK.value: ProblemCode.ATTACHMENT_DISK,
}
# Of pictures that pages show, some of which have none.
_OF_PICTURES = PICTURE_SUFFIXES | {""}
# Characters of a link that names no file: 附件下载, 点击下载.
_EMPTY_WORDS = 4


@dataclass(frozen=True, slots=True)
class _Offer:
    """How a page offers a file: its address, and the words of the link."""

    page: str
    text: str


@dataclass(slots=True)
class AttachedTexts:
    """The files that pages of the judged crawl offer, and those with findings that none offers any more.

    standing: those that were asked for since that crawl began and are as they are stored: only these say something.
    """

    standing: Mapping[str, Attachment]
    _store: Store
    _shelf: Shelf
    _most: float
    _offers: Mapping[str, _Offer]
    _asked: Mapping[str, Attachment]

    @classmethod
    def of(cls, config: Config, store: Store, shelf: Shelf) -> AttachedTexts:
        """Those of the crawl that is judged. shelf: knows the columns of the pages."""
        offers: dict[str, _Offer] = {}
        for url, text, page in store.offered():
            offers.setdefault(normalise(url), _Offer(page, text))
        since = store.judged_since()
        asked = {url: one for url, one in attachments.attachments(store).items() if since and one.checked >= since}
        standing = {url: one for url, one in asked.items() if one.outcome == STANDS}
        return cls(standing, store, shelf, config.attachments.max_size, offers, asked)

    def documents(self, only: Collection[str] | None = None) -> Iterator[Document]:
        """What stands in the files, each with the page that offers it and that page's column. only: these files."""
        return (one.unpack() for one in self.packed(only))

    def texts(self) -> Iterator[str]:
        """What all of them say."""
        return attachments.texts(self._store, self.standing.keys())

    def packed(self, only: Collection[str] | None = None) -> Iterator[Packed]:
        """The same, none unpacked yet; page and column are part of what can be judged."""
        chosen = self.standing.keys() if only is None else self.standing.keys() & only
        for one in attachments.documents(self._store, chosen):
            offer = self._offers.get(one.file)
            page = offer.page if offer else self.standing[one.file].page
            title = _called(one, offer.text if offer else "")
            column = self._shelf.column_of(page)
            whole = digest(json.dumps([one.digest.hex(), title, page, column]).encode())
            yield replace(one, title=title, digest=whole, unpack=partial(_offered, one, title, page, column))

    def problems(self, only: Collection[str] | None = None) -> Iterator[Problem]:
        """What of the files was not read, and files that could not be fetched. only: these files."""
        chosen = self._asked.keys() if only is None else self._asked.keys() & only
        yield from attachments.problems(self._store, self.standing.keys() & chosen)
        for url, one in sorted((url, self._asked[url]) for url in chosen):
            if code := _LACKING.get(one.outcome):
                args = {"most": f"{self._most:g}"} if code is ProblemCode.ATTACHMENT_OVERSIZED else {}
                yield Problem(code, url, args)

    def count(self) -> AttachmentCount:
        """How many there are, and what was done with them."""
        since = self._store.judged_since()
        # Pictures that pages show are counted where they were not opened.
        files = [one for url, one in self.standing.items() if url in self._offers or one.suffix not in _OF_PICTURES]
        read = sum(one.fetched >= since for one in files)
        unread = sum(url not in self.standing for url in self._offers)
        return AttachmentCount(read, len(files) - read, unread)


def _offered(packed: Packed, title: str, page: str, column: str | None) -> Document:
    document = packed.unpack()
    facts = document.facts
    if isinstance(facts, FileFacts):
        facts = replace(facts, page=page)
    return replace(document, title=title, column=column, facts=facts)


def _called(document: Packed, words: str) -> str:
    """What people know a file by: its name where that says something, else the words of its link where those do."""
    if document.inside:  # its own name inside the other file
        return document.title
    name = _decoded(PurePath(document.url.partition("?")[0]).name)
    if han_count(name):
        return mask_text(name)
    return mask_text(words.strip() if han_count(words) > _EMPTY_WORDS else name or document.title)


def _decoded(name: str) -> str:
    raw = unquote_to_bytes(name)
    for charset in ("utf-8", "gb18030"):
        try:
            return raw.decode(charset)
        except UnicodeDecodeError:
            continue
    return name
