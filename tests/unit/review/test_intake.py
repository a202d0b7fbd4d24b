"""Workbooks that come back changed: what is certain is taken, all else is listed with its row, nothing is guessed."""

from __future__ import annotations

import csv
from base64 import b64decode
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from jimo_lint.errors import InputError
from jimo_lint.model import Conflict, Decision, History, LinkSummary, Opinion, Region, Report, State
from jimo_lint.model.review import finding_id
from jimo_lint.report.xlsx import columns, weekly
from jimo_lint.review.intake import Intake
from jimo_lint.review.marks import read
from jimo_lint.store import Store, decisions, runs
from jimo_lint.store.upkeep import drop_reports
from tests.support import report_samples as samples
from tests.support import reviewed_books as reviewing
from tests.support.numberforms import PHONE
from tests.support.reviewed_books import TODAY, decided, fill, kept, taken

pytestmark = pytest.mark.slow  # whole workbooks, written and read

F = "{:016x}".format
SIGNED = {"审核人": "罗小满", "审核日期": datetime(2026, 11, 20)}
FALSE = {"审核意见": "误报", **SIGNED}
TRUE = {"审核意见": "确认", **SIGNED}


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, Report, Path]:
    """A store with a weekly run, its report, and the workbook."""
    store, report = kept(tmp_path)
    return store, report, weekly.write(report, tmp_path / "周检.xlsx")


def places(intake: Intake) -> dict[str, list[str]]:
    """The rows that were not taken, by why not."""
    kinds = ("unknown", "offered", "unclear", "clashing")
    return {kind: [one.mark.place for one in getattr(intake, kind)] for kind in kinds if getattr(intake, kind)}


def test_a_decision_has_all_that_was_written(made: tuple[Path, Report, Path]) -> None:
    """Opinion, reason, reviewer, day, due and progress, with run, file and row; masked as everything is."""
    store, report, path = made
    said = {"审核意见": "确认", "理由": f"见 {PHONE} 来电", "审核人": "罗 小满", "审核日期": "2026年11月21日"}
    fill(path, "问题明细", {3: {**said, "整改期限": 46357, "整改情况": "已通知"}})
    intake = taken(store, path)
    assert not intake.refused
    with reviewing.opened(store) as one:
        (decision,) = decisions.decisions(one)
    assert (decision.inspection, decision.fingerprint, decision.run) == ("weekly", F(3), report.run.number)
    assert (decision.opinion, decision.reviewer, decision.day) == (Opinion.CONFIRMED, "罗小满", date(2026, 11, 21))
    assert (decision.due, decision.progress) == (date(2026, 12, 1), "已通知")
    assert (
        decision.reason.startswith("见 ") and PHONE not in decision.reason and len(decision.reason) == len(said["理由"])
    )
    assert decision.source == "周检.xlsx 问题明细 第 4 行"


def test_a_row_of_the_list_for_rectification_reaches_its_whole_group(made: tuple[Path, Report, Path]) -> None:
    """Each finding of the group gets the decision; who mended it and when is kept with what was done."""
    store, _, path = made
    row = next(n for n, one in enumerate(rows(path, "整改清单"), 1) if one["问题数"] == 3)
    done = {"审核意见": "已改", "整改情况": "已换", "整改人": "甲乙", "完成日期": datetime(2026, 11, 21)}
    fill(path, "整改清单", {row: {**SIGNED, **done}})
    taken(store, path)
    assert decided(store) == [(F(number), "已整改", "罗小满") for number in (3, 4, 7)]
    with reviewing.opened(store) as one:
        assert {each.progress for each in decisions.decisions(one)} == {"已换；整改人：甲乙；完成日期：2026-11-21"}


def rows(path: Path, sheet: str) -> list[dict[str, Any]]:
    """The rows of a sheet by its heads."""
    head, *rest = load_workbook(path)[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rest]


