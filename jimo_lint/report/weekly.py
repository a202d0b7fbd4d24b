"""Writes 周检: what has to be done, one row an account, its problems, its pace, and who has to correct what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.marker import DataPoint

from jimo_lint.model import AccountResult, Report, UpdateStatus
from jimo_lint.report import phrases
from jimo_lint.report.cells import Value
from jimo_lint.report.charts import dress
from jimo_lint.report.owners import rectification_sheet, unit_sheets
from jimo_lint.report.pace import coverage_sheet, pace_sheet
from jimo_lint.report.sheets import findings_sheet, links_sheet, notes_sheet
from jimo_lint.report.workbook import Book, Field, Sheet, writing

_FIELDS = (
    Field("序号", 6, "number"),
    Field("主办单位", 22),
    Field("平台", 12, "centre"),
    Field("账号", 22, "strong"),
    Field("最近更新", 12.5, "date"),
    Field("距今天数", 9, "number"),
    Field("时限", 9, "days"),
    Field("本周发文", 9, "number"),
    Field("错敏词", 9, "number"),
    Field("失效链接", 9, "number"),
    Field("结论", 13, "centre"),
    Field("依据与说明", 36, "small"),
)
_AGE, _LIMIT = 6, 7

_READING = (
    "“账号汇总”一行一个账号，先列问题重的；“距今天数”从最近一次发文到检查日，满时限当天即算超期。",
    "“本周发文”为检查日及前六天的发文数；“错敏词”为该账号文稿中的错敏词、错别字和个人信息问题数；“失效链接”只计已断定失效的。",
    "“问题明细”中红字为有问题的词语；同一问题出现多处的合为一行，“出现处数”为篇数。",
    "“更新情况”逐日列出最近五周的发文数；“最长间隔”按近十二周相邻两次发文计算。",
    "“未能判定”表示资料不足（如档案不全、读不出、是旧的），不等于有问题，也不等于没有问题，请补充资料后重查。",
    "级别分否决、错误、警告、提示；“否决”为可能触及单项否决的情形，须人工对照原件确认。",
    "“建议整改时限”汇自公开通报的通行要求，以本单位通知为准；“整改清单”的后几栏和“复核结果”由人填写。",
)

# What programs cannot see, and the official indicators ask for all the same.
_BY_HAND = (
    "请人工确认：各账号的互动功能（留言、私信、菜单、自动回复）是否有效——“互动回应差”是单项否决项，档案里看不出来。"
)

# More bars than this cannot be told apart on a page; the rows are sorted gravest first, so the chart has the worst.
_CHARTED = 20
_CHART_HEIGHT = 8.5
_NAMED = 6


def write(report: Report, path: Path, *, unit_by_sheet: bool = False) -> None:
    """Write the workbook to `path`, whole or not at all; its folder is created. ReportError where it cannot be.

    unit_by_sheet: a sheet of its own for every responsible unit that has something to correct.
    """
    title = "政务新媒体周检"
    results = sorted(report.accounts, key=phrases.account_order)
    with writing(path, report.run.site, title, phrases.china_time(report.run.finished)) as book:
        cover = _cover(book, report, results, f"{report.run.site}{title}情况表")
        rows = _accounts(book, results)
        if rows:
            _chart(cover, book.sheets["账号汇总"], rows, results)
        cover.gap(12)
        cover.spread(["检查人：", "审核人：", "日期：　　　　年　　月　　日"], "text", _SIGNED, 26)
        findings_sheet(book, report, "账号")
        pace_sheet(book, report, results)
        links_sheet(book, report, "账号", "失效链接")
        coverage_sheet(book, report, results)
        rectification_sheet(book, report)
        if unit_by_sheet:
            unit_sheets(book, report)
        notes_sheet(book, report, _READING)


_COVER_WIDTHS = (24, 24, 24, 24, 24, 24)
_TILES = tuple((number, number) for number in range(1, 7))
_SIGNED = ((1, 2), (3, 4), (5, 6))


def _cover(book: Book, report: Report, results: Sequence[AccountResult], title: str) -> Sheet:
    """The page that a section chief reads: the result in a sentence, six figures, who has to act, the ages."""
    sheet = book.sheet("封面与结论", _COVER_WIDTHS)
    sheet.band(title, "title", 34)
    sheet.band(f"{phrases.week(report.run.as_of)}　检查日期：{phrases.chinese_date(report.run.as_of)}", "subtitle", 18)
    conclusions = Counter(phrases.account_conclusion(result) for result in results)
    sheet.band(_sentence(report, conclusions), "verdict", 24)
    if not report.run.complete:
        sheet.band("注意：本次采集没有完成，以下结果不全。", "alarm", 20)
    _figures(sheet, report, conclusions)
    sheet.gap()
    for line, style in _lines(report, results):
        sheet.band(line, style)
    if not results:
        sheet.band("没有配置账号。请在 jimo-lint.toml 里写 [[account]]。", "note")
    sheet.gap(6)
    return sheet


def _sentence(report: Report, conclusions: Counter[str]) -> str:
    wording = sum(result.wording for result in report.accounts)
    dead = sum(result.dead_links for result in report.accounts)
    parts = "，".join(f"{word} {conclusions[word]}" for word in phrases.CONCLUSIONS if conclusions[word])
    return f"共检查账号 {len(report.accounts)} 个：{parts or '无'}。发现错敏词 {wording:,} 处，失效链接 {dead:,} 条。"


def _figures(sheet: Sheet, report: Report, conclusions: Counter[str]) -> None:
    accounts = report.accounts
    tiles: Sequence[tuple[str, int, bool]] = (
        ("检查账号", len(accounts), False),
        ("正常", conclusions["正常"], False),
        ("超期或无内容", conclusions["超期未更新"] + conclusions["账号无内容"], True),
        ("未能判定", conclusions["未能判定"], False),
        ("错敏词", sum(result.wording for result in accounts), True),
        ("失效链接", sum(result.dead_links for result in accounts), True),
    )
    sheet.tiles(tiles, _TILES)


def _lines(report: Report, results: Sequence[AccountResult]) -> Iterator[tuple[str, str]]:
    """Who has to do what, gravest first, as (line, style)."""
    groups: dict[str, list[AccountResult]] = {}
    for result in results:
        groups.setdefault(phrases.account_conclusion(result), []).append(result)
    # What is wrong in its posts has to be corrected also where an account is stale or could not be judged.
    groups["需整改"] = [result for result in results if result.wording or result.dead_links]
    grave = sum(1 for finding in report.findings if finding.severity.name == "VETO" and finding.code[0] != "A")
    if grave:
        yield f"● 立即处理：发现否决级的表述问题 {grave} 个，见“问题明细”，请先撤下核实。", "alarm"
    if blocked := [result for result in results if result.reading.blocked]:
        more = f"等 {len(blocked)} 个" if len(blocked) > _NAMED else ""
        yield f"● 立即核查：{'；'.join(_banned(result) for result in blocked[:_NAMED])}{more}。", "alarm"
    wanted = (
        ("超期未更新", "● 立即更新（有否决风险）：", "alarm", _silent),
        ("账号无内容", "● 发布内容或备案注销：", "alarm", _plain),
        ("需整改", "● 改正内容：", "note", _faulty),
        ("即将超期", "● 尽快更新：", "note", _due),
        ("未能判定", "● 补充档案后重查：", "note", _plain),
    )
    for conclusion, said, style, describe in wanted:
        if group := groups.get(conclusion):
            more = f"等 {len(group)} 个" if len(group) > _NAMED else ""
            yield f"{said}{'；'.join(describe(result) for result in group[:_NAMED])}{more}。", style
    if results:
        yield f"● {_BY_HAND}", "note"


def _plain(result: AccountResult, more: str = "") -> str:
    """The account with its platform, since one name may stand on several."""
    account = result.reading.account
    return f"{account.name}（{account.platform.label}{more and f'，{more}'}）"


def _banned(result: AccountResult) -> str:
    return _plain(result, f"{result.reading.blocked:,} 篇因违规被平台屏蔽")


def _silent(result: AccountResult) -> str:
    return _plain(result, f"{result.age_days} 天未更新")


def _faulty(result: AccountResult) -> str:
    counted = (("错敏词", result.wording), ("失效链接", result.dead_links))
    parts = "、".join(f"{word} {number}" for word, number in counted if number)
    return _plain(result, parts)


def _due(result: AccountResult) -> str:
    """The account with the last day on which a post still keeps it within the limit."""
    newest, limit = result.reading.newest, result.limit
    if newest is None or limit is None or limit.months:
        return _plain(result)
    last = newest + timedelta(days=limit.days - 1)
    return _plain(result, f"已 {result.age_days} 天，最迟 {last.month}月{last.day}日更新")


def _accounts(book: Book, results: Sequence[AccountResult]) -> range:
    sheet = book.sheet("账号汇总", [field.width for field in _FIELDS], freeze="E2")
    rows = sheet.table(_FIELDS, [_row(number, result) for number, result in enumerate(results, 1)])
    sheet.tint(11, rows, ("超期未更新", "账号无内容", "需整改", "即将超期", "未能判定", "正常", "不判更新"))
    for column in (9, 10):
        sheet.alarm(column, rows)
    sheet.repeat(1)
    return rows


def _row(number: int, result: AccountResult) -> Sequence[Value]:
    reading = result.reading
    limit = result.limit
    return (
        number,
        reading.account.owner,
        reading.account.platform.label,
        reading.account.name,
        reading.newest,
        result.age_days,
        limit.days if limit and not limit.months else phrases.limit(limit),
        *((None, None, None) if result.unread else (reading.week_posts, result.wording, result.dead_links)),
        phrases.account_conclusion(result),
        "；".join(part for part in (result.reason or reading.reason, _cited(result)) if part),
    )


def _cited(result: AccountResult) -> str:
    """The clause, where the row says something against the account; 说明 has it for all."""
    return result.basis if result.nearly or result.status in (UpdateStatus.STALE, UpdateStatus.BLANK) else ""


_BARS = {"超期未更新": "C0504D", "账号无内容": "C0504D", "即将超期": "E0A030", "未能判定": "A6A6A6"}


def _chart(sheet: Sheet, source: Sheet, rows: range, results: Sequence[AccountResult]) -> None:
    """Days since the last post by account, with the limit as a line where all limits are in days."""
    shown = rows[:_CHARTED]
    cells = source.worksheet
    chart = BarChart()
    chart.type = "col"
    names = Reference(cells, min_col=4, min_row=shown[0], max_row=shown[-1])
    chart.add_data(Reference(cells, min_col=_AGE, min_row=shown[0] - 1, max_row=shown[-1]), titles_from_data=True)
    chart.set_categories(names)
    series = chart.series[0]
    series.graphicalProperties.solidFill = "5B84B1"
    for index, result in enumerate(results[: len(shown)]):
        colour = _BARS.get(phrases.account_conclusion(result))
        if colour:
            point = DataPoint(idx=index)
            point.graphicalProperties.solidFill = colour
            series.dPt.append(point)
    series.dLbls = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False)
    title = "各账号距最近更新的天数" + (f"（最重的 {_CHARTED} 个）" if len(rows) > _CHARTED else "")
    dress(chart, title, _CHART_HEIGHT)
    if all(result.limit and not result.limit.months for result in results[: len(shown)]):
        line = LineChart()
        line.add_data(Reference(cells, min_col=_LIMIT, min_row=shown[0] - 1, max_row=shown[-1]), titles_from_data=True)
        line.series[0].graphicalProperties.line.solidFill = "C00000"
        line.series[0].graphicalProperties.line.dashStyle = "dash"
        line.series[0].marker.symbol = "none"
        chart += line
    sheet.chart(chart, sheet.room(_CHART_HEIGHT))
