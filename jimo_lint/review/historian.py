"""Tells of findings what the store knows of them, in the terms of a day: how they stand, and by when to be mended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from types import MappingProxyType

from jimo_lint.model import Conflict, Deadlines, Decision, History, Opinion, Severity
from jimo_lint.model.families import family
from jimo_lint.review.effect import is_over
from jimo_lint.store.runs import Life
from jimo_lint.workdays import due, late


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
        self._due = cache(due)
        self._late = cache(late)
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
        own = self._deadlines
        given = self._effects.get(life.fingerprint)
        decision = given if isinstance(given, Decision) and not is_over(given, life) else None
        limit = decision.due if decision else self._lapsed.get(life.fingerprint)
        certain = True
        if limit is None:
            days = own.days(family(life.code).term, severity)
            start = max(life.since, decision.day) if decision and decision.opinion is Opinion.CONFIRMED else life.since
            if days is not None:
                limit, certain = (last := self._due(start, days, own.holidays, own.workdays)).day, last.certain
        waits = decision is not None and decision.opinion is Opinion.DEFERRED
        done = limit is None or waits or life.state.gone
        return History(
            state=life.state,
            first_seen=life.first_seen,
            since=life.since,
            days=max((self._day - life.since).days, 0),
            due=limit,
            certain=certain,
            overdue=0 if done or limit is None else self._late(limit, self._day, own.holidays, own.workdays),
            returns=life.returns,
            places=places,
            clean=clean,
            decision=decision,
            disputed=isinstance(given, Conflict),
        )
