"""Reads home pages and the first list pages of columns, and from there what is new or changed: a round of `watch`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from jimo_lint.spiders.again import AgainSpider
from jimo_lint.spiders.site import FOLLOWED

from jimo_lint.extract.lists.main_list import plain_address
from jimo_lint.extract.pages.page import Page
from jimo_lint.model import ListItem, QueuedUrl
from jimo_lint.network.address import kind_of, normalise
from jimo_lint.privacy import mask_text, mask_url


class WatchSpider(AgainSpider):  # type: ignore[misc]
    """What a round needs.

    known: canonical addresses that need not be read. shown: what a row of a column (its address, that of the row)
    showed so far, each title with its date. most: how many new or changed pages are asked for; later: how many of
    them were left.
    """

    name = "watch"
    most_list_pages = 2  # the first rows of a list that an interface turns come with its first answer

    def __init__(self, *, shown: Mapping[tuple[str, str], Collection[object]], most: int, **given: Any) -> None:
        super().__init__(**given)
        self._shown = shown
        self._left = most
        self._put_off: set[str] = set()

    @property
    def later(self) -> int:
        """How many new or changed pages were not asked for."""
        return len(self._put_off)

    def _links(self, asked: QueuedUrl, page: Page) -> Iterator[QueuedUrl | None]:
        if asked.column is not None:
            yield from self._articles(asked, page.rows)
        elif plain_address(asked.url) in self._homes:
            for link in page.document.links:
                if link.kind in FOLLOWED:
                    yield self._take(link.url, asked)

    def _articles(self, asked: QueuedUrl, rows: Sequence[ListItem]) -> Iterator[QueuedUrl | None]:
        for row in rows:
            if kind_of(row.url) == "page":
                former = self._shown.get((asked.column or "", mask_url(row.url)))
                changed = former is not None and (mask_text(row.title), row.published) not in former
                yield self._take(row.url, asked, anew=changed)

    def _take(self, url: str, asked: QueuedUrl, *, anew: bool = False) -> QueuedUrl | None:
        """Queue a page that is not known, or is to be read anew."""
        if not anew and normalise(url) in self._known:
            return None
        if not self._left:
            if self.frontier.here(normalise(url)):
                self._put_off.add(normalise(url))
            return None
        onward: QueuedUrl | None = self.frontier.offer(url, asked.depth + 1)
        self._left -= onward is not None
        return onward

    def _list_pages(self, asked: QueuedUrl, page: Page) -> tuple[list[QueuedUrl | None], bool]:
        if not page.turning.family.by_interface:
            return [], page.turning.complete
        found: tuple[list[QueuedUrl | None], bool] = super()._list_pages(asked, page)
        return found
