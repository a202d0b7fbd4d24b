"""A loopback site made of routes, and crawls of it in processes of their own (a reactor starts once a process)."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from tests.support import forked

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Reply:
    """What a route answers. chunks: sent one after the other in place of `body`, without a length.

    wants: headers without which the request is refused (403). date: of the server's clock, "" for the real one.
    cookies: pairs without which a redirect with the headers `otherwise` is answered.
    """

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    chunks: Callable[[], Iterator[bytes]] | None = None
    wants: tuple[str, ...] = ()
    cookies: tuple[str, ...] = ()
    otherwise: Mapping[str, str] = field(default_factory=dict)
    date: str = ""


def html(body: str, *, title: str = "页面", head: str = "") -> Reply:
    """A page in UTF-8."""
    top = f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title>{head}</head>"
    return Reply(f"{top}<body>{body}</body></html>".encode(), headers={"Content-Type": "text/html; charset=utf-8"})


class Site:
    """A running server. hits: how often each path with its query was asked for; sent: bytes of its bodies; agents: who
    asked. An answer with an ETag is 304 to who names that one.
    """

    def __init__(self, answer: Callable[[str], Reply | None]) -> None:
        self.hits: Counter[str] = Counter()
        self.sent: Counter[str] = Counter()
        self.agents: set[str] = set()
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_GET(self) -> None:
                site.hits[self.path] += 1
                site.agents.add(self.headers["User-Agent"])
                reply = answer(self.path) or Reply(b"", 404)
                if not all(self.headers[name] for name in reply.wants):
                    reply = Reply(b"", 403)
                if not set(reply.cookies) <= set((self.headers["Cookie"] or "").split("; ")):
                    reply = Reply(status=302, headers=reply.otherwise)
                if self.headers["If-None-Match"] and self.headers["If-None-Match"] == reply.headers.get("ETag"):
                    reply = Reply(status=304, headers={"ETag": reply.headers["ETag"]})
                site.sent[self.path] += len(reply.body)
                self.send_response_only(reply.status)
                self.send_header("Date", reply.date or self.date_time_string())
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                if reply.chunks is None:
                    if "Content-Length" not in reply.headers:
                        self.send_header("Content-Length", str(len(reply.body)))
                    self.end_headers()
                    self.wfile.write(reply.body)
                    return
                self.close_connection = True
                self.send_header("Connection", "close")
                self.end_headers()
                try:
                    for chunk in reply.chunks():
                        self.wfile.write(chunk)
                except OSError:
                    pass  # the crawler hung up, as it should

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.host = f"127.0.0.1:{self._server.server_port}"
        self.url = f"http://{self.host}"
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def close(self) -> None:
        """Stop the server."""
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def site(answer: Callable[[str], Reply | None]) -> Iterator[Site]:
    """Serve what `answer` gives for a path; None is a 404."""
    running = Site(answer)
    try:
        yield running
    finally:
        running.close()


@dataclass
class Job:
    """A crawl to run. columns: name to address. settings: of `[crawl]`, over ones that suit tests.

    as_of, full: as of `crawl_site`. full_after: pages of 4 KiB after which the disk counts as full; 0 for never.
    endless: what the titles of pages begin with whose reading does not end. sampled: how the addresses end of which
    the word of their server is doubted, in place of one in so many.
    """

    folder: Path
    start: tuple[str, ...]
    columns: Mapping[str, str] = field(default_factory=dict)
    hosts: tuple[str, ...] = ()
    settings: Mapping[str, object] = field(default_factory=dict)
    resume: bool = False
    as_of: str = "2026-01-31"
    full: bool = False
    full_after: int = 0
    endless: str = ""
    sampled: str = ""

    def begin(self) -> forked.Running | subprocess.Popen[str]:
        """Start the crawl; its output is one JSON object: outcome, or error."""
        if forked.ABLE:
            return forked.Running(__name__, [self._given()], cwd=Path.cwd(), env=os.environ)
        return subprocess.Popen(
            [sys.executable, __file__, self._given()],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": f"{os.environ.get('PYTHONPATH', '')}{os.pathsep}{ROOT}"},
        )

    def run(self) -> dict[str, object]:
        """Run the crawl to its end; the process must say nothing on stderr."""
        output, errors = self.begin().communicate(timeout=120)
        assert not errors, errors
        return dict(json.loads(output))

    def _given(self) -> str:
        return json.dumps({**asdict(self), "folder": str(self.folder)})


def _main(given: str) -> None:
    from jimo_lint.crawl.run import crawl_site
    from jimo_lint.crawl.unchanged import Unchanged
    from jimo_lint.errors import JimoLintError
    from jimo_lint.model import Column
    from jimo_lint.settings.config import Config
    from jimo_lint.settings.sections import Crawl
    from jimo_lint.settings.sections import Site as ConfigSite
    from jimo_lint.store import Store

    job = json.loads(given)
    if job["endless"]:
        _make_endless(job["endless"])
    if job["sampled"]:
        Unchanged._sampled = lambda _, url: url.endswith(job["sampled"])  # type: ignore[method-assign]
    settings = {"delay": 0.0, "timeout": 10.0, "allow_private": True, **job["settings"]}
    hosts = tuple(job["hosts"]) or tuple(dict.fromkeys(url.split("/")[2] for url in job["start"]))
    config = Config(
        folder=Path(job["folder"]),
        site=ConfigSite("测试", tuple(job["start"]), hosts),
        crawl=Crawl(**settings),
        columns=tuple(Column(url, name, url) for name, url in job["columns"].items()),
    )
    try:
        with Store.open(config.store_path, writing=True) as store:
            if job["full_after"]:
                store.connection.execute(f"PRAGMA max_page_count = {job['full_after']}")
            outcome = crawl_site(
                config, store, as_of=date.fromisoformat(job["as_of"]), resume=job["resume"], full=job["full"]
            )
            said = "；".join(f"{end.place}：{end.message}" for end in outcome.ends)
            ended = {"pages": outcome.pages, "failed": outcome.failed, "finished": outcome.finished, "reason": said}
            json.dump(ended, sys.stdout)
    except JimoLintError as fault:
        json.dump({"error": str(fault)}, sys.stdout)
    except KeyboardInterrupt:
        sys.exit(130)


def _make_endless(text: str) -> None:
    from jimo_lint.spiders import site as spider

    from jimo_lint.runtime import timelimit

    timelimit.SECONDS = 0.2
    read_page = spider.read_page

    def reading(written: str, *given: object, **named: object) -> object:
        while f"<title>{text}" in written:
            pass
        return read_page(written, *given, **named)

    spider.read_page = reading


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # pytest under a shell's `&` would ignore it
    _main(sys.argv[1])
