"""`jimo-lint plan` as an office runs it: screen, line, JSON, workbook, exit codes, timetable, message to the group."""

from __future__ import annotations

import json
import shlex
import subprocess
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from jimo_lint.cli import run
from jimo_lint.model import Document, FetchResult, ListItem, QueuedUrl
from jimo_lint.settings.config import load
from jimo_lint.store import Store
from tests.flows.test_notify import OK, Robot, robot
from tests.support.program import jimo_lint

HOME = "https://www.qingtan.example/"
SITE = """
[site]
name = "青潭区人民政府"
start = ["https://www.qingtan.example/"]

[[column]]
name = "意见征集"
url = "/yjzj/"

[[account]]
name = "青潭发布"
platform = "wechat"
owner = "区府办"
"""
# What is left out or recorded, so that only consultations are counted from the store.
QUIET = """
[plan]
open-days = { times = 0 }
columns = { times = 0 }
website-report = { times = 0 }
department-reports = { times = 0 }
government-report = { times = 0 }
weekly = { times = 0 }
assessment = { times = 0 }
calls = { times = 0 }
"""


def workspace(folder: Path, text: str, *, items: int = 0, seen: date = date(2026, 11, 22)) -> Path:
    """A configuration, and a store with a crawl in which the column has so many items of the year."""
    (folder / "jimo-lint.toml").write_text(text, encoding="utf-8")
    url = f"{HOME}yjzj/"
    rows = [
        ListItem(f"{url}{number}.html", f"关于《办法{number}》征求意见的公告", datetime(2026, 1, 1 + number))
        for number in range(items)
    ]
    with Store.open(load(folder / "jimo-lint.toml").store_path, writing=True) as store:
        crawl = store.begin_crawl("site", seen, resume=False)
        page = Document(url, url, "site", "意见征集", column=url)
        store.record([FetchResult(QueuedUrl(url, 1, url, 1), 200, page, tuple(rows))])
        store.finish_crawl(crawl)
    return folder


