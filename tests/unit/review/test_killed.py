"""An import that is killed leaves the store as it was before or as it is after, wherever it was."""

from __future__ import annotations

import os
import random
import signal
import time
from dataclasses import replace
from pathlib import Path

import pytest

from jimo_lint.report.xlsx import weekly
from jimo_lint.review.intake import take
from jimo_lint.review.marks import read
from jimo_lint.store import Store, decisions
from tests.support import report_samples as samples
from tests.support import reviewed_books as reviewing

POINTS = 50
FINDINGS = 300


@pytest.mark.slow
def test_sigkill_at_random_points(tmp_path: Path) -> None:
    """Fifty times: none of the decisions or all of them, and the next import brings what is missing."""
    path = tmp_path / "store.sqlite3"
    report = reviewing.keep(path, replace(samples.weekly(), findings=reviewing.words(FINDINGS), links=()))
    book = weekly.write(report, tmp_path / "周检.xlsx")
    signed = {"审核意见": "确认", "审核人": "甲", "审核日期": "2026-11-22"}
    marked = read(reviewing.fill(book, "整改清单", {1: signed}))

    with Store.open(path, writing=False) as store:
        taken = [decision for decision, _ in take(store, [marked], "", reviewing.TODAY).taken]
    assert len(taken) == FINDINGS

    def store_them() -> None:
        with Store.open(path, writing=True, beside=True) as store:
            decisions.add(store, taken)

    fresh = path.read_bytes()
    began = time.monotonic()
    store_them()
    whole = time.monotonic() - began
    chance, seen = random.Random(14), set()
    for point in range(POINTS):
        for beside in tmp_path.glob("store.sqlite3*"):
            beside.unlink()
        path.write_bytes(fresh)
        child = os.fork()
        if child == 0:
            store_them()
            os._exit(0)
        time.sleep(chance.random() * whole * 1.3)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        seen.add(len(reviewing.decided(path)))
        if point % 10 == 0:
            store_them()
            assert len(reviewing.decided(path)) == FINDINGS
    assert 0 in seen and seen <= {0, FINDINGS}
