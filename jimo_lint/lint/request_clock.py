"""Reckons the time limits of a request for government information: pure functions of days.

The articles are those of 《政府信息公开条例》 (2019). In all of them the day on which a limit begins is not counted.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from jimo_lint.model import workdays
from jimo_lint.model.requests import Clock, Request, Term

# Working days: 33条 (an answer, and its extension), 30条 (asking for a correction), 32条 (a third party's opinion).
ANSWER, EXTENSION, CORRECTION, THIRD_PARTY = 20, 20, 7, 15
# Since then there is the regulation.
FIRST_DAY = date(2008, 5, 1)


class Calendar(NamedTuple):
    """The office's own days off and of work, which the State Council's arrangement is not asked about."""

    holidays: Collection[date] = ()
    workdays: Collection[date] = ()


NATIONAL = Calendar()


def term(start: date, days: int, calendar: Calendar = NATIONAL) -> Term:
    """The day by which `days` working days have passed after `start`."""
    due = workdays.due(start, days, *calendar)
    if due.certain:
        return Term(due.day, due.day)
    known, year = start, start.year
    while workdays.published(year) and date(year, 12, 31) < due.day:
        known, year = date(year, 12, 31), year + 1
    passed, _ = workdays.until(start, known, *calendar)
    # Behind the last year that is published each day might be one of work.
    return Term(due.day, known + timedelta(days=days - passed), False)


def reckon(request: Request, as_of: date, calendar: Calendar = NATIONAL) -> Clock | None:
    """The limits of a request as of a day; None without a day of receipt.

    A correction begins the limit anew on the day it is received (30条). A third party's time does not count (33条),
    from the day it is asked up to the day of its opinion, yet no more than the fifteen working days after which the
    office decides without it (32条). An extension counts where the applicant was told of it within the limit, up to
    twenty working days; told later, it is none.
    """
    if request.received is None:
        return None
    correct_by = term(request.received, CORRECTION, calendar)
    if request.correction_asked and not (request.corrected or request.answered):
        return Clock(request.received, correct_by, waiting="correction")
    begun = request.corrected or request.received
    third = _third_party(request, begun, calendar)
    base = _limit(begun, ANSWER, request, third, calendar)
    told = request.extended is not None
    late = request.extended is not None and base.certain and request.extended > base.day
    extension = min(written_extension(request, base, calendar) or EXTENSION, EXTENSION) if told and not late else 0
    due = _limit(begun, ANSWER + extension, request, third, calendar)
    if extension and not base.certain:  # whether it was told in time is not known either
        due = replace(due, earliest=base.earliest)
    counted = third if _asked_by(request, term(begun, ANSWER + extension, calendar)) else None
    waited_for = counted and not (request.third_replied or request.answered) and as_of <= counted.by.day
    return Clock(
        begun,
        correct_by,
        base,
        due,
        third.by if third else None,
        counted.days if counted else 0,
        extension,
        late,
        "third" if waited_for else "",
    )


class _Third(NamedTuple):
    """A third party that is asked: by when it has to answer, the working days that do not count, whether these are
    certain."""

    by: Term
    days: int
    certain: bool


def _third_party(request: Request, begun: date, calendar: Calendar) -> _Third | None:
    """While it is waited for, all the time that it has: before that nothing is due."""
    asked = request.third_asked
    if asked is None:
        return None
    by = term(asked, THIRD_PARTY, calendar)
    ends = [day for day in (by.day, request.third_replied) if day]
    if request.answered and not request.third_replied:
        ends.append(max(request.answered, asked))
    return _Third(by, *workdays.until(max(asked, begun), min(ends), *calendar))


def _asked_by(request: Request, limit: Term) -> bool:
    return request.third_asked is not None and request.third_asked <= limit.day


def _limit(begun: date, days: int, request: Request, third: _Third | None, calendar: Calendar) -> Term:
    """So many working days after `begun`, and those of a third party that was asked before they had passed."""
    plain = term(begun, days, calendar)
    if third is None or not _asked_by(request, plain):
        return plain
    longer = term(begun, days + third.days, calendar)
    return longer if third.certain else Term(longer.day, plain.earliest, False)


def written_extension(request: Request, base: Term, calendar: Calendar = NATIONAL) -> int | None:
    """Working days of an extension as the ledger has them, however many; None where it does not say."""
    if request.extension is not None:
        return request.extension
    if request.extended_to is not None and request.extended_to > base.day:
        return workdays.until(base.day, request.extended_to, *calendar)[0]
    return None