def test_a_plan_from_the_store(tmp_path: Path) -> None:
    """What the columns hold is counted; the workbook is written where reports go."""
    workspace(tmp_path, SITE + QUIET, items=18)
    done = jimo_lint("plan", "--as-of", "2026-11-22", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "青潭区人民政府2026年度计划" in done.stdout and "超前 1" in done.stdout
    book = load_workbook(tmp_path / "reports" / "年度计划-2026.xlsx")
    assert book["计数明细"].max_row == 19
    assert book["计数明细"]["C2"].value == "关于《办法0》征求意见的公告"


@pytest.mark.parametrize(
    ("items", "as_of", "code"),
    [
        (17, "2026-11-22", 0),
        (16, "2026-11-22", 1),
        # Read too long ago to say.
        (16, "2026-12-24", 2),
        (20, "2026-12-24", 0),
    ],
)
def test_exit_codes(items: int, as_of: str, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """0 where all goes well, 1 where something is behind, 2 where nobody can say."""
    workspace(tmp_path, SITE + QUIET, items=items)
    monkeypatch.chdir(tmp_path)
    assert run(["plan", "--as-of", as_of]) == code


def test_without_a_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """What only a crawl can tell is unknown, and reading creates no store."""
    (tmp_path / "jimo-lint.toml").write_text(SITE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["plan", "--as-of", "2026-11-22", "-f", "json"]) == 2
    read = json.loads(capsys.readouterr().out)
    by_key = {one["duty"]["key"]: one for one in read["duties"]}
    assert read["seen"] is None and by_key["opinions"]["done"] is None
    assert "还没有采集过网站" in by_key["opinions"]["reason"]
    assert not (tmp_path / ".jimo-lint").exists()


def test_files_of_ones_choice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Named by -o, the form by the name; then nothing goes into reports/. Another suffix is refused before all."""
    workspace(tmp_path, SITE + QUIET, items=18)
    monkeypatch.chdir(tmp_path)
    assert (
        run(["plan", "--as-of", "2026-11-22", "--year", "2027", "-f", "line", "-o", "a/计划.json", "-o", "计划.XLSX"])
        == 0
    )
    assert json.loads((tmp_path / "a" / "计划.json").read_text(encoding="utf-8"))["year"] == 2027
    assert (tmp_path / "计划.XLSX").is_file() and not (tmp_path / "reports").exists()
    assert run(["plan", "-o", "b.xlsx", "-o", "计划.csv"]) == 2
    assert not (tmp_path / "b.xlsx").exists()


def test_the_settings_tell_the_duties(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With their keys, which the configuration uses, how often, by when and why."""
    own = (
        '[plan.columns]\ntimes = 24\n[plan.calls]\ntimes = 0\n[[plan.done]]\nduty = "assessment"\ndays = [2026-06-20]\n'
    )
    (tmp_path / "jimo-lint.toml").write_text(SITE + own, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["config"]) == 0
    said = capsys.readouterr().out
    assert "  周检（weekly）：每周一次    本地年度政务公开工作要点" in said
    assert "  栏目体检（columns）：一年 24 次    本单位配置" in said
    assert "  模拟呼叫（calls）：没有这一项" in said
    assert "  政府网站工作年度报表（website-report）：一年 1 次，1 月 31 日前    国办函〔2018〕12号" in said
    assert "人工登记 1 次" in said


def test_the_timetable_runs_it(tmp_path: Path) -> None:
    """On Mondays, as one line for cron's mail; its exit code is that of the command."""
    folder = tmp_path / "区 政府100%"
    folder.mkdir()
    workspace(folder, SITE + QUIET, items=3)
    said = jimo_lint("schedule", cwd=folder).stdout
    (entry,) = [line for line in said.splitlines() if line.startswith("0 8 * * 1 ")]
    assert "# 年度计划，每周一 8:00" in said and "OnCalendar=Mon *-*-* 08:00:00 Asia/Shanghai" in said
    command = entry.split(" ", 5)[5].replace(r"\%", "%")
    assert shlex.split(command)[-2:] == ["-f", "line"]
    ran = subprocess.run(
        ["/bin/sh", "-c", f"{command} --as-of 2026-11-22"], cwd="/", capture_output=True, text=True, check=False
    )
    assert ran.returncode == 1, ran.stderr
    assert ran.stdout == "青潭区人民政府2026年度计划 11月22日：落后 1（意见征集差 14）。\n"


def test_the_group_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line, and to a plain receiver how each duty stands; without [notify] it cannot be asked for."""
    told = '[notify]\nrobot = "json"\nurl_env = "HOOK"\n'
    workspace(tmp_path, told + SITE + QUIET, items=20)
    monkeypatch.chdir(tmp_path)
    with robot(OK[Robot.JSON]) as received:
        monkeypatch.setenv("HOOK", received.url)
        assert run(["plan", "--as-of", "2026-11-22", "--notify"]) == 0
    (body,) = received.bodies
    assert str(body["text"]).startswith("青潭区人民政府2026年度计划 11月22日：已完成 1")
    assert body["duties"] == [{"key": "opinions", "standing": "done", "done": 20, "owed": 20}]
    (tmp_path / "jimo-lint.toml").write_text(SITE, encoding="utf-8")
    assert run(["plan", "--notify"]) == 2


@pytest.mark.slow
def test_inspections_are_counted(tmp_path: Path) -> None:
    """One as the configuration asks for counts, though rules are off in it; one over less, or of what was read before,
    does not and is named."""
    text = '[rules]\nignore = ["T105"]\n[[account]]\nname = "青潭发布"\nplatform = "wechat"\narchive = "甲.csv"\n'
    (tmp_path / "jimo-lint.toml").write_text(text, encoding="utf-8")
    (tmp_path / "甲.csv").write_text("标题,发布时间,内容\n会议,2026-11-20 09:00,召开会议。\n", encoding="utf-8")
    for day, more in (("2026-11-08", ["--no-links"]), ("2026-11-15", []), ("2026-11-22", ["--no-collect"])):
        jimo_lint("inspect", "weekly", "--as-of", day, "-f", "line", *more, cwd=tmp_path)
    made = json.loads(jimo_lint("plan", "--as-of", "2026-11-22", "-f", "json", cwd=tmp_path).stdout)
    (weekly,) = [one for one in made["duties"] if one["duty"]["key"] == "weekly"]
    assert [deed["day"] for deed in weekly["counted"]] == ["2026-11-15"]
    assert [deed["day"] for deed in weekly["uncounted"]] == ["2026-11-08", "2026-11-22"]
    assert weekly["gaps"][-2:] == ["2026-10-26", "2026-11-02"]
