"""A scripted reviewer at LibreOffice: whatever it does to a workbook and saves it as, each decision arrives.

Runs where LibreOffice is installed.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from jimo_lint.model import Report
from jimo_lint.model.review import read_finding_id
from jimo_lint.report.xlsx import weekly
from jimo_lint.store import decisions
from tests.support import report_samples as samples
from tests.support import reviewed_books as reviewing
from tests.support.office import libreoffice

LABELS = {"误报": "误报", "属实": "确认", "已改": "已整改", "缓办": "暂缓"}

pytestmark = [pytest.mark.slow, pytest.mark.skipif(libreoffice.SOFFICE is None, reason="没有安装 LibreOffice")]


def crowded() -> Report:
    """The sample with thirty more findings."""
    base = samples.weekly()
    more = tuple(replace(one, code="T104", title="疑似错别字") for one in reviewing.words(30))
    return replace(base, findings=(*base.findings, *more))


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store, and what the reviewer saved: 审过.xlsx, .xls, .ods, .csv, and the log."""
    folder = tmp_path_factory.mktemp("office")
    _, report = reviewing.kept(folder, crowded)
    path = weekly.write(report, folder / "周检.xlsx")
    libreoffice.run(folder, "Reviewer", f'Review("{path.as_uri()}", "{folder}")')
    return folder


def logged(folder: Path) -> list[tuple[str, str, str]]:
    """What the reviewer filled in: fingerprint, opinion, name, sorted; a row of a group gives each of its findings."""
    found = set()
    for line in (folder / "log").read_text(encoding="utf-8").splitlines():
        numbers, _, opinion = line.rpartition(",")
        for number in numbers.split():
            read = read_finding_id(number)
            assert read is not None
            found.add((read[1], LABELS[opinion], "罗小满"))
    return sorted(found)


@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".ods", ".csv"])
def test_every_decision_arrives(suffix: str, reviewed: Path, tmp_path: Path) -> None:
    """Sorted, filtered, with hidden, deleted and inserted rows and columns: none lost, none invented."""
    store = tmp_path / "store.sqlite3"
    store.write_bytes((reviewed / ".jimo-lint" / "store.sqlite3").read_bytes())
    intake = reviewing.taken(store, *sorted(reviewed.glob(f"审过*{suffix}")))
    assert not intake.refused
    assert reviewing.decided(store) == logged(reviewed)
    with reviewing.opened(store) as one:
        given = decisions.decisions(one)
    assert {one.day for one in given} == {date(2026, 11, 22)}
    assert {one.due for one in given} == {date(2026, 12, 1)}
    assert {one.reason for one in given} == {"核过\n第二行"}


def test_the_copies_agree(reviewed: Path, tmp_path: Path) -> None:
    """All four at once are one reviewer's opinions, each once; there are many, and of each kind."""
    store = tmp_path / "store.sqlite3"
    store.write_bytes((reviewed / ".jimo-lint" / "store.sqlite3").read_bytes())
    intake = reviewing.taken(store, *sorted(reviewed.glob("审过*")))
    assert not intake.refused
    assert reviewing.decided(store) == logged(reviewed)
    assert len(logged(reviewed)) > 25 and {opinion for _, opinion, _ in logged(reviewed)} == set(LABELS.values())
