#!/usr/bin/env bash
# Scrapy 2.19.0 and aiohttp 3.14.5: a page sent as gzip whose stream ends early (a cache lost the rest; Content-Length says what
# did come) is handed over as if it were whole: status 200, half of the text, no exception, no flag, no retry. Who reads the list
# on it finds a column of half its rows, or a blank one. The same body cut off below its Content-Length raises in both.
# Seen on 2026-12-02 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check scrapy==2.19.0 aiohttp==3.14.5
cat > "$folder/look.py" <<'PYTHON'
import asyncio
import gzip
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import aiohttp
import scrapy
from scrapy.crawler import CrawlerProcess

TEXT = "".join(f"<li>第{n}条通知，编号{n * n * 7919}</li>" for n in range(2000)).encode()
PACKED = gzip.compress(TEXT)


class Site(BaseHTTPRequestHandler):
    def do_GET(self):
        body = PACKED[: len(PACKED) // 2]
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(PACKED) if self.path == "/short" else len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
threading.Thread(target=server.serve_forever, daemon=True).start()
url = f"http://127.0.0.1:{server.server_port}"
seen = {}


async def ask(path):
    async with aiohttp.ClientSession() as session:
        try:
            async with session.get(url + path) as answer:
                seen["aiohttp", path] = len(await answer.read())
        except aiohttp.ClientError as fault:
            seen["aiohttp", path] = type(fault).__name__


class Spider(scrapy.Spider):
    name = "look"

    async def start(self):
        for path in ("/", "/short"):
            yield scrapy.Request(url + path, self.parse, errback=self.failed, cb_kwargs={"path": path})

    def parse(self, response, path):
        seen["scrapy", path] = len(response.body)
        assert not response.flags

    def failed(self, failure):
        seen["scrapy", failure.request.cb_kwargs["path"]] = failure.type.__name__


for path in ("/", "/short"):
    asyncio.run(ask(path))
process = CrawlerProcess({"LOG_ENABLED": False, "RETRY_ENABLED": False})
process.crawl(Spider)
process.start()
for (who, path), came in seen.items():
    print(f"{who}, {'cut below its length' if path == '/short' else 'gzip without its end'}: {came} of {len(TEXT)}")
for who in ("aiohttp", "scrapy"):
    assert isinstance(seen[who, "/"], int) and 0 < seen[who, "/"] < len(TEXT)
    assert isinstance(seen[who, "/short"], str)
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
