"""Finds dates in the text of pages and addresses; impossible ones are passed over, never raised."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from enum import IntEnum
from functools import lru_cache

from jimo_lint.extract.dates import machine_times

_DASH = r"[-./年‐‑–—−－／．]"
_CLOCK = r"(?:[\sT]{{0,4}}(?P<{0}h>\d{{1,2}})\s?[:：∶]\s?(?P<{0}m>\d{{1,2}})(?:\s?[:：∶]\s?(?P<{0}s>\d{{1,2}}))?)?"
_FULL = (
    r"(?<!\d)(?P<y>(?:19|20)\d\d)\s{0,2}"
    + _DASH
    + r"\s{0,2}(?P<mo>\d{1,2})\s{0,2}[-./月‐‑–—−－／．]\s{0,2}(?P<d>\d{1,2})"
    r"(?!\d)\s?[日号]?" + _CLOCK.format("") + r"(?:(?<=:\d\d)(?:\.\d{1,6})?(?P<z>Z|\+00:?00)(?!\w))?"
)
_COMPACT = r"(?<![\dA-Za-z])(?P<cy>(?:19|20)\d\d)(?P<cmo>0[1-9]|1[0-2])(?P<cd>0[1-9]|[12]\d|3[01])(?!\d)"
_ANY = re.compile(f"{_FULL}|{_COMPACT}")
_SHORT = re.compile(
    r"(?<![\d./-])(?P<mo>\d{1,2})(?:(?P<dash>[-/.])(?P<d>\d{1,2})|\s?月\s?(?P<hd>\d{1,2})\s?(?:日|号(?!文)))(?![\d./-])"
    + _CLOCK.format("")
)
_FULLWIDTH = {0xFF10 + digit: ord("0") + digit for digit in range(10)}
_HAN_DIGITS = {ord(han): str(digit) for digit, han in enumerate("〇一二三四五六七八九")} | {
    ord("○"): "0",
    ord("零"): "0",
    ord("Ｏ"): "0",
    ord("O"): "0",
    ord("o"): "0",
}
_HAN = re.compile(
    r"(?P<y>[一二][〇○零ＯOo0九一二三四五六七八]{3})年(?P<mo>十?[一二三四五六七八九]|[十元])月(?P<d>[一二三]?十?[一二三四五六七八九]|[二三]?十)[日号]"
)
_TWO_DIGITS = re.compile(
    r"(?<![\d./年-])(?P<y>\d\d)(?P<dash>[-./年])(?P<mo>\d{1,2})(?:(?P=dash)|(?<=\d)月)(?P<d>\d{1,2})(?![\d./-])日?"
    + _CLOCK.format("")
)
_LABEL = re.compile(r"(?:日\s{0,6}期|时\s{0,6}间|发[布表]于?)[\]】〗)）]?\s{0,4}[为是]?[:：]?\s{0,8}[\[【（(]?\s{0,4}")
_OLDEST = 1949
_EPOCH = (1970, 1, 1)
# What systems show for no date at all: the zero of Unix, of .NET, of Excel, of MySQL.
_NONE = re.compile(
    r"\D{0,12}(?:(?:1970|0001|1900|1899)[-/.年](?:0?1|12)[-/.月](?:0?1|3[01])日?|0000[-/.]00?[-/.]00?|0?1/0?1/(?:1970|0001|1900))"
    r"(?:[T\s]+\d{1,2}:\d\d(?::\d\d)?)?\W{0,12}(?:AM|PM)?\W{0,12}"
)
_CHINA_SHIFT = timedelta(hours=8)  # of what systems show as they keep it, in UTC: 2026-11-24T16:00:00.000+0000
_LAST_OF_TWO = 2049
_IN_URL = re.compile(
    r"(?<!\d)(?P<y>20\d\d)(?:(?P<a>[-/_])(?P<mo>\d{1,2})(?P=a)(?P<d>\d{1,2})|/?(?P<mo2>0[1-9]|1[0-2])/?(?P<d2>0[1-9]|[12]\d|3[01]))(?!\d)"
)
_MONTH_IN_URL = re.compile(r"(?<!\d)(?P<y>20\d\d)[-/_]?(?P<mo>0[1-9]|1[0-2])(?!\d)")


def parse(text: str, as_of: date) -> datetime | None:
    """The first possible date in `text`; one without a year gets the latest year that is not after `as_of`."""
    text = _narrowed(text[:4000])
    for found in _ANY.finditer(text):
        if moment := _moment(found):
            return moment
    for found in _HAN.finditer(text):
        if moment := _han(found):
            return moment
    for found in _SHORT.finditer(text):
        if moment := short(found, as_of):
            return moment
    return None


def dates(text: str) -> Iterator[tuple[int, int, datetime]]:
    """All possible dates with a year: start, end (code points) and moment."""
    for found in _ANY.finditer(_narrowed(text)):
        if moment := _moment(found):
            yield found.start(), found.end(), moment


def written_out(text: str) -> Iterator[tuple[int, int, datetime]]:
    """As `dates`, of dates in Chinese numbers: 二〇二六年十一月二十五日."""
    for found in _HAN.finditer(text):
        if moment := _han(found):
            yield found.start(), found.end(), moment


class Label(IntEnum):
    """What a label before a date says of the day, the most trustworthy first."""

    PUBLISHED = 0
    ENTERED = 1
    BARE = 2
    UPDATED = 3
    SIGNED = 4


# A label is known by what stands before 日期, 时间. 发文日期 is of documents, as 成文日期 is.
_LABELS = {
    Label.PUBLISHED: re.compile(r"(?:发\s{0,4}布|发表|发稿|刊发|发帖|上网|公开)\s*$"),
    Label.ENTERED: re.compile(r"(?:公布|信息|文章|添加|录入|上传|入库|创建)\s*$"),
    Label.BARE: re.compile(r"(?<![一-鿿])$"),
    Label.UPDATED: re.compile(r"(?:更新|修改)\s*$"),
    Label.SIGNED: re.compile(r"(?:发文|成文|生成|印发|制发|签发|形成)\s*$"),
}


def may_label(text: str) -> bool:
    """False for text without any label before a date, told by less than looking for one."""
    return "期" in text or "间" in text or "发" in text


def labels(text: str) -> Iterator[tuple[Label, int, datetime]]:
    """All dates behind a label: what it says, where the date begins (code points) and the moment, as it stands."""
    if not may_label(text):
        return
    text = _narrowed(text)
    for found in _LABEL.finditer(text):
        moment = at(text, found.end())
        if not moment:
            continue
        before = text[max(found.start() - 8, 0) : found.start()]
        label = next((label for label, pattern in _LABELS.items() if pattern.search(before)), None)
        if found[0].startswith("发"):  # 发布于, 发布：
            label = Label.PUBLISHED
        if label is not None:
            yield label, found.end(), moment


def short(found: re.Match[str], as_of: date, near: datetime | None = None) -> datetime | None:
    """A date without year: in the year that brings it closest to `near`, else the latest not after `as_of`."""
    if found["dash"] == "." and len(found["mo"]) + len(found["d"]) < 4:
        return None  # 3.5 is a number
    month, number = int(found["mo"]), int(found["d"] or found["hd"])
    if near:
        years = sorted(
            (near.year, near.year - 1, near.year + 1),
            key=lambda year: abs((year - near.year) * 12 + month - near.month),
        )
    else:
        turn(date(min(as_of.year + 1, date.max.year), 1, 1))
        years = [as_of.year, as_of.year - 1, as_of.year - 2, as_of.year - 3, as_of.year - 4]
    for year in years:
        moment = _build(year, month, number, found["h"], found["m"], found["s"])
        if moment and plausible(moment, as_of):
            return moment
    return None


def plausible(moment: datetime, as_of: date) -> bool:
    """False for what lies more than a day after `as_of`: a deadline or a number, not the day of publishing."""
    if as_of == date.max or moment.date() <= as_of + timedelta(days=1):
        return True
    turn(moment.date() - timedelta(days=1))
    return False


# Days on which what was read since may be read otherwise; None where nobody asks.
_turns: ContextVar[list[date] | None] = ContextVar("turns", default=None)


@contextmanager
def turning() -> Iterator[list[date]]:
    """What is read inside is read the same on every later day before the first of these: then what lay ahead has come,
    or a day without a year is another one's."""
    turns: list[date] = []
    token = _turns.set(turns)
    try:
        yield turns
    finally:
        _turns.reset(token)


