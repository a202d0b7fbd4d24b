"""Knows pages that are as they were read before, by their servers' word or by their bytes, and doubts that word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from hashlib import blake2b
from typing import Any, Protocol
from zlib import crc32

from jimo_lint.domains import netloc
from jimo_lint.extract.families import Turning
from jimo_lint.extract.pages.page import Page
from jimo_lint.model import Document, FetchResult, Problem, ProblemCode, QueuedUrl, Reading
from jimo_lint.privacy import mask_text, mask_url

# Of so many pages whose server says that they are as they were, one is asked for in full all the same.
_SAMPLED = 50


class Former(Protocol):
    """Pages as they were read before."""

    def find(self, url: str, column: str | None) -> Reading | None:
        """How the page at an address was read as that of a column, or of none; None where it has to be read."""

    def document(self, reading: Reading) -> Document:
        """What stood on it, without when it was fetched."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What tells one state of a page from another. digest: of its body and the charset it is sent with; etag, modified:
    what its server calls it."""

    digest: bytes
    etag: str
    modified: str


class Unchanged:
    """What of a crawl's pages is unchanged. notes: of servers that say so of what is not."""

    def __init__(self, former: Former | None) -> None:
        self.notes: tuple[Problem, ...] = ()
        self._former = former
        self._day = datetime.now(UTC).date().isoformat()  # other pages are in the sample each time
        self._held: dict[str, Reading] = {}  # of what is being asked for
        self._believed: defaultdict[str, list[QueuedUrl]] = defaultdict(list)  # by host, what stands by its word
        self._doubted: set[str] = set()
        self._liars: set[str] = set()
        self._withdrawn: list[QueuedUrl] = []

    def conditions(self, asked: QueuedUrl) -> dict[str, str]:
        """The headers by which a server need not send what it has sent before."""
        held = self._former.find(asked.url, asked.column) if self._former and not asked.api else None
        if held is None:
            return {}
        self._held[asked.url] = held
        if netloc(asked.url) in self._liars:
            return {}
        named = {"If-None-Match": held.etag, "If-Modified-Since": held.modified}
        return {name: value for name, value in named.items() if value}

    def doubted(self, asked: QueuedUrl, *, home: bool) -> bool:
        """Whether a page is to be asked for in full though its server says that it is as it was: one in so many, one
        that has become the home page or no longer is, and all of a server whose word is worth nothing."""
        held = self._held.get(asked.url)
        if held is None:
            return False
        if asked.url in self._doubted or (held.home is not None) != home:
            self._doubted.discard(asked.url)
            del self._held[asked.url]
            # Asked without any condition it says the same: then nothing of it was read.
            return (held.home is not None) != home
        if netloc(asked.url) in self._liars or self._sampled(asked.url):
            self._doubted.add(asked.url)
        return asked.url in self._doubted

    def _sampled(self, url: str) -> bool:
        return crc32(f"{self._day} {url}".encode("utf-8", "replace")) % _SAMPLED == 0

    def taken(self, asked: QueuedUrl) -> tuple[Page, Reading] | None:
        """The page as it was, which its server's word is taken for; None where nothing is known of it."""
        held = self._held.pop(asked.url, None)
        if held is None:
            return None
        self._believed[netloc(asked.url)].append(asked)
        return self._page(held), held

    def same(self, asked: QueuedUrl, mark: Mark, *, home: bool) -> tuple[Page, Reading] | None:
        """The page as it was, where what came is the same; None where it has to be read."""
        held, doubted = self._held.pop(asked.url, None), asked.url in self._doubted
        self._doubted.discard(asked.url)
        if held is None or (held.home is not None) != home:
            return None
        if held.digest == mark.digest:
            return self._page(held), replace(held, etag=mark.etag, modified=mark.modified)
        if doubted:
            self._lied(netloc(asked.url))
        return None

    def withdrawn(self) -> Iterator[QueuedUrl]:
        """What stood by the word of a server that proved worth nothing, each once: it is to be asked for again."""
        while self._withdrawn:
            yield self._withdrawn.pop()

    def mark(self, response: Any) -> Mark:
        """The mark of an answer."""
        names = (_header(response, name) for name in ("ETag", "Last-Modified"))
        etag, modified = (name if mask_text(name) == name else "" for name in names)
        body = blake2b(response.body, digest_size=16, key=_header(response, "Content-Type").encode()[:64])
        return Mark(body.digest(), etag, modified)

    def _page(self, held: Reading) -> Page:
        assert self._former is not None
        document = replace(self._former.document(held), column=None, fetched=datetime.now(UTC))
        return Page(
            replace(document, facts=replace(document.page_facts, home=None)),
            held.rows,
            Turning(held.paging, held.pages, held.complete, held.known, held.own),
            landing=held.landing,
            refresh=held.refresh,
            is_list=held.is_list,
            blank_notice=held.blank_notice,
            scripted=held.scripted,
            obstacle=held.obstacle,
        )

    def _lied(self, host: str) -> None:
        if host not in self._liars:
            self._liars.add(host)
            self.notes += (Problem(ProblemCode.LYING_SERVER, host),)
            self._withdrawn += self._believed.pop(host, [])


def to_keep(page: Page, visit: FetchResult, mark: Mark, turns: Iterable[date]) -> Reading:
    """How a page was read, to be kept with it. turns: days from which on it may be read otherwise."""
    turning = page.turning
    return Reading(
        digest=mark.digest,
        until=min(turns, default=date.max),
        etag=mark.etag,
        modified=mark.modified,
        column=visit.asked.column,
        rows=page.rows,
        paging=turning.family,
        pages=turning.pages,
        complete=turning.complete,
        known=turning.known,
        own=turning.own,
        landing=page.landing,
        refresh=page.refresh,
        is_list=page.is_list,
        blank_notice=page.blank_notice,
        scripted=page.scripted,
        obstacle=page.obstacle,
        home=visit.document.page_facts.home if visit.document else None,
    )


def masked(reading: Reading) -> Reading | None:
    """The reading where it holds no personal data; else none: masked, its addresses would be others."""
    addresses = (*(row.url for row in reading.rows), *reading.pages, reading.own, reading.refresh or "")
    titles = (row.title for row in reading.rows)
    clean = all(mask_url(one) == one for one in addresses) and all(mask_text(one) == one for one in titles)
    return reading if clean else None


def _header(response: Any, name: str) -> str:
    value: bytes = response.headers.get(name) or b""
    return value.decode("latin-1")
