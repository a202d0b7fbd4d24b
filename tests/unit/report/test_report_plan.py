"""年度计划 as table, line, JSON and workbook: the same words, every figure traceable, nothing read becomes markup."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from rich.cells import cell_len

from jimo_lint.cli import agenda
from jimo_lint.model.duties import Deed, Duty, DutyState, Next, Source, Standing, YearPlan
from jimo_lint.report.machine import plan as machine
from jimo_lint.report.views import plan as view
from jimo_lint.report.xlsx import plan as book
from jimo_lint.report.xlsx.styles import TONES

AS_OF = date(2026, 12, 1)
MONDAY = date(2025, 12, 29)
HOSTILE = '=HYPERLINK("http://x")[red]关于征求意见\x1b[31m的公告'
MOMENT = datetime(2026, 12, 1, 9, 30)


def _weeks(gaps: tuple[int, ...]) -> DutyState:
    days = [MONDAY + timedelta(weeks=number, days=6) for number in range(48)]
    counted = tuple(Deed(day, "周检", Source.RUN) for number, day in enumerate(days, 1) if number not in gaps)
    return DutyState(
        Duty("weekly", "周检", weekly=True, inspection="weekly", basis="要点 每周（待对照原件）", evidence="忆"),
        Standing.BEHIND,
        done=len(counted),
        owed=53,
        expected=48,
        until=AS_OF,
        counted=counted,
        uncounted=(Deed(date(2026, 1, 18), "周检", Source.RUN, against="没有做完，或是部分检查"),),
        gaps=tuple(MONDAY + timedelta(weeks=number - 1) for number in gaps),
        next=Next(date(2026, 12, 6), 3, date(2026, 12, 4)),
    )


def made() -> YearPlan:
    """A plan with a duty of each standing."""
    deed = Deed(date(2026, 11, 20), HOSTILE, Source.COLUMN, "意见征集", "https://www.qingtan.example/1.html")
    opinions = DutyState(
        Duty("opinions", "意见征集", 20, usual=("意见征集",), basis="青办发〔2026〕3号"),
        Standing.UNKNOWN,
        done=1,
        owed=20,
        expected=18,
        until=date(2026, 11, 22),
        exact=False,
        counted=(deed,),
        reason="栏目“意见征集”：只读了 1 页",
    )
    days = DutyState(
        Duty("open-days", "政府开放日", 30, usual=("政府开放日",), note="说明一句"),
        Standing.UNKNOWN,
        None,
        30,
        27,
        AS_OF,
        reason="没有配置",
    )
    report = Duty("website-report", "政府网站工作年度报表", 1, by=(1, 31), report="website")
    late = Next(date(2026, 1, 31), None, date(2026, 1, 30))
    ahead = DutyState(
        Duty("columns", "栏目体检", 20),
        Standing.AHEAD,
        19,
        20,
        18,
        AS_OF,
        next=Next(date(2026, 12, 31), 22, date(2026, 12, 31)),
    )
    return YearPlan(
        "青潭区人民政府",
        2026,
        AS_OF,
        (
            _weeks((3, 4, 5, 9)),
            ahead,
            opinions,
            days,
            DutyState(Duty("assessment", "考评", 2), Standing.DONE, 2, 2, 1, AS_OF),
            DutyState(report, Standing.OVERDUE, 0, 1, 1, AS_OF, next=late),
        ),
        seen=date(2026, 11, 22),
        dropped=("模拟呼叫",),
    )


@pytest.mark.parametrize(
    ("coming", "said"),
    [
        (Next(date(2026, 12, 1), 1, date(2026, 12, 1)), "12月1日，就是今天"),
        (Next(date(2026, 12, 4), 3, date(2026, 12, 4)), "12月4日，还有 3 个工作日"),
        (
            Next(date(2026, 12, 6), 3, date(2026, 12, 4)),
            "12月6日（星期日，休息日；此前最后一个工作日 12月4日），还有 3 个工作日",
        ),
        (Next(date(2027, 1, 29), 42, date(2027, 1, 29), False), "2027年1月29日，约还有 42 个工作日"),
        (Next(date(2026, 11, 30), None, date(2026, 11, 30)), "应于 11月30日，已过 1 天"),
        (None, ""),
    ],
)
def test_when_a_duty_is_due(coming: Next | None, said: str) -> None:
    """Days off tell the working day before; what is past tells since when; estimates are marked."""
    assert view.when(coming, AS_OF) == said


def test_weeks_stand_together() -> None:
    """Those that follow on each other are one span."""
    mondays = [MONDAY + timedelta(weeks=number - 1) for number in (1, 3, 4, 5, 52, 53)]
    assert view.week_numbers(mondays) == "第1、3—5、52—53周"


def test_what_is_done_and_how_it_stands() -> None:
    """A number, at least a number, or none; the gap stands beside the word."""
    plan = made()
    assert [view.done(state) for state in plan.duties] == ["44", "19", "至少 1", "—", "2", "0"]
    assert [view.standing(state) for state in plan.duties] == [
        "缺 4 周",
        "超前 1",
        "无法统计",
        "无法统计",
        "已完成",
        "逾期",
    ]
    assert [state.duty.key for state in view.to_do(plan)] == ["website-report", "weekly", "columns"]


def test_the_line() -> None:
    """What is wrong by name, what is right by number, what comes next; no line break."""
    said = machine.line(made())
    assert said == (
        "青潭区人民政府2026年度计划 12月1日：逾期 1（政府网站工作年度报表），落后 1（周检缺 4 周），"
        "无法统计 2（意见征集、政府开放日），已完成 1，超前 1；接下来：周检 12月6日前，栏目体检 12月31日前。"
    )


def test_every_standing_has_a_word_and_a_colour() -> None:
    """Of the table on the screen and of the workbook."""
    for standing in Standing:
        assert standing.label in TONES
        assert standing in agenda._STYLES


def test_the_json() -> None:
    """Every field with days as ISO texts; what nobody can say is null, never 0."""
    read = json.loads(machine.dumps(made()))
    assert (read["schema"], read["year"], read["as_of"], read["seen"]) == (
        "jimo-lint/plan/1",
        2026,
        "2026-12-01",
        "2026-11-22",
    )
    by_key = {one["duty"]["key"]: one for one in read["duties"]}
    assert by_key["open-days"]["done"] is None and by_key["open-days"]["standing"] == "unknown"
    assert (by_key["opinions"]["done"], by_key["opinions"]["exact"]) == (1, False)
    assert by_key["website-report"]["duty"]["by"] == "01-31" and by_key["columns"]["duty"]["by"] is None
    assert by_key["weekly"]["gaps"] == ["2026-01-12", "2026-01-19", "2026-01-26", "2026-02-23"]
    assert by_key["weekly"]["label"] == "缺 4 周"
    assert by_key["opinions"]["counted"][0]["what"] == HOSTILE
    assert HOSTILE not in json.dumps(machine.overview(made()), ensure_ascii=False)


@pytest.mark.parametrize("width", [60, 80, 140])
def test_the_screen(width: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Every duty with its figures at any width; what comes next; no row wider than the screen."""
    monkeypatch.setenv("COLUMNS", str(width))
    agenda.show(made(), Path("reports/年度计划-2026.xlsx"))
    said = capsys.readouterr().out
    for text in (
        "缺 4 周",
        "至少 1",
        "无法统计",
        "逾期",
        "应于 1月31日，已过 304 天",
        "第3—5、9周",
        "本单位没有的：模拟呼叫",
    ):
        assert text in said
    assert "青办发〔2026〕3号" in said or width < 110
    table = said.split("\n\n")[1].splitlines()
    assert len(table) == 7 and all(cell_len(line) <= width for line in table)


