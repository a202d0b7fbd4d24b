"""整改台账 as data: what is open by unit, what was closed in the year, the year's sums, and the rows behind them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from jimo_lint.model import Opinion, Severity, State
from jimo_lint.model.families import family
from jimo_lint.model.ledger import Entry, Ledger
from jimo_lint.privacy import mask_text
from jimo_lint.report.phrases import chinese_date, limit_day
from jimo_lint.report.views import year
from jimo_lint.report.views.owners import NOBODY
from jimo_lint.report.views.since import STATES
from jimo_lint.report.views.table import GRADES, Block, Field, Line, Linked, Row, Table, Tile
from jimo_lint.report.views.year import Counted

WHOM = "栏目（账号）"
_OVER = "超期（工作日）"
_WHAT = (
    Field("序号", 5.5, "number"),
    Field("责任单位", 14),
    Field(WHOM, 13, "strong"),
    Field("问题", 12),
    Field("级别", 6, "centre", tint=GRADES),
    Field("词语", 11, "wrong"),
    Field("网址", 22, "address"),
    Field("首次发现", 10.5, "date"),
)
_OPEN = (
    *_WHAT,
    Field("状态", 9, "centre", tint=STATES),
    Field("审核意见", 13, "small"),
    Field("审核人", 8, "centre"),
    Field("整改期限", 10.5, "date"),
    Field(_OVER, 8, "number", alarm=True),
    Field("整改情况", 14, "small"),
    Field("销号日期", 10.5, "date"),
)
# What follows is for filtering and opening on the screen.
_BEHIND = (
    Field("说明", 34, "small", printed=False),
    Field("检查", 9, "centre", printed=False),
    Field("代码", 7, "centre", printed=False),
    Field("打开", 6, "centre", printed=False),
)
_CLOSED = (
    *_WHAT,
    Field("怎样办结", 9, "centre", tint=STATES),
    Field("销号日期", 10.5, "date"),
    Field("用时（天）", 7, "number"),
    Field("审核意见", 13, "small"),
    Field("审核人", 8, "centre"),
    Field("整改情况", 14, "small"),
)
_ROWS = (
    Field("序号", 6, "number"),
    Field(year.UNIT, 16),
    Field(WHOM, 15),
    Field(year.KIND, 14),
    Field("代码", 7, "centre"),
    Field("问题", 15),
    Field("级别", 6, "centre", tint=GRADES),
    Field("词语", 12, "wrong"),
    Field("网址", 34, "address"),
    Field("首次发现", 10.5, "date"),
    Field("起算日", 10.5, "date"),
    Field(year.MONTH, 9, "centre"),
    Field("状态", 10, "centre", tint=STATES),
    Field("办结日", 10.5, "date"),
    Field(year.RESULT, 8, "centre"),
    Field("检查", 9, "centre"),
)
_UNITS = (
    Field("责任单位", 2, "strong"),
    Field("未办结", 1, "number"),
    Field("其中超期", 1, "number", alarm=True),
    Field("最长超期（工作日）", 1, "number", alarm=True),
    Field("其中未复查", 1, "number"),
    Field("否决、错误级", 1, "number", alarm=True),
    Field("本年已办结", 1, "number"),
    Field("未办结的主要问题", 4, "small"),
)
_MOST_KINDS = 3


class LedgerBook(NamedTuple):
    """The sheets in the order in which they are read."""

    title: str
    subtitle: str
    verdict: Line
    warnings: tuple[Line, ...]
    figures: tuple[Tile, ...]
    units: Block
    open: Table
    closed: Table
    year: tuple[Block, ...]
    year_note: str
    rows: Table
    reading: tuple[str, ...]


def ledger(given: Ledger) -> LedgerBook:
    """What the ledger has to say."""
    opened = sorted(given.open, key=_order)
    closed = sorted(given.closed, key=lambda entry: (entry.closed or date.max, *_place(entry)))
    rows = [entry for entry in given.entries if _counts(entry, given.year)]
    rows.sort(key=lambda entry: (entry.history.since, *_place(entry)))
    titles = {code: run.title for code, run in given.runs.items()}
    counted = [Counted(_owner(one), _kind(one), _month(one, given.year), _result(one)) for one in rows]
    months = 12 if given.year < given.as_of.year else given.as_of.month
    return LedgerBook(
        title=f"{given.site}整改台账" + (f"（{given.unit.strip('（）')}）" if given.unit else ""),
        subtitle=f"截至 {chinese_date(given.as_of)}；{_runs(given)}",
        verdict=Line(_verdict(given, opened, counted), "verdict"),
        warnings=tuple(_warnings(given, opened)),
        figures=_figures(given, opened),
        units=Block("各责任单位", _UNITS, tuple(_by_unit(opened, closed))),
        open=Table(
            "整改台账",
            (*_OPEN, *_BEHIND),
            [(number, *_open(entry, titles)) for number, entry in enumerate(opened, 1)],
            frozen=3,
            notes=() if opened else ("没有未办结的问题。",),
        ),
        closed=Table(
            f"{given.year}年已办结",
            (*_CLOSED, *_BEHIND),
            [(number, *_closed(entry, titles)) for number, entry in enumerate(closed, 1)],
            frozen=3,
            notes=() if closed else (f"{given.year} 年没有办结的问题。",),
        ),
        year=year.blocks(counted, months),
        year_note=_year_note(given),
        rows=Table("明细", _ROWS, [(n, *_row(entry, given, titles)) for n, entry in enumerate(rows, 1)], frozen=3),
        reading=tuple(_reading(given)),
    )


def parts(given: Ledger) -> Iterator[tuple[str, Ledger]]:
    """The ledger of every unit that has an entry in it, by the unit's name."""
    by_owner: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in given.entries:
        if entry.is_open or _counts(entry, given.year):
            by_owner[_owner(entry)].append(entry)
    for owner in sorted(by_owner, key=_named):
        yield owner, replace(given, entries=tuple(by_owner[owner]), unit=owner)


