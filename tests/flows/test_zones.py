"""Days are Beijing's, whatever zone the machine is in."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import pytest

from jimo_lint.model.terms import CHINA
from tests.support.program import jimo_lint

# At any moment at least one of the first two has another day than Beijing.
ZONES = ("Etc/GMT+12", "Etc/GMT-14", "America/Los_Angeles", "UTC", "Asia/Shanghai")
SITE = '[site]\nname = "青潭区"\nstart = ["http://127.0.0.1:9/"]\n[crawl]\nallow_private = true\n'


def _today() -> date:
    return datetime.now(CHINA).date()


@pytest.mark.parametrize("zone", ZONES)
def test_the_day_of_a_check(zone: str, tmp_path: Path) -> None:
    """Without --as-of the day is the one that Beijing has."""
    before = _today()
    done = jimo_lint("check", "-", "-f", "json", cwd=tmp_path, stdin="青潭区召开会议。", TZ=zone)
    day = date.fromisoformat(json.loads(done.stdout)["run"]["as_of"])
    assert before <= day <= _today()


@pytest.mark.parametrize("zone", ZONES[:3])
def test_the_day_in_the_name_of_a_report(zone: str, tmp_path: Path) -> None:
    """The workbook is named after Beijing's day."""
    text = '[[account]]\nname = "青潭发布"\nplatform = "wechat"\nowner = "区府办"\n'
    (tmp_path / "jimo-lint.toml").write_text(text, encoding="utf-8")
    before = _today()
    jimo_lint("inspect", "weekly", "-f", "line", cwd=tmp_path, TZ=zone)
    [book] = (tmp_path / "reports").iterdir()
    assert book.name in {f"周检-{before}.xlsx", f"周检-{_today()}.xlsx"}


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "UTC", "Asia/Tokyo", "Asia/Shanghai", "Asia/Singapore"])
def test_jobs_are_planned_in_beijing_time(zone: str, tmp_path: Path) -> None:
    """systemd is told the zone; cron's line of it stands where the machine has another one."""
    (tmp_path / "jimo-lint.toml").write_text(SITE, encoding="utf-8")
    said = jimo_lint("schedule", cwd=tmp_path, TZ=zone).stdout
    assert "OnCalendar=*-*-01,16 01:30:00 Asia/Shanghai" in said
    assert ("CRON_TZ=Asia/Shanghai" in said) == (zone in ("America/Los_Angeles", "UTC", "Asia/Tokyo"))
