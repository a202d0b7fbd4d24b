"""Answers a content management system that asks, before it publishes a draft, whether anything stands against it.

POST /check with {"text": …, "suffix": ".html"} gives {"passed": …, "complete": …, "findings": […], "unread": […]};
GET /health gives 200 once drafts can be checked. docs/cms.md says how to run it.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures import TimeoutError as TooLong
from concurrent.futures.process import BrokenProcessPool
from hmac import compare_digest
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import get_context, parent_process
from typing import Any

from jimo_lint import Finding, check_text
from jimo_lint.errors import JimoLintError
from jimo_lint.model import Severity

LARGEST = 2 << 20  # bytes of a request
PATIENCE = 30.0  # seconds for an answer
SILENCE = 10.0  # seconds that a client may take between two pieces of what it sends
SUFFIXES = (".txt", ".html", ".md")
LEVELS = {"warning": Severity.WARNING, "error": Severity.ERROR, "veto": Severity.VETO}


class RefusalError(Exception):
    """What is wrong with a request, or with us; nothing of it is the text of a draft."""

    def __init__(self, status: HTTPStatus, said: str) -> None:
        super().__init__(said)
        self.status = status


def judge(text: str, suffix: str, config: str | None, bar: Severity) -> dict[str, Any]:
    """What is answered of a draft; runs in a process of its own."""
    report = check_text(text, suffix=suffix, config=config)
    worst = report.worst()
    return {
        # What could not be read was not checked: that never passes.
        "passed": report.complete and (worst is None or worst < bar),
        "complete": report.complete,
        "findings": [_finding(one) for one in report.findings],
        "unread": [one.message for one in report.problems if not one.excused],
    }


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "code": one.code,
        "level": one.severity.label,
        "title": one.title,
        "message": one.message,
        "suggestions": list(one.suggestions),
        "line": one.position.line if one.position else None,
        "column": one.position.column if one.position else None,
        "excerpt": one.excerpt,
    }


def end_with_server() -> None:
    """Have this process end with the server, however that ended: it would wait for drafts for ever."""

    def wait() -> None:
        if server := parent_process():
            server.join()
            os._exit(0)

    threading.Thread(target=wait, daemon=True).start()


class Judges:
    """Processes that check drafts: as many at once as there are cores, a few waiting, the others told to come again.

    Processes, not threads: judging is work for the processor, and only the main thread of a process has a time limit.
    """

    def __init__(self, number: int, config: str | None, bar: Severity) -> None:
        self._number, self._config, self._bar = number, config, bar
        self._room = threading.BoundedSemaphore(number * 8)
        self._lock = threading.Lock()
        self._pool = self._made()
        # Each has its rules and lists before the first draft comes; a wrong configuration ends the start.
        for ready in [self._pool.submit(judge, "就绪。", ".txt", config, bar) for _ in range(number)]:
            ready.result()

    def _made(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self._number, get_context("spawn"), end_with_server)

    def ask(self, text: str, suffix: str) -> dict[str, Any]:
        """The answer. RefusalError where there is none in time."""
        if not self._room.acquire(blocking=False):
            raise RefusalError(HTTPStatus.SERVICE_UNAVAILABLE, "正忙，请稍后再试")
        pool = self._pool
        try:
            asked = pool.submit(judge, text, suffix, self._config, self._bar)
        except BrokenProcessPool:
            self._room.release()
            raise self._interrupted(pool) from None
        # A draft that nobody waits for any more still takes a process: its place is free when that is done.
        asked.add_done_callback(lambda _: self._room.release())
        try:
            return asked.result(PATIENCE)
        except TooLong:
            asked.cancel()
            raise RefusalError(HTTPStatus.SERVICE_UNAVAILABLE, "没有在规定的时间内查完，不算通过") from None
        except BrokenProcessPool:
            raise self._interrupted(pool) from None
        except JimoLintError as fault:
            raise RefusalError(HTTPStatus.INTERNAL_SERVER_ERROR, str(fault)) from None

    def _interrupted(self, pool: ProcessPoolExecutor) -> RefusalError:
        """A process ended, and with it all of its pool: the next draft finds a new one."""
        with self._lock:
            if self._pool is pool:
                self._pool = self._made()
        return RefusalError(HTTPStatus.SERVICE_UNAVAILABLE, "检查进程中断，请再试一次")


class Handler(BaseHTTPRequestHandler):
    """One request. Only its kind, size, outcome and time are logged, never what a draft says."""

    protocol_version = "HTTP/1.1"
    timeout = SILENCE
    judges: Judges
    token: str

    def do_GET(self) -> None:
        """Whether drafts can be checked."""
        known = self.path == "/health"
        self._answer(HTTPStatus.OK if known else HTTPStatus.NOT_FOUND, {"ready": known})

    def do_POST(self) -> None:
        """A draft."""
        begun = time.monotonic()
        size = 0
        try:
            body = self._body()
            size = len(body)
            text, suffix = _draft(body)
            status, said = HTTPStatus.OK, self.judges.ask(text, suffix)
        except RefusalError as refusal:
            status, said = refusal.status, {"passed": False, "complete": False, "error": str(refusal)}
        except TimeoutError:
            self.close_connection = True
            return
        self._answer(status, said)
        self.log_message("%s", f"{status.value} {size} 字节 {time.monotonic() - begun:.2f} 秒")

    def _body(self) -> bytes:
        self.close_connection = True  # what was not read would be taken for the next request
        if self.path != "/check":
            raise RefusalError(HTTPStatus.NOT_FOUND, "只有 /check 和 /health")
        given = self.headers.get("X-Token", "").encode("latin-1", "replace")  # as http.server decoded its bytes
        if self.token and not compare_digest(given, self.token.encode()):
            raise RefusalError(HTTPStatus.UNAUTHORIZED, "X-Token 不对")
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit()):
            raise RefusalError(HTTPStatus.LENGTH_REQUIRED, "没有 Content-Length")
        if len(length) > 9 or int(length) > LARGEST:
            raise RefusalError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"超过 {LARGEST >> 20} MB")
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            raise RefusalError(HTTPStatus.BAD_REQUEST, "没有收全")
        self.close_connection = False
        return body

    def _answer(self, status: HTTPStatus, said: dict[str, Any]) -> None:
        body = json.dumps(said, ensure_ascii=False).encode("utf-8", "replace")
        self.send_response_only(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        if status is HTTPStatus.SERVICE_UNAVAILABLE:
            self.send_header("Retry-After", "2")
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing: `do_POST` logs."""

    def log_error(self, format: str, *args: Any) -> None:  # noqa: A002 - its name in http.server
        """Nothing: a malformed request line may hold anything."""


