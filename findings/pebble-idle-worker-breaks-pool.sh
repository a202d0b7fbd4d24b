#!/usr/bin/env bash
# pebble 5.2.3: a worker that dies while it runs a task costs that task (ProcessExpired) and is replaced. One that dies between two
# tasks, while no other worker is busy, breaks the whole ProcessPool: "All workers expired", although there are others or a new one
# could be started. schedule() raises RuntimeError from then on, and futures that wait end with BrokenProcessPool, which is no
# ProcessExpired. A program that reads files one by one in a pool so ends where the system took back the memory of an idle worker.
# Seen on 2026-12-01 with Python 3.11. Exits non-zero where the behaviour is another one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check pebble==5.2.3
cat > "$folder/look.py" <<'PYTHON'
import os
import threading
import time

from pebble import ProcessPool


def work(dying: float) -> int:
    """The number of the worker, which ends so many seconds later; 0 for never."""
    if dying:
        threading.Timer(dying, os._exit, (1,)).start()
    return os.getpid()


def main() -> None:
    """Two workers, one of which dies when it has nothing to do."""
    with ProcessPool(max_workers=2) as pool:
        pool.schedule(work, (0.3,)).result()
        time.sleep(2)
        try:
            pool.schedule(work, (0,)).result(10)
        except RuntimeError as fault:
            print(f"one of two idle workers died: {fault!r}, active {pool.active}")
        else:
            raise SystemExit("the pool went on")


if __name__ == "__main__":
    main()
PYTHON
cd "$folder"
"$folder/venv/bin/python" look.py
