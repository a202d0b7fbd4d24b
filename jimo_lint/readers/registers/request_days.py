"""Understands what stands in a cell for a day: the days, that it is not done yet, or what nobody can be sure of."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from jimo_lint.extract.dates import machine_times, text_dates
from jimo_lint.language.text import han_count
from jimo_lint.readers.tables import table

_FROM_1904 = timedelta(days=1462)
_SERIALS = range(34_000, 72_000)
_LEAP_YEAR = timedelta(days=364)
_ANY_YEAR = date(2096, 12, 31)  # of 29 February too
# 5/3/2026 may be the third of May or the fifth of March, 26.3.5 a day or a number: a time limit hangs on it.
_EITHER = re.compile(r"\s*\d{1,2}[./-]\d{1,2}[./-]\d{1,4}")
_NAMED_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_AROUND = " \t\r\n,.;:，。；：、·…~～!！?？()（）[]【】“”\"'’"
# What says that there is no such day, or none yet; not what an answer says of the information: 不予公开, 未制作.
_NONE = re.compile(
    r"否|空白?|没有|[×✗✘xX]|0+|N/?A|[-–—－_/／\\]+"
    r"|(?:尚|暂|还|仍|目前)?无|(?:尚|暂|还|仍|目前|一直)?未(?!予?以?公开|制作|获取|查|检索|掌握|保存).{0,6}"
    r"|[无不](?:需|须|用|涉|适|必|延|征|补|存在|第三方).{0,5}",
    re.I,
)
_WORK = "办理?|处理|审核|审批|审查|会签|研究|拟稿|起草|流转|核实|核查|查找|检索|征求|补正|进行"
_UNDER_WAY = re.compile(rf"(?:正在|尚在|仍在|还在|在)(?:{_WORK}).{{0,4}}|(?:{_WORK}).{{0,4}}中|(?:等待?|待).{{1,6}}")
# Words that say of a column that its step was begun, whose day is then missing.
_BEGUN = {
    "correction_asked": re.compile("补正"),
    "third_asked": re.compile("征求|第三方|意见|[回答]复|反馈"),
    "extended": re.compile("延"),
}
# … and that it was done.
_DONE = {
    "accepted": re.compile(r"是|有|√|✓|已|受理|回执|登记|确认|告知|寄|当场"),
    "extended": re.compile(r"是|有|√|✓|已|延|同意|告知|寄|需"),
}
# Days in a cell that says of its own step that it was not taken: 未答复（2026-03-05催办）.
_DENIED = {
    name: re.compile(
        rf"(?:未|没有?|无需|不需|不(?=延|征|补)|待|拟|预计|计划)(?:要|能|予以?|作出?|出具|告知)?(?:{verbs})"
    )
    for name, verbs in {
        "received": "收",
        "accepted": "受理|登记|确认",
        "correction_asked": "补正告知|告知|要求",
        "corrected": "补正|收",
        "extended": "延",
        "third_asked": "征求|告知",
        "third_replied": "[回答]复|反馈|收",
        "answered": "[回答]复|办结|办复|办理",
    }.items()
}
_DENIED["correction_asked"] = re.compile(rf"(?:无需|不需要?|不用)补正|{_DENIED['correction_asked'].pattern}")
# What the day of another step stands beside, where an answer would: 2026-03-05补正告知.
_OTHER_STEP = re.compile("补正|征求|延期|延长|转|移送|受理|登记|撤回|中止")
_ANSWER = re.compile("[回答]复|办结|办复")
# Days by which something is to be done, on which it was not: 限2026-03-20前, 延期至2026-04-20.
_LIMIT_BEFORE = re.compile(
    r"(?:[至到限]|预计|拟|计划|最[迟晚]|截[至止]|应[于在]|期限|到期日?)\s{0,2}(?:于|为|是)?[:：]?\s{0,2}$"
)
_LIMIT_BEHIND = re.compile(r"\s{0,2}(?:之|以)?(?:前|到期|截止)")
# A day whose last figure is none, or that is one of two: 2026-11-1O, 2026-11-20/21.
_TORN = re.compile(r"[A-SU-Za-su-z]|[Tt](?!\d)|[/／、]\d{1,2}(?![\d./月-])")
_SHORT = re.compile(r"(?<![\d./-])\d{1,2}(?:\s?月\s?\d{1,2}\s?[日号]?|[-/.]\d{1,2}(?![\d./-]))")
# Cells whose second day tells of another step, or does no harm: 2026-03-05告知 2026-03-12收到.
_OF_SEVERAL = frozenset({"received", "accepted", "correction_asked", "third_asked", "extended", "extended_to"})


class Told(NamedTuple):
    """What a cell for a day says: its days, whether it says that something was done, and whether it says nothing that
    can be understood. waits: the words of one that says what the answer waits for; limit: up to when it is extended;
    denied: it says in words that it is not done, or not yet."""

    days: tuple[date, ...] = ()
    done: bool = False
    unread: bool = False
    waits: str = ""
    limit: date | None = None
    denied: bool = False


def year_named(texts: Collection[str]) -> int | None:
    """The one year that titles or names of sheets give; None where there is none, or are several."""
    years = {found for text in texts for found in _NAMED_YEAR.findall(text)}
    return int(years.pop()) if len(years) == 1 else None


def told(name: str, value: object, latest: date, *, from_1904: bool = False) -> Told:
    """Of the cell of a column, by its field. latest: a day without a year is the last such day up to this one."""
    if value is None or value == "":
        return Told()
    if table.is_unknown(value):
        return Told(unread=True)
    if from_1904 and isinstance(value, int | float) and int(value) in _SERIALS:
        value = value + _FROM_1904.days
    if not (isinstance(value, str) and _EITHER.match(value)) and (moment := machine_times.parse(value)):
        return Told((moment.date(),), done=True)
    text = " ".join(table.text(value).split())
    bare = "".join(text.split()).strip(_AROUND)
    if (not bare and not text.strip("….·")) or text_dates.is_none(text):
        return Told()
    if name == "received":
        return _days(name, text, latest) or (Told() if _NONE.fullmatch(bare) else Told(unread=True))
    return _days(name, text, latest) or _words(name, bare)


def first_after(day: date) -> date:
    """For `told`: the day without a year is the first such one from this day on, as steps follow one another."""
    return min(day, _ANY_YEAR) + _LEAP_YEAR


def without_days(text: str) -> str:
    """The text without its days, of which the last part is no number of days."""
    for start, end, _ in reversed(list(_spans(text, _ANY_YEAR))):
        text = f"{text[:start]} {text[end:]}"
    return text


def _days(name: str, text: str, latest: date) -> Told | None:
    """The days on which something was done; None where the cell names none."""
    spans = list(_spans(text, latest))
    if not spans:
        return None
    rest = text
    done: list[date] = []
    limits: list[date] = []
    for start, end, day in reversed(spans):
        rest = f"{rest[:start]} {rest[end:]}"
        limited = _LIMIT_BEFORE.search(text[:start]) or _LIMIT_BEHIND.match(text, end)
        (limits if limited and name != "extended_to" else done).insert(0, day)
        if _TORN.match(text, end):
            return Told(unread=True)
    if name in _DENIED and (_DENIED[name].search(rest) or _NONE.fullmatch("".join(rest.split()).strip(_AROUND))):
        return Told(unread=True)
    if name == "answered" and _OTHER_STEP.search(rest) and not _ANSWER.search(rest):
        return Told(unread=True)
    if name == "extended":
        return Told(tuple(done), done=True, limit=limits[0] if limits else None)
    # Of two answers nobody knows which is the one.
    if not done or (len(set(done)) > 1 and name not in _OF_SEVERAL):
        return Told(unread=True)
    return Told(tuple(done), done=True)


def _spans(text: str, latest: date) -> Iterator[tuple[int, int, date]]:
    """The days with where they stand, those without a year as well: beside another the first such day after it."""
    full = {start: (end, moment.date()) for start, end, moment in text_dates.dates(text)}
    found: dict[int, tuple[int, date | None]] = dict(full)
    for short in _SHORT.finditer(text):
        if not any(start <= short.start() < end for start, (end, _) in full.items()):
            found[short.start()] = short.end(), None
    if not found and (moment := text_dates.parse(text, latest)):  # in Chinese numbers
        yield 0, len(text), moment.date()
    for start, (end, day) in sorted(found.items()):
        if day is None:
            moment = text_dates.parse(text[start:end], latest)
            day = moment.date() if moment else None
        if day is not None:
            yield start, end, day
            latest = first_after(day)


def _words(name: str, bare: str) -> Told:
    """A cell without a day. Where the limit begins or stands still a word that it was done is not enough."""
    if _NONE.fullmatch(bare):
        return Told(denied=han_count(bare) > 0)
    if _UNDER_WAY.fullmatch(bare):
        if name in _BEGUN and _BEGUN[name].search(bare):
            return Told(done=name == "extended", unread=name != "extended")
        return Told(waits=bare, denied=True)
    done = name in _DONE and bool(_DONE[name].search(bare))
    return Told(done=done, unread=not done)


def waited_for(waits: str) -> Iterator[str]:
    """The fields of what an answer waits for by its cell: 待补正 without the day of asking says too little to go by."""
    for name, words in (("correction_asked", "补正"), ("third_asked", "征求|第三方"), ("extended", "延")):
        if re.search(words, waits):
            yield name