def test_a_group_of_thousands_has_one_number(tmp_path: Path) -> None:
    """A cell holds 32,767 characters: beyond a thousand findings their group is asked of the run in the store."""
    path = tmp_path / "store.sqlite3"
    report = reviewing.keep(path, replace(samples.weekly(), findings=reviewing.words(1500), links=()))
    book = weekly.write(report, tmp_path / "周检.xlsx")
    (row,) = rows(book, "整改清单")
    assert row["问题数"] == 1500 and len(row["问题编号"]) < 40
    fill(book, "整改清单", {1: TRUE})
    taken(path, book)
    assert len(decided(path)) == 1500


def test_a_row_of_the_links_is_about_the_finding_of_that_link(tmp_path: Path) -> None:
    """By the whole address, also of one so long that findings cut it; a link of a dead host is about that host."""
    long = "https://long.example.org/" + "a" * 300
    dead = next(one for one in samples.links() if not one.sound)

    def link(url: str) -> LinkSummary:
        return replace(dead, url=url, result=replace(dead.result, url=url))  # type: ignore[type-var]

    def about(subject: str, number: int) -> Any:
        return replace(base.findings[5], subject=subject, samples=dead.samples, fingerprint=F(number))

    base = reviewing.told_apart(samples.weekly())
    near, gone = "https://a.example.org/?id=1", "https://gone.example.org/x/1.html"
    findings = (about(near, 1), about(long[:160] + "…", 2), about("https://gone.example.org/", 3))
    links = (link(near), link("https://a.example.org/?id=12"), link(long), link(gone))
    store = tmp_path / "store.sqlite3"
    report = reviewing.keep(store, replace(base, findings=findings, links=links))
    path = weekly.write(report, tmp_path / "周检.xlsx")
    numbers = {row["链接地址"]: row["问题编号"] for row in rows(path, "失效链接")[:4]}
    run = report.run.number
    assert numbers == {
        near: finding_id(run, F(1)),
        "https://a.example.org/?id=12": None,
        long: finding_id(run, F(2)),
        gone: finding_id(run, F(3)),
    }
    at = {row["链接地址"]: number for number, row in enumerate(rows(path, "失效链接"), 1)}
    fill(path, "失效链接", {at[long]: FALSE, at[gone]: TRUE})
    taken(store, path)
    assert decided(store) == [(F(2), "误报", "罗小满"), (F(3), "确认", "罗小满")]


def test_a_column_inspection_comes_back_too(tmp_path: Path) -> None:
    """整改建议 and 链接 of 栏目体检 carry numbers as well."""
    store, report = kept(tmp_path, samples.columns)
    path = columns.write(report, tmp_path / "栏目体检.xlsx")
    fill(path, "问题明细", {1: FALSE})
    fill(path, "整改建议", {1: TRUE})
    intake = taken(store, path)
    assert len(decided(store)) >= 1 or intake.clashing
    assert {"栏目体检.xlsx 问题明细 第 2 行"} <= {mark.place for _, mark in intake.taken} | {
        one.mark.place for one in intake.clashing
    }


def test_importing_twice_changes_nothing(made: tuple[Path, Report, Path]) -> None:
    """Also of rows without a day, on another day, and of a copy under another name."""
    store, _, path = made
    fill(path, "问题明细", {1: FALSE, 2: {"审核意见": "确认", "审核人": "乙", "整改期限": "12-15"}})
    fill(path, "整改清单", {2: {**TRUE, "整改期限": "12月31日"}})
    first = taken(store, path)
    before = decided(store)
    assert len(first.taken) == len(before) == 5
    copy = path.with_name("副本.xlsx")
    copy.write_bytes(path.read_bytes())
    for files, today in (((path,), TODAY), ((path, copy), TODAY + timedelta(days=40)), ((copy,), TODAY)):
        again = taken(store, *files, today=today)
        assert not again.taken and not again.refused
        assert again.kept == 5 * len(files)
    assert decided(store) == before


