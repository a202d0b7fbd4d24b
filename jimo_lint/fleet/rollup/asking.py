"""Asks the database for the rounds that a report is about; what it counts, the database counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from jimo_lint.errors import InputError
from jimo_lint.fleet.orders import State
from jimo_lint.fleet.rollup.database import Database
from jimo_lint.inspection import INSPECTIONS
from jimo_lint.model import Platform, Severity
from jimo_lint.model.rollup import (
    AccountStand,
    FaultKind,
    GraveFinding,
    ReachedVeto,
    Rollup,
    Round,
    Seat,
    SiteResult,
    SiteStanding,
    TrendPoint,
)
from jimo_lint.privacy import mask_text

# Rows of findings of the level 否决 that a report takes; it says how many there are.
_MOST_GRAVE = 2_000
_TREND = 12
_SEAT = "s.key, s.code, s.name, s.city, s.unit"
# Of a result what is counted, as `SiteResult` calls it.
_COUNTED = (
    "documents", "problems", "vetoes", "grave", "errors", "warnings", "notices", "columns", "stale", "blank",
    "dead_links", "accounts", "accounts_passed", "accounts_failed",
)  # fmt: skip
_READ = ", ".join(f"r.{name}" for name in _COUNTED).replace("dead_links", "links_dead")
# Sites first: they are what the first sheets are about.
_ORDER = ("columns", "weekly")


class _Run(NamedTuple):
    """A run as the database has it. ended: it came to its end. first, last: numbers of its results, between which
    others may lie."""

    run: str
    inspection: str
    title: str
    day: date
    ended: bool
    first: int
    last: int

    @property
    def values(self) -> tuple[str, str, int, int]:
        """What `_here` asks for."""
        return self.run, self.inspection, self.first, self.last


def _here(table: str) -> str:
    """The condition on the rows of a table that hang on results of a run; their numbers tell where they lie."""
    return f"r.run = ? AND r.inspection = ? AND {table}.result BETWEEN ? AND ?"


def rollup(database: Database, area: str, moment: datetime, asked: Sequence[str] = ()) -> Rollup:
    """The last run of each inspection, or those that are asked for. InputError where there is none."""
    every = list(_runs(database))
    if not every:
        raise InputError(database.place, "里面还没有任何一轮检查的结果", "请先运行 jimo-lint fleet run")
    newest = {one.inspection: one for one in every}
    chosen = [one for one in every if one.run in asked] if asked else list(newest.values())
    for name in asked:
        if name not in {one.run for one in chosen}:
            raise InputError(name, "数据库里没有这一轮", f"最近的是 {'、'.join(one.run for one in every[-3:])}")
    chosen.sort(key=lambda one: (_ORDER.index(one.inspection) if one.inspection in _ORDER else len(_ORDER), one.run))
    return Rollup(mask_text(area), moment, tuple(_round(database, one, every) for one in chosen))


def _runs(database: Database) -> Iterator[_Run]:
    """All runs, oldest first."""
    for run, inspection, title, as_of, ended, first, last in database.rows(
        "SELECT u.run, u.inspection, u.title, u.as_of, u.ended, min(r.id), max(r.id) FROM runs u"
        " JOIN results r ON r.run = u.run GROUP BY u.run, u.inspection, u.title, u.as_of, u.ended ORDER BY u.run"
    ):
        yield _Run(run, inspection, title, _known_day(as_of), ended is not None, first, last)


def _round(database: Database, this: _Run, every: Sequence[_Run]) -> Round:
    former = [one for one in every if one.inspection == this.inspection and one.run < this.run]
    before = _standings(database, former[-1]) if former else {}
    last = _last_seen(database, this)
    listed = tuple(_sites(database, this, before, last))
    here = {one.seat.key for one in listed}
    sites = tuple(one for one in listed if one.state != State.CLOSED)
    grave, total = _grave(database, this)
    known = INSPECTIONS.get(this.inspection)
    return Round(
        run=this.run,
        inspection=this.inspection,
        title=this.title,
        day=this.day,
        ended=this.ended,
        of_accounts=bool(known and "A" in known.families),
        sites=sites,
        accounts=tuple(_accounts(database, this)),
        vetoes=tuple(_vetoes(database, this)),
        grave=grave,
        grave_total=total,
        kinds=tuple(_kinds(database, this)),
        trend=tuple(_trend(database, (*former, this)[-_TREND:], of_accounts=bool(known and "A" in known.families))),
        left=tuple(_left(database, former[-1], here)) if former else (),
        closed=tuple(one.seat for one in listed if one.state == State.CLOSED),
    )


def _standings(database: Database, run: _Run) -> dict[str, SiteStanding]:
    rows = database.rows("SELECT site, standing FROM results WHERE run = ? AND inspection = ?", run.run, run.inspection)
    return {site: SiteStanding(standing) for site, standing in rows}


def _last_seen(database: Database, this: _Run) -> dict[str, date | None]:
    """Of every site the last day, before this run, on which this inspection looked at it."""
    rows = database.rows(
        "SELECT site, max(as_of) FROM results WHERE inspection = ? AND run < ? AND standing != ? GROUP BY site",
        this.inspection, this.run, str(SiteStanding.UNSEEN),
    )  # fmt: skip
    return {site: _day(day) for site, day in rows}


def _sites(
    database: Database, this: _Run, before: dict[str, SiteStanding], last: dict[str, date | None]
) -> Iterator[SiteResult]:
    rows = database.rows(
        f"SELECT {_SEAT}, r.standing, r.why, r.state, r.as_of, r.profile, r.version, {_READ}, r.unprobed"
        " FROM results r JOIN sites s ON s.key = r.site WHERE r.run = ? AND r.inspection = ? ORDER BY r.site",
        this.run, this.inspection,
    )  # fmt: skip
    for key, code, name, city, unit, standing, why, state, as_of, profile, version, *counts, unprobed in rows:
        counted: dict[str, int] = dict(zip(_COUNTED, counts, strict=True))
        yield SiteResult(
            Seat(key, code, name, city, unit),
            SiteStanding(standing),
            why,
            state,
            _day(as_of),
            profile,
            version,
            unprobed=bool(unprobed),
            before=before.get(key),
            last=last.get(key),
            **counted,
        )


def _accounts(database: Database, this: _Run) -> Iterator[AccountStand]:
    rows = database.rows(
        f"SELECT {_SEAT}, a.name, a.platform, a.owner, a.standing, a.why, a.newest, a.age_days, a.grave, a.errors"
        " FROM accounts a JOIN results r ON r.id = a.result JOIN sites s ON s.key = r.site"
        f" WHERE {_here('a')} ORDER BY s.key, a.number",
        *this.values,
    )  # fmt: skip
    platforms = {str(one) for one in Platform}
    for *seat, name, platform, owner, standing, why, newest, age, grave, errors in rows:
        yield AccountStand(
            Seat(*seat),
            name,
            Platform(platform) if platform in platforms else Platform.OTHER,
            owner,
            SiteStanding(standing),
            why,
            _day(newest),
            age,
            grave,
            errors,
        )


def _vetoes(database: Database, this: _Run) -> Iterator[ReachedVeto]:
    rows = database.rows(
        f"SELECT {_SEAT}, i.name, i.point, i.counted, i.arithmetic, i.samples, i.basis, i.evidence"
        " FROM indicators i JOIN results r ON r.id = i.result JOIN sites s ON s.key = r.site"
        f" WHERE {_here('i')} AND i.part = ? AND i.measure != ? AND i.standing = ?"
        " ORDER BY s.city, s.key, i.number",
        *this.values, "veto", "", "reached",
    )  # fmt: skip
    for *seat, name, point, count, arithmetic, samples, basis, evidence in rows:
        yield ReachedVeto(Seat(*seat), name, point, count, arithmetic, samples, basis, evidence)


def _grave(database: Database, this: _Run) -> tuple[tuple[GraveFinding, ...], int]:
    """The first of them, and how many there are."""
    where = (
        "FROM findings f JOIN results r ON r.id = f.result JOIN sites s ON s.key = r.site"
        f" WHERE {_here('f')} AND f.severity = ?"
    )
    values = (*this.values, "veto")
    ((total,),) = database.rows(f"SELECT count(*) {where}", *values)
    rows = database.rows(
        f"SELECT {_SEAT}, f.code, f.title, f.message, f.matched, f.account_name, f.column_name, f.owner, f.url,"
        f" f.first_seen {where} ORDER BY s.city, s.key, f.number LIMIT {_MOST_GRAVE:d}", *values
    )  # fmt: skip
    made = []
    for *seat, code, title, message, matched, account, column, owner, url, first_seen in rows:
        whom = account or column
        made.append(GraveFinding(Seat(*seat), code, title, message, matched, whom, owner, url, _day(first_seen)))
    return tuple(made), total


def _kinds(database: Database, this: _Run) -> Iterator[FaultKind]:
    """Gravest first, then the most numerous."""
    rows = database.rows(
        "SELECT f.code, max(f.title), f.severity, count(*), count(DISTINCT r.site), count(DISTINCT s.city)"
        " FROM findings f JOIN results r ON r.id = f.result JOIN sites s ON s.key = r.site"
        f" WHERE {_here('f')} GROUP BY f.code, f.severity",
        *this.values,
    )  # fmt: skip
    made = [FaultKind(code, title, Severity[level.upper()], *counts) for code, title, level, *counts in rows]
    yield from sorted(made, key=lambda kind: (-kind.severity, -kind.count, kind.code))


def _trend(database: Database, runs: Sequence[_Run], *, of_accounts: bool) -> Iterator[TrendPoint]:
    """Of sites how many stand how; of accounts likewise, where those that were not looked at are sites."""
    for one in runs:
        count = dict.fromkeys(SiteStanding, 0)
        grave = errors = 0
        for standing, sites, accounts, passed, failed, veto, error in database.rows(
            "SELECT standing, count(*), sum(accounts), sum(accounts_passed), sum(accounts_failed), sum(grave),"
            " sum(errors) FROM results WHERE run = ? AND inspection = ? GROUP BY standing",
            one.run, one.inspection,
        ):  # fmt: skip
            grave, errors = grave + int(veto), errors + int(error)
            if not of_accounts or standing == SiteStanding.UNSEEN:
                count[SiteStanding(standing)] += sites
                continue
            count[SiteStanding.PASSED] += int(passed)
            count[SiteStanding.FAILED] += int(failed)
            count[SiteStanding.UNKNOWN] += int(accounts - passed - failed)
        yield TrendPoint(
            one.run,
            one.day,
            passed=count[SiteStanding.PASSED],
            failed=count[SiteStanding.FAILED],
            unknown=count[SiteStanding.UNKNOWN],
            unseen=count[SiteStanding.UNSEEN],
            grave=grave,
            errors=errors,
        )


def _left(database: Database, before: _Run, here: set[str]) -> Iterator[Seat]:
    rows = database.rows(
        f"SELECT {_SEAT} FROM results r JOIN sites s ON s.key = r.site WHERE r.run = ? AND r.inspection = ?"
        " ORDER BY s.key",
        before.run, before.inspection,
    )  # fmt: skip
    for seat in rows:
        if seat[0] not in here:
            yield Seat(*seat)


def _known_day(value: Any) -> date:
    """SQLite keeps days as they are written."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def _day(value: Any) -> date | None:
    return None if value is None else _known_day(value)