def turn(day: date) -> None:
    """Say that from this day on something may be read otherwise."""
    if (turns := _turns.get()) is not None:
        turns.append(day)


@lru_cache(maxsize=2048)
def is_none(text: str) -> bool:
    """True for what is shown in place of a date where a system holds none: 1970-01-01, 0001-01-01 00:00:00."""
    return _NONE.fullmatch(text) is not None


def labels_none(text: str) -> bool:
    """True where such a date stands behind a label: the page has a day of publishing, and its system lost it."""
    return may_label(text) and any(_NONE.match(text, label.end()) for label in _LABEL.finditer(text))


def labelled(text: str) -> datetime | None:
    """The date behind the most trustworthy label (发布日期, 时间, 成文日期 …) in `text`, as it stands."""
    return min(labels(text), key=lambda found: found[0], default=(None, 0, None))[2]


def at(text: str, start: int) -> datetime | None:
    """The date that begins exactly at `start`, with its time where one follows; its year may have two digits."""
    if found := _ANY.match(text, start):
        return _moment(found)
    if found := _HAN.match(text, start):
        return _han(found)
    found = _TWO_DIGITS.match(text, start)
    return _of_two_digits(found) if found else None


def brief(text: str) -> Iterator[tuple[int, int, datetime]]:
    """As `dates`, of dates whose year has two digits (`19-05-10`): Chinese pages have year, month and day in order."""
    for found in _TWO_DIGITS.finditer(text.translate(_FULLWIDTH)):
        if moment := _of_two_digits(found):
            yield found.start(), found.end(), moment