def test_what_was_undone_does_not_come_back(made: tuple[Path, Report, Path]) -> None:
    """A file that is still about does not bring back what somebody took back."""
    store, _, path = made
    fill(path, "问题明细", {1: FALSE, 2: {"审核意见": "确认", "审核人": "乙"}})
    taken(store, path)
    with reviewing.opened(store) as one:
        decisions.undo(one, [each.id for each in decisions.decisions(one)])
    assert not taken(store, path).taken
    assert decided(store) == []


def test_two_reviewers_of_two_minds_are_both_named(made: tuple[Path, Report, Path], tmp_path: Path) -> None:
    """Both decisions are kept, neither is in force, and the conflict is told with both names and rows."""
    store, _, path = made
    other = tmp_path / "乙的.xlsx"
    other.write_bytes(path.read_bytes())
    fill(path, "问题明细", {1: FALSE, 2: FALSE})
    fill(other, "问题明细", {1: {**TRUE, "审核人": "乙"}, 2: {**FALSE, "审核人": "乙"}})
    for _ in range(2):
        intake = taken(store, path, other)
        (disputed,) = intake.disputed
        assert disputed.about.finding.fingerprint == F(1)
        assert isinstance(disputed.conflict, Conflict)
        assert {(one.reviewer, one.opinion.label) for one in disputed.conflict.decisions} == {
            ("罗小满", "误报"),
            ("乙", "确认"),
        }
        assert intake.refused
    assert len(decided(store)) == 4


DAMAGED: dict[str, tuple[dict[str, Any], str]] = {
    "an unknown word": ({"审核意见": "再议", **SIGNED}, "不在确认"),
    "no opinion": ({"理由": "引文", **SIGNED}, "没有写审核意见"),
    "nobody's": ({"审核意见": "误报"}, "没有写审核人"),
    "put off without a day": ({"审核意见": "暂缓", **SIGNED}, "暂缓没有写整改期限"),
    "put off until a day that is over": ({"审核意见": "暂缓", **SIGNED, "整改期限": "2026-11-01"}, "不在审核之后"),
    "put off, unsigned": ({"审核意见": "缓办", "审核人": "甲", "整改期限": "2026-11-22"}, "按导入日 2026-11-22"),
    "due before it was reviewed": (
        {"审核意见": "确认", **SIGNED, "整改期限": "2026-11-19"},
        "在审核日期 2026-11-20 以前",
    ),
    "due before it was found": ({"审核意见": "确认", "审核人": "甲", "整改期限": "2026-11-01"}, "在发现之日"),
    "due some time": ({"审核意见": "确认", **SIGNED, "整改期限": "下周"}, "“下周”不是日期"),
    "reviewed some time": ({"审核意见": "确认", "审核人": "甲", "审核日期": "昨天"}, "“昨天”不是日期"),
    "reviewed in some days": (
        {"审核意见": "确认", "审核人": "甲", "审核日期": "12.5"},
        "之后，请更正；是往年的请写上年份",
    ),
    "reviewed tomorrow": ({"审核意见": "确认", "审核人": "甲", "审核日期": "2027-01-01"}, "之后"),
}


@pytest.mark.parametrize(("written", "said"), DAMAGED.values(), ids=DAMAGED)
def test_what_is_not_understood_is_listed(written: dict[str, Any], said: str, made: tuple[Path, Report, Path]) -> None:
    """With its row and what is wrong with it; the other rows are taken."""
    store, _, path = made
    fill(path, "问题明细", {1: written, 2: FALSE})
    intake = taken(store, path)
    assert places(intake) == {"unclear": ["周检.xlsx 问题明细 第 2 行"]}
    assert said in intake.unclear[0].reason
    assert decided(store) == [(F(2), "误报", "罗小满")]


