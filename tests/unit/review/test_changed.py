"""Whatever is done to the rows and heads of a workbook, no decision is lost and none is invented."""

from __future__ import annotations

import csv
import io
import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from jimo_lint.model import Decision, History, Opinion, Report, State
from jimo_lint.model.review import finding_id
from jimo_lint.privacy import mask_text
from jimo_lint.readers.source import Source
from jimo_lint.readers.tables.sheets import sheets
from jimo_lint.report.views.findings import findings
from jimo_lint.report.xlsx import weekly
from jimo_lint.review import opinions
from jimo_lint.review.intake import take
from jimo_lint.review.marks import ALIASES, Marked, _read, read
from jimo_lint.store import Store, decisions
from tests.support import report_samples as samples
from tests.support import reviewed_books as reviewing
from tests.support.reviewed_books import TODAY

pytestmark = pytest.mark.slow  # whole workbooks, written and read

LABELS = ("确认", "误报", "已整改", "暂缓")
NAMES = {"审核意见": "opinion", "理由": "reason", "审核人": "reviewer", "审核日期": "day", "整改期限": "due"}
DAYS = ("2026-11-22", "2026年11月22日", "46348", "11-22", "20261122")


def report() -> Report:
    """A run with forty findings."""
    return Report(samples.run("weekly"), reviewing.words(40))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A store with a run of forty findings, open for reading."""
    path = tmp_path_factory.mktemp("changed") / "store.sqlite3"
    reviewing.keep(path, report())
    with Store.open(path, writing=False) as one:
        yield one


def sheet(marks: dict[int, tuple[str, str]]) -> tuple[list[str], list[list[str]]]:
    """Heads and rows of 问题明细 with these opinions and names filled in."""
    heads = [field.title for field in findings(report(), "账号").fields]
    made = []
    for number in range(40):
        row = [f"文字{number}" if head in ("所在上下文", "说明", "标题") else "" for head in heads]
        row[heads.index("问题编号")] = finding_id(1, f"{number:016x}")
        if number in marks:
            opinion, name = marks[number]
            said = {"审核意见": opinion, "审核人": name, "审核日期": DAYS[number % len(DAYS)], "整改期限": "2026-12-01"}
            for head, value in said.items():
                row[heads.index(head)] = value
        made.append(row)
    return heads, made


@given(
    marks=st.dictionaries(st.integers(0, 39), st.tuples(st.sampled_from(LABELS), st.sampled_from(("甲", "乙 丙")))),
    gone=st.sets(st.integers(0, 39), max_size=20),
    twice=st.lists(st.integers(0, 39), max_size=10),
    renamed=st.fixed_dictionaries({field: st.integers(0, len(ALIASES[field]) - 1) for field in NAMES.values()}),
    seed=st.integers(0, 2**32),
    title=st.integers(0, 5),
    inserted=st.integers(0, 4),
)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_none_lost_none_invented(
    store: Store,
    marks: dict[int, tuple[str, str]],
    gone: set[int],
    twice: list[int],
    renamed: dict[str, int],
    seed: int,
    title: int,
    inserted: int,
) -> None:
    """Rows sorted, deleted, pasted twice, columns moved, inserted, renamed, titles above: what is left arrives."""
    heads, rows = sheet(marks)
    heads = [ALIASES[NAMES[head]][renamed[NAMES[head]]] if head in NAMES else head for head in heads]
    heads[heads.index("问题编号")] = random.Random(seed).choice(["问题编号", "编码", ""])
    chance = random.Random(seed)
    rows = [row for number, row in enumerate(rows) if number not in gone]
    rows += [rows[number % len(rows)] for number in twice]
    chance.shuffle(rows)
    order = list(range(len(heads)))
    chance.shuffle(order)
    table = [[row[at] for at in order] for row in (heads, *rows)]
    for number in range(inserted):
        at = chance.randrange(len(order))
        for row in table:
            row.insert(at, f"自己写的{number}" if row is table[0] else chance.choice(["", "√", "12"]))
    written = io.StringIO()
    csv.writer(written).writerows([*([[f"第{number}次会议"] for number in range(title)]), *table])
    marked = Marked("乱.csv")
    for one in sheets(Source("乱.csv", written.getvalue().encode("utf-8"))):
        _read(one, marked)
    intake = take(store, [marked], "", TODAY)
    wanted = {
        (f"{number:016x}", opinion, name.replace(" ", ""))
        for number, (opinion, name) in marks.items()
        if number not in gone
    }
    assert {(one.fingerprint, one.opinion.label, one.reviewer) for one, _ in intake.taken} == wanted
    assert len(intake.taken) == len(wanted)
    assert not intake.refused
    assert {one.day for one, _ in intake.taken} <= {TODAY}


@given(st.lists(st.tuples(st.text(max_size=30), st.text(max_size=12)), min_size=40, max_size=40))
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@example([("无", "-"), ("=1+1", "'=1"), ("_x0041_", "#N/A"), ("甲\r\n乙", " "), ("007", "2026-12-01")] * 8)
def test_what_is_carried_over_is_what_was_decided(
    tmp_path_factory: pytest.TempPathFactory, texts: list[tuple[str, str]]
) -> None:
    """Whatever a reason says: in the new workbook it stands as it is kept, and imported again it changes nothing."""
    folder = tmp_path_factory.mktemp("carried")
    path = folder / "store.sqlite3"
    kept = reviewing.keep(path, report())
    said = (
        Decision(
            "weekly",
            finding.fingerprint,
            Opinion.CONFIRMED,
            TODAY,
            "甲",
            opinions.words(clean(reason)),
            progress=opinions.words(clean(progress)),
        )
        for finding, (reason, progress) in zip(kept.findings, texts, strict=True)
    )
    with Store.open(path, writing=True) as store:
        added = decisions.add(store, said)
        stood = {
            one.fingerprint: History(State.STILL, TODAY, TODAY, decision=one) for one in decisions.decisions(store)
        }
        shown = tuple(replace(one, history=stood[one.fingerprint]) for one in kept.findings)
        book = weekly.write(replace(kept, findings=shown), folder / "周检.xlsx")
        intake = take(store, [read(book)], "", TODAY)
    assert len(added) == 40
    assert [(one.reason, one.progress) for one, _ in intake.taken] == []
    assert not intake.refused


def clean(text: str) -> str:
    """Without controls, which no workbook holds, and without what a workbook escapes."""
    return "".join(one for one in mask_text(text) if one in "\r\n" or one.isprintable()).replace("_x", "_")
