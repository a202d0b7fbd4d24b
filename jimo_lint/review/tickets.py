"""Puts error reports by the public in order: by when each is to be answered, and how late it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from jimo_lint.model import Deadlines
from jimo_lint.model.profiles import ReplyTerm
from jimo_lint.model.tickets import Check, Ticket, TicketResult
from jimo_lint.model.workdays import Due, due, late, until

_LAST = date.max


class Clock(NamedTuple):
    """As in `TicketResult`."""

    due: date | None = None
    certain: bool = True
    left: int | None = None
    late: int | None = None


def clock(ticket: Ticket, term: ReplyTerm, calendar: Deadlines, as_of: date) -> Clock:
    """When a report is to be answered, and how that stands on a day; a day that the export sets is as it says."""
    off, on = calendar.holidays, calendar.workdays
    if ticket.limit:
        last = Due(ticket.limit)
    elif ticket.received:
        last = due(ticket.received, term.days, off, on)
    else:
        return Clock()
    if ticket.answered:
        over = None if ticket.closed is None else late(last.day, ticket.closed, off, on)
        return Clock(last.day, last.certain, late=over)
    over = late(last.day, as_of, off, on) if as_of > last.day else 0
    # On days off behind the last day nothing more is lost, but it is over all the same.
    left = -max(over, 1) if as_of > last.day else until(as_of, last.day, off, on)[0]
    return Clock(last.day, last.certain, left)


def newest(checks: Iterable[Check]) -> Check | None:
    """Of several looks at one report that which saw the latest state; a later one of the same day counts."""
    best: Check | None = None
    for one in checks:
        if best is None or (one.day or date.min) >= (best.day or date.min):
            best = one
    return best


def ordered(results: Iterable[TicketResult]) -> tuple[TicketResult, ...]:
    """Overdue ones first, those that are most so before others; then those of which no day is known, then by day."""
    return tuple(sorted(results, key=_order))


def _order(one: TicketResult) -> tuple[int, date, str]:
    if one.ticket.answered:
        day = one.ticket.received or one.due or _LAST
        return 3, date.fromordinal(_LAST.toordinal() - day.toordinal() + 1), one.ticket.number
    if one.left is not None and one.left < 0:
        return 0, one.due or _LAST, one.ticket.number
    return (1 if one.due is None else 2), one.due or _LAST, one.ticket.number
