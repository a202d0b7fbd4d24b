"""Reads dates with the months' English names: Nov 25, 2026; 25-Nov-2026; Wed Nov 25 10:00:00 CST 2026."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from jimo_lint.extract.dates import machine_times, text_dates

NAMES = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_MONTH, _ZONE = rf"(?P<month>{NAMES})", r"(?:[A-Z]{3,4}|GMT\+08:00)"
_FORMS = tuple(
    re.compile(form, re.I)
    for form in (
        rf"\b{_MONTH}\.?\s{{1,3}}(?P<day>{_DAY}),?\s{{1,3}}{_YEAR}",
        rf"(?<!\d)(?P<day>{_DAY})(?:\s{{1,3}}|[./]){_MONTH}(?:[.,]?\s{{1,3}}|[./]){_YEAR}",
        rf"(?<!\d)(?P<day>\d{{1,2}})-{_MONTH}-(?P<year>(?:19|20)?\d\d)(?![\d-])",
        # As Java writes a date that nobody gave a form.
        rf"\b{_MONTH} (?P<day>\d{{1,2}}) \d\d:\d\d:\d\d {_ZONE} {_YEAR}",
    )
)


def dates(text: str) -> Iterator[tuple[int, int, datetime]]:
    """As `text_dates.dates`: start, end (code points) and moment."""
    for form in _FORMS:
        for found in form.finditer(text):
            year = int(found["year"]) + (2000 if len(found["year"]) < 3 else 0)
            number = int(re.sub(r"\D", "", found["day"]))
            if moment := text_dates.day(year, machine_times.month_of(found["month"]), number):
                yield found.start(), found.end(), moment
