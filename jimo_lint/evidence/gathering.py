"""Gathers in one pass over a crawl what its links, columns, articles and the whole site are judged by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from jimo_lint.evidence.article_dates import DatingTally
from jimo_lint.evidence.articles import is_article
from jimo_lint.evidence.attachment_texts import AttachedTexts
from jimo_lint.evidence.disclosure import DisclosureTally
from jimo_lint.evidence.entrances import entrances
from jimo_lint.evidence.interaction import Interactions
from jimo_lint.evidence.link_targets import LinkTally, summaries, titled
from jimo_lint.evidence.policies import PolicyTally
from jimo_lint.evidence.readings import column_reading, shelf
from jimo_lint.evidence.sitewide import SiteTally
from jimo_lint.model import (
    ColumnDates,
    ColumnReading,
    Document,
    Interpretation,
    LinkSummary,
    MaxAge,
    Problem,
    SiteReading,
)
from jimo_lint.model.exchanges import Exchange, Explained
from jimo_lint.model.problems import CRAWL_ENDS
from jimo_lint.model.publishing import Promise
from jimo_lint.network.address import normalise
from jimo_lint.readers.registers import disclosure_catalogue
from jimo_lint.settings.config import Config
from jimo_lint.store import Store
from jimo_lint.store.texts import Openings

# One page unread among this many is what any site has.
_UNREAD = 20

# Characters of a page that tell whether it is what a link to it says.
_OPENING = 200


class Gathering:
    """What the pages of one crawl tell. They stream by first, the links next; then the rest can be asked for.

    attached: the files that they offer.
    """

    def __init__(self, config: Config, store: Store, as_of: date) -> None:
        self._config = config
        self._store = store
        self._as_of = as_of
        self._seen = store.crawled_on()
        self._shelf = shelf(config, store, as_of)
        self.attached = AttachedTexts.of(config, store, self._shelf)
        self.tally = LinkTally(read=self.attached.standing.keys())
        self._site = SiteTally(config.site)
        self._dating = DatingTally(config.columns)
        self._policies = PolicyTally(self._shelf.kind_of)
        self._interactions = Interactions.of(config, self._shelf.listings, as_of)
        entries = disclosure_catalogue.read(config.catalogue) if config.catalogue else ()
        self._disclosure = DisclosureTally(entries, as_of)
        self._openings = Openings(store)

    def pages(self) -> Iterator[Document]:
        """Every page that was read, with its column and the date that its list gives it."""
        for stored in self._store.documents("site"):
            document = self._shelf.place(stored)
            self._site.add(document)
            self._openings.add(normalise(document.url), document.title, document.text[:_OPENING])
            self._dating.add(document)
            self._policies.add(document)
            self._interactions.add(document)
            if is_article(document):
                published = document.published.date() if document.published else None
                self._disclosure.hear_of(document.title, document.url, published)
            yield document

    def links(self) -> Iterator[LinkSummary]:
        """Every distinct target, those on the site with the title of their page; `tally` counts them."""
        for title, published in self._shelf.titles():
            self._site.hear_of(title, published)
        for listing in self._shelf.listings:
            for row in listing.rows.values():
                published = row.published.date() if row.published else None
                self._interactions.hear_of(row.title, row.url, published)
                self._disclosure.hear_of(row.title, row.url, published)
        links = summaries(self._config, self._store, "site")
        for link in self.tally.watch(titled(links, self._openings.get)):
            self._site.hear_of(link.text, None)
            yield link

    def columns(self) -> list[ColumnReading]:
        """The configured columns, in their order."""
        dates = self._site.dates
        return [
            replace(column_reading(listing, dates, self._as_of), seen=self._seen) for listing in self._shelf.listings
        ]

    def articles(self) -> Iterator[ColumnDates | Interpretation]:
        """The dates of each column's articles, and interpretations with the documents that they explain."""
        yield from self._dating.readings()
        yield from self._policies.readings()

    def exchanges(self, site: SiteReading) -> Iterator[Exchange]:
        """Letters, consultations and interviews, and the entrances of the home page."""
        yield from entrances(site)
        yield from self._interactions.exchanges()

    def explained(self) -> Explained | None:
        """How many policies are explained."""
        return self._policies.explained(self._as_of)

    def promises(self, readings: Sequence[ColumnReading], site: SiteReading) -> Iterator[Promise]:
        """What the catalogue says is to be disclosed, as it stands."""
        addresses = {normalise(entry.url) for entry in self._disclosure.entries if entry.url}
        pages = {one: found[0] for one in addresses if (found := self._openings.get(one))}
        yield from self._disclosure.promises(readings, pages, whole=site.complete)

    def site(self, home: MaxAge | None, problems: Sequence[Problem], *, complete: bool) -> SiteReading:
        """The site as a whole. home: the limit of its home page; complete: the crawl came to its end."""
        reading = self._site.reading(self._as_of, complete=complete and whole(problems, self._site.pages))
        newest = reading.newest_home
        if newest and home and home.exceeded(newest, self._as_of):
            # What the home page has shown since that crawl is not known, nor what lies behind links not read yet.
            later = self._seen is not None and not home.exceeded(newest, self._seen)
            if later or not complete:
                return replace(reading, newest_home=None)
        return reading


def whole(problems: Sequence[Problem], pages: int) -> bool:
    """Whether so much of the site was read that what was not found can be said not to be there."""
    unread = [problem for problem in problems if not problem.excused]
    return len(unread) * _UNREAD < pages and not any(problem.code in CRAWL_ENDS for problem in unread)
