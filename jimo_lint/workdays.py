"""Counts working days by the State Council's yearly holiday arrangements (放假安排), make-up workdays included."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a time limit. certain: false where a year's arrangement is not known yet (it is published in
    November of the year before), so that the days were counted from Monday to Friday.
    """

    day: date
    certain: bool = True


def due(start: date, days: int) -> Due:
    """The day by which `days` working days have passed after `start`, which itself is not counted."""
    day, left, certain = start, days, True
    while left:
        day += timedelta(days=1)
        known = _is_workday(day)
        certain = certain and known is not None
        left -= day.weekday() < _SATURDAY if known is None else known
    return Due(day, certain)


def _is_workday(day: date) -> bool | None:
    """None where the library does not have the year."""
    from chinese_calendar import is_workday  # only where a deadline is printed

    try:
        return bool(is_workday(day))
    except NotImplementedError:
        return None
