#!/usr/bin/env bash
# Scrapy 2.19.0, ROBOTSTXT_OBEY: the status of the answer to /robots.txt is not looked at. 503 with any page in it means
# "everything may be fetched", where RFC 9309 (2.3.1.4) wants a site that cannot say its rules left alone; and what a 404 answer
# holds is parsed as rules, where the RFC (2.3.1.3) has none: an error page with a line "Disallow: /" shuts the whole site out,
# and an inspection finds nothing there. Nothing is logged either way but for a count in the statistics.
# Seen on 2026-12-01 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check scrapy==2.19.0
cat > "$folder/look.py" <<'PYTHON'
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import scrapy
from scrapy.crawler import CrawlerProcess

FORBIDS = b"User-agent: *\nDisallow: /\n"


class Site(BaseHTTPRequestHandler):
    def do_GET(self):
        robots = self.path == "/robots.txt"
        status, body = self.server.robots if robots else (200, b"<title>a</title>")
        if not robots:
            self.server.asked.append(self.path)
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def site(status, body):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.robots, server.asked = (status, body), []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


sites = {
    "200 with a ban": site(200, FORBIDS),
    "503 with a page": site(503, "系统繁忙".encode()),
    "404 with a page": site(404, "找不到".encode()),
    "404 with a ban": site(404, FORBIDS),
}


class Spider(scrapy.Spider):
    name = "look"
    start_urls = [f"http://127.0.0.1:{server.server_port}/page" for server in sites.values()]

    def parse(self, response):
        pass


process = CrawlerProcess({"ROBOTSTXT_OBEY": True, "RETRY_ENABLED": False, "LOG_ENABLED": False})
process.crawl(Spider)
process.start()
fetched = {name: bool(server.asked) for name, server in sites.items()}
for name, was in fetched.items():
    print(f"robots.txt answers {name}: the page was {'fetched' if was else 'not fetched'}")
assert fetched == {
    "200 with a ban": False,
    "503 with a page": True,
    "404 with a page": True,
    "404 with a ban": False,
}
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
