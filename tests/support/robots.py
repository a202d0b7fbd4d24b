"""Group robots on loopback, which keep what they are sent."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

KEY = "9f86d081-top-secret-key"


class Received:
    """What a robot was sent: paths with queries, and bodies."""

    def __init__(self) -> None:
        self.paths: list[str] = []
        self.bodies: list[dict[str, object]] = []
        self.url = ""


@contextmanager
def robot(reply: bytes, status: int = 200, headers: dict[str, str] | None = None) -> Iterator[Received]:
    """A robot on loopback that always answers the same."""
    received = Received()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.paths.append(self.path)
            received.bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status)
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    received.url = f"http://127.0.0.1:{server.server_port}/robot/send?key={KEY}"
    try:
        yield received
    finally:
        server.shutdown()
        server.server_close()
