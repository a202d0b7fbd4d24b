"""Finds requests that are overdue, due or late, steps that were taken too late, and rows that cannot be so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from jimo_lint.lint.checks.base import Detail, given_table, named, params
from jimo_lint.lint.checks.requests.standing import excess, judge, third_overdue
from jimo_lint.lint.request_clock import CORRECTION, THIRD_PARTY, Calendar
from jimo_lint.model import Context, Hit, Rule
from jimo_lint.model.requests import Applicant, Decision, Request, RequestResult, Standing

_Check = Callable[[Context, RequestResult], Iterator[Detail]]


def overdue(_: Context, result: RequestResult) -> Iterator[Detail]:
    """Not answered, and the last day has passed."""
    if result.standing is Standing.OVERDUE:
        yield Detail({"days": str(result.days)})


def late(_: Context, result: RequestResult) -> Iterator[Detail]:
    """Answered after the last day."""
    if result.standing is Standing.LATE:
        yield Detail({"days": str(result.days), "answered": str(result.request.answered)})


def due(_: Context, result: RequestResult) -> Iterator[Detail]:
    """To be answered by the end of this week."""
    if result.standing is Standing.DUE:
        yield Detail({"days": str(result.days)})


def correction(context: Context, result: RequestResult) -> Iterator[Detail]:
    """A correction that was asked for after its seven working days."""
    asked, clock = result.request.correction_asked, result.clock
    if asked and clock and clock.correct_by.certain and clock.correct_by.day < asked <= context.as_of:
        yield Detail({"asked": str(asked), "last": str(clock.correct_by.day), "limit": str(CORRECTION)})


def extension(_: Context, result: RequestResult) -> Iterator[Detail]:
    """An extension of which the applicant was told too late."""
    clock = result.clock
    if clock and clock.late_told and clock.base:
        yield Detail({"told": str(result.request.extended), "last": str(clock.base.day)})


def undated_extension(_: Context, result: RequestResult) -> Iterator[Detail]:
    """An extension without the day on which the applicant was told."""
    request = result.request
    unread = any(one.field == "extended" for one in request.unread)
    if request.said_extended and request.extended is None and not unread:
        yield Detail()


def too_long(context: Context, result: RequestResult) -> Iterator[Detail]:
    """An extension of more working days than there may be."""
    if days := excess(result.request, result.clock, _calendar(context)):
        yield Detail({"days": str(days)})


def third_party(context: Context, result: RequestResult) -> Iterator[Detail]:
    """A third party whose time is over, and the office has not decided."""
    clock = result.clock
    if clock and clock.third_by and third_overdue(result, context.as_of):
        yield Detail({"last": str(clock.third_by.day), "limit": str(THIRD_PARTY)})


def unreceived(_: Context, result: RequestResult) -> Iterator[Detail]:
    """No day of receipt, so that nothing can be reckoned."""
    request = result.request
    if request.received is None and not any(one.field == "received" for one in request.unread):
        yield Detail()


def unregistered(_: Context, result: RequestResult) -> Iterator[Detail]:
    """Nothing says that it was registered or confirmed, in a ledger that has a column for that."""
    if result.request.with_acceptance and result.request.accepted is None and result.standing.open:
        yield Detail()


def impossible(_: Context, result: RequestResult) -> Iterator[Detail]:
    """Days in an order that cannot be, or that are none."""
    told = [one for one in result.faults if not one.startswith(("没有收到日期", "登记号与", "延期写了"))]
    if told:
        yield Detail({"faults": "；".join(told)})


def twice(_: Context, result: RequestResult) -> Iterator[Detail]:
    """A number that another row has, too."""
    if result.twin:
        yield Detail({"twin": result.twin}, identity=result.request.place)


def undecided(_: Context, result: RequestResult) -> Iterator[Detail]:
    """Answered, and what was decided is none of the kinds that the annual report has."""
    request = result.request
    if request.answered and request.decision is None:
        yield Detail({"decided": f"写的是“{request.decided}”" if request.decided else "空着"})


_CHECKS: Mapping[str, _Check] = {
    "overdue": overdue,
    "late": late,
    "due": due,
    "correction": correction,
    "extension": extension,
    "undated-extension": undated_extension,
    "too-long": too_long,
    "third-party": third_party,
    "unreceived": unreceived,
    "unregistered": unregistered,
    "impossible": impossible,
    "twice": twice,
    "undecided": undecided,
}


def _calendar(context: Context) -> Calendar:
    """The office's own days off and of work."""
    return Calendar(context.profile.deadlines.holidays, context.profile.deadlines.workdays)


class LedgerCheck:
    """The kind `requests`. params.check: one of `_CHECKS`. All messages know {request}, {due} and {reason}."""

    def __init__(self, rules: Sequence[Rule], context: Context) -> None:
        self._context = context
        self._checks: list[tuple[str, _Check]] = []
        for rule in rules:
            table = params(rule)
            self._checks.append((rule.code, named(table, _CHECKS)))
            table.finish()

    def hits(self, subject: RequestResult) -> Iterator[Hit]:
        """At most one hit a rule."""
        request = subject.request
        name = f"登记号 {request.number}" if request.number else request.place
        last = subject.due
        for code, check in self._checks:
            for detail in check(self._context, subject):
                yield detail.hit(code, request=name, due=str(last.day) if last else "", reason=subject.reason)

    def example(self, given: Mapping[str, Any]) -> RequestResult:
        """The fields of a `Request`; `twin`: another row has its number."""
        table = given_table(given)
        number, twin = table.text("number", "2026-017"), table.text("twin", "")
        length = table.integer("extension", 0, low=0, high=1000)
        request = Request(
            number,
            "台账.xlsx 第 3 行",
            with_acceptance=table.flag("with_acceptance", False),
            extension=length or None,
            said_extended=table.flag("said_extended", bool(length) or "extended" in given),
            decision=table.choice("decision", Decision) if "decision" in given else None,
            decided=table.text("decided", ""),
            applicant=Applicant.PERSON,
            received=table.day("received"),
            accepted=table.day("accepted"),
            correction_asked=table.day("correction_asked"),
            corrected=table.day("corrected"),
            extended=table.day("extended"),
            third_asked=table.day("third_asked"),
            third_replied=table.day("third_replied"),
            answered=table.day("answered"),
        )
        table.finish()
        return judge(request, self._context.as_of, _calendar(self._context), twin)
