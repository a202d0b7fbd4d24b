"""Gathers the dates that the articles of each column bear, as pages stream by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from jimo_lint.evidence.articles import is_article
from jimo_lint.extract.dates import text_dates
from jimo_lint.extract.dates.signature import signed
from jimo_lint.model import ArticleDates, Column, ColumnDates, ColumnKind, Document

# Their lists are put in order by dates that nobody published anything on (field-notes.md).
_SORTED_BY_DATE = frozenset({ColumnKind.LEADERS, ColumnKind.ORGANISATION})
# As many dated addresses show that the present system is running; a few may have been written by hand.
_RUNNING = 20
_TITLE = 40  # characters of a title kept


@dataclass(slots=True)
class DatingTally:
    """Keeps a few dates and a short title of every article in a configured column, nothing of its text."""

    columns: Sequence[Column]
    _articles: defaultdict[str, list[ArticleDates]] = field(default_factory=lambda: defaultdict(list))
    _addresses: list[date] = field(default_factory=list)

    def add(self, document: Document) -> None:
        """Look at one page; only dated articles count."""
        if not is_article(document):
            return
        in_address = text_dates.day_in_url(document.url)
        address = in_address.date() if in_address else None
        if address:
            self._addresses.append(address)
        if document.published is None or document.column is None:
            return
        self._articles[document.column].append(
            ArticleDates(
                url=document.url,
                title=document.title[:_TITLE],
                published=document.published,
                source=document.published_from,
                listed=document.page_facts.list_date,
                address=address,
                signed=signed(document.blocks),
            )
        )

    def readings(self) -> Iterator[ColumnDates]:
        """One for each column with dated articles."""
        self._addresses.sort()
        running = self._addresses[_RUNNING - 1] if len(self._addresses) >= _RUNNING else None
        for column in self.columns:
            if self._articles[column.id] and column.kind not in _SORTED_BY_DATE:
                yield ColumnDates(column, tuple(self._articles[column.id]), running)
