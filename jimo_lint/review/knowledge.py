"""Tells which error reports by the public our own rules had found: the recall on real complaints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from jimo_lint.model import Finding
from jimo_lint.model.tickets import Claim, Complaint, Knowledge, Known, Outcome, Recall, Ticket, TicketResult, Wording
from jimo_lint.network.address import normalise
from jimo_lint.review.verdicts import folded

# What is said of a column's updating; the other rules of columns are about other things.
_UPDATING = frozenset({"C101", "C102", "C103"})


@dataclass(frozen=True, slots=True)
class Trace:
    """A finding of kept runs, as far as it matters here. last: whether the last run has it."""

    finding: Finding
    first_seen: date
    gone: date | None = None
    last: bool = False


def known(ticket: Ticket, claim: Claim, targets: Sequence[str], traces: Iterable[Trace], looked: date | None) -> Known:
    """What our rules knew of a report.

    targets: addresses of the links, or of the column, that it means. traces: what was found at its places. looked: the
    day on which a kept run first looked there, None where none ever did.
    """
    if claim.complaint is Complaint.OTHER or (claim.complaint is Complaint.WORDING and not claim.faults):
        return Known(Knowledge.VAGUE)
    if claim.complaint is not Complaint.WORDING and not targets:
        return Known(Knowledge.VAGUE)
    found = [one for one in traces if tells_of(one.finding, claim, targets)]
    if not found:
        return Known(Knowledge.UNSEEN if looked is None else Knowledge.MISSED, since=looked)
    codes = tuple(sorted({one.finding.code for one in found}))
    if ticket.received:
        day = ticket.received
        early = [one for one in found if one.first_seen < day and (one.gone is None or one.gone > day)]
        if early:
            return Known(Knowledge.BEFORE, codes, min(one.first_seen for one in early))
    return Known(Knowledge.AFTER, codes, min(one.first_seen for one in found))


def tells_of(finding: Finding, claim: Claim, targets: Sequence[str]) -> bool:
    """Whether a finding at a report's place is of what the report complains of."""
    if claim.complaint is Complaint.LINK:
        return finding.kind == "link" and normalise(finding.subject) in targets
    if claim.complaint is Complaint.COLUMN:
        return finding.kind == "column" and finding.code in _UPDATING and normalise(finding.url) in targets
    return finding.kind == "document" and any(touches(fault, finding.matched) for fault in claim.faults)


def touches(fault: Wording, matched: str) -> bool:
    """Whether the words of a finding are those that a report calls wrong: not merely some beside them."""
    found, right = folded(matched), folded(fault.right)
    if not found:
        return False
    for word in fault.wrong:
        wrong = folded(word)
        if wrong in found:
            return True
        at = wrong.find(found)
        while at >= 0:
            if not right or _differs(wrong, right, at, at + len(found)):
                return len(found) > 1 or bool(right)
            at = wrong.find(found, at + 1)
    return False


def _differs(wrong: str, right: str, start: int, end: int) -> bool:
    """Whether [start, end) of what is wrong has anything of that which differs from what is right."""
    most = min(len(wrong), len(right))
    front = next((place for place in range(most) if wrong[place] != right[place]), most)
    back = next((place for place in range(most - front) if wrong[-1 - place] != right[-1 - place]), most - front)
    # Where something is missing, nothing differs but the place at which it should stand.
    return start < max(len(wrong) - back, front + 1) and end > front


def recall(results: Iterable[TicketResult], looked_before: Iterable[str], reported: Iterable[str]) -> Recall:
    """The figures. looked_before: numbers of reports whose place a run had looked at before they came; reported: of
    those whose finding the last run has."""
    looked, told = frozenset(looked_before), frozenset(reported)
    before = had = standing = seen = 0
    apart: Counter[str] = Counter()
    for one in results:
        knowledge = one.known.knowledge
        if knowledge is Knowledge.VAGUE:
            apart["没有写明错处，或不是机器能查的"] += 1
            continue
        if one.ticket.number in looked or knowledge is Knowledge.BEFORE:
            had += 1
            before += knowledge is Knowledge.BEFORE
        elif one.ticket.received is None:
            apart["不知道何时收到"] += 1
        else:
            apart["收到之前没有检查过那里"] += 1
        if one.check.outcome is Outcome.STILL and not one.check.live and knowledge is not Knowledge.UNSEEN:
            standing += 1
            seen += one.ticket.number in told
    return Recall(before, had, seen, standing, dict(apart))