def _order(entry: Entry) -> tuple[object, ...]:
    """Overdue first, then by unit; what is graver and longer over its limit before the rest."""
    history = entry.history
    over, limit = -history.overdue, history.due or date.max
    return not history.overdue, _named(_owner(entry)), -entry.finding.severity, over, limit, *_place(entry)


def _place(entry: Entry) -> tuple[object, ...]:
    finding = entry.finding
    return _named(_owner(entry)), entry.whom, finding.code, finding.matched, finding.url, finding.fingerprint


def _named(owner: str) -> tuple[bool, str]:
    """Units by name, those of nobody last."""
    return owner == NOBODY, owner


def _owner(entry: Entry) -> str:
    return entry.finding.owner or NOBODY


def _kind(entry: Entry) -> str:
    return family(entry.finding.code).title


def _counts(entry: Entry, in_year: int) -> bool:
    """Whether it belongs to the year: it was found by its end, and was not closed before it."""
    if entry.silenced and entry.closed:
        return False
    return entry.history.since.year <= in_year and (entry.closed is None or entry.closed.year >= in_year)


def _month(entry: Entry, in_year: int) -> str:
    since = entry.history.since
    return year.EARLIER if since.year < in_year else f"{since.month}月"


def _result(entry: Entry) -> str:
    if entry.silenced:
        return year.SILENCED
    return year.MENDED if entry.closed else year.OPEN


def _runs(given: Ledger) -> str:
    return "，".join(f"{run.title}最近一次 {run.day.isoformat()}" for run in given.runs.values())


def _verdict(given: Ledger, opened: Sequence[Entry], counted: Sequence[Counted]) -> str:
    over = [entry.history.overdue for entry in opened if entry.history.overdue]
    said = f"未办结 {len(opened)} 个"
    said += f"，其中超期 {len(over)} 个（最长 {max(over)} 个工作日）" if over else "，没有超期的"
    mended = sum(one.result == year.MENDED for one in counted)
    found = mended + sum(one.result == year.OPEN for one in counted)
    said += f"；{given.year} 年应整改 {found} 个，已办结 {mended} 个" if found else ""
    return f"{said}{f'，办结率 {mended / found:.1%}' if found else ''}。"


def _warnings(given: Ledger, opened: Sequence[Entry]) -> Iterator[Line]:
    if cut := "、".join(run.title for run in given.runs.values() if not run.complete):
        unseen = sum(entry.history.state is State.UNCHECKED for entry in opened)
        said = f"没有查到的 {unseen} 个写作“未复查”，不算改好" if unseen else "可能还有没有发现的问题"
        yield Line(f"注意：最近一次{cut}没有查全；{said}。", "alarm")
    if disputed := sum(entry.history.disputed for entry in opened):
        yield Line(f"有 {disputed} 个问题审核意见不一，须先商定，见“整改台账”的“审核意见”。", "alarm")
    if grave := [entry for entry in given.silenced if entry.finding.severity is Severity.VETO]:
        named = "、".join(dict.fromkeys(f"{entry.whom}“{entry.finding.title}”" for entry in grave))
        yield Line(f"有 {len(grave)} 个否决级的问题被定为误报，未列入：{named}。", "alarm")


def _figures(given: Ledger, opened: Sequence[Entry]) -> tuple[Tile, ...]:
    return (
        Tile("未办结", len(opened)),
        Tile("其中超期", sum(entry.history.overdue > 0 for entry in opened), bad=True),
        Tile("其中未复查", sum(entry.history.state is State.UNCHECKED for entry in opened)),
        Tile("否决、错误级", sum(entry.finding.severity >= Severity.ERROR for entry in opened), bad=True),
        Tile(f"{given.year} 年已办结", len(given.closed)),
        Tile("误报（不列入）", len(given.silenced)),
    )