def stamp(written: str) -> datetime | None:
    """What a machine wrote for machines (`2026-01-20T09:00:00+08:00`, Unix seconds), as China standard time."""
    return machine_times.parse(written) or next((moment for _, _, moment in dates(written)), None)


def in_url(url: str) -> datetime | None:
    """The date in an address (`/2018-07/27/`, `t20180727_1.html`, `/201807/`: the first of the month), if any."""
    path = url.partition("?")[0]
    for found in _IN_URL.finditer(path):
        if moment := _build(int(found["y"]), int(found["mo"] or found["mo2"]), int(found["d"] or found["d2"])):
            return moment
    month = _MONTH_IN_URL.search(path)
    return _build(int(month["y"]), int(month["mo"]), 1) if month else None


def day_in_url(url: str) -> datetime | None:
    """The whole date in an address; None where it shows only a month or nothing."""
    for found in _IN_URL.finditer(url.partition("?")[0]):
        if moment := _build(int(found["y"]), int(found["mo"] or found["mo2"]), int(found["d"] or found["d2"])):
            return moment
    return None


def day(year: int, month: int, day_of_month: int) -> datetime | None:
    """That day, None where there is no such day."""
    return _build(year, month, day_of_month)


def _narrowed(text: str) -> str:
    """The text with digits of ASCII alone, 元月 as 1月; as long as it was."""
    return text.translate(_FULLWIDTH).replace("年元月", "年1月")


def _moment(found: re.Match[str]) -> datetime | None:
    if found["y"]:
        moment = _build(int(found["y"]), int(found["mo"]), int(found["d"]), found["h"], found["m"], found["s"])
        return moment + _CHINA_SHIFT if moment and found["z"] else moment
    return _build(int(found["cy"]), int(found["cmo"]), int(found["cd"]))


def _of_two_digits(found: re.Match[str]) -> datetime | None:
    """None for a year in which there were no sites yet: they began in the nineties."""
    year = int(found["y"])
    year += 1900 if year >= 90 else 2000
    if year > _LAST_OF_TWO:
        return None
    return _build(year, int(found["mo"]), int(found["d"]), found["h"], found["m"], found["s"])


def _han(found: re.Match[str]) -> datetime | None:
    year = found["y"].translate(_HAN_DIGITS)
    return _build(int(year), _han_number(found["mo"]), _han_number(found["d"]))


def _han_number(text: str) -> int:
    if text == "元":
        return 1
    tens, ten, ones = text.rpartition("十")
    digits = "〇一二三四五六七八九"
    return (digits.index(tens) if tens else 1) * 10 * bool(ten) + (digits.index(ones) if ones else 0)


def _build(
    year: int, month: int, day: int, hour: str | None = None, minute: str | None = None, second: str | None = None
) -> datetime | None:
    if year < _OLDEST or not 1 <= month <= 12 or not 1 <= day <= 31 or (year, month, day) == _EPOCH:
        return None
    try:
        return datetime(year, month, day, int(hour or 0), int(minute or 0), int(second or 0))
    except ValueError:
        pass
    try:  # the day stands, a clock of 24:00 or 10:75 does not
        return datetime(year, month, day)
    except ValueError:
        return None
