"""Reads a robots.txt: what it lets us ask (RFC 9309), and how slowly it wants to be asked."""

from __future__ import annotations

import codecs

from protego import Protego

from jimo_lint.model import Problem, ProblemCode
from jimo_lint.network.reach import USER_AGENT

# Seconds between two requests that are waited at most because a robots.txt wants it. Then 3,000 pages are read in
# the 8 hours of a night, the 20,000 of `max_pages` within 3 days of a weekly inspection's 7, and the 60 requests of a
# round of `watch` in 10 minutes of its half hour. Who writes a longer `delay` is obeyed all the same.
LONGEST_PACE = 10.0

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


class RobotsTxt:
    """The rules of one robots.txt that are about us.

    wish: seconds that it wants between two requests, 0 where it says nothing; pace: those that are waited for that.
    """

    def __init__(self, body: bytes) -> None:
        self._rules = Protego.parse(_text(body))
        rate = self._rules.request_rate(USER_AGENT)
        self.wish = max(self._rules.crawl_delay(USER_AGENT) or 0.0, rate.seconds / rate.requests if rate else 0.0)
        self.pace = min(self.wish, LONGEST_PACE)

    def allowed(self, url: str, _agent: object = None) -> bool:
        """Whether an address may be asked for. The second argument is what Scrapy hands to its parsers."""
        return bool(self._rules.can_fetch(url, USER_AGENT))

    def told(self, host: str, delay: float) -> Problem | None:
        """What to say of the pace, where it is another than `delay`, the configured one in seconds, or was wanted to
        be."""
        wish, used = f"{self.wish:g}", f"{max(self.pace, delay):g}"
        if self.wish > max(self.pace, delay):
            return Problem(ProblemCode.PACE_BOUNDED, host, {"wish": wish, "used": used})
        return Problem(ProblemCode.PACE, host, {"wish": wish}) if self.wish > delay else None


def _text(body: bytes) -> str:
    """The text in UTF-8, as it should be, or in UTF-16 or GBK, as editors on Windows write it."""
    for mark, coding in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(coding, "ignore")
    if body[:2].count(0) == 1:
        return body.decode("utf-16-be" if body[0] == 0 else "utf-16-le", "ignore")
    try:
        return body.decode()
    except UnicodeDecodeError:
        return body.decode("gb18030", "ignore")
