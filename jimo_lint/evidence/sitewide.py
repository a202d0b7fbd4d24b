"""Gathers what the whole site shows - home page, metas, footers, dates, annual reports - as its pages stream by."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from jimo_lint.evidence.annual_reports import calls_itself_report
from jimo_lint.evidence.standards import PAGE_METAS
from jimo_lint.model import Document, MetaCount, PageClass, PostState, SiteReading
from jimo_lint.network.address import normalise
from jimo_lint.settings.sections import Site

_SAMPLES = 5
# Addresses of second-level pages and what they lead to; a home page that is a navigation leads to a few dozen.
_SECOND_LEVEL = 300
_REPORTS = 2000


@dataclass(slots=True)
class SiteTally:
    """Counts as pages stream by; what is kept of a page is an address, a date and at most a title.

    The home page comes early in a crawl, so its second-level pages are known when they stream by; what comes
    before it is kept until then.
    """

    site: Site
    home: Document | None = None
    pages: int = 0
    articles: int = 0
    footers: dict[str, str] = field(default_factory=dict)
    dates: dict[str, date] = field(default_factory=dict)
    _metas: Counter[tuple[str, str]] = field(default_factory=Counter)
    _classes: Counter[str] = field(default_factory=Counter)
    _samples: defaultdict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    _early: dict[str, list[str]] = field(default_factory=dict)
    _seconds: set[str] = field(default_factory=set)
    _beyond: set[str] = field(default_factory=set)
    _reports: dict[str, date | None] = field(default_factory=dict)

    def add(self, document: Document) -> None:
        """Look at one page."""
        self.pages += 1
        kind = document.page_facts.page_class
        key = normalise(document.url)
        if kind is PageClass.HOME and self.home is None:
            self.home = document
            self._seconds = set(_linked(document, _SECOND_LEVEL))
            for early in self._seconds & self._early.keys():
                self._beyond.update(self._early[early])
            self._early.clear()
        elif self.home is None and len(self._early) < _SECOND_LEVEL:
            self._early[key] = list(_linked(document, _SECOND_LEVEL))
        elif key in self._seconds:
            self._beyond.update(_linked(document, _SECOND_LEVEL))
        if kind is PageClass.ARTICLE:
            self.articles += 1
        if document.published:
            self.dates[key] = document.published.date()
        for name, value in document.page_facts.footer.items():
            self.footers.setdefault(name, value)
        if kind and kind in PAGE_METAS and document.state is PostState.OK:
            self._count_metas(kind, document)
        self.hear_of(document.title, document.published.date() if document.published else None)

    def hear_of(self, title: str, published: date | None) -> None:
        """Note a page, list row or link by its title where it calls itself an annual report."""
        if len(self._reports) < _REPORTS and calls_itself_report(title):
            self._reports[title] = published or self._reports.get(title)

    def _count_metas(self, kind: PageClass, document: Document) -> None:
        self._classes[kind] += 1
        for name in PAGE_METAS[kind]:
            if not document.metas.get(name.lower(), "").strip():
                self._metas[kind, name] += 1
                if len(self._samples[kind, name]) < _SAMPLES:
                    self._samples[kind, name].append(document.url)

    def reading(self, as_of: date, *, complete: bool = True) -> SiteReading:
        """The reading. The home page is as new as the newest article it links to; where it links to none and the
        crawl is complete, as the newest that its second-level pages link to."""
        newest = self._newest(_linked(self.home, None), as_of) if self.home else None
        second = newest is None and complete
        if second:
            newest = self._newest({*self._seconds, *self._beyond}, as_of)
        return SiteReading(
            name=self.site.name,
            id_code=self.site.id_code,
            home=self.home,
            newest_home=newest,
            pages=self.pages,
            articles=self.articles,
            metas=self.home.metas if self.home else {},
            footers=self.footers,
            second_level=second and newest is not None,
            lacking=tuple(
                MetaCount(kind, name, self._metas[kind, name], self._classes[kind], tuple(self._samples[kind, name]))
                for kind, names in PAGE_METAS.items()
                for name in names
                if self._metas[kind, name]
            ),
            reports=tuple(self._reports.items()),
            complete=complete,
        )

    def _newest(self, addresses: Iterable[str], as_of: date) -> date | None:
        """The newest date among these articles; one in the future is a slip or a forgery and no update.

        Where most lie ahead it is the clock of this machine that is wrong, or an old day that is asked about: the
        few that do not are no proof that the page stood still.
        """
        dates = [self.dates[address] for address in addresses if address in self.dates]
        past = [day for day in dates if day <= as_of + timedelta(days=1)]
        return max(past, default=None) if len(past) * 2 >= len(dates) else None


def _linked(document: Document, most: int | None) -> Iterator[str]:
    links = [link for link in document.links if link.kind == "page"]
    for link in links[:most]:
        yield normalise(link.url)
