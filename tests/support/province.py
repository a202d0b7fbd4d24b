"""An invented province: thirty sites in five cities, three rounds of two inspections, as a fleet leaves them."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from jimo_lint import __version__
from jimo_lint.fleet.journal import Journal, Standing
from jimo_lint.fleet.orders import Outcome, State
from jimo_lint.fleet.sites import FleetSite
from jimo_lint.inspection import INSPECTIONS
from jimo_lint.lint.scoring import Material, score
from jimo_lint.model import (
    AccountResult,
    ColumnKind,
    ColumnResult,
    Finding,
    LinkCount,
    LinkGroup,
    MaxAge,
    Platform,
    Problem,
    ProblemCode,
    Report,
    Run,
    Severity,
    UpdateStatus,
)
from jimo_lint.report.machine.json import dumps
from tests.support import report_samples, shipped

CITIES = ("青潭市", "云溪市", "松岭市", "白鹭市", "石湾市")
_KINDS = (
    "{city}人民政府",
    "{short}区人民政府",
    "{short}湖县人民政府",
    "{short}河县人民政府",
    "{city}教育局",
    "{city}财政局",
)
DAYS = (date(2026, 11, 1), date(2026, 11, 15), date(2026, 11, 29))
_STANDARD = "国办秘函〔2019〕19号"
# What is the matter with a site, by its place in the province; what is not named is well but for some errors.
WORDING, BLANK, UNREADABLE, CUT, HOME, OFF = "wording", "blank", "unreadable", "cut", "home", "off"
_MATTERS = {1: WORDING, 4: BLANK, 8: UNREADABLE, 11: CUT, 15: HOME, 19: BLANK, 22: OFF, 26: WORDING}
_BETTER = {26: 2, 19: 1}  # from which round on it is mended
_UNSEEN = {
    6: (State.FAILED, "超过每站时限（4 小时），已重试 2 次"),
    13: (State.FAILED, "首页打不开：连接被拒绝"),
    28: (State.WAITING, ""),
}
UNSEEN_CODES = tuple(sorted(_UNSEEN))


class Place(NamedTuple):
    """A site of the province. number: its place in it."""

    number: int
    key: str
    code: str
    name: str
    city: str
    unit: str


def places(cities: Sequence[str] = CITIES) -> Iterator[Place]:
    """Six sites a city."""
    number = 0
    for city in cities:
        for kind in _KINDS:
            name = kind.format(city=city, short=city[:-1])
            unit = f"{name}办公室" if name.endswith("人民政府") else name
            yield Place(number, f"site-{number:04}", f"99{number:08}", name, city, unit)
            number += 1


def write(results: Path, days: Sequence[date] = DAYS, inspections: Sequence[str] = ("columns", "weekly")) -> None:
    """Write the results of all rounds below a folder."""
    for turn, day in enumerate(days):
        for inspection in inspections:
            write_run(results, f"{day:%Y%m%d}-0200-{inspection}", day, turn, last=turn == len(days) - 1)


def write_run(
    results: Path, run: str, day: date, turn: int, *, last: bool, chosen: Sequence[Place] | None = None
) -> None:
    """Write one run, of all sites or of those that are chosen. last: some of its sites were not looked at."""
    inspection = run.rpartition("-")[2]
    journal = Journal(results / run)
    listed = list(places()) if chosen is None else chosen
    journal.begin(inspection, day, __version__, [site(place) for place in listed])
    for place in listed:
        state, reason = _UNSEEN.get(place.number, (State.DONE, "")) if last else (State.DONE, "")
        if state is State.WAITING:
            continue
        if state.finished:
            made = columns(place, day, turn) if inspection == "columns" else weekly(place, day, turn)
            report = zlib.compress(dumps(made).encode(), 1)
            journal.keep(site(place), inspection, Outcome(state, report=report))
        journal.ended(standing(place, day, state, reason), inspection)
    if not last:
        journal.note("finished")
    journal.close()


def site(place: Place) -> FleetSite:
    """As the fleet knows it."""
    return FleetSite(place.key, place.code, place.name, place.city, place.unit, _address(place), f"sites/{place.key}")


def standing(place: Place, day: date, state: State = State.DONE, reason: str = "") -> Standing:
    """How its task ended."""
    started = datetime(day.year, day.month, day.day, 2, tzinfo=UTC) + timedelta(minutes=place.number)
    ended = started + timedelta(minutes=40)
    return Standing(site(place), state, reason, 1, started, ended, 12.5, "worker-1", __version__)


def _run(place: Place, inspection: str, day: date, *, complete: bool) -> Run:
    started = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
    return replace(
        report_samples.run(inspection, complete=complete),
        as_of=day, site=place.name, started=started, finished=started + timedelta(minutes=40),
        documents=400 + 90 * (place.number % 7), title=INSPECTIONS[inspection].heading,
    )  # fmt: skip


def columns(place: Place, day: date, turn: int = 0) -> Report:
    """The column inspection of a site."""
    matter = _MATTERS.get(place.number, "") if turn < _BETTER.get(place.number, 9) else ""
    held = tuple(_columns(place, day, matter))
    findings = tuple(_findings(place, turn, matter))
    rules = tuple(report_samples.rule(*row) for row in report_samples._RULES)
    off = tuple(one for one in rules if matter == OFF and one.code == "S104")
    problems = [Problem(ProblemCode.MAX_PAGES, _address(place), {"most": 3000})] if place.number % 9 == 7 else []
    material = Material(
        day, findings, held,
        newest_home=day - timedelta(days=20 if matter == HOME else 1),
        complete=matter != CUT,
    )  # fmt: skip
    return Report(
        _run(place, "columns", day, complete=matter != CUT),
        findings,
        columns=held,
        links=tuple(replace(one, account=None) for one in report_samples.links()),
        link_counts=(LinkCount(LinkGroup.INTERNAL, alive=900, dead=place.number % 5, inconclusive=3),),
        problems=tuple(problems),
        indicators=score(shipped.national(), material),
        rules=tuple(one for one in rules if one not in off),
        off=off,
    )


def _columns(place: Place, day: date, matter: str) -> Iterator[ColumnResult]:
    names = (
        "要闻",
        "部门动态",
        "通知公告",
        "规范性文件",
        "政策解读",
        "人事任免",
        "规划计划",
        "财政预决算",
        "行政许可",
        "价格收费",
    )
    kinds = (ColumnKind.NEWS, ColumnKind.NEWS, ColumnKind.NOTICE, ColumnKind.POLICY)
    for number, name in enumerate(names):
        kind = kinds[number] if number < len(kinds) else ColumnKind.OTHER
        status, age = UpdateStatus.FRESH, 1 + number
        if matter == BLANK and number >= 5:
            status, age = UpdateStatus.BLANK, None  # type: ignore[assignment]
        elif matter == UNREADABLE and number >= 4:
            status, age = UpdateStatus.UNKNOWN, None  # type: ignore[assignment]
        elif (place.number + number) % 13 == 5:
            status, age = UpdateStatus.STALE, 240
        made = report_samples.column(name, kind, place.unit, age, status, reason="" if age else "没有读到任何一条")
        newest = day - timedelta(days=age) if age is not None else None
        yield replace(made, reading=replace(made.reading, newest=newest), limit=MaxAge(months=6))


def _findings(place: Place, turn: int, matter: str) -> Iterator[Finding]:
    if matter == WORDING:
        yield _finding(
            place, 0, "S104", "固定政治表述写错", Severity.VETO, matched="一带一路战略",
            message="“一带一路战略”应为““一带一路”倡议”",
        )  # fmt: skip
    if matter == HOME:
        yield _finding(place, 1, "C105", "首页不更新", Severity.VETO, kind="site", message="首页 20 天没有更新")
    if matter == BLANK:
        for number in range(5):
            yield _finding(
                place, 10 + number, "C101", "空白栏目", Severity.ERROR, kind="column", message="栏目没有内容"
            )
    for number in range(max((place.number * 7) % 17 - 2 * turn, 0)):
        yield _finding(place, 100 + number, "T101", "常见错别字", Severity.ERROR)
    for number in range((place.number * 5) % 11):
        yield _finding(place, 200 + number, "F101", "发文字号括号不规范", Severity.WARNING, message="括号应为六角括号")
    yield _finding(place, 300, "S108", "慎用词", Severity.NOTICE, message="“瞎子”请改为“盲人”")


def _finding(place: Place, number: int, code: str, title: str, severity: Severity, **fields: object) -> Finding:
    made = report_samples.word_finding(
        code=code, title=title, severity=severity, fingerprint=f"{place.number:04}{number:04}", owner=place.unit,
        account_name="", column_name="要闻", url=f"{_address(place)}zwdt/{number}.html", samples=(), **fields,
    )  # fmt: skip
    return made if made.kind == "document" else replace(made, span=None, position=None, matched="", excerpt="")


def weekly(place: Place, day: date, turn: int = 0) -> Report:
    """The weekly inspection of a site's accounts."""
    complete = _MATTERS.get(place.number) != CUT
    accounts = tuple(_accounts(place, day, turn))
    findings = [_late(one, place) for one in accounts if one.status is UpdateStatus.STALE]
    unread = [one for one in accounts if one.status is UpdateStatus.UNKNOWN]
    known = Material(day, findings, accounts=accounts, weekly=True, complete=complete)
    return Report(
        _run(place, "weekly", day, complete=complete),
        tuple(findings),
        accounts=accounts,
        problems=tuple(
            Problem(ProblemCode.FORMER, f"archives/{one.reading.account.name}.xlsx", {"said": "读不出"},
                    accounts=(one.reading.account.id,))
            for one in unread
        ),
        indicators=score(shipped.national(), known),
        rules=tuple(report_samples.rule(*row) for row in report_samples._RULES),
    )  # fmt: skip