def test_a_day_that_passed_since_is_none_that_was_over(made: tuple[Path, Report, Path]) -> None:
    """What was put off or due in good time stays so when its file comes again; what is mended may have been due."""
    store, _, path = made
    put_off = {"审核意见": "暂缓", "审核人": "甲", "整改期限": "2026-12-01"}
    mended = {"审核意见": "已整改", **SIGNED, "整改期限": "2026-11-01"}
    fill(path, "问题明细", {1: put_off, 2: {**TRUE, "整改期限": "2026-11-20"}, 3: mended})
    assert not taken(store, path).refused
    assert not taken(store, path, today=date(2027, 1, 5)).refused
    assert len(decided(store)) == 3


def test_a_name_for_rows_without_one(made: tuple[Path, Report, Path]) -> None:
    """--reviewer signs what nobody signed; who signed is left."""
    store, _, path = made
    fill(path, "问题明细", {1: {"审核意见": "误报"}, 2: FALSE})
    assert not taken(store, path, reviewer="丙 丁").refused
    assert decided(store) == [(F(1), "误报", "丙丁"), (F(2), "误报", "罗小满")]


def test_names_alone_are_no_decision(made: tuple[Path, Report, Path]) -> None:
    """Who filled in name and day of all rows at once has decided nothing where no opinion stands."""
    store, _, path = made
    fill(path, "问题明细", dict.fromkeys(range(1, 7), SIGNED))
    intake = taken(store, path)
    assert not intake.taken and not intake.refused


NUMBERS: dict[str, tuple[Callable[[str], str], str]] = {
    "a digit off": (lambda number: number[:-1] + ("0" if number[-1] != "0" else "1"), "校验位"),
    "of another run": (lambda number: finding_id(99, number.split("-")[1]), "第 99 次检查的，数据库里没有"),
    "of another store": (lambda _: finding_id(1, "f" * 16), "第 1 次检查里没有编号"),
    "cut short": (lambda number: number[:10], "校验位"),
}


@pytest.mark.parametrize(("damage", "said"), NUMBERS.values(), ids=NUMBERS)
def test_a_number_that_is_none_is_listed(
    damage: Callable[[str], str], said: str, made: tuple[Path, Report, Path]
) -> None:
    """Never guessed, although address, rule and word would fit one finding."""
    store, report, path = made
    number = damage(finding_id(report.run.number, F(1)))
    fill(path, "问题明细", {1: {**FALSE, "问题编号": number}})
    intake = taken(store, path)
    assert places(intake) == {"unknown": ["周检.xlsx 问题明细 第 2 行"]}
    assert said in intake.unknown[0].reason
    assert decided(store) == []


def test_a_run_whose_findings_were_dropped_is_still_known(made: tuple[Path, Report, Path]) -> None:
    """To save room a store forgets what former runs found, but not the lives of findings: their numbers hold."""
    store, _, path = made
    fill(path, "问题明细", {1: FALSE, 2: {**FALSE, "问题编号": finding_id(1, "f" * 16)}})
    with Store.open(store, writing=True) as one:
        drop_reports(one, 0)
        runs.keep_report(one, 1, "{}")
        assert drop_reports(one, 0) == 1 and runs.findings(one, 1) == ()
    assert places(taken(store, path)) == {"unknown": ["周检.xlsx 问题明细 第 3 行"]}
    assert decided(store) == [(F(1), "误报", "罗小满")]


def test_of_a_group_the_numbers_that_are_sound_are_taken(made: tuple[Path, Report, Path]) -> None:
    """A cell that some program cut keeps the others."""
    store, report, path = made
    whole = " ".join(finding_id(report.run.number, F(number)) for number in (3, 4, 7))
    fill(path, "整改清单", {2: {**FALSE, "问题编号": whole[:-6]}})
    intake = taken(store, path)
    assert decided(store) == [(F(number), "误报", "罗小满") for number in (3, 4)]
    assert places(intake) == {"unknown": ["周检.xlsx 整改清单 第 3 行"]}