def _by_unit(opened: Sequence[Entry], closed: Sequence[Entry]) -> Iterator[Row]:
    mine: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in opened:
        mine[_owner(entry)].append(entry)
    done = Counter(map(_owner, closed))
    over = {owner: [one.history.overdue for one in mine[owner] if one.history.overdue] for owner in (*mine, *done)}
    for owner in sorted(over, key=lambda owner: (-len(over[owner]), -len(mine[owner]), _named(owner))):
        entries = mine[owner]
        kinds = Counter(entry.finding.title for entry in entries).most_common(_MOST_KINDS)
        yield (
            owner,
            len(entries),
            len(over[owner]),
            max(over[owner], default=0),
            sum(entry.history.state is State.UNCHECKED for entry in entries),
            sum(entry.finding.severity >= Severity.ERROR for entry in entries),
            done[owner],
            "、".join(f"{title} {count}" for title, count in kinds),
        )


def _what(entry: Entry) -> Row:
    finding = entry.finding
    return (
        _owner(entry),
        entry.whom,
        finding.title,
        finding.severity.label,
        finding.matched.replace("\n", ""),
        finding.url,
        entry.history.first_seen,
    )


def _open(entry: Entry, titles: dict[str, str]) -> Row:
    history = entry.history
    return (
        *_what(entry),
        history.state.label,
        *_reviewed(entry),
        limit_day(history),
        history.overdue or None,
        _progress(entry),
        None,
        *_behind(entry, titles),
    )


def _closed(entry: Entry, titles: dict[str, str]) -> Row:
    history = entry.history
    took = (entry.closed - history.since).days if entry.closed else None
    return (
        *_what(entry),
        history.state.label,
        entry.closed,
        took,
        *_reviewed(entry),
        _progress(entry),
        *_behind(entry, titles),
    )


def _behind(entry: Entry, titles: dict[str, str]) -> Row:
    finding = entry.finding
    return finding.message, titles[entry.inspection], finding.code, Linked(finding.url, "打开")


def _row(entry: Entry, given: Ledger, titles: dict[str, str]) -> Row:
    finding, history = entry.finding, entry.history
    return (
        _owner(entry),
        entry.whom,
        _kind(entry),
        finding.code,
        finding.title,
        finding.severity.label,
        finding.matched.replace("\n", ""),
        finding.url,
        history.first_seen,
        history.since,
        _month(entry, given.year),
        history.state.label,
        entry.closed,
        _result(entry),
        titles[entry.inspection],
    )


def _reviewed(entry: Entry) -> tuple[str, str]:
    """What reviewers decided, and who."""
    if entry.history.disputed:
        said = "；".join(f"{one.reviewer or '未署名'} {one.opinion.label}" for one in entry.claims)
        return mask_text(f"意见不一：{said}"), mask_text("、".join(one.reviewer or "未署名" for one in entry.claims))
    decision = entry.history.decision
    if decision is None:
        return "", ""
    said = decision.opinion.label
    if decision.opinion is Opinion.DEFERRED and decision.due:
        said += f"至 {decision.due.isoformat()}"
    if decision.reason:
        said += f"：{decision.reason}"
    return mask_text(said), mask_text(decision.reviewer)


def _progress(entry: Entry) -> str:
    decision = entry.history.decision
    return mask_text(decision.progress) if decision else ""


def _year_note(given: Ledger) -> str:
    return (
        "每个数都是“明细”里这样筛选后的行数：“责任单位”或“类别”＝行名，“月份”＝列名（合计不筛），“结果”＝已办结或未办结；"
        "“发现”是两者之和。月份按起算日；复现的从复现那天重新起算。误报不计。"
        f"“{year.EARLIER}”是 {given.year} 年以前发现、到 {given.year} 年还没有办结的。"
    )


def _reading(given: Ledger) -> Iterator[str]:
    yield f"本台账由历次检查留下的记录生成，截至 {chinese_date(given.as_of)}；{_runs(given)}。"
    yield "一行一个问题，超期的在前，再按责任单位排列；“网址”是最近一次发现它的页面。"
    yield "只有重新查过、确实没有了的才算办结：“已改”“已下线”，报过已整改又查实的“已销号”。"
    yield "没有查到的是“未复查”，不知道改没改，不算办结。"
    for state in State:
        yield f"{state.label}：{state.meaning}。"
    yield (
        "“整改期限”先依审核意见里写的；没有写的按检查标准的时限，从起算日次日（经确认的从确认之日次日）起算工作日，"
        "含调休和本单位的放假、上班日；“约”表示那一年的放假安排尚未公布。提示级的核实后处理，没有期限。"
    )
    yield "“超期”从期限次日起数工作日，截止日计入。暂缓的到期之前不算超期。"
    if given.silenced:
        yield f"审核为误报的 {len(given.silenced)} 个不列入台账和统计，在“明细”里“结果”＝误报，可以逐个核对。"
    later = [entry for entry in given.open if not _counts(entry, given.year)]
    if later:
        yield f"“整改台账”里有 {len(later)} 个是 {given.year} 年以后发现的，不在“年度统计”和“明细”里。"
    yield "“整改情况”“销号日期”由人填写；填过的文件再次生成时不会覆盖，另存一份。"
