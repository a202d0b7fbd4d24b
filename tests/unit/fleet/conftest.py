"""The invented province, written once a run of the tests."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from jimo_lint.fleet.rollup import asking, database, loading
from jimo_lint.model.rollup import Rollup
from tests.support import province
from tests.support.once import once

MADE = datetime(2026, 12, 2, 9, 30)


@pytest.fixture(scope="session")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of all rounds, to be looked at only."""
    return once(tmp_path_factory, "province", lambda folder: province.write(folder / "results")) / "results"


@pytest.fixture(scope="session")
def given(results: Path, tmp_path_factory: pytest.TempPathFactory) -> Rollup:
    """What the last rounds come to."""
    held = database.opened(str(tmp_path_factory.mktemp("rollup") / "rollup.sqlite3"))
    loading.load(results, held)
    made = asking.rollup(held, "青河省", MADE)
    held.close()
    return made


@pytest.fixture
def last_round(results: Path, tmp_path: Path) -> Callable[[str], Path]:
    """A copy of the last run of an inspection, in a folder of results of its own: its folder."""

    def copied(inspection: str) -> Path:
        name = f"{province.DAYS[-1]:%Y%m%d}-0200-{inspection}"
        return Path(shutil.copytree(results / name, tmp_path / "results" / name))

    return copied
