"""Counts by weeks what came in, what was answered, and what was open and overdue at the end of each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from jimo_lint.model.requests import RequestResult, Standing, Week

# A quarter of a year.
WEEKS = 13


def weeks(results: Iterable[RequestResult], as_of: date) -> tuple[Week, ...]:
    """The last weeks up to a day, oldest first; the last one as far as it has come.

    Rows that cannot be judged, and what is closed without a day, are left out: nobody knows when they were open.
    """
    judged = [one for one in results if one.standing not in (Standing.UNKNOWN, Standing.CLOSED)]
    monday = as_of - timedelta(days=as_of.weekday() + 7 * (WEEKS - 1))
    return tuple(_week(judged, monday + timedelta(days=7 * number), as_of) for number in range(WEEKS))


def _week(results: Iterable[RequestResult], monday: date, as_of: date) -> Week:
    sunday = min(monday + timedelta(days=6), as_of)
    received = answered = still = overdue = 0
    for one in results:
        came, went = one.request.received, one.request.answered
        if came is None or came > sunday:
            continue
        received += came >= monday
        answered += went is not None and monday <= went <= sunday
        if went is None or went > sunday:
            still += 1
            overdue += one.due is not None and one.due.day < sunday
    return Week(monday, received, answered, still, overdue)
