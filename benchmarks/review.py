"""What reviewing in a browser costs with 10,000 findings, and whether three reviewers at once lose a decision.

    python benchmarks/review.py [findings [decisions]]

Prints CPU seconds (of server and reviewers together, in one process) of opening the store, of pages and of decisions
over real HTTP; and of the peer, the store alone with as many decisions. Leaves with 1 where one was lost.
"""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from jimo_lint.model import Decision, Opinion
from jimo_lint.store import Store, decisions
from jimo_lint.web.board import Board
from tests.support.reviewing import TODAY, Browser, keep, life, office, serving, wrong_word

_NAMES = ("张敏", "李航", "王芳")


def spent(work: Callable[[], object]) -> float:
    """CPU seconds of the process for some work."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def load(path: Path) -> None:
    """Read the findings of the last run."""
    with Store.open(path, writing=False) as store:
        Board(store, office()).refresh()


def alone(path: Path, count: int) -> None:
    """The peer: decisions written by the store alone, each in a transaction of its own."""
    for number in range(count):
        with Store.open(path, writing=True, beside=True) as store:
            decisions.decide(store, Decision("peer", f"{number:016x}", Opinion.CONFIRMED, TODAY, "甲"))


def review(browser: Browser, numbers: range) -> None:
    """One reviewer's share."""
    for number in numbers:
        assert browser.decide(number, "confirmed").status == 200


def together(threads: Sequence[threading.Thread]) -> None:
    """All at once, until the last has ended."""
    for one in threads:
        one.start()
    for one in threads:
        one.join()


def main(findings: int, count: int) -> int:
    """Fill a store, look at pages, decide; 1 where a decision is not there."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.sqlite3"
        keep(path, [life(wrong_word(number)) for number in range(findings)])
        print(f"open a store of {findings:,} findings: {spent(lambda: load(path)):.2f} s CPU")
        with serving(path) as server:
            browsers = [Browser(server).log_in(name) for name in _NAMES]
            for address in ("/findings", "/findings?q=999&sort=unit", "/", f"/findings/columns/{1:016x}"):
                least = min(spent(partial(browsers[0].get, address)) for _ in range(5))
                print(f"{address}: {least:.3f} s CPU")
            share = -(-count // len(browsers))
            shares = [range(start, min(start + share, count)) for start in range(0, count, share)]
            threads = [threading.Thread(target=review, args=each) for each in zip(browsers, shares, strict=True)]
            begun = time.perf_counter()
            taken = spent(partial(together, threads))
            wall = time.perf_counter() - begun
        with Store.open(path, writing=False) as store:
            there = {(one.reviewer, one.fingerprint) for one in decisions.decisions(store, "columns")}
        wanted = {(name, f"{at:016x}") for name, numbers in zip(_NAMES, shares, strict=True) for at in numbers}
        peer = spent(lambda: alone(path, count))
    print(f"{count:,} decisions of three at once: {taken:.2f} s CPU, {wall:.1f} s of the clock")
    print(f"as many by the store alone: {peer:.2f} s CPU")
    print(f"lost {len(wanted - there)}, invented {len(there - wanted)}")
    return int(there != wanted)


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:]]
    sys.exit(main(*(given + [10_000, 1_000][len(given) :])))
