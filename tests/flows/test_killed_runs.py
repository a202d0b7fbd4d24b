"""A run that is killed while it is kept leaves the store as it was before it, or as it is after it."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import time
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from jimo_lint.inspection.context import context
from jimo_lint.model import Finding, Report, Run, Severity
from jimo_lint.review.desk import Desk
from jimo_lint.settings.config import Config
from jimo_lint.store import Store, runs

NOW = datetime(2026, 1, 31, 8, tzinfo=UTC)
DAY = date(2026, 1, 31)
MANY = 400
KILLS = 50


def _findings(shift: int) -> tuple[Finding, ...]:
    """As many in every run, some of them others each time."""
    return tuple(
        Finding(
            "T101", "common-typo", "常见错别字", Severity.ERROR, f"第 {number} 个", "标题",
            url=f"http://a.example/{number % 40}.html", matched="关健", fingerprint=f"{number:016x}",
        )
        for number in range(shift, shift + MANY)
    )  # fmt: skip


def _keep(config: Config, number: int) -> None:
    """One run, kept as inspections keep theirs."""
    day = DAY + timedelta(days=number)
    found = _findings(number % 7 * 50)
    run = Run("columns", "网站栏目体检", day, "青潭区", "0.1.0", "标准", NOW, NOW)
    with Store.open(config.store_path, writing=True) as store:
        desk = Desk(config, store, "columns", day, fresh=True)
        for finding in desk.looked.findings(found):
            desk.looked.texts.add(finding.url, number)
        report = Report(run, findings=desk.silence(found))
        desk.close(replace(report), (), _CONTEXT[0])


_CONTEXT: list = []  # made before the processes part, since it reads the standard's file


def _whole(config: Config) -> int:
    """The number of runs in the store, each of which is whole."""
    connection = sqlite3.connect(config.store_path)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        places = dict(connection.execute("SELECT run, count(*) FROM looked_at GROUP BY run").fetchall())
        dangling = "SELECT count(*) FROM stands WHERE finding NOT IN (SELECT id FROM finding)"
        assert connection.execute(dangling).fetchone() == (0,)
        newest = connection.execute("SELECT coalesce(max(last_run), 0) FROM finding").fetchone()[0]
    finally:
        connection.close()
    with Store.open(config.store_path, writing=False) as store:
        kept = runs.runs(store)
        for one in kept[-3:]:
            assert (len(runs.findings(store, one.number)), places[one.number]) == (MANY, 40)
    assert newest == (kept[-1].number if kept else 0)
    return len(kept)


def test_fifty_kills_leave_whole_runs(tmp_path: Path) -> None:
    """At 50 random moments, most of them in the middle of a run; what runs later goes on from there."""
    config = Config(folder=tmp_path)
    _CONTEXT[:] = [context(config, DAY)]
    _keep(config, 0)
    begun = time.perf_counter()
    _keep(config, 1)
    takes = time.perf_counter() - begun
    chance = random.Random(20261201)
    done = 2
    for _ in range(KILLS):
        child = os.fork()
        if not child:
            with suppress(BaseException):
                for number in range(done, done + 1000):
                    _keep(config, number)
            os._exit(0)
        time.sleep(chance.random() * takes * 1.5)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        now = _whole(config)
        assert now >= done
        done = now
    _keep(config, done)
    assert _whole(config) == done + 1
