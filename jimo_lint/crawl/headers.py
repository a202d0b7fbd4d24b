"""What the headers of an answer tell: what kind of thing came, and which day its server believes it to be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from jimo_lint.model import Paging, Problem, ProblemCode
from jimo_lint.model.problems import Args
from jimo_lint.model.terms import CHINA

_PAGE_TYPES = ("text/html", "application/xhtml", "text/xml", "application/xml", "text/plain")
_ANSWER_TYPES = (*_PAGE_TYPES, "application/json", "text/json", "text/javascript", "application/javascript")


def content_type(headers: Any) -> str:
    """The type without what stands behind it, in lower case."""
    value: bytes = headers.get("Content-Type") or b""
    return value.decode("latin-1").partition(";")[0].strip().lower()


def is_page(headers: Any, api: Paging | None) -> bool:
    """Whether it is a page, or an answer of an interface where one was asked."""
    kind = content_type(headers)
    return not kind or kind.startswith(_ANSWER_TYPES if api else _PAGE_TYPES)


class Clocks:
    """Notes, by host, where this machine and the server do not agree on the day: one of them tells ages wrongly."""

    def __init__(self) -> None:
        self.notes: dict[str, Problem] = {}

    def compare(self, host: str, sent: bytes | None) -> None:
        """Look at the `Date` of an answer."""
        if not sent or host in self.notes:
            return
        try:
            theirs, ours = parsedate_to_datetime(sent.decode("latin-1")), datetime.now(UTC)
            apart = abs(theirs - ours)
        except (ValueError, TypeError):  # no date, or one without a time zone
            return
        if apart > timedelta(days=1):
            days: Args = {
                "theirs": f"{theirs.astimezone(CHINA):%Y-%m-%d}",
                "ours": f"{ours.astimezone(CHINA):%Y-%m-%d}",
                "count": apart.days,
            }
            self.notes[host] = Problem(ProblemCode.CLOCK, host, days)
