"""Names of leaders that are nearly, but not quite, what the user's dated list has for the title beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jimo_lint.language.confusables import alike
from jimo_lint.language.matcher import Matcher
from jimo_lint.lint.checks.base import params
from jimo_lint.lint.checks.example_texts import draft
from jimo_lint.model import Context, Document, Hit, Leader, Rule, Span

# 副县长 is not 县长, and 原县长 is not the one in office; a title that has the word itself is found as a whole.
_OTHER_OFFICE = ("副", "原", "前", "老", "总")


class LeadersCheck:
    """Reports a name with one character wrong (same sound or similar shape) directly before or after its title.

    Only rows that hold on the document's day count: of drafts without a date the day of the check, other documents
    without a date are left alone. A name that the list has for anyone at any time is never reported.
    """

    def __init__(self, rules: Sequence[Rule], context: Context) -> None:
        for rule in rules:
            params(rule).finish()
        self._rules = rules
        self._as_of = context.as_of
        self._known = {leader.name for leader in context.leaders}
        self._titles = Matcher((leader.title, leader) for leader in context.leaders)

    def hits(self, subject: Document) -> Iterator[Hit]:
        """Hits by start."""
        day = subject.published.date() if subject.published else self._as_of if subject.source == "file" else None
        if day is None or not self._known:
            return
        found: dict[int, Leader] = {}
        text = subject.text
        for start, end, leader in self._titles.iter(text):
            if (leader.since and day < leader.since) or (leader.until and day > leader.until):
                continue
            size = len(leader.name)
            if not text.endswith(_OTHER_OFFICE, 0, start) and self._is_slip(text, end, leader.name):
                found[end] = leader
            elif start >= size and self._is_slip(text, start - size, leader.name):
                found[start - size] = leader
        for place, leader in sorted(found.items()):
            args = {"title": leader.title}
            for rule in self._rules:
                yield Hit(rule.code, Span(place, place + len(leader.name)), args, (leader.name,))

    def _is_slip(self, text: str, start: int, name: str) -> bool:
        """True where exactly one character of the name at `start` is another one of like sound or shape."""
        written = text[start : start + len(name)]
        if len(written) < len(name) or any(text.startswith(known, start) for known in self._known):
            return False
        differing = [(right, wrong) for right, wrong in zip(name, written, strict=True) if right != wrong]
        return len(differing) == 1 and alike(*differing[0])

    @staticmethod
    def example(given: Mapping[str, Any]) -> Document:
        """A draft; see `checks.drafts`."""
        return draft(given)
