"""The demo as a newcomer runs it: both inspections, both workbooks, nothing missed and nothing invented."""

from pathlib import Path

import pytest

from jimo_lint.store import Store
from tests.program import jimo_lint


@pytest.mark.parametrize("as_of", ["2026-11-22", "2027-03-01"])
def test_the_demo_agrees_with_its_truth(tmp_path: Path, as_of: str) -> None:
    """Whatever the day, every planted fault is found, nothing else is, and both workbooks are written."""
    done = jimo_lint("demo", "--check", "--as-of", as_of, cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "完全一致" in done.stdout
    for title in ("周检", "栏目体检"):
        assert (tmp_path / "jimo-lint-demo/reports" / f"{title}-{as_of}.xlsx").stat().st_size > 10_000


def test_a_run_is_kept_in_the_store(tmp_path: Path) -> None:
    """What an inspection found can be read again from the store, as the JSON report of that run."""
    jimo_lint("demo", cwd=tmp_path)
    folder = tmp_path / "jimo-lint-demo"
    written = next((folder / "reports").glob("周检-*.json")).read_text(encoding="utf-8")
    with Store.open(folder / ".jimo-lint/store.sqlite3", writing=False) as store:
        assert store.run_payload("weekly") == written
