"""Finds what a catalogue says is to be disclosed and the site does not show, or shows only in an old state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from jimo_lint.lint.checks.base import chosen, given_table
from jimo_lint.model import Context, Hit, Rule
from jimo_lint.model.publishing import Promise, Seen


class _What(StrEnum):
    BLANK = "blank"
    UNSEEN = "unseen"
    LATE = "late"


class PromisesCheck:
    """The kind `promises`. params.check: blank (the entry's own column is), unseen (nowhere on the site), late."""

    def __init__(self, rules: Sequence[Rule], _context: Context) -> None:
        self._rules = chosen(rules, _What)

    def hits(self, subject: Promise) -> Iterator[Hit]:
        """At most one hit a rule."""
        unseen = subject.seen is Seen.UNSEEN
        found = {
            _What.BLANK: unseen and bool(subject.column),
            _What.UNSEEN: unseen and not subject.column,
            _What.LATE: subject.late,
        }
        for code, what in self._rules:
            if found[what]:
                args = {"name": subject.name, "row": subject.row, "reason": subject.reason}
                yield Hit(code, args=args, identity=f"{subject.above} {subject.name}")

    @staticmethod
    def example(given: Mapping[str, Any]) -> Promise:
        """Fields of `Promise`."""
        table = given_table(given)
        promise = Promise(
            name=table.text("name", "行政处罚"),
            row=table.text("row", "第 5 行"),
            seen=table.choice("seen", Seen),
            reason=table.text("reason", ""),
            column=table.text("column", ""),
            late=table.flag("late", False),
        )
        table.finish()
        return promise
