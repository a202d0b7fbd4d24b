"""What a worker does with one site; the process that inspects is only acted."""

from __future__ import annotations

import errno
import json
import tomllib
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jimo_lint import __version__
from jimo_lint.fleet import task
from jimo_lint.fleet.lease import Lease
from jimo_lint.fleet.orders import Order, State
from jimo_lint.fleet.sites import FleetSite
from jimo_lint.fleet.storage import Storage
from jimo_lint.fleet.task import first_settings, inspect_site
from jimo_lint.settings import config as settings

STORE = "qingtan/.jimo-lint/store.sqlite3"
WHOLE: dict[str, Any] = {"run": {"collected": True}, "problems": []}
Ended = task._Ended


class Trial:
    """A storage with one site, an order for it, and what its inspection does."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.storage = Storage(str(folder))
        self.storage.write("qingtan/jimo-lint.toml", b'[site]\nstart = ["http://www.qingtan.example/"]\n')
        self.storage.write(STORE, b"old")
        site = FleetSite("4401000001", "4401000001", "青潭区政府", "", "", "http://www.qingtan.example/", "qingtan")
        self.order = Order(site, "r1", "columns", date(2026, 12, 2), str(folder), (), 60, __version__)
        self.report: Any = WHOLE
        self.ended = Ended(0, "", "", 3.0, 2.0)
        self.meanwhile: Callable[[Path], object] = lambda folder: None
        self.runs = 0
        monkeypatch.setattr(task, "_run", self._run)

    def _run(self, order: Order, folder: Path, report: Path, lease: Lease) -> Any:
        self.runs += 1
        store = folder / ".jimo-lint/store.sqlite3"
        store.parent.mkdir(exist_ok=True)
        store.write_bytes(b"new, longer")
        if self.report is not None:
            report.write_text(json.dumps(self.report), encoding="utf-8")
        self.meanwhile(folder)
        return self.ended

    def stored(self) -> bytes | None:
        return self.storage.read(STORE)


@pytest.fixture
def trial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Trial:
    """In a folder of its own, with scratch in another."""
    (tmp_path / "scratch").mkdir()
    monkeypatch.setattr(task.tempfile, "gettempdir", lambda: str(tmp_path / "scratch"))
    yield Trial(tmp_path / "sites", monkeypatch)  # type: ignore[misc]
    assert not [*(tmp_path / "scratch").iterdir()]


def test_a_site_is_inspected_once_in_a_run(trial: Trial) -> None:
    """The report comes back and the folder is as it was left; whoever comes again gets the report of the first."""
    trial.ended = Ended(1, "", "", 3.0, 2.0)
    outcome = inspect_site(trial.order)
    assert (outcome.state, outcome.reason, outcome.findings, outcome.cpu) == (State.DONE, "", True, 2.0)
    assert json.loads(zlib.decompress(outcome.report)) == WHOLE
    assert trial.stored() == b"new, longer"
    again = inspect_site(trial.order)
    assert (again.state, again.findings, again.report, again.cpu) == (State.DONE, True, outcome.report, 0.0)
    assert trial.runs == 1
    assert inspect_site(replace(trial.order, run="r2")).state is State.DONE and trial.runs == 2


def test_what_was_not_read_is_told_as_not_whole(trial: Trial) -> None:
    """How much, and the first of it; what is excused does not count."""
    excused = {"place": "x", "message": "robots.txt 不许", "excused": True}
    unread = {"place": "http://www.qingtan.example/a", "message": "打不开", "excused": False}
    trial.ended, trial.report = Ended(2, "", "", 3.0, 2.0), {**WHOLE, "problems": [excused, unread]}
    outcome = inspect_site(trial.order)
    assert (outcome.state, outcome.reason) == (
        State.PARTIAL,
        "有 1 处没有读到，如 http://www.qingtan.example/a：打不开",
    )


def test_a_site_that_does_not_answer_is_left_for_another_worker(trial: Trial) -> None:
    """Nothing is put back but by the last attempt, which keeps its report; and that is not finished."""
    unread = {"place": "http://www.qingtan.example/", "message": "拒绝连接", "excused": False}
    trial.ended = Ended(2, "", "", 3.0, 2.0)
    trial.report = {"run": {"collected": False}, "problems": [unread]}
    outcome = inspect_site(trial.order)
    assert (outcome.state, outcome.report, trial.stored()) == (State.FAILED, b"", b"old")
    assert "拒绝连接" in outcome.reason
    last = inspect_site(replace(trial.order, last=True))
    assert last.state is State.FAILED and last.report and trial.stored() == b"new, longer"
    trial.ended, trial.report = Ended(0, "", "", 3.0, 2.0), WHOLE
    assert inspect_site(trial.order).state is State.DONE


@pytest.mark.parametrize(
    ("ended", "said"),
    [
        (Ended(2, "提示\n错误：x：磁盘空间不足。请腾出空间\n", "", 1.0, 1.0), "x：磁盘空间不足。请腾出空间"),
        (Ended(70, "错误：程序：出了没有料到的错\nTraceback\n", "", 1.0, 1.0), "程序：出了没有料到的错"),
        (Ended(-9, "", "", 1.0, 1.0), "检查进程被系统结束（信号 9）"),
        (Ended(3, "", "", 1.0, 1.0), "没有留下话"),
        (Ended(-9, "", "late", 60.0, 1.0), "超过时限 1 分钟"),
        (Ended(-9, "", "lost", 60.0, 1.0), "已交给别人检查"),
    ],
)
def test_an_attempt_without_a_report_leaves_the_folder_as_it_was(trial: Trial, ended: Any, said: str) -> None:
    """And says why."""
    trial.ended, trial.report = ended, None
    outcome = inspect_site(trial.order)
    assert outcome.state is State.FAILED and said in outcome.reason
    assert trial.stored() == b"old"


def test_personal_numbers_stay_out_of_reasons(trial: Trial) -> None:
    """They would go into the journal and the province's tables."""
    trial.ended, trial.report = Ended(2, "错误：11010519491231002X.html：读不出\n", "", 1.0, 1.0), None
    assert "11010519491231002X" not in inspect_site(trial.order).reason


