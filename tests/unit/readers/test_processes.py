"""Worker processes: what a file does to the process that reads it, and that all others are read all the same."""

from __future__ import annotations

import os
import signal
import threading
import time
from datetime import date
from multiprocessing import forkserver
from pathlib import Path

import pytest

from jimo_lint.model import Document, Problem, ProblemCode
from jimo_lint.readers import processes
from jimo_lint.readers.processes import Job, Readings, Workers
from jimo_lint.readers.reading import Asked
from jimo_lint.readers.source import Source

pytestmark = pytest.mark.slow

ASKED = Asked(date(2026, 12, 1))
TOLD = Asked(date(2026, 12, 1), source="attachment", told=True)


class Crashing(Source):
    """A file over which a native library falls."""

    @property
    def head(self) -> bytes:  # type: ignore[override]
        """Ends the process at once."""
        os.abort()


class Hanging(Source):
    """A file that keeps its reader waiting."""

    @property
    def head(self) -> bytes:  # type: ignore[override]
        """Comes after a minute."""
        time.sleep(60)
        return b""


class Swelling(Source):
    """A file that unpacks to far too much."""

    @property
    def head(self) -> bytes:  # type: ignore[override]
        """A gigabyte, written to, so that it is really taken."""
        return b"x" * 2**30


class Dying(Source):
    """A file whose reader is ended soon after it."""

    @property
    def head(self) -> bytes:  # type: ignore[override]
        """Comes at once."""
        threading.Timer(0.3, os._exit, (1,)).start()
        assert isinstance(self.content, bytes)
        return self.content


class Baffling(Source):
    """A file over which one of our readers falls."""

    @property
    def head(self) -> bytes:  # type: ignore[override]
        """A slip of the program."""
        raise TypeError("11010519491231002X")


def text(name: str, words: str = "一切正常。") -> Job:
    """A text file in memory."""
    return Job(Source(name, words.encode()), ".txt", ASKED)


def read(*jobs: Job) -> list[Readings]:
    """What each job gave, all in workers."""
    with Workers() as workers:
        return [found for _, found in workers.each(jobs)]


def said(found: Readings) -> str:
    """The one Problem of a file that gave nothing else."""
    (problem,) = found
    assert isinstance(problem, Problem)
    return problem.message


def test_files_come_in_their_order() -> None:
    """However fast each was read."""
    found = read(*(text(f"{number}.txt", "字" * (20_000 - number * 900)) for number in range(20)))
    assert [one.url for [one] in found if isinstance(one, Document)] == [f"{number}.txt" for number in range(20)]


@pytest.mark.parametrize(
    ("bad", "fault"),
    [(Crashing("坏.pdf", b""), "异常结束"), (Hanging("慢.pdf", b""), "超过 2 秒"), (Swelling("大.pdf", b""), "256 MB")],
)
def test_a_bad_file_costs_itself_only(bad: Source, fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is named with place, fault and remedy; those before and behind it are read."""
    monkeypatch.setattr(processes, "SECONDS", 2.0)
    one, lost, *rest = read(text("一.txt"), Job(bad, ".pdf", ASKED), text("二.txt"), text("三.txt"), text("四.txt"))
    assert fault in said(lost) and "请" in said(lost)
    assert [place.url for [place] in (one, *rest) if isinstance(place, Document)] == [
        "一.txt", "二.txt", "三.txt", "四.txt",
    ]  # fmt: skip


def test_a_lost_attachment_is_marked() -> None:
    """So that a rule can judge it: the document has no text, and says what happened."""
    document, problem = read(Job(Crashing("https://qingtan.example/坏.pdf", b""), ".pdf", TOLD))[0]
    assert isinstance(document, Document) and not document.text
    assert [mark.kind for mark in document.file_facts.marks] == ["overlong"]
    assert isinstance(problem, Problem) and problem.place == "https://qingtan.example/坏.pdf"


def test_a_draft_is_read_where_it_is(tmp_path: Path) -> None:
    """A text needs no process of its own; a Problem among the jobs stands for itself."""
    missing = Problem(ProblemCode.EMPTY_PATH, "命令行")
    with Workers() as workers:
        found = [each for _, each in workers.each([text("甲.txt"), missing], here=True)]
        assert workers._pool._processes is None
    assert isinstance(found[0][0], Document) and found[1] == [missing]


def test_who_waits_is_told_what_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that takes long is named once; others are not."""
    monkeypatch.setattr(processes, "SECONDS", 3.0)
    monkeypatch.setattr(processes, "PATIENCE", 1.5)
    named: list[str] = []
    with Workers(named.append) as workers:
        list(workers.each([text("一.txt"), Job(Hanging("慢.pdf", b""), ".pdf", ASKED), text("二.txt")]))
    assert named == ["慢.pdf"]


def test_a_worker_that_dies_between_two_files_costs_none() -> None:
    """As where the system takes its memory back: the pool is started anew, and the next file is read."""
    with Workers() as workers:
        workers._pool.number = 1
        [(_, [first])] = workers.each([Job(Dying("甲.txt", "一切正常。".encode()), ".txt", ASKED)])
        assert isinstance(first, Document)
        assert workers._pool._processes is not None
        deadline = time.monotonic() + 30
        while workers._pool._processes.active and time.monotonic() < deadline:
            time.sleep(0.05)
        [(_, found)] = workers.each([text("乙.txt")])
        assert [one.text for one in found if isinstance(one, Document)] == ["一切正常。"]


def test_ctrl_c_is_not_for_what_starts_the_workers() -> None:
    """It loads modules before it ignores it, and a person who ends a check at once would see where it was."""
    with Workers() as workers:
        list(workers.each([text("a.txt", "一")]))
        pid = forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined]
        state = Path(f"/proc/{pid}/status").read_text()
    blocked = int(state.partition("SigBlk:")[2].split()[0], 16)
    assert blocked >> (signal.SIGINT - 1) & 1
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


@pytest.mark.parametrize("here", [True, False])
def test_a_slip_of_a_reader_costs_one_file(here: bool, caplog: pytest.LogCaptureFixture) -> None:
    """It is named as not read, with exit 2; its trace is for the developers, masked; the others are read."""
    with Workers() as workers:
        jobs = [text("一.txt"), Job(Baffling("怪.txt", b""), ".txt", ASKED), text("二.txt")]
        one, lost, two = (found for _, found in workers.each(jobs, here=here))
    assert isinstance(one[0], Document) and isinstance(two[0], Document)
    assert "TypeError" in said(lost) and not lost[0].excused  # type: ignore[union-attr]
    assert not here or ("test_processes.py" in caplog.text and "11010519491231002X" not in caplog.text)
