"""A run of the fleet, with workers that are only acted: retries, losses, what is put down."""

from __future__ import annotations

import json
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest

from jimo_lint import __version__
from jimo_lint.errors import ReportError, StoreError
from jimo_lint.fleet import journal, lease
from jimo_lint.fleet.cluster import Ended, SchedulerLostError
from jimo_lint.fleet.journal import Journal, Standing
from jimo_lint.fleet.orders import Order, Outcome, State
from jimo_lint.fleet.running import Asked, Run
from jimo_lint.fleet.sites import Fleet, read

DONE = Outcome(State.DONE, report=zlib.compress(b'{"run": {}}'), findings=True, cpu=1.5, worker="w:1", version="0")
FAILED = Outcome(State.FAILED, "磁盘已满")
Act = Callable[[Order, str], Outcome | BaseException | None]


class Acted:
    """Two workers that do at once what `act` says; an exception stands for the end of the scheduler."""

    def __init__(self, act: Act) -> None:
        self._act = act
        self._given: list[tuple[Order, str]] = []
        self.orders: list[tuple[str, str]] = []
        self.waited = 0

    def free(self) -> list[str]:
        busy = {worker for _, worker in self._given}
        return [one for one in ("w1", "w2") if one not in busy]

    def fit(self) -> list[str]:
        return ["w1", "w2"]

    def give(self, order: Order, worker: str) -> None:
        self._given.append((order, worker))
        self.orders.append((order.site.key, worker))

    def ended(self, seconds: float) -> Iterator[Ended]:
        while self._given:
            order, worker = self._given.pop(0)
            outcome = self._act(order, worker)
            if isinstance(outcome, BaseException):
                raise outcome
            yield Ended(order.site.key, worker, outcome)

    def wait_for_scheduler(self) -> None:
        self._given.clear()
        self.waited += 1


class Trial:
    """A fleet of three sites, its run, and what was told."""

    def __init__(self, folder: Path) -> None:
        text = "".join(f'[[site]]\nfolder = "{one}"\ncity = "青潭市"\n' for one in "abc")
        (folder / "fleet.toml").write_text(text, encoding="utf-8")
        self.fleet: Fleet = read(folder / "fleet.toml")
        self.folder = folder / "results/20261202-0411-columns"
        self.told: list[str] = []
        self.steps: list[Standing] = []

    def go(self, workers: Acted, sites: Iterable[str] = "abc", *, begin: bool = True) -> journal.RunState:
        kept = Journal(self.folder)
        try:
            if begin:
                kept.begin("columns", date(2026, 12, 2), __version__, self.fleet.sites)
            asked = Asked("columns", date(2026, 12, 2))
            addresses = {key: [key] for key in sites}
            Run(self.fleet, asked, kept, addresses, self.told.append, self.steps.append).go(workers)
        finally:
            kept.close()
        return journal.read(self.folder)


@pytest.fixture
def trial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Trial:
    """In a folder of its own; nobody need be waited for."""
    monkeypatch.setattr(lease, "BEAT", 0.0)
    return Trial(tmp_path)


def test_reports_are_kept_where_the_roll_up_looks_for_them(trial: Trial) -> None:
    """A file a site, a line of all that is known of it, and the run at its end."""
    state = trial.go(Acted(lambda order, worker: DONE))
    assert json.loads((trial.folder / "a/columns.json").read_bytes()) == {"run": {}}
    assert state.ended and not state.interrupted and state.count(State.DONE) == 3
    rows = [json.loads(line) for line in (trial.folder / "fleet.jsonl").read_text(encoding="utf-8").splitlines()]
    [row] = [row for row in rows if row["event"] == "ended" and row["site"] == "a"]
    assert (
        row.items()
        >= {
            "code": "",
            "name": "a",
            "city": "青潭市",
            "unit": "",
            "inspection": "columns",
            "state": "done",
            "reason": "",
            "attempts": 1,
            "cpu_s": 1.5,
            "worker": "w:1",
            "version": "0",
            "findings": True,
        }.items()
    )
    assert row["started"] <= row["ended"] and row["started"].endswith("+08:00")


def test_what_fails_is_tried_twice_more_on_another_worker(trial: Trial) -> None:
    """Then it is 未完成, with the last reason and the count of attempts; the others are done."""
    workers = Acted(lambda order, worker: FAILED if order.site.key == "b" else DONE)
    state = trial.go(workers)
    tried = [worker for key, worker in workers.orders if key == "b"]
    assert tried == ["w2", "w1", tried[2]]
    assert (state.sites["b"].state, state.sites["b"].attempts) == (State.FAILED, 3)
    assert state.sites["b"].reason == "磁盘已满"
    assert state.count(State.DONE) == 2


def test_only_the_last_attempt_takes_what_it_gets(trial: Trial) -> None:
    """A site that does not answer is put down only when no other worker has more luck."""
    last: list[bool] = []

    def act(order: Order, worker: str) -> Outcome:
        if order.site.key == "a":
            last.append(order.last)
            return FAILED
        return DONE

    trial.go(Acted(act))
    assert last == [False, False, True]


def test_a_worker_that_dies_costs_an_attempt(trial: Trial) -> None:
    """Its site goes to another."""
    died: list[str] = []

    def act(order: Order, worker: str) -> Outcome | None:
        if not died:
            died.append(worker)
            return None
        return DONE

    workers = Acted(act)
    state = trial.go(workers)
    assert state.count(State.DONE) == 3
    assert [one.attempts for one in state.sites.values()] == [2, 1, 1]
    assert [worker for key, worker in workers.orders if key == "a"] == ["w1", "w2"]


