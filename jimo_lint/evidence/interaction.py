"""Gathers what a site's columns of interaction show, as pages stream by; what they say is read by two tallies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from jimo_lint.evidence.consultations import ConsultationTally
from jimo_lint.evidence.exchanges import ExchangeTally, channel_of
from jimo_lint.evidence.readings import Listing
from jimo_lint.model import Document
from jimo_lint.model.exchanges import Channel, Exchange, Reply
from jimo_lint.model.publishing import Allowance
from jimo_lint.settings.config import Config

# Until when a result is to be published is not the same everywhere (see rule C153): about six weeks.
_RESULT = Allowance(30, "wd")


@dataclass(frozen=True, slots=True)
class Interactions:
    """Letters and interviews, and consultations."""

    letters: ExchangeTally
    consultations: ConsultationTally

    @classmethod
    def of(cls, config: Config, listings: Sequence[Listing], as_of: date) -> Interactions:
        """For these columns, by the limits of the configuration."""
        known = {listing.column.id: listing for listing in listings}
        own = config.interaction
        calendar = (config.holidays, config.workdays)
        return cls(
            ExchangeTally(known, as_of, own.reply if own else None, calendar),
            ConsultationTally(known, as_of, (own.result if own else None) or _RESULT, calendar),
        )

    def add(self, document: Document) -> None:
        """Look at one page."""
        self.letters.add(document)
        self.consultations.add(document)

    def hear_of(self, title: str, url: str, day: date | None) -> None:
        """A row of a list."""
        self.consultations.hear_of(title, url, day)

    def exchanges(self) -> Iterator[Exchange]:
        """All, as they stand; of what no column is configured for, that nobody looked at it."""
        known = {channel_of(listing.column) for listing in self.letters.listings.values()}
        for channel in (Channel.MAILBOX, Channel.CONSULTATION):
            if channel not in known:
                note = f"配置里没有{channel.label}类的栏目，未查"
                yield Exchange(channel, channel.label, "", Reply.UNKNOWN, note=note)
        yield from self.letters.mailboxes()
        yield from self.consultations.exchanges()
        yield from self.letters.interviews()
