"""Reads single pages and whole lists again: what was asked for, where that leads at once, and nothing beside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Sequence
from typing import Any

from jimo_lint.spiders.site import BARE, SiteSpider

from jimo_lint.crawl.failures import GATES, unread
from jimo_lint.extract.pages.page import Page
from jimo_lint.model import FetchResult, ListItem, Obstacle, QueuedUrl
from jimo_lint.network.address import kind_of, normalise

# Articles of a column read for its dates: where rows show none, and the first ones, whose years lists may leave out.
_FIRST = 3
_ARTICLES = 20


class AgainSpider(SiteSpider):  # type: ignore[misc]
    """What a second look needs. known: canonical addresses of articles whose dates are known already.

    leads: the address that each redirect led to, or refresh of a page without words. later: how many pages that were
    wanted were not asked for.
    """

    name = "again"
    later = 0

    def __init__(self, *, known: Container[str], **given: Any) -> None:
        super().__init__(**given)
        self.leads: dict[str, str] = {}
        self._known = known
        self._sampled: Counter[str] = Counter()

    def _lead_on(self, asked: QueuedUrl, target: str) -> QueuedUrl | None:
        self.leads[asked.url] = normalise(target)
        onward: QueuedUrl | None = super()._lead_on(asked, target)
        return onward

    def _read(self, asked: QueuedUrl, status: int, page: Page) -> FetchResult:
        # A crawl keeps what a page shows; who looks for what stood there has not seen it behind a login.
        if page.obstacle is Obstacle.LOGIN:
            return unread(asked, status, GATES[Obstacle.LOGIN])
        visit: FetchResult = super()._read(asked, status, page)
        if page.rows or len(page.document.text) > BARE:  # with words of its own, it only loads another one beside
            self.leads.pop(asked.url, None)
        return visit

    def _links(self, asked: QueuedUrl, page: Page) -> Iterator[QueuedUrl | None]:
        if asked.column is not None:
            yield from self._articles(asked, page.rows)

    def _articles(self, asked: QueuedUrl, rows: Sequence[ListItem]) -> Iterator[QueuedUrl | None]:
        column = asked.column or ""
        first = _FIRST if asked.page == (2 if asked.api else 1) else 0
        for number, row in enumerate(rows):
            if row.published and number >= first:
                continue
            url = normalise(row.url) if kind_of(row.url) == "page" else ""
            if url and url not in self._known and self._sampled[column] < _ARTICLES:
                self._sampled[column] += 1
                yield self.frontier.offer(url, asked.depth + 1)

    def _list_pages(self, asked: QueuedUrl, page: Page) -> tuple[list[QueuedUrl | None], bool]:
        if asked.column is None:
            return [], page.turning.complete
        found: tuple[list[QueuedUrl | None], bool] = super()._list_pages(asked, page)
        return found