def test_a_row_without_number_that_fits_one_finding_is_offered(made: tuple[Path, Report, Path]) -> None:
    """Listed with the number to be put in, not taken; one that fits two, or none, is unknown."""
    store, report, path = made
    same = reviewing.words(3)
    twins = tuple(replace(one, url="https://www.yunxi.example/1.html") for one in same[1:])
    run = reviewing.keep(store, replace(report, findings=(same[0], *twins))).run.number
    unnumbered = replace(report, run=replace(report.run, number=0), findings=(same[0], *twins))
    path = weekly.write(unnumbered, path.with_name("无编号.xlsx"))
    fill(path, "问题明细", {1: FALSE, 2: FALSE, 3: {**FALSE, "网址": "https://elsewhere.example/"}})
    intake = taken(store, path)
    (offered,) = intake.offered
    assert offered.mark.row == 2 and finding_id(run, same[0].fingerprint) in offered.reason
    assert [(one.mark.row, "对得上的有 2 个" in one.reason) for one in intake.unknown] == [(3, True), (4, False)]
    assert decided(store) == []


def test_a_number_that_stands_beside_another_finding_is_listed(made: tuple[Path, Report, Path]) -> None:
    """Who sorts one column alone moves the numbers, which are hidden: no opinion reaches a finding nobody looked at."""
    store, _, path = made
    former, later = rows(path, "问题明细")[1:3]
    mixed = {2: {**FALSE, "问题编号": later["问题编号"]}, 3: {"问题编号": former["问题编号"]}, 4: FALSE}
    fill(path, "问题明细", mixed)
    intake = taken(store, path)
    assert places(intake) == {"unknown": ["周检.xlsx 问题明细 第 3 行"]}
    assert former["问题编号"] in intake.unknown[0].reason
    assert decided(store) == [(F(4), "误报", "罗小满")]


def test_two_rows_side_by_side_are_none(made: tuple[Path, Report, Path], tmp_path: Path) -> None:
    """A row with the numbers of two findings in two cells is not taken for a group."""
    store, report, _ = made
    one, two = (finding_id(report.run.number, F(number)) for number in (1, 2))
    text = tmp_path / "并排.csv"
    text.write_text(f"审核意见,审核人,问题编号,甲,乙\n误报,甲,{one},,{two}\n误报,甲,{one},{one},\n", encoding="utf-8")
    assert places(taken(store, text)) == {"unknown": ["并排.csv 第 2 行"]}
    assert decided(store) == [(F(1), "误报", "甲")]


@pytest.mark.parametrize("column", ["级别", "序号", "整改情况", "审核人"])
def test_an_opinion_in_another_column_is_told_and_not_taken(made: tuple[Path, Report, Path], column: str) -> None:
    """It is neither lost without a word nor guessed at; beside an opinion in its place it says nothing."""
    store, _, path = made
    fill(path, "问题明细", {1: {column: "误报"}, 2: {"审核人": "罗小满", **FALSE, "整改情况": "已整改"}})
    intake = taken(store, path)
    assert [(one.mark.row, f"“{column}”写着“误报”" in one.reason) for one in intake.unclear] == [(2, True)]
    assert len(decided(store)) == 1


@pytest.mark.parametrize(
    ("second", "said", "refused"),
    [
        ("审核意见（乙）", "误报", True),
        ("复核意见", "误判", True),
        ("复核意见", "属实", False),
        ("处理意见", "转办", False),
    ],
)
def test_a_second_column_of_opinions_is_not_passed_over(
    made: tuple[Path, Report, Path], second: str, said: str, refused: bool
) -> None:
    """Where it contradicts the first nothing is taken; what is no opinion there is a remark of the office."""
    store, _, path = made
    fill(path, "问题明细", {1: TRUE})
    book = load_workbook(path)
    sheet = book["问题明细"]
    for row, value in ((1, second), (2, said)):
        sheet.cell(row, 40).value = value
    book.save(path)
    intake = taken(store, path)
    assert [one.mark.row for one in intake.unclear] == [2] * refused
    assert len(decided(store)) == (not refused)


