"""Results come into the database once, whole, masked, and one that cannot be read costs no other."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jimo_lint.errors import InputError, StoreError
from jimo_lint.fleet.journal import Journal
from jimo_lint.fleet.orders import State
from jimo_lint.fleet.rollup import asking, database, loading, rows, schema
from jimo_lint.fleet.rollup.database import Sqlite
from jimo_lint.model.rollup import Rollup, SiteStanding
from jimo_lint.report.machine.json import loads
from tests.support import province
from tests.unit.fleet.conftest import MADE

NUMBER = "11010519491231002X"


@pytest.fixture
def held(tmp_path: Path) -> Iterable[Sqlite]:
    """An empty database."""
    with closing(database.opened(str(tmp_path / "库" / "rollup.sqlite3"))) as made:
        assert isinstance(made, Sqlite)
        yield made


@pytest.fixture
def pair(tmp_path: Path) -> Path:
    """A run of two sites, the first of which is 合格: its folder."""
    name, day = "20261129-0200-columns", province.DAYS[-1]
    province.write_run(tmp_path / "results", name, day, 2, last=True, chosen=list(province.places())[:2])
    return tmp_path / "results" / name


def report_of(folder: Path, number: int = 0) -> Path:
    """Where the report of a site of the province lies."""
    return folder / f"site-{number:04}" / f"{folder.name.rpartition('-')[2]}.json"


def change(path: Path, edit: Callable[[dict[str, Any]], None]) -> None:
    """Change what a report says."""
    raw = json.loads(path.read_text(encoding="utf-8"))
    edit(raw)
    path.write_text(json.dumps(raw, ensure_ascii=True), encoding="utf-8")


def rolled(held: Sqlite) -> Rollup:
    """What is in the database."""
    return asking.rollup(held, "青河省", MADE)


def test_every_part_of_the_reports_is_there(last_round: Callable[[str], Path], held: Sqlite) -> None:
    """Findings, columns, accounts, links, indicators and problems of the reports are rows, as many and the same."""
    columns, weekly = last_round("columns"), last_round("weekly")
    done = loading.load(columns.parent, held)
    assert (done.fresh, done.known, done.faults) == (60, 0, ())
    reports = [loads(path.read_bytes()) for folder in (columns, weekly) for path in folder.glob("*/*.json")]
    for table in rows.PARTS:
        ((count,),) = held.rows(f"SELECT count(*) FROM {table}")
        assert count == sum(len(getattr(report, table)) for report in reports) > 0, table
    one = loads(report_of(columns, 4).read_bytes())
    found = held.rows(
        "SELECT f.code, f.message, f.url, f.fingerprint, f.published FROM findings f JOIN results r ON r.id = f.result"
        " WHERE r.site = ? AND r.inspection = ? ORDER BY f.number", "site-0004", "columns",
    )  # fmt: skip
    assert list(found) == [
        (f.code, f.message, f.url, f.fingerprint, f.published and f.published.isoformat()) for f in one.findings
    ]
    ((dead, as_of),) = held.rows(
        "SELECT links_dead, as_of FROM results WHERE site = ? AND inspection = ?", "site-0004", "columns"
    )
    assert (dead, as_of) == (4, province.DAYS[-1].isoformat())


def test_what_is_there_is_not_read_again(last_round: Callable[[str], Path], held: Sqlite) -> None:
    """A second time nothing is read; a report that was written anew replaces its rows, and only those."""
    folder = last_round("columns")
    loading.load(folder.parent, held)
    before = rolled(held)
    assert loading.load(folder.parent, held)[:2] == (0, 30)
    assert rolled(held) == before
    path = report_of(folder, 4)
    change(path, lambda raw: raw["findings"].pop())
    os.utime(path, ns=(1, 1))  # a file system may count time in seconds
    assert loading.load(folder.parent, held)[:2] == (1, 29)
    ((results,),) = held.rows("SELECT count(*) FROM results")
    ((findings, kinds),) = held.rows("SELECT count(*), count(DISTINCT result) FROM findings")
    assert (results, findings) == (30, sum(kind.count for kind in before.rounds[0].kinds) - 1)
    assert kinds == 27
    assert loading.load(folder.parent, held)[:2] == (0, 30)


def test_a_run_that_goes_on_takes_the_place_of_what_it_was(last_round: Callable[[str], Path], held: Sqlite) -> None:
    """A site that waited and was then inspected is no longer among what was not looked at."""
    folder = last_round("columns")
    loading.load(folder.parent, held)
    assert not rolled(held).rounds[0].ended
    waiting = list(province.places())[28]
    shutil.copytree(folder / "site-0000", folder / waiting.key)
    journal = Journal(folder)
    journal.ended(province.standing(waiting, province.DAYS[-1]), "columns")
    journal.note("finished")
    journal.close()
    assert loading.load(folder.parent, held).fresh == 1
    (round_,) = rolled(held).rounds
    assert round_.ended
    assert {one.seat.key for one in round_.sites if not one.seen} == {"site-0006", "site-0013"}


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda path: path.unlink(), "没有这个文件或文件夹"),
        (lambda path: path.write_text(path.read_text(encoding="utf-8")[:-400], encoding="utf-8"), "不是完整的 JSON"),
        (lambda path: path.write_text("[]", encoding="utf-8"), "不是 jimo-lint 的报告"),
        (lambda path: change(path, lambda raw: raw.update(schema="jimo-lint/report/9")), "是更新的版本写的"),
        (lambda path: change(path, lambda raw: raw["findings"][0].pop("code")), "findings[0].code 缺少"),
        (lambda path: change(path, lambda raw: raw["run"].update(documents=2**63)), "run.documents 应是整数"),
        (lambda path: change(path, lambda raw: raw["columns"][0].update(newest="昨天")), "columns[0].newest 应是日期"),
        (lambda path: change(path, lambda raw: raw.update(indicators={})), "indicators 应是列表"),
        (lambda path: change(path, lambda raw: raw["links"].insert(0, 7)), "links[0] 应是表"),
        (lambda path: change(path, lambda raw: raw["links"][0].update(external=0)), "links[0].external 应是真假"),
    ],
)
def test_a_report_that_cannot_be_read_costs_no_other(
    spoil: Callable[[Path], object], why: str, pair: Path, held: Sqlite
) -> None:
    """It is named with what is wrong, its site counts as not looked at, and the others are there."""
    spoil(report_of(pair))
    (fault,) = loading.load(pair.parent, held).faults
    assert isinstance(fault, InputError)
    assert why in fault.fault and "site-0000" in fault.place
    (round_,) = rolled(held).rounds
    broken, other = round_.sites
    assert (broken.seat.key, broken.standing, broken.unreadable) == ("site-0000", SiteStanding.UNSEEN, True)
    assert why in broken.why
    assert (other.seat.key, other.standing, other.unreadable) == ("site-0001", SiteStanding.FAILED, False)


def test_no_personal_data_comes_in(pair: Path, held: Sqlite) -> None:
    """What a report has of it all the same, whoever wrote it, is masked in every table; fingerprints stay."""

    def spoil(raw: dict[str, Any]) -> None:
        raw["findings"][0] |= {
            "message": f"身份证号{NUMBER}", "matched": NUMBER, "excerpt": f"张三，{NUMBER}", "subject": NUMBER,
            "url": f"https://x.example/{NUMBER}.html", "owner": NUMBER, "fingerprint": "4111111111111111",
        }  # fmt: skip
        raw["columns"][0] |= {"name": NUMBER, "reason": NUMBER, "url": f"https://x.example/{NUMBER}/"}
        raw["links"][0] |= {"url": f"https://x.example/?id={NUMBER}", "samples": [f"https://x.example/{NUMBER}"]}
        raw["indicators"][0] |= {"arithmetic": NUMBER, "samples": [NUMBER]}
        raw["problems"].append(
            {"place": NUMBER, "code": "x", "message": NUMBER, "excused": False, "accounts": [NUMBER]}
        )

    change(report_of(pair), spoil)
    assert not loading.load(pair.parent, held).faults
    for table in ("sites", "runs", "results", *rows.PARTS):
        assert NUMBER not in str(list(held.rows(f"SELECT * FROM {table}"))), table
    assert list(held.rows("SELECT 1 FROM findings WHERE fingerprint = ?", "4111111111111111"))


def test_what_a_run_says_of_its_sites_is_masked(tmp_path: Path, held: Sqlite) -> None:
    """The names of a register and the reasons of failures are texts as any other."""
    place = next(province.places())
    site = province.site(place._replace(name=f"张三{NUMBER}", unit=NUMBER))
    journal = Journal(tmp_path / "results" / "20261201-0200-columns")
    journal.begin("columns", date(2026, 12, 1), "0.1.0", [site])
    journal.ended(
        province.standing(place, date(2026, 12, 1), State.FAILED, f"读不出 {NUMBER}.docx")._replace(site=site),
        "columns",
    )
    journal.close()
    loading.load(tmp_path / "results", held)
    assert NUMBER not in str([list(held.rows(f"SELECT * FROM {table}")) for table in ("sites", "results")])


def test_the_name_of_the_area_is_masked(pair: Path, held: Sqlite) -> None:
    """A person writes it, and it goes into mails."""
    loading.load(pair.parent, held)
    assert NUMBER not in asking.rollup(held, f"张三{NUMBER}", MADE).area


def test_text_that_no_database_holds_comes_in(pair: Path, held: Sqlite) -> None:
    """NUL and lone surrogates are replaced."""
    change(report_of(pair), lambda raw: raw["findings"][0].update(message="甲\x00乙\ud800"))
    loading.load(pair.parent, held)
    assert list(held.rows("SELECT 1 FROM findings WHERE message = ?", "甲\ufffd乙\ufffd"))


def test_a_site_comes_in_whole_or_not_at_all(
    last_round: Callable[[str], Path], held: Sqlite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is cut short in the middle of a site leaves the sites before it, and the next time goes on from there."""
    folder = last_round("columns")
    fill = Sqlite.fill
    calls: list[str] = []

    def failing(self: Sqlite, table: str, fields: Any, filled: Any) -> None:
        calls.append(table)
        if calls.count("results") == 5 and table == "indicators":
            raise KeyboardInterrupt
        fill(self, table, fields, filled)

    monkeypatch.setattr(loading, "_AT_ONCE", 3)
    monkeypatch.setattr(Sqlite, "fill", failing)
    with pytest.raises(KeyboardInterrupt):
        loading.load(folder.parent, held)
    ((results,),) = held.rows("SELECT count(*) FROM results")
    ((sites,),) = held.rows("SELECT count(DISTINCT result) FROM columns")
    assert (results, sites) == (3, 3)
    monkeypatch.undo()
    assert loading.load(folder.parent, held)[:2] == (27, 3)


