"""栏目体检: what a section chief finds on each sheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

import report_samples as samples
from jimo_lint.model import Report, Severity
from jimo_lint.report import columns


def opened(report: Report, folder: Path) -> Workbook:
    """The workbook of a report, read back."""
    path = folder / "栏目体检.xlsx"
    columns.write(report, path)
    return load_workbook(path)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    """The workbook of the sample report."""
    return opened(samples.columns(), tmp_path_factory.mktemp("columns"))


def rows_of(sheet: Any) -> list[list[Any]]:
    """The rows of a sheet without empty cells."""
    return [[value for value in row if value is not None] for row in sheet.iter_rows(values_only=True)]


def test_sheets(book: Workbook) -> None:
    """The sheets in the order in which they are read."""
    assert book.sheetnames == ["汇总", "栏目情况", "问题明细", "链接", "未读与未检", "说明"]


def test_veto_counts_say_whether_they_are_reached(book: Workbook) -> None:
    """Each single-veto item has count, threshold, whether it is reached, and its clause."""
    rows = {row[0]: row[1:4] for row in rows_of(book["汇总"]) if row}
    assert rows["空白栏目"] == [5, "≥ 5 个", "达到"]
    assert rows["应更新但长期未更新的栏目"] == [2, "≥ 10 个", "未达到"]


def test_the_first_sentence_says_the_risk(book: Workbook, tmp_path: Path) -> None:
    """The result in one sentence; a reached veto is a risk that a person confirms."""
    text = book["汇总"]["A4"].value
    assert text.startswith("共检查栏目 15 个：正常 4，即将超期 2，更新不及时 2，空白栏目 5，未能判定 1，不判更新 1。")
    assert text.endswith("有否决风险：“严重表述错误”、“空白栏目”已达否决值，请人工核实。")
    report = replace(samples.columns(), indicators=())
    assert opened(report, tmp_path)["汇总"]["A4"].value.endswith("栏目计数未达到否决值。")


def test_kinds_and_offices_are_counted(book: Workbook) -> None:
    """The state of columns by kind, and who has to act with which columns."""
    rows = rows_of(book["汇总"])
    assert ["动态要闻", 3, 1, 1, 1, 0, 0, 0, "14 天"] in rows
    assert ["区政府办公室", 6, 2, 1, 1, 0, 1, 1, "镇街动态"] in rows
    assert not any(row[:1] == ["区人力资源和社会保障局"] for row in rows)


def test_chart_draws_the_states_by_kind_and_covers_no_cell(book: Workbook) -> None:
    """The chart stands in a row of its own that is as high as the chart."""
    sheet = book["汇总"]
    (chart,) = sheet._charts  # type: ignore[attr-defined]
    assert len(chart.ser) == 6
    place = chart.anchor._from.row + 1
    assert sheet.row_dimensions[place].height == pytest.approx(9 * 72 / 2.54)
    assert (chart.anchor.to.row, chart.anchor.to.rowOff) == (place, 0)
    assert all(cell.value is None for cell in sheet[place])
    first = int(chart.ser[0].val.numRef.f.split("$")[2].rstrip(":"))
    assert sheet.cell(first - 1, 3).value == "正常"


def test_one_row_a_column_gravest_first(book: Workbook) -> None:
    """Every column has a row; what is unknown stands after what is wrong and is not called blank."""
    sheet = book["栏目情况"]
    names = [cell.value for cell in sheet[1]]
    rows = [dict(zip(names, row, strict=True)) for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert [row["结论"] for row in rows] == [
        *["更新不及时"] * 2,
        *["空白栏目"] * 5,
        *["即将超期"] * 2,
        "未能判定",
        *["正常"] * 4,
        "不判更新",
    ]
    stale = next(row for row in rows if row["栏目"] == "镇街动态")
    assert (stale["类别"], stale["责任单位"], stale["重点"]) == ("动态要闻", "区政府办公室", "★")
    assert (stale["最近更新"], stale["未更新天数"], stale["时限"]) == (datetime(2026, 10, 8), 45, "14 天")
    assert "超过 14 天没有更新；国办秘函〔2019〕19号" in stale["依据与原因"]
    unknown = next(row for row in rows if row["结论"] == "未能判定")
    assert (unknown["最近更新"], unknown["依据与原因"]) == (None, "列表由脚本生成，读不到")
    assert sheet.auto_filter.ref == "A1:N16"
    assert sheet.freeze_panes == "C2"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.cell(2, names.index("网址") + 1).hyperlink.target.startswith("https://www.yunxi.example/")


def test_limits_stand_in_the_notes(book: Workbook) -> None:
    """Each limit that was applied is named with its clause, and the veto counts after them."""
    rows = rows_of(book["说明"])
    assert ["动态要闻栏目", "14 天", "国办秘函〔2019〕19号 栏目不更新：14 天未更新"] in rows
    (blank,) = [row for row in rows if row[:1] == ["单项否决：空白栏目"]]
    assert blank[1] == "≥ 5 个"
    assert "空白栏目5个（含）以上" in blank[2]


def test_an_empty_report_says_what_to_do(tmp_path: Path) -> None:
    """No column configured is said, with the remedy."""
    texts = [row[0] for row in rows_of(opened(Report(samples.run("columns")), tmp_path)["汇总"]) if row]
    assert "没有配置栏目。请在 jimo-lint.toml 里写 [[column]]。" in texts


def test_results_by_owner_shorten_long_lists(tmp_path: Path) -> None:
    """An office with many faulty columns has ten of them named and the rest counted."""
    base = samples.columns()
    blank = next(result for result in base.columns if result.reading.column.name == "国有资产")
    many = tuple(
        replace(blank, reading=replace(blank.reading, column=replace(blank.reading.column, name=f"栏目{number}")))
        for number in range(14)
    )
    rows = rows_of(opened(replace(base, columns=many), tmp_path)["汇总"])
    row = next(row for row in rows if row[:1] == ["区财政局"])
    assert row[-1].endswith("、栏目9等 14 个")


def test_grave_findings_stand_at_the_top(tmp_path: Path) -> None:
    """One wrong name of the state fails a site, whatever the columns' counts say: the summary names it."""
    grave = [finding for finding in samples.columns().findings if finding.severity is Severity.VETO]
    said = opened(samples.columns(), tmp_path)["汇总"]["A5"].value
    assert grave
    assert f"{len(grave)} 个否决级问题" in said
    assert grave[0].title in said
    calm = replace(samples.columns(), findings=())
    assert "否决级问题" not in str(opened(calm, tmp_path)["汇总"]["A5"].value)