def test_two_opinions_in_one_file_are_a_clash(made: tuple[Path, Report, Path]) -> None:
    """Nothing of that finding is taken, and both rows are named; the rest of the group is."""
    store, _, path = made
    fill(path, "问题明细", {3: FALSE})
    fill(path, "整改清单", {2: TRUE})
    intake = taken(store, path)
    (clash,) = intake.clashing
    assert "问题明细 第 4 行“误报”" in clash.reason and "整改清单 第 3 行“确认”" in clash.reason
    assert decided(store) == [(F(number), "确认", "罗小满") for number in (4, 7)]


def test_what_was_carried_over_does_not_clash(made: tuple[Path, Report, Path], tmp_path: Path) -> None:
    """A new workbook has the decision in the row of the group, too; who changes it in one row means that row."""
    store, report, path = made
    fill(path, "整改清单", {2: TRUE})
    taken(store, path)
    with reviewing.opened(store) as one:
        given = {each.fingerprint: each for each in decisions.decisions(one)}
    findings = tuple(
        replace(each, history=History(State.STILL, TODAY, TODAY, decision=given.get(each.fingerprint)))
        for each in report.findings
    )
    again = reviewing.keep(store, replace(report, findings=findings))
    new = weekly.write(again, tmp_path / "下周.xlsx")
    assert rows(new, "整改清单")[1]["审核意见"] == rows(new, "问题明细")[2]["审核意见"] == "确认"
    assert not taken(store, new).taken, "nothing was changed in it"
    fill(new, "问题明细", {3: {"审核意见": "误报", "理由": "引文", "审核日期": datetime(2026, 11, 21)}})
    intake = taken(store, new)
    assert [(one.fingerprint, one.opinion.label) for one, _ in intake.taken] == [(F(3), "误报")]
    assert not intake.refused


def test_rows_that_agree_are_one_decision(made: tuple[Path, Report, Path]) -> None:
    """The reason in one row and the limit in that of the group are both of it; pasted twice it is once."""
    store, _, path = made
    fill(path, "问题明细", {3: {**TRUE, "理由": "查过"}})
    fill(path, "整改清单", {2: {**TRUE, "整改期限": "2026-12-01"}})
    book = load_workbook(path)
    book["问题明细"].append([cell.value for cell in book["问题明细"][4]])
    book.save(path)
    for _ in range(2):
        assert not taken(store, path).refused
    with reviewing.opened(store) as one:
        mine = [each for each in decisions.decisions(one) if each.fingerprint == F(3)]
    assert [(each.reason, each.due) for each in mine] == [("查过", date(2026, 12, 1))]


def test_a_change_of_mind_is_kept_beside_the_former(made: tuple[Path, Report, Path]) -> None:
    """Append only; without days it cannot be told which of two came later, and that is listed."""
    store, _, path = made
    fill(path, "问题明细", {1: FALSE})
    taken(store, path)
    other = fill(path.rename(path.with_name("再看.xlsx")), "问题明细", {1: {"审核意见": "确认", "审核日期": None}})
    assert [one.opinion for one, _ in taken(store, other).taken] == [Opinion.CONFIRMED]
    third = fill(other.rename(other.with_name("三看.xlsx")), "问题明细", {1: {"审核意见": "误报", "审核日期": None}})
    intake = taken(store, third)
    assert not intake.taken and "不知道哪个在后" in intake.unclear[0].reason
    assert len(decided(store)) == 2


