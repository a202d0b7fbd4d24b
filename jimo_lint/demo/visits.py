"""Writes the timed visits that `jimo-lint probe` would have made of the demo site in the week before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from jimo_lint.demo.source import data
from jimo_lint.model import Probe
from jimo_lint.model.terms import CHINA
from jimo_lint.store import visits

_DAYS, _HOURS = 7, 24


def write_visits(path: Path, base_url: str, as_of: date) -> None:
    """One visit an hour for a week, in place of those of an earlier demo."""
    path.unlink(missing_ok=True)
    visits.append(path, _visits(f"{base_url.rstrip('/')}/", as_of))


def _visits(url: str, as_of: date) -> Iterator[Probe]:
    """All quick but those of the truth file; the last ones are of the day of the inspection."""
    planted = {row["number"]: row for row in data("truth")["visit"]}
    first = datetime.combine(as_of - timedelta(days=_DAYS - 1), time(), CHINA).astimezone(UTC)
    for number in range(_DAYS * _HOURS):
        row = planted.get(number, {})
        yield Probe(
            url=url,
            at=first + timedelta(hours=number),
            seconds=row.get("seconds", 0.6),
            status=row.get("status", 200),
            reason=row.get("reason", "ok"),
            offline=row.get("offline", False),
        )
