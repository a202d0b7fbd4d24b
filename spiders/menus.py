"""Walks a site's menus: reads what may be a column, and few articles, for the breadcrumb above them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from jimo_lint.spiders.site import FOLLOWED, SiteSpider
from scrapy.http import Request

from jimo_lint.extract.lists.main_list import plain_address
from jimo_lint.extract.lists.menus import may_be_column, series
from jimo_lint.extract.pages.page import Page
from jimo_lint.model import ListItem, QueuedUrl
from jimo_lint.network.address import normalise

# Rows without a date and this short may be the sub-columns of a menu that was taken for a list.
_SHORT_TITLE = 16
# Articles asked for in the whole crawl, one of each column that no menu has led to.
_MOST_SAMPLES = 40


class MenuSpider(SiteSpider):  # type: ignore[misc]
    """Takes every address that may be a column for one, so that its rows are stored under its address."""

    name = "menus"
    most_list_pages = 1

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._known: set[str] = set()
        self._samples: dict[str, str] = {}
        self._covered: set[str] = set()

    def _requests(self) -> Iterator[Request]:
        if not self.frontier.in_flight and not self.frontier.waiting:
            left = [url for key, url in self._samples.items() if key not in self._covered]
            self._covered.update(self._samples)
            self._samples.clear()
            for url in left[:_MOST_SAMPLES]:
                self.frontier.offer(normalise(url), 1)
        yield from super()._requests()

    def _links(self, asked: QueuedUrl, page: Page) -> Iterator[QueuedUrl | None]:
        self._known.update(map(plain_address, (asked.url, *page.turning.pages)))
        articles = {row.url for row in page.rows if page.is_list and (row.published or len(row.title) > _SHORT_TITLE)}
        if asked.column is not None:
            # A list of mixed rows, as the home page under another name is one, is no column of any of them.
            counted = Counter(map(series, articles))
            self._covered.update(key for key, number in counted.items() if number * 2 > len(articles))
        for link in page.document.links:
            if link.kind not in FOLLOWED or not self.frontier.here(link.url):
                continue
            if link.url in articles or not may_be_column(link):
                if len(link.text) > _SHORT_TITLE:
                    self._samples.setdefault(series(link.url), link.url)
            elif (plain := plain_address(link.url)) not in self._known:
                self._known.add(plain)
                url = normalise(link.url)
                if self.frontier.admits(url, asked.depth + 1):
                    yield self.frontier.offer(url, asked.depth + 1, url, 1)

    def _list_pages(self, asked: QueuedUrl, page: Page) -> tuple[list[QueuedUrl | None], bool]:
        if asked.column is None:
            return [], page.turning.complete
        # A list whose rows all come from an interface shows none on its own page, so that one answer is needed.
        self.most_list_pages = 1 if page.rows else 2
        found: tuple[list[QueuedUrl | None], bool] = super()._list_pages(asked, page)
        return found

    def _articles(self, _asked: QueuedUrl, _rows: Sequence[ListItem]) -> Iterator[QueuedUrl | None]:
        return iter(())
