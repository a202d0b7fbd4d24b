"""Reads the first list pages of configured columns and the articles of their first rows, nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jimo_lint.spiders.site import SiteSpider

from jimo_lint.extract.pages.page import Page
from jimo_lint.model import ListItem, QueuedUrl

_ARTICLES = 3  # of a column, to compare their dates with the list's


class SampleSpider(SiteSpider):  # type: ignore[misc]
    """What `jimo-lint columns test` needs to show how a column is read."""

    name = "samples"
    most_list_pages = 3

    def _links(self, asked: QueuedUrl, page: Page) -> Iterator[QueuedUrl | None]:
        if asked.column is not None and asked.page == 1 and page.is_list:
            for row in page.rows[:_ARTICLES]:
                if row.url:
                    yield self.frontier.offer(row.url, asked.depth + 1)

    def _articles(self, asked: QueuedUrl, rows: Sequence[ListItem]) -> Iterator[QueuedUrl | None]:
        """Of lists that an interface turns, whose first rows come with the first answer."""
        if asked.page == 2:
            yield from super()._articles(asked, rows[:_ARTICLES])
