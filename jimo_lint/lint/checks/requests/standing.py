"""Decides how a request stands: answered in time or late, due, overdue, or not to be judged by what the ledger says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from jimo_lint.lint.request_clock import (
    EXTENSION,
    FIRST_DAY,
    NATIONAL,
    Calendar,
    reckon,
    written_extension,
)
from jimo_lint.model import workdays
from jimo_lint.model.requests import Clock, Request, RequestResult, Standing, Term

_UNDATED = "写了延期，没有告知申请人的日期，不知道是否在期限内告知，请补填"


class _Verdict(NamedTuple):
    """How a request stands, the working days left or over, and why."""

    standing: Standing
    days: int | None
    reason: str


def judge(request: Request, as_of: date, calendar: Calendar = NATIONAL, twin: str = "") -> RequestResult:
    """The one place where it is decided. twin: place of the first row that has the same number.

    What cannot be so is never called in time: a row that contradicts itself may be wrong in its best date.
    """
    faults = (*_missing(request), *_contradictions(request, as_of))
    clock = reckon(request, as_of, calendar)
    if clock is None or faults:
        verdict = _Verdict(Standing.UNKNOWN, None, "；".join(faults))
    else:
        verdict = _verdict(request, clock, as_of, calendar)
    doubts = tuple(_doubts(request, clock, twin, calendar))
    if doubts and verdict.standing in (Standing.ON_TIME, Standing.RUNNING, Standing.DUE):
        verdict = _Verdict(Standing.UNKNOWN, verdict.days, "；".join((*doubts, verdict.reason)))
    return RequestResult(request, verdict.standing, clock, verdict.days, verdict.reason, (*faults, *doubts), twin)


def _verdict(request: Request, clock: Clock, as_of: date, calendar: Calendar) -> _Verdict:
    if request.answered:
        return _answered(request, clock, request.answered, calendar)
    if request.decision and request.decision.closes:
        return _Verdict(Standing.CLOSED, None, request.decision.label)
    return _open(request, clock, as_of, calendar)


def _answered(request: Request, clock: Clock, day: date, calendar: Calendar) -> _Verdict:
    if request.decision and request.decision.closes:
        return _Verdict(Standing.CLOSED, None, request.decision.label)
    due = clock.due
    assert due is not None, "only while a correction is waited for there is none, and an answered request waits no more"
    said = reckoning(clock)
    if day <= due.earliest:
        left, _ = workdays.until(day, due.day, *calendar)
        return _Verdict(Standing.ON_TIME, left, said)
    if not due.certain:
        return _Verdict(Standing.UNKNOWN, None, f"{_unpublished(due)}；{said}")
    if day <= due.day:
        left, _ = workdays.until(day, due.day, *calendar)
        return _Verdict(Standing.ON_TIME, left, said)
    if request.correction_asked and not request.corrected:
        return _Verdict(Standing.UNKNOWN, None, "写了告知补正的日期，没有收到补正的日期，答复期限无从起算，请补填")
    if _undated_extension(request):
        return _Verdict(Standing.UNKNOWN, None, _UNDATED)
    return _Verdict(Standing.LATE, workdays.late(due.day, day, *calendar), said)


def _open(request: Request, clock: Clock, as_of: date, calendar: Calendar) -> _Verdict:
    due = clock.due
    if due is None:
        return _Verdict(Standing.CORRECTION, None, "已告知补正，自收到补正申请的次日起另行计算答复期限")
    said = reckoning(clock)
    if as_of > due.earliest and not due.certain:
        return _Verdict(Standing.UNKNOWN, None, f"{_unpublished(due)}；{said}")
    if as_of > due.day and _undated_extension(request):
        return _Verdict(Standing.UNKNOWN, None, _UNDATED)
    if as_of > due.day:
        return _Verdict(Standing.OVERDUE, workdays.late(due.day, as_of, *calendar), said)
    left = workdays.until(as_of, due.day, *calendar)[0]
    if clock.waiting == "third":
        return _Verdict(Standing.THIRD, left, said)
    sunday = as_of + timedelta(days=6 - as_of.weekday())
    return _Verdict(Standing.DUE if due.day <= sunday else Standing.RUNNING, left, said)


def _undated_extension(request: Request) -> bool:
    return request.said_extended and request.extended is None


def _unpublished(due: Term) -> str:
    return f"{due.day.year} 年的放假安排还没有公布（或本程序还没有收录），期限约在 {due.day}，不作结论"


def reckoning(clock: Clock) -> str:
    """How the last day was found, for a person to count after."""
    if clock.due is None:
        return ""
    parts = [f"自 {clock.begun} 的次日起 20 个工作日"]
    parts += [f"延期 {clock.extension} 个工作日"] if clock.extension else []
    parts += [f"征求第三方意见的 {clock.third_days} 个工作日不计"] if clock.third_days else []
    return f"{'，'.join(parts)}，至{'' if clock.due.certain else '约 '}{clock.due.day}"


def _missing(request: Request) -> Iterator[str]:
    for cell in request.unread:
        yield f"“{cell.column}”写的“{cell.written}”不是一个日期，请改为 2026-03-05 这样的日期"
    if request.received is None and not _is_unread(request, "received"):
        yield "没有收到日期，无从起算，请按条例第三十一条确定后补填"
    if request.said_answered and request.answered is None and not _is_unread(request, "answered"):
        yield "写了答复类型、文号或已办结，没有答复日期，不知道是否按期，请补填"


def _is_unread(request: Request, field: str) -> bool:
    return any(cell.field == field for cell in request.unread)


def _contradictions(request: Request, as_of: date) -> Iterator[str]:
    """What stands in an impossible order. Each pair: what comes first, its day, what comes after."""
    first = request.received
    later = (
        ("告知补正日期", request.correction_asked),
        ("收到补正日期", request.corrected),
        ("延期告知日期", request.extended),
        ("征求第三方日期", request.third_asked),
        ("第三方答复日期", request.third_replied),
        ("答复日期", request.answered),
    )
    for name, day in later:
        if day and first and day < first:
            yield f"{name} {day} 早于收到日期 {first}，请核对"
    pairs = (
        ("收到补正日期", request.corrected, "告知补正日期", request.correction_asked),
        ("第三方答复日期", request.third_replied, "征求第三方日期", request.third_asked),
        ("答复日期", request.answered, "收到补正日期", request.corrected),
        ("答复日期", request.answered, "延期告知日期", request.extended),
    )
    for name, day, before, other in pairs:
        if day and other and first and first <= day < other:
            yield f"{name} {day} 早于{before} {other}，请核对"
    for name, day in (("收到日期", first), *later):
        if day and day > as_of:
            yield f"{name} {day} 晚于统计日 {as_of}，请核对"
    if first and first < FIRST_DAY:
        yield f"收到日期 {first} 早于条例施行，请核对"
    if request.third_replied and not request.third_asked:
        yield "有第三方答复日期，没有征求第三方日期，请补填"


def _doubts(request: Request, clock: Clock | None, twin: str, calendar: Calendar) -> Iterator[str]:
    """What keeps a row from counting as in time, whatever its dates say."""
    if twin:
        yield f"登记号与{twin}相同，请核对是不是同一件，并改正其中一个"
    if days := excess(request, clock, calendar):
        yield f"延期写了 {days} 个工作日，最长不得超过 {EXTENSION} 个，超出的不算，请核对"


def excess(request: Request, clock: Clock | None, calendar: Calendar = NATIONAL) -> int:
    """Working days of an extension that is longer than the law allows; 0 where none is."""
    days = written_extension(request, clock.base, calendar) if clock and clock.base else request.extension
    return days if days and days > EXTENSION else 0


def third_overdue(result: RequestResult, as_of: date) -> bool:
    """Whether the third party has not said anything within its time, and the office has not decided without it."""
    request, clock = result.request, result.clock
    if not (clock and clock.third_by and clock.third_by.certain) or request.answered or request.third_replied:
        return False
    return as_of > clock.third_by.day
