"""What the headers of an answer tell: what kind of thing came, and which day its server believes it to be."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin

from jimo_lint.extract.markup.head import refresh_target
from jimo_lint.model import Paging, Problem, ProblemCode
from jimo_lint.model.problems import Args
from jimo_lint.model.terms import CHINA
from jimo_lint.network.address import normalise
from jimo_lint.network.signatures import file_kind

_PAGE_TYPES = ("text/html", "application/xhtml", "text/xml", "application/xml", "text/plain")
_ANSWER_TYPES = (*_PAGE_TYPES, "application/json", "text/json", "text/javascript", "application/javascript")
_PADDED = re.compile(rb"[\w.$]{1,50}\(\s*[{\[]")  # JSON in the call of a function


def content_type(headers: Any) -> str:
    """The type without what stands behind it, in lower case."""
    value: bytes = headers.get("Content-Type") or b""
    return value.decode("latin-1").partition(";")[0].strip().lower()


def is_page(headers: Any, api: Paging | None) -> bool:
    """Whether it is called a page, or an answer of an interface where one was asked."""
    kind = content_type(headers)
    return not kind or kind.startswith(_ANSWER_TYPES if api else _PAGE_TYPES)


def other_than_page(headers: Any, api: Paging | None, body: bytes) -> str:
    """What came in place of a page, by what it is called or by what it is; "" where it is one.

    Downloads that a script sends are often called text/html, and would be read as pages of strange signs.
    """
    if not is_page(headers, api):
        return content_type(headers)
    return file_kind(body) or ("" if api else _data_kind(body))


def _data_kind(body: bytes) -> str:
    """JSON for what a script reads, which many interfaces call text/html; it would be a page of one odd line."""
    start = body[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith((b"{", b"[")):
        try:
            json.loads(body)
        except (ValueError, RecursionError):
            return ""
        return "JSON"
    return "JSON" if _PADDED.match(start) and body.rstrip(b"; \r\n\t").endswith((b"})", b"])")) else ""


def leads_to(response: Any) -> str:
    """Where an answer leads on, as written: by a redirect, or by the header Refresh, which browsers follow."""
    location = response.headers.get("Location")
    if 300 <= response.status < 400 and location:
        return str(location.decode("utf-8", "replace").strip())
    refresh = refresh_target((response.headers.get("Refresh") or b"").decode("utf-8", "replace"))
    return "" if normalise(urljoin(response.url, refresh)) == normalise(response.url) else refresh


def is_part(response: Any) -> bool:
    """True for a piece of a page (206), which nobody asked for here."""
    if response.status != 206:
        return False
    first, _, rest = (
        (response.headers.get("Content-Range") or b"").decode("latin-1").removeprefix("bytes ").partition("-")
    )
    last, _, size = rest.partition("/")
    return not (first == "0" and last.isdecimal() and size == str(int(last) + 1))


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
