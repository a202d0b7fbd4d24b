"""Error reports by the public as one JSON object."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from jimo_lint.language.printing import encodable
from jimo_lint.model.tickets import TicketReport, TicketResult


def render(report: TicketReport) -> str:
    """The object, ending in a newline; its keys are described in docs/tickets.md."""
    recall = report.recall
    said = {
        "as_of": _iso(report.as_of),
        "site": report.site,
        "term": {"days": report.term.days, "basis": str(report.term.basis), "evidence": report.term.basis.evidence},
        "tickets": [_ticket(one) for one in report.results],
        "recall": {
            "before": recall.before,
            "looked_before": recall.looked_before,
            "reported": recall.reported,
            "standing": recall.standing,
            "apart": dict(recall.apart),
        },
    }
    return encodable(json.dumps(said, ensure_ascii=False, indent=1)) + "\n"


def _ticket(one: TicketResult) -> dict[str, Any]:
    ticket, check, known = one.ticket, one.check, one.known
    return {
        "number": ticket.number,
        "received": _iso(ticket.received),
        "site": ticket.site,
        "url": ticket.url,
        "category": ticket.category,
        "said": ticket.said,
        "owner": ticket.owner,
        "state": ticket.state,
        "answered": ticket.answered,
        "closed": _iso(ticket.closed),
        "source": ticket.source,
        "complaint": one.complaint.value,
        "outcome": check.outcome.value,
        "why": check.why,
        "looked": _iso(check.day),
        "live": check.live,
        "due": _iso(one.due),
        "certain": one.certain,
        "left": one.left,
        "late": one.late,
        "known": known.knowledge.value,
        "rules": list(known.codes),
        "known_since": _iso(known.since) if known.codes else None,
        "draft": one.reply,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