def _draft(body: bytes) -> tuple[str, str]:
    try:
        asked = json.loads(body)
        text, suffix = asked["text"], asked.get("suffix", ".html")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise RefusalError(HTTPStatus.BAD_REQUEST, '应是 {"text": 文稿, "suffix": ".html"}') from None
    if not isinstance(text, str) or suffix not in SUFFIXES:
        raise RefusalError(HTTPStatus.BAD_REQUEST, f"text 应是文字，suffix 应是 {'、'.join(SUFFIXES)}")
    return text, suffix


class Server(ThreadingHTTPServer):
    """Who comes while many do waits for a moment, and is not turned away without an answer."""

    request_queue_size = 128


def serve(options: argparse.Namespace, token: str) -> Server:
    """The server, ready to run."""
    judges = Judges(options.processes, options.config, LEVELS[options.fail_on])
    handler = type("Bound", (Handler,), {"judges": judges, "token": token})
    server = Server((options.host, options.port), handler)
    server.daemon_threads = True
    return server


def main() -> None:
    """Run until interrupted."""
    parser = argparse.ArgumentParser(description="内容管理系统发布前来问：这篇稿件能不能发")
    parser.add_argument("--host", default="127.0.0.1", help="默认只有本机能访问")
    parser.add_argument("--port", type=int, default=8765)
    parser.add_argument("--config", help="采用哪份 jimo-lint.toml")
    parser.add_argument("--fail-on", choices=LEVELS, default="error", help="哪一级以上不通过，默认 error")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="几个进程检查，默认与处理器核数相同")
    options = parser.parse_args()
    token = os.environ.get("JIMO_TOKEN", "")
    if options.host not in ("127.0.0.1", "::1", "localhost") and not token:
        parser.error("别的机器也能访问时，请在环境变量 JIMO_TOKEN 里设一个口令")
    server = serve(options, token)
    sys.stderr.write(f"可以检查了：http://{options.host}:{server.server_port}/check\n")
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        sys.stderr.write("结束\n")


if __name__ == "__main__":
    main()
