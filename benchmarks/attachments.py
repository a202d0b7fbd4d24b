"""Measures the reading of attachments beside the bare libraries, and a second look at a thousand that did not change.

Run: python benchmarks/attachments.py [--rounds 5] [--files 1000] [--only readers|site]. Files of each format are made
here; ours and the bare library, which gives words without a place, read the same ones in turns in one process, so that
what else runs on the machine burdens both alike. Of each library the output says what ours does and it does not: some
do most of it (`LESS` of `attachment_peers.py` has none), others only count characters. Where they do, a reader for the
same job, made with such a library by the same module, stands beside it: in turns with the others where its library is
ours too, else in an interpreter of its own (`peers.py`). The collector of garbage runs as seldom as in
the program, for all. Peak memory is that of a process of its own for each format. Then a
site on loopback offers a thousand files and is inspected twice, by all rules and by one alone, so that judging shows
apart from reading; what the run costs without attachments is taken off. The floor is what aiohttp alone takes to ask
for each of these files whether it changed.
Exit code 1 where ours is below 0.7 of the library's speed or the second look takes over 5 % of the first.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from threading import Thread

import aiohttp
import attachment_peers
import peers

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from jimo_lint.readers import reading
from jimo_lint.readers.formats import find_format
from jimo_lint.readers.source import Source
from tests.support import attached
from tests.support.attached import Rows

AS_OF = date(2026, 11, 22)
LEAST_RATIO = 0.7
MOST_SHARE = 0.05
LINES = 1500  # of a list, or on the pages of a document
SHORTEST = 0.05  # seconds of the processor that are measured
_SENTENCE = "各镇（街道）要压实责任，加强巡查值守，及时处置隐患，确保群众生命财产安全，有关情况按时报送区政府办公室。"


def rows(count: int) -> Rows:
    """A list of so many people without numbers that would have to be masked."""
    chance = random.Random(count)
    names = ("李示例", "王示范", "赵样本")
    body = [[str(number), chance.choice(names), _SENTENCE[: chance.randint(4, 40)]] for number in range(count)]
    return [["序号", "姓名", "情况说明"], *body]


# Of each format a file as offices attach them, of about the same number of words.
MADE: dict[str, Callable[[int], bytes]] = {
    ".pdf": lambda count: attached.pdf(*[[_SENTENCE] * 30] * (count // 30)),
    ".docx": lambda count: attached.docx(table=rows(count), footnotes=rows(20)),
    ".xlsx": lambda count: attached.xlsx(rows(count)),
    ".xls": lambda count: attached.xls(rows(count)),
    ".ods": lambda count: attached.ods(rows(count)),
    ".csv": lambda count: attached.gbk_csv(rows(count)),
    ".pptx": lambda count: attached.pptx(rows(count)),
    ".odt": lambda count: attached.odt(rows(count)),
    ".ofd": lambda count: attached.ofd(*[[_SENTENCE] * 30] * (count // 30)),
    ".eml": lambda count: attached.letter("名单.csv", attached.gbk_csv(rows(count))),
    ".zip": lambda count: attached.zipped(
        {f"{number}.csv": attached.gbk_csv(rows(count // 10)) for number in range(10)}
    ),
}


def ours(suffix: str, body: bytes) -> int:
    """The number of characters that our reader finds, with the places of each."""
    source = Source(f"附件{suffix}", body)
    known = find_format(source, suffix)
    assert known is not None
    found = known.load().read(source, source.place, AS_OF)
    size = sum(len(block.text) for block in found.document.blocks)
    for member in found.members:
        size += ours(Path(member.name).suffix, member.content)
    return size


def masked(suffix: str, body: bytes) -> int:
    """The same as a run does it: with marks, masked, and with what lies inside."""
    asked = reading.Asked(AS_OF, source="attachment", told=True)
    return len(list(reading.read(Source(f"附件{suffix}", body), suffix, asked)))


def measured(rounds: int) -> int:
    """Print a line for each format; how many are too slow beside the bare library."""
    print(
        f"{'格式':6} {'KB':>7} {'件/秒':>8} {'MB/秒':>8} {'连遮盖':>8} {'库':>8} {'倍数':>6}"
        f" {'同做':>8} {'倍数':>6} {'峰值 MB':>8}  库"
    )
    slow = 0
    other = peers.python(*attachment_peers.PACKAGES)
    for suffix, make in MADE.items():
        body = make(LINES)
        name, bare = attachment_peers.BARE[suffix]
        ways: dict[str, Callable[[bytes], int]] = {
            "ours": partial(ours, suffix),
            "whole": partial(masked, suffix),
            "bare": bare,
            "cells": attachment_peers.CELLS.get(suffix, attachment_peers.BARE[suffix])[1],
        }
        seconds: dict[str, list[float]] = {way: [] for way in ways}
        assert ours(suffix, body) >= 0.9 * bare(body)  # and loads what either needs
        for _ in range(rounds):
            for way, run in ways.items():
                seconds[way].append(attachment_peers.timed(run, body, SHORTEST))
                if way == "ours" and (placed := attachment_peers.placed(suffix, body, other, SHORTEST)):
                    seconds.setdefault("placed", []).append(placed)
        took = {way: median(times) for way, times in seconds.items()}
        ratios = {
            way: median(b / a for a, b in zip(seconds["ours"], seconds[way], strict=True))
            for way in ("bare", "placed")
            if way in seconds
        }
        slow += ratios["bare"] < LEAST_RATIO
        beside = f" {1 / took['placed']:10.1f} {ratios['placed']:8.2f}" if "placed" in took else f" {'':10} {'':8}"
        size = len(body) / 1e6
        memory = _memory(suffix)
        print(
            f"{suffix:6} {len(body) / 1000:9,.0f} {1 / took['ours']:10.1f} {size / took['ours']:10.2f}"
            f" {1 / took['whole']:11.1f} {1 / took['bare']:9.1f} {ratios['bare']:8.2f}"
            f"{beside} {memory:10.0f}  {name}"
            + (
                f"（{attachment_peers.CELLS[suffix][0]} {1 / took['cells']:.0f} 件/秒）"
                if suffix in attachment_peers.CELLS
                else ""
            )
            + (f"；库没有做：{attachment_peers.LESS[suffix]}" if suffix in attachment_peers.LESS else "")
            + (f"；同做：{attachment_peers.PEERS[suffix][0]}" if "placed" in took else "")
            + (
                f"，没有做：{attachment_peers.UNDONE[suffix]}"
                if "placed" in took and suffix in attachment_peers.UNDONE
                else ""
            )
        )
    return slow


def _peak() -> float:
    """MB that this process has taken at most. `ru_maxrss` of a new process begins with that of the one it came from."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return int(re.findall(r"VmHWM:\s+(\d+)", status.read_text(encoding="ascii"))[0]) / 1024


