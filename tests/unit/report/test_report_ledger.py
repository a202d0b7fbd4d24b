"""整改台账: who has what to mend and since when, and every sum of the year the count of the rows behind it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from jimo_lint.model import Opinion, Severity, State
from jimo_lint.model.ledger import Entry, Ledger
from jimo_lint.report.views import year
from jimo_lint.report.views.ledger import WHOM, ledger, parts
from jimo_lint.report.views.owners import NOBODY
from jimo_lint.report.views.table import Table
from jimo_lint.report.xlsx import ledger as workbook
from tests.support import ledger_samples as samples
from tests.support.ledger_samples import AS_OF, decision, entry
from tests.support.ledger_samples import ledger as made

MOMENT = datetime(2026, 11, 22, 9, 30)

_days = st.dates(date(2024, 1, 1), AS_OF)


@st.composite
def _entries(draw: st.DrawFn) -> Entry:
    since = draw(_days)
    closed = draw(st.none() | st.dates(since, AS_OF))
    code = draw(st.sampled_from(["S104", "T101", "P103", "F101", "L101", "C102", "A101"]))
    owner = draw(st.sampled_from(["", "区司法局", "区财政局", "=1+1"]))
    silenced = draw(st.booleans())
    return entry(draw(st.integers(1, 10**9)), owner, since, closed=closed, code=code, silenced=silenced)


def rows_of(table: Table) -> list[dict[str, object]]:
    """Its rows by the titles of its fields."""
    titles = [field.title for field in table.fields]
    return [dict(zip(titles, row, strict=True)) for row in table.rows]


def column(table: Table, title: str) -> list[object]:
    """One of its columns."""
    return [row[title] for row in rows_of(table)]


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.lists(_entries(), max_size=12), st.sampled_from([2025, 2026]))
def test_every_sum_is_the_count_of_its_rows(entries: list[Entry], of: int) -> None:
    """The filter that 年度统计 names leaves as many rows of 明细 as the cell says; months to come are empty."""
    said = ledger(made(entries, of))
    rows = rows_of(said.rows)
    for block in said.year:
        what, _, *months, _ = [field.title for field in block.fields]
        for name, result, *counts, total in block.rows:
            results = {year.MENDED, year.OPEN} if result == year.FOUND else {result}
            mine = [row for row in rows if row[year.RESULT] in results and (what == "全部" or row[what] == name)]
            assert total == len(mine)
            for number, (month, count) in enumerate(zip(months, counts, strict=True)):
                begun = of < AS_OF.year or number <= AS_OF.month
                assert count == (sum(row[year.MONTH] == month for row in mine) if begun else None)
    counted = [row for row in rows if row[year.RESULT] != year.SILENCED]
    for block in said.year:
        assert sum(row[-1] for row in block.rows if row[1] == year.FOUND) == len(counted)  # type: ignore[misc]
    if of == AS_OF.year:
        assert [row[-1] for row in said.year[0].rows] in (
            [],
            [len(counted), len(list(said.closed.rows)), len(list(said.open.rows))],
        )


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(st.lists(_entries(), max_size=8))
def test_units_have_all_of_it_between_them(entries: list[Entry]) -> None:
    """The ledgers of units hold what the whole one holds, nothing twice; an entry of nobody has one, too."""
    whole = ledger(made(entries))
    split = [ledger(mine) for _, mine in parts(made(entries))]
    for table in ("open", "closed", "rows"):
        together = [repr(row[1:]) for one in split for row in getattr(one, table).rows]
        assert sorted(together) == sorted(repr(row[1:]) for row in getattr(whole, table).rows)


def test_what_is_over_its_limit_comes_first_then_the_units() -> None:
    """Overdue ones lead, by unit; the others follow, by unit, those of nobody at the end."""
    said = ledger(samples.sample())
    assert column(said.open, "责任单位") == ["区司法局", "区应急管理局", "区融媒体中心", "区农业农村局", NOBODY]
    assert column(said.open, "超期（工作日）") == [26, 210, 12, None, None]
    assert column(said.open, "序号") == [1, 2, 3, 4, 5]


def test_a_line_says_who_what_where_and_by_when() -> None:
    """Unit, account, fault, word, address, first day, state, opinion with its reviewer, limit and days over it."""
    [row] = [row for row in rows_of(ledger(samples.sample()).open) if row["审核人"] == "赵审"]
    assert row["责任单位"] == "区融媒体中心"
    assert row[WHOM] == "云溪发布"
    assert (row["问题"], row["级别"], row["词语"]) == ("常见错别字", "错误", "布署")
    assert row["网址"] == "https://www.yunxi.example/zwdt/202611/t20261118_4101.html"
    assert (row["首次发现"], row["整改期限"], row["超期（工作日）"]) == (date(2026, 11, 2), date(2026, 11, 5), 12)
    assert (row["状态"], row["审核意见"], row["销号日期"]) == ("仍在", "确认：属实", None)


def test_what_was_not_looked_at_is_never_closed() -> None:
    """未复查 is a state of its own among what is open, with a figure of its own."""
    said = ledger(samples.sample())
    assert column(said.open, "状态").count("未复查") == 1
    assert "未复查" not in column(said.closed, "怎样办结")
    assert {tile.label: tile.number for tile in said.figures}["其中未复查"] == 1


def test_what_was_closed_this_year_has_its_day() -> None:
    """已销号 and 已下线 of the year, with the days that they took; not what was closed the year before."""
    said = ledger(samples.sample())
    assert column(said.closed, "怎样办结") == ["已销号", "已下线"]
    assert column(said.closed, "销号日期") == [date(2026, 3, 9), date(2026, 4, 1)]
    assert column(said.closed, "用时（天）") == [5, 28]
    assert column(said.closed, "整改情况") == ["已改为“部署”，11月20日重新发布", ""]


def test_false_alarms_are_counted_but_not_listed() -> None:
    """A silenced finding is on 明细 only, and in a figure; one that is gone since is nowhere."""
    gone = entry(20, silenced=True, closed=date(2026, 11, 3))
    said = ledger(made([entry(1), entry(2, silenced=True, matched="引文"), gone]))
    assert len(list(said.open.rows)) == 1 and not list(said.closed.rows)
    assert column(said.rows, year.RESULT) == [year.OPEN, year.SILENCED]
    assert said.figures[-1] == ("误报（不列入）", 1, False)
    assert any("误报的 1 个不列入" in line for line in said.reading)


def test_a_veto_that_was_dismissed_is_named() -> None:
    """The first page says of which account and fault."""
    said = ledger(made([entry(1, silenced=True, severity=Severity.VETO, title="固定政治表述写错")]))
    assert [line.text for line in said.warnings] == [
        "有 1 个否决级的问题被定为误报，未列入：云溪发布“固定政治表述写错”。"
    ]


def test_reviewers_who_contradict_each_other_are_both_named() -> None:
    """Neither opinion counts, and the first page says that one has to be settled."""
    said = ledger(samples.sample())
    assert "意见不一：钱审 确认；孙审 已整改" in column(said.open, "审核意见")
    assert "有 1 个问题审核意见不一" in said.warnings[0].text


def test_a_deferral_says_until_when_and_why() -> None:
    """暂缓 with its day and reason."""
    waits = decision(Opinion.DEFERRED, due=date(2026, 12, 31), reason="随改版处理")
    [row] = rows_of(ledger(made([entry(decided=waits)])).open)
    assert row["审核意见"] == "暂缓至 2026-12-31：随改版处理"


def test_a_limit_in_a_year_without_arrangement_is_marked() -> None:
    """约 stands before a day that no published arrangement settles; a notice has no limit."""
    one = entry(due=date(2031, 2, 10))
    one = replace(one, history=replace(one.history, certain=False))
    other = entry(2, severity=Severity.NOTICE)
    assert column(ledger(made([one, other])).open, "整改期限") == ["约 2031-02-10", "核实后处理"]


def test_a_run_that_did_not_see_all_is_named() -> None:
    """The first page warns that 未复查 is not mended, and that there may be more."""
    [line] = ledger(made([entry(state=State.UNCHECKED)], complete=False)).warnings
    assert line.text == "注意：最近一次周检没有查全；没有查到的 1 个写作“未复查”，不算改好。"
    [line] = ledger(made([], complete=False)).warnings
    assert line.text == "注意：最近一次周检没有查全；可能还有没有发现的问题。"


def test_what_returned_counts_from_its_return() -> None:
    """It belongs to the month of its return, and is open again."""
    one = entry(since=date(2026, 9, 1), state=State.RETURNED)
    one = replace(one, history=replace(one.history, first_seen=date(2025, 3, 1)))
    [row] = rows_of(ledger(made([one])).rows)
    assert (row["首次发现"], row["起算日"], row["月份"]) == (date(2025, 3, 1), date(2026, 9, 1), "9月")


def test_a_ledger_without_entries_says_so() -> None:
    """No sums are drawn of nothing."""
    said = ledger(made([]))
    assert said.open.notes == ("没有未办结的问题。",)
    assert said.closed.notes == ("2026 年没有办结的问题。",)
    assert not any(block.rows for block in said.year)


def test_the_ledger_of_a_former_year_says_what_it_leaves_out() -> None:
    """What was found later is open all the same."""
    said = ledger(made([entry(1), entry(2, since=date(2025, 5, 5))], 2025))
    assert len(list(said.open.rows)) == 2 and len(list(said.rows.rows)) == 1
    assert any("1 个是 2025 年以后发现的" in line for line in said.reading)


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "a\x00b\x1b[31m", "_x0041_", "<b>甲</b>", "\ud800甲"])
def test_hostile_text_stays_text(text: str, tmp_path: Path) -> None:
    """Words of pages and of reviewers are no formulas; what a workbook cannot hold is left out."""
    said = decision(Opinion.CONFIRMED, text, reason=text, progress=text)
    path = tmp_path / "台账.xlsx"
    workbook.write(made([entry(1, text, matched=text, title=text, url=text, decided=said)]), path, MOMENT)
    book = load_workbook(path)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert cells and all(cell.data_type != "f" for cell in cells)


def test_personal_data_of_reviewers_is_masked(tmp_path: Path) -> None:
    """A number that a reviewer wrote into a reason does not come out."""
    said = decision(Opinion.CONFIRMED, reason="联系人手机 13812345678", progress="已电话 13812345678 告知")
    path = tmp_path / "台账.xlsx"
    workbook.write(made([entry(decided=said)]), path, MOMENT)
    cells = [str(cell.value) for sheet in load_workbook(path) for row in sheet.iter_rows() for cell in row]
    assert any("已电话" in cell for cell in cells)
    assert not any("13812345678" in cell for cell in cells)


def test_the_workbook_has_its_sheets_and_its_chart(tmp_path: Path) -> None:
    """概览 first, the list, what was closed, the year, the rows behind it, and how to read it."""
    path = tmp_path / "整改台账-2026-11-22.xlsx"
    assert workbook.write(samples.sample(), path, MOMENT) == {path: path}
    book = load_workbook(path)
    assert book.sheetnames == ["概览", "整改台账", "2026年已办结", "年度统计", "明细", "说明"]
    assert len(book["概览"]._charts) == 1
    assert book["整改台账"].auto_filter.ref == "A1:S6"
    [series, _] = book["概览"]._charts[0].series
    assert series.val.numRef.f == "'年度统计'!$C$6:$O$6"
    assert [cell.value for cell in book["年度统计"][6]][:3] == ["全部", year.MENDED, 0]


@pytest.mark.slow
def test_each_unit_gets_a_workbook_of_its_own(tmp_path: Path) -> None:
    """Names that no file may have are made fit and told apart; a unit's workbook has nothing of another's."""
    path = tmp_path / "台账.xlsx"
    given = made([entry(1, "甲/乙局"), entry(2, "甲\\乙局", url="https://b.example/"), entry(3, "")])
    written = workbook.write(given, path, MOMENT, by_owner=True)
    assert {place.relative_to(tmp_path).as_posix() for place in written} == {
        "台账.xlsx",
        "台账/甲 乙局.xlsx",
        "台账/甲 乙局-2.xlsx",
        f"台账/{NOBODY}.xlsx",
    }
    for name, owner in (("甲 乙局", "甲/乙局"), ("甲 乙局-2", "甲\\乙局")):
        book = load_workbook(tmp_path / "台账" / f"{name}.xlsx")
        assert book["概览"]["A1"].value == f"云溪区人民政府整改台账（{owner}）"
        sheet = book["整改台账"]
        assert [cell.value for cell in sheet["B"]] == ["责任单位", owner]


@pytest.mark.slow
def test_a_ledger_that_somebody_wrote_into_is_kept(tmp_path: Path) -> None:
    """A filled-in 整改情况 is not replaced: the new ledger stands beside it."""
    path = tmp_path / "台账.xlsx"
    given: Ledger = samples.sample()
    workbook.write(given, path, MOMENT)
    assert workbook.write(given, path, MOMENT)[path] == path
    book = load_workbook(path)
    book["整改台账"]["N2"] = "已改"
    book.save(path)
    assert workbook.write(given, path, MOMENT)[path] == tmp_path / "台账-2.xlsx"
