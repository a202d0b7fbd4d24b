"""Measures what a second inspection costs where nothing has changed, beside the first one in the same run.

    .venv/bin/python benchmarks/second_run.py [--pages 600] [--accounts 40] [--posts 200]

A generated site, served by a process of its own that counts what it sends, is inspected twice by `inspect columns`:
once where the server honours ETags, once where it names no version of a page, so that its bytes have to tell; and
archives of accounts, as `weekly.py` makes them, twice by `inspect weekly`. Of each run the CPU time is that of its
process; 净 is that less what is no matter of reading and judging: a run over one page or one post, and for a site what
Scrapy alone takes to ask for the same pages in the same way and throw the answers away. Ends with 1 where 净 of the
second run is over 10 % of the first one's, or its bytes over 5 % where the server honours ETags, or where the two runs
find different things.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from hashlib import blake2b
from pathlib import Path
from urllib.request import urlopen

import served
import weekly

MOST_CPU = 0.10
MOST_BYTES = 0.05
FIRST = date(2026, 11, 22)
SECOND = FIRST + timedelta(days=7)
ROWS = 20
NAVIGATION = 40
PARAGRAPHS = 12


def pages(count: int, lines: Sequence[str]) -> dict[str, bytes]:
    """A home page, a column of lists of twenty rows each, and articles; all with the navigation that sites have."""
    style = "".join(f".block-{one} {{ margin: {one}px 0; color: #333; }}\n" for one in range(200))
    head = (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>TITLE</title><style>' + style + "</style></head><body>"
    )
    links = "".join(f'<li><a href="/gg/{one}.html">栏目导航{one}</a></li>' for one in range(NAVIGATION))
    foot = '<div class="footer">主办单位：示例区人民政府 网站标识码：3702150001</div></body></html>'
    lists = max(count // ROWS, 1)
    made = {}
    for number in range(lists):
        name = "index.html" if number == 0 else f"index_{number}.html"
        rows = "".join(
            f'<li><a href="/gg/{one}.html">关于第 {one} 号事项的通知</a><span>{FIRST - timedelta(days=one)}</span></li>'
            for one in range(number * ROWS, min((number + 1) * ROWS, count))
        )
        turn = f"<script>createPageHTML({lists}, {number}, 'index', 'html');</script>"
        body = f"<ul class='nav'>{links}</ul><ul class='list'>{rows}</ul>{turn}"
        made[f"/gg/{name}"] = f"{head.replace('TITLE', '通知公告')}{body}{foot}".encode()
    made["/"] = f"{head.replace('TITLE', '示例区')}<ul>{links}</ul><a href='/gg/index.html'>通知公告</a>{foot}".encode()
    for number in range(count):
        chance = random.Random(number)
        title = f"关于第 {number} 号事项的通知"
        text = "".join(f"<p><span>{line}</span></p>" for line in chance.choices(lines, k=PARAGRAPHS))
        told = f"<h1>{title}</h1><p>发布时间：{FIRST - timedelta(days=number)}</p>"
        body = f"<ul class='nav'>{links}</ul><div class='article'>{told}{text}</div>"
        made[f"/gg/{number}.html"] = f"{head.replace('TITLE', title)}{body}{foot}".encode()
    return made


def serve(count: int, *, named: bool) -> None:
    """Serve the site on a free port, which is printed; /sent tells the bytes since it was last asked."""
    lines, _ = weekly.sentences()
    bodies = pages(count, lines)
    names = tags(bodies) if named else {}
    sent = 0

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        try:
            while head := (await reader.readuntil(b"\r\n\r\n")).decode("latin-1"):
                path = head.split(" ", 2)[1]
                body, tag = bodies.get(path), names.get(path, "")
                if path == "/sent":
                    body, sent, tag = str(sent).encode(), 0, ""
                status = "200 OK" if body is not None else "404 Not Found"
                if tag and f"if-none-match: {tag}" in head.lower():
                    status, body = "304 Not Modified", b""
                lines = [
                    f"HTTP/1.1 {status}",
                    "Content-Type: text/html; charset=utf-8",
                    *([f"ETag: {tag}"] if tag else []),
                ]
                if not status.startswith("304"):
                    lines.append(f"Content-Length: {len(body or b'')}")
                reply = "\r\n".join((*lines, "", "")).encode() + (body or b"")
                sent += 0 if path == "/sent" else len(reply)
                writer.write(reply)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    served.serve(answer)


@contextmanager
def a_site(count: int, *, named: bool) -> Iterator[str]:
    """The address of a server in a process of its own."""
    with served.served(__file__, "--serve", str(count), *([] if named else ["--nameless"])) as port:
        yield f"http://127.0.0.1:{port}"


_BARE = """
import sys, resource, scrapy
from scrapy.crawler import CrawlerProcess
from jimo_lint.crawl.reactor import _settings
from jimo_lint.settings.sections import Crawl
from hashlib import blake2b
sys.path.insert(0, sys.argv[3])
from urllib.request import urlopen
import second_run, weekly
address, count = sys.argv[1], int(sys.argv[2])
asked = second_run.tags(second_run.pages(count, weekly.sentences()[0])) if sys.argv[4] == "again" else {}
class Bare(scrapy.Spider):
    name = "bare"
    async def start(self):
        for path in second_run.paths(count):
            named = {"If-None-Match": asked[path]} if path in asked else None
            yield scrapy.Request(address + path, headers=named, dont_filter=True, meta={"dont_redirect": True})
    def parse(self, response):
        pass
