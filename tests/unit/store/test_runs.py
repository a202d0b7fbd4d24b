"""Runs, lives of findings and decisions in the store."""

from __future__ import annotations

import sqlite3
import sys
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jimo_lint.model import (
    Decision,
    Edit,
    Finding,
    History,
    Opinion,
    Position,
    Region,
    Run,
    Scope,
    Severity,
    Span,
    State,
)
from jimo_lint.model.review import finding_id, read_finding_id
from jimo_lint.store import Store, database, decisions, runs
from jimo_lint.store.finding_codec import (
    Shared,
    pack_finding,
    pack_history,
    unpack_finding,
    unpack_findings,
    with_history,
)

DAY = date(2026, 1, 31)
NOW = datetime(2026, 1, 31, 8, tzinfo=UTC)
RUN = Run("columns", "网站栏目体检", DAY, "青潭区", "0.1.0", "标准", NOW, NOW)
texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
days = st.dates(date(2000, 1, 1), date(2099, 12, 31))


def made(number: int, **given: object) -> Finding:
    """A finding as a run of a city has thousands."""
    finding = Finding(
        "T101", "common-typo", "常见错别字", Severity.ERROR, f"“关健{number}”应为“关键”", f"标题{number}",
        url=f"https://www.qingtan.gov.cn/news/{number}.html", span=Span(number, number + 2),
        position=Position(1, 2, 1, 4), matched="关健", suggestions=("关键",), excerpt="切实抓好关健工作，" * 4,
        excerpt_start=4, basis="国办发〔2017〕47号", fingerprint=f"{number:016x}", column_name="要闻",
        samples=(f"https://www.qingtan.gov.cn/news/{number}.html",), owner="办公室",
        published=datetime(2026, 1, 5, 9, 30), edits=(Edit(Span(number + 1, number + 2), Position(1, 3, 1, 4), "键"),),
    )  # fmt: skip
    return replace(finding, **given)  # type: ignore[arg-type]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".jimo-lint/store.sqlite3"