def test_runs_that_have_no_reports_are_left_out(pair: Path, held: Sqlite) -> None:
    """Visits to home pages are no inspection; a journal that cannot be read is named, and the rest is loaded."""
    journal = Journal(pair.parent / "20261130-0200-probe")
    journal.begin("probe", date(2026, 11, 30), "0.1.0", [province.site(next(province.places()))])
    journal.close()
    (pair.parent / "20261201-0200-columns").mkdir()
    (pair.parent / "20261201-0200-columns" / "fleet.jsonl").write_text("坏", encoding="utf-8")
    done = loading.load(pair.parent, held)
    assert done.fresh == 2
    assert ["20261201" in fault.place for fault in done.faults] == [True]
    assert [one.run for one in rolled(held).rounds] == [pair.name]


def test_a_closed_site_is_named_and_not_asked_for(last_round: Callable[[str], Path], held: Sqlite) -> None:
    """It is neither among the sites to be inspected nor forgotten."""
    folder = last_round("columns")
    place = list(province.places())[6]
    journal = Journal(folder)
    journal.ended(province.standing(place, province.DAYS[-1], State.CLOSED, "已关停"), "columns")
    journal.close()
    loading.load(folder.parent, held)
    (round_,) = rolled(held).rounds
    assert len(round_.sites) == 29
    assert [seat.key for seat in round_.closed] == [place.key]


