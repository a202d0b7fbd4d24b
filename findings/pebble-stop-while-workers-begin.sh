#!/usr/bin/env bash
# Pebble 5.2.3, ProcessPool over processes that a fork server makes: stop() and join(), after work that is done and
# whose result was taken, may print a traceback of FileNotFoundError on standard error, without an address in the
# program that used it. The pool takes its locks away first and ends its workers then, one after another; a worker that
# is still being started, as the last of eight is while a short piece of work ends, asks for a lock that is gone. The
# results are right, nothing is raised: only who reads standard error sees it, in about one pool of three.
# Seen on 2026-12-02 with Python 3.11. Exits non-zero where none of 40 such pools says anything.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check pebble==5.2.3
cat > "$folder/pools.py" <<'PYTHON'
import multiprocessing

from pebble import ProcessPool

if __name__ == "__main__":
    results = []
    for _ in range(40):
        pool = ProcessPool(max_workers=8, context=multiprocessing.get_context("forkserver"))
        results.append(pool.schedule(len, args=("名单",)).result())
        pool.stop()
        pool.join()
    print(f"pools: 40, right results: {results.count(2)}")
PYTHON
cd "$folder"
"$folder/venv/bin/python" pools.py 2> said.txt
told=$(grep -c '^FileNotFoundError' said.txt || true)
echo "tracebacks on standard error: $told"
[ "$told" -gt 0 ]
