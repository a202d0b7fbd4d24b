"""Reads single pages on the web for `check`: what a crawl would read of them, judged like drafts, kept nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from jimo_lint.crawl import again
from jimo_lint.domains import netloc
from jimo_lint.errors import InputError
from jimo_lint.evidence.readings import Listing, Shelf
from jimo_lint.model import Document, Problem, ProblemCode, unreadable
from jimo_lint.network.address import normalise
from jimo_lint.settings.config import Config


def read(addresses: Sequence[str], config: Config, as_of: date) -> Iterator[Document | Problem]:
    """The pages at these addresses, masked, each once; a Problem for each that shows none. Once a process.

    A redirect is followed to the hosts of the addresses themselves and those of the configuration. Links are not
    asked, and of what only a whole site tells (its lists, other pages) nothing is known.
    """
    wanted: dict[str, None] = {}
    for address in addresses:
        try:
            wanted[again.canonical(address)] = None
        except InputError as fault:
            yield unreadable(fault)
    hosts = tuple(dict.fromkeys([*config.site.hosts, *map(netloc, wanted)]))
    answers = again.ask(config, hosts, [again.page(url) for url in wanted], as_of=as_of)
    columns = tuple(Listing(column, (), {}) for column in config.columns)
    shelf = Shelf(columns, frozenset(normalise(url) for url in config.site.start), as_of)
    given: set[str] = set()
    for url in wanted:
        sight = answers.sight(url)
        document = sight.visit.document if sight.visit and not sight.why else None
        if document is None:
            yield Problem(ProblemCode.UNSEEN, url, {"why": sight.why})
        elif document.id not in given:
            given.add(document.id)
            yield shelf.place(document)
    yield from answers.notes
