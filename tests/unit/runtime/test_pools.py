from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

POOLS = """
from jimo_lint.runtime.processes import Pool, result_of

if __name__ == "__main__":
    for _ in range(12):
        with Pool(8, int) as pool:
            print(result_of(pool.start(len, "abc")))
"""


@pytest.mark.slow
def test_a_pool_that_is_done_before_all_its_workers_began_says_nothing(tmp_path: Path) -> None:
    """One in three told of locks that were gone, when the last of eight was still being started."""
    script = tmp_path / "pools.py"
    script.write_text(POOLS, encoding="utf-8")
    ended = subprocess.run([sys.executable, str(script)], capture_output=True, check=True, text=True)
    assert (ended.stdout, ended.stderr) == ("3\n" * 12, "")
