"""栏目体检 as data: the cover to sign, the indicators, every column's state, the problems, who has to correct what."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from jimo_lint.lint.scoring import Tally
from jimo_lint.model import ColumnKind, ColumnResult, IndicatorStatus, Part, Report, Severity, UpdateStatus
from jimo_lint.report import phrases
from jimo_lint.report.views import indicators, since
from jimo_lint.report.views.exchanges import exchanges, promises
from jimo_lint.report.views.findings import findings
from jimo_lint.report.views.links import links
from jimo_lint.report.views.notes import Notes, notes
from jimo_lint.report.views.overview import About, Overview
from jimo_lint.report.views.owners import NOBODY, rectification
from jimo_lint.report.views.scope import scope
from jimo_lint.report.views.table import Block, Field, Line, Linked, Row, Table, Tile
from jimo_lint.report.views.unread import unopened, unread

ABOUT = About("网站", "栏目", "页面")
NAME, AGE, LIMIT, CONCLUSION = "栏目", "未更新天数", "时限（天）", "结论"

_REVIEW = ("属实", "误报", "已更新", "已整合或下线")
# What the summary counts, in the order of its columns; the words are those of 栏目情况.
_COUNTED = ("正常", "即将超期", "更新不及时", "空白栏目", "未能判定", "不判更新")
_FAULTS = ("更新不及时", "空白栏目")

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
    Field("结论", 12, "centre", tint=_COUNTED),
    Field("依据与原因", 38, "small"),
    Field("复核结果", 9, "centre", choices=_REVIEW),
    # For opening the column on screen.
    Field("网址", 40, "small", printed=False),
)
# The tables behind the cover; the cover has twelve columns.
_AGES = (
    Field(NAME, 3, "strong"),
    Field("责任单位", 3),
    Field("最近更新", 2, "date"),
    Field(AGE, 1, "number"),
    Field(LIMIT, 1, "number"),
    Field(CONCLUSION, 2, "centre", tint=_COUNTED),
)
_KINDS = (
    Field("类别", 3, "strong"),
    Field("栏目数", 1, "number"),
    *(Field(word, 1, "number", alarm=word in _FAULTS) for word in _COUNTED),
    Field("更新时限", 2, "centre"),
)
_OWNERS = (
    Field("责任单位", 3, "strong"),
    Field("栏目数", 1, "number"),
    *(Field(word, 1, "number", alarm=True) for word in _FAULTS),
    Field("需整改的栏目", 6, "small"),
)
_LISTED = 10
# More bars than this cannot be told apart on a page.
_CHARTED = 20

_READING = (
    "“单项否决”“扣分与依据”按检查指标逐项列出；“达到”只说明有否决风险，须人工逐个核实后认定。",
    "“待人工核查”是机器不能判定或没有读全的指标，须由人逐项核查后填写；没有核查的不等于合格。",
    "“栏目情况”一行一个栏目，先列问题重的；“未更新天数”从最近一条信息到检查日，满时限当天即算超期。",
    "“未能判定”表示列表由脚本生成、网址打不开等读不到的情况，不算空白，也不算更新不及时，请人工打开核实。",
    "“即将超期”未超过时限，是提醒；“不判更新”为没有更新时限的栏目（如概况、机构职能、历史专题）。",
    "封面、“问题明细”“整改建议”都按问题计数：同一问题出现在多个页面里只算一个；“失效链接”按网址计数，与“链接”表一致。",
    "“问题明细”中红字为有问题的词语；同一问题出现多处的合为一行，“出现处数”为页数。",
    "“建议整改时限”汇自公开通报的通行要求，按工作日（含调休）从检查日次日起算；“约”表示当年放假安排尚未收录；以本单位通知为准。",
    "浅黄格由人填写，见末节；“人工认定”“人工扣分”“核查情况”和“复核结果”也由人填写。",
)


class Columns(NamedTuple):
    """The sheets in the order in which they are read; before `vetoes` the cover and the tables behind it.

    facts: two pairs of label and value a line. aged: the columns of `ages`, in its order. unread: None where all was
    read; exchanges, promises: where there are any.
    """

    title: str
    facts: tuple[tuple[str, str, str, str], ...]
    conclusion: tuple[Line, ...]
    figures: tuple[Tile, ...]
    aged: tuple[ColumnResult, ...]
    ages: Block
    kinds: Block
    owners: Block
    vetoes: Table
    points: Table
    columns: Table
    findings: Table
    elements: Table
    to_check: Table
    rectification: Table
    links: Table
    exchanges: Table | None
    promises: Table | None
    unread: Table | None
    notes: Notes


def columns(report: Report) -> Columns:
    """What the inspection of columns has to say."""
    results = sorted(report.columns, key=phrases.column_order)
    aged = _oldest(report, results)
    return Columns(
        title=f"{report.run.site}{report.run.title}报告",
        facts=tuple(_facts(report)),
        conclusion=tuple(_conclusion(report, results)),
        figures=_figures(report, results),
        aged=tuple(result for result, _, _ in aged),
        ages=Block("附一、距上次更新最久的栏目（按占时限的比例排列）", _AGES, tuple(_age(*one) for one in aged)),
        kinds=Block("附二、各类栏目更新情况", _KINDS, tuple(_by_kind(results))),
        owners=Block("附三、栏目需整改的责任单位", _OWNERS, tuple(_by_owner(results))),
        vetoes=indicators.vetoes(report),
        points=indicators.points(report),
        columns=Table("栏目情况", _FIELDS, [_row(n, result) for n, result in enumerate(results, 1)], frozen=2),
        findings=findings(report, NAME),
        elements=indicators.elements(report),
        to_check=indicators.to_check(report),
        rectification=rectification(report, "整改建议", "栏目、页面"),
        links=links(report, NAME),
        exchanges=exchanges(report),
        promises=promises(report),
        unread=unread(report),
        notes=notes(report, _READING),
    )


def overview(report: Report) -> Overview:
    """For a page and a 通报."""
    said = columns(report)
    return Overview(said.conclusion, said.figures, said.columns)


def _facts(report: Report) -> Iterator[tuple[str, str, str, str]]:
    run = report.run
    started, finished = phrases.china_time(run.started), phrases.china_time(run.finished)
    week = phrases.week(run.as_of).split("（")[0]
    looked = f"页面 {run.documents:,} 个{phrases.and_attachments(report)}"
    yield "检查对象", run.site, "检查日期", f"{phrases.chinese_date(run.as_of)}（{week}）"
    yield (
        "检查范围",
        f"栏目 {len(report.columns)} 个，{looked}，{run.characters:,} 字",
        "采集时间",
        f"{started:%m-%d %H:%M} 至 {finished:%m-%d %H:%M}" + ("" if run.complete else "，没有完成"),
    )
    yield "检查标准", run.profile, "检查工具", f"jimo-lint {run.version}（机器检查，结果须人工核实）"


def _conclusion(report: Report, results: Sequence[ColumnResult]) -> Iterator[Line]:
    """The result in a few sentences."""
    if not report.run.complete:
        yield Line("注意：本次采集没有完成，以下结果不全。", "alarm")
    yield from scope(report)
    if line := since.line(report):
        yield Line(line, "verdict")
    if line := _veto_line(report):
        yield Line(line, "alarm" if any(veto.reached for veto in report.vetoes) else "verdict")
    counted = _count(results)
    parts = "，".join(f"{word} {counted[word]}" for word in _COUNTED if counted[word])
    yield Line(f"栏目：共检查 {len(results)} 个，{parts or '无'}。", "verdict")
    if report.indicators:
        said = f"{Tally.of(report.indicators)}（扣分只适用于政府门户网站；出现单项否决的不再评分）"
        yield Line(f"扣分：{said}。", "verdict")
    # A rule may be grave without feeding an indicator, and must not hide in row 40.
    told = {code for veto in report.vetoes if veto.reached for code in veto.indicator.rules}
    untold = [f.title for f in report.findings if f.severity is Severity.VETO and f.code not in told]
    if untold:
        kinds = "、".join(dict.fromkeys(untold))
        yield Line(f"另有 {len(untold)} 个否决级问题（{kinds}），请立即核实整改。", "alarm")
    if said := unopened(report):
        yield Line(f"{said}，请人工查看（分类见“未读与未检”）。", "verdict")
    if not results:
        yield Line("没有配置栏目。请在 jimo-lint.toml 里写 [[column]]。")


def _veto_line(report: Report) -> str:
    """单项否决 in one sentence: what is reached by name, what is not, what nobody knows yet."""
    vetoes = [one for one in report.indicators if one.indicator.part is Part.VETO]
    by_standing = {standing: [one for one in vetoes if one.standing is standing] for standing in IndicatorStatus}
    if not vetoes:
        return ""
    reached = "、".join(f"“{one.indicator.point}”" for one in by_standing[IndicatorStatus.REACHED])
    clear = by_standing[IndicatorStatus.CLEAR]
    skipped = by_standing[IndicatorStatus.UNCHECKED]
    if reached:
        said = [f"有否决风险：{reached}已达否决值，请人工核实", f"未达到 {len(clear)} 项"]
    elif clear:
        # Of all that was to be looked at, or else of so many.
        said = [f"未达到 {len(clear)} 项" if skipped else "机器所查各项未达到否决值"]
    else:
        said = ["机器所查各项都没有结论"]
    if unknown := by_standing[IndicatorStatus.UNKNOWN]:
        said.append(f"未能判定 {len(unknown)} 项（{'、'.join(one.indicator.point for one in unknown)}）")
    if skipped:
        said.append(f"规则没有启用、未检 {len(skipped)} 项（{'、'.join(one.indicator.point for one in skipped)}）")
    if waiting := by_standing[IndicatorStatus.OPEN]:
        said.append(f"待人工核查 {len(waiting)} 项")
    return f"单项否决：{'；'.join(said)}。"


def _figures(report: Report, results: Sequence[ColumnResult]) -> tuple[Tile, ...]:
    counted = _count(results)
    dead = sum(count.dead for count in report.link_counts)
    # Without links that were asked, 0 would look like a result.
    unchecked = any(count.unchecked for count in report.link_counts)
    return (
        Tile("检查栏目", len(results)),
        Tile("更新不及时", counted["更新不及时"], bad=True),
        Tile("空白栏目", counted["空白栏目"], bad=True),
        Tile("未能判定", counted["未能判定"]),
        Tile("问题条数", len(report.findings), bad=True),
        Tile("失效链接（未核全）" if unchecked else "失效链接", dead, bad=True),
    )


def _count(results: Iterable[ColumnResult]) -> Counter[str]:
    return Counter(result.conclusion for result in results)


def _oldest(report: Report, results: Sequence[ColumnResult]) -> list[tuple[ColumnResult, int, int]]:
    """Columns with a limit that have gone the largest part of it without news, with age and limit in days."""
    as_of = report.run.as_of
    aged = [
        (result, result.age_days, (as_of - result.limit.before(as_of)).days)
        for result in results
        if result.limit and result.age_days is not None and result.status is not UpdateStatus.UNKNOWN
    ]
    return sorted(aged, key=lambda row: -row[1] / row[2])[:_CHARTED]


def _age(result: ColumnResult, age: int, limit: int) -> Row:
    column = result.reading.column
    return column.name, column.owner, result.reading.newest, age, limit, result.conclusion


def _by_kind(results: Sequence[ColumnResult]) -> Iterator[Row]:
    """How the columns of each kind stand, a row each."""
    groups: defaultdict[ColumnKind, list[ColumnResult]] = defaultdict(list)
    for result in results:
        groups[result.reading.column.kind].append(result)
    for kind in ColumnKind:
        if group := groups.get(kind):
            limits = "、".join(sorted({phrases.limit(result.limit) for result in group}))
            counted = _count(group)
            yield kind.label, len(group), *(counted[word] for word in _COUNTED), limits


def _by_owner(results: Sequence[ColumnResult]) -> Iterator[Row]:
    """Who has to do what: only offices with a fault, most faults first."""
    groups: defaultdict[str, list[ColumnResult]] = defaultdict(list)
    for result in results:
        groups[result.reading.column.owner or NOBODY].append(result)
    faults = {owner: [r for r in group if r.conclusion in _FAULTS] for owner, group in groups.items()}
    for owner in sorted((owner for owner in groups if faults[owner]), key=lambda owner: (-len(faults[owner]), owner)):
        named = [result.reading.column.name for result in faults[owner]]
        listed = "、".join(named[:_LISTED]) + (f"等 {len(named)} 个" if len(named) > _LISTED else "")
        counted = _count(groups[owner])
        yield owner, len(groups[owner]), *(counted[word] for word in _FAULTS), listed


def _row(number: int, result: ColumnResult) -> Row:
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
        result.conclusion,
        "；".join(part for part in (result.reason or reading.reason, result.basis if against else "") if part),
        None,
        Linked(column.url),
    )
