"""Reports of kept runs, their workbooks, and what reviewers do to them: for tests of the way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from jimo_lint.model import Finding, Report, State
from jimo_lint.review.intake import Intake, take
from jimo_lint.review.marks import read
from jimo_lint.store import Store, decisions
from jimo_lint.store.finding_codec import pack_finding
from jimo_lint.store.runs import Changes, Life, life, record
from tests.support import report_samples as samples

TODAY = samples.AS_OF


def told_apart(report: Report) -> Report:
    """The report with a fingerprint of its own for each finding, as runs have them."""
    given = tuple(replace(one, fingerprint=f"{number:016x}") for number, one in enumerate(report.findings, 1))
    return replace(report, findings=given)


def keep(path: Path, report: Report) -> Report:
    """Record a run in the store, which is made where there is none; the report with the run's number."""
    day = report.run.as_of
    with Store.open(path, writing=True) as store:
        lives = [
            Life(one.fingerprint, one.code, State.NEW, 0, day, day, 0, day, now=one)
            for one in report.findings
            if life(store, report.run.inspection, one.fingerprint) is None
        ]
        packed = [pack_finding(one) for one in report.findings]
        number = record(store, Changes(report.run, False, True, {}, (), packed, lives, len(packed), len(packed), 0))
    return replace(report, run=replace(report.run, number=number))


def kept(folder: Path, make: Callable[[], Report] = samples.weekly) -> tuple[Path, Report]:
    """A store with one run, and its report."""
    path = folder / ".jimo-lint" / "store.sqlite3"
    return path, keep(path, told_apart(make()))


def fill(path: Path, sheet: str, rows: Mapping[int, Mapping[str, Any]]) -> Path:
    """Write into rows (from 1, without the head) under these heads, as a person does."""
    book = load_workbook(path, rich_text=True)
    heads = [cell.value for cell in book[sheet][1]]
    for row, values in rows.items():
        for head, value in values.items():
            book[sheet].cell(row + 1, heads.index(head) + 1).value = value
    book.save(path)
    return path


@contextmanager
def opened(path: Path) -> Any:
    """The store for decisions."""
    with Store.open(path, writing=True, beside=True) as store:
        yield store


def taken(store: Path, *files: Path, reviewer: str = "", today: Any = TODAY) -> Intake:
    """Import the files."""
    with opened(store) as one:
        intake = take(one, [read(file) for file in files], reviewer, today)
        decisions.add(one, [decision for decision, _ in intake.taken])
    return intake


def decided(store: Path) -> list[tuple[str, str, str]]:
    """Fingerprint, opinion and reviewer of all decisions that are not undone, sorted."""
    with opened(store) as one:
        return sorted(
            (each.fingerprint, each.opinion.label, each.reviewer)
            for each in decisions.decisions(one)
            if not each.undone
        )


def words(number: int) -> Sequence[Finding]:
    """So many distinct findings of one rule in one account."""
    return tuple(
        samples.word_finding(fingerprint=f"{index:016x}", url=f"https://www.yunxi.example/{index}.html")
        for index in range(number)
    )
