"""Many sites on several workers: what it costs beside single commands, and whether kills change what comes of it.

    python benchmarks/fleet.py [--sites 200] [--pages 10] [--kills 20] [--only even|kills|province]

even: the sites (each on its own loopback address and port) with 2 workers of this machine. Bars: wall no more than
1.1 of the work of the sites divided by 2; no more than 0.3 s of the processor a site over the same commands run by
hand, two at a time as well.
kills: the same with a scheduler and two workers with nannies; at random moments a worker is killed, once the scheduler
with all of it is started anew. Bars: reports equal to those of an undisturbed run, none twice.
province: 1,000 sites of 3,000 pages simulated with recorded costs (see `COSTS`) and the very queue of the fleet, for
more and more workers and kinds of hosting. Bar: linear in workers (no less than 0.9) until politeness binds.

Ends with 1 below its bars.
"""

from __future__ import annotations

import argparse
import heapq
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

import psutil
from fleet_sites import configure, served

from jimo_lint.fleet.turns import Turns

DAY = "2026-12-02"
BAR_WALL, BAR_CPU, BAR_LINEAR = 1.1, 0.3, 0.9


class Costs(NamedTuple):
    """Of one inspection: processor seconds a site and a page, and seconds of politeness a page."""

    site: float
    page: float
    delay: float


# Recorded on 2026-12-02: a site's own by `even` here, a page's by second_run.py --pages 600 in its first week
# (9.0 s less a site's own); the delay is the default of [crawl].
COSTS = Costs(site=1.9, page=0.012, delay=0.5)


def program(*arguments: str | Path, cwd: Path) -> int:
    """The exit code of the command."""
    command = [sys.executable, "-m", "jimo_lint", *map(str, arguments)]
    with (cwd / "log.txt").open("ab") as log:
        return subprocess.run(command, cwd=cwd, stdout=log, stderr=log, check=False).returncode


def folders(root: Path, ports: Sequence[int]) -> Path:
    """Fresh folders of all sites."""
    for number, port in enumerate(ports):
        configure(root / f"site{number:03}", number, port)
    return root


def events(root: Path) -> list[dict[str, Any]]:
    """The journal of the only run."""
    [journal] = root.glob("results/*/fleet.jsonl")
    return [json.loads(line) for line in journal.read_text(encoding="utf-8").splitlines()]


def reports(root: Path) -> dict[str, object]:
    """What was found at each site, without what differs from one run to the next by itself."""
    found = {path.parent.name: json.loads(path.read_text("utf-8")) for path in root.glob("results/*/*/columns.json")}
    return {key: _plain(report) for key, report in found.items()}


def differences(one: object, other: object, at: str = "") -> list[str]:
    """Where two reports differ."""
    if isinstance(one, dict) and isinstance(other, dict):
        keys = [*one, *(key for key in other if key not in one)]
        return [line for key in keys for line in differences(one.get(key), other.get(key), f"{at}/{key}")]
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = enumerate(zip(one, other, strict=True))
        return [line for number, (left, right) in pairs for line in differences(left, right, f"{at}/{number}")]
    return [] if one == other else [f"{at}：{one!r:.100} {other!r:.100}"]


_OF_THE_MOMENT = {"started", "finished", "seconds", "checked", "fetched", "since", "failing_since"}


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items() if key not in _OF_THE_MOMENT}
    return [_plain(one) for one in value] if isinstance(value, list) else value


