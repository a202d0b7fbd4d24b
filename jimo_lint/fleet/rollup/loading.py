"""Brings what is new in a folder of results into the database; what is there already is not read again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from jimo_lint.errors import InputError, JimoLintError, StoreError, cause
from jimo_lint.fleet import journal
from jimo_lint.fleet.journal import RunState, Standing
from jimo_lint.fleet.rollup import reading
from jimo_lint.fleet.rollup.database import Database
from jimo_lint.fleet.rollup.reading import Read
from jimo_lint.fleet.rollup.rows import PARTS, ResultRow, RunRow, SiteRow
from jimo_lint.inspection import INSPECTIONS
from jimo_lint.model.rollup import SiteStanding
from jimo_lint.privacy import mask_text

# Grows when reports are to be read anew, since what is made of them has changed.
_READER = 1
# Sites of one transaction: a disk takes longer to make one safe than to take all of these.
_AT_ONCE = 50
UNREADABLE = "unreadable"
_SAME = "run = ? AND inspection = ? AND site = ?"


class _Task(NamedTuple):
    """A site of a run that is to be loaded. row: what the journal says; report: None where the run has none."""

    row: ResultRow
    seat: SiteRow
    report: Path | None


class Loaded(NamedTuple):
    """What came of it. fresh: results that were read; known: those that were there. faults: what could not be read."""

    fresh: int
    known: int
    faults: tuple[JimoLintError, ...]


def load(results: Path, database: Database, progress: Callable[[str], None] = lambda _: None) -> Loaded:
    """Load all runs of a folder. StoreError where the database fails: what is in it stays, the rest comes later."""
    fresh = known = 0
    faults: list[JimoLintError] = []
    for name in journal.runs(results):
        try:
            state = journal.read(results / name)
        except StoreError as fault:
            faults.append(fault)
            continue
        if state.inspection not in INSPECTIONS:  # a visit to each home page leaves no report
            continue
        tasks = list(_new(results / name, state, database))
        known += len(state.sites) - len(tasks)
        for first in range(0, len(tasks), _AT_ONCE):
            with database.writing():
                for task in tasks[first : first + _AT_ONCE]:
                    read, unread = _read(task)
                    faults += [unread] if unread else []
                    _replace(database, read, task.seat)
            fresh += len(tasks[first : first + _AT_ONCE])
            progress(f"汇总：{name}，已读入 {fresh:,} 个网站的结果")
        _note(database, state)
    return Loaded(fresh, known, tuple(faults))


def _new(folder: Path, state: RunState, database: Database) -> Iterator[_Task]:
    """What the database does not have as it is now."""
    here = dict(database.rows("SELECT site, source FROM results WHERE run = ?", state.name))
    for standing in state.sites.values():
        report = folder / standing.site.key / f"{state.inspection}.json" if standing.state.finished else None
        source = f"{_READER}:{_changed(standing, report)}"
        if here.get(standing.site.key) != source:
            yield _Task(_row(state, standing, source), _seat(state, standing), report)


def _changed(standing: Standing, report: Path | None) -> str:
    """What tells this state of a site and of its report from any other."""
    size = "-"
    if report:
        try:
            status = report.stat()
            size = f"{status.st_size}:{status.st_mtime_ns}"
        except OSError:
            size = "gone"
    return f"{standing.state}:{standing.attempts}:{standing.ended}:{size}"


def _row(state: RunState, standing: Standing, source: str) -> ResultRow:
    """What the journal says of a site."""
    reason = mask_text(standing.reason)
    why = "" if standing.state.finished else "；".join(part for part in (standing.state.label, reason) if part)
    return ResultRow(
        id=0,
        run=state.name,
        inspection=state.inspection,
        site=standing.site.key,
        source=source,
        state=str(standing.state),
        reason=reason,
        attempts=standing.attempts,
        started=standing.started,
        ended=standing.ended,
        cpu_s=standing.cpu,
        worker=standing.worker,
        standing=str(SiteStanding.UNSEEN),
        why=why,
        version=standing.version,
    )


def _seat(state: RunState, standing: Standing) -> SiteRow:
    site = standing.site
    code, name, city, unit = map(mask_text, (site.code, site.name, site.city, site.unit))
    return SiteRow(site.key, code, name, city, unit, state.name)


def _read(task: _Task) -> tuple[Read, InputError | None]:
    """The rows of a site; where its report cannot be read, the site counts as not looked at."""
    row, report = task.row, task.report
    if report is None:
        return Read(row, {}), None
    try:
        return reading.read(row, report.read_bytes(), str(report)), None
    except OSError as fault:
        why = f"检查做完了，报告读不出（{cause(fault)}）"
        unread = InputError(str(report), why, "请检查文件，或重新检查这个网站")
    except InputError as fault:
        unread = fault
    return Read(row._replace(state=UNREADABLE, why=unread.fault), {}), unread


def _replace(database: Database, read: Read, seat: SiteRow) -> None:
    row = read.result
    same = (row.run, row.inspection, row.site)
    for number in _numbers(database.rows(f"SELECT id FROM results WHERE {_SAME}", *same)):
        for table in PARTS:
            database.execute(f"DELETE FROM {table} WHERE result = ?", number)
    database.execute(f"DELETE FROM results WHERE {_SAME}", *same)
    (last,) = _numbers(database.rows("SELECT coalesce(max(id), 0) FROM results"))
    number = last + 1
    database.fill("results", ResultRow._fields, [row._replace(id=number)])
    for table, fields in PARTS.items():
        if rows := read.parts.get(table):
            database.fill(table, fields, ((number, *one[1:]) for one in rows))
    # What the newest run says of the site is kept.
    if not list(database.rows("SELECT key FROM sites WHERE key = ? AND run > ?", seat.key, seat.run)):
        database.execute("DELETE FROM sites WHERE key = ?", seat.key)
        database.fill("sites", SiteRow._fields, [seat])


def _numbers(rows: Iterable[tuple[int, ...]]) -> list[int]:
    return [number for (number,) in rows]


def _note(database: Database, state: RunState) -> None:
    """Keep what is to be said of the run as a whole."""
    ended = state.remembered if state.ended else None
    row = RunRow(state.name, state.inspection, INSPECTIONS[state.inspection].heading, state.as_of, state.started, ended)
    with database.writing():
        database.execute("DELETE FROM runs WHERE run = ?", state.name)
        database.fill("runs", RunRow._fields, [row])
