"""A PostgreSQL server of our own: a cluster in a new folder, on a Unix socket only, run by a user without rights."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_USERS = ("postgres", "nobody")


def programs() -> Path | None:
    """Where the newest PostgreSQL of this machine is; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    place = shutil.which("initdb")
    return Path(place).parent if place else None


def _user() -> str | None:
    """As whom it runs: PostgreSQL refuses to run as root."""
    if os.geteuid():
        return None
    known = {one.pw_name for one in pwd.getpwall()}
    return next(name for name in _USERS if name in known)


@contextmanager
def server(*settings: str) -> Iterator[str]:
    """The folder of the socket of a server that is stopped, and gone, when the block ends. settings: `name=value`."""
    binaries, user = programs(), _user()
    assert binaries, "apt-get install postgresql"
    # Short: the path of a socket may have some hundred characters; and open to the user that the server runs as.
    folder = Path(tempfile.mkdtemp(prefix="jimo-pg-", dir="/tmp"))
    if user:
        shutil.chown(folder, user)
    data = folder / "data"

    def run(program: str, *arguments: str) -> None:
        call: dict[str, Any] = {"user": user, "extra_groups": []} if user else {}
        subprocess.run(
            [binaries / program, *arguments], check=True, cwd=folder, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=120, **call,
        )  # fmt: skip

    try:
        run("initdb", "-D", str(data), "-U", "jimo", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        options = " ".join(f"-c {one}" for one in (f"unix_socket_directories={folder}", "listen_addresses=", *settings))
        run("pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log"), "-o", f"{options} -c fsync=off", "start")
        try:
            yield str(folder)
        finally:
            run("pg_ctl", "-D", str(data), "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
