"""The demo as a newcomer runs it: both inspections, both workbooks and pages, nothing missed, nothing invented."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.program import started

DAYS = ("2026-11-22", "2027-03-01")


@pytest.fixture(scope="module")
def demos(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, tuple[Path, "subprocess.Popen[str]"]]]:
    """A run of each day, side by side: most of its time a demo waits for the slow hosts that it plays."""
    folders = {day: tmp_path_factory.mktemp(day) for day in DAYS}
    running = {day: (at, started("demo", "--check", "--as-of", day, cwd=at)) for day, at in folders.items()}
    yield running
    for _, process in running.values():
        process.kill()
        process.communicate()


@pytest.mark.parametrize("as_of", DAYS)
def test_the_demo_agrees_with_its_truth(demos: dict[str, tuple[Path, "subprocess.Popen[str]"]], as_of: str) -> None:
    """Whatever the day, every planted fault is found, nothing else is, and both workbooks are written."""
    folder, process = demos[as_of]
    output, errors = process.communicate(timeout=240)
    assert process.returncode == 0, output + errors
    assert "完全一致" in output
    for title in ("周检", "栏目体检"):
        for suffix in (".xlsx", ".html"):
            assert (folder / "jimo-lint-demo/reports" / f"{title}-{as_of}{suffix}").stat().st_size > 10_000
