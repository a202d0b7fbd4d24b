"""The summary of an inspection in the terminal."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from jimo_lint.language.text import display_width
from jimo_lint.model import Report
from jimo_lint.report.machine.line import line
from jimo_lint.report.terminal import summary
from tests.support import report_samples as samples
from tests.support.problems import problem


def printed(report: Report, width: int = 80, workbook: Path | None = None, *, colour: bool = False) -> str:
    """What the summary prints on a console of `width` cells."""
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=colour, color_system="standard" if colour else None)
    summary.summary(report, console, workbook)
    return out.getvalue()


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("kind", ["weekly", "columns"])
def test_lines_fit_the_terminal(width: int, kind: str) -> None:
    """No table is broken by lines that run over, at usual widths."""
    report: Report = getattr(samples, kind)()
    assert max(display_width(line) for line in printed(report, width).splitlines()) <= width


def test_a_narrow_terminal_shows_whole_names() -> None:
    """Below the usual width the names stay, and what stands in the workbook gives way; beyond it nothing does."""
    assert "云溪医保服务" in printed(samples.weekly(), 60)
    assert "失效链接  结论" not in printed(samples.weekly(), 60)
    assert "失效链接  结论" in printed(samples.weekly(), 80)


def test_an_account_that_was_not_read_has_no_figures() -> None:
    """0 would say that it published nothing."""
    lines = {line.split()[0]: line.split() for line in printed(samples.weekly(), 80).splitlines() if line.strip()}
    assert lines["云溪市场监管"][2:-1] == ["—"] * 5
    assert lines["云溪应急"][-4:-1] == ["0"] * 3


def test_what_was_left_undone_comes_before_remarks() -> None:
    """Ten lines of the screen go to what a person has to see to first."""
    remarks = [problem(f"{number}.pdf", f"认不出 {number}", excused=True) for number in range(10)]
    text = printed(replace(samples.weekly(), problems=(*remarks, problem("坏.xlsx", "读不出"))))
    assert "坏.xlsx：读不出" in text and "9.pdf" not in text


def test_worst_accounts_come_first() -> None:
    """A person sees at once who has to act."""
    text = printed(samples.weekly())
    assert "账号 10 个：超期未更新 2，需整改 3，即将超期 1，未能判定 1，正常 3" in text
    assert text.index("云溪应急") < text.index("云溪医保服务") < text.index("云溪卫健") < text.index("平安云溪")


def test_columns_and_vetoes_are_summed_up() -> None:
    """The counts of 单项否决 say which are reached; healthy columns are counted, not listed."""
    text = printed(samples.columns(), 120)
    assert re.search(r"空白栏目\s+5\s+≥ 5 个\s+达到，请人工核实", text)
    assert re.search(r"应更新但长期未更新的栏目\s+2\s+≥ 10 个\s+未达到", text)
    assert "★镇街动态" in text
    assert "通知公告 " not in text.split("单项否决计数", maxsplit=1)[0]


def test_links_problems_totals_and_workbook() -> None:
    """What was not read is named, and the path of the workbook stands on one line."""
    path = Path("/a/very/long/folder/" + "reports/" * 12 + "周检.xlsx")
    text = printed(samples.weekly(), 80, path)
    assert "链接 4 个：失效 2，待确认 1，正常 1" in text
    assert "archives/市场监管/2026-11.xlsx：不是有效的工作簿，请重新导出" in text
    assert "共 7 个问题  否决 2  错误 2  警告 2  提示 1；检查 1,280 篇（页），1,034,567 字" in text
    assert f"工作簿：{path}\n" in text


def test_crawled_text_is_no_markup_and_no_control_sequence() -> None:
    """[red] stays as written, and an escape sequence of a page is shown, not obeyed."""
    hostile = "[red]甲[/] \x1b[31m乙[/bold]"
    base = samples.weekly()
    reading = replace(base.accounts[0].reading, account=replace(base.accounts[0].reading.account, name=hostile))
    report = replace(
        base,
        run=replace(base.run, site=hostile),
        accounts=(replace(base.accounts[0], reading=reading),),
        findings=(samples.word_finding(message=hostile, subject=hostile),),
        problems=(problem(hostile, hostile),),
    )
    text = printed(report, 200)
    assert "\x1b" not in text
    assert text.count("[red]甲[/] ␛[31m乙[/bold]") >= 5


def test_an_incomplete_crawl_is_said() -> None:
    """Numbers of half a crawl are not taken for the whole."""
    report = samples.weekly()
    assert "采集没有完成" not in printed(report)
    assert "采集没有完成" in printed(replace(report, run=samples.run("weekly", complete=False)))


def test_a_report_without_rows_prints_its_totals() -> None:
    """Nothing configured gives a short summary, no empty tables."""
    text = printed(Report(samples.run("weekly")))
    assert "共 0 个问题" in text
    assert "账号" not in text


def test_what_was_left_out_is_said() -> None:
    """Rules switched off, links not asked and files not opened stand in the summary and in the line."""
    text = printed(samples.partial(), 200)
    assert "注意：本次是部分检查，有 2 条规则没有启用（F101 发文字号括号不规范、L101 失效链接）；没有核对链接。" in text
    assert "附件 3 个、图片 40 张未检查内容" in text
    said = line(samples.partial())
    assert "部分检查" in said
    assert "部分检查" not in line(samples.weekly())
