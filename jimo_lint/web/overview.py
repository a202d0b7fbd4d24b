"""What a leader asks: how much is open, how long, whose it is, whether it gets better, what nobody looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from jimo_lint.model import Opinion, Severity, State
from jimo_lint.store.runs import KeptRun
from jimo_lint.web.board import Board, Row

# Days since which something is open: the first that are no longer in each group.
_AGES = ((8, "一周以内"), (31, "8 天到一个月"), (91, "一个月到三个月"), (0, "三个月以上"))
_RUNS = 12
_UNITS = 200

# Of the drawing of the trend, in the units of its view box.
_BAR, _GAP, _HIGH = 14, 10, 96


class Figure(NamedTuple):
    """A number at the top. query: of the rows that it counts, None where no list shows them. bad: it should be 0."""

    label: str
    number: int
    query: str | None
    bad: bool = False


class Age(NamedTuple):
    """How many are open for how long. late: of these over their deadline; width: of its bar, up to 100."""

    label: str
    number: int
    late: int
    width: int


class Bar(NamedTuple):
    """A bar of the trend: where it stands, how high it is, what it is of."""

    x: int
    y: int
    height: int
    kind: str


@dataclass(frozen=True, slots=True)
class Trend:
    """The last runs of one inspection. width: of the drawing."""

    title: str
    code: str
    runs: tuple[KeptRun, ...]
    bars: tuple[Bar, ...]
    width: int


@dataclass(slots=True)
class Unit:
    """What one unit has to put right. oldest: days."""

    name: str
    open: int = 0
    late: int = 0
    veto: int = 0
    confirmed: int = 0
    oldest: int = 0


class Unseen(NamedTuple):
    """Something that was not looked at, in a sentence. query: of the rows concerned, None where there are none."""

    said: str
    query: str | None = None


@dataclass(frozen=True, slots=True)
class Overview:
    """All of the page. verdict: the first sentence."""

    day: date
    verdict: str
    alarm: bool
    figures: tuple[Figure, ...]
    ages: tuple[Age, ...]
    trends: tuple[Trend, ...]
    units: tuple[Unit, ...]
    more_units: int
    kinds: tuple[tuple[str, str, int], ...]
    unseen: tuple[Unseen, ...]
    last: tuple[tuple[str, KeptRun], ...] = field(default=())


def overview(board: Board) -> Overview:
    """The overview of a board that is up to date."""
    titles = board.office.titles
    opened = [row for row in board.rows.values() if row.open]
    units = _units(opened)
    late = sum(row.late > 0 for row in opened)
    veto = sum(row.finding.severity is Severity.VETO for row in opened)
    kinds = Counter((row.finding.code, row.finding.title) for row in opened)
    return Overview(
        day=board.office.today(),
        verdict=_verdict(board, len(opened), late, veto),
        alarm=bool(late or veto),
        figures=_figures(board.rows.values(), len(opened), late, veto),
        ages=_ages(opened),
        trends=tuple(_trend(titles[code], code, kept[-_RUNS:]) for code, kept in board.trend.items()),
        units=tuple(units[:_UNITS]),
        more_units=max(len(units) - _UNITS, 0),
        kinds=tuple((code, title, number) for (code, title), number in kinds.most_common(10)),
        unseen=tuple(_unseen(board)),
        last=tuple((titles[run.inspection], run) for run in board.last_runs()),
    )


def _verdict(board: Board, opened: int, late: int, veto: int) -> str:
    if not board.trend:
        return "还没有做过检查"
    if not opened:
        return "最近的检查没有待整改的问题"
    parts = [f"待整改 {opened:,} 条"]
    parts += [f"其中单项否决 {veto:,} 条"] if veto else []
    parts += [f"超过期限 {late:,} 条"] if late else ["没有超过期限的"]
    return "，".join(parts)


def _figures(rows: Iterable[Row], opened: int, late: int, veto: int) -> tuple[Figure, ...]:
    opinions: Counter[Opinion | None] = Counter()
    states: Counter[State] = Counter()
    disputed = unread = 0
    for row in rows:
        states[row.state] += 1
        if not row.gone:
            opinions[row.opinion] += 1
            disputed += row.disputed
            unread += row.standing is None
    mended = states[State.MENDED] + states[State.OFFLINE] + states[State.CLOSED]
    return (
        Figure("待整改", opened, ""),
        Figure("单项否决", veto, "severity=veto", bad=True),
        Figure("超过期限", late, "overdue=1", bad=True),
        Figure("最近新增", states[State.NEW], "state=new"),
        Figure("又出现", states[State.RETURNED], "state=returned", bad=True),
        Figure("整改未到位", states[State.UNDONE], "state=undone", bad=True),
        Figure("等待审核", unread, "opinion=none"),
        Figure("有分歧", disputed, "opinion=disputed", bad=True),
        Figure("报已整改", opinions[Opinion.MENDED], "opinion=mended"),
        Figure("暂缓", opinions[Opinion.DEFERRED], "opinion=deferred"),
        Figure("误报", opinions[Opinion.FALSE_ALARM], "opinion=false-alarm"),
        Figure("最近改好", mended, None),
    )


def _ages(opened: list[Row]) -> tuple[Age, ...]:
    groups: list[list[Row]] = [[] for _ in _AGES]
    for row in opened:
        groups[next(index for index, (below, _) in enumerate(_AGES) if not below or row.days < below)].append(row)
    most = max(map(len, groups), default=0) or 1
    return tuple(
        Age(label, len(group), sum(row.late > 0 for row in group), round(100 * len(group) / most))
        for (_, label), group in zip(_AGES, groups, strict=True)
    )


def _trend(title: str, code: str, kept: tuple[KeptRun, ...]) -> Trend:
    most = max(max(run.found, run.new, run.gone) for run in kept) or 1
    bars = []
    step = 3 * _BAR + _GAP
    for index, run in enumerate(kept):
        for place, (kind, number) in enumerate((("found", run.found), ("new", run.new), ("gone", run.gone))):
            height = max(round(_HIGH * number / most), 1 if number else 0)
            bars.append(Bar(index * step + place * _BAR, _HIGH - height, height, kind))
    return Trend(title, code, kept, tuple(bars), len(kept) * step)


def _units(opened: Iterable[Row]) -> list[Unit]:
    units: dict[str, Unit] = {}
    for row in opened:
        unit = units.setdefault(row.unit, Unit(row.unit))
        unit.open += 1
        unit.late += row.late > 0
        unit.veto += row.finding.severity is Severity.VETO
        unit.confirmed += row.opinion is Opinion.CONFIRMED
        unit.oldest = max(unit.oldest, row.days)
    return sorted(units.values(), key=lambda unit: (-unit.late, -unit.open, unit.name))


def _unseen(board: Board) -> Iterable[Unseen]:
    for code, title in board.office.titles.items():
        kept = board.trend.get(code)
        if not kept:
            yield Unseen(f"{title}：还没有做过，这里没有它的问题")
            continue
        last = kept[-1]
        if not last.complete:
            yield Unseen(f"{title}：{last.as_of} 的检查有没有查到的地方，那里可能还有问题")
        if last.narrowed:
            yield Unseen(f"{title}：{last.as_of} 的检查没有用全部规则，或没有核对链接")
        unchecked = sum(row.inspection == code and row.state is State.UNCHECKED for row in board.rows.values())
        if unchecked:
            said = f"{title}：以前查出的问题有 {unchecked:,} 条这次没有复查到，不知道改没改"
            yield Unseen(said, f"inspection={code}&state=unchecked")
        yield from (Unseen(f"{title}：{one}") for one in board.missed(last.number))
