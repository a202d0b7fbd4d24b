"""Makes the forms for mock calls and mystery requests of what is known of an office, and scores what comes back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from hashlib import blake2b
from typing import NamedTuple

from jimo_lint.evidence import phones
from jimo_lint.lint.request_clock import ANSWER, Calendar, term
from jimo_lint.model.mystery import CALLS, VISITS, Answered, Ask, Point, Round, Scored
from jimo_lint.model.requests import Phone
from jimo_lint.settings import duties
from jimo_lint.settings.config import Config
from jimo_lint.store import Store
from jimo_lint.values import replace

WAYS = ("网上", "信函")
_DUTIES = {CALLS: "calls", VISITS: "mystery"}
# What is written stands for how much of it is right: an even scale, not an official one.
_SHARES: Mapping[str, Mapping[str, float]] = {
    "接听": {"是": 1, "否": 0, "占线": 0, "空号": 0},
    "态度": {"好": 1, "一般": 0.5, "差": 0},
    "答得对不对": {"对": 1, "部分对": 0.5, "不对": 0},
    "回执": {"有": 1, "无": 0},
    "答复质量": {"好": 1, "一般": 0.5, "差": 0},
}


class Forms(NamedTuple):
    """The rows of both forms, and how far the plan of the year is. seen: whether a crawl of the site is known."""

    site: str
    asks: tuple[Ask, ...]
    planned: tuple[str, ...]
    seen: bool


def forms(config: Config, as_of: date) -> Forms:
    """The telephones of the site as crawled, and each unit that is named in the settings or the ledger."""
    found: tuple[Phone, ...] = ()
    seen = False
    if config.store_path.is_file():
        with Store.open(config.store_path, writing=False) as store:
            seen = store.crawled_on() is not None
            reading = phones.gather(config.site.name, store.documents("site"))
            found = reading.phones if reading else ()
    asks = [*_calls(config, found, as_of), *_visits(config, as_of)]
    planned = tuple(_planned(config, kind, as_of.year) for kind in (CALLS, VISITS))
    return Forms(config.site.name, tuple(asks), planned, seen)


def _calls(config: Config, found: Sequence[Phone], as_of: date) -> Iterator[Ask]:
    """Each telephone once, wherever it stands; for each other unit a row where the telephone is to be filled in."""
    places: dict[str, list[Phone]] = {}
    for phone in found:
        places.setdefault(phone.digits, []).append(phone)
    site = config.site.name or "本单位"
    for number, held in enumerate(places.values(), 1):
        where = "、".join(dict.fromkeys(f"{one.where}{f'（{one.purpose}）' if one.purpose else ''}" for one in held))
        yield Ask(number_of(CALLS, number, site), CALLS, site, where, held[0].written)
    for number, unit in enumerate(_units(config, as_of), len(places) + 1):
        yield Ask(number_of(CALLS, number, unit), CALLS, unit, "网站上没有单列，请填写")


def _visits(config: Config, as_of: date) -> Iterator[Ask]:
    units = [*([config.site.name] if config.site.name else []), *_units(config, as_of)]
    pairs = ((unit, way) for unit in dict.fromkeys(units) for way in WAYS)
    for number, (unit, way) in enumerate(pairs, 1):
        yield Ask(number_of(VISITS, number, unit), VISITS, unit, way)


def _units(config: Config, as_of: date) -> list[str]:
    """Responsible units in the order in which the settings and the ledger name them."""
    named = [one.owner for one in config.columns] + [one.owner for one in config.accounts]
    if config.requests and config.requests.ledger and config.requests.ledger.is_file():
        from jimo_lint.readers.registers import request_ledger

        named += [one.owner for one in request_ledger.read(config.requests.ledger, as_of).requests]
    return [unit for unit in dict.fromkeys(named) if unit and unit != config.site.name]


def number_of(kind: str, number: int, unit: str) -> str:
    """A row's number: nobody can give a row to another unit, or mistype it, without its last digits telling."""
    head = f"{'H' if kind == CALLS else 'F'}{number:03}"
    told = blake2b(f"{head} {''.join(unit.split())}".encode("utf-8", "replace"), digest_size=3).hexdigest()
    return f"{head}-{told}"


