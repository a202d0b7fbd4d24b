"""Small sites on loopback, each at an address and a port of its own, and their folders; for `fleet.py`.

    python benchmarks/fleet_sites.py serve SITES PAGES [hang]

prints the ports as one line of JSON and serves until its input is closed. hang: the last site never answers.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WRONG = "切实抓好关健工作，确保万无一失。"


def address(number: int) -> str:
    """The loopback address of a site: what shares one shares its patience."""
    return f"127.{1 + number // 200}.{number % 200 // 100}.{1 + number % 100}"


def page(number: int, path: str, pages: int) -> str:
    """A page of the site; "" for none."""
    if path in ("/", "/news/"):
        rows = "".join(
            f'<li><a href="/news/{one}.html">第 {one} 号稿件的标题要长一些</a>'
            f"<span>2026-11-{1 + one % 28:02}</span></li>"
            for one in range(pages)
        )
        return f"<h1>要闻</h1><ul>{rows}</ul>"
    name = path.removeprefix("/news/").removesuffix(".html")
    if not name.isdecimal() or int(name) >= pages:
        return ""
    said = WRONG if (int(name) + number) % 3 == 0 else "各项工作有序推进，成效明显。"
    return f"<h1>第 {name} 号稿件</h1><div class='content'><p>本站第 {number} 号。{said * 3}</p></div>"


def configure(folder: Path, number: int, port: int, delay: float = 0.0) -> None:
    """Write the folder of a site."""
    base = f"http://{address(number)}:{port}"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "jimo-lint.toml").write_text(
        f'[site]\nname = "第 {number} 号站"\nid_code = "44{number:08}"\nstart = ["{base}/"]\n'
        f'[[column]]\nname = "要闻"\nurl = "{base}/news/"\nkind = "news"\n'
        f"[crawl]\nallow_private = true\ndelay = {delay}\nconcurrency = 1\n",
        encoding="utf-8",
    )


@contextmanager
def served(sites: int, pages: int, *, hang: bool = False) -> Iterator[list[int]]:
    """The ports of so many sites, served by a process of its own."""
    command = [sys.executable, __file__, "serve", str(sites), str(pages), *(["hang"] if hang else [])]
    server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert server.stdin and server.stdout
    try:
        yield json.loads(server.stdout.readline())
    finally:
        server.stdin.close()
        server.wait()


async def _serve(sites: int, pages: int, hang: bool) -> None:
    servers = [await _site(number, pages, hang=hang and number == sites - 1) for number in range(sites)]
    print(json.dumps([server.sockets[0].getsockname()[1] for server in servers]), flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


async def _site(number: int, pages: int, *, hang: bool) -> asyncio.Server:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while line := await reader.readline():
                while (await reader.readline()).strip():
                    pass
                if hang:
                    await asyncio.sleep(3600)
                method, path, _ = line.decode("ascii", "replace").split(" ", 2)
                text = page(number, path.partition("?")[0], pages)
                body = f"<!doctype html><html><head><title>第 {number} 号站</title></head><body>{text}</body></html>"
                content = body.encode() if text else b"Not Found"
                kind = "text/html; charset=utf-8" if text else "text/plain"
                head = f"HTTP/1.1 {'200 OK' if text else '404 Not Found'}\r\nContent-Type: {kind}\r\n"
                head += f"Content-Length: {len(content)}\r\n\r\n"
                writer.write(head.encode() + (b"" if method == "HEAD" else content))
                await writer.drain()
        except (ConnectionError, ValueError):
            pass
        finally:
            writer.close()

    return await asyncio.start_server(answer, address(number), 0)


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:] == ["hang"]))
