"""The demo as a newcomer runs it: both inspections, both workbooks and pages, nothing missed, nothing invented."""

from pathlib import Path

import pytest

from tests.support.program import jimo_lint


@pytest.mark.parametrize("as_of", ["2026-11-22", "2027-03-01"])
def test_the_demo_agrees_with_its_truth(tmp_path: Path, as_of: str) -> None:
    """Whatever the day, every planted fault is found, nothing else is, and both workbooks are written."""
    done = jimo_lint("demo", "--check", "--as-of", as_of, cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "完全一致" in done.stdout
    for title in ("周检", "栏目体检"):
        for suffix in (".xlsx", ".html"):
            assert (tmp_path / "jimo-lint-demo/reports" / f"{title}-{as_of}{suffix}").stat().st_size > 10_000