def spent() -> float:
    """Processor seconds of all that was started and is over."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def even(ports: Sequence[int], by_hand: int) -> bool:
    """Time and processor of a run, beside single commands."""
    with tempfile.TemporaryDirectory() as folder:
        root = folders(Path(folder), ports)
        before = spent()
        with ThreadPoolExecutor(2) as pool:
            command = ("inspect", "columns", "--as-of", DAY, "-q", "--jobs", "1", "-f", "line", "-o", "hand.json")
            sites = [root / f"site{number:03}" for number in range(by_hand)]
            list(pool.map(lambda site: program(*command, cwd=site), sites))
        hand = (spent() - before) / by_hand
    with tempfile.TemporaryDirectory() as folder:
        root = folders(Path(folder), ports)
        before, begun = spent(), time.monotonic()
        code = program("fleet", "run", "columns", "--fleet", ".", "--as-of", DAY, "--workers", "2", cwd=root)
        wall, cpu = time.monotonic() - begun, (spent() - before) / len(ports)
        ended = [row for row in events(root) if row["event"] == "ended"]
        begins = {row["site"]: row["at"] for row in events(root) if row["event"] == "started"}
        work = sum(_seconds(row["ended"]) - _seconds(begins[row["site"]]) for row in ended)
        own = sum(row["cpu_s"] for row in ended) / len(ended)
    done = Counter(row["state"] for row in ended)
    ratio, over = wall / (work / 2), cpu - hand
    print(f"{len(ports)} 个站点，2 个 worker：退出码 {code}，{dict(done)}；{wall:.1f} 秒，各站点合计 {work:.1f} 秒")
    print(f"用时是“合计 ÷ 2”的 {ratio:.3f} 倍（上限 {BAR_WALL}）")
    print(
        f"每站点 CPU：机群 {cpu:.2f} 秒，其中检查进程 {own:.2f}；手工运行（{by_hand} 个）{hand:.2f}；"
        f"多 {over:+.2f}（上限 {BAR_CPU}），检查进程以外 {cpu - own:.2f}"
    )
    return ratio <= BAR_WALL and over <= BAR_CPU and done["done"] == len(ports)


def _seconds(written: str) -> float:
    from datetime import datetime

    return datetime.fromisoformat(written).timestamp()


class Service:
    """A process that is started anew when it ends, as systemd does it."""

    def __init__(self, *command: str, cwd: Path) -> None:
        self._command = [sys.executable, "-m", "distributed.cli." + command[0], *command[1:]]
        self._cwd = cwd
        self._over = False
        self.process = self._start()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _start(self) -> subprocess.Popen[bytes]:
        log = (self._cwd / "dask.txt").open("ab")
        return subprocess.Popen(self._command, cwd=self._cwd, stdout=log, stderr=log)

    def _watch(self) -> None:
        while not self._over:
            self.process.wait()
            time.sleep(0.5)
            if not self._over:
                self.process = self._start()

    def stop(self) -> None:
        """For good."""
        self._over = True
        with suppress(psutil.NoSuchProcess):
            for child in psutil.Process(self.process.pid).children(recursive=True):
                child.kill()
        self.process.kill()
        self._thread.join()


@contextmanager
def cluster(folder: Path, port: int) -> Iterator[tuple[str, Service, Service]]:
    """A scheduler, and a service with two workers."""
    address = f"tcp://127.0.0.1:{port}"
    scheduler = Service("dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard", cwd=folder)
    options = ("--nthreads", "1", "--nworkers", "2", "--no-dashboard", "--memory-limit", "0", "--host", "127.0.0.1")
    workers = Service("dask_worker", address, *options, "--local-directory", str(folder / "dask"), cwd=folder)
    try:
        yield address, scheduler, workers
    finally:
        workers.stop()
        scheduler.stop()


def kills(ports: Sequence[int], number: int, *, seed: int) -> bool:
    """A run with workers and the scheduler killed, beside an undisturbed one."""
    with tempfile.TemporaryDirectory() as folder:
        root = folders(Path(folder), ports)
        begun = time.monotonic()
        program("fleet", "run", "columns", "--fleet", ".", "--as-of", DAY, "--workers", "2", "--no-links", cwd=root)
        calm = time.monotonic() - begun
        undisturbed = reports(root)
    with tempfile.TemporaryDirectory() as folder:
        root = folders(Path(folder) / "fleet", ports)
        chosen = random.Random(seed)
        killed: list[str] = []
        over = threading.Event()
        with cluster(Path(folder), 20000 + os.getpid() % 20000) as (address, scheduler, workers):

            def disturb() -> None:
                for count in range(number + 1):
                    if over.wait(chosen.uniform(0.4, 1.6) * calm / (number + 2)):
                        return
                    if count == number // 2:
                        scheduler.process.kill()
                        killed.append("scheduler")
                    elif victims := _workers(workers.process.pid):
                        victim = chosen.choice(victims)
                        with suppress(psutil.NoSuchProcess):
                            victim.kill()
                            killed.append("worker")

            thread = threading.Thread(target=disturb)
            thread.start()
            begun = time.monotonic()
            command = ("fleet", "run", "columns", "--fleet", ".", "--as-of", DAY, "--no-links", "--scheduler", address)
            code = program(*command, cwd=root)
            wall = time.monotonic() - begun
            over.set()
            thread.join()
        ended = [row for row in events(root) if row["event"] == "ended"]
        again = Counter(row["event"] for row in events(root))
        twice = [key for key, count in Counter(row["site"] for row in ended).items() if count > 1]
        stored = _inspections(root)
        equal = reports(root) == undisturbed
        for line in differences(undisturbed, reports(root))[:5]:
            print(f"不同：{line}")
    states = Counter(row["state"] for row in ended)
    print(
        f"{len(ports)} 个站点，杀掉 {dict(Counter(killed))}：退出码 {code}，{dict(states)}；"
        f"{wall:.0f} 秒，不受扰 {calm:.0f}"
    )
    print(f"重派 {again['again']} 次，调度进程断开 {again['scheduler-lost']} 次；有两次结果的 {len(twice)} 个，")
    print(f"数据文件里的检查次数 {dict(stored)}；与不受扰的结果{'相同' if equal else '不同'}")
    return equal and not twice and set(stored) == {1} and states["done"] == len(ports)


def _workers(pid: int) -> list[psutil.Process]:
    """The worker processes below the nannies."""
    with suppress(psutil.NoSuchProcess):
        return [one for one in psutil.Process(pid).children() if "spawn_main" in " ".join(one.cmdline())]
    return []


def _inspections(root: Path) -> Counter[int]:
    """How many inspections the stores of the sites hold, to how many stores."""
    import sqlite3

    found: Counter[int] = Counter()
    for path in root.glob("site*/.jimo-lint/store.sqlite3"):
        with sqlite3.connect(path) as connection:
            found[connection.execute("SELECT count(*) FROM run").fetchone()[0]] += 1
    return found


class Hosting(NamedTuple):
    """How the sites of a province lie. platforms: sites behind each shared address; the rest have their own."""

    name: str
    platforms: tuple[int, ...]


HOSTINGS = (
    Hosting("各在各的地址", ()),
    Hosting("21 个市级平台各 40 个，其余自建", (40,) * 21),
    Hosting("一个省级平台 500 个，其余自建", (500,)),
)

CITY = (Hosting("各在各的地址", ()), Hosting("一个市级平台 40 个，其余自建", (40,)))


def simulate(addresses: Mapping[str, tuple[str, ...]], pages: int, workers: int, per_address: int) -> tuple[float, int]:
    """Hours of a run, and the most sites that one address has under way at once, by the queue of the fleet."""
    rates = random.Random(5)
    sizes = {site: pages * rates.uniform(0.5, 1.5) for site in addresses}
    turns = Turns(addresses, per_address)
    under_way: list[tuple[float, str]] = []
    now, busiest = 0.0, 0
    while turns or under_way:
        while len(under_way) < workers and (site := turns.begin()) is not None:
            heapq.heappush(under_way, (now + duration(sizes[site]), site))
            load = Counter(address for _, one in under_way for address in addresses[one])
            busiest = max(busiest, *load.values())
        now, site = heapq.heappop(under_way)
        turns.end(site)
    return now / 3600, busiest


def duration(pages: float) -> float:
    """Seconds of one site: its process waits for politeness most of the time."""
    return COSTS.site + pages * max(COSTS.delay, COSTS.page)


def province(sites: int, pages: int = 3000) -> bool:
    """Hours, cores and load a host of a province, or of a city."""
    mean = duration(pages)
    cpu = COSTS.site + pages * COSTS.page
    print(
        f"{sites:,} 个站点 × {pages:,} 页：每站点 {mean / 60:.0f} 分钟，CPU {cpu:.0f} 秒；"
        f"合计 {sites * mean / 3600:,.0f} 小时"
    )
    met = True
    for hosting in HOSTINGS if sites >= 1000 else CITY:
        addresses = {f"s{number}": (f"a{number}",) for number in range(sites)}
        start = 0
        for number, size in enumerate(hosting.platforms):
            addresses.update({f"s{one}": (f"p{number}",) for one in range(start, start + size)})
            start += size
        longest = max(hosting.platforms, default=1)
        for per_address in (1, 4) if longest > 1 else (1,):
            bound = longest * mean / per_address / 3600
            print(f"{hosting.name}，每个地址同时 {per_address} 个：最挤的地址至少 {bound:,.1f} 小时")
            for workers in (1, 8, 16, 32, 64, 128, 256):
                hours, busiest = simulate(addresses, pages, workers, per_address)
                ideal = sites * mean / 3600 / workers
                binds = ideal < bound * 1.05
                share = ideal / hours
                cores = sites * cpu / 3600 / hours
                print(
                    f"  {workers:>4} 个 worker：{hours:>7,.1f} 小时，效率 {share:.2f}，用 {cores:.1f} 核，"
                    f"一个地址每秒 {busiest / max(COSTS.delay, COSTS.page):.0f} 次"
                    f"{'（受礼貌限制）' if binds else ''}"
                )
                tail = mean * 1.5 / 3600 / hours  # the last ones: no worker can share a site
                met &= binds or share + tail >= BAR_LINEAR
    return met


def main() -> int:
    """Run, print, and tell whether the bars are met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sites", type=int, default=200)
    parser.add_argument("--pages", type=int, default=10)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--hand", type=int, default=10, help="sites that are inspected by hand for comparison")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=("even", "kills", "province"))
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    met = True
    if given.only in (None, "province"):
        met &= province(1000)
        met &= province(60)
    if given.only != "province":
        with served(given.sites, given.pages) as ports:
            if given.only in (None, "even"):
                met &= even(ports, min(given.hand, given.sites))
            if given.only in (None, "kills"):
                met &= kills(ports, given.kills, seed=given.seed)
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
