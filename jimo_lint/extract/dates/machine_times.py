"""Reads the times that machines write, in exports and in metas: text, yyyyMMdd numbers, Excel serials, Unix seconds."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

from jimo_lint.language.expressions import compiled
from jimo_lint.model.terms import CHINA

# Nothing was published before there were sites; what says so is a slip (0001-01-01, 1900-01-00) and no time.
_YEARS = range(1990, 2100)
_EXCEL_ZERO = datetime(1899, 12, 30)
EXCEL_ZERO_1904 = datetime(1904, 1, 1)  # of workbooks that were made on a Mac
_NOON = "凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|AM|PM"
_TEXT = compiled(
    r"\s*+(?P<year>\d{4})\s*+[-/.年]\s*+(?P<month>\d{1,2})\s*+[-/.月]\s*+(?P<day>\d{1,2})\s*+[日号]?"
    rf"(?:\s*+[T,，(（]?\s*+(?:(?:星期|周)[一二三四五六日天][)）]?\s*+)?(?P<noon>{_NOON})?\s*+(?P<hour>\d{{1,2}})\s*+"
    r"(?:[:：∶时点]\s*+(?P<minute>\d{1,2})\s*+分?(?:\s*+[:：∶]?\s*+(?P<second>\d{1,2})(?:\.\d+)?\s*+秒?)?|[时点](?:整|(?P<half>半))?)"
    r"\s*+(?P<after>AM|PM)?\s*+(?P<zone>Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?\s*+(?:[(（]?(?:星期|周)[一二三四五六日天][)）]?)?\s*+"
)
# Orders and years that Chinese writers and the programs in their offices use beside the full ones: 26-12-01 is year,
# month, day; 12/01/2026 is what Excel shows where the system is set to English, American or British.
_BRIEF = compiled(r"(\d\d)([-/.年])(\d{1,2})(?:\2|(?<=\d)月)(\d{1,2})(?!\d)(.*)")
_YEAR_LAST = compiled(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)(.*)")
_NAMED = compiled(r"(?:[A-Z][a-z]{2,8},? )?([A-Z][a-z]{2,8})\.? (\d{1,2}),? (\d{4})(?!\d)(.*)")
_NAMED_BEHIND = compiled(r"(?:[A-Z][a-z]{2,8},? )?(\d{1,2})[ -]([A-Z][a-z]{2,8})\.?[ -](\d{4})(?!\d)(.*)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LAST_BRIEF = 49
# Full-width forms and the dashes that input methods put for a hyphen; the digits themselves are digits to `re`.
_NARROW = {number: chr(number - 0xFEE0) for number in range(0xFF01, 0xFF5F)} | dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
_CHINESE = compiled(
    r"([〇零○一二三四五六七八九]{4})年(十[一二]?|[一二三四五六七八九])月([二三]?十[一二三四五六七八九]?|[一二三四五六七八九])日"
)
_DIGITS = {character: place for place, character in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
_COMPACT = compiled(r"(\d{4})(\d\d)(\d\d)[ T](\d{1,2}:\d\d(?::\d\d)?)")
_CLOCK = compiled(r"(\d{1,2})\s*[:：∶时点]\s*(\d{1,2})(?:\s*[:：∶分].*)?")
_MEANT_CHINA = compiled(r"\bCST\b")
_BEFORE_SHIFT = compiled(r"\b(?:GMT|UTC)\s?(?=[+-]\d)")
_NUMBER = compiled(r"\d+(?:\.\d+)?")


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
    if not text.isascii():
        text = _CHINESE.sub(_in_digits, text.translate(_NARROW))
    if _NUMBER.fullmatch(text):
        return _number(float(text), text)
    if _YEAR_LAST.fullmatch(text):
        ways = set(both_ways(text)) - {None}
        return ways.pop() if len(ways) == 1 else None
    if compact := _COMPACT.fullmatch(text):
        text = f"{compact[1]}-{compact[2]}-{compact[3]} {compact[4]}"
    found = _TEXT.fullmatch(_in_order(text))
    return _written(found) if found else _mail(text)


def both_ways(value: object) -> tuple[datetime | None, datetime | None]:
    """12/01/2026 with the month first and with the day first, None where that is no day; of all else nothing."""
    found = _YEAR_LAST.fullmatch(value.strip().lstrip("'’").translate(_NARROW)) if isinstance(value, str) else None
    if not found:
        return None, None
    one, other, year, rest = found[1], found[3], found[4], found[5]
    return parse(f"{year}-{one}-{other}{rest}"), parse(f"{year}-{other}-{one}{rest}")


def at(moment: datetime | None, clock: object) -> datetime | None:
    """The moment of a day and a time of day that stand in cells of their own; the day alone where that is no time."""
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


def _in_order(text: str) -> str:
    """A day in another order or with a year of two digits, as year, month and day; all else as it is."""
    if found := _BRIEF.fullmatch(text):
        year = int(found[1])
        # As for pages: there were no sites before the nineties.
        century = "19" if year >= 90 else "20" if year <= _LAST_BRIEF else ""
        return f"{century}{found[1]}-{found[3]}-{found[4]}{found[5]}" if century else text
    if found := _NAMED.fullmatch(text):
        month, day, year_written = found[1], found[2], found[3]
    elif found := _NAMED_BEHIND.fullmatch(text):
        day, month, year_written = found[1], found[2], found[3]
    else:
        return text
    number = month_of(month)
    return f"{year_written}-{number}-{day}{found[4]}" if number else text


def month_of(name: str) -> int:
    """The number of the month with this English name, in full or in short; 0 for no month."""
    start = name[:3].lower()
    return _MONTHS.index(start) + 1 if start in _MONTHS else 0


def _in_digits(found: re.Match[str]) -> str:
    """A day in Chinese numbers, as 2026-11-24."""
    year = "".join(str(_DIGITS[character]) for character in found[1])
    return f"{year}-{_small(found[2]):02}-{_small(found[3]):02}"


def _small(text: str) -> int:
    """A number below 100 in Chinese."""
    tens, ten, ones = text.rpartition("十")
    return (_DIGITS[tens or "一"] * 10 if ten else 0) + (_DIGITS[ones] if ones else 0)


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
    noon = part["noon"] or part["after"]
    if (noon in ("下午", "傍晚", "晚上", "PM") and hour < 12) or (noon == "中午" and hour < 11):
        hour += 12
    elif noon in ("凌晨", "上午", "AM") and hour == 12:
        hour = 0
    if int(part["year"]) not in _YEARS:
        return None
    try:
        moment = datetime(
            int(part["year"]),
            int(part["month"]),
            int(part["day"]),
            hour,
            int(part["minute"] or (30 if part["half"] else 0)),
            int(part["second"] or 0),
        )
    except ValueError:
        return None
    if not part["zone"]:
        return moment
    zone = "+0000" if part["zone"].isalpha() else part["zone"].replace(":", "").ljust(5, "0")
    shift = timedelta(hours=int(zone[:3]), minutes=int(zone[0] + zone[3:]))
    return moment - shift + timedelta(hours=8)


def _mail(text: str) -> datetime | None:
    """`Sun, 22 Nov 2026 08:00:00 GMT`, as RSS has it; `Thu Nov 05 10:00:00 CST 2026`, as Java prints dates."""
    # Known to the mail of 1982 alone: CST as Chicago's time, and a zone that is not behind letters (GMT+0800).
    text = _MEANT_CHINA.sub("+0800", _BEFORE_SHIFT.sub("", text))
    try:
        from email.utils import parsedate_to_datetime  # slow to load, and no draft has such a time

        moment = parsedate_to_datetime(text)
    except (ValueError, IndexError, TypeError):
        return None
    # parsedate_to_datetime reads `-0000` and a missing zone as naive; one is UTC, the other the writer's own clock.
    zone = moment.tzinfo or (UTC if "-0000" in text else CHINA)
    return moment.replace(tzinfo=zone).astimezone(CHINA).replace(tzinfo=None) if moment.year in _YEARS else None