def test_the_workbook(tmp_path: Path) -> None:
    """The first sheet has the duties, the second each deed with its address, the third each week."""
    path = book.write(made(), tmp_path / "年度计划-2026.xlsx", MOMENT)
    sheets = load_workbook(path)
    assert sheets.sheetnames == ["年度计划", "计数明细", "周检逐周"]
    first = [[cell.value for cell in row if cell.value is not None] for row in sheets["年度计划"].iter_rows()]
    assert ["青潭区人民政府2026年度计划"] in first
    rows = {row[0]: row for row in first if len(row) > 4}
    assert rows["周检"][1:5] == [53, 48, "44", "落后"]
    assert "要点 每周（待对照原件）〔忆〕" in rows["周检"]
    assert rows["意见征集"][1:5] == [20, 18, "至少 1", "无法统计"]
    assert rows["政府开放日"][3] == "—"
    deeds = list(sheets["计数明细"].iter_rows(min_row=2))
    counted = [row for row in deeds if row[5].value == "计入"]
    assert len(counted) == 45 and sum(row[0].value == "周检" for row in counted) == 44
    (hostile,) = [row for row in deeds if row[0].value == "意见征集"]
    assert hostile[2].data_type == "s" and hostile[2].value.startswith("=HYPERLINK")
    assert hostile[7].hyperlink.target == "https://www.qingtan.example/1.html"
    (left_out,) = [row for row in deeds if row[5].value == "不计"]
    assert left_out[6].value == "没有做完，或是部分检查"
    weeks = [[cell.value for cell in row] for row in sheets["周检逐周"].iter_rows(min_row=2)]
    assert len(weeks) == 53
    assert [week[0] for week in weeks if week[3] == "缺"] == ["第3周", "第4周", "第5周", "第9周"]
    assert [week[3] for week in weeks[-5:]] == [None] * 5
    assert weeks[2][5] == "01-18 没有做完，或是部分检查" and weeks[48][5] == "本周"
    assert weeks[0][1].date() == MONDAY and weeks[52][2].date() == date(2027, 1, 3)


def test_a_workbook_that_a_person_wrote_into_is_kept(tmp_path: Path) -> None:
    """The new one stands beside it."""
    path = tmp_path / "年度计划-2026.xlsx"
    assert book.write(made(), path, MOMENT) == path
    assert book.write(made(), path, MOMENT) == path
    opened = load_workbook(path)
    opened["年度计划"]["A1"] = "已阅"
    opened.save(path)
    assert book.write(made(), path, MOMENT) == tmp_path / "年度计划-2026-2.xlsx"
