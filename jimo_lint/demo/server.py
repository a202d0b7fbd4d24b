"""Serves the demo portal and a second site on free loopback ports."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from urllib.parse import unquote, urlsplit

from jimo_lint.demo.answers import Answer
from jimo_lint.demo.site import Site, outside_answer

_LOOPBACK = "127.0.0.1"
_MISSING = Answer(
    "<html><head><title>404</title></head><body><p>您访问的页面不存在</p></body></html>".encode(), status=404
)


@dataclass(frozen=True, slots=True)
class Served:
    """A running demo. url: the portal, with trailing slash; outside: the second site; site: what is served."""

    url: str
    outside: str
    site: Site


@contextmanager
def serve(as_of: date, port: int = 0) -> Iterator[Served]:
    """Serve until the block is left. port: of the portal, the next two of the rest; where one is not free, another."""
    stop = Event()
    port = port or _free()
    # Bound but not listening: connections are refused, and no other program can take the port meanwhile.
    with socket.socket() as closed, _running(lambda path, _query: outside_answer(path), stop, port + 1) as outside:
        with suppress(OSError, OverflowError):
            closed.bind((_LOOPBACK, port + 2))
        if not closed.getsockname()[1]:
            closed.bind((_LOOPBACK, 0))
        refused = f"http://{_LOOPBACK}:{closed.getsockname()[1]}"
        site = Site(as_of, outside, refused)
        with _running(site.answer, stop, port) as base:
            yield Served(f"{base}/", outside, site)
        stop.set()


def _free() -> int:
    """A port that nobody has at the moment."""
    with socket.socket() as probe:
        probe.bind((_LOOPBACK, 0))
        return int(probe.getsockname()[1])


@contextmanager
def _running(answer: Callable[[str, str], Answer | None], stop: Event, port: int = 0) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 30  # seconds; an idle kept-alive connection does not hold its thread for ever

        def do_GET(self) -> None:
            self._reply(with_body=True)

        def do_HEAD(self) -> None:
            self._reply(with_body=False)

        def _reply(self, *, with_body: bool) -> None:
            parts = urlsplit(self.path)
            found = answer(unquote(parts.path), parts.query) or _MISSING
            if found.delay and stop.wait(found.delay):
                self.close_connection = True
                return
            self.send_response(found.status)
            self.send_header("Content-Type", found.content_type)
            for name, value in found.headers.items():
                self.send_header(name, value)
            if found.length:
                self.send_header("Connection", "close")
            else:
                self.send_header("Content-Length", str(len(found.body)))
            self.end_headers()
            if with_body:
                for chunk in found.chunks():
                    self.wfile.write(chunk)

        def handle(self) -> None:
            # A client that hangs up in the middle of the large page is what the demo wants to see.
            try:
                super().handle()
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Requests are no news; stderr belongs to the command."""

    try:
        server = _Server((_LOOPBACK, port), Handler)
    except (OSError, OverflowError):  # another program has it, or there is no such port
        server = _Server((_LOOPBACK, 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://{_LOOPBACK}:{server.server_address[1]}"
    finally:
        stop.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64