def test_the_newest_run_says_what_a_site_is_called(results: Path, tmp_path: Path, held: Sqlite) -> None:
    """A run that is loaded later but is older changes no name."""
    place = next(province.places())
    for run, name in (("20261101-0200-columns", "旧名"), ("20261201-0200-columns", "新名")):
        journal = Journal(tmp_path / run)
        journal.begin("columns", date(2026, 11, 1), "0.1.0", [province.site(place._replace(name=name))])
        journal.close()
    for run in ("20261201-0200-columns", "20261101-0200-columns"):
        shutil.copytree(tmp_path / run, tmp_path / "results" / run)
        loading.load(tmp_path / "results", held)
    assert list(held.rows("SELECT name FROM sites")) == [("新名",)]
    assert [one.run for one in rolled(held).rounds] == ["20261201-0200-columns"]


def test_rounds_are_asked_for_by_name(results: Path, held: Sqlite) -> None:
    """The last of each inspection, else those named; an unknown name, and an empty database, are told."""
    with pytest.raises(InputError, match="还没有任何一轮"):
        rolled(held)
    loading.load(results, held)
    assert [one.inspection for one in rolled(held).rounds] == ["columns", "weekly"]
    (first,) = asking.rollup(held, "", MADE, ["20261101-0200-columns"]).rounds
    assert (first.day, len(first.trend), first.left) == (province.DAYS[0], 1, ())
    assert all(one.before is None and one.last is None for one in first.sites)
    with pytest.raises(InputError, match="没有这一轮"):
        asking.rollup(held, "", MADE, ["20261101-0200-columns", "20990101-0000-columns"])


