#!/usr/bin/env bash
# Chromium 156: with `Referrer-Policy: no-referrer`, which hardening guides recommend, a form that is sent by POST to the page's own
# server carries `Origin: null`, as the Fetch standard has it for requests that are not CORS; fetch() from the same page carries the
# real origin. A server that compares Origin with its own address (against CSRF) refuses its own forms, but not those of its script.
# With `same-origin` the origin is there, and other sites are told nothing either.
# Seen on 2026-12-01 with Debian's chromium and Playwright 1.65.2. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check playwright==1.65.2
cat > "$folder/look.py" <<'PYTHON'
import shutil
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from playwright.sync_api import sync_playwright

seen = []


class Page(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Referrer-Policy", self.path.strip("/") or "no-referrer")
        self.end_headers()
        self.wfile.write(b'<form method="post" action="/form"><button>x</button></form>')

    def do_POST(self):
        seen.append((self.path, self.headers["Origin"]))
        self.rfile.read(int(self.headers["Content-Length"] or 0))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
threading.Thread(target=server.serve_forever, daemon=True).start()
own = f"http://127.0.0.1:{server.server_port}"
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
    for policy in ("no-referrer", "same-origin"):
        page = browser.new_page()
        page.goto(f"{own}/{policy}")
        page.evaluate("fetch('/fetch', {method: 'POST', body: ''})")
        with page.expect_request("**/form"):
            page.click("button")
        page.wait_for_timeout(300)
        page.close()
        print(policy, dict(seen))
        assert dict(seen) == {"/fetch": own, "/form": "null" if policy == "no-referrer" else own}
        seen.clear()
    browser.close()
PYTHON
"$folder/venv/bin/python" "$folder/look.py"