def fits(number: str, unit: str) -> bool:
    """Whether the check digits of a row that came back are those of its unit."""
    head = number[1:4]
    kind = CALLS if number[:1] == "H" else VISITS
    return head.isdecimal() and number == number_of(kind, int(head), unit)


def _planned(config: Config, kind: str, year: int) -> str:
    """How often it is to be done in the year, and how often it was, by the plan."""
    planned = duties.in_force(config.plan)
    duty = next((one for one in planned.duties if one.key == _DUTIES[kind]), None)
    if duty is None or not duty.times:
        return f"{kind}：年度计划里没有这一项，要列入的请在 [plan.{_DUTIES[kind]}] 里写 name 和 times"
    done = sum(day.year == year for one in planned.records if one.duty == duty.key for day in one.days)
    return f"{kind}：{year} 年计划 {duty.times} 次，已登记 {done} 次；依据：{duty.basis}"


def record(kind: str, days: Sequence[date]) -> str:
    """What to put into the settings so that the plan counts a round."""
    return f'[[plan.done]]\nduty = "{_DUTIES[kind]}"\ndays = [{max(days)}]\nnote = "{kind}"'


def scored(rows: Sequence[Answered], faults: Sequence[str], config: Config, as_of: date) -> Round:
    """What the filled rows come to. A row in which nothing is written was not done, and counts for nothing."""
    filled: dict[str, Answered] = {}
    wrong = [*faults]
    for row in rows:
        if not (any(row.answers.values()) or row.sent or row.replied or row.doubts):
            continue
        first = filled.setdefault(row.ask.number, row)
        if first is not row and replace(first, place=row.place) != row:
            wrong.append(f"{row.place}：编号 {row.ask.number} 在 {first.place} 填得不一样，只取前一份，请核对")
    calendar = Calendar(config.holidays, config.workdays)
    left = {row.ask.number: row.ask for row in rows if row.ask.number not in filled}
    scored = tuple(Scored(row, tuple(_points(row, calendar, as_of))) for row in filled.values())
    return Round(scored, tuple(left.values()), tuple(wrong))


def _points(row: Answered, calendar: Calendar, as_of: date) -> Iterator[Point]:
    if row.ask.kind == CALLS:
        taken = row.answers.get("接听", "")
        names = ("接听", "态度", "答得对不对") if taken in ("", "是") else ("接听",)
        yield from (_point(row, name) for name in names)
        return
    yield _point(row, "回执")
    yield _in_time(row, calendar, as_of)
    if row.replied or "replied" in row.unclear:
        yield _point(row, "答复质量")


def _point(row: Answered, name: str) -> Point:
    written = row.answers.get(name, "")
    share = _SHARES[name].get(written)
    if share is None:
        return Point(name, None, f"写的是“{written}”" if written else "没有填")
    return Point(name, share, written)


def _in_time(row: Answered, calendar: Calendar, as_of: date) -> Point:
    """Whether it was answered within twenty working days of the day it was sent; a letter's way is not known."""
    name = "按期答复"
    if row.unclear:
        return Point(name, None, "日期看不懂或还没有到")
    if row.sent is None:
        return Point(name, None, "没有填发出日期")
    due = term(row.sent, ANSWER, calendar)
    said = f"自发出次日起 20 个工作日至{'' if due.certain else '约 '}{due.day}"
    day = row.replied or as_of
    if row.replied and day < row.sent:
        return Point(name, None, "答复日期早于发出日期，请核对")
    if row.replied and day <= due.earliest:
        return Point(name, 1, said)
    if not due.certain:
        return Point(name, None, f"{said}，放假安排还没有公布")
    if row.ask.where == "信函" and not (row.replied and day <= due.day):
        return Point(name, None, f"{said}；信函自签收起算，请人工核对")
    if day > due.day:
        return Point(name, 0, said)
    return Point(name, 1 if row.replied else None, said if row.replied else f"{said}，还没有到期")
