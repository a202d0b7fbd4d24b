"""Writes 栏目体检: the counts of 单项否决, every column's state, the problems, the links."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from openpyxl.chart import BarChart, Reference

from jimo_lint.model import ColumnKind, ColumnResult, Report, Severity, UpdateStatus
from jimo_lint.report import phrases
from jimo_lint.report.cells import Linked, Value
from jimo_lint.report.charts import dress
from jimo_lint.report.sheets import findings_sheet, links_sheet, notes_sheet, problems_sheet
from jimo_lint.report.workbook import Book, Field, Sheet, writing

_FIELDS = (
    Field("序号", 6, "number"),
    Field("栏目", 22, "strong"),
    Field("类别", 10.5, "centre"),
    Field("责任单位", 20),
    Field("重点", 6, "centre"),
    Field("最近更新", 12.5, "date"),
    Field("未更新天数", 11, "number"),
    Field("时限", 9, "centre"),
    Field("条数", 8, "number"),
    Field("已读页数", 9, "number"),
    Field("结论", 12.5, "centre"),
    Field("依据与原因", 38, "small"),
    Field("网址", 36, "small"),
    Field("复核结果", 10, "centre"),
)
_REVIEW = ("属实", "误报", "已更新", "已整合或下线")

# What the summary counts, in the order of its columns; the words are those of 栏目情况.
_COUNTED = ("正常", "即将超期", "更新不及时", "空白栏目", "未能判定", "不判更新")
_FAULTS = ("更新不及时", "空白栏目")
_SUMMARY_WIDTHS = (24, 15, 13, 13, 13, 13, 13, 13, 30)
_STATE_COLOURS = ("8FB08C", "E0A030", "C0504D", "7B2C2A", "A6A6A6", "D9D9D9")
_CHART_HEIGHT = 9.0
_LISTED = 10

_READING = (
    "“汇总”给出单项否决各项计数；达到否决值只说明有否决风险，须人工逐个核实后认定。",
    "“栏目情况”一行一个栏目，先列问题重的；“未更新天数”从最近一条信息到检查日，满时限当天即算超期。",
    "“未能判定”表示列表由脚本生成、网址打不开等读不到的情况，不算空白，也不算更新不及时，请人工打开核实。",
    "“即将超期”未超过时限，是提醒；“不判更新”为没有更新时限的栏目（如概况、机构职能、历史专题）。",
    "“问题明细”中红字为有问题的词语；同一问题出现多处的合为一行，“出现处数”为页数。",
    "“建议整改时限”汇自公开通报的通行要求，以本单位通知为准；“复核结果”由复核人填写。",
)


def write(report: Report, path: Path) -> None:
    """Write the workbook to `path`, whole or not at all; its folder is created. ReportError where it cannot be."""
    title = "网站栏目体检"
    with writing(path, report.run.site, title, phrases.china_time(report.run.finished)) as book:
        results = sorted(report.columns, key=phrases.column_order)
        _summary(book, report, results, f"{report.run.site}{title}报告")
        _details(book, results)
        findings_sheet(book, report, "栏目")
        links_sheet(book, report, "栏目")
        problems_sheet(book, report)
        notes_sheet(book, report, _READING)


def _summary(book: Book, report: Report, results: Sequence[ColumnResult], title: str) -> None:
    sheet = book.sheet("汇总", _SUMMARY_WIDTHS, freeze="A4")
    counted = _count(results)
    reached = [veto for veto in report.vetoes if veto.reached]
    # Low title and gaps: with the alarms below, the chart must still end on the first page.
    sheet.band(title, "title", 26)
    day = phrases.chinese_date(report.run.as_of)
    sheet.band(f"检查日期：{day}　{phrases.week(report.run.as_of)}", "subtitle", 18)
    sheet.gap(2)
    names = "、".join(f"“{veto.indicator.point}”" for veto in reached)
    parts = "，".join(f"{word} {counted[word]}" for word in _COUNTED if counted[word])
    risk = f"有否决风险：{names}已达否决值，请人工核实。" if reached else "栏目计数未达到否决值。"
    sheet.band(f"共检查栏目 {len(results)} 个：{parts or '无'}。{risk}", "alarm" if reached else "verdict")
    # Counts of columns are one way to fail; one wrong name of the state is another, and must not hide in row 40.
    grave = [finding.title for finding in report.findings if finding.severity is Severity.VETO]
    if grave:
        kinds = "、".join(dict.fromkeys(grave))
        sheet.band(f"另有 {len(grave)} 个否决级问题（{kinds}），请立即核实整改。", "alarm")
    if not report.run.complete:
        sheet.band("注意：本次采集没有完成，以下结果不全。", "alarm")
    sheet.gap(2)
    dead = sum(1 for link in report.links if link.result and link.result.verdict == "dead")
    tiles = (
        ("检查栏目", len(results), False),
        ("更新不及时", counted["更新不及时"], True),
        ("空白栏目", counted["空白栏目"], True),
        ("即将超期", counted["即将超期"], False),
        ("未能判定", counted["未能判定"], False),
        ("问题条数", len(report.findings), True),
        ("失效链接", dead, True),
    )
    sheet.tiles(tiles, ((1, 1), (2, 2), (3, 3), (4, 4), (5, 6), (7, 8), (9, 9)))
    _vetoes(sheet, report)
    _by_kind(sheet, results)
    _by_owner(sheet, report, results)


def _count(results: Iterable[ColumnResult]) -> Counter[str]:
    return Counter(phrases.column_conclusion(result) for result in results)


def _vetoes(sheet: Sheet, report: Report) -> None:
    sheet.gap()
    sheet.band("一、单项否决计数", "section", 22)
    spans = ((1, 2), (3, 3), (4, 4), (5, 5), (6, 9))
    sheet.spread(("项目", "发现数", "否决值", "是否达到", "依据"), "head", spans, 22)
    first = sheet.row + 1
    for veto in report.vetoes:
        indicator = veto.indicator
        basis = f"{indicator.basis}（{veto.arithmetic}）" if veto.arithmetic else str(indicator.basis)
        values = (indicator.point, veto.count, indicator.bar, veto.standing.label, basis)
        sheet.spread(values, ("strong", "number", "centre", "centre", "small"), spans)
    sheet.tint(5, range(first, sheet.row + 1), ("达到", "未达到", "未能判定"))
    if not report.vetoes:
        sheet.band("本次没有计算单项否决项。", "note")


def _by_kind(sheet: Sheet, results: Sequence[ColumnResult]) -> None:
    """A chart and the table it draws, by kind; the chart comes first so that it stands on the first page."""
    sheet.gap()
    sheet.band("二、各类栏目更新情况", "section", 22)
    if not results:
        sheet.band("没有配置栏目。请在 jimo-lint.toml 里写 [[column]]。", "note")
        return
    sheet.gap(4)
    place = sheet.room(_CHART_HEIGHT)
    sheet.gap(4)
    groups: defaultdict[ColumnKind, list[ColumnResult]] = defaultdict(list)
    for result in results:
        groups[result.reading.column.kind].append(result)
    head = sheet.add(("类别", "栏目数", *_COUNTED, "更新时限"), "head", 22)
    for kind in ColumnKind:
        if group := groups.get(kind):
            limits = sorted({phrases.limit(result.limit) for result in group})
            sheet.add(_counts_row(kind.label, group, "、".join(limits)), _COUNT_STYLES)
    rows = range(head + 1, sheet.row + 1)
    _alarm_faults(sheet, rows)
    chart = BarChart()
    chart.type, chart.grouping, chart.overlap = "col", "stacked", 100
    counts = Reference(sheet.worksheet, min_col=3, max_col=8, min_row=head, max_row=rows[-1])
    chart.add_data(counts, titles_from_data=True)
    chart.set_categories(Reference(sheet.worksheet, min_col=1, min_row=rows[0], max_row=rows[-1]))
    for series, colour in zip(chart.series, _STATE_COLOURS, strict=True):
        series.graphicalProperties.solidFill = colour
    dress(chart, "各类栏目更新情况（个）", _CHART_HEIGHT)
    sheet.chart(chart, place)


_COUNT_STYLES = ("strong", *["number"] * 7, "centre")


def _counts_row(name: str, group: Sequence[ColumnResult], last: Value) -> Sequence[Value]:
    counted = _count(group)
    return (name, len(group), *(counted[word] for word in _COUNTED), last)


def _alarm_faults(sheet: Sheet, rows: range) -> None:
    for word in _FAULTS:
        sheet.alarm(3 + _COUNTED.index(word), rows)


def _by_owner(sheet: Sheet, report: Report, results: Sequence[ColumnResult]) -> None:
    """Who has to do what: only offices with a fault, most faults first."""
    groups: defaultdict[str, list[ColumnResult]] = defaultdict(list)
    for result in results:
        groups[result.reading.column.owner or "（未填责任单位）"].append(result)
    faults = {owner: [r for r in group if phrases.column_conclusion(r) in _FAULTS] for owner, group in groups.items()}
    owners = sorted((owner for owner in groups if faults[owner]), key=lambda owner: (-len(faults[owner]), owner))
    if not owners:
        return
    sheet.gap()
    sheet.band("三、需整改的责任单位", "section", 22)
    head = sheet.add(("责任单位", "栏目数", *_COUNTED, "需整改的栏目"), "head", 22)
    for owner in owners:
        named = [result.reading.column.name for result in faults[owner]]
        listed = "、".join(named[:_LISTED]) + (f"等 {len(named)} 个" if len(named) > _LISTED else "")
        sheet.add(_counts_row(owner, groups[owner], listed), (*_COUNT_STYLES[:-1], "small"))
    _alarm_faults(sheet, range(head + 1, sheet.row + 1))


def _details(book: Book, results: Sequence[ColumnResult]) -> None:
    sheet = book.sheet("栏目情况", [field.width for field in _FIELDS], freeze="C2")
    rows = sheet.table(_FIELDS, (_row(number, result) for number, result in enumerate(results, 1)))
    sheet.tint(11, rows, _COUNTED)
    sheet.choices(14, rows, _REVIEW)
    sheet.repeat(1)


def _row(number: int, result: ColumnResult) -> Sequence[Value]:
    reading = result.reading
    column = reading.column
    against = result.nearly or result.status in (UpdateStatus.STALE, UpdateStatus.BLANK)
    return (
        number,
        column.name,
        column.kind.label,
        column.owner,
        "★" if column.key else None,
        reading.newest,
        result.age_days,
        phrases.limit(result.limit),
        reading.items,
        reading.read_pages,
        phrases.column_conclusion(result),
        "；".join(part for part in (result.reason or reading.reason, result.basis if against else "") if part),
        Linked(column.url, column.url),
        None,
    )
