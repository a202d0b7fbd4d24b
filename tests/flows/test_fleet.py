"""`jimo-lint fleet` with workers of its own, as an office runs it."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from threading import Event

import pytest

from jimo_lint import __version__
from jimo_lint.fleet.orders import Order, State
from jimo_lint.fleet.sites import read
from jimo_lint.fleet.task import inspect_site
from tests.support.crawling import Reply, html, site
from tests.support.program import jimo_lint

pytestmark = pytest.mark.slow


class Town:
    """A server for all sites of a fleet: the home page of `/hanging/` comes when the event is set."""

    def __init__(self) -> None:
        self.released = Event()

    def answer(self, path: str) -> Reply | None:
        if path.startswith("/hanging/"):
            self.released.wait(60)
        if path == "/robots.txt":
            return None
        return html("<h1>要闻</h1><p>切实抓好关健工作，确保万无一失。</p>", title="要闻")


@pytest.fixture
def town() -> Iterator[tuple[Town, str]]:
    """The town, and where it is served."""
    made = Town()
    with site(made.answer) as served:
        yield made, served.url
        made.released.set()


def configure(folder: Path, url: str) -> None:
    """The settings of a site."""
    folder.mkdir(parents=True)
    text = f'[site]\nname = "{folder.name}"\nstart = ["{url}"]\n[crawl]\nallow_private = true\ndelay = 0\n'
    (folder / "jimo-lint.toml").write_text(text, encoding="utf-8")


def test_a_fleet_is_run_told_of_and_resumed(tmp_path: Path, town: tuple[Town, str]) -> None:
    """A site that hangs and one whose settings are broken cost no other; what is done is not done again."""
    made, base = town
    rows = '[fleet]\nname = "青潭市"\nstorage = "sites"\ntime_limit = "5 秒"\nper_address = 8\n'
    for number, name in enumerate(("a", "hanging", "broken")):
        configure(tmp_path / "sites" / name, f"{base}/{name}/")
        rows += f'[[site]]\ncode = "440100000{number}"\nname = "{name}"\ncity = "青潭市"\nfolder = "{name}"\n'
    (tmp_path / "fleet.toml").write_text(rows, encoding="utf-8")
    (tmp_path / "sites/broken/jimo-lint.toml").write_text('[site]\nnmae = "x"\n', encoding="utf-8")

    first = jimo_lint("fleet", "run", "probe", "--workers", "1", cwd=tmp_path)
    assert first.returncode == 2, first.stderr
    assert "3 个站点：完成 1，未完成 2" in first.stdout
    assert "未完成（试了 3 次）：hanging（4401000001）：超过时限 5 秒" in first.stdout
    assert 'broken/jimo-lint.toml：[site] 未知的键 "nmae"' in first.stdout
    assert first.stderr.count("再试：hanging") == 2 and "Traceback" not in first.stderr
    [run] = (tmp_path / "results").iterdir()
    assert [path.parent.name for path in run.glob("*/probe.json")] == ["4401000000"]
    [visit] = json.loads((run / "4401000000/probe.json").read_bytes())["visits"]
    assert visit["url"] == f"{base}/a/" and visit["status"] == 200
    assert (tmp_path / "sites/a/.jimo-lint/visits.jsonl").read_text(encoding="utf-8").count("\n") == 1

    made.released.set()
    configure(tmp_path / "mended", f"{base}/broken/")
    (tmp_path / "mended/jimo-lint.toml").replace(tmp_path / "sites/broken/jimo-lint.toml")
    second = jimo_lint("fleet", "run", "probe", "--resume", "-q", "--workers", "1", cwd=tmp_path)
    assert (second.returncode, second.stderr) == (0, "")
    assert [one.name for one in (tmp_path / "results").iterdir()] == [run.name]
    for name in ("a", "hanging", "broken"):
        visits = (tmp_path / "sites" / name / ".jimo-lint/visits.jsonl").read_text(encoding="utf-8")
        assert visits.count("\n") == 1, name

    status = jimo_lint("fleet", "status", "-f", "json", cwd=tmp_path)
    told = json.loads(status.stdout)
    assert status.returncode == 0 and told["ended"] and told["counts"]["done"] == 3
    assert [site["attempts"] for site in told["sites"]] == [1, 1, 1]


def test_an_inspection_of_a_fleet_is_the_ordinary_one(tmp_path: Path, town: tuple[Town, str]) -> None:
    """The report and the store that the command leaves by itself, in the site's folder."""
    _, base = town
    configure(tmp_path / "a", f"{base}/")
    [one] = read(tmp_path).sites
    order = Order(one, "r1", "columns", date(2026, 12, 2), str(tmp_path), (), 100, __version__, links=False)
    outcome = inspect_site(order)
    assert outcome.state is State.DONE, outcome.reason
    report = json.loads(zlib.decompress(outcome.report))
    assert report["schema"] == "jimo-lint/report/1" and report["run"]["site"] == "a"
    assert "T101" in {finding["code"] for finding in report["findings"]} and outcome.findings
    by_hand = jimo_lint("report", "-f", "json", cwd=tmp_path / "a")
    assert json.loads(by_hand.stdout)["findings"] == report["findings"]
    assert not (tmp_path / "a/reports").exists()


def test_an_inspection_ends_with_its_worker(tmp_path: Path, town: tuple[Town, str]) -> None:
    """It would go on asking a site that another worker has begun with."""
    _, base = town
    configure(tmp_path / "a", f"{base}/hanging/")
    command = [sys.executable, "-m", "jimo_lint.fleet.child", "probe", "--config", str(tmp_path / "a/jimo-lint.toml")]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True, stderr=subprocess.DEVNULL)
    assert process.stdin
    time.sleep(1)
    assert process.poll() is None
    process.stdin.close()
    assert process.wait(10) != 0


def test_what_is_wrong_with_the_call_is_told(tmp_path: Path) -> None:
    """Nothing is run then."""
    both = jimo_lint("fleet", "run", "columns", "--scheduler", "tcp://x", "--workers", "2", cwd=tmp_path)
    assert both.returncode == 2 and "只能写一个" in both.stderr
    none = jimo_lint("fleet", "status", cwd=tmp_path)
    assert none.returncode == 2 and "没有这个文件" in none.stderr