def test_the_tables_have_the_columns_of_their_rows(held: Sqlite) -> None:
    """Each class of rows is a table with just these columns in this order."""
    made = {"sites": rows.SiteRow._fields, "runs": rows.RunRow._fields, "results": rows.ResultRow._fields} | dict(
        rows.PARTS
    )
    for table, fields in made.items():
        columns = [name for _, name, *_ in held.rows(f"PRAGMA table_info({table})")]
        assert columns == list(fields), table


def test_a_database_is_brought_up_once(tmp_path: Path) -> None:
    """An older one gets the scripts that it lacks, all or none; a newer one is refused and left as it is."""
    path = tmp_path / "rollup.sqlite3"
    with closing(database.opened(str(path))) as old:
        old.bring_up((*schema.SCRIPTS, "ALTER TABLE sites ADD COLUMN county TEXT NOT NULL DEFAULT ''"))
        assert "county" in [name for _, name, *_ in old.rows("PRAGMA table_info(sites)")]
        with pytest.raises(StoreError):
            old.bring_up((*schema.SCRIPTS, "", "CREATE TABLE more (n BIGINT); CREATE TABLE sites (n BIGINT)"))
        assert not list(old.rows("SELECT 1 FROM sqlite_master WHERE name = ?", "more"))
    with pytest.raises(StoreError, match="更新的版本写的（第 2 版）"):
        database.opened(str(path))


def test_a_file_that_is_none_is_left_alone(tmp_path: Path) -> None:
    """Another file is named and not written to; so is a folder that cannot be."""
    other = tmp_path / "稿件.docx"
    other.write_bytes(b"PK" * 4000)
    with pytest.raises(StoreError, match="不是汇总数据库"):
        database.opened(str(other))
    assert other.read_bytes() == b"PK" * 4000
    with pytest.raises(StoreError, match="打不开"):
        database.opened(str(other / "rollup.sqlite3"))