def test_what_a_person_changed_meanwhile_stays(trial: Trial) -> None:
    """The attempt comes to nothing, the site is tried again."""
    trial.meanwhile = lambda folder: trial.storage.write(STORE, b"reviewed")
    outcome = inspect_site(trial.order)
    assert outcome.state is State.FAILED and "另有人改了 .jimo-lint/store.sqlite3" in outcome.reason
    assert trial.stored() == b"reviewed"


def test_one_who_lost_the_lease_puts_nothing_back(trial: Trial) -> None:
    """However far it was."""
    path = "qingtan/.jimo-lint/fleet/store/lease.json"
    trial.meanwhile = lambda folder: trial.storage.remove(path)
    outcome = inspect_site(trial.order)
    assert outcome.state is State.FAILED and "结果没有存" in outcome.reason and trial.stored() == b"old"


def test_a_full_disk_is_a_reason(trial: Trial) -> None:
    """Of this worker; another may have room."""

    def full(folder: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    trial.meanwhile = full
    outcome = inspect_site(trial.order)
    assert outcome.state is State.FAILED and "磁盘已满" in outcome.reason


def test_a_worker_of_another_version_does_nothing(trial: Trial) -> None:
    """Both versions are named."""
    outcome = inspect_site(replace(trial.order, version="9.9.9"))
    assert outcome.state is State.FAILED and __version__ in outcome.reason and "9.9.9" in outcome.reason
    assert trial.runs == 0


def test_a_site_of_which_only_the_register_knows_gets_settings(trial: Trial, tmp_path: Path) -> None:
    """They are those that a reader would write, whatever its name; without an address there is nothing to do."""
    site = replace(trial.order.site, folder="new", name='青潭"区\n政府')
    order = replace(trial.order, site=site)
    assert inspect_site(order).state is State.DONE
    assert trial.storage.read("new/jimo-lint.toml") == first_settings(order).encode()
    assert tomllib.loads(first_settings(order))["site"]["name"] == '青潭"区\n政府'
    (tmp_path / "x.toml").write_text(first_settings(order), encoding="utf-8")
    assert settings.load(tmp_path / "x.toml").site.id_code == "4401000001"
    nowhere = inspect_site(replace(order, site=replace(site, folder="newer", address="")))
    assert nowhere.state is State.FAILED and "没有 jimo-lint.toml" in nowhere.reason


def test_what_is_shared_lies_beside_the_site(trial: Trial) -> None:
    """At the place from the site's folder at which its settings look for it; other sites are not taken."""
    trial.storage.write("base.toml", b"[crawl]\ndelay = 2\n")
    trial.storage.write("other/jimo-lint.toml", b"")
    seen: list[list[str]] = []
    trial.meanwhile = lambda folder: seen.append(sorted(path.name for path in folder.parent.iterdir()))
    inspect_site(replace(trial.order, shared=("base.toml",)))
    assert seen == [["base.toml", "qingtan", "report.json"]]


def test_archives_are_taken_for_the_weekly_inspection_only(trial: Trial) -> None:
    """They are of no use to another, and large."""
    account = b'[[account]]\nname = "\xe9\x9d\x92\xe6\xbd\xad"\nplatform = "wechat"\narchive = "posts"\n'
    trial.storage.write("qingtan/jimo-lint.toml", account)
    trial.storage.write("qingtan/posts/a.html", b"a")
    seen: list[bool] = []
    trial.meanwhile = lambda folder: seen.append((folder / "posts/a.html").is_file())
    inspect_site(trial.order)
    inspect_site(replace(trial.order, inspection="weekly"))
    assert seen == [False, True]


def test_a_probe_gives_the_visits_of_now(trial: Trial) -> None:
    """Those of before stay in the site's folder, and the store is not even taken."""
    place = "qingtan/.jimo-lint/visits.jsonl"
    trial.storage.write(place, b'{"at": "1"}\n')

    def visit(folder: Path) -> None:
        assert not (folder / ".jimo-lint/fleet").exists()
        with (folder / ".jimo-lint/visits.jsonl").open("ab") as file:
            file.write(b'{"at": "2"}\n')
        (folder / ".jimo-lint/store.sqlite3").unlink()

    trial.meanwhile, trial.report = visit, None
    outcome = inspect_site(replace(trial.order, inspection="probe"))
    assert json.loads(zlib.decompress(outcome.report)) == {"schema": "jimo-lint/probe/1", "visits": [{"at": "2"}]}
    assert trial.storage.read(place) == b'{"at": "1"}\n{"at": "2"}\n' and trial.stored() == b"old"
