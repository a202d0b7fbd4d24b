"""Brings what is new in a folder of results into the database; what is there already is not read again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from jimo_lint.errors import InputError, JimoLintError, cause
from jimo_lint.fleet.rollup import journal, reading
from jimo_lint.fleet.rollup.database import Database
from jimo_lint.fleet.rollup.journal import Journal, Task
from jimo_lint.fleet.rollup.reading import Read
from jimo_lint.fleet.rollup.rows import PARTS, ResultRow, RunRow, SiteRow

# Grows when reports are to be read anew, since what is made of them has changed.
_READER = 1
UNREADABLE = "unreadable"


class Loaded(NamedTuple):
    """What came of it. fresh: results that were read; known: those that were there. faults: what could not be read."""

    fresh: int
    known: int
    faults: tuple[JimoLintError, ...]


def load(results: Path, database: Database, progress: Callable[[str], None] = lambda _: None) -> Loaded:
    """Load all runs of a folder. StoreError where the database fails: what is in it stays, the rest comes later."""
    fresh = known = 0
    faults: list[JimoLintError] = []
    for run in journal.runs(results):
        found = journal.journal(results, run)
        faults += found.faults
        here = dict(database.rows("SELECT inspection || ' ' || site, source FROM results WHERE run = ?", run))
        for task in found.tasks:
            source = f"{_READER}:{journal.changed(task)}"
            if here.get(f"{task.row.inspection} {task.row.site}") == source:
                known += 1
                continue
            read, fault = _read(task, source)
            faults += [fault] if fault else []
            with database.writing():
                _replace(database, task, read)
            fresh += 1
            if not fresh % 100:
                progress(f"汇总：{run} 已读入 {fresh} 个网站的结果")
        if found.tasks:
            _note(database, found)
    return Loaded(fresh, known, tuple(faults))


def _read(task: Task, source: str) -> tuple[Read, InputError | None]:
    """The rows of a task; where its report cannot be read, the site counts as not looked at."""
    row = task.row._replace(source=source)
    if task.report is None:
        return Read(row, {}), None
    try:
        return reading.read(row, task.report.read_bytes(), str(task.report)), None
    except OSError as fault:
        why = f"检查做完了，报告读不出（{cause(fault)}）"
        unread = InputError(str(task.report), why, "请检查文件，或重新检查这个网站")
    except InputError as fault:
        unread = fault
    return Read(row._replace(state=UNREADABLE, why=unread.fault), {}), unread


def _replace(database: Database, task: Task, read: Read) -> None:
    row = read.result
    same = (row.run, row.inspection, row.site)
    old = [number for (number,) in database.rows(
        "SELECT id FROM results WHERE run = ? AND inspection = ? AND site = ?", *same
    )]  # fmt: skip
    for number in old:
        for table in PARTS:
            database.execute(f"DELETE FROM {table} WHERE result = ?", number)
        database.execute("DELETE FROM results WHERE id = ?", number)
    ((last,),) = database.rows("SELECT coalesce(max(id), 0) FROM results")
    number = last + 1
    database.fill("results", ResultRow._fields, [row._replace(id=number)])
    for table, fields in PARTS.items():
        if rows := read.parts.get(table):
            database.fill(table, fields, ((number, *one[1:]) for one in rows))
    _seat(database, SiteRow(*_values(task), run=row.run))


def _values(task: Task) -> tuple[str, str, str, str, str]:
    seat = task.seat
    return seat.key, seat.code, seat.name, seat.city, seat.unit


def _seat(database: Database, row: SiteRow) -> None:
    """Keep what the newest run says of the site."""
    known = [run for (run,) in database.rows("SELECT run FROM sites WHERE key = ?", row.key)]
    if known and known[0] > row.run:
        return
    database.execute("DELETE FROM sites WHERE key = ?", row.key)
    database.fill("sites", SiteRow._fields, [row])


def _note(database: Database, found: Journal) -> None:
    """Keep what is to be said of the run as a whole."""
    with database.writing():
        rows = list(database.rows(
            "SELECT inspection, max(title), max(as_of), min(started), max(ended) FROM results WHERE run = ?"
            " GROUP BY inspection", found.run,
        ))  # fmt: skip
        database.execute("DELETE FROM runs WHERE run = ?", found.run)
        database.fill("runs", RunRow._fields, [RunRow(found.run, *row) for row in rows])
