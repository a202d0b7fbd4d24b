"""Writes 栏目体检: a cover to sign, the indicators, every column's state, the problems, and who has to correct what."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.marker import DataPoint

from jimo_lint.model import ColumnKind, ColumnResult, Part, Report, Severity, Standing, UpdateStatus
from jimo_lint.report import phrases
from jimo_lint.report.cells import Linked, Value
from jimo_lint.report.charts import dress
from jimo_lint.report.indicators import elements_sheet, open_sheet, points_sheet, veto_sheet
from jimo_lint.report.owners import NOBODY, rectification_sheet
from jimo_lint.report.sheets import findings_sheet, links_sheet, notes_sheet, problems_sheet
from jimo_lint.report.workbook import Book, Field, Sheet, writing
from jimo_lint.scoring import Tally

_FIELDS = (
    Field("序号", 5.5, "number"),
    Field("栏目", 20, "strong"),
    Field("类别", 10.5, "centre"),
    Field("责任单位", 18),
    Field("重点", 6, "centre"),
    Field("最近更新", 12, "date"),
    Field("未更新天数", 8, "number"),
    Field("时限", 9, "centre"),
    Field("条数", 7, "number"),
    Field("已读页数", 7, "number"),
    Field("结论", 12, "centre"),
    Field("依据与原因", 38, "small"),
    Field("复核结果", 9, "centre"),
    # For opening the column on screen; not printed.
    Field("网址", 40, "small"),
)
_PRINTED = 13
_REVIEW = ("属实", "误报", "已更新", "已整合或下线")

# What the summary counts, in the order of its columns; the words are those of 栏目情况.
_COUNTED = ("正常", "即将超期", "更新不及时", "空白栏目", "未能判定", "不判更新")
_FAULTS = ("更新不及时", "空白栏目")
_LISTED = 10

# The cover: twelve columns, joined as each part needs them.
_COVER = (12.0,) * 12
_FACTS = ((1, 2), (3, 6), (7, 8), (9, 12))
_TILES = tuple((first, first + 1) for first in range(1, 12, 2))
_SIGNED = ((1, 4), (5, 8), (9, 12))
_AGES = ((1, 3), (4, 6), (7, 8), (9, 9), (10, 10), (11, 12))
_AGE, _LIMIT = 9, 10
_KINDS = ((1, 3), *((number, number) for number in range(4, 11)), (11, 12))
_OWNERS = ((1, 3), (4, 4), (5, 5), (6, 6), (7, 12))
# Rows of the three tables behind the cover that fit on one page.
_BESIDE = 27
# More bars than this cannot be told apart on a page.
_CHARTED = 20
_CHART_HEIGHT = 9.2
_BARS = {"更新不及时": "C0504D", "即将超期": "E0A030"}

_READING = (
    "“单项否决”“扣分与依据”按检查指标逐项列出；“达到”只说明有否决风险，须人工逐个核实后认定。",
    "“待人工核查”是机器不能判定或没有读全的指标，须由人逐项核查后填写；没有核查的不等于合格。",
    "“栏目情况”一行一个栏目，先列问题重的；“未更新天数”从最近一条信息到检查日，满时限当天即算超期。",
    "“未能判定”表示列表由脚本生成、网址打不开等读不到的情况，不算空白，也不算更新不及时，请人工打开核实。",
    "“即将超期”未超过时限，是提醒；“不判更新”为没有更新时限的栏目（如概况、机构职能、历史专题）。",
    "“问题明细”中红字为有问题的词语；同一问题出现多处的合为一行，“出现处数”为页数。",
    "“建议整改时限”汇自公开通报的通行要求，按工作日（含调休）从检查日次日起算；“约”表示当年放假安排尚未收录；以本单位通知为准。",
    "“整改建议”的后几栏、“人工认定”“人工扣分”“核查情况”和“复核结果”由人填写。",
)


def write(report: Report, path: Path) -> None:
    """Write the workbook to `path`, whole or not at all; its folder is created. ReportError where it cannot be."""
    title = "网站栏目体检"
    with writing(path, report.run.site, title, phrases.china_time(report.run.finished)) as book:
        results = sorted(report.columns, key=phrases.column_order)
        _cover(book, report, results, f"{report.run.site}{title}报告")
        veto_sheet(book, report)
        points_sheet(book, report)
        _details(book, results)
        findings_sheet(book, report, "栏目")
        elements_sheet(book, report)
        open_sheet(book, report)
        rectification_sheet(book, report, "整改建议", "栏目、页面")
        links_sheet(book, report, "栏目")
        problems_sheet(book, report)
        notes_sheet(book, report, _READING)


def _cover(book: Book, report: Report, results: Sequence[ColumnResult], title: str) -> None:
    """The page that is signed - object, result, figures, ages - and behind it the tables by age, kind and unit."""
    sheet = book.sheet("封面与结论", _COVER)
    sheet.band(title, "title", 32)
    sheet.gap(2)
    for first, second in _facts(report):
        sheet.spread((*first, *second), ("label", "text", "label", "text"), _FACTS, 20)
    sheet.gap(4)
    for line, style in _conclusion(report, results):
        sheet.band(line, style)
    sheet.gap(2)
    _figures(sheet, report, results)
    aged = _oldest(report, results)
    sheet.gap(4)
    place = sheet.room(_CHART_HEIGHT) if aged else 0
    if not results:
        sheet.band("没有配置栏目。请在 jimo-lint.toml 里写 [[column]]。", "note")
    sheet.gap(4)
    sheet.band(
        "人工认定：□ 未发现单项否决情形　　□ 存在单项否决情形（项目：　　　　　　　　　　）　　□ 需复查", "text", 24
    )
    sheet.spread(["检查人：", "复核人：", "日期：　　　　年　　月　　日"], "text", _SIGNED, 26)
    if not results:
        return
    sheet.end_page()
    if aged:
        _ages(sheet, aged, place)
    beside = _by_kind(sheet, results, len(aged))
    _by_owner(sheet, results, beside)


def _facts(report: Report) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    run = report.run
    started, finished = phrases.china_time(run.started), phrases.china_time(run.finished)
    week = phrases.week(run.as_of).split("（")[0]
    yield ("检查对象", run.site), ("检查日期", f"{phrases.chinese_date(run.as_of)}（{week}）")
    yield (
        ("检查范围", f"栏目 {len(report.columns)} 个，页面 {run.documents:,} 个，{run.characters:,} 字"),
        ("采集时间", f"{started:%m-%d %H:%M} 至 {finished:%m-%d %H:%M}" + ("" if run.complete else "，没有完成")),
    )
    yield ("检查标准", run.profile), ("检查工具", f"jimo-lint {run.version}（机器检查，结果须人工核实）")


def _conclusion(report: Report, results: Sequence[ColumnResult]) -> Iterator[tuple[str, str]]:
    """The result in a few sentences, as (line, style)."""
    if not report.run.complete:
        yield "注意：本次采集没有完成，以下结果不全。", "alarm"
    if line := _veto_line(report):
        yield line, "alarm" if any(veto.reached for veto in report.vetoes) else "verdict"
    counted = _count(results)
    parts = "，".join(f"{word} {counted[word]}" for word in _COUNTED if counted[word])
    yield f"栏目：共检查 {len(results)} 个，{parts or '无'}。", "verdict"
    if report.indicators:
        yield f"扣分：{Tally.of(report.indicators)}（扣分只适用于政府门户网站；出现单项否决的不再评分）。", "verdict"
    # A rule may be grave without feeding an indicator, and must not hide in row 40.
    told = {code for veto in report.vetoes if veto.reached for code in veto.indicator.rules}
    untold = [f.title for f in report.findings if f.severity is Severity.VETO and f.code not in told]
    if untold:
        kinds = "、".join(dict.fromkeys(untold))
        yield f"另有 {len(untold)} 个否决级问题（{kinds}），请立即核实整改。", "alarm"


def _veto_line(report: Report) -> str:
    """单项否决 in one sentence: what is reached by name, what is not, what nobody knows yet."""
    vetoes = [one for one in report.indicators if one.indicator.part is Part.VETO]
    by_standing = {standing: [one for one in vetoes if one.standing is standing] for standing in Standing}
    if not vetoes:
        return ""
    reached = "、".join(f"“{one.indicator.point}”" for one in by_standing[Standing.REACHED])
    clear = by_standing[Standing.CLEAR]
    nothing = "机器所查各项未达到否决值" if clear else "机器所查各项都没有结论"
    said = [f"有否决风险：{reached}已达否决值，请人工核实" if reached else nothing]
    said += [f"未达到 {len(clear)} 项"] if reached else []
    if unknown := by_standing[Standing.UNKNOWN]:
        said.append(f"未能判定 {len(unknown)} 项（{'、'.join(one.indicator.point for one in unknown)}）")
    if waiting := by_standing[Standing.OPEN]:
        said.append(f"待人工核查 {len(waiting)} 项")
    return f"单项否决：{'；'.join(said)}。"


def _figures(sheet: Sheet, report: Report, results: Sequence[ColumnResult]) -> None:
    counted = _count(results)
    dead = sum(count.dead for count in report.link_counts)
    # Without links that were asked, 0 would look like a result.
    unchecked = any(count.unchecked for count in report.link_counts)
    tiles = (
        ("检查栏目", len(results), False),
        ("更新不及时", counted["更新不及时"], True),
        ("空白栏目", counted["空白栏目"], True),
        ("未能判定", counted["未能判定"], False),
        ("问题条数", len(report.findings), True),
        ("失效链接（未核全）" if unchecked else "失效链接", dead, True),
    )
    sheet.tiles(tiles, _TILES)


def _count(results: Iterable[ColumnResult]) -> Counter[str]:
    return Counter(phrases.column_conclusion(result) for result in results)


def _oldest(report: Report, results: Sequence[ColumnResult]) -> list[tuple[ColumnResult, int, int]]:
    """Columns with a limit that have gone the largest part of it without news, with age and limit in days."""
    as_of = report.run.as_of
    aged = [
        (result, result.age_days, (as_of - result.limit.before(as_of)).days)
        for result in results
        if result.limit and result.age_days is not None and result.status is not UpdateStatus.UNKNOWN
    ]
    return sorted(aged, key=lambda row: -row[1] / row[2])[:_CHARTED]


def _ages(sheet: Sheet, aged: Sequence[tuple[ColumnResult, int, int]], place: int) -> None:
    """The table of ages, and on the cover the chart that draws it: bars for ages, a dash for each limit."""
    sheet.band("附一、距上次更新最久的栏目（按占时限的比例排列）", "section", 22)
    titles = ("栏目", "责任单位", "最近更新", "未更新天数", "时限（天）", "结论")
    head = sheet.spread(titles, "head", _AGES, 22)
    for result, age, limit in aged:
        column = result.reading.column
        values: Sequence[Value] = (
            column.name,
            column.owner,
            result.reading.newest,
            age,
            limit,
            phrases.column_conclusion(result),
        )
        sheet.spread(values, ("strong", "text", "date", "number", "number", "centre"), _AGES)
    rows = range(head + 1, sheet.row + 1)
    sheet.tint(_AGES[-1][0], rows, _COUNTED)
    cells = sheet.worksheet
    chart = BarChart()
    chart.type = "col"
    chart.add_data(Reference(cells, min_col=_AGE, min_row=head, max_row=rows[-1]), titles_from_data=True)
    chart.set_categories(Reference(cells, min_col=1, min_row=rows[0], max_row=rows[-1]))
    series = chart.series[0]
    series.graphicalProperties.solidFill = "5B84B1"
    for index, (result, _, _) in enumerate(aged):
        if colour := _BARS.get(phrases.column_conclusion(result)):
            point = DataPoint(idx=index)
            point.graphicalProperties.solidFill = colour
            series.dPt.append(point)
    series.dLbls = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False)
    dress(chart, f"距上次更新最久的 {len(aged)} 个栏目（天）", _CHART_HEIGHT)
    limits = LineChart()
    limits.add_data(Reference(cells, min_col=_LIMIT, min_row=head, max_row=rows[-1]), titles_from_data=True)
    line = limits.series[0]
    line.graphicalProperties.line.noFill = True
    line.marker.symbol, line.marker.size = "dash", 9
    line.marker.graphicalProperties.solidFill = line.marker.graphicalProperties.line.solidFill = "C00000"
    chart += limits
    sheet.chart(chart, place)


def _by_kind(sheet: Sheet, results: Sequence[ColumnResult], beside: int) -> int:
    """How the columns of each kind stand, a row each; the table rows on the page are then as many as returned.

    beside: those already on it.
    """
    groups: defaultdict[ColumnKind, list[ColumnResult]] = defaultdict(list)
    for result in results:
        groups[result.reading.column.kind].append(result)
    beside = _go_on(sheet, beside, len(groups))
    sheet.band("附二、各类栏目更新情况", "section", 22)
    head = sheet.spread(("类别", "栏目数", *_COUNTED, "更新时限"), "head", _KINDS, 22)
    for kind in ColumnKind:
        if group := groups.get(kind):
            limits = "、".join(sorted({phrases.limit(result.limit) for result in group}))
            counted = _count(group)
            values: Sequence[Value] = (kind.label, len(group), *(counted[word] for word in _COUNTED), limits)
            sheet.spread(values, ("strong", *["number"] * 7, "centre"), _KINDS)
    for word in _FAULTS:
        sheet.alarm(5 + _COUNTED.index(word), range(head + 1, sheet.row + 1))
    return beside


def _by_owner(sheet: Sheet, results: Sequence[ColumnResult], beside: int) -> None:
    """Who has to do what: only offices with a fault, most faults first. beside: table rows already on the page."""
    groups: defaultdict[str, list[ColumnResult]] = defaultdict(list)
    for result in results:
        groups[result.reading.column.owner or NOBODY].append(result)
    faults = {owner: [r for r in group if phrases.column_conclusion(r) in _FAULTS] for owner, group in groups.items()}
    owners = sorted((owner for owner in groups if faults[owner]), key=lambda owner: (-len(faults[owner]), owner))
    if not owners:
        return
    _go_on(sheet, beside, len(owners))
    sheet.band("附三、栏目需整改的责任单位", "section", 22)
    head = sheet.spread(("责任单位", "栏目数", *_FAULTS, "需整改的栏目"), "head", _OWNERS, 22)
    for owner in owners:
        named = [result.reading.column.name for result in faults[owner]]
        listed = "、".join(named[:_LISTED]) + (f"等 {len(named)} 个" if len(named) > _LISTED else "")
        counted = _count(groups[owner])
        values: Sequence[Value] = (owner, len(groups[owner]), *(counted[word] for word in _FAULTS), listed)
        sheet.spread(values, ("strong", "number", "number", "number", "small"), _OWNERS)
    for column in (5, 6):
        sheet.alarm(column, range(head + 1, sheet.row + 1))


def _go_on(sheet: Sheet, beside: int, rows: int) -> int:
    """Begin a new page where a table of so many rows does not fit under the others; the rows that are then on it."""
    if beside and beside + rows > _BESIDE:
        sheet.end_page()
        return rows
    if beside:
        sheet.gap()
    return beside + rows


def _details(book: Book, results: Sequence[ColumnResult]) -> None:
    sheet = book.sheet("栏目情况", [field.width for field in _FIELDS], freeze="C2")
    rows = sheet.table(_FIELDS, (_row(number, result) for number, result in enumerate(results, 1)))
    sheet.tint(11, rows, _COUNTED)
    sheet.choices(_PRINTED, rows, _REVIEW)
    sheet.repeat(1)
    sheet.print_only(_PRINTED)


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
        None,
        Linked(column.url, column.url),
    )
