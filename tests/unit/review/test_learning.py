"""What decisions say of the rules: counted by what is in force, proposed, never switched on."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from jimo_lint.model import Opinion
from jimo_lint.review.learning import records
from jimo_lint.store import Store, decisions
from tests.support.program import jimo_lint
from tests.support.town import WRONG, Town

pytestmark = pytest.mark.slow  # whole workbooks, written and read

DAY = date(2026, 1, 20)


@pytest.fixture
def town(tmp_path: Path) -> Town:
    """Five pages with the same wrong word in five sentences, decided differently."""
    town = Town(tmp_path)
    town.configure()
    town.pages = {f"/{number}.html": f"其{number}：{WRONG}" for number in range(1, 6)}
    return town


def test_each_finding_counts_once_by_what_is_in_force(town: Town) -> None:
    """A change of mind counts once, a dispute and a delay for nothing; a word once confirmed is not proposed."""
    first = town.judge("2026-01-05")
    for path in ("/1.html", "/2.html", "/3.html"):
        town.decide(first, path, Opinion.CONFIRMED, "2026-01-06")
        town.decide(first, path, Opinion.FALSE_ALARM, "2026-01-07")
    town.decide(first, "/4.html", Opinion.FALSE_ALARM, "2026-01-06")
    town.decide(first, "/4.html", Opinion.CONFIRMED, "2026-01-06", reviewer="李复核")
    town.decide(first, "/5.html", Opinion.DEFERRED, "2026-01-06", due=date(2026, 2, 1))
    with Store.open(town.store, writing=False) as store:
        (record,) = records(store, DAY)
    assert (record.code, record.right, record.wrong, record.false_alarms) == ("T101", 0, 3, 1.0)
    assert dict(record.words) == {"关健": 3}
    assert record.suggested == ("关健",)
    told = jimo_lint("stats", "--as-of", "2026-01-20", cwd=town.folder)
    assert 'allow = ["关健"]' in told.stdout and "误报    3，属实    0，误报率 100%" in told.stdout
    assert "关健" not in (town.folder / "jimo-lint.toml").read_text(encoding="utf-8")
    read = json.loads(jimo_lint("stats", "-f", "json", "--as-of", "2026-01-20", cwd=town.folder).stdout)
    assert read[0]["suggested"] == ["关健"]

    town.decide(first, "/5.html", Opinion.CONFIRMED, "2026-01-10")
    with Store.open(town.store, writing=False) as store:
        (record,) = records(store, DAY)
    assert (record.right, record.wrong, record.suggested) == (1, 3, ())


def test_without_decisions_it_says_so(town: Town) -> None:
    """Nothing decided is no rate of 0; what was undone is as if it had not been."""
    first = town.judge("2026-01-05")
    assert "还没有审核意见" in jimo_lint("stats", cwd=town.folder).stdout
    town.decide(first, "/1.html", Opinion.FALSE_ALARM, "2026-01-06")
    with Store.open(town.store, writing=True) as store:
        decisions.undo(store, [one.id for one in decisions.decisions(store)])
        assert records(store, DAY) == ()