def _accounts(place: Place, day: date, turn: int) -> Iterator[AccountResult]:
    short = place.name.removesuffix("人民政府")
    held = ((f"{short}发布", Platform.WECHAT), (f"{short}发布", Platform.WEIBO), (f"{short}政务", Platform.DOUYIN))
    for number, (name, platform) in enumerate(held[: 2 + place.number % 2]):
        sort = (place.number * 3 + number * 5) % 14
        status, age, reason = UpdateStatus.FRESH, 1 + number, ""
        if sort == 3 and turn < 3 - place.number % 2:
            status, age, reason = UpdateStatus.STALE, 30, "超过 14 天没有更新"
        elif sort == 6:
            status, age, reason = UpdateStatus.UNKNOWN, None, "档案读不出"  # type: ignore[assignment]
        elif sort == 11 and number == 1:
            status, age, reason = UpdateStatus.BLANK, None, "没有任何内容"  # type: ignore[assignment]
        made = report_samples.account(name, platform, place.unit, age, status, reason=reason)
        newest = day - timedelta(days=age) if age is not None else None
        account = replace(made.reading.account, id=f"{platform.value}:{name}")
        yield replace(made, reading=replace(made.reading, account=account, newest=newest))


def _late(result: AccountResult, place: Place) -> Finding:
    account = result.reading.account
    said = f"账号“{account.name}”距最近更新 {result.age_days} 天"
    return Finding(
        "A101", "stale-account", "账号超期未更新", Severity.VETO, said,
        account.name, kind="account", basis=f"{_STANDARD} 政务新媒体 内容不更新", fingerprint=account.id,
        account_name=account.name, account=account.id, owner=place.unit,
    )  # fmt: skip


def _address(place: Place) -> str:
    return f"https://{place.key}.example/"
