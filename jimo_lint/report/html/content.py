"""What the page of a report says, in the order in which a leader asks; a figure leads to the rows that it counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from jimo_lint.model import IndicatorStatus, Report, Severity, State, UpdateStatus, Verdict
from jimo_lint.report import phrases
from jimo_lint.report.html.grids import Grid, grid
from jimo_lint.report.html.groups import Rectification, rectify
from jimo_lint.report.phrases import anything
from jimo_lint.report.views import indicators, since
from jimo_lint.report.views.links import links
from jimo_lint.report.views.looked import looked
from jimo_lint.report.views.notes import Notes, notes
from jimo_lint.report.views.overview import Overview, about, overview
from jimo_lint.report.views.owners import NOBODY
from jimo_lint.report.views.pace import unchecked
from jimo_lint.report.views.scope import scope
from jimo_lint.report.views.table import Line, Table, Tile
from jimo_lint.report.views.tones import Tone
from jimo_lint.report.views.unread import unread

_NAMED = 3
# The tables of the page: their ids, which figures lead to.
_KINDS, _UNITS, _UNSEEN, _RESULTS, _LINKS = "kinds", "units", "unseen", "results", "links"
_VETOES, _TO_CHECK = "vetoes", "to-check"
# Of indicators, in the order in which they concern a leader.
_STANDINGS = ("达到", "未能判定", "未检", "待人工核查", "未达到")
# Figures of the views: which conclusions one counts together, which counts links, and which the first board has.
_COUNTS = {"超期或无内容": ("超期未更新", "账号无内容")}
_UNSETTLED = (phrases.VERDICTS[Verdict.INCONCLUSIVE], "未检查")
_DEAD_LINKS, _DOUBLED = "失效链接", "问题条数"
# What is asked of a unit that has findings of these severities.
_TASKS = (
    ((Severity.VETO,), "立即核实处理", "否决级问题"),
    ((Severity.ERROR, Severity.WARNING), "限期整改", "错误和警告"),
    ((Severity.NOTICE,), "核实", "提示"),
)
_READING = (
    "数字带下划线的，点开就是它所数的那些行；“问题”按问题计数，同一问题出现在多个页面里只算一个，“失效链接”按网址计数。",
    "“未能判定”“待确认”表示读不到、对方拒绝程序访问等不能断定的情况，不等于有问题，也不等于没有问题，请人工核实。",
    "级别分否决、错误、警告、提示；“否决”为可能触及单项否决的情形，须人工对照原件确认。",
    "“建议整改时限”汇自公开通报的通行要求，按工作日（含调休）从检查日次日起算；“约”表示当年放假安排尚未收录；以本单位通知为准。",
    "文中所说的“问题明细”在本页是“整改清单”，“未读与未检”“未检账号”在“没有查到的”里。",
    "每一类问题的缘由、依据和已知误报，用 jimo-lint rule 代码 查看；填写复核和整改情况请用工作簿。",
)


class Figure(NamedTuple):
    """A key figure. number: a word where nobody looked; where: id of the rows that it counts, "" where there are none.

    bad: above 0 it is a fault.
    """

    label: str
    number: int | str
    where: str = ""
    bad: bool = False

    @property
    def lead(self) -> str:
        """The id that a click leads to; "" where nothing is counted."""
        return self.where if isinstance(self.number, int) and self.number else ""

    @property
    def fault(self) -> bool:
        """Whether it is to be shown as one."""
        return self.bad and isinstance(self.number, int) and self.number > 0


class Board(NamedTuple):
    """Figures about one thing."""

    title: str
    figures: tuple[Figure, ...]


class Unseen(NamedTuple):
    """What was not looked at. said: of the run as a whole; counted: what other tables of the page have of it."""

    said: tuple[str, ...]
    counted: tuple[Figure, ...]
    grid: Grid | None

    @property
    def any(self) -> bool:
        """Whether there is anything."""
        return bool(self.said or self.counted or self.grid)


class Page(NamedTuple):
    """The parts in their order. facts: label and value; verdict: who has to do what; grids of `assessed`: 指标."""

    title: str
    facts: tuple[tuple[str, str], ...]
    verdict: Line
    lines: tuple[Line, ...]
    boards: tuple[Board, ...]
    vetoes: Grid | None
    unseen: Unseen
    past: Grid | None
    trend: Grid | None
    results: Grid | None
    rectification: Rectification
    links: Grid | None
    assessed: tuple[Grid, ...]
    beside: tuple[Grid, ...]
    notes: Notes
    limits: Grid | None

    @property
    def nobody(self) -> bool:
        """Nothing that was found has a responsible unit, so there is nothing to tell by units."""
        return all(unit.name == NOBODY for unit in self.rectification.units)


def page(report: Report) -> Page:
    """All that the page of a report says."""
    found = rectify(report)
    said = _inspected(report)
    table = said.table
    results = _present(grid(_RESULTS, table, by=said.by, leading=_leading(table))) if table else None
    connected = _links(report)
    assessed = tuple(_assessed(report))
    vetoes = _present(grid(_VETOES, indicators.vetoes(report), by="检查结论", order=_STANDINGS))
    former = since.past(report)
    past = _present(grid("past", former, by="状态")) if former else None
    runs = since.trend(report)
    unseen = _unseen(report, results, connected, assessed, past)
    explained = notes(report, _READING)
    return Page(
        title=f"{report.run.site}{report.run.title}报告",
        facts=tuple(_facts(report)),
        verdict=_verdict(report, found, unseen),
        lines=said.lines,
        boards=(
            _board(report, found, unseen),
            *_compared(report, found, past),
            *_inspected_boards(report, vetoes, said.figures, results, connected),
        ),
        vetoes=vetoes,
        unseen=unseen,
        past=past,
        trend=grid("trend", runs) if runs else None,
        results=results,
        rectification=found,
        links=connected,
        assessed=assessed,
        beside=tuple(grid(f"beside-{number}", one) for number, one in enumerate(said.beside, 1)),
        notes=explained,
        limits=_present(grid("limits", explained.limits)),
    )


def _present(made: Grid) -> Grid | None:
    return made if made.count else None


def _facts(report: Report) -> Iterator[tuple[str, str]]:
    run = report.run
    yield "检查对象", run.site
    yield "检查日期", f"{phrases.chinese_date(run.as_of)}，{phrases.week(run.as_of)}"
    yield "检查数量", phrases.looked_at(report)
    yield "检查标准", run.profile


def _inspected(report: Report) -> Overview:
    """What the view of the inspection says; of a check only what changed, of a recheck its places."""
    if made := overview(report):
        return made
    changed = since.line(report)
    lines = (*scope(report), *([Line(changed, "verdict")] if changed else []))
    return Overview(lines, (), looked(report) if report.looked else None)


def _leading(table: Table) -> dict[str, str]:
    """The name of a column leads to its page."""
    return {"栏目": "网址"} if any(field.title == "网址" for field in table.fields) else {}


def _links(report: Report) -> Grid | None:
    """Links that a person should look at; None where there were none to look at."""
    if not report.links:
        return None
    leading = {"链接地址": "打开", "所在页面（示例）": "打开所在页面"}
    return grid(_LINKS, links(report, "账号或栏目"), by="结论", without=("所在网址（示例）",), leading=leading)


def _assessed(report: Report) -> Iterator[Grid]:
    if report.indicators:
        to_check = grid(_TO_CHECK, indicators.to_check(report), by="缘由", order=_STANDINGS)
        made = [grid("points", indicators.points(report)), to_check]
        yield from (one for one in made if one.count)
    if report.elements:
        yield grid("elements", indicators.elements(report))


def _unseen(
    report: Report, results: Grid | None, connected: Grid | None, assessed: Sequence[Grid], past: Grid | None
) -> Unseen:
    said = [] if anything(report) else ["什么也没有检查。"]
    said += [] if report.run.complete else ["采集没有完成，结果不全。"]
    said += [line.text for line in scope(report)]
    table = unchecked(report, report.accounts) if report.accounts else unread(report)
    held = _present(grid(_UNSEEN, table)) if table else None
    unknown = sum(one.status is UpdateStatus.UNKNOWN for one in report.columns)
    counted = [Figure("栏目未能判定", unknown, _at(results, UpdateStatus.UNKNOWN.label))]
    links_left = (one for one in connected.groups if one.word in _UNSETTLED) if connected else ()
    counted += [Figure(f"链接{one.word}", one.count, one.id) for one in links_left]
    again = (one for one in past.groups if one.word == State.UNCHECKED.label) if past else ()
    counted += [Figure(f"以前的问题{one.word}", one.count, one.id) for one in again]
    open_ones = next((one for one in assessed if one.id == _TO_CHECK), None)
    for status in (IndicatorStatus.UNKNOWN, IndicatorStatus.UNCHECKED, IndicatorStatus.OPEN):
        number = sum(one.standing is status for one in report.indicators)
        counted.append(Figure(f"指标{status.label}", number, _at(open_ones, status.label)))
    return Unseen(tuple(said), tuple(one for one in counted if one.number), held)


def _at(held: Grid | None, *words: str) -> str:
    return held.group(*words) if held else ""


def _board(report: Report, found: Rectification, unseen: Unseen) -> Board:
    total = len(report.findings) if report.findings or anything(report) else "未检"
    figures = [Figure("问题", total, _KINDS, bad=True)]
    figures += [Figure(one.word, one.count, one.id, one.tone == Tone.BAD) for one in found.grades]
    owners = [unit for unit in found.units if unit.name != NOBODY]
    figures += [Figure("须整改的单位", len(owners), _UNITS)] if owners else []
    figures += [Figure("没有查到", unseen.grid.count, _UNSEEN, bad=True)] if unseen.grid else []
    return Board("发现的问题", tuple(figures))


def _compared(report: Report, found: Rectification, past: Grid | None) -> Iterator[Board]:
    """What changed since the last run; nothing where there was none."""
    if report.since and report.since.before:
        figures = [Figure(one.word, one.count, one.id, one.tone == Tone.BAD) for one in found.states]
        figures += [Figure(one.word, one.count, one.id) for one in past.groups] if past else []
        before = report.since.before
        yield Board(f"与上次（{before.month}月{before.day}日）相比", tuple(figures))


def _inspected_boards(
    report: Report,
    vetoes: Grid | None,
    tiles: Sequence[Tile],
    results: Grid | None,
    connected: Grid | None,
) -> Iterator[Board]:
    """Figures of indicators, and of what the inspection is about."""
    if vetoes:
        counted = [Figure(one.word, one.count, one.id, one.word == _STANDINGS[0]) for one in vetoes.groups]
        yield Board("单项否决指标", tuple(counted))
    if tiles:
        made = (Figure(one.label, one.number, _where(one.label, results, connected), one.bad) for one in tiles)
        counted = [one for one in made if one.label != _DOUBLED]
        known = about(report.run.inspection)
        yield Board(known.objects if known else "", tuple(counted))
    elif results:
        yield Board("复查的地方", tuple(Figure(one.word, one.count, one.id) for one in results.groups))
    elif connected:
        shown = (one for one in connected.groups if one.word != phrases.VERDICTS[Verdict.ALIVE])
        dead = phrases.VERDICTS[Verdict.DEAD]
        yield Board("链接", tuple(Figure(one.word, one.count, one.id, one.word == dead) for one in shown))


def _where(label: str, results: Grid | None, connected: Grid | None) -> str:
    if label.startswith(_DEAD_LINKS):
        return _at(connected, phrases.VERDICTS[Verdict.DEAD])
    return _at(results, *_COUNTS.get(label, (label,))) or _RESULTS


def _verdict(report: Report, found: Rectification, unseen: Unseen) -> Line:
    """Who has to do what, in a sentence."""
    missed = "没有查到的不等于没有问题，请补查。" if unseen.any else ""
    if not report.findings:
        if not anything(report):
            return Line("什么也没有检查，不能说有没有问题。" + missed, "alarm")
        return Line(f"查到的部分没有发现问题。{missed}" if missed else "没有发现问题。", "verdict")
    said: list[str] = []
    for severities, task, what in _TASKS:
        counts = {unit.name: sum(dict(unit.counts)[one.label] for one in severities) for unit in found.units}
        if total := sum(counts.values()):
            owners = [name for name, count in counts.items() if count and name != NOBODY]
            said.append(f"请{_named(owners, first=not said)}{task}{what} {total:,} 个")
    nobody = sum(unit.count for unit in found.units if unit.name == NOBODY)
    if 0 < nobody < len(report.findings):
        said.append(f"其中 {nobody:,} 个没有填责任单位，请先落实")
    return Line(f"{'；'.join(said)}。{missed}", "alarm" if report.worst() is Severity.VETO else "verdict")


def _named(owners: Sequence[str], *, first: bool) -> str:
    """甲局、乙局等 5 个单位 of what comes first, else only how many where they are several; "" where none is known."""
    if len(owners) <= (_NAMED if first else 1):
        return "、".join(owners)
    return f"{'、'.join(owners[:_NAMED])}等" * first + f" {len(owners)} 个单位"
