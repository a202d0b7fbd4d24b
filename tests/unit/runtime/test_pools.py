from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from jimo_lint.runtime.processes import DiedError, Pool, result_of

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


def test_who_waits_for_what_a_broken_pool_forgot_is_told() -> None:
    """Of what was not handed out yet, it says nothing itself."""
    with Pool(1, int) as pool:
        assert result_of(pool.start(len, "abc")) == 3
        first, second = pool.start(time.sleep, 60), pool.start(len, "abc")
        assert pool._processes is not None
        pool._processes.stop()  # type: ignore[no-untyped-call]
        for future in (first, second):
            with pytest.raises(DiedError):
                result_of(future)
        assert result_of(pool.start(len, "abcd")) == 4
