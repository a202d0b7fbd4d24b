"""A loopback site whose pages offer files, served in all the ways that servers do."""

from __future__ import annotations

import gzip
import json
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from email.utils import formatdate
from hashlib import md5
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from tests.support.program import jimo_lint

ID = "11010519491231002X"
WORDS = "公示期间如有异议，请向区教育局反映。"
LIST = f"青潭区教师资格认定名单\n张小明 {ID}\n{WORDS}\n"
CLEAN = f"青潭区教师资格认定名单\n张小明 110105********002X\n{WORDS}\n"


@dataclass(frozen=True)
class File:
    """What stands at an address, and how it is served.

    tagged, dated: with an ETag, a Last-Modified, by which it answers 304. way: of sending it: plain, gzip, chunked, cut
    (less than was announced), drip, torn (an end of the gzip is missing). headers: further ones. deaf: it answers 416
    to whoever asks for a part.
    """

    body: bytes = b""
    status: int = 200
    type: str = "application/octet-stream"
    tagged: bool = False
    dated: float = 0.0
    way: str = "plain"
    headers: Mapping[str, str] = field(default_factory=dict)
    deaf: bool = False


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def do_HEAD(self) -> None:
        self.server.host.asked[f"HEAD {self.path}"] += 1
        self.send_response(405)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_GET(self) -> None:
        host = self.server.host
        host.asked[f"GET {self.path}"] += 1
        wanted = ("If-None-Match", "If-Modified-Since", "Range", "Accept-Encoding")
        host.conditions[self.path] = {key: self.headers[key] for key in wanted if self.headers[key]}
        try:
            self._play(host.files.get(self.path, File(b"", 404)))
        except OSError:
            self.close_connection = True

    def _status(self, file: File, etag: str, stamp: str) -> int:
        if file.deaf and self.headers["Range"]:
            return 416
        asked = self.headers["If-None-Match"]
        known = asked == etag if asked else bool(file.dated) and self.headers["If-Modified-Since"] == stamp
        return 304 if file.status == 200 and (file.tagged or file.dated) and known else file.status

    def _play(self, file: File) -> None:
        etag, stamp = f'"{md5(file.body).hexdigest()}"', formatdate(file.dated, usegmt=True)
        status = self._status(file, etag, stamp)
        self.send_response(status)
        headers = {"ETag": etag if file.tagged else "", "Last-Modified": stamp if file.dated else "", **file.headers}
        for name, value in headers.items():
            if value:
                self.send_header(name, value)
        if status == 304:
            self.end_headers()
            return
        self.send_header("Content-Type", file.type)
        self.server.host.sent[self.path] += status == 200
        self._send(file.way, file.body if status != 416 else b"")

    def _send(self, way: str, body: bytes) -> None:
        if way in ("gzip", "torn"):
            body = gzip.compress(body)
            body = body[:-12] if way == "torn" else body
            self.send_header("Content-Encoding", "gzip")
        if way == "chunked":
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for start in range(0, len(body), 50):
                piece = body[start : start + 50]
                self.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
            self.wfile.write(b"0\r\n\r\n")
            return
        self.send_header("Content-Length", str(len(body) + (100 if way == "cut" else 0)))
        self.end_headers()
        for piece in (bytes([value]) for value in body) if way == "drip" else (body,):
            self.wfile.write(piece)
            time.sleep(0.05 if way == "drip" else 0)
        if way == "cut":
            self.close_connection = True

    def log_message(self, *_: Any) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    host: Host


class Host:
    """A server of files. asked: requests by method and path; sent: bodies of 200; conditions: of the last requests."""

    def __init__(self) -> None:
        self.files: dict[str, File] = {}
        self.asked: Counter[str] = Counter()
        self.conditions: dict[str, dict[str, str]] = {}
        self.sent: Counter[str] = Counter()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.host = self
        self.host = f"127.0.0.1:{self._server.server_port}"
        self.url = f"http://{self.host}"
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def close(self) -> None:
        """Stop the server."""
        self._server.shutdown()
        self._server.server_close()


CONFIG = """[site]
name = "青潭区"
start = ["{url}/"]
[crawl]
allow_private = true
delay = 0
timeout = 2
"""


class Office:
    """A site with one page that offers files, its configuration, and what the program says of both."""

    def __init__(self, folder: Path, host: Host) -> None:
        self.folder = folder
        self.host = host
        self.configure()

    def configure(self, more: str = "") -> None:
        """Write the configuration; more: further sections."""
        text = CONFIG.format(url=self.host.url) + more
        (self.folder / "jimo-lint.toml").write_text(text, encoding="utf-8")

    def offer(self, files: Mapping[str, File], *, links: Mapping[str, str] | None = None) -> None:
        """Serve these files; the home page links to them, or to `links` (address and words)."""
        self.host.files.update(files)
        shown = dict.fromkeys(files, "附件") if links is None else links
        rows = "".join(f'<p><a href="{path}">{words}</a></p>' for path, words in shown.items())
        text = f"<h1>青潭区人民政府</h1><p>关于教师资格认定的公示，名单见附件，请相互转告。</p>{rows}"
        page = f"<!doctype html><html><head><meta charset=utf-8><title>青潭区</title></head><body>{text}</body></html>"
        self.host.files["/"] = File(page.encode(), type="text/html; charset=utf-8")

    def change(self, path: str, **given: Any) -> None:
        """Serve a file otherwise."""
        self.host.files[path] = replace(self.host.files[path], **given)

    def run(self, *more: str, day: str = "2026-12-01", what: str = "inspect") -> dict[str, Any]:
        """The report of an inspection, or of a recheck of places."""
        words = ("inspect", "columns") if what == "inspect" else ("recheck",)
        done = jimo_lint(*words, "--select", "P101", "-f", "json", "-q", "--as-of", day, *more, cwd=self.folder)
        assert done.returncode in (0, 1, 2), done.stderr
        return dict(json.loads(done.stdout))

    def leaks(self, report: dict[str, Any]) -> set[str]:
        """Where ID numbers were found, below the site."""
        return {one["url"].removeprefix(self.host.url) for one in report["findings"] if one["code"] == "P101"}


@contextmanager
def hosted() -> Iterator[Host]:
    """A running server."""
    host = Host()
    try:
        yield host
    finally:
        host.close()
