"""Tells of findings what the store knows of them, in the terms of a day: how they stand, and by when to be mended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from types import MappingProxyType

from jimo_lint.model import Conflict, Deadlines, Decision, History, Opinion, Severity
from jimo_lint.model.families import family
from jimo_lint.model.workdays import Due, due, late
from jimo_lint.review.effect import is_over
from jimo_lint.store.runs import Life


class Clock:
    """By when findings are to be mended, and how late they are on a day. Each question is answered once: few differ."""

    def __init__(self, day: date, deadlines: Deadlines) -> None:
        self._day = day
        self._own = deadlines
        self._due = cache(due)
        self._late = cache(late)

    def limit(self, since: date, days: int | None, decision: Decision | None, put_off: date | None) -> Due | None:
        """The last day; None where there is none. days: working days by the standard, None where it has no limit.

        It is that which a reviewer set, or until which it was put off; else it runs from the day on which it was
        confirmed, or from `since`.
        """
        if chosen := decision.due if decision else put_off:
            return Due(chosen)
        if days is None:
            return None
        start = max(since, decision.day) if decision and decision.opinion is Opinion.CONFIRMED else since
        return self._due(start, days, self._own.holidays, self._own.workdays)

    def late(self, last: date) -> int:
        """Working days since the last day."""
        return self._late(last, self._day, self._own.holidays, self._own.workdays)


class Historian:
    """Of one inspection. effects: what was decided of its findings and is in force on the day, by fingerprint; lapsed:
    the last days of those that were put off until then."""

    def __init__(
        self,
        day: date,
        deadlines: Deadlines,
        effects: Mapping[str, Decision | Conflict],
        lapsed: Mapping[str, date] = MappingProxyType({}),
    ) -> None:
        self._day = day
        self._deadlines = deadlines
        self._effects = effects
        self._lapsed = lapsed
        self._clock = Clock(day, deadlines)
        self._alike: dict[tuple[object, ...], History] = {}

    def history(self, life: Life, severity: Severity, places: int = 1, clean: int = 0) -> History:
        """Of one finding. Its clock runs from the day that it was confirmed on, else from that it was first seen on.

        Those of which nothing was decided are alike by the thousand: they share one history.
        """
        if life.fingerprint in self._effects or life.fingerprint in self._lapsed:
            return self._history(life, severity, places, clean)
        key = (life.state, life.code, severity, life.first_seen, life.since, life.returns, places, clean)
        if (known := self._alike.get(key)) is None:
            known = self._alike[key] = self._history(life, severity, places, clean)
        return known

    def _history(self, life: Life, severity: Severity, places: int, clean: int) -> History:
        given = self._effects.get(life.fingerprint)
        decision = given if isinstance(given, Decision) and not is_over(given, life.since, life.returns) else None
        days = self._deadlines.days(family(life.code).term, severity)
        limit = self._clock.limit(life.since, days, decision, self._lapsed.get(life.fingerprint))
        waits = decision is not None and decision.opinion is Opinion.DEFERRED
        counts = not waits and not life.state.gone
        return History(
            state=life.state,
            first_seen=life.first_seen,
            since=life.since,
            days=max((self._day - life.since).days, 0),
            due=limit.day if limit else None,
            certain=limit.certain if limit else True,
            overdue=self._clock.late(limit.day) if limit and counts else 0,
            returns=life.returns,
            places=places,
            clean=clean,
            decision=decision,
            disputed=isinstance(given, Conflict),
        )
