"""Reads what a fleet left in its folder of results: which runs there are, and how each site's task ended."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from jimo_lint.errors import InputError, cause
from jimo_lint.fleet.rollup.parts import Part
from jimo_lint.fleet.rollup.rows import ResultRow
from jimo_lint.model.rollup import Seat, SiteStanding

JOURNAL = "fleet.jsonl"
# What a site's folder of results may not be called, since it would lie elsewhere.
_ELSEWHERE = ("/", "\\", "\0")
_STATES = {"failed": "没有检查成", "running": "还在检查", "waiting": "还没有轮到"}


class Task(NamedTuple):
    """How the task of one site ended. row: its number, source and standing come later; report: where its report lies,
    where it has one."""

    seat: Seat
    row: ResultRow
    report: Path | None


class Journal(NamedTuple):
    """The tasks of a run; faults: of the lines that could not be read."""

    run: str
    tasks: tuple[Task, ...]
    faults: tuple[InputError, ...]


def runs(results: Path) -> list[str]:
    """The names of the runs in a folder of results, oldest first. InputError where there is no such folder."""
    try:
        return sorted(one.name for one in results.iterdir() if (one / JOURNAL).is_file())
    except OSError as fault:
        raise InputError(
            str(results), f"读不出（{cause(fault)}）", "请用 --results 指明 jimo-lint fleet run 写结果的文件夹"
        ) from None


def journal(results: Path, run: str) -> Journal:
    """The last word of the journal on every site and inspection. InputError where it cannot be read."""
    path = results / run / JOURNAL
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError as fault:
        raise InputError(str(path), f"读不出（{cause(fault)}）", "请检查文件夹权限") from None
    tasks: dict[tuple[str, str], Task] = {}
    faults = []
    for number, line in enumerate(filter(str.strip, text.splitlines()), 1):
        try:
            task = _task(line, f"{path}:{number}", results / run)
        except InputError as fault:
            faults.append(fault)
        else:
            tasks[task.seat.key, task.row.inspection] = task
    return Journal(run, tuple(tasks.values()), tuple(faults))


def _task(line: str, place: str, folder: Path) -> Task:
    try:
        raw = json.loads(line)
    except ValueError:
        raise InputError(place, "不是完整的一行", "程序可能被中断过；再运行一次 fleet run --resume 会补上") from None
    one = Part(raw, place)
    key, inspection = one.text("site"), one.text("inspection")
    for name in (key, inspection):
        if not name or name.startswith(".") or any(mark in name for mark in _ELSEWHERE):
            raise InputError(place, f"“{name}”不能作文件夹名", "请检查网站清单里的代号")
    state = one.text("state")
    why = "；".join(part for part in (_STATES.get(state, ""), one.text("reason")) if part)
    row = ResultRow(
        id=0,
        run=folder.name,
        inspection=inspection,
        site=key,
        source="",
        state=state,
        reason=one.text("reason"),
        attempts=one.number_or_none("attempts") or 0,
        started=one.moment("started"),
        ended=one.moment("ended"),
        cpu_s=one.decimal_or_none("cpu_s"),
        worker=one.text("worker"),
        standing=str(SiteStanding.UNSEEN),
        why="" if state == "done" else why or f"状态是 {state}",
    )
    seat = Seat(key, *(one.text(name) for name in ("code", "name", "city", "unit")))
    return Task(seat, row, folder / key / f"{inspection}.json" if state == "done" else None)


def changed(task: Task) -> str:
    """What tells this state of the task and of its report from any other."""
    size = "-"
    if task.report:
        try:
            status = task.report.stat()
            size = f"{status.st_size}:{status.st_mtime_ns}"
        except OSError:
            size = "gone"
    return f"{task.row.state}:{task.row.attempts}:{task.row.ended}:{size}"