def test_a_day_without_year_is_the_one_since_the_run(made: tuple[Path, Report, Path]) -> None:
    """So that the same file says the same a year later; what was understood is told."""
    store, _, path = made
    fill(path, "问题明细", {1: {"审核意见": "误报", "审核人": "甲", "审核日期": "12-01"}})
    first = taken(store, path, today=date(2026, 12, 5))
    assert first.taken[0][0].day == date(2026, 12, 1)
    assert any("没有写年份，当作 2026-12-01" in note for note in first.notes)
    assert not taken(store, path, today=date(2027, 12, 5)).taken
    fill(path, "问题明细", {1: {"审核意见": "误报", "审核人": "乙", "审核日期": "11.18"}})
    assert taken(store, path).taken[0][0].day == date(
        2026, 11, 18
    )  # some days before the run, as an earlier one had it


def test_a_table_of_ones_own(made: tuple[Path, Report, Path], tmp_path: Path) -> None:
    """Heads in another order, under other names, below a title, among columns of one's own; as csv of Excel, too."""
    store, report, _ = made
    head = ["会议记录", "复核人", "误报原因", "处理意见（必填）", "备注", "一列"]
    numbers = [finding_id(report.run.number, F(number)) for number in (1, 2, 3)]
    body = [["", "甲", "引文", "误判", "", numbers[0]], ["", "乙", "", "", "", numbers[1]]]
    body += [["", "丙", "", "属实", "", numbers[2]], [], head, ["", "甲", "引文", "误判", "", numbers[0]]]
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in ([], ["第47周审核情况"], [], head, *body):
        sheet.append(row)
    book.save(tmp_path / "自己的.xlsx")
    assert not taken(store, tmp_path / "自己的.xlsx").refused
    assert decided(store) == [(F(1), "误报", "甲"), (F(3), "确认", "丙")]
    text = tmp_path / "自己的.csv"
    with text.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file, delimiter=";").writerows([["第47周"], head, *body])
    assert not taken(store, text).taken


def test_a_table_pasted_below_has_columns_of_its_own(made: tuple[Path, Report, Path], tmp_path: Path) -> None:
    """Its head says where they are from there on."""
    store, report, _ = made
    one, two = (finding_id(report.run.number, F(number)) for number in (1, 2))
    text = tmp_path / "两份.csv"
    text.write_text(
        f"问题编号,审核意见,审核人\n{one},误报,甲\n审核人,审核意见,问题编号\n乙,确认,{two}\n", encoding="utf-8"
    )
    assert not taken(store, text).refused
    assert decided(store) == [(F(1), "误报", "甲"), (F(2), "确认", "乙")]


def test_merged_cells_are_said_of_each_row(made: tuple[Path, Report, Path]) -> None:
    """Who merges the opinions of three rows decides on all three."""
    store, _, path = made
    fill(path, "问题明细", {2: FALSE, 3: SIGNED, 4: SIGNED})
    book = load_workbook(path)
    heads = [cell.value for cell in book["问题明细"][1]]
    at = heads.index("审核意见") + 1
    book["问题明细"].merge_cells(start_row=3, end_row=5, start_column=at, end_column=at)
    book.save(path)
    assert not taken(store, path).refused
    assert decided(store) == [(F(number), "误报", "罗小满") for number in (2, 3, 4)]


def test_a_workbook_that_counts_from_1904(made: tuple[Path, Report, Path]) -> None:
    """Days of a workbook that an old Mac saved are the days that were meant."""
    store, _, path = made
    fill(path, "问题明细", {1: {**FALSE, "审核日期": datetime(2026, 11, 20)}})
    book = load_workbook(path)
    book.epoch = CALENDAR_MAC_1904
    book.save(path)
    taken(store, path)
    with reviewing.opened(store) as one:
        assert [each.day for each in decisions.decisions(one)] == [date(2026, 11, 20)]


def test_an_opinion_that_is_a_formula_without_a_result_is_told(made: tuple[Path, Report, Path]) -> None:
    """As a program that does not calculate leaves it: nobody knows what it says, so it is no empty cell."""
    store, _, path = made
    fill(path, "问题明细", {3: {**SIGNED, "审核意见": '=IF(1=1,"误报","")'}, 4: FALSE})
    (passed,) = read(path).passed
    assert "1 格公式没有存结果" in passed
    assert "没有录入" in passed
    assert len(taken(store, path).taken) == 1


