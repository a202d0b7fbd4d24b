"""The cycle collector is left as it was found, whatever happens while it rests; what is released is read again."""

import gc
from pathlib import Path

import pytest

from jimo_lint.runtime.memory import map_file, paused_collector, release

STATUS = Path("/proc/self/status")


@pytest.mark.parametrize("running", [True, False])
def test_the_collector_rests_and_is_as_before(running: bool) -> None:
    """It rests inside only, also where that ends in a fault; who had switched it off finds it off."""
    before = gc.isenabled()
    (gc.enable if running else gc.disable)()
    try:
        with pytest.raises(ValueError, match="halfway"), paused_collector():
            assert not gc.isenabled()
            raise ValueError("halfway")
        assert gc.isenabled() is running
    finally:
        (gc.enable if before else gc.disable)()


def in_files() -> int:
    """Bytes of files in the memory of this process."""
    [line] = [line for line in STATUS.read_text(encoding="ascii").splitlines() if line.startswith("RssFile")]
    return int(line.split()[1]) * 1024


@pytest.mark.skipif(not STATUS.exists(), reason="only Linux tells")
def test_a_file_that_was_read_takes_no_memory_once_released(tmp_path: Path) -> None:
    """Its bytes are there all the same."""
    content = bytes(range(256)) * 65536
    (tmp_path / "file").write_bytes(content)
    mapped = map_file(tmp_path / "file")
    assert mapped[:] == content
    before = in_files()
    release()
    assert before - in_files() > len(content) * 0.9
    assert mapped[:] == content
