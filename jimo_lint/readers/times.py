"""Reads the times that exports write: text, yyyyMMdd numbers, Excel serials, Unix seconds."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime

from jimo_lint.model.terms import CHINA

_EXCEL_ZERO = datetime(1899, 12, 30)
_TEXT = re.compile(
    r"\s*+(?P<year>\d{4})\s*+[-/.年]\s*+(?P<month>\d{1,2})\s*+[-/.月]\s*+(?P<day>\d{1,2})\s*+日?"
    r"(?:\s*+[T,，(（]?\s*+(?:(?:星期|周)[一二三四五六日天][)）]?\s*+)?(?P<noon>上午|下午|AM|PM)?\s*+"
    r"(?P<hour>\d{1,2})\s*+[:：∶时点]\s*+(?P<minute>\d{1,2})\s*+分?(?:\s*+[:：∶]?\s*+(?P<second>\d{1,2})(?:\.\d+)?\s*+秒?)?"
    r"\s*+(?P<zone>Z|[+-]\d{2}:?\d{2})?)?\s*+(?:[(（]?(?:星期|周)[一二三四五六日天][)）]?)?\s*+"
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)[ T](\d{1,2}:\d\d(?::\d\d)?)")
_CLOCK = re.compile(r"(\d{1,2})\s*[:：∶时点]\s*(\d{1,2})(?:\s*[:：∶分].*)?")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def parse(value: object) -> datetime | None:
    """Naive China standard time; None where the value is no time. Never guesses a year or a day."""
    if isinstance(value, datetime):
        return value.astimezone(CHINA).replace(tzinfo=None) if value.tzinfo else value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _number(float(value))
    text = str(value).strip().lstrip("'’")
    if _NUMBER.fullmatch(text):
        return _number(float(text), text)
    if compact := _COMPACT.fullmatch(text):
        text = f"{compact[1]}-{compact[2]}-{compact[3]} {compact[4]}"
    found = _TEXT.fullmatch(text)
    return _written(found) if found else _mail(text)


def of_day(day: object, clock: object) -> datetime | None:
    """The moment of a day and a time of day that stand in cells of their own; the day alone where that is no time."""
    moment = parse(day)
    if moment is None:
        return None
    if isinstance(clock, time):
        return datetime.combine(moment.date(), clock)
    found = _CLOCK.fullmatch(str(clock or "").strip())
    try:
        return moment.replace(hour=int(found[1]), minute=int(found[2])) if found else moment
    except ValueError:
        return moment


def epoch(seconds: float) -> datetime | None:
    """Naive China standard time of Unix seconds; None outside 2000 to 2100."""
    if not 946_684_800 <= seconds < 4_102_444_800:
        return None
    return datetime.fromtimestamp(seconds, CHINA).replace(tzinfo=None)


def _number(value: float, text: str = "") -> datetime | None:
    digits = text or (str(int(value)) if value == int(value) else "")
    if len(digits) in (8, 12, 14) and digits[:2] in ("19", "20"):
        try:
            return datetime.strptime(digits, {8: "%Y%m%d", 12: "%Y%m%d%H%M", 14: "%Y%m%d%H%M%S"}[len(digits)])
        except ValueError:
            return None
    # Excel serials of 2000-01-01 to 2099-12-31; whole seconds, as the fraction of a day is rounded in the file.
    if 36526 <= value < 73051:
        return _EXCEL_ZERO + timedelta(seconds=round(value * 86400))
    return epoch(value) or epoch(value / 1000)


def _written(found: re.Match[str]) -> datetime | None:
    part = found.groupdict()
    hour = int(part["hour"] or 0)
    if part["noon"] in ("下午", "PM") and hour < 12:
        hour += 12
    elif part["noon"] in ("上午", "AM") and hour == 12:
        hour = 0
    # Nothing was published before there were sites; what says so is a slip (0001-01-01, 1900-01-00) and no time.
    if not 1990 <= int(part["year"]) < 2100:
        return None
    try:
        moment = datetime(
            int(part["year"]),
            int(part["month"]),
            int(part["day"]),
            hour,
            int(part["minute"] or 0),
            int(part["second"] or 0),
        )
    except ValueError:
        return None
    if not part["zone"]:
        return moment
    zone = "+0000" if part["zone"] == "Z" else part["zone"].replace(":", "")
    shift = timedelta(hours=int(zone[:3]), minutes=int(zone[0] + zone[3:]))
    return moment - shift + timedelta(hours=8)


def _mail(text: str) -> datetime | None:
    """`Sun, 22 Nov 2026 08:00:00 GMT`, as RSS has it."""
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, IndexError, TypeError):
        return None
    # parsedate_to_datetime reads `-0000` and a missing zone as naive UTC.
    return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(CHINA).replace(tzinfo=None)
