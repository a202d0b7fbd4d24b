"""与上次相比: what is new, what stands, what was mended since the last run, and what was not looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from jimo_lint.model import Report, Silenced, State
from jimo_lint.report.views.table import Block, Field, Row

# As people ask: what came, what stays, what went, what nobody knows.
_ORDER = (
    State.NEW, State.RETURNED, State.UNDONE, State.FIRST, State.STILL, State.REWORDED, State.PARTLY, State.MENDED,
    State.OFFLINE, State.CLOSED, State.UNCHECKED,
)  # fmt: skip
STATES = tuple(state.label for state in _ORDER)
_TREND = (Field("检查日", 2, "date"), *(Field(word, 1, "number") for word in ("问题", "新增", "消失")))
_PAST = (
    Field("状态", 1, "centre", tint=STATES),
    Field("问题类型", 1, "centre"),
    Field("错敏词", 1, "wrong"),
    Field("标题", 2),
    Field("网址", 3, "address"),
    Field("责任单位", 1, "centre"),
    Field("首次发现", 1, "date"),
    Field("怎么知道的，或为什么没有查到", 2, "small"),
)
_ALL_PLACES = "原来各处都查过，没有再发现"


def counts(report: Report) -> dict[State, int]:
    """How many findings stand in each state, those that are no longer found among them; only states that occur."""
    past = report.since.past if report.since else ()
    histories = [finding.history for finding in (*report.findings, *(one.finding for one in past))]
    counted = Counter(history.state for history in histories if history)
    return {state: counted[state] for state in _ORDER if counted[state]}


def overdue(report: Report) -> int:
    """How many findings have passed their deadline."""
    return sum(finding.history is not None and finding.history.overdue > 0 for finding in report.findings)


def line(report: Report) -> str:
    """与上次（1月17日）相比：新增 3，仍在 10（超期 2）；已改 4，未复查 6。 "" where runs are not kept."""
    if report.since is None:
        return ""
    silent = sum(one.count for one in report.since.silenced)
    beside = f"；另有 {silent:,} 个按审核意见（误报）不再报" if silent else ""
    before = report.since.before
    if before is None:
        return f"首次检查，没有上次可比{beside}。" if report.findings or beside else ""
    counted = counts(report)
    there = [f"{state.label} {number:,}" for state, number in counted.items() if _there(state)]
    gone = [f"{state.label} {number:,}" for state, number in counted.items() if not _there(state)]
    late = overdue(report)
    said = "，".join(there) or "没有问题"
    said += f"（超期 {late:,}）" if late else ""
    said += f"；{'，'.join(gone)}" if gone else ""
    return f"与上次（{before.month}月{before.day}日）相比：{said}{beside}。"


def _there(state: State) -> bool:
    return not state.gone and state is not State.UNCHECKED


def short(report: Report) -> str:
    """The same for one line, only what changed: 比上次新增 3、已改 4、未复查 6."""
    if report.since is None or report.since.before is None:
        return ""
    counted = counts(report)
    telling = (State.NEW, State.RETURNED, State.UNDONE, State.MENDED, State.OFFLINE, State.CLOSED, State.UNCHECKED)
    parts = [f"{state.label} {counted[state]:,}" for state in telling if state in counted]
    late = overdue(report)
    said = f"比上次{'、'.join(parts)}" if parts else "与上次相同"
    return said + (f"，超期 {late:,}" if late else "")


def silenced(report: Report) -> str:
    """What 误报 keeps silent, by rule, vetoes by name; "" where there is nothing."""
    return "；".join(map(_silenced, report.since.silenced)) if report.since else ""


def _silenced(one: Silenced) -> str:
    grave = f"（否决级：{'、'.join(one.subjects)}）" if one.subjects else ""
    return f"{one.code} {one.title} {one.count:,} 个{grave}"


def trend(report: Report) -> Block | None:
    """Of the runs until now, this one last; None where this is the first."""
    since = report.since
    if since is None or not since.trend:
        return None
    counted = counts(report)
    new = counted.get(State.NEW, 0) + counted.get(State.RETURNED, 0)
    gone = sum(number for state, number in counted.items() if state.gone)
    rows = (*since.trend, (report.run.as_of, len(report.findings), new, gone))
    return Block("一、历次检查", _TREND, rows)


def past(report: Report) -> Block | None:
    """What earlier runs had and this one has not; None where there is nothing."""
    since = report.since
    if since is None or not since.past:
        return None
    return Block("二、以前有、这次没有的问题", _PAST, tuple(_past(report)))


def _past(report: Report) -> Iterator[Row]:
    gone = report.since.past if report.since else ()
    for one in sorted(gone, key=lambda one: _ORDER.index(one.finding.history.state) if one.finding.history else 0):
        finding, history = one.finding, one.finding.history
        yield (
            history.state.label if history else None,
            finding.title,
            finding.matched.replace("\n", ""),
            finding.subject,
            finding.url,
            finding.owner,
            history.first_seen if history else None,
            one.reason or (_ALL_PLACES if history and history.state.gone else ""),
        )


def meanings() -> tuple[tuple[str, str], ...]:
    """Every state with what it means, for 说明."""
    return tuple((state.label, state.meaning) for state in _ORDER)
