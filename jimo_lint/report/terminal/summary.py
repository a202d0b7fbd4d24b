"""Prints the summary of an inspection with rich: counts, what is worst, vetoes, problems, where the workbook is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from jimo_lint.language.printing import printable
from jimo_lint.model import (
    AccountResult,
    ColumnResult,
    Finding,
    IndicatorResult,
    IndicatorStatus,
    Report,
    Result,
    Severity,
    Verdict,
)
from jimo_lint.report import Showing, phrases
from jimo_lint.report.views import since
from jimo_lint.report.views.scope import scope
from jimo_lint.report.views.unread import PACES, problems, unopened

_ROWS = 10
_FINDINGS = 8
_NARROW, _WIDE = 72, 100

_SEVERITY_STYLES = {
    Severity.VETO: "bold red",
    Severity.ERROR: "red",
    Severity.WARNING: "yellow",
    Severity.NOTICE: "cyan",
}
_CONCLUSION_STYLES = {
    "超期未更新": "bold red",
    "更新不及时": "red",
    "账号无内容": "red",
    "空白栏目": "red",
    "需整改": "red",
    "即将超期": "yellow",
    "未能判定": "dim",
    "正常": "green",
    "不判更新": "dim",
}


def render(report: Report, showing: Showing) -> str:
    """The summary as text."""
    console = Console(width=showing.width, force_terminal=showing.colour, no_color=not showing.colour)
    # Captured: rich itself would leave with 1 where nobody reads on, and 1 means findings.
    with console.capture() as captured:
        summary(report, console, showing.workbook)
    return captured.get()


def summary(report: Report, console: Console, workbook: Path | None = None) -> None:
    """Print the report's summary, fit to the console's width. workbook: where the workbook was written.

    Everything that was read goes through `_safe`: it is text, neither markup nor a control sequence.
    """
    run = report.run
    title = f"{run.site} {run.title}".strip()
    console.print(_safe(title, "bold"), _safe(f"{phrases.chinese_date(run.as_of)}　{phrases.week(run.as_of)}", "dim"))
    if not run.complete:
        console.print(_safe("采集没有完成，以下结果不全（栏目体检可加 --resume 继续）", "bold red"))
    for line in scope(report):
        console.print(_safe(line.text, "bold red"))
    if compared := since.line(report):
        console.print(_safe(compared, "bold"))
    _accounts(report.accounts, console)
    _columns(report.columns, console)
    _others([one for one in report.results if not isinstance(one, AccountResult | ColumnResult)], console)
    _vetoes(report, console)
    _findings(report.findings, console)
    _links(report, console)
    _problems(report, console)
    _unopened(report, console)
    console.print()
    console.print(_totals(report))
    if workbook is not None:
        # Not wrapped, so that the path can be copied whole.
        console.print(_safe(f"工作簿：{workbook}", "bold"), soft_wrap=True)


def _safe(text: str, style: str = "") -> Text:
    return Text(printable(text), style=style)


def _table(columns: Sequence[tuple[str, str]]) -> Table:
    """A plain table; a column is (heading, `left`, `right` or `fold`): folded ones take what room is left."""
    # Only an expanded table keeps its fixed columns whole and lets the folded ones give way.
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), expand=True)
    for heading, kind in columns:
        if kind == "fold":
            table.add_column(heading, header_style="dim", overflow="ellipsis", no_wrap=True, ratio=1)
        else:
            table.add_column(heading, header_style="dim", justify="right" if kind == "right" else "left", no_wrap=True)
    return table


def _grade(conclusion: str) -> Text:
    return _safe(conclusion, _CONCLUSION_STYLES.get(conclusion, ""))


def _tally(count: int, result: AccountResult) -> Text:
    return _safe("—" if result.unread else str(count), "red" if count else "")


def _show(title: str, table: Table, console: Console, rest: int = 0) -> None:
    console.print()
    console.print(_safe(title, "bold"))
    console.print(table)
    if rest > 0:
        console.print(_safe(f"  其余 {rest} 个见工作簿", "dim"))


def _accounts(results: Sequence[AccountResult], console: Console) -> None:
    if not results:
        return
    graded = sorted(results, key=phrases.account_order)
    wide = console.width >= _WIDE
    roomy = console.width > _NARROW  # else the names of the accounts need the room
    columns = [
        ("账号", "fold"),
        *[("平台", "left")] * roomy,
        ("最近更新", "left"),
        ("距今", "right"),
        ("本周", "right"),
    ]
    columns += [("错敏词", "right"), ("失效链接", "right")] * roomy
    columns += [("结论", "left"), *[("主办单位", "fold")] * wide]
    words = phrases.concluded(results)
    table = _table(columns)
    for result in graded[:_ROWS]:
        reading = result.reading
        row = [
            _safe(reading.account.name),
            *[_safe(reading.account.platform.label)] * roomy,
            _safe(reading.newest.isoformat() if reading.newest else "—"),
            _safe(f"{result.age_days} 天" if result.age_days is not None else "—"),
            _safe("—" if result.unread else str(reading.week_posts)),
            *[_tally(result.wording, result), _tally(result.dead_links, result)] * roomy,
            _grade(result.conclusion),
            *[_safe(reading.account.owner)] * wide,
        ]
        table.add_row(*row)
    _show(f"账号 {len(results)} 个：{words}", table, console, len(results) - _ROWS)


def _columns(results: Sequence[ColumnResult], console: Console) -> None:
    if not results:
        return
    words = phrases.concluded(results)
    faulty = [result for result in results if result.conclusion not in ("正常", "不判更新")]
    faulty.sort(key=phrases.column_order)
    wide = console.width >= _WIDE
    columns = [("栏目", "fold"), ("类别", "left"), ("最近更新", "left"), ("未更新", "right"), ("时限", "right")]
    columns += [("结论", "left")] + ([("责任单位", "fold"), ("原因", "fold")] if wide else [])
    table = _table(columns)
    for result in faulty[:_ROWS]:
        reading = result.reading
        row = [
            _safe(("★" if reading.column.key else "") + reading.column.name),
            _safe(reading.column.kind.label),
            _safe(reading.newest.isoformat() if reading.newest else "—"),
            _safe(f"{result.age_days} 天" if result.age_days is not None else "—"),
            _safe(phrases.limit(result.limit)),
            _grade(result.conclusion),
        ]
        more = [_safe(reading.column.owner), _safe(result.reason or reading.reason)] if wide else []
        table.add_row(*row, *more)
    title = f"栏目 {len(results)} 个：{words}"
    if faulty:
        _show(title, table, console, len(faulty) - _ROWS)
    else:
        console.print()
        console.print(_safe(title, "bold"))


def _others(results: Sequence[Result], console: Console) -> None:
    """What has no table of its own here; its workbook has."""
    for what in dict.fromkeys(result.NOUN for result in results):
        mine = [result for result in results if what == result.NOUN]
        console.print()
        console.print(_safe(f"{what} {len(mine)} 个：{phrases.concluded(mine)}", "bold"))


def _vetoes(report: Report, console: Console) -> None:
    if not report.vetoes:
        return
    table = _table([("项目", "fold"), ("发现", "right"), ("否决值", "right"), ("", "left")])
    for result in report.vetoes:
        count = "" if result.count is None else f"{result.count:g}"
        table.add_row(_safe(result.indicator.point), _safe(count), _safe(result.indicator.bar), _standing(result))
    _show("单项否决计数", table, console)


_STANDINGS = {
    IndicatorStatus.REACHED: ("达到，请人工核实", "bold red"),
    IndicatorStatus.CLEAR: ("未达到", "green"),
    IndicatorStatus.UNKNOWN: ("未能判定", "yellow"),
    IndicatorStatus.OPEN: ("待人工核查", "yellow"),
    IndicatorStatus.UNCHECKED: ("未检", "yellow"),
}


def _standing(result: IndicatorResult) -> Text:
    return _safe(*_STANDINGS[result.standing])


def _findings(findings: Sequence[Finding], console: Console) -> None:
    if not findings:
        return
    wide = console.width >= _WIDE
    columns = [("级别", "left"), ("代码", "left"), ("问题", "fold"), ("处数", "right")]
    columns += [("所在", "fold")] if wide else []
    table = _table(columns)
    for finding in findings[:_FINDINGS]:
        row = [
            _safe(finding.severity.label, _SEVERITY_STYLES[finding.severity]),
            _safe(finding.code),
            _safe(finding.message),
            _safe(str(finding.pages)),
        ]
        place = finding.account_name or finding.column_name
        where = f"{place}：{finding.subject}" if place and place != finding.subject else finding.subject
        where = f"{where} {phrases.place(finding)}".rstrip()
        table.add_row(*row, *([_safe(where)] if wide else []))
    _show("问题（先列重的）", table, console, len(findings) - _FINDINGS)


def _links(report: Report, console: Console) -> None:
    if not report.links:
        return
    verdicts = Counter(link.result.verdict if link.result else None for link in report.links)
    words = [f"{word} {verdicts[verdict]:,}" for verdict, word in phrases.VERDICTS.items() if verdicts[verdict]]
    words += [f"未检查 {verdicts[None]:,}"] if verdicts[None] else []
    style = "bold red" if verdicts[Verdict.DEAD] else "bold"
    console.print()
    console.print(_safe(f"链接 {len(report.links):,} 个：{'，'.join(words)}", style))


def _problems(report: Report, console: Console) -> None:
    if paces := [one for one in report.problems if one.code in PACES]:
        console.print()
        for problem in paces:
            console.print(_safe(f"{problem.place}：{problem.message}", "dim"))
    unread = problems(report)
    if not unread:
        return
    console.print()
    console.print(_safe(f"未读与未检 {len(unread)} 处", "bold yellow"))
    shown = phrases.together(unread)
    for problem in shown[:_ROWS]:
        console.print(_safe(f"  {problem.place}：{problem.message}", "dim" if problem.excused else ""))
    if len(shown) > _ROWS:
        console.print(_safe(f"  其余 {len(shown) - _ROWS} 种情况见工作簿", "dim"))


def _unopened(report: Report, console: Console) -> None:
    if said := unopened(report):
        console.print()
        console.print(_safe(said, "bold yellow"))


def _totals(report: Report) -> Text:
    counted = Counter(finding.severity for finding in report.findings)
    line = _safe(f"共 {len(report.findings):,} 个问题", "bold")
    for severity in reversed(Severity):
        if counted[severity]:
            line.append(f"  {severity.label} {counted[severity]:,}", _SEVERITY_STYLES[severity])
    line.append(f"；检查 {phrases.looked_at(report)}", "dim")
    return line
