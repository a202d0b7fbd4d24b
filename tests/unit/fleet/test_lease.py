"""One worker at a time has a site's folder."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from jimo_lint.fleet import lease as leases
from jimo_lint.fleet.lease import Lease, LeasedError, holder, lease_path, revoke
from jimo_lint.fleet.storage import Storage


@pytest.fixture
def storage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Storage:
    """A storage, and a time that passes fast."""
    monkeypatch.setattr(leases, "BEAT", 0.05)
    monkeypatch.setattr(leases, "DEAD", 0.4)
    return Storage(str(tmp_path))


def left_behind(storage: Storage, *, machine: str = "elsewhere", pid: int = 1) -> None:
    """A lease whose holder does nothing."""
    held = leases.Holder("theirs", "r0", "那台机器", machine, pid)
    assert storage.create(lease_path("a", "store"), leases._written(held))


def test_a_lease_is_there_while_it_is_held(storage: Storage) -> None:
    """It says who and counts on; then it is gone."""
    with Lease(storage, "a", "store", "r1") as held:
        found = holder(storage, "a", "store")
        assert found and (found.token, found.run, found.pid) == (held.token, "r1", os.getpid())
        counted = threading.Event()
        while not counted.wait(0.02) and (holder(storage, "a", "store") or found).beat < 2:
            pass
        assert held.check()
    assert holder(storage, "a", "store") is None


def test_no_other_gets_it_from_one_who_is_alive(storage: Storage) -> None:
    """The other is told who has it, the one who has it keeps it."""
    with Lease(storage, "a", "store", "r1") as held, Lease(storage, "a", "probe", "r1"):
        with pytest.raises(LeasedError, match=f"进程 {os.getpid()}（r1）"), Lease(storage, "a", "store", "r2"):
            raise AssertionError
        assert held.check()


def test_one_whose_holder_stands_still_is_taken_over(storage: Storage) -> None:
    """By the clock of the one who waits, whatever the other's says."""
    left_behind(storage)
    with Lease(storage, "a", "store", "r1") as held:
        assert held.check()
    assert [path.name for path in Path(storage.address).rglob("*") if path.is_file()] == []


def test_one_of_a_process_that_died_here_is_taken_over_at_once(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody need wait to see that it stands still."""
    monkeypatch.setattr(leases, "DEAD", 1000.0)
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left_behind(storage, machine=leases._machine(), pid=ended.pid)
    with Lease(storage, "a", "store", "r1") as held:
        assert held.check()


def test_a_torn_lease_is_taken_over(storage: Storage) -> None:
    """As of a disk that was full."""
    storage.write(lease_path("a", "store"), b'{"token": "x')
    with Lease(storage, "a", "store", "r1") as held:
        assert held.check()


def test_whoever_loses_it_is_told_and_leaves_the_next_one_alone(storage: Storage) -> None:
    """A run that gives up takes its leases back; those of others it leaves."""
    told = threading.Event()
    with Lease(storage, "a", "store", "r1") as held:
        held.watch(1000, lambda why: told.set() if why == "lost" else None)
        assert not revoke(storage, "a", "store", "another run")
        assert revoke(storage, "a", "store", "r1")
        assert told.wait(5)
        left_behind(storage)
        assert not held.check()
    found = holder(storage, "a", "store")
    assert found and found.token == "theirs"


def test_a_limit_is_told_once(storage: Storage) -> None:
    """Then the lease goes on until its end."""
    told: list[str] = []
    late = threading.Event()
    with Lease(storage, "a", "store", "r1") as held:
        held.watch(0.05, lambda why: (told.append(why), late.set()))  # type: ignore[func-returns-value]
        assert late.wait(5)
        threading.Event().wait(0.2)
        assert told == ["late"] and held.check()
