"""What `recheck` settles of the findings of former runs, and what it leaves open."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jimo_lint.model import Opinion
from jimo_lint.store import Store, runs
from tests.support.crawling import site
from tests.support.program import jimo_lint
from tests.support.town import RIGHT, WRONG, Town, states

pytestmark = pytest.mark.slow


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """Four pages with a wrong word each, inspected once; the third and the fourth have it in one and the same text."""
    town = Town(tmp_path)
    with site(town.answer) as town.server:
        town.base = town.server.url
        town.configure()
        town.pages = {"/1.html": f"其一：{WRONG}", "/2.html": f"其二：{WRONG}", "/3.html": WRONG, "/4.html": WRONG}
        town.judge("2026-01-05")
        yield town


def recheck(town: Town, *words: str) -> tuple[int, dict[str, Any]]:
    """Exit code and report."""
    wanted = [f"{town.base}{word}" if word.startswith("/") else word for word in words]
    done = jimo_lint("recheck", *wanted, "-f", "json", "--as-of", "2026-01-12", "--select", "T101", cwd=town.folder)
    assert done.returncode in (0, 1, 2), done.stderr
    return done.returncode, json.loads(done.stdout)


def stored(town: Town) -> dict[str, str]:
    """The states in the store, by the end of each page's address."""
    with Store.open(town.store, writing=False) as store:
        lives = [one for one in runs.lives(store, "columns") if one.code == "T101"]
        return {one.finding().url.rpartition("/")[2]: one.state.value for one in lives}


def test_what_was_mended_is_closed_and_what_was_not_looked_at_stays(town: Town) -> None:
    """One page mended, one not, one of two: told and stored so; the next run begins with it."""
    town.pages |= {"/1.html": f"其一：{RIGHT}", "/3.html": RIGHT}
    code, report = recheck(town, "/1.html", "/2.html", "/3.html")
    assert code == 1
    assert states(report) == {"1.html": "mended", "2.html": "still", "3.html": "partly"}
    assert stored(town) == {"1.html": "mended", "2.html": "still", "3.html": "partly"}
    # The fourth page has it still: the run finds it there, and does not call the third mended and new.
    after = town.judge("2026-01-19")
    assert {one["history"]["state"] for one in after["findings"] if one["code"] == "T101"} == {"still"}
    assert "1.html" not in states(after)


def test_all_that_was_reported_mended_is_looked_at(town: Town) -> None:
    """已整改 is believed for nobody: gone it is closed, still there it is 整改未到位."""
    with Store.open(town.store, writing=False) as store:
        found = runs.findings(store, 1)
    first = {"findings": [{"code": one.code, "url": one.url, "fingerprint": one.fingerprint} for one in found]}
    for path in ("/1.html", "/2.html"):
        town.decide(first, path, Opinion.MENDED, "2026-01-08")
    town.pages["/1.html"] = f"其一：{RIGHT}"
    code, report = recheck(town, "--all-mended")
    assert (code, states(report)) == (1, {"1.html": "closed", "2.html": "undone"})
    code, report = recheck(town, "--all-mended")
    assert {one["name"].rpartition("/")[2] for one in report["looked"]} == {"2.html"}


def test_a_page_that_does_not_answer_settles_nothing(town: Town) -> None:
    """It stays as it was in the store, and is told as not looked at."""
    town.server.close()
    code, report = recheck(town, "/2.html")
    assert (code, states(report)) == (2, {})
    assert stored(town)["2.html"] == "first"