process = CrawlerProcess({**_settings(Crawl(delay=0, concurrency=4, allow_private=True)), "LOG_ENABLED": False})
process.crawl(Bare)
before = resource.getrusage(resource.RUSAGE_SELF)
process.start()
after = resource.getrusage(resource.RUSAGE_SELF)
print(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
"""


def bare(address: str, count: int, how: str) -> float:
    """CPU seconds that Scrapy alone takes for the site's pages. how: `again` to name the ETags of all."""
    command = [sys.executable, "-c", _BARE, address, str(count), str(Path(__file__).parent), how]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(done.stdout)


def paths(count: int) -> list[str]:
    """The addresses of the site."""
    lists = [f"/gg/index_{number}.html" for number in range(1, max(count // ROWS, 1))]
    return ["/", "/gg/index.html", *lists, *(f"/gg/{number}.html" for number in range(count))]


def tags(bodies: dict[str, bytes]) -> dict[str, str]:
    """The ETags of pages."""
    return {path: f'"{blake2b(body, digest_size=8).hexdigest()}"' for path, body in bodies.items()}


def inspect(kind: str, folder: Path, day: date, *further: str) -> tuple[float, dict[str, object]]:
    """CPU seconds of one inspection, and its report."""
    out = folder / f"{day}.json"
    command = [sys.executable, "-m", "jimo_lint", "inspect", kind, "--no-links", "--as-of", day.isoformat(), *further]
    command += ["--config", str(folder / "jimo-lint.toml"), "-f", "line", "-o", str(out), "--fail-on", "never"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 2):
        raise SystemExit(f"ended with {status}")
    report: dict[str, object] = json.loads(out.read_text(encoding="utf-8"))
    return usage.ru_utime + usage.ru_stime, report


def _words(report: dict[str, object]) -> list[tuple[str, str, str]]:
    """What was found in texts, which no day changes."""
    found: list[dict[str, str]] = report["findings"]  # type: ignore[assignment]
    return sorted((one["code"], one["url"], one["matched"]) for one in found if one["code"][0] in "STPF")


def site(count: int, *, named: bool) -> tuple[list[float], list[float], list[int], bool, int]:
    """CPU seconds of two inspections of a site, those of Scrapy alone for the same, and the bytes sent to each; whether
    they found the same, and the pages taken over."""
    with a_site(count, named=named) as address, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        column = f'[[column]]\nname = "通知公告"\nurl = "{address}/gg/index.html"\nkind = "news"\n'
        crawl = "[crawl]\ndelay = 0\nconcurrency = 4\nallow_private = true\n"
        text = f'[site]\nname = "示例区"\nstart = ["{address}/"]\n{crawl}{column}'
        (folder / "jimo-lint.toml").write_text(text, encoding="utf-8")
        runs, sent = [], []
        for day in (FIRST, SECOND):
            runs.append(inspect("columns", folder, day))
            with urlopen(f"{address}/sent") as reply:
                sent.append(int(reply.read()))
        (first, one), (second, other) = runs
        run: dict[str, int] = other["run"]  # type: ignore[assignment]
        alone = [bare(address, count, how) for how in ("first", "again" if named else "first")]
        return [first, second], alone, sent, _words(one) == _words(other), run["unchanged"]


def archives(accounts: int, posts: int) -> tuple[list[float], bool, int]:
    """CPU seconds of two weekly inspections, whether they found the same, and the posts taken over."""
    lines, _ = weekly.sentences()
    with tempfile.TemporaryDirectory() as name:
        weekly.write(Path(name), accounts, posts, lines)
        runs = [inspect("weekly", Path(name), day) for day in (FIRST, SECOND)]
        (first, one), (second, other) = runs
        run: dict[str, int] = other["run"]  # type: ignore[assignment]
        return [first, second], _words(one) == _words(other), run["unchanged"]


def _told(what: str, cpu: Sequence[float], idle: Sequence[float], *, same: bool, kept: int) -> bool:
    own = [max(one - other, 0.01) for one, other in zip(cpu, idle, strict=True)]
    share, whole = own[1] / own[0], cpu[1] / cpu[0]
    print(
        f"{what:<24}{cpu[0]:>9.2f}{cpu[1]:>9.2f}{whole:>9.1%}{own[0]:>9.2f}{own[1]:>9.2f}{share:>9.1%}"
        f"（不超过 {MOST_CPU:.0%}）{kept:>7,} 篇沿用{'' if same else '，发现不同'}"
    )
    return same and share <= MOST_CPU and kept > 0


def main() -> int:
    """Run as the module's docstring says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=600)
    parser.add_argument("--accounts", type=int, default=40)
    parser.add_argument("--posts", type=int, default=200)
    parser.add_argument("--serve", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--nameless", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        serve(options.serve, named=not options.nameless)
        return 0
    begun = time.perf_counter()
    print(
        f"{'':<24}{'首次':>7}{'再次':>7}{'比':>8}{'首次净':>6}{'再次净':>6}{'净比':>7}"
        "（CPU 秒；净：减去只有一页、一条时的和单是传输的）"
    )
    good = True
    for named in (True, False):
        idle, few, *_ = site(1, named=named)
        cpu, alone, sent, same, kept = site(options.pages, named=named)
        rest = [one + bare - less for one, bare, less in zip(idle, alone, few, strict=True)]
        what = f"网站 {options.pages} 页，{'有' if named else '无'} ETag"
        good &= _told(what, cpu, rest, same=same, kept=kept)
        print(f"{'':<24}传输 {sent[0]:,} → {sent[1]:,} 字节，{sent[1] / sent[0]:.1%}")
        good &= not named or sent[1] / sent[0] <= MOST_BYTES
    idle, *_ = archives(1, 1)
    cpu, same, kept = archives(options.accounts, options.posts)
    good &= _told(f"账号 {options.accounts} 个各 {options.posts} 条", cpu, idle, same=same, kept=kept)
    print(f"用时 {time.perf_counter() - begun:.0f} 秒")
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
