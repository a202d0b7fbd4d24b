"""Compares a crawl into the store with Scrapy's CrawlSpider: pages per CPU second over a generated loopback site.

    .venv/bin/python benchmarks/crawl.py [--pages 3000]

The site is served by a process of its own, and each crawler runs in one of its own, so only the crawler's CPU
time is counted, starting up included. robots.txt is obeyed, what fails is asked again, and the throttle is on. Ends
with 1 above nine CPU seconds for 3,000 pages, below 3.2 times CrawlSpider, or where the two found different pages.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import served

PAGE_BYTES = 50_000
LINKS = 60
LEAST_SPEED = 3000 / 9.0  # pages per CPU second
LEAST_RATIO = 3.2

_PHRASES = (
    "政府",
    "公开",
    "通知",
    "服务群众",
    "办理事项",
    "企业",
    "项目建设",
    "管理",
    "部门",
    "组织开展",
    "落实",
    "完善",
)


def page(number: int, pages: int) -> bytes:
    """Page `number`: navigation that all pages share, a list, an article, a footer; about 50 kB, 60 links."""
    chance = random.Random(number)
    navigation = [(f"/page/{one}.html", f"栏目{one}") for one in range(20)]
    # Two children each make every page reachable; the rest lead anywhere.
    others = [2 * number + 1, 2 * number + 2, *(chance.randrange(pages) for _ in range(LINKS))]
    listed = [(f"/page/{one}.html", f"关于第 {one} 号事项的通知") for one in others if one < pages][: LINKS - 20]
    style = "".join(f".block-{one} {{ margin: {one}px 0; color: #333; }}\n" for one in range(200))
    parts = [
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>第 {number} 号页面</title>',
        '<meta name="PubDate" content="2026-01-15 09:30">',
        f"<style>{style}</style></head><body><div class='nav'><ul>",
        *(f'<li class="item"><a href="{href}" target="_blank">{text}</a></li>' for href, text in navigation),
        '</ul></div><div class="list"><ul>',
        *(f'<li><a href="{href}" title="{text}">{text}</a><span>2026-01-12</span></li>' for href, text in listed),
        '</ul></div><div class="article"><h1>文章标题</h1>',
    ]
    size = sum(len(part.encode()) for part in parts) + 200
    while size < PAGE_BYTES:
        words = "".join(chance.choices(_PHRASES, k=40))
        parts.append(f'<p style="text-indent: 2em"><span class="text">{words}。</span></p>\n')
        size += len(parts[-1].encode())
    parts.append('</div><div class="footer">主办单位：示例区人民政府 标识码：3702150001</div></body></html>')
    return "".join(parts).encode()


def serve(pages: int) -> None:
    """Serve the site on a free port, which is printed; ends with the parent's pipe."""
    bodies = [page(number, pages) for number in range(pages)]

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                path = head.split(b" ", 2)[1].decode()
                name = path.removeprefix("/page/").removesuffix(".html") if path != "/" else "0"
                found = name.isdigit() and int(name) < pages
                body = bodies[int(name)] if found else b""
                status = "200 OK" if found else "404 Not Found"
                header = f"Content-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
                writer.write(f"HTTP/1.1 {status}\r\n{header}".encode() + body)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    served.serve(answer)


def crawl_ours(start: str, found: Path) -> None:
    """Crawl with the site spider, storing; write the addresses found."""
    from jimo_lint.crawl.run import crawl_site
    from jimo_lint.settings.config import Config
    from jimo_lint.settings.sections import Crawl, Site
    from jimo_lint.store import Store

    site = Site("基准", (start,), (urlsplit(start).netloc,))
    config = Config(folder=found.parent, site=site, crawl=Crawl(delay=0.001, concurrency=8, allow_private=True))
    with Store.open(config.store_path, writing=True) as store:
        outcome = crawl_site(config, store, as_of=date(2026, 1, 31), resume=False, progress=None)
        assert outcome.finished, outcome
    with sqlite3.connect(config.store_path) as connection:  # reading the pages back is no part of the crawl
        found.write_text("\n".join(key for (key,) in connection.execute("SELECT key FROM document")))


def crawl_theirs(start: str, found: Path) -> None:
    """Crawl with CrawlSpider and LinkExtractor as their documentation shows them, keeping titles only."""
    from scrapy.crawler import CrawlerProcess
    from scrapy.linkextractors import LinkExtractor
    from scrapy.spiders import CrawlSpider, Rule

    seen: list[str] = []

    class Plain(CrawlSpider):  # type: ignore[misc]
        name = "plain"
        start_urls = (start,)
        rules = (Rule(LinkExtractor(), callback="parse_item", follow=True),)

        def parse_start_url(self, response: object) -> object:
            return self.parse_item(response)

        def parse_item(self, response: object) -> dict[str, str]:
            seen.append(response.url)  # type: ignore[attr-defined]
            return {"url": response.url, "title": response.css("title::text").get("")}  # type: ignore[attr-defined]

    settings = {"LOG_ENABLED": False, "TELNETCONSOLE_ENABLED": False, "ROBOTSTXT_OBEY": True, "COOKIES_ENABLED": False}
    process = CrawlerProcess(settings)
    process.crawl(Plain)
    process.start()
    found.write_text("\n".join(seen))


@contextmanager
def site(pages: int) -> Iterator[str]:
    """The generated site, served by a process of its own."""
    with served.served(__file__, "serve", "--pages", str(pages)) as port:
        yield f"http://127.0.0.1:{port}/"


def measure(who: str, start: str) -> tuple[set[str], float]:
    """The pages a crawler finds, and the CPU seconds of its process."""
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "found.txt"
        crawler = subprocess.Popen([sys.executable, __file__, who, "--start", start, "--found", str(found)])
        _, status, usage = os.wait4(crawler.pid, 0)
        if status:
            raise SystemExit(f"{who} failed with {status}")
        pages = set(found.read_text().split())
    # The start page and page 0 are one page under two addresses.
    return {urlsplit(url).path for url in pages}, usage.ru_utime + usage.ru_stime


def main() -> int:
    """Run as the module's docstring says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("role", nargs="?", default="compare", choices=("compare", "serve", "ours", "theirs"))
    parser.add_argument("--pages", type=int, default=3000)
    parser.add_argument("--start")
    parser.add_argument("--found", type=Path)
    options = parser.parse_args()
    if options.role == "serve":
        serve(options.pages)
        return 0
    if options.role in ("ours", "theirs"):
        (crawl_ours if options.role == "ours" else crawl_theirs)(options.start, options.found)
        return 0
    with site(options.pages) as start:
        ours, our_seconds = measure("ours", start)
        theirs, their_seconds = measure("theirs", start)
    speed, other = len(ours) / our_seconds, len(theirs) / their_seconds
    print(f"{'':14}{'pages':>8}{'CPU s':>9}{'pages/CPU s':>14}")
    print(f"{'jimo-lint':14}{len(ours):>8}{our_seconds:>9.1f}{speed:>14.0f}")
    print(f"{'CrawlSpider':14}{len(theirs):>8}{their_seconds:>9.1f}{other:>14.0f}")
    print(f"ratio {speed / other:.1f}, same pages: {'yes' if ours == theirs else 'NO'}")
    return 0 if ours == theirs and speed >= LEAST_SPEED and speed >= LEAST_RATIO * other else 1


if __name__ == "__main__":
    raise SystemExit(main())