def test_a_scheduler_that_is_started_anew_costs_no_attempt(trial: Trial) -> None:
    """What was under way is given again; what is done is not."""
    lost: list[str] = []

    def act(order: Order, worker: str) -> Outcome | BaseException:
        if order.site.key == "b" and not lost:
            lost.append(worker)
            return SchedulerLostError()
        return DONE

    workers = Acted(act)
    state = trial.go(workers)
    assert workers.waited == 1 and "断开" in trial.told[0]
    assert state.count(State.DONE) == 3 and state.sites["b"].attempts == 1
    assert [key for key, _ in workers.orders].count("a") == 1


def test_ctrl_c_leaves_a_run_that_can_be_gone_on_with(trial: Trial) -> None:
    """What is done stays done; of the rest it is known that it waits."""

    def act(order: Order, worker: str) -> Outcome | BaseException:
        return KeyboardInterrupt() if order.site.key == "b" else DONE

    with pytest.raises(KeyboardInterrupt):
        trial.go(Acted(act))
    state = journal.read(trial.folder)
    assert state.interrupted and not state.ended
    assert [one.state for one in state.sites.values()] == [State.DONE, State.WAITING, State.WAITING]
    after = trial.go(Acted(lambda order, worker: DONE), "bc", begin=False)
    assert after.ended and after.count(State.DONE) == 3


def test_a_full_disk_ends_the_run_with_its_reason(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    """A report that cannot be kept is not taken for done."""
    (trial.folder / "a").mkdir(parents=True)
    (trial.folder / "a" / ".columns.json.new").mkdir()
    with pytest.raises(ReportError, match=r"columns\.json：写不进去.*--resume"):
        trial.go(Acted(lambda order, worker: DONE))
    assert journal.read(trial.folder).sites["a"].state is State.WAITING


def test_a_clock_that_goes_wrong_is_told_of_once(trial: Trial) -> None:
    """The times that are put down are those of the one who gives the orders."""
    late = time.time() - 7200
    slow = Outcome(State.DONE, report=DONE.report, worker="慢机:1", version=__version__, clock=late)
    state = trial.go(Acted(lambda order, worker: slow))
    assert len(trial.told) == 1 and trial.told[0].startswith("慢机 的时钟比这里慢 7200 秒")
    ended = state.sites["a"].ended
    assert ended and abs(ended.timestamp() - time.time()) < 60


def test_two_processes_are_never_at_one_run(trial: Trial) -> None:
    """The second is refused; while the first is there the run is under way, and afterwards cut short."""
    kept = Journal(trial.folder)
    kept.begin("columns", date(2026, 12, 2), __version__, trial.fleet.sites)
    with pytest.raises(StoreError, match="另一个进程正在做这一次"):
        Journal(trial.folder)
    assert not journal.read(trial.folder).interrupted
    kept.close()
    assert journal.read(trial.folder).interrupted


def test_a_torn_line_costs_that_line_only(trial: Trial) -> None:
    """As of a kill while it was written; what is written later stands on lines of its own."""
    trial.go(Acted(lambda order, worker: DONE))
    path = trial.folder / "fleet.jsonl"
    path.write_bytes(path.read_bytes() + b'{"at": "2026-12-02T04:11')
    kept = Journal(trial.folder)
    kept.note("resumed")
    kept.close()
    state = journal.read(trial.folder)
    assert state.count(State.DONE) == 3 and not state.ended


def test_rate_and_rest_leave_pauses_out(tmp_path: Path) -> None:
    """A run that was resumed the next day did not take a day."""
    rows = [
        {"at": "2026-12-02T01:00:00+08:00", "event": "run", "inspection": "columns", "as_of": "2026-12-02"},
        {"at": "2026-12-02T01:00:00+08:00", "event": "started", "site": "a", "attempts": 1, "worker": "w"},
        {"at": "2026-12-02T01:30:00+08:00", "event": "ended", "site": "a"},
        {"at": "2026-12-02T01:30:00+08:00", "event": "interrupted"},
        {"at": "2026-12-03T01:00:00+08:00", "event": "resumed"},
        {"at": "2026-12-03T01:30:00+08:00", "event": "ended", "site": "b"},
    ]
    site = dict.fromkeys(("code", "name", "city", "unit", "address", "folder"), "")
    rows[0] |= {"version": "0", "sites": [{"key": key, **site} for key in "abcd"]}
    for row in rows:
        if row["event"] == "ended":
            row |= {"state": "done", "reason": "", "attempts": 1, "started": None, "ended": row["at"], "cpu_s": 1.0}
            row |= {"worker": "w", "version": "0", "findings": False}
    (tmp_path / "fleet.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    state = journal.read(tmp_path)
    assert (state.active, state.rate, state.left) == (3600.0, 2.0, 3600.0)


def test_runs_are_listed_by_inspection(tmp_path: Path) -> None:
    """The last one last; a folder without a journal is none."""
    for name in ("20261202-0411-columns", "20261202-0411-columns-2", "20261201-0411-weekly", "other"):
        (tmp_path / name).mkdir()
        if name != "other":
            (tmp_path / name / "fleet.jsonl").touch()
    assert journal.runs(tmp_path, "columns") == ["20261202-0411-columns", "20261202-0411-columns-2"]
    assert journal.runs(tmp_path)[0] == "20261201-0411-weekly"
    with pytest.raises(StoreError, match="没有机群的记录"):
        journal.read(tmp_path / "20261201-0411-weekly")
