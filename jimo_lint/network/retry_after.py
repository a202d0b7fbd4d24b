"""Reads `Retry-After`, with which a server says when to come back."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

# Seconds to wait where a server says that it is asked too often, and not for how long.
PAUSE = 2.0
# A server that asks to wait longer than this many seconds is left for another run.
MAX_RETRY_AFTER = 10.0


def seconds_to_wait(header: str) -> float | None:
    """Seconds, from a number of them or a date (RFC 9110 §10.2.3); None where it is neither."""
    header = header.strip()
    if header.isascii() and header.isdigit():
        return float(header[:9])
    try:
        moment = parsedate_to_datetime(header)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max((moment - datetime.now(UTC)).total_seconds(), 0.0)