def test_other_tables_are_passed_over_and_that_is_told(tmp_path: Path) -> None:
    """栏目情况 has opinions of its own; a table with numbers, but no column of opinions, is told."""
    _, report = kept(tmp_path, samples.columns)
    path = columns.write(report, tmp_path / "栏目体检.xlsx")
    fill(path, "栏目情况", {1: {"复核结果": "属实"}})
    (passed,) = read(path).passed
    assert "栏目情况：填了 1 行" in passed
    text = tmp_path / "改了名.csv"
    text.write_text(f"编号,领导怎么看,谁\n{finding_id(1, F(1))},误报,甲\n", encoding="utf-8")
    assert "没有认出“审核意见”一列" in read(text).passed[0]


def test_what_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    """A file cut short is told, and nothing of it is taken."""
    store, report = kept(tmp_path)
    path = weekly.write(report, tmp_path / "周检.xlsx")
    path.write_bytes(path.read_bytes()[:9000])
    with pytest.raises(InputError):
        read(path)
    with pytest.raises(InputError):
        read(tmp_path / "没有.xlsx")
    assert decided(store) == []


def test_a_dispute_in_a_workbook_is_nobodys_reason(tmp_path: Path) -> None:
    """What the program writes in 理由 where reviewers differ is read back as nothing."""
    store, report = kept(tmp_path)
    disputed = replace(report.findings[0], history=History(State.STILL, TODAY, TODAY, disputed=True))
    path = weekly.write(replace(report, findings=(disputed,)), tmp_path / "周检.xlsx")
    assert "意见不一" in rows(path, "问题明细")[0]["理由"]
    intake = taken(store, path)
    assert not intake.taken and not intake.refused


def test_a_decision_of_another_hand_is_not_taken_twice(made: tuple[Path, Report, Path], tmp_path: Path) -> None:
    """What was decided in the browser and carried over is there already, whatever else it is kept with."""
    store, report, _ = made
    given = Decision(
        "weekly", F(1), Opinion.FALSE_ALARM, TODAY, "乙", "引文", source="网页", run=1, code="A101", word="甲"
    )
    with reviewing.opened(store) as one:
        decisions.add(one, [given])
    first, *rest = report.findings
    history = History(State.STILL, TODAY, TODAY, decision=given)
    path = weekly.write(replace(report, findings=(replace(first, history=history), *rest)), tmp_path / "新.xlsx")
    assert not taken(store, path).taken


def test_the_store_is_only_read_until_all_is_known(made: tuple[Path, Report, Path]) -> None:
    """Taking stores nothing: a dry run leaves the store as it was."""
    from jimo_lint.review.intake import take

    store, _, path = made
    fill(path, "问题明细", {1: FALSE})
    with Store.open(store, writing=False) as one:
        assert len(take(one, [read(path)], "", TODAY).taken) == 1
    assert decided(store) == []


def test_findings_in_attached_files_come_back(tmp_path: Path) -> None:
    """Columns for places, pages and cut-outs are passed over, and pictures in rows do no harm."""
    offered = "https://www.yunxi.example/tzgg/t1.html"
    region = Region("图 2", 1, 2, 30, 40, 0.93, b64decode("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA=="))
    listed = samples.word_finding(locator="工作表“名单”B 列，第 3 至 9 行", offered_by=offered)
    drawn = replace(listed, matched="关健", region=region)
    report = replace(samples.columns(), findings=(listed, drawn, *samples.columns().findings))
    store, report = kept(tmp_path, lambda: report)
    path = columns.write(report, tmp_path / "栏目体检.xlsx")
    assert load_workbook(path)["问题明细"]._images
    fill(path, "问题明细", {1: FALSE, 2: TRUE})
    assert not taken(store, path).refused
    assert decided(store) == [(F(1), "误报", "罗小满"), (F(2), "确认", "罗小满")]
