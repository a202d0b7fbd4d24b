"""与上次相比: what every form says of what changed since the last run."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from jimo_lint.model import History, Past, Report, Silenced, Since, State
from jimo_lint.report import render, write
from jimo_lint.report.views import owners, since
from tests.support import report_samples as samples

DAY = date(2026, 1, 10)


def history(state: State, overdue: int = 0) -> History:
    """A history in a state."""
    return History(state, DAY, DAY, 7, date(2026, 1, 15), overdue=overdue)


def compared(kind: str = "columns", before: date | None = DAY) -> Report:
    """A report whose first finding is new, whose second has stood too long, and whose others stand."""
    report = samples.REPORTS[kind]()
    first, second, *rest = report.findings
    told = (
        replace(first, history=history(State.NEW)),
        replace(second, history=history(State.STILL, 3)),
        *(replace(one, history=history(State.STILL)) for one in rest),
    )
    gone = (
        Past(replace(first, subject="改好的稿件", history=history(State.MENDED))),
        Past(
            replace(first, subject="没读到的稿件", owner="别的单位", history=history(State.UNCHECKED)),
            "页面这次没有读到",
        ),
    )
    silenced = (Silenced("S101", "国名表述", 2, ("某稿件", "另一稿件")), Silenced("T101", "常见错别字", 3))
    past = gone if before else ()
    trend = ((DAY, len(told), 0, 0),) if before else ()
    number = 1 if before else 0
    return replace(report, findings=told, since=Since(number, before, past, silenced, trend))


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["weekly", "columns"])
def test_each_form_leads_with_what_changed(kind: str, tmp_path: Path) -> None:
    """Terminal, line and cover say it with the same numbers; what was not looked at is never among the mended."""
    report = compared(kind)
    stand = len(report.findings) - 1
    said = since.line(report)
    assert f"与上次（1月10日）相比：新增 1，仍在 {stand}（超期 1）；已改 1，未复查 1" in said
    assert "另有 5 个按审核意见（误报）不再报" in said
    assert said in render("text", report).replace("\n", "")
    assert "比上次新增 1、已改 1、未复查 1，超期 1" in render("line", report)
    write("xlsx", report, tmp_path / "报告.xlsx")
    book = load_workbook(tmp_path / "报告.xlsx")
    texts = {
        sheet.title: [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell] for sheet in book
    }
    assert said in texts["封面与结论"]
    assert {"改好的稿件", "没读到的稿件", "页面这次没有读到"} <= set(texts["与上次相比"])
    notes = "\n".join(texts["说明"])
    assert "S101 国名表述 2 个（否决级：某稿件、另一稿件）；T101 常见错别字 3 个" in notes
    assert all(state.meaning in notes for state in State)


@pytest.mark.slow
def test_the_first_run_compares_with_nothing(tmp_path: Path) -> None:
    """It says so, and has no sheet for it; where runs are not kept nothing is said at all."""
    report = compared(before=None)
    assert since.line(report).startswith("首次检查，没有上次可比")
    assert since.short(report) == ""
    write("xlsx", report, tmp_path / "报告.xlsx")
    assert "与上次相比" not in load_workbook(tmp_path / "报告.xlsx").sheetnames
    unkept = replace(report, since=None)
    assert (since.line(unkept), since.short(unkept), since.silenced(unkept)) == ("", "", "")


def test_a_unit_gets_what_concerns_it() -> None:
    """In a unit's own report stands what it had before, and not what others had."""
    report = compared()
    owner = report.findings[0].owner or owners.NOBODY
    mine = owners.of_owner(report, owner)
    assert mine.since is not None
    assert [one.finding.subject for one in mine.since.past] == ["改好的稿件"]
    assert mine.since.silenced == ()


def test_the_trend_ends_with_this_run() -> None:
    """Each run with its numbers; those of this one are counted from its findings."""
    block = since.trend(compared())
    assert block is not None
    report = compared()
    assert [tuple(row) for row in block.rows] == [
        (DAY, len(report.findings), 0, 0), (report.run.as_of, len(report.findings), 1, 1),
    ]  # fmt: skip