def _memory(suffix: str) -> float:
    """MB that a process takes at most that reads such a file."""
    done = subprocess.run([sys.executable, __file__, "--one", suffix], capture_output=True, text=True, check=True)
    return float(done.stdout)


# ---- a thousand attachments on loopback


KINDS = (".xlsx", ".docx", ".pdf", ".xls")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    files: dict[str, bytes]

    def do_GET(self) -> None:
        body = self.files.get(self.path)
        tag = f'"{hash(body)}"'
        status = 404 if body is None else 304 if self.headers.get("If-None-Match") in (tag, "*") else 200
        shown = body if body is not None and status == 200 else b""
        self.send_response(status)
        self.send_header("ETag", tag)
        self.send_header("Content-Type", "text/html; charset=utf-8" if self.path.endswith("/") else "application/zip")
        self.send_header("Content-Length", str(len(shown)))
        self.end_headers()
        if self.command == "GET":
            with suppress(ConnectionError):  # who asks has seen enough
                self.wfile.write(shown)

    def do_HEAD(self) -> None:
        self.do_GET()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Requests are no news."""


@contextmanager
def serving(count: int) -> Iterator[str]:
    """A site that offers so many files, fifty a page; its address."""
    files: dict[str, bytes] = {}
    links = []
    for number in range(count):
        suffix = KINDS[number % len(KINDS)]
        path = f"/files/{number}{suffix}"
        files[path] = MADE[suffix](240 + number % 60)
        links.append(f'<p><a href="{path}">名单{number}</a></p>')
    pages = [links[at : at + 50] for at in range(0, count, 50)]
    for number, page in enumerate(pages):
        text = f"<h1>关于公示第 {number} 批名单的通知</h1><p>{_SENTENCE}</p>{''.join(page)}"
        files[f"/gs/{number}/"] = f"<html><head><title>公示</title></head><body>{text}</body></html>".encode()
    offered = "".join(f'<p><a href="/gs/{number}/">第 {number} 批</a></p>' for number in range(len(pages)))
    files["/"] = f"<html><head><title>青潭区</title></head><body>{offered}</body></html>".encode()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"files": files}))
    server.daemon_threads = True
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def inspected(folder: Path, address: str, read: str, rules: Sequence[str]) -> tuple[float, dict[str, int]]:
    """CPU seconds of an inspection with all its processes, and what it says of attachments. rules: options."""
    config = (
        f'[site]\nname = "青潭区"\nstart = ["{address}"]\n[crawl]\nallow_private = true\ndelay = 0\nconcurrency = 4\n'
    )
    (folder / "jimo-lint.toml").write_text(f'{config}[attachments]\nread = "{read}"\n', encoding="utf-8")
    command = [sys.executable, "-m", "jimo_lint", "inspect", "columns", "--as-of", AS_OF.isoformat(), "-q"]
    command += ["-f", f"json:{folder / 'out.json'}", "--fail-on", "never", *rules]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 2):
        raise SystemExit(f"ended with {process.returncode}")
    report = json.loads((folder / "out.json").read_text(encoding="utf-8"))
    return usage.ru_utime + usage.ru_stime, report["attachments"] or {}


def floor(address: str, count: int) -> float:
    """CPU seconds of a process that asks for each file whether it changed, by aiohttp alone."""
    command = [sys.executable, __file__, "--ask", address, "--files", str(count)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


async def asked_for(address: str, count: int) -> None:
    """Ask for so many files, four at a time, as the inspection does."""
    left = iter(range(count))

    async def work(session: aiohttp.ClientSession) -> None:
        for number in left:
            url = f"{address}files/{number}{KINDS[number % len(KINDS)]}"
            async with session.get(url, headers={"If-None-Match": "*"}) as response:
                if response.status != 304:
                    raise SystemExit(f"{url}: {response.status}")

    async with aiohttp.ClientSession() as session:
        await asyncio.gather(*(work(session) for _ in range(4)))


def looked_at_twice(count: int) -> float:
    """Print what both runs cost, by all rules and by one, which leaves little but reading; the larger share."""
    shares = []
    with serving(count) as address:
        for name, rules in (("全部规则", ()), ("只用 P101", ("--select", "P101"))):
            costs = {}
            for way, read in (("不读附件", "none"), ("读附件", "changed")):
                with tempfile.TemporaryDirectory() as folder:
                    costs[way] = [inspected(Path(folder), address, read, rules) for _ in range(2)]
                for number, (seconds, told) in enumerate(costs[way], 1):
                    print(f"{name}，{way}，第 {number} 次 {seconds:8.1f} CPU 秒  {told}")
            first, second = (costs["读附件"][at][0] - costs["不读附件"][at][0] for at in (0, 1))
            shares.append(max(second, 0) / first)
            print(f"{name}，{count:,} 个附件：头一次 {first:.1f} CPU 秒，没有改过再看一次 {second:.1f} CPU 秒", end="")
            print(f"，{shares[-1]:.1%}（要求 ≤ {MOST_SHARE:.0%}）")
        print(f"只用 aiohttp 逐个询问有没有改过（下限） {floor(address, count):8.2f} CPU 秒")
    return max(shares)


def main() -> int:
    """Run as the module's docstring says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--only", choices=("readers", "site"))
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--ask", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    gc.set_threshold(10_000, 20, 20)  # as in the processes that read files
    if asked.ask:
        begun = time.process_time()
        asyncio.run(asked_for(asked.ask, asked.files))
        print(time.process_time() - begun)
        return 0
    if asked.one:
        masked(asked.one, MADE[asked.one](LINES))
        print(_peak())
        return 0
    slow = measured(asked.rounds) if asked.only != "site" else 0
    share = looked_at_twice(asked.files) if asked.only != "readers" else 0.0
    return int(slow > 0 or share > MOST_SHARE)


if __name__ == "__main__":
    sys.exit(main())