@pytest.mark.parametrize("version", range(1, database.VERSION))
def test_every_earlier_version_is_brought_up_to_date_and_copied_first(version: int, path: Path) -> None:
    """Each becomes what a new store is; the copy beside it is still of its own version and whole."""
    path.parent.mkdir()
    with sqlite3.connect(path) as connection:
        scripts = (database._SCHEMA, *database._UPGRADES)[:version]
        connection.executescript(f"{' '.join(scripts)} PRAGMA user_version = {version};")
        connection.execute("INSERT INTO crawl (kind, as_of, started) VALUES ('site', '2026-01-31', '')")
    connection.close()
    Store.open(path, writing=False).close()
    new = path.with_name("new.sqlite3")
    Store.open(new, writing=True).close()

    def shape(file: Path) -> tuple[list[str], int, int]:
        opened = sqlite3.connect(file)
        tables = [row[0] for row in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        columns = [f"{table}.{row[1]}" for table in tables for row in opened.execute(f"PRAGMA table_info({table})")]
        version = opened.execute("PRAGMA user_version").fetchone()[0]
        kept = opened.execute("SELECT count(*) FROM crawl").fetchone()[0]
        opened.close()
        return sorted(columns), version, kept

    assert shape(path)[:2] == shape(new)[:2]
    assert shape(path)[2] == 1
    assert shape(path.with_name(f"{path.name}.v{version}"))[1:] == (version, 1)
    assert not list(path.parent.glob(".*tmp"))


def test_findings_of_an_earlier_version_say_what_they_said(path: Path) -> None:
    """What stood in the table of lives until version 10 is found where it stands since."""
    path.parent.mkdir()
    finding = made(1)
    with sqlite3.connect(path) as connection:
        scripts = (database._SCHEMA, *database._UPGRADES)[:10]
        connection.executescript(f"{' '.join(scripts)} PRAGMA user_version = 10;")
        row = ("columns", finding.fingerprint, "T101", "new", 1, str(DAY), str(DAY), 1, str(DAY), None, None, 0)
        connection.execute(f"INSERT INTO finding VALUES (1{', ?' * 13})", (*row, pack_finding(finding).decode()))
    connection.close()
    with Store.open(path, writing=False) as store:
        [life] = runs.lives(store, "columns")
        assert life.finding() == runs.last_found(store, life) == finding
        assert (life.state, life.first_seen) == (State.NEW, DAY)


def test_what_a_finding_says_is_kept_until_it_says_something_else(path: Path) -> None:
    """A life stored with a line has that one from then on, one without keeps its own; how it stands is always new."""
    with Store.open(path, writing=True) as store:
        alone = runs.Life("a" * 16, "T101", State.NEW, 1, DAY, DAY, 1, DAY, now=made(1))
        other = runs.Life("b" * 16, "T101", State.NEW, 1, DAY, DAY, 1, DAY, now=made(2))
        runs.put_lives(store, "columns", [alone, other])
        alone.now, alone.state, other.now = None, State.MENDED, made(3)
        alone.gone = date(2026, 2, 7)
        runs.put_lives(store, "columns", [alone, other])
        first, second = runs.lives(store, "columns")
        assert (first.finding(), first.state, first.gone) == (made(1), State.MENDED, date(2026, 2, 7))
        assert (second.finding(), second.state, second.gone) == (made(3), State.NEW, None)


def test_writing_a_finding_leaves_nothing_with_it() -> None:
    """What is kept in the store takes no more of the memory than before, where it stays in the report."""
    finding = made(1, excerpt="在全区抓好关健工作。" * 10, suggestions=("关键" * 40,))
    texts = [getattr(finding, name) for name in ("message", "subject", "excerpt", "locator")] + [*finding.suggestions]
    before = [sys.getsizeof(text) for text in texts]
    pack_finding(finding)
    assert [sys.getsizeof(text) for text in texts] == before


def test_half_a_character_becomes_a_question_mark() -> None:
    """In what a finding says and in what was decided of it."""
    decision = Decision("columns", "f" * 16, Opinion.CONFIRMED, DAY, "王\ud800", "")
    line = with_history(
        pack_finding(made(1, subject="附件\udcff")), pack_history(History(State.STILL, DAY, DAY, decision=decision))
    )
    found = unpack_finding(line)
    assert found.subject == "附件?"
    assert found.history is not None
    assert found.history.decision == replace(decision, reviewer="王?")


def test_an_upgrade_that_cannot_be_copied_is_none(path: Path) -> None:
    """Where the copy finds no place, the store stays as it was, and the message says which file."""
    path.parent.mkdir()
    with sqlite3.connect(path) as connection:
        connection.executescript(f"{database._SCHEMA} PRAGMA user_version = 1;")
    connection.close()
    path.with_name(f"{path.name}.v1").mkdir()
    with pytest.raises(database.StoreError, match=r"sqlite3\.v1.*备份没有写成"):
        Store.open(path, writing=True)
    opened = sqlite3.connect(path)
    assert opened.execute("PRAGMA user_version").fetchone() == (1,)
    opened.close()


decided = st.builds(
    Decision, texts, texts, st.sampled_from(Opinion), days, texts, texts, st.none() | days, texts, texts,
    st.sampled_from(Scope), st.integers(0, 99), texts, texts, texts, st.none() | st.just(NOW), st.integers(0, 99),
)  # fmt: skip
histories = st.builds(
    History, st.sampled_from(State), days, days, st.integers(0, 999), st.none() | days, st.booleans(),
    st.integers(0, 99), st.integers(0, 9), st.integers(1, 99), st.integers(0, 99), st.none() | decided, st.booleans(),
)  # fmt: skip
findings = st.builds(
    made, st.integers(1, 9), message=texts, subject=texts, matched=texts, excerpt=texts, owner=texts,
    severity=st.sampled_from(Severity), span=st.none() | st.builds(Span, st.just(3), st.integers(4, 9)),
    position=st.none() | st.builds(Position, *[st.integers(1, 99)] * 4), suggestions=st.lists(texts).map(tuple),
    published=st.none() | st.datetimes(), edits=st.just(()), pages=st.integers(1, 999), offered_by=texts,
    region=st.none() | st.builds(Region, texts, *[st.integers(0, 9999)] * 4, st.floats(0, 1), st.binary(max_size=9)),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(findings, st.none() | histories)
def test_a_finding_comes_back_whole(finding: Finding, history: History | None) -> None:
    """Every field survives its line, and so does how it stood."""
    line = pack_finding(finding)
    if history:
        line, finding = with_history(line, pack_history(history)), replace(finding, history=history)
    assert unpack_finding(line) == finding


def test_findings_of_a_run_share_what_they_say_alike() -> None:
    """All come back in their order, whatever stands in their texts, and what is the same is there once."""
    history = History(State.STILL, DAY, DAY)
    told = [made(number, message=f"],[{number}", owner="区司法局", suggestions=("甲", "乙")) for number in range(1, 4)]
    lines = [with_history(pack_finding(one), pack_history(history)) for one in told]
    found = unpack_findings(f"[{b','.join(lines).decode()}]")
    assert list(found) == [replace(one, history=history) for one in told]
    for name in ("owner", "title", "suggestions", "history"):
        assert len({id(getattr(one, name)) for one in found}) == 1, name
    assert unpack_findings("[]") == ()
    shared = Shared()
    one, other = (unpack_findings(f"[{pack_finding(each).decode()}]", shared)[0] for each in told[:2])
    assert one.title is other.title and one.suggestions is other.suggestions


def test_no_field_of_a_finding_is_left_out_of_its_line() -> None:
    """A new field of Finding, History or Decision has to be packed, too."""
    assert len(fields(Finding)) == 28
    assert len(fields(History)) == 12
    assert len(fields(Decision)) == 17


@given(st.integers(0, 10**9 - 1), st.integers(0, 2**64 - 1), st.integers(0, 24), st.sampled_from("0123456789abcdef"))
def test_a_number_with_a_slip_is_no_number(run: int, digest: int, place: int, slip: str) -> None:
    """What a person or a program changed in it is told from what it was; blanks and capitals do no harm."""
    whole = finding_id(run, f"{digest:016x}")
    assert read_finding_id(f"  {whole.upper()} ") == (run, f"{digest:016x}")
    place = min(place, len(whole) - 1)
    changed = f"{whole[:place]}{slip}{whole[place + 1 :]}"
    read = read_finding_id(changed)
    assert read is None or changed == whole or whole[place] == "-" or read != (run, f"{digest:016x}")


def test_decisions_are_added_once_and_taken_back_by_a_mark(path: Path) -> None:
    """A file imported twice changes nothing, also where its decision was undone meanwhile."""
    one = Decision("columns", "f" * 16, Opinion.FALSE_ALARM, DAY, "王审核", "原文如此", source="甲.xlsx 第 3 行")
    with Store.open(path, writing=True) as store:
        (added,) = decisions.add(store, [one])
        assert added.id and added.stored
        assert decisions.add(store, [replace(one, source="乙.xlsx 第 9 行")]) == ()
        assert len(decisions.add(store, [replace(one, opinion=Opinion.CONFIRMED)])) == 1
        assert [known.id for known in decisions.undo(store, [added.id, 99])] == [added.id]
        assert decisions.undo(store, [added.id]) == ()
        assert decisions.add(store, [one]) == ()
        kept = decisions.decisions(store, "columns", "f" * 16)
    assert [(known.opinion, known.undone) for known in kept] == [
        (Opinion.FALSE_ALARM, True), (Opinion.CONFIRMED, False),
    ]  # fmt: skip


def test_decisions_are_written_beside_a_running_inspection(path: Path) -> None:
    """Their table is their own: who holds the lock does not keep reviewers waiting."""
    one = Decision("columns", "f" * 16, Opinion.CONFIRMED, DAY, "王审核")
    with Store.open(path, writing=True) as running, Store.open(path, writing=True, beside=True) as beside:
        assert decisions.add(beside, [one])
        running.begin_archives()
        assert [known.reviewer for known in decisions.decisions(running)] == ["王审核"]
