"""Runs a module as `python -m` would, in a process forked from one that has loaded the libraries already.

Loading them takes most of the time of a command in a test: a second, and the suite starts hundreds. The process that is
forked has run nothing yet, and its copy runs the module from its first line to its end, with arguments, folder,
environment and files of its own. What is settled when Python itself starts (locale, hash seed, warnings) is not.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
# Elsewhere than on Linux forking is not there, or not safe with what the libraries start.
ABLE = sys.platform == "linux"

# What the commands that collect, judge and write reports load.
_LIBRARIES = (
    "jimo_lint.cli.inspect",
    "jimo_lint.cli.links",
    "jimo_lint.cli.recheck",
    "jimo_lint.crawl.run",
    "jimo_lint.inspection.columns",
    "jimo_lint.inspection.drafts",
    "jimo_lint.inspection.link_list",
    "jimo_lint.inspection.recheck",
    "jimo_lint.inspection.watch",
    "jimo_lint.inspection.weekly",
    "jimo_lint.language.typo.detector",
    "jimo_lint.report.kept",
    "jimo_lint.report.machine.json",
    "jimo_lint.report.xlsx.columns",
    "jimo_lint.report.xlsx.weekly",
    "jimo_lint.spiders.archive",
    "jimo_lint.spiders.menus",
    "jimo_lint.spiders.samples",
    "jimo_lint.spiders.site",
    "chinese_calendar",
    "scrapy.core.downloader.handlers.http11",  # reads the source of all that called for it: 0.3 s
    "scrapy.downloadermiddlewares.cookies",
)


class Running:
    """A module that runs, as far as `subprocess.Popen` is asked. pid: of the process that runs it, for signals."""

    def __init__(
        self, module: str, arguments: Iterable[str], *, cwd: Path, env: Mapping[str, str], stdin: str = ""
    ) -> None:
        self.args = [module, *arguments]
        self.returncode: int | None = None
        request = {"module": module, "arguments": self.args[1:], "cwd": str(cwd), "env": dict(env)}
        self._line, theirs = socket.socketpair()
        self._written = TemporaryFile(), TemporaryFile()  # noqa: SIM115, which `communicate` closes
        with TemporaryFile() as given, theirs:
            given.write(stdin.encode())
            given.seek(0)
            files = [given.fileno(), *(file.fileno() for file in self._written), theirs.fileno()]
            socket.send_fds(_loaded(), [json.dumps(request).encode()], files)
        self._told = self._line.makefile()
        self.pid = int(self._told.readline())

    def send_signal(self, number: int) -> None:
        """As a terminal or a shell sends it."""
        os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def communicate(self, timeout: float | None = None) -> tuple[str, str]:
        """Wait for its end: output and errors. Past the time it is killed, and TimeoutExpired raised."""
        self._line.settimeout(timeout)
        with self._line, self._told, self._written[0], self._written[1]:
            try:
                self.returncode = int(self._told.readline())
            except TimeoutError:
                self.kill()
                raise subprocess.TimeoutExpired(self.args, timeout or 0) from None
            said = []
            for file in self._written:
                file.seek(0)
                said.append(file.read().decode().replace("\r\n", "\n"))
        return said[0], said[1]


def run(
    module: str,
    arguments: Iterable[str],
    *,
    cwd: Path,
    env: Mapping[str, str],
    stdin: str = "",
    seconds: float,
) -> subprocess.CompletedProcess[str]:
    """Run a module to its end, or for so many seconds; output is text, the exit code is not checked."""
    running = Running(module, arguments, cwd=cwd, env=env, stdin=stdin)
    output, errors = running.communicate(seconds)
    return subprocess.CompletedProcess(running.args, running.returncode or 0, output, errors)


@cache
def _loaded() -> socket.socket:
    """A line to the process that has loaded the libraries; closing it ends the process."""
    ours, theirs = socket.socketpair(type=socket.SOCK_SEQPACKET)
    with theirs:
        command = [sys.executable, "-m", "tests.support.forked", str(theirs.fileno())]
        process = subprocess.Popen(
            command, cwd=ROOT, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )

    def end() -> None:
        ours.close()
        process.wait()

    atexit.register(end)
    return ours


# ---- the process that has loaded the libraries


def _serve(line: socket.socket) -> None:
    """Fork for each request, until the line is closed; a copy returns from here only when its module has ended."""
    for name in _LIBRARIES:
        import_module(name)
    from jimo_lint.lint.checks import KINDS

    for kind in KINDS.values():
        import_module(f"jimo_lint.lint.checks.{kind.module}")
    assert "twisted.internet.reactor" not in sys.modules, "a reactor belongs to one process"
    gc.collect()
    gc.freeze()  # the copies need not look through it, and leave its memory shared
    while True:
        request, files, _, _ = socket.recv_fds(line, 1 << 20, 4)
        if not request:
            break
        if os.fork() == 0:
            line.close()
            _attend(json.loads(request), files)
            return
        for file in files:
            os.close(file)
        _reap(os.WNOHANG)
    _reap(0)


def _reap(options: int) -> None:
    """Wait for the copies that have ended."""
    try:
        while os.waitpid(-1, options)[0]:
            pass
    except ChildProcessError:
        pass


def _attend(request: dict[str, Any], files: list[int]) -> None:
    """Fork once more: one runs the module, the other waits for it and tells what became of it."""
    process = os.fork()
    if process:
        with socket.socket(fileno=files[3]) as told:
            told.sendall(f"{process}\n".encode())
            _, status = os.waitpid(process, 0)
            told.sendall(f"{os.waitstatus_to_exitcode(status)}\n".encode())
        os._exit(0)
    for number, file in enumerate(files[:3]):
        os.dup2(file, number)
    for file in files:
        os.close(file)
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["env"])
    time.tzset()
    sys.argv[1:] = request["arguments"]
    runpy.run_module(request["module"], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
